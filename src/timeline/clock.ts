/** This file places the rows of a trace on the two axes. */
import { IS_STEP } from '../event/kinds';
import { TraceIndex, countUpTo } from '../trace/rows';
import type { Trace } from '../trace/store';
import type { Axis, Range } from './model';

/** Columns that the step axis runs on for when goroutines are stuck at the end. */
const tailSteps = (steps: number): number => Math.min(6, Math.max(2, Math.ceil(steps / 2)));
/** The same for the time axis, as a share of the run. */
const TAIL_TIME = 0.15;

/**
 * Positions of rows. On 'time' a row never stands before an earlier row: where cores ran ahead of each other the later row is
 * moved up to the earlier one, so that row order and axis order agree and every query can search by bisection.
 */
export class TraceClock {
  /** Time by row, non-decreasing. */
  private readonly time: Float64Array;
  private readonly starts: Readonly<Record<Axis, number>>;
  private readonly ends: Readonly<Record<Axis, number>>;
  private readonly tails: Readonly<Record<Axis, number>>;

  constructor(
    private readonly trace: Trace,
    private readonly index: TraceIndex,
    stuck: boolean,
  ) {
    this.time = monotone(trace.columns.time);
    const steps = index.stepRows.length;
    const last = trace.length > 0 ? this.time[trace.length - 1]! : 0;
    const endTime = Math.max(trace.meta.endTime, last);
    this.starts = { step: -0.5, time: 0 };
    this.ends = { step: Math.max(steps, 1) - 0.5, time: Math.max(endTime, 1) };
    this.tails = stuck ? { step: tailSteps(steps), time: this.ends.time * TAIL_TIME } : { step: 0, time: 0 };
  }

  start(axis: Axis): number {
    return this.starts[axis];
  }

  end(axis: Axis): number {
    return this.ends[axis];
  }

  domain(axis: Axis): Range {
    return { start: this.starts[axis], end: this.ends[axis] + this.tails[axis] };
  }

  /** Position of the event of a row. */
  xOf(row: number, axis: Axis): number {
    if (row < 0) return this.starts[axis];
    if (axis === 'time') return this.time[row]!;
    const { kind, step } = this.trace.columns;
    return IS_STEP[kind[row]!] === 1 ? step[row]! : step[row]! + 0.5;
  }

  /** Position of the change that a row brings. */
  edgeOf(row: number, axis: Axis): number {
    if (row < 0) return this.starts[axis];
    return axis === 'time' ? this.time[row]! : this.trace.columns.step[row]! + 0.5;
  }

  /** Where a span ends whose last row is `row`; open spans run on to the end of the domain. */
  endOf(row: number, axis: Axis): number {
    return row < 0 ? this.ends[axis] + this.tails[axis] : this.edgeOf(row, axis);
  }

  /** The last row at or before `x`; -1 before the first. */
  rowAt(axis: Axis, x: number): number {
    if (axis === 'time') return countUpTo(this.time, x) - 1;
    let low = 0;
    let high = this.trace.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.xOf(middle, 'step') <= x) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** The column itself when it never decreases, else a copy that is its running maximum. */
function monotone(time: Float64Array): Float64Array {
  let highest = -Infinity;
  for (let row = 0; row < time.length; row++) {
    if (time[row]! < highest) return runningMaximum(time);
    highest = time[row]!;
  }
  return time;
}

function runningMaximum(time: Float64Array): Float64Array {
  const result = new Float64Array(time.length);
  let highest = -Infinity;
  for (let row = 0; row < time.length; row++) result[row] = highest = Math.max(highest, time[row]!);
  return result;
}
