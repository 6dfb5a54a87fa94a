/**
 * This file decides which rows of a run stay that has more events than its trace may hold: the first half of the room is for its beginning, the rest for the
 * latest rows; of those that these push out the ones that matter at the end of the gap (trace/latest.ts), and those that are pinned, with their neighbours.
 * Where a pinned neighbourhood is, one gap ends and another one begins after it.
 */
import { IS_STEP, Kind } from '../event/kinds';
import { STATES_TOLD, type Gap } from './gaps';
import { Latest, type Missed } from './latest';
import { Parts } from './parts';
import { Slots } from './slots';
import type { Mutable, TraceColumns } from './store';

/** Rows below which there is no room for a beginning, an end and a gap between. */
export const FEWEST = 64;
/** Neighbours on both sides of a pinned event. */
const AROUND = 64;
const MOST_PINS = 64;
/** Of the rows, the part for parts, for the sums of parts of goroutines, for variables; and the least for the end. */
const PARTS_PART = 1 / 32;
const CELLS_PART = 1 / 4;
const VARIABLES_PART = 1 / 16;
const END_PART = 1 / 8;

/** A gap as it was left: numbers of events among those that there would be rows of. */
interface Left {
  readonly parts: Parts;
  /** The first event after it. */
  end: number;
  missed: Missed | undefined;
}

export class Detail {
  /** Of a row, beside its columns: its slot, and its number. */
  static readonly bytesOfARow = Slots.bytesOfASlot + Float64Array.BYTES_PER_ELEMENT;
  private readonly slots: Slots;
  private readonly latest: Latest;
  /** By slot: which event it holds, counted from 0 among those that there would be rows of. */
  private readonly numbers: Float64Array;
  private readonly pins: { readonly from: number; readonly to: number }[] = [];
  private readonly around: number;
  private readonly left: Left[] = [];
  private open: Left | undefined;
  private seen: number;
  private gaveUp = false;
  private asked = 0;
  /** Rows that say where events are left out: in gaps that have ended, and in all. */
  private closed = 0;
  private markers = 0;

  constructor(
    private readonly columns: TraceColumns,
    private readonly ordinals: Float64Array,
    private readonly count: number,
    isPlace: (pc: number) => boolean,
  ) {
    const head = count >> 1;
    this.slots = new Slots(count, head);
    this.numbers = Float64Array.from({ length: count }, (_, slot) => slot);
    this.around = Math.min(AROUND, count >> 5);
    this.latest = new Latest(columns, this.slots, Math.floor(count * VARIABLES_PART), isPlace);
    this.seen = count;
    for (let slot = 0; slot < head; slot++) this.latest.follow(slot);
  }

  /** The slot of the next event; -1: there is no room for it, nor for any other. */
  next(): number {
    while (this.slots.free <= this.markers) {
      if (this.slots.queued <= this.count * END_PART) this.gaveUp = true;
      if (this.gaveUp) return -1;
      this.leave();
    }
    const slot = this.slots.take();
    this.numbers[slot] = this.seen++;
    return slot;
  }

  pin(ordinal: number): void {
    if (ordinal < 0 || this.asked++ >= MOST_PINS) return;
    const { slots, ordinals } = this;
    if (ordinal >= ordinals[slots.oldest]!) {
      this.pins.push({ from: ordinal - this.around, to: ordinal + this.around });
      return;
    }
    for (let slot = 0; slot < this.count; slot++)
      if (ordinals[slot] === ordinal && slots.isNeeded(slot)) slots.keep(slot);
  }

  /** The oldest of the latest rows goes. */
  private leave(): void {
    const { slots, latest } = this;
    const slot = slots.shift();
    if (this.isPinned(this.ordinals[slot]!)) {
      this.close(this.numbers[slot]!);
      slots.keep(slot);
      latest.follow(slot);
      return;
    }
    const { parts } = (this.open ??= this.begin());
    parts.reach(this.numbers[slot]!, this.columns.time[slot]!, this.stepBefore(slot));
    this.markers = this.closed + parts.list.length;
    slots.hold(slot);
    latest.follow(slot);
    slots.drop(slot);
  }

  private isPinned(ordinal: number): boolean {
    return this.pins.length > 0 && this.pins.some(({ from, to }) => from <= ordinal && ordinal <= to);
  }

  private stepBefore(slot: number): number {
    return this.columns.step[slot]! - IS_STEP[this.columns.kind[slot]!]!;
  }

