/**
 * This file drops lessons that nobody needs any more, and shortens the way to those that are left. It does so when there are twice as many as were left the last time, or more
 * where that took long: the steps of a condensation are paid for by the lessons that come after.
 *
 * To keep what can be reached from the latest lessons of strands that run and from the clocks of objects would keep the past for ever: two goroutines that send each
 * other messages each know a message that knows the one before. So it keeps what a search for all that follows comes by, which leaves out what is told
 * elsewhere; and where the way is much longer than what is found, the lesson is replaced by all that follows, one lesson a clock slot. Those with the oldest
 * lessons come first, for the way of the others mostly leads by them and ends there. The work is limited by the number of lessons: when there has been too much of
 * it, all that can be reached is kept of the rest, and less is done the next time, for a step costs more than a lesson does. Only when that has left more than a million lessons is more
 * done, until it can be finished. So of a circle of goroutines that learn of each other two or three million lessons are kept at most, or the square of their number, however
 * long it goes on; where all learn of all, summary.ts works out what each knows, unless that would be more than there is. Nothing of what anybody knows now changes; what was known
 * earlier is forgotten (history.ts).
 *
 * **Why cutting is exact.** A list is left where a lesson marked as whole tells all that its owner knew, by lessons beside it, and whoever learns from the list learns those,
 * too. A lesson may lose what it leads to only where the same epoch of the slot, or a later one, is met as well; so a search never takes one of two lessons
 * of the same epoch for the other unless they lead to the same.
 */
import { Interrupt } from '../base/interrupt';
import { Ledger, type Share } from '../base/ledger';
import { Clock, type Clocks } from './clocks';
import type { Common } from './common';
import { FORGOTTEN, type History } from './history';
import { type Knowledge, Lesson, Mark, MERGED, Rest, restOf } from './knowledge';
import type { Search } from './search';
import { Strand, type Strands } from './strands';
import { Summaries } from './summary';

const FEWEST = 1 << 17;
/** Steps for each lesson that there is: at first, and where more were in vain. */
const STEPS_A_LESSON = 2;
const FEWEST_STEPS = 1 / 16;
/** More of them after each time that they did not do. */
const MORE = 4;
/** Most steps in all. */
const MOST_STEPS = 1 << 24;
/** So many lessons for each of the latest ones are few. */
const FEW = 8;
/** Times the least that pays: so many lessons are many. */
const MANY = 8;
/** Steps that are paid for by one new lesson. */
const PAID = 8;
/** So many steps for what could be one are too many. */
const LONG = 3;
/** More places than this are not sorted. */
const MOST_SORTED = 1 << 16;
const FIRST_PENDING = 256;
/** One in so many clocks that hold anything pays for looking at all if it is cleared; and so many times at most they are not looked at. */
const CLOCKS_CLEARED = 16;
const MOST_BETWEEN = 64;
/** In units of an interrupt: of a lesson or a strand that is looked at. */
const WORK_OF_A_LOOK = 5;

export class Condensation {
  /** There are to be more lessons than this before it pays; at least so many. */
  due = FEWEST;
  fewest = FEWEST;
  /** Steps for each lesson. */
  zeal = STEPS_A_LESSON;
  /** Steps that are left. */
  private steps = 0;
  /** Lessons to be kept with what they lead to; complements of those that lead nowhere. */
  private pending = new Int32Array(FIRST_PENDING);
  private pendingCount = 0;
  /** Whether goroutines have ended since clocks were looked at last. */
  haveEnded = false;
  /** After each time in vain twice as many times clocks are not even looked at; how many of these are left. */
  private betweenClearings = 1;
  private untilCleared = 1;
  private readonly interrupt: Interrupt;
  private readonly summaries: Summaries;

  /** `interrupt`: told of all work. What it ends is half done: nothing may be asked any more of what is kept. */
  constructor(
    private readonly knowledge: Knowledge,
    private readonly search: Search,
    private readonly strands: Strands,
    private readonly clocks: Clocks,
    private readonly common: Common,
    private readonly history: History,
    private readonly share: Share = new Ledger().share('races'),
    interrupt = Interrupt.never,
  ) {
    this.interrupt = interrupt;
    this.summaries = new Summaries(knowledge, share, this.interrupt);
  }

