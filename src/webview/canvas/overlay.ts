/** This file draws what lies over the lanes and changes with the focus and the pointer. */
import { conesOf, linksOf } from '../derive';
import { rowsBetween } from '../layout';
import { coneEdges, drawFrontiers, drawLastCommon, drawLinks, lastCommon, showsCauses } from './causes';
import { drawCycle, drawEnd, drawRaces } from './findings';
import { drawHandovers } from './handovers';
import { baseBox } from './hit';
import { isDeadlock, laneOfGoroutine, middle, x, xOfRow, type Mark, type Scene } from './scene';
import { count } from '../words';
import type { Surface } from './surface';

/** Most arrows drawn at once. */
const MAX_ARROWS = 200;

/** Draws everything over the lanes. */
export function drawOverlay(scene: Scene, surface: Surface, marks: readonly Mark[]): void {
  const { state, run } = scene;
  const finding = run.findings[state.finding];
  const cones = showsCauses(scene) ? conesOf(state) : undefined;
  const deadlock = run.findings.find(isDeadlock);
  drawEnd(scene, surface, deadlock !== undefined);
  drawCaretTicks(scene, surface);
  if (cones) drawFrontiers(scene, surface, coneEdges(scene, cones));
  drawCursor(scene, surface);
  if (showsCauses(scene)) drawArrows(scene, surface);
  if (state.preset === 'cores') drawHandovers(scene, surface);
  const common = lastCommon(scene);
  if (common) drawLastCommon(scene, surface, common.row, common.words);
  if (state.preset === 'goroutines') drawRaces(scene, surface, marks);
  if (deadlock && deadlock.cycle.length > 0 && state.preset === 'goroutines') {
    drawCycle(scene, surface, isDeadlock(finding ?? deadlock) ? (finding ?? deadlock) : deadlock);
  }
  drawFocus(scene, surface);
  drawHover(scene, surface);
}

function drawArrows(scene: Scene, surface: Surface): void {
  const { state, timeline, axis, view } = scene;
  if (state.allArrows) {
    const first = Math.max(0, timeline.rowAt(axis, view.from));
    const { links, total } = timeline.linksBetween(first, timeline.rowAt(axis, view.to), MAX_ARROWS);
    if (total > links.length) drawCount(scene, surface, `${count(links.length)} of ${count(total)} arrows shown`);
    drawLinks(scene, surface, links, { dashed: false, faint: true });
  }
  const { incoming, outgoing } = linksOf(state);
  drawLinks(scene, surface, incoming, { dashed: false, faint: false });
  drawLinks(scene, surface, outgoing, { dashed: true, faint: false });
}

/** How many of the arrows are drawn, where not all are. */
function drawCount(scene: Scene, surface: Surface, words: string): void {
  surface.drawText(words, scene.width - 4, scene.height - 8, { size: 11, align: 'right', halo: true });
}

/** The vertical line at the focus. */
function drawCursor(scene: Scene, surface: Surface): void {
  const { row } = scene.state.focus;
  if (row < 0) return;
  const at = Math.round(xOfRow(scene, row)) + 0.5;
  const bottom = Math.min(scene.height, scene.layout.height - scene.scrollTop);
  surface.line(at, 0, at, bottom, { stroke: scene.theme.cursor, alpha: 0.8 });
}

/** The ring around the selected event. */
function drawFocus(scene: Scene, surface: Surface): void {
  const { row, g } = scene.state.focus;
  if (row < 0 || scene.state.preset !== 'goroutines') return;
  const lane = laneOfGoroutine(scene, scene.timeline.goroutineOf(row) || g);
  if (!lane) return;
  surface.circle(xOfRow(scene, row), middle(scene, lane), 11, { stroke: scene.theme.focus, width: 2 });
}

/** The outline of the span under the pointer. */
function drawHover(scene: Scene, surface: Surface): void {
  const { hover } = scene.state;
  if (!hover?.track || hover.index < 0) return;
  const row = scene.layout.byLane.get(hover.lane.id);
  if (!row) return;
  const bounds = scene.timeline.bounds(hover.track, hover.index, scene.axis);
  const [left, right] = [x(scene, bounds.start), x(scene, bounds.end)];
  const box = baseBox(scene, row, hover.track, hover.index);
  const path = `M${left - 1} ${box.y - 1}H${right + 1}V${box.y + box.height + 1}H${left - 1}Z`;
  surface.drawPath(path, { stroke: scene.theme.focus, width: 1.5 });
}

/** Marks the events of the line that the editor's caret is on. */
function drawCaretTicks(scene: Scene, surface: Surface): void {
  const { caret } = scene.state;
  if (caret.line <= 0 || scene.state.preset !== 'goroutines') return;
  const { timeline, layout, scrollTop, height } = scene;
  const shown = new Set(rowsBetween(layout, scrollTop, scrollTop + height));
  for (const event of timeline.rowsOfLine(caret.file, caret.line)) {
    const at = xOfRow(scene, event);
    if (at < 0 || at > scene.width) continue;
    const lane = laneOfGoroutine(scene, timeline.goroutineOf(event));
    if (!lane || !shown.has(lane)) continue;
    const y = lane.y - scrollTop + lane.height - 1;
    surface.line(at, y - 5, at, y, { stroke: scene.theme.link, width: 2 });
  }
}
