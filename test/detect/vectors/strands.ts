/**
 * This file keeps the clocks of goroutines. A *strand* is the detector's record of one goroutine; it occupies a *clock slot*, one component of all
 * vector clocks. A strand's own component counts its epochs: it starts at 1 and grows by one at each release, so (slot, clock) names a stretch of
 * one goroutine between two releases.
 *
 * Slots are recycled without loss of exactness: a goroutine takes over the slot of one that has ended only if its creator knew the end of it
 * (the last clock of the slot is covered), so that whatever the former tenant did happens before everything the new one does.
 */
import { Ledger, type Share } from '../../../src/base/ledger';
import { EVENT_NAMES } from '../../../src/event/kinds';
import { VectorClock } from './clocks';
import type { RaceClocks } from '../../../src/detect/finding';
import { Journal } from './journal';

/** Most slots in use; a program with more goroutines that never meet is not watched to its end. */
export const MAX_SLOTS = 1 << 15;
/** Bytes of a strand without its clock and journals, and of its entries in tables. */
const STRAND_BYTES = 480;
/** Freed slots looked at when a goroutine starts. */
const CANDIDATES = 8;
/** At least this many ended goroutines keep their journals. */
const MOST_ENDED = 4096;
/** Goroutines of which a race says what its two knew, besides the two. */
const MOST_TOLD = 64;
/** Vector clocks longer than this are not kept in the journal of what a strand knew. */
const LONGEST_VERSION = 1024;

/** A release: the end of an epoch, up to which others may know a strand. */
export interface ReleasePoint {
  readonly g: number;
  readonly event: number;
  readonly pc: number;
  /** Name of the event kind. */
  readonly kind: string;
}

export class Strand {
  /** Current epoch. */
  clock: number;
  /** (event, pc, kind) of the release that ended each epoch. */
  private readonly releases: Journal;
  /** Versions of `known`, oldest first: components, their number, the event from which on it holds. */
  private readonly versions: Journal;

  constructor(
    readonly g: number,
    readonly slot: number,
    /** First epoch. */
    readonly start: number,
    readonly creator: number,
    /** Event and instruction of the go statement; -1: none. */
    readonly createdAt: number,
    readonly createdPc: number,
    /** What it knows of others; its own component is `clock`. */
    readonly known: VectorClock,
    share: Share,
  ) {
    this.releases = new Journal(share);
    this.versions = new Journal(share);
    this.clock = start;
  }

  /** Whether epoch `clock` of `slot` happens before what this strand does now. */
  covers(slot: number, clock: number): boolean {
    return slot === this.slot || clock <= this.known.get(slot);
  }

  /** Ends the epoch: what the strand did up to here has been published by an event. */
  release(event: number, pc: number, kind: number): void {
    this.clock++;
    const { releases } = this;
    const at = releases.extend(3);
    releases.numbers[at] = event;
    releases.numbers[at + 1] = pc;
    releases.numbers[at + 2] = kind;
  }

  /** Learns what a clock knows, at an event. */
  acquire(clock: VectorClock, event: number): void {
    if (this.known.join(clock)) this.remember(event);
  }

  /** Notes what the strand knows from `event` on. */
  remember(event: number): void {
    const { length, data } = this.known;
    const { versions } = this;
    if (length > LONGEST_VERSION) return versions.clear();
    const at = versions.extend(length + 2);
    for (let i = 0; i < length; i++) versions.numbers[at + i] = data[i]!;
    versions.numbers[at + length] = length;
    versions.numbers[at + length + 1] = event;
  }

  /** Gives up all memory of the past but its name and its epochs. */
  forget(): void {
    this.known.drop();
    this.releases.clear();
    this.versions.clear();
  }

  /** What the strand knew at an earlier event; undefined when that is forgotten. */
  knownAt(event: number): VectorClock | undefined {
    const { numbers, length: written } = this.versions;
    let end = written;
    while (end >= 2) {
      const length = numbers[end - 2]!;
      const first = end - 2 - length;
      if (first < 0) return undefined;
      if (numbers[end - 1]! <= event) {
        const clock = new VectorClock(length);
        for (let i = 0; i < length; i++) clock.raise(i, numbers[first + i]!);
        return clock;
      }
      end = first;
    }
    return undefined;
  }

  /** The release that ended an epoch of this strand, if it is still remembered. */
  releasePoint(clock: number): ReleasePoint | undefined {
    const { numbers, length, dropped } = this.releases;
    const at = (clock - this.start) * 3 - dropped;
    if (at < 0 || at >= length) return undefined;
    return { g: this.g, event: numbers[at]!, pc: numbers[at + 1]!, kind: EVENT_NAMES[numbers[at + 2]!]! };
  }
}

