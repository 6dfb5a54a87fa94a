/**
 * This file defines what a trace says of the events that it had no room for. It holds its beginning and its end whole; of what lies between it holds rows from
 * which the world at the end of the gap follows (the latest event of each goroutine, who holds which lock, what lies in which channel), and sums of the rest.
 *
 * In the rows a gap is a stretch: it begins with a row of kind LeftOut, and so does each of its parts; the rows between are true, but not all there were.
 */
import { Kind } from '../event/kinds';
import { counted } from './quantity';
import type { Trace } from './store';

/** A gap, in plain data. */
export interface Gap {
  /** Its first row, and the first row after it, from which on the trace is whole again. */
  readonly row: number;
  readonly end: number;
  /** Events left out. */
  readonly events: number;
  /** Rows of its parts, of kind LeftOut, ascending; the first is `row`. */
  readonly parts: readonly number[];
  /** Goroutines to which something left out happened, of those that the trace shows. */
  readonly goroutines: readonly number[];
  /** Of each of them: events left out; index of the place of the first statement of them, and of the last, -1. */
  readonly counts: readonly number[];
  readonly places: readonly number[];
  readonly lasts: readonly number[];
  /** Virtual ns of each of them in each state until its state is known again: entry `(part * goroutines.length + i) * STATES_TOLD + state`. */
  readonly times: readonly number[];
  /** Goroutines that began and ended in it, of which the trace shows nothing. */
  readonly unseen: number;
  /** Objects known before, to which something left out happened. */
  readonly objects: readonly number[];
  /** Rows before it that still count at its end: sends that nobody has received, acquisitions of locks that are still held, the latest change of counters that are not 0. */
  readonly standing: readonly number[];
  /** Channels, and how many values had entered the buffer of each before those that it holds at the end. */
  readonly channels: readonly number[];
  readonly entered: readonly number[];
  /** Threads to which something left out happened. */
  readonly threads: readonly number[];
}

/** States that a goroutine can be in: all but "unrecorded". */
export const STATES_TOLD = 6;

const NONE: readonly Gap[] = [];

export const gapsOf = ({ meta }: Trace): readonly Gap[] => meta.gaps ?? NONE;

/** The gap in whose stretch a row lies. */
export function gapAt(trace: Trace, row: number): Gap | undefined {
  return gapsOf(trace).find((gap) => gap.row <= row && row < gap.end);
}

/** The part of a gap in which a row of its stretch lies. */
export function partAt(gap: Gap, row: number): number {
  let part = 0;
  while (part + 1 < gap.parts.length && gap.parts[part + 1]! <= row) part++;
  return part;
}

/** Events of the run that the trace does not hold. */
export const eventsLeftOut = (trace: Trace): number => gapsOf(trace).reduce((sum, { events }) => sum + events, 0);

/** Rows that are events of the run. */
export const eventsKept = (trace: Trace): number =>
  gapsOf(trace).reduce((rows, { parts }) => rows - parts.length, trace.length);

/** `12,345 events not recorded`, of a row of kind LeftOut. */
export function leftOutWords({ columns: { lo, hi } }: Trace, row: number): string {
  return `${counted(hi[row]! * 2 ** 32 + (lo[row]! >>> 0), 'event')} not recorded`;
}

/** By gap: its goroutines by id, its objects. They may be many, and are asked for in every frame. */
const numbers = new WeakMap<Gap, ReadonlyMap<number, number>>();
const touched = new WeakMap<Gap, ReadonlySet<number>>();

/** Index of a goroutine in the lists of a gap; -1: nothing that happened to it is left out. */
export function numberIn(gap: Gap, goroutine: number): number {
  let known = numbers.get(gap);
  if (!known) numbers.set(gap, (known = new Map(gap.goroutines.map((id, i) => [id, i]))));
  return known.get(goroutine) ?? -1;
}

/** Whether something that happened to an object, which was known before, is left out. */
export function leavesOut(gap: Gap, object: number): boolean {
  let known = touched.get(gap);
  if (!known) touched.set(gap, (known = new Set(gap.objects)));
  return known.has(object);
}

/** Virtual ns that a goroutine spends in each state in the part of a gap in which a row stands, until its state is known again; nothing elsewhere. */
export function sumsAt(trace: Trace, goroutine: number, row: number): readonly number[] {
  const gap = gapAt(trace, row);
  const i = gap ? numberIn(gap, goroutine) : -1;
  if (!gap || i < 0) return [];
  const at = (partAt(gap, row) * gap.goroutines.length + i) * STATES_TOLD;
  return gap.times.slice(at, at + STATES_TOLD);
}

export const isLeftOut = ({ columns }: Trace, row: number): boolean => columns.kind[row] === Kind.LeftOut;
