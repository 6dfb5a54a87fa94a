/** This file defines what the hunting process and the process that it hunts in say to each other. */
import type { FuzzInput } from './inputs';

/** To judge inputs of a seed by their numbers: `first`, `first + step`, … for about `ms`; to make one of them; or to judge one. */
export type Job =
  | { readonly type: 'generate'; readonly seed: number; readonly first: number; readonly end: number; readonly step: number; readonly ms: number }
  | { readonly type: 'make'; readonly seed: number; readonly number: number }
  | { readonly type: 'judge'; readonly input: FuzzInput }; // prettier-ignore

/** What became of inputs. */
export interface Tally {
  readonly inputs: number;
  readonly compiled: number;
  readonly ran: number;
}

export const NOTHING: Tally = { inputs: 0, compiled: 0, ran: 0 };

export function sumOf(a: Tally, b: Tally): Tally {
  return { inputs: a.inputs + b.inputs, compiled: a.compiled + b.compiled, ran: a.ran + b.ran };
}

/** An error as plain data. */
export interface Fault {
  /** The same for the same fault (judge.ts). */
  readonly signature: string;
  readonly message: string;
  readonly stack: string;
}

export type Reply =
  | { readonly type: 'ready' }
  | { readonly type: 'fault'; readonly number: number; readonly fault: Fault }
  | { readonly type: 'made'; readonly input: FuzzInput }
  /** `next`: the first number that was not taken. */
  | { readonly type: 'done'; readonly next: number };

/**
 * What the child notes in a file before each stage, so that it is known of a dead child, in 64-bit floats: the number of the input, an index into STAGES, and
 * the three of its tally in this job.
 */
export const NOTE_FLOATS = 5;
