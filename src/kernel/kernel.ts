/**
 * This file simulates the operating system: cores that run threads, in virtual time. It decides which core moves next (the one whose clock is smallest),
 * and how far it may go before another core, a timer or the end of a quantum has its turn. What a thread does is its body's business.
 */
import { AccountAt, Accounts } from '../base/accounts';
import { InternalError } from '../base/assert';
import type { Memory } from '../base/memory';
import { choiceCode, type Choices } from '../event/choice';
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import type { KernelConfig } from './config';
import { CoreAt, KernelAt, KernelTag, ProcessAt, ThreadAt, ThreadState, TimerAt, TimerKind } from './layout';
import { TimerHeap } from './timers';

/** Why a body gave the core back. */
export const enum Stop {
  /** The clock reached the kernel's limit; the thread goes on later. */
  Limit = 0,
  /** The thread waits until {@link Kernel.wake}. */
  Park = 1,
  /** The thread is in a system call until {@link Kernel.until}. */
  SystemCall = 2,
  /** The thread has ended. */
  Exit = 3,
  /** The whole simulation stops, or pauses: the thread stays where it is. */
  Halt = 4,
}

/** Why {@link Kernel.run} returned. */
export const enum Ended {
  /** A body asked for it. */
  Halted = 0,
  /** No thread can run and no timer will ever fire. */
  Idle = 1,
  /** Virtual time passed {@link Kernel.timeBudget}. */
  Time = 2,
  /** The loop made {@link Kernel.turnBudget} turns. */
  Turns = 3,
}

/** What a process's threads do. The kernel knows no more of it. */
export interface ThreadBody {
  /** Goes on with the thread from `clock.clock` while that is not above `kernel.limit`. */
  run(thread: number): Stop;
  /** The thread was taken off its core: its quantum is over. */
  preempted(thread: number): void;
  /** A timer of the body's own kinds fired, at `clock.clock`. */
  fired(kind: number, object: number): void;
}

/** The one clock of whatever runs at the moment: bodies advance it while they execute. */
export interface Clock {
  clock: number;
}

const START_DELAY = choiceCode('start-delay');
const TIMER_TIE = choiceCode('timer-tie');
const NEXT_CORE = choiceCode('next-core');
/** A start delay is one of this many multiples of the jitter unit. */
const DELAY_STEPS = 8;
/** Most timers due at one instant among which the chooser is asked. */
const TIE_WIDTH = 16;
const NICE_0 = 1024;

export class Kernel {
  readonly timers: TimerHeap;
  /** Address of the kernel block. */
  readonly block: number;
  /** The running body stops when the clock passes this. It shrinks when the body wakes a thread or arms a timer. */
  limit = 0;
  /** Set by a body that returns Stop.SystemCall: when the call ends. */
  until = 0;
  /** Index of the core that runs; -1: none. */
  core = -1;
  timeBudget = Infinity;
  turnBudget = Infinity;
  /** Bodies by process id; rebuilt by the machine, not simulated state. */
  readonly bodies: ThreadBody[] = [];
  private readonly coreCount: number;
  private readonly cores: number;
  private readonly ties: number[] = [];

  constructor(
    private readonly memory: Memory,
    private readonly clock: Clock,
    private readonly log: EventLog,
    private readonly choices: Choices,
    private readonly config: KernelConfig,
    readonly accounts = new Accounts(memory),
  ) {
    this.block = memory.alloc(KernelAt.Slots, KernelTag.Kernel);
    this.coreCount = config.cores;
    this.cores = memory.alloc(config.cores * CoreAt.Slots, KernelTag.Cores);
    memory.i32[this.block + KernelAt.Cores] = this.cores;
    memory.i32[this.block + KernelAt.CoreCount] = config.cores;
    this.timers = new TimerHeap(memory, this.block);
  }

  // ---------------------------------------------------------------- processes and threads

  /** Makes a process that has no thread yet. */
  createProcess(parent: number, body: ThreadBody): number {
    const account = this.accounts.open();
    const process = this.memory.alloc(ProcessAt.Slots, KernelTag.Process);
    const m = this.memory.i32;
    const id = ++m[this.block + KernelAt.NextProcessId]!;
    m[process + ProcessAt.Id] = id;
    m[process + ProcessAt.ParentId] = parent;
    m[process + ProcessAt.Account] = account;
    m[process + ProcessAt.AllNext] = m[this.block + KernelAt.Processes]!;
    m[this.block + KernelAt.Processes] = process;
    m[this.block + KernelAt.ProcessCount]!++;
    this.bodies[id] = body;
    this.log.add(Kind.ProcessStart, id, parent);
    return process;
  }

