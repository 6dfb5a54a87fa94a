/** This file finds the events of a lane that can be seen: at any zoom, at most one mark per gap. */
import { countUpTo } from '../trace/rows';
import type { GlyphBuffer } from './buffers';
import type { TraceClock } from './clock';
import { GLYPH_WEIGHT } from './glyphs';
import type { Axis, Range } from './model';

/** Events of a crowd that are looked at to find the weightiest. */
const SAMPLE = 4;

/** Events of `rows` (ascending) within the range; those that fall into one gap are merged. */
export function visibleMarks(
  rows: Int32Array,
  clock: TraceClock,
  glyphOf: (row: number) => number,
  axis: Axis,
  range: Range,
  gap: number,
  into: GlyphBuffer,
): void {
  let i = lowerBound(rows, clock, axis, range.start, 0, 1);
  let crowd = 1;
  while (i < rows.length) {
    const x = clock.xOf(rows[i]!, axis);
    if (x > range.end) return;
    // Gaps are multiples of their width, so that panning does not regroup.
    const end = gap > 0 ? (Math.floor(x / gap) + 1) * gap : x;
    const next = gap > 0 ? Math.max(i + 1, lowerBound(rows, clock, axis, end, i, crowd)) : i + 1;
    crowd = next - i;
    const best = weightiest(rows, i, next, glyphOf);
    into.push(clock.xOf(best, axis), glyphOf(best), best, crowd);
    i = next;
  }
}

/** The event nearest to `x`, no farther than `within`; -1: none. */
export function nearestMark(rows: Int32Array, clock: TraceClock, axis: Axis, x: number, within: number): number {
  const at = lowerBound(rows, clock, axis, x, 0, 1);
  let best = -1;
  let least = within;
  for (const i of [at - 1, at]) {
    if (i < 0 || i >= rows.length) continue;
    const distance = Math.abs(clock.xOf(rows[i]!, axis) - x);
    if (distance <= least) {
      least = distance;
      best = rows[i]!;
    }
  }
  return best;
}

/** Next (+1) or previous (-1) row of an ascending list from a row; -1 at the end. */
export function neighbourOf(rows: Int32Array, row: number, direction: 1 | -1): number {
  const at = direction === 1 ? countUpTo(rows, row) : countUpTo(rows, row - 1) - 1;
  return rows[at] ?? -1;
}

function weightiest(rows: Int32Array, from: number, to: number, glyphOf: (row: number) => number): number {
  const stride = Math.max(1, Math.floor((to - from) / SAMPLE));
  let best = rows[from]!;
  for (let i = from + stride; i < to; i += stride) {
    if (GLYPH_WEIGHT[glyphOf(rows[i]!)]! > GLYPH_WEIGHT[glyphOf(best)]!) best = rows[i]!;
  }
  return best;
}

/** First index from `from` on whose event stands at or after `x`; `guess` is how far off it may be. */
function lowerBound(rows: Int32Array, clock: TraceClock, axis: Axis, x: number, from: number, guess: number): number {
  let low = from;
  let stride = guess;
  while (low + stride < rows.length && clock.xOf(rows[low + stride]!, axis) < x) {
    low += stride;
    stride *= 2;
  }
  let high = Math.min(low + stride, rows.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (clock.xOf(rows[middle]!, axis) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
