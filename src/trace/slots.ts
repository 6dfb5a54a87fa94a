/** This file keeps account of the rows of a recording by slot: which are free, which are the latest, in order, and who needs each of the others. */

/** Count of a slot that is kept whoever needs it. */
const FOR_GOOD = 255;

export class Slots {
  /** Of a slot: who needs it, its place among the free ones, and in the ring. */
  static readonly bytesOfASlot = Uint8Array.BYTES_PER_ELEMENT + 2 * Int32Array.BYTES_PER_ELEMENT;
  /** By slot: how many need it. */
  private readonly needs: Uint8Array;
  private readonly spare: Int32Array;
  free = 0;
  /** A ring of the latest. */
  private readonly ring: Int32Array;
  private first = 0;
  queued = 0;

  /** All slots are taken: those below `head` for good, the others are the latest, in order. */
  constructor(
    readonly count: number,
    head: number,
  ) {
    this.needs = new Uint8Array(count).fill(FOR_GOOD, 0, head);
    this.spare = new Int32Array(count);
    this.ring = new Int32Array(count);
    for (let slot = head; slot < count; slot++) this.push(slot);
  }

  /** A slot for a row, the latest from now on. There must be a free one. */
  take(): number {
    const slot = this.spare[--this.free]!;
    this.push(slot);
    return slot;
  }

  private push(slot: number): void {
    this.ring[(this.first + this.queued++) % this.count] = slot;
  }

  /** The oldest of the latest. */
  get oldest(): number {
    return this.ring[this.first]!;
  }

  /** Takes the oldest of the latest out: it is free once nobody needs it. */
  shift(): number {
    const slot = this.oldest;
    this.first = (this.first + 1) % this.count;
    this.queued--;
    return slot;
  }

  hold(slot: number): void {
    if (this.needs[slot]! < FOR_GOOD) this.needs[slot]!++;
  }

  drop(slot: number): void {
    if (this.needs[slot] === FOR_GOOD || --this.needs[slot]! > 0) return;
    this.spare[this.free++] = slot;
  }

  keep(slot: number): void {
    this.needs[slot] = FOR_GOOD;
  }

  isKept(slot: number): boolean {
    return this.needs[slot] === FOR_GOOD;
  }

  isNeeded(slot: number): boolean {
    return this.needs[slot]! > 0;
  }

  /** All slots that hold a row: needed by somebody, or among the latest. In no order. */
  taken(): Int32Array {
    const taken = new Int32Array(this.count);
    let length = 0;
    for (let slot = 0; slot < this.count; slot++) if (this.needs[slot]! > 0) taken[length++] = slot;
    for (let i = 0; i < this.queued; i++) taken[length++] = this.ring[(this.first + i) % this.count]!;
    return taken.subarray(0, length);
  }
}
