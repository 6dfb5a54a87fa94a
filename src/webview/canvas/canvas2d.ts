/**
 * This file draws on a 2D canvas. Fractions of a device pixel are kept in x (a slice begins where it begins), heights and base lines
 * are whole pixels. Wide rectangles are rounded and patterned; those of a few pixels are plain, which is what makes 100,000 slices cheap:
 * a pattern cannot be recognised on them anyway.
 */
import { STATES, STATE_STYLES, type StateName } from '../palette';
import type { Theme } from '../theme';
import { STYLES, type PathStyle, type RectBatch, type StyleName, type Surface, type TextStyle } from './surface';
import { makePattern, type TurnedPattern } from './patterns';

/** Narrower rectangles are drawn plain. */
const PLAIN_BELOW = 4;
/** Styles that lie under all others of a batch. */
const UNDER = new Set<StyleName>(['faint', 'grid', 'tint', 'selection', 'background', 'area']);
/** Place of each style in the order of drawing. */
const RANK = Uint8Array.from(STYLES, (name, index) => (UNDER.has(name) ? index : index + STYLES.length));
/** Corner of a bar. */
const RADIUS = 3;

interface Brush {
  /** For wide rectangles; undefined: not filled. */
  readonly fill: string | CanvasPattern | undefined;
  /** For narrow ones. */
  readonly plain: string;
  readonly stroke: string | undefined;
  readonly dash: readonly number[];
  readonly radius: number;
}

