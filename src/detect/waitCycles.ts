/**
 * This file finds cycles of goroutines that wait for each other's locks: the wait-for graph (Coffman, Elphick and Shoshani 1971). Between a goroutine that
 * waits and those that hold stands the lock, so that the graph has an edge for each of them and not for each pair; the search is depth-first, without
 * recursion, and takes every edge once. Goroutines are rows of the survivors, and what is known of them and of the locks stands in columns.
 */
import { Column } from '../base/column';
import { IntTable } from '../base/intTable';
import type { Interrupt } from '../base/interrupt';
import type { Survivor, Survivors } from '../event/survivors';
import { Wait } from '../event/wait';
import type { Hold, Holdings } from './holdings';

/** One step around a cycle: `waiter` waits for an object, which `holder` has. */
export interface WaitFor {
  readonly waiter: Survivor;
  readonly holder: Hold;
}

const IS_LOCK = new Set<number>([Wait.mutexLock, Wait.rwMutexLock, Wait.rwMutexRLock]);

/** Cycles of lock waits; each goroutine is in at most one. */
export class WaitCycles {
  /** Of all cycles, step by step: who waits, as a row, and the goroutine that has what it waits for. */
  private readonly waiters = new Column();
  private readonly holders = new Column();
  /** Where each cycle begins, and the end of the last. */
  private readonly starts = new Column();
  /** By row: 1 in a cycle. */
  private readonly inCycle: Uint8Array;

  /** @throws Interrupted */
  constructor(
    private readonly survivors: Survivors,
    private readonly holdings: Holdings,
    interrupt: Interrupt,
  ) {
    this.inCycle = new Uint8Array(survivors.length);
    this.starts.add(0);
    const search = new Search(survivors, holdings, interrupt);
    for (const row of search.waiters) {
      const from = search.cycleFrom(row);
      if (from >= 0) this.add(search, from);
    }
  }

  get count(): number {
    return this.starts.length - 1;
  }

  length(cycle: number): number {
    return this.starts.at(cycle + 1) - this.starts.at(cycle);
  }

  step(cycle: number, i: number): WaitFor {
    const at = this.starts.at(cycle) + i;
    const waiter = this.survivors.at(this.waiters.at(at));
    const holder = this.holders.at(at);
    if (!waitsBehindWriter(this.holdings, waiter)) return { waiter, holder: this.holdings.hold(waiter.object, holder) };
    const { pc, event } = this.holdings.wait(holder) ?? { pc: -1, event: -1 };
    return { waiter, holder: { g: holder, pc, event, op: 'Lock' } };
  }

  /** Whether a survivor, as a row, is in a cycle. */
  has(row: number): boolean {
    return this.inCycle[row] === 1;
  }

  private add({ pathWaiters, pathHolders }: Search, from: number): void {
    for (let i = from; i < pathWaiters.length; i++) {
      this.waiters.add(pathWaiters.at(i));
      this.holders.add(pathHolders.at(i));
      this.inCycle[pathWaiters.at(i)] = 1;
    }
    this.starts.add(this.waiters.length);
  }
}

/** Finds the cycles of one end of a run once, for all who ask. */
export class CycleFinder {
  private latest: { readonly survivors: Survivors; readonly cycles: WaitCycles } | undefined;

  constructor(private readonly holdings: Holdings) {}

  /** @throws Interrupted */
  of(survivors: Survivors, interrupt: Interrupt): WaitCycles {
    if (this.latest?.survivors !== survivors) {
      this.latest = { survivors, cycles: new WaitCycles(survivors, this.holdings, interrupt) };
    }
    return this.latest.cycles;
  }
}

/** A reader that finds only readers waits for the writers that are before it in the queue. */
function waitsBehindWriter(holdings: Holdings, { object, wait }: Pick<Survivor, 'object' | 'wait'>): boolean {
  return wait === Wait.rwMutexRLock && holdings.writer(object) === 0;
}

/** Of a lock, for those that wait for whoever has it (key 0), or for the writers in its queue (key 1): who is to be looked at next, and who is on the path. */
const NEXT = 0;
const ON_PATH = 1;

class Search {
  /** Those that wait for locks, as rows. */
  readonly waiters: Int32Array;
  /** The path: who waits, as rows, and for which goroutines. The last of these is the one looked at. */
  readonly pathWaiters = new Column();
  readonly pathHolders = new Column();
  /** By goroutine: its row and one more. */
  private readonly rows = new IntTable(1);
  /** By lock and 0 or 1. A goroutine, or of writers a row and one more; 0: no more. */
  private readonly wanted = new IntTable(2, 2);
  /** By row of a writer: the row of the next in the queue of its lock, and one more; 0: none. */
  private readonly nextWriter: Int32Array;
  /** By row. */
  private readonly done: Uint8Array;
  private readonly placeOnPath: Int32Array;

