/**
 * This file is the machine: it boots kernel, runtime and vm over one memory and runs a program to its end. A run is a pure function of program,
 * configuration and choices; everything simulated is in memory, so a snapshot is a copy of it.
 */
import { Accounts, type MemoryUse } from '../base/accounts';
import { assert } from '../base/assert';
import { Memory, OutOfMemory } from '../base/memory';
import type { Code } from '../bytecode/code';
import { Choices, type Chooser, type SchedulerName } from '../event/choice';
import type { BudgetName, Outcome } from '../event/ending';
import { EventLog, type Observer } from '../event/log';
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
import { AccessWorld, Filter } from './accessWorld';
import type { MachineConfig } from './config';
import { describeGoroutine, type GoroutineView } from './goroutines';
import { Names, ToldMemory } from './names';
import { restoreSnapshot, takeSnapshot, type Snapshot } from './snapshot';
import type { GlobalsAddr } from '../vm/context';

export type { GoroutineView, Snapshot };

/** What a run may use up; 'budget' outcomes name the one that was spent. */
export interface Budgets {
  readonly steps: number;
  readonly virtualNs: number;
  readonly memoryWords: number;
  readonly goroutines: number;
  readonly outputBytes: number;
}

export const DEFAULT_BUDGETS: Budgets = {
  steps: 50_000_000,
  virtualNs: 24 * 3600e9,
  memoryWords: 1 << 26,
  goroutines: 1_000_000,
  outputBytes: 1 << 20,
};

export interface MachineOptions {
  /** Whether shared accesses are logged. */
  readonly detect: boolean;
  readonly budgets?: Partial<Budgets>;
  /** Slots whose every access is logged, with its stack. */
  readonly watch?: ReadonlySet<number>;
  /** The function (index) that each process runs; the first process decides when and how the machine ends. Absent: one, which runs the program. */
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

/** Memory is that of the first process. */
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

/** Host work of one turn of the kernel's loop, in instructions: so that a program that only waits spends its budget, too. */
const TURN_STEPS = 8;
/** Turns that may be made besides `steps` instructions. */
const turnsWithin = (steps: number): number => 2 + steps / TURN_STEPS;

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
  /** By origin; undefined unless asked for. */
  readonly names: Names | undefined;
  /** How the run ended, a spent budget included. */
  ended: Outcome | undefined;
  /** Runs the program instead of the kernel. */
  private controlled: ControlledScheduler | undefined;
  /** The state after boot. */
  private readonly booted: Snapshot;

  constructor(
    readonly code: Code,
    readonly config: MachineConfig,
    readonly chooser: Chooser,
    observers: readonly Observer[],
    private readonly options: MachineOptions,
  ) {
    this.budgets = { ...DEFAULT_BUDGETS, ...options.budgets };
    const named = options.names ? new ToldMemory(this.budgets.memoryWords) : undefined;
    this.memory = named ?? new Memory(this.budgets.memoryWords);
    this.names = named && new Names(named);
    this.log = new EventLog(this.names ? [this.names, ...observers] : observers, options.window);
    this.filter = new Filter(options.detect);
    const choices = new Choices(chooser);
    this.world = new AccessWorld(this.memory, this.filter, this.log, choices, options.watch ?? new Set());
    const accounts = new Accounts(this.memory, config.memory);
    // The controlled scheduler has no time: its clock counts instructions.
    const costs = options.scheduler === 'controlled' ? STEPS_ONLY : { simple: config.instruction, call: config.call };
    const budget = { accounts, stackStart: config.goroutineStack };
    this.vm = new Vm(code, this.memory, this.world, this.filter, costs, budget);
    this.world.clock = this.vm;
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
    for (const start of options.processes ?? [code.start]) this.bootProcess(start);
    if (this.names) this.names.running = () => this.memory.i32[(this.vm.g as GAddr) + GAt.Id]!;
    this.world.backtrace = () => this.vm.backtrace(this.platform.running?.g ?? 0);
    this.booted = this.snapshot();
  }

  private makeScheduler(rt: Runtime): Scheduler {
    if (this.options.scheduler !== 'controlled') return simulated(rt);
    assert(!this.controlled, 'the controlled scheduler runs one process');
    this.controlled = new ControlledScheduler(rt, { plain: this.options.plainAccesses ?? true });
    return this.controlled;
  }

  private bootProcess(start: number): void {
    const { processes } = this.platform;
    const parent = processes[0] === undefined ? 0 : this.memory.i32[processes[0].process + ProcessAt.Id]!;
    const process = this.kernel.processes.create(parent);
    const runtime = new Runtime(this.platform, process, (rt) => this.makeScheduler(rt));
    processes.push(runtime);
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
    const turns = this.memory.i32[kernel.block + KernelAt.Turns]!;
    vm.stepBudget = Math.min(budgets.steps, vm.steps + maxHostSteps);
    kernel.turnBudget = Math.min(turnsWithin(budgets.steps), turns + turnsWithin(maxHostSteps));
    platform.outOfSteps = false;
    let outcome: Outcome;
    try {
      outcome = this.outcomeOf(this.controlled ? this.controlled.run() : kernel.run());
    } catch (error) {
      outcome = this.outOf(error);
    }
    platform.noteMemory();
    if (outcome.kind !== 'paused') this.ended = outcome;
    return outcome;
  }

  private outcomeOf(ended: Ended): Outcome {
    if (this.platform.outcome) return this.platform.outcome;
    if (ended === Ended.Time) return this.spent('virtualNs');
    if (ended === Ended.Idle)
      return {
        kind: 'deadlock',
        status: 2,
        code: 'deadlock.all-asleep',
        text: 'fatal error: all goroutines are asleep - deadlock!',
      };
    const turns = this.memory.i32[this.kernel.block + KernelAt.Turns]!;
    return this.vm.steps >= this.budgets.steps || turns + 1 >= turnsWithin(this.budgets.steps)
      ? this.spent('steps')
      : { kind: 'paused', status: 0 };
  }

  /** Memory ran out: the host's budget, or the simulated machine's where there are no threads whose process it ends. */
  private outOf(error: unknown): Outcome {
    if (error instanceof OutOfMemory) return this.spent('memoryWords');
    this.processes[0]!.endings.exhausted(error);
    return this.platform.outcome!;
  }

  private spent(budget: BudgetName): Outcome {
    const g = this.platform.running?.g ?? 0;
    const live = g !== 0 && this.memory.i32[g + GAt.State] !== GState.Free;
    return {
      kind: 'budget',
      status: 2,
      budget,
      g: live ? this.memory.i32[g + GAt.Id]! : 0,
      pc: live ? (this.vm.backtrace(g)[0]?.pc ?? -1) : -1,
    };
  }

  /** Frames of a goroutine alive, innermost first; empty when there is none with this id. */
  stackOf(goid: number): BacktraceFrame[] {
    let found = 0 as GAddr;
    for (const { goroutines } of this.processes) {
      goroutines.forEach((g) => {
        if (this.memory.i32[g + GAt.Id] === goid) found = g;
      });
    }
    return found === 0 ? [] : this.vm.backtrace(found);
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
      ...this.kernel.accounts.use(this.processes[0]!.account),
      hostPeakBytes: this.memory.f64[(platform.block + PlatformAt.PeakBytes) >> 1]!,
      steps: this.vm.steps,
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
    this.restore(this.booted);
  }
}