export class Strands {
  /** True once a goroutine got no slot: from then on nothing can be said any more. */
  full = false;
  private readonly alive = new Map<number, Strand>();
  /** By slot: all strands that had it, oldest first. */
  private readonly tenants: Strand[][] = [];
  private readonly free: number[] = [];
  /** Ended strands that still have their journals, oldest first. */
  private readonly ended: Strand[] = [];

  constructor(private readonly share: Share = new Ledger().share('races')) {}

  /** Forgets all. */
  drop(): void {
    this.alive.clear();
    for (const list of [this.tenants, this.free, this.ended]) list.length = 0;
  }

  /** The strand of a goroutine; one that was never created (main, tests) starts knowing nothing. */
  of(g: number): Strand {
    return this.alive.get(g) ?? this.start(g, undefined, -1, -1);
  }

  find(g: number): Strand | undefined {
    return this.alive.get(g);
  }

  /** A goroutine begins; it knows what its creator knows. */
  start(g: number, creator: Strand | undefined, event: number, pc: number): Strand {
    this.share.take(STRAND_BYTES);
    const slot = this.takeSlot(creator);
    const former = this.tenants[slot]!;
    const first = former.length === 0 ? 1 : former[former.length - 1]!.clock + 1;
    const known = creator?.known.copy() ?? new VectorClock(undefined, this.share);
    if (creator) known.raise(creator.slot, creator.clock);
    const strand = new Strand(g, slot, first, creator?.g ?? 0, event, pc, known, this.share);
    strand.remember(event);
    former.push(strand);
    this.alive.set(g, strand);
    return strand;
  }

  /** A goroutine has ended. That orders nothing; its slot may be used again by one that is ordered after it. */
  end(g: number): void {
    const strand = this.alive.get(g);
    if (!strand) return;
    this.alive.delete(g);
    this.free.push(strand.slot);
    this.ended.push(strand);
    if (this.ended.length < MOST_ENDED * 2) return;
    for (const old of this.ended.splice(0, MOST_ENDED)) old.forget();
  }

  /** The goroutine that had a slot in an epoch. */
  tenant(slot: number, clock: number): Strand | undefined {
    const tenants = this.tenants[slot] ?? [];
    let low = 0;
    let high = tenants.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tenants[middle]!.start <= clock) low = middle + 1;
      else high = middle;
    }
    return tenants[low - 1];
  }

  /**
   * The latest release that happens before both what `a` did at `eventA` in epoch `clockA` and what `b` does now:
   * the last thing both agree on.
   */
  lastCommon(a: Strand, clockA: number, eventA: number, b: Strand): ReleasePoint | undefined {
    const knownA = a.knownAt(eventA);
    if (!knownA) return undefined;
    knownA.raise(a.slot, clockA - 1);
    let best: ReleasePoint | undefined;
    for (let slot = 0; slot < knownA.length; slot++) {
      const own = slot === b.slot ? b.clock - 1 : b.known.get(slot);
      const clock = Math.min(knownA.get(slot), own);
      const point = clock > 0 ? this.tenant(slot, clock)?.releasePoint(clock) : undefined;
      if (point && (!best || point.event > best.event)) best = point;
    }
    return best;
  }

  /** What two strands know of each other and of the first goroutines: `a` at an earlier event in its epoch `clockA`, `b` now. Undefined when forgotten. */
  clocksOf(a: Strand, clockA: number, eventA: number, b: Strand): RaceClocks | undefined {
    const knownA = a.knownAt(eventA);
    if (!knownA) return undefined;
    knownA.raise(a.slot, clockA);
    const slots = Math.max(knownA.length, b.known.length, b.slot + 1);
    const clocks = { goroutines: [] as number[], previous: [] as number[], access: [] as number[], deciding: a.g };
    for (let slot = 0; slot < slots; slot++) {
      if (clocks.goroutines.length >= MOST_TOLD && slot !== a.slot && slot !== b.slot) continue;
      const [mine, yours] = [knownA.get(slot), slot === b.slot ? b.clock : b.known.get(slot)];
      const tenant = slot === b.slot ? b : slot === a.slot ? a : this.tenant(slot, Math.max(mine, yours));
      if (!tenant || Math.max(mine, yours) === 0) continue;
      const epoch = (clock: number): number => Math.max(0, clock - tenant.start + 1);
      clocks.goroutines.push(tenant.g);
      clocks.previous.push(epoch(mine));
      clocks.access.push(epoch(yours));
    }
    return clocks;
  }

  private takeSlot(creator: Strand | undefined): number {
    if (creator) {
      for (let i = this.free.length - 1; i >= Math.max(0, this.free.length - CANDIDATES); i--) {
        const slot = this.free[i]!;
        const tenants = this.tenants[slot]!;
        if (!creator.covers(slot, tenants[tenants.length - 1]!.clock)) continue;
        if (i === this.free.length - 1) this.free.pop();
        else this.free.splice(i, 1);
        return slot;
      }
    }
    if (this.tenants.length >= MAX_SLOTS) this.full = true;
    return this.tenants.push([]) - 1;
  }
}
