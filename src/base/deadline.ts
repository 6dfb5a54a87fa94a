/**
 * This file keeps the time within which an answer is to be there. The answer is more than the work: when a run ends, findings, trace and sentences are made of it, and that
 * takes the longer the more has happened. So work ends when no more time is left than that will take, as far as it can be told in advance.
 *
 * Time has no part in what a run does: it only decides where it ends.
 */

/** How long something takes here, compared with what was estimated: learnt, since machines differ, and so does what else they have to do. */
export class Pace {
  private factor = 1;

  /** Ms that something will take. @param estimated on the machine that the estimates were made on */
  of(estimated: number): number {
    return this.factor * estimated;
  }

  /** Something has taken so many ms. What was slow once may be slow again: it is forgotten more slowly than it is believed. What is early teaches nothing. */
  learn(estimated: number, taken: number): void {
    if (estimated < LEAST_MS) return;
    const seen = Math.min(MOST_FACTOR, Math.max(1, taken / estimated));
    this.factor = seen > this.factor ? seen : (this.factor + seen) / 2;
  }
}

/** What is estimated to be shorter teaches nothing. */
const LEAST_MS = 25;
const MOST_FACTOR = 4;

/** Part of the time by which what follows the work may be late before it is cut: it is of no use when it is not finished. */
const GRACE = 0.05;

const nothing = (): number => 0;

export class Deadline {
  /** For work that may take as long as it likes. */
  static readonly never = new Deadline(nothing, Infinity);
  private readonly end: number;
  private estimate = nothing;
  private over = false;
  private grace = 0;
  /** What was estimated when the end began, and when that was. */
  private conclusion: { readonly estimated: number; readonly since: number } | undefined;

  /** @param now ms of a clock that never goes back @param ms from now on @param pace of whoever works */
  constructor(
    private readonly now: () => number,
    private readonly ms: number,
    private readonly pace = new Pace(),
  ) {
    this.end = now() + ms;
  }

  /** Whether the work in hand is to end. Once it is so it stays so: who was told may have left things undone. */
  get isOver(): boolean {
    return (this.over ||= this.now() + this.pace.of(this.estimate()) > this.end + this.grace);
  }

  /** Work begins. @param estimate ms that all that follows it would take if it ended now */
  begin(estimate: () => number): void {
    this.conclusion = undefined;
    this.grace = 0;
    this.go(estimate);
  }

  /** The work has ended, and what follows begins, a step at a time. @param estimate ms that all that follows the step in hand will take */
  conclude(estimate = nothing): void {
    this.conclusion ??= { estimated: this.estimate(), since: this.now() };
    this.grace = this.ms * GRACE;
    this.go(estimate);
  }

  private go(estimate: () => number): void {
    this.estimate = estimate;
    this.over = false;
  }

  /** The answer is there. */
  done(): void {
    if (this.conclusion) this.pace.learn(this.conclusion.estimated, this.now() - this.conclusion.since);
  }
}
