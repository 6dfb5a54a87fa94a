/** This file keeps the goroutines that were alive when a run stopped, in columns: there may be millions. */
import { Column } from '../base/column';

/** A goroutine that was alive when the run stopped; of those cut off by the end of main only the ones that waited. */
export interface Survivor {
  readonly g: number;
  readonly state: 'running' | 'runnable' | 'blocked' | 'syscall';
  /** Why it waits (event/wait.ts); 0: it does not. */
  readonly wait: number;
  /** Slot address of what it waits for; 0: none, or several (select). */
  readonly object: number;
  /** Word index of the instruction at which it stands; -1. */
  readonly pc: number;
  /** Slot addresses of the channels of what it waits in, of a select several; absent: the object, if there is one. */
  readonly channels?: ArrayLike<number> | undefined;
  /** True when something besides the program may still wake it: a pending timer that sends to what it waits for. */
  readonly mayWake?: boolean;
}

const STATES = ['running', 'runnable', 'blocked', 'syscall'] as const;
const BLOCKED = STATES.indexOf('blocked');

/** Rows of survivors, from 0. */
export class Survivors {
  private readonly ids = new Column();
  /** Index into STATES in the lowest two bits, then whether something else may wake it, then why it waits. */
  private readonly states = new Column();
  private readonly objects = new Column();
  private readonly pcs = new Column();
  /** Where in `lists` its channels stand, how many first; -1: it has no list. */
  private readonly listAt = new Column();
  private readonly lists = new Column();

  static of(list: readonly Survivor[]): Survivors {
    const survivors = new Survivors();
    for (const survivor of list) survivors.add(survivor);
    return survivors;
  }

  get length(): number {
    return this.ids.length;
  }

  add({ g, state, wait, object, pc, channels, mayWake = false }: Survivor): void {
    this.ids.add(g);
    this.states.add(STATES.indexOf(state) | (mayWake ? 4 : 0) | (wait << 3));
    this.objects.add(object);
    this.pcs.add(pc);
    this.listAt.add(this.list(channels, object));
  }

  g(row: number): number {
    return this.ids.rows[row]!;
  }

  wait(row: number): number {
    return this.states.rows[row]! >> 3;
  }

  object(row: number): number {
    return this.objects.rows[row]!;
  }

  pc(row: number): number {
    return this.pcs.rows[row]!;
  }

  isBlocked(row: number): boolean {
    return (this.states.rows[row]! & 3) === BLOCKED;
  }

  mayWake(row: number): boolean {
    return (this.states.rows[row]! & 4) !== 0;
  }

  /** The channels that it waits for; undefined: nobody has said. */
  channels(row: number): ArrayLike<number> | undefined {
    const at = this.listAt.rows[row]!;
    if (at >= 0) return this.lists.rows.subarray(at + 1, at + 1 + this.lists.rows[at]!);
    const object = this.object(row);
    return object === 0 ? undefined : [object];
  }

  /** One in full. */
  at(row: number): Survivor {
    const state = STATES[this.states.rows[row]! & 3]!;
    const { object, pc } = { object: this.object(row), pc: this.pc(row) };
    return { g: this.g(row), state, wait: this.wait(row), object, pc, channels: this.channels(row), mayWake: this.mayWake(row) }; // prettier-ignore
  }

  /** Most wait for one channel, which is the object: they need no list. */
  private list(channels: ArrayLike<number> | undefined, object: number): number {
    if (channels === undefined || (channels.length === 1 && channels[0] === object)) return -1;
    const at = this.lists.add(channels.length);
    for (let i = 0; i < channels.length; i++) this.lists.add(channels[i]!);
    return at;
  }
}
