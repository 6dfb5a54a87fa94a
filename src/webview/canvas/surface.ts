/** This file defines what a canvas can be asked to draw; renderers implement it, pictures are written against it. Lengths are CSS px. */

/** How a rectangle is filled: the six states in the model's order, then the rest. */
export const STYLES = [
  'running',
  'runnable',
  'channel',
  'lock',
  'syscall',
  'sleeping',
  'token', // a value, a holder
  'lost', // a value that was overwritten: red outline, no fill
  'pending', // being created: dashed outline, hatched
  'foreground',
  'dim',
  'faint', // base lines
  'grid',
  'tint',
  'selection',
  'focus',
  'background',
  'link',
  'area', // how full a large buffer is
  'queued', // length of a run queue: as runnable, with sharp corners
  'edge', // on top of an area
] as const;
export type StyleName = (typeof STYLES)[number];
/** Index into STYLES. */
export type StyleCode = number;
export const Style = Object.fromEntries(STYLES.map((name, index) => [name, index])) as Record<StyleName, StyleCode>;

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

export interface TextStyle {
  /** In px of the design; the theme scales it. */
  readonly size: number;
  readonly bold?: boolean;
  readonly mono?: boolean;
  /** CSS colour; the foreground unless told. */
  readonly colour?: string;
  readonly align?: 'left' | 'center' | 'right';
  /** Drawn on an outline of the background, so that it can be read on anything. */
  readonly halo?: boolean;
}

export interface PathStyle {
  readonly stroke?: string;
  readonly fill?: string;
  readonly width?: number;
  readonly dash?: readonly number[];
  readonly alpha?: number;
  /** Width of the outline of the background under the stroke; 0: none. */
  readonly halo?: number;
}

/** A place to draw on. */
export interface Surface {
  readonly width: number;
  readonly height: number;
  /** Makes everything transparent. */
  clear(): void;
  /** Draws rectangles; neighbours of one style cost least. */
  drawRects(batch: RectBatch): void;
  /** `y` is the base line. */
  drawText(text: string, x: number, y: number, style: TextStyle): void;
  measure(text: string, style: TextStyle): number;
  /** A path of `M`, `L`, `C` … as SVG writes it. */
  drawPath(path: string, style: PathStyle): void;
  circle(x: number, y: number, radius: number, style: PathStyle): void;
  line(x1: number, y1: number, x2: number, y2: number, style: PathStyle): void;
  /** Draws inside a rectangle only. */
  clipped(x: number, y: number, width: number, height: number, draw: () => void): void;
}
