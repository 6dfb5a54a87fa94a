/**
 * This file keeps happens-before as the race detector needs it: not as a vector of all goroutines for each goroutine and each object, but as a graph of who learned
 * what from whom (knowledge.ts), which is searched only when somebody asks (search.ts, where vectors may say yes and never no). So an event costs the same whatever the number of goroutines, which
 * has no limit; and mostly an answer is at hand, because what is asked for has just been learned.
 * Which event does what to which clock says the table of events; event/happensBefore.ts executes it on the clocks here.
 *
 * **Rejected.** Vector clocks (Mattern 1988; Fidge 1988) cost a vector at each event: nine tenths of a run of a pipeline of a thousand goroutines. Tree clocks (Mathur, Tunç,
 * Pavlogiannis and Viswanathan, A tree clock data structure for causal orderings in concurrent executions, ASPLOS 2022) visit only the components that change, and that is
 * optimal for whoever wants vectors; but in a pipeline all components change at every message, and nobody asks for them. Persistent vectors share what
 * is equal, where there nothing is. Accordion clocks (Christiaens and De Bosschere, 2001) and the recycling of slots alone keep vectors short only where few
 * goroutines are alive. A closure of intervals or chains that is kept up to date (Jagadish, TODS 1990) costs what vectors do.
 */
import { Interrupt } from '../base/interrupt';
import { Ledger, type Share } from '../base/ledger';
import { HappensBefore, ORDERING_KINDS } from '../event/happensBefore';
import type { ClockAlgebra } from '../event/happensBefore';
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import type { ClockName } from '../event/order';
import { Clock, Clocks } from './clocks';
import { Common } from './common';
import { Condensation } from './condense';
import { FirstHand } from './firstHand';
import { FORGOTTEN, History, type PastAccess } from './history';
import { END, Knowledge, Lesson, MERGED, Rest, restOf } from './knowledge';
import { Search } from './search';
import { Strand, Strands } from './strands';

/** Lessons looked at one by one before anything is searched. */
const AT_HAND = 4;
/** Steps spent on finding out what is good to know and need not be known. */
const FEW_STEPS = 256;
/** Bytes of what is kept of a channel to find its clocks. */
const CHANNEL_BYTES = 200;
/** Answers kept, by strand and slot; a power of two. */
const ANSWERS = 2048;

/** Words of an answer. */
const enum Answer {
  Strand = 0,
  Slot = 1,
  /** The strand knows the slot at least up to this epoch. */
  Yes = 2,
  /** When this was its latest lesson, it did not know this epoch. */
  Lesson = 3,
  No = 4,
  Words = 5,
}

export class Order implements ClockAlgebra<number> {
  readonly strands: Strands;
  readonly knowledge: Knowledge;
  readonly search: Search;
  readonly history: History;
  private readonly clocks: Clocks;
  private readonly firstHand: FirstHand;
  readonly common: Common;
  readonly condensation: Condensation;
  private rules = new HappensBefore<number>(this);
  /** What goroutine 0 knows, which has no strand: a copy of the clock of the timer that fired last. */
  private assumed = 0;
  /** By goroutine that has not started: a clock of what it learns before its first event. */
  private readonly early = new Map<number, number>();
  /** Clocks of early ones that have started. */
  private readonly spare: number[] = [];
  /** What a strand publishes, until it is put where it belongs. */
  private published = 0;
  private answers = new Int32Array(0);
  /** The goroutine of the latest event, and its strand: the next one is often its, too. */
  private latestG = 0;
  private latest = 0;
  /** The strand that makes another one, and whether it knows an epoch of a strand. */
  private creator = 0;
  private readonly creatorCovers = (strand: number, epoch: number): boolean => {
    const { words } = this.strands;
    // What a strand did itself nobody knew before it was created.
    const event = epoch >= words[strand + Strand.Start]! ? words[strand + Strand.CreatedAt]! : -1;
    return this.knows(this.creator, words[strand + Strand.Slot]!, epoch, event, FEW_STEPS);
  };
  /** The event being observed. */
  private event = -1;
  private pc = -1;
  private kind = 0;

  /** Codes of the events that matter. */
  static readonly kinds: readonly number[] = [...ORDERING_KINDS, Kind.GoEnd];

