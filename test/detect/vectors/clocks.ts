/** This file defines the vector clock: for each clock slot, up to which of its epochs its owner knows (Mattern 1988; Fidge 1988). */

import { Ledger, type Share } from '../../../src/base/ledger';

/** Bytes of a clock besides its components: itself, its array, its entry in a table. */
const CLOCK_BYTES = 320;
/** For clocks that are gone in a moment. */
const PASSING = new Ledger().share('races');
const NONE = new Int32Array(0);

/** Components beyond `length` are 0: nothing is known of those slots. */
export class VectorClock {
  data: Int32Array;
  length = 0;

  /** @throws ShareSpent, OutOfMemory */
  constructor(
    capacity = 4,
    private readonly share: Share = PASSING,
  ) {
    share.take(CLOCK_BYTES + capacity * 4);
    this.data = new Int32Array(capacity);
  }

  get(slot: number): number {
    return slot < this.length ? this.data[slot]! : 0;
  }

  /** Raises one component to at least `clock`. */
  raise(slot: number, clock: number): void {
    if (slot >= this.length) this.stretch(slot + 1);
    if (this.data[slot]! < clock) this.data[slot] = clock;
  }

  /** Raises every component to at least the other's. True when that taught anything. */
  join(other: VectorClock): boolean {
    const n = other.length;
    if (n > this.length) this.stretch(n);
    const mine = this.data;
    const theirs = other.data;
    let learned = false;
    for (let i = 0; i < n; i++) {
      const clock = theirs[i]!;
      if (clock > mine[i]!) {
        mine[i] = clock;
        learned = true;
      }
    }
    return learned;
  }

  /** Becomes equal to the other. */
  assign(other: VectorClock): void {
    const n = other.length;
    if (n > this.data.length) this.data = this.room(n);
    else if (this.length > n) this.data.fill(0, n, this.length);
    for (let i = 0; i < n; i++) this.data[i] = other.data[i]!;
    this.length = n;
  }

  copy(): VectorClock {
    const copy = new VectorClock(this.data.length, this.share);
    copy.assign(this);
    return copy;
  }

  /** Forgets all, and gives its memory back. */
  drop(): void {
    this.share.giveBack(CLOCK_BYTES + this.data.length * 4);
    this.data = NONE;
    this.length = 0;
  }

  /** A larger array, to be had instead of the present one. */
  private room(length: number): Int32Array<ArrayBuffer> {
    const capacity = capacityFor(length);
    this.share.take((capacity - this.data.length) * 4);
    return new Int32Array(capacity);
  }

  private stretch(length: number): void {
    if (length > this.data.length) {
      const next = this.room(length);
      next.set(this.data.subarray(0, this.length));
      this.data = next;
    }
    this.length = length;
  }
}

function capacityFor(length: number): number {
  return Math.max(4, length + (length >> 1));
}
