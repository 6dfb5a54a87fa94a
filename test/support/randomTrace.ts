/**
 * This file makes random traces of every kind of synchronisation, of which the machine would make some only rarely: rounds of a wait group, locks unlocked
 * by another goroutine, compare-and-swaps that fail, timers started anew by others, signals that come before the wait.
 */
import type { EventName } from '../../src/event/kinds';
import type { Trace } from '../../src/trace/store';
import { TraceBuilder } from './traceBuilder';

/** Goroutines 1 to 4; 5 and more are started by timers. */
const GOROUTINES = 4;
const MUTEX = 100;
const RW = 101;
const GROUP = 102;
const ONCE = 103;
const COND = 104;
const ATOMIC = 105;
const TIMER = 106;
const VARIABLE = 107;
/** Channels of capacity 0, 1 and 2, and that of a ticker. */
const CHANNELS = [110, 111, 112] as const;
const TICKS = 113;

class RandomTrace {
  private readonly rows = new TraceBuilder('random');
  private readonly started = [1];
  private readonly sent = new Map<number, number>();
  private readonly received = new Map<number, number>();
  private locked = false;
  private writer = 0;
  private readers: number[] = [];
  private counter = 0;
  private once = false;
  private closed = false;
  private timer = false;
  private readonly signalled = new Set<number>();

  constructor(private readonly below: (n: number) => number) {
    CHANNELS.forEach((obj, a) => this.rows.add('ChanMake', { g: 1, obj, a }));
    this.rows.add('ChanMake', { g: 1, obj: TICKS, a: 1 });
  }

  make(length: number): Trace {
    while (this.rows.length < length) this.act();
    return this.rows.build();
  }

  private add(name: EventName, g: number, obj: number, a = 0, b = 0): void {
    this.rows.add(name, { g, obj, a, b });
  }

  private act(): void {
    const g = this.started[this.below(this.started.length)]!;
    const acts = ['go', 'channel', 'lock', 'rwlock', 'group', 'atomic', 'timed', 'other'] as const;
    this[acts[this.below(acts.length)]!](g);
    if (this.below(3) === 0) this.add(this.below(2) === 0 ? 'Read' : 'Write', g, VARIABLE, 1, -1);
  }

  private go(g: number): void {
    const child = this.started.filter((one) => one <= GOROUTINES).length + 1;
    if (child > GOROUTINES) return;
    this.add('GoCreate', g, child);
    this.add('GoReady', g, child);
    this.start(child);
  }

  private start(child: number): void {
    this.add('GoRun', child, child);
    this.started.push(child);
  }

  private next(counts: Map<number, number>, channel: number): number {
    const n = counts.get(channel) ?? 0;
    counts.set(channel, n + 1);
    return n;
  }

  private channel(g: number): void {
    if (this.below(8) === 0) return this.close(g);
    const index = this.below(CHANNELS.length);
    const channel = CHANNELS[index]!;
    const other = this.started[this.below(this.started.length)]!;
    if (index === 0) return this.meet(g, other, channel);
    const inside = (this.sent.get(channel) ?? 0) - (this.received.get(channel) ?? 0);
    if (inside > 0 && (inside === index || this.below(2) === 0))
      this.add('ChanRecv', g, channel, this.next(this.received, channel));
    else this.add('ChanSend', g, channel, this.next(this.sent, channel));
  }

  private meet(sender: number, receiver: number, channel: number): void {
    if (sender === receiver) return;
    this.add('ChanSend', sender, channel, this.next(this.sent, channel), receiver);
    this.add('ChanRecv', receiver, channel, this.next(this.received, channel), sender);
  }

  private close(g: number): void {
    this.add(this.closed ? 'ChanRecvClosed' : 'ChanClose', g, 114);
    this.closed = true;
  }

  /** Whoever comes unlocks it. */
  private lock(g: number): void {
    this.add(this.locked ? 'MutexUnlock' : 'MutexLock', g, MUTEX);
    this.locked = !this.locked;
  }

  private rwlock(g: number): void {
    if (this.writer !== 0) {
      this.add('RWUnlock', this.below(4) === 0 ? g : this.writer, RW);
      this.writer = 0;
    } else if (this.readers.length > 0 && this.below(2) === 0) {
      this.add('RWRUnlock', this.readers.pop()!, RW);
    } else if (this.readers.length > 0 || this.below(2) === 0) {
      this.add('RWRLock', g, RW);
      this.readers.push(g);
    } else {
      this.add('RWLock', g, RW);
      this.writer = g;
    }
  }

  private group(g: number): void {
    if (this.counter === 0 && this.below(2) === 0) return this.add('WaitGroupWait', g, GROUP);
    const delta = this.counter > 0 && this.below(3) > 0 ? -1 : 1;
    this.counter += delta;
    this.add('WaitGroupAdd', g, GROUP, delta, this.counter);
  }

  private atomic(g: number): void {
    const kinds: readonly (readonly [EventName, number])[] = [['AtomicLoad', 0], ['AtomicStore', 0], ['AtomicRMW', 1], ['AtomicRMW', 0]]; // prettier-ignore
    const [name, a] = kinds[this.below(kinds.length)]!;
    this.add(name, g, ATOMIC, a);
  }

  private timed(g: number): void {
    if (!this.timer || this.below(3) === 0) {
      this.timer = true;
      return this.add('TimerStart', g, TIMER, 1000);
    }
    if (this.below(2) === 0) return this.tick();
    const child = Math.max(GOROUTINES, ...this.started) + 1;
    this.add('TimerFire', 0, TIMER, child);
    this.add('GoCreate', 0, child);
    this.start(child);
  }

  /** The timer sends to its channel, from which somebody receives. */
  private tick(): void {
    this.add('TimerFire', 0, TIMER, 0);
    this.add('ChanSend', 0, TICKS, this.next(this.sent, TICKS));
    this.add('ChanRecv', this.started[this.below(this.started.length)]!, TICKS, this.next(this.received, TICKS));
  }

  private other(g: number): void {
    if (this.signalled.delete(g)) return this.add('CondWait', g, COND, 1);
    if (this.below(2) === 0) {
      this.add('OnceDo', g, ONCE, this.once ? 0 : 1);
      this.once = true;
      return;
    }
    const other = this.started[this.below(this.started.length)]!;
    const woken = other === g || this.signalled.has(other) ? 0 : other;
    this.add('CondSignal', g, COND, woken);
    if (woken !== 0) this.signalled.add(woken);
  }
}

/** A trace of at least so many rows; `below(n)` draws from 0 to n - 1. */
export function randomTrace(below: (n: number) => number, length: number): Trace {
  return new RandomTrace(below).make(length);
}
