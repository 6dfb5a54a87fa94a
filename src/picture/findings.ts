/** This file draws findings over the lanes: the zig-zag between two racing accesses, and the numbered arrows of a deadlock. Red is never a fill of a state. */
import type { FindingMark } from '../timeline/model';
import { holderBox } from './boxes';
import { drawDiamond } from './glyphs';
import {
  accessLabel,
  base,
  bottom,
  laneOfGoroutine,
  laneOfObject,
  middle,
  top,
  x,
  xOfRow,
  type Mark,
  type Scene,
} from './scene';
import type { Surface, TextStyle } from './surface';

type WaitEdge = FindingMark['cycle'][number];

const LABEL: TextStyle = { size: 11, bold: true, halo: true };
/** Half the width of the zig-zag, and how many corners it has per px of its length. */
const ZIG = 5;
const PX_PER_CORNER = 6;
/** Least px between two arrows of a cycle. */
const ELBOW_GAP = 16;

/** The two accesses of a race that nothing orders; undefined where the trace does not show both. */
export function racingRows(finding: FindingMark): readonly [number, number] | undefined {
  const one = finding.sites.find(({ role }) => role === 'previous-access')?.row ?? -1;
  const other = finding.sites.find(({ role }) => role === 'access')?.row ?? -1;
  return one >= 0 && other >= 0 ? [one, other] : undefined;
}

/** Zig-zags between racing accesses, then diamonds with what was read and written. */
export function drawRaces(scene: Scene, surface: Surface, marks: readonly Mark[]): void {
  const { findings } = scene;
  const chosen = findings[scene.finding];
  for (const finding of findings) {
    const rows = finding.kind === 'data-race' ? racingRows(finding) : undefined;
    if (rows) drawZigZag(scene, surface, rows, finding === chosen || findings.length === 1);
  }
  const labelled = chosen?.kind === 'data-race' ? chosen : findings.find(({ kind }) => kind === 'data-race');
  const all = [...marks, ...valueMarks(scene, labelled, marks)].sort((a, b) => a.y - b.y || a.x - b.x);
  for (const mark of all) drawDiamond(surface, mark.x, mark.y);
  drawAccessLabels(scene, surface, all, labelled);
}

/** The other accesses of the finding's story, where they are in sight. */
function valueMarks(scene: Scene, finding: FindingMark | undefined, marks: readonly Mark[]): Mark[] {
  return (finding?.values ?? []).flatMap(({ row, g }) => {
    const lane = row >= 0 ? laneOfGoroutine(scene, g) : undefined;
    if (!lane || marks.some((mark) => mark.row === row)) return [];
    const at = xOfRow(scene, row);
    return at < -8 || at > scene.width + 8 ? [] : [{ row, x: at, y: middle(scene, lane) }];
  });
}

/** Labels above the diamonds; where two stand close, one goes left and one right. */
function drawAccessLabels(
  scene: Scene,
  surface: Surface,
  marks: readonly Mark[],
  finding: FindingMark | undefined,
): void {
  for (const [i, mark] of marks.entries()) {
    const text = accessLabel(scene.timeline, finding, mark.row);
    if (!text) continue;
    const near = (other: Mark | undefined): boolean => other?.y === mark.y && Math.abs(other.x - mark.x) < 44;
    const [left, right] = [near(marks[i - 1]), near(marks[i + 1])];
    if (left && right) continue;
    const align = right ? 'right' : left ? 'left' : 'center';
    const at = mark.x + (right ? 3 : left ? 5 : 0);
    surface.drawText(text, at, mark.y - (scene.tall ? 20 : 16), { ...LABEL, align });
  }
}