  /** Makes a thread that is runnable at the present clock plus `delay`; 0 when there is no memory for its stack (EAGAIN). The caller charges the time it takes. */
  createThread(process: number, user: number, delay: number): number {
    const account = this.memory.i32[process + ProcessAt.Account]!;
    if (!this.accounts.take(account, AccountAt.ThreadStacks, this.config.threadStack)) return 0;
    const thread = this.memory.alloc(ThreadAt.Slots, KernelTag.Thread);
    const m = this.memory.i32;
    const id = m[this.block + KernelAt.NextThreadId]!++;
    m[thread + ThreadAt.Id] = id;
    m[thread + ThreadAt.Process] = process;
    m[thread + ThreadAt.State] = ThreadState.Parked;
    m[thread + ThreadAt.Core] = -1;
    m[thread + ThreadAt.LastCore] = -1;
    m[thread + ThreadAt.StackKb] = this.config.threadStack / 1024;
    m[thread + ThreadAt.Weight] = NICE_0;
    m[thread + ThreadAt.User] = user;
    const head = m[this.block + KernelAt.Threads]!;
    m[thread + ThreadAt.AllNext] = head;
    if (head !== 0) m[head + ThreadAt.AllPrev] = thread;
    m[this.block + KernelAt.Threads] = thread;
    m[this.block + KernelAt.ThreadCount]!++;
    m[process + ProcessAt.Threads]!++;
    this.log.add(Kind.ThreadCreate, id, m[process + ProcessAt.Id], this.config.threadStack);
    this.resume(thread, delay, false);
    return thread;
  }

  /** Wakes a parked thread; a wake that comes before the park makes that park return at once (as a futex or Go's note does). */
  wake(thread: number): void {
    const m = this.memory.i32;
    if (m[thread + ThreadAt.State] !== ThreadState.Parked) {
      m[thread + ThreadAt.WakePending] = 1;
      return;
    }
    this.resume(thread, 0, true);
  }

  /** Ends a process: all its threads leave their cores at once. */
  endProcess(process: number, status: number): void {
    const m = this.memory.i32;
    m[process + ProcessAt.Exited] = 1;
    m[process + ProcessAt.ExitStatus] = status;
    m[this.block + KernelAt.ProcessCount]!--;
    this.log.add(Kind.ProcessExit, m[process + ProcessAt.Id]!, status);
    let thread = m[this.block + KernelAt.Threads]!;
    while (thread !== 0) {
      const next = m[thread + ThreadAt.AllNext]!;
      if (m[thread + ThreadAt.Process] === process) this.remove(thread);
      thread = next;
    }
    this.accounts.close(m[process + ProcessAt.Account]!);
  }

  // ---------------------------------------------------------------- the loop

  /** Simulates until a body halts, nothing can happen any more, or a budget is spent. May be called again after a halt. */
  run(): Ended {
    for (;;) {
      const m = this.memory.i32;
      if (++m[this.block + KernelAt.Turns]! >= this.turnBudget) return Ended.Turns;
      const interrupted = m[this.block + KernelAt.Interrupted]!;
      const core = interrupted !== 0 ? this.horizon(interrupted - 1) : this.pick();
      if (core === -1) {
        const when = this.timers.next();
        if (when === Infinity) return Ended.Idle;
        if (when > this.timeBudget) return Ended.Time;
        this.fire(when);
      } else {
        m[this.block + KernelAt.Interrupted] = 0;
        if (this.memory.f64[(this.at(core) + CoreAt.Clock) >> 1]! > this.timeBudget) return Ended.Time;
        if (this.step(core) === Stop.Halt) return Ended.Halted;
      }
    }
  }

  /** The core that moves next, with `limit` set; -1 when a timer comes first or no core is busy. */
  private pick(): number {
    const m = this.memory.i32;
    const f = this.memory.f64;
    let best = -1;
    let first = Infinity;
    let tied = 0;
    for (let i = 0, core = this.cores; i < this.coreCount; i++, core += CoreAt.Words) {
      if (m[core + CoreAt.Thread] === 0) continue;
      const clock = f[(core + CoreAt.Clock) >> 1]!;
      if (clock < first) {
        first = clock;
        best = i;
        tied = 1;
      } else if (clock === first) tied++;
    }
    if (best === -1 || this.timers.next() <= first) return -1;
    if (tied > 1) best = this.nthTied(first, this.choices.choose(NEXT_CORE, tied));
    return this.horizon(best);
  }

