/**
 * This file executes the `order` column of the table of events: happens-before, by the Go memory model (June 2022), over whatever clocks a reader brings.
 * detect/ brings vector clocks, timeline/ sets of rows; neither knows a rule of the model.
 */
import { EVENT_NAMES, EVENT_TABLE } from './kinds';
import { CLOCKS, CONDITIONS } from './order';
import type { ClockName, Condition, Rule, Who } from './order';

/**
 * What a reader must be able to do with clocks (`C`) and with those who act (`A`): goroutines, and whoever acts for goroutine 0. "Now" is the
 * event being observed, of which the reader knows all fields.
 */
export interface ClockAlgebra<A, C> {
  /** A clock that holds nothing. */
  clock(name: ClockName): C;
  actor(g: number): A;
  acquire(actor: A, clock: C): void;
  publish(actor: A, clock: C): void;
  merge(actor: A, clock: C): void;
  /** What the actor has acquired from the clock need not be acquired from it again. May do nothing. */
  cover(actor: A, clock: C): void;
  /** As {@link acquire}, before the next event of a goroutine that may not have started yet. */
  acquireFor(g: number, clock: C): void;
  fork(actor: A, g: number): void;
  /** From now on goroutine 0 acts with what the clock holds now. */
  assume(clock: C): void;
}

const enum Effect {
  Acquire,
  AcquireFor,
  Publish,
  Merge,
  Fork,
  Assume,
  Slots,
}

const enum Field {
  G,
  A,
  B,
  Obj,
}

/** A rule in numbers. */
interface Step {
  readonly effect: Effect;
  /** Index into CONDITIONS. */
  readonly condition: number;
  /** Index into CLOCKS; -1: none. */
  readonly clock: number;
  /** Index into CLOCKS; -1: none. */
  readonly covers: number;
  /** Whose clock it is. */
  readonly of: Field;
  /** Who learns or starts. */
  readonly who: Field;
}

const FIELDS: Readonly<Record<Who, Field>> = { g: Field.G, a: Field.A, b: Field.B, obj: Field.Obj };
/** The two clocks of which a channel has one for each slot. */
const [SENDS, RECEIVES] = [CLOCKS.indexOf('sends'), CLOCKS.indexOf('receives')];
const IF = Object.fromEntries(CONDITIONS.map((condition, code) => [condition, code])) as Record<Condition, number>;
const { always: ALWAYS, 'a = 0': A_ZERO, 'a ≠ 0': A_NOT_ZERO, 'a < 0': A_NEGATIVE, buffered: BUFFERED } = IF;

function step(rule: Rule, effect: Effect, clock: ClockName | undefined, who: Who = 'g'): Step {
  const named = (name: ClockName | undefined): number => (name ? CLOCKS.indexOf(name) : -1);
  return {
    effect,
    condition: IF[rule.if ?? 'always'],
    clock: named(clock),
    covers: named('covers' in rule ? rule.covers : undefined),
    of: FIELDS['of' in rule && rule.of !== undefined ? rule.of : 'obj'],
    who: FIELDS[who],
  };
}

function compile(rule: Rule): Step {
  if ('acquire' in rule) return step(rule, rule.for ? Effect.AcquireFor : Effect.Acquire, rule.acquire, rule.for);
  if ('publish' in rule) return step(rule, Effect.Publish, rule.publish);
  if ('merge' in rule) return step(rule, Effect.Merge, rule.merge);
  if ('fork' in rule) return step(rule, Effect.Fork, undefined, rule.fork);
  if ('assume' in rule) return step(rule, Effect.Assume, rule.assume);
  return step(rule, Effect.Slots, undefined);
}

/** By kind code: what such an event does; undefined: nothing. */
const STEPS: readonly (readonly Step[] | undefined)[] = EVENT_NAMES.map((name) =>
  EVENT_TABLE[name].order?.map(compile),
);

/** Codes of the events that order anything. */
export const ORDERING_KINDS: readonly number[] = EVENT_NAMES.flatMap((_, kind) => (STEPS[kind] ? [kind] : []));

/** By kind code: 1 where a rule speaks of a channel, its slots or whether it has any. */
const OF_CHANNEL = Uint8Array.from(STEPS, (steps) =>
  steps?.some(({ clock, condition }) => isOfMessage(clock) || condition >= BUFFERED) ? 1 : 0,
);

