/**
 * This file searches the graph of lessons (knowledge.ts): whether an epoch follows from a lesson, or all that does.
 *
 * It goes backwards in time, always on from what was learned latest (Dijkstra 1959, with events for distances), for two reasons. Nothing that was learned
 * before the event asked for can know of it, so a search ends there: most ask for what has just happened. And of each clock slot the latest epoch is met
 * first, mostly, so that earlier ones of the same goroutine need not be followed: who knows an epoch knows the ones before it.
 *
 * A search that was long leaves a *vector* where it pays: all that follows from one lesson, by slot, at which later searches end. Vectors are made only after
 * as many steps in vain as making one costs, so that they are never more than half of the work; and only the latest are kept.
 *
 * **A vector may only ever answer yes.** What it says is so, but it does not say all. After a condensation a list may be cut off where lists beside it tell the rest (Mark.Whole):
 * what follows from a lesson is then more than what is met from there on. Who searches from further up comes by those lists, and would not if he took the vector's
 * word for what its lesson leads to. So a search that has met a vector and found nothing is asked again without: {@link Search.find}.
 */
import { Ledger, type Share } from '../base/ledger';
import { END, type Knowledge, Lesson, Mark, Rest, restOf } from './knowledge';
import type { Strands } from './strands';

/** Integers in all vectors that are kept, unless a single one is larger. */
const MOST_COMPONENTS = 1 << 20;
/** Steps of a search that are not counted as long. */
const SHORT = 24;
/** Components of a vector that cost as much as one step. */
const COMPONENTS_A_STEP = 8;
const FEWEST_STEPS = 256;
const FIRST_SLOTS = 64;
const BYTES_OF_A_SLOT = 20;
const MANY_SLOTS = 1 << 14;
const FIRST_PENDING = 64;

export class Search {
  /** Lessons looked at by the latest search. */
  steps = 0;
  /** At least so many steps of long searches before a vector is made. */
  patience = FEWEST_STEPS;
  /** After a search for all: the lessons met, those learned latest first. */
  met = new Int32Array(FIRST_SLOTS);
  /** Lists that it left because others tell all that they do. */
  left = 0;
  /** By slot: in which search its epoch was found, the epoch, and in which lesson. */
  private stamps = new Int32Array(0);
  private known = new Int32Array(0);
  /** From which epoch on all that follows from those up to the one found has been met, or will be: what a former tenant of the slot did, the later one has learned from others. */
  private floors = new Int32Array(0);
  private lessons = new Int32Array(0);
  /** Up to which epoch all that its goroutine knew is told by lessons beside this one (Mark.Whole). */
  private wholes = new Int32Array(0);
  /** A heap of lessons to go on from, by the event at which they were learned. Its complement: only what the lesson says itself is wanted. */
  private pending = new Int32Array(FIRST_PENDING);
  private keys = new Int32Array(FIRST_PENDING);
  private count = 0;
  private number = 0;
  /** By lesson. */
  private readonly vectors = new Map<number, Int32Array>();
  private components = 0;
  /** Those that the latest search has met. */
  private readonly hits: Int32Array[] = [];
  /** Of the latest search: lessons in the longest list that it met, and where that began. */
  private longest = 0;
  private widest = 0;
  /** Where the latest search began. */
  private first = 0;
  /** Steps of long searches since the last vector was made. */
  private toil = 0;
  /** Whether the search ends at vectors. */
  private heedsVectors = true;

  constructor(
    private readonly knowledge: Knowledge,
    private readonly strands: Strands,
    private readonly share: Share = new Ledger().share('races'),
  ) {}

  drop(): void {
    this.stamps = this.known = this.floors = this.lessons = this.wholes = new Int32Array(0);
    this.vectors.clear();
    this.components = this.toil = 0;
  }

  /**
   * Whether an epoch of a slot follows from a lesson. `event`: one of that epoch. @returns the latest epoch met that is not before it; 0: it does not follow;
   * -1: it has not been found, neither within so many steps nor, unless there is no end to them, without the vectors.
   */
  find(lesson: number, slot: number, epoch: number, event: number, most = Infinity): number {
    const found = this.run(lesson, slot, epoch, event, most);
    this.first = lesson;
    if (this.steps > SHORT) this.toil += this.steps;
    if (found !== 0 || this.hits.length === 0) return found;
    return most < Infinity ? -1 : this.findWithout(lesson, slot, epoch, event);
  }

