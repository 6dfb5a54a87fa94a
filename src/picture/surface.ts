/**
 * This file defines what a surface can be asked to draw. Pictures are written against it; the panel's canvas and the SVG file implement it.
 * Lengths are CSS px from the top left corner of the surface; colours are roles, which a surface looks up in its palette.
 */
import type { Role } from './palette';
import type { RectBatch } from './rects';

/** Opacity of the outline under a stroke. */
export const HALO_ALPHA = 0.85;

export interface TextStyle {
  /** In px of the design; a surface may scale it to its reader's type. */
  readonly size: number;
  readonly bold?: boolean;
  /** The foreground unless told. */
  readonly ink?: Role;
  readonly align?: 'left' | 'center' | 'right';
  /** Drawn on an outline of the background, so that it can be read on anything. */
  readonly halo?: boolean;
}

/** A piece of a line of text. */
export interface Piece {
  readonly text: string;
  readonly style: TextStyle;
}

export interface PathStyle {
  readonly stroke?: Role;
  readonly fill?: Role;
  /** Of the stroke; 1 unless told. */
  readonly width?: number;
  /** Px inked and px left out, in turn. */
  readonly dash?: readonly number[];
  /** 0 to 1. */
  readonly alpha?: number;
  /** Width of the outline of the background under the stroke; 0: none. */
  readonly halo?: number;
}

/** A place to draw on. What is drawn later covers what was drawn before. */
export interface Surface {
  readonly width: number;
  readonly height: number;
  /** Draws rectangles, in the order of {@link paintingOrder}. */
  drawRects(batch: RectBatch): void;
  /** `y` is the base line. */
  drawText(text: string, x: number, y: number, style: TextStyle): void;
  /** Pieces one after the other from `x` on, `gap` px apart, wherever the reader's type makes them end. */
  drawLine(pieces: readonly Piece[], x: number, y: number, gap: number): void;
  /** Width of a text; exact where the surface knows its type, else an estimate. */
  measure(text: string, style: TextStyle): number;
  /** Px of the type that a style gets. */
  typeSize(style: TextStyle): number;
  /** A path of `M`, `L`, `C` … as SVG writes it. */
  drawPath(path: string, style: PathStyle): void;
  circle(x: number, y: number, radius: number, style: PathStyle): void;
  line(x1: number, y1: number, x2: number, y2: number, style: PathStyle): void;
  /** The mark of an event with its middle at a point; nothing where {@link GLYPH_SHAPES} has none. `glyph`: index into the model's GLYPHS. */
  drawGlyph(glyph: number, x: number, y: number, ink: Role): void;
}