function drawZigZag(scene: Scene, surface: Surface, rows: readonly [number, number], strong: boolean): void {
  const ends = rows.map((row) => {
    const lane = laneOfGoroutine(scene, scene.timeline.goroutineOf(row));
    return lane && { x: xOfRow(scene, row), y: middle(scene, lane) };
  });
  const [a, b] = ends;
  if (!a || !b) return;
  const [upper, lower] = a.y <= b.y ? [a, b] : [b, a];
  const from = { x: upper.x, y: upper.y + 6 };
  const to = { x: lower.x, y: lower.y - 6 };
  surface.drawPath(zigZag(from, to), {
    stroke: 'error',
    width: 2,
    halo: strong ? 6 : 4,
    alpha: strong ? 1 : 0.6,
  });
}

/** A headless line of corners between two points: it says "no order", so it must not look like an arrow. */
export function zigZag(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  const corners = Math.max(3, Math.round(length / PX_PER_CORNER));
  const [nx, ny] = length > 0 ? [-dy / length, dx / length] : [1, 0];
  let path = `M${from.x.toFixed(1)} ${from.y.toFixed(1)}`;
  for (let i = 1; i < corners; i++) {
    const side = (i % 2 ? 1 : -1) * ZIG;
    const share = i / corners;
    path += `L${(from.x + dx * share + nx * side).toFixed(1)} ${(from.y + dy * share + ny * side).toFixed(1)}`;
  }
  return `${path}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
}

/** The cycle of a deadlock: numbered arrows between waiting goroutines and held locks, right of the end of the run. */
export function drawCycle(scene: Scene, surface: Surface, finding: FindingMark): void {
  const { cycle } = finding;
  const start = Math.max(x(scene, scene.timeline.end(scene.axis)) + 12, 12);
  const gap = Math.max(ELBOW_GAP, (scene.width - start - 12) / Math.max(1, cycle.length));
  const from = start + gap / 2;
  cycle.forEach((edge, i) => {
    const at = Math.min(from + i * gap, scene.width - 14 - (cycle.length - 1 - i) * Math.min(gap, ELBOW_GAP));
    drawElbow(scene, surface, edge, at);
  });
}

function drawElbow(scene: Scene, surface: Surface, edge: WaitEdge, at: number): void {
  const goroutine = laneOfGoroutine(scene, edge.g);
  const object = laneOfObject(scene, edge.object);
  if (!goroutine || !object) return;
  const holder = holderBox(scene.tall);
  const inner = top(scene, object) + holder.y;
  const below = object.y > goroutine.y;
  const lane = below ? base(scene, goroutine) + 1 : base(scene, goroutine) - 14;
  const box = below ? inner : inner + holder.height;
  const [y1, y2] = edge.kind === 'waits for' ? [lane, box] : [box, lane];
  const d = Math.sign(y2 - y1);
  surface.line(at, y1, at, y2 - d * 6, { stroke: 'error', width: 2, halo: 6 });
  surface.drawPath(`M${at - 5} ${y2 - d * 8}L${at} ${y2}L${at + 5} ${y2 - d * 8}Z`, { fill: 'error' });
  const y = lane + (below ? 1 : -1) * (scene.tall ? 38 : 26) + (edge.number % 2 ? 0 : (below ? 1 : -1) * 22);
  const safe = Math.min(Math.max(y, Math.min(y1, y2) + 11), Math.max(y1, y2) - 13);
  drawNumber(surface, at, safe, edge.number);
}

/** A number in a red ring: the same in lanes, ring, table and editor. */
function drawNumber(surface: Surface, px: number, y: number, number: number): void {
  surface.circle(px, y, 9, { fill: 'background', stroke: 'error', width: 2 });
  surface.drawText(String(number), px, y + 4, { size: 12, bold: true, align: 'center' });
}

/** The moment from which nothing can run. */
export function drawEnd(scene: Scene, surface: Surface, deadlocked: boolean): void {
  const { timeline, axis } = scene;
  const end = x(scene, timeline.end(axis));
  if (end > scene.width || timeline.domain(axis).end <= timeline.end(axis)) return;
  const stroke = deadlocked ? 'error' : 'dim';
  surface.line(end, 0, end, bottom(scene), {
    stroke,
    width: 1.5,
    dash: [4, 3],
  });
}
