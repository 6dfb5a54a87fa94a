/** This file keeps the clocks of objects, as the race detector has them: of each one who published into it last, or the lessons of all who merged into it. */
import { Ledger, type Share } from '../base/ledger';
import { type Knowledge, Lesson, MERGED, Rest, restOf } from './knowledge';
import type { Strands } from './strands';

/** Words of a clock. It is named by the index of its first. 0 is none. */
export const enum Clock {
  /** As in a lesson: clock slot of who published; {@link MERGED}: see `Of`; 0: it holds nothing. */
  Slot = 0,
  Epoch = 1,
  /** What was known to who published; of what several have merged: a list of lessons. */
  Of = 2,
  /** The publication: event, instruction, kind. */
  Event = 3,
  Pc = 4,
  Kind = 5,
  /** All this as a lesson, which is all that those know who knew nothing else; 0: nobody has learned it so. */
  Lesson = 6,
  Words = 7,
}

/** Bytes of a clock in the tables of those who use it. */
const ENTRY_BYTES = 32;
const FIRST_CLOCKS = 32;

export class Clocks {
  words = new Int32Array(0);
  /** First word that was never used. */
  end: number = Clock.Words;

  constructor(
    private readonly knowledge: Knowledge,
    private readonly strands: Strands,
    private readonly share: Share = new Ledger().share('races'),
  ) {}

  drop(): void {
    this.words = new Int32Array(0);
    this.end = Clock.Words;
  }

  /** A clock that holds nothing. @throws ShareSpent, OutOfMemory */
  add(): number {
    const at = this.end;
    if (at + Clock.Words > this.words.length) this.grow();
    this.share.take(ENTRY_BYTES);
    this.end = at + Clock.Words;
    return at;
  }

  /** One clock becomes equal to another. */
  assign(clock: number, other: number): void {
    this.words.copyWithin(clock, other, other + Clock.Words);
  }

  clear(clock: number): void {
    this.words[clock + Clock.Slot] = 0;
    this.words[clock + Clock.Of] = 0;
    this.words[clock + Clock.Lesson] = 0;
  }

  /** A clock holds, besides what it held, what another does. */
  merge(clock: number, other: number, event: number): void {
    const slot = this.words[other + Clock.Slot]!;
    if (slot === 0) return;
    if (this.words[clock + Clock.Slot] === 0) return this.assign(clock, other);
    const list = this.lessons(clock, event);
    const lesson = this.lesson(other, event, this.outdone(list, other));
    const { words } = this;
    words[clock + Clock.Slot] = MERGED;
    words[clock + Clock.Epoch] = 0;
    words[clock + Clock.Of] = lesson;
    words[clock + Clock.Lesson] = 0;
  }

  /** What a clock holds, as the lesson of all who know nothing else. */
  wholeLesson(clock: number): number {
    const known = this.words[clock + Clock.Lesson]!;
    if (known !== 0) return known;
    const isMerged = this.words[clock + Clock.Slot] === MERGED;
    const event = isMerged
      ? this.knowledge.words[this.words[clock + Clock.Of]! + Lesson.Learned]!
      : this.words[clock + Clock.Event]!;
    return (this.words[clock + Clock.Lesson] = this.lesson(clock, event, 0));
  }

  /** Lessons may be others from now on. */
  forgetLessons(): void {
    for (let clock: number = Clock.Words; clock < this.end; clock += Clock.Words) this.words[clock + Clock.Lesson] = 0;
  }

  /** What a clock holds, as a lesson of nobody's. */
  lesson(clock: number, event: number, before: number): number {
    const lesson = this.knowledge.add();
    this.write(lesson, clock, event, before);
    return lesson;
  }

  /** The same as a lesson of a strand's, of which the rest says nothing yet but whose it is. */
  ownedLesson(clock: number, event: number, before: number, owner: number, own: number): number {
    const lesson = this.knowledge.addOwned();
    this.write(lesson, clock, event, before);
    const { rests } = this.knowledge;
    const rest = restOf(lesson);
    rests[rest + Rest.Beyond] = 0;
    rests[rest + Rest.OfBeyond] = 0;
    rests[rest + Rest.Owner] = owner;
    rests[rest + Rest.Own] = own;
    return lesson;
  }

  private write(lesson: number, clock: number, event: number, before: number): void {
    const to = this.knowledge.words;
    const { words } = this;
    to[lesson + Lesson.Before] = before;
    to[lesson + Lesson.Slot] = words[clock + Clock.Slot]!;
    to[lesson + Lesson.Epoch] = words[clock + Clock.Epoch]!;
    to[lesson + Lesson.Of] = words[clock + Clock.Of]!;
    to[lesson + Lesson.Learned] = event;
    to[lesson + Lesson.Event] = words[clock + Clock.Event]!;
    to[lesson + Lesson.Pc] = words[clock + Clock.Pc]!;
    to[lesson + Lesson.Marks] = words[clock + Clock.Kind]!;
  }

  /** The lessons of all who merged into a clock. */
  private lessons(clock: number, event: number): number {
    if (this.words[clock + Clock.Slot] === MERGED) return this.words[clock + Clock.Of]!;
    return this.lesson(clock, event, 0);
  }

  /** A list without its first lessons, as far as they are of the strand that has published into a clock. */
  private outdone(list: number, clock: number): number {
    const { words } = this.knowledge;
    const slot = this.words[clock + Clock.Slot]!;
    if (slot === MERGED) return list;
    const first = this.strands.firstOf(slot, this.words[clock + Clock.Epoch]!);
    while (list !== 0 && words[list + Lesson.Slot] === slot && words[list + Lesson.Epoch]! >= first) {
      list = words[list + Lesson.Before]!;
    }
    return list;
  }

  private grow(): void {
    const { words } = this;
    const clocks = Math.max(FIRST_CLOCKS, Math.ceil((words.length / Clock.Words) * 1.5));
    this.share.take((clocks * Clock.Words - words.length) * 4);
    this.words = new Int32Array(clocks * Clock.Words);
    this.words.set(words);
  }
}
