/** This file says how much of the run a trace shows that had no room for all of it. */
import { eventsKept, eventsLeftOut, gapsOf } from '../trace/gaps';
import { counted, grouped, longDuration } from '../trace/quantity';
import type { Trace } from '../trace/store';

/**
 * `the timeline shows 200,000 of 12,345,678 events: those between 1.2 ms and 4.5 s are told in sums`;
 * `the timeline ends at 1.2 ms of 4.5 s: it is full with 200,000 events`; undefined of a trace that shows the whole run.
 */
export function cutWords(trace: Trace): string | undefined {
  const words = [trace.meta.truncated ? endWords(trace) : undefined, gapWords(trace)].filter((each) => each);
  return words.length > 0 ? words.join('; ') : undefined;
}

function gapWords(trace: Trace): string | undefined {
  const gaps = gapsOf(trace);
  const [first, last] = [gaps[0], gaps[gaps.length - 1]];
  if (!first || !last) return undefined;
  const { time } = trace.columns;
  const [from, to] = [first.row, last.end].map((row) => longDuration(time[row] ?? trace.meta.endTime));
  const kept = eventsKept(trace);
  const most = gaps.length > 1 ? 'most of those' : 'those';
  return `the timeline shows ${grouped(kept)} of ${counted(kept + eventsLeftOut(trace), 'event')}: ${most} between ${from} and ${to} are told in sums`;
}

function endWords({ meta, length, columns }: Trace): string {
  const until = longDuration(columns.time[length - 1] ?? 0);
  return `the timeline ends at ${until} of ${longDuration(meta.endTime)}: it is full with ${counted(length, 'event')}`;
}
