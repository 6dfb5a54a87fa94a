/** This file moves the window over an axis: an algebra of immutable values that knows no pixels. */
import { span, type Viewport } from '../picture/window';

/** What can be seen at all: `[start, end)`, and the narrowest window that still makes sense. */
export interface Extent {
  readonly start: number;
  readonly end: number;
  readonly minSpan: number;
}

export const centre = (view: Viewport): number => (view.from + view.to) / 2;

/** Everything. */
export function all(extent: Extent): Viewport {
  return { from: extent.start, to: Math.max(extent.end, extent.start + extent.minSpan) };
}

/** The nearest window inside the extent: first its width, then its place. */
export function clamp(view: Viewport, extent: Extent): Viewport {
  const whole = all(extent);
  const width = Math.min(Math.max(span(view), extent.minSpan), span(whole));
  const middle = centre(view);
  const from = Math.min(Math.max(middle - width / 2, whole.from), whole.to - width);
  return { from, to: from + width };
}

/** Zooms by `factor` (> 1: closer) and keeps `unit` where it is on the screen. */
export function zoomAt(view: Viewport, extent: Extent, unit: number, factor: number): Viewport {
  const whole = span(all(extent));
  const width = Math.min(Math.max(span(view) / factor, extent.minSpan), whole);
  const share = (unit - view.from) / span(view);
  const from = unit - share * width;
  return clamp({ from, to: from + width }, extent);
}

/** Moves the window by units (> 0: to later). */
export function pan(view: Viewport, extent: Extent, units: number): Viewport {
  return clamp({ from: view.from + units, to: view.to + units }, extent);
}

/** The same width around `unit`. */
export function centreOn(view: Viewport, extent: Extent, unit: number): Viewport {
  return pan(view, extent, unit - centre(view));
}

/** Shows `[from, to)` with a margin on both sides, a share of its width. */
export function fit(from: number, to: number, extent: Extent, margin = 0.08): Viewport {
  const width = Math.max(to - from, extent.minSpan);
  const middle = (from + to) / 2;
  const half = (width / 2) * (1 + 2 * margin);
  return clamp({ from: middle - half, to: middle + half }, extent);
}

/** The least movement that brings `unit` in sight, with a margin of a share of the width. */
export function ensureVisible(view: Viewport, extent: Extent, unit: number, margin = 0.1): Viewport {
  const room = span(view) * margin;
  if (unit < view.from + room) return pan(view, extent, unit - room - view.from);
  if (unit > view.to - room) return pan(view, extent, unit + room - view.to);
  return view;
}

/** Between two windows, `share` in [0, 1]: for a movement that the eye can follow. */
export function between(a: Viewport, b: Viewport, share: number): Viewport {
  return { from: a.from + (b.from - a.from) * share, to: a.to + (b.to - a.to) * share };
}

export const same = (a: Viewport, b: Viewport): boolean => a.from === b.from && a.to === b.to;

/** Windows visited, for undo and redo. */
export interface History {
  readonly past: readonly Viewport[];
  readonly future: readonly Viewport[];
}

export const NO_HISTORY: History = { past: [], future: [] };
/** Windows remembered. */
const DEPTH = 100;

/** Remembers the window that is being left. */
export function visit(history: History, left: Viewport): History {
  return { past: [...history.past, left].slice(-DEPTH), future: [] };
}

/** One step back; undefined at the beginning. */
export function undo(history: History, now: Viewport): { view: Viewport; history: History } | undefined {
  const view = history.past.at(-1);
  return view && { view, history: { past: history.past.slice(0, -1), future: [...history.future, now] } };
}

/** One step forward again; undefined at the end. */
export function redo(history: History, now: Viewport): { view: Viewport; history: History } | undefined {
  const view = history.future.at(-1);
  return view && { view, history: { past: [...history.past, now], future: history.future.slice(0, -1) } };
}
