/** This file draws what the selected event knows: the tint of its past and future with their frontiers, and the arrows of its causes and effects. */
import type { Cones, Link } from '../timeline/model';
import { Style } from './brushes';
import { rowsBetween, type LaneRow } from './layout';
import type { Stretch } from './lanePicture';
import { barHeight, base, laneOfGoroutine, middle, top, x, xOfRow, type Scene } from './scene';
import { RectBatch } from './rects';
import type { PathStyle, Surface, TextStyle } from './surface';

const LABEL: TextStyle = { size: 11, bold: true, halo: true };
const FRONTIER = 1.5;
const batch = new RectBatch();

/** Past and future of the focus on one lane, in px; undefined where there is none in sight. */
export interface ConeEdges {
  readonly row: LaneRow;
  readonly past: number | undefined;
  readonly future: number | undefined;
  /** The lane of the event itself: no frontier there. */
  readonly own: boolean;
}

/** Whether causes and effects of the focus are drawn: not over a deadlock's arrows, which say what matters there. */
export function showsCauses({ preset, findings, finding }: Scene): boolean {
  return preset === 'goroutines' && (findings[finding]?.cycle.length ?? 0) === 0;
}

/** Where the tint ends on each goroutine lane. */
export function coneEdges(scene: Scene, cones: Cones): ConeEdges[] {
  const { timeline, axis, layout, scrollTop, height } = scene;
  const shown = new Set(rowsBetween(layout, scrollTop, scrollTop + height));
  const edges: ConeEdges[] = [];
  for (const cone of cones.goroutines) {
    const row = layout.byLane.get(`g${cone.goroutine}`);
    if (!row || !shown.has(row)) continue;
    const own = timeline.goroutineOf(cones.row) === cone.goroutine;
    const here = xOfRow(scene, cones.row);
    const past = own ? here : cone.lastBefore >= 0 ? x(scene, timeline.edgeOf(cone.lastBefore, axis)) : undefined;
    const future = own ? here : cone.firstAfter >= 0 ? xBefore(scene, cone.firstAfter) : undefined;
    edges.push({ row, past, future, own });
  }
  return edges;
}

/** Left edge of the column of a row. */
function xBefore(scene: Scene, row: number): number {
  const at = scene.timeline.xOf(row, scene.axis);
  return x(scene, scene.axis === 'step' ? at - 0.5 : at);
}

/** The tint under the bars. */
export function drawTint(scene: Scene, surface: Surface, edges: readonly ConeEdges[]): void {
  batch.clear();
  for (const { row, past, future } of edges) {
    const y = top(scene, row);
    if (past !== undefined && past > 0) batch.push(0, y, Math.min(past, scene.width), row.height, Style.tint);
    if (future !== undefined && future < scene.width) {
      const left = Math.max(future, 0);
      batch.push(left, y, scene.width - left, row.height, Style.tint);
    }
  }
  surface.drawRects(batch);
}

/** Solid: before here it happened before. Dotted: from here it happens after. */
export function drawFrontiers(scene: Scene, surface: Surface, edges: readonly ConeEdges[]): void {
  const style = { stroke: 'foreground', width: FRONTIER, alpha: 0.75 } as const;
  for (const { row, past, future, own } of edges) {
    if (own) continue;
    const y = top(scene, row);
    if (past !== undefined) surface.line(past, y, past, y + row.height, style);
    if (future !== undefined) surface.line(future, y, future, y + row.height, { ...style, dash: [2, 3] });
  }
}

/** Draws arrows; effects are dashed. */
export function drawLinks(
  scene: Scene,
  surface: Surface,
  links: readonly Link[],
  { dashed, faint }: { readonly dashed: boolean; readonly faint: boolean },
): void {
  for (const link of links) {
    const [from, to] = [laneOfGoroutine(scene, link.from), laneOfGoroutine(scene, link.to)];
    if (!from || !to || from === to) continue;
    const down = to.y > from.y;
    const x1 = xOfRow(scene, link.fromRow);
    const x2 = xOfRow(scene, link.toRow);
    if (Math.max(x1, x2) < 0 || Math.min(x1, x2) > scene.width) continue;
    const y1 = down ? base(scene, from) - 4 : base(scene, from) - barHeight(scene) + 2;
    const y2 = down ? base(scene, to) - barHeight(scene) - 3 : base(scene, to) + 4;
    drawArrow(surface, { x1, y1, x2, y2 }, link, { dashed, faint });
  }
}

