/** This file measures how long the command line takes to answer, as a shell sees it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../harness/vscode';
import type { BenchCase } from './case';

function timed(...args: string[]): number {
  const start = process.hrtime.bigint();
  try {
    execFileSync(process.execPath, [join(ROOT, 'dist', 'cli.js'), ...args], { stdio: 'ignore' });
  } catch {
    // A finding is a status other than 0; the time counts all the same.
  }
  return Number(process.hrtime.bigint() - start) / 1e6;
}

export const cases: readonly BenchCase[] = [
  { name: 'cli-version', unit: 'ms', better: 'lower', target: 150, measure: () => timed('--version') },
  {
    name: 'cli-run-race',
    unit: 'ms',
    better: 'lower',
    measure: () => timed('run', join(ROOT, 'examples', '01-counter-race.lane')),
  },
];
