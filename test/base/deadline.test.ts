/** This file tests when work ends, so that what follows it is done in time. */
import assert from 'node:assert/strict';
import { Deadline, Pace } from '../../src/base/deadline';

suite('a deadline', () => {
  let now = 0;
  setup(() => (now = 5000));
  const within = (ms: number, pace?: Pace): Deadline => new Deadline(() => now, ms, pace);

  test('is over when its time is up, and not before', () => {
    const deadline = within(1000);
    for (const [at, isOver] of [[5000, false], [6000, false], [6001, true]] as const) {
      now = at;
      assert.equal(deadline.isOver, isOver);
    }
  }); // prettier-ignore

  test('leaves the time that what follows will take, as much as that is when it is asked', () => {
    const deadline = within(1000);
    let estimate = 100;
    deadline.begin(() => estimate);
    now = 5900;
    assert.equal(deadline.isOver, false);
    estimate = 101;
    assert.equal(deadline.isOver, true);
    estimate = 0;
    assert.equal(deadline.isOver, true, 'who was told has left things undone');
  });

  test('gives what follows all the time that is left, but for what follows that, and a little more', () => {
    const deadline = within(1000);
    deadline.begin(() => 500);
    now = 5501;
    assert.equal(deadline.isOver, true);
    deadline.conclude(() => 200);
    for (const [at, isOver] of [[5800, false], [5850, false], [5851, true]] as const) {
      now = at;
      assert.equal(deadline.isOver, isOver);
    }
    deadline.conclude();
    for (const [at, isOver] of [[6050, false], [6051, true]] as const) {
      now = at;
      assert.equal(deadline.isOver, isOver);
    }
    deadline.begin(() => 0);
    now = 6001;
    assert.equal(deadline.isOver, true, 'other work has no more time than there is');
  }); // prettier-ignore

  test('is never over where there is none', () => {
    Deadline.never.begin(() => 1e9);
    assert.equal(Deadline.never.isOver, false);
  });

  /** What has been estimated to take so long took so long. */
  function learn(pace: Pace, estimated: number, taken: number): void {
    const deadline = within(1000, pace);
    deadline.begin(() => estimated);
    deadline.conclude(() => estimated / 2);
    deadline.conclude();
    now += taken;
    deadline.done();
  }

  test('learns how long that takes here: at once when it takes longer, by and by when it does not', () => {
    const pace = new Pace();
    assert.equal(pace.of(100), 100);
    learn(pace, 100, 200);
    assert.equal(pace.of(100), 200);
    learn(pace, 100, 100);
    assert.equal(pace.of(100), 150);
    learn(pace, 100, 1e6);
    assert.equal(pace.of(100), 400, 'not without bound');
    learn(pace, 1, 1000);
    assert.equal(pace.of(100), 400, 'what is short teaches nothing');
    for (let k = 0; k < 50; k++) learn(pace, 100, 0);
    assert.ok(Math.abs(pace.of(100) - 100) < 1, 'nor below what was estimated');
  });
});
