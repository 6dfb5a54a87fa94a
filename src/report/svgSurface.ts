/** This file is the surface that writes what is drawn as elements of SVG. */
import { visible } from '../base/visible';
import { brushesOf, STYLES, type Brush } from '../picture/brushes';
import { SHAPE_OF_GLYPH } from '../picture/glyphs';
import { isHighContrast, paletteOf, type Palette, type Role, type ThemeKind } from '../picture/palette';
import { TILES } from '../picture/patterns';
import { cornerOf, paintingOrder, type RectBatch } from '../picture/rects';
import { HALO_ALPHA, type PathStyle, type Piece, type Surface, type TextStyle } from '../picture/surface';
import { estimatedWidth } from '../picture/textWidth';
import { element, escape, number } from './xml';

/** What all surfaces of one file share. */
export interface Ink {
  readonly palette: Palette;
  /** By code of the style. */
  readonly brushes: readonly Brush[];
}

export function inkOf(kind: ThemeKind): Ink {
  return { palette: paletteOf(kind), brushes: brushesOf(isHighContrast(kind)) };
}

const patternId = (style: number): string => `fill-${STYLES[style]!}`;
const ANCHORS = { left: undefined, center: 'middle', right: 'end' } as const;

/** Definitions of the patterns that brushes refer to. */
export function patternsOf({ palette, brushes }: Ink): string {
  const made = brushes.map(({ fill, pattern }, style) => {
    if (!pattern) return '';
    const { pitch, turn, alpha, path } = TILES[pattern.kind];
    const ground = fill ? element('rect', { width: pitch, height: pitch, fill: palette[fill] }) : '';
    const ink = element('path', {
      d: path,
      fill: palette[pattern.ink],
      'fill-opacity': alpha === 1 ? undefined : alpha,
    });
    const size = { width: pitch, height: pitch, patternUnits: 'userSpaceOnUse' };
    const turned = turn === 0 ? undefined : `rotate(${turn})`;
    return element('pattern', { id: patternId(style), ...size, patternTransform: turned }, ground + ink);
  });
  return made.join('');
}

export class SvgSurface implements Surface {
  private readonly elements: string[] = [];

  constructor(
    readonly width: number,
    readonly height: number,
    private readonly ink: Ink,
  ) {}

  /** What was drawn, an element a line. */
  content(): string {
    return this.elements.join('\n');
  }

  drawRects(batch: RectBatch): void {
    const order = paintingOrder(batch);
    for (let from = 0; from < batch.length;) {
      const first = order[from]!;
      let to = from + 1;
      while (to < batch.length && this.alike(batch, first, order[to]!)) to++;
      this.drawAlike(batch, order.subarray(from, to));
      from = to;
    }
  }

  drawText(text: string, x: number, y: number, { size, bold, ink, align = 'left', halo }: TextStyle): void {
    if (text === '') return;
    const outline = halo && {
      'paint-order': 'stroke',
      stroke: this.colour('background'),
      'stroke-width': 3,
      'stroke-linejoin': 'round',
    };
    const type = { 'font-size': size, 'font-weight': bold ? 600 : undefined, 'text-anchor': ANCHORS[align] };
    this.add('text', { x, y, fill: this.colour(ink ?? 'foreground'), ...type, ...outline }, escape(text));
  }

  drawLine(pieces: readonly Piece[], x: number, y: number, gap: number): void {
    const spans = pieces.map(({ text, style: { size, bold, ink } }, i) => {
      const type = { 'font-size': size, 'font-weight': bold ? 600 : undefined, fill: this.colour(ink ?? 'foreground') };
      return element('tspan', { dx: i === 0 ? undefined : gap, ...type }, escape(text));
    });
    if (spans.length > 0) this.add('text', { x, y }, spans.join(''));
  }

  measure(text: string, { size, bold }: TextStyle): number {
    return estimatedWidth(visible(text), size, bold);
  }

  typeSize({ size }: TextStyle): number {
    return size;
  }

  drawPath(path: string, style: PathStyle): void {
    this.paint('path', { d: rounded(path) }, style);
  }

