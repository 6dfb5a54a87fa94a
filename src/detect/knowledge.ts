/**
 * This file keeps what is known of what others have done: a graph of *lessons*, which are shared and of which nothing is copied. A lesson says: up to
 * this epoch of that clock slot, and with it all that the goroutine there knew when it ended the epoch, which is another lesson; and before this one I had
 * learned that one. So what a goroutine knows is one number, the lesson it learned last; to publish it is to write the number down, and to acquire it is one
 * new lesson, whatever the number of goroutines. Who has to know whether an epoch is covered searches (search.ts).
 */
import { Ledger, type Share } from '../base/ledger';
import { Room } from '../base/room';

/** Words of a lesson. It is named by the index of its first; 0 is none, and teaches nothing. */
export const enum Lesson {
  /** What was learned before, by the same goroutine: later ones come first. */
  Before = 0,
  /**
   * 0: after the lesson before comes what comes before that. Otherwise only what that one says itself is left of it, and what was learned before that is here; {@link END}:
   * nothing. So a list in which two take turns stays short, and whoever has an older end of it still has it whole.
   */
  Beyond = 1,
  /** Clock slot of who published it; {@link MERGED}: several did, of whom `Of` tells. Of a clock that holds nothing: 0. */
  Slot = 2,
  /** The epoch that the publication ended. */
  Epoch = 3,
  /** What was known to who published it; with the same two meanings of what is beyond. */
  Of = 4,
  OfBeyond = 5,
  /** Event by which it was learned. None learned before is of a later one. */
  Learned = 6,
  /** Clock slot of who learned it, and its epoch at that event. 0: nobody did, it is in the list of an object. */
  Owner = 7,
  Own = 8,
  /** The publication: event, instruction, kind. */
  Event = 9,
  Pc = 10,
  /** Kind of the event in the lowest byte, then the flags, above them the number of the search that came by last. */
  Marks = 11,
  Words = 12,
}

export const enum Mark {
  Kind = 0xff,
  /** It has a vector (search.ts). */
  Vector = 0x100,
  /** All that follows from it is said beside it, in lessons of their own (condense.ts): whoever wants only what it says itself wants those, too. */
  Whole = 0x200,
  /** Looked at by the present condensation. */
  Seen = 0x400,
  /** Kept by it. */
  Kept = 0x800,
  /** Of a list: somebody has learned it (firstHand.ts). */
  Noted = 0x1000,
  /** All of the above. */
  Flags = 0x1fff,
  /** Of the number of the search. */
  Shift = 13,
}

export const MERGED = -1;
export const END = -1;

const BEYOND = [Lesson.Beyond, Lesson.OfBeyond] as const;

const MOST_SEARCHES = 1 << 19;

export class Knowledge {
  words: Int32Array = new Int32Array(0);
  /** First word that was never used. */
  end: number = Lesson.Words;
  /** Lessons in use. */
  count = 0;
  /** Lessons that are free, by way of `Before`. */
  private free = 0;
  private searches = 0;
  private room: Room;

  constructor(private readonly share: Share = new Ledger().share('races')) {
    this.room = new Room(share);
  }

  drop(): void {
    this.words = new Int32Array(0);
    this.room = new Room(this.share);
    this.end = Lesson.Words;
    this.free = this.count = 0;
  }

  /** A lesson, of which the caller writes all words. {@link words} may be another array then. @throws ShareSpent, OutOfMemory */
  add(): number {
    this.count++;
    const lesson = this.free;
    if (lesson !== 0) {
      this.free = this.words[lesson + Lesson.Before]!;
      return lesson;
    }
    const at = this.end;
    const end = at + Lesson.Words;
    if (end > this.room.words) this.words = this.room.grow(this.words, end);
    this.end = end;
    return at;
  }

  /** The number of a search, which no lesson has. */
  nextSearch(): number {
    if (++this.searches === MOST_SEARCHES) {
      this.searches = 1;
      const { words, end } = this;
      for (let at = Lesson.Words as number; at < end; at += Lesson.Words) words[at + Lesson.Marks]! &= Mark.Flags;
    }
    return this.searches;
  }

  /** The numbers of two searches, neither of which a lesson has. */
  nextSearches(): readonly [number, number] {
    const first = this.nextSearch();
    const second = this.nextSearch();
    // The second may have begun anew.
    return second > first ? [first, second] : [second, this.nextSearch()];
  }

  /** Frees all lessons that are not marked as kept. */
  sweep(): void {
    const { words, end } = this;
    const isKept = (lesson: number): boolean => (words[lesson + Lesson.Marks]! & Mark.Kept) !== 0;
    for (let at: number = Lesson.Words; at < end; at += Lesson.Words) {
      if (!isKept(at)) continue;
      if (!isKept(words[at + Lesson.Before]!)) words[at + Lesson.Before] = 0;
      if (!isKept(words[at + Lesson.Of]!)) words[at + Lesson.Of] = 0;
      for (const place of BEYOND) if (words[at + place]! > 0 && !isKept(words[at + place]!)) words[at + place] = END;
    }
    this.free = this.count = 0;
    for (let at = end - Lesson.Words; at > 0; at -= Lesson.Words) {
      if (isKept(at)) {
        words[at + Lesson.Marks]! &= ~(Mark.Seen | Mark.Kept);
        this.count++;
      } else {
        words[at + Lesson.Before] = this.free;
        this.free = at;
      }
    }
  }
}
