/** This file looks for a seed with a finding that the shown run does not have: one seed after the other, until there is one, or enough were tried, or nobody wants it. */
import type { ExplainedFinding } from '../report/explained';

/** What a finding is known by: goroutines and values differ from seed to seed. A budget that is spent is news of the budget. */
type Known = Pick<ExplainedFinding, 'kind' | 'code' | 'title'>;
const nameOf = ({ code, title }: Known): string => `${code} ${title}`;

/** The first finding that is none of those shown. */
export function newFinding<F extends Known>(found: readonly F[], shown: readonly Known[]): F | undefined {
  const names = new Set(shown.map(nameOf));
  return found.find((finding) => finding.kind !== 'budget' && !names.has(nameOf(finding)));
}

export interface Search {
  /** The seed of the shown run; those after it are tried. */
  readonly seed: number;
  readonly shown: readonly Known[];
  /** Seeds to try at most. */
  readonly most: number;
  /** What is found with a seed; undefined: nobody wants to know any more. */
  readonly run: (seed: number) => Promise<readonly Known[] | undefined>;
  /** Told after each. */
  readonly tried: (count: number) => void;
}

/** Largest seed that a person can type. */
const LAST_SEED = 999_999_999;

/** @returns the seed; 'none' after as many as were to be tried; undefined when it was called off */
export async function searchSeed({ seed, shown, most, run, tried }: Search): Promise<number | 'none' | undefined> {
  for (let count = 1; count <= most; count++) {
    const next = (seed + count) % (LAST_SEED + 1);
    const found = await run(next);
    if (!found) return undefined;
    if (newFinding(found, shown)) return next;
    tried(count);
  }
  return 'none';
}
