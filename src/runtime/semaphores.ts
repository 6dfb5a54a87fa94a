/**
 * This file keeps the goroutines that wait on an address (sema.go): a hash table from key to FIFO queue. A key is a word address, so a copied lock shares
 * no waiters with its original. What the waiters wait for is decided by locks.ts and its neighbours.
 */
import type { Memory } from '../base/memory';
import type { Goroutines } from './goroutines';
import {
  type GAddr,
  GAt,
  type Resume,
  RuntimeTag,
  SchedAt,
  SEMA_BUCKETS,
  type SemaRootAddr,
  SemaRootAt,
  type SemaTableAddr,
} from './layout';
import type { Next } from './next';
import type { Platform } from './platform';
import type { Scheduler } from './scheduler';

export class Semaphores {
  private readonly memory: Memory;

  constructor(
    platform: Platform,
    private readonly scheduler: Scheduler,
    private readonly goroutines: Goroutines,
  ) {
    this.memory = platform.memory;
    this.makeTable(SEMA_BUCKETS);
  }

  private makeTable(buckets: number): SemaTableAddr {
    const table = this.memory.alloc(buckets / 2, RuntimeTag.SemaTable) as SemaTableAddr;
    this.memory.i32[this.scheduler.block + SchedAt.SemaTable] = table;
    return table;
  }

  /** g waits at `key`, last or `first`, because of the object, and will finish its operation by `resume` (semacquire). */
  sleep(g: GAddr, key: number, object: number, resume: Resume, why: number, first = false): Next {
    const m = this.memory.i32;
    m[g + GAt.Resume] = resume;
    m[g + GAt.ResumeObject] = object;
    this.enqueue(key, g, first);
    return this.goroutines.block(g, object >> 1, why);
  }

  /** Lets the first goroutine that waits at `key` go on (semrelease). @returns whether there was one. */
  wakeFirst(by: GAddr, key: number): boolean {
    const g = this.dequeue(key);
    if (g !== 0) this.wake(by, g);
    return g !== 0;
  }

  /** Lets a goroutine go on that waits nowhere any more. */
  wake(by: GAddr, g: GAddr): void {
    const m = this.memory.i32;
    m[g + GAt.Waker] = m[by + GAt.Id]!;
    this.scheduler.ready(g);
  }

  /** Queues g at `key`: at the end, or first when it has waited before. */
  private enqueue(key: number, g: GAddr, first: boolean): void {
    let root = this.find(key);
    if (root === 0) root = this.addRoot(key);
    const m = this.memory.i32;
    m[g + GAt.Next] = 0;
    const head = m[root + SemaRootAt.Head] as GAddr;
    if (head === 0) {
      m[root + SemaRootAt.Head] = g;
      m[root + SemaRootAt.Tail] = g;
    } else if (first) {
      m[g + GAt.Next] = head;
      m[root + SemaRootAt.Head] = g;
    } else {
      m[(m[root + SemaRootAt.Tail] as GAddr) + GAt.Next] = g;
      m[root + SemaRootAt.Tail] = g;
    }
  }

  /** Takes the first goroutine that waits at `key`; 0: none. */
  private dequeue(key: number): GAddr {
    const root = this.find(key);
    if (root === 0) return 0;
    const m = this.memory.i32;
    const g = m[root + SemaRootAt.Head] as GAddr;
    const next = m[g + GAt.Next] as GAddr;
    m[g + GAt.Next] = 0;
    m[root + SemaRootAt.Head] = next;
    if (next === 0) this.removeRoot(key, root);
    return g;
  }

  /** Takes the goroutine with a ticket (GAt.Ticket) out of the queue at `key`; 0: it does not wait there. */
  dequeueTicket(key: number, ticket: number): GAddr {
    const root = this.find(key);
    if (root === 0) return 0;
    const m = this.memory.i32;
    let previous: GAddr = 0;
    let g = m[root + SemaRootAt.Head] as GAddr;
    while (g !== 0 && m[g + GAt.Ticket] !== ticket) {
      previous = g;
      g = m[g + GAt.Next] as GAddr;
    }
    if (g === 0 || previous === 0) return g === 0 ? 0 : this.dequeue(key);
    m[previous + GAt.Next] = m[g + GAt.Next] as GAddr;
    if (m[root + SemaRootAt.Tail] === g) m[root + SemaRootAt.Tail] = previous;
    m[g + GAt.Next] = 0;
    return g;
  }

  private get table(): SemaTableAddr {
    return this.memory.i32[this.scheduler.block + SchedAt.SemaTable] as SemaTableAddr;
  }

  /** Address of the bucket of a key: Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4), whose upper bits are good. */
  private bucket(key: number, table = this.table): number {
    const buckets = this.memory.slots(table) * 2;
    return table + (Math.imul(key, 0x9e3779b1) >>> (Math.clz32(buckets) + 1));
  }

  private find(key: number): SemaRootAddr {
    const m = this.memory.i32;
    let root = m[this.bucket(key)] as SemaRootAddr;
    while (root !== 0 && m[root + SemaRootAt.Key] !== key) root = m[root + SemaRootAt.NextRoot] as SemaRootAddr;
    return root;
  }

  private addRoot(key: number): SemaRootAddr {
    const s = this.scheduler.block;
    if (++this.memory.i32[s + SchedAt.SemaRoots]! > this.memory.slots(this.table) * 2) this.growTable();
    const root = this.memory.alloc(SemaRootAt.Slots, RuntimeTag.SemaRoot) as SemaRootAddr;
    const m = this.memory.i32;
    const bucket = this.bucket(key);
    m[root + SemaRootAt.Key] = key;
    m[root + SemaRootAt.NextRoot] = m[bucket] as SemaRootAddr;
    m[bucket] = root;
    return root;
  }

  /** Twice as many buckets. */
  private growTable(): void {
    const old = this.table;
    const buckets = this.memory.slots(old) * 2;
    const table = this.makeTable(buckets * 2);
    const m = this.memory.i32;
    for (let i = 0; i < buckets; i++) {
      for (let root = m[old + i] as SemaRootAddr; root !== 0;) {
        const next = m[root + SemaRootAt.NextRoot] as SemaRootAddr;
        const bucket = this.bucket(m[root + SemaRootAt.Key]!, table);
        m[root + SemaRootAt.NextRoot] = m[bucket] as SemaRootAddr;
        m[bucket] = root;
        root = next;
      }
    }
    this.memory.free(old);
  }

  private removeRoot(key: number, root: SemaRootAddr): void {
    const m = this.memory.i32;
    m[this.scheduler.block + SchedAt.SemaRoots]!--;
    let at = this.bucket(key);
    while (m[at] !== root) at = (m[at] as SemaRootAddr) + SemaRootAt.NextRoot;
    m[at] = m[root + SemaRootAt.NextRoot] as SemaRootAddr;
    this.memory.free(root);
  }
}
