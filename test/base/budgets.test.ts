/** This file tests that the table of budgets makes sense, and that what the manifest declares is what the table says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUDGET_NAMES, budgetOfKey, budgetRow, budgetsFrom, DEFAULT_BUDGETS } from '../../src/base/budgets';

interface Setting {
  readonly type: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

const manifest = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
  contributes: { configuration: readonly { properties: Readonly<Record<string, Setting>> }[] };
};
const settings = Object.assign({}, ...manifest.contributes.configuration.map((part) => part.properties)) as Record<
  string,
  Setting
>;

suite('base: budgets', () => {
  for (const name of BUDGET_NAMES) {
    const row = budgetRow(name);
    test(`${name}: the setting has its default and its limits`, () => {
      const setting = settings[`interlane.${row.key}`];
      assert.ok(setting, `interlane.${row.key} is declared`);
      assert.deepEqual(
        { type: setting.type, default: setting.default, min: setting.minimum, max: setting.maximum },
        { type: 'integer', default: row.default, min: row.min, max: row.max },
      );
    });

    test(`${name}: all its values are whole numbers that a double holds`, () => {
      assert.ok(row.min <= row.default && row.default <= row.max);
      for (const value of [row.min, row.default, row.max]) assert.ok(Number.isSafeInteger(value * row.factor));
    });
  }

  test('every setting of a budget is in the table', () => {
    const keys = Object.keys(settings).filter((key) => key.startsWith('interlane.budget.'));
    assert.ok(keys.length > 0);
    for (const key of keys) assert.ok(budgetOfKey(key.slice('interlane.'.length)), key);
  });

  test('a key names its budget; other texts name none', () => {
    assert.deepEqual(
      BUDGET_NAMES.map((name) => budgetOfKey(budgetRow(name).key)),
      BUDGET_NAMES,
    );
    for (const key of ['', 'steps', 'budget', 'budget.steps', '__proto__', 'constructor']) {
      assert.equal(budgetOfKey(key), undefined);
    }
  });

  test('values are given in the units of the keys', () => {
    assert.equal(DEFAULT_BUDGETS.memoryWords, 64 * 1024 * 1024);
    const ones = budgetsFrom(() => 1);
    assert.deepEqual([ones.steps, ones.virtualNs, ones.outputBytes, ones.wallTime], [1, 1e9, 1024, 1]);
  });
});
