/** This file tests that journals forget the oldest numbers only, and that what a race names is right after more events than are remembered. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FastTrack } from '../../src/detect/fasttrack';
import type { Finding } from '../../src/detect/finding';
import { Journal } from '../../src/detect/journal';
import { feed, Run } from './notation';

const detect = (source: string): Finding[] => feed(new FastTrack(), new Run(source).steps);

/** Fewer than what a journal keeps at least. */
const KEPT = 1500;

suite('detect: journals', () => {
  test('of all numbers ever written the latest are there, at their places', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 70 }), { maxLength: 300 }), (sizes) => {
        const journal = new Journal();
        const all: number[] = [];
        for (const size of sizes) {
          const at = journal.extend(size);
          for (let i = 0; i < size; i++) all.push((journal.numbers[at + i] = 3 * all.length - 500));
          assert.equal(journal.dropped + journal.length, all.length);
          assert.ok(journal.length >= Math.min(all.length, KEPT));
        }
        assert.deepEqual([...journal.numbers.subarray(0, journal.length)], all.slice(journal.dropped));
      }),
      { numRuns: 50 },
    );
  });

  test('what is cleared is forgotten, what comes then is not', () => {
    const journal = new Journal();
    journal.extend(5);
    journal.clear();
    const at = journal.extend(1);
    journal.numbers[at] = 7;
    assert.deepEqual([journal.dropped, journal.length, journal.numbers[0]], [5, 1, 7]);
  });

  const unlocks = '1 lock m; 1 unlock m; '.repeat(2000);

  test('the last common point is named after thousands of releases', () => {
    const [race] = detect(`1 go 2; ${unlocks}2 lock m; 2 write x; 1 write x`);
    const common = race!.sites.find(({ role }) => role === 'last-common')!;
    assert.deepEqual([common.op, common.g, common.event], ['Unlock', 1, 4000]);
  });

  test('and is not, when it is among those that are forgotten', () => {
    const [race] = detect(`1 go 2; 2 write x; ${unlocks}1 write x`);
    assert.equal(
      race!.sites.find(({ role }) => role === 'last-common'),
      undefined,
    );
  });
});
