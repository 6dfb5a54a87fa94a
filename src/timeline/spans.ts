/**
 * This file stores spans in columns and answers, for any zoom, what of a track can be seen.
 *
 * A span is three numbers: the row that starts it, the row that ends it, a code. All tracks of one role share one store, each track being a
 * contiguous, sorted run of it. Everything else a drawer wants (place, core, object) is read from the starting row of the trace.
 *
 * Level of detail: a span at least one pixel wide is drawn as itself; narrower ones are merged per pixel bucket. Buckets are multiples of the pixel
 * size counted from 0, so that panning does not make merged runs flicker. A bucket is found by galloping search and summarised from sums kept every
 * BLOCK spans, so the cost of a lane is O(pixels · log), whatever the number of spans. The usual alternative, an 8-ary pyramid of
 * precomputed summaries per zoom level, answers in the same time but holds summaries for fixed bucket sizes only, so that its runs are up to eight
 * times as wide as asked; sums give exact ones and take less memory (48 bytes per axis and 16 spans).
 */
import { MIXED } from './buffers';
import type { SpanBuffer } from './buffers';
import type { TraceClock } from './clock';
import type { Axis, Range } from './model';

/** Spans between two stored sums. */
const BLOCK = 16;
/** Longest run of spans that is looked at one by one to find its widest. */
const SCAN = 32;

/** How a merged run of spans is summarised. */
export type Measure =
  | { readonly kind: 'codes'; readonly codes: number } // codes 0 … codes-1: the one with the most time
  | { readonly kind: 'level' } // codes are levels: the highest
  | { readonly kind: 'any' }; // codes are names: the widest span's if there are few, else MIXED

/** Contiguous spans `[from, to)` of a store. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

interface Sums {
  /** Entry `block * width + code`: time of the code in all spans before the block. */
  readonly before: Float64Array;
}

export class SpanStore {
  private readonly sums: Partial<Record<Axis, Sums>> = {};
  private highest: Int32Array | undefined;
  private readonly width: number;
  private readonly scratch: Float64Array;

  constructor(
    private readonly clock: TraceClock,
    readonly measure: Measure,
    /** Row that starts each span; -1: it began before the first row. */
    readonly firstRow: Int32Array,
    /** Row that ends each span; -1: it is open. */
    readonly lastRow: Int32Array,
    readonly code: Int32Array,
  ) {
    this.width = measure.kind === 'codes' ? measure.codes : 1;
    this.scratch = new Float64Array(this.width);
  }

  start(i: number, axis: Axis): number {
    return this.clock.edgeOf(this.firstRow[i]!, axis);
  }

  end(i: number, axis: Axis): number {
    return this.clock.endOf(this.lastRow[i]!, axis);
  }

  /** The span of the run that covers `x`; -1 when none does. */
  hit(run: Run, axis: Axis, x: number): number {
    const i = this.firstEndingAfter(run, axis, x);
    return i < run.to && this.start(i, axis) <= x ? i : -1;
  }

