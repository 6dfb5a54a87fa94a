/** This file says in words which part of a run is shown. */
import { count } from '../picture/words';
import type { Viewport } from '../picture/window';
import type { Axis, Timeline } from '../timeline/model';
import { duration, plural } from './words';

/** `Steps 12 to 54 of 117`, `All 118 steps`, `1.2 µs to 3.4 µs of 168 µs`. */
export function windowWords(timeline: Timeline, axis: Axis, { from, to }: Viewport): string {
  const last = axis === 'step' ? timeline.steps - 1 : timeline.end('time');
  const [first, end] = axis === 'step' ? [Math.ceil(from), Math.floor(to)] : [from, to];
  const isAll = first <= 0 && end >= last;
  if (axis === 'step')
    return isAll
      ? `All ${plural(timeline.steps, 'step')}`
      : `Steps ${count(Math.max(0, first))} to ${count(Math.min(end, last))} of ${count(last)}`;
  return isAll
    ? `All of ${duration(last)}`
    : `${duration(Math.max(0, first))} to ${duration(Math.min(end, last))} of ${duration(last)}`;
}
