/** This file draws what the selected event knows: the tint of its past and future with their frontiers, and the arrows of its causes and effects. */
import type { Cones, Link } from '../timeline/model';
import { Style } from './brushes';
import { rowsBetween, type LaneRow } from './layout';
import type { Over } from './over';
import { barHeight, base, laneOfGoroutine, middle, top, x, xOfRow, type Scene } from './scene';
import { RectBatch } from './rects';
import type { PathStyle, Surface, TextStyle } from './surface';

const LABEL: TextStyle = { size: 11, bold: true, halo: true };
const FRONTIER = 1.5;
/** Px left and right of an arrow, and around its head, that words leave free. */
const ARROW = 2.5;
const HEAD = 5;
/** Px that words may stand away from what they tell of. */
const BESIDE = 30;
/** Px that letters take below their base line. */
const BELOW_LINE = 3;
/** Straight parts that stand for the course of an arrow. */
const CURVE = 12;
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
export function drawFrontiers({ scene, later }: Over, edges: readonly ConeEdges[]): void {
  const style = { stroke: 'foreground', width: FRONTIER, alpha: 0.75 } as const;
  for (const { row, past, future, own } of edges) {
    if (own) continue;
    const y = top(scene, row);
    later.push((surface) => {
      if (past !== undefined) surface.line(past, y, past, y + row.height, style);
      if (future !== undefined) surface.line(future, y, future, y + row.height, { ...style, dash: [2, 3] });
    });
  }
}

/** How an arrow is drawn: effects are dashed, those that nobody asked for one by one are faint. */
interface Look {
  readonly dashed: boolean;
  readonly faint: boolean;
}

/** Draws arrows. */
export function drawLinks(over: Over, links: readonly Link[], look: Look): void {
  const { scene } = over;
  for (const link of links) {
    const [from, to] = [laneOfGoroutine(scene, link.from), laneOfGoroutine(scene, link.to)];
    if (!from || !to || from === to) continue;
    const down = to.y > from.y;
    const x1 = xOfRow(scene, link.fromRow);
    const x2 = xOfRow(scene, link.toRow);
    if (Math.max(x1, x2) < 0 || Math.min(x1, x2) > scene.width) continue;
    const y1 = down ? base(scene, from) - 4 : base(scene, from) - barHeight(scene) + 2;
    const y2 = down ? base(scene, to) - barHeight(scene) - 3 : base(scene, to) + 4;
    // Where there is little room below the bars the words stand on the foot of one.
    const line = Math.min(y2 + 3, top(scene, to) + to.height - BELOW_LINE);
    drawArrow(over, { x1, y1, x2, y2, line }, link, look);
  }
}

interface Ends {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** Base line of the words at the head. */
  readonly line: number;
}

/** Words keep off an arrow unless it is one of many. */
function drawArrow({ labels, later, scene }: Over, ends: Ends, link: Link, { dashed, faint }: Look): void {
  const { x1, y1, x2, y2, line } = ends;
  const bend = Math.sign(y2 - y1) * Math.max(10, Math.abs(y2 - y1) * 0.45);
  const path = `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
  const alpha = faint ? 0.25 : 1;
  const dash = link.kind === 'wake' || link.kind === 'steal' ? [1.5, 3] : dashed ? [5, 3] : [];
  later.push((surface) => {
    surface.drawPath(path, { stroke: 'foreground', width: 1.5, halo: faint ? 0 : 4.5, dash, alpha });
    drawHead(surface, link.kind, x2, y2, y2 > y1, alpha);
  });
  if (faint) return;
  labels.blockLine(curve(ends, bend), ARROW);
  labels.block(x2 - HEAD, y2 - HEAD, x2 + HEAD, y2 + HEAD);
  const room = { y: line, from: 0, to: scene.width, slide: BESIDE };
  labels.offer({
    priority: 'selected',
    texts: [link.label],
    spots: [
      { ...room, align: 'right', x: x2 - 8 },
      { ...room, align: 'left', x: x2 + 8 },
    ],
    style: LABEL,
    rank: link.toRow,
    over: true,
  });
}

/** Points on the course of an arrow. */
function curve({ x1, y1, x2, y2 }: Ends, bend: number): { x: number; y: number }[] {
  return Array.from({ length: CURVE + 1 }, (_, i) => {
    const t = i / CURVE;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    return { x: (a + b) * x1 + (c + d) * x2, y: a * y1 + b * (y1 + bend) + c * (y2 - bend) + d * y2 };
  });
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

/** Left of the words beside the ring of {@link drawLastCommon}, and radius of the ring. */
const WORDS_AT = 9;
const RING = 8;

/** The ring around the last step that both racing goroutines of the explained finding know, and its name. */
export function drawLastCommon({ scene, labels, later }: Over): void {
  const { findings, finding, timeline, narrow } = scene;
  const row = findings[finding]?.sites.find(({ role }) => role === 'last-common')?.row ?? -1;
  const lane = row < 0 ? undefined : laneOfGoroutine(scene, timeline.goroutineOf(row));
  if (!lane) return;
  const [px, y, line] = [xOfRow(scene, row), middle(scene, lane), top(scene, lane) + 13];
  if (px < -RING || px > scene.width + RING) return;
  const style = { stroke: 'foreground' } as const;
  later.push((surface) => surface.circle(px, y, RING, { ...style, width: 1.5 }));
  labels.block(px - RING, y - RING, px + RING, y + RING);
  if (narrow) return;
  const event = timeline.describeEvent(row);
  const room = { y: line, from: 0, to: scene.width, slide: BESIDE };
  labels.offer({
    priority: 'finding',
    texts: [`last step both know: ${event}, step ${timeline.trace.columns.step[row]!}`, 'last step both know'],
    spots: [
      { ...room, align: 'left', x: px + WORDS_AT },
      { ...room, align: 'right', x: px - WORDS_AT },
    ],
    style: { size: 11, halo: true },
    ground: (surface, { left, right }) =>
      surface.drawPath(`M${px} ${y - RING}V${line - 3}H${left > px ? left - 3 : right + 3}`, style),
    over: true,
  });
}
