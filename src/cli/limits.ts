/** This file decides when a command is to end before it is done: at a signal, or when the real time that it was given is up. */
import { Interrupt, type StopReason } from '../base/interrupt';
import type { Signal } from './exit';
import type { Io } from './io';

export class Limits {
  /** For all that works for the command. */
  readonly interrupt = new Interrupt(() => this.reason());
  /** The signal that ended it. */
  signal: Signal | undefined;
  private readonly deadline: number;
  private concluding = false;

  /** @param ms real time from now on. */
  constructor(
    private readonly io: Io,
    ms = Infinity,
  ) {
    this.deadline = io.now() + ms;
  }

  /** Why to end; undefined: go on. */
  reason(): Exclude<StopReason, 'cancelled'> | undefined {
    if (this.concluding) return undefined;
    this.signal ??= this.io.signal;
    if (this.signal) return 'interrupted';
    return this.io.now() > this.deadline ? 'wallTime' : undefined;
  }

  /** The work is done or stopped: what was found is told in full. Only the system ends it now, as a second signal asks it to. */
  conclude(): void {
    this.concluding = true;
  }
}
