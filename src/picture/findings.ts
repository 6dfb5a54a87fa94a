/** This file draws findings over the lanes: the zig-zag between two racing accesses, and where nothing can run any more. Red is never a fill of a state. */
import type { FindingMark } from '../timeline/model';
import { drawDiamond } from './glyphs';
import type { Over } from './over';
import { accessLabel, barHeight, bottom, laneOfGoroutine, middle, x, xOfRow, type Mark, type Scene } from './scene';
import type { TextStyle } from './surface';

const LABEL: TextStyle = { size: 11, bold: true, halo: true };
/** Half the width of the zig-zag, and how many corners it has per px of its length. */
const ZIG = 5;
const PX_PER_CORNER = 6;
/** Half of a diamond, and px that words may stand away from it. */
const DIAMOND = 8;
const BESIDE = 24;
/** From the foot of a bar to the base line of words below it. */
const UNDER = 13;

/** The two accesses of a race that nothing orders; undefined where the trace does not show both. */
export function racingRows(finding: FindingMark): readonly [number, number] | undefined {
  const one = finding.sites.find(({ role }) => role === 'previous-access')?.row ?? -1;
  const other = finding.sites.find(({ role }) => role === 'access')?.row ?? -1;
  return one >= 0 && other >= 0 ? [one, other] : undefined;
}

/** Zig-zags between racing accesses, then diamonds with what was read and written. */
export function drawRaces(over: Over, marks: readonly Mark[]): void {
  const { scene, labels, later } = over;
  const { findings } = scene;
  const chosen = findings[scene.finding];
  for (const finding of findings) {
    const rows = finding.kind === 'data-race' ? racingRows(finding) : undefined;
    if (rows) drawZigZag(over, rows, finding === chosen || findings.length === 1);
  }
  const labelled = chosen?.kind === 'data-race' ? chosen : findings.find(({ kind }) => kind === 'data-race');
  const all = [...marks, ...valueMarks(scene, labelled, marks)].sort((a, b) => a.y - b.y || a.x - b.x);
  for (const { x, y } of all) {
    labels.block(x - DIAMOND, y - DIAMOND, x + DIAMOND, y + DIAMOND);
    later.push((surface) => drawDiamond(surface, x, y));
  }
  offerAccesses(over, all, labelled);
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

/** What was read and written, above or beside its diamond, and nearer to it than to the next. */
function offerAccesses({ scene, labels }: Over, marks: readonly Mark[], finding: FindingMark | undefined): void {
  const racing = finding && racingRows(finding);
  for (const [i, mark] of marks.entries()) {
    const text = accessLabel(scene.timeline, finding, mark.row);
    if (!text) continue;
    const [before, after] = [marks[i - 1], marks[i + 1]];
    const from = before?.y === mark.y ? before.x + DIAMOND : 0;
    const to = after?.y === mark.y ? after.x - DIAMOND : scene.width;
    const room = { y: mark.y - scene.density.raise, from, to, slide: BESIDE };
    const below = { ...room, y: mark.y + barHeight(scene) / 2 + UNDER };
    labels.offer({
      priority: 'finding',
      texts: [text],
      spots: [
        { ...room, align: 'center', x: mark.x },
        { ...room, align: 'left', x: mark.x + 3 },
        { ...room, align: 'right', x: mark.x - 3 },
        ...(scene.density.notes
          ? ([
              { ...below, align: 'center', x: mark.x },
              { ...below, align: 'left', x: mark.x + 3 },
            ] as const)
          : []),
      ],
      style: LABEL,
      rank: racing?.includes(mark.row) ? 0 : mark.row,
      over: true,
    });
  }
}

function drawZigZag({ scene, labels, later }: Over, rows: readonly [number, number], strong: boolean): void {
  const ends = rows.map((row) => {
    const lane = laneOfGoroutine(scene, scene.timeline.goroutineOf(row));
    return lane && { x: xOfRow(scene, row), y: middle(scene, lane) };
  });
  const [a, b] = ends;
  if (!a || !b) return;
  const [upper, lower] = a.y <= b.y ? [a, b] : [b, a];
  const from = { x: upper.x, y: upper.y + 6 };
  const to = { x: lower.x, y: lower.y - 6 };
  labels.blockLine([from, to], ZIG + 1.5);
  later.push((surface) =>
    surface.drawPath(zigZag(from, to), {
      stroke: 'error',
      width: 2,
      halo: strong ? 6 : 4,
      alpha: strong ? 1 : 0.6,
    }),
  );
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

/** The moment from which nothing can run, or at which the run was stopped. */
export function drawEnd({ scene, labels, later }: Over, deadlocked: boolean): void {
  const { timeline, axis } = scene;
  const end = x(scene, timeline.end(axis));
  if (end > scene.width || timeline.domain(axis).end <= timeline.end(axis)) return;
  const style = { stroke: deadlocked ? 'error' : 'dim', width: 1.5, dash: [4, 3] } as const;
  labels.blockLine(
    [
      { x: end, y: 0 },
      { x: end, y: bottom(scene) },
    ],
    style.width / 2,
  );
  later.push((surface) => surface.line(end, 0, end, bottom(scene), style));
}
