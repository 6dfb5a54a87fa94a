/** This file makes the simulated scheduler: Go's, on the threads of the kernel. */
import { GmpScheduler } from './gmp';
import type { Runtime } from './runtime';
import type { Scheduler } from './scheduler';
import { Threads } from './threads';

export function simulated(rt: Runtime): Scheduler {
  return new GmpScheduler(rt.platform, rt.process, (scheduler) => new Threads(rt, scheduler));
}
