/**
 * This file runs programs that ask for more than there is at full size (test/session/hungry.ts), each in a process of its own with the default budget of memory,
 * and prints how each ended, what the process needed at most and what remained. It fails where no budget that is named ended one within 2 % of its number.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { DEFAULT_BUDGETS } from '../src/base/budgets';
import { ROOT } from '../test/harness/vscode';
import { aligned } from '../test/bench/goTable';
import type { HungryEnd } from '../test/session/hungryChild';

const MILLION = 1_000_000;
/** Program, how many it asks for, how many goroutines there may be. */
const CASES: readonly (readonly [name: string, size: number, goroutines: number])[] = [
  ['goroutines', 10 * MILLION, DEFAULT_BUDGETS.goroutines],
  ['goroutines', 10 * MILLION, 10 * MILLION],
  ['goroutines that start goroutines, the more the deeper', 1, DEFAULT_BUDGETS.goroutines],
  ['goroutines that start goroutines, the more the deeper', 1, 10 * MILLION],
  ['timers', MILLION, DEFAULT_BUDGETS.goroutines],
  ['timers with channels', MILLION, DEFAULT_BUDGETS.goroutines],
  // A million of them fit into the default budget of memory.
  ['channels', 4 * MILLION, DEFAULT_BUDGETS.goroutines],
  ['mutexes', 4 * MILLION, DEFAULT_BUDGETS.goroutines],
];
/** Megabytes that may remain: code that was compiled meanwhile. */
const REST_MB = 16;

function run(name: string, size: number, goroutines: number): Promise<HungryEnd> {
  const execArgv = ['--require', join(ROOT, 'test', 'harness', 'go-text.cjs'), '--import=tsx'];
  const args = [name, String(size), String(goroutines)];
  const child = fork(join(ROOT, 'test', 'session', 'hungryChild.ts'), args, { cwd: ROOT, execArgv });
  return new Promise((resolve, reject) => {
    child.once('message', (end) => resolve(end as HungryEnd));
    child.once('exit', (status) => reject(new Error(`${name}: the process ended with ${status}`)));
  });
}

async function main(): Promise<number> {
  const rows = [['program', 'of them', 'goroutines', 'ended by', 'seconds', 'peak MB', 'rest MB', '']];
  let wrong = 0;
  for (const [name, size, goroutines] of CASES) {
    const { ended, isRight, seconds, peakMb, restMb } = await run(name, size, goroutines);
    const isFine = isRight && restMb < REST_MB;
    if (!isFine) wrong++;
    const numbers = [seconds, peakMb, restMb].map((value) => value.toFixed(1));
    rows.push([name, String(size), String(goroutines), ended.slice(0, 40), ...numbers, isFine ? '' : 'wrong']);
  }
  console.log(aligned(rows));
  return wrong;
}

void main().then((wrong) => (process.exitCode = wrong > 0 ? 1 : 0));
