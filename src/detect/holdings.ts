/** This file keeps who holds which lock and who waits where, and finds cycles among them: the wait-for graph (Coffman, Elphick and Shoshani 1971). */
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import { Wait } from '../event/wait';
import type { Survivor } from '../event/ending';
import type { Site } from './finding';

interface Hold {
  readonly g: number;
  readonly pc: number;
  readonly event: number;
  readonly op: string;
}

/** The exclusive hold of one lock, written over and over: locking must not allocate. `g` 0: it is free. */
interface Exclusive {
  g: number;
  pc: number;
  event: number;
  readonly op: 'Lock';
}

/** One step around a cycle: `g` waits for `object`, which `holder` has. */
export interface WaitFor {
  readonly waiter: Survivor;
  readonly holder: Hold;
}

export class Holdings {
  private readonly exclusive = new Map<number, Exclusive>();
  private readonly readers = new Map<number, readonly Hold[]>();
  /** By goroutine: where and when it began to wait. */
  private readonly waits = new Map<number, { pc: number; event: number }>();

  /** Codes of the events that matter. */
  static get kinds(): readonly number[] {
    return [LOCK, UNLOCK, WLOCK, WUNLOCK, RLOCK, RUNLOCK, BLOCK];
  }

  observe(log: EventLog, i: number): void {
    switch (log.kind[i]) {
      case LOCK:
      case WLOCK:
        this.lock(log, i);
        break;
      case RLOCK:
        this.readLock(log, i);
        break;
      case UNLOCK:
      case WUNLOCK:
        this.unlock(log.obj[i]!);
        break;
      case RUNLOCK:
        this.readUnlock(log.obj[i]!, log.g[i]!);
        break;
      case BLOCK:
        this.waits.set(log.g[i]!, { pc: log.pc[i]!, event: log.first + i });
        break;
      default:
    }
  }

  /** Who has a lock. */
  holders(object: number): readonly Hold[] {
    const writer = this.exclusive.get(object);
    return writer && writer.g !== 0 ? [{ ...writer }] : (this.readers.get(object) ?? []);
  }

  /** The site at which a goroutine waits. */
  waitSite(waiter: Survivor, op: string): Site {
    const wait = this.waits.get(waiter.g);
    const pc = waiter.pc >= 0 ? waiter.pc : (wait?.pc ?? -1);
    return { role: 'waits', g: waiter.g, pc, event: wait?.event ?? -1, op, object: waiter.object };
  }

  /** Cycles of goroutines that wait for each other's locks; each goroutine is in at most one. */
  cycles(blocked: readonly Survivor[]): WaitFor[][] {
    const byId = new Map(blocked.map((waiter) => [waiter.g, waiter]));
    const done = new Set<number>();
    const found: WaitFor[][] = [];
    for (const start of blocked) {
      const cycle = done.has(start.g) ? undefined : this.cycleFrom(start, byId, done);
      if (cycle) found.push(cycle);
    }
    return found;
  }

  /** Depth-first along the edges; every goroutine visited is marked in `done`. */
  private cycleFrom(start: Survivor, byId: ReadonlyMap<number, Survivor>, done: Set<number>): WaitFor[] | undefined {
    const path: WaitFor[] = [];
    const onPath = new Map<number, number>();
    const visit = (waiter: Survivor): WaitFor[] | undefined => {
      onPath.set(waiter.g, path.length);
      done.add(waiter.g);
      for (const holder of this.waitsFor(waiter, byId)) {
        path.push({ waiter, holder });
        const at = onPath.get(holder.g);
        if (at !== undefined) return path.slice(at);
        const next = byId.get(holder.g);
        const cycle = next && !done.has(next.g) ? visit(next) : undefined;
        if (cycle) return cycle;
        path.pop();
      }
      onPath.delete(waiter.g);
      return undefined;
    };
    return visit(start);
  }

  private waitsFor(waiter: Survivor, byId: ReadonlyMap<number, Survivor>): readonly Hold[] {
    if (!IS_LOCK.has(waiter.wait)) return [];
    const holders = this.holders(waiter.object);
    if (waiter.wait !== Wait.rwMutexRLock || holders.some((hold) => hold.op === 'Lock')) return holders;
    // A reader that finds only readers waits for the writer that is before it in the queue.
    return [...byId.values()]
      .filter((other) => other.wait === Wait.rwMutexLock && other.object === waiter.object)
      .map((other) => ({ ...(this.waits.get(other.g) ?? { pc: other.pc, event: -1 }), g: other.g, op: 'Lock' }));
  }

  private lock(log: EventLog, i: number): void {
    let hold = this.exclusive.get(log.obj[i]!);
    if (!hold) this.exclusive.set(log.obj[i]!, (hold = { g: 0, pc: -1, event: -1, op: 'Lock' }));
    hold.g = log.g[i]!;
    hold.pc = log.pc[i]!;
    hold.event = log.first + i;
  }

  private unlock(object: number): void {
    const hold = this.exclusive.get(object);
    if (hold) hold.g = 0;
  }

  private readLock(log: EventLog, i: number): void {
    const hold = { g: log.g[i]!, pc: log.pc[i]!, event: log.first + i, op: 'RLock' };
    this.readers.set(log.obj[i]!, [...(this.readers.get(log.obj[i]!) ?? []), hold]);
  }

  private readUnlock(object: number, g: number): void {
    const readers = this.readers.get(object) ?? [];
    const at = readers.findIndex((hold) => hold.g === g);
    this.readers.set(
      object,
      readers.filter((_, i) => i !== Math.max(at, 0)),
    );
  }
}

const IS_LOCK = new Set<number>([Wait.mutexLock, Wait.rwMutexLock, Wait.rwMutexRLock]);

const LOCK = Kind.MutexLock;
const UNLOCK = Kind.MutexUnlock;
const WLOCK = Kind.RWLock;
const WUNLOCK = Kind.RWUnlock;
const RLOCK = Kind.RWRLock;
const RUNLOCK = Kind.RWRUnlock;
const BLOCK = Kind.GoBlock;