  /** @throws ShareSpent, OutOfMemory, Interrupted */
  run(): void {
    const { knowledge, search, strands } = this;
    search.forgetVectors();
    search.reserve(strands.slots);
    this.clocks.forgetLessons();
    const steps = (this.steps = Math.min(MOST_STEPS, knowledge.count * this.zeal));
    const tangled = this.shorten();
    this.history.forget();
    this.forgetEnded();
    this.interrupt.worked((knowledge.end / Lesson.Words) * WORK_OF_A_LOOK);
    knowledge.sweep();
    if (this.steps < 0 && knowledge.count >= MANY * this.fewest) this.summarise();
    const { count } = knowledge;
    this.zeal = this.zealAfter(steps, tangled);
    this.due = Math.max(this.fewest, 2 * count, count + (steps - this.steps) / PAID);
    search.release();
  }

  /** Where all learn of all: replaces what is known now by what follows from it, if that would be less. */
  private summarise(): void {
    const { knowledge, strands } = this;
    const tangled = this.tangled();
    if (tangled.length * strands.slots > this.knowledge.count || !this.summaries.fits) return this.forgetMarks();
    const summaries = this.summaries.of(tangled, strands.slots);
    const { words } = knowledge;
    const taught = tangled.map((lesson, i) => this.taughtBy(lesson, summaries[i]!));
    for (const each of tangled) words[each + Lesson.Marks]! |= Mark.Kept;
    for (const list of taught) for (const each of list) words[each + Lesson.Marks]! |= Mark.Kept;
    knowledge.sweep();
    // What is told of in other lists has to stay as it is until all are written.
    const lists = tangled.map((lesson, i) => this.listOf(lesson, taught[i]!));
    tangled.forEach((lesson, i) => {
      const list = lists[i]!;
      if (list !== 0) this.put(lesson, list);
    });
  }

  /** As if nothing had been looked for. */
  private forgetMarks(): void {
    const { words } = this.knowledge;
    for (let at: number = Lesson.Words; at < this.knowledge.end; at += Lesson.Words) {
      words[at + Lesson.Marks]! &= ~(Mark.Seen | Mark.Kept);
    }
  }

  /** The lessons that a summary names, those learned latest first. Whoever hears of the owner hears of its slot. */
  private taughtBy(lesson: number, summary: Int32Array): Int32Array {
    const { words, rests } = this.knowledge;
    const owner = rests[restOf(lesson) + Rest.Owner]!;
    const taught = summary.filter((each, slot) => each !== 0 && slot !== owner);
    return taught.sort((a, b) => words[b + Lesson.Learned]! - words[a + Lesson.Learned]!);
  }

  /** A list of all that follows from a lesson, in new ones; 0: nothing. */
  private listOf(lesson: number, taught: Int32Array): number {
    const { knowledge } = this;
    let before = 0;
    for (let i = taught.length - 1; i >= 0; i--) {
      before = this.addLike(lesson, taught[i]!, before);
      knowledge.words[before + Lesson.Marks]! &= ~(Mark.Seen | Mark.Kept);
    }
    return before;
  }

  /**
   * Steps for each lesson the next time: less where there are few lessons for each who needs them, or what could not be finished does no harm yet. Where there are
   * many in all, it is begun with more, until that is in vain.
   */
  private zealAfter(steps: number, tangled: number): number {
    const { count } = this.knowledge;
    const less = Math.max(FEWEST_STEPS, this.zeal / 2);
    if (count < FEW * tangled) return less;
    if (this.steps >= 0) return this.zeal;
    if (count < MANY * this.fewest) return less;
    return steps < MOST_STEPS ? Math.max(STEPS_A_LESSON, this.zeal) * MORE : FEWEST_STEPS;
  }

  /**
   * {@link clearClocks} where it may pay: once goroutines have ended since the last time, and seldom where it cleared hardly any. To be called before each {@link run}.
   */
  clearClocksInTime(): void {
    if (--this.untilCleared > 0 || !this.haveEnded) return;
    this.haveEnded = false;
    this.betweenClearings = this.clearClocks() ? 1 : Math.min(2 * this.betweenClearings, MOST_BETWEEN);
    this.untilCleared = this.betweenClearings;
  }

