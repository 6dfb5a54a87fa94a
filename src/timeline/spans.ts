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
import { countBelow } from '../trace/rows';
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

/** Where the spans of a run begin and end on one axis, the first at 0: read off the rows once, since the rows of a run lie far apart. */
interface Positions {
  readonly start: Float64Array;
  readonly end: Float64Array;
}

/** Summaries of all blocks on one axis. Block b holds the spans from b · BLOCK on. */
interface Blocks {
  /** Position of the first span of the block. */
  readonly blockStart: Float64Array;
  /** Position at which its last span ends. */
  readonly blockEnd: Float64Array;
  /** Width of the widest span of the block. */
  readonly widest: Float64Array;
  /** Entry `block * width + code`: time of the code in all spans before the block. One block more than there are. */
  readonly before: Float64Array;
}

/** What is asked of a run, and all that answers it. */
interface View extends Positions, Blocks {
  readonly run: Run;
  readonly axis: Axis;
  /** Spans that begin here or after it are not asked for. */
  readonly limit: number;
  readonly pixel: number;
  /** Width of the runs into which narrow spans are merged. */
  readonly bucket: number;
  readonly into: SpanBuffer;
}

export class SpanStore {
  private readonly blocks: Partial<Record<Axis, Blocks>> = {};
  /** Of the runs that have been looked at, which are few of many, on the axis that was asked for last. */
  private readonly looked = new Map<Run, Positions>();
  private lookedOn: Axis = 'step';
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

