/** This file runs a program as a process of its own and says what it used: real time, and where GNU time is on the machine its processor time and peak memory. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Usage {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of all its threads; NaN: nobody can say. */
  readonly cpu: number;
  /** Megabytes of resident memory when it had most; NaN: nobody can say. */
  readonly peak: number;
  readonly stdout: string;
  /** Exit status; null: ended by a signal. */
  readonly status: number | null;
}

const TIME = '/usr/bin/time';
/** Bytes of output that are kept: a detector may have much to say. */
const MOST_OUTPUT = 1 << 28;

export function usageOf(command: readonly string[], env: NodeJS.ProcessEnv = process.env): Usage {
  const scratch = mkdtempSync(join(tmpdir(), 'interlane-usage-'));
  const file = join(scratch, 'usage');
  const measured = existsSync(TIME) ? [TIME, '--format=%U %S %M', '--output', file, ...command] : command;
  const start = process.hrtime.bigint();
  const { stdout, status } = spawnSync(measured[0]!, measured.slice(1), { env, encoding: 'utf8', maxBuffer: MOST_OUTPUT });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  const told = existsSync(file) ? readFileSync(file, 'utf8') : '';
  rmSync(scratch, { recursive: true });
  return { wall, stdout, status, ...readUsage(told) };
} // prettier-ignore

/** Its last line; GNU time says before it how a program ended that failed. */
function readUsage(told: string): Pick<Usage, 'cpu' | 'peak'> {
  const [user, system, kilobytes] = told.trimEnd().split('\n').at(-1)!.split(' ').map(Number);
  return { cpu: (user ?? NaN) + (system ?? NaN), peak: (kilobytes ?? NaN) / 1024 };
}
