/** This file tests the column of which neighbours are mostly equal, against an array. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Ledger } from '../../src/base/ledger';
import { StepColumn } from '../../src/base/stepColumn';

suite('columns of equal neighbours', () => {
  test('a row has the value that was set last before it', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -1, max: 2 })));
    fc.assert(
      fc.property(steps, (list) => {
        const column = new StepColumn();
        const values = [0];
        for (const [distance, value] of list) {
          for (let i = 1; i < distance; i++) values.push(values.at(-1)!);
          column.set(values.length, value);
          values.push(value);
        }
        values.push(values.at(-1)!);
        values.forEach((value, row) => assert.equal(column.at(row), value));
      }),
      { numRuns: 300 },
    );
  });

  test('rows that are equal take nothing', () => {
    const share = new Ledger().share('waits');
    const column = new StepColumn(share);
    column.set(1, 5);
    const { bytes } = share;
    for (let row = 2; row < 100_000; row++) column.set(row, 5);
    assert.equal(share.bytes, bytes);
    for (let row = 100_000; row < 101_000; row++) column.set(row, row);
    assert.ok(share.bytes >= bytes + 8 * 900);
  });
});
