/**
 * This file executes the `order` column of the table of events: happens-before, by the Go memory model (June 2022), over whatever clocks a reader brings.
 * detect/ brings a graph of who learned from whom, timeline/ sets of rows; neither knows a rule of the model.
 *
 * A rule is read once, when a fold is made: it becomes a closure in which nothing is left to decide but by the event (Feeley and Lapalme, Using closures
 * for code generation, Computer Languages 12, 1987), and the rules of a row become one, of a channel's row two. Rejected: one switch over rules in
 * numbers, somewhat faster for channels and up to a fifth slower for everything that has a single rule.
 */
import { Places } from './clockPlaces';
import type { EventColumns, Place } from './clockPlaces';
import { EVENT_NAMES, EVENT_TABLE } from './kinds';
import type { ClockName, Condition, Rule, Who } from './order';

/** What a reader must be able to do with clocks (`C`). "Now" is the event being observed, of which the reader knows all fields; goroutine 0 is nobody. */
export interface ClockAlgebra<C> {
  /** A clock that holds nothing. */
  clock(name: ClockName): C;
  acquire(g: number, clock: C): void;
  publish(g: number, clock: C): void;
  merge(g: number, clock: C): void;
  /** What the goroutine has acquired from the clock need not be acquired from it again. May do nothing. */
  cover(g: number, clock: C): void;
  /** As {@link acquire}, before the next event of a goroutine that may not have started yet. */
  acquireFor(g: number, clock: C): void;
  fork(creator: number, g: number): void;
  /** From now on goroutine 0 acts with what the clock holds now. */
  assume(clock: C): void;
  /** Nobody acquires the clock any more, until somebody publishes into it. */
  spend?(clock: C): void;
  /** From now on something is kept of one channel more: about 200 bytes, besides its clocks. */
  keepsChannel?(): void;
}

/** What the event in row `i` does. */
type Effect = (events: EventColumns, i: number) => void;

/** Codes of the events that order anything. */
export const ORDERING_KINDS: readonly number[] = EVENT_NAMES.flatMap((name, kind) =>
  EVENT_TABLE[name].order ? [kind] : [],
);

export class HappensBefore<C> {
  private readonly places: Places<C>;
  /** By kind code; undefined: such an event orders nothing. */
  private readonly effects: readonly (Effect | undefined)[];

  constructor(private readonly algebra: ClockAlgebra<C>) {
    this.places = new Places(
      (name) => algebra.clock(name),
      () => algebra.keepsChannel?.(),
    );
    this.effects = EVENT_NAMES.map((name) => this.row(EVENT_TABLE[name].order));
  }

  /** Says how many slots a channel has, of which the events may not tell. Unknown channels have none. */
  open(channel: number, capacity: number): void {
    this.places.channels.open(channel, capacity);
  }

  /** Takes one event into account. */
  observe(events: EventColumns, i: number): void {
    const effect = this.effects[events.kind[i]!];
    if (effect !== undefined) effect(events, i);
  }

  // ---------------------------------------------------------------- from rules to closures

  private row(rules: readonly Rule[] | undefined): Effect | undefined {
    if (!rules) return undefined;
    if (rules.some(isOfChannel)) return this.channelRow(rules);
    return this.allOf(rules);
  }

  /** First of all it is found out which channel it is, and which slot; what has a buffer and what has none then go their own ways. */
  private channelRow(rules: readonly Rule[]): Effect {
    const { channels } = this.places;
    const buffered = this.allOf(rules.filter((rule) => rule.if !== 'unbuffered'));
    const rendezvous = this.allOf(rules.filter((rule) => rule.if !== 'buffered'));
    const unbuffered = inTurn([rendezvous, ...this.spending(rules)]);
    return (events, i) => {
      channels.turnTo(events.obj[i]!, events.a[i]!);
      if (channels.current.capacity > 0) buffered(events, i);
      else unbuffered(events, i);
    };
  }

