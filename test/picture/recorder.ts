/** This file is a surface that writes down what it is asked to draw, one line a verb: what golden files hold and surfaces are compared by. */
import { STYLES } from '../../src/picture/brushes';
import type { Role } from '../../src/picture/palette';
import { paintingOrder, type RectBatch } from '../../src/picture/rects';
import type { PathStyle, Piece, Surface, TextStyle } from '../../src/picture/surface';
import { estimatedWidth } from '../../src/picture/textWidth';
import { GLYPHS } from '../../src/timeline/glyphs';

const short = (value: number): string => String(Math.round(value * 10) / 10 + 0);
const all = (...values: number[]): string => values.map(short).join(' ');
const written = (style: object): string =>
  Object.entries(style)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}=${String(value)}`)
    .join('');

export class Recorder implements Surface {
  readonly verbs: string[] = [];
  readonly texts: { text: string; x: number; y: number; width: number; style: TextStyle }[] = [];
  readonly glyphs: { x: number; y: number; ink: Role }[] = [];

  constructor(
    readonly width: number,
    readonly height: number,
  ) {}

  drawRects(batch: RectBatch): void {
    for (const i of paintingOrder(batch).subarray(0, batch.length)) {
      const box = all(batch.x[i]!, batch.y[i]!, batch.width[i]!, batch.height[i]!);
      const faded = batch.alpha[i] === 255 ? '' : ` alpha=${short(batch.alpha[i]! / 255)}`;
      this.verbs.push(`rect ${STYLES[batch.style[i]!]!} ${box}${faded}`);
    }
  }

  drawText(text: string, x: number, y: number, style: TextStyle): void {
    this.texts.push({ text, x, y, width: this.measure(text, style), style });
    this.verbs.push(`text ${all(x, y)} '${text}'${written(style)}`);
  }

  drawLine(pieces: readonly Piece[], x: number, y: number, gap: number): void {
    const said = pieces.map(({ text, style }) => `'${text}'${written(style)}`).join(' + ');
    this.verbs.push(`line of text ${all(x, y)} gap ${gap}: ${said}`);
  }

  measure(text: string, { size, bold }: TextStyle): number {
    return estimatedWidth(text, size, bold);
  }

  typeSize({ size }: TextStyle): number {
    return size;
  }

  drawPath(path: string, style: PathStyle): void {
    const rounded = path.replace(/-?\d+\.\d+/g, (digits) => short(Number(digits)));
    this.verbs.push(`path ${rounded}${written(style)}`);
  }

  circle(x: number, y: number, radius: number, style: PathStyle): void {
    this.verbs.push(`circle ${all(x, y, radius)}${written(style)}`);
  }

  line(x1: number, y1: number, x2: number, y2: number, style: PathStyle): void {
    this.verbs.push(`line ${all(x1, y1, x2, y2)}${written(style)}`);
  }

  drawGlyph(glyph: number, x: number, y: number, ink: Role): void {
    this.glyphs.push({ x, y, ink });
    this.verbs.push(`glyph ${GLYPHS[glyph]!} ${all(x, y)} ${ink}`);
  }
}