  /**
   * The spans of a run that begin from `start` up to `limit`, both multiples of the bucket: wide ones as themselves, narrow ones merged, appended to `into`
   * with indexes within the run. @returns the first span after them, counted from the first of the run
   */
  merged(run: Run, axis: Axis, start: number, limit: number, pixel: number, into: SpanBuffer): number {
    const at = this.positionsOf(run, axis);
    const view: View = { run, axis, limit, pixel, bucket: this.bucket(pixel), into, ...at, ...this.blocksOf(axis) };
    let i = countBelow(at.start, start) + run.from;
    while (i < run.to && at.start[i - run.from]! < limit) {
      const block = this.merge(view, i);
      if (block > 0) {
        i = block * BLOCK;
        continue;
      }
      const [from, end] = [at.start[i - run.from]!, at.end[i - run.from]!];
      if (end - from >= pixel) {
        into.push(from, end, this.code[i]!, i - run.from, 1);
        i++;
      } else {
        i = this.walk(view, i);
      }
    }
    return i - run.from;
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

  /** Tells the spans of a run that meet the range, as they are. */
  forEachIn(run: Run, axis: Axis, range: Range, tell: (start: number, end: number, code: number) => void): void {
    for (let i = this.firstEndingAfter(run, axis, range.start); i < run.to; i++) {
      const start = this.start(i, axis);
      if (start >= range.end) return;
      tell(start, this.end(i, axis), this.code[i]!);
    }
  }

  /** Bytes held, for benchmarks. */
  get bytes(): number {
    let bytes = this.code.length * 12 + (this.highest?.byteLength ?? 0);
    for (const { blockStart, blockEnd, widest, before } of Object.values(this.blocks)) {
      bytes += blockStart.byteLength + blockEnd.byteLength + widest.byteLength + before.byteLength;
    }
    return bytes;
  }

  /** By span of the run. */
  positionsOf(run: Run, axis: Axis): Positions {
    if (axis !== this.lookedOn) this.looked.clear();
    this.lookedOn = axis;
    let at = this.looked.get(run);
    if (!at) {
      const length = run.to - run.from;
      at = { start: new Float64Array(length), end: new Float64Array(length) };
      for (let i = 0; i < length; i++) {
        at.start[i] = this.start(run.from + i, axis);
        at.end[i] = this.end(run.from + i, axis);
      }
      this.looked.set(run, at);
    }
    return at;
  }

  private blocksOf(axis: Axis): Blocks {
    return (this.blocks[axis] ??= this.summarise(axis));
  }

  /** Width of the runs into which narrow spans are merged. */
  bucket(pixel: number): number {
    return this.measure.kind === 'any' ? pixel * NAMELESS : pixel;
  }

  /**
   * Emits, from summaries alone, the spans of the blocks from `i` on that start in one bucket, if `i` starts a block, none of the spans is wide, and
   * the next block starts soon after the bucket and not beyond the limit. Returns that block; 0 if it is not so.
   */
  private merge({ run, limit, pixel, bucket, into, blockStart, blockEnd, widest, before }: View, i: number): number {
    if (i % BLOCK !== 0 || run.to - i < BLOCK) return 0;
    const first = i / BLOCK;
    const start = blockStart[first]!;
    const bucketEnd = Math.min((Math.floor(start / bucket) + 1) * bucket, limit);
    const last = Math.floor(run.to / BLOCK);
    let block = first;
    while (block < last && blockStart[block]! < bucketEnd && widest[block]! < pixel) block++;
    if (block === first) return 0;
    const end = blockEnd[block - 1]!;
    const next = block * BLOCK < run.to ? blockStart[block]! : end;
    if (next >= bucketEnd + OVERSHOOT * bucket || next > limit) return 0;
    if (end <= start) return block;
    if (this.measure.kind === 'level') into.push(start, end, this.highestCode(i, block * BLOCK), -1, 1);
    else {
      const code = this.dominantOfBlocks(before, first, block);
      const time = before[block * this.width + code]! - before[first * this.width + code]!;
      this.pushMerged(start, end, code, Math.min(1, time / (end - start)), into);
    }
    return block;
  }

  /**
   * Emits the narrow spans from `i` on that start in one bucket, up to a wide one or to a block that can be merged as a whole; returns the span after them.
   */
  private walk(view: View, i: number): number {
    const { run, limit, pixel, bucket, into, start: starts, end: ends } = view;
    const { scratch, code } = this;
    const inCodes = this.measure.kind === 'codes';
    const first = starts[i - run.from]!;
    const bucketEnd = Math.min((Math.floor(first / bucket) + 1) * bucket, limit);
    scratch.fill(0);
    let highest = 0;
    let start = first;
    let end = first;
    let k = i;
    do {
      const ended = ends[k - run.from]!;
      if (k > i && ended - start >= pixel) break;
      end = ended;
      scratch[inCodes ? code[k]! : 0]! += end - start;
      if (code[k]! > highest) highest = code[k]!;
      k++;
      if (k < run.to) start = starts[k - run.from]!;
    } while (k < run.to && start < bucketEnd && !(k % BLOCK === 0 && this.mergesAt(view, k, bucketEnd)));
    if (end <= first) return k;
    if (k === i + 1) into.push(first, end, code[i]!, i - run.from, 1);
    else if (this.measure.kind === 'level') into.push(first, end, highest, -1, 1);
    else this.pushDominant(first, end, into);
    return k;
  }

  /** Whether {@link merge} can go on at span `k`, which begins a block, so that it need not be walked over. */
  private mergesAt({ run, limit, pixel, bucket, widest, blockEnd }: View, k: number, bucketEnd: number): boolean {
    if (run.to - k < BLOCK) return false;
    const end = blockEnd[k / BLOCK]!;
    return widest[k / BLOCK]! < pixel && end < bucketEnd + OVERSHOOT * bucket && end <= limit;
  }

  /** Emits a merged run of which `scratch` says what it is made of. */
  private pushDominant(from: number, to: number, into: SpanBuffer): void {
    let best = 0;
    for (let code = 1; code < this.width; code++) if (this.scratch[code]! > this.scratch[best]!) best = code;
    this.pushMerged(from, to, best, Math.min(1, this.scratch[best]! / (to - from)), into);
  }

  private pushMerged(from: number, to: number, code: number, density: number, into: SpanBuffer): void {
    if (density > 0) into.push(from, to, this.measure.kind === 'codes' ? code : MIXED, -1, density);
  }

  /** The code with the most time in the blocks from one up to another. */
  private dominantOfBlocks(before: Float64Array, from: number, to: number): number {
    const { width } = this;
    let best = 0;
    let most = before[to * width]! - before[from * width]!;
    for (let code = 1; code < width; code++) {
      const time = before[to * width + code]! - before[from * width + code]!;
      if (time > most) {
        most = time;
        best = code;
      }
    }
    return best;
  }

  /** Time of each code in the spans `[from, to)`, into `scratch`. */
  private timePerCode(from: number, to: number, axis: Axis): void {
    this.scratch.fill(0);
    const firstBlock = Math.ceil(from / BLOCK);
    const lastBlock = Math.floor(to / BLOCK);
    if (firstBlock >= lastBlock) {
      this.scan(from, to, axis);
      return;
    }
    this.timeOfBlocks(this.blocksOf(axis).before, firstBlock, lastBlock);
    this.scan(from, firstBlock * BLOCK, axis);
    this.scan(lastBlock * BLOCK, to, axis);
  }

  /** Time of each code in the blocks from one up to another, into `scratch`. */
  private timeOfBlocks(before: Float64Array, from: number, to: number): void {
    const { scratch, width } = this;
    for (let code = 0; code < width; code++) scratch[code] = before[to * width + code]! - before[from * width + code]!;
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
    return { blockStart: start, blockEnd: ends, widest, before };
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

  /** Sorts by owner; the spans of owner o are those from `starts[o]` up to `starts[o + 1]`. */
  finish(clock: TraceClock, measure: Measure, owners: number): { store: SpanStore; starts: Int32Array } {
    const count = this.length;
    const next = new Int32Array(owners + 1);
    for (let i = 0; i < count; i++) next[this.owner[i]! + 1]!++;
    for (let o = 0; o < owners; o++) next[o + 1]! += next[o]!;
    const starts = next.slice();
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
    return { store: new SpanStore(clock, measure, first, last, code), starts };
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
