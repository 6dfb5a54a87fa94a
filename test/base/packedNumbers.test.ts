/** This file tests that packed numbers are the list one would expect, whatever widths they need. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PackedNumbers } from '../../src/base/packedNumbers';

const EDGES = [0, 1, 254, 255, 256, 0xfffe, 0xffff, 0x10000, 0xfffffffe, 0xffffffff];
const number = fc.oneof(fc.constantFrom(...EDGES), fc.nat(255), fc.integer({ min: 0, max: 0xffffffff }));

suite('packed numbers', () => {
  test('are the numbers that were added, in their order', () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 300 }), fc.nat(300), fc.nat(300), (numbers, from, to) => {
        const packed = new PackedNumbers();
        numbers.forEach((each, i) => assert.equal(packed.push(each), i + 1));
        assert.deepEqual(numbers.map((_, i) => packed.at(i)), numbers);
        assert.equal(packed.at(numbers.length), undefined);
        assert.deepEqual(packed.slice(from, to), numbers.slice(from, to));
      }),
    ); // prettier-ignore
  });
});
