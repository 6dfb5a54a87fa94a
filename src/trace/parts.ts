/**
 * This file divides a gap into parts of about as many events each, while it grows: when there are too many, two become one. Of each part it knows where it
 * begins, and how long each goroutine was in which state.
 */
import { STATES_TOLD } from './gaps';

/** Most parts of a gap: a power of two, since pairs of them become one. */
const MOST = 64;
const FIRST_SIZE = 64;

interface Part {
  /** Number of its first event among those that the trace would hold if it held all. */
  readonly first: number;
  /** Virtual ns, and the latest step, at which it begins. */
  readonly time: number;
  readonly step: number;
}

/** Virtual ns by part and state, of a goroutine. */
export type Times = Float64Array;

export class Parts {
  readonly list: Part[] = [];
  private most: number;
  /** Events of a part, once it is complete. */
  private size = FIRST_SIZE;
  private readonly told = new Set<Times>();

  /** @param cells of how many parts of goroutines at most sums are kept, as long as there is one part at all. */
  constructor(
    private readonly cells: number,
    most: number,
  ) {
    this.most = Math.min(MOST, 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, most)))));
  }

  /** An event is left out, the number of which is `seq`: it may begin a part. */
  reach(seq: number, time: number, step: number): void {
    const latest = this.list[this.list.length - 1];
    if (latest !== undefined && seq < latest.first + this.size) return;
    if (this.list.length === this.most) this.halve();
    const last = this.list[this.list.length - 1];
    if (last === undefined || seq >= last.first + this.size) this.list.push({ first: seq, time, step });
  }

  /** Sums of one goroutine more. */
  sums(): Times {
    while (this.most > 1 && (this.told.size + 1) * this.most > this.cells) this.shrink();
    const times = new Float64Array(this.most * STATES_TOLD);
    this.told.add(times);
    return times;
  }

  /** Nobody will ask for these sums. */
  forget(times: Times): void {
    this.told.delete(times);
  }

  /** A goroutine was in a state from one time to another. */
  add(times: Times, state: number, from: number, to: number): void {
    let end = to;
    for (let part = this.list.length - 1; part >= 0 && end > from; part--) {
      const start = Math.max(from, this.list[part]!.time);
      if (end > start) times[part * STATES_TOLD + state]! += end - start;
      end = Math.min(end, start);
    }
  }

  /** Room for half as many parts. */
  private shrink(): void {
    if (this.list.length > this.most / 2) this.halve();
    this.most /= 2;
  }

  /** Makes one part of two. */
  private halve(): void {
    if (this.list.length === 1) return this.grow();
    for (const times of this.told) join(times);
    for (let part = 0; 2 * part < this.list.length; part++) this.list[part] = this.list[2 * part]!;
    this.list.length = Math.ceil(this.list.length / 2);
    this.grow();
  }

  private grow(): void {
    this.size *= 2;
  }
}

function join(times: Times): void {
  const half = times.length / STATES_TOLD / 2;
  for (let part = 0; part < half; part++) {
    for (let state = 0; state < STATES_TOLD; state++) {
      const left = times[2 * part * STATES_TOLD + state]!;
      times[part * STATES_TOLD + state] = left + times[(2 * part + 1) * STATES_TOLD + state]!;
    }
  }
  times.fill(0, half * STATES_TOLD);
}
