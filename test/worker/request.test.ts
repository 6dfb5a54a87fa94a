/** This file tests that a request which makes no sense is refused by name before anything is simulated. */
import assert from 'node:assert/strict';
import { BUDGET_NAMES, budgetRow, DEFAULT_BUDGETS } from '../../src/base/budgets';
import { machineKeys, type MachineKeyName } from '../../src/base/machineKeys';
import type { RunRequest } from '../../src/protocol/messages';
import { checkRequest } from '../../src/worker/request';

const GOOD: RunRequest = {
  type: 'run',
  id: 1,
  sources: [{ name: 'a.lane', text: 'func main() {}\n' }],
  focus: 'a.lane',
  seed: 42,
  settings: { cores: 4 },
  budgets: DEFAULT_BUDGETS,
  trace: true,
};
const NO_NUMBERS = [NaN, Infinity, -Infinity, 1.5, -1, '4', null, true, {}, []];

/** @param change what is otherwise than in a good request, of whatever type */
const refuses = (change: Readonly<Record<string, unknown>>, named: RegExp): void =>
  assert.throws(() => checkRequest({ ...GOOD, ...change }), named);
const accepts = (change: Readonly<Record<string, unknown>>): void => checkRequest({ ...GOOD, ...change });

suite('worker: requests', () => {
  test('one that makes sense is taken', () => {
    accepts({});
    accepts({ settings: {}, schedule: 'x', goVersion: '1.22', sources: [] });
  });

  for (const key of Object.keys(machineKeys) as MachineKeyName[]) {
    test(`a machine whose ${key} no program could set is refused`, () => {
      const { min, max } = machineKeys[key];
      for (const value of [min, max]) accepts({ settings: { [key]: value } });
      for (const value of [min - 1, max + 1, ...NO_NUMBERS]) refuses({ settings: { [key]: value } }, RegExp(`wrong ${key} `));
    });
  } // prettier-ignore

  test('a machine of keys that do not exist is refused', () => {
    refuses({ settings: JSON.parse('{"__proto__":1}') as unknown }, /wrong __proto__/);
    for (const key of ['constructor', 'toString', 'jitter', '']) refuses({ settings: { [key]: 1 } }, RegExp(`wrong ${key} `));
  }); // prettier-ignore

  for (const name of BUDGET_NAMES) {
    test(`a budget ${name} that is none is refused`, () => {
      const { max, factor } = budgetRow(name);
      accepts({ budgets: { ...DEFAULT_BUDGETS, [name]: max * factor } });
      for (const value of [0, max * factor + 1, undefined, ...NO_NUMBERS])
        refuses({ budgets: { ...DEFAULT_BUDGETS, [name]: value } }, RegExp(`wrong ${name} `));
    });
  }

  test('texts, names, seeds, schedules and wishes of other types are refused', () => {
    refuses({ sources: undefined }, /wrong sources/);
    refuses({ sources: [{ name: 'a.lane', text: 4 }] }, /wrong text/);
    refuses({ sources: [{ name: null, text: '' }] }, /wrong name/);
    refuses({ focus: 4 }, /wrong focus/);
    refuses({ schedule: 4 }, /wrong schedule/);
    for (const trace of [undefined, 1, 'false']) refuses({ trace }, /wrong trace/);
    for (const seed of [NaN, 1.5, '4', undefined, 2 ** 60]) refuses({ seed }, /wrong seed/);
  });
});
