/**
 * This file follows who waits in which run queue. Events tell how long a queue is and who comes and goes, not who stands where: a goroutine that is made or woken stands
 * first and sends the one before it to the end (runqput of Go's runtime/proc.go), others enter at the end; who leaves is told by who runs next, or is stolen.
 */
import { Kind } from '../event/kinds';
import { gapsOf } from '../trace/gaps';
import type { Trace } from '../trace/store';

const { GoCreate, GoPreempt, GoReady, GoRun, GoSysExit, QueueLength, Steal } = Kind;

/** Rows after a change of a length within which its core tells who left. */
const SOON = 256;

/** Number of the queue that belongs to no P. */
const GLOBAL = -1;

/** One run queue. */
interface Line {
  /** Next first. */
  readonly ids: number[];
  /** The one that has been made or woken last, and stands first; 0. */
  next: number;
  told: number;
}

const copyOf = (line: Line): Line => ({ ...line, ids: [...line.ids] });

/** All that is known of the queues at a row. */
interface Kept {
  readonly lines: readonly (readonly [number, Line])[];
  readonly hands: readonly (readonly [number, readonly number[]])[];
  readonly entering: number;
  readonly isFirst: boolean;
}

/** Rows between two of which what is known is kept, at least; how many are kept at most. */
const STRIDE = 2048;
const MOST_KEPT = 256;

export class RunQueues {
  private readonly lines = new Map<number, Line>();
  /** Has been made runnable, and enters the queue whose length is told next; 0. Whether it stands first there. */
  private entering = 0;
  private isFirst = false;
  /** By core: those that it took out of a queue, and has neither run nor put into another one. */
  private readonly hands = new Map<number, number[]>();
  private done = 0;

  /** What was known before every {@link stride}th row, as far as it was asked for. */
  private readonly kept: Kept[] = [];

  /** @param stride rows between two that are gone back to */
  constructor(
    private readonly trace: Trace,
    private readonly stride = Math.max(STRIDE, Math.ceil(trace.length / MOST_KEPT)),
  ) {}

  /** Goroutines in the queue of a P (-1: the global one) right after a row, next first; fewer than wait where it is not known of all. */
  at(p: number, row: number): readonly number[] {
    const last = Math.min(row, this.trace.length - 1);
    this.goBackOrOn(last);
    for (; this.done <= last; this.done++) {
      if (this.done === this.kept.length * this.stride) this.kept.push(this.save());
      this.observe(this.done);
    }
    return this.lines.get(p)?.ids ?? [];
  }

  /** To what is known of the last row before that one from which a way to it is shortest. */
  private goBackOrOn(row: number): void {
    const nearest = Math.min(Math.floor(row / this.stride), this.kept.length - 1);
    const from = nearest * this.stride;
    if (row < this.done - 1 ? nearest >= 0 : from > this.done) this.restore(this.kept[nearest]!, from);
  }

  private save(): Kept {
    const lines = [...this.lines].map(([p, line]) => [p, copyOf(line)] as const);
    const hands = [...this.hands].map(([core, hand]) => [core, [...hand]] as const);
    return { lines, hands, entering: this.entering, isFirst: this.isFirst };
  }

  private restore({ lines, hands, entering, isFirst }: Kept, done: number): void {
    this.lines.clear();
    this.hands.clear();
    for (const [p, line] of lines) this.lines.set(p, copyOf(line));
    for (const [core, hand] of hands) this.hands.set(core, [...hand]);
    this.entering = entering;
    this.isFirst = isFirst;
    this.done = done;
  }

  private forget(done: number): void {
    this.lines.clear();
    this.hands.clear();
    this.entering = 0;
    this.done = done;
  }

