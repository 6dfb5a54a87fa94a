/** This file shows one event: what happened, why, and what it led to; on the cores' view also who waited to run. */
import type { VNode } from 'preact';
import type { Link } from '../../timeline/model';
import { hasOneRuntime } from '../../trace/meta';
import { goroutinesText } from '../../timeline/names';
import { linksOf } from '../derive';
import { duration } from '../words';
import { useApp, usePanel } from './context';
import { Codicon } from './icons';
import { Knows } from './knows';
import { PlaceLink } from './phrases';
import { FindingList } from './runCard';

export function EventCard(): VNode | null {
  const run = useApp((state) => state.run);
  const focus = useApp((state) => state.focus);
  const preset = useApp((state) => state.preset);
  if (!run || focus.row < 0) return null;
  const { timeline } = run;
  const { columns } = timeline.trace;
  const place = columns.place[focus.row]!;
  return (
    <>
      <section class="section">
        <h2>
          <Codicon name="target" />
          <span>{timeline.describeEvent(focus.row)}</span>
        </h2>
        <p>
          Step {focus.step}, {duration(columns.time[focus.row]!)}
          {place >= 0 && (
            <>
              , at <PlaceLink place={place} long />
            </>
          )}
          .
        </p>
      </section>
      <Causes />
      {preset === 'cores' ? <Queues /> : <Knows />}
      <FindingList />
    </>
  );
}

/** Arrows of the event in words. */
function Causes(): VNode | null {
  const links = useApp(linksOf);
  const run = useApp((state) => state.run);
  if (!run || links.incoming.length + links.outgoing.length === 0) return null;
  return (
    <section class="section">
      <h3>Causes and effects</h3>
      <ul class="sites">
        {links.incoming.map((link) => (
          <Arrow key={`in ${link.fromRow}`} link={link} row={link.fromRow} word="after" />
        ))}
        {links.outgoing.map((link) => (
          <Arrow key={`out ${link.toRow}`} link={link} row={link.toRow} word="before" />
        ))}
      </ul>
    </section>
  );
}

function Arrow({ row, word }: { link: Link; row: number; word: 'after' | 'before' }): VNode | null {
  const { navigator } = usePanel();
  const timeline = useApp(({ run }) => run?.timeline); // gone for a moment when the panel goes to another file
  if (!timeline) return null;
  return (
    <li>
      <button type="button" class="plain" onClick={() => navigator.focusRow(row)}>
        <span class="dim">{word}</span> {timeline.describeEvent(row)}
      </button>
      <span class="where dim">step {timeline.trace.columns.step[row]}</span>
    </li>
  );
}

/** Goroutines of a queue that are named. */
const MOST_NAMED = 200;

/** Who waits to run at the moment of the focus. */
function Queues(): VNode | null {
  const run = useApp((state) => state.run);
  const row = useApp(({ focus }) => focus.row);
  if (!run || !hasOneRuntime(run.timeline.trace.meta)) return null;
  const { timeline } = run;
  const queues = [...Array.from({ length: timeline.trace.meta.cores }, (_, p) => p), -1];
  return (
    <section class="section">
      <h3>Run queues at this moment</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Queue</th>
            <th scope="col">Waiting, next first</th>
          </tr>
        </thead>
        <tbody>
          {queues.map((p) => {
            const { level, waiters } = timeline.queueAt(p, row);
            return (
              <tr key={p}>
                <td>{p < 0 ? 'Global' : `P${p}`}</td>
                <td>{level === 0 ? <span class="dim">empty</span> : goroutinesText(waiters, MOST_NAMED, level)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
