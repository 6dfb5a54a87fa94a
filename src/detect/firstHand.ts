/**
 * This file remembers of each clock slot who learned of it last at first hand, from whoever had it, and up to which epoch. Whoever has waited for a thousand goroutines looks
 * at what they left, starts a thousand others that write over it, and lets those have the slots of the former ones: to search a list of a thousand for each of
 * them was half of such a run. Where there are very many slots not all are remembered, for it need not be known.
 */
import { Ledger, type Share } from '../base/ledger';
import { Room } from '../base/room';
import { type Knowledge, Lesson, Mark } from './knowledge';
import { Strand, type Strands } from './strands';

/** Words of a slot: which it is, the strand that learned of it, its own epoch in which it did, and the epoch up to which. */
const SLOT = 0;
const STRAND = 1;
const OWN = 2;
const EPOCH = 3;
const WORDS = 4;

/** Slots that are remembered at once: of two that differ by a multiple of it the one learned of last. A power of two. */
const MOST = 1 << 16;

export class FirstHand {
  private words: Int32Array = new Int32Array(0);
  private room: Room;

  constructor(
    private readonly knowledge: Knowledge,
    private readonly strands: Strands,
    private readonly share: Share = new Ledger().share('races'),
  ) {
    this.room = new Room(share);
  }

  /** Forgets all and gives the room back: of what follows nothing is kept. */
  drop(): void {
    this.words = new Int32Array(0);
    this.room = new Room(this.share);
  }

  /** Forgets all: strands may be others from now on. */
  forget(): void {
    this.words.fill(0, 0, this.room.words);
  }

  /** Who learned of a slot up to an epoch at first hand; 0: not all that is so is remembered. */
  learner(slot: number, epoch: number): number {
    const { words } = this;
    const at = placeOf(slot);
    return words[at + SLOT] === slot && words[at + EPOCH]! >= epoch ? words[at + STRAND]! : 0;
  }

  /** Whether a lesson is of what the learner of a slot published since it had learned of that. */
  isTaughtBy(learner: number, slot: number, lesson: number): boolean {
    const { words } = this.knowledge;
    const { words: strands } = this.strands;
    if (words[lesson + Lesson.Slot] !== strands[learner + Strand.Slot]) return false;
    const epoch = words[lesson + Lesson.Epoch]!;
    // What a later tenant of its slot published need not tell what it learned last.
    return epoch >= this.words[placeOf(slot) + OWN]! && epoch <= strands[learner + Strand.Epoch]!;
  }

  /** A strand has learned of a slot. @throws ShareSpent, OutOfMemory */
  note(me: number, slot: number, epoch: number): void {
    const at = placeOf(slot);
    if (at + WORDS > this.room.words) this.words = this.room.grow(this.words, at + WORDS);
    const { words } = this;
    if (words[at + SLOT] === slot && words[at + STRAND] === me && words[at + EPOCH]! >= epoch) return;
    words[at + SLOT] = slot;
    words[at + STRAND] = me;
    words[at + OWN] = this.strands.words[me + Strand.Epoch]!;
    words[at + EPOCH] = epoch;
  }

  /** A strand has learned a list of lessons. Each is looked at for the first who learns it: so that takes no longer than it took to make the list. @throws ShareSpent, OutOfMemory */
  noteAll(me: number, list: number): void {
    const { words } = this.knowledge;
    for (let at = list; at !== 0 && (words[at + Lesson.Marks]! & Mark.Noted) === 0; at = words[at + Lesson.Before]!) {
      words[at + Lesson.Marks]! |= Mark.Noted;
      if (words[at + Lesson.Slot]! > 0) this.note(me, words[at + Lesson.Slot]!, words[at + Lesson.Epoch]!);
    }
  }
}

function placeOf(slot: number): number {
  return (slot & (MOST - 1)) * WORDS;
}
