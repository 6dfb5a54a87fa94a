/** This file draws the overview: one thin line a goroutine, the findings, and the window with its two handles. */
import type { OverviewLine } from '../timeline/model';
import { drawDiamond } from './glyphs';
import { racingRows } from './findings';
import { RectBatch } from './rects';
import type { Scene } from './scene';
import type { Surface } from './surface';

/** Px between two lines; of the window's frame. */
const LINE = 8;
const FRAME = { top: 3.5, height: 37 };
/** Heights of a line by state: the model's order. */
const HEIGHTS = [6, 4, 3, 3, 3, 2, 4];
const NOT_ALIVE = 255;
/** Least px of the window, which has two handles; and from the edge to a finding, which is seen as a whole. */
const LEAST_WINDOW = 8;
const EDGE = 6;
/** Lines that fit. */
export const MAX_LINES = 4;

const batch = new RectBatch();

/** Px of a unit on the overview. */
export function overviewX(scene: Pick<Scene, 'timeline' | 'axis' | 'width'>, unit: number): number {
  const { start, end } = scene.timeline.domain(scene.axis);
  return ((unit - start) / (end - start)) * scene.width;
}

/** Draws the lines, dims what is out of the window, frames the window. */
export function drawOverview(scene: Scene, surface: Surface, lines: readonly OverviewLine[]): void {
  batch.clear();
  const pitch = lines.length > 0 ? Math.min(LINE, 32 / lines.length) : LINE;
  lines.forEach((line, i) => pushLine(line, scene.width, 7 + i * pitch, pitch / LINE));
  surface.drawRects(batch);
  drawWindow(scene, surface);
  for (const finding of scene.findings) {
    const row = finding.kind === 'data-race' ? racingRows(finding)?.[1] : undefined;
    if (row === undefined) continue;
    const at = overviewX(scene, scene.timeline.xOf(row, scene.axis));
    drawDiamond(surface, within(at, EDGE, scene.width - EDGE), 7, 4.5);
  }
}

/** Runs of equal states as rectangles. */
function pushLine({ states }: OverviewLine, width: number, y: number, squeeze: number): void {
  const column = width / states.length;
  let from = 0;
  for (let i = 1; i <= states.length; i++) {
    if (i < states.length && states[i] === states[from]) continue;
    const state = states[from]!;
    if (state !== NOT_ALIVE) {
      const height = Math.max(1, (HEIGHTS[state] ?? 3) * squeeze);
      // Below the width of a pattern, so that each run is one plain colour.
      for (let x = from; x < i; x++)
        batch.push(x * column, y + 6 * squeeze - height, Math.min(column + 0.5, 3.5), height, state);
    }
    from = i;
  }
}

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

function drawWindow(scene: Scene, surface: Surface): void {
  const { view, width } = scene;
  const left = Math.max(0, overviewX(scene, view.from));
  const right = Math.min(width, overviewX(scene, view.to));
  const veil = { fill: 'background', alpha: 0.62 } as const;
  const { top, height } = FRAME;
  surface.drawPath(`M0 ${top}H${left}v${height}H0Z`, veil);
  surface.drawPath(`M${right} ${top}H${width}v${height}H${right}Z`, veil);
  const x1 = within(left + 0.5, 0.5, width - LEAST_WINDOW - 0.5);
  const x2 = Math.max(right - 0.5, x1 + LEAST_WINDOW);
  surface.drawPath(
    `M${x1 + 3} ${top}H${x2 - 3}a3 3 0 0 1 3 3v${height - 6}a3 3 0 0 1 -3 3H${x1 + 3}a3 3 0 0 1 -3 -3v${6 - height}a3 3 0 0 1 3 -3Z`,
    {
      stroke: 'focus',
    },
  );
  for (const at of [x1, x2]) {
    surface.drawPath(`M${at - 2.5} 14h5v16h-5z`, { fill: 'focus' });
  }
}
