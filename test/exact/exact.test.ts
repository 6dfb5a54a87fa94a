/**
 * This file holds the machine to the fingerprints that are recorded: a machine that is made faster does the same as before, event by event. To see where two
 * versions part, `npm run test:exact -- --against FOLDER`.
 */
import assert from 'node:assert/strict';
import { generatedDifferences } from './generatedRuns';
import { benchmarks, examples, testPrograms, type Compiled } from './programs';
import { lineOfRun, Recorded, runName, type Chance } from './recorded';

const RECORDS = process.env.UPDATE_GOLDENS === '1';

/** Of generated programs; all of them are for `npm run test:exact`. */
const SHARE = 400;
/** Part of the recorded runs whose programs may have gone from the tests, or have other texts now. */
const LOST = 0.1;

const EXAMPLES: readonly Chance[] = [1, 2, 3].flatMap((seed): Chance[] => [
  { seed, scheduler: 'simulated' },
  { seed, scheduler: 'controlled' },
]);
const TESTS: readonly Chance[] = [
  { seed: 1, scheduler: 'simulated' },
  { seed: 2, scheduler: 'controlled' },
];

/** Most come to their end only after more than others may. */
const BENCHMARKS: readonly Chance[] = TESTS.map((chance) => ({ ...chance, budgets: { steps: 40_000 } }));

/** Runs all programs; @returns what differs, and the runs that are not recorded. */
function differences(recorded: Recorded, programs: Iterable<Compiled>, chances: readonly Chance[]): { broken: string[]; unknown: string[] } {
  const broken: string[] = [];
  const unknown: string[] = [];
  for (const compiled of programs) {
    for (const chance of chances) {
      if (chance.scheduler === 'controlled' && compiled.code.processes.length > 1) continue;
      const run = runName(compiled, chance);
      const difference = recorded.difference(run, lineOfRun(compiled, chance));
      if (difference === undefined) unknown.push(run);
      else if (difference !== '') broken.push(difference);
    }
  }
  return { broken, unknown };
} // prettier-ignore

suite('exactness: every event, finding, output, time and choice is the recorded one', function () {
  this.timeout(300_000);

  test('of the examples', () => {
    const recorded = new Recorded('examples');
    const { broken, unknown } = differences(recorded, examples(), EXAMPLES);
    if (RECORDS) return recorded.write();
    assert.deepEqual([broken, unknown, recorded.unseen], [[], [], []]);
  });

  test('of the benchmarks', () => {
    const recorded = new Recorded('benchmarks');
    const { broken, unknown } = differences(recorded, benchmarks(), BENCHMARKS);
    if (RECORDS) return recorded.write();
    assert.deepEqual([broken, unknown, recorded.unseen], [[], [], []]);
  });

  test('of the programs that stand in tests', () => {
    const recorded = new Recorded('tests');
    const { broken } = differences(recorded, testPrograms(), TESTS);
    if (RECORDS) return recorded.write();
    assert.deepEqual(broken, []);
    assert.ok(
      recorded.unseen.length <= recorded.size * LOST,
      'too few are left: look at what differs, and record anew',
    );
  });

  test('of generated programs', () => {
    assert.deepEqual(generatedDifferences(SHARE), []);
  });
});
