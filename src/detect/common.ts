/**
 * This file finds what all goroutines know: of each clock slot the epoch up to which whatever happened there is ordered before all that anybody will do from now on. Nobody
 * can race with it, and nobody learns from it, so what is kept of it can go. Who starts later knows what its creator does; so it is enough to ask those that live now.
 *
 * Whom a timer starts knows only what was known when the timer was started, and whom nobody starts knows nothing. The former keep all from being known; the latter
 * are the first goroutines of processes, which have no memory in common with others.
 */
import type { Interrupt } from '../base/interrupt';
import { type Knowledge, Lesson } from './knowledge';
import type { Search } from './search';
import { Strand, type Strands } from './strands';

/** In units of an interrupt. */
const WORK_OF_A_STEP = 5;
const ALL = 0x7fffffff;

export class Common {
  /** Whether a timer was ever started: then nothing is known to all. */
  hasTimers = false;
  /** By slot. */
  private floors = new Int32Array(0);
  private steps = 0;

  constructor(
    private readonly knowledge: Knowledge,
    private readonly search: Search,
    private readonly strands: Strands,
    private readonly interrupt: Interrupt,
  ) {}

  /**
   * Finds it anew, if that takes no more than so many steps. @returns false: it was not found, and {@link holds} is not to be asked.
   * @throws ShareSpent, OutOfMemory, Interrupted
   */
  find(steps: number): boolean {
    const { strands, search } = this;
    if (this.hasTimers || strands.slots > steps) return false;
    this.steps = steps - strands.slots;
    this.floors = new Int32Array(strands.slots + 1).fill(ALL);
    search.reserve(strands.slots);
    const made = new Map<number, number>();
    for (let slot = 1; slot <= strands.slots && this.steps >= 0; slot++) {
      const strand = strands.tenants[slot]!;
      if (strands.runs(strand)) this.ask(strand, slot, made);
    }
    return this.steps >= 0;
  }

  /** Whether all know an epoch of a strand. */
  holds(strand: number, epoch: number): boolean {
    return epoch <= this.floors[this.strands.words[strand + Strand.Slot]!]!;
  }

  /** Whether all know an epoch of a slot whose goroutine has ended. */
  holdsEnded(slot: number, epoch: number): boolean {
    const { strands } = this;
    const tenant = strands.tenants[slot]!;
    return epoch <= this.floors[slot]! && (epoch < strands.words[tenant + Strand.Start]! || !strands.runs(tenant));
  }

  /** `made`: from what it was found already, and of which slot it says nothing: many know what one who started them all knew. */
  private ask(strand: number, slot: number, made: Map<number, number>): void {
    const { words } = this.knowledge;
    const lesson = this.strands.words[strand + Strand.Knows]!;
    const from = lesson === 0 || words[lesson + Lesson.Before] !== 0 ? 0 : words[lesson + Lesson.Slot]!;
    if (from > 0) this.floors[from] = Math.min(this.floors[from]!, words[lesson + Lesson.Epoch]!);
    const all = from > 0 ? words[lesson + Lesson.Of]! : lesson;
    const other = from > 0 ? from : slot;
    this.steps--;
    if (made.get(all) === other) return;
    made.set(all, other);
    this.lower(all, other);
  }

  /** What does not follow from a lesson is not known to all: of all slots but one. */
  private lower(lesson: number, other: number): void {
    const { search, floors } = this;
    if (lesson !== 0) search.all(lesson);
    const steps = floors.length + (lesson === 0 ? 0 : search.steps);
    this.steps -= steps;
    this.interrupt.worked(steps * WORK_OF_A_STEP);
    for (let slot = 1; slot < floors.length; slot++) {
      const epoch = lesson === 0 ? 0 : search.epochOf(slot);
      if (epoch < floors[slot]! && slot !== other) floors[slot] = epoch;
    }
  }
}
