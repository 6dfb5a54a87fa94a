/** This file places the nodes and arcs of a wait-for cycle on a ring, and the names of those that stand close. */
import type { FindingMark } from '../timeline/model';
import { Labels, type Placed, type Priority } from './labels';
import type { TextStyle } from './surface';
import { estimatedWidth } from './textWidth';

export interface RingNode {
  readonly key: string;
  readonly kind: 'goroutine' | 'object';
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

export interface RingArc {
  readonly number: number;
  /** A curve from node to node, as SVG writes it. */
  readonly path: string;
  /** What it leads to is not the next node: there are more between them, of which nothing is told. */
  readonly broken: boolean;
  /** Where its number stands. */
  readonly x: number;
  readonly y: number;
}

/** Px of the ring's radii less than half the picture, and the share of an arc that nodes hide at each end. */
const MARGIN = { x: 44, y: 36 };
/** More nodes than this stand so close that numbers move out of the ring. */
const FEW = 6;
const OUTWARD = 13;

/** Nodes clockwise from the top, in the order of the cycle; arcs between neighbours, clear of both. */
export function ringLayout(
  cycle: FindingMark['cycle'],
  width: number,
  height: number,
): { nodes: RingNode[]; arcs: RingArc[]; rx: number; ry: number } {
  const [cx, cy] = [width / 2, height / 2];
  const [rx, ry] = [cx - MARGIN.x, cy - MARGIN.y];
  const count = cycle.length;
  const turn = (position: number): number => -Math.PI / 2 + (position * 2 * Math.PI) / count;
  const at = (angle: number): { x: number; y: number } => ({
    x: cx + rx * Math.cos(angle),
    y: cy + ry * Math.sin(angle),
  });
  const nodes = cycle.map((edge, i): RingNode => {
    const from =
      edge.kind === 'waits for'
        ? ({ kind: 'goroutine', id: edge.g } as const)
        : ({ kind: 'object', id: edge.object } as const);
    return { ...from, key: `${from.kind}:${from.id}:${i}`, ...at(turn(i)) };
  });
  const gap = Math.min(0.42, 1.25 / count);
  const arcs = cycle.map((edge, i): RingArc => {
    const [a, b] = [turn(i + gap / 1.55), turn(i + 1 - gap / 1.55)];
    const [start, end, middle] = [at(a), at(b), at(turn(i + 0.5))];
    const path = `M${round(start.x)} ${round(start.y)}A${rx} ${ry} 0 0 1 ${round(end.x)} ${round(end.y)}`;
    const away = count > FEW ? OUTWARD : 0;
    const length = Math.hypot(middle.x - cx, middle.y - cy) || 1;
    const out = (value: number, from: number): number => round(value + ((value - from) / length) * away);
    const next = cycle[(i + 1) % count]!;
    const broken = edge.kind === 'held by' ? edge.g !== next.g : edge.object !== next.object;
    return { number: edge.number, path, broken, x: out(middle.x, cx), y: out(middle.y, cy) };
  });
  return { nodes, arcs, rx, ry };
}

/** Nodes beyond which a ring has marks in place of nodes with their names inside. */
export const MOST_NODES = 12;
/** Half of a mark in px, least and most, and its share of the way to the next. */
const MARK = { least: 1.2, most: 5, share: 0.42 };
/** Nodes beyond which only so many have a mark, evenly spread: those between them would lie on top of each other. */
const MOST_MARKS = 400;

export interface RingMarks {
  /** Half of a mark in px. */
  readonly half: number;
  /** Indices of the nodes that have one: all, or some, those of the selected edge among them. */
  readonly nodes: readonly number[];
}

export function ringMarks(nodes: readonly RingNode[], selected: number): RingMarks {
  const count = nodes.length;
  const [a, b] = [nodes[0], nodes[1]];
  const way = a && b ? Math.hypot(a.x - b.x, a.y - b.y) : MARK.most;
  const stride = Math.ceil(count / MOST_MARKS);
  const half = Math.min(MARK.most, Math.max(MARK.least, way * stride * MARK.share));
  const around = [selected, (selected + 1) % count];
  const spread = Array.from({ length: Math.ceil(count / stride) }, (_, i) => i * stride);
  return { half, nodes: [...new Set([...spread, ...around])].sort((x, y) => x - y) };
}

/** Px from the middle of a mark to its name. */
const BESIDE = 11;
/** Half of the number of the selected edge. */
const NUMBER = 9;
const NAME: TextStyle = { size: 11, bold: true };
/** Px more than the estimated width of a name. */
const SPARE = 6;
/** What a name matters by how many nodes there are to the selected edge. */
const AWAY: readonly Priority[] = ['finding', 'selected', 'annotation'];
const TYPE = {
  // The browser's type may be wider than what is estimated.
  measure: (text: string, { size, bold }: TextStyle): number => estimatedWidth(text, size, bold) + SPARE,
  typeSize: ({ size }: TextStyle): number => size,
};

/** Names of a ring's marks as far as there is room: those around the selected edge first. */
export function ringNames(
  nodes: readonly RingNode[],
  arcs: readonly RingArc[],
  { width, height, selected }: { readonly width: number; readonly height: number; readonly selected: number },
  nameOf: (node: RingNode) => string,
): Placed[] {
  const labels = new Labels(width, height);
  const count = nodes.length;
  const number = arcs[selected];
  if (number) labels.block(number.x - NUMBER, number.y - NUMBER, number.x + NUMBER, number.y + NUMBER);
  const marks = ringMarks(nodes, selected);
  const half = marks.half + 1;
  const marked = marks.nodes.map((i) => [nodes[i]!, i] as const);
  marked.forEach(([{ x, y }]) => labels.block(x - half, y - half, x + half, y + half));
  marked.forEach(([node, i]) => {
    const { x, y } = node;
    const away = Math.min((i - selected + count) % count, (selected - i + count) % count);
    const right = { align: 'left', x: x + BESIDE, y: y + 4, from: 0, to: width } as const;
    const left = { ...right, align: 'right', x: x - BESIDE } as const;
    const sides = x >= width / 2 ? [right, left] : [left, right];
    const over = { ...right, align: 'center', x, y: y < height / 2 ? y - BESIDE : y + BESIDE + 8 } as const;
    const flat = Math.abs(x - width / 2) < width / 8;
    const inside = { ...over, y: y < height / 2 ? y + BESIDE + 13 : y - BESIDE - 5 } as const;
    const spots = flat ? [over, ...sides, inside] : [...sides, over, inside];
    labels.offer({ priority: AWAY[away] ?? 'tick', texts: [nameOf(node)], spots, style: NAME, rank: i });
  });
  return labels.place(TYPE);
}

const round = (value: number): number => Math.round(value * 10) / 10;
