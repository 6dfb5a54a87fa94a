/** This file defines the tiles by which fills are told apart without colour. Every surface repeats the same tile. */

export type PatternKind = 'diagonal' | 'dots' | 'vertical' | 'horizontal' | 'hatch';

export interface Tile {
  /** CSS px of the square tile. */
  readonly pitch: number;
  /** Degrees by which the tiling is turned, clockwise. */
  readonly turn: number;
  /** Opacity of the ink, 0 to 1. */
  readonly alpha: number;
  /** What is inked, as SVG writes paths; filled. */
  readonly path: string;
}

export const TILES: Readonly<Record<PatternKind, Tile>> = {
  diagonal: { pitch: 6, turn: 45, alpha: 1, path: 'M0 0h2v6h-2z' },
  vertical: { pitch: 5, turn: 0, alpha: 1, path: 'M.25 0h2v5h-2z' },
  horizontal: { pitch: 5, turn: 0, alpha: 1, path: 'M0 1.75h5v1.5h-5z' },
  dots: { pitch: 5, turn: 0, alpha: 1, path: 'M1.25 2.5a1.25 1.25 0 1 0 2.5 0a1.25 1.25 0 1 0 -2.5 0z' },
  hatch: { pitch: 8, turn: 45, alpha: 0.4, path: 'M0 0h1v8h-1z' },
};
