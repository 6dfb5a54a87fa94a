/** This file keeps who holds which lock for reading: of each lock in the order in which they locked it first. */
import { IntTable } from '../base/intTable';
import type { Share } from '../base/ledger';
import { setWide, wideAt } from '../base/wide';
import type { Hold } from './holdings';

/** Of a lock: its oldest reader and its newest. */
const FIRST = 0;
const LAST = 1;
/** Of a reader: where and when it locked first, how often it holds the lock, and the readers of the same lock around it (0: none). */
const PC = 0;
const EVENT = 1;
const TIMES = 3;
const BEFORE = 4;
const AFTER = 5;

export class ReadLocks {
  private readonly locks: IntTable;
  /** By lock and goroutine. */
  private readonly readers: IntTable;

  constructor(share: Share) {
    this.locks = new IntTable(2, 1, share);
    this.readers = new IntTable(6, 2, share);
  }

  /** @throws OutOfMemory */
  lock(lock: number, g: number, pc: number, event: number): void {
    const known = this.readers.find(lock, g);
    if (known >= 0) this.readers.words[known + TIMES]!++;
    else this.append(lock, g, pc, event);
  }

  /** What another goroutine unlocks is taken to be the oldest. */
  unlock(lock: number, g: number): void {
    const reader = this.readers.find(lock, g) >= 0 ? g : this.first(lock);
    const at = this.readers.find(lock, reader);
    if (at < 0) return;
    this.readers.words[at + TIMES]!--;
    if (this.readers.words[at + TIMES] === 0) this.remove(lock, reader, at);
  }

  /** The oldest reader; 0: none. */
  first(lock: number): number {
    const at = this.locks.find(lock);
    return at < 0 ? 0 : this.locks.words[at + FIRST]!;
  }

  /** The reader that came after one; 0: none. */
  after(lock: number, g: number): number {
    return this.readers.words[this.readers.find(lock, g) + AFTER]!;
  }

  /** The hold of a reader. */
  hold(lock: number, g: number): Hold {
    const at = this.readers.find(lock, g);
    return { g, pc: this.readers.words[at + PC]!, event: wideAt(this.readers.words, at + EVENT), op: 'RLock' };
  }

  private append(lock: number, g: number, pc: number, event: number): void {
    const reader = this.readers.put(lock, g);
    const at = this.locks.put(lock);
    const last = this.locks.words[at + LAST]!;
    this.locks.words[at + LAST] = g;
    if (last === 0) this.locks.words[at + FIRST] = g;
    else this.readers.words[this.readers.find(lock, last) + AFTER] = g;
    const { words } = this.readers;
    words[reader + PC] = pc;
    setWide(words, reader + EVENT, event);
    words[reader + TIMES] = 1;
    words[reader + BEFORE] = last;
  }

  private remove(lock: number, g: number, at: number): void {
    const { words } = this.readers;
    const [before, after] = [words[at + BEFORE]!, words[at + AFTER]!];
    const of = this.locks.find(lock);
    if (before === 0) this.locks.words[of + FIRST] = after;
    else words[this.readers.find(lock, before) + AFTER] = after;
    if (after === 0) this.locks.words[of + LAST] = before;
    else words[this.readers.find(lock, after) + BEFORE] = before;
    this.readers.remove(lock, g);
    if (before === 0 && after === 0) this.locks.remove(lock);
  }
}
