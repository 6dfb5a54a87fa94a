/** This file tests that a branching list is, after any saving and restoring, the array one would expect. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BranchingList, type ListState } from '../../src/base/branchingList';
import { PackedNumbers } from '../../src/base/packedNumbers';

/** Numbers of one byte, two and four. */
const number = fc.oneof(fc.nat(255), fc.nat(0xffff), fc.integer({ min: 0, max: 0xffffffff }));

/** Append a number (or more), save, or go back to one of the states saved so far. */
const command = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('add' as const), items: fc.array(number, { maxLength: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('save' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restore' as const), to: fc.nat(20), list: fc.nat(1) }) },
);

suite('branching list', () => {
  test('is what an array copied at each save would be, and so is a second list that is put into its states', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), fc.boolean(), (commands, packed) => {
        const make = (): BranchingList<number> => new BranchingList(packed ? () => new PackedNumbers() : undefined);
        const lists = [make(), make()];
        const models: number[][] = [[], []];
        const saved: { state: ListState<number>; model: readonly number[] }[] = [];
        let at = 0;
        for (const command of commands) {
          if (command.do === 'add') {
            for (const item of command.items) {
              assert.equal(lists[at]!.add(item), models[at]!.length);
              models[at]!.push(item);
            }
          } else if (command.do === 'save') saved.push({ state: lists[at]!.save(), model: [...models[at]!] });
          else if (saved.length > 0) {
            const { state, model } = saved[command.to % saved.length]!;
            at = command.list;
            lists[at]!.restore(state);
            models[at] = [...model];
          }
          lists.forEach((list, i) => {
            assert.deepEqual(list.toArray(), models[i]);
            const visited: number[] = [];
            list.forEach((item, k) => (visited[k] = item));
            assert.deepEqual(visited, models[i]);
            assert.equal(list.length, models[i]!.length);
            for (let k = 0; k <= list.length; k++) assert.equal(list.at(k), models[i]![k]);
          });
        }
      }),
    );
  });

  test('items that are lists stay whole', () => {
    const list = new BranchingList<number[]>();
    list.add([1, 2]);
    const before = list.save();
    list.add([3]);
    list.restore(before);
    list.add([]);
    assert.deepEqual(list.toArray(), [[1, 2], []]);
  });
});
