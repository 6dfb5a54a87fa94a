/** This file places the rows of a trace on the two axes. */
import { IS_STEP } from '../event/kinds';
import type { TraceIndex } from '../trace/rows';
import type { Trace } from '../trace/store';
import { forwardTimes, isAscending } from './lamport';
import type { Axis, Range } from './model';

/** Columns that the step axis runs on for where goroutines go on doing what they did at the end. */
const tailSteps = (steps: number): number => Math.min(6, Math.max(2, Math.ceil(steps / 2)));
/** Least that the axes run on for where goroutines are stuck, as a share of the run: room for the arrows of a deadlock. */
const TAIL = { step: 0.25, time: 0.15 };

/** Positions of rows. Along one lane they never decrease; between lanes rows need not be in the order of their times (timeline/lamport.ts). */
export class TraceClock {
  /** Time by row. */
  private readonly time: Float64Array;
  /** Rows by time where that is not their own order; made when first asked for. */
  private byTime: Int32Array | undefined;
  private readonly starts: Readonly<Record<Axis, number>>;
  private readonly ends: Readonly<Record<Axis, number>>;
  private readonly tails: Readonly<Record<Axis, number>>;

  constructor(
    private readonly trace: Trace,
    private readonly index: TraceIndex,
    end: { readonly stuck: boolean; readonly stopped: boolean },
  ) {
    this.time = forwardTimes(trace);
    const { steps } = index;
    const endTime = this.time.reduce((latest, time) => Math.max(latest, time), trace.meta.endTime);
    this.starts = { step: firstEdge(trace, index), time: 0 };
    this.ends = { step: Math.max(steps, 1) - 0.5, time: Math.max(endTime, 1) };
    // What is done after the last step is seen on the step axis only beyond it; waiting for ever takes no time of the run.
    const step = end.stuck || end.stopped ? tailSteps(steps) : 0;
    const stuck = { step: Math.max(step, Math.ceil(steps * TAIL.step)), time: this.ends.time * TAIL.time };
    this.tails = end.stuck ? stuck : { step, time: 0 };
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
    return axis === 'time' ? this.time[row]! : Math.max(this.starts.step, this.trace.columns.step[row]! + 0.5);
  }

  /** Where a span ends whose last row is `row`; open spans run on to the end of the domain. */
  endOf(row: number, axis: Axis): number {
    return row < 0 ? this.ends[axis] + this.tails[axis] : this.edgeOf(row, axis);
  }

  /** The last row at or before `x`; -1 before the first. */
  rowAt(axis: Axis, x: number): number {
    const rows = axis === 'time' ? this.rowsByTime() : undefined;
    let low = 0;
    let high = this.trace.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.xOf(rows ? rows[middle]! : middle, axis) <= x) low = middle + 1;
      else high = middle;
    }
    return rows && low > 0 ? rows[low - 1]! : low - 1;
  }

  private rowsByTime(): Int32Array | undefined {
    if (this.byTime) return this.byTime;
    const { time } = this;
    if (isAscending(time)) return undefined;
    const rows = Int32Array.from(time, (_, row) => row);
    return (this.byTime = rows.sort((left, right) => time[left]! - time[right]! || left - right));
  }
}

/** Where the step axis begins: after step 0 if that is the runtime starting main, which is nobody's step. */
function firstEdge(trace: Trace, index: TraceIndex): number {
  const first = index.stepRows[0];
  return first !== undefined && index.stepRows.length > 1 && index.goroutineOf(first) === 0 ? 0.5 : -0.5;
}
