/** This file defines what part of an axis a drawing shows, and converts between its units and px. A unit is a step or a virtual nanosecond. */

/** What is in sight: the half-open range `[from, to)` of axis units, `from < to`. */
export interface Viewport {
  readonly from: number;
  readonly to: number;
}

export const span = (view: Viewport): number => view.to - view.from;

/** Position of a unit in px, of a drawing area `width` px wide. */
export const toPx = (view: Viewport, width: number, unit: number): number => ((unit - view.from) / span(view)) * width;
/** Unit at a position in px. */
export const toUnit = (view: Viewport, width: number, px: number): number => view.from + (px / width) * span(view);
/** Px of one unit. */
export const scale = (view: Viewport, width: number): number => width / span(view);
