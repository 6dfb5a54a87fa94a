/**
 * This file keeps happens-before as the race detector needs it: a vector clock for each goroutine and for whatever goroutines synchronise by.
 * Which event does what to which clock says the table of events; event/happensBefore.ts executes it on the clocks here.
 */
import { HappensBefore, ORDERING_KINDS } from '../event/happensBefore';
import type { ClockAlgebra } from '../event/happensBefore';
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import { VectorClock } from './clocks';
import { Strands } from './strands';
import type { Strand } from './strands';

/** Goroutine 0 has no strand: it acts with the clock of the timer that fired last. */
type Actor = Strand | undefined;

const NOTHING = new VectorClock(0);

export class Order implements ClockAlgebra<Actor, VectorClock> {
  readonly strands = new Strands();
  private readonly rules = new HappensBefore<Actor, VectorClock>(this);
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

  /** Takes one event into account. */
  observe(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    const g = log.g[i]!;
    if (kind === GO_END) return this.end(g);
    this.event = log.first + i;
    this.pc = log.pc[i]!;
    this.kind = kind;
    this.rules.observe(kind, g, log.obj[i]!, log.a[i]!, log.b[i]!);
  }

  private end(g: number): void {
    this.latest = undefined;
    this.strands.end(g);
  }

  // ---------------------------------------------------------------- the algebra

  clock(): VectorClock {
    return new VectorClock();
  }

  actor(g: number): Actor {
    if (g === 0) return undefined;
    const { latest } = this;
    return latest?.g === g ? latest : (this.latest = this.strands.of(g));
  }

  acquire(actor: Actor, clock: VectorClock): void {
    actor?.acquire(clock, this.event);
  }

  publish(actor: Actor, clock: VectorClock): void {
    if (!actor) return clock.assign(this.assumed);
    clock.assign(actor.known);
    this.release(actor, clock);
  }

  merge(actor: Actor, clock: VectorClock): void {
    if (!actor) return void clock.join(this.assumed);
    clock.join(actor.known);
    this.release(actor, clock);
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
    else this.early.set(g, copyOf(clock));
  }

  fork(actor: Actor, g: number): void {
    const child = this.strands.start(g, actor, this.event, this.pc);
    actor?.release(this.event, this.pc, this.kind);
    const early = this.early.get(g);
    if (!early) return;
    child.acquire(early, this.event);
    this.early.delete(g);
  }

  assume(clock: VectorClock): void {
    this.assumed = clock;
  }

  /** Adds the goroutine's own epoch to a clock, and begins the next one. */
  private release(actor: Strand, clock: VectorClock): void {
    clock.raise(actor.slot, actor.clock);
    actor.release(this.event, this.pc, this.kind);
  }
}

function copyOf(clock: VectorClock): VectorClock {
  const copy = new VectorClock(clock.length);
  copy.assign(clock);
  return copy;
}

const GO_END = Kind.GoEnd;
