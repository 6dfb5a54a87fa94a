/**
 * This file implements sync.Mutex and sync.RWMutex (mutex.go and rwmutex.go of Go 1.19). A woken waiter of a mutex competes with newcomers (normal mode)
 * until one has waited more than 1 ms; then unlock hands the mutex to the first waiter (starvation mode). Not modelled: a contender's short active spinning
 * before it sleeps, which changes times by less than a microsecond and no possible outcome.
 *
 * Fields stand where package sync declares them. The first slot of a mutex: lo the state as in Go (locked, woken, starving, number of waiters << 3),
 * hi the goroutine that holds it. An RWMutex begins with the writers' mutex; lo of its second slot is Go's readerCount
 * (less MAX_READERS while a writer is pending), hi its readerWait.
 */
import type { Memory } from '../base/memory';
import { Kind } from '../event/kinds';
import { Wait } from '../event/wait';
import type { Endings } from './endings';
import type { Goroutines } from './goroutines';
import { type GAddr, GAt, GFlag, Resume } from './layout';
import { Next } from './next';
import type { Platform } from './platform';
import type { Semaphores } from './semaphores';

const LOCKED = 1;
const WOKEN = 2;
const STARVING = 4;
const WAITER = 8;
const STARVATION_NS = 1e6;
const MAX_READERS = 1 << 30;

/** Offsets in words from the object. */
const OWNER = 1;
const READER_COUNT = 2;
const READER_WAIT = 3;
/** Semaphore keys of an RWMutex besides its address: odd, so that no other object has them. */
const WRITER_KEY = 1;
const READER_KEY = 3;

export class Locks {
  private readonly memory: Memory;

  constructor(
    private readonly platform: Platform,
    private readonly goroutines: Goroutines,
    private readonly semaphores: Semaphores,
    private readonly endings: Endings,
  ) {
    this.memory = platform.memory;
  }

  // ---------------------------------------------------------------- how things stand

  /** Whether a newcomer can lock the mutex, or announce himself as the RWMutex's writer. */
  isFree(mutex: number): boolean {
    return (this.memory.i32[mutex]! & (LOCKED | STARVING)) === 0;
  }

  isHeldBy(mutex: number, goid: number): boolean {
    const m = this.memory.i32;
    return (m[mutex]! & LOCKED) !== 0 && m[mutex + OWNER] === goid;
  }

  /** Whether no writer holds the RWMutex or waits for it. */
  isOpenToReaders(rw: number): boolean {
    return this.memory.i32[rw + READER_COUNT]! >= 0;
  }

  /** Whether neither writers nor readers hold the RWMutex. */
  isVacant(rw: number): boolean {
    return this.isFree(rw) && this.memory.i32[rw + READER_COUNT] === 0;
  }

  /** Readers inside, while no writer is announced. */
  readers(rw: number): number {
    return this.memory.i32[rw + READER_COUNT]!;
  }

  // ---------------------------------------------------------------- Mutex

  /** m.Lock() of the running goroutine. */
  lock(g: GAddr, mutex: number): Next {
    return this.acquire(g, mutex, Wait.mutexLock, Resume.MutexLock) ? this.locked(g, mutex) : Next.Parked;
  }

  private locked(g: GAddr, mutex: number): Next {
    this.platform.log.add(Kind.MutexLock, mutex >> 1, this.goroutines.takeWaker(g));
    return Next.Continue;
  }

  /** m.TryLock(). */
  tryLock(g: GAddr, mutex: number): boolean {
    if (!this.isFree(mutex)) return false;
    const m = this.memory.i32;
    m[mutex]! |= LOCKED;
    m[mutex + OWNER] = m[g + GAt.Id]!;
    this.platform.log.add(Kind.MutexLock, mutex >> 1, 0);
    return true;
  }

