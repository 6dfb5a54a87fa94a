/**
 * This file stores spans in columns and answers, for any zoom, what of a track can be seen.
 *
 * A span is three numbers: the row that starts it, the row that ends it, a code. All tracks of one role share one store, each track being a
 * contiguous, sorted run of it. Everything else a drawer wants (place, core, object) is read from the starting row of the trace.
 *
 * Level of detail: a span at least one pixel wide is drawn as itself; narrower ones are merged per pixel bucket. Buckets are multiples of the pixel
 * size counted from 0, so that panning does not make merged runs flicker. Every BLOCK spans the store keeps a summary: where the block starts, how
 * wide its widest span is, and the time of each code before it. Where a bucket holds whole blocks without a wide span, a run is read off two
 * summaries; where it holds fewer spans than a block, they are walked. So a screen costs O(pixels + blocks), and touches little memory: what
 * is slow about a million spans is fetching their rows, not adding them up.
 * The usual alternative, an 8-ary pyramid with a summary per node and level, answers as fast, but its runs are as wide as its nodes happen to be,
 * and it takes twice the memory.
 */
import { MIXED } from './buffers';
import type { SpanBuffer } from './buffers';
import type { TraceClock } from './clock';
import type { Axis, Range } from './model';

/** Spans that share a summary. */
const BLOCK = 16;
/** Width, in pixels, of the runs into which spans whose codes are only names are merged: there is nothing to see in them. */
const NAMELESS = 4;
/** How many buckets a run of whole blocks may reach beyond its own, so that few spans have to be walked where a bucket holds about one block. */
const OVERSHOOT = 2;

/** How a merged run of spans is summarised. */
export type Measure =
  | { readonly kind: 'codes'; readonly codes: number } // codes 0 … codes-1: the one with the most time
  | { readonly kind: 'level' } // codes are levels: the highest
  | { readonly kind: 'any' }; // codes are names: MIXED

/** Contiguous spans `[from, to)` of a store. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** Summaries of all blocks on one axis. Block b holds the spans from b · BLOCK on. */
interface Blocks {
  /** Position of the first span of the block. */
  readonly start: Float64Array;
  /** Position at which its last span ends. */
  readonly end: Float64Array;
  /** Width of the widest span of the block. */
  readonly widest: Float64Array;
  /** Entry `block * width + code`: time of the code in all spans before the block. One block more than there are. */
  readonly before: Float64Array;
}

export class SpanStore {
  private readonly blocks: Partial<Record<Axis, Blocks>> = {};
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