/** Clocks of one channel, by slot. */
class Channel<C> {
  readonly sends: C[] = [];
  readonly receives: C[] = [];
  constructor(readonly capacity: number) {}
}

export class HappensBefore<A, C> {
  /** By clock name: the clocks of all objects. */
  private readonly clocks: readonly Map<number, C>[] = CLOCKS.map(() => new Map<number, C>());
  private readonly channels = new Map<number, Channel<C>>();

  constructor(private readonly algebra: ClockAlgebra<A, C>) {}

  /** Says how many slots a channel has, of which the events may not tell. Unknown channels have none. */
  open(channel: number, capacity: number): Channel<C> {
    const made = new Channel<C>(capacity);
    this.channels.set(channel, made);
    return made;
  }

  /** Takes one event into account. */
  observe(kind: number, g: number, obj: number, a: number, b: number): void {
    const steps = STEPS[kind];
    if (!steps) return;
    const me = this.algebra.actor(g);
    const channel = OF_CHANNEL[kind] === 1 ? (this.channels.get(obj) ?? this.open(obj, 0)) : undefined;
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i]!;
      if (step.condition === ALWAYS || holds(step.condition, a, channel)) this.apply(step, me, g, obj, a, b, channel);
    }
  }

  private apply(
    step: Step,
    me: A,
    g: number,
    obj: number,
    a: number,
    b: number,
    channel: Channel<C> | undefined,
  ): void {
    const { algebra } = this;
    const { clock, effect } = step;
    const owner = step.of === Field.Obj ? obj : field(step.of, g, obj, a, b);
    const found = clock < 0 ? undefined : this.find(clock, owner, a, channel);
    switch (effect) {
      case Effect.Acquire:
        if (found !== undefined) algebra.acquire(me, found);
        return;
      case Effect.AcquireFor:
        if (found !== undefined) algebra.acquireFor(field(step.who, g, obj, a, b), found);
        return;
      case Effect.Publish:
        return algebra.publish(me, found ?? this.make(clock, owner, a, channel));
      case Effect.Merge:
        if (step.covers >= 0) this.cover(me, step.covers, owner);
        return algebra.merge(me, found ?? this.make(clock, owner, a, channel));
      case Effect.Fork:
        return algebra.fork(me, field(step.who, g, obj, a, b));
      case Effect.Assume:
        return algebra.assume(found ?? this.make(clock, owner, a, channel));
      case Effect.Slots:
        this.open(obj, a);
    }
  }

  private cover(me: A, clock: number, owner: number): void {
    const covered = this.clocks[clock]!.get(owner);
    if (covered !== undefined) this.algebra.cover(me, covered);
  }

  /** A clock of an object, if anything was ever put into it; of a channel that of the k-th message. */
  private find(clock: number, owner: number, k: number, channel: Channel<C> | undefined): C | undefined {
    if (channel === undefined || !isOfMessage(clock)) return this.clocks[clock]!.get(owner);
    return (clock === SENDS ? channel.sends : channel.receives)[slotOf(k, channel)];
  }

  private make(clock: number, owner: number, k: number, channel: Channel<C> | undefined): C {
    const made = this.algebra.clock(CLOCKS[clock]!);
    if (channel === undefined || !isOfMessage(clock)) this.clocks[clock]!.set(owner, made);
    else (clock === SENDS ? channel.sends : channel.receives)[slotOf(k, channel)] = made;
    return made;
  }
}

function isOfMessage(clock: number): boolean {
  return clock === SENDS || clock === RECEIVES;
}

function slotOf(k: number, { capacity }: Channel<unknown>): number {
  return capacity > 0 ? k % capacity : 0;
}

function holds(condition: number, a: number, channel: Channel<unknown> | undefined): boolean {
  switch (condition) {
    case A_ZERO:
      return a === 0;
    case A_NOT_ZERO:
      return a !== 0;
    case A_NEGATIVE:
      return a < 0;
    case BUFFERED:
      return channel !== undefined && channel.capacity > 0;
    default:
      return channel === undefined || channel.capacity === 0;
  }
}

function field(which: Field, g: number, obj: number, a: number, b: number): number {
  switch (which) {
    case Field.G:
      return g;
    case Field.A:
      return a;
    case Field.B:
      return b;
    case Field.Obj:
      return obj;
  }
}