  /** m.Unlock(). */
  unlock(g: GAddr, mutex: number): Next {
    const m = this.memory.i32;
    if ((m[mutex]! & LOCKED) === 0)
      return this.endings.fatal('fatal.unlock-of-unlocked', 'sync: unlock of unlocked mutex');
    this.platform.log.add(Kind.MutexUnlock, mutex >> 1);
    return this.release(g, mutex);
  }

  /** The goroutine that waited at a mutex runs again. */
  relock(g: GAddr, mutex: number, why: number, resume: Resume): boolean {
    const m = this.memory.i32;
    const waited = this.platform.vm.clock - this.memory.f64[(g + GAt.WaitStart) >> 1]!;
    const starves = waited > STARVATION_NS;
    if ((m[mutex]! & STARVING) !== 0) {
      // Handed over by the unlock: locked already counts as ours.
      m[mutex] = (m[mutex]! - WAITER) | LOCKED;
      if (!starves || m[mutex] >> 3 === 0) m[mutex] &= ~STARVING;
      m[mutex + OWNER] = m[g + GAt.Id]!;
      this.endWait(g);
      return true;
    }
    if (starves) m[g + GAt.Flags]! |= GFlag.Starving;
    return this.compete(g, mutex, why, resume, true);
  }

  private acquire(g: GAddr, mutex: number, why: number, resume: Resume): boolean {
    const m = this.memory.i32;
    if (m[mutex] === 0) {
      m[mutex] = LOCKED;
      m[mutex + OWNER] = m[g + GAt.Id]!;
      return true;
    }
    return this.compete(g, mutex, why, resume, false);
  }

  /** One pass of lockSlow: takes the mutex, or queues g and parks it. */
  private compete(g: GAddr, mutex: number, why: number, resume: Resume, awoke: boolean): boolean {
    const m = this.memory.i32;
    const old = m[mutex]!;
    let next = old;
    const starves = (m[g + GAt.Flags]! & GFlag.Starving) !== 0;
    if ((old & STARVING) === 0) next |= LOCKED;
    if ((old & (LOCKED | STARVING)) !== 0) next += WAITER;
    if (starves && (old & LOCKED) !== 0) next |= STARVING;
    if (awoke) next &= ~WOKEN;
    m[mutex] = next;
    if ((old & (LOCKED | STARVING)) === 0) {
      m[mutex + OWNER] = m[g + GAt.Id]!;
      this.endWait(g);
      return true;
    }
    if (!awoke) this.memory.f64[(g + GAt.WaitStart) >> 1] = this.platform.vm.clock;
    this.semaphores.sleep(g, mutex, mutex, resume, why, awoke);
    return false;
  }

  private release(g: GAddr, mutex: number): Next {
    const m = this.memory.i32;
    const next = m[mutex]! & ~LOCKED;
    m[mutex] = next;
    m[mutex + OWNER] = 0;
    if (next === 0) return Next.Continue;
    if ((next & STARVING) !== 0) {
      this.semaphores.wakeFirst(g, mutex);
      return Next.YieldLocal;
    }
    if (next >> 3 === 0 || (next & (LOCKED | WOKEN)) !== 0) return Next.Continue;
    m[mutex] = (next - WAITER) | WOKEN;
    this.semaphores.wakeFirst(g, mutex);
    return Next.Continue;
  }

  private endWait(g: GAddr): void {
    this.memory.i32[g + GAt.Flags]! &= ~GFlag.Starving;
  }

  // ---------------------------------------------------------------- RWMutex

  /** rw.Lock(): first among the writers, then after the readers that are inside. */
  writeLock(g: GAddr, rw: number): Next {
    if (!this.acquire(g, rw, Wait.rwMutexLock, Resume.RWLockMutex)) return Next.Parked;
    return this.awaitReaders(g, rw);
  }