  private observe(row: number): void {
    const { kind, obj, a } = this.trace.columns;
    if (gapsOf(this.trace).some((gap) => gap.row === row)) this.forget(row);
    switch (kind[row]) {
      case GoCreate:
      case GoReady:
        return this.enter(obj[row]!, true);
      case GoPreempt:
        return this.enter(obj[row]!, false);
      case GoSysExit:
        return a[row] === 0 ? this.enter(obj[row]!, false) : undefined;
      case GoRun:
        return this.leave(obj[row]!);
      case QueueLength:
        return this.tell(obj[row]!, a[row]!, row);
      default:
    }
  }

  private enter(g: number, isFirst: boolean): void {
    this.entering = g;
    this.isFirst = isFirst;
  }

  /** It runs, wherever it was taken to be. */
  private leave(g: number): void {
    for (const hand of this.hands.values()) if (hand.includes(g)) hand.splice(hand.indexOf(g), 1);
    for (const line of this.lines.values()) take(line, g);
  }

  private tell(p: number, length: number, row: number): void {
    const line = this.line(p);
    const hand = this.handOf(this.trace.columns.core[row]!);
    line.told = length;
    if (line.ids.length > length) hand.push(...this.leavers(p, line, line.ids.length - length, row));
    if (line.ids.length < length && this.entering > 0) {
      if (p === GLOBAL && this.isFirst) this.overflow(line, row);
      else this.push(line);
    }
    for (const each of this.lines.values()) {
      while (each.ids.length < each.told && hand.length > 0) each.ids.push(hand.shift()!);
    }
  }

  /** A ring that is full gives the first half to the global queue, each told of, and then the one for which there is no room (runqputslow). */
  private overflow(global: Line, row: number): void {
    const { kind, obj } = this.trace.columns;
    let at = row + 1;
    while (kind[at] === QueueLength && obj[at] === GLOBAL) at++;
    const full = this.line(obj[at]!);
    const isLast = at === row + 1;
    const moved = isLast ? full.next : (full.ids.find((id) => id !== full.next) ?? 0);
    if (moved === 0) return this.push(global);
    take(full, moved);
    if (isLast) this.push(full);
    global.ids.push(moved);
  }

  private handOf(core: number): number[] {
    let hand = this.hands.get(core);
    if (!hand) this.hands.set(core, (hand = []));
    return hand;
  }

  private line(p: number): Line {
    let line = this.lines.get(p);
    if (!line) this.lines.set(p, (line = { ids: [], next: 0, told: 0 }));
    return line;
  }

  private push(line: Line): void {
    const g = this.entering;
    this.entering = 0;
    if (!this.isFirst || line === this.lines.get(GLOBAL)) {
      line.ids.push(g);
      return;
    }
    const before = line.next;
    if (before > 0 && take(line, before)) line.ids.push(before);
    line.ids.unshift(g);
    line.next = g;
  }

  /** Takes so many out of a line: those that are stolen, or the one that runs next, or else the first. @returns those that enter another queue */
  private leavers(p: number, line: Line, count: number, row: number): readonly number[] {
    const { kind, obj, a, core } = this.trace.columns;
    for (let at = row + 1; at < this.trace.length && at < row + SOON; at++) {
      if (core[at] !== core[row]) continue;
      if (kind[at] === Steal && a[at] === p) {
        const waiting = line.ids.filter((id) => id !== line.next);
        const stolen = (waiting.length >= count ? waiting : line.ids).slice(0, count);
        for (const id of stolen) take(line, id);
        return stolen.filter((id) => id !== obj[at]);
      }
      if (kind[at] !== GoRun) continue;
      if (!take(line, obj[at]!)) break;
      return line.ids.splice(0, count - 1);
    }
    const first = line.ids.splice(0, count);
    if (first.includes(line.next)) line.next = 0;
    return first;
  }
}

/** Takes a goroutine out of a line; whether it stood there. */
function take(line: Line, g: number): boolean {
  const at = line.ids.indexOf(g);
  if (at < 0) return false;
  line.ids.splice(at, 1);
  if (line.next === g) line.next = 0;
  return true;
}
