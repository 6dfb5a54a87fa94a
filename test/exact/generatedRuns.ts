/** This file holds generated programs to their recorded fingerprints: as many as one has time for, always the same first ones. */
import { generated } from './programs';
import { Recorded, runName, wordOfRun, type Chance } from './recorded';

/** Programs of which fingerprints are recorded. */
export const GENERATED = 2000;

/** What differs in the first so many programs. With UPDATE_GOLDENS=1 all are recorded. */
export function generatedDifferences(many: number): string[] {
  const records = process.env.UPDATE_GOLDENS === '1';
  const recorded = new Recorded('generated');
  const differences: string[] = [];
  for (let number = 0; number < (records ? GENERATED : many); number++) {
    const compiled = generated(number);
    const chance: Chance = { seed: number, scheduler: number % 3 === 0 ? 'controlled' : 'simulated' };
    const run = runName(compiled, chance);
    const difference = recorded.difference(run, wordOfRun(compiled, chance)) ?? `${run}: nothing is recorded`;
    if (difference !== '') differences.push(difference);
  }
  if (!records) return differences;
  recorded.write();
  return [];
}
