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
  /** What was learned before, by the same goroutine: later ones come first. See {@link Rest.Beyond}. */
  Before = 0,
  /** Clock slot of who published it; {@link MERGED}: several did, of whom `Of` tells. Of a clock that holds nothing: 0. */
  Slot = 1,
  /** The epoch that the publication ended. */
  Epoch = 2,
  /** What was known to who published it. See {@link Rest.OfBeyond}. */
  Of = 3,
  /** Event by which it was learned, or that of the publication where nobody's list begins with it. None learned before is of a later one, nor is anything that follows from it. */
  Learned = 4,
  /** The publication: event, instruction, kind. */
  Event = 5,
  Pc = 6,
  /** Kind of the event in the lowest byte, then the flags, above them the number of the search that came by last. */
  Marks = 7,
  Words = 8,
}

/**
 * What only a lesson in a list of somebody's may say besides. Most are in the list of an object, or are all that those know who learned them: of these it is all 0, is never
 * written to, and takes no memory.
 */
export const enum Rest {
  /**
   * 0: after the lesson before comes what comes before that. Otherwise only what that one says itself is left of it, and what was learned before that is here; {@link END}:
   * nothing. So a list in which two take turns stays short, and whoever has an older end of it still has it whole.
   */
  Beyond = 0,
  /** The same of what was known to who published it. */
  OfBeyond = 1,
  /** Clock slot of who learned it, and its epoch at that event. 0: nobody did, or several. */
  Owner = 2,
  Own = 3,
}

