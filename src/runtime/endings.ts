/** This file ends goroutines and the program: return, Goexit, panic, fatal errors, deadlock, os.Exit, want of memory or threads, what is not supported. */
import { MemoryExhausted } from '../base/accounts';
import { InternalError } from '../base/assert';
import type { BudgetName } from '../base/budgets';
import type { Memory } from '../base/memory';
import type { UnsupportedUse } from '../bytecode/code';
import type { Outcome } from '../event/ending';
import { failureNumber, type FailureCode } from '../event/failure';
import { Kind } from '../event/kinds';
import { Stop } from '../kernel/body';
import { Ctx } from '../vm/context';
import { Trap, type TrapCode } from '../vm/trap';
import type { Goroutines } from './goroutines';
import { type GAddr, GAt, GFlag, GState, type SchedAddr, SchedAt } from './layout';
import { Next } from './next';
import type { Platform } from './platform';
import type { Scheduler } from './scheduler';
import type { ProcessAddr } from '../kernel/layout';

/** GoEnd's reasons. */
const RETURNED = 0;
const GOEXIT = 1;
const PANICKED = 2;

/** What Go prints before it gives up for want of a thread. */
function newThreadFailed(have: number): string {
  return `runtime: failed to create new OS thread (have ${have} already; errno=11)\nruntime: may need to increase max user processes (ulimit -u)\n`;
}

/** Thrown when a process has more threads than it may have. */
export class ThreadExhaustion extends Error {}

export class Endings {
  /** How the process ended; undefined while it runs. */
  outcome: Outcome | undefined;
  private readonly memory: Memory;
  /** Address of the process's schedt. */
  private readonly sched: SchedAddr;

  constructor(
    private readonly platform: Platform,
    /** Address of the process's block. */
    private readonly process: ProcessAddr,
    private readonly scheduler: Scheduler,
    private readonly goroutines: Goroutines,
  ) {
    this.memory = platform.memory;
    this.sched = scheduler.block;
  }

  /** The goroutine or the program ends. */
  end(g: GAddr, trap: TrapCode): Next {
    const { vm } = this.platform;
    const goid = this.memory.i32[g + GAt.Id]!;
    const { here } = this.platform.log;
    here.pc = trap === Trap.End ? -1 : this.memory.i32[g + Ctx.At]!;
    switch (trap) {
      case Trap.End:
        return this.goroutineEnds(g);
      case Trap.Panic:
        this.platform.log.add(Kind.GoEnd, goid, PANICKED);
        return this.exitProcess({
          kind: 'panic',
          status: 2,
          code: vm.panicCode(g),
          text: vm.panicText(g),
          g: goid,
          pc: here.pc,
        });
      case Trap.Fatal:
        return this.fatal(vm.failure, vm.message, vm.notice === '' ? '' : `${vm.notice}\n`);
      case Trap.Unsupported:
        return this.unsupported(vm.code.unsupported[vm.a]!);
      case Trap.Budget:
        this.platform.outOfSteps = true;
        return Next.Halt;
      case Trap.OutOfMemory:
        return this.spent('memoryWords', vm.b, goid, here.pc);
      default:
        throw new InternalError('trap', { trap });
    }
  }

  private goroutineEnds(g: GAddr): Next {
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
  fatal(code: FailureCode, text: string, before = ''): Next {
    const { log } = this.platform;
    const whole = `${before}fatal error: ${text}`;
    log.add(Kind.Fatal, log.addText(whole), failureNumber(code));
    return this.exitProcess({ kind: 'fatal', status: 2, code, text: whole, g: log.here.g, pc: log.here.pc });
  }

  /** The program has reached what Interlane has not: nothing true can be said of how it goes on. */
  private unsupported({ code, reason, advice }: UnsupportedUse): Next {
    const { log } = this.platform;
    const { g, pc } = log.here;
    log.add(Kind.Fatal, log.addText(reason), -1);
    return this.exitProcess({ kind: 'unsupported', status: 2, code, text: reason, advice, g, pc });
  }

  /** What was thrown because a request cannot be met ends the process; all else is thrown on. For a thread that does not fit it is clone's EAGAIN. */
  exhausted(error: unknown): Stop {
    const have = this.memory.i32[this.sched + SchedAt.MCount]!;
    if (error instanceof ThreadExhaustion) {
      const limit = `runtime: program exceeds ${this.platform.config.threadLimit}-thread limit\n`;
      return stopFor(this.fatal('fatal.thread-exhaustion', 'thread exhaustion', limit));
    }
    if (!(error instanceof MemoryExhausted)) throw error;
    // Before the first thread there is no runtime yet that could say so.
    if (have === 0) return stopFor(this.fatal('fatal.out-of-memory', 'runtime: cannot allocate memory'));
    if (error.what === 'bytes') return stopFor(this.fatal('fatal.out-of-memory', 'runtime: out of memory'));
    return stopFor(this.fatal('fatal.no-thread', 'newosproc', newThreadFailed(have)));
  }

  /** checkdead: all goroutines of the process wait, and nothing will wake any. */
  deadlock(): Stop {
    const { log } = this.platform;
    const m = this.memory.i32;
    const nobody = m[this.sched + SchedAt.MainGone] !== 0 && m[this.sched + SchedAt.GCount] === 0;
    const code = nobody ? 'deadlock.no-goroutines' : 'deadlock.all-asleep';
    const text = `fatal error: ${nobody ? 'no goroutines (main called runtime.Goexit)' : 'all goroutines are asleep'} - deadlock!`;
    log.here.time = this.platform.vm.clock;
    log.add(Kind.Fatal, log.addText(text), failureNumber(code));
    return stopFor(this.exitProcess({ kind: 'deadlock', status: 2, code, text }));
  }

  /** Nothing of the process happens any more; with the last one ends the machine. */
  private exitProcess(outcome: Outcome): Next {
    const { kernel } = this.platform;
    this.outcome = outcome;
    kernel.forgetTimers(this.scheduler.body);
    kernel.processes.end(this.process, outcome.status);
    return this.platform.processEnded() ? Next.Halt : Next.Exited;
  }

  /** A budget is spent: the simulation stops. @param wanted how much more was wanted of it */
  spent(budget: BudgetName, wanted: number, g: number, pc: number): Next {
    const { platform } = this;
    platform.outcome = { kind: 'budget', budget, spending: platform.spending(budget, wanted), status: 2, g, pc };
    return Next.Halt;
  }
}

function stopFor(next: Next): Stop {
  return next === Next.Halt ? Stop.Halt : Stop.Exit;
}
