/**
 * This file is the scheduler under which somebody else decides: every goroutine runs until it stands before an operation that others could notice, and then
 * the chooser says whose operation is executed. There are no threads, cores, queues or time slices, and no time: the clock counts instructions, and leaps
 * when a timer fires. Whatever goroutines do to each other is done by the same channels, locks, groups and timers as under the Go scheduler.
 *
 * Its state is in memory, so it can be restored between any two choices: the run queue holds the goroutines that have yet to run up to where they stand,
 * which are none when a choice is made. Alternatives are read off the goroutines' own state each time.
 *
 * A run ends as any run does: main returns, a panic, a fatal error, nobody can go on, a budget is spent. The end of the program is an operation of its own,
 * so that others may come before it. Whoever waits at that moment is then shown waiting, by executing his operation.
 */
import type { Memory } from '../../base/memory';
import { choiceCode } from '../../event/choice';
import { Kind } from '../../event/kinds';
import { Operation } from '../../event/operations';
import { Ended } from '../../kernel/kernel';
import { KernelAt, ProcessAt, type TimerAddr, TimerAt } from '../../kernel/layout';
import { Ctx } from '../../vm/context';
import { Trap, type TrapCode } from '../../vm/trap';
import { unblock } from '../goroutines';
import { type GAddr, GAt, GFlag, GState, Resume, RuntimeTag, type SchedAddr, SchedAt } from '../layout';
import { Next } from '../next';
import type { Platform } from '../platform';
import type { Runtime } from '../runtime';
import type { Scheduler } from '../scheduler';
import { Move } from './move';
import { Survey } from './survey';

const NEXT_OPERATION = choiceCode('next-operation');
/** Instructions without an operation that others could notice, after which a goroutine lets others go first. */
const STRETCH = 10_000;
/** What a move costs the host, and before it each goroutine and timer that is asked what it would do, in units of Interrupt.worked. */
const MOVE_WORK = 128;
const LOOK_WORK = 32;
/** GoPreempt's reason. */
const BY_CHOICE = 4;

/** What a person or an explorer decides about the controlled scheduler itself. */
export interface ControlOptions {
  /** Whether plain accesses of memory are operations, too: what a program without races does is the same without. */
  readonly plain: boolean;
}

export class ControlledScheduler implements Scheduler {
  readonly block: SchedAddr;
  readonly count: number;
  /** The kernel's number of a thread's body: there are no threads. */
  readonly body = 0;
  private readonly memory: Memory;
  private readonly platform: Platform;
  private readonly survey: Survey;
  private readonly plain: boolean;
  /** The program has ended. */
  private halted = false;

  constructor(
    private readonly rt: Runtime,
    options: ControlOptions,
  ) {
    this.platform = rt.platform;
    this.memory = rt.memory;
    this.plain = options.plain;
    this.block = this.memory.alloc(SchedAt.Slots, RuntimeTag.Scheduler) as SchedAddr;
    this.count = this.platform.config.processors;
    const m = this.memory.i32;
    m[rt.process + ProcessAt.User] = this.block;
    m[this.block + SchedAt.Process] = rt.process;
    m[this.block + SchedAt.ProcessorCount] = this.count;
    this.survey = new Survey(rt, this.platform.choices.point, options.plain);
  }

  // ---------------------------------------------------------------- what channels, locks and timers ask

  begin(g: GAddr): void {
    this.enqueue(g);
  }

  started(g: GAddr): void {
    this.enqueue(g);
  }

  ready(g: GAddr): void {
    const m = this.memory.i32;
    unblock(m, g);
    this.platform.log.add(Kind.GoReady, m[g + GAt.Id]!, 0, 1);
    // To enter a lock that was announced is an operation: it stands before it.
    if (m[g + GAt.Resume] !== Resume.RWLockReaders) this.enqueue(g);
  }

  readyFromTimer(g: GAddr): void {
    this.ready(g);
  }

  private enqueue(g: GAddr): void {
    const m = this.memory.i32;
    const s = this.block;
    const tail = m[s + SchedAt.GlobalTail] as GAddr;
    m[g + GAt.Next] = 0;
    if (tail === 0) m[s + SchedAt.GlobalHead] = g;
    else m[tail + GAt.Next] = g;
    m[s + SchedAt.GlobalTail] = g;
  }

  private dequeue(): GAddr {
    const m = this.memory.i32;
    const s = this.block;
    const g = m[s + SchedAt.GlobalHead] as GAddr;
    if (g === 0) return 0;
    m[s + SchedAt.GlobalHead] = m[g + GAt.Next] as GAddr;
    if (m[g + GAt.Next] === 0) m[s + SchedAt.GlobalTail] = 0;
    m[g + GAt.Next] = 0;
    return g;
  }

  // ---------------------------------------------------------------- the loop

