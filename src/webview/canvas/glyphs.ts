/** This file draws the marks that events leave on a goroutine's bar; one row a mark. */
import { GLYPHS, type Glyph } from '../../timeline/glyphs';
import type { Theme } from '../theme';
import type { Surface } from './surface';

type Draw = (surface: Surface, x: number, y: number, ink: string, theme: Theme) => void;

const disc: Draw = (surface, x, y, ink) => surface.circle(x, y, 3.5, { fill: ink });
const ring: Draw = (surface, x, y, ink) => surface.circle(x, y, 3, { stroke: ink, width: 1.5 });
const box: Draw = (surface, x, y, ink) => surface.drawPath(square(x, y, 3.5), { fill: ink });
const frame: Draw = (surface, x, y, ink) => surface.drawPath(square(x, y, 3), { stroke: ink, width: 1.5 });
const tick: Draw = (surface, x, y, ink) => surface.line(x, y - 3, x, y + 3, { stroke: ink, width: 1.5 });
const bar: Draw = (surface, x, y, ink) => surface.line(x, y - 5, x, y + 5, { stroke: ink, width: 2.5 });
const triangle: Draw = (surface, x, y, ink) =>
  surface.drawPath(`M${x - 3} ${y - 4}L${x + 3.5} ${y}L${x - 3} ${y + 4}Z`, { fill: ink });
const cross: Draw = (surface, x, y, _ink, theme) =>
  surface.drawPath(`M${x - 4} ${y - 4}L${x + 4} ${y + 4}M${x + 4} ${y - 4}L${x - 4} ${y + 4}`, {
    stroke: theme.error,
    width: 2.5,
    halo: 5,
  });
const lines: Draw = (surface, x, y, ink) =>
  surface.drawPath(`M${x - 3.5} ${y - 3}H${x + 3.5}M${x - 3.5} ${y}H${x + 3.5}M${x - 3.5} ${y + 3}H${x + 1}`, {
    stroke: ink,
    width: 1.25,
  });
const plus: Draw = (surface, x, y, ink) =>
  surface.drawPath(`M${x - 3.5} ${y}H${x + 3.5}M${x} ${y - 3.5}V${y + 3.5}`, { stroke: ink, width: 1.5 });
const end: Draw = (surface, x, y, ink) =>
  surface.drawPath(`M${x - 2.5} ${y - 4}V${y + 4}M${x + 1.5} ${y - 4}V${y + 4}`, { stroke: ink, width: 1.5 });
const fork: Draw = (surface, x, y, ink) =>
  surface.drawPath(`M${x - 3.5} ${y}H${x - 1}L${x + 3.5} ${y - 3.5}M${x - 1} ${y}L${x + 3.5} ${y + 3.5}`, {
    stroke: ink,
    width: 1.5,
  });
const clock: Draw = (surface, x, y, ink) => {
  surface.circle(x, y, 3.75, { stroke: ink, width: 1.25 });
  surface.drawPath(`M${x} ${y - 2}V${y}H${x + 2}`, { stroke: ink, width: 1.25 });
};

const DRAWINGS: Partial<Record<Glyph, Draw>> = {
  go: triangle,
  send: disc,
  receive: ring,
  close: bar,
  lock: box,
  unlock: frame,
  access: tick,
  add: plus,
  signal: disc,
  wait: ring,
  once: ring,
  select: fork,
  timer: clock,
  print: lines,
  panic: cross,
  exit: end,
};

const square = (x: number, y: number, half: number): string =>
  `M${x - half} ${y - half}H${x + half}V${y + half}H${x - half}Z`;

/** Draws the mark of an event; most have one. */
export function drawGlyph(surface: Surface, glyph: number, x: number, y: number, theme: Theme, onBar: boolean): void {
  DRAWINGS[GLYPHS[glyph] ?? 'none']?.(surface, x, y, onBar ? theme.onRunning : theme.foreground, theme);
}

export const isRaceGlyph = (glyph: number): boolean => GLYPHS[glyph]?.startsWith('race') ?? false;

/** A race's access: red, with an outline that stays visible without colour. */
export function drawDiamond(surface: Surface, x: number, y: number, theme: Theme, radius = 7): void {
  const path = `M${x} ${y - radius}L${x + radius} ${y}L${x} ${y + radius}L${x - radius} ${y}Z`;
  surface.drawPath(path, { stroke: theme.diamond, width: 3 });
  surface.drawPath(path, { fill: theme.error });
}