  /** The last span of the run that starts at or before a row, -1: none. */
  lastStartingAt(run: Run, row: number): number {
    let low = run.from;
    let high = run.to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.firstRow[middle]! <= row) low = middle + 1;
      else high = middle;
    }
    return low - 1 < run.from ? -1 : low - 1;
  }

  /** What can be seen of a run, appended to `into`; `offset` is subtracted from indexes. */
  visible(run: Run, axis: Axis, range: Range, pixels: number, into: SpanBuffer): void {
    const pixel = (range.end - range.start) / Math.max(1, pixels);
    if (!(pixel > 0)) return;
    let i = this.firstEndingAfter(run, axis, range.start);
    while (i < run.to) {
      const start = this.start(i, axis);
      if (start >= range.end) return;
      const end = this.end(i, axis);
      if (end - start >= pixel) {
        into.push(Math.max(start, range.start), Math.min(end, range.end), this.code[i]!, i - run.from, 1);
        i++;
      } else {
        i = this.merge(run, i, start, pixel, axis, range, into);
      }
    }
  }

  /** Time of each code within the range, added to `into` (measure 'codes'). */
  addTime(run: Run, axis: Axis, range: Range, into: Float64Array): void {
    const from = this.firstEndingAfter(run, axis, range.start);
    const to = this.firstStartingAt(run, from, axis, range.end);
    if (to <= from) return;
    this.timePerCode(from, to, axis);
    for (let code = 0; code < this.width; code++) into[code]! += this.scratch[code]!;
    const cutLeft = range.start - this.start(from, axis);
    if (cutLeft > 0) into[this.code[from]!]! -= cutLeft;
    const cutRight = this.end(to - 1, axis) - range.end;
    if (cutRight > 0) into[this.code[to - 1]!]! -= cutRight;
  }

  /** Bytes held, for benchmarks. */
  get bytes(): number {
    let bytes = this.code.length * 12 + (this.highest?.byteLength ?? 0);
    for (const sums of Object.values(this.sums)) bytes += sums.before.byteLength;
    return bytes;
  }

  /** Emits the narrow spans from `i` on that start in one pixel bucket; returns the span to go on with. */
  private merge(run: Run, i: number, start: number, pixel: number, axis: Axis, range: Range, into: SpanBuffer): number {
    const bucketEnd = (Math.floor(start / pixel) + 1) * pixel;
    let next = Math.max(this.firstStartingAt(run, i, axis, bucketEnd), i + 1);
    // Only the last span that starts in a bucket can be wide: any other one ends where the next starts, inside the bucket.
    if (next - 1 > i && this.end(next - 1, axis) - this.start(next - 1, axis) >= pixel) next--;
    const from = Math.max(start, range.start);
    const to = Math.min(this.end(next - 1, axis), range.end);
    if (to <= from) return next;
    if (next === i + 1) into.push(from, to, this.code[i]!, i - run.from, 1);
    else this.summarise(i, next, axis, from, to, into);
    return next;
  }

  private summarise(from: number, to: number, axis: Axis, start: number, end: number, into: SpanBuffer): void {
    if (this.measure.kind === 'level') {
      into.push(start, end, this.highestCode(from, to), -1, 1);
      return;
    }
    this.timePerCode(from, to, axis);
    const width = this.end(to - 1, axis) - this.start(from, axis);
    let best = 0;
    for (let code = 1; code < this.width; code++) if (this.scratch[code]! > this.scratch[best]!) best = code;
    const density = Math.min(1, this.scratch[best]! / width);
    if (density <= 0) return;
    into.push(start, end, this.measure.kind === 'codes' ? best : this.widestCode(from, to, axis), -1, density);
  }

  private widestCode(from: number, to: number, axis: Axis): number {
    if (to - from > SCAN) return MIXED;
    let widest = -1;
    let code = MIXED;
    for (let i = from; i < to; i++) {
      const width = this.end(i, axis) - this.start(i, axis);
      if (width > widest) {
        widest = width;
        code = this.code[i]!;
      }
    }
    return code;
  }

  /** Time of each code in the spans `[from, to)`, into `scratch`. */
  private timePerCode(from: number, to: number, axis: Axis): void {
    const { scratch, width } = this;
    scratch.fill(0);
    const firstBlock = Math.ceil(from / BLOCK);
    const lastBlock = Math.floor(to / BLOCK);
    if (firstBlock >= lastBlock) {
      this.scan(from, to, axis);
      return;
    }
    const { before } = (this.sums[axis] ??= this.sum(axis));
    for (let code = 0; code < width; code++) {
      scratch[code] = before[lastBlock * width + code]! - before[firstBlock * width + code]!;
    }
    this.scan(from, firstBlock * BLOCK, axis);
    this.scan(lastBlock * BLOCK, to, axis);
  }

  private scan(from: number, to: number, axis: Axis): void {
    for (let i = from; i < to; i++) {
      this.scratch[this.slot(i)]! += this.end(i, axis) - this.start(i, axis);
    }
  }

  /** Which sum a span counts towards. */
  private slot(i: number): number {
    return this.measure.kind === 'codes' ? this.code[i]! : 0;
  }

  private sum(axis: Axis): Sums {
    const count = this.code.length;
    const blocks = Math.floor(count / BLOCK) + 1;
    const before = new Float64Array(blocks * this.width);
    const total = new Float64Array(this.width);
    for (let i = 0; i < count; i++) {
      if (i % BLOCK === 0) before.set(total, (i / BLOCK) * this.width);
      total[this.slot(i)]! += this.end(i, axis) - this.start(i, axis);
    }
    if (count % BLOCK === 0) before.set(total, (count / BLOCK) * this.width);
    return { before };
  }

  private highestCode(from: number, to: number): number {
    const blocks = (this.highest ??= this.blockMaxima());
    let highest = 0;
    let i = from;
    while (i < to) {
      if (i % BLOCK === 0 && i + BLOCK <= to) {
        highest = Math.max(highest, blocks[i / BLOCK]!);
        i += BLOCK;
      } else {
        highest = Math.max(highest, this.code[i]!);
        i++;
      }
    }
    return highest;
  }

  private blockMaxima(): Int32Array {
    const maxima = new Int32Array(Math.ceil(this.code.length / BLOCK));
    for (let i = 0; i < this.code.length; i++) {
      const block = Math.floor(i / BLOCK);
      if (this.code[i]! > maxima[block]!) maxima[block] = this.code[i]!;
    }
    return maxima;
  }

  /** First span of the run that ends after `x`. */
  private firstEndingAfter(run: Run, axis: Axis, x: number): number {
    let low = run.from;
    let high = run.to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.end(middle, axis) <= x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** First span from `from` on that starts at or after `x`, found by galloping. */
  private firstStartingAt(run: Run, from: number, axis: Axis, x: number): number {
    let low = from;
    let stride = 1;
    while (low + stride < run.to && this.start(low + stride, axis) < x) {
      low += stride;
      stride *= 2;
    }
    let high = Math.min(low + stride, run.to);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.start(middle, axis) < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Collects spans in any order of owners, each owner's in order of time, and sorts them into a store. */
export class SpanCollector {
  private first = new Int32Array(1024);
  private last = new Int32Array(1024);
  private code = new Int32Array(1024);
  private owner = new Int32Array(1024);
  /** Index of the open span of each owner, absent: none. */
  private readonly open = new Map<number, number>();
  length = 0;

  /** Starts a span of an owner (≥ 0); one that is open ends here. */
  begin(owner: number, row: number, code: number): void {
    this.end(owner, row);
    if (this.length === this.code.length) this.grow();
    const i = this.length++;
    this.first[i] = row;
    this.last[i] = -1;
    this.code[i] = code;
    this.owner[i] = owner;
    this.open.set(owner, i);
  }

  end(owner: number, row: number): void {
    const i = this.open.get(owner);
    if (i === undefined) return;
    this.last[i] = row;
    this.open.delete(owner);
  }

  /** Changes the code of the open span of an owner. */
  recode(owner: number, code: number): void {
    const i = this.open.get(owner);
    if (i !== undefined) this.code[i] = code;
  }

  /** Code of the open span of an owner, undefined: none. */
  openCode(owner: number): number | undefined {
    const i = this.open.get(owner);
    return i === undefined ? undefined : this.code[i];
  }

  /** Row at which the open span of an owner began; undefined: none. */
  openRow(owner: number): number | undefined {
    const i = this.open.get(owner);
    return i === undefined ? undefined : this.first[i];
  }

  /** Sorts by owner; `runs[o]` are the spans of owner o. */
  finish(clock: TraceClock, measure: Measure, owners: number): { store: SpanStore; runs: Run[] } {
    const count = this.length;
    const next = new Int32Array(owners + 1);
    for (let i = 0; i < count; i++) next[this.owner[i]! + 1]!++;
    for (let o = 0; o < owners; o++) next[o + 1]! += next[o]!;
    const runs = Array.from({ length: owners }, (_, o) => ({ from: next[o]!, to: next[o + 1]! }));
    const first = new Int32Array(count);
    const last = new Int32Array(count);
    const code = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const at = next[this.owner[i]!]!++;
      first[at] = this.first[i]!;
      last[at] = this.last[i]!;
      code[at] = this.code[i]!;
    }
    return { store: new SpanStore(clock, measure, first, last, code), runs };
  }

  private grow(): void {
    const size = this.code.length * 2;
    const wider = (column: Int32Array): Int32Array<ArrayBuffer> => {
      const result = new Int32Array(size);
      result.set(column);
      return result;
    };
    this.first = wider(this.first);
    this.last = wider(this.last);
    this.code = wider(this.code);
    this.owner = wider(this.owner);
  }
}
