/**
 * This file derives happens-before from synchronisation events: exactly the `order` column of event/kinds.ts, which is the Go memory model (June 2022).
 * What a goroutine publishes at an event excludes what it learns at the same event: the k-th send is ordered before the k-th receive completes,
 * and the k-th receive before the (k+C)-th send completes, but neither makes two sends or two receives known to each other.
 */
import { Kind } from '../event/kinds';
import type { EventName } from '../event/kinds';
import type { EventLog } from '../event/log';
import { VectorClock } from './clocks';
import { Strands } from './strands';
import type { Strand } from './strands';

/** Clocks of one channel of capacity C. Sequence numbers count from 0. Of a rendezvous the send is logged first, then the receive. */
class ChannelClocks {
  /** What the k-th send and the k-th receive publish, at index k mod C (0 when C is 0). */
  readonly sends: VectorClock[] = [];
  readonly receives: VectorClock[] = [];
  readonly close = new VectorClock(0);

  constructor(readonly capacity: number) {}

  at(clocks: VectorClock[], seq: number): VectorClock {
    const index = this.capacity > 0 ? seq % this.capacity : 0;
    return (clocks[index] ??= new VectorClock());
  }
}

type Handler = (order: Order, log: EventLog, i: number) => void;

export class Order {
  readonly strands = new Strands();
  private readonly channels = new Map<number, ChannelClocks>();
  /** By object: what unlocks, Dones, Once, timers have published. */
  private readonly objects = new Map<number, VectorClock>();
  /** RWMutex only: what RUnlocks have published. */
  private readonly readers = new Map<number, VectorClock>();
  private readonly atomics = new Map<number, VectorClock>();
  /** What the timer that fired last was started with: the context of what happens without a goroutine. */
  private timer = new VectorClock(0);
  /** By goroutine that a timer starts, until it is created. */
  private readonly fired = new Map<number, VectorClock>();

  /** Takes one event into account. */
  observe(log: EventLog, i: number): void {
    HANDLERS[log.kind[i]!]?.(this, log, i);
  }

  /** Publishes all the goroutine has done so far into a clock, and begins its next epoch. */
  release(me: Strand, into: VectorClock, log: EventLog, i: number): void {
    into.join(me.known);
    into.raise(me.slot, me.clock);
    me.release(log.first + i, log.pc[i]!, log.kind[i]!);
  }

  /** As {@link release}, but the clock forgets what it knew. */
  private publish(me: Strand, into: VectorClock, log: EventLog, i: number): void {
    into.assign(me.known);
    into.raise(me.slot, me.clock);
    me.release(log.first + i, log.pc[i]!, log.kind[i]!);
  }

  acquire(me: Strand, from: VectorClock | undefined, log: EventLog, i: number): void {
    if (from) me.acquire(from, log.first + i);
  }

  object(id: number): VectorClock {
    return clockOf(this.objects, id);
  }

