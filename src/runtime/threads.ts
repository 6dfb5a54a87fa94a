/**
 * This file runs the threads of one process: it lets the vm execute goroutines until they stop, and looks for others. It is the body that the kernel knows.
 *
 * Rules. A thread (M) holds a P while it runs goroutines. It takes one that can run (schedule, findRunnable), pays for the switch (execute) and lets the vm go on
 * until a trap, the end of the goroutine's slice or the turn's limit. After a trap the effect is at the present clock, its cost behind it. What a
 * goroutine does between two traps nobody sees, so it may run ahead of other cores: up to `limit` for what orders goroutines, `slack` further for plain
 * accesses, LOOKAHEAD further for what touches nothing shared (vm/horizon.ts). A thread whose limit is reached keeps its goroutine; only the
 * kernel's quantum takes the thread away, and then the goroutine is shown as not running (GFlag.OffCore).
 *
 * Sources: schedule, execute, goschedImpl, preemptPark, mstart of Go's proc.go; sysmon's retake of slices over 10 ms, here at the exact instant.
 *
 * Rejected: a JavaScript generator for each goroutine (its state cannot be saved); a thread that returns to the kernel after every trap (a turn of its loop
 * for each channel operation); preemption only at calls, as before Go 1.14 (loops without calls would never yield); a sysmon thread that polls
 * (it would add events every 20 µs, and an instant that depends on its phase).
 */
import type { Memory } from '../base/memory';
import { choiceCode } from '../event/choice';
import { Kind } from '../event/kinds';
import type { EventLog, EventPlace } from '../event/log';
import { Stop, type ThreadBody, type Turn } from '../kernel/body';
import type { Kernel } from '../kernel/kernel';
import { type ThreadAddr, ThreadAt } from '../kernel/layout';
import { Ctx } from '../vm/context';
import { Trap, type Answerer, type TrapCode } from '../vm/trap';
import type { Vm } from '../vm/vm';
import { type GAddr, GAt, GFlag, GState, type MAddr, MAt, MPhase, type PAddr, PAt, PlatformAt, Resume } from './layout';
import { Found, type GmpScheduler } from './gmp';
import { Next } from './next';
import type { Platform } from './platform';
import type { Runtime } from './runtime';
import { SystemCalls } from './systemCalls';
import type { Traps } from './traps';

const SWITCH_JITTER = choiceCode('switch-jitter');
const JITTER_STEPS = 8;
/** Virtual ns that a goroutine may run ahead of the other cores while it does nothing that they could see. */
const LOOKAHEAD = 50_000;
/** What answering a trap costs the host, in units of Interrupt.worked. */
const TRAP_WORK = 64;
/** GoPreempt's reasons. */
const BY_KERNEL = 1;
const BY_TIME_SLICE = 2;
const BY_GOSCHED = 3;

export class Threads implements ThreadBody, Answerer {
  private readonly memory: Memory;
  private readonly platform: Platform;
  private readonly traps: Traps;
  private readonly systemCalls: SystemCalls;
  // What every switch and every trap asks for stands here: the way to it through other objects is a good part of what they cost.
  private readonly vm: Vm;
  private readonly log: EventLog;
  private readonly here: EventPlace;
  private readonly kernel: Kernel;
  private readonly turn: Turn;
  private readonly slack: number;
  private readonly goPreempt: number;
  private readonly goroutineSwitch: number;
  private readonly switchJitter: number;
  /** Of the goroutine that runs: where the end of its thread's quantum stands, among the Float64s; and what became of it when it stopped by Trap.Answered. */
  private quantumEndAt = 0;
  private answered = Next.Continue;

  constructor(
    private readonly rt: Runtime,
    private readonly scheduler: GmpScheduler,
  ) {
    this.platform = rt.platform;
    this.memory = rt.memory;
    this.traps = rt.traps;
    this.systemCalls = new SystemCalls(rt, scheduler);
    const { vm, log, kernel, config } = rt.platform;
    this.vm = vm;
    this.log = log;
    this.here = log.here;
    this.kernel = kernel;
    this.turn = kernel.turn;
    this.slack = config.slack;
    this.goPreempt = config.goPreempt;
    this.goroutineSwitch = config.goroutineSwitch;
    this.switchJitter = config.switchJitter;
  }

  // ---------------------------------------------------------------- the thread's life

  run(thread: ThreadAddr): Stop {
    this.platform.running = this.rt;
    this.vm.accounts.running = this.rt.account;
    try {
      return this.goOn(thread);
    } catch (error) {
      return this.rt.endings.exhausted(error);
    }
  }

  private goOn(thread: ThreadAddr): Stop {
    const w = this.memory.i32;
    const m = w[thread + ThreadAt.User] as MAddr;
    this.scheduler.p = w[m + MAt.P] as PAddr;
    if (w[m + MAt.Phase] !== MPhase.Schedule) {
      const stop = this.enter(m);
      if (stop !== Stop.Limit) return stop;
    }
    return this.schedule(m);
  }