  /** The same without vectors. Its steps are no reason to make another one, which would not have spared them. */
  private findWithout(lesson: number, slot: number, epoch: number, event: number): number {
    this.heedsVectors = false;
    const found = this.run(lesson, slot, epoch, event, Infinity);
    this.heedsVectors = true;
    return found;
  }

  /** Finds all that follows from a lesson: {@link met}, {@link taught}. */
  all(lesson: number): void {
    this.left = 0;
    this.run(lesson, 0, 0, -1, Infinity);
  }

  /** After {@link all}: up to which epoch a slot is known. */
  epochOf(slot: number): number {
    return this.stamps[slot] === this.number ? this.known[slot]! : 0;
  }

  /** After {@link all}: the lessons from which all follows, of each slot one, those learned latest first. */
  taught(): Int32Array {
    const taught = new Int32Array(this.countTaught());
    let count = 0;
    // A typed array's own filter makes an ordinary array first.
    for (let i = 0; i < this.steps; i++) if (this.isTaught(this.met[i]!)) taught[count++] = this.met[i]!;
    return taught;
  }

  /** How many those are. */
  countTaught(): number {
    let count = 0;
    for (let i = 0; i < this.steps; i++) if (this.isTaught(this.met[i]!)) count++;
    return count;
  }

  private isTaught(lesson: number): boolean {
    const slot = this.knowledge.words[lesson + Lesson.Slot]!;
    return slot > 0 && this.lessons[slot] === lesson;
  }

  /** Makes room for so many slots. @throws ShareSpent, OutOfMemory */
  reserve(slots: number): void {
    if (slots < this.stamps.length) return;
    const length = Math.max(FIRST_SLOTS, slots + (slots >> 1));
    this.share.take((length - this.stamps.length) * BYTES_OF_A_SLOT);
    // What earlier searches have found nobody asks for any more.
    this.stamps = new Int32Array(length);
    this.known = new Int32Array(length);
    this.floors = new Int32Array(length);
    this.lessons = new Int32Array(length);
    this.wholes = new Int32Array(length);
  }

  /** Gives back what it takes for each slot, if that is much: whoever searches from now on for what is near comes by few. */
  release(): void {
    if (this.stamps.length < MANY_SLOTS) return;
    this.share.giveBack(this.stamps.length * BYTES_OF_A_SLOT + (this.met.length - FIRST_SLOTS) * 4);
    this.stamps = this.known = this.floors = this.lessons = this.wholes = new Int32Array(0);
    this.met = new Int32Array(FIRST_SLOTS);
  }

  /** After a {@link find}: makes a vector of the longest list it met, if searches have been long enough for that. @returns whether it has. @throws ShareSpent, OutOfMemory */
  settle(slots: number): boolean {
    if (this.toil < this.patience || this.toil * COMPONENTS_A_STEP < slots) return false;
    this.toil = 0;
    const { words } = this.knowledge;
    const lesson = this.placeOfVector();
    if ((words[lesson + Lesson.Marks]! & Mark.Vector) !== 0) return false;
    this.all(lesson);
    this.toil = -this.steps;
    this.keep(lesson, slots);
    return true;
  }

  /**
   * Where a vector spares later searches most. If the latest search spent its time in one long list, there: others will come by it. Else at what the strand has learned
   * last, as far as it had that from others, for they may have it from the same; and if there is one already, at the lesson itself.
   */
  private placeOfVector(): number {
    if (this.longest * 2 > this.steps) return this.widest;
    const { words } = this.knowledge;
    const of = words[this.first + Lesson.Of]!;
    return of === 0 || (words[of + Lesson.Marks]! & Mark.Vector) !== 0 ? this.first : of;
  }

  forgetVectors(): void {
    for (const lesson of this.vectors.keys()) this.forget(lesson);
  }

  private keep(lesson: number, slots: number): void {
    for (const old of this.vectors.keys()) {
      if (this.components + slots < MOST_COMPONENTS) break;
      this.forget(old);
    }
    this.share.take((slots + 1) * 4);
    const vector = new Int32Array(slots + 1);
    for (let slot = 1; slot <= slots; slot++) vector[slot] = this.epochOf(slot);
    this.vectors.set(lesson, vector);
    this.components += vector.length;
    this.knowledge.words[lesson + Lesson.Marks]! |= Mark.Vector;
  }

