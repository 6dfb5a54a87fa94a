/**
 * This file keeps the fingerprints that are recorded, a line each, and says of a fingerprint of today what differs. They change when the machine is meant to
 * do something else; UPDATE_GOLDENS=1 records them anew then.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, fingerprint, lineOf, type Subject } from './fingerprint';
import type { Compiled } from './programs';
import { told } from './told';

/** Words of a line. */
const PARTS = ['outcome', 'events', 'accesses', 'findings', 'output', 'choices', 'words'];

/** By which chance, who schedules, and how long. */
export type Chance = Required<Pick<Subject, 'seed' | 'scheduler'>> & Pick<Subject, 'budgets'>;

/** Fingerprints by run, as they stand in a file. */
export class Recorded {
  private readonly lines = new Map<string, string>();
  /** Lines that were asked for. */
  private readonly seen = new Map<string, string>();
  private readonly path: string;

  constructor(name: string) {
    this.path = join(__dirname, 'golden', `${name}.golden`);
    if (!existsSync(this.path)) return;
    for (const line of readFileSync(this.path, 'utf8').split('\n')) {
      const at = line.indexOf(': ');
      if (at > 0) this.lines.set(line.slice(0, at), line.slice(at + 2));
    }
  }

  /** What of today's line is another than the recorded one; '' when nothing is, undefined when nothing is recorded. */
  difference(run: string, today: string): string | undefined {
    this.seen.set(run, today);
    const recorded = this.lines.get(run);
    return recorded === undefined || recorded === today ? recorded && '' : `${run}: ${differingParts(recorded, today)}`;
  }

  /** Lines of which nobody has asked. */
  get unseen(): readonly string[] {
    return [...this.lines.keys()].filter((run) => !this.seen.has(run));
  }

  get size(): number {
    return this.lines.size;
  }

  write(): void {
    writeFileSync(this.path, [...this.seen].map(([run, line]) => `${run}: ${line}\n`).join(''));
  }
}

/** The run of a program as it stands before its line. */
export function runName({ name }: Pick<Compiled, 'name'>, { scheduler, seed }: Chance): string {
  return `${name} ${scheduler} ${seed}`;
}

/** All that a run tells, on a line. */
export function lineOfRun(compiled: Compiled, chance: Chance): string {
  const subject: Subject = { ...compiled, ...chance };
  return `${lineOf(fingerprint(subject))} ${told(subject)}`;
}

/** The same, condensed to one word: of programs that are many and not looked at one by one. */
export function wordOfRun(compiled: Compiled, chance: Chance): string {
  return digestOf(lineOfRun(compiled, chance));
}

/** Which parts of a line are others. */
export function differingParts(recorded: string, today: string): string {
  const before = recorded.split(' ');
  const now = today.split(' ');
  if (now.length !== PARTS.length || before.length !== PARTS.length) return `it is ${today}, recorded ${recorded}`;
  const parts = PARTS.filter((_, i) => before[i] !== now[i]);
  return `other ${parts.join(', ')} (it is ${now[0]} ${now[1]}, recorded ${before[0]} ${before[1]})`;
}
