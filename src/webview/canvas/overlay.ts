/** This file draws what lies over the lanes: the picture's relations and findings between the marks of caret, focus and pointer. */
import { boxOf } from '../../picture/boxes';
import type { DrawOver } from '../../picture/drawing';
import { rowsBetween, type LaneRow } from '../../picture/layout';
import { barHeight, base, bottom, laneOfGoroutine, middle, top, x, xOfRow } from '../../picture/scene';
import { STATE_STYLES } from '../../picture/states';
import type { Surface } from '../../picture/surface';
import { STATES, type Track } from '../../timeline/model';
import type { PanelScene } from './scene';

/** Px of the mark of an event on the line of the caret. */
const CARET_TICK = 5;

/** Draws everything over the lanes. */
export function drawOverlay(scene: PanelScene, surface: Surface, drawOver: DrawOver): void {
  drawCaretTicks(scene, surface);
  drawCursor(scene, surface);
  drawOver(surface);
  drawFocus(scene, surface);
  drawHover(scene, surface);
}

/** The vertical line at the focus. */
function drawCursor(scene: PanelScene, surface: Surface): void {
  if (scene.focus < 0) return;
  const at = Math.round(xOfRow(scene, scene.focus)) + 0.5;
  surface.line(at, 0, at, bottom(scene), { stroke: 'cursor', alpha: 0.8 });
}

/** The ring around the selected event. */
function drawFocus(scene: PanelScene, surface: Surface): void {
  const { row, g } = scene.state.focus;
  if (row < 0 || scene.preset !== 'goroutines') return;
  const lane = laneOfGoroutine(scene, scene.timeline.goroutineOf(row) || g);
  if (!lane) return;
  surface.circle(xOfRow(scene, row), middle(scene, lane), 11, { stroke: 'focus', width: 2 });
}

/** The outline of the span under the pointer. */
function drawHover(scene: PanelScene, surface: Surface): void {
  const { hover } = scene.state;
  if (!hover?.track || hover.index < 0) return;
  const row = scene.layout.byLane.get(hover.lane.id);
  if (!row) return;
  const bounds = scene.timeline.bounds(hover.track, hover.index, scene.axis);
  const [left, right] = [x(scene, bounds.start), x(scene, bounds.end)];
  const { y, height } = spanBox(scene, row, hover.track, hover.index);
  const path = `M${left - 1} ${y - 1}H${right + 1}V${y + height + 1}H${left - 1}Z`;
  surface.drawPath(path, { stroke: 'focus', width: 1.5 });
}

/** Where a span of a lane is drawn: top and height on the screen. */
function spanBox(scene: PanelScene, row: LaneRow, track: Track, index: number): { y: number; height: number } {
  if (track.role === 'states') {
    const state = STATES[scene.timeline.slice(track, index).code] ?? 'running';
    const height = Math.round(barHeight(scene) * STATE_STYLES[state].height);
    return { y: base(scene, row) - height, height };
  }
  const { y, height } = boxOf(row, track, scene.density) ?? { y: 4, height: row.height - 8 };
  return { y: top(scene, row) + y, height };
}

/** Marks the events of the line that the editor's caret is on: below the bars, above the words for their cores. */
function drawCaretTicks(scene: PanelScene, surface: Surface): void {
  const { caret } = scene.state;
  if (caret.line <= 0 || scene.preset !== 'goroutines') return;
  const { timeline, layout, scrollTop, height } = scene;
  const shown = new Set(rowsBetween(layout, scrollTop, scrollTop + height));
  for (const event of timeline.rowsOfLine(caret.file, caret.line)) {
    const at = xOfRow(scene, event);
    if (at < 0 || at > scene.width) continue;
    const lane = laneOfGoroutine(scene, timeline.goroutineOf(event));
    if (!lane || !shown.has(lane)) continue;
    const y = base(scene, lane);
    surface.line(at, y, at, y + CARET_TICK, { stroke: 'link', width: 2 });
  }
}
