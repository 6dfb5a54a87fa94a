/**
 * This file works out what follows from each of many lessons at once: forwards in time, with a vector for each lesson that later ones still need (Fidge 1988). One
 * search backwards for each of them, as search.ts does it, comes by nearly all lessons each time where everybody learns of everybody; this comes by each
 * lesson once, and takes as many steps as there are clock slots. A vector is handed on to the last who needs it, so that there are as many as lists that go on.
 */
import type { Interrupt } from '../base/interrupt';
import type { Share } from '../base/ledger';
import { type Knowledge, Lesson, Mark, Rest, restOf } from './knowledge';

/** By slot, from 1 on: the latest epoch, 0: nothing is known; and, after as many words as there are slots and one, the lesson that tells it. */
type Vector = Int32Array;

/** Lessons that are ordered by one number: event and row, which have 53 bits together. */
const MOST_ROWS = 1 << 22;
/** Of components of vectors that are compared, in units of an interrupt. */
const COMPONENTS_A_WORK = 2;
/** Lessons that one leads to. */
const LINKS = 4;

export class Summaries {
  /** By row of a lesson: how many still need its vector. */
  private needed = new Int32Array(0);
  private readonly vectors = new Map<number, Vector>();
  private readonly spare: Vector[] = [];
  private made = 0;

  constructor(
    private readonly knowledge: Knowledge,
    private readonly share: Share,
    private readonly interrupt: Interrupt,
  ) {}

  /** Whether there are few enough lessons. */
  get fits(): boolean {
    return this.knowledge.end / Lesson.Words < MOST_ROWS;
  }

  /** Of each of these lessons what follows from it, with `slots` clock slots: by slot, from 1 on, the lesson that tells the latest epoch, 0: nothing does. @throws ShareSpent, OutOfMemory, Interrupted */
  of(lessons: readonly number[], slots: number): readonly Int32Array[] {
    this.needed = new Int32Array(this.knowledge.end / Lesson.Words);
    this.vectors.clear();
    for (const lesson of lessons) this.needed[row(lesson)]!++;
    for (const lesson of this.inTheirOrder(lessons)) this.summarise(lesson, slots);
    const told = lessons.map((lesson) => this.vectors.get(lesson)!.subarray(slots + 1));
    this.share.giveBack(this.made * (slots + 1) * 8);
    this.made = this.spare.length = 0;
    this.needed = new Int32Array(0);
    this.vectors.clear();
    return told;
  }

  /** All lessons that these lead to, those learned first first. Counts who needs them. */
  private inTheirOrder(first: readonly number[]): Int32Array {
    const { words } = this.knowledge;
    const search = this.knowledge.nextSearch();
    const pending: number[] = [];
    const met: number[] = [];
    const meet = (lesson: number): void => {
      if (words[lesson + Lesson.Marks]! >>> Mark.Shift === search) return;
      words[lesson + Lesson.Marks] = (words[lesson + Lesson.Marks]! & Mark.Flags) | (search << Mark.Shift);
      pending.push(lesson);
      met.push(words[lesson + Lesson.Learned]! * MOST_ROWS + row(lesson));
    };
    first.forEach(meet);
    while (pending.length > 0) {
      const lesson = pending.pop()!;
      this.interrupt.worked(LINKS);
      for (let link = 0; link < LINKS; link++) {
        const next = this.linkOf(lesson, link);
        if (next <= 0) continue;
        this.needed[row(next)]!++;
        meet(next);
      }
    }
    return Int32Array.from(Float64Array.from(met).sort(), (key) => (key % MOST_ROWS) * Lesson.Words);
  }

  /** One of the {@link LINKS} of a lesson; not above 0: it leads nowhere there. */
  private linkOf(lesson: number, link: number): number {
    const { words, rests } = this.knowledge;
    if (link === 0) return words[lesson + Lesson.Before]!;
    if (link === 1) return rests[restOf(lesson) + Rest.Beyond]!;
    return link === 2 ? words[lesson + Lesson.Of]! : rests[restOf(lesson) + Rest.OfBeyond]!;
  }

  private summarise(lesson: number, slots: number): void {
    if (this.vectors.has(lesson)) return;
    const { words } = this.knowledge;
    let vector: Vector | undefined;
    for (let link = 0; link < LINKS; link++) {
      const next = this.linkOf(lesson, link);
      if (next <= 0) continue;
      // Of the same event: which of them was learned first does not show.
      if (!this.vectors.has(next)) this.summarise(next, slots);
      vector = this.joined(vector, next, slots);
    }
    vector ??= this.vector(slots).fill(0);
    const slot = words[lesson + Lesson.Slot]!;
    const epoch = words[lesson + Lesson.Epoch]!;
    if (slot > 0 && epoch > vector[slot]!) {
      vector[slot] = epoch;
      vector[slots + 1 + slot] = lesson;
    }
    this.vectors.set(lesson, vector);
  }

  /** A vector that tells what one does and what follows from a lesson, whose own is not needed again if this was the last who needed it. */
  private joined(to: Vector | undefined, lesson: number, slots: number): Vector {
    const from = this.vectors.get(lesson)!;
    const left = (this.needed[row(lesson)]! -= 1);
    const isLast = left === 0;
    if (isLast) this.vectors.delete(lesson);
    this.interrupt.worked(slots / COMPONENTS_A_WORK);
    if (to === undefined) {
      if (isLast) return from;
      const copy = this.vector(slots);
      copy.set(from);
      return copy;
    }
    this.join(to, from, slots);
    if (isLast) this.spare.push(from);
    return to;
  }

  private join(to: Vector, from: Vector, slots: number): void {
    for (let slot = 1; slot <= slots; slot++) {
      const epoch = from[slot]!;
      if (epoch <= to[slot]!) continue;
      to[slot] = epoch;
      to[slots + 1 + slot] = from[slots + 1 + slot]!;
    }
  }

  private vector(slots: number): Vector {
    const spare = this.spare.pop();
    if (spare !== undefined) return spare;
    this.share.take((slots + 1) * 8);
    this.made++;
    return new Int32Array(2 * (slots + 1));
  }
}

function row(lesson: number): number {
  return (lesson / Lesson.Words) | 0;
}
