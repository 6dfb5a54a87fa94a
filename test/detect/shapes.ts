/**
 * This file makes endless runs of goroutines that learn of each other again and again, for laws about memory: a ring that passes tokens, a star, everybody to everybody, one lock, one atomic
 * counter, barriers, anything.
 */
import { Kind, type EventName } from '../../src/event/kinds';
import { EventLog, type Observer } from '../../src/event/log';

export const SHAPES = ['ring', 'star', 'all to all', 'atomics', 'mutex', 'barrier', 'rings', 'random'] as const;
export type ShapeName = (typeof SHAPES)[number];

const FIRST_OBJECT = 1 << 20;

export class ShapedRun {
  /** Events told. */
  events = 0;
  private readonly log: EventLog;
  private readonly messages = new Map<number, number>();
  private turn = 0;

  /** `size` goroutines, from 2 on; `below(n)` draws from 0 to n - 1. */
  constructor(
    observers: readonly Observer[],
    private readonly shape: ShapeName,
    private readonly size: number,
    private readonly below: (n: number) => number,
  ) {
    this.log = new EventLog(observers, 16);
    for (let g = 2; g < size + 2; g++) this.tell('GoCreate', 1, g);
  }

  /** Goes on for so many events. */
  run(events: number): void {
    const end = this.events + events;
    while (this.events < end) this.step(this.turn++);
  }

  private step(turn: number): void {
    const { size } = this;
    const own = (n: number): number => 2 + (n % size);
    switch (this.shape) {
      case 'ring':
        return this.meet(own(turn), own(turn + 1));
      case 'rings':
        return this.meet(own((turn % 3) + turn), own((turn % 3) + turn + 3));
      case 'star':
        return turn % 2 === 0 ? this.meet(own(turn >> 1), own(0)) : this.meet(own(0), own(this.below(size)));
      case 'all to all':
        return this.meet(own(this.below(size)), own(this.below(size)));
      case 'atomics':
        return this.tell('AtomicRMW', own(this.below(size)), FIRST_OBJECT, 1);
      case 'mutex':
        return this.lock(own(this.below(size)), FIRST_OBJECT);
      case 'barrier':
        return this.barrier();
      case 'random':
        return this.some(own(this.below(size)), own(this.below(size)));
    }
  }

  private some(g: number, other: number): void {
    const object = FIRST_OBJECT + this.below(8) * 2;
    const dice = this.below(16);
    if (dice < 8) this.meet(g, other);
    else if (dice < 11) this.lock(g, object);
    else if (dice < 14) this.tell('AtomicRMW', g, object + 1, this.below(2));
    else if (dice < 15) this.tell('AtomicStore', g, object + 1);
    else this.tell('AtomicLoad', g, object + 1);
  }

  private lock(g: number, mutex: number): void {
    this.tell('MutexLock', g, mutex);
    this.tell('MutexUnlock', g, mutex);
  }

  /** All are done, then all wait. */
  private barrier(): void {
    const { size } = this;
    this.tell('WaitGroupAdd', 2, FIRST_OBJECT, size, size);
    for (let i = 0; i < size; i++) this.tell('WaitGroupAdd', 2 + i, FIRST_OBJECT, -1, size - 1 - i);
    for (let i = 0; i < size; i++) this.tell('WaitGroupWait', 2 + i, FIRST_OBJECT, 1);
  }

  /** A rendezvous on the channel of the receiver. */
  private meet(sender: number, receiver: number): void {
    if (sender === receiver) return;
    const channel = FIRST_OBJECT + 1000 + receiver;
    const message = this.messages.get(channel) ?? 0;
    this.messages.set(channel, message + 1);
    this.tell('ChanSend', sender, channel, message, receiver);
    this.tell('ChanRecv', receiver, channel, message, sender);
  }

  private tell(name: EventName, g: number, object: number, a = 0, b = 0): void {
    this.log.here.g = g;
    this.log.here.pc = this.events++ * 4;
    this.log.add(Kind[name], object, a, b, 0, 0);
  }
}
