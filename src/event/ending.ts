/** This file defines how a run ends, as far as events do not tell: the outcome, and who still waits for what. */
import type { FailureCode, UnsupportedCode } from './failure';

/** Which budget of the simulation was spent. */
export type BudgetName = 'steps' | 'virtualNs' | 'memoryWords' | 'goroutines' | 'outputBytes';

/** Why the simulation stopped. `B` names the budgets: whoever runs the machine may have some of its own. */
export interface Outcome<B extends string = BudgetName> {
  /** `killed`: the process was ended from outside, because the first one had ended. */
  readonly kind: 'exit' | 'deadlock' | 'panic' | 'fatal' | 'unsupported' | 'killed' | 'budget' | 'paused';
  /** Exit status of the process; of a killed one 128 + the signal, as a shell has it. */
  readonly status: number;
  /** Go's text, from `panic: ` or `fatal error: ` on, without the goroutine dump; for `unsupported` what was reached. */
  readonly text?: string;
  /** What failed: said by whoever raised it. Of `unsupported`: the code of the diagnostic. */
  readonly code?: FailureCode | UnsupportedCode;
  /** Of `unsupported`: what to do instead ('': nothing to say). */
  readonly advice?: string;
  /** The spent budget. */
  readonly budget?: B;
  /** Goroutine and instruction (word index) at which it stopped. */
  readonly g?: number;
  readonly pc?: number;
}

/** A goroutine that was alive when the run stopped; of those cut off by the end of main only the ones that waited. */
export interface Survivor {
  readonly g: number;
  readonly state: 'running' | 'runnable' | 'blocked' | 'syscall';
  /** Why it waits (event/wait.ts); 0: it does not. */
  readonly wait: number;
  /** Slot address of what it waits for; 0: none, or several (select). */
  readonly object: number;
  /** Word index of the instruction at which it stands; -1. */
  readonly pc: number;
  /** Word indices of the calls that led there, innermost first. */
  readonly stack?: readonly number[];
  /** Slot addresses of the channels of what it waits in, of a select several. */
  readonly channels?: readonly number[];
  /** True when something besides the program may still wake it: a pending timer that sends to what it waits for. */
  readonly mayWake?: boolean;
}

/** How one process ended. */
export interface Ending extends Outcome<string> {
  /** Its id; absent where there is only one. */
  readonly process?: number;
  readonly survivors: readonly Survivor[];
  /** How the machine's other processes ended; those that had not are `paused`. */
  readonly others?: readonly Ending[];
}

/** The endings of all processes, the first process's first. */
export function endingsOf(ending: Ending): readonly Ending[] {
  return [ending, ...(ending.others ?? [])];
}
