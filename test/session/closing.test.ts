/** This file tests how many objects and goroutines a trace is taken to tell of, by looking at a thousand of its rows. */
import assert from 'node:assert/strict';
import { Kind } from '../../src/event/kinds';
import { namedIn } from '../../src/session/closing';

const ROWS = 100_000;

/** Rows of one kind, the object of each by its number. */
function rowsOf(objectAt: (row: number) => number, rows = ROWS, kind: number = Kind.MutexLock): number {
  return namedIn({ rows, kindAt: () => kind, objectAt }).objects;
}

suite('session: how many objects there are', () => {
  test('each row its own, or each a few rows', () => {
    assert.equal(
      rowsOf((row) => row + 1),
      ROWS,
    );
    for (const few of [2, 4, 8]) {
      const about = rowsOf((row) => Math.floor(row / few) + 1);
      assert.ok(about > (ROWS / few) * 0.9 && about < (ROWS / few) * 1.2, `${about} of ${ROWS / few}`);
    }
  });

  test('one, some, many that come again and again', () => {
    const scattered = (row: number, of: number): number => {
      // The last steps of MurmurHash3 (Appleby).
      let hash = Math.imul(row ^ (row >>> 16), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
      return ((hash ^ (hash >>> 16)) >>> 0) % of;
    };
    for (const many of [1, 10, 300, 2000]) {
      const about = rowsOf((row) => scattered(row, many) + 1);
      assert.ok(about >= many * 0.7 && about <= many * 1.5, `${about} of ${many}`);
    }
  });

  test('none in no rows, in rows without an object, and in rows of kinds that name none', () => {
    assert.deepEqual([rowsOf((row) => row + 1, 0), rowsOf(() => 0), rowsOf((row) => row + 1, ROWS, Kind.GoCreate)], [0, 0, 0]);
  }); // prettier-ignore

  test('goroutines are as many as are started', () => {
    const kindAt = (row: number): number => (row % 4 === 0 ? Kind.GoCreate : Kind.GoBlock);
    const { goroutines, objects } = namedIn({ rows: ROWS, kindAt, objectAt: (row) => row });
    assert.deepEqual([Math.round(goroutines), objects], [ROWS / 4, 0]);
  });

  test('few rows are all looked at', () => {
    for (const rows of [1, 7, 100, 1000]) assert.ok(Math.abs(rowsOf((row) => row + 1, rows) - rows) < 1e-6);
  });
});
