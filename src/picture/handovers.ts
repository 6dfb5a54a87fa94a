/** This file draws, on the cores' view, how work changes hands: a thread that steals a goroutine, a processor that is handed to another thread. */
import { Kind } from '../event/kinds';
import { threadName } from '../timeline/names';
import type { Trace } from '../trace/store';
import type { LaneRow } from './layout';
import type { Over } from './over';
import { top, xOfRow, type Scene } from './scene';
import { toUnit } from './window';

/** More of them in the window than this are too many to read: then only the one of the focus is drawn. */
const MOST = 8;

/** Half of an arrow with its outline. */
const ARROW = 4.5;
/** Px between two looks for a bar under the words. */
const PROBE = 4;

const rowsOf = new WeakMap<Trace, readonly number[]>();

/** Rows at which work changes hands, ascending; found once a trace. */
function handoverRows(trace: Trace): readonly number[] {
  let rows = rowsOf.get(trace);
  if (!rows) {
    const found: number[] = [];
    for (let row = 0; row < trace.length; row++) {
      const kind = trace.columns.kind[row];
      if (kind === Kind.Steal || kind === Kind.Handoff) found.push(row);
    }
    rowsOf.set(trace, (rows = found));
  }
  return rows;
}

/** An arrow, and a few words right of it in the lane of a core's goroutines. */
interface Handover {
  readonly at: number;
  readonly ends: readonly [number, number];
  readonly dash: readonly number[];
  readonly text: string;
  readonly beside: LaneRow | undefined;
}

/** Arrows with a few words, in the window or at the focus. */
export function drawHandovers(over: Over): void {
  for (const row of drawnRows(over.scene)) {
    const handover = handoverOf(over.scene, row);
    if (!handover) continue;
    drawArrow(over, handover);
    if (handover.beside) offerWords(over, handover, handover.beside, row);
  }
}

/** The row of the arrow that is drawn at a point of the drawing area, within `near` px; -1. */
export function handoverAt(scene: Scene, px: number, py: number, near: number): number {
  for (const row of drawnRows(scene)) {
    const handover = handoverOf(scene, row);
    if (!handover || Math.abs(px - handover.at) > near) continue;
    if (py >= Math.min(...handover.ends) && py <= Math.max(...handover.ends)) return row;
  }
  return -1;
}

/** Few are drawn: those in the window, else the one of the focus. */
function drawnRows(scene: Scene): readonly number[] {
  const inSight = handoverRows(scene.timeline.trace).filter((row) => {
    const at = xOfRow(scene, row);
    return at >= 0 && at <= scene.width;
  });
  return inSight.length <= MOST ? inSight : inSight.filter((row) => row === scene.focus);
}

function handoverOf(scene: Scene, row: number): Handover | undefined {
  return scene.timeline.trace.columns.kind[row] === Kind.Steal ? stealOf(scene, row) : handoffOf(scene, row);
}

/** From the queue that is robbed to the core that runs the goroutine. */
function stealOf(scene: Scene, row: number): Handover | undefined {
  const { obj, a, core, thread } = scene.timeline.trace.columns;
  const from = scene.layout.byLane.get(`queue:${a[row]!}`);
  const to = scene.layout.byLane.get(`core:${core[row]!}:goroutine`);
  if (!from || !to) return undefined;
  const down = to.y > from.y;
  const y1 = top(scene, from) + from.height - 11 - (down ? 9 : 18);
  const y2 = top(scene, to) + (down ? 4 : 28);
  const text = `${threadName(scene.timeline.trace, thread[row]!)} steals G${obj[row]!}`;
  return { at: xOfRow(scene, row), ends: [y1, y2], dash: [], text, beside: to };
}

/** From the core whose thread goes into the kernel to that thread. */
function handoffOf(scene: Scene, row: number): Handover | undefined {
  const { a, b, core } = scene.timeline.trace.columns;
  const from = scene.layout.byLane.get(`core:${core[row]!}:thread`);
  const to = scene.layout.byLane.get(`thread:${a[row]!}`);
  if (!from || !to) return undefined;
  const beside = scene.layout.byLane.get(`core:${core[row]!}:goroutine`);
  const text = `hand-off to ${threadName(scene.timeline.trace, b[row]!)}`;
  const ends = [top(scene, from) + 25, top(scene, to) + 17] as const;
  return { at: xOfRow(scene, row), ends, dash: [5, 3], text, beside };
}

function drawArrow({ labels, later }: Over, { at, ends: [y1, y2], dash }: Handover): void {
  const d = Math.sign(y2 - y1);
  labels.blockLine(
    [
      { x: at, y: y1 },
      { x: at, y: y2 },
    ],
    ARROW,
  );
  later.push((surface) => {
    surface.line(at, y1, at, y2 - d * 6, { stroke: 'foreground', width: 1.5, halo: 4.5, dash });
    surface.drawPath(`M${at - 4.5} ${y2 - d * 7}H${at + 4.5}L${at} ${y2}Z`, { fill: 'foreground' });
  });
}

/** Offers the words where no bar stands. */
function offerWords({ scene, type, labels }: Over, { text, at }: Handover, lane: LaneRow, row: number): void {
  const style = { size: 11, bold: true, halo: true } as const;
  const [left, right] = [at + 10, at + 10 + type.measure(text, style)];
  const track = lane.lane.tracks[0];
  const isFree = (px: number): boolean =>
    !track || scene.timeline.hit(track, scene.axis, toUnit(scene.view, scene.width, px)) < 0;
  for (let px = left - 4; px <= right; px += PROBE) if (!isFree(px)) return;
  labels.offer({
    priority: row === scene.focus ? 'selected' : 'annotation',
    texts: [text],
    spots: [{ align: 'left', x: left, y: top(scene, lane) + 20, from: left, to: scene.width }],
    style,
    rank: row,
    over: true,
  });
}
