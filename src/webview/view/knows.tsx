/** This file shows what the selected goroutine knows: what happened before the event, what after, what is unordered; and its vector clock. */
import type { VNode } from 'preact';
import type { ExplainedFinding } from '../../report/explained';
import type { Cones, Timeline } from '../../timeline/model';
import { grouped } from '../../trace/quantity';
import { conesOf } from '../derive';
import { useApp } from './context';

/** Goroutines named in one line, and columns of the clock. */
const NAMED = 2;
const COLUMNS = 6;

export function Knows({ clocks }: { clocks?: ExplainedFinding['clocks'] }): VNode | null {
  const cones = useApp(conesOf);
  const run = useApp((state) => state.run);
  const focus = useApp((state) => state.focus);
  if (!cones || !run) return null;
  const words = relations(run.timeline, cones, focus.g);
  return (
    <section class="section">
      <h3>
        What G{focus.g} knows at step {focus.step}
      </h3>
      <Relation kind="before" title="Before it" words={words.before} />
      <Relation kind="unordered" title="Unordered" words={words.unordered} />
      <Relation kind="after" title="After it" words={words.after} />
      {clocks ? <Clocks clocks={clocks} /> : <OwnClock cones={cones} label={`G${focus.g}, step ${focus.step}`} />}
    </section>
  );
}

function Relation({
  kind,
  title,
  words,
}: {
  kind: 'before' | 'unordered' | 'after';
  title: string;
  words: string;
}): VNode {
  return (
    <div class="relation">
      <svg class={`cone ${kind}`} width="22" height="14" aria-hidden="true">
        <rect x=".5" y=".5" width="21" height="13" rx="2" />
        {kind === 'before' && <path d="M21 0V14" />}
        {kind === 'after' && <path d="M1 0V14" stroke-dasharray="2 2" />}
      </svg>
      <span>{title}</span>
      <span class="dim">{words || 'nothing'}</span>
    </div>
  );
}

/** The three relations in words: `G1 to step 9`, `all of G2 until step 59`, `G4 from step 49`. */
export function relations(
  timeline: Pick<Timeline, 'trace'>,
  cones: Cones,
  own: number,
): { before: string; unordered: string; after: string } {
  const step = (row: number): number => timeline.trace.columns.step[row]!;
  const others = cones.goroutines.filter(({ goroutine }) => goroutine !== own);
  const before = others
    .filter(({ lastBefore }) => lastBefore >= 0)
    .map((cone) => `G${cone.goroutine} to step ${step(cone.lastBefore)}`);
  const after = others
    .filter(({ firstAfter }) => firstAfter >= 0)
    .map((cone) => `G${cone.goroutine} from step ${step(cone.firstAfter)}`);
  const unordered = others.map(({ goroutine, lastBefore, firstAfter }) => {
    if (lastBefore < 0) return `all of G${goroutine}${firstAfter >= 0 ? ` until step ${step(firstAfter)}` : ''}`;
    if (firstAfter < 0) return `G${goroutine} after step ${step(lastBefore)}`;
    return step(firstAfter) - step(lastBefore) > 1
      ? `G${goroutine} between ${step(lastBefore)} and ${step(firstAfter)}`
      : '';
  });
  // Whole goroutines say most; they come first.
  const byWeight = unordered.filter(Boolean).sort((a, b) => Number(b.startsWith('all')) - Number(a.startsWith('all')));
  return { before: list(before), unordered: list(byWeight), after: list(after) };
}

function list(items: readonly string[]): string {
  const shown = items.slice(0, NAMED).join(', ');
  return items.length > NAMED ? `${shown} and ${grouped(items.length - NAMED)} more` : shown;
}

function OwnClock({ cones, label }: { cones: Cones; label: string }): VNode | null {
  const goroutines = cones.goroutines.map(({ goroutine }) => goroutine);
  return <Clocks clocks={{ goroutines, rows: [{ label, clock: cones.clock }], deciding: -1 }} />;
}

type ClockTable = NonNullable<ExplainedFinding['clocks']>;

interface ClockColumn {
  readonly goroutine: number;
  readonly column: number;
}

/**
 * The columns that are shown of vector clocks, and what is said of the others. Where not all have room, the one that decides stands first, then those in which the
 * clocks differ, then those that are known.
 */
export function clockColumns({ goroutines, rows, deciding }: ClockTable): {
  columns: readonly ClockColumn[];
  rest: string;
} {
  const all = goroutines.map((goroutine, column) => ({ goroutine, column }));
  if (all.length <= COLUMNS) return { columns: all, rest: '' };
  const values = ({ column }: ClockColumn): number[] => rows.map(({ clock }) => clock[column] ?? 0);
  const differs = (at: ClockColumn): boolean => new Set(values(at)).size > 1;
  const rank = (at: ClockColumn): number =>
    at.goroutine === deciding ? 0 : differs(at) ? 1 : values(at).some((value) => value > 0) ? 2 : 3;
  const ordered = all.map((at) => ({ at, rank: rank(at) })).sort((left, right) => left.rank - right.rank);
  const shown = ordered.slice(0, COLUMNS);
  // A goroutine that nobody knows is no column until others are missing.
  const columns = shown.filter((each) => each.rank < 3 || shown[0]!.rank === 3).map(({ at }) => at);
  return {
    columns,
    rest: restWords(
      ordered.slice(columns.length).map(({ at }) => differs(at)),
      rows.length,
    ),
  };
}

/** `and 7 equal`, `and 2 that differ, 7 equal`; of one clock `and 7 more`. `differ`: by column that is not shown. */
function restWords(differ: readonly boolean[], clocks: number): string {
  if (differ.length === 0) return '';
  const differing = differ.filter(Boolean).length;
  if (clocks < 2) return `and ${grouped(differ.length)} more`;
  const words = [
    [differing, 'that differ'],
    [differ.length - differing, 'equal'],
  ] as const;
  return `and ${words.flatMap(([count, word]) => (count > 0 ? [`${grouped(count)} ${word}`] : [])).join(', ')}`;
}

/** Vector clocks side by side; the component that decides is underlined. */
function Clocks({ clocks }: { clocks: ClockTable }): VNode | null {
  const { columns, rest } = clockColumns(clocks);
  if (columns.length === 0) return null;
  return (
    <>
      <table class="clocks mono">
        <thead>
          <tr>
            <th scope="col">Clock</th>
            {columns.map(({ goroutine }) => (
              <th scope="col" class="right" key={goroutine}>
                G{goroutine}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {clocks.rows.map(({ label, clock }) => (
            <tr key={label}>
              <td>{label}</td>
              {columns.map(({ goroutine, column }) => (
                <td class="right" key={goroutine}>
                  {goroutine === clocks.deciding ? <u>{clock[column] ?? 0}</u> : (clock[column] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rest && <p class="dim note">{rest}</p>}
    </>
  );
}
