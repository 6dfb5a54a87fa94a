/**
 * This file runs the threads of one process: it lets the vm execute goroutines and answers its traps. It is the body that the kernel knows,
 * and the only place where vm, scheduler, channels and natives meet. It keeps no simulated state of its own: that is in Memory.
 */
import { AccountAt, MemoryExhausted } from '../base/accounts';
import { InternalError } from '../base/assert';
import type { Memory } from '../base/memory';
import { choiceCode } from '../event/choice';
import type { Outcome } from '../event/ending';
import { Kind } from '../event/kinds';
import { Stop, type ThreadBody } from '../kernel/kernel';
import { ProcessAt, ThreadAt } from '../kernel/layout';
import { Ctx } from '../vm/context';
import { Trap, type TrapCode } from '../vm/trap';
import { Channels } from './channels';
import { Conds } from './conds';
import { Goroutines } from './goroutines';
import {
  PlatformAt,
  GAt,
  GFlag,
  GState,
  MAt,
  MPhase,
  PAt,
  PStatus,
  Resume,
  RuntimeTag,
  RuntimeTimer,
  SchedAt,
} from './layout';
import { Locks } from './locks';
import { nativeTable, type NativeBody } from './natives';
import { Next } from './next';
import { Onces } from './onces';
import type { Platform } from './platform';
import { Found, Scheduler } from './scheduler';
import { Selects } from './select';
import { Semaphores } from './semaphores';
import { Timers } from './timers';
import { WaitGroups } from './waitGroups';

const SWITCH_JITTER = choiceCode('switch-jitter');
const JITTER_STEPS = 8;
/** Virtual ns that a goroutine may run ahead of the other cores while it does nothing that they could see. */
const LOOKAHEAD = 50_000;
/** GoPreempt's reasons. */
const BY_KERNEL = 1;
const BY_TIME_SLICE = 2;
const BY_GOSCHED = 3;
/** GoEnd's reasons. */
const RETURNED = 0;
const GOEXIT = 1;
const PANICKED = 2;

/** What Go prints before it gives up for want of a thread. */
function newThreadFailed(have: number): string {
  return `runtime: failed to create new OS thread (have ${have} already; errno=11)\nruntime: may need to increase max user processes (ulimit -u)\n`;
}

export class Runtime implements ThreadBody {
  readonly memory: Memory;
  readonly scheduler: Scheduler;
  readonly goroutines: Goroutines;
  readonly channels: Channels;
  readonly selects: Selects;
  readonly semaphores: Semaphores;
  readonly locks: Locks;
  readonly waitGroups: WaitGroups;
  readonly conds: Conds;
  readonly onces: Onces;
  readonly timers: Timers;
  /** The goroutine that runs. */
  g = 0;
  /** How long the system call lasts that a native asked for by Next.SystemCall. */
  callNs = 0;
  /** A slot for natives that need the address of a value. */
  readonly scratch: number;
  /** The process's account of memory. */
  readonly account: number;
  private readonly natives: readonly (NativeBody | undefined)[];
  private readonly sched: number;

  constructor(
    readonly platform: Platform,
    /** Address of the process's block. */
    readonly process: number,
  ) {
    this.memory = platform.memory;
    this.account = platform.memory.i32[process + ProcessAt.Account]!;
    platform.vm.accounts.running = this.account;
    this.scheduler = new Scheduler(platform, process, () => this.tooManyThreads());
    this.sched = this.scheduler.block;
    this.scratch = platform.memory.alloc(1, RuntimeTag.Scheduler);
    this.goroutines = new Goroutines(platform, this.sched);
    this.channels = new Channels(platform, this.scheduler, this.goroutines);
    this.selects = new Selects(platform, this.channels, this.goroutines);
    this.semaphores = new Semaphores(platform, this.scheduler, this.goroutines);
    const fatal = (text: string): Next => this.fatal(text);
    this.locks = new Locks(platform, this.goroutines, this.semaphores, fatal);
    this.waitGroups = new WaitGroups(platform, this.goroutines, this.semaphores);
    this.conds = new Conds(platform, this.goroutines, this.semaphores);
    this.onces = new Onces(platform, this.semaphores);
    this.timers = new Timers(this);
    this.natives = platform.vm.code.natives.map((name) => nativeTable[name]);
  }

