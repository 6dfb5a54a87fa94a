/** This file tests the queue of integers against an array. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Ledger } from '../../src/base/ledger';
import { Queue } from '../../src/base/queue';

suite('base: queue', () => {
  test('gives back what was added, in that order, whatever came between', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))), (steps) => {
        const queue = new Queue();
        const model: number[] = [];
        for (const value of [...steps, ...steps, ...steps]) {
          if (value !== null) {
            queue.add(value);
            model.push(value);
          } else if (model.length > 0) assert.equal(queue.take(), model.shift());
          assert.equal(queue.length, model.length);
        }
        while (model.length > 0) assert.equal(queue.take(), model.shift());
      }),
    );
  });

  test('pays for its ring, and only for that', () => {
    const share = new Ledger().share('races');
    const queue = new Queue(share);
    for (let i = 0; i < 1000; i++) {
      queue.add(i);
      if (i >= 10) queue.take();
    }
    assert.equal(share.bytes, 64 * 4);
    for (let i = 0; i < 1000; i++) queue.add(i);
    assert.equal(share.bytes, 1024 * 4);
  });
});
