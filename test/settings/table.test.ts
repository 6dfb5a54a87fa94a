/** This file tests that settings can be used whatever a settings file says, that whoever wrote them hears of it, and that package.json declares what is read. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { BUDGET_NAMES, budgetRow, budgetsFrom } from '../../src/base/budgets';
import { SettingsReader, SETTINGS, type SettingRow } from '../../src/host/settingsTable';

interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: Readonly<Record<string, unknown>> };
  readonly contributes: { readonly configuration: readonly { readonly properties: Readonly<Record<string, Declared>> }[] };
} // prettier-ignore
type Declared = SettingRow & { readonly scope: string; readonly markdownDescription: string };

const manifest = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as Manifest;
const declared = new Map(manifest.contributes.configuration.flatMap(({ properties }) => Object.entries(properties)));

const BOOLEANS = ['run.onType', 'editor.inlineResults', 'editor.codeLens'] as const;
const NUMBERS = ['run.delay', 'run.seed', 'machine.cores'] as const;

/** What is read of settings that say `value` of `key` and nothing else, and what is said of it. */
function reading(key: string, value: unknown): { read: number | boolean; complaints: string[] } {
  const reader = new SettingsReader((asked) => (asked === key ? value : undefined));
  const all = new Map<string, number | boolean>([
    ...BOOLEANS.map((name) => [name, reader.boolean(name)] as const),
    ...NUMBERS.map((name) => [name, reader.number(name)] as const),
    ...BUDGET_NAMES.map(budgetRow).map((row) => [row.key, reader.budget(row.key)] as const),
  ]);
  return { read: all.get(key)!, complaints: reader.complaints.map(({ message }) => message) };
}

/** `x` and its siblings: nothing of these is a whole number. */
const NO_NUMBERS = ['x', '4', '', null, true, false, {}, [], [4], 4.5, NaN, Infinity, -Infinity, { valueOf: 4 }, JSON.parse('{"__proto__":4}')]; // prettier-ignore
const NO_BOOLEANS = ['true', '', 'x', null, 0, 1, NaN, {}, [], [true]];

suite('settings', () => {
  test('package.json declares the settings that are read, with the same types, defaults and limits', () => {
    const rows = [...declared].map(([key, { type, default: standard, ...more }]) => {
      const limits = 'minimum' in more ? { minimum: more.minimum, maximum: more.maximum } : {};
      return [key.replace('interlane.', ''), { type, default: standard, ...limits }];
    });
    assert.deepEqual(Object.fromEntries(rows), Object.fromEntries(SETTINGS));
    for (const [key, { scope, markdownDescription }] of declared) assert.ok(scope && markdownDescription, key);
  });

  test('a folder that is not trusted neither starts runs nor raises a budget', () => {
    const { supported, restrictedConfigurations, description } = manifest.capabilities.untrustedWorkspaces;
    const wanted = ['run.onType', ...BUDGET_NAMES.map((name) => budgetRow(name).key)].map((key) => `interlane.${key}`);
    // VS Code heeds the list only where support is limited.
    assert.equal(supported, 'limited');
    assert.deepEqual([...(restrictedConfigurations as string[])].sort(), wanted.sort());
    assert.ok(description);
  });

  for (const [key, row] of SETTINGS) {
    test(`${key}: what is not there, and what is right, is used without a word`, () => {
      const right = row.type === 'boolean' ? [true, false] : [row.minimum, row.default, row.maximum];
      for (const value of right) assert.deepEqual(reading(key, value), { read: value, complaints: [] });
      assert.deepEqual(reading(key, undefined), { read: row.default, complaints: [] });
    });

    test(`${key}: what has the wrong type gives the default, and one sentence`, () => {
      for (const value of row.type === 'boolean' ? NO_BOOLEANS : NO_NUMBERS) {
        const { read, complaints } = reading(key, value);
        assert.equal(read, row.default);
        assert.equal(complaints.length, 1);
        assert.ok(
          complaints[0]!.includes(`interlane.${key} is `) && complaints[0]!.endsWith(`${row.default} is used.`),
        );
      }
    });

    if (row.type === 'boolean') continue;
    test(`${key}: what is too small or too large gives the nearest, and one sentence`, () => {
      const cases = [[row.minimum - 1, row.minimum], [-1e9, row.minimum], [row.maximum + 1, row.maximum], [1e300, row.maximum]] as const;
      for (const [value, nearest] of cases) {
        const { read, complaints } = reading(key, value);
        assert.equal(read, nearest);
        assert.deepEqual(complaints, [
          `The setting interlane.${key} is ${value}, where a whole number from ${row.minimum} to ${row.maximum} was expected: ${nearest} is used.`,
        ]);
      }
    }); // prettier-ignore
  }

  test('whatever stands there, what is used is within the limits, and a complaint says when it is not what stands there', () => {
    const value = fc.oneof(fc.anything({ withNullPrototype: true }), fc.integer(), fc.double());
    fc.assert(
      fc.property(fc.constantFrom(...SETTINGS), value, ([key, row], it) => {
        const { read, complaints } = reading(key, it);
        assert.equal(typeof read, row.type === 'boolean' ? 'boolean' : 'number');
        if (row.type !== 'boolean') assert.ok(Number.isInteger(read) && +read >= row.minimum && +read <= row.maximum);
        assert.equal(complaints.length, it === undefined || it === read ? 0 : 1);
        for (const text of complaints) assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test('a wrong value is shown as it stands, on one line, and not whole when it is long', () => {
    const said = (value: unknown): string => reading('run.seed', value).complaints[0]!;
    assert.match(said('a\nb\u202Ec'), /is "a\\nb\\u202ec", where/);
    assert.match(said(null), /is null, where/);
    assert.match(said('x'.repeat(1000)), /is "x{39}…, where/);
  });

  test('no setting that is out of its limits reaches a budget', () => {
    const reader = new SettingsReader(() => 1e300);
    for (const name of BUDGET_NAMES) {
      const { max, factor } = budgetRow(name);
      assert.equal(budgetsFrom((row) => reader.budget(row.key))[name], max * factor);
    }
  });
});
