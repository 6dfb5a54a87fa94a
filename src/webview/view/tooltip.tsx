/** This file shows what is under the pointer in at most four lines. */
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Hover, Run } from '../state';
import { STATE_STYLES } from '../../picture/states';
import { goroutinesText } from '../../timeline/names';
import { STATES, type GoroutineState, type Slice, type State, type Timeline } from '../../timeline/model';
import { placeWords } from '../../trace/placeWords';
import { duration, plural } from '../words';
import { useApp } from './context';

/** Px between the pointer and the tooltip; from the edges of the panel. */
const OFFSET = 14;
const EDGE = 8;

export function Tooltip(): VNode | null {
  const hover = useApp((state) => state.hover);
  const run = useApp((state) => state.run);
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box || !hover) return;
    const { width, height } = box.getBoundingClientRect();
    const left = Math.min(hover.x + OFFSET, innerWidth - width - EDGE);
    const below = hover.y + OFFSET + 4;
    box.style.left = `${Math.max(EDGE, left)}px`;
    box.style.top = `${below + height + EDGE > innerHeight ? hover.y - height - OFFSET : below}px`;
  }, [hover]);
  if (!hover || !run) return null;
  const [first, ...rest] = linesOf(run, hover);
  return (
    <div class="tooltip" ref={element} role="tooltip">
      <b>{first}</b>
      {rest.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}

/** What is said: the event or the state, why, how long, where. */
export function linesOf({ timeline }: Run, { lane, track, index, row, doing }: Hover): string[] {
  const slice = track && index >= 0 ? timeline.slice(track, index) : undefined;
  const name = `${lane.title}${lane.kind === 'goroutine' ? ` ${lane.detail}` : ''}`;
  const lines: string[] = [];
  if (row >= 0) lines.push(timeline.describeRow(row));
  if (slice && track) {
    const said = track.role === 'states' && doing ? stateWords(slice, doing) : (slice.labels.find(Boolean) ?? '');
    lines.push(row >= 0 ? said : `${name}${said ? ` · ${said}` : ''}`);
    lines.push(howLong(timeline, slice));
    lines.push(where(timeline, slice, doing, row < 0));
    if (lane.kind === 'queue') lines.push(`next first: ${waitersText(timeline, lane.number ?? -1, slice.firstRow)}`);
  }
  return lines.filter(Boolean).slice(0, 4);
}

/** `Lock: waits for WaitGroup wg (2 left)`, `Running: on core 0 :16`. */
function stateWords({ code, labels }: Slice, { text }: GoroutineState): string {
  const state = STATES[code]!;
  const label = labels.find(Boolean) ?? '';
  if (state === 'unrecorded') return label;
  return `${STATE_STYLES[state].word}: ${SAYS_LITTLE.has(state) ? text : label}`;
}

/** States whose slices do not say what is done in them. */
const SAYS_LITTLE: ReadonlySet<State> = new Set<State>(['running', 'runnable']);

function howLong({ trace: { columns, length } }: Timeline, { firstRow, lastRow }: Slice): string {
  const end = lastRow >= 0 ? lastRow : length - 1;
  const start = Math.max(0, firstRow);
  const steps = Math.max(0, columns.step[end]! - columns.step[start]!);
  const took = `${duration(columns.time[end]! - columns.time[start]!)}, ${plural(steps, 'step')}`;
  return lastRow < 0 && firstRow >= 0 ? `${took}, until the end` : took;
}

/** Goroutines of a run queue that a tooltip names. */
const MOST_NAMED = 40;

function waitersText(timeline: Timeline, p: number, row: number): string {
  const { waiters, level } = timeline.queueAt(p, row);
  return goroutinesText(waiters, MOST_NAMED, level);
}

/** @param hasLine whether it names the line: an event has named its own, and two would be one too many */
function where(timeline: Timeline, slice: Slice, doing: GoroutineState | undefined, hasLine: boolean): string {
  const { meta } = timeline.trace;
  const place = hasLine ? meta.places[doing ? doing.place : slice.place] : undefined;
  const holders = doing && doing.holders.length > 0 ? `held by ${goroutinesText(doing.holders)}` : '';
  return [slice.core >= 0 ? `core ${slice.core}` : '', place ? placeWords(meta.files, place) : '', holders]
    .filter(Boolean)
    .join(' · ');
}
