/** This file shows a deadlock as a ring: who waits for what, held by whom, with the numbers of the timeline and the editor. */
import type { VNode } from 'preact';
import { selectedEdge } from '../../picture/cycle';
import { MOST_NODES, ringLayout, ringNames, type RingArc, type RingNode } from '../../picture/ring';
import type { ExplainedFinding, WaitEdge } from '../../report/explained';
import { useApp, usePanel } from './context';
import { PlaceLink } from './phrases';

const WIDTH = 288;
/** Height for rings of few and of many nodes. */
const HEIGHT = { few: 224, many: 360 };
const FEW = 6;

/** The whole cycle, however many are in it. */
export function Ring({ finding }: { finding: ExplainedFinding }): VNode {
  const { cycle } = finding;
  const names = useObjectNames();
  const many = cycle.length > FEW;
  const crowded = cycle.length > MOST_NODES;
  const height = many ? HEIGHT.many : HEIGHT.few;
  const { nodes, arcs } = ringLayout(cycle, WIDTH, height);
  const words = cycle.map((edge) => sentence(edge, names(edge.object))).join('; ');
  const selected = useApp(({ run, focus }) =>
    run ? selectedEdge(finding, { timeline: run.timeline, focus: focus.row }) : 0,
  );
  const nameOf = ({ kind, id }: RingNode): string => (kind === 'goroutine' ? `G${id}` : names(id));
  return (
    <svg
      class={['ring', many && 'many', crowded && 'crowded'].filter(Boolean).join(' ')}
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
      {arcs.map(({ number, path, broken }, i) => (
        <path
          key={number}
          class={['arc', broken && 'broken', crowded && i === selected && 'selected'].filter(Boolean).join(' ')}
          d={path}
          marker-end={crowded ? undefined : 'url(#ring-head)'}
        />
      ))}
      {crowded ? (
        <Marks nodes={nodes} arcs={arcs} height={height} selected={selected} nameOf={nameOf} />
      ) : (
        nodes.map((node) => <Node key={node.key} node={node} small={many} name={nameOf(node)} />)
      )}
      {arcs.map(
        ({ number, x, y }, i) =>
          (!crowded || i === selected) && (
            <g key={number}>
              <circle class="number" cx={x} cy={y} r={many ? 8 : 9} />
              <text class="number" x={x} y={y + 4}>
                {number}
              </text>
            </g>
          ),
      )}
    </svg>
  );
}

const ANCHORS = { left: 'start', center: 'middle', right: 'end' } as const;

/** Many nodes: discs and squares, with names where there is room. */
function Marks({
  nodes,
  arcs,
  height,
  selected,
  nameOf,
}: {
  nodes: readonly RingNode[];
  arcs: readonly RingArc[];
  height: number;
  selected: number;
  nameOf: (node: RingNode) => string;
}): VNode {
  return (
    <g>
      {nodes.map((node) =>
        node.kind === 'object' ? (
          <rect key={node.key} class="object" x={node.x - 4} y={node.y - 4} width="8" height="8" rx="1.5">
            <title>{nameOf(node)}</title>
          </rect>
        ) : (
          <circle key={node.key} class="waiting" cx={node.x} cy={node.y} r="5">
            <title>{nameOf(node)}</title>
          </circle>
        ),
      )}
      {ringNames(nodes, arcs, { width: WIDTH, height, selected }, nameOf).map(({ text, x, spot }) => (
        <text key={`${text} ${x} ${spot.y}`} x={x} y={spot.y} style={{ textAnchor: ANCHORS[spot.align] }}>
          {text}
        </text>
      ))}
    </g>
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