/** Where the rest of a lesson stands in {@link Knowledge.rests}. */
export function restOf(lesson: number): number {
  return lesson >> 1;
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

const MOST_SEARCHES = 1 << 19;

/** Lessons of a chunk, 2^8, which are all of the same sort. Their rests are a page of memory. */
const CHUNK_WORDS = Lesson.Words << 8;
const REST_BYTES = CHUNK_WORDS * 2;

/** Whether a lesson has a rest. */
const enum Sort {
  Bare = 0,
  Owned = 1,
}

/** Of the chunks of one sort. */
interface Chunks {
  /** First word in the newest of them that was never used, and its end. */
  next: number;
  end: number;
  /** Lessons that are free, by way of `Before`. */
  free: number;
}

export class Knowledge {
  words: Int32Array = new Int32Array(0);
  /** By lesson ({@link restOf}). Those of bare lessons are 0. */
  rests: Int32Array = new Int32Array(0);
  /** Behind the last chunk. */
  end = 0;
  /** Lessons in use. */
  count = 0;
  /** By chunk: its sort, and whether lessons in it have ever had rests. */
  private sorts: Sort[] = [];
  private hasRests: boolean[] = [];
  private chunks: readonly [bare: Chunks, owned: Chunks] = noChunks();
  /** Where chunks begin in which no lesson is. */
  private spare: number[] = [];
  private searches = 0;
  private room: Room;

  constructor(private readonly share: Share = new Ledger().share('races')) {
    this.room = new Room(share);
  }

  drop(): void {
    this.words = this.rests = new Int32Array(0);
    this.room = new Room(this.share);
    this.sorts = [];
    this.hasRests = [];
    this.spare = [];
    this.chunks = noChunks();
    this.end = this.count = 0;
  }

  /** A lesson of nobody's, of which the caller writes all words. {@link words} and {@link rests} may be other arrays then. @throws ShareSpent, OutOfMemory */
  add(): number {
    return this.take(Sort.Bare);
  }

  /** A lesson of somebody's: the caller writes its rest, too. */
  addOwned(): number {
    return this.take(Sort.Owned);
  }

  private take(sort: Sort): number {
    const chunks = this.chunks[sort];
    const lesson = chunks.free;
    if (lesson !== 0) chunks.free = this.words[lesson + Lesson.Before]!;
    else if (chunks.next === chunks.end) this.addChunk(sort);
    this.count++;
    if (lesson !== 0) return lesson;
    const at = chunks.next;
    chunks.next = at + Lesson.Words;
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
    this.forgetFreed();
    this.count = this.spare.length = 0;
    for (const chunks of this.chunks) chunks.free = 0;
    // Those that come first are to be used first.
    for (let chunk = this.sorts.length - 1; chunk >= 0; chunk--) this.sweepChunk(chunk);
  }

  private isKept(lesson: number): boolean {
    return (this.words[lesson + Lesson.Marks]! & Mark.Kept) !== 0;
  }

  /** Lessons no longer lead to those that are not kept. */
  private forgetFreed(): void {
    const { words, rests, end } = this;
    for (let at: number = Lesson.Words; at < end; at += Lesson.Words) {
      if (!this.isKept(at)) continue;
      if (!this.isKept(words[at + Lesson.Before]!)) words[at + Lesson.Before] = 0;
      if (!this.isKept(words[at + Lesson.Of]!)) words[at + Lesson.Of] = 0;
      const rest = restOf(at);
      if (rests[rest + Rest.Beyond]! > 0 && !this.isKept(rests[rest + Rest.Beyond]!)) rests[rest + Rest.Beyond] = END;
      if (rests[rest + Rest.OfBeyond]! > 0 && !this.isKept(rests[rest + Rest.OfBeyond]!))
        rests[rest + Rest.OfBeyond] = END;
    }
  }

  private sweepChunk(chunk: number): void {
    const { words } = this;
    const sort = this.sorts[chunk]!;
    const chunks = this.chunks[sort];
    const first = Math.max(Lesson.Words, chunk * CHUNK_WORDS);
    const end = (chunk + 1) * CHUNK_WORDS;
    const used = end === chunks.end ? chunks.next : end;
    const free = chunks.free;
    let kept = 0;
    for (let at = used - Lesson.Words; at >= first; at -= Lesson.Words) {
      if (this.isKept(at)) {
        words[at + Lesson.Marks]! &= ~(Mark.Seen | Mark.Kept);
        kept++;
      } else {
        words[at + Lesson.Before] = chunks.free;
        chunks.free = at;
        if (sort === Sort.Owned) this.rests.fill(0, restOf(at), restOf(at + Lesson.Words));
      }
    }
    this.count += kept;
    if (kept > 0 || end === chunks.end) return;
    chunks.free = free;
    this.spare.push(first);
  }

  private addChunk(sort: Sort): void {
    const chunks = this.chunks[sort];
    const at = this.spare.pop() ?? this.makeChunk();
    const chunk = Math.floor(at / CHUNK_WORDS);
    if (sort === Sort.Owned && this.hasRests[chunk] !== true) {
      this.share.take(REST_BYTES);
      this.hasRests[chunk] = true;
    }
    this.sorts[chunk] = sort;
    chunks.next = at;
    chunks.end = (chunk + 1) * CHUNK_WORDS;
  }

  private makeChunk(): number {
    const at = this.end;
    const end = at + CHUNK_WORDS;
    if (end > this.room.words) this.words = this.room.grow(this.words, end);
    if (restOf(this.words.length) > this.rests.length) this.moveRests(restOf(this.words.length));
    this.end = end;
    return Math.max(Lesson.Words, at);
  }

  /** To copy zeroes would be to write to what takes no memory yet. */
  private moveRests(length: number): void {
    const rests = new Int32Array(length);
    this.hasRests.forEach((has, chunk) => {
      if (has) rests.set(this.rests.subarray(restOf(chunk * CHUNK_WORDS), restOf((chunk + 1) * CHUNK_WORDS)), restOf(chunk * CHUNK_WORDS)); // prettier-ignore
    });
    this.rests = rests;
  }
}

function noChunks(): [Chunks, Chunks] {
  return [
    { next: 0, end: 0, free: 0 },
    { next: 0, end: 0, free: 0 },
  ];
}
