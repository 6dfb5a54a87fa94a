/** This file reads off the rows of a gap what the folds need to go on after it: the last row that tells of each goroutine, thread, object and queue. */
import { EVENT_NAMES, Kind } from '../event/kinds';
import type { EventName } from '../event/kinds';
import { gapsOf, type Gap } from '../trace/gaps';
import { stateAfter, UNCHANGED } from '../trace/goroutineStates';
import { CONCERNS_OBJECT, HAPPENS_TO_OBJ } from '../trace/rows';
import type { Trace } from '../trace/store';

/** 1 where `obj` is a thread. */
export const CONCERNS_THREAD = Uint8Array.from(EVENT_NAMES, (name: EventName) =>
  ['ThreadCreate', 'ThreadRun', 'ThreadStop', 'ThreadWake'].includes(name) ? 1 : 0,
);

/** Rows by what they tell of; where a row is not the last one, something between is left out. */
export interface Stretch {
  readonly gap: Gap;
  /** By goroutine: the last row that changes its state. Those that are not in it were in one state throughout. */
  readonly goroutines: ReadonlyMap<number, number>;
  readonly threads: ReadonlyMap<number, number>;
  readonly objects: ReadonlyMap<number, number>;
  /** By P. */
  readonly queues: ReadonlyMap<number, number>;
}

/** The goroutine whose state the event of a row changes; 0: none. */
function changedBy({ columns: { kind, g, obj, a } }: Trace, row: number): number {
  const code = kind[row]!;
  if (stateAfter(code, a[row]!, UNCHANGED) === UNCHANGED) return 0;
  return code === Kind.GoCreate || HAPPENS_TO_OBJ[code] === 1 ? obj[row]! : g[row]!;
}

/** What the rows of a gap tell. */
function stretchOf(trace: Trace, gap: Gap): Stretch {
  const { kind, obj } = trace.columns;
  const [goroutines, threads, objects, queues] = Array.from({ length: 4 }, () => new Map<number, number>()) as [
    Map<number, number>,
    Map<number, number>,
    Map<number, number>,
    Map<number, number>,
  ];
  for (let row = gap.row; row < gap.end; row++) {
    const code = kind[row]!;
    const changed = changedBy(trace, row);
    if (changed > 0) goroutines.set(changed, row);
    if (CONCERNS_THREAD[code] === 1) threads.set(obj[row]!, row);
    if (CONCERNS_OBJECT[code] === 1) objects.set(obj[row]!, row);
    if (code === Kind.QueueLength) queues.set(obj[row]!, row);
  }
  return { gap, goroutines, threads, objects, queues };
}

/** Where a fold over rows stands among the gaps. */
export class Stretches {
  private next = 0;
  private current: Stretch | undefined;
  /** Whether there was a gap. */
  passed = false;

  constructor(private readonly trace: Trace) {}

  /** The gap in which a row stands, rows being asked for in order. */
  at(row: number): Stretch | undefined {
    if (this.current !== undefined && row < this.current.gap.end) return this.current;
    const gap = gapsOf(this.trace)[this.next];
    if (gap === undefined || row < gap.row) return (this.current = undefined);
    this.next++;
    this.passed = true;
    return (this.current = stretchOf(this.trace, gap));
  }
}

/** Whether a row is the first of a gap. */
export const begins = ({ gap }: Stretch, row: number): boolean => gap.row === row;

/** Whether no events are left out between two rows, in either order. */
export function isWholeBetween(trace: Trace, one: number, other: number): boolean {
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  return !gapsOf(trace).some(({ parts }) => parts.some((part) => first < part && part <= last));
}
