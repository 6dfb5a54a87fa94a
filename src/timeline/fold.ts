/** This file shows several goroutines in one lane: in each column the state that most of them are in. */
import type { SpanBuffer } from './buffers';
import type { Axis, Range } from './model';
import { STATES } from './model';
import type { Run, SpanStore } from './spans';
import type { StoredTrack } from './track';

/** Width of a column in pixels: a fold is a strip of density, not of single spans. */
const COLUMN = 4;
/** Members looked at; of more, every k-th. Members of a fold did the same, so few stand for all. */
const SAMPLE = 64;

/** Spans of a member above which its columns are asked for one by one. */
const MANY = 256;

/** Of the members of a fold, those that are looked at. */
export function sampleOf(members: readonly number[]): number[] {
  const every = Math.ceil(members.length / SAMPLE);
  return members.filter((_, i) => i % every === 0);
}

/** The dominant state of each column, with the share of the time of those looked at in it as density. */
export function visibleFold(
  sample: readonly StoredTrack[],
  axis: Axis,
  range: Range,
  pixels: number,
  into: SpanBuffer,
): void {
  const width = ((range.end - range.start) / Math.max(1, pixels)) * COLUMN;
  if (!(width > 0)) return;
  const columns = new Columns(range, width);
  for (const { store, run } of sample) {
    if (run.to - run.from > MANY) columns.addSums(store, run, axis);
    else store.forEachIn(run, axis, range, (start, end, code) => columns.add(start, end, code));
  }
  columns.push(sample.length, into);
}

/** Time of each state by column. */
class Columns {
  private readonly first: number;
  private readonly count: number;
  /** Entry `column * STATES.length + code`. */
  private readonly time: Float64Array;

  constructor(
    private readonly range: Range,
    private readonly width: number,
  ) {
    this.first = Math.floor(range.start / width);
    this.count = Math.max(0, Math.ceil(range.end / width) - this.first);
    this.time = new Float64Array(this.count * STATES.length);
  }

  /** A span. */
  add(start: number, end: number, code: number): void {
    for (let column = Math.max(0, Math.floor(start / this.width) - this.first); column < this.count; column++) {
      const [from, to] = [Math.max(this.start(column), start), Math.min(this.end(column), end)];
      if (to > from) this.time[column * STATES.length + code]! += to - from;
      if (end <= this.end(column)) return;
    }
  }

  /** All spans of a run. */
  addSums(store: SpanStore, run: Run, axis: Axis): void {
    for (let column = 0; column < this.count; column++) {
      const sums = this.time.subarray(column * STATES.length, (column + 1) * STATES.length);
      store.addTime(run, axis, { start: this.start(column), end: this.end(column) }, sums);
    }
  }

  push(members: number, into: SpanBuffer): void {
    for (let column = 0; column < this.count; column++) {
      const at = column * STATES.length;
      let best = 0;
      for (let code = 1; code < STATES.length; code++) if (this.time[at + code]! > this.time[at + best]!) best = code;
      const [start, end, time] = [this.start(column), this.end(column), this.time[at + best]!];
      if (time > 0) into.push(start, end, best, -1, Math.min(1, time / ((end - start) * members)));
    }
  }

  private start(column: number): number {
    return Math.max((this.first + column) * this.width, this.range.start);
  }

  private end(column: number): number {
    return Math.min((this.first + column + 1) * this.width, this.range.end);
  }
}
