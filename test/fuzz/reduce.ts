/** This file reduces a failing input in all its parts: settings to their defaults, files, then each text. */
import { PLAIN_RUN, type FuzzInput } from './inputs';
import { minimise } from './minimise';

/** Whether an input still fails in the same way. */
export type StillFails = (input: FuzzInput) => Promise<boolean>;

const PLAIN = { ...PLAIN_RUN, depth: 'parse', replay: undefined } as const;

export async function reduce(input: FuzzInput, fails: StillFails, over: () => boolean): Promise<FuzzInput> {
  let smallest = input;
  const attempt = async (smaller: FuzzInput): Promise<boolean> => {
    const failed = !over() && (await fails(smaller));
    if (failed) smallest = smaller;
    return failed;
  };
  const front = { ...PLAIN, depth: 'front' } as const;
  if (!(await attempt({ ...smallest, ...PLAIN })) && !(await attempt({ ...smallest, ...front }))) {
    for (const [key, value] of Object.entries(front)) await attempt({ ...smallest, [key]: value });
  }
  for (const source of input.sources.slice(1)) {
    await attempt({ ...smallest, sources: smallest.sources.filter((other) => other !== source) });
  }
  for (const [i, { name, text }] of smallest.sources.entries()) {
    const withText = (by: string): FuzzInput => ({ ...smallest, sources: smallest.sources.map((source, j) => (j === i ? { name, text: by } : source)) });
    await minimise(text, (by) => attempt(withText(by)), over);
  }
  return smallest;
} // prettier-ignore