  /** By name of the event kind. */
  static readonly handlers: Readonly<Partial<Record<EventName, Handler>>> = {
    GoCreate: (order, log, i) => {
      const by = log.g[i]!;
      const creator = by === 0 ? undefined : order.strands.of(by);
      const child = order.strands.start(log.obj[i]!, creator, log.first + i, log.pc[i]!);
      creator?.release(log.first + i, log.pc[i]!, log.kind[i]!);
      order.acquire(child, order.fired.get(child.g), log, i);
      order.fired.delete(child.g);
    },
    GoEnd: (order, log, i) => order.strands.end(log.g[i]!),
    ChanMake: (order, log, i) => void order.channels.set(log.obj[i]!, new ChannelClocks(log.a[i]!)),
    ChanSend: (order, log, i) => order.send(log, i),
    ChanRecv: (order, log, i) => order.receive(log, i),
    ChanClose: (order, log, i) => order.release(order.me(log, i), order.channel(log, i).close, log, i),
    ChanRecvClosed: (order, log, i) => order.acquire(order.me(log, i), order.channel(log, i).close, log, i),
    MutexLock: (order, log, i) => order.acquire(order.me(log, i), order.objects.get(log.obj[i]!), log, i),
    MutexUnlock: (order, log, i) => order.release(order.me(log, i), order.object(log.obj[i]!), log, i),
    RWLock: (order, log, i) => {
      order.acquire(order.me(log, i), order.objects.get(log.obj[i]!), log, i);
      order.acquire(order.me(log, i), order.readers.get(log.obj[i]!), log, i);
    },
    RWUnlock: (order, log, i) => order.release(order.me(log, i), order.object(log.obj[i]!), log, i),
    RWRLock: (order, log, i) => order.acquire(order.me(log, i), order.objects.get(log.obj[i]!), log, i),
    RWRUnlock: (order, log, i) => order.release(order.me(log, i), clockOf(order.readers, log.obj[i]!), log, i),
    WaitGroupAdd: (order, log, i) => {
      if (log.a[i]! < 0) order.release(order.me(log, i), order.object(log.obj[i]!), log, i);
    },
    WaitGroupWait: (order, log, i) => order.acquire(order.me(log, i), order.objects.get(log.obj[i]!), log, i),
    OnceDo: (order, log, i) => {
      if (log.a[i] === 1) order.release(order.me(log, i), order.object(log.obj[i]!), log, i);
      else order.acquire(order.me(log, i), order.objects.get(log.obj[i]!), log, i);
    },
    CondSignal: (order, log, i) => {
      if (log.a[i] === 0) return;
      const published = new VectorClock();
      order.release(order.me(log, i), published, log, i);
      // The one woken waits in Cond.Wait and does nothing before it returns.
      order.acquire(order.strands.of(log.a[i]!), published, log, i);
    },
    AtomicLoad: (order, log, i) => order.acquire(order.me(log, i), order.atomics.get(log.obj[i]!), log, i),
    AtomicStore: (order, log, i) => order.atomicWrite(log, i),
    AtomicRMW: (order, log, i) => {
      if (log.a[i] === 0) order.acquire(order.me(log, i), order.atomics.get(log.obj[i]!), log, i);
      else order.atomicWrite(log, i);
    },
    TimerStart: (order, log, i) => order.release(order.me(log, i), order.object(log.obj[i]!), log, i),
    TimerFire: (order, log, i) => {
      const started = order.object(log.obj[i]!);
      order.timer = started;
      if (log.a[i] === 0) return;
      const target = order.strands.find(log.a[i]!);
      if (target) order.acquire(target, started, log, i);
      else order.fired.set(log.a[i]!, started);
    },
  };

  private me(log: EventLog, i: number): Strand {
    return this.strands.of(log.g[i]!);
  }

  private channel(log: EventLog, i: number): ChannelClocks {
    const id = log.obj[i]!;
    let channel = this.channels.get(id);
    if (!channel) this.channels.set(id, (channel = new ChannelClocks(0)));
    return channel;
  }

  private send(log: EventLog, i: number): void {
    const channel = this.channel(log, i);
    const seq = log.a[i]!;
    const published = channel.at(channel.sends, seq);
    if (log.g[i] === 0) {
      published.assign(this.timer);
      return;
    }
    const me = this.me(log, i);
    this.publish(me, published, log, i);
    if (channel.capacity > 0 && seq >= channel.capacity) {
      this.acquire(me, channel.at(channel.receives, seq), log, i);
    }
  }

  private receive(log: EventLog, i: number): void {
    const channel = this.channel(log, i);
    const seq = log.a[i]!;
    const me = this.me(log, i);
    const published = channel.at(channel.receives, seq);
    this.publish(me, published, log, i);
    this.acquire(me, channel.at(channel.sends, seq), log, i);
    const sender = log.b[i]!;
    if (channel.capacity === 0 && sender !== 0) this.acquire(this.strands.of(sender), published, log, i);
  }

  private atomicWrite(log: EventLog, i: number): void {
    const clock = clockOf(this.atomics, log.obj[i]!);
    this.acquire(this.me(log, i), clock, log, i);
    this.release(this.me(log, i), clock, log, i);
  }
}

function clockOf(clocks: Map<number, VectorClock>, id: number): VectorClock {
  let clock = clocks.get(id);
  if (!clock) clocks.set(id, (clock = new VectorClock()));
  return clock;
}

/** By kind code. */
const HANDLERS: (Handler | undefined)[] = [];
for (const [name, handler] of Object.entries(Order.handlers)) HANDLERS[Kind[name as EventName]] = handler;