  constructor(
    private readonly share: Share = new Ledger().share('races'),
    interrupt = Interrupt.never,
    asked: readonly PastAccess[] = [],
  ) {
    this.strands = new Strands(share);
    this.knowledge = new Knowledge(share);
    this.search = new Search(this.knowledge, this.strands, share);
    this.history = new History(share, asked);
    this.clocks = new Clocks(this.knowledge, this.strands, share);
    this.firstHand = new FirstHand(this.knowledge, this.strands, share);
    this.common = new Common(this.knowledge, this.search, this.strands, interrupt);
    this.condensation = new Condensation(
      this.knowledge,
      this.search,
      this.strands,
      this.clocks,
      this.common,
      this.history,
      share,
      interrupt,
    );
  }

  /** Forgets all. */
  drop(): void {
    const { strands, knowledge, search, history, clocks, firstHand } = this;
    for (const part of [strands, knowledge, search, history, clocks, firstHand]) part.drop();
    this.rules = new HappensBefore<number>(this);
    this.assumed = this.published = this.latestG = this.latest = 0;
    this.early.clear();
    this.spare.length = 0;
    this.answers = new Int32Array(0);
  }

  /** Takes one event into account. @throws ShareSpent, OutOfMemory */
  observe(log: EventLog, i: number): void {
    if (this.knowledge.count > this.condensation.due) this.relieve();
    const kind = log.kind[i]!;
    if (kind === GO_END) return this.end(log.g[i]!);
    this.event = log.first + i;
    this.pc = log.pc[i]!;
    this.kind = kind;
    this.rules.observe(log, i);
  }

  /** The strand of a goroutine that runs; one that was never created (main, tests) starts knowing nothing. */
  strand(g: number): number {
    if (g === this.latestG) return this.latest;
    const strand = this.strands.find(g) || this.strands.start(g, -1, -1);
    this.latestG = g;
    return (this.latest = strand);
  }

  /** Whether an epoch of a strand, an event of which is given, happens before what `me` does now. */
  covers(me: number, strand: number, epoch: number, event: number): boolean {
    return this.knows(me, this.strands.words[strand + Strand.Slot]!, epoch, event, Infinity);
  }

  /** The latest lesson of a strand at an earlier event; FORGOTTEN when that is not remembered. */
  knownAt(strand: number, event: number): number {
    const { words } = this.strands;
    const knows = words[strand + Strand.Knows]!;
    if (words[strand + Strand.Learned]! <= event && knows !== FORGOTTEN) return knows;
    return this.history.knownAt(strand, event);
  }

  private relieve(): void {
    this.condensation.clearClocksInTime();
    this.condense();
  }

  /** Drops all lessons from which nothing follows that anybody can ask for. */
  condense(): void {
    this.answers.fill(0);
    this.condensation.run();
  }

  /** Forgets strands that have ended and whose slots others have, but those that are asked for. */
  forgetStrands(isAsked: (strand: number) => boolean): void {
    this.answers.fill(0);
    this.firstHand.forget();
    this.strands.forget(isAsked);
  }

  private end(g: number): void {
    if (g === this.latestG) this.latestG = this.latest = 0;
    if (this.history.keeps) this.keepWhatIsAsked(this.strands.find(g), Infinity);
    this.strands.end(g);
    this.condensation.haveEnded = true;
  }

  /** What a strand has known until an event, if the explanation of a race will ask for it. */
  private keepWhatIsAsked(strand: number, until: number): void {
    const { words } = this.strands;
    const ended = words[strand + Strand.Epoch]! - words[strand + Strand.Start]!;
    const knows = words[strand + Strand.Knows]!;
    this.history.keep(strand, words[strand + Strand.G]!, ended, words[strand + Strand.Learned]!, until, knows);
  }

  // ---------------------------------------------------------------- who knows what

