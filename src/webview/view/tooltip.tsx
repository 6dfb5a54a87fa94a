/** This file shows what is under the pointer in at most four lines. */
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Hover, Run } from '../state';
import { STATE_STYLES } from '../../picture/states';
import { STATES } from '../../timeline/model';
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
export function linesOf({ timeline }: Run, { lane, track, index, row }: Hover): string[] {
  const { columns, meta } = timeline.trace;
  const slice = track && index >= 0 ? timeline.slice(track, index) : undefined;
  const name = `${lane.title}${lane.kind === 'goroutine' ? ` ${lane.detail}` : ''}`;
  const lines: string[] = [];
  if (row >= 0) lines.push(timeline.describeRow(row));
  if (slice && track) {
    const state = track.role === 'states' ? STATES[slice.code] : undefined;
    const label = slice.labels.find(Boolean) ?? '';
    const said = state ? [STATE_STYLES[state].word, label].filter(Boolean).join(': ') : label;
    lines.push(row >= 0 ? said : `${name}${said ? ` · ${said}` : ''}`);
    const end = slice.lastRow >= 0 ? slice.lastRow : timeline.trace.length - 1;
    const start = Math.max(0, slice.firstRow);
    const steps = Math.max(0, columns.step[end]! - columns.step[start]!);
    const took = `${duration(columns.time[end]! - columns.time[start]!)}, ${plural(steps, 'step')}`;
    lines.push(slice.lastRow < 0 && slice.firstRow >= 0 ? `${took}, until the end` : took);
    const place = meta.places[slice.place];
    const where = [slice.core >= 0 ? `core ${slice.core}` : '', place ? placeWords(meta.files, place) : '']
      .filter(Boolean)
      .join(' · ');
    if (where) lines.push(where);
  }
  return lines.filter(Boolean).slice(0, 4);
}
