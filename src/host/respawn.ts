/**
 * This file decides whether and when a simulator that has died is replaced: the first time at once, then after longer and longer pauses; no more when it keeps
 * dying before it has answered anything, until somebody asks for it. A state machine without timers: who asks has the clock.
 */

/** What it was doing when it died. */
export type Doing = 'starting' | 'running' | 'nothing';

/** What is to follow a death: a new one after so many ms, or none. */
export type Verdict = { readonly after: number } | 'off';

/** Failures in a row after which there is no new one: deaths while starting or running, with no answer in between. */
export const FAILURES_TO_OFF = 3;
/** Pauses before a new one, in ms, by deaths in a row before this one. */
export const PAUSES: readonly number[] = [0, 500, 2000, 8000, 30_000];
/** One that has lived so long, in ms, was in good health: its death is the first of a row. */
export const IN_GOOD_HEALTH = 60_000;

export class Respawn {
  private deaths = 0;
  private failures = 0;
  private startedAt = 0;
  private isOff = false;

  /** @param now ms of a clock that never goes back */
  constructor(private readonly now: () => number) {}

  /** There is none, and none is to be started until {@link asked}. */
  get off(): boolean {
    return this.isOff;
  }

  /** A new one has been started. */
  started(): void {
    this.startedAt = this.now();
  }

  /** It has completed what was asked of it: whatever happened before is forgiven. */
  answered(): void {
    this.deaths = this.failures = 0;
  }

  /** A person asks for it: it gets its chances anew. */
  asked(): void {
    this.answered();
    this.isOff = false;
  }

  died(doing: Doing): Verdict {
    if (doing !== 'nothing' && ++this.failures >= FAILURES_TO_OFF) {
      this.isOff = true;
      return 'off';
    }
    if (this.now() - this.startedAt >= IN_GOOD_HEALTH) this.deaths = 0;
    const after = PAUSES[Math.min(this.deaths++, PAUSES.length - 1)]!;
    return { after };
  }
}
