/** This file draws, on the cores' view, how work changes hands: a thread that steals a goroutine, a processor that is handed to another thread. */
import { Kind } from '../event/kinds';
import type { Trace } from '../trace/store';
import type { LaneRow } from './layout';
import { top, xOfRow, type Scene } from './scene';
import type { Surface } from './surface';
import { toUnit } from './window';

/** More of them in the window than this are too many to read: then only the one of the focus is drawn. */
const MOST = 8;

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

/** Arrows with a few words, in the window or at the focus. */
export function drawHandovers(scene: Scene, surface: Surface): void {
  const { trace } = scene.timeline;
  const inSight = handoverRows(trace).filter((row) => {
    const at = xOfRow(scene, row);
    return at >= 0 && at <= scene.width;
  });
  const rows = inSight.length <= MOST ? inSight : inSight.filter((row) => row === scene.focus);
  const words: Words[] = [];
  for (const row of rows) {
    const said =
      trace.columns.kind[row] === Kind.Steal ? drawSteal(scene, surface, row) : drawHandoff(scene, surface, row);
    if (said) words.push(said);
  }
  const taken = new Map<LaneRow, number>();
  for (const said of words) drawWords(scene, surface, said, taken);
}

/** A few words right of an arrow, in the lane of a core's goroutines. */
interface Words {
  readonly text: string;
  readonly at: number;
  readonly row: LaneRow;
}

/** From the queue that is robbed to the core that runs the goroutine. */
function drawSteal(scene: Scene, surface: Surface, row: number): Words | undefined {
  const { obj, a, core, thread } = scene.timeline.trace.columns;
  const from = scene.layout.byLane.get(`queue:${a[row]!}`);
  const to = scene.layout.byLane.get(`core:${core[row]!}:goroutine`);
  if (!from || !to) return undefined;
  const down = to.y > from.y;
  const y1 = top(scene, from) + from.height - 11 - (down ? 9 : 18);
  const y2 = top(scene, to) + (down ? 4 : 28);
  const at = xOfRow(scene, row);
  arrow(surface, at, y1, y2, []);
  return { text: `M${thread[row]!} steals G${obj[row]!}`, at, row: to };
}

/** From the core whose thread goes into the kernel to that thread. */
function drawHandoff(scene: Scene, surface: Surface, row: number): Words | undefined {
  const { a, b, core } = scene.timeline.trace.columns;
  const from = scene.layout.byLane.get(`core:${core[row]!}:thread`);
  const to = scene.layout.byLane.get(`thread:${a[row]!}`);
  if (!from || !to) return undefined;
  const at = xOfRow(scene, row);
  arrow(surface, at, top(scene, from) + 25, top(scene, to) + 17, [5, 3]);
  const beside = scene.layout.byLane.get(`core:${core[row]!}:goroutine`);
  return beside && { text: `hand-off to M${b[row]!}`, at, row: beside };
}

function arrow(surface: Surface, at: number, y1: number, y2: number, dash: readonly number[]): void {
  const d = Math.sign(y2 - y1);
  surface.line(at, y1, at, y2 - d * 6, { stroke: 'foreground', width: 1.5, halo: 4.5, dash });
  surface.drawPath(`M${at - 4.5} ${y2 - d * 7}H${at + 4.5}L${at} ${y2}Z`, { fill: 'foreground' });
}

/** Writes the words where neither a bar nor other words stand. */
function drawWords(scene: Scene, surface: Surface, { text, at, row }: Words, taken: Map<LaneRow, number>): void {
  const style = { size: 11, bold: true, halo: true } as const;
  const [left, right] = [at + 10, at + 10 + surface.measure(text, style)];
  if (right > scene.width || left < (taken.get(row) ?? 0)) return;
  const track = row.lane.tracks[0];
  const isFree = (px: number): boolean =>
    !track || scene.timeline.hit(track, scene.axis, toUnit(scene.view, scene.width, px)) < 0;
  for (let px = left - 4; px <= right; px += PROBE) if (!isFree(px)) return;
  taken.set(row, right + 8);
  surface.drawText(text, left, top(scene, row) + 20, style);
}
