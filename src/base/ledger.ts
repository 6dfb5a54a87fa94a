/**
 * This file keeps the ledger of a run: how many bytes the host holds for it, and what for. It is kept by counts and known sizes when something grows,
 * never by measuring a heap, so that a run that is repeated runs out of memory at the same event.
 *
 * What is counted as objects of JavaScript is counted generously (a heap is collected late), what is counted as arrays of numbers exactly.
 * See "Memory of the host" in docs/engine.md.
 */

/** What memory of the host is held for; the words are for people: `31 MB for …`. */
export const HOLDERS = {
  memory: 'simulated memory',
  filter: 'which goroutine has touched what since it last synchronised',
  races: 'the race detector',
  waits: 'who holds and waits for what',
  goroutines: 'what is told of goroutines at the end',
  texts: 'texts',
  choices: 'choices of the schedule',
  start: 'the state at the start',
  names: 'names of objects',
} as const;
export type Holder = keyof typeof HOLDERS;

/** So many bytes are held for this. */
export interface Held {
  readonly what: Holder;
  readonly bytes: number;
}

/** Thrown when a run needs more of the host's memory than its budget allows; the machine turns it into a finding. */
export class OutOfMemory extends Error {
  constructor(
    readonly requestedBytes: number,
    readonly limit: number,
  ) {
    super(`the memory budget of ${limit} bytes is spent`);
    this.name = 'OutOfMemory';
  }
}

/** Thrown to a holder that has given way to others, or has reached the limit of its own share: it is to live without. */
export class ShareSpent extends Error {
  constructor(readonly what: Holder) {
    super(`the memory for ${HOLDERS[what]} is spent`);
    this.name = 'ShareSpent';
  }
}

/** Byte counts of all shares, as a value. */
export type LedgerState = readonly (readonly [Holder, number])[];

export class Ledger {
  private readonly shares = new Map<Holder, Share>();
  private sum = 0;

  /** `limit`: most bytes that may be held. */
  constructor(readonly limit = Infinity) {}

  /** Bytes held by all. */
  get bytes(): number {
    return this.sum;
  }

  /** The share of a holder, which may have a limit of its own. Who asks again gets the same. */
  share(what: Holder, limit = Infinity): Share {
    const known = this.shares.get(what);
    if (known !== undefined) return known;
    const share = new Share(this, what, limit);
    this.shares.set(what, share);
    return share;
  }

  /** What is held, the most first. */
  held(): Held[] {
    return [...this.shares.values()]
      .filter(({ bytes }) => bytes > 0)
      .map(({ what, bytes }) => ({ what, bytes }))
      .sort((a, b) => b.bytes - a.bytes);
  }

  save(): LedgerState {
    return [...this.shares.values()].map(({ what, bytes }) => [what, bytes] as const);
  }

  restore(state: LedgerState): void {
    const saved = new Map(state);
    for (const share of this.shares.values()) share.put(saved.get(share.what) ?? 0);
  }

  /** Whether so many bytes more fit; shares that can give way do so before the answer is no. */
  fits(bytes: number): boolean {
    if (this.sum + bytes <= this.limit) return true;
    for (const share of this.shares.values()) share.giveWay();
    return this.sum + bytes <= this.limit;
  }

  /** For shares. */
  add(bytes: number): void {
    this.sum += bytes;
  }
}

/** Of the limit: as much as a process may have above it for what was dropped and not collected yet. Together with what a heap has above what it holds, a half. */
const LEFT_BEHIND = 3 / 8;

/** What one holder holds. */
export class Share {
  private held = 0;
  private gone = false;
  /** Set by a holder that can live without its memory: it drops it when others need it, and holds no more. */
  onGone: (() => void) | undefined;

  constructor(
    private readonly ledger: Ledger,
    readonly what: Holder,
    /** Most bytes of this share. */
    readonly limit: number,
  ) {}

  get bytes(): number {
    return this.held;
  }

  /** @throws OutOfMemory, ShareSpent */
  take(bytes: number): void {
    if (this.held + bytes > this.limit) this.giveWay();
    const fits = this.ledger.fits(bytes);
    if (this.gone) throw new ShareSpent(this.what);
    if (!fits) throw new OutOfMemory(bytes, this.ledger.limit);
    this.put(this.held + bytes);
  }

  giveBack(bytes: number): void {
    if (!this.gone) this.put(this.held - bytes);
  }

  /** Sets what is held, whatever the limits. */
  put(bytes: number): void {
    this.ledger.add(bytes - this.held);
    this.held = bytes;
  }

  /** Drops all, if the holder can. What is dropped may stay with the process for long: only so much of it is taken to be free. */
  giveWay(): void {
    if (this.onGone === undefined || this.gone) return;
    this.gone = true;
    this.onGone();
    this.put(Math.max(0, this.held - this.ledger.limit * LEFT_BEHIND));
  }
}
