/** This file makes the fills by which states are told apart without colour. */

export type PatternKind = 'diagonal' | 'dots' | 'vertical' | 'horizontal' | 'hatch';

interface Tile {
  /** CSS px of the square tile. */
  readonly pitch: number;
  /** Degrees by which the tile is turned. */
  readonly turn: number;
  readonly alpha: number;
  readonly draw: (context: CanvasRenderingContext2D) => void;
}

const stripe = (x: number, width: number, pitch: number) => (context: CanvasRenderingContext2D) =>
  context.fillRect(x, 0, width, pitch);

const TILES: Readonly<Record<PatternKind, Tile>> = {
  diagonal: { pitch: 6, turn: 45, alpha: 1, draw: stripe(0, 2, 6) },
  vertical: { pitch: 5, turn: 0, alpha: 1, draw: stripe(0.25, 2, 5) },
  horizontal: { pitch: 5, turn: 0, alpha: 1, draw: (context) => context.fillRect(0, 1.75, 5, 1.5) },
  dots: {
    pitch: 5,
    turn: 0,
    alpha: 1,
    draw(context) {
      context.beginPath();
      context.arc(2.5, 2.5, 1.25, 0, 2 * Math.PI);
      context.fill();
    },
  },
  hatch: { pitch: 8, turn: 45, alpha: 0.4, draw: stripe(0, 1, 8) },
};

export interface TurnedPattern {
  readonly fill: CanvasPattern;
  /** Degrees. */
  readonly turn: number;
  /** CSS px after which it repeats along x and along y. */
  readonly period: number;
}

/** A repeating fill, sharp at the given device pixel ratio. */
export function makePattern(
  context: CanvasRenderingContext2D,
  kind: PatternKind,
  ink: string,
  ground: string,
  ratio: number,
): TurnedPattern | undefined {
  const { pitch, turn, alpha, draw } = TILES[kind];
  const tile = document.createElement('canvas');
  tile.width = tile.height = Math.max(1, Math.round(pitch * ratio));
  const inner = tile.getContext('2d');
  if (!inner) return undefined;
  inner.scale(tile.width / pitch, tile.width / pitch);
  inner.fillStyle = ground;
  inner.fillRect(0, 0, pitch, pitch);
  inner.globalAlpha = alpha;
  inner.fillStyle = ink;
  draw(inner);
  const fill = context.createPattern(tile, 'repeat');
  if (!fill) return undefined;
  fill.setTransform(new DOMMatrix().rotate(turn).scale(1 / ratio));
  const period = (pitch * (tile.width / (pitch * ratio))) / (turn ? Math.SQRT1_2 : 1);
  return { fill, turn, period };
}
