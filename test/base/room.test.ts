/** This file tests how arrays grow. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Ledger, OutOfMemory } from '../../src/base/ledger';
import { Room } from '../../src/base/room';

/** An array into which so many words were appended, each its own index; the arrays that there were. */
function appended(count: number, ledger = new Ledger()): { words: Int32Array; room: Room; arrays: number } {
  const room = new Room(ledger.share('waits'));
  let words: Int32Array = new Int32Array(0);
  let arrays = 0;
  for (let i = 0; i < count; i++) {
    if (i === room.words) {
      const grown = room.grow(words, i + 1);
      if (grown !== words) arrays++;
      words = grown;
    }
    words[i] = i;
  }
  return { words, room, arrays };
}

suite('room in growing arrays', () => {
  test('what was written stays, the rest is zero, and there is as much as is paid for', () => {
    fc.assert(
      fc.property(fc.nat(60_000), (count) => {
        const ledger = new Ledger();
        const { words, room } = appended(count, ledger);
        for (let i = 0; i < words.length; i++) assert.equal(words[i], i < count ? i : 0);
        assert.ok(room.words >= count && room.words <= words.length);
        assert.equal(ledger.bytes, room.words * 4);
      }),
      { numRuns: 40 },
    );
  });

  test('a large one is paid for almost as it is used, and seldom copied', () => {
    const ledger = new Ledger();
    const { arrays, words } = appended(5_000_000, ledger);
    assert.ok(ledger.bytes <= 5_000_000 * 4 * 1.13, `${ledger.bytes} bytes`);
    assert.ok(arrays < 22, `${arrays} arrays`);
    assert.equal(words[4_999_999], 4_999_999);
  });

  test('it is as it was when it cannot be paid', () => {
    const room = new Room(new Ledger(1000).share('waits'));
    const words = room.grow(new Int32Array(0), 100);
    assert.throws(() => room.grow(words, 251), OutOfMemory);
    assert.equal(room.words, 150);
  });
});
