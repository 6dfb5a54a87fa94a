/** This file defines the vector clock: for each clock slot, up to which of its epochs its owner knows (Mattern 1988; Fidge 1988). */

/** Components beyond `length` are 0: nothing is known of those slots. */
export class VectorClock {
  data: Int32Array;
  length = 0;

  constructor(capacity = 4) {
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
    if (n > this.data.length) this.data = new Int32Array(capacityFor(n));
    else if (this.length > n) this.data.fill(0, n, this.length);
    for (let i = 0; i < n; i++) this.data[i] = other.data[i]!;
    this.length = n;
  }

  copy(): VectorClock {
    const copy = new VectorClock(this.data.length);
    copy.assign(this);
    return copy;
  }

  private stretch(length: number): void {
    if (length > this.data.length) {
      const next = new Int32Array(capacityFor(length));
      next.set(this.data.subarray(0, this.length));
      this.data = next;
    }
    this.length = length;
  }
}

function capacityFor(length: number): number {
  return Math.max(4, length + (length >> 1));
}
