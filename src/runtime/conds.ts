/**
 * This file implements sync.Cond (cond.go, and notifyList of sema.go, of Go 1.19): whoever waits takes a ticket before it gives up the lock, and tickets are
 * notified in their order. Fields stand where package sync declares them.
 */
import type { Memory } from '../base/memory';
import { Kind } from '../event/kinds';
import { Wait } from '../event/wait';
import type { Goroutines } from './goroutines';
import { type GAddr, GAt, Resume } from './layout';
import { Next } from './next';
import type { Platform } from './platform';
import type { Semaphores } from './semaphores';
import { Wakes } from './wakes';

/** Word offsets in a Cond, whose first word is the tickets given out. */
const NOTIFIED = 1;
const SELF = 2;

export class Conds {
  private readonly memory: Memory;

  constructor(
    private readonly platform: Platform,
    private readonly goroutines: Goroutines,
    private readonly semaphores: Semaphores,
  ) {
    this.memory = platform.memory;
  }

  /** Whether the Cond is a copy of one that was used: then the caller panics. */
  private copied(g: GAddr, cond: number): boolean {
    const m = this.memory.i32;
    if (m[cond + SELF] === 0) m[cond + SELF] = cond;
    if (m[cond + SELF] === cond) return false;
    this.platform.vm.raise(g, 'panic.cond-copied', 'sync.Cond is copied');
    return true;
  }

  /** First half of c.Wait(): a ticket, taken before the lock is given up. */
  ticket(g: GAddr, cond: number): number {
    const m = this.memory.i32;
    if (this.copied(g, cond)) return 0;
    m[g + GAt.Ticket] = m[cond]!;
    m[g + GAt.Cond] = cond;
    return m[cond]!++;
  }

  /** Second half: sleeps until the ticket is notified, which may have happened in between. */
  wait(g: GAddr, cond: number, ticket: number): Next {
    const m = this.memory.i32;
    m[g + GAt.Cond] = 0;
    if (this.isCalled(cond, ticket)) return this.resume(g, cond);
    return this.semaphores.sleep(g, cond, cond, Resume.CondWait, Wait.condWait);
  }

  /** Whether the ticket has been notified. */
  isCalled(cond: number, ticket: number): boolean {
    return ((ticket - this.memory.i32[cond + NOTIFIED]!) | 0) < 0;
  }

  /** Whether all tickets given out have been notified. */
  nobodyWaits(cond: number): boolean {
    const m = this.memory.i32;
    return m[cond] === m[cond + NOTIFIED];
  }

  /** c.Signal(): the oldest ticket. */
  signal(g: GAddr, cond: number): Next {
    if (this.copied(g, cond)) return Next.Continue;
    if (this.nobodyWaits(cond)) this.platform.log.add(Kind.CondSignal, cond >> 1, 0);
    else this.notifyNext(g, cond);
    return Next.Continue;
  }

  /** c.Broadcast(). */
  broadcast(g: GAddr, cond: number): Next {
    if (this.copied(g, cond)) return Next.Continue;
    if (this.nobodyWaits(cond)) this.platform.log.add(Kind.CondSignal, cond >> 1, 0);
    const wakes = new Wakes(this.platform.vm);
    while (!this.nobodyWaits(cond)) {
      wakes.one();
      this.notifyNext(g, cond);
    }
    return Next.Continue;
  }

  private notifyNext(g: GAddr, cond: number): void {
    const m = this.memory.i32;
    const ticket = m[cond + NOTIFIED]!++;
    const asleep = this.semaphores.dequeueTicket(cond, ticket);
    const waiter = asleep !== 0 ? asleep : this.awakeWithTicket(cond, ticket);
    this.platform.log.add(Kind.CondSignal, cond >> 1, waiter === 0 ? 0 : m[waiter + GAt.Id]!);
    if (asleep !== 0) this.semaphores.wake(g, asleep);
    else if (waiter !== 0) m[waiter + GAt.Waker] = m[g + GAt.Id]!;
  }

  /** The goroutine that has taken a ticket but does not sleep yet, because it is still giving up the lock. */
  private awakeWithTicket(cond: number, ticket: number): GAddr {
    const m = this.memory.i32;
    let found: GAddr = 0;
    this.goroutines.forEach((g) => {
      if (m[g + GAt.Cond] === cond && m[g + GAt.Ticket] === ticket) found = g;
    });
    return found;
  }

  /** The goroutine has been notified. */
  resume(g: GAddr, cond: number): Next {
    this.platform.log.add(Kind.CondWait, cond >> 1, this.goroutines.takeWaker(g));
    return Next.Continue;
  }
}
