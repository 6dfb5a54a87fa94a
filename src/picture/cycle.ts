/** This file draws the cycle of a deadlock: numbered arrows between waiting goroutines and held locks, right of the end of the run. */
import type { FindingMark } from '../timeline/model';
import type { Bounds } from './labels';
import type { Over } from './over';
import { base, laneOfGoroutine, laneOfObject, top, x, type Scene } from './scene';
import type { Surface } from './surface';

type WaitEdge = FindingMark['cycle'][number];

/** Px between two arrows: least and most. */
const GAP = { least: 14, most: 46 };
/** Px left of the arrows for the words of the waits that begin late; and air at the end of the axis. */
const WORDS = 140;
const AIR = 4;
/** Edges that are drawn together: four goroutines with what they wait for. More are a tangle: then those around the selected one are drawn. */
const MOST = 8;
/** Half of an arrow with its outline. */
const HALO = 4;
/** Px of a number with its ring, between two places for it, and from its middle to its base line. */
const NUMBER = 20;
const NUMBER_STEP = 11;
const BASE_LINE = 4.5;

/** The edges that are drawn, of which at most `room` find place: all of a small cycle, else the selected one with its neighbours. */
export function shownEdges({ cycle }: FindingMark, selected: number, room: number): readonly WaitEdge[] {
  if (cycle.length <= Math.min(MOST, room)) return cycle;
  const around = room >= 3 ? [-1, 0, 1] : room >= 1 ? [0] : [];
  return around.map((by) => cycle[(selected + by + cycle.length) % cycle.length]!);
}

/** Index of the edge that the selected event is about: its own, else the wait of its goroutine; the first while something else is selected. */
export function selectedEdge({ cycle }: FindingMark, { timeline, focus }: Pick<Scene, 'timeline' | 'focus'>): number {
  if (focus < 0) return 0;
  const own = cycle.findIndex(({ row }) => row === focus);
  const g = timeline.goroutineOf(focus);
  return Math.max(0, own >= 0 ? own : cycle.findIndex((edge) => edge.kind === 'waits for' && edge.g === g));
}

/** Arrows that stand in the column after the end of the run, as far right as they can: what waits begins left of them. */
export function drawCycle(over: Over, finding: FindingMark): void {
  const { scene } = over;
  const { timeline, axis } = scene;
  const left = x(scene, timeline.end(axis));
  const right = x(scene, timeline.domain(axis).end) - AIR;
  const edges = shownEdges(finding, selectedEdge(finding, scene), Math.floor((right - left) / GAP.least));
  const gap = Math.min(GAP.most, Math.max(GAP.least, (right - left - WORDS) / Math.max(1, edges.length)));
  edges.forEach((edge, i) => drawElbow(over, edge, right - (edges.length - i - 0.5) * gap));
}

function drawElbow({ scene, labels, later }: Over, edge: WaitEdge, at: number): void {
  const goroutine = laneOfGoroutine(scene, edge.g);
  const object = laneOfObject(scene, edge.object);
  if (!goroutine || !object || at < -NUMBER || at > scene.width + NUMBER) return;
  const { holder } = scene.density;
  const inner = top(scene, object) + holder.y;
  const below = object.y > goroutine.y;
  const lane = below ? base(scene, goroutine) + 1 : base(scene, goroutine) - 14;
  const box = below ? inner : inner + holder.height;
  const [y1, y2] = edge.kind === 'waits for' ? [lane, box] : [box, lane];
  const d = Math.sign(y2 - y1);
  labels.blockLine(
    [
      { x: at, y: y1 },
      { x: at, y: y2 },
    ],
    HALO,
  );
  later.push((surface) => {
    surface.line(at, y1, at, y2 - d * 6, { stroke: 'error', width: 2, halo: 6 });
    surface.drawPath(`M${at - 5} ${y2 - d * 8}L${at} ${y2}L${at + 5} ${y2 - d * 8}Z`, { fill: 'error' });
  });
  const y = lane + (below ? 1 : -1) * scene.density.elbow + (edge.number % 2 ? 0 : (below ? 1 : -1) * 22);
  const [least, most] = [Math.min(y1, y2) + 11, Math.max(y1, y2) - 13];
  const wanted = Math.min(Math.max(y, least), most);
  const spot = { align: 'center', x: at, from: at - NUMBER / 2, to: at + NUMBER / 2 } as const;
  labels.offer({
    priority: 'finding',
    texts: [String(edge.number)],
    spots: heights(wanted, least, most).map((height) => ({ ...spot, y: height + BASE_LINE })),
    style: { size: 12, bold: true },
    box: { width: NUMBER, height: NUMBER },
    ground: drawRing,
    overLines: true,
    over: true,
  });
}

/** Heights between two limits, from the wanted one away. */
function heights(wanted: number, least: number, most: number): number[] {
  const found = [wanted];
  for (let by = NUMBER_STEP; wanted - by >= least || wanted + by <= most; by += NUMBER_STEP) {
    found.push(...[wanted - by, wanted + by].filter((height) => height >= least && height <= most));
  }
  return found;
}

/** Around a number: the same in lanes, ring, table and editor. */
function drawRing(surface: Surface, { left, right, top: ceiling, bottom }: Bounds): void {
  const style = { fill: 'background', stroke: 'error', width: 2 } as const;
  surface.circle((left + right) / 2, (ceiling + bottom) / 2, 9, style);
}