  /** Whether an epoch of a slot happens before what `me` does now. False, too, when that is not found out within so many steps. */
  private knows(me: number, slot: number, epoch: number, event: number, most: number): boolean {
    const { strands } = this;
    const { words } = strands;
    if (slot === words[me + Strand.Slot]! || epoch === 0) return true;
    // Nobody knows an epoch that has not ended.
    if (epoch >= words[strands.tenants[slot]! + Strand.Epoch]!) return false;
    if (words[me + Strand.Learned]! < event) return false;
    const learner = this.firstHand.learner(slot, epoch);
    if (learner === me) return true;
    const { words: lessons } = this.knowledge;
    let lesson = words[me + Strand.Knows]!;
    for (let i = 0; i < AT_HAND && lesson !== 0; i++, lesson = lessons[lesson + Lesson.Before]!) {
      if (lessons[lesson + Lesson.Slot] === slot && lessons[lesson + Lesson.Epoch]! >= epoch) return true;
      if (learner !== 0 && this.firstHand.isTaughtBy(learner, slot, lesson)) return true;
    }
    return this.answer(me, slot, epoch, event, most);
  }

  /** An answer that is known, or else searched for. */
  private answer(me: number, slot: number, epoch: number, event: number, most: number): boolean {
    const { words } = this.strands;
    const { answers } = this;
    const at = this.answerAt(me, slot);
    const isKnown = answers[at + Answer.Strand] === me && answers[at + Answer.Slot] === slot;
    if (isKnown && answers[at + Answer.Yes]! >= epoch) return true;
    const lesson = words[me + Strand.Knows]!;
    if (lesson === 0) return false;
    if (isKnown && answers[at + Answer.Lesson] === lesson && answers[at + Answer.No]! <= epoch) return false;
    this.search.reserve(this.strands.slots);
    const found = this.search.find(lesson, slot, epoch, event, most);
    this.search.settle(this.strands.slots);
    if (found < 0) return false;
    if (!isKnown) answers.fill(0, at, at + Answer.Words);
    answers[at + Answer.Strand] = me;
    answers[at + Answer.Slot] = slot;
    if (found > 0) answers[at + Answer.Yes] = found;
    else {
      answers[at + Answer.Lesson] = lesson;
      answers[at + Answer.No] = epoch;
    }
    return found > 0;
  }

  private answerAt(me: number, slot: number): number {
    if (this.answers.length === 0) this.answers = new Int32Array(ANSWERS * Answer.Words);
    return ((Math.imul(me, 0x9e3779b1) ^ Math.imul(slot, 0x85ebca6b)) >>> 21) * Answer.Words;
  }

  /** Whether a strand has just learned all that a clock holds. Not all that is so is seen. */
  private hasLearned(me: number, clock: number): boolean {
    const { words } = this.clocks;
    const slot = words[clock + Clock.Slot]!;
    if (slot !== MERGED)
      return this.knows(me, slot, words[clock + Clock.Epoch]!, words[clock + Clock.Event]!, FEW_STEPS);
    const of = words[clock + Clock.Of]!;
    const { words: lessons } = this.knowledge;
    let lesson = this.strands.words[me + Strand.Knows]!;
    for (let i = 0; i < AT_HAND && lesson !== 0; i++, lesson = lessons[lesson + Lesson.Before]!) {
      if (lessons[lesson + Lesson.Slot] === MERGED && lessons[lesson + Lesson.Of] === of) return true;
    }
    return false;
  }

  // ---------------------------------------------------------------- the algebra

  clock(name: ClockName): number {
    if (name === 'timer') this.common.hasTimers = true;
    return this.clocks.add();
  }

  acquire(g: number, clock: number): void {
    if (g === 0) return;
    const me = this.strand(g);
    this.learn(me, clock);
    const { words } = this.clocks;
    const slot = words[clock + Clock.Slot]!;
    if (slot > 0) this.firstHand.note(me, slot, words[clock + Clock.Epoch]!);
    else if (slot === MERGED) this.firstHand.noteAll(me, words[clock + Clock.Of]!);
  }

  publish(g: number, clock: number): void {
    if (g !== 0) this.release(this.strand(g), clock);
    else if (this.assumed !== 0) this.clocks.assign(clock, this.assumed);
    else this.clocks.clear(clock);
  }

  merge(g: number, clock: number): void {
    if (g === 0) {
      if (this.assumed !== 0) this.clocks.merge(clock, this.assumed, this.event);
      return;
    }
    const strand = this.strand(g);
    if (this.clocks.words[clock + Clock.Slot] === 0 || this.hasLearned(strand, clock))
      return this.release(strand, clock);
    this.clocks.merge(clock, this.publication(strand), this.event);
  }

