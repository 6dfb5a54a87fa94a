/** This file places the nodes and arcs of a wait-for cycle on a ring. */
import type { FindingMark } from '../timeline/model';

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
): { nodes: RingNode[]; arcs: RingArc[] } {
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
    return { number: edge.number, path, x: out(middle.x, cx), y: out(middle.y, cy) };
  });
  return { nodes, arcs };
}

const round = (value: number): number => Math.round(value * 10) / 10;