  /**
   * Clears the clocks from which nobody learns anything, if it can be found out that all know it: of goroutines that have ended. What those who live have told may still
   * have to be named. @returns whether it was worth it. @throws ShareSpent, OutOfMemory, Interrupted when the run is cancelled
   */
  clearClocks(steps = this.knowledge.count * STEPS_A_LESSON): boolean {
    const { clocks } = this;
    if (!this.common.find(steps)) return false;
    let held = 0;
    let cleared = 0;
    for (let clock: number = Clock.Words; clock < clocks.end; clock += Clock.Words) {
      this.interrupt.worked(1);
      const { words } = clocks;
      const slot = words[clock + Clock.Slot]!;
      if (slot === 0) continue;
      held++;
      const isCommon =
        slot === MERGED
          ? this.areCommon(words[clock + Clock.Of]!)
          : this.common.holdsEnded(slot, words[clock + Clock.Epoch]!);
      if (!isCommon) continue;
      clocks.clear(clock);
      cleared++;
    }
    return cleared > 0 && cleared * CLOCKS_CLEARED >= held;
  }

  private areCommon(list: number): boolean {
    const { words } = this.knowledge;
    for (let at = list; at !== 0; at = words[at + Lesson.Before]!) {
      this.interrupt.worked(1);
      const slot = words[at + Lesson.Slot]!;
      if (slot <= 0 || !this.common.holdsEnded(slot, words[at + Lesson.Epoch]!)) return false;
    }
    return true;
  }

  /** The latest lessons of strands that run, what clocks hold, and what explanations will ask for. */
  private *roots(): Iterable<number> {
    const { strands, clocks } = this;
    yield* this.history.lessons();
    for (let slot = 1; slot <= strands.slots; slot++) {
      this.interrupt.worked(WORK_OF_A_LOOK);
      const strand = strands.tenants[slot]!;
      const lesson = strands.words[strand + Strand.Knows]!;
      if (lesson > 0 && strands.runs(strand)) yield lesson;
    }
    for (let clock: number = Clock.Words; clock < clocks.end; clock += Clock.Words) {
      this.interrupt.worked(1);
      const of = clocks.words[clock + Clock.Of]!;
      if (clocks.words[clock + Clock.Slot] !== 0 && of !== 0) yield of;
    }
  }

  /** Keeps what is needed for the latest lessons, the oldest of them first; and all that there is to some when there have been too many steps. @returns how many latest ones there are */
  private shorten(): number {
    const tangled = this.tangled();
    const { words } = this.knowledge;
    if (tangled.length <= MOST_SORTED) {
      tangled.sort((a, b) => words[a + Lesson.Learned]! - words[b + Lesson.Learned]!);
    }
    let done = 0;
    while (done < tangled.length && this.steps >= 0) this.shortenOne(tangled[done++]!);
    const marks = this.knowledge.nextSearches();
    while (done < tangled.length) this.keepAll(tangled[done++]!, marks);
    return tangled.length;
  }

  /** The latest lessons and, where many learn them, those that they were made of; each once. */
  private tangled(): number[] {
    const { words } = this.knowledge;
    const tangled: number[] = [];
    const queue = (lesson: number): void => {
      if (lesson === 0 || (words[lesson + Lesson.Marks]! & Mark.Seen) !== 0) return;
      words[lesson + Lesson.Marks]! |= Mark.Seen;
      tangled.push(lesson);
    };
    for (const lesson of this.roots()) {
      // One without others before it is not tangled, but what it was made of may be.
      const isAlone = words[lesson + Lesson.Before] === 0;
      if (isAlone || words[lesson + Lesson.Slot] === MERGED) queue(words[lesson + Lesson.Of]!);
      if (isAlone) words[lesson + Lesson.Marks]! |= Mark.Kept;
      else queue(lesson);
    }
    return tangled;
  }

  private shortenOne(lesson: number): void {
    const { search, knowledge } = this;
    search.all(lesson);
    this.interrupt.worked(search.steps * WORK_OF_A_LOOK);
    this.steps -= search.steps;
    const taught = search.countTaught();
    if (taught > 0 && search.steps > LONG * taught + LONG) {
      this.rewrite(lesson, search.taught());
    } else for (let i = 0; i < search.steps; i++) knowledge.words[search.met[i]! + Lesson.Marks]! |= Mark.Kept;
  }