  /** What can be seen of a run of spans, appended to `into`, with indexes within the run. */
  visible(run: Run, axis: Axis, range: Range, pixels: number, into: SpanBuffer): void {
    const pixel = (range.end - range.start) / Math.max(1, pixels);
    if (!(pixel > 0)) return;
    let i = this.firstEndingAfter(run, axis, range.start);
    while (i < run.to) {
      const block = this.merge(run, i, pixel, axis, range, into);
      if (block < 0) return;
      if (block > 0) {
        i = block * BLOCK;
        continue;
      }
      const start = this.start(i, axis);
      if (start >= range.end) return;
      const end = this.end(i, axis);
      if (end - start >= pixel) {
        into.push(Math.max(start, range.start), Math.min(end, range.end), this.code[i]!, i - run.from, 1);
        i++;
      } else {
        i = this.walk(run, i, start, pixel, axis, range, into);
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
    for (const { start, end, widest, before } of Object.values(this.blocks)) {
      bytes += start.byteLength + end.byteLength + widest.byteLength + before.byteLength;
    }
    return bytes;
  }

  /** Where the bucket ends that a position lies in. */
  private bucketEnd(x: number, pixel: number): number {
    const width = this.bucket(pixel);
    return (Math.floor(x / width) + 1) * width;
  }

  private bucket(pixel: number): number {
    return this.measure.kind === 'any' ? pixel * NAMELESS : pixel;
  }

  /**
   * Emits, from summaries alone, the spans of the blocks from `i` on that start in one bucket, if `i` starts a block, none of the spans is wide, and
   * the next block starts soon after the bucket. Returns that block; 0 if it is not so; -1 if the range ends before `i`.
   */
  private merge(run: Run, i: number, pixel: number, axis: Axis, range: Range, into: SpanBuffer): number {
    if (i % BLOCK !== 0 || run.to - i < BLOCK) return 0;
    const { start, end, widest } = (this.blocks[axis] ??= this.summarise(axis));
    const first = i / BLOCK;
    if (start[first]! >= range.end) return -1;
    const bucketEnd = this.bucketEnd(start[first]!, pixel);
    const last = Math.floor(run.to / BLOCK);
    let block = first;
    while (block < last && start[block]! < bucketEnd && widest[block]! < pixel) block++;
    if (block === first) return 0;
    const next = block * BLOCK < run.to ? start[block]! : end[block - 1]!;
    if (next >= bucketEnd + OVERSHOOT * this.bucket(pixel)) return 0;
    const from = Math.max(start[first]!, range.start);
    const to = Math.min(end[block - 1]!, range.end);
    if (to <= from) return block;
    if (this.measure.kind === 'level') into.push(from, to, this.highestCode(i, block * BLOCK), -1, 1);
    else {
      this.timePerCode(i, block * BLOCK, axis);
      this.pushDominant(from, to, end[block - 1]! - start[first]!, into);
    }
    return block;
  }

  /**
   * Emits the narrow spans from `i` on that start in one bucket, up to a wide one or to a block that can be merged as a whole; returns the span after them.
   */
  private walk(run: Run, i: number, first: number, pixel: number, axis: Axis, range: Range, into: SpanBuffer): number {
    const { scratch, firstRow, lastRow, code } = this;
    const bucketEnd = this.bucketEnd(first, pixel);
    scratch.fill(0);
    let highest = 0;
    let start = first;
    let end = first;
    let k = i;
    do {
      const ends = this.end(k, axis);
      if (k > i && ends - start >= pixel) break;
      end = ends;
      scratch[this.slot(k)]! += end - start;
      if (code[k]! > highest) highest = code[k]!;
      k++;
      if (k < run.to) start = firstRow[k] === lastRow[k - 1] ? end : this.start(k, axis);
    } while (k < run.to && start < bucketEnd && !this.mergesAt(run, k, bucketEnd, pixel, axis));
    const from = Math.max(first, range.start);
    const to = Math.min(end, range.end);
    if (to <= from) return k;
    if (k === i + 1) into.push(from, to, code[i]!, i - run.from, 1);
    else if (this.measure.kind === 'level') into.push(from, to, highest, -1, 1);
    else this.pushDominant(from, to, end - first, into);
    return k;
  }

  /** Whether {@link merge} can go on at span `k`, so that it need not be walked over. */
  private mergesAt(run: Run, k: number, bucketEnd: number, pixel: number, axis: Axis): boolean {
    if (k % BLOCK !== 0 || run.to - k < BLOCK) return false;
    const { end, widest } = (this.blocks[axis] ??= this.summarise(axis));
    return widest[k / BLOCK]! < pixel && end[k / BLOCK]! < bucketEnd + OVERSHOOT * this.bucket(pixel);
  }

  /** Emits a merged run of the given whole width, of which `scratch` says what it is made of. */
  private pushDominant(from: number, to: number, width: number, into: SpanBuffer): void {
    let best = 0;
    for (let code = 1; code < this.width; code++) if (this.scratch[code]! > this.scratch[best]!) best = code;
    const density = Math.min(1, this.scratch[best]! / width);
    if (density > 0) into.push(from, to, this.measure.kind === 'codes' ? best : MIXED, -1, density);
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
    const { before } = (this.blocks[axis] ??= this.summarise(axis));
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

  private summarise(axis: Axis): Blocks {
    const count = this.code.length;
    const blocks = Math.ceil(count / BLOCK);
    const start = new Float64Array(blocks);
    const ends = new Float64Array(blocks);
    const widest = new Float64Array(blocks);
    const before = new Float64Array((blocks + 1) * this.width);
    const total = new Float64Array(this.width);
    for (let block = 0; block < blocks; block++) {
      before.set(total, block * this.width);
      start[block] = this.start(block * BLOCK, axis);
      const end = Math.min(count, (block + 1) * BLOCK);
      for (let i = block * BLOCK; i < end; i++) {
        const width = this.end(i, axis) - this.start(i, axis);
        total[this.slot(i)]! += width;
        if (width > widest[block]!) widest[block] = width;
      }
      ends[block] = this.end(end - 1, axis);
    }
    before.set(total, blocks * this.width);
    return { start, end: ends, widest, before };
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

/** Collects spans in any order of owners, each owner's in order of time, and sorts them into a store. Owners are dense numbers from 0. */
export class SpanCollector {
  private first = new Int32Array(1024);
  private last = new Int32Array(1024);
  private code = new Int32Array(1024);
  private owner = new Int32Array(1024);
  /** Index of the open span of each owner; -1: none. */
  private open = new Int32Array(64).fill(-1);
  length = 0;

  /** Starts a span of an owner; one that is open ends here. */
  begin(owner: number, row: number, code: number): void {
    if (owner >= this.open.length) this.growOwners(owner);
    const before = this.open[owner]!;
    if (before >= 0) this.last[before] = row;
    if (this.length === this.code.length) this.grow();
    const i = this.length++;
    this.first[i] = row;
    this.last[i] = -1;
    this.code[i] = code;
    this.owner[i] = owner;
    this.open[owner] = i;
  }

  end(owner: number, row: number): void {
    const i = this.openSpan(owner);
    if (i < 0) return;
    this.last[i] = row;
    this.open[owner] = -1;
  }

  /** Changes the code of the open span of an owner. */
  recode(owner: number, code: number): void {
    const i = this.openSpan(owner);
    if (i >= 0) this.code[i] = code;
  }

  /** Code of the open span of an owner, undefined: none. */
  openCode(owner: number): number | undefined {
    const i = this.openSpan(owner);
    return i < 0 ? undefined : this.code[i];
  }

  /** Row at which the open span of an owner began; undefined: none. */
  openRow(owner: number): number | undefined {
    const i = this.openSpan(owner);
    return i < 0 ? undefined : this.first[i];
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
    this.release();
    return { store: new SpanStore(clock, measure, first, last, code), runs };
  }

  /** Whoever collected may live on; its columns need not. */
  private release(): void {
    this.length = 0;
    this.open = new Int32Array(0);
    this.first = this.last = this.code = this.owner = new Int32Array(1);
  }

  private openSpan(owner: number): number {
    return owner < this.open.length ? this.open[owner]! : -1;
  }

  private growOwners(owner: number): void {
    const wider = new Int32Array(Math.max(owner + 1, this.open.length * 2)).fill(-1);
    wider.set(this.open);
    this.open = wider;
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
