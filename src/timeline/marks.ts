/** This file finds the events of a lane that can be seen: at any zoom, at most one mark per gap. */
import { countUpTo } from '../trace/rows';
import type { GlyphBuffer } from './buffers';
import type { TraceClock } from './clock';
import { GLYPH_WEIGHT } from './glyphs';
import type { Axis, Range } from './model';

/** Events of a crowd that are looked at to find the weightiest. */
const SAMPLE = 4;

/** The events of one lane: their rows, ascending, with what is read off them once, since the rows of a lane lie far apart. */
export class LaneMarks {
  /** Index into GLYPHS of each. */
  private readonly glyphs: Uint8Array;
  /** On the axis that was asked for last. */
  private positions: Float64Array | undefined;
  private axis: Axis = 'step';

  constructor(
    readonly rows: Int32Array,
    private readonly clock: TraceClock,
    glyphOf: (row: number) => number,
  ) {
    this.glyphs = Uint8Array.from(rows, glyphOf);
  }

  /** Those within the range; those that fall into one gap are merged. */
  visible(axis: Axis, range: Range, gap: number, into: GlyphBuffer): void {
    const at = this.positionsOn(axis);
    let i = lowerBound(at, range.start, 0, 1);
    let crowd = 1;
    while (i < at.length) {
      const x = at[i]!;
      if (x > range.end) return;
      // Gaps are multiples of their width, so that panning does not regroup.
      const end = gap > 0 ? (Math.floor(x / gap) + 1) * gap : x;
      const next = gap > 0 ? Math.max(i + 1, lowerBound(at, end, i, crowd)) : i + 1;
      crowd = next - i;
      const best = this.weightiest(i, next);
      into.push(at[best]!, this.glyphs[best]!, this.rows[best]!, crowd);
      i = next;
    }
  }

  /** The row of the event nearest to `x`, no farther than `within`; -1: none. */
  nearest(axis: Axis, x: number, within: number): number {
    const positions = this.positionsOn(axis);
    const at = lowerBound(positions, x, 0, 1);
    let best = -1;
    let least = within;
    for (const i of [at - 1, at]) {
      if (i < 0 || i >= positions.length) continue;
      const distance = Math.abs(positions[i]! - x);
      if (distance <= least) {
        least = distance;
        best = this.rows[i]!;
      }
    }
    return best;
  }

  private positionsOn(axis: Axis): Float64Array {
    if (axis !== this.axis) this.positions = undefined;
    this.axis = axis;
    return (this.positions ??= Float64Array.from(this.rows, (row) => this.clock.xOf(row, axis)));
  }

  private weightiest(from: number, to: number): number {
    const { glyphs } = this;
    const stride = Math.max(1, Math.floor((to - from) / SAMPLE));
    let best = from;
    for (let i = from + stride; i < to; i += stride) {
      if (GLYPH_WEIGHT[glyphs[i]!]! > GLYPH_WEIGHT[glyphs[best]!]!) best = i;
    }
    return best;
  }
}

/** Next (+1) or previous (-1) row of an ascending list from a row; -1 at the end. */
export function neighbourOf(rows: Int32Array, row: number, direction: 1 | -1): number {
  const at = direction === 1 ? countUpTo(rows, row) : countUpTo(rows, row - 1) - 1;
  return rows[at] ?? -1;
}

/** First index from `from` on at which a position is `x` or more; `guess` is how far off it may be. */
function lowerBound(positions: Float64Array, x: number, from: number, guess: number): number {
  let low = from;
  let stride = guess;
  while (low + stride < positions.length && positions[low + stride]! < x) {
    low += stride;
    stride *= 2;
  }
  let high = Math.min(low + stride, positions.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positions[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