  cover(g: number, clock: number): void {
    if (g !== 0 && this.clocks.words[clock + Clock.Slot] !== 0 && this.hasLearned(this.strand(g), clock)) {
      this.clocks.clear(clock);
    }
  }

  acquireFor(g: number, clock: number): void {
    if (g === 0) return;
    const strand = this.strands.find(g);
    if (strand !== 0) return this.learn(strand, clock);
    const early = this.early.get(g) ?? this.spare.pop() ?? this.clocks.add();
    this.clocks.merge(early, clock, this.event);
    this.early.set(g, early);
  }

  fork(g: number, started: number): void {
    const creator = g === 0 ? 0 : this.strand(g);
    this.creator = creator;
    const child = this.strands.start(started, this.event, this.pc, creator === 0 ? undefined : this.creatorCovers);
    if (started === this.latestG) this.latestG = this.latest = 0;
    if (creator !== 0) this.learn(child, this.publication(creator));
    const early = this.early.get(started);
    if (early === undefined) return;
    this.learn(child, early);
    this.clocks.clear(early);
    this.early.delete(started);
    this.spare.push(early);
  }

  spend(clock: number): void {
    this.clocks.clear(clock);
  }

  keepsChannel(): void {
    this.share.take(CHANNEL_BYTES);
  }

  assume(clock: number): void {
    if (this.assumed === 0) this.assumed = this.clocks.add();
    this.clocks.assign(this.assumed, clock);
  }

  /** What a strand publishes now, in a clock of nobody's. */
  private publication(strand: number): number {
    if (this.published === 0) this.published = this.clocks.add();
    this.release(strand, this.published);
    return this.published;
  }

  /** Ends the strand's epoch: a clock holds what it has done and knows, and nothing else. */
  private release(strand: number, clock: number): void {
    const { words } = this.clocks;
    const from = this.strands.words;
    words[clock + Clock.Slot] = from[strand + Strand.Slot]!;
    words[clock + Clock.Epoch] = from[strand + Strand.Epoch]!++;
    words[clock + Clock.Of] = from[strand + Strand.Knows]!;
    words[clock + Clock.Event] = this.event;
    words[clock + Clock.Pc] = this.pc;
    words[clock + Clock.Kind] = this.kind;
    words[clock + Clock.Lesson] = 0;
  }

  /** A strand learns what a clock holds. */
  private learn(me: number, clock: number): void {
    const { words } = this.strands;
    const slot = this.clocks.words[clock + Clock.Slot]!;
    const mine = words[me + Strand.Slot]!;
    if (slot === 0 || slot === mine) return;
    const knew = words[me + Strand.Knows]!;
    const known = this.outdoneBy(knew, slot, clock);
    if (known === KNOWN) return;
    const isAll = (knew === 0 || this.isAlone(knew, known)) && !this.hasTaught(me, clock);
    const lesson = isAll ? this.clocks.wholeLesson(clock) : this.lesson(me, clock, known);
    if (knew !== 0 || words[me + Strand.CreatedAt] !== this.event) this.history.note(me, this.event, knew);
    if (this.history.keeps) this.keepWhatIsAsked(me, this.event);
    words[me + Strand.Knows] = lesson;
    words[me + Strand.Learned] = this.event;
  }

  /** Whether nothing is left of what is known without the lesson that is outdone. */
  private isAlone(knew: number, outdone: number): boolean {
    const { words, rests } = this.knowledge;
    return outdone === knew && words[knew + Lesson.Before] === 0 && rests[restOf(knew) + Rest.Beyond] === 0;
  }

  /** Whether what comes first of what a clock leads to is what a strand has taught who published it: {@link leaveOutOwn} leaves that out. */
  private hasTaught(me: number, clock: number): boolean {
    const { words } = this.clocks;
    const list = words[clock + Clock.Of]!;
    if (list === 0 || words[clock + Clock.Slot] === MERGED) return false;
    const second = this.knowledge.words[list + Lesson.Before]!;
    return this.isOf(list, me) || (second !== 0 && this.isOf(second, me));
  }

