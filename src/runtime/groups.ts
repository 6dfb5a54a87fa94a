/**
 * This file implements the synchronisation objects of package sync that are not locks: WaitGroup, Cond and Once.
 * Fields stand where package sync declares them.
 */
import type { Memory } from '../base/memory';
import { Kind } from '../event/kinds';
import { Wait } from '../event/wait';
import type { Channels } from './channels';
import type { Common } from './common';
import type { Goroutines } from './goroutines';
import { GAt, Resume } from './layout';
import { Next } from './next';
import type { Scheduler } from './scheduler';
import type { Semaphores } from './semaphores';

/** Word offsets: of a WaitGroup, whose first word is the counter; of a Cond, whose first word is the tickets given out. */
const WAITERS = 1;
const NOTIFIED = 1;
const SELF = 2;
/** States of a Once. */
const IDLE = 0;
const RUNNING = 1;
const DONE = 2;

export class Groups {
  private readonly memory: Memory;

  constructor(
    private readonly common: Common,
    private readonly scheduler: Scheduler,
    private readonly channels: Channels,
    private readonly semaphores: Semaphores,
    private readonly goroutines: Goroutines,
  ) {
    this.memory = common.memory;
  }

  // ---------------------------------------------------------------- WaitGroup

  /** wg.Add(delta); Done is Add(-1). */
  add(g: number, group: number, delta: number): Next {
    const m = this.memory.i32;
    const counter = (m[group]! + delta) | 0;
    const waiters = m[group + WAITERS]!;
    m[group] = counter;
    this.common.log.add(Kind.WaitGroupAdd, group >> 1, delta, counter);
    if (counter < 0) return this.panic(g, 'sync: negative WaitGroup counter');
    if (waiters !== 0 && delta > 0 && counter === delta) {
      return this.panic(g, 'sync: WaitGroup misuse: Add called concurrently with Wait');
    }
    if (counter > 0 || waiters === 0) return Next.Continue;
    m[group + WAITERS] = 0;
    for (let i = 0; i < waiters; i++) this.wake(g, this.semaphores.dequeue(group));
    return Next.Continue;
  }

  /** wg.Wait(). */
  wait(g: number, group: number): Next {
    const m = this.memory.i32;
    if (m[group] === 0) {
      this.common.log.add(Kind.WaitGroupWait, group >> 1, 0);
      return Next.Continue;
    }
    m[group + WAITERS]!++;
    return this.sleep(g, group, Resume.WaitGroupWait, Wait.waitGroupWait);
  }

  private waited(g: number, group: number): Next {
    const m = this.memory.i32;
    this.common.log.add(Kind.WaitGroupWait, group >> 1, this.takeWaker(g));
    if (m[group] !== 0 || m[group + WAITERS] !== 0)
      return this.panic(g, 'sync: WaitGroup is reused before previous Wait has returned');
    return Next.Continue;
  }

  // ---------------------------------------------------------------- Cond

  /** Whether the Cond is a copy of one that was used: then the caller panics. */
  private copied(g: number, cond: number): boolean {
    const m = this.memory.i32;
    if (m[cond + SELF] === 0) m[cond + SELF] = cond;
    if (m[cond + SELF] === cond) return false;
    this.panic(g, 'sync.Cond is copied');
    return true;
  }

  /** First half of c.Wait(): a ticket, taken before the lock is given up. */
  condTicket(g: number, cond: number): number {
    const m = this.memory.i32;
    if (this.copied(g, cond)) return 0;
    m[g + GAt.Ticket] = m[cond]!;
    m[g + GAt.Result] = cond;
    return m[cond]!++;
  }

  /** Second half: sleeps until the ticket is notified, which may have happened in between. */
  condWait(g: number, cond: number, ticket: number): Next {
    const m = this.memory.i32;
    m[g + GAt.Result] = 0;
    if (((ticket - m[cond + NOTIFIED]!) | 0) < 0) {
      this.common.log.add(Kind.CondWait, cond >> 1, this.takeWaker(g));
      return Next.Continue;
    }
    return this.sleep(g, cond, Resume.CondWait, Wait.condWait);
  }