  /** Makes the main goroutine and the main thread, which starts at once. @throws MemoryExhausted */
  boot(): void {
    const { vm, memory, log, config } = this.platform;
    if (!vm.accounts.take(this.account, AccountAt.Base, config.processMemory)) throw new MemoryExhausted('bytes');
    const code = vm.code;
    const globals = memory.alloc(code.globalSlots, RuntimeTag.Globals);
    memory.i32[this.process + ProcessAt.Globals] = globals;
    const g = this.goroutines.create(0, -1);
    memory.i32[g + GAt.Function] = code.start;
    vm.startFunction(g, code.start, globals);
    const m = memory.i32;
    m[this.sched + SchedAt.MainG] = g;
    m[this.sched + SchedAt.Globals] = globals;
    log.add(Kind.GoCreate, m[g + GAt.Id]!, code.start, m[this.process + ProcessAt.Id]);
    const p = this.scheduler.takeIdle(this.scheduler.at(0));
    this.scheduler.put(p, g, true);
    this.scheduler.firstM(p);
  }

  // ---------------------------------------------------------------- the thread's life

  run(thread: number): Stop {
    const w = this.memory.i32;
    this.platform.vm.accounts.running = this.account;
    const m = w[thread + ThreadAt.User]!;
    this.scheduler.p = w[m + MAt.P]!;
    if (w[m + MAt.Phase] !== MPhase.Schedule) {
      const stop = this.enter(m);
      if (stop !== Stop.Limit) return stop;
    }
    return this.schedule(m);
  }

  /** A thread that was parked, new or in a system call. @returns Stop.Limit when it has a P and goes on. */
  private enter(m: number): Stop {
    const w = this.memory.i32;
    const phase = w[m + MAt.Phase];
    w[m + MAt.Phase] = MPhase.Schedule;
    if (phase === MPhase.CallEnd) return this.exitSystemCall(m);
    const p = w[m + MAt.NextP]!;
    w[m + MAt.NextP] = 0;
    this.scheduler.acquire(m, p);
    return Stop.Limit;
  }

  /** schedule(): runs goroutines until the clock passes the kernel's limit or there is none to run. */
  private schedule(m: number): Stop {
    const { kernel, vm, filter } = this.platform;
    const w = this.memory.i32;
    let g = w[m + MAt.G]!;
    if (g !== 0) this.resumeRunning(g);
    for (;;) {
      if (g === 0) {
        if (vm.clock > kernel.limit) return Stop.Limit;
        g = this.pick(m);
        if (g === Found.Nothing) return this.scheduler.park(m) ? Stop.Park : this.deadlock();
        if (g === Found.Spin) continue;
        this.execute(m, g);
        if (vm.clock > kernel.limit) return Stop.Limit;
        this.resumeRunning(g);
      }
      this.g = g;
      filter.segment = this.memory.i32[g + GAt.Segment]!;
      const next = this.proceed(g, this.memory.i32[m + MAt.P]!);
      if (next === Next.Continue) return Stop.Limit;
      const stop = this.leave(m, g, next);
      if (stop !== Stop.Limit) return stop;
      g = 0;
    }
  }

  private pick(m: number): number {
    const here = this.platform.log.here;
    here.g = 0;
    here.pc = -1;
    here.time = this.platform.vm.clock;
    return this.scheduler.find(m);
  }

  /** A goroutine that keeps its M from an earlier step. */
  private resumeRunning(g: number): void {
    const w = this.memory.i32;
    this.platform.log.here.g = w[g + GAt.Id]!;
    if ((w[g + GAt.Flags]! & GFlag.OffCore) === 0) return;
    w[g + GAt.Flags]! &= ~GFlag.OffCore;
    this.sayRunning(g);
  }

  private sayRunning(g: number): void {
    const { log, vm } = this.platform;
    const w = this.memory.i32;
    log.here.time = vm.clock;
    log.here.pc = w[g + Ctx.Pc]!;
    log.add(Kind.GoRun, w[g + GAt.Id]!, w[this.scheduler.p + PAt.Index]);
  }

