/** This file tests the search for a seed with a finding: where it stops, what counts as one, and what it says when there is none. */
import assert from 'node:assert/strict';
import { newFinding, searchSeed } from '../../src/host/seedSearch';

const race = (on: string) => ({ kind: 'data-race', code: 'race.write-write', title: `Data race on ${on}` }) as const;
const SPENT = { kind: 'budget', code: 'budget.wallTime', title: 'Out of time' } as const;

suite('the search for a seed', () => {
  test('stops at the first with a finding that the shown run does not have', async () => {
    const asked: number[] = [];
    const counts: number[] = [];
    const run = (seed: number) => {
      asked.push(seed);
      return Promise.resolve(seed === 8 ? [race('x'), race('y')] : seed === 7 ? [race('x')] : []);
    };
    const found = await searchSeed({ seed: 5, shown: [race('x')], most: 100, run, tried: (n) => counts.push(n) });
    assert.deepEqual([found, asked, counts], [8, [6, 7, 8], [1, 2]]);
  });

  test('says after so many that there was none, and nothing when it is called off', async () => {
    const search = { seed: 999_999_998, shown: [], most: 3, tried: () => undefined };
    const asked: number[] = [];
    const run = (seed: number) => Promise.resolve(asked.push(seed) > 0 ? [] : undefined);
    assert.equal(await searchSeed({ ...search, run }), 'none');
    assert.deepEqual(asked, [999_999_999, 0, 1], 'seeds are numbers that a person can type');
    assert.equal(await searchSeed({ ...search, run: () => Promise.resolve(undefined) }), undefined);
  });

  test('a finding is known by what it is about; a spent budget is none', () => {
    assert.equal(newFinding([race('x')], [race('x')]), undefined);
    assert.equal(newFinding([SPENT], []), undefined);
    assert.deepEqual(newFinding([SPENT, race('y')], [race('x')]), race('y'));
  });
});
