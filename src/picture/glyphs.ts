/** This file is the table of the marks that events leave on a goroutine's bar: a row a mark, its shape around the middle (0, 0). */
import { GLYPHS, type Glyph } from '../timeline/glyphs';
import type { Role } from './palette';
import type { Surface } from './surface';

export interface GlyphShape {
  /** As SVG writes it; around (0, 0). */
  readonly path: string;
  /** Px of the stroke; undefined: filled. */
  readonly stroke?: number;
  /** Drawn in this colour wherever it stands. */
  readonly ink?: Role;
  /** Px of the outline of the background under the stroke. */
  readonly halo?: number;
}

const circle = (r: number): string => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
const square = (half: number): string => `M${-half} ${-half}H${half}V${half}H${-half}Z`;
const DISC: GlyphShape = { path: circle(3.5) };
const RING: GlyphShape = { path: circle(3), stroke: 1.5 };

/** `none` and what says nothing on a bar have no shape; races are diamonds, drawn over everything. */
export const GLYPH_SHAPES: Readonly<Partial<Record<Glyph, GlyphShape>>> = {
  go: { path: 'M-3 -4L3.5 0L-3 4Z' },
  send: DISC,
  receive: RING,
  close: { path: 'M0 -5V5', stroke: 2.5 },
  lock: { path: square(3.5) },
  unlock: { path: square(3), stroke: 1.5 },
  access: { path: 'M0 -3V3', stroke: 1.5 },
  add: { path: 'M-3.5 0H3.5M0 -3.5V3.5', stroke: 1.5 },
  signal: DISC,
  wait: RING,
  once: RING,
  select: { path: 'M-3.5 0H-1L3.5 -3.5M-1 0L3.5 3.5', stroke: 1.5 },
  timer: { path: `${circle(3.75)}M0 -2V0H2`, stroke: 1.25 },
  print: { path: 'M-3.5 -3H3.5M-3.5 0H3.5M-3.5 3H1', stroke: 1.25 },
  panic: { path: 'M-4 -4L4 4M4 -4L-4 4', stroke: 2.5, ink: 'error', halo: 5 },
  exit: { path: 'M-2.5 -4V4M1.5 -4V4', stroke: 1.5 },
};

/** By glyph code. */
export const SHAPE_OF_GLYPH: readonly (GlyphShape | undefined)[] = GLYPHS.map((glyph) => GLYPH_SHAPES[glyph]);

export const isRaceGlyph = (glyph: number): boolean => GLYPHS[glyph]?.startsWith('race') ?? false;

/** A race's access: red, with an outline that stays visible without colour. */
export function drawDiamond(surface: Surface, x: number, y: number, radius = 7): void {
  const path = `M${x} ${y - radius}L${x + radius} ${y}L${x} ${y + radius}L${x - radius} ${y}Z`;
  surface.drawPath(path, { stroke: 'diamond', width: 3 });
  surface.drawPath(path, { fill: 'error' });
}