  /** execute(): the switch to g, and its cost. */
  private execute(m: number, g: number): void {
    const w = this.memory.i32;
    const { vm, config, choices, kernel } = this.platform;
    const p = w[m + MAt.P]!;
    const f = this.memory.f64;
    w[m + MAt.G] = g;
    w[g + GAt.M] = m;
    w[g + GAt.State] = GState.Running;
    w[g + GAt.LastP] = w[p + PAt.Index]!;
    w[this.platform.block + PlatformAt.Switches]!++;
    vm.clock += config.goroutineSwitch;
    if (config.switchJitter > 0 && kernel.othersBusy())
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

  /** Runs g until it stops. Next.Continue: the clock has passed the kernel's limit, g keeps its M. */
  private proceed(g: number, p: number): Next {
    const { vm, kernel, log } = this.platform;
    const here = log.here;
    const memory = this.memory;
    const sliceEnd = memory.f64[(p + PAt.SliceStart) >> 1]! + this.platform.config.goPreempt;
    const { slack } = this.platform.config;
    const stop = Math.min(sliceEnd, kernel.quantumEnd());
    for (;;) {
      if (vm.clock > sliceEnd) return vm.clock > kernel.limit ? Next.Continue : this.preempt();
      let next: Next;
      const todo = memory.i32[g + GAt.Resume]!;
      if (todo === Resume.Nothing) {
        const limit = kernel.limit < stop ? kernel.limit : stop;
        const near = limit + slack < stop ? limit + slack : stop;
        const far = limit + LOOKAHEAD < stop ? limit + LOOKAHEAD : stop;
        const trap = vm.run(g, limit, near, far);
        if (trap === Trap.Limit) {
          if (vm.clock > sliceEnd) continue;
          return Next.Continue;
        }
        here.pc = vm.pc - 4;
        here.time = vm.clock;
        next = this.answer(g, trap);
      } else if (todo === Resume.Work) {
        if (this.work(g, stop)) continue;
        if (vm.clock > sliceEnd) continue;
        return Next.Continue;
      } else if (vm.clock > kernel.limit) return Next.Continue;
      else next = this.finishWait(g);
      if (next !== Next.Continue) return next;
    }
  }

  /** What a trap asks for. */
  private answer(g: number, trap: TrapCode): Next {
    const { vm, platform } = this;
    const w = this.memory.i32;
    switch (trap) {
      case Trap.Send:
        platform.newSegment(g);
        return this.channels.send(g, w[vm.a]!, vm.b);
      case Trap.Recv:
        platform.newSegment(g);
        return this.channels.receive(g, w[vm.b]!, vm.a, vm.c);
      case Trap.Native:
        return this.native(g);
      case Trap.Select:
        platform.newSegment(g);
        return this.selects.select(g, vm.b, vm.fp, vm.a);
      case Trap.Go:
        platform.newSegment(g);
        return this.go(g, vm.a, vm.b, vm.c);
      case Trap.Close:
        platform.newSegment(g);
        return this.channels.close(g, w[vm.a]!);
      case Trap.MakeChan:
        return this.makeChan(g);
      case Trap.ChanLen:
        return this.chanLen();
      default:
        return this.end(g, trap);
    }
  }

  private get vm(): Platform['vm'] {
    return this.platform.vm;
  }

  private native(g: number): Next {
    const { vm } = this;
    const body = this.natives[vm.c];
    if (body === undefined) throw new InternalError('native without a body', { name: vm.code.natives[vm.c] });
    this.platform.newSegment(g);
    return body(this, vm.a);
  }

  private makeChan(g: number): Next {
    const { vm } = this;
    const w = this.memory.i32;
    const elem = vm.code.types[vm.c]!.elem!;
    const capacity = vm.b === 0 ? 0 : w[vm.b + 1]! * 0x100000000 + (w[vm.b]! >>> 0);
    const to = vm.a;
    const c = this.channels.make(capacity, vm.code.types[elem]!.slots, elem, vm.pc - 4);
    if (c === 0) vm.raise(g, 'makechan: size out of range', true);
    this.memory.i32[to] = c;
    this.memory.i32[to + 1] = 0;
    return Next.Continue;
  }

  private chanLen(): Next {
    const { vm } = this;
    const w = this.memory.i32;
    w[vm.a] = this.channels.length(w[vm.b]!, vm.c === 1);
    w[vm.a + 1] = 0;
    return Next.Continue;
  }

  /** go f(args): newproc. */
  private go(g: number, closureSlot: number, args: number, argSlots: number): Next {
    return this.spawn(this.memory.i32[closureSlot]!, args, argSlots, this.memory.i32[g + GAt.Id]!, this.vm.pc - 4);
  }

  /** Makes a goroutine that calls a closure; it runs next on this P. It is told of as the goroutine of the closure `shown`. */
  spawn(closure: number, args: number, argSlots: number, creator: number, site: number, shown = closure): Next {
    const { vm, platform } = this;
    if (this.memory.i32[platform.block + PlatformAt.Goroutines]! >= platform.budgets.goroutines) {
      return this.halt({ kind: 'budget', budget: 'goroutines', status: 2, g: creator, pc: site });
    }
    const child = this.goroutines.create(creator, site);
    const w = this.memory.i32;
    w[child + GAt.Function] = w[shown]!;
    w[child + GAt.LastP] = this.scheduler.p === 0 ? 0 : w[this.scheduler.p + PAt.Index]!;
    vm.start(child, closure, args, argSlots, w[this.sched + SchedAt.Globals]!);
    platform.noteMemory();
    platform.log.add(
      Kind.GoCreate,
      this.memory.i32[child + GAt.Id]!,
      this.memory.i32[shown],
      this.memory.i32[this.process + ProcessAt.Id],
    );
    if (this.scheduler.p === 0) {
      this.scheduler.readyFromTimer(child);
      return Next.Continue;
    }
    vm.clock += platform.config.goroutineCreate;
    this.scheduler.put(this.scheduler.p, child, true);
    this.scheduler.wakeProcessor();
    return Next.Continue;
  }

  /**
   * work(d): computes until it is done or may be taken off its core, at `stop`. It touches nothing that others can see, so it need not
   * stop at the kernel's limit: other cores catch up later. @returns whether it is done
   */
  private work(g: number, stop: number): boolean {
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

  /** A goroutine that was woken finishes the operation in which it waited. */
  private finishWait(g: number): Next {
    const w = this.memory.i32;
    const { log, vm } = this.platform;
    const what = w[g + GAt.Resume]!;
    w[g + GAt.Resume] = Resume.Nothing;
    log.here.pc = w[g + Ctx.At]!;
    log.here.time = vm.clock;
    this.platform.newSegment(g);
    const object = w[g + GAt.ResumeObject]!;
    switch (what) {
      case Resume.WaitGroupWait:
        return this.waitGroups.resume(g, object);
      case Resume.CondWait:
        return this.conds.resume(g, object);
      case Resume.OnceDo:
        return this.onces.resume(object);
      default:
        return this.locks.resume(g, what, object);
    }
  }

  // ---------------------------------------------------------------- giving up the M

  private preempt(): Next {
    const here = this.platform.log.here;
    here.time = this.vm.clock;
    here.pc = this.memory.i32[this.g + Ctx.Pc]!;
    this.platform.log.add(Kind.GoPreempt, this.memory.i32[this.g + GAt.Id]!, BY_TIME_SLICE);
    return Next.Preempted;
  }

  /** g no longer runs on m. @returns Stop.Limit when m looks for another. */
  private leave(m: number, g: number, next: Next): Stop {
    if (next === Next.Halt) return Stop.Halt;
    const w = this.memory.i32;
    const id = w[g + GAt.Id]!;
    w[m + MAt.G] = 0;
    this.memory.f64[(g + GAt.StoppedAt) >> 1] = this.vm.clock;
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
        this.scheduler.put(w[m + MAt.P]!, g, false);
        break;
      case Next.SystemCall:
        return this.enterSystemCall(m, g);
      default:
        break;
    }
    return Stop.Limit;
  }

  /** The kernel took the thread off its core. */
  preempted(thread: number): void {
    const w = this.memory.i32;
    const g = w[w[thread + ThreadAt.User]! + MAt.G]!;
    if (g === 0 || w[g + GAt.State] !== GState.Running) return;
    const here = this.platform.log.here;
    here.g = w[g + GAt.Id]!;
    here.pc = w[g + Ctx.Pc]!;
    w[g + GAt.Flags]! |= GFlag.OffCore;
    this.platform.log.add(Kind.GoPreempt, here.g, BY_KERNEL);
  }

  /** entersyscall, or entersyscallblock for a call that is known to last. */
  private enterSystemCall(m: number, g: number): Stop {
    const w = this.memory.i32;
    const { kernel, config, log, vm } = this.platform;
    const p = w[m + MAt.P]!;
    const ns = this.callNs;
    w[g + GAt.State] = GState.SystemCall;
    log.add(Kind.GoSyscall, Math.min(ns, 0x7fffffff), 0, 0, ns | 0, Math.floor(ns / 0x100000000));
    w[m + MAt.Phase] = MPhase.CallEnd;
    w[m + MAt.CallG] = g;
    w[m + MAt.OldP] = p;
    w[m + MAt.P] = 0;
    kernel.until = vm.clock + config.systemCall + ns;
    if (ns >= config.sysmonTick) this.scheduler.handOff(p, m);
    else w[p + PAt.Status] = PStatus.SystemCall;
    this.scheduler.p = 0;
    return Stop.SystemCall;
  }

  /** exitsyscall: the old P if it is still free, any idle one, else g waits in the global queue and the M parks. */
  private exitSystemCall(m: number): Stop {
    const w = this.memory.i32;
    const g = w[m + MAt.CallG]!;
    const { log } = this.platform;
    const old = w[m + MAt.OldP]!;
    w[m + MAt.CallG] = 0;
    log.here.g = w[g + GAt.Id]!;
    log.here.pc = w[g + Ctx.Pc]!;
    const free = w[old + PAt.Status] === PStatus.SystemCall || w[this.sched + SchedAt.IdlePCount]! > 0;
    log.add(Kind.GoSysExit, w[g + GAt.Id]!, free ? 1 : 0);
    if (!free) {
      w[g + GAt.State] = GState.Runnable;
      this.scheduler.putGlobal(g);
      return this.scheduler.park(m) ? Stop.Park : this.deadlock();
    }
    const p = w[old + PAt.Status] === PStatus.SystemCall ? old : this.scheduler.takeIdle(old);
    this.scheduler.acquire(m, p);
    w[m + MAt.G] = g;
    w[g + GAt.State] = GState.Running;
    w[g + GAt.LastP] = w[p + PAt.Index]!;
    this.memory.f64[(p + PAt.SliceStart) >> 1] = this.vm.clock;
    this.sayRunning(g);
    return Stop.Limit;
  }

  // ---------------------------------------------------------------- timers of the runtime

  fired(kind: number, object: number): void {
    this.platform.vm.accounts.running = this.account;
    this.scheduler.p = 0;
    this.memory.i32[this.sched + SchedAt.Wakers]!--;
    if (kind === RuntimeTimer.Timer) this.timers.fire(object);
    else this.scheduler.readyFromTimer(object);
  }

  /** Writes the Unix time of a virtual instant in nanoseconds, one slot. */
  unixNano(to: number, instant: number): void {
    const ns = BigInt(this.platform.config.epoch) + BigInt(Math.floor(instant));
    this.memory.i32[to] = Number(BigInt.asIntN(32, ns));
    this.memory.i32[to + 1] = Number(BigInt.asIntN(32, ns >> 32n));
  }

  /**
   * Calls a function of one slot that gives a string, to its end and at once, on a goroutine made for it: how fmt calls String and Error.
   * Undefined when it panics, waits, or takes more than `steps` instructions.
   */
  callString(functionIndex: number, argument: number, steps: number): string | undefined {
    const { vm } = this;
    const caller = this.g;
    const budget = vm.stepBudget;
    const callee = this.memory.alloc(GAt.Slots, RuntimeTag.Goroutine);
    const closure = vm.functionValues + functionIndex * 2;
    vm.start(callee, closure, argument, 1, this.memory.i32[this.sched + SchedAt.Globals]!);
    vm.stepBudget = vm.steps + steps;
    this.g = callee;
    const ended = this.runToEnd(callee);
    const result = ended ? vm.readString(vm.fp + 2) : undefined;
    this.g = caller;
    vm.stepBudget = budget;
    vm.release(callee);
    this.memory.free(callee);
    return result;
  }

  private runToEnd(g: number): boolean {
    for (;;) {
      const trap = this.vm.run(g, Infinity);
      if (trap === Trap.End) return true;
      if (trap !== Trap.Native && trap !== Trap.ChanLen && trap !== Trap.MakeChan) return false;
      if (this.answer(g, trap) !== Next.Continue) return false;
    }
  }

  // ---------------------------------------------------------------- ends

  /** The goroutine or the program ends. */
  private end(g: number, trap: TrapCode): Next {
    const { vm } = this;
    const goid = this.memory.i32[g + GAt.Id]!;
    const { here } = this.platform.log;
    here.pc = trap === Trap.End ? -1 : this.memory.i32[g + Ctx.At]!;
    switch (trap) {
      case Trap.End:
        return this.goroutineEnds(g);
      case Trap.Panic:
        this.platform.log.add(Kind.GoEnd, goid, PANICKED);
        return this.exitProcess({ kind: 'panic', status: 2, text: vm.panicText(g), g: goid, pc: here.pc });
      case Trap.Fatal:
        return this.fatal(vm.message, vm.notice === '' ? '' : `${vm.notice}\n`);
      case Trap.Budget:
        this.platform.outOfSteps = true;
        return Next.Halt;
      case Trap.OutOfMemory:
        return this.halt({ kind: 'budget', budget: 'memoryWords', status: 2, text: vm.message, g: goid, pc: here.pc });
      default:
        throw new InternalError('trap', { trap });
    }
  }

  private goroutineEnds(g: number): Next {
    const w = this.memory.i32;
    const s = this.sched;
    const exits = (w[g + GAt.Flags]! & GFlag.Goexit) !== 0;
    const main = g === w[s + SchedAt.MainG];
    this.platform.log.add(Kind.GoEnd, w[g + GAt.Id]!, exits ? GOEXIT : RETURNED);
    if (main && !exits) {
      w[g + GAt.State] = GState.Dead;
      return this.exit(0);
    }
    if (main) {
      w[s + SchedAt.MainGone] = 1;
      w[s + SchedAt.MainG] = 0;
    }
    this.goroutines.recycle(g);
    return Next.Parked;
  }

  /** The program ends with a status; goroutines that are still alive are cut off. */
  exit(status: number): Next {
    this.goroutines.cutOff();
    return this.exitProcess({ kind: 'exit', status });
  }

  /** A fatal error, which nothing can recover. `text` is Go's, after `fatal error: `; `before` a line that Go prints first. */
  fatal(text: string, before = ''): Next {
    const { log } = this.platform;
    const whole = `${before}fatal error: ${text}`;
    log.add(Kind.Fatal, log.texts.add(whole));
    return this.exitProcess({ kind: 'fatal', status: 2, text: whole, g: log.here.g, pc: log.here.pc });
  }

  /** A request did not fit into the machine's memory; for a thread that is clone's EAGAIN. */
  exhausted({ what }: MemoryExhausted): void {
    const have = this.memory.i32[this.sched + SchedAt.MCount]!;
    // Before the first thread there is no runtime yet that could say so.
    if (have === 0) this.fatal('runtime: cannot allocate memory');
    else if (what === 'bytes') this.fatal('runtime: out of memory');
    else this.fatal('newosproc', newThreadFailed(have));
  }

  private tooManyThreads(): void {
    this.fatal('thread exhaustion', `runtime: program exceeds ${this.platform.config.threadLimit}-thread limit\n`);
    this.platform.kernel.limit = -1;
  }

  private deadlock(): Stop {
    const { log } = this.platform;
    const gone = this.memory.i32[this.sched + SchedAt.MainGone] !== 0;
    const nobody = this.memory.i32[this.sched + SchedAt.GCount] === 0;
    const text = `fatal error: ${gone && nobody ? 'no goroutines (main called runtime.Goexit)' : 'all goroutines are asleep'} - deadlock!`;
    log.here.time = this.vm.clock;
    log.add(Kind.Fatal, log.texts.add(text));
    this.exitProcess({ kind: 'deadlock', status: 2, text });
    return Stop.Halt;
  }

  private exitProcess(outcome: Outcome): Next {
    this.platform.kernel.endProcess(this.process, outcome.status);
    return this.halt(outcome);
  }

  halt(outcome: Outcome): Next {
    this.platform.outcome = outcome;
    return Next.Halt;
  }
}
