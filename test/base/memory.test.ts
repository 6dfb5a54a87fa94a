/** This file tests images of memory: values that bring back what was there, whatever their size, and that share what they have in common. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Memory, copyWords, type MemoryImage } from '../../src/base/memory';

/** Slots of a block that takes the memory above the size up to which an image is one copy. */
const LARGE = 1 << 17;

const command = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const), n: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('alloc' as const), n: fc.constantFrom(1, 5, 3000, LARGE) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('free' as const), n: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('snapshot' as const), n: fc.nat(1) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('restore' as const), n: fc.nat() }) },
);

/** A copy of all that a memory holds. */
const content = (memory: Memory): Int32Array => memory.i32.slice(0, memory.top);

suite('images of memory', () => {
  test('bring back what was there, and zeroes above it, in any order; a spent one lends its storage', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const memory = new Memory(1 << 22, 256);
        let blocks: number[] = [];
        const saved: { image: MemoryImage; words: Int32Array; blocks: number[] }[] = [];
        for (const { do: what, n } of commands) {
          const block = blocks[n % (blocks.length || 1)] ?? 0;
          if (what === 'alloc') blocks.push(memory.alloc(n, 1));
          else if (what === 'write') memory.i32[block + (n % 2)] = n;
          else if (what === 'free' && block !== 0) {
            memory.free(block);
            blocks = blocks.filter((each) => each !== block);
          } else if (what === 'snapshot') {
            const spent = n === 1 ? saved.pop()?.image : undefined;
            saved.push({ image: memory.snapshot(spent), words: content(memory), blocks: [...blocks] });
          } else if (what === 'restore' && saved.length > 0) {
            const one = saved[n % saved.length]!;
            memory.restore(one.image);
            blocks = [...one.blocks];
            assert.deepEqual(content(memory), one.words);
            assert.ok(memory.i32.subarray(memory.top).every((word) => word === 0));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('large ones share the pages that did not change', () => {
    const memory = new Memory();
    const block = memory.alloc(LARGE, 1);
    memory.i32[block + LARGE] = 1;
    const before = memory.snapshot();
    memory.i32[block + LARGE] = 2;
    const after = memory.snapshot();
    const different = after.pages.filter((page, i) => page !== before.pages[i]);
    assert.equal(different.length, 1);
    assert.ok(new Set(before.pages).size < before.pages.length / 2, 'pages of zeroes are one');
    memory.restore(before);
    assert.equal(memory.i32[block + LARGE], 1);
  });
});

suite('freed blocks', () => {
  test('are used again, zeroed, by who asks for as many slots: small ones, and large ones that are a power of two', () => {
    const memory = new Memory();
    for (const slots of [1, 2, 63, 64, 128, 1024]) {
      const first = memory.alloc(slots, 1);
      memory.alloc(1, 1);
      memory.i32.fill(7, first, first + slots * 2);
      const held = memory.allocatedSlots;
      memory.free(first);
      assert.equal(memory.allocatedSlots, held - slots - 1);
      const again = memory.alloc(slots, 2);
      assert.deepEqual([again, memory.tag(again), memory.slots(again)], [first, 2, slots]);
      assert.ok(memory.i32.subarray(again, again + slots * 2).every((word) => word === 0));
    }
  });

  test('of other sizes are not given to who asks for more or less', () => {
    const memory = new Memory();
    const blocks = [63, 64, 100, 128].map((slots) => memory.alloc(slots, 1));
    const top = memory.alloc(1, 1);
    blocks.forEach((block) => memory.free(block));
    for (const slots of [62, 65, 100, 127, 256]) assert.ok(memory.alloc(slots, 1) > top);
    assert.deepEqual([...memory.blocks()].slice(0, 4), blocks);
  });
});

suite('words', () => {
  test('are copied as the host copies them, be they few or many, though they overlap', () => {
    const place = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(place, place, place, (to, from, words) => {
        const [ours, theirs] = [0, 0].map(() => Int32Array.from({ length: 201 }, (_, i) => i)) as [
          Int32Array,
          Int32Array,
        ];
        copyWords(ours, to, from, words);
        assert.deepEqual(ours, theirs.copyWithin(to, from, from + words));
      }),
    );
  });
});
