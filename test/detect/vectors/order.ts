/**
 * This file keeps happens-before as the older race detector did, an oracle for the one of src/detect: a vector clock for each goroutine and for whatever goroutines synchronise by.
 * Which event does what to which clock says the table of events; event/happensBefore.ts executes it on the clocks here.
 */
import { Ledger, type Share } from '../../../src/base/ledger';
import { HappensBefore, ORDERING_KINDS } from '../../../src/event/happensBefore';
import type { ClockAlgebra } from '../../../src/event/happensBefore';
import { Kind } from '../../../src/event/kinds';
import type { EventLog } from '../../../src/event/log';
import { VectorClock } from './clocks';
import { Strands } from './strands';
import type { Strand } from './strands';

const NOTHING = new VectorClock(0);
/** Bytes of a channel in the table of clocks, without the clocks. */
const CHANNEL_BYTES = 320;

export class Order implements ClockAlgebra<VectorClock> {
  readonly strands: Strands;
  private rules = new HappensBefore<VectorClock>(this);
  /** What goroutine 0 knows, which has no strand: the clock of the timer that fired last. */
  private assumed = NOTHING;
  /** By goroutine that has not started: what it learns before its first event. */
  private readonly early = new Map<number, VectorClock>();
  /** The strand of the latest event: the next one is often its, too. */
  private latest: Strand | undefined;
  /** The event being observed. */
  private event = -1;
  private pc = -1;
  private kind = 0;

  /** Codes of the events that matter. */
  static readonly kinds: readonly number[] = [...ORDERING_KINDS, Kind.GoEnd];

  constructor(private readonly share: Share = new Ledger().share('races')) {
    this.strands = new Strands(share);
  }

  /** Forgets all. */
  drop(): void {
    this.strands.drop();
    this.rules = new HappensBefore<VectorClock>(this);
    this.assumed = NOTHING;
    this.early.clear();
    this.latest = undefined;
  }

  /** Takes one event into account. @throws ShareSpent, OutOfMemory */
  observe(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    if (kind === GO_END) return this.end(log.g[i]!);
    this.event = log.first + i;
    this.pc = log.pc[i]!;
    this.kind = kind;
    if (kind === CHAN_MAKE) this.share.take(CHANNEL_BYTES);
    this.rules.observe(log, i);
  }

  /** The strand of a goroutine that runs. */
  strand(g: number): Strand {
    const { latest } = this;
    return latest?.g === g ? latest : (this.latest = this.strands.of(g));
  }

  private end(g: number): void {
    this.latest = undefined;
    this.strands.end(g);
  }

  // ---------------------------------------------------------------- the algebra

  clock(): VectorClock {
    return new VectorClock(undefined, this.share);
  }

  acquire(g: number, clock: VectorClock): void {
    if (g !== 0) this.strand(g).acquire(clock, this.event);
  }

  publish(g: number, clock: VectorClock): void {
    if (g === 0) return clock.assign(this.assumed);
    const strand = this.strand(g);
    clock.assign(strand.known);
    this.release(strand, clock);
  }

  merge(g: number, clock: VectorClock): void {
    if (g === 0) return void clock.join(this.assumed);
    const strand = this.strand(g);
    clock.join(strand.known);
    this.release(strand, clock);
  }

  cover(): void {
    // A vector costs nothing by being learned twice.
  }

  acquireFor(g: number, clock: VectorClock): void {
    if (g === 0) return;
    const strand = this.strands.find(g);
    if (strand) return strand.acquire(clock, this.event);
    const early = this.early.get(g);
    if (early) early.join(clock);
    else this.early.set(g, clock.copy());
  }

  fork(g: number, started: number): void {
    const creator = g === 0 ? undefined : this.strand(g);
    const child = this.strands.start(started, creator, this.event, this.pc);
    creator?.release(this.event, this.pc, this.kind);
    const early = this.early.get(started);
    if (!early) return;
    child.acquire(early, this.event);
    early.drop();
    this.early.delete(started);
  }

  assume(clock: VectorClock): void {
    this.assumed = clock.copy();
  }

  /** Adds the strand's own epoch to a clock, and begins the next one. */
  private release(strand: Strand, clock: VectorClock): void {
    clock.raise(strand.slot, strand.clock);
    strand.release(this.event, this.pc, this.kind);
  }
}

const GO_END = Kind.GoEnd;
const CHAN_MAKE = Kind.ChanMake;
