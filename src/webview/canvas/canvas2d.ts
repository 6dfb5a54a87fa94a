/**
 * This file draws on a 2D canvas. Fractions of a device pixel are kept in x (a slice begins where it begins), heights and base lines
 * are whole pixels.
 */
import { visibleLine } from '../../base/visible';
import { brushesOf, type Brush } from '../../picture/brushes';
import { SHAPE_OF_GLYPH } from '../../picture/glyphs';
import type { Role } from '../../picture/palette';
import { cornerOf, paintingOrder, type RectBatch } from '../../picture/rects';
import { HALO_ALPHA, type PathStyle, type Piece, type Surface, type TextStyle } from '../../picture/surface';
import type { Theme } from '../theme';
import { makePattern, type TurnedPattern } from './pattern';

/** A brush in the colours of the theme. */
interface Paint {
  /** For wide rectangles; undefined: not filled. */
  readonly fill: string | CanvasPattern | undefined;
  /** For narrow ones. */
  readonly plain: string;
  readonly stroke: string | undefined;
  readonly dash: number[];
  readonly radius: number;
}

const SOLID: number[] = [];
/** Texts whose width is kept. */
const MOST_WIDTHS = 5000;

export class Canvas2D implements Surface {
  width = 0;
  height = 0;
  private ratio = 1;
  private readonly context: CanvasRenderingContext2D;
  private paints: readonly Paint[] = [];
  private patterns: TurnedPattern[] = [];
  private readonly widths = new Map<string, number>();
  private readonly glyphs = SHAPE_OF_GLYPH.map((shape) => shape && new Path2D(shape.path));

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private theme: Theme,
  ) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this browser has no 2D canvas');
    this.context = context;
    this.setTheme(theme);
  }

  /** Fits the canvas to its size on the screen. */
  resize(width: number, height: number, ratio: number): void {
    if (width === this.width && height === this.height && ratio === this.ratio) return;
    this.width = width;
    this.height = height;
    this.canvas.width = Math.max(1, Math.round(width * ratio));
    this.canvas.height = Math.max(1, Math.round(height * ratio));
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    if (ratio !== this.ratio) {
      this.ratio = ratio;
      this.setTheme(this.theme);
    }
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.widths.clear();
    this.patterns = [];
    this.paints = brushesOf(theme.highContrast).map((brush) => this.paintOf(brush));
  }

  /** Makes everything transparent. */
  clear(): void {
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.clearRect(0, 0, this.width, this.height);
  }

  /** Ties patterns to the picture, so that they move with it: px by which the picture is scrolled. */
  anchor(scrolledX: number, scrolledY: number): void {
    for (const { fill, turn, period } of this.patterns) {
      const [x, y] = [-(scrolledX % period), -(scrolledY % period)];
      fill.setTransform(
        new DOMMatrix()
          .translate(x, y)
          .rotate(turn)
          .scale(1 / this.ratio),
      );
    }
  }

  drawRects(batch: RectBatch): void {
    const { context } = this;
    const order = paintingOrder(batch);
    let paintCode = -1;
    let alpha = 255;
    for (let k = 0; k < batch.length; k++) {
      const i = order[k]!;
      if (batch.alpha[i] !== alpha) context.globalAlpha = (alpha = batch.alpha[i]!) / 255;
      const narrow = batch.isNarrow(i);
      const paint = this.paints[batch.style[i]!]!;
      const code = batch.style[i]! * 2 + (narrow ? 1 : 0);
      if (code !== paintCode) {
        paintCode = code;
        if (narrow) context.fillStyle = paint.plain;
        else this.use(paint);
      }
      if (narrow) context.fillRect(batch.x[i]!, batch.y[i]!, batch.width[i]!, batch.height[i]!);
      else this.wide(paint, batch.x[i]!, batch.y[i]!, batch.width[i]!, batch.height[i]!);
    }
    context.globalAlpha = 1;
    context.setLineDash(SOLID);
  }

  drawText(said: string, x: number, y: number, style: TextStyle): void {
    const text = visibleLine(said);
    const { context } = this;
    context.font = this.font(style);
    context.textAlign = style.align ?? 'left';
    if (style.halo) {
      context.strokeStyle = this.colour('background');
      context.lineWidth = 3;
      context.lineJoin = 'round';
      context.strokeText(text, x, y);
    }
    context.fillStyle = this.colour(style.ink ?? 'foreground');
    context.fillText(text, x, y);
  }

  drawLine(pieces: readonly Piece[], x: number, y: number, gap: number): void {
    let at = x;
    for (const { text, style } of pieces) {
      this.drawText(text, at, y, style);
      at += this.measure(text, style) + gap;
    }
  }

  measure(text: string, style: TextStyle): number {
    const font = this.font(style);
    const key = `${font}|${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.context.font = font;
      width = this.context.measureText(visibleLine(text)).width;
      if (this.widths.size > MOST_WIDTHS) this.widths.clear();
      this.widths.set(key, width);
    }
    return width;
  }

  typeSize({ size }: TextStyle): number {
    return Math.max(10, size * this.theme.textScale);
  }

  drawPath(path: string, style: PathStyle): void {
    this.paint(new Path2D(path), style);
  }

  circle(x: number, y: number, radius: number, style: PathStyle): void {
    const path = new Path2D();
    path.arc(x, y, radius, 0, 2 * Math.PI);
    this.paint(path, style);
  }

  line(x1: number, y1: number, x2: number, y2: number, style: PathStyle): void {
    const path = new Path2D();
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
    this.paint(path, style);
  }

  drawGlyph(glyph: number, x: number, y: number, ink: Role): void {
    const [shape, path] = [SHAPE_OF_GLYPH[glyph], this.glyphs[glyph]];
    if (!shape || !path) return;
    const role = shape.ink ?? ink;
    this.context.translate(x, y);
    if (shape.stroke === undefined) {
      this.context.fillStyle = this.colour(role);
      this.context.fill(path);
    } else this.paint(path, { stroke: role, width: shape.stroke, halo: shape.halo });
    this.context.translate(-x, -y);
  }

  private paint(path: Path2D, { stroke, fill, width = 1, dash, alpha = 1, halo = 0 }: PathStyle): void {
    const { context } = this;
    context.lineJoin = 'round';
    if (halo > 0 && stroke) {
      context.globalAlpha = HALO_ALPHA;
      context.strokeStyle = this.colour('background');
      context.lineWidth = halo;
      context.stroke(path);
    }
    context.globalAlpha = alpha;
    if (fill) {
      context.fillStyle = this.colour(fill);
      context.fill(path);
    }
    if (stroke) {
      if (dash) context.setLineDash([...dash]);
      context.strokeStyle = this.colour(stroke);
      context.lineWidth = width;
      context.stroke(path);
      if (dash) context.setLineDash(SOLID);
    }
    context.globalAlpha = 1;
  }

  private use(paint: Paint): void {
    const { context } = this;
    if (paint.fill) context.fillStyle = paint.fill;
    if (paint.stroke) {
      context.strokeStyle = paint.stroke;
      context.lineWidth = 1;
      context.setLineDash(paint.dash);
    }
  }

  private wide(paint: Paint, x: number, y: number, width: number, height: number): void {
    const { context } = this;
    const radius = cornerOf(paint.radius, width, height);
    if (radius <= 0 && !paint.stroke) {
      context.fillRect(x, y, width, height);
      return;
    }
    const inset = paint.stroke ? 0.5 : 0;
    context.beginPath();
    context.roundRect(x + inset, y + inset, width - 2 * inset, height - 2 * inset, radius);
    if (paint.fill) context.fill();
    if (paint.stroke) context.stroke();
  }

  private font(style: TextStyle): string {
    return `${style.bold ? 600 : 400} ${this.typeSize(style)}px ${this.theme.fontFamily}`;
  }

  private colour(role: Role): string {
    return this.theme.palette[role];
  }

  private paintOf({ fill, pattern, plain, stroke, dash, radius }: Brush): Paint {
    const ground = fill && this.colour(fill);
    return {
      fill: pattern ? this.pattern(pattern, ground ?? 'transparent') : ground,
      plain: this.colour(plain),
      stroke: stroke && this.colour(stroke),
      dash: [...dash],
      radius,
    };
  }

  private pattern({ kind, ink }: NonNullable<Brush['pattern']>, ground: string): CanvasPattern | string {
    const made = makePattern(this.context, kind, this.colour(ink), ground, this.ratio);
    if (!made) return ground;
    this.patterns.push(made);
    return made.fill;
  }
}
