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
import { Stop, type ThreadBody } from '../kernel/body';
import { type ThreadAddr, ThreadAt } from '../kernel/layout';
import { Ctx } from '../vm/context';
import { Trap } from '../vm/trap';
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
/** GoPreempt's reasons. */
const BY_KERNEL = 1;
const BY_TIME_SLICE = 2;
const BY_GOSCHED = 3;

export class Threads implements ThreadBody {
  private readonly memory: Memory;
  private readonly platform: Platform;
  private readonly traps: Traps;
  private readonly systemCalls: SystemCalls;

  constructor(
    private readonly rt: Runtime,
    private readonly scheduler: GmpScheduler,
  ) {
    this.platform = rt.platform;
    this.memory = rt.memory;
    this.traps = rt.traps;
    this.systemCalls = new SystemCalls(rt, scheduler);
  }

  // ---------------------------------------------------------------- the thread's life

  run(thread: ThreadAddr): Stop {
    this.platform.running = this.rt;
    this.platform.vm.accounts.running = this.rt.account;
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
    const { vm, filter } = this.platform;
    const { turn } = this.platform.kernel;
    const w = this.memory.i32;
    let g = w[m + MAt.G] as GAddr;
    if (g !== 0) this.resumeRunning(g);
    for (;;) {
      if (g === 0) {
        if (vm.clock > turn.limit) return Stop.Limit;
        const found = this.pick(m);
        if (found === Found.Nothing) return this.scheduler.park(m) ? Stop.Park : this.rt.endings.deadlock();
        if (found === Found.Spin) continue;
        g = found;
        this.execute(m, g);
        if (vm.clock > turn.limit) return Stop.Limit;
        this.resumeRunning(g);
      }
      this.rt.g = g;
      filter.segment = this.memory.i32[g + GAt.Segment]!;
      const next = this.proceed(g, this.memory.i32[m + MAt.P] as PAddr);
      if (next === Next.Continue) return Stop.Limit;
      const stop = this.leave(m, g, next);
      if (stop !== Stop.Limit) return stop;
      g = 0;
    }
  }

  private pick(m: MAddr): GAddr | Found {
    const here = this.platform.log.here;
    here.g = 0;
    here.pc = -1;
    here.time = this.platform.vm.clock;
    return this.scheduler.find(m);
  }

  /** A goroutine that keeps its M from an earlier step. */
  private resumeRunning(g: GAddr): void {
    const w = this.memory.i32;
    this.platform.log.here.g = w[g + GAt.Id]!;
    if ((w[g + GAt.Flags]! & GFlag.OffCore) === 0) return;
    w[g + GAt.Flags]! &= ~GFlag.OffCore;
    this.rt.goroutines.sayRunning(g, this.scheduler.p);
  }

  /** execute(): the switch to g, and its cost. */
  private execute(m: MAddr, g: GAddr): void {
    const w = this.memory.i32;
    const { vm, config, choices, kernel } = this.platform;
    const p = w[m + MAt.P] as PAddr;
    const f = this.memory.f64;
    w[m + MAt.G] = g;
    w[g + GAt.M] = m;
    w[g + GAt.State] = GState.Running;
    w[g + GAt.LastP] = w[p + PAt.Index]!;
    w[this.platform.block + PlatformAt.Switches]!++;
    vm.clock += config.goroutineSwitch;
    if (config.switchJitter > 0 && kernel.cores.othersBusy())
      vm.clock += choices.choose(SWITCH_JITTER, JITTER_STEPS) * config.switchJitter;
    const stopped = f[(g + GAt.StoppedAt) >> 1]!;
    if (vm.clock < stopped) vm.clock = stopped;
    if (!this.scheduler.inherits) {
      w[p + PAt.Tick] = (w[p + PAt.Tick]! + 1) & 0x3fffffff;
      f[(p + PAt.SliceStart) >> 1] = vm.clock;
    }
    // Others may come before the switch is done: GoRun is told when it is.
    w[g + GAt.Flags]! |= GFlag.OffCore;
  }

  // ---------------------------------------------------------------- running one goroutine

