/** This file shows a deadlock as a ring: who waits for what, held by whom, with the numbers of the timeline and the editor. */
import type { VNode } from 'preact';
import type { WaitEdge } from '../../report/explained';
import { ringLayout, type RingNode } from '../ringLayout';
import { useApp, usePanel } from './context';
import { PlaceLink } from './phrases';

const WIDTH = 288;
const HEIGHT = 224;
/** Nodes beyond which a ring cannot be read. */
const MOST = 8;

export function Ring({ cycle }: { cycle: readonly WaitEdge[] }): VNode | null {
  const names = useObjectNames();
  if (cycle.length < 2 || cycle.length > MOST) return null;
  const { nodes, arcs } = ringLayout(cycle, WIDTH, HEIGHT);
  const words = cycle.map((edge) => sentence(edge, names(edge.object))).join('; ');
  return (
    <svg class="ring" width={WIDTH} height={HEIGHT} role="img" aria-label={words}>
      <defs>
        <marker id="ring-head" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" orient="auto">
          <path class="head" d="M0 0L10 5L0 10z" />
        </marker>
      </defs>
      {arcs.map(({ number, path, x, y }) => (
        <g key={number}>
          <path class="arc" d={path} marker-end="url(#ring-head)" />
          <circle class="number" cx={x} cy={y} r="9" />
          <text class="number" x={x} y={y + 4}>
            {number}
          </text>
        </g>
      ))}
      {nodes.map((node) => (
        <Node key={node.key} node={node} name={node.kind === 'goroutine' ? `G${node.id}` : names(node.id)} />
      ))}
    </svg>
  );
}

function Node({ node: { kind, x, y }, name }: { node: RingNode; name: string }): VNode {
  const width = Math.max(36, name.length * 8 + 16);
  if (kind === 'object') {
    return (
      <g>
        <rect class="object" x={x - width / 2} y={y - 16} width={width} height="32" rx="4" />
        <text x={x} y={y + 5}>
          {name}
        </text>
      </g>
    );
  }
  return (
    <g>
      <rect class="bar lock" fill="url(#p-lock)" x={x - 26} y={y - 16} width="52" height="32" rx="16" />
      <rect class="plate" x={x - 15} y={y - 9} width="30" height="18" rx="3" />
      <text x={x} y={y + 5}>
        {name}
      </text>
    </g>
  );
}

/** The same as a list. */
export function WaitList({ cycle }: { cycle: readonly WaitEdge[] }): VNode {
  const { navigator } = usePanel();
  const names = useObjectNames();
  return (
    <ol class="waits">
      {cycle.map((edge) => (
        <li key={edge.number}>
          <button type="button" class="plain" disabled={edge.row < 0} onClick={() => navigator.focusRow(edge.row)}>
            <b>{edge.number}</b> {sentence(edge, names(edge.object))}
          </button>
          <span class="where">
            <PlaceLink place={edge.place} /> <span class="dim">step {edge.step}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function sentence({ kind, g }: WaitEdge, name: string): string {
  return kind === 'waits for' ? `G${g} waits for ${name}` : `${name} is held by G${g}`;
}

function useObjectNames(): (id: number) => string {
  const objects = useApp(({ run }) => run?.timeline.trace.meta.objects);
  return (id) => objects?.find((object) => object.id === id)?.name ?? '?';
}