  /** What is sent without a buffer is received once, and at once. */
  private spending(rules: readonly Rule[]): Effect[] {
    const { algebra } = this;
    if (!algebra.spend || !rules.some((rule) => 'acquire' in rule && rule.acquire === 'sends')) return [];
    return (['sends', 'receives'] as const).map((name) => {
      const place = this.places.of(name);
      return (events, i) => algebra.spend!(place.get(events, i));
    });
  }

  private allOf(rules: readonly Rule[]): Effect {
    return inTurn(rules.map((rule) => when(rule.if, this.effect(rule))));
  }

  private effect(rule: Rule): Effect {
    if ('acquire' in rule) {
      const place = this.places.of(rule.acquire, rule.of);
      return rule.for ? this.acquireFor(rule.for, place) : this.acquire(place);
    }
    if ('publish' in rule) return this.publish(this.places.of(rule.publish, rule.of));
    if ('merge' in rule) return this.merge(rule);
    if ('fork' in rule) return this.fork(rule.fork);
    if ('assume' in rule) return this.assume(this.places.of(rule.assume));
    return this.slots();
  }

  private acquire(place: Place<C>): Effect {
    const { algebra } = this;
    return (events, i) => {
      const clock = place.find(events, i);
      if (clock !== undefined) algebra.acquire(events.g[i]!, clock);
    };
  }

  private acquireFor(who: Who, place: Place<C>): Effect {
    const { algebra } = this;
    return (events, i) => {
      const clock = place.find(events, i);
      if (clock !== undefined) algebra.acquireFor(events[who][i]!, clock);
    };
  }

  private publish(place: Place<C>): Effect {
    const { algebra } = this;
    return (events, i) => algebra.publish(events.g[i]!, place.get(events, i));
  }

  private merge({ merge, covers }: Extract<Rule, { readonly merge: ClockName }>): Effect {
    const { algebra } = this;
    const place = this.places.of(merge);
    const effect: Effect = (events, i) => algebra.merge(events.g[i]!, place.get(events, i));
    return covers ? inTurn([this.cover(this.places.of(covers)), effect]) : effect;
  }

  private cover(place: Place<C>): Effect {
    const { algebra } = this;
    return (events, i) => {
      const clock = place.find(events, i);
      if (clock !== undefined) algebra.cover(events.g[i]!, clock);
    };
  }

  private fork(who: Who): Effect {
    const { algebra } = this;
    return (events, i) => algebra.fork(events.g[i]!, events[who][i]!);
  }

  private assume(place: Place<C>): Effect {
    const { algebra } = this;
    return (events, i) => algebra.assume(place.get(events, i));
  }

  private slots(): Effect {
    const { channels } = this.places;
    return (events, i) => channels.open(events.obj[i]!, events.a[i]!);
  }
}

/** Whether a rule depends on the channel's capacity, or on which of its messages it is. */
function isOfChannel(rule: Rule): boolean {
  const clock = 'acquire' in rule ? rule.acquire : 'publish' in rule ? rule.publish : undefined;
  return rule.if === 'buffered' || rule.if === 'unbuffered' || clock === 'sends' || clock === 'receives';
}

/** One effect after the other. Few enough that they need no loop. */
function inTurn(effects: readonly Effect[]): Effect {
  const [first, second, ...others] = effects;
  if (!first) return () => undefined;
  if (!second) return first;
  if (others.length === 0)
    return (events, i) => {
      first(events, i);
      second(events, i);
    };
  const third = inTurn(others);
  return (events, i) => {
    first(events, i);
    second(events, i);
    third(events, i);
  };
}

/** An effect under a condition on the fields; those on the channel are met where rules are chosen for it. */
function when(condition: Condition | undefined, effect: Effect): Effect {
  switch (condition) {
    case 'a = 0':
      return (events, i) => {
        if (events.a[i] === 0) effect(events, i);
      };
    case 'a ≠ 0':
      return (events, i) => {
        if (events.a[i] !== 0) effect(events, i);
      };
    case 'a < 0':
      return (events, i) => {
        if (events.a[i]! < 0) effect(events, i);
      };
    default:
      return effect;
  }
}
