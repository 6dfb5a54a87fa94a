/** This file tests images of memory: values that bring back what was there, whatever their size, and that share what they have in common. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Memory, type MemoryImage } from '../../src/base/memory';

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