  private nthTied(clock: number, n: number): number {
    for (let i = 0; i < this.coreCount; i++) {
      const core = this.at(i);
      if (this.memory.i32[core + CoreAt.Thread] === 0 || this.memory.f64[(core + CoreAt.Clock) >> 1] !== clock)
        continue;
      if (n-- === 0) return i;
    }
    throw new InternalError('no such tied core', { clock });
  }

  /** Sets `limit` to how far the core may go; @returns the core. */
  private horizon(chosen: number): number {
    const m = this.memory.i32;
    const f = this.memory.f64;
    let limit = Math.min(this.timers.next(), this.timeBudget);
    for (let i = 0, core = this.cores; i < this.coreCount; i++, core += CoreAt.Words) {
      if (i === chosen || m[core + CoreAt.Thread] === 0) continue;
      const clock = f[(core + CoreAt.Clock) >> 1]!;
      if (clock < limit) limit = clock;
    }
    if (m[this.block + KernelAt.QueueSize] !== 0) limit = Math.min(limit, f[(this.at(chosen) + CoreAt.SliceEnd) >> 1]!);
    this.limit = limit;
    return chosen;
  }

  private step(index: number): Stop {
    const m = this.memory.i32;
    const core = this.at(index);
    const thread = m[core + CoreAt.Thread]!;
    const here = this.log.here;
    this.core = index;
    const now = this.memory.f64[(core + CoreAt.Clock) >> 1]!;
    this.clock.clock = now;
    here.time = now;
    here.core = index;
    here.thread = m[thread + ThreadAt.Id]!;
    if (m[core + CoreAt.Starting] !== 0) this.begin(core, thread, now);
    else if (m[this.block + KernelAt.QueueSize] !== 0 && now >= this.memory.f64[(core + CoreAt.SliceEnd) >> 1]!) {
      this.expire(index, thread);
      this.core = -1;
      return Stop.Limit;
    }
    const stop = this.bodies[m[m[thread + ThreadAt.Process]! + ProcessAt.Id]!]!.run(thread);
    this.core = -1;
    return this.settle(index, core, thread, stop);
  }

  /** Writes back what the step did to the core and its thread. */
  private settle(index: number, core: number, thread: number, stop: Stop): Stop {
    const m = this.memory.i32;
    const now = this.clock.clock;
    this.memory.f64[(core + CoreAt.Clock) >> 1] = now;
    this.memory.f64[(this.block + KernelAt.Now) >> 1] = now;
    if (m[core + CoreAt.Thread] !== thread) return stop; // its process ended
    switch (stop) {
      case Stop.Limit:
        break;
      case Stop.Park:
        if (m[thread + ThreadAt.WakePending] !== 0) m[thread + ThreadAt.WakePending] = 0;
        else this.leave(index, thread, ThreadState.Parked, 0);
        break;
      case Stop.SystemCall:
        this.timers.arm(thread + ThreadAt.Timer, this.until, TimerKind.SystemCallEnd, thread);
        this.leave(index, thread, ThreadState.InSystemCall, 1);
        break;
      case Stop.Exit:
        this.leave(index, thread, ThreadState.Dead, 3);
        this.forget(thread);
        break;
      case Stop.Halt:
        m[this.block + KernelAt.Interrupted] = index + 1;
        break;
    }
    return stop;
  }

  /** The first step of a thread on its core. */
  private begin(core: number, thread: number, now: number): void {
    const m = this.memory.i32;
    m[core + CoreAt.Starting] = 0;
    m[this.block + KernelAt.Switches]!++;
    this.memory.f64[(core + CoreAt.SliceEnd) >> 1] = now + this.quantumOf(thread);
    const here = this.log.here;
    here.g = 0;
    here.pc = -1;
    this.log.add(Kind.ThreadRun, m[thread + ThreadAt.Id]!);
  }

  private quantumOf(thread: number): number {
    return (this.config.quantum * this.memory.i32[thread + ThreadAt.Weight]!) / NICE_0;
  }

  /** The quantum is over and others wait: back to the end of the queue. */
  private expire(index: number, thread: number): void {
    const m = this.memory.i32;
    this.log.here.time = this.clock.clock;
    this.bodies[m[m[thread + ThreadAt.Process]! + ProcessAt.Id]!]!.preempted(thread);
    this.stopped(index, thread, ThreadState.Runnable, 2);
    this.enqueue(thread);
    this.refill(index);
  }

  private leave(index: number, thread: number, state: ThreadState, why: number): void {
    this.stopped(index, thread, state, why);
    this.refill(index);
  }

