/**
 * This file defines the trace: events in columns, sorted by their order in the run. Rows that are a step of the user's program have a step number
 * (0, 1, 2 …); other rows carry the number of the step they follow or accompany, so that both axes can place every row.
 */
import { Interrupt } from '../base/interrupt';
import { IS_STEP } from '../event/kinds';
import type { EventLog } from '../event/log';
import { Detail, FEWEST } from './detail';
import type { Gap } from './gaps';
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

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

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

/** Bytes of a row while it is recorded: in all columns, and where the trace is full already, with what says which rows may go. */
export const BYTES_OF_A_ROW =
  Object.values(make(0)).reduce(
    (bytes, { BYTES_PER_ELEMENT }: { BYTES_PER_ELEMENT: number }) => bytes + BYTES_PER_ELEMENT,
    0,
  ) +
  Float64Array.BYTES_PER_ELEMENT + // its ordinal
  Detail.bytesOfARow;

/** Rows from which on the columns are as long as they may become: what nobody has written to takes no memory, and two copies of what is long would. */
const FULL_SIZE = 1 << 16;

/** Rows of a column that are copied in a unit of an interrupt. */
const ROWS_CUT_IN_A_UNIT = 8;

export interface RecorderOptions {
  /** Rows that a trace may have. */
  readonly maxRows: number;
  /** Whether a run that has more events goes on being recorded: its beginning and its end whole, of the rest what matters. Else its beginning is all. */
  readonly detail?: boolean;
  /** Whether a pc is a place that a person can be shown; absent: each is. */
  readonly isPlace?: (pc: number) => boolean;
}

/** What a recording turned out to hold. */
export interface Taken {
  /** Cut to length; `place` still holds pcs (session turns them into places). */
  readonly columns: Mutable<TraceColumns>;
  /** Ordinal in the run of each row's event, ascending; a row of kind LeftOut has none, but a fraction. */
  readonly ordinals: Float64Array;
  /** Their places, too, are pcs. */
  readonly gaps: readonly Gap[];
}

/** Keeps events, up to a limit. Rows stand in slots: as long as there is room for all in the order of the run, then (trace/detail.ts) as they become free. */
export class TraceRecorder {
  /** Slots in use, until there is a gap. */
  length = 0;
  /** True when events were dropped because there was no room. */
  truncated = false;
  steps = 0;
  private columns = make(1024);
  private ordinals = new Float64Array(1024);
  private detail: Detail | undefined;

  constructor(private readonly options: RecorderOptions) {}

  /** Keeps the event of a row of the log. @returns false: there is no room, now or later */
  observe(log: EventLog, i: number): boolean {
    if (this.truncated) return false;
    const slot = this.slot();
    if (slot < 0) {
      this.truncated = true;
      return false;
    }
    const c = this.columns;
    const kind = log.kind[i]!;
    if (IS_STEP[kind] === 1) this.steps++;
    c.kind[slot] = kind;
    c.step[slot] = this.steps - 1;
    c.time[slot] = log.time[i]!;
    c.g[slot] = log.g[i]!;
    c.core[slot] = log.core[i]!;
    c.thread[slot] = log.thread[i]!;
    c.obj[slot] = log.obj[i]!;
    c.a[slot] = log.a[i]!;
    c.b[slot] = log.b[i]!;
    c.lo[slot] = log.lo[i]!;
    c.hi[slot] = log.hi[i]!;
    c.place[slot] = log.pc[i]!;
    this.ordinals[slot] = log.first + i;
    return true;
  }

  /** Of a slot in use: the kind of the event. */
  kindAt(slot: number): number {
    return this.columns.kind[slot]!;
  }

  /** The same: what it is about. */
  objectAt(slot: number): number {
    return this.columns.obj[slot]!;
  }

  /** Sees to it that the event with an ordinal stays, with its neighbours, if it is still there. */
  pin(ordinal: number): void {
    this.detail?.pin(ordinal);
    if (!this.detail && this.options.detail) this.pinned.push(ordinal);
  }

  /** Asked for before there was a gap. */
  private readonly pinned: number[] = [];

  /** Where the next row goes; -1: there is no room. */
  private slot(): number {
    if (this.detail) return this.detail.next();
    if (this.length < this.options.maxRows) {
      if (this.length === this.columns.kind.length) this.grow();
      return this.length++;
    }
    if (!this.options.detail || this.options.maxRows < FEWEST) return -1;
    this.detail = new Detail(this.columns, this.ordinals, this.length, this.options.isPlace ?? (() => true));
    for (const ordinal of this.pinned) this.detail.pin(ordinal);
    return this.detail.next();
  }

  /** What was recorded, once. A column is let go when it has been cut. @throws Interrupted */
  take(interrupt = Interrupt.never): Taken {
    const rows = this.detail?.rows();
    const length = rows ? rows.slots.length : this.length;
    const cut = make(0);
    const none = make(0);
    for (const name of Object.keys(cut) as (keyof TraceColumns)[]) {
      interrupt.worked(length / ROWS_CUT_IN_A_UNIT);
      const column = this.columns[name];
      Object.assign(cut, { [name]: rows ? pick(column, rows.slots) : column.slice(0, length) });
      Object.assign(this.columns, { [name]: none[name] });
    }
    const ordinals = rows ? pick(this.ordinals, rows.slots) : this.ordinals.slice(0, length);
    rows?.mark(cut, ordinals);
    return { columns: cut, ordinals, gaps: rows?.gaps ?? [] };
  }

  private grow(): void {
    const { maxRows } = this.options;
    const doubled = this.columns.kind.length * 2;
    const size = doubled > FULL_SIZE ? maxRows : Math.min(doubled, maxRows);
    const next = make(size);
    for (const name of Object.keys(next) as (keyof TraceColumns)[]) {
      (next[name] as Int32Array).set(this.columns[name]);
    }
    this.columns = next;
    const ordinals = new Float64Array(size);
    ordinals.set(this.ordinals);
    this.ordinals = ordinals;
  }
}

/** The numbers of a column in some slots; where there is no slot (-1), 0. */
function pick<C extends Uint8Array | Int16Array | Int32Array | Float64Array>(column: C, slots: Int32Array): C {
  const picked = new (column.constructor as new (length: number) => C)(slots.length);
  for (let row = 0; row < slots.length; row++) if (slots[row]! >= 0) picked[row] = column[slots[row]!]!;
  return picked;
}
