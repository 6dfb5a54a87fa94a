/** This file tests the line of requests against a plain list. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Queue } from '../../src/host/queue';

interface Item {
  readonly key: string;
  readonly n: number;
}

const KEYS = ['a', 'b', 'c', 'd'];
const steps = fc.array(fc.record({ put: fc.boolean(), key: fc.constantFrom(...KEYS), urgent: fc.subarray(KEYS) }), {
  maxLength: 40,
});

suite('the line of requests', () => {
  test('is a list: one of each program, the first that is urgent, else the first', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let urgent: readonly string[] = [];
        let model: Item[] = [];
        const queue = new Queue<Item>(({ key }) => urgent.includes(key));
        all.forEach(({ put, key, urgent: now }, n) => {
          urgent = now;
          const old = model.find((item) => item.key === key);
          if (put) {
            // One that takes the place of another takes its place in line.
            model = old ? model.map((item) => (item === old ? { key, n } : item)) : [...model, { key, n }];
            queue.put({ key, n });
          } else {
            assert.deepEqual(queue.take(key), old);
            model = model.filter((item) => item !== old);
          }
          assert.deepEqual(queue.next, model.find((item) => urgent.includes(item.key)) ?? model[0]);
        });
        assert.deepEqual(queue.takeAll(), model);
        assert.equal(queue.next, undefined);
      }),
    );
  });
});