  circle(cx: number, cy: number, r: number, style: PathStyle): void {
    this.paint('circle', { cx, cy, r }, style);
  }

  line(x1: number, y1: number, x2: number, y2: number, style: PathStyle): void {
    this.paint('line', { x1, y1, x2, y2 }, style);
  }

  drawGlyph(glyph: number, x: number, y: number, ink: Role): void {
    const shape = SHAPE_OF_GLYPH[glyph];
    if (!shape) return;
    const role = shape.ink ?? ink;
    const place = { transform: `translate(${number(x)} ${number(y)})`, d: shape.path };
    this.paint(
      'path',
      place,
      shape.stroke === undefined ? { fill: role } : { ...shape, width: shape.stroke, stroke: role },
    );
  }

  private paint(name: string, shape: Record<string, string | number>, style: PathStyle): void {
    const { stroke, fill, width = 1, dash, alpha = 1, halo = 0 } = style;
    if (halo > 0 && stroke) {
      const ground = { stroke: this.colour('background'), 'stroke-width': halo, opacity: HALO_ALPHA };
      this.add(name, { ...shape, fill: 'none', ...ground, 'stroke-linejoin': 'round' });
    }
    this.add(name, {
      ...shape,
      fill: fill ? this.colour(fill) : 'none',
      ...(stroke && {
        stroke: this.colour(stroke),
        'stroke-width': width === 1 ? undefined : width,
        'stroke-dasharray': dashes(dash),
        'stroke-linejoin': 'round',
      }),
      opacity: alpha === 1 ? undefined : alpha,
    });
  }

  private alike(batch: RectBatch, i: number, k: number): boolean {
    return (
      batch.style[i] === batch.style[k] && batch.alpha[i] === batch.alpha[k] && batch.isNarrow(i) === batch.isNarrow(k)
    );
  }

  /** Rectangles of one brush: narrow ones are one path, wide ones a group. */
  private drawAlike(batch: RectBatch, indices: Uint32Array): void {
    const first = indices[0]!;
    const style = batch.style[first]!;
    const brush = this.ink.brushes[style]!;
    const alpha = batch.alpha[first]!;
    const opacity = alpha === 255 ? undefined : alpha / 255;
    if (batch.isNarrow(first)) {
      const paths = Array.from(indices, (i) => {
        const [x, y, width, height] = [batch.x[i]!, batch.y[i]!, batch.width[i]!, batch.height[i]!].map(number);
        return `M${x!} ${y!}h${width!}v${height!}H${x!}z`;
      });
      this.add('path', { d: paths.join(''), fill: this.colour(brush.plain), opacity });
      return;
    }
    const fill = brush.pattern ? `url(#${patternId(style)})` : brush.fill ? this.colour(brush.fill) : 'none';
    const stroke = brush.stroke && this.colour(brush.stroke);
    const group = { fill, stroke, 'stroke-dasharray': dashes(brush.dash), opacity };
    const inset = brush.stroke ? 0.5 : 0;
    const rects = Array.from(indices, (i) => {
      const [width, height] = [batch.width[i]!, batch.height[i]!];
      const rx = cornerOf(brush.radius, width, height) || undefined;
      const size = { width: width - 2 * inset, height: height - 2 * inset };
      return element('rect', { x: batch.x[i]! + inset, y: batch.y[i]! + inset, ...size, rx });
    });
    this.add('g', group, rects.join(''));
  }

  private colour(role: Role): string {
    return this.ink.palette[role];
  }

  private add(...of: Parameters<typeof element>): void {
    this.elements.push(element(...of));
  }
}

/** Attribute of a dashed line; undefined: solid. */
const dashes = (dash: readonly number[] = []): string | undefined => (dash.length > 0 ? dash.join(' ') : undefined);

/** A path whose numbers have two decimals. */
function rounded(path: string): string {
  return path.replace(/-?\d+\.\d{3,}(?:e-?\d+)?|-?\d+e-?\d+/g, (digits) => number(Number(digits)));
}
