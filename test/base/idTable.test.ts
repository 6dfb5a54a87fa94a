/** This file tests the table of ids against a Map, under any sequence of changes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { IdTable } from '../../src/base/idTable';
import { Ledger, OutOfMemory } from '../../src/base/ledger';

type Change = readonly [what: 'put' | 'remove', id: number, value: number];

/** Ids of the same page and of others, at the edges of words and of pages. */
const id = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 31, 32, 1023, 1024, 1025, 2047, 2048, 5000));
const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.tuple(fc.constantFrom('put', 'put', 'remove'), id, fc.integer({ min: -9, max: 9 })),
  { maxLength: 300 },
);

function compare(list: readonly Change[]): void {
  const table = new IdTable(2);
  const model = new Map<number, number>();
  for (const [what, key, value] of list) {
    if (what === 'remove') assert.equal(table.remove(key), model.delete(key));
    else {
      const at = table.put(key);
      const known = model.get(key) ?? 0;
      assert.deepEqual([...table.words.subarray(at, at + 2)], [known, known * 2], 'zeros, or what it was');
      table.words.set([value, value * 2], at);
      model.set(key, value);
    }
    assert.equal(table.length, model.size);
  }
  for (let key = 0; key <= 5001; key++) assert.equal(valueOf(table, key), model.get(key));
}

function fill(table: IdTable, from: number, to: number): void {
  for (let key = from; key <= to; key++) {
    const at = table.put(key);
    table.words[at] = key;
  }
}

/** The first value of an id; undefined: it has no record. */
function valueOf(table: IdTable, key: number): number | undefined {
  const at = table.find(key);
  return at < 0 ? undefined : table.words[at];
}

suite('table of ids', () => {
  test('it is a Map, whatever is put in and taken out', () => {
    fc.assert(fc.property(changes, compare), { numRuns: 200 });
  });

  test('no id below 0 is in it', () => {
    const table = new IdTable(1);
    fill(table, 1, 2000);
    assert.equal(table.find(-1), -1);
    assert.ok(!table.remove(-1));
  });

  test('without values it is a set', () => {
    const table = new IdTable(0);
    table.put(5);
    assert.ok(table.find(5) >= 0);
    assert.equal(table.find(6), -1);
  });

  test('a record of three words takes less than thirteen bytes when all have one', () => {
    const ledger = new Ledger();
    fill(new IdTable(3, ledger.share('waits')), 1, 100_000);
    assert.ok(ledger.bytes / 100_000 < 13, `${ledger.bytes} bytes`);
    assert.ok(ledger.bytes / 100_000 >= 12);
  });

  test('what came and went takes nothing, however much it was', () => {
    const ledger = new Ledger();
    const table = new IdTable(1, ledger.share('waits'));
    fill(table, 1, 1);
    const before = ledger.bytes;
    for (let key = 2; key < 100_000; key++) {
      fill(table, key, key);
      table.remove(key);
    }
    assert.ok(ledger.bytes <= before * 2, 'a page in hand');
    assert.equal(valueOf(table, 1), 1);
  });

  test('it is as it was when it cannot pay for a page', () => {
    const table = new IdTable(1, new Ledger(10_000).share('waits'));
    assert.throws(() => {
      fill(table, 1, 10_000);
    }, OutOfMemory);
    const { length } = table;
    assert.equal(length, 2047);
    for (let key = 1; key <= length; key++) assert.equal(valueOf(table, key), key);
    assert.equal(valueOf(table, length + 1), undefined);
  });
});
