/** This file defines what the kernel and the body of a thread know of each other. */
import type { ThreadAddr } from './layout';

/** Why a body gave the core back. */
export const enum Stop {
  /** The clock reached the kernel's limit; the thread goes on later. */
  Limit = 0,
  /** The thread waits until {@link Cores.wake}. */
  Park = 1,
  /** The thread is in a system call until {@link Turn.until}. */
  SystemCall = 2,
  /** The thread has ended. */
  Exit = 3,
  /** The whole simulation stops, or pauses: the thread stays where it is. */
  Halt = 4,
}

/** What threads do. The kernel knows no more of it. Every thread has its own body; many threads may share one. */
export interface ThreadBody {
  /** Goes on with the thread from `clock.clock` while that is not above `turn.limit`. */
  run(thread: ThreadAddr): Stop;
  /** The thread was taken off its core: its quantum is over. */
  preempted(thread: ThreadAddr): void;
  /** A timer of the body's own kinds fired, at `clock.clock`. @returns Halt when that stops the whole simulation; else Limit */
  fired(kind: number, object: number): Stop;
}

/** The one clock of whatever runs at the moment: bodies advance it while they execute. */
export interface Clock {
  clock: number;
}

/** How much has been done, in instructions: a measure of the host's work. */
export interface StepCount {
  steps: number;
  /** No turn begins when so many have been done. */
  readonly stepBudget: number;
}

/** Work of one turn of the dispatcher's loop, in instructions: so that a program that only waits spends its budget, too. */
export const TURN_STEPS = 8;

/** The turn in hand: which core moves, and how far it may go. */
export class Turn {
  /** The running body stops when the clock passes this. It shrinks when the body wakes a thread or arms a timer. */
  limit = 0;
  /** Set by a body that returns Stop.SystemCall: when the call ends. */
  until = 0;
  /** Index of the core that runs; -1: none. */
  core = -1;
  /** True at the start of a turn that goes on after a pause: what is done once at the start of a turn has been done. */
  resumed = false;
}
