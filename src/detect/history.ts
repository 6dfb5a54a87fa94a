/**
 * This file remembers what goroutines knew before they learned more: whoever explains a race asks what was known at the earlier access. It remembers that for a
 * while; and for good in the epochs that a run before this one has found to be asked for later.
 */
import { Ledger, type Share } from '../base/ledger';

/** Most entries; the oldest are overwritten. A power of two. */
const MOST = 1 << 16;
const FIRST = 256;
/** Words of an entry: the strand, the event by which it learned, the lesson that was its latest before (-1: forgotten). */
const WORDS = 3;

export const FORGOTTEN = -1;

/** An epoch of a goroutine in which it made an access, as every run of the same choices has it. */
export interface PastAccess {
  readonly g: number;
  /** Epochs of the goroutine that had ended. */
  readonly ended: number;
}

/** What a strand knew from one event to before another. */
interface Kept {
  readonly strand: number;
  readonly from: number;
  readonly until: number;
  readonly lesson: number;
}

/** So many epochs may end by one event before something is learned by it. */
const ONE_EVENT = 2;
/** Bytes of a {@link Kept}, and of a {@link PastAccess}. */
const KEPT_BYTES = 80;

export class History {
  private words = new Int32Array(0);
  /** Entries ever written, and those of them that tell of no lesson any more. */
  private written = 0;
  private forgotten = 0;
  /** By goroutine: its epochs that are asked for later, and the one in which it was told of last. */
  private readonly asked = new Map<number, { readonly ended: Set<number>; latest: number }>();
  private kept: Kept[] = [];

  /** `asked`: accesses of which is kept for good what was known at them. */
  constructor(
    private readonly share: Share = new Ledger().share('races'),
    asked: readonly PastAccess[] = [],
  ) {
    this.share.take(asked.length * KEPT_BYTES);
    for (const { g, ended } of asked) {
      const epochs = this.asked.get(g) ?? { ended: new Set(), latest: 0 };
      epochs.ended.add(ended);
      this.asked.set(g, epochs);
    }
  }

  drop(): void {
    this.words = new Int32Array(0);
    this.written = this.forgotten = 0;
    this.asked.clear();
    this.kept = [];
  }

  /** Whether anything is kept for good. */
  get keeps(): boolean {
    return this.asked.size > 0;
  }

  /**
   * Keeps what a strand knew until now, if that is asked for later. `from`: the event by which it learned that; `ended`: how many of the goroutine's epochs have ended.
   * To be told each time before the strand learns, and when it ends.
   */
  keep(strand: number, g: number, ended: number, from: number, until: number, lesson: number): void {
    const asked = this.asked.get(g);
    if (asked === undefined) return;
    let isAsked = false;
    for (let epoch = asked.latest - ONE_EVENT; epoch <= ended && !isAsked; epoch++) isAsked = asked.ended.has(epoch);
    asked.latest = ended;
    if (!isAsked) return;
    this.share.take(KEPT_BYTES);
    this.kept.push({ strand, from, until, lesson });
  }

  /** Lessons that are kept for good. */
  *lessons(): Iterable<number> {
    for (const { lesson } of this.kept) if (lesson > 0) yield lesson;
  }

  /** Forgets all lessons but those, though not that something was learned. */
  forget(): void {
    this.forgotten = this.written;
  }

  /** A strand learns by an event; `knew` was its latest lesson. @throws ShareSpent, OutOfMemory */
  note(strand: number, event: number, knew: number): void {
    if (this.written * WORDS === this.words.length && this.written < MOST) this.grow();
    const { words } = this;
    const at = (this.written++ & (words.length / WORDS - 1)) * WORDS;
    words[at] = strand;
    words[at + 1] = event;
    words[at + 2] = knew;
  }

  /** The latest lesson of a strand after an event, since which it has learned more; {@link FORGOTTEN}, too, when that is not remembered. */
  knownAt(strand: number, event: number): number {
    const lately = this.knownLately(strand, event);
    if (lately !== FORGOTTEN) return lately;
    const kept = this.kept.find((one) => one.strand === strand && one.from <= event && event < one.until);
    return kept?.lesson ?? FORGOTTEN;
  }

  private knownLately(strand: number, event: number): number {
    const { words, written } = this;
    const entries = words.length / WORDS;
    let knew = FORGOTTEN;
    for (let i = written - 1; i >= Math.max(0, written - entries); i--) {
      const at = (i & (entries - 1)) * WORDS;
      if (words[at + 1]! <= event) return knew;
      if (words[at] === strand) knew = i < this.forgotten ? FORGOTTEN : words[at + 2]!;
    }
    return written <= entries ? knew : FORGOTTEN;
  }

  private grow(): void {
    const { words } = this;
    const length = Math.max(FIRST * WORDS, words.length * 2);
    this.share.take((length - words.length) * 4);
    this.words = new Int32Array(length);
    this.words.set(words);
  }
}
