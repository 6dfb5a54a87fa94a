/** This file defines the states of a goroutine as traces tell them, with the events that change them. */
import { Kind } from '../event/kinds';
import { WAIT_REASONS } from '../event/wait';

/** In numeric order: codes of 'states' tracks, order of the legend. The last one is no state: what a goroutine did there is told in sums. */
export const STATES = ['running', 'runnable', 'channel', 'lock', 'syscall', 'sleeping', 'unrecorded'] as const;
export type State = (typeof STATES)[number];

export const stateCode = (state: State): number => STATES.indexOf(state);
export const RUNNING = stateCode('running');
export const RUNNABLE = stateCode('runnable');
export const SYSCALL = stateCode('syscall');
export const UNRECORDED = stateCode('unrecorded');
/** State code by wait reason. */
const WAITING = Int32Array.from(WAIT_REASONS, (reason) => stateCode(reason.state));

/** The state of who waits for a reason. */
export const waitingFor = (reason: number): number => WAITING[reason] ?? stateCode('sleeping');

/** What {@link stateAfter} says of the end of a goroutine, and of events that leave it as it is. */
export const ENDED = -2;
export const UNCHANGED = -1;

const { GoBlock, GoCreate, GoEnd, GoPreempt, GoReady, GoRun, GoSysExit, GoSyscall } = Kind;

/** The state of the goroutine to which an event happens (of a GoCreate the new one), after it; `a` is the event's. */
export function stateAfter(kind: number, a: number, before: number): number {
  switch (kind) {
    case GoCreate:
    case GoPreempt:
      return RUNNABLE;
    case GoRun:
      return RUNNING;
    case GoReady:
      return before === RUNNING ? UNCHANGED : RUNNABLE;
    case GoBlock:
      return waitingFor(a);
    case GoSyscall:
      return SYSCALL;
    case GoSysExit:
      return a === 1 ? RUNNING : RUNNABLE;
    case GoEnd:
      return ENDED;
    default:
      return UNCHANGED;
  }
}
