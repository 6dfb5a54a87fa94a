/** This file walks over the steps of a trace: where some are left out, over the rows that say so. */
import { IS_STEP, Kind } from '../event/kinds';
import { gapsOf } from '../trace/gaps';
import { countUpTo, group } from '../trace/rows';
import type { TraceIndex } from '../trace/rows';

export class Stops {
  /** Rows at which one stops, ascending. */
  private readonly rows: Int32Array;
  private readonly isWhole: boolean;

  constructor(private readonly index: TraceIndex) {
    const { trace } = index;
    const { kind } = trace.columns;
    this.isWhole = gapsOf(trace).length === 0;
    const stops = (row: number): number => (IS_STEP[kind[row]!] === 1 || kind[row] === Kind.LeftOut ? 0 : -1);
    this.rows = this.isWhole ? index.stepRows : group(trace.length, 1, stops).rows;
  }

  /** Row of a step; where it is left out, of what says so; -1: there is no such step. */
  rowAt(step: number): number {
    if (this.isWhole) return this.rows[step] ?? -1;
    if (step < 0 || step >= this.index.steps) return -1;
    const { kind, step: steps } = this.index.trace.columns;
    const from = this.countBelow(step);
    for (let at = from; at < this.rows.length && steps[this.rows[at]!] === step; at++) {
      if (kind[this.rows[at]!] !== Kind.LeftOut) return this.rows[at]!;
    }
    for (let at = from - 1; at >= 0; at--) if (kind[this.rows[at]!] === Kind.LeftOut) return this.rows[at]!;
    return -1;
  }

  /** The next or previous stop from a row; from -1 the first or the last; -1 at the end. */
  from(row: number, direction: 1 | -1): number {
    if (direction === 1) return this.rows[countUpTo(this.rows, row)] ?? -1;
    const at = row < 0 ? this.rows.length : countUpTo(this.rows, row - 1);
    return this.rows[at - 1] ?? -1;
  }

  /** Stops before the first of a step. */
  private countBelow(step: number): number {
    const { step: steps } = this.index.trace.columns;
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (steps[this.rows[middle]!]! < step) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
