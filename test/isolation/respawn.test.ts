/** This file tests when a simulator that died is replaced, and when no more; the clock is the test's. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FAILURES_TO_OFF, IN_GOOD_HEALTH, PAUSES, Respawn, type Doing } from '../../src/host/respawn';

suite('respawn', () => {
  let now: number;
  let respawn: Respawn;
  setup(() => {
    now = 1000;
    respawn = new Respawn(() => now);
    respawn.started();
  });

  const failuresInARow = (doing: Doing): unknown[] =>
    Array.from({ length: FAILURES_TO_OFF }, () => respawn.died(doing));

  test('the first at once, then after longer and longer pauses', () => {
    const pauses = PAUSES.map(() => respawn.died('nothing'));
    assert.deepEqual(
      pauses,
      PAUSES.map((after) => ({ after })),
    );
    assert.deepEqual(respawn.died('nothing'), { after: PAUSES.at(-1) });
    assert.deepEqual(
      [...PAUSES].sort((a, b) => a - b),
      PAUSES,
    );
  });

  for (const doing of ['starting', 'running'] as const) {
    test(`${FAILURES_TO_OFF} deaths while ${doing} shut it off, no fewer`, () => {
      assert.deepEqual(failuresInARow(doing), [{ after: PAUSES[0] }, { after: PAUSES[1] }, 'off']);
      assert.equal(respawn.off, true);
    });
  }

  test('deaths while starting and while running are of one row', () => {
    respawn.died('running');
    respawn.died('starting');
    assert.equal(respawn.died('running'), 'off');
  });

  test('an answer in between forgives what was before', () => {
    for (let round = 0; round < 10; round++) {
      respawn.died('running');
      assert.deepEqual(respawn.died('running'), { after: PAUSES[1] });
      respawn.answered();
    }
    assert.equal(respawn.off, false);
  });

  test('one that dies in peace is replaced for ever', () => {
    for (let death = 0; death < 100; death++) assert.notEqual(respawn.died('nothing'), 'off');
    assert.equal(respawn.off, false);
  });

  test('off until somebody asks; then it has its chances anew', () => {
    failuresInARow('running');
    respawn.asked();
    assert.equal(respawn.off, false);
    assert.deepEqual(failuresInARow('starting'), [{ after: PAUSES[0] }, { after: PAUSES[1] }, 'off']);
  });

  test('one that has lived long is replaced at once; that does not forgive failures', () => {
    respawn.died('running');
    respawn.started();
    now += IN_GOOD_HEALTH;
    assert.deepEqual(respawn.died('running'), { after: PAUSES[0] });
    respawn.started();
    now += IN_GOOD_HEALTH;
    assert.equal(respawn.died('running'), 'off');
  });

  test('whatever happens: off exactly when the last failures in a row are too many', () => {
    const happening = fc.constantFrom<Doing | 'answered' | 'asked'>(
      'starting',
      'running',
      'nothing',
      'answered',
      'asked',
    );
    fc.assert(
      fc.property(fc.array(happening), (happenings) => {
        const machine = new Respawn(() => 0);
        let row = 0;
        for (const what of happenings) {
          if (machine.off && what !== 'asked') continue; // nothing lives that could die or answer
          if (what === 'answered' || what === 'asked') machine[what]();
          else machine.died(what);
          row = what === 'answered' || what === 'asked' ? 0 : row + (what === 'nothing' ? 0 : 1);
          assert.equal(machine.off, row >= FAILURES_TO_OFF);
        }
      }),
    );
  });
});
