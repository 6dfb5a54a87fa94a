/**
 * This file decides which events the trace keeps, and remembers what findings need to be found again in it: the ordinal of each kept row, and who the
 * goroutines, threads and objects of the kept rows are.
 */
import { Kind } from '../event/kinds';
import type { EventLog, Observer } from '../event/log';
import { TraceRecorder } from '../trace/store';

const { Read, Write, GoCreate, ThreadCreate, ProcessStart, ChanMake } = Kind;

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
  readonly processes: { id: number; parent: number }[] = [];
  /** By channel: the instruction that made it, its capacity and element type. */
  readonly channels = new Map<number, { pc: number; capacity: number }>();
  /** Ordinal in the run of each kept row. */
  private ordinals = new Float64Array(1024);

  /** @param watched accesses kept: those of these slots; other accesses are too many to draw and tell nobody anything. */
  constructor(
    maxRows: number,
    private readonly watched: ReadonlySet<number>,
  ) {
    this.recorder = new TraceRecorder(maxRows, new Uint8Array(256).fill(1));
  }

  observe(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    if ((kind === Read || kind === Write) && !this.watches(log.obj[i]!, log.a[i]!)) return;
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
    } else if (kind === ChanMake) this.channels.set(log.obj[i]!, { pc: log.pc[i]!, capacity: log.a[i]! });
    else if (kind === ThreadCreate) this.threads.push({ id: log.obj[i]!, process: log.a[i]! });
    else if (kind === ProcessStart) this.processes.push({ id: log.obj[i]!, parent: log.a[i]! });
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

  private watches(slot: number, slots: number): boolean {
    for (let s = slot; s < slot + slots; s++) if (this.watched.has(s)) return true;
    return false;
  }
}
