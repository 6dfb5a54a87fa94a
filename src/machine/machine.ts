/**
 * This file is the machine: it boots kernel, runtime and vm over one memory and runs a program to its end. A run is a pure function of program,
 * configuration and choices; everything simulated is in memory, so a snapshot is a copy of it.
 */
import { Accounts, type MemoryUse } from '../base/accounts';
import { assert } from '../base/assert';
import { type BudgetName, type Budgets, DEFAULT_BUDGETS } from '../base/budgets';
import { Interrupt, Interrupted } from '../base/interrupt';
import { Ledger, OutOfMemory } from '../base/ledger';
import { Memory, wordsOf } from '../base/memory';
import type { Code } from '../bytecode/code';
import { Choices, type Chooser, type SchedulerName } from '../event/choice';
import type { Outcome } from '../event/ending';
import { EventLog, type Observer } from '../event/log';
import { TURN_STEPS } from '../kernel/body';
import { Ended, Kernel } from '../kernel/kernel';
import { KernelAt, ProcessAt } from '../kernel/layout';
import { Platform } from '../runtime/platform';
import { type GAddr, GAt, GState, PlatformAt } from '../runtime/layout';
import { ControlledScheduler } from '../runtime/controlled/scheduler';
import { Runtime } from '../runtime/runtime';
import type { Scheduler } from '../runtime/scheduler';
import { simulated } from '../runtime/simulated';
import type { BacktraceFrame } from '../vm/backtrace';
import { Vm } from '../vm/vm';
import { StepsSpent } from '../vm/work';
import { AccessWorld, Filter } from './accessWorld';
import type { MachineConfig } from './config';
import { describeGoroutine, type GoroutineView } from './goroutines';
import { Names, ToldMemory } from './names';
import { Stacks } from './stacks';
import { restoreSnapshot, takeSnapshot, type Snapshot } from './snapshot';
import type { GlobalsAddr } from '../vm/context';

export type { GoroutineView, Snapshot };

export interface MachineOptions {
  /** Whether shared accesses are logged. */
  readonly detect: boolean;
  /** 'budget' outcomes name the one that was spent. */
  readonly budgets?: Partial<Budgets>;
  /** Where the host's memory is accounted for, if not only the machine holds some of it. Its limit is that of the budgets. */
  readonly ledger?: Ledger;
  /** Told of all work. When real time is up, the run ends as by a spent budget; a cancel leaves {@link Machine.run} as Interrupted. */
  readonly interrupt?: Interrupt;
  /** Slots whose every access is logged, with its stack. */
  readonly watch?: ReadonlySet<number>;
  /** The function (index) that each process runs. Absent: those of the program. */
  readonly processes?: readonly number[];
  /** Rows of the event window. */
  readonly window?: number;
  /** The simulated one unless set. */
  readonly scheduler?: SchedulerName;
  /** Under the controlled scheduler: whether plain accesses of memory are visible operations, as they are unless this is false. */
  readonly plainAccesses?: boolean;
  /** Whether goroutines and objects get names that do not depend on the schedule. */
  readonly names?: boolean;
}

/** Memory is the sum of what each process held when it held most. */
export interface Stats extends MemoryUse {
  readonly goroutines: number;
  readonly threads: number;
  readonly processes: number;
  readonly switches: number;
  /** Most bytes that the simulation itself has needed at any time. */
  readonly hostPeakBytes: number;
  readonly steps: number;
  readonly virtualNs: number;
}

/** The budget that whoever threw this has found spent, or that the run was interrupted. */
function budgetSpentBy(error: unknown): Outcome['budget'] {
  if (error instanceof OutOfMemory) return 'memoryWords';
  if (error instanceof StepsSpent) return 'steps';
  return error instanceof Interrupted && error.reason !== 'cancelled' ? error.reason : undefined;
}

/** What did not fit into the budget any more, in the budget's unit. */
function wantedBy(error: unknown): number | undefined {
  if (error instanceof StepsSpent) return error.work;
  return error instanceof OutOfMemory ? Math.ceil(error.requestedBytes / WORD_BYTES) : undefined;
}

/** Frames of the stack of a watched access: of a deep recursion every access would cost its depth. */
const MOST_FRAMES = 64;
/** Bytes that the stacks of watched accesses may take, for each word of the budget: they are part of what is shown, and not of the run. */
const STACKS_PART = 1 / 2;

/** In units of an interrupt: of an entry of a table. */
const WORK_OF_AN_ENTRY = 20;

const WORD_BYTES = 4;

const STEPS_ONLY = { simple: 1, call: 1 };

export class Machine {
  readonly memory: Memory;
  readonly log: EventLog;
  readonly vm: Vm;
  readonly kernel: Kernel;
  readonly platform: Platform;
  readonly filter: Filter;
  readonly world: AccessWorld;
  readonly budgets: Budgets;
  /** What the host holds for the run. */
  readonly ledger: Ledger;
  /** By origin; undefined unless asked for. */
  readonly names: Names | undefined;
  /** How the run ended, a spent budget included. */
  ended: Outcome | undefined;
  /** Runs the program instead of the kernel. */
  private controlled: ControlledScheduler | undefined;
  /** The state after boot; undefined when it did not fit into memory. */
  private booted: Snapshot | undefined;

