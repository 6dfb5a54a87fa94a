/** This file shows a deadlock as a ring: who waits for what, held by whom, with the numbers of the timeline and the editor. */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { selectedEdge } from '../../picture/cycle';
import { MOST_NODES, ringLayout, ringMarks, ringNames, type RingArc, type RingNode } from '../../picture/ring';
import type { ExplainedFinding, WaitEdge } from '../../report/explained';
import { useApp, usePanel } from './context';
import { LongList } from './longList';
import { PlaceLink } from './phrases';

const WIDTH = 288;
/** Height for rings of few and of many nodes. */
const HEIGHT = { few: 224, many: 360 };
const FEW = 6;
const MOST_ARCS = 200;

/** The whole cycle, however many are in it. */
export function Ring({ finding }: { finding: ExplainedFinding }): VNode {
  const { cycle } = finding;
  const names = useObjectNames();
  const many = cycle.length > FEW;
  const crowded = cycle.length > MOST_NODES;
  const height = many ? HEIGHT.many : HEIGHT.few;
  const { nodes, arcs, rx, ry } = ringLayout(cycle, WIDTH, height);
  // Of more arcs than that none could be seen for itself.
  const merged = cycle.length > MOST_ARCS;
  const words = crowded ? ringWords(cycle) : cycle.map((edge) => sentence(edge, names(edge.object))).join('; ');
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
      {merged && <ellipse class="arc" cx={WIDTH / 2} cy={height / 2} rx={rx} ry={ry} />}
      {arcs.map(({ number, path, broken }, i) =>
        merged && !broken && i !== selected ? null : (
          <path
            key={number}
            class={['arc', broken && 'broken', crowded && i === selected && 'selected'].filter(Boolean).join(' ')}
            d={path}
            marker-end={crowded ? undefined : 'url(#ring-head)'}
          />
        ),
      )}
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
  const { half, nodes: marked } = ringMarks(nodes, selected);
  return (
    <g>
      {marked.map((i) => {
        const node = nodes[i]!;
        const title = <title>{nameOf(node)}</title>;
        if (node.kind === 'goroutine')
          return (
            <circle key={node.key} class="waiting" cx={node.x} cy={node.y} r={half}>
              {title}
            </circle>
          );
        const side = 1.6 * half;
        const [x, y] = [node.x - side / 2, node.y - side / 2];
        return (
          <rect key={node.key} class="object" x={x} y={y} width={side} height={side} rx={side / 6}>
            {title}
          </rect>
        );
      })}
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

/** Entries of a list that are all elements; a longer one scrolls in a box of its own. Px of an entry there. */
const SHORT = 48;
const ENTRY = 25;

/** The same as a list. */
export function WaitList({ finding }: { finding: ExplainedFinding }): VNode {
  const { cycle } = finding;
  const names = useObjectNames();
  const selected = useApp(({ run, focus }) =>
    run ? selectedEdge(finding, { timeline: run.timeline, focus: focus.row }) : 0,
  );
  const entry = (edge: WaitEdge): VNode => <Wait edge={edge} words={sentence(edge, names(edge.object))} />;
  if (cycle.length > SHORT) {
    return (
      <div class="waits">
        <LongList
          count={cycle.length}
          row={ENTRY}
          current={selected}
          label="Who waits for what, held by whom"
          entry={(i) => entry(cycle[i]!)}
        />
      </div>
    );
  }
  return (
    <ol class="waits">
      {cycle.map((edge) => (
        <li key={edge.number}>{entry(edge)}</li>
      ))}
    </ol>
  );
}

function Wait({ edge, words }: { edge: WaitEdge; words: string }): VNode {
  const { navigator } = usePanel();
  return (
    <>
      <button type="button" class="plain" disabled={edge.row < 0} onClick={() => navigator.focusRow(edge.row)}>
        <b>{edge.number}</b> {words}
      </button>
      <span class="where">
        <PlaceLink place={edge.place} /> <span class="dim">step {edge.step}</span>
      </span>
    </>
  );
}

/** `A ring of 40 goroutines: G2, G3, G4 … G41`, whose list is below. */
function ringWords(cycle: readonly WaitEdge[]): string {
  const waiting = cycle.filter(({ kind }) => kind === 'waits for').map(({ g }) => `G${g}`);
  return `A ring of ${waiting.length} goroutines that wait for each other: ${waiting.slice(0, 3).join(', ')} … ${waiting.at(-1)!}`;
}

function sentence({ kind, g }: WaitEdge, name: string): string {
  return kind === 'waits for' ? `G${g} waits for ${name}` : `${name} is held by G${g}`;
}

function useObjectNames(): (id: number) => string {
  const objects = useApp(({ run }) => run?.timeline.trace.meta.objects);
  const names = useMemo(() => new Map(objects?.map(({ id, name }) => [id, name])), [objects]);
  return (id) => names.get(id) ?? '?';
}
