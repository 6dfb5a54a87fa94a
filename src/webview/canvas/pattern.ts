/** This file makes a canvas's repeating fill of a tile, sharp at the ratio of device pixels. */
import { TILES, type PatternKind } from '../../picture/patterns';

export interface TurnedPattern {
  readonly fill: CanvasPattern;
  /** Degrees. */
  readonly turn: number;
  /** CSS px after which it repeats along x and along y. */
  readonly period: number;
}

/** undefined where the browser has no canvas to make it with. */
export function makePattern(
  context: CanvasRenderingContext2D,
  kind: PatternKind,
  ink: string,
  ground: string,
  ratio: number,
): TurnedPattern | undefined {
  const { pitch, turn, alpha, path } = TILES[kind];
  const tile = document.createElement('canvas');
  tile.width = tile.height = Math.max(1, Math.round(pitch * ratio));
  const inner = tile.getContext('2d');
  if (!inner) return undefined;
  inner.scale(tile.width / pitch, tile.width / pitch);
  inner.fillStyle = ground;
  inner.fillRect(0, 0, pitch, pitch);
  inner.globalAlpha = alpha;
  inner.fillStyle = ink;
  inner.fill(new Path2D(path));
  const fill = context.createPattern(tile, 'repeat');
  if (!fill) return undefined;
  fill.setTransform(new DOMMatrix().rotate(turn).scale(1 / ratio));
  const period = (pitch * (tile.width / (pitch * ratio))) / (turn ? Math.SQRT1_2 : 1);
  return { fill, turn, period };
}
