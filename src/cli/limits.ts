/** This file decides when a command is to end before it is done: at a signal, or when the real time that it was given is up. */
import { Deadline } from '../base/deadline';
import { Interrupt, type StopReason } from '../base/interrupt';
import type { Signal } from './exit';
import type { Io } from './io';

export class Limits {
  /** For all that works for the command. */
  readonly interrupt = new Interrupt(() => this.reason());
  /** The signal that ended it. */
  signal: Signal | undefined;
  readonly deadline: Deadline;
  private concluding = false;

  /** @param ms real time from now on. */
  constructor(
    private readonly io: Io,
    ms = Infinity,
  ) {
    this.deadline = new Deadline(() => io.now(), ms);
  }

  /** Why to end; undefined: go on. */
  reason(): Exclude<StopReason, 'cancelled'> | undefined {
    if (!this.concluding) this.signal ??= this.io.signal;
    if (this.signal && !this.concluding) return 'interrupted';
    return this.deadline.isOver ? 'wallTime' : undefined;
  }

  /** The work is done or stopped: what was found is told. Only time ends that now; and the system, as a second signal asks it to. */
  conclude(): void {
    this.concluding = true;
  }
}
