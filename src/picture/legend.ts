/** This file makes the legend, which is the statistics: each state with its share of what is in sight. */
import { STATES } from '../timeline/model';
import { STATE_STYLES } from './states';
import { Style } from './brushes';
import { LEGEND_HEIGHT } from './layout';
import { RectBatch } from './rects';
import type { Piece, Surface, TextStyle } from './surface';

/** Px of a sample, left of and between the parts of an item, between items, and of the air at both ends. */
export const SWATCH = { width: 22, height: 14 };
const GAP = 6;
const BETWEEN = 14;
const PADDING = 12;
const WORD: TextStyle = { size: 12 };
const SHARE: TextStyle = { size: 12, bold: true };

/** Px from line to line of a legend that needs several. */
const LINE = 20;

interface Item {
  readonly state: number;
  readonly x: number;
  readonly line: number;
  readonly pieces: readonly Piece[];
}

export interface Legend {
  readonly items: readonly Item[];
  readonly height: number;
}

/** Places the states that occur, by the model's order, in as many lines as they need; then those that do not, as long as there is room. */
export function layOutLegend(surface: Surface, percent: readonly number[]): Legend {
  const codes = [...STATES.keys()].filter((code) => STATES[code] !== 'unrecorded' || percent[code]! > 0);
  const order = [...codes.filter((code) => percent[code]! > 0), ...codes.filter((code) => !(percent[code]! > 0))];
  const items: Item[] = [];
  let [x, line] = [PADDING, 0];
  for (const state of order) {
    const pieces = [
      { text: STATE_STYLES[STATES[state]!].word, style: WORD },
      { text: `${percent[state] ?? 0} %`, style: SHARE },
    ];
    const words = pieces.reduce((sum, { text, style }) => sum + GAP + surface.measure(text, style), 0);
    const end = x + SWATCH.width + words;
    if (end > surface.width - PADDING && x > PADDING) {
      if (!(percent[state]! > 0)) break;
      [x, line] = [PADDING, line + 1];
    }
    items.push({ state, x, line, pieces });
    x += SWATCH.width + words + BETWEEN;
  }
  return { items, height: LEGEND_HEIGHT + line * LINE };
}

const batch = new RectBatch();

export function drawLegend(surface: Surface, { items }: Legend): void {
  batch.clear();
  batch.push(0, 0, surface.width, 1, Style.line);
  const foot = (line: number): number => LEGEND_HEIGHT / 2 + line * LINE + SWATCH.height / 2;
  for (const { state, x, line } of items) {
    const height = Math.round(SWATCH.height * STATE_STYLES[STATES[state]!].height);
    batch.push(x, foot(line) - height, SWATCH.width, height, state);
  }
  surface.drawRects(batch);
  for (const { x, line, pieces } of items) surface.drawLine(pieces, x + SWATCH.width + GAP, foot(line) - 3, GAP);
}
