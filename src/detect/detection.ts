/** This file runs all detectors over one execution. */
import { Interrupt } from '../base/interrupt';
import { Ledger } from '../base/ledger';
import type { EventLog, Observer } from '../event/log';
import { DeadlockDetector } from './deadlock';
import { endingsOf, type Ending } from '../event/ending';
import { FailureDetector } from './failure';
import { FastTrack } from './fasttrack';
import type { Finding } from './finding';
import type { PastAccess } from './history';
import { Holdings } from './holdings';
import { LeakDetector } from './leak';
import { CycleFinder } from './waitCycles';

export class Detection implements Observer {
  readonly kinds = KINDS;
  readonly brief = true;
  readonly races: FastTrack;
  private readonly holdings: Holdings;
  private readonly deadlocks: DeadlockDetector;
  private readonly leaks: LeakDetector;
  private readonly failures: FailureDetector;

  /** `ledger`: who accounts for what is kept of the run. `interrupt`: told of events that take long. `asked`: earlier accesses whose races could not be explained by a run before. */
  constructor(ledger = new Ledger(), interrupt = Interrupt.never, asked: readonly PastAccess[] = []) {
    this.races = new FastTrack(ledger.share('races', ledger.limit * RACES_PART), interrupt, asked);
    const share = ledger.share('waits');
    this.holdings = new Holdings(share);
    const cycles = new CycleFinder(this.holdings);
    this.deadlocks = new DeadlockDetector(this.holdings, cycles);
    this.leaks = new LeakDetector(this.holdings, share, ledger.share('goroutines'), cycles);
    this.failures = new FailureDetector(share);
  }

  observe(log: EventLog, i: number): void {
    const interested = INTERESTED[log.kind[i]!]!;
    if ((interested & RACES) !== 0) this.races.observe(log, i);
    if ((interested & HOLDINGS) !== 0) this.holdings.observe(log, i);
    if ((interested & LEAKS) !== 0) this.leaks.observe(log, i);
    if ((interested & FAILURES) !== 0) this.failures.observe(log, i);
  }

  /** What is found without looking at all goroutines: no partial deadlocks and no leaks, of which those that are not looked at may be part. */
  briefly(ending: Ending): Finding[] {
    const asleep = endingsOf(ending).filter(({ kind }) => kind === 'deadlock');
    return this.inOrder(ending, asleep.flatMap((one) => this.deadlocks.finish(one)), []); // prettier-ignore
  }

  /** Everything found, the gravest first: what stopped the program, races, what stopped the run and is no fault of the program, what was left behind. @throws Interrupted */
  finish(ending: Ending, interrupt = Interrupt.never): Finding[] {
    const endings = endingsOf(ending);
    const deadlocks = endings.flatMap((one) => this.deadlocks.finish(one, interrupt));
    return this.inOrder(ending, deadlocks, endings.flatMap((one) => this.leaks.finish(one, interrupt))); // prettier-ignore
  }

  private inOrder(ending: Ending, deadlocks: readonly Finding[], leaks: readonly Finding[]): Finding[] {
    const failures = this.failures.finish(ending);
    const isNoFault = ({ kind }: Finding): boolean => NO_FAULT.has(kind);
    return [
      ...failures.filter((finding) => !isNoFault(finding)),
      ...deadlocks,
      ...this.races.finish(),
      ...failures.filter(isNoFault),
      ...leaks,
    ];
  }
}

/** Part of the memory of a run that the search for races may take. */
const RACES_PART = 5 / 8;

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
const KINDS = [...INTERESTED.keys()].filter((kind) => INTERESTED[kind] !== 0);
