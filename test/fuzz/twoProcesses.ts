/** This file holds programs to the law of determinism: whatever the slices, by the schedule or by the seed, in this process or another, a run tells the same. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../harness/vscode';

/** What one program told in each way. */
interface Told {
  readonly name: string;
  readonly told: Readonly<Record<string, string>>;
}

export interface Verdict {
  readonly programs: number;
  /** A line each: the program, and the ways that differ. */
  readonly broken: readonly string[];
}

/** Has so many programs run in two processes at once. */
export async function determinism(many: number): Promise<Verdict> {
  const [one, two] = await Promise.all([tellingsOf(many), tellingsOf(many)]);
  const broken = one.flatMap(({ name, told }, i) => {
    const ways = differences({ ...told, ...elsewhere(two[i]!.told) });
    return ways === '' ? [] : [`${name}: ${ways}`];
  });
  return { programs: one.length, broken };
}

/** The ways that tell something else than the first, for people; '' when there is none. */
export function differences(told: Readonly<Record<string, string>>): string {
  const [first] = Object.values(told);
  return Object.keys(told).filter((way) => told[way] !== first).join(', '); // prettier-ignore
}

function elsewhere(told: Told['told']): Told['told'] {
  return Object.fromEntries(Object.entries(told).map(([way, hash]) => [`${way} in another process`, hash]));
}

function tellingsOf(many: number): Promise<Told[]> {
  const execArgv = ['--require', join(ROOT, 'test', 'harness', 'go-text.cjs'), '--import=tsx'];
  const child = fork(join(ROOT, 'test', 'fuzz', 'determinismChild.ts'), [String(many)], { cwd: ROOT, execArgv });
  const all: Told[] = [];
  child.on('message', (told: Told) => all.push(told));
  return new Promise((resolve, reject) => {
    child.once('exit', (status) => {
      if (status === 0 && all.length === many) resolve(all);
      else reject(new Error(`the process ended with ${status} after ${all.length} programs`));
    });
  });
}
