/** This file defines how a run ends, as far as events do not tell: the outcome, and who still waits for what. */
import type { BudgetName } from '../base/budgets';
import type { Held } from '../base/ledger';
import type { FailureCode, UnsupportedCode } from './failure';
import type { Survivors } from './survivors';

/** How much of a budget was used, in the units of its name (base/budgets.ts). */
export interface Spending {
  readonly limit: number;
  readonly used: number;
  /** What was wanted besides, at once, as by an instruction that copies much; of virtual time, when the next event is. Absent: nothing that can be said. */
  readonly wanted?: number;
}

/** Why the simulation stopped. */
export interface Outcome {
  readonly kind: 'exit' | 'deadlock' | 'panic' | 'fatal' | 'unsupported' | 'budget' | 'paused';
  /** Exit status of the process. */
  readonly status: number;
  /** Go's text, from `panic: ` or `fatal error: ` on, without the goroutine dump; for `unsupported` what was reached. */
  readonly text?: string;
  /** What failed: said by whoever raised it. Of `unsupported`: the code of the diagnostic. */
  readonly code?: FailureCode | UnsupportedCode;
  /** Of `unsupported`: what to do instead ('': nothing to say). */
  readonly advice?: string;
  /** The spent budget; or it was interrupted by somebody who wants to see what there is so far. */
  readonly budget?: BudgetName | 'interrupted';
  /** Of a spent budget of memory: what the host held, the most first. */
  readonly held?: readonly Held[];
  readonly spending?: Spending;
  /** Goroutine and instruction (word index) at which it stopped. */
  readonly g?: number;
  readonly pc?: number;
}

/** How one process ended. */
export interface Ending extends Outcome {
  /** Its id; absent where there is only one. */
  readonly process?: number;
  readonly survivors: Survivors;
  /** How many goroutines were alive, where the survivors are only the first of them. */
  readonly alive?: number;
  /** How the machine's other processes ended; those that had not are `paused`. */
  readonly others?: readonly Ending[];
}

/** The endings of all processes, the first process's first. */
export function endingsOf(ending: Ending): readonly Ending[] {
  return [ending, ...(ending.others ?? [])];
}
