/**
 * This file defines a column of 32-bit integers of which neighbours are mostly equal, as of goroutines that one loop starts: only rows that differ from the one before
 * take memory.
 */
import { Column } from './column';
import type { Share } from './ledger';

export class StepColumn {
  /** Rows that differ from those before them, in ascending order, and their values. */
  private readonly firsts: Column;
  private readonly values: Column;
  private latest = 0;

  /** `share`: what the rows are taken from; without one they are nobody's. */
  constructor(share?: Share) {
    this.firsts = new Column(share);
    this.values = new Column(share);
  }

  /** From a row on, which is after all that were set before, it has this value. @throws OutOfMemory */
  set(row: number, value: number): void {
    if (value === this.latest) return;
    this.firsts.add(row);
    this.values.add(value);
    this.latest = value;
  }

  /** The value of a row: of one that was not set, of the latest before it; 0 before all of them. */
  at(row: number): number {
    const { firsts } = this;
    let low = 0;
    let high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts.at(middle) <= row) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : this.values.at(low - 1);
  }
}
