/** This file keeps who holds which lock and who waits where. */
import { IdTable } from '../base/idTable';
import { IntTable } from '../base/intTable';
import { Ledger, type Share } from '../base/ledger';
import { setWide, wideAt } from '../base/wide';
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import { ReadLocks } from './readLocks';

export interface Hold {
  readonly g: number;
  readonly pc: number;
  readonly event: number;
  readonly op: 'Lock' | 'RLock';
}

/** Of a lock: who has locked it last, 0 when it is free, and where and when. */
const G = 0;
const LOCK_PC = 1;
const LOCK_EVENT = 2;
/** Of a goroutine: where and when it began to wait for the last time. */
const WAIT_PC = 0;
const WAIT_EVENT = 1;

export class Holdings {
  /** By lock. */
  private readonly exclusive: IntTable;
  /** The lock that was asked for last, and where its record is: most of what happens to a lock happened to it before. */
  private latest = 0;
  private latestAt = -1;
  private readonly readers: ReadLocks;
  /** By goroutine that has not ended. */
  private readonly waits: IdTable;

  constructor(share: Share = new Ledger().share('waits')) {
    this.exclusive = new IntTable(4, 1, share);
    this.readers = new ReadLocks(share);
    this.waits = new IdTable(3, share);
  }

  /** Codes of the events that matter. */
  static get kinds(): readonly number[] {
    return [LOCK, UNLOCK, WLOCK, WUNLOCK, RLOCK, RUNLOCK, BLOCK, END];
  }

  /** @throws OutOfMemory */
  observe(log: EventLog, i: number): void {
    switch (log.kind[i]) {
      case LOCK:
      case WLOCK:
        this.lock(log, i);
        break;
      case RLOCK:
        this.readers.lock(log.obj[i]!, log.g[i]!, log.pc[i]!, log.first + i);
        break;
      case UNLOCK:
      case WUNLOCK:
        this.unlock(log.obj[i]!);
        break;
      case RUNLOCK:
        this.readers.unlock(log.obj[i]!, log.g[i]!);
        break;
      case BLOCK:
        this.block(log, i);
        break;
      case END:
        if (log.a[i] !== CUT_OFF) this.waits.remove(log.obj[i]!);
        break;
      default:
    }
  }

  /** One who has a lock: who has locked it, or the oldest of its readers; 0: nobody. */
  holder(lock: number): number {
    return this.writer(lock) || this.readers.first(lock);
  }

  /** Who has a lock besides, after one that has it; 0: nobody. */
  nextHolder(lock: number, g: number): number {
    return this.writer(lock) !== 0 ? 0 : this.readers.after(lock, g);
  }

  /** Who has locked a lock to write; 0: nobody. */
  writer(lock: number): number {
    const at = this.find(lock);
    return at < 0 ? 0 : this.exclusive.words[at + G]!;
  }

  /** How one that has a lock has it. */
  hold(lock: number, g: number): Hold {
    if (this.writer(lock) === 0) return this.readers.hold(lock, g);
    const at = this.find(lock);
    return {
      g,
      pc: this.exclusive.words[at + LOCK_PC]!,
      event: wideAt(this.exclusive.words, at + LOCK_EVENT),
      op: 'Lock',
    };
  }

  /** Where and when a goroutine began to wait; undefined: it never did. */
  wait(g: number): { readonly pc: number; readonly event: number } | undefined {
    const at = this.waits.find(g);
    return at < 0
      ? undefined
      : { pc: this.waits.words[at + WAIT_PC]!, event: wideAt(this.waits.words, at + WAIT_EVENT) };
  }

  private lock(log: EventLog, i: number): void {
    const lock = log.obj[i]!;
    if (this.find(lock) < 0) this.latestAt = this.exclusive.put(lock);
    const { words } = this.exclusive;
    words[this.latestAt + G] = log.g[i]!;
    words[this.latestAt + LOCK_PC] = log.pc[i]!;
    setWide(words, this.latestAt + LOCK_EVENT, log.first + i);
  }

  private unlock(lock: number): void {
    const at = this.find(lock);
    if (at >= 0) this.exclusive.words[at + G] = 0;
  }

  /** Where the record of a lock is. It stays there until another lock is locked for the first time. */
  private find(lock: number): number {
    if (lock === this.latest && this.latestAt >= 0) return this.latestAt;
    this.latest = lock;
    return (this.latestAt = this.exclusive.find(lock));
  }

  private block(log: EventLog, i: number): void {
    const at = this.waits.put(log.g[i]!);
    const { words } = this.waits;
    words[at + WAIT_PC] = log.pc[i]!;
    setWide(words, at + WAIT_EVENT, log.first + i);
  }
}

const LOCK = Kind.MutexLock;
const UNLOCK = Kind.MutexUnlock;
const WLOCK = Kind.RWLock;
const WUNLOCK = Kind.RWUnlock;
const RLOCK = Kind.RWRLock;
const RUNLOCK = Kind.RWRUnlock;
const BLOCK = Kind.GoBlock;
const END = Kind.GoEnd;
/** GoEnd: cut off when main returned. It waits still. */
const CUT_OFF = 3;