  private forget(lesson: number): void {
    const { length } = this.vectors.get(lesson)!;
    this.vectors.delete(lesson);
    this.components -= length;
    this.share.giveBack(length * 4);
    this.knowledge.words[lesson + Lesson.Marks]! &= ~Mark.Vector;
  }

  /** Lessons from `first` on, backwards. Long because it is the one loop in which all time of a search is spent. */
  private run(first: number, slot: number, epoch: number, event: number, most: number): number {
    const search = this.begin();
    const { knowledge, stamps, known, floors, wholes, lessons, heedsVectors } = this;
    const { words, rests } = knowledge;
    this.ownIsKnown(rests[restOf(first) + Rest.Owner]!, rests[restOf(first) + Rest.Own]!);
    let at = first;
    /** Not 0: what comes after the lesson at hand, instead of what is before it (Lesson.Beyond). */
    let beyond = 0;
    let steps = 0;
    /** Lessons met in a row since `start`. */
    let run = 0;
    let start = first;
    for (;;) {
      if (slot === 0) this.meet(at, steps);
      if (++steps > most) break;
      const marks = words[at + Lesson.Marks]!;
      words[at + Lesson.Marks] = (marks & Mark.Flags) | (search << Mark.Shift);
      // What a lesson says that is whole is said by those beside it: they are wanted, too.
      if ((marks & Mark.Whole) !== 0) beyond = 0;
      let before = beyond === 0 ? words[at + Lesson.Before]! : Math.max(0, beyond);
      beyond = beyond === 0 ? rests[restOf(at) + Rest.Beyond]! : 0;
      if ((marks & Mark.Vector) !== 0 && heedsVectors) {
        const vector = this.vectors.get(at)!;
        if (slot === 0) this.join(vector, search);
        else if (slot < vector.length && vector[slot]! >= epoch) return this.end(steps, run, start, vector[slot]!);
        this.hits.push(vector);
        before = beyond = 0;
      } else {
        const from = words[at + Lesson.Slot]!;
        const until = words[at + Lesson.Epoch]!;
        const of = words[at + Lesson.Of]!;
        const ofBeyond = rests[restOf(at) + Rest.OfBeyond]!;
        if (from < 0) this.follow(of, 0, event, search);
        else {
          if (from === slot && until >= epoch) return this.end(steps, run, start, until);
          const isWhole = (marks & Mark.Whole) !== 0;
          const isNew = stamps[from] !== search;
          const isMet = !isNew && (known[from]! > until || (known[from] === until && this.isAs(from, of, ofBeyond)));
          // What is zero is left alone: few are not, and what was never written to takes no memory.
          if (isNew && wholes[from] !== 0) wholes[from] = 0;
          if (!isMet) {
            stamps[from] = search;
            known[from] = until;
            floors[from] = isWhole ? 0 : this.strands.firstOf(from, until);
            lessons[from] = at;
          }
          if (isWhole) wholes[from] = Math.max(wholes[from]!, until);
          else if (
            of !== 0 &&
            from !== slot &&
            words[at + Lesson.Event]! >= event &&
            (!isMet || floors[from]! > until)
          ) {
            this.follow(of, ofBeyond, event, search);
          }
        }
      }
      if (beyond !== 0 && (before === 0 || !this.isWanted(before, event, search))) {
        before = Math.max(0, beyond);
        beyond = 0;
      }
      if (before !== 0 && this.isWanted(before, event, search)) {
        const learned = words[before + Lesson.Learned]!;
        if (this.count === 0 || this.keys[0]! <= learned) {
          at = before;
          run++;
          continue;
        }
        this.push(beyond === 0 ? before : ~before, learned);
        if (beyond > 0) this.follow(beyond, 0, event, search);
      }
      // The list ends here, or others come first.
      this.measure(run, start);
      do {
        if (this.count === 0) return this.end(steps, run, start, 0);
        const next = this.pop();
        beyond = next < 0 ? END : 0;
        at = next < 0 ? ~next : next;
      } while (!this.isWanted(at, event, search));
      start = at;
      run = 0;
    }
    return this.end(steps, run, start, -1);
  }

  /** Whose list it is has not forgotten what it knew when it published before: others tell of that as of something new. */
  private ownIsKnown(owner: number, epoch: number): void {
    if (owner === 0) return;
    this.stamps[owner] = this.number;
    this.known[owner] = epoch - 1;
    this.floors[owner] = this.strands.firstOf(owner, epoch);
    this.lessons[owner] = 0;
    this.wholes[owner] = 0;
  }

