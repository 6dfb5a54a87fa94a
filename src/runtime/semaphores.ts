/**
 * This file keeps the goroutines that wait on an address (sema.go): a hash table from key to FIFO queue. A key is a word address, so a copied lock shares
 * no waiters with its original. What the waiters wait for is decided by locks.ts and its neighbours.
 */
import type { Memory } from '../base/memory';
import type { Common } from './common';
import { GAt, RuntimeTag, SchedAt, SEMA_BUCKETS, SemaRootAt } from './layout';

export class Semaphores {
  private readonly memory: Memory;
  private readonly table: number;

  constructor(common: Common, sched: number) {
    this.memory = common.memory;
    this.table = this.memory.alloc(SEMA_BUCKETS / 2, RuntimeTag.SemaTable);
    this.memory.i32[sched + SchedAt.SemaTable] = this.table;
  }

  /** Queues g at `key`: at the end, or first when it has waited before. */
  enqueue(key: number, g: number, first: boolean): void {
    let root = this.find(key);
    if (root === 0) root = this.addRoot(key);
    const m = this.memory.i32;
    m[g + GAt.Next] = 0;
    const head = m[root + SemaRootAt.Head]!;
    if (head === 0) {
      m[root + SemaRootAt.Head] = g;
      m[root + SemaRootAt.Tail] = g;
    } else if (first) {
      m[g + GAt.Next] = head;
      m[root + SemaRootAt.Head] = g;
    } else {
      m[m[root + SemaRootAt.Tail]! + GAt.Next] = g;
      m[root + SemaRootAt.Tail] = g;
    }
  }

  /** Takes the first goroutine that waits at `key`; 0: none. */
  dequeue(key: number): number {
    const root = this.find(key);
    if (root === 0) return 0;
    const m = this.memory.i32;
    const g = m[root + SemaRootAt.Head]!;
    const next = m[g + GAt.Next]!;
    m[g + GAt.Next] = 0;
    m[root + SemaRootAt.Head] = next;
    if (next === 0) this.removeRoot(key, root);
    return g;
  }

  /** Takes the goroutine with a ticket (GAt.Ticket) out of the queue at `key`; 0: it does not wait there. */
  dequeueTicket(key: number, ticket: number): number {
    const root = this.find(key);
    if (root === 0) return 0;
    const m = this.memory.i32;
    let previous = 0;
    let g = m[root + SemaRootAt.Head]!;
    while (g !== 0 && m[g + GAt.Ticket] !== ticket) {
      previous = g;
      g = m[g + GAt.Next]!;
    }
    if (g === 0 || previous === 0) return g === 0 ? 0 : this.dequeue(key);
    m[previous + GAt.Next] = m[g + GAt.Next]!;
    if (m[root + SemaRootAt.Tail] === g) m[root + SemaRootAt.Tail] = previous;
    m[g + GAt.Next] = 0;
    return g;
  }

  private bucket(key: number): number {
    return this.table + ((Math.imul(key, 0x9e3779b1) >>> 24) & (SEMA_BUCKETS - 1));
  }

  private find(key: number): number {
    const m = this.memory.i32;
    let root = m[this.bucket(key)]!;
    while (root !== 0 && m[root + SemaRootAt.Key] !== key) root = m[root + SemaRootAt.NextRoot]!;
    return root;
  }

  private addRoot(key: number): number {
    const root = this.memory.alloc(SemaRootAt.Slots, RuntimeTag.SemaRoot);
    const m = this.memory.i32;
    const bucket = this.bucket(key);
    m[root + SemaRootAt.Key] = key;
    m[root + SemaRootAt.NextRoot] = m[bucket]!;
    m[bucket] = root;
    return root;
  }

  private removeRoot(key: number, root: number): void {
    const m = this.memory.i32;
    let at = this.bucket(key);
    while (m[at] !== root) at = m[at]! + SemaRootAt.NextRoot;
    m[at] = m[root + SemaRootAt.NextRoot]!;
    this.memory.free(root);
  }
}
