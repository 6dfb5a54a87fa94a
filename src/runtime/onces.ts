/** This file implements sync.Once as one word that says how far it is. In Go a mutex does the waiting; what can be seen is the same. */
import type { Memory } from '../base/memory';
import { Kind } from '../event/kinds';
import { Wait } from '../event/wait';
import { type GAddr, Resume } from './layout';
import { Next } from './next';
import type { Platform } from './platform';
import type { Semaphores } from './semaphores';

/** States of a Once. */
const IDLE = 0;
const RUNNING = 1;
const DONE = 2;

export class Onces {
  private readonly memory: Memory;

  constructor(
    private readonly platform: Platform,
    private readonly semaphores: Semaphores,
  ) {
    this.memory = platform.memory;
  }

  isIdle(once: number): boolean {
    return this.memory.i32[once] === IDLE;
  }

  isDone(once: number): boolean {
    return this.memory.i32[once] === DONE;
  }

  /** First half of o.Do(f). `result` gets whether the caller has to run f; while another runs it, the caller waits. */
  enter(g: GAddr, once: number, result: number): Next {
    const m = this.memory.i32;
    m[result] = 0;
    m[result + 1] = 0;
    if (this.isIdle(once)) {
      m[once] = RUNNING;
      m[result] = 1;
      return Next.Continue;
    }
    if (this.isDone(once)) return this.resume(once);
    return this.semaphores.sleep(g, once, once, Resume.OnceDo, Wait.onceDo);
  }

  /** Second half: f has returned, or panicked. */
  leave(g: GAddr, once: number): Next {
    this.memory.i32[once] = DONE;
    this.platform.log.add(Kind.OnceDo, once >> 1, 1);
    while (this.semaphores.wakeFirst(g, once));
    return Next.Continue;
  }

  /** Somebody else has run f. */
  resume(once: number): Next {
    this.platform.log.add(Kind.OnceDo, once >> 1, 0);
    return Next.Continue;
  }
}
