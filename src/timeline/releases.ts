/**
 * This file defines the clock of the timeline: which releases an acquire follows. It holds no more of them than the order needs: of each goroutine the last,
 * and none that a later releaser has acquired, since whoever follows that one follows them, too.
 */
import type { EdgeKind } from './edges';

/**
 * A moment of a row: its start (twice the row) or its end (and one more). What a row acquires enters at its end; what it releases leaves at its
 * end, too, or at its start if it acquires only after that (the `order` column of event/kinds.ts has it so for channels).
 */
export type Moment = number;

/** What a goroutine has acquired: the releases after `since`, at the moment `at`. */
interface Seen {
  since: Moment;
  at: Moment;
}

/** From this many releases on those that count no more are dropped. */
const MANY = 16;

export class Releases {
  /** Moments of releases, ascending, and the goroutine of each. One that is not its goroutine's last counts no more. */
  private moments: Moment[] = [];
  private owners: number[] = [];
  private readonly last = new Map<number, Moment>();
  private readonly seen = new Map<number, Seen>();

  constructor(readonly kind: EdgeKind) {}

  /** The goroutine's release adds to the others. */
  merge(g: number, moment: Moment): void {
    if (this.moments.length === 1 && this.seenBy(g) >= this.moments[0]!) return this.replace(g, moment);
    this.forget(g);
    if (this.moments.length >= MANY && this.moments.length > 2 * this.last.size) this.compact();
    this.moments.push(moment);
    this.owners.push(g);
    this.last.set(g, moment);
  }

  /** The goroutine's release is all there is. */
  publish(g: number, moment: Moment): void {
    if (this.moments.length === 1) return this.replace(g, moment);
    this.clear();
    this.merge(g, moment);
  }

  /** Puts a release in the place of the only one. Whoever has acquired that one has not acquired this, which is later. */
  private replace(g: number, moment: Moment): void {
    if (this.owners[0] !== g) this.last.delete(this.owners[0]!);
    this.owners[0] = g;
    this.moments[0] = moment;
    this.last.set(g, moment);
  }

  /** Becomes equal to another. */
  assign(other: Releases | undefined): void {
    this.clear();
    other?.each(-1, (moment, owner) => this.merge(owner, moment));
  }

  /** When the goroutine has acquired last. */
  private seenBy(g: number): Moment {
    return this.seen.get(g)?.at ?? -1;
  }

  private clear(): void {
    this.moments.length = this.owners.length = 0;
    this.last.clear();
    this.seen.clear();
  }

  /** Drops what the goroutine has acquired. */
  forget(g: number): void {
    const at = this.seenBy(g);
    let known = 0;
    while (known < this.moments.length && this.moments[known]! <= at) known++;
    if (known === 0) return;
    for (let i = 0; i < known; i++)
      if (this.last.get(this.owners[i]!) === this.moments[i]) this.last.delete(this.owners[i]!);
    this.moments.splice(0, known);
    this.owners.splice(0, known);
  }

  /** Releases that a goroutine has to follow at a moment, ascending: those that came since its last acquire, or again what it followed then. */
  acquire(g: number, at: Moment, follow: (release: Moment) => void): void {
    if (this.moments.length === 0) return;
    let seen = this.seen.get(g);
    if (!seen) this.seen.set(g, (seen = { since: -1, at: -1 }));
    if (this.moments[this.moments.length - 1]! > seen.at) seen.since = seen.at;
    seen.at = at;
    this.each(seen.since, follow);
  }

  /** Releases after a moment that count, ascending. */
  private each(since: Moment, visit: (release: Moment, owner: number) => void): void {
    let first = this.moments.length;
    while (first > 0 && this.moments[first - 1]! > since) first--;
    for (let i = first; i < this.moments.length; i++) {
      if (this.last.get(this.owners[i]!) === this.moments[i]) visit(this.moments[i]!, this.owners[i]!);
    }
  }

  private compact(): void {
    const counts = this.moments.map((moment, i) => this.last.get(this.owners[i]!) === moment);
    this.moments = this.moments.filter((_, i) => counts[i]);
    this.owners = this.owners.filter((_, i) => counts[i]);
  }
}