export class Canvas2D implements Surface {
  width = 0;
  height = 0;
  private ratio = 1;
  private readonly context: CanvasRenderingContext2D;
  private brushes: readonly Brush[] = [];
  private patterns: TurnedPattern[] = [];
  private order = new Uint32Array(1024);
  private readonly widths = new Map<string, number>();

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
    this.brushes = STYLES.map((name) => this.brush(name));
  }

  clear(): void {
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.clearRect(0, 0, this.width, this.height);
  }

  drawRects(batch: RectBatch): void {
    const { context } = this;
    const order = this.byBrush(batch);
    let brushCode = -1;
    let alpha = 255;
    for (let k = 0; k < batch.length; k++) {
      const i = order[k]!;
      if (batch.alpha[i] !== alpha) context.globalAlpha = (alpha = batch.alpha[i]!) / 255;
      const narrow = batch.width[i]! < PLAIN_BELOW;
      const brush = this.brushes[batch.style[i]!]!;
      const code = batch.style[i]! * 2 + (narrow ? 1 : 0);
      if (code !== brushCode) {
        brushCode = code;
        if (narrow) context.fillStyle = brush.plain;
        else this.use(brush);
      }
      if (narrow) context.fillRect(batch.x[i]!, batch.y[i]!, batch.width[i]!, batch.height[i]!);
      else this.wide(brush, batch.x[i]!, batch.y[i]!, batch.width[i]!, batch.height[i]!);
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
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

  /** Indices of a batch, grounds first, those of one brush together (counting sort: other rectangles of a batch do not overlap). */
  private byBrush(batch: RectBatch): Uint32Array {
    if (this.order.length < batch.length) this.order = new Uint32Array(batch.length * 2);
    const starts = new Uint32Array(STYLES.length * 4 + 1);
    const key = (i: number): number => RANK[batch.style[i]!]! * 2 + (batch.width[i]! < PLAIN_BELOW ? 1 : 0);
    for (let i = 0; i < batch.length; i++) starts[key(i) + 1]!++;
    for (let k = 1; k < starts.length; k++) starts[k]! += starts[k - 1]!;
    for (let i = 0; i < batch.length; i++) this.order[starts[key(i)]!++] = i;
    return this.order;
  }

  drawText(text: string, x: number, y: number, style: TextStyle): void {
    const { context } = this;
    context.font = this.font(style);
    context.textAlign = style.align ?? 'left';
    if (style.halo) {
      context.strokeStyle = this.theme.background;
      context.lineWidth = 3;
      context.lineJoin = 'round';
      context.strokeText(text, x, y);
    }
    context.fillStyle = style.colour ?? this.theme.foreground;
    context.fillText(text, x, y);
  }

  measure(text: string, style: TextStyle): number {
    const font = this.font(style);
    const key = `${font}|${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.context.font = font;
      width = this.context.measureText(text).width;
      if (this.widths.size > 5000) this.widths.clear();
      this.widths.set(key, width);
    }
    return width;
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

  clipped(x: number, y: number, width: number, height: number, draw: () => void): void {
    this.context.save();
    this.context.beginPath();
    this.context.rect(x, y, width, height);
    this.context.clip();
    draw();
    this.context.restore();
  }

  private paint(path: Path2D, { stroke, fill, width = 1, dash = [], alpha = 1, halo = 0 }: PathStyle): void {
    const { context } = this;
    context.lineJoin = 'round';
    if (halo > 0 && stroke) {
      context.globalAlpha = 0.85;
      context.setLineDash([]);
      context.strokeStyle = this.theme.background;
      context.lineWidth = halo;
      context.stroke(path);
    }
    context.globalAlpha = alpha;
    if (fill) {
      context.fillStyle = fill;
      context.fill(path);
    }
    if (stroke) {
      context.setLineDash([...dash]);
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.stroke(path);
      context.setLineDash([]);
    }
    context.globalAlpha = 1;
  }

  private use(brush: Brush): void {
    const { context } = this;
    if (brush.fill) context.fillStyle = brush.fill;
    if (brush.stroke) {
      context.strokeStyle = brush.stroke;
      context.lineWidth = 1;
      context.setLineDash([...brush.dash]);
    }
  }

  private wide(brush: Brush, x: number, y: number, width: number, height: number): void {
    const { context } = this;
    const radius = Math.min(brush.radius, height / 3, (width - 1) / 2);
    if (radius <= 0 && !brush.stroke) {
      context.fillRect(x, y, width, height);
      return;
    }
    const inset = brush.stroke ? 0.5 : 0;
    context.beginPath();
    context.roundRect(x + inset, y + inset, width - 2 * inset, height - 2 * inset, Math.max(radius, 0));
    if (brush.fill) context.fill();
    if (brush.stroke) context.stroke();
  }

  private font({ size, bold, mono }: TextStyle): string {
    const { textScale, fontFamily, monoFamily } = this.theme;
    return `${bold ? 600 : 400} ${Math.max(10, size * textScale)}px ${mono ? monoFamily : fontFamily}`;
  }

  private brush(name: StyleName): Brush {
    const { theme } = this;
    const line = { stroke: undefined, dash: [], radius: 0 };
    if ((STATES as readonly string[]).includes(name)) return this.stateBrush(name as StateName);
    switch (name) {
      case 'token':
        return { fill: theme.token, plain: theme.tokenBorder, stroke: theme.tokenBorder, dash: [], radius: 2 };
      case 'lost':
        return { fill: undefined, plain: theme.error, stroke: theme.error, dash: [], radius: 2 };
      case 'pending':
        return {
          fill: this.pattern('hatch', theme.dim, 'transparent'),
          plain: theme.dim,
          stroke: theme.dim,
          dash: [2, 2],
          radius: 2,
        };
      case 'faint':
        return { ...line, fill: theme.grid, plain: theme.grid };
      case 'area':
        return { ...line, fill: theme.token, plain: theme.token };
      case 'edge':
        return { ...line, fill: theme.tokenBorder, plain: theme.tokenBorder };
      case 'queued':
        return { ...this.stateBrush('runnable'), radius: 0 };
      default: {
        const colour =
          theme[
            name as Exclude<StyleName, StateName | 'token' | 'lost' | 'pending' | 'faint' | 'area' | 'edge' | 'queued'>
          ];
        return { ...line, fill: colour, plain: colour };
      }
    }
  }

  /** Solid for running; a pattern for the rest; in high contrast the pattern in the state's colour on nothing. */
  private stateBrush(name: StateName): Brush {
    const { theme } = this;
    const colour = theme.states[name];
    const { pattern } = STATE_STYLES[name];
    const stroke = theme.highContrast ? colour : name === 'sleeping' ? theme.dim : undefined;
    const common = { plain: colour, stroke, dash: [], radius: RADIUS };
    if (pattern === 'solid') return { ...common, fill: colour };
    if (pattern === 'none') return { ...common, fill: theme.highContrast ? theme.background : colour };
    const [ink, ground] = theme.highContrast ? [colour, theme.background] : [theme.pattern, colour];
    return { ...common, fill: this.pattern(pattern, ink, ground) };
  }

  private pattern(kind: Parameters<typeof makePattern>[1], ink: string, ground: string): CanvasPattern | string {
    const made = makePattern(this.context, kind, ink, ground, this.ratio);
    if (!made) return ground;
    this.patterns.push(made);
    return made.fill;
  }
}
