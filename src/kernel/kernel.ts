/**
 * This file dispatches: it decides which core moves next, and how far it may go before another core, a timer or the end of a quantum has its turn.
 *
 * Rules. Every core has a clock. The busy core with the smallest clock moves, unless a timer comes first; ties are the chooser's. It may go as far as the next
 * thing that could concern it: the smallest other clock, the next timer, the end of its quantum while threads wait. That limit can only
 * shrink while it runs, since whatever a body does to others happens at its own clock or later. So everything visible happens in the order of
 * virtual time, on any number of cores, and a core that is alone runs without interruption. Where threads go is decided in cores.ts: the core they were on
 * last, else an idle one, else one FIFO queue.
 *
 * Sources: conservative discrete-event simulation (Chandy and Misra 1979): the limit is its lookahead. Of Linux: futex wake and wait for parking (a
 * wake before the park is not lost), weights of sched_prio_to_weight for quanta.
 *
 * Rejected: optimistic simulation with rollback (Time Warp): effects would have to be undone, and observers told so. A queue for each core with balancing,
 * and virtual deadlines as EEVDF has: Go starts as many threads as there are cores, so the queue is nearly always empty. A
 * fixed step for all cores in turn: either too coarse to order events, or a turn for every few instructions.
 */
import { Accounts } from '../base/accounts';
import { InternalError } from '../base/assert';
import { Interrupt } from '../base/interrupt';
import type { Memory } from '../base/memory';
import { choiceCode, type Choices } from '../event/choice';
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import { Stop, Turn, TURN_STEPS, type Clock, type StepCount, type ThreadBody } from './body';
import type { KernelConfig } from './config';
import { Cores } from './cores';
import {
  type CoreAddr,
  CoreAt,
  type KernelAddr,
  KernelAt,
  KernelTag,
  type ThreadAddr,
  ThreadAt,
  ThreadState,
  type TimerAddr,
  TimerAt,
  TimerKind,
  timerOf,
} from './layout';
import { Processes } from './processes';
import { TimerHeap } from './timers';

/** Why {@link Kernel.run} returned. */
export const enum Ended {
  /** A body asked for it. */
  Halted = 0,
  /** No thread can run and no timer will ever fire. */
  Idle = 1,
  /** Virtual time passed {@link Kernel.timeBudget}. */
  Time = 2,
  /** As many instructions have been executed as may be. */
  Steps = 3,
}

const TIMER_TIE = choiceCode('timer-tie');
const NEXT_CORE = choiceCode('next-core');
/** What a turn costs the host, in units of {@link Interrupt.worked}. */
const TURN_WORK = 64;
/** Most timers due at one instant among which the chooser is asked. */
const TIE_WIDTH = 16;

export class Kernel {
  readonly turn = new Turn();
  readonly cores: Cores;
  readonly timers: TimerHeap;
  readonly processes: Processes;
  /** Address of the kernel block. */
  readonly block: KernelAddr;
  timeBudget = Infinity;
  /** Told of all work, and asked at the start of each turn. */
  interrupt = Interrupt.never;
  /** What threads do, by ThreadAt.Body; no simulated state. */
  private readonly bodies: ThreadBody[] = [];
  private readonly ties: TimerAddr[] = [];

  constructor(
    private readonly memory: Memory,
    private readonly clock: Clock & StepCount,
    private readonly log: EventLog,
    private readonly choices: Choices,
    config: KernelConfig,
    readonly accounts = new Accounts(memory),
  ) {
    this.block = memory.alloc(KernelAt.Slots, KernelTag.Kernel) as KernelAddr;
    this.cores = new Cores(memory, clock, log, choices, config, this.turn, this.block);
    this.timers = new TimerHeap(memory, this.block);
    this.processes = new Processes(memory, clock, log, config, accounts, this.cores, this.timers, this.block);
  }

  /** A body that threads and timers can be made with. @returns the number by which they name it */
  register(body: ThreadBody): number {
    return this.bodies.push(body) - 1;
  }

  // ---------------------------------------------------------------- the loop