  private stopped(index: number, thread: number, state: ThreadState, why: number): void {
    const m = this.memory.i32;
    const here = this.log.here;
    here.g = 0;
    here.pc = -1;
    here.time = this.clock.clock;
    here.core = index;
    here.thread = m[thread + ThreadAt.Id]!;
    this.log.add(Kind.ThreadStop, here.thread, why);
    this.vacate(index, thread, state);
  }

  private vacate(index: number, thread: number, state: ThreadState): void {
    const m = this.memory.i32;
    const core = this.at(index);
    m[thread + ThreadAt.State] = state;
    m[thread + ThreadAt.Core] = -1;
    m[thread + ThreadAt.LastCore] = index;
    m[core + CoreAt.Thread] = 0;
    m[core + CoreAt.LastThread] = thread;
  }

  /** Gives a core that has become free to the first thread in the queue. */
  private refill(index: number): void {
    const m = this.memory.i32;
    const thread = m[this.block + KernelAt.QueueHead]!;
    if (thread === 0) return;
    m[this.block + KernelAt.QueueHead] = m[thread + ThreadAt.Next]!;
    if (m[thread + ThreadAt.Next] === 0) m[this.block + KernelAt.QueueTail] = 0;
    m[this.block + KernelAt.QueueSize]!--;
    m[thread + ThreadAt.Next] = 0;
    this.place(thread, index, this.memory.f64[(this.at(index) + CoreAt.Clock) >> 1]!);
  }

  // ---------------------------------------------------------------- placing threads

  /** Makes a thread runnable from now + delay: on an idle core when there is one, else in the queue. */
  private resume(thread: number, delay: number, event: boolean): void {
    const m = this.memory.i32;
    const now = this.clock.clock;
    const index = this.idleCore(m[thread + ThreadAt.LastCore]!);
    const jitter = this.config.jitter > 0 ? this.choices.choose(START_DELAY, DELAY_STEPS) * this.config.jitter : 0;
    const wait = delay + jitter;
    if (event) this.log.add(Kind.ThreadWake, m[thread + ThreadAt.Id]!, wait);
    if (index === -1) {
      m[thread + ThreadAt.State] = ThreadState.Runnable;
      this.enqueue(thread);
      this.renewSlices(now);
    } else this.place(thread, index, now + wait);
  }

  /** Puts a thread on an idle core, which is busy switching until `from` + cost. */
  private place(thread: number, index: number, from: number): void {
    const m = this.memory.i32;
    const core = this.at(index);
    const clock =
      Math.max(from, this.memory.f64[(core + CoreAt.Clock) >> 1]!) +
      this.switchCost(m[core + CoreAt.LastThread]!, thread);
    this.memory.f64[(core + CoreAt.Clock) >> 1] = clock;
    m[core + CoreAt.Thread] = thread;
    m[core + CoreAt.Starting] = 1;
    m[thread + ThreadAt.State] = ThreadState.Running;
    m[thread + ThreadAt.Core] = index;
    if (clock < this.limit) this.limit = clock;
  }

  private switchCost(from: number, to: number): number {
    const m = this.memory.i32;
    const other = from !== 0 && m[from + ThreadAt.Process] !== m[to + ThreadAt.Process];
    return other ? this.config.processSwitch + this.config.cacheRefill : this.config.threadSwitch;
  }

  /** An idle core, the preferred one if it is idle; -1: all are busy. */
  private idleCore(preferred: number): number {
    const m = this.memory.i32;
    if (preferred >= 0 && m[this.at(preferred) + CoreAt.Thread] === 0) return preferred;
    for (let i = 0, core = this.cores; i < this.coreCount; i++, core += CoreAt.Words) {
      if (m[core + CoreAt.Thread] === 0 && i !== this.core) return i;
    }
    return -1;
  }

  /** End of the quantum of the running thread: nothing takes it off its core before. */
  quantumEnd(): number {
    const core = this.at(this.core);
    this.renewSlice(core, this.clock.clock);
    return this.memory.f64[(core + CoreAt.SliceEnd) >> 1]!;
  }

  private enqueue(thread: number): void {
    const m = this.memory.i32;
    const tail = m[this.block + KernelAt.QueueTail]!;
    m[thread + ThreadAt.Next] = 0;
    if (tail === 0) m[this.block + KernelAt.QueueHead] = thread;
    else m[tail + ThreadAt.Next] = thread;
    m[this.block + KernelAt.QueueTail] = thread;
    m[this.block + KernelAt.QueueSize]!++;
  }

