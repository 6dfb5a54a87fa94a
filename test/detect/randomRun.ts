/**
 * This file makes random runs of many goroutines with every kind of synchronisation, as steps for detectors: of many objects of a kind or of few, by all goroutines or mostly by the
 * latest, so that there are long chains, pipelines, barriers and crowds at one lock. Each is a run that a machine could make, except that who is blocked goes on.
 */
import { Kind, type EventName } from '../../src/event/kinds';
import { Wait } from '../../src/event/wait';
import type { Step } from './notation';

/** What a run is made of. */
export interface Shape {
  /** Most goroutines at once, and objects of each kind. */
  readonly goroutines: number;
  readonly objects: number;
  readonly variables: number;
  readonly steps: number;
  /** Of a hundred steps: accesses, starts, ends. */
  readonly accesses: number;
  readonly starts: number;
  readonly ends: number;
  /** Whether mostly those act that have started last. */
  readonly chain: boolean;
  /** False: no timers, and all goroutines but the first have been started by others. */
  readonly timers?: boolean;
}

const ACTS = ['channel', 'lock', 'rwlock', 'group', 'barrier', 'atomic', 'timed', 'once', 'cond'] as const;
const KINDS_OF_OBJECT = 16;

class RandomRun {
  readonly steps: Step[] = [];
  private readonly alive = [1];
  private latest = 1;
  private readonly counts = new Map<number, number>();
  private readonly holders = new Map<number, number>();
  private readonly readers = new Map<number, number[]>();
  private readonly done = new Set<number>();
  private readonly signalled = new Map<number, number>();

  constructor(
    private readonly shape: Shape,
    private readonly below: (n: number) => number,
  ) {
    for (let i = 0; i < shape.objects; i++) this.add('ChanMake', 1, this.object(0, i), i % 4);
  }

  make(): readonly Step[] {
    while (this.steps.length < this.shape.steps) this.act();
    return this.steps;
  }

  private add(name: EventName, g: number, obj: number, a = 0, b = 0): void {
    this.steps.push({ kind: Kind[name], g, obj, a, b });
  }

  private object(kind: number, index = this.below(this.shape.objects)): number {
    return 1000 + index * KINDS_OF_OBJECT + kind;
  }

  private someone(): number {
    const { alive } = this;
    const among = this.shape.chain ? Math.min(alive.length, 3) : alive.length;
    return alive[alive.length - 1 - this.below(among)]!;
  }

  private act(): void {
    const { shape } = this;
    const g = this.someone();
    const dice = this.below(100);
    if (dice < shape.accesses) this.access(g);
    else if (dice < shape.accesses + shape.starts) this.go(g);
    else if (dice < shape.accesses + shape.starts + shape.ends) this.end(g);
    else this[ACTS[this.below(ACTS.length)]!](g);
  }

  private access(g: number): void {
    const name = this.below(3) === 0 ? 'Write' : 'Read';
    this.add(name, g, 10 + this.below(this.shape.variables), 1 + this.below(2), -1);
  }

  private go(g: number): void {
    if (this.alive.length >= this.shape.goroutines) return;
    this.alive.push(++this.latest);
    this.add('GoCreate', g, this.latest);
  }

  private end(g: number): void {
    const holds = [...this.holders.values(), ...[...this.readers.values()].flat()].includes(g);
    if (g === 1 || holds) return;
    this.add('GoEnd', g, g);
    this.alive.splice(this.alive.indexOf(g), 1);
  }

  private next(key: number): number {
    const n = this.counts.get(key) ?? 0;
    this.counts.set(key, n + 1);
    return n;
  }

  private channel(g: number): void {
    const channel = this.object(0);
    const capacity = ((channel - 1000) / KINDS_OF_OBJECT) % 4;
    if (this.below(12) === 0) return this.close(g);
    const other = this.someone();
    const [sent, received] = [channel * 2, channel * 2 + 1];
    if (capacity === 0) {
      if (other === g) return;
      this.add('ChanSend', g, channel, this.next(sent), other);
      this.add('ChanRecv', other, channel, this.next(received), g);
      return;
    }
    const inside = (this.counts.get(sent) ?? 0) - (this.counts.get(received) ?? 0);
    if (inside > 0 && (inside === capacity || this.below(2) === 0))
      this.add('ChanRecv', g, channel, this.next(received));
    else this.add('ChanSend', g, channel, this.next(sent));
  }

