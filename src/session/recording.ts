/**
 * This file decides which events the trace keeps, and remembers what findings need to be found again in it: the ordinal of each kept row, and who the
 * goroutines, threads and objects of the kept rows are.
 */
import { Kind } from '../event/kinds';
import type { EventLog, Observer } from '../event/log';
import { TraceRecorder } from '../trace/store';

const { Read, Write, GoCreate, ThreadCreate, ProcessStart, ChanMake } = Kind;

/** Kinds whose object is a lock. */
const LOCKS = new Set<number>([
  Kind.MutexLock,
  Kind.MutexUnlock,
  Kind.RWLock,
  Kind.RWUnlock,
  Kind.RWRLock,
  Kind.RWRUnlock,
]);

/** Rows of one goroutine's birth. */
export interface Birth {
  readonly id: number;
  readonly function: number;
  readonly parent: number;
  readonly pc: number;
  readonly process: number;
}

export class Recording implements Observer {
  readonly recorder: TraceRecorder;
  readonly births: Birth[] = [];
  readonly threads: { id: number; process: number }[] = [];
  readonly processes: { id: number; parent: number; main: number }[] = [];
  /** By channel: the instruction that made it, its capacity and element type. */
  readonly channels = new Map<number, { pc: number; capacity: number }>();
  /** Locks that a hidden package uses. */
  private readonly hiddenLocks = new Set<number>();
  /** Ordinal in the run of each kept row. */
  private ordinals = new Float64Array(1024);

  /**
   * @param watched accesses kept: those of these slots; other accesses are too many to draw and tell nobody anything.
   * @param hidden whether an instruction (word index) is of a package whose own variables and locks are left out, too.
   */
  constructor(
    maxRows: number,
    private readonly watched: ReadonlySet<number>,
    private readonly hidden: (pc: number) => boolean = () => false,
  ) {
    this.recorder = new TraceRecorder(maxRows, new Uint8Array(256).fill(1));
  }

  observe(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    if ((kind === Read || kind === Write) && !this.watches(log.obj[i]!, log.a[i]!)) return;
    if ((kind === Read || kind === Write) && this.hidden(log.pc[i]!)) return;
    if (LOCKS.has(kind) && this.isHiddenLock(log.obj[i]!, log.pc[i]!)) return;
    const row = this.recorder.length;
    this.recorder.observe(log, i);
    if (this.recorder.length === row) return;
    if (row === this.ordinals.length) {
      const next = new Float64Array(row * 2);
      next.set(this.ordinals);
      this.ordinals = next;
    }
    this.ordinals[row] = log.first + i;
    if (kind === GoCreate) {
      this.births.push({ id: log.obj[i]!, function: log.a[i]!, parent: log.g[i]!, pc: log.pc[i]!, process: log.b[i]! });
      const process = this.processes.find(({ id }) => id === log.b[i]);
      // The first goroutine of a process is its main one.
      if (process?.main === 0) process.main = log.obj[i]!;
    } else if (kind === ChanMake) this.channels.set(log.obj[i]!, { pc: log.pc[i]!, capacity: log.a[i]! });
    else if (kind === ThreadCreate) this.threads.push({ id: log.obj[i]!, process: log.a[i]! });
    else if (kind === ProcessStart) this.processes.push({ id: log.obj[i]!, parent: log.a[i]!, main: 0 });
  }

  /** Row of the event with this ordinal; -1 when the trace does not hold it. */
  rowOf(ordinal: number): number {
    let low = 0;
    let high = this.recorder.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = this.ordinals[middle]!;
      if (at === ordinal) return middle;
      if (at < ordinal) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** A lock stays hidden: it is given back by deferred calls, which are of no package. */
  private isHiddenLock(lock: number, pc: number): boolean {
    if (this.hidden(pc)) this.hiddenLocks.add(lock);
    return this.hiddenLocks.has(lock);
  }

  private watches(slot: number, slots: number): boolean {
    for (let s = slot; s < slot + slots; s++) if (this.watched.has(s)) return true;
    return false;
  }
}
