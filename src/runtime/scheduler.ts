/**
 * This file defines what channels, locks, timers and the runtime ask of whoever decides which goroutine runs when. There are two makers: Go's scheduler on
 * the threads of the simulated kernel (gmp.ts), and one under which a chooser decides before every visible operation (controlled/scheduler.ts).
 */
import type { Runtime } from './runtime';
import type { GAddr, SchedAddr } from './layout';

export interface Scheduler {
  /** Address of the schedt block, which holds the lists of the process's goroutines. */
  readonly block: SchedAddr;
  /** GOMAXPROCS. */
  readonly count: number;
  /** The kernel's number for the body that is told of timers. */
  readonly body: number;
  /** The process begins with its main goroutine. @throws MemoryExhausted */
  begin(main: GAddr): void;
  /** A new goroutine, made by the running one or by a timer, may run. */
  started(g: GAddr): void;
  /** A blocked goroutine, woken by the running one or by a timer, may run (goready). */
  ready(g: GAddr): void;
  /** A timer or the network lets a blocked goroutine run. */
  readyFromTimer(g: GAddr): void;
}

/** Makes the scheduler of a runtime of which platform and process stand already. */
export type SchedulerMaker = (rt: Runtime) => Scheduler;
