/**
 * This file defines the trace: events in columns, sorted by their order in the run. Rows that are a step of the user's program have a step number
 * (0, 1, 2 …); other rows carry the number of the step they follow or accompany, so that both axes can place every row.
 */
import { IS_STEP } from '../event/kinds';
import type { EventLog, Observer } from '../event/log';
import type { TraceMeta } from './meta';

export interface TraceColumns {
  readonly kind: Uint8Array;
  /** Number of the latest step at this row (the row itself if it is one); -1 before the first. */
  readonly step: Int32Array;
  /** Virtual ns. */
  readonly time: Float64Array;
  readonly g: Int32Array;
  readonly core: Int16Array;
  readonly thread: Int32Array;
  readonly obj: Int32Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly lo: Int32Array;
  readonly hi: Int32Array;
  /** Index into meta.places; -1: none. (While recording: the pc.) */
  readonly place: Int32Array;
}

export interface Trace {
  readonly meta: TraceMeta;
  readonly length: number;
  readonly columns: TraceColumns;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const make = (rows: number): Mutable<TraceColumns> => ({
  kind: new Uint8Array(rows),
  step: new Int32Array(rows),
  time: new Float64Array(rows),
  g: new Int32Array(rows),
  core: new Int16Array(rows),
  thread: new Int32Array(rows),
  obj: new Int32Array(rows),
  a: new Int32Array(rows),
  b: new Int32Array(rows),
  lo: new Int32Array(rows),
  hi: new Int32Array(rows),
  place: new Int32Array(rows),
});

/** An observer that keeps events, up to a limit. */
export class TraceRecorder implements Observer {
  length = 0;
  truncated = false;
  steps = 0;
  private columns = make(1024);

  /**
   * @param maxRows rows kept; later ones are dropped and {@link truncated} is set.
   * @param keep decides by kind code whether a row is kept (1) at all.
   */
  constructor(
    private readonly maxRows: number,
    private readonly keep: Uint8Array,
  ) {}

  observe(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    if (this.keep[kind] === 0) return;
    if (this.length >= this.maxRows) {
      this.truncated = true;
      return;
    }
    if (this.length === this.columns.kind.length) this.grow();
    const c = this.columns;
    const row = this.length++;
    if (IS_STEP[kind] === 1) this.steps++;
    c.kind[row] = kind;
    c.step[row] = this.steps - 1;
    c.time[row] = log.time[i]!;
    c.g[row] = log.g[i]!;
    c.core[row] = log.core[i]!;
    c.thread[row] = log.thread[i]!;
    c.obj[row] = log.obj[i]!;
    c.a[row] = log.a[i]!;
    c.b[row] = log.b[i]!;
    c.lo[row] = log.lo[i]!;
    c.hi[row] = log.hi[i]!;
    c.place[row] = log.pc[i]!;
  }

  /** The recorded rows, cut to length; `place` still holds pcs (session turns them into places). */
  take(): Mutable<TraceColumns> {
    const cut = make(0);
    const source = this.columns;
    for (const name of Object.keys(cut) as (keyof TraceColumns)[]) {
      Object.assign(cut, { [name]: source[name].slice(0, this.length) });
    }
    return cut;
  }

  private grow(): void {
    const next = make(Math.min(this.columns.kind.length * 2, this.maxRows));
    for (const name of Object.keys(next) as (keyof TraceColumns)[]) {
      (next[name] as Int32Array).set(this.columns[name]);
    }
    this.columns = next;
  }
}
