/** This file holds what every process's runtime shares: the machine's parts, its counters, and how the simulation ends. */
import type { BudgetName, Budgets } from '../base/budgets';
import type { Memory } from '../base/memory';
import type { Choices } from '../event/choice';
import type { Outcome, Spending } from '../event/ending';
import type { EventLog } from '../event/log';
import type { Kernel } from '../kernel/kernel';
import { Ctx } from '../vm/context';
import type { AccessFilter } from '../vm/trap';
import type { Vm } from '../vm/vm';
import type { RuntimeConfig } from './config';
import type { Runtime } from './runtime';
import { type GAddr, GAt, type PlatformAddr, PlatformAt, RuntimeTag } from './layout';
import { KernelAt } from '../kernel/layout';

export class Platform {
  readonly block: PlatformAddr;
  /** How the simulation ended: set by whoever ends it, together with Stop.Halt. */
  outcome: Outcome | undefined;
  /** The processes, the first one first. */
  readonly processes: Runtime[] = [];
  /** The process that runs or ran last. */
  running: Runtime | undefined;
  /** The step budget of this call of the machine was spent: a pause or the end. */
  outOfSteps = false;

  constructor(
    readonly memory: Memory,
    readonly vm: Vm,
    readonly kernel: Kernel,
    readonly log: EventLog,
    readonly choices: Choices,
    readonly config: RuntimeConfig,
    readonly filter: AccessFilter,
    readonly budgets: Budgets,
  ) {
    this.block = memory.alloc(PlatformAt.Slots, RuntimeTag.Platform) as PlatformAddr;
  }

  /** A process has ended. @returns whether none is left: then the machine ends as the first that did not end well, or else as the first. */
  processEnded(): boolean {
    const outcomes = this.processes.map(({ endings }) => endings.outcome);
    if (outcomes.includes(undefined)) return false;
    this.outcome = outcomes.find((outcome) => outcome!.status !== 0) ?? outcomes[0];
    return true;
  }

  /** A synchronisation event of the running goroutine: what it accessed before may have to be reported again. */
  newSegment(g: GAddr): void {
    if (!this.filter.enabled) return;
    const m = this.memory.i32;
    const segment = ++m[this.block + PlatformAt.LastSegment]!;
    m[g + GAt.Segment] = segment;
    this.filter.segment = segment;
  }

  /** How much of a budget is used. @param wanted as {@link Spending} has it */
  spending(budget: BudgetName, wanted?: number): Spending {
    return { limit: this.budgets[budget], used: this.used(budget), ...(wanted !== undefined && { wanted }) };
  }

  private used(budget: BudgetName): number {
    const { i32, f64, top } = this.memory;
    switch (budget) {
      case 'steps':
        return this.vm.steps;
      case 'virtualNs':
        return f64[(this.kernel.block + KernelAt.Now) >> 1]!;
      case 'memoryWords':
        return top;
      case 'goroutines':
        return i32[this.block + PlatformAt.Goroutines]!;
      case 'outputBytes':
        return i32[this.block + PlatformAt.OutputBytes]!;
      default:
        return this.budgets[budget]; // only who drives the run can measure it
    }
  }

  /** Notes how much memory is in use, if it is more than ever. */
  noteMemory(): void {
    const bytes = this.memory.allocatedSlots * 8;
    const at = (this.block + PlatformAt.PeakBytes) >> 1;
    if (this.memory.f64[at]! < bytes) this.memory.f64[at] = bytes;
  }

  /** Logs an event of a goroutine that is not the running one: it waits, on no core, at the instruction where it stopped. */
  addFor(g: GAddr, kind: number, obj: number, a = 0, b = 0, lo = 0, hi = 0): void {
    const m = this.memory.i32;
    this.log.addAt(m[g + GAt.Id]!, -1, -1, m[g + Ctx.At]!, kind, obj, a, b, lo, hi);
  }
}
