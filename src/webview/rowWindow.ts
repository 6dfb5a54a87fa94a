/** This file tells which of many rows of one height are in sight, so that only those are elements. */

/** Px that an element may be high; browsers end at 16 to 33 million. */
const HIGHEST = 8_000_000;

export interface Scrolled {
  readonly scrollTop: number;
  /** Px in sight. */
  readonly clientHeight: number;
}

export interface RowWindow {
  /** Rows in sight and a few beyond: `first` to before `end`. */
  readonly first: number;
  readonly end: number;
  /** Px from the top of all rows to the first one. */
  readonly top: number;
  /** Px of all rows; fewer than they would take where no element may be that high: scrolling goes faster then. */
  readonly height: number;
}

/** Rows drawn beyond the edges. */
const OVERSCAN = 12;

/** @param row px of each */
export function rowWindow(count: number, row: number, { scrollTop, clientHeight }: Scrolled): RowWindow {
  const height = Math.min(count * row, HIGHEST);
  // The row at the top edge, which may be between two.
  const at = (scrollTop / Math.max(1, height - clientHeight)) * Math.max(0, count - clientHeight / row);
  const edge = height === count * row ? scrollTop / row : at;
  const first = Math.min(count, Math.max(0, Math.floor(edge) - OVERSCAN));
  const end = Math.min(count, Math.ceil(edge + clientHeight / row) + OVERSCAN);
  return { first, end, top: scrollTop - (edge - first) * row, height };
}

/** Where to scroll so that a row is in sight as a whole, `margin` px from the bottom; undefined: it is. */
export function scrollTo(index: number, count: number, row: number, seen: Scrolled, margin = 0): number | undefined {
  const { clientHeight } = seen;
  const { first, top, height } = rowWindow(count, row, seen);
  const y = top + (index - first) * row - seen.scrollTop;
  if (y >= 0 && y + row + margin <= clientHeight) return undefined;
  const edge = y < 0 ? index : index + 1 - (clientHeight - margin) / row;
  if (height === count * row) return edge * row;
  return (edge / Math.max(1, count - clientHeight / row)) * (height - clientHeight);
}
