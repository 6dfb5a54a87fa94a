/** This file defines the index of a trace: which rows belong to a step, a goroutine, an object. */
import { EVENT_NAMES, IS_STEP, Kind } from '../event/kinds';
import type { EventName } from '../event/kinds';
import type { Trace } from './store';

const { GoCreate } = Kind;

const table = (names: readonly EventName[]): Uint8Array =>
  Uint8Array.from(EVENT_NAMES, (name) => (names.includes(name) ? 1 : 0));

/** 1 where `obj` is the goroutine to which the event happens; elsewhere it happens to `g`. */
export const HAPPENS_TO_OBJ = table(['GoRun', 'GoPreempt', 'GoReady', 'GoSysExit', 'GoEnd', 'StackGrow']);

/** 1 where `obj` is a goroutine that begins to be. */
export const CREATES = table(['GoCreate']);

/** 1 where `obj` names an object of the program: a channel, a lock, a variable … */
export const CONCERNS_OBJECT = table([
  'GoBlock',
  'ChanMake',
  'ChanSend',
  'ChanRecv',
  'ChanRecvClosed',
  'ChanClose',
  'ChanSendClosed',
  'MutexLock',
  'MutexUnlock',
  'RWLock',
  'RWUnlock',
  'RWRLock',
  'RWRUnlock',
  'WaitGroupAdd',
  'WaitGroupWait',
  'OnceDo',
  'CondSignal',
  'CondWait',
  'AtomicLoad',
  'AtomicStore',
  'AtomicRMW',
  'TimerStart',
  'TimerStop',
  'TimerFire',
  'Read',
  'Write',
]);

/** Rows grouped by a dense key: the rows of key k are `rows.subarray(start[k], start[k + 1])`, ascending. */
export interface Grouped {
  readonly start: Int32Array;
  readonly rows: Int32Array;
}

/** Groups the rows for which `keyOf` is in `[0, keys)`. */
export function group(length: number, keys: number, keyOf: (row: number) => number): Grouped {
  const start = new Int32Array(keys + 1);
  for (let row = 0; row < length; row++) {
    const key = keyOf(row);
    if (key >= 0) start[key + 1]!++;
  }
  for (let key = 0; key < keys; key++) start[key + 1]! += start[key]!;
  const next = start.slice();
  const rows = new Int32Array(start[keys]!);
  for (let row = 0; row < length; row++) {
    const key = keyOf(row);
    if (key >= 0) rows[next[key]!++] = row;
  }
  return { start, rows };
}

/** Number of entries of an ascending array that are ≤ `value`. */
export function countUpTo(ascending: Int32Array | Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many elements of an ascending list are below a value. */
export function countBelow(ascending: Int32Array | Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NO_ROWS = new Int32Array(0);

export class TraceIndex {
  /** Rows of steps, ascending; without gaps, the row of each step. */
  readonly stepRows: Int32Array;
  /** Steps of the run up to the last row, those included that are left out. */
  readonly steps: number;
  /** Highest goroutine id. */
  readonly goroutines: number;
  /** Ids of the objects that events name, in order of first appearance. */
  readonly objects: readonly number[];
  private readonly byGoroutine: Grouped;
  private readonly byObject: Grouped;
  private readonly denseObject = new Map<number, number>();

  constructor(readonly trace: Trace) {
    const { kind, g, obj } = trace.columns;
    this.stepRows = group(trace.length, 1, (row) => (IS_STEP[kind[row]!] === 1 ? 0 : -1)).rows;
    this.steps = trace.length === 0 ? 0 : trace.columns.step[trace.length - 1]! + 1;
    let highest = 0;
    for (const meta of trace.meta.goroutines) highest = Math.max(highest, meta.id);
    for (let row = 0; row < trace.length; row++) {
      highest = Math.max(highest, this.goroutineOf(row), kind[row] === GoCreate ? obj[row]! : 0, g[row]!);
      if (CONCERNS_OBJECT[kind[row]!] === 1 && obj[row] !== 0 && !this.denseObject.has(obj[row]!)) {
        this.denseObject.set(obj[row]!, this.denseObject.size);
      }
    }
    this.goroutines = highest;
    this.objects = [...this.denseObject.keys()];
    this.byGoroutine = group(trace.length, highest + 1, (row) => this.goroutineOf(row));
    this.byObject = group(trace.length, this.objects.length, (row) =>
      CONCERNS_OBJECT[kind[row]!] === 1 ? (this.denseObject.get(obj[row]!) ?? -1) : -1,
    );
  }

  /** The goroutine to which a row happens; 0: none. */
  goroutineOf(row: number): number {
    const { kind, g, obj } = this.trace.columns;
    return HAPPENS_TO_OBJ[kind[row]!] === 1 ? obj[row]! : g[row]!;
  }

  /** Rows that happen to a goroutine (0: to none), ascending. */
  rowsOfGoroutine(id: number): Int32Array {
    if (id < 0 || id > this.goroutines) return NO_ROWS;
    return this.byGoroutine.rows.subarray(this.byGoroutine.start[id], this.byGoroutine.start[id + 1]);
  }

  /** Rows that name an object, ascending. */
  rowsOfObject(id: number): Int32Array {
    const key = this.denseObject.get(id);
    if (key === undefined) return NO_ROWS;
    return this.byObject.rows.subarray(this.byObject.start[key], this.byObject.start[key + 1]);
  }
}
