/** This file runs all detectors over one execution. */
import { Kind } from '../event/kinds';
import type { EventLog, Observer } from '../event/log';
import { DeadlockDetector } from './deadlock';
import type { Ending } from './ending';
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
    this.races.observe(log, i);
    const kind = log.kind[i]!;
    if (kind === READ || kind === WRITE) return;
    this.deadlocks.observe(log, i);
    this.leaks.observe(log, i);
    this.failures.observe(log, i);
  }

  /** Everything found, the gravest first: what stopped the run, races, then what was left behind. */
  finish(ending: Ending): Finding[] {
    return [
      ...this.failures.finish(ending),
      ...this.deadlocks.finish(ending),
      ...this.races.finish(),
      ...this.leaks.finish(ending),
    ];
  }
}

const READ = Kind.Read;
const WRITE = Kind.Write;
