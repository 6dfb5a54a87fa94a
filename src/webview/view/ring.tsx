/** This file shows a deadlock as a ring: who waits for what, held by whom, with the numbers of the timeline and the editor. */
import type { VNode } from 'preact';
import type { WaitEdge } from '../../report/explained';
import { ringLayout, type RingNode } from '../../picture/ring';
import { useApp, usePanel } from './context';
import { PlaceLink } from './phrases';

const WIDTH = 288;
/** Height for rings of few and of many nodes. */
const HEIGHT = { few: 224, many: 360 };
const FEW = 6;
/** Nodes beyond which a ring cannot be read. */
export const MOST_NODES = 12;

export function Ring({ cycle }: { cycle: readonly WaitEdge[] }): VNode {
  const names = useObjectNames();
  const many = cycle.length > FEW;
  const height = many ? HEIGHT.many : HEIGHT.few;
  const { nodes, arcs } = ringLayout(cycle, WIDTH, height);
  const words = cycle.map((edge) => sentence(edge, names(edge.object))).join('; ');
  return (
    <svg
      class={many ? 'ring many' : 'ring'}
      width={WIDTH}
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={words}
    >
      <defs>
        <marker id="ring-head" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" orient="auto">
          <path class="head" d="M0 0L10 5L0 10z" />
        </marker>
      </defs>
      {arcs.map(({ number, path }) => (
        <path key={number} class="arc" d={path} marker-end="url(#ring-head)" />
      ))}
      {nodes.map((node) => (
        <Node
          key={node.key}
          node={node}
          small={many}
          name={node.kind === 'goroutine' ? `G${node.id}` : names(node.id)}
        />
      ))}
      {arcs.map(({ number, x, y }) => (
        <g key={number}>
          <circle class="number" cx={x} cy={y} r={many ? 8 : 9} />
          <text class="number" x={x} y={y + 4}>
            {number}
          </text>
        </g>
      ))}
    </svg>
  );
}

function Node({ node: { kind, x, y }, name, small }: { node: RingNode; name: string; small: boolean }): VNode {
  const width = Math.max(small ? 28 : 36, name.length * (small ? 6 : 7) + (small ? 10 : 12));
  const half = small ? 12 : 16;
  const pill = small ? 21 : 26;
  if (kind === 'object') {
    return (
      <g>
        <rect class="object" x={x - width / 2} y={y - half} width={width} height={2 * half} rx="4" />
        <text x={x} y={y + 5}>
          {name}
        </text>
      </g>
    );
  }
  return (
    <g>
      <rect
        class="bar lock"
        fill="url(#p-lock)"
        x={x - pill}
        y={y - half}
        width={2 * pill}
        height={2 * half}
        rx={half}
      />
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
