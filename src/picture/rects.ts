/**
 * This file holds rectangles in columns, and the order in which every surface paints them: grounds first, those of one brush together.
 * Narrow rectangles are plain, which is what makes 100,000 slices cheap: a pattern cannot be recognised on them anyway.
 */
import { STYLES, type StyleCode, type StyleName } from './brushes';

/** Narrower rectangles are painted plain: px. */
const PLAIN_BELOW = 4;
/** Styles that lie under all others of a batch. */
const UNDER = new Set<StyleName>(['faint', 'grid', 'line', 'band', 'tint', 'background', 'area', 'gap']);
/** Place of each style in the order of painting. */
const RANK = Uint8Array.from(STYLES, (name, index) => (UNDER.has(name) ? index : index + STYLES.length));

/** Rectangles in columns. */
export class RectBatch {
  length = 0;
  x = new Float32Array(1024);
  y = new Float32Array(1024);
  width = new Float32Array(1024);
  height = new Float32Array(1024);
  style = new Uint8Array(1024);
  /** 0 to 255. */
  alpha = new Uint8Array(1024);

  clear(): void {
    this.length = 0;
  }

  /** @param alpha 0 to 1 */
  push(x: number, y: number, width: number, height: number, style: StyleCode, alpha = 1): void {
    if (this.length === this.x.length) this.grow();
    const i = this.length++;
    this.x[i] = x;
    this.y[i] = y;
    this.width[i] = width;
    this.height[i] = height;
    this.style[i] = style;
    this.alpha[i] = Math.round(alpha * 255);
  }

  /** Whether a rectangle is too narrow for corners, outline and pattern. */
  isNarrow(i: number): boolean {
    return this.width[i]! < PLAIN_BELOW;
  }

  private grow(): void {
    for (const name of ['x', 'y', 'width', 'height'] as const) {
      const next = new Float32Array(this.length * 2);
      next.set(this[name]);
      this[name] = next;
    }
    for (const name of ['style', 'alpha'] as const) {
      const next = new Uint8Array(this.length * 2);
      next.set(this[name]);
      this[name] = next;
    }
  }
}

/** A rectangle with half a px of air on both sides, and never invisible. */
export function pushBar(
  bars: RectBatch,
  left: number,
  y: number,
  width: number,
  height: number,
  style: StyleCode,
  alpha = 1,
): void {
  if (width >= 3) bars.push(left + 0.5, y, width - 1, height, style, alpha);
  else bars.push(left, y, Math.max(width, 1), height, style, alpha);
}

/** Px by which the corners of a wide rectangle are rounded. */
export function cornerOf(radius: number, width: number, height: number): number {
  return Math.max(0, Math.min(radius, height / 3, (width - 1) / 2));
}

const starts = new Uint32Array(STYLES.length * 4 + 1);
let order = new Uint32Array(1024);

/**
 * Indices of a batch as they are painted: grounds first, those of one brush together, else as pushed (counting sort: other rectangles of
 * a batch do not overlap). Valid until the next call; only the first `batch.length` count.
 */
export function paintingOrder(batch: RectBatch): Uint32Array {
  if (order.length < batch.length) order = new Uint32Array(batch.length * 2);
  const { length, style, width } = batch;
  starts.fill(0);
  for (let i = 0; i < length; i++) starts[RANK[style[i]!]! * 2 + (width[i]! < PLAIN_BELOW ? 1 : 0) + 1]!++;
  for (let k = 1; k < starts.length; k++) starts[k]! += starts[k - 1]!;
  for (let i = 0; i < length; i++) order[starts[RANK[style[i]!]! * 2 + (width[i]! < PLAIN_BELOW ? 1 : 0)]!++] = i;
  return order;
}
