/** This file tests numbers that stand in two words. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { setWide, wideAt } from '../../src/base/wide';

suite('wide numbers', () => {
  test('two words hold a whole number up to 2⁵³, and touch no other', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        const words = new Int32Array([7, 0, 0, 7]);
        setWide(words, 1, value);
        assert.equal(wideAt(words, 1), value);
        assert.deepEqual([words[0], words[3]], [7, 7]);
      }),
    );
  });
});