  /** Quanta that ran out while nobody waited were renewed silently; say where the present ones end. */
  private renewSlices(now: number): void {
    const f = this.memory.f64;
    for (let i = 0; i < this.coreCount; i++) {
      const core = this.at(i);
      if (this.memory.i32[core + CoreAt.Thread] === 0) continue;
      this.renewSlice(core, now);
      if (i === this.core) this.limit = Math.min(this.limit, f[(core + CoreAt.SliceEnd) >> 1]!);
    }
  }

  private renewSlice(core: number, now: number): void {
    const at = (core + CoreAt.SliceEnd) >> 1;
    const end = this.memory.f64[at]!;
    if (end > now) return;
    const quantum = this.quantumOf(this.memory.i32[core + CoreAt.Thread]!);
    this.memory.f64[at] = end + Math.ceil((now - end + 1) / quantum) * quantum;
  }

  // ---------------------------------------------------------------- timers

  /** Arms a timer node; a body that runs stops in time for it. */
  arm(node: number, when: number, kind: number, object: number): void {
    this.timers.arm(node, when, kind, object);
    if (when < this.limit) this.limit = when;
  }

  private fire(when: number): void {
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
    this.limit = Infinity;
    const kind = m[node + TimerAt.Kind]!;
    const object = m[node + TimerAt.Object]!;
    if (kind === TimerKind.SystemCallEnd) this.resume(object, 0, true);
    else this.bodies[kind >> 8]!.fired(kind & 0xff, object);
  }

  /** Takes out one of the timers due at `when`: the chooser says which. */
  private earliest(when: number): number {
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

  private rearm(node: number, when: number): void {
    const m = this.memory.i32;
    this.timers.arm(node, when, m[node + TimerAt.Kind]!, m[node + TimerAt.Object]!);
  }

  // ---------------------------------------------------------------- ending

  /** Takes a thread of an ended process out of wherever it is. */
  private remove(thread: number): void {
    const m = this.memory.i32;
    const state = m[thread + ThreadAt.State];
    this.timers.disarm(thread + ThreadAt.Timer);
    if (state === ThreadState.Runnable) this.unqueue(thread);
    const index = m[thread + ThreadAt.Core]!;
    if (index >= 0) {
      const clock = this.clock.clock;
      if (m[this.at(index) + CoreAt.Starting] !== 0) this.vacate(index, thread, ThreadState.Dead);
      else this.stopped(index, thread, ThreadState.Dead, 3);
      this.memory.f64[(this.at(index) + CoreAt.Clock) >> 1] = Math.max(
        clock,
        this.memory.f64[(this.at(index) + CoreAt.Clock) >> 1]!,
      );
      this.refill(index);
    }
    m[thread + ThreadAt.State] = ThreadState.Dead;
    this.forget(thread);
  }

  private unqueue(thread: number): void {
    const m = this.memory.i32;
    let previous = 0;
    let each = m[this.block + KernelAt.QueueHead]!;
    while (each !== thread) {
      previous = each;
      each = m[each + ThreadAt.Next]!;
    }
    const next = m[thread + ThreadAt.Next]!;
    if (previous === 0) m[this.block + KernelAt.QueueHead] = next;
    else m[previous + ThreadAt.Next] = next;
    if (next === 0) m[this.block + KernelAt.QueueTail] = previous;
    m[this.block + KernelAt.QueueSize]!--;
  }

  /** Unlinks a dead thread; its block stays until the core's memory of it is overwritten, so it is not freed. */
  private forget(thread: number): void {
    const m = this.memory.i32;
    const process = m[thread + ThreadAt.Process]!;
    const next = m[thread + ThreadAt.AllNext]!;
    const previous = m[thread + ThreadAt.AllPrev]!;
    if (previous === 0) m[this.block + KernelAt.Threads] = next;
    else m[previous + ThreadAt.AllNext] = next;
    if (next !== 0) m[next + ThreadAt.AllPrev] = previous;
    m[this.block + KernelAt.ThreadCount]!--;
    m[process + ProcessAt.Threads]!--;
    this.accounts.giveBack(m[process + ProcessAt.Account]!, AccountAt.ThreadStacks, this.config.threadStack);
  }

  private at(index: number): number {
    return this.cores + index * CoreAt.Words;
  }

  /** True when a core besides the running one is busy: only then can jitter change an interleaving. */
  othersBusy(): boolean {
    const m = this.memory.i32;
    for (let i = 0, core = this.cores; i < this.coreCount; i++, core += CoreAt.Words) {
      if (i !== this.core && m[core + CoreAt.Thread] !== 0) return true;
    }
    return false;
  }
}
