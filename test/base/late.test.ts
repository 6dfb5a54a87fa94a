/** This file tests that maps and sets which make their tables late are maps and sets. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LateMap, LateSet } from '../../src/base/late';

const key = fc.constantFrom('a', 'b', 'toString', '__proto__');
const steps = fc.array(fc.record({ does: fc.constantFrom('set', 'delete'), key, value: fc.nat(9) }), { maxLength: 12 });

suite('late tables', () => {
  test('a map answers as the map of the same entries', () => {
    fc.assert(
      fc.property(steps, key, (done, asked) => {
        const [late, map] = [new LateMap<string, number>(), new Map<string, number>()];
        for (const { does, key, value } of done) {
          if (does === 'set') for (const each of [late, map]) each.set(key, value);
          else for (const each of [late, map]) each.delete(key);
        }
        assert.deepEqual([...late], [...map]);
        assert.deepEqual([...late.keys()], [...map.keys()]);
        assert.deepEqual([...late.values()], [...map.values()]);
        assert.deepEqual([late.size, late.has(asked), late.get(asked)], [map.size, map.has(asked), map.get(asked)]);
      }),
    );
  });

  test('a set answers as the set of the same items', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 6 }), key, (items, asked) => {
        const [late, set] = [new LateSet<string>(), new Set(items)];
        for (const item of items) late.add(item);
        assert.deepEqual([...late], [...set]);
        assert.deepEqual([late.size, late.has(asked)], [set.size, set.has(asked)]);
      }),
    );
  });

  test('an empty one has nothing, and what is put into one is in no other', () => {
    const [one, other] = [new LateMap<string, number>(), new LateMap<string, number>()];
    one.set('a', 1);
    assert.deepEqual([[...one], [...other], other.size, other.get('a')], [[['a', 1]], [], 0, undefined]);
  });
});
