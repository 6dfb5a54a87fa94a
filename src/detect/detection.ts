/** This file runs all detectors over one execution. */
import type { EventLog, Observer } from '../event/log';
import { DeadlockDetector } from './deadlock';
import { endingsOf, type Ending } from '../event/ending';
import { FailureDetector } from './failure';
import { FastTrack } from './fasttrack';
import type { Finding } from './finding';
import { Holdings } from './holdings';
import { LeakDetector } from './leak';

export class Detection implements Observer {
  readonly races = new FastTrack();
  private readonly holdings = new Holdings();
  private readonly deadlocks = new DeadlockDetector(this.holdings);
  private readonly leaks = new LeakDetector(this.holdings);
  private readonly failures = new FailureDetector();

  observe(log: EventLog, i: number): void {
    const interested = INTERESTED[log.kind[i]!]!;
    if ((interested & RACES) !== 0) this.races.observe(log, i);
    if ((interested & HOLDINGS) !== 0) this.holdings.observe(log, i);
    if ((interested & LEAKS) !== 0) this.leaks.observe(log, i);
    if ((interested & FAILURES) !== 0) this.failures.observe(log, i);
  }

  /** Everything found, the gravest first: what stopped the program, races, what stopped the run and is no fault of the program, what was left behind. */
  finish(ending: Ending): Finding[] {
    const endings = endingsOf(ending);
    const failures = this.failures.finish(ending);
    return [
      ...failures.filter(({ kind }) => !NO_FAULT.has(kind)),
      ...endings.flatMap((one) => this.deadlocks.finish(one)),
      ...this.races.finish(),
      ...failures.filter(({ kind }) => NO_FAULT.has(kind)),
      ...endings.flatMap((one) => this.leaks.finish(one)),
    ];
  }
}

/** Ends of a run that say nothing against the program. */
const NO_FAULT: ReadonlySet<Finding['kind']> = new Set(['budget', 'unsupported']);

const RACES = 1;
const HOLDINGS = 2;
const LEAKS = 4;
const FAILURES = 8;

/** By kind code: who has to be told. */
const INTERESTED = new Uint8Array(256);
for (const [bit, kinds] of [
  [RACES, FastTrack.kinds],
  [HOLDINGS, Holdings.kinds],
  [LEAKS, LeakDetector.kinds],
  [FAILURES, FailureDetector.kinds],
] as const) {
  for (const kind of kinds) INTERESTED[kind]! |= bit;
}