  /** A thread that was parked, new or in a system call. @returns Stop.Limit when it has a P and goes on. */
  private enter(m: MAddr): Stop {
    const w = this.memory.i32;
    const phase = w[m + MAt.Phase];
    w[m + MAt.Phase] = MPhase.Schedule;
    if (phase === MPhase.CallEnd) return this.systemCalls.exit(m);
    const p = w[m + MAt.NextP] as PAddr;
    w[m + MAt.NextP] = 0;
    this.scheduler.acquire(m, p);
    return Stop.Limit;
  }

  /** schedule(): runs goroutines until the clock passes the turn's limit or there is none to run. */
  private schedule(m: MAddr): Stop {
    const { vm, turn, here, memory, scheduler } = this;
    let g = memory.i32[m + MAt.G] as GAddr;
    if (g !== 0) this.resumeRunning(g);
    for (;;) {
      if (g === 0) {
        if (vm.clock > turn.limit) return Stop.Limit;
        here.g = 0;
        here.pc = -1;
        here.time = vm.clock;
        const found = scheduler.find(m);
        if (found === Found.Nothing) return scheduler.park(m) ? Stop.Park : this.rt.endings.deadlock();
        if (found === Found.Spin) continue;
        g = found;
        this.execute(m, g);
        if (vm.clock > turn.limit) return Stop.Limit;
        this.resumeRunning(g);
      }
      this.rt.g = g;
      this.platform.filter.segment = memory.i32[g + GAt.Segment]!;
      const next = this.proceed(g, memory.i32[m + MAt.P] as PAddr);
      if (next === Next.Continue) return Stop.Limit;
      if (next === Next.Halt) return Stop.Halt;
      if (next === Next.Exited) return Stop.Exit;
      memory.i32[m + MAt.G] = 0;
      memory.f64[(g + GAt.StoppedAt) >> 1] = vm.clock;
      if (next === Next.SystemCall) return this.systemCalls.enter(m, g);
      if (next !== Next.Parked) this.requeue(m, g, next);
      g = 0;
    }
  }

  /** A goroutine that keeps its M from an earlier step. */
  private resumeRunning(g: GAddr): void {
    const w = this.memory.i32;
    this.here.g = w[g + GAt.Id]!;
    if ((w[g + GAt.Flags]! & GFlag.OffCore) === 0) return;
    w[g + GAt.Flags]! &= ~GFlag.OffCore;
    this.rt.goroutines.sayRunning(g, this.scheduler.p);
  }

  /** execute(): the switch to g, and its cost. */
  private execute(m: MAddr, g: GAddr): void {
    const { vm, memory, scheduler } = this;
    const w = memory.i32;
    const f = memory.f64;
    const p = w[m + MAt.P] as PAddr;
    w[m + MAt.G] = g;
    w[g + GAt.State] = GState.Running;
    w[g + GAt.LastP] = w[p + PAt.Index]!;
    w[this.platform.block + PlatformAt.Switches]!++;
    let clock = vm.clock + this.goroutineSwitch;
    if (this.switchJitter > 0 && this.kernel.cores.othersBusy())
      clock += this.platform.choices.choose(SWITCH_JITTER, JITTER_STEPS) * this.switchJitter;
    const stopped = f[(g + GAt.StoppedAt) >> 1]!;
    if (clock < stopped) clock = stopped;
    vm.clock = clock;
    if (!scheduler.inherits) {
      w[p + PAt.Tick] = (w[p + PAt.Tick]! + 1) & 0x3fffffff;
      f[(p + PAt.SliceStart) >> 1] = clock;
    }
    // Others may come before the switch is done: GoRun is told when it is.
    w[g + GAt.Flags]! |= GFlag.OffCore;
  }

  // ---------------------------------------------------------------- running one goroutine