  private awaitReaders(g: GAddr, rw: number): Next {
    const m = this.memory.i32;
    const readers = m[rw + READER_COUNT]!;
    m[rw + READER_COUNT] = readers - MAX_READERS;
    if (readers === 0) return this.writeLocked(g, rw);
    m[rw + READER_WAIT]! += readers;
    if (m[rw + READER_WAIT] === 0) return this.writeLocked(g, rw);
    return this.semaphores.sleep(g, rw + WRITER_KEY, rw, Resume.RWLockReaders, Wait.rwMutexLock);
  }

  private writeLocked(g: GAddr, rw: number): Next {
    this.platform.log.add(Kind.RWLock, rw >> 1, this.goroutines.takeWaker(g));
    return Next.Continue;
  }

  /** rw.Unlock(): all waiting readers go before the next writer. */
  writeUnlock(g: GAddr, rw: number): Next {
    const m = this.memory.i32;
    const readers = m[rw + READER_COUNT]! + MAX_READERS;
    if (readers >= MAX_READERS)
      return this.endings.fatal('fatal.unlock-of-unlocked', 'sync: Unlock of unlocked RWMutex');
    m[rw + READER_COUNT] = readers;
    this.platform.log.add(Kind.RWUnlock, rw >> 1);
    for (let i = 0; i < readers; i++) this.semaphores.wakeFirst(g, rw + READER_KEY);
    return this.release(g, rw);
  }

  /** rw.RLock(): waits while a writer holds the lock or waits for it. */
  readLock(g: GAddr, rw: number): Next {
    const m = this.memory.i32;
    if ((m[rw + READER_COUNT]! += 1) >= 0) return this.readLocked(g, rw);
    return this.semaphores.sleep(g, rw + READER_KEY, rw, Resume.RWRLock, Wait.rwMutexRLock);
  }

  private readLocked(g: GAddr, rw: number): Next {
    this.platform.log.add(Kind.RWRLock, rw >> 1, this.goroutines.takeWaker(g));
    return Next.Continue;
  }

  /** rw.RUnlock(): the last reader that a writer waits for wakes it. */
  readUnlock(g: GAddr, rw: number): Next {
    const m = this.memory.i32;
    const readers = --m[rw + READER_COUNT]!;
    if (readers < 0) {
      if (readers === -1 || readers === -MAX_READERS - 1)
        return this.endings.fatal('fatal.unlock-of-unlocked', 'sync: RUnlock of unlocked RWMutex');
      this.platform.log.add(Kind.RWRUnlock, rw >> 1);
      if ((m[rw + READER_WAIT]! -= 1) === 0) this.semaphores.wakeFirst(g, rw + WRITER_KEY);
      return Next.Continue;
    }
    this.platform.log.add(Kind.RWRUnlock, rw >> 1);
    return Next.Continue;
  }

  /** rw.TryLock(). */
  tryWriteLock(g: GAddr, rw: number): boolean {
    if (!this.isVacant(rw)) return false;
    const m = this.memory.i32;
    m[rw]! |= LOCKED;
    m[rw + OWNER] = m[g + GAt.Id]!;
    m[rw + READER_COUNT] = -MAX_READERS;
    this.writeLocked(g, rw);
    return true;
  }

  /** rw.TryRLock(). */
  tryReadLock(g: GAddr, rw: number): boolean {
    if (!this.isOpenToReaders(rw)) return false;
    this.memory.i32[rw + READER_COUNT]!++;
    this.readLocked(g, rw);
    return true;
  }

  // ---------------------------------------------------------------- going on after a wait

  /** Finishes the lock operation in which g waited. */
  resume(g: GAddr, what: number, object: number): Next {
    switch (what) {
      case Resume.MutexLock:
        return this.relock(g, object, Wait.mutexLock, Resume.MutexLock) ? this.locked(g, object) : Next.Parked;
      case Resume.RWLockMutex:
        return this.relock(g, object, Wait.rwMutexLock, Resume.RWLockMutex)
          ? this.awaitReaders(g, object)
          : Next.Parked;
      case Resume.RWLockReaders:
        return this.writeLocked(g, object);
      default:
        return this.readLocked(g, object);
    }
  }
}
