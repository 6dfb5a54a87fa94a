/**
 * This file tells what the two goroutines of a race knew: the last thing that both had seen, and up to which epoch each knew which goroutine. It is found out
 * when a race is reported, from the lessons that are kept; where the earlier access is so long ago that they are not, nothing is told, and a run of the same choices
 * is to be asked that keeps them (history.ts).
 */
import { EVENT_NAMES } from '../event/kinds';
import type { RaceClocks } from './finding';
import { FORGOTTEN } from './history';
import { Lesson, Mark } from './knowledge';
import type { Order } from './order';
import { Strand } from './strands';

/** Goroutines of which a race says what its two knew, besides the two. */
const MOST_TOLD = 64;

/** A release: the end of an epoch, up to which others may know a strand. */
export interface ReleasePoint {
  readonly g: number;
  readonly event: number;
  readonly pc: number;
  /** Name of the event kind. */
  readonly kind: string;
}

/** An access of a strand, in an epoch of it. */
export interface Access {
  readonly strand: number;
  readonly epoch: number;
  readonly event: number;
}

/** By slot: up to which epoch it is known, and the lesson that says so (0: one's own slot). */
type Known = Map<number, { readonly epoch: number; readonly lesson: number }>;

/** What was known at two accesses. */
export class Explanation {
  private constructor(
    private readonly order: Order,
    private readonly earlier: Access,
    private readonly later: Access,
    private readonly atEarlier: Known,
    private readonly atLater: Known,
  ) {}

  /** Of an earlier access and one that happens now. Undefined when what was known at the earlier one is forgotten. */
  static of(order: Order, earlier: Access, later: Access): Explanation | undefined {
    const lesson = order.knownAt(earlier.strand, earlier.event);
    if (lesson === FORGOTTEN) return undefined;
    const now = order.strands.words[later.strand + Strand.Knows]!;
    return new Explanation(order, earlier, later, knownBy(order, lesson), knownBy(order, now));
  }

  /** The latest release that happens before both. */
  lastCommon(): ReleasePoint | undefined {
    const { words } = this.order.knowledge;
    const mine = new Map(this.atEarlier).set(this.slotOf(this.earlier), { epoch: this.earlier.epoch - 1, lesson: 0 });
    const yours = new Map(this.atLater).set(this.slotOf(this.later), { epoch: this.later.epoch - 1, lesson: 0 });
    let best = 0;
    for (const [slot, left] of mine) {
      const right = yours.get(slot);
      if (!right) continue;
      const { lesson } = right.lesson === 0 || (left.lesson !== 0 && left.epoch < right.epoch) ? left : right;
      if (lesson !== 0 && (best === 0 || words[lesson + Lesson.Event]! > words[best + Lesson.Event]!)) best = lesson;
    }
    return best === 0 ? undefined : this.releasePoint(best);
  }

  /** What the two knew of each other and of the goroutines that were started first. */
  clocks(): RaceClocks {
    const { words } = this.order.strands;
    const goroutines: number[] = [];
    const previous: number[] = [];
    const access: number[] = [];
    for (const strand of this.strands()) {
      const isOfTwo = strand === this.earlier.strand || strand === this.later.strand;
      if (goroutines.length >= MOST_TOLD && !isOfTwo) continue;
      const [mine, yours] = [epochsOf(this.atEarlier, this.earlier), epochsOf(this.atLater, this.later)];
      goroutines.push(words[strand + Strand.G]!);
      previous.push(mine(words, strand));
      access.push(yours(words, strand));
    }
    return { goroutines, previous, access, deciding: words[this.earlier.strand + Strand.G]! };
  }

  /** Strands of which one of the two knows anything, in the order in which they started. */
  private strands(): number[] {
    const { strands } = this.order;
    const { words } = strands;
    const [mine, yours] = [epochsOf(this.atEarlier, this.earlier), epochsOf(this.atLater, this.later)];
    const slots = new Set([
      ...this.atEarlier.keys(),
      ...this.atLater.keys(),
      this.slotOf(this.earlier),
      this.slotOf(this.later),
    ]);
    const found: number[] = [];
    for (const slot of slots) {
      for (let at = strands.tenants[slot]!; at !== 0; at = words[at + Strand.Former]!) {
        if (mine(words, at) > 0 || yours(words, at) > 0) found.push(at);
      }
    }
    return found.sort((a, b) => strands.serial(a) - strands.serial(b));
  }

  private releasePoint(lesson: number): ReleasePoint | undefined {
    const { strands, knowledge } = this.order;
    const { words } = knowledge;
    const strand = strands.tenant(words[lesson + Lesson.Slot]!, words[lesson + Lesson.Epoch]!);
    if (strand === 0) return undefined;
    return {
      g: strands.words[strand + Strand.G]!,
      event: words[lesson + Lesson.Event]!,
      pc: words[lesson + Lesson.Pc]!,
      kind: EVENT_NAMES[words[lesson + Lesson.Marks]! & Mark.Kind]!,
    };
  }

  private slotOf({ strand }: Access): number {
    return this.order.strands.words[strand + Strand.Slot]!;
  }
}

/** All that follows from a lesson. */
function knownBy({ search, knowledge, strands }: Order, lesson: number): Known {
  const known: Known = new Map();
  if (lesson === 0) return known;
  search.forgetVectors();
  search.reserve(strands.slots);
  search.all(lesson);
  for (const each of search.taught()) {
    const slot = knowledge.words[each + Lesson.Slot]!;
    known.set(slot, { epoch: knowledge.words[each + Lesson.Epoch]!, lesson: each });
  }
  return known;
}

/** How many epochs of a strand were known to the goroutine of an access. */
function epochsOf(known: Known, { strand: me, epoch: mine }: Access): (words: Int32Array, strand: number) => number {
  return (words, strand) => {
    const slot = words[strand + Strand.Slot]!;
    const start = words[strand + Strand.Start]!;
    if (strand === me) return mine - start + 1;
    // Of its own slot a goroutine knows all that the former tenants have published.
    const until = slot === words[me + Strand.Slot] ? words[me + Strand.Start]! : (known.get(slot)?.epoch ?? 0);
    return Math.max(0, Math.min(until, words[strand + Strand.Epoch]! - 1) - start + 1);
  };
}