  /** Runs until the program ends, or the budget of instructions or of time is spent; then it may be called again. */
  run(): Ended {
    const { platform } = this;
    const { vm, kernel, choices, log } = platform;
    // Budgets are looked at between operations, so that where a run pauses changes nothing.
    const steps = vm.stepBudget;
    vm.stepBudget = Number.MAX_SAFE_INTEGER;
    vm.clock = this.memory.f64[(kernel.block + KernelAt.Now) >> 1]!;
    platform.running = this.rt;
    vm.accounts.running = this.rt.account;
    log.here.core = log.here.thread = -1;
    this.halted = false;
    for (;;) {
      const goesOn = this.settle();
      this.memory.f64[(kernel.block + KernelAt.Now) >> 1] = vm.clock;
      if (!goesOn) return Ended.Halted;
      if (vm.clock > kernel.timeBudget) return Ended.Time;
      if (vm.steps >= steps) {
        platform.outOfSteps = true;
        return Ended.Halted;
      }
      choices.point.open(NEXT_OPERATION);
      this.survey.fill();
      vm.interrupt.worked(MOVE_WORK + this.survey.asked * LOOK_WORK);
      if (choices.point.count === 0) return this.deadlock();
      this.carryOut(choices.ask());
    }
  }

  /** Everyone who was started or woken runs up to where he stands. @returns whether the program goes on */
  private settle(): boolean {
    for (let g = this.dequeue(); g !== 0 && !this.halted; g = this.dequeue()) {
      this.switchTo(g);
      this.goOn(g, Trap.Limit);
    }
    return !this.halted;
  }

  private deadlock(): Ended {
    this.showStuck();
    this.rt.endings.deadlock();
    return Ended.Halted;
  }

  /** The program ends: those who cannot go on begin to wait, as they would have long ago under a scheduler that does not look ahead. */
  private showStuck(): void {
    for (const g of this.survey.stuck) this.step(g, -1);
  }

  // ---------------------------------------------------------------- one move

  private carryOut(k: number): void {
    const { survey, platform } = this;
    const actor = survey.actor[k] as GAddr;
    const { point } = platform.choices;
    const operation = point.first[k] === point.first[k + 1] ? Operation.None : point.operation[point.first[k]!]!;
    const object = operation === Operation.None ? 0 : point.object[point.first[k]!]! * 2;
    const selectCase = point.selectCase[k]!;
    if (operation === Operation.Exit) this.showStuck();
    switch (survey.move[k]!) {
      case Move.Fire:
        this.fire(survey.actor[k] as TimerAddr);
        break;
      case Move.Finish:
        this.finish(actor);
        break;
      case Move.Reused:
        this.findsReused(actor, object);
        break;
      case Move.Meet:
        this.step(survey.partner[k]!, -1);
        this.step(actor, selectCase);
        break;
      case Move.Step:
        this.step(actor, selectCase);
        if (operation === Operation.Done && this.rt.waitGroups.counter(object) === 0) this.release(actor, object);
    }
  }

  private step(g: GAddr, selectCase: number): void {
    this.rt.selects.wanted = selectCase;
    this.switchTo(g);
    this.execute(g);
  }

  /** The goroutine executes the operation before which it stands, and goes on to the next. */
  private execute(g: GAddr): void {
    const { vm } = this.platform;
    this.memory.i32[g + GAt.Flags]! &= ~GFlag.Released;
    const far = vm.clock + STRETCH;
    this.goOn(g, vm.run(g, vm.clock, this.plain ? vm.clock : far, far));
  }

  private finish(g: GAddr): void {
    const m = this.memory.i32;
    this.switchTo(g);
    const what = m[g + GAt.Resume];
    if (what !== Resume.End) {
      this.rt.traps.finishWait(g);
      this.goOn(g, Trap.Limit);
      return;
    }
    m[g + GAt.Resume] = Resume.Nothing;
    this.rt.endings.end(g, m[g + GAt.ResumeObject]! as TrapCode);
    this.halted = true;
  }

  private fire(node: TimerAddr): void {
    const { kernel, vm, log } = this.platform;
    const m = this.memory.i32;
    vm.clock = Math.max(vm.clock, this.memory.f64[(node + TimerAt.When) >> 1]!);
    this.nobodyRuns();
    kernel.timers.disarm(node);
    log.here.g = 0;
    log.here.pc = -1;
    log.here.time = vm.clock;
    this.rt.timers.due(m[node + TimerAt.Kind]! & 0xff, m[node + TimerAt.Object]!);
    if (this.platform.outcome) this.halted = true;
  }

  // ---------------------------------------------------------------- a WaitGroup that is reused too early

  /** The counter is zero: whoever stands in Wait can be taken to have waited, and to be on its way out. */
  private release(by: GAddr, group: number): void {
    const m = this.memory.i32;
    this.rt.goroutines.forEach((g) => {
      if (!this.survey.standsInWait(g, group)) return;
      m[g + GAt.Flags]! |= GFlag.Released;
      m[g + GAt.Waker] = m[by + GAt.Id]!;
    });
  }