  /** What a strand learns from a clock, before all that it knows but the lesson that is outdone. */
  private lesson(me: number, clock: number, outdone: number): number {
    const { words } = this.strands;
    const lesson = this.clocks.ownedLesson(
      clock,
      this.event,
      words[me + Strand.Knows]!,
      words[me + Strand.Slot]!,
      words[me + Strand.Epoch]!,
    );
    if (outdone !== OTHER) this.leaveOut(lesson, outdone);
    if (this.clocks.words[clock + Clock.Slot]! > 0) this.leaveOutOwn(lesson, me);
    return lesson;
  }

  /** Which of the latest two lessons need not be known by one who learns what a clock holds of a slot; {@link OTHER}: neither; {@link KNOWN}: nothing is to be learned. */
  private outdoneBy(knew: number, slot: number, clock: number): number {
    if (knew === 0) return OTHER;
    const first = this.compare(knew, slot, clock);
    if (first !== OTHER) return first === KNOWN ? KNOWN : knew;
    const second = this.knowledge.words[knew + Lesson.Before]!;
    const next = second === 0 ? OTHER : this.compare(second, slot, clock);
    return next === OUTDONE ? second : next;
  }

  /** Leaves out of the lessons before a new one the latest or the one before it. */
  private leaveOut(lesson: number, outdone: number): void {
    const { words, rests } = this.knowledge;
    const latest = words[lesson + Lesson.Before]!;
    const beyond = restOf(lesson) + Rest.Beyond;
    if (outdone === latest) {
      words[lesson + Lesson.Before] = words[latest + Lesson.Before]!;
      rests[beyond] = rests[restOf(latest) + Rest.Beyond]!;
    } else rests[beyond] = this.beyondSecond(latest, outdone);
  }

  /** What a lesson is to one who is about to learn what a clock holds. */
  private compare(lesson: number, slot: number, clock: number): number {
    const { words } = this.knowledge;
    const held = this.clocks.words;
    if (words[lesson + Lesson.Slot] !== slot) return OTHER;
    if (slot === MERGED) return words[lesson + Lesson.Of] === held[clock + Clock.Of] ? KNOWN : OTHER;
    const epoch = held[clock + Clock.Epoch]!;
    if (words[lesson + Lesson.Epoch]! >= epoch) return KNOWN;
    return words[lesson + Lesson.Epoch]! >= this.strands.firstOf(slot, epoch) ? OUTDONE : OTHER;
  }

  /** Leaves out of what a lesson leads to what its strand has taught who published it, as far as that comes first: it need not learn that from others. */
  private leaveOutOwn(lesson: number, strand: number): void {
    const { words, rests } = this.knowledge;
    let list = words[lesson + Lesson.Of]!;
    let beyond = 0;
    while (list !== 0 && this.isOf(list, strand)) {
      beyond = rests[restOf(list) + Rest.Beyond]!;
      list = words[list + Lesson.Before]!;
      if (beyond !== 0) break;
    }
    words[lesson + Lesson.Of] = list;
    const ofBeyond = restOf(lesson) + Rest.OfBeyond;
    rests[ofBeyond] = beyond;
    if (list === 0) return;
    const second = words[list + Lesson.Before]!;
    if (second === 0 || !this.isOf(second, strand)) return;
    if (beyond === 0) rests[ofBeyond] = this.beyondSecond(list, second);
  }

  /** What is beyond a list's first lesson without its second; 0: what would take two words. */
  private beyondSecond(first: number, second: number): number {
    const { words, rests } = this.knowledge;
    const beyond = rests[restOf(first) + Rest.Beyond]!;
    if (beyond !== 0) return beyond;
    return rests[restOf(second) + Rest.Beyond] === 0 ? words[second + Lesson.Before]! || END : 0;
  }

  /** Whether a lesson is what a strand published: not what the former tenant of its slot did, which it has learned from others. */
  private isOf(lesson: number, strand: number): boolean {
    const { words } = this.knowledge;
    const mine = this.strands.words;
    return (
      words[lesson + Lesson.Slot] === mine[strand + Strand.Slot] &&
      words[lesson + Lesson.Epoch]! >= mine[strand + Strand.Start]!
    );
  }
}

/** A lesson says as much as the clock; it says less, of the same slot; it is about something else. */
const KNOWN = -1;
const OUTDONE = -2;
const OTHER = -3;
const GO_END = Kind.GoEnd;