  private begin(): Left {
    const parts = new Parts(this.count * CELLS_PART, this.count * PARTS_PART);
    const left: Left = { parts, end: 0, missed: undefined };
    this.left.push(left);
    this.latest.open(parts);
    return left;
  }

  private close(end: number): void {
    const { open } = this;
    if (!open) return;
    open.end = end;
    open.missed = this.latest.close();
    this.closed += open.parts.list.length;
    this.open = undefined;
  }

  /** All rows of the trace, in order. */
  rows(): Rows {
    this.close(this.slots.queued > 0 ? this.numbers[this.slots.oldest]! : this.seen);
    const taken = Array.from(this.slots.taken()).sort((one, other) => this.numbers[one]! - this.numbers[other]!);
    // Given up: the rows that say so have no room of their own.
    taken.length -= Math.max(0, this.markers - this.slots.free);
    return new Rows(taken, this.numbers, this.left);
  }
}

/** A gap, and where it stands in the rows. */
interface Placed {
  readonly left: Left;
  readonly rows: number[];
  end: number;
}

/** The slots of a trace's rows in order, with rows (-1) that say where events are left out. */
class Rows {
  readonly slots: Int32Array;
  readonly gaps: readonly Gap[];
  private readonly placed: Placed[] = [];
  private readonly rowOfSlot = new Map<number, number>();

  constructor(
    taken: readonly number[],
    private readonly numbers: Float64Array,
    left: readonly Left[],
  ) {
    const rows: number[] = [];
    let at = 0;
    const upTo = (number: number): void => {
      while (at < taken.length && numbers[taken[at]!]! < number) rows.push(taken[at++]!);
    };
    for (const each of left) {
      const placed: Placed = { left: each, rows: [], end: 0 };
      for (const { first } of each.parts.list) {
        upTo(first);
        placed.rows.push(rows.push(NO_SLOT) - 1);
      }
      upTo(each.end);
      placed.end = rows.length;
      this.placed.push(placed);
    }
    upTo(Infinity);
    this.slots = Int32Array.from(rows);
    this.slots.forEach((slot, row) => {
      if (slot >= 0) this.rowOfSlot.set(slot, row);
    });
    this.gaps = this.placed.map((each) => this.gap(each));
  }

  /** Writes the rows that say where events are left out. */
  mark(columns: Mutable<TraceColumns>, ordinals: Float64Array): void {
    this.placed.forEach(({ left, rows, end }, index) => {
      rows.forEach((row, part) => {
        const { time, step } = left.parts.list[part]!;
        const events = this.leftOut(left, part, (rows[part + 1] ?? end) - row - 1);
        // Of no event: after the one before.
        ordinals[row] = Math.floor(ordinals[row - 1] ?? NO_SLOT) + 0.5;
        columns.kind[row] = Kind.LeftOut;
        columns.time[row] = time;
        columns.step[row] = step;
        columns.obj[row] = index;
        columns.a[row] = part;
        columns.lo[row] = events | 0;
        columns.hi[row] = Math.floor(events / 2 ** 32);
        columns.core[row] = columns.thread[row] = columns.place[row] = NO_SLOT;
      });
    });
  }

  private rowOf(slot: number): number {
    return this.rowOfSlot.get(slot) ?? NO_SLOT;
  }

  private leftOut({ parts: { list }, end }: Left, part: number, kept: number): number {
    return (list[part + 1]?.first ?? end) - list[part]!.first - kept;
  }

  private gap({ left, rows, end }: Placed): Gap {
    const { parts, missed } = left;
    const { goroutines, unseen, objects, channels, threads, standing } = missed!;
    const events = left.end - parts.list[0]!.first - (end - rows[0]! - rows.length);
    return {
      row: rows[0]!,
      end,
      events,
      parts: rows,
      goroutines: goroutines.map(([id]) => id),
      counts: goroutines.map(([, { count }]) => count),
      places: goroutines.map(([, { place }]) => place),
      lasts: goroutines.map(([, { last }]) => last),
      times: parts.list.flatMap((_, part) =>
        goroutines.flatMap(([, { times }]) =>
          Array.from({ length: STATES_TOLD }, (__, state) => times?.[part * STATES_TOLD + state] ?? 0),
        ),
      ),
      unseen,
      objects,
      standing: standing.map((slot) => this.rowOf(slot)).filter((row) => row >= 0 && row < rows[0]!),
      channels: channels.map(([id]) => id),
      entered: channels.map(([, entered]) => entered),
      threads,
    };
  }
}

const NO_SLOT = -1;
