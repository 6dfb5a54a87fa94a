/** This file implements sync.WaitGroup (waitgroup.go of Go 1.19): a counter and the goroutines that wait until it is zero. Fields stand where package sync declares them. */
import type { Memory } from '../base/memory';
import type { FailureCode } from '../event/failure';
import { Kind } from '../event/kinds';
import { Wait } from '../event/wait';
import type { Goroutines } from './goroutines';
import { type GAddr, Resume } from './layout';
import { Next } from './next';
import type { Platform } from './platform';
import type { Semaphores } from './semaphores';
import { Wakes } from './wakes';

/** Word offset in a WaitGroup, whose first word is the counter. */
const WAITERS = 1;

export class WaitGroups {
  private readonly memory: Memory;

  constructor(
    private readonly platform: Platform,
    private readonly goroutines: Goroutines,
    private readonly semaphores: Semaphores,
  ) {
    this.memory = platform.memory;
  }

  /** wg.Add(delta); Done is Add(-1). */
  add(g: GAddr, group: number, delta: number): Next {
    const m = this.memory.i32;
    const counter = (m[group]! + delta) | 0;
    const waiters = m[group + WAITERS]!;
    m[group] = counter;
    this.platform.log.add(Kind.WaitGroupAdd, group >> 1, delta, counter);
    if (counter < 0) return this.panic(g, 'panic.negative-waitgroup', 'sync: negative WaitGroup counter');
    if (waiters !== 0 && delta > 0 && counter === delta) {
      return this.panic(g, 'panic.waitgroup-misuse', 'sync: WaitGroup misuse: Add called concurrently with Wait');
    }
    if (counter > 0 || waiters === 0) return Next.Continue;
    m[group + WAITERS] = 0;
    const wakes = new Wakes(this.platform.vm);
    for (let i = 0; i < waiters; i++) {
      wakes.one();
      this.semaphores.wakeFirst(g, group);
    }
    return Next.Continue;
  }

  /** wg.Wait(). */
  wait(g: GAddr, group: number): Next {
    const m = this.memory.i32;
    if (m[group] === 0) {
      this.platform.log.add(Kind.WaitGroupWait, group >> 1, 0);
      return Next.Continue;
    }
    m[group + WAITERS]!++;
    return this.semaphores.sleep(g, group, group, Resume.WaitGroupWait, Wait.waitGroupWait);
  }

  /** A goroutine that waited runs again. */
  resume(g: GAddr, group: number): Next {
    const m = this.memory.i32;
    this.platform.log.add(Kind.WaitGroupWait, group >> 1, this.goroutines.takeWaker(g));
    if (m[group] !== 0 || m[group + WAITERS] !== 0)
      return this.panic(g, 'panic.waitgroup-misuse', 'sync: WaitGroup is reused before previous Wait has returned');
    return Next.Continue;
  }

  /** Tasks that are not done yet. */
  counter(group: number): number {
    return this.memory.i32[group]!;
  }

  private panic(g: GAddr, code: FailureCode, text: string): Next {
    this.platform.vm.raise(g, code, text);
    return Next.Continue;
  }
}
