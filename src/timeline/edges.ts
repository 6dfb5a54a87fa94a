/**
 * This file finds the synchronisation edges of a trace: which event happens before which, between goroutines, by the Go memory model (June 2022).
 * Which event releases and acquires what says the table of events; event/happensBefore.ts executes it on the sets of rows here. Every edge is exact;
 * none is inferred from timing. Edges that program order and other edges of the same object imply are left out, the closure is the same.
 */
import { HappensBefore } from '../event/happensBefore';
import type { ClockAlgebra } from '../event/happensBefore';
import { Kind } from '../event/kinds';
import type { ClockName } from '../event/order';
import { group } from '../trace/rows';
import type { Grouped, TraceIndex } from '../trace/rows';
import type { LinkKind } from './model';
import { begins, Stretches } from './stretches';
import { Releases } from './releases';
import type { Moment } from './releases';

/** In numeric order. */
export const EDGE_KINDS = [
  'spawn',
  'value',
  'space',
  'lock',
  'waitgroup',
  'close',
  'cond',
  'once',
  'timer',
  'atomic',
] as const satisfies readonly LinkKind[];
export type EdgeKind = (typeof EDGE_KINDS)[number];
const CODE = Object.fromEntries(EDGE_KINDS.map((kind, code) => [kind, code])) as Record<EdgeKind, number>;

/** What the arrow is that leads from a release to who acquires it. */
const EDGE_OF: Readonly<Record<ClockName, EdgeKind>> = {
  sends: 'value',
  receives: 'space',
  close: 'close',
  unlocks: 'lock',
  readUnlocks: 'lock',
  dones: 'waitgroup',
  once: 'once',
  signal: 'cond',
  atomic: 'atomic',
  timer: 'timer',
};

/** All edges in columns, ascending by `enters`; `from[e] < to[e]`. */
export class Edges {
  readonly length: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Moments of `from` and `to`: what comes of row `from` before it leaves, and what row `to` does after it enters, is ordered by the edge. */
  readonly leaves: Int32Array;
  readonly enters: Int32Array;
  /** Index into EDGE_KINDS. */
  readonly kind: Uint8Array;
  /** Edges by the goroutine they lead to, ascending by `enters`. */
  readonly into: Grouped;
  /** Edges by the goroutine they leave, ascending by `leaves`. */
  readonly outOf: Grouped;

  constructor(readonly index: TraceIndex) {
    const { leaves, enters, kind } = new EdgeCollector(index).collect();
    this.length = leaves.length;
    this.leaves = new Int32Array(leaves);
    this.enters = new Int32Array(enters);
    this.from = this.leaves.map(rowOf);
    this.to = this.enters.map(rowOf);
    this.kind = new Uint8Array(kind);
    const goroutines = index.goroutines + 1;
    this.into = group(this.length, goroutines, (e) => index.goroutineOf(this.to[e]!));
    const byLeaves = group(this.length, Math.max(1, 2 * index.trace.length), (e) => this.leaves[e]!).rows;
    const outOf = group(this.length, goroutines, (i) => index.goroutineOf(this.from[byLeaves[i]!]!));
    this.outOf = { start: outOf.start, rows: outOf.rows.map((i) => byLeaves[i]!) };
  }

  /** Edges that lead into a goroutine. */
  intoGoroutine(g: number): Int32Array {
    return this.into.rows.subarray(this.into.start[g], this.into.start[g + 1]);
  }

  /** Edges that leave a goroutine. */
  outOfGoroutine(g: number): Int32Array {
    return this.outOf.rows.subarray(this.outOf.start[g], this.outOf.start[g + 1]);
  }
}

export function rowOf(moment: Moment): number {
  return moment >> 1;
}

/** An edge that has left its row and is to enter the next one of a goroutine. */
interface Underway {
  readonly leaves: Moment;
  readonly kind: EdgeKind;
}

class EdgeCollector implements ClockAlgebra<Releases> {
  readonly leaves: Moment[] = [];
  readonly enters: Moment[] = [];
  readonly kind: number[] = [];
  private rules: HappensBefore<Releases>;
  private readonly underway = new Map<number, Underway[]>();
  private assumed: Releases | undefined;
  private row = 0;
  /** Whether the row has acquired anything. */
  private acquired = false;

  private readonly stretches: Stretches;
  /** Whether the row stands in a gap: then its goroutine's next row need not be its next event. */
  private isWithin = false;

  constructor(private readonly index: TraceIndex) {
    this.stretches = new Stretches(index.trace);
    this.rules = this.unknowing();
  }

  /** The rules, and nothing that anybody has released. */
  private unknowing(): HappensBefore<Releases> {
    const rules = new HappensBefore<Releases>(this);
    for (const meta of this.index.trace.meta.objects) {
      if (meta.kind === 'channel') rules.open(meta.id, meta.capacity ?? 0);
    }
    return rules;
  }

  /** Whoever releases last before an acquire after a gap may have been left out. */
  private forget(): void {
    this.rules = this.unknowing();
    this.underway.clear();
    this.assumed = undefined;
  }

  collect(): this {
    const { columns } = this.index.trace;
    for (let row = 0; row < this.index.trace.length; row++) {
      this.row = row;
      this.acquired = false;
      const stretch = this.stretches.at(row);
      this.isWithin = stretch !== undefined;
      if (stretch && begins(stretch, row)) this.forget();
      // A goroutine that somebody makes runnable does nothing by that.
      if (this.underway.size > 0 && columns.kind[row] !== GO_READY) this.arrive(this.index.goroutineOf(row));
      this.rules.observe(columns, row);
    }
    return this;
  }

  private arrive(g: number): void {
    const edges = this.underway.get(g);
    if (!edges) return;
    this.underway.delete(g);
    for (const { leaves, kind } of edges) this.add(leaves, 2 * this.row, kind);
  }

  private add(leaves: Moment, enters: Moment, kind: EdgeKind): void {
    this.leaves.push(leaves);
    this.enters.push(enters);
    this.kind.push(CODE[kind]);
  }

  private send(leaves: Moment, to: number, kind: EdgeKind): void {
    if (this.isWithin) return;
    const edges = this.underway.get(to);
    if (edges) edges.push({ leaves, kind });
    else this.underway.set(to, [{ leaves, kind }]);
  }

  /** When what the row releases leaves it. */
  private get now(): Moment {
    return 2 * this.row + (this.acquired ? 1 : 0);
  }

  // ---------------------------------------------------------------- the algebra

  clock(name: ClockName): Releases {
    return new Releases(EDGE_OF[name]);
  }

  acquire(g: number, clock: Releases): void {
    if (g === 0) return;
    const enters = 2 * this.row + 1;
    clock.acquire(g, enters, (leaves) => this.add(leaves, enters, clock.kind));
    this.acquired = true;
  }

  publish(g: number, clock: Releases): void {
    if (g === 0) clock.assign(this.assumed);
    else clock.publish(g, this.now);
  }

  merge(g: number, clock: Releases): void {
    clock.merge(g, this.now);
  }

  cover(g: number, clock: Releases): void {
    clock.forget(g);
  }

  acquireFor(g: number, clock: Releases): void {
    if (g === 0) return;
    clock.acquire(g, this.now, (leaves) => this.send(leaves, g, clock.kind));
  }

  fork(creator: number, g: number): void {
    if (creator !== 0) this.send(this.now, g, 'spawn');
  }

  assume(clock: Releases): void {
    this.assumed = clock;
  }
}

// A constant of this module: reading it off the table for every row would cost more than the fold itself.
const GO_READY = Kind.GoReady;