  /** Simulates until a body halts, nothing can happen any more, or a budget is spent. May be called again after a halt. */
  run(): Ended {
    // An error may have come out of a step.
    this.turn.core = -1;
    this.turn.resumed = false;
    for (;;) {
      const m = this.memory.i32;
      const interrupted = m[this.block + KernelAt.Interrupted]!;
      if (interrupted !== 0) {
        if (this.resume(interrupted - 1) === Stop.Halt) return Ended.Halted;
        continue;
      }
      if (this.clock.steps >= this.clock.stepBudget) return Ended.Steps;
      this.clock.steps += TURN_STEPS;
      this.interrupt.worked(TURN_WORK);
      m[this.block + KernelAt.Turns]!++;
      const core = this.pick();
      if (core === -1) {
        const when = this.timers.next();
        if (when === Infinity) return Ended.Idle;
        if (when > this.timeBudget) return Ended.Time;
        if (this.fire(when) === Stop.Halt) return Ended.Halted;
      } else {
        if (this.memory.f64[(this.cores.at(core) + CoreAt.Clock) >> 1]! > this.timeBudget) return Ended.Time;
        if (this.step(core) === Stop.Halt) return Ended.Halted;
      }
    }
  }

  /** When something happens next: a core moves or a timer fires. */
  get next(): number {
    let first = this.timers.next();
    for (let i = 0; i < this.cores.count; i++) {
      const core = this.cores.at(i);
      if (this.memory.i32[core + CoreAt.Thread] !== 0)
        first = Math.min(first, this.memory.f64[(core + CoreAt.Clock) >> 1]!);
    }
    return first;
  }

  /** Goes on with the turn of a core as if it had not been interrupted: where a run pauses changes nothing. */
  private resume(core: number): Stop {
    this.memory.i32[this.block + KernelAt.Interrupted] = 0;
    this.turn.limit = this.memory.f64[(this.block + KernelAt.Limit) >> 1]!;
    this.turn.resumed = true;
    return this.step(core);
  }

  /** The core that moves next, with `limit` set to how far it may go; -1 when a timer comes first or no core is busy. */
  private pick(): number {
    const m = this.memory.i32;
    const f = this.memory.f64;
    let best = -1;
    let first = Infinity;
    let second = Infinity;
    let tied = 0;
    for (let i = 0, core = this.cores.first; i < this.cores.count; i++, core = (core + CoreAt.Words) as CoreAddr) {
      if (m[core + CoreAt.Thread] === 0) continue;
      const clock = f[(core + CoreAt.Clock) >> 1]!;
      if (clock < first) {
        second = first;
        first = clock;
        best = i;
        tied = 1;
      } else {
        if (clock === first) tied++;
        if (clock < second) second = clock;
      }
    }
    const timer = this.timers.next();
    if (best === -1 || timer <= first) return -1;
    if (tied > 1) best = this.nthTied(first, this.choices.choose(NEXT_CORE, tied));
    let limit = Math.min(second, timer, this.timeBudget);
    if (m[this.block + KernelAt.QueueSize] !== 0)
      limit = Math.min(limit, f[(this.cores.at(best) + CoreAt.SliceEnd) >> 1]!);
    this.turn.limit = limit;
    return best;
  }

  private nthTied(clock: number, n: number): number {
    for (let i = 0; i < this.cores.count; i++) {
      const core = this.cores.at(i);
      if (this.memory.i32[core + CoreAt.Thread] === 0 || this.memory.f64[(core + CoreAt.Clock) >> 1] !== clock)
        continue;
      if (n-- === 0) return i;
    }
    throw new InternalError('no such tied core', { clock });
  }

  private step(index: number): Stop {
    const m = this.memory.i32;
    const core = this.cores.at(index);
    const thread = m[core + CoreAt.Thread] as ThreadAddr;
    const here = this.log.here;
    this.turn.core = index;
    const now = this.memory.f64[(core + CoreAt.Clock) >> 1]!;
    this.clock.clock = now;
    here.time = now;
    here.core = index;
    here.thread = m[thread + ThreadAt.Id]!;
    if (m[core + CoreAt.Starting] !== 0) this.begin(core, thread, now);
    else if (
      !this.turn.resumed &&
      m[this.block + KernelAt.QueueSize] !== 0 &&
      now >= this.memory.f64[(core + CoreAt.SliceEnd) >> 1]!
    ) {
      this.expire(index, thread);
      this.turn.core = -1;
      return Stop.Limit;
    }
    const stop = this.bodies[m[thread + ThreadAt.Body]!]!.run(thread);
    this.turn.core = -1;
    this.turn.resumed = false;
    return this.settle(index, core, thread, stop);
  }