  private close(g: number): void {
    const channel = this.object(1);
    this.add(this.done.has(channel) ? 'ChanRecvClosed' : 'ChanClose', g, channel);
    this.done.add(channel);
  }

  /** Sometimes somebody else unlocks it. */
  private lock(g: number): void {
    const mutex = this.object(2);
    const holder = this.holders.get(mutex) ?? 0;
    if (holder === 0) {
      this.add('MutexLock', g, mutex);
      this.holders.set(mutex, g);
      return;
    }
    this.add('MutexUnlock', this.below(6) === 0 ? g : holder, mutex);
    this.holders.set(mutex, 0);
  }

  private rwlock(g: number): void {
    const lock = this.object(3);
    const readers = this.readers.get(lock) ?? [];
    const writer = this.holders.get(lock) ?? 0;
    this.readers.set(lock, readers);
    if (writer !== 0) {
      this.add('RWUnlock', this.below(6) === 0 ? g : writer, lock);
      this.holders.set(lock, 0);
    } else if (readers.length > 0 && this.below(2) === 0) this.add('RWRUnlock', readers.pop()!, lock);
    else if (readers.length > 0 || this.below(3) > 0) {
      this.add('RWRLock', g, lock);
      readers.push(g);
    } else {
      this.add('RWLock', g, lock);
      this.holders.set(lock, g);
    }
  }

  private group(g: number): void {
    const group = this.object(4);
    const counter = this.counts.get(group) ?? 0;
    if (this.below(8) === 0) this.add('GoBlock', g, group, Wait.waitGroupWait);
    if (counter === 0 && this.below(2) === 0) return this.add('WaitGroupWait', g, group, this.below(2));
    const delta = counter > 0 && this.below(3) > 0 ? -1 : 1;
    this.counts.set(group, counter + delta);
    this.add('WaitGroupAdd', g, group, delta, counter + delta);
  }

  /** All are done, then all wait. */
  private barrier(): void {
    if (this.below(4) > 0) return;
    const group = this.object(5);
    const all = this.alive.slice(-20);
    this.add('WaitGroupAdd', all[0]!, group, all.length, all.length);
    all.forEach((g, i) => this.add('WaitGroupAdd', g, group, -1, all.length - 1 - i));
    for (const g of all) this.add('WaitGroupWait', g, group, all.at(-1));
  }

  private atomic(g: number): void {
    const kinds: readonly (readonly [EventName, number])[] = [['AtomicLoad', 0], ['AtomicStore', 0], ['AtomicRMW', 1], ['AtomicRMW', 0]]; // prettier-ignore
    const [name, a] = kinds[this.below(kinds.length)]!;
    this.add(name, g, this.below(20) === 0 ? 10 + this.below(this.shape.variables) : this.object(6), a);
  }

  private timed(g: number): void {
    if (this.shape.timers === false) return;
    const timer = this.object(7);
    if (!this.done.has(timer) || this.below(3) === 0) {
      this.done.add(timer);
      return this.add('TimerStart', g, timer, 1000);
    }
    if (this.below(2) === 0) {
      const ticks = this.object(8, 0);
      this.add('TimerFire', 0, timer, 0);
      this.add('ChanSend', 0, ticks, this.next(ticks * 2));
      return this.add('ChanRecv', this.someone(), ticks, this.next(ticks * 2 + 1));
    }
    const child = ++this.latest;
    const createdFirst = this.below(2) === 0;
    if (createdFirst) this.add('GoCreate', 0, child);
    this.add('TimerFire', 0, timer, child);
    if (!createdFirst) this.add('GoCreate', 0, child);
    this.alive.push(child);
  }

  private once(g: number): void {
    const once = this.object(9);
    this.add('OnceDo', g, once, this.done.has(once) ? 0 : 1);
    this.done.add(once);
  }

  private cond(g: number): void {
    const cond = this.object(10);
    const signalled = this.signalled.get(g);
    if (signalled !== undefined) {
      this.signalled.delete(g);
      return this.add('CondWait', g, signalled, 1);
    }
    for (let i = this.below(4); i >= 0; i--) {
      const other = this.someone();
      const woken = other === g || this.signalled.has(other) ? 0 : other;
      this.add('CondSignal', g, cond, woken);
      if (woken !== 0) this.signalled.set(woken, cond);
    }
  }
}

/** `below(n)` draws from 0 to n - 1. */
export function randomRun(shape: Shape, below: (n: number) => number): readonly Step[] {
  return new RandomRun(shape, below).make();
}
