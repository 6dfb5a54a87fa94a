/** This file tests the table of allocations: each instruction that was noted is found, and no other. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Sites } from '../../src/bytecode/sites';

suite('the table of allocations', () => {
  test('law: it holds what was added to it, and nothing else', () => {
    const rows = fc.uniqueArray(fc.tuple(fc.nat(5000), fc.nat(50), fc.constantFrom('', 'x', 'queue')), {
      selector: ([instruction]) => instruction,
    });
    fc.assert(
      fc.property(rows, (some) => {
        const sites = new Sites();
        const sorted = [...some].sort(([one], [other]) => one - other);
        for (const [instruction, type, name] of sorted) sites.add(instruction, type, name);
        const noted = new Map(sorted.map(([instruction, type, name]) => [instruction, { name, type }]));
        assert.deepEqual([...sites], [...noted.values()]);
        for (let i = -1; i <= 5001; i += 7) assert.deepEqual(sites.get(i), noted.get(i));
        for (const [instruction, site] of noted) assert.deepEqual(sites.get(instruction), site);
      }),
    );
  });
});
