/**
 * This file defines how work that may take long is ended from outside. Whoever works says how much it has done; about once a millisecond of work the
 * interrupt asks the program around it (worker, command line, test), which has the clock and hears the cancel. Library rooms have neither.
 */

/** Why work is to end: nobody wants it any more, its real time is up, or somebody wants it to stop and say what it has so far. */
export type StopReason = 'cancelled' | 'wallTime' | 'interrupted';

const WORDS: Readonly<Record<StopReason, string>> = {
  cancelled: 'the work was cancelled',
  wallTime: 'the real time of the work is up',
  interrupted: 'the work was interrupted',
};

/** Thrown out of work that is to end. What it was building is incomplete and of no use. */
export class Interrupted extends Error {
  constructor(readonly reason: StopReason) {
    super(WORDS[reason]);
    this.name = 'Interrupted';
  }
}

/** Units between two questions: at 5 to 10 ns each, about a millisecond. */
export const UNITS_BETWEEN_QUESTIONS = 131_072;

export class Interrupt {
  /** For work that nothing ends. */
  static readonly never = new Interrupt(() => undefined);
  private left = UNITS_BETWEEN_QUESTIONS;

  /** `asked`: whether work is to end, and why. It is asked often, and by all who work with this interrupt. */
  constructor(private readonly asked: () => StopReason | undefined) {}

  /**
   * Tells of `units` of work done since the last call, or about to be done at once; a unit is about an instruction (5–10 ns).
   * @throws Interrupted
   */
  worked(units: number): void {
    this.left -= units;
    if (this.left <= 0) this.ask();
  }

  /** The same for work that is worth finishing when time is up: only a cancel ends it. */
  get untilCancelled(): Interrupt {
    return new Interrupt(() => (this.asked() === 'cancelled' ? 'cancelled' : undefined));
  }

  /** The same for saying what there is so far: that somebody wants to hear it does not end it. */
  get ofConclusion(): Interrupt {
    return new Interrupt(() => {
      const reason = this.asked();
      return reason === 'interrupted' ? undefined : reason;
    });
  }

  private ask(): void {
    this.left = UNITS_BETWEEN_QUESTIONS;
    const reason = this.asked();
    if (reason !== undefined) throw new Interrupted(reason);
  }
}
