/**
 * This file decides which events are told to the trace at all, and knows what findings need to be found again in it: the row of an event by its ordinal. Once the
 * trace has no room for anything any more it says so.
 */
import type { Interrupt } from '../base/interrupt';
import { Kind } from '../event/kinds';
import type { EventLog, Observer } from '../event/log';
import { touches } from '../machine/accessWorld';
import { countUpTo } from '../trace/rows';
import { TraceRecorder, type Taken } from '../trace/store';

const { Read, Write } = Kind;

/** By kind code: 1 where the object is a lock. */
const IS_LOCK = new Uint8Array(256);
for (const kind of ['MutexLock', 'MutexUnlock', 'RWLock', 'RWUnlock', 'RWRLock', 'RWRUnlock'] as const)
  IS_LOCK[Kind[kind]] = 1;

export interface RecordingOptions {
  /** Rows that the trace may have. */
  readonly maxRows: number;
  /** Whether it goes on when there are more events: somebody wants to see the end, too. */
  readonly detail: boolean;
  /** Accesses kept: those of these slots; other accesses are too many to draw and tell nobody anything. */
  readonly watched: ReadonlySet<number>;
  /** Whether an instruction (word index) is of a package whose own variables and locks are left out, too. */
  readonly hidden: (pc: number) => boolean;
  /** Whether an instruction (word index) has a place that a person can be shown. */
  readonly isPlace: (pc: number) => boolean;
  /** Told once: the trace is full. */
  readonly full: () => void;
}

export class Recording implements Observer {
  private readonly recorder: TraceRecorder;
  /** Locks that a hidden package uses. */
  private readonly hiddenLocks = new Set<number>();
  private taken: Taken | undefined;

  constructor(private readonly options: RecordingOptions) {
    this.recorder = new TraceRecorder(options);
  }

  observe(log: EventLog, i: number): void {
    const { recorder } = this;
    if (recorder.truncated || this.isLeftOut(log, i)) return;
    if (!recorder.observe(log, i)) this.options.full();
  }

  /** A finding is about the event with this ordinal: it is to stay in the trace, with its neighbours, if it is still there. */
  pin(ordinal: number): void {
    this.recorder.pin(ordinal);
  }

  /** Rows so far, about. */
  get rows(): number {
    return this.recorder.length;
  }

  /** Of the rows so far, in no order: the kind, and the object that it names or something else. */
  kindAt(row: number): number {
    return this.recorder.kindAt(row);
  }
  objectAt(row: number): number {
    return this.recorder.objectAt(row);
  }

  /** Steps of the run, those included that the trace does not hold; whether it ends before the run. */
  get steps(): number {
    return this.recorder.steps;
  }
  get truncated(): boolean {
    return this.recorder.truncated;
  }

  /** What was recorded. @throws Interrupted */
  take(interrupt?: Interrupt): Taken {
    return (this.taken = this.recorder.take(interrupt));
  }

  /** Row of the event with this ordinal; -1 when the trace, which has been taken, does not hold it. */
  rowOf(ordinal: number): number {
    const ordinals = this.taken?.ordinals;
    if (!ordinals || ordinal < 0) return -1;
    const row = countUpTo(ordinals, ordinal) - 1;
    return ordinals[row] === ordinal ? row : -1;
  }

  private isLeftOut(log: EventLog, i: number): boolean {
    const kind = log.kind[i]!;
    if (kind === Read || kind === Write) {
      const { watched, hidden } = this.options;
      return !touches(watched, log.obj[i]!, log.a[i]!) || hidden(log.pc[i]!);
    }
    return IS_LOCK[kind] === 1 && this.isHiddenLock(log.obj[i]!, log.pc[i]!);
  }

  /** A lock stays hidden: it is given back by deferred calls, which are of no package. */
  private isHiddenLock(lock: number, pc: number): boolean {
    if (this.options.hidden(pc)) this.hiddenLocks.add(lock);
    return this.hiddenLocks.size > 0 && this.hiddenLocks.has(lock);
  }
}