interface Ends {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

function drawArrow(
  surface: Surface,
  { x1, y1, x2, y2 }: Ends,
  link: Link,
  { dashed, faint }: { readonly dashed: boolean; readonly faint: boolean },
): void {
  const bend = Math.sign(y2 - y1) * Math.max(10, Math.abs(y2 - y1) * 0.45);
  const path = `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
  const alpha = faint ? 0.25 : 1;
  const dash = link.kind === 'wake' || link.kind === 'steal' ? [1.5, 3] : dashed ? [5, 3] : [];
  surface.drawPath(path, { stroke: 'foreground', width: 1.5, halo: faint ? 0 : 4.5, dash, alpha });
  drawHead(surface, link.kind, x2, y2, y2 > y1, alpha);
  if (!faint && link.label) surface.drawText(link.label, x2 - 8, y2 + 3, { ...LABEL, align: 'right' });
}

/** The head says what kind of order it is: value ●, lock ■, spawn ▷, group ◇. */
function drawHead(surface: Surface, kind: Link['kind'], x: number, y: number, down: boolean, alpha: number): void {
  const d = down ? 1 : -1;
  const style: PathStyle = { fill: 'foreground', alpha };
  if (kind === 'value' || kind === 'close') surface.circle(x, y, 3.5, style);
  else if (kind === 'lock' || kind === 'atomic') surface.drawPath(`M${x - 3.5} ${y - 3.5}h7v7h-7z`, style);
  else if (kind === 'waitgroup' || kind === 'cond' || kind === 'once')
    surface.drawPath(`M${x} ${y - 4.5}l4.5 4.500-4.500 4.500-4.500-4.500z`, style);
  else surface.drawPath(`M${x - 4.5} ${y - 5 * d}H${x + 4.5}L${x} ${y + 3 * d}Z`, style);
}

/** Left of the words beside the ring of {@link drawLastCommon}. */
const WORDS_AT = 9;

/** The last step that both racing goroutines of the explained finding know, with its name; undefined where it is not shown. */
export function lastCommon(scene: Scene): { readonly row: number; readonly words: string } | undefined {
  const { findings, finding, timeline } = scene;
  const site = findings[finding]?.sites.find(({ role }) => role === 'last-common');
  if (!site || site.row < 0 || scene.preset !== 'goroutines') return undefined;
  const step = timeline.trace.columns.step[site.row]!;
  const words = scene.narrow ? '' : `last step both know: ${timeline.describeEvent(site.row)}, step ${step}`;
  return { row: site.row, words };
}

/** Px along its lane that the name of the last common step takes. */
export function lastCommonRoom(scene: Scene, surface: Surface): Stretch | undefined {
  const common = lastCommon(scene);
  const lane = common?.words ? laneOfGoroutine(scene, scene.timeline.goroutineOf(common.row)) : undefined;
  if (!common || !lane) return undefined;
  const left = xOfRow(scene, common.row) + WORDS_AT;
  return { lane: lane.lane.id, left, right: left + surface.measure(common.words, { size: 11 }) };
}

/** The ring around the last step that both racing goroutines know, and its name. */
export function drawLastCommon(scene: Scene, surface: Surface, row: number, words: string): void {
  const lane = laneOfGoroutine(scene, scene.timeline.goroutineOf(row));
  if (!lane) return;
  const [px, y, ceiling] = [xOfRow(scene, row), middle(scene, lane), top(scene, lane) + 13];
  if (px < -8 || px > scene.width + 8) return;
  const style = { stroke: 'foreground' } as const;
  surface.circle(px, y, 8, { ...style, width: 1.5 });
  if (!words) return;
  surface.drawPath(`M${px} ${y - 8}V${ceiling - 3}h6`, style);
  surface.drawText(words, px + WORDS_AT, ceiling, { size: 11, halo: true });
}