  /** Writes back what the step did to the core and its thread. */
  private settle(index: number, core: CoreAddr, thread: ThreadAddr, stop: Stop): Stop {
    const m = this.memory.i32;
    const now = this.clock.clock;
    this.memory.f64[(this.block + KernelAt.Now) >> 1] = now;
    if (m[thread + ThreadAt.State] === ThreadState.Dead) return stop; // its process ended, and another may have the core
    this.memory.f64[(core + CoreAt.Clock) >> 1] = now;
    switch (stop) {
      case Stop.Limit:
        break;
      case Stop.Park:
        if (m[thread + ThreadAt.WakePending] !== 0) m[thread + ThreadAt.WakePending] = 0;
        else this.cores.leave(index, thread, ThreadState.Parked, 0);
        break;
      case Stop.SystemCall:
        this.timers.arm(timerOf(thread), this.turn.until, TimerKind.SystemCallEnd, thread);
        this.cores.leave(index, thread, ThreadState.InSystemCall, 1);
        break;
      case Stop.Exit:
        this.cores.leave(index, thread, ThreadState.Dead, 3);
        this.processes.forget(thread);
        break;
      case Stop.Halt:
        m[this.block + KernelAt.Interrupted] = index + 1;
        this.memory.f64[(this.block + KernelAt.Limit) >> 1] = this.turn.limit;
        break;
    }
    return stop;
  }

  /** The first step of a thread on its core. */
  private begin(core: CoreAddr, thread: ThreadAddr, now: number): void {
    const m = this.memory.i32;
    m[core + CoreAt.Starting] = 0;
    m[this.block + KernelAt.Switches]!++;
    this.memory.f64[(core + CoreAt.SliceEnd) >> 1] = now + this.cores.quantumOf(thread);
    const here = this.log.here;
    here.g = 0;
    here.pc = -1;
    this.log.add(Kind.ThreadRun, m[thread + ThreadAt.Id]!);
  }

  /** The quantum is over and others wait: back to the end of the queue. */
  private expire(index: number, thread: ThreadAddr): void {
    const m = this.memory.i32;
    this.log.here.time = this.clock.clock;
    this.bodies[m[thread + ThreadAt.Body]!]!.preempted(thread);
    this.cores.stopped(index, thread, ThreadState.Runnable, 2);
    this.cores.enqueue(thread);
    this.cores.refill(index);
  }

  // ---------------------------------------------------------------- timers

  /** Disarms all timers of a body: nothing of it fires any more. */
  forgetTimers(body: number): void {
    this.timers.disarmWhere((kind) => kind >= TimerKind.FirstOfBodies && kind >> 8 === body);
  }

  /** Arms a timer node; a body that runs stops in time for it. */
  arm(node: TimerAddr, when: number, kind: number, object: number): void {
    this.timers.arm(node, when, kind, object);
    if (when < this.turn.limit) this.turn.limit = when;
  }

  private fire(when: number): Stop {
    const node = this.earliest(when);
    const m = this.memory.i32;
    const here = this.log.here;
    this.clock.clock = when;
    this.memory.f64[(this.block + KernelAt.Now) >> 1] = when;
    here.time = when;
    here.g = 0;
    here.core = -1;
    here.thread = -1;
    here.pc = -1;
    this.turn.limit = Infinity;
    const kind = m[node + TimerAt.Kind]!;
    const object = m[node + TimerAt.Object]!;
    if (kind !== TimerKind.SystemCallEnd) return this.bodies[kind >> 8]!.fired(kind & 0xff, object);
    this.cores.resume(object as ThreadAddr, 0, true);
    return Stop.Limit;
  }

  /** Takes out one of the timers due at `when`: the chooser says which. */
  private earliest(when: number): TimerAddr {
    const first = this.timers.pop();
    if (this.timers.next() !== when) return first;
    const ties = this.ties;
    ties.length = 0;
    ties.push(first);
    while (ties.length < TIE_WIDTH && this.timers.next() === when) ties.push(this.timers.pop());
    const chosen = this.choices.choose(TIMER_TIE, ties.length);
    for (let i = 0; i < ties.length; i++) if (i !== chosen) this.rearm(ties[i]!, when);
    return ties[chosen]!;
  }

  private rearm(node: TimerAddr, when: number): void {
    const m = this.memory.i32;
    this.timers.arm(node, when, m[node + TimerAt.Kind]!, m[node + TimerAt.Object]!);
  }
}
