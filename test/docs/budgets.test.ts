/** This file tests that the pages which a person reads list the budgets as they are: key, unit, default and limit. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { budgetRow, BUDGET_NAMES } from '../../src/base/budgets';

const ROOT = join(__dirname, '..', '..');
const grouped = (value: number): string => value.toLocaleString('en-US');

/** Rows of the table below this header, as cells. */
function tableBelow(header: string, page: string): string[][] {
  const [, table = ''] = page.split(`${header}\n`);
  const lines = table.slice(0, table.indexOf('\n\n')).split('\n').slice(1);
  return lines.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim())); // prettier-ignore
}

suite('the budgets that are documented', () => {
  const expected = BUDGET_NAMES.map(budgetRow).map((row) => [
    row.called,
    `\`${row.key}\``,
    `${grouped(row.default)} ${row.unit}`,
    grouped(row.max),
  ]);

  for (const file of ['README.md', 'docs/marketplace.md'])
    test(`${file} lists all, with default and limit`, () => {
      const page = readFileSync(join(ROOT, file), 'utf8');
      assert.deepEqual(tableBelow('| budget of | key | default | at most |', page), expected);
    });
});