  /** Runs g until it stops. Next.Continue: the clock has passed the turn's limit, g keeps its M. */
  private proceed(g: GAddr, p: PAddr): Next {
    const { vm, turn, memory, slack } = this;
    const { cores } = this.kernel;
    const sliceEnd = memory.f64[(p + PAt.SliceStart) >> 1]! + this.goPreempt;
    const quantumEndAt = (this.quantumEndAt = cores.quantumEndAt());
    if (!turn.resumed && memory.f64[quantumEndAt]! <= vm.clock) cores.renewQuantum();
    turn.resumed = false;
    for (;;) {
      vm.interrupt.worked(TRAP_WORK);
      if (vm.clock > sliceEnd) return vm.clock > turn.limit ? Next.Continue : this.preempt();
      const quantumEnd = memory.f64[quantumEndAt]!;
      const stop = sliceEnd < quantumEnd ? sliceEnd : quantumEnd;
      let next: Next;
      const todo = memory.i32[g + GAt.Resume]!;
      if (todo === Resume.Nothing) {
        const limit = turn.limit < stop ? turn.limit : stop;
        vm.limit = limit;
        vm.near = limit + slack < stop ? limit + slack : stop;
        vm.far = limit + LOOKAHEAD < stop ? limit + LOOKAHEAD : stop;
        const trap = vm.resume(g, this);
        if (trap === Trap.Limit) {
          if (vm.clock > sliceEnd) continue;
          return Next.Continue;
        }
        next = trap === Trap.Answered ? this.answered : this.serve(g, trap);
      } else if (todo === Resume.Work) {
        if (this.work(g, stop)) continue;
        if (vm.clock > sliceEnd) continue;
        return Next.Continue;
      } else if (vm.clock > turn.limit) return Next.Continue;
      else next = this.traps.finishWait(g);
      if (next !== Next.Continue) return next;
    }
  }

  /** The running goroutine asks for something. @returns whether nothing came of it that proceed() has to look at */
  answer(trap: TrapCode): boolean {
    const { vm, turn } = this;
    const { g } = this.rt;
    const { clock, steps } = vm;
    const { limit } = turn;
    const quantumEnd = this.memory.f64[this.quantumEndAt]!;
    const next = (this.answered = this.serve(g, trap));
    const m = this.memory.i32;
    if (next !== Next.Continue || m[g + GAt.Resume] !== Resume.Nothing || m[g + Ctx.Pending] !== 0) return false;
    if (vm.clock !== clock || vm.steps !== steps || clock > vm.limit) return false;
    if (turn.limit !== limit || this.memory.f64[this.quantumEndAt] !== quantumEnd) return false;
    vm.interrupt.worked(TRAP_WORK);
    return true;
  }

  private serve(g: GAddr, trap: TrapCode): Next {
    this.here.pc = this.vm.pc - 4;
    this.here.time = this.vm.clock;
    return this.traps.answer(g, trap);
  }

  /**
   * work(d): computes until it is done or may be taken off its core, at `stop`. It touches nothing that others can see, so it need not
   * stop at the turn's limit: other cores catch up later. @returns whether it is done
   */
  private work(g: GAddr, stop: number): boolean {
    const { vm } = this;
    const at = (g + GAt.WorkLeft) >> 1;
    const left = this.memory.f64[at]!;
    if (vm.clock + left <= stop) {
      this.memory.f64[at] = 0;
      this.memory.i32[g + GAt.Resume] = Resume.Nothing;
      vm.clock += left;
      return true;
    }
    // One ns past it, as an instruction that straddles the end of a slice.
    const done = Math.min(left, stop - vm.clock + 1);
    this.memory.f64[at] = left - done;
    vm.clock += done;
    return false;
  }

  // ---------------------------------------------------------------- giving up the M

  private preempt(): Next {
    const { here } = this;
    here.time = this.vm.clock;
    here.pc = this.memory.i32[this.rt.g + Ctx.Pc]!;
    this.log.add(Kind.GoPreempt, this.memory.i32[this.rt.g + GAt.Id]!, BY_TIME_SLICE);
    return Next.Preempted;
  }

  /** g has given up its P, though it could run: it stands in a queue again. */
  private requeue(m: MAddr, g: GAddr, next: Next): void {
    const w = this.memory.i32;
    if (next !== Next.Preempted) this.log.add(Kind.GoPreempt, w[g + GAt.Id]!, BY_GOSCHED);
    w[g + GAt.State] = GState.Runnable;
    if (next === Next.YieldLocal) this.scheduler.put(w[m + MAt.P] as PAddr, g, false);
    else this.scheduler.putGlobal(g);
  }

  /** The kernel took the thread off its core. */
  preempted(thread: ThreadAddr): void {
    const w = this.memory.i32;
    const g = w[(w[thread + ThreadAt.User] as MAddr) + MAt.G] as GAddr;
    if (g === 0 || w[g + GAt.State] !== GState.Running) return;
    const { here } = this;
    here.g = w[g + GAt.Id]!;
    here.pc = w[g + Ctx.Pc]!;
    w[g + GAt.Flags]! |= GFlag.OffCore;
    this.log.add(Kind.GoPreempt, here.g, BY_KERNEL);
  }

  // ---------------------------------------------------------------- timers of the runtime

  fired(kind: number, object: number): Stop {
    this.vm.accounts.running = this.rt.account;
    this.scheduler.p = 0;
    try {
      this.rt.timers.due(kind, object);
    } catch (error) {
      this.rt.endings.exhausted(error);
    }
    return this.platform.outcome ? Stop.Halt : Stop.Limit;
  }
}