  /** Makes a lesson the first of all that follow from it: whoever knows it knows what he did. */
  private rewrite(lesson: number, taught: Int32Array): void {
    let before = 0;
    for (let i = taught.length - 1; i > 0; i--) before = this.addLike(lesson, taught[i]!, before);
    this.write(lesson, taught[0]!, before);
  }

  /** A new lesson of the same owner's as one, which says what another does itself. */
  private addLike(lesson: number, said: number, before: number): number {
    const { knowledge } = this;
    const from = restOf(lesson);
    const owner = knowledge.rests[from + Rest.Owner]!;
    const whole = owner === 0 ? knowledge.add() : knowledge.addOwned();
    this.write(whole, said, before);
    if (owner !== 0) {
      knowledge.rests[restOf(whole) + Rest.Owner] = owner;
      knowledge.rests[restOf(whole) + Rest.Own] = knowledge.rests[from + Rest.Own]!;
    }
    return whole;
  }

  private write(to: number, lesson: number, before: number): void {
    const { words } = this.knowledge;
    const kind = words[lesson + Lesson.Marks]! & Mark.Kind;
    for (let i: number = Lesson.Slot; i < Lesson.Words; i++) words[to + i] = words[lesson + i]!;
    words[to + Lesson.Before] = before;
    words[to + Lesson.Of] = 0;
    words[to + Lesson.Marks] = kind | Mark.Whole | Mark.Seen | Mark.Kept;
    this.forgetBeyond(to);
  }

  /** Puts one lesson in another's place, of the same owner's. */
  private put(lesson: number, other: number): void {
    this.knowledge.words.copyWithin(lesson, other, other + Lesson.Words);
    this.forgetBeyond(lesson);
  }

  /** Nothing is written to the rest of a bare lesson, which says nothing. */
  private forgetBeyond(lesson: number): void {
    const { rests } = this.knowledge;
    const rest = restOf(lesson);
    if (rests[rest + Rest.Beyond] !== 0) rests[rest + Rest.Beyond] = 0;
    if (rests[rest + Rest.OfBeyond] !== 0) rests[rest + Rest.OfBeyond] = 0;
  }

  /** Keeps a lesson and all that it leads to. `marks`: numbers of two searches, for lessons of which only what they say themselves is wanted and for those that lead on. */
  private keepAll(first: number, [alone, whole]: readonly [alone: number, whole: number]): void {
    const { words, rests } = this.knowledge;
    this.pendingCount = 0;
    this.await(first);
    while (this.pendingCount > 0) {
      this.interrupt.worked(WORK_OF_A_LOOK);
      const next = this.pending[--this.pendingCount]!;
      const lesson = next < 0 ? ~next : next;
      const mark = words[lesson + Lesson.Marks]! >>> Mark.Shift;
      if (mark === whole || (mark === alone && next < 0)) continue;
      const seen = next < 0 ? alone : whole;
      words[lesson + Lesson.Marks] = (words[lesson + Lesson.Marks]! & Mark.Flags) | Mark.Kept | (seen << Mark.Shift);
      const rest = restOf(lesson);
      this.awaitList(words[lesson + Lesson.Of]!, rests[rest + Rest.OfBeyond]!);
      // What a lesson says that is whole is said by those beside it.
      const isWhole = (words[lesson + Lesson.Marks]! & Mark.Whole) !== 0;
      if (next > 0 || isWhole) this.awaitList(words[lesson + Lesson.Before]!, rests[rest + Rest.Beyond]!);
    }
  }

  private awaitList(first: number, beyond: number): void {
    if (first !== 0) this.await(beyond === 0 ? first : ~first);
    if (beyond > 0) this.await(beyond);
  }

  private await(lesson: number): void {
    if (this.pendingCount === this.pending.length) this.growPending();
    this.pending[this.pendingCount++] = lesson;
  }

  /** Of strands that have ended nobody remembers what they knew. */
  private forgetEnded(): void {
    const { strands } = this;
    for (const strand of strands.all()) {
      this.interrupt.worked(WORK_OF_A_LOOK);
      if (strands.words[strand + Strand.Knows]! > 0 && !strands.runs(strand))
        strands.words[strand + Strand.Knows] = FORGOTTEN;
    }
  }

  private growPending(): void {
    this.share.take(this.pending.length * 4);
    const next = new Int32Array(this.pending.length * 2);
    next.set(this.pending);
    this.pending = next;
  }
}