  constructor(
    readonly code: Code,
    readonly config: MachineConfig,
    readonly chooser: Chooser,
    observers: readonly Observer[],
    private readonly options: MachineOptions,
  ) {
    this.budgets = { ...DEFAULT_BUDGETS, ...options.budgets };
    const { memoryWords } = this.budgets;
    const ledger = (this.ledger = options.ledger ?? new Ledger(memoryWords * 4));
    const named = options.names ? new ToldMemory() : undefined;
    this.memory = named ?? new Memory();
    this.names = named && new Names(named, ledger.share('names'));
    const texts = ledger.share('texts');
    this.log = new EventLog(this.names ? [this.names, ...observers] : observers, options.window, texts);
    this.filter = new Filter(options.detect, ledger.share('filter'));
    const choices = new Choices(chooser);
    const stacks = new Stacks(memoryWords * STACKS_PART);
    this.world = new AccessWorld(this.memory, this.filter, this.log, choices, options.watch ?? new Set(), stacks);
    const accounts = new Accounts(this.memory, config.memory);
    // The controlled scheduler has no time: its clock counts instructions.
    const costs = options.scheduler === 'controlled' ? STEPS_ONLY : { simple: config.instruction, call: config.call };
    const budget = { accounts, stackStart: config.goroutineStack, stackMax: config.goroutineStackMax };
    this.vm = new Vm(code, this.memory, this.world, this.filter, costs, budget);
    this.world.clock = this.vm;
    this.vm.interrupt = options.interrupt ?? Interrupt.never;
    this.vm.stepLimit = this.budgets.steps;
    this.kernel = new Kernel(this.memory, this.vm, this.log, choices, config, accounts);
    this.platform = new Platform(
      this.memory,
      this.vm,
      this.kernel,
      this.log,
      choices,
      config,
      this.filter,
      this.budgets,
    );
    this.kernel.timeBudget = this.budgets.virtualNs;
    this.kernel.interrupt = this.vm.interrupt;
    this.world.backtrace = () => this.vm.backtrace(this.platform.running?.g ?? 0, MOST_FRAMES);
    this.boot();
  }

  private boot(): void {
    try {
      const starts = this.options.processes ?? this.code.processes.map(({ start }) => start);
      const processes = starts.map((_, i) => this.makeProcess(i));
      starts.forEach((start, i) => this.bootProcess(processes[i]!, start));
      if (this.names) this.names.running = () => this.memory.i32[(this.vm.g as GAddr) + GAt.Id]!;
      this.booted = this.snapshot();
      // Most of it is zero yet, and zeroes take no memory.
      this.ledger.share('start').take(wordsOf(this.booted.memory) * 4);
    } catch (error) {
      if (!(error instanceof OutOfMemory)) throw error;
      this.ended = this.spent('memoryWords');
    }
  }

  private makeScheduler(rt: Runtime): Scheduler {
    if (this.options.scheduler !== 'controlled') return simulated(rt);
    assert(!this.controlled, 'the controlled scheduler runs one process');
    this.controlled = new ControlledScheduler(rt, { plain: this.options.plainAccesses ?? true });
    return this.controlled;
  }

  private makeProcess(index: number): Runtime {
    const { processes } = this.platform;
    const process = this.kernel.processes.create(0);
    const runtime = new Runtime(this.platform, process, index, (rt) => this.makeScheduler(rt));
    processes.push(runtime);
    // The program itself and a machine for it are not what it uses.
    if (processes.length === 1) this.memory.limit(this.budgets.memoryWords, this.ledger.share('memory'));
    return runtime;
  }

  private bootProcess(runtime: Runtime, start: number): void {
    try {
      runtime.boot(start);
    } catch (error) {
      runtime.endings.exhausted(error);
    }
  }

  /** The processes, the first one first. */
  get processes(): readonly Runtime[] {
    return this.platform.processes;
  }

  /** Runs until the program ends, a budget is spent, or about `maxHostSteps` more instructions were executed (outcome 'paused': run may be called again). */
  run(maxHostSteps = Infinity): Outcome {
    if (this.ended) return this.ended;
    const { vm, kernel, platform, budgets } = this;
    vm.stepBudget = Math.min(budgets.steps, vm.steps + maxHostSteps);
    platform.outOfSteps = false;
    let outcome: Outcome;
    try {
      // Nothing runs when already booting has ended it.
      outcome = this.outcomeOf(
        platform.outcome ? Ended.Halted : this.controlled ? this.controlled.run() : kernel.run(),
      );
    } catch (error) {
      outcome = this.outOf(error);
    }
    if (outcome.kind === 'paused') return outcome;
    platform.noteMemory();
    return (this.ended = outcome);
  }

  /** Ends the run where it is, unless it has ended. */
  stop(budget: BudgetName | 'interrupted'): Outcome {
    return (this.ended ??= this.spent(budget));
  }

