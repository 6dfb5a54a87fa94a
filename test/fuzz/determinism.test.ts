/** This file tests the law of determinism on a share of the programs; all of them run by `npm run test:determinism`. */
import assert from 'node:assert/strict';
import { determinism, differences } from './twoProcesses';

/** Every example, and some of the generated programs and mutants. */
const SHARE = 30;

suite('determinism', function () {
  this.timeout(180_000);

  test('slices, replay and another process change nothing', async () => {
    const { programs, broken } = await determinism(SHARE);
    assert.deepEqual(broken, []);
    assert.equal(programs, SHARE);
  });

  test('a difference is told by its way', () => {
    assert.equal(differences({ one: 'a', two: 'a' }), '');
    assert.equal(differences({ one: 'a', two: 'b', three: 'a', four: 'c' }), 'two, four');
  });
});
