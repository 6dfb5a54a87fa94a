/** This file says how much real memory simulating may take: the limits at which a simulator ends, before it takes the machine with it. */
import type { RunRequest } from '../protocol/messages';
import { BYTES_OF_A_ROW } from '../trace/store';

const MEGABYTE = 1024 * 1024;
/** What the first pass had may stay with the process when the second begins, and what grows is there twice for a moment. */
const COPIES = 3;

export interface MemoryLimits {
  /** JavaScript heap of the thread that simulates: all but simulated memory and the columns of traces. In MB. */
  readonly heapMb: number;
  /** Resident memory beside what a request's budgets allow: the program itself, the front end at its largest, log and detectors. In MB. */
  readonly besideMb: number;
  /** After so many ms without a request the process says so if it is large. */
  readonly restMs: number;
}

/** As they come on a command line: one number each. */
export function readLimits([heapMb = '', besideMb = '', restMs = '']: readonly string[]): MemoryLimits {
  return { heapMb: Number(heapMb), besideMb: Number(besideMb), restMs: Number(restMs) };
}

/** Most bytes of resident memory of the process while it serves a request. */
export function residentLimit({ besideMb }: MemoryLimits, { budgets }: Pick<RunRequest, 'budgets'>): number {
  const ofBudgets = budgets.memoryWords * Int32Array.BYTES_PER_ELEMENT + budgets.traceRows * BYTES_OF_A_ROW;
  return besideMb * MEGABYTE + COPIES * ofBudgets;
}