  private outcomeOf(ended: Ended): Outcome {
    const told = this.platform.outcome;
    if (told) return told.budget === 'memoryWords' ? { ...told, held: this.ledger.held() } : told;
    if (ended === Ended.Time) return this.spent('virtualNs', this.kernel.next);
    if (ended === Ended.Idle)
      return {
        kind: 'deadlock',
        status: 2,
        code: 'deadlock.all-asleep',
        text: 'fatal error: all goroutines are asleep - deadlock!',
      };
    return this.vm.steps >= this.budgets.steps ? this.spent('steps') : { kind: 'paused', status: 0 };
  }

  /** What was thrown in the middle of something ends the run: a budget, or the simulated machine's memory where there are no threads whose process it ends. */
  private outOf(error: unknown): Outcome {
    // In the middle of a turn. The kernel knows how far the turn before went, and that may have been a part of this one: it depends on the pauses.
    this.memory.f64[(this.kernel.block + KernelAt.Now) >> 1] = Math.max(this.log.latest, this.vm.clock);
    const budget = budgetSpentBy(error);
    if (budget) return this.spent(budget, wantedBy(error));
    this.processes[0]!.endings.exhausted(error);
    return this.platform.outcome!;
  }

  /** The outcome of a run that a budget stops here: at the goroutine that runs, or ran last, or else at the oldest. @param wanted as {@link Spending} has it */
  private spent(budget: BudgetName | 'interrupted', wanted?: number): Outcome {
    const m = this.memory.i32;
    const last = this.platform.running?.g ?? 0;
    const runs = last !== 0 && m[last + GAt.State] !== GState.Free;
    const g = runs ? last : (this.processes[0]?.goroutines.oldest ?? 0);
    return {
      kind: 'budget',
      status: 2,
      budget,
      ...(budget !== 'interrupted' && { spending: this.platform.spending(budget, wanted) }),
      ...(budget === 'memoryWords' && { held: this.ledger.held() }),
      g: g === 0 ? 0 : m[g + GAt.Id]!,
      pc: g === 0 ? -1 : (this.vm.backtrace(g, 1)[0]?.pc ?? -1),
    };
  }

  /** The stacks of those of some goroutines (ids) that are alive, by id, each innermost frame first. @throws Interrupted */
  stacks(goids: ReadonlySet<number>, interrupt = Interrupt.never): Map<number, readonly BacktraceFrame[]> {
    const stacks = new Map<number, readonly BacktraceFrame[]>();
    for (const { goroutines } of this.processes) {
      for (let g = goroutines.oldest; g !== 0 && stacks.size < goids.size; g = goroutines.after(g)) {
        interrupt.worked(WORK_OF_AN_ENTRY);
        const id = this.memory.i32[g + GAt.Id]!;
        if (goids.has(id)) stacks.set(id, this.vm.backtrace(g));
      }
    }
    return stacks;
  }

  /** Goroutines that are alive, of all processes. */
  get alive(): number {
    return this.memory.i32[this.platform.block + PlatformAt.Goroutines]!;
  }

  /** Word addresses of the globals block of each process. */
  globals(): GlobalsAddr[] {
    return this.processes.map(({ process }) => this.memory.i32[process + ProcessAt.Globals] as GlobalsAddr);
  }

  /** All goroutines alive, of one process or of each in turn, oldest first; after the end, those that were cut off. */
  goroutines(processes: readonly Runtime[] = this.processes): GoroutineView[] {
    const views: GoroutineView[] = [];
    for (const { goroutines } of processes)
      goroutines.forEach((g) => views.push(describeGoroutine(this.memory, this.vm, g)));
    return views;
  }

  get stats(): Stats {
    const m = this.memory.i32;
    const { kernel, platform } = this;
    return {
      goroutines: m[platform.block + PlatformAt.LastGoid]!,
      threads: m[kernel.block + KernelAt.NextThreadId]!,
      processes: m[kernel.block + KernelAt.NextProcessId]!,
      switches: m[platform.block + PlatformAt.Switches]!,
      ...this.kernel.accounts.useOfAll(this.processes.map(({ account }) => account)),
      hostPeakBytes: this.memory.f64[(platform.block + PlatformAt.PeakBytes) >> 1]!,
      steps: this.vm.steps - m[kernel.block + KernelAt.Turns]! * TURN_STEPS,
      virtualNs: this.memory.f64[(kernel.block + KernelAt.Now) >> 1]!,
    };
  }

  /**
   * All that decides how the run goes on, as a value. Only between runs.
   * @param spent a snapshot that nobody needs any more: its storage is used again.
   */
  snapshot(spent?: Snapshot): Snapshot {
    return takeSnapshot(this, spent);
  }

  /** Puts a snapshot back, be it of this machine or of another of the same code, configuration and options. Events after it are told again. */
  restore(snapshot: Snapshot): void {
    restoreSnapshot(this, snapshot);
  }

  /** Goes back to the state after boot: as a new machine, but the events of booting are not told again. */
  reset(): void {
    assert(this.booted, 'a machine that has booted');
    this.restore(this.booted);
  }
}
