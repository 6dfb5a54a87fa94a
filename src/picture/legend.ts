/** This file makes the legend, which is the statistics: each state with its share of what is in sight. */
import { STATES } from '../timeline/model';
import { STATE_STYLES } from './states';
import { RectBatch } from './rects';
import type { Surface, TextStyle } from './surface';

/** Rounds shares to whole percent so that they add up to 100 (largest remainders); all 0 where the sum is 0. */
export function wholePercent(parts: readonly number[]): readonly number[] {
  const sum = parts.reduce((total, part) => total + part, 0);
  if (sum <= 0) return parts.map(() => 0);
  const exact = parts.map((part) => (part * 100) / sum);
  const floors = exact.map(Math.floor);
  const rest = 100 - floors.reduce((total, part) => total + part, 0);
  const order = exact.map((value, i) => [value - floors[i]!, i] as const).sort((a, b) => b[0] - a[0]);
  for (const [, i] of order.slice(0, rest)) floors[i]!++;
  return floors;
}

/** Px of a sample, left of and between the parts of an item, between items, and of the air at both ends. */
export const SWATCH = { width: 22, height: 14 };
const GAP = 6;
const BETWEEN = 14;
const PADDING = 12;
const WORD: TextStyle = { size: 12 };
const SHARE: TextStyle = { size: 12, bold: true };

const batch = new RectBatch();

/** Draws the states with their shares in percent, by the model's order; those that do not occur stand last, and go where there is no room. */
export function drawLegend(surface: Surface, percent: readonly number[]): void {
  const states = [...STATES.keys()].sort((a, b) => Number(percent[a] === 0) - Number(percent[b] === 0));
  const middle = surface.height / 2;
  const words: (() => void)[] = [];
  let x = PADDING;
  batch.clear();
  for (const state of states) {
    const { word, height: part } = STATE_STYLES[STATES[state]!];
    const share = `${percent[state] ?? 0} %`;
    const textAt = x + SWATCH.width + GAP;
    const shareAt = textAt + surface.measure(word, WORD) + GAP;
    const end = shareAt + surface.measure(share, SHARE);
    if (end > surface.width - PADDING) break;
    const height = Math.round(SWATCH.height * part);
    batch.push(x, middle + SWATCH.height / 2 - height, SWATCH.width, height, state);
    words.push(() => {
      surface.drawText(word, textAt, middle + 4, WORD);
      surface.drawText(share, shareAt, middle + 4, SHARE);
    });
    x = end + BETWEEN;
  }
  surface.drawRects(batch);
  for (const draw of words) draw();
}
