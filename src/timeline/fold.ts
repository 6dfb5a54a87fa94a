/** This file shows several goroutines in one lane: in each column the state that most of them are in. */
import type { SpanBuffer } from './buffers';
import type { Axis, Range } from './model';
import { STATES } from './model';
import type { StoredTrack } from './track';

/** Width of a column in pixels: a fold is a strip of density, not of single spans. */
const COLUMN = 4;
/** Members looked at; of more, every k-th. Members of a fold did the same, so few stand for all. */
const SAMPLE = 64;

/** The dominant state of each column, with the share of the members' time in it as density. */
export function visibleFold(
  members: readonly StoredTrack[],
  axis: Axis,
  range: Range,
  pixels: number,
  into: SpanBuffer,
): void {
  const width = ((range.end - range.start) / Math.max(1, pixels)) * COLUMN;
  if (!(width > 0)) return;
  const every = Math.ceil(members.length / SAMPLE);
  const sample = members.filter((_, i) => i % every === 0);
  const time = new Float64Array(STATES.length);
  const first = Math.floor(range.start / width);
  for (let column = first; column * width < range.end; column++) {
    const start = Math.max(column * width, range.start);
    const end = Math.min((column + 1) * width, range.end);
    time.fill(0);
    for (const { store, run } of sample) store.addTime(run, axis, { start, end }, time);
    let best = 0;
    for (let code = 1; code < STATES.length; code++) if (time[code]! > time[best]!) best = code;
    if (time[best]! > 0) into.push(start, end, best, -1, Math.min(1, time[best]! / ((end - start) * sample.length)));
  }
}
