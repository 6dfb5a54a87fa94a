/**
 * This file finds the clock that a rule speaks of (order.ts): by its name, and by whose it is. Mostly the same is asked for again: a Lock is followed by the Unlock,
 * a send by its receive. So the latest is kept at hand.
 */
import type { ClockName, Who } from './order';

/** Events in columns, a row an event: a log, or a trace. */
export interface EventColumns {
  readonly kind: Uint8Array;
  readonly g: Int32Array;
  readonly obj: Int32Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** Where the clock of an event stands. */
export interface Place<C> {
  /** The clock, if anything was ever put into it. */
  find(events: EventColumns, i: number): C | undefined;
  /** The clock, made if need be. */
  get(events: EventColumns, i: number): C;
}

/** All clocks of all objects. */
export class Places<C> {
  readonly channels: Channels<C>;
  private readonly clocks = new Map<ClockName, Clocks<C>>();

  /** `kept`: told of each channel of which something is kept from then on. */
  constructor(
    private readonly make: (name: ClockName) => C,
    kept?: () => void,
  ) {
    this.channels = new Channels(kept);
  }

  /** The place of a clock: of what the field names or, with `sends` and `receives`, of the message. */
  of(name: ClockName, who: Who = 'obj'): Place<C> {
    const make = (): C => this.make(name);
    if (name === 'sends' || name === 'receives') return new MessagePlace(this.channels, name, make);
    const clocks = this.clocks.get(name) ?? new Clocks(make);
    this.clocks.set(name, clocks);
    return new OwnPlace(clocks, who);
  }
}

/** Clocks of one name, by whose they are. */
class Clocks<C> {
  private readonly all = new Map<number, C>();
  private owner = -1;
  /** The clock of `owner`. */
  private latest: C | undefined;

  constructor(private readonly make: () => C) {}

  find(owner: number): C | undefined {
    if (owner === this.owner) return this.latest;
    this.owner = owner;
    return (this.latest = this.all.get(owner));
  }

  get(owner: number): C {
    return this.find(owner) ?? this.add(owner);
  }

  private add(owner: number): C {
    const clock = (this.latest = this.make());
    this.all.set(owner, clock);
    return clock;
  }
}

class OwnPlace<C> implements Place<C> {
  constructor(
    private readonly clocks: Clocks<C>,
    private readonly who: Who,
  ) {}

  find(events: EventColumns, i: number): C | undefined {
    return this.clocks.find(this.owner(events, i));
  }

  get(events: EventColumns, i: number): C {
    return this.clocks.get(this.owner(events, i));
  }

  private owner(events: EventColumns, i: number): number {
    // Nearly always: a column whose name is written here is read faster.
    return this.who === 'obj' ? events.obj[i]! : events[this.who][i]!;
  }
}

/** Clocks of one channel, by slot. A channel without a buffer has one, and an array that grows from nothing would have room for 17. */
class Channel<C> {
  readonly sends: (C | undefined)[] = [undefined];
  readonly receives: (C | undefined)[] = [undefined];

  constructor(
    readonly id: number,
    readonly capacity: number,
  ) {}
}

/** All channels, and at which message of which of them an event is. Nothing is kept of one without a buffer until it is used: it is as one that nobody has heard of. */
class Channels<C> {
  private readonly all = new Map<number, Channel<C>>();
  current = new Channel<C>(-1, 0);
  /** The one before: a ping goes through one channel, its pong through another. */
  private before = this.current;
  slot = 0;

  constructor(private readonly kept: () => void = () => undefined) {}

  /** A channel is made, be it where another was. */
  open(id: number, capacity: number): void {
    if (capacity > 0 || this.all.has(id)) this.enter(this.keep(id, capacity));
  }

  /** To the `k`-th message of a channel. */
  turnTo(id: number, k: number): void {
    if (this.current.id !== id) this.change(id);
    const { capacity } = this.current;
    this.slot = capacity > 0 ? k % capacity : 0;
  }

  private change(id: number): void {
    const { before } = this;
    this.enter(before.id === id ? before : (this.all.get(id) ?? this.keep(id, 0)));
  }

  private enter(channel: Channel<C>): void {
    this.before = this.current;
    this.current = channel;
  }

  private keep(id: number, capacity: number): Channel<C> {
    if (!this.all.has(id)) this.kept();
    const channel = new Channel<C>(id, capacity);
    this.all.set(id, channel);
    return channel;
  }
}

class MessagePlace<C> implements Place<C> {
  constructor(
    private readonly channels: Channels<C>,
    private readonly name: 'sends' | 'receives',
    private readonly make: () => C,
  ) {}

  find(): C | undefined {
    const { current, slot } = this.channels;
    return this.slotsOf(current)[slot];
  }

  get(): C {
    const { current, slot } = this.channels;
    return (this.slotsOf(current)[slot] ??= this.make());
  }

  private slotsOf(channel: Channel<C>): (C | undefined)[] {
    return this.name === 'sends' ? channel.sends : channel.receives;
  }
}