  /** Its Wait returns, as one that was let go when the counter was zero. */
  private findsReused(g: GAddr, group: number): void {
    const { vm } = this.platform;
    const m = this.memory.i32;
    this.switchTo(g);
    vm.run(g, vm.clock);
    m[g + GAt.Resume] = Resume.WaitGroupWait;
    m[g + GAt.ResumeObject] = group;
    this.rt.traps.finishWait(g);
    this.goOn(g, Trap.Limit);
  }

  // ---------------------------------------------------------------- running one goroutine

  /** Goes on from a trap to where the goroutine stands before a visible operation, waits or ends. */
  private goOn(g: GAddr, trap: TrapCode): void {
    const { vm, log } = this.platform;
    const far = vm.clock + STRETCH;
    for (let now = trap; ; now = Trap.Limit) {
      if (now === Trap.Limit) {
        if (!this.resumes(g) || this.stands(g, far)) return;
        now = vm.run(g, vm.clock, this.plain ? vm.clock : far, far);
        if (now === Trap.Limit) continue;
      }
      log.here.pc = vm.pc - 4;
      log.here.time = vm.clock;
      if (!this.answer(g, now)) return;
    }
  }

  /** Whether g is to be asked before it goes on. */
  private stands(g: GAddr, far: number): boolean {
    return this.platform.vm.clock > far || this.survey.isVisible(g);
  }

  /** Finishes what g has begun. @returns whether it goes on */
  private resumes(g: GAddr): boolean {
    const m = this.memory.i32;
    const todo = m[g + GAt.Resume];
    if (todo === Resume.Nothing) return true;
    if (todo !== Resume.Work) return this.rt.traps.finishWait(g) !== Next.Parked;
    const left = (g + GAt.WorkLeft) >> 1;
    this.platform.vm.clock += this.memory.f64[left]!;
    this.memory.f64[left] = 0;
    m[g + GAt.Resume] = Resume.Nothing;
    return true;
  }

  /** Answers a trap. @returns whether g goes on */
  private answer(g: GAddr, trap: TrapCode): boolean {
    if (this.endsProgram(g, trap)) {
      this.memory.i32[g + GAt.Resume] = Resume.End;
      this.memory.i32[g + GAt.ResumeObject] = trap;
      return false;
    }
    switch (this.rt.traps.answer(g, trap)) {
      case Next.Parked:
        return false;
      case Next.Halt:
        this.halted = true;
        return false;
      case Next.SystemCall:
        this.systemCall(g);
        return true;
      default:
        return true;
    }
  }

  /** The return of main, unless it is by Goexit, and a panic that nobody has recovered: others may come before them. */
  private endsProgram(g: GAddr, trap: TrapCode): boolean {
    const m = this.memory.i32;
    if (trap !== Trap.End) return trap === Trap.Panic;
    return g === m[this.block + SchedAt.MainG] && (m[g + GAt.Flags]! & GFlag.Goexit) === 0;
  }

  /** There is no thread that could wait in it. */
  private systemCall(g: GAddr): void {
    const { log, vm } = this.platform;
    const ns = this.rt.callNs;
    log.add(Kind.GoSyscall, Math.min(ns, 0x7fffffff), 0, 0, ns | 0, Math.floor(ns / 0x100000000));
    log.here.time = vm.clock += ns;
    log.add(Kind.GoSysExit, this.memory.i32[g + GAt.Id]!, 1);
    log.add(Kind.GoRun, this.memory.i32[g + GAt.Id]!, 0);
  }

  // ---------------------------------------------------------------- who runs

  /** From now on what happens is done by g. */
  private switchTo(g: GAddr): void {
    const { log, vm, filter } = this.platform;
    const m = this.memory.i32;
    if (m[this.block + SchedAt.Running] !== g || m[g + GAt.State] !== GState.Running) {
      this.nobodyRuns();
      m[this.block + SchedAt.Running] = g;
      m[g + GAt.State] = GState.Running;
      log.here.g = m[g + GAt.Id]!;
      log.here.pc = m[g + Ctx.Pc]!;
      log.here.time = vm.clock;
      log.add(Kind.GoRun, m[g + GAt.Id]!, 0);
    }
    log.here.g = m[g + GAt.Id]!;
    log.here.pc = m[g + Ctx.Pc]!;
    log.here.time = vm.clock;
    this.rt.g = g;
    filter.segment = m[g + GAt.Segment]!;
  }

  /** The goroutine that ran, if it could go on, makes room. */
  private nobodyRuns(): void {
    const { log, vm } = this.platform;
    const m = this.memory.i32;
    const g = m[this.block + SchedAt.Running] as GAddr;
    m[this.block + SchedAt.Running] = 0;
    if (g === 0 || m[g + GAt.State] !== GState.Running) return;
    m[g + GAt.State] = GState.Runnable;
    log.here.g = m[g + GAt.Id]!;
    log.here.pc = m[g + Ctx.Pc]!;
    log.here.time = vm.clock;
    log.add(Kind.GoPreempt, m[g + GAt.Id]!, BY_CHOICE);
  }
}
