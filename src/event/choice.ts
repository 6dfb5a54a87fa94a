/**
 * This file defines the one door by which nondeterminism enters. On the machine's side stands {@link Choices}, which writes down what there is to choose;
 * on the other side a {@link Chooser}, which sees it and decides. Same program, machine and choices: same events, byte for byte.
 */
import { BranchingList, type ListState } from '../base/branchingList';
import { PackedNumbers } from '../base/packedNumbers';
import { Ledger, type Share } from '../base/ledger';
import { Random } from '../base/random';
import { ChoicePoint } from './choicePoint';

/** What is being chosen; the name is for people, the order is part of the trace format: append only. */
export const CHOICE_KINDS = [
  'select-case', // which ready case of a select
  'map-order', // where an iteration over a map starts
  'random', // math/rand
  'steal-order', // which P a thief looks at first
  'runnext', // whether a readied goroutine goes first (as Go's runtime does under -race)
  'start-delay', // how long a woken or created thread takes to reach its first instruction, in steps of a jitter quantum
  'switch-jitter', // extra virtual time of one goroutine switch
  'timer-tie', // which of several timers due at the same instant fires first
  'next-core', // which of several cores with equal clocks moves first
  'next-operation', // whose visible operation is executed, and of a select which case (controlled scheduler)
] as const;

export type ChoiceKind = (typeof CHOICE_KINDS)[number];
/** Index into {@link CHOICE_KINDS}. */
export type ChoiceCode = number;

/** Code of a kind, for tables built at load time. */
export function choiceCode(kind: ChoiceKind): ChoiceCode {
  return CHOICE_KINDS.indexOf(kind);
}

/** Who decides which goroutine runs when: a simulation of Go's scheduler and the kernel, or the chooser before each visible operation. */
export type SchedulerName = 'simulated' | 'controlled';

export interface Chooser {
  /** Which alternative: an integer in `[0, point.count)`. The point is filled anew for the next choice. */
  choose(point: ChoicePoint): number;
  /** True when it looks at the number of alternatives only, so that nothing need be described. */
  readonly blind?: boolean;
  /**
   * Its place in its sequence of choices, for snapshots of a machine, as a value: later choices must not change it. A chooser without memory needs
   * neither this nor `restore`.
   */
  save?(): unknown;
  restore?(saved: unknown): void;
}

/** The machine's side of the door: its one choice point, and who decides. */
export class Choices {
  readonly point = new ChoicePoint();
  /** Nobody looks at what is described. */
  readonly blind: boolean;
  constructor(readonly chooser: Chooser) {
    this.blind = chooser.blind === true;
  }

  /** One of n ≥ 1 alternatives that are mere numbers. When n is 1 there is nothing to choose and callers need not ask. */
  choose(kind: ChoiceCode, n: number): number {
    return this.chooser.choose(this.point.numbered(kind, n));
  }

  /** One of the alternatives that were added to the point since it was opened. */
  ask(): number {
    return this.chooser.choose(this.point);
  }
}

/** Simulates: draws from a seeded generator. */
export class SeededChooser implements Chooser {
  readonly blind = true;
  private readonly random: Random;
  constructor(seed: number) {
    this.random = new Random(seed);
  }
  choose(point: ChoicePoint): number {
    return this.random.below(point.count);
  }
  save(): Int32Array {
    return this.random.state.slice();
  }
  restore(saved: unknown): void {
    this.random.state.set(saved as Int32Array);
  }
}

/** Choices in the order in which they were made. */
export interface ChoiceList {
  readonly length: number;
  at(index: number): number | undefined;
}

/** Choices that are paid for at once, and bytes of one: as recorded and as text, each in an array that may just have grown. */
const PAID_AT_ONCE = 1024;
const CHOICE_BYTES = 8;

/** Pays for the next choices, when as many as `made` were paid for. */
function pay(share: Share, made: number): void {
  if (made % PAID_AT_ONCE === 0) share.take(PAID_AT_ONCE * CHOICE_BYTES);
}

/** Records what another chooser decides, so that the run can be replayed. */
export class RecordingChooser implements Chooser {
  private readonly made = new BranchingList<number>(() => new PackedNumbers());
  readonly blind: boolean;
  /** `share`: who accounts for the choices. */
  constructor(
    private readonly inner: Chooser,
    private readonly share: Share = new Ledger().share('choices'),
  ) {
    this.blind = inner.blind === true;
  }
  /** All choices, those to come included. */
  get list(): ChoiceList {
    return this.made;
  }
  /** Choices so far. */
  get length(): number {
    return this.made.length;
  }
  /** All of them, in a new array. */
  get choices(): Uint32Array {
    const choices = new Uint32Array(this.made.length);
    this.made.forEach((choice, i) => (choices[i] = choice));
    return choices;
  }
  /** @throws OutOfMemory */
  choose(point: ChoicePoint): number {
    pay(this.share, this.made.length);
    const chosen = this.inner.choose(point);
    this.made.add(chosen);
    return chosen;
  }
  save(): unknown {
    return { made: this.made.save(), inner: this.inner.save?.() };
  }
  restore(saved: unknown): void {
    const { made, inner } = saved as { made: ListState<number>; inner: unknown };
    this.made.restore(made);
    this.inner.restore?.(inner);
  }
}

/** A recorded choice that its run does not have. */
export interface Misfit {
  /** Its place among the choices, from 1. */
  readonly at: number;
  readonly chosen: number;
  /** Alternatives that there are. */
  readonly count: number;
}

/** Replays recorded choices; past their end, or where a choice does not fit, it goes on with `beyond` (and counts it as a divergence when it did not fit). */
export class ReplayingChooser implements Chooser {
  private next = 0;
  divergences = 0;
  /** The first divergence. */
  misfit: Misfit | undefined;
  /** Choices that were made past the end of those recorded. */
  drawn = 0;
  readonly blind: boolean;
  constructor(
    readonly choices: ChoiceList,
    private readonly beyond: Chooser,
    private readonly share: Share = new Ledger().share('choices'),
  ) {
    this.blind = beyond.blind === true;
  }
  /** @throws OutOfMemory */
  choose(point: ChoicePoint): number {
    if (this.next >= this.choices.length) {
      this.drawn++;
      return this.beyond.choose(point);
    }
    pay(this.share, this.next);
    const recorded = this.choices.at(this.next++)!;
    if (recorded < point.count) return recorded;
    this.divergences++;
    this.misfit ??= { at: this.next, chosen: recorded, count: point.count };
    return this.beyond.choose(point);
  }
  /** How many of the recorded choices were made. */
  get used(): number {
    return this.next;
  }
  save(): unknown {
    const { next, divergences, misfit, drawn } = this;
    return { next, divergences, misfit, drawn, beyond: this.beyond.save?.() };
  }
  restore(saved: unknown): void {
    const { next, divergences, misfit, drawn, beyond } = saved as Pick<ReplayingChooser, 'divergences' | 'misfit' | 'drawn'> & { next: number; beyond: unknown }; // prettier-ignore
    this.next = next;
    this.divergences = divergences;
    this.misfit = misfit;
    this.drawn = drawn;
    this.beyond.restore?.(beyond);
  }
}
