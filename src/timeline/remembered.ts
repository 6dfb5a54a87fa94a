/**
 * This file remembers what was seen in the window that was looked at last. A step of the focus, a scroll down, a finding that is pointed at draw the same window
 * again; a million spans in it cost some milliseconds each time they are asked for, a copy of what is seen of them a tenth of one.
 */
import type { Axis, Range } from './model';

/** What is seen of one thing; its storage is used again. */
interface Seen<B> {
  window: number;
  readonly buffer: B;
}

/** Things that are remembered at most; of more all are forgotten. */
const MOST = 256;

/** `B`: a buffer for what is seen. */
export class Remembered<B extends { assign(other: B): void }> {
  private readonly seen = new Map<number | string, Seen<B>>();
  private axis: Axis = 'step';
  private readonly measures = new Float64Array(4).fill(NaN);
  /** Number of the window; those before it are gone. */
  private window = 0;

  constructor(private readonly make: () => B) {}

  /** Fills `into` with what is remembered of a thing, or else by `draw`. `gap`: the fourth of the measures that make a window. */
  show(what: number | string, axis: Axis, range: Range, pixels: number, gap: number, into: B, draw: () => void): B {
    this.look(axis, range, pixels, gap);
    const seen = this.seen.get(what);
    if (seen?.window === this.window) into.assign(seen.buffer);
    else {
      draw();
      this.keep(what, into);
    }
    return into;
  }

  private look(axis: Axis, { start, end }: Range, pixels: number, gap: number): void {
    const { measures } = this;
    if (axis === this.axis && start === measures[0] && end === measures[1] && pixels === measures[2] && gap === measures[3]) return; // prettier-ignore
    this.axis = axis;
    measures.set([start, end, pixels, gap]);
    this.window++;
  }

  private keep(what: number | string, from: B): void {
    let seen = this.seen.get(what);
    if (seen === undefined) {
      if (this.seen.size === MOST) this.seen.clear();
      this.seen.set(what, (seen = { window: 0, buffer: this.make() }));
    }
    seen.buffer.assign(from);
    seen.window = this.window;
  }
}
