/** This file tests the table of integers against a Map, under any sequence of changes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { IntTable } from '../../src/base/intTable';
import { Ledger, OutOfMemory } from '../../src/base/ledger';

type Change = readonly ['put' | 'remove', number, number, number];

/** Keys that meet again and again, and such as are far apart, on both sides of zero. */
const key = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 400 }).map((n) => n * 65536), fc.integer({ min: -9, max: -1 }), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1)); // prettier-ignore
const changes = fc.array(
  fc.tuple(fc.constantFrom('put', 'put', 'remove'), key, fc.integer({ min: -3, max: 3 }), fc.integer()),
  { maxLength: 400 },
) as fc.Arbitrary<Change[]>;

function compare(keys: 1 | 2, list: readonly Change[]): void {
  const table = new IntTable(1, keys);
  const model = new Map<string, number>();
  for (const [what, first, pair, value] of list) {
    const second = keys === 2 ? pair : 0;
    const name = `${first} ${second}`;
    if (what === 'remove') assert.equal(table.remove(first, second), model.delete(name));
    else {
      const at = table.put(first, second);
      assert.equal(table.words[at], model.get(name) ?? 0, 'zero when it is new, otherwise what it was');
      table.words[at] = value;
      model.set(name, value);
    }
  }
  assert.equal(table.length, model.size);
  for (const [, first, pair] of list) {
    const second = keys === 2 ? pair : 0;
    const at = table.find(first, second);
    assert.equal(at < 0 ? undefined : table.words[at], model.get(`${first} ${second}`));
  }
  const told: number[] = [];
  table.forEach((at) => told.push(table.words[at]!));
  const byValue = (left: number, right: number): number => left - right;
  assert.deepEqual(told.sort(byValue), [...model.values()].sort(byValue));
}

function set(table: IntTable, first: number, value: number): void {
  const at = table.put(first);
  table.words[at] = value;
}

suite('table of integers', () => {
  test('it is a Map, whatever is put in and taken out', () => {
    fc.assert(
      fc.property(changes, (list) => compare(1, list)),
      { numRuns: 300 },
    );
  });

  test('so it is of pairs', () => {
    fc.assert(
      fc.property(changes, (list) => compare(2, list)),
      { numRuns: 300 },
    );
  });

  test('a record that was removed is gone, and comes back empty', () => {
    const table = new IntTable(1);
    set(table, 7, 5);
    assert.ok(table.remove(7));
    assert.equal(table.find(7), -1);
    assert.equal(table.words[table.put(7)], 0);
    assert.ok(!new IntTable(1).remove(7));
  });

  test('it pays for what it is about to become, and is as it was when it cannot', () => {
    const ledger = new Ledger(1000);
    const table = new IntTable(1, 1, ledger.share('waits'));
    assert.throws(() => {
      for (let i = 1; ; i++) set(table, i, i);
    }, OutOfMemory);
    assert.equal(ledger.bytes, table.words.byteLength);
    assert.ok(table.length > 32, 'a record of two words takes less than four');
    for (let i = 1; i <= table.length; i++) assert.equal(table.words[table.find(i)], i);
  });

  test('keys in a row, and keys at equal distances, do not crowd', () => {
    for (const distance of [1, 2, 3, 7, 8, 64, 1000, 4096, 65_536]) {
      const table = new IntTable(0);
      for (let i = 1; i <= 10_000; i++) table.put(i * distance);
      const { words } = table;
      let longest = 0;
      for (let i = 0, run = 0; i < words.length; i++) longest = Math.max(longest, (run = words[i] === 0 ? 0 : run + 1));
      assert.ok(longest < 300, `${longest} places in a row are taken at a distance of ${distance}`);
    }
  });
});