  constructor(
    private readonly survivors: Survivors,
    private readonly holdings: Holdings,
    private readonly interrupt: Interrupt,
  ) {
    const { length } = survivors;
    const waiters = new Column();
    for (let row = 0; row < length; row++) {
      interrupt.worked(WORK_OF_A_WAITER);
      if (survivors.isBlocked(row) && IS_LOCK.has(survivors.wait(row))) waiters.add(row);
    }
    this.waiters = waiters.rows.subarray(0, waiters.length);
    this.nextWriter = new Int32Array(waiters.length > 0 ? length : 0);
    this.done = new Uint8Array(this.nextWriter.length);
    this.placeOnPath = new Int32Array(this.nextWriter.length).fill(-1);
    this.enter();
  }

  /** Finds the waiters and the queues of writers, which grow from behind. */
  private enter(): void {
    for (let i = this.waiters.length - 1; i >= 0; i--) {
      this.interrupt.worked(WORK_OF_A_WAITER);
      const row = this.waiters[i]!;
      const at = this.rows.put(this.survivors.g(row));
      this.rows.words[at] = row + 1;
      if (this.survivors.wait(row) !== Wait.rwMutexLock) continue;
      const queue = this.wanted.put(this.survivors.object(row), 1);
      this.nextWriter[row] = this.wanted.words[queue + NEXT]!;
      this.wanted.words[queue + NEXT] = row + 1;
    }
  }

  /** Looks for a cycle from a waiter on, unless it has been looked at; @returns where on the path it begins, -1: there is none. */
  cycleFrom(start: number): number {
    this.clearPath();
    let row = this.done[start] === 1 ? -1 : start;
    while (row >= 0) {
      this.interrupt.worked(WORK_OF_AN_EDGE);
      if (this.done[row] === 0) {
        this.done[row] = 1;
        this.placeOnPath[row] = this.pathWaiters.length;
      }
      const holder = this.next(row);
      if (holder === 0) {
        this.placeOnPath[row] = -1;
        row = this.back();
        continue;
      }
      this.pathWaiters.add(row);
      this.pathHolders.add(holder);
      const next = this.rowOf(holder);
      const at = next < 0 ? -1 : this.placeOnPath[next]!;
      if (at >= 0) return at;
      if (next >= 0 && this.done[next] === 0) row = next;
      else this.back();
    }
    return -1;
  }

  private clearPath(): void {
    const { pathWaiters, pathHolders } = this;
    for (let i = 0; i < pathWaiters.length; i++) this.placeOnPath[pathWaiters.at(i)] = -1;
    pathWaiters.length = pathHolders.length = 0;
  }

  /** Takes the last step back; @returns the row that took it, -1: there was none. */
  private back(): number {
    if (this.pathWaiters.length === 0) return -1;
    const row = this.pathWaiters.at(this.pathWaiters.length - 1);
    this.pathWaiters.length--;
    this.pathHolders.length--;
    const at = this.wantedBy(row);
    this.wanted.words[at + ON_PATH] = 0;
    return row;
  }

  /** The next goroutine that has what a waiter waits for, now on the path; 0: all have been looked at. */
  private next(row: number): number {
    const at = this.wantedBy(row);
    const { words } = this.wanted;
    if (words[at + ON_PATH] !== 0) return words[at + ON_PATH]!;
    const lock = this.survivors.object(row);
    const next = words[at + NEXT]!;
    if (next === 0) return 0;
    const inQueue = waitsBehindWriter(this.holdings, { object: lock, wait: this.survivors.wait(row) });
    words[at + NEXT] = inQueue ? this.nextWriter[next - 1]! : this.holdings.nextHolder(lock, next);
    return (words[at + ON_PATH] = inQueue ? this.survivors.g(next - 1) : next);
  }

  /** Where the record is of what a waiter waits for. */
  private wantedBy(row: number): number {
    const lock = this.survivors.object(row);
    const inQueue = waitsBehindWriter(this.holdings, { object: lock, wait: this.survivors.wait(row) });
    const known = this.wanted.find(lock, inQueue ? 1 : 0);
    if (known >= 0) return known;
    const at = this.wanted.put(lock, inQueue ? 1 : 0);
    if (!inQueue) this.wanted.words[at + NEXT] = this.holdings.holder(lock);
    return at;
  }

  private rowOf(g: number): number {
    const at = this.rows.find(g);
    return at < 0 ? -1 : this.rows.words[at]! - 1;
  }
}

/** In units of an interrupt. */
const WORK_OF_AN_EDGE = 40;
const WORK_OF_A_WAITER = 20;