  /** c.Signal(): the oldest ticket. */
  condSignal(g: number, cond: number): Next {
    const m = this.memory.i32;
    if (this.copied(g, cond)) return Next.Continue;
    if (m[cond] === m[cond + NOTIFIED]) this.common.log.add(Kind.CondSignal, cond >> 1, 0);
    else this.notifyNext(g, cond);
    return Next.Continue;
  }

  /** c.Broadcast(). */
  condBroadcast(g: number, cond: number): Next {
    const m = this.memory.i32;
    if (this.copied(g, cond)) return Next.Continue;
    if (m[cond] === m[cond + NOTIFIED]) this.common.log.add(Kind.CondSignal, cond >> 1, 0);
    while (this.memory.i32[cond] !== this.memory.i32[cond + NOTIFIED]) this.notifyNext(g, cond);
    return Next.Continue;
  }

  private notifyNext(g: number, cond: number): void {
    const m = this.memory.i32;
    const ticket = m[cond + NOTIFIED]!++;
    const asleep = this.semaphores.dequeueTicket(cond, ticket);
    const waiter = asleep !== 0 ? asleep : this.awakeWithTicket(cond, ticket);
    this.common.log.add(Kind.CondSignal, cond >> 1, waiter === 0 ? 0 : m[waiter + GAt.Id]!);
    if (asleep !== 0) this.wake(g, asleep);
    else if (waiter !== 0) m[waiter + GAt.Waker] = m[g + GAt.Id]!;
  }

  /** The goroutine that has taken a ticket but does not sleep yet, because it is still giving up the lock. */
  private awakeWithTicket(cond: number, ticket: number): number {
    const m = this.memory.i32;
    let found = 0;
    this.goroutines.forEach((g) => {
      if (m[g + GAt.Result] === cond && m[g + GAt.Ticket] === ticket) found = g;
    });
    return found;
  }

  // ---------------------------------------------------------------- Once

  /** First half of o.Do(f). `result` gets whether the caller has to run f; while another runs it, the caller waits. */
  onceEnter(g: number, once: number, result: number): Next {
    const m = this.memory.i32;
    m[result] = 0;
    m[result + 1] = 0;
    if (m[once] === IDLE) {
      m[once] = RUNNING;
      m[result] = 1;
      return Next.Continue;
    }
    if (m[once] === DONE) {
      this.common.log.add(Kind.OnceDo, once >> 1, 0);
      return Next.Continue;
    }
    return this.sleep(g, once, Resume.OnceDo, Wait.onceDo);
  }

  /** Second half: f has returned, or panicked. */
  onceLeave(g: number, once: number): Next {
    this.memory.i32[once] = DONE;
    this.common.log.add(Kind.OnceDo, once >> 1, 1);
    for (let waiter = this.semaphores.dequeue(once); waiter !== 0; waiter = this.semaphores.dequeue(once))
      this.wake(g, waiter);
    return Next.Continue;
  }

  // ---------------------------------------------------------------- waiting

  /** Finishes the operation in which g waited. */
  resume(g: number, what: number, object: number): Next {
    if (what === Resume.WaitGroupWait) return this.waited(g, object);
    if (what === Resume.CondWait) this.common.log.add(Kind.CondWait, object >> 1, this.takeWaker(g));
    else this.common.log.add(Kind.OnceDo, object >> 1, 0);
    return Next.Continue;
  }

  private sleep(g: number, object: number, resume: Resume, why: number): Next {
    const m = this.memory.i32;
    m[g + GAt.Resume] = resume;
    m[g + GAt.ResumeObject] = object;
    this.semaphores.enqueue(object, g, false);
    return this.channels.park(g, object >> 1, why);
  }

  private wake(by: number, g: number): void {
    const m = this.memory.i32;
    m[g + GAt.Waker] = m[by + GAt.Id]!;
    this.scheduler.ready(g);
  }

  private takeWaker(g: number): number {
    const m = this.memory.i32;
    const waker = m[g + GAt.Waker]!;
    m[g + GAt.Waker] = 0;
    return waker;
  }

  private panic(g: number, text: string): Next {
    this.common.vm.raise(g, text, false);
    return Next.Continue;
  }
}