  /** Whether the lesson met for a slot leads to the same: of two that speak of one epoch, one may have been cut off where others tell the rest (condense.ts). */
  private isAs(slot: number, of: number, beyond: number): boolean {
    const lesson = this.lessons[slot]!;
    const { words, rests } = this.knowledge;
    return lesson === 0 || (words[lesson + Lesson.Of] === of && rests[restOf(lesson) + Rest.OfBeyond] === beyond);
  }

  private end(steps: number, run: number, start: number, found: number): number {
    this.measure(run, start);
    this.steps = steps;
    return found;
  }

  private measure(run: number, start: number): void {
    if (run <= this.longest) return;
    this.longest = run;
    this.widest = start;
  }

  /** Whether a lesson, and those before it, can teach anything new. */
  private isWanted(lesson: number, event: number, search: number): boolean {
    const { words, rests } = this.knowledge;
    if (words[lesson + Lesson.Learned]! < event || words[lesson + Lesson.Marks]! >>> Mark.Shift === search)
      return false;
    const rest = restOf(lesson);
    const isTold = this.isTold(rests[rest + Rest.Owner]!, rests[rest + Rest.Own]!);
    if (isTold) this.left++;
    return !isTold;
  }

  /** Whether all that the owner of a list had learned up to an epoch is met elsewhere. */
  private isTold(owner: number, epoch: number): boolean {
    if (owner === 0) return false;
    if (this.stamps[owner] === this.number && this.wholes[owner]! >= epoch) return true;
    for (const vector of this.hits) if (owner < vector.length && vector[owner]! >= epoch) return true;
    return false;
  }

  private begin(): number {
    const number = this.knowledge.nextSearch();
    if (number < this.number) this.stamps.fill(0);
    this.number = number;
    this.count = this.longest = this.hits.length = 0;
    return number;
  }

  /** Goes on from a list later: from its first, of which only what it says itself is wanted where something is beyond it, and from that. */
  private follow(first: number, beyond: number, event: number, search: number): void {
    if (first !== 0) this.put(first, beyond === 0 ? first : ~first, event, search);
    if (beyond > 0) this.put(beyond, beyond, event, search);
  }

  private put(lesson: number, wanted: number, event: number, search: number): void {
    const { words } = this.knowledge;
    const learned = words[lesson + Lesson.Learned]!;
    if (learned >= event && words[lesson + Lesson.Marks]! >>> Mark.Shift !== search) this.push(wanted, learned);
  }

  private join(vector: Int32Array, search: number): void {
    const { stamps, known } = this;
    for (let slot = 1; slot < vector.length; slot++) {
      const epoch = vector[slot]!;
      if (epoch === 0 || (stamps[slot] === search && known[slot]! >= epoch)) continue;
      stamps[slot] = search;
      known[slot] = epoch;
      this.floors[slot] = 0;
      this.lessons[slot] = 0;
    }
  }

  private meet(lesson: number, number: number): void {
    if (number === this.met.length) {
      this.share.take(number * 4);
      this.met = grown(this.met, number * 2);
    }
    this.met[number] = lesson;
  }

  // ---------------------------------------------------------------- the heap

  private push(lesson: number, key: number): void {
    if (this.count === this.pending.length) {
      this.share.take(this.count * 8);
      this.pending = grown(this.pending, this.count * 2);
      this.keys = grown(this.keys, this.count * 2);
    }
    const { pending, keys } = this;
    let at = this.count++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent]! >= key) break;
      pending[at] = pending[parent]!;
      keys[at] = keys[parent]!;
      at = parent;
    }
    pending[at] = lesson;
    keys[at] = key;
  }

  private pop(): number {
    const { pending, keys } = this;
    const first = pending[0]!;
    const count = --this.count;
    const lesson = pending[count]!;
    const key = keys[count]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= count) break;
      if (child + 1 < count && keys[child + 1]! > keys[child]!) child++;
      if (keys[child]! <= key) break;
      pending[at] = pending[child]!;
      keys[at] = keys[child]!;
      at = child;
    }
    pending[at] = lesson;
    keys[at] = key;
    return first;
  }
}

function grown(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(length);
  next.set(array);
  return next;
}