  /** Runs g until it stops. Next.Continue: the clock has passed the turn's limit, g keeps its M. */
  private proceed(g: GAddr, p: PAddr): Next {
    const { vm, log } = this.platform;
    const { turn, cores } = this.platform.kernel;
    const here = log.here;
    const memory = this.memory;
    const sliceEnd = memory.f64[(p + PAt.SliceStart) >> 1]! + this.platform.config.goPreempt;
    const { slack } = this.platform.config;
    const stop = Math.min(sliceEnd, cores.quantumEnd());
    for (;;) {
      if (vm.clock > sliceEnd) return vm.clock > turn.limit ? Next.Continue : this.preempt();
      let next: Next;
      const todo = memory.i32[g + GAt.Resume]!;
      if (todo === Resume.Nothing) {
        const limit = turn.limit < stop ? turn.limit : stop;
        const near = limit + slack < stop ? limit + slack : stop;
        const far = limit + LOOKAHEAD < stop ? limit + LOOKAHEAD : stop;
        const trap = vm.run(g, limit, near, far);
        if (trap === Trap.Limit) {
          if (vm.clock > sliceEnd) continue;
          return Next.Continue;
        }
        here.pc = vm.pc - 4;
        here.time = vm.clock;
        next = this.traps.answer(g, trap);
      } else if (todo === Resume.Work) {
        if (this.work(g, stop)) continue;
        if (vm.clock > sliceEnd) continue;
        return Next.Continue;
      } else if (vm.clock > turn.limit) return Next.Continue;
      else next = this.traps.finishWait(g);
      if (next !== Next.Continue) return next;
    }
  }

  /**
   * work(d): computes until it is done or may be taken off its core, at `stop`. It touches nothing that others can see, so it need not
   * stop at the turn's limit: other cores catch up later. @returns whether it is done
   */
  private work(g: GAddr, stop: number): boolean {
    const { vm } = this.platform;
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
    const here = this.platform.log.here;
    here.time = this.platform.vm.clock;
    here.pc = this.memory.i32[this.rt.g + Ctx.Pc]!;
    this.platform.log.add(Kind.GoPreempt, this.memory.i32[this.rt.g + GAt.Id]!, BY_TIME_SLICE);
    return Next.Preempted;
  }

  /** g no longer runs on m. @returns Stop.Limit when m looks for another. */
  private leave(m: MAddr, g: GAddr, next: Next): Stop {
    if (next === Next.Halt) return Stop.Halt;
    if (next === Next.Exited) return Stop.Exit;
    const w = this.memory.i32;
    const id = w[g + GAt.Id]!;
    w[m + MAt.G] = 0;
    this.memory.f64[(g + GAt.StoppedAt) >> 1] = this.platform.vm.clock;
    switch (next) {
      case Next.Yield:
      case Next.Preempted:
        if (next === Next.Yield) this.platform.log.add(Kind.GoPreempt, id, BY_GOSCHED);
        w[g + GAt.State] = GState.Runnable;
        this.scheduler.putGlobal(g);
        break;
      case Next.YieldLocal:
        this.platform.log.add(Kind.GoPreempt, id, BY_GOSCHED);
        w[g + GAt.State] = GState.Runnable;
        this.scheduler.put(w[m + MAt.P] as PAddr, g, false);
        break;
      case Next.SystemCall:
        return this.systemCalls.enter(m, g);
      default:
        break;
    }
    return Stop.Limit;
  }

  /** The kernel took the thread off its core. */
  preempted(thread: ThreadAddr): void {
    const w = this.memory.i32;
    const g = w[(w[thread + ThreadAt.User] as MAddr) + MAt.G] as GAddr;
    if (g === 0 || w[g + GAt.State] !== GState.Running) return;
    const here = this.platform.log.here;
    here.g = w[g + GAt.Id]!;
    here.pc = w[g + Ctx.Pc]!;
    w[g + GAt.Flags]! |= GFlag.OffCore;
    this.platform.log.add(Kind.GoPreempt, here.g, BY_KERNEL);
  }

  // ---------------------------------------------------------------- timers of the runtime

  fired(kind: number, object: number): void {
    this.platform.vm.accounts.running = this.rt.account;
    this.scheduler.p = 0;
    try {
      this.rt.timers.due(kind, object);
    } catch (error) {
      this.rt.endings.exhausted(error);
    }
  }
}
