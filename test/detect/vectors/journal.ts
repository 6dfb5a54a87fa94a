/** This file defines the journal: numbers in the order of their writing, of which the oldest are forgotten when there are too many. */

import { Ledger, type Share } from '../../../src/base/ledger';

/** Most numbers kept, as 32-bit integers; the older half is dropped when there are more. A multiple of six, so that a half holds whole entries of three. */
const MOST = 3 << 20;
/** Of a journal that has anything. */
const FEWEST = 12;
const NONE = new Int32Array(0);
/** Bytes of an array besides its numbers. */
const ARRAY_BYTES = 200;

export class Journal {
  /** Up to {@link length}. */
  numbers = NONE;
  length = 0;
  /** How many have been forgotten. */
  dropped = 0;

  constructor(private readonly share: Share = new Ledger().share('races')) {}

  /** Adds some numbers, at most half as many as are kept, for the caller to write; returns where the first stands. {@link numbers} may be another array then. @throws ShareSpent, OutOfMemory */
  extend(count: number): number {
    if (this.length + count > this.numbers.length) this.makeRoom(count);
    const at = this.length;
    this.length = at + count;
    return at;
  }

  /** Forgets all, and gives the memory back. */
  clear(): void {
    this.dropped += this.length;
    this.length = 0;
    if (this.numbers.length > 0) this.share.giveBack(ARRAY_BYTES + this.numbers.length * 4);
    this.numbers = NONE;
  }

  private makeRoom(count: number): void {
    if (this.length + count > MOST) return this.forgetHalf();
    let size = Math.max(FEWEST, this.numbers.length);
    while (size < this.length + count) size *= 2;
    this.share.take((size - this.numbers.length) * 4 + (this.numbers.length === 0 ? ARRAY_BYTES : 0));
    const grown = new Int32Array(size);
    if (this.length > 0) grown.set(this.numbers);
    this.numbers = grown;
  }

  private forgetHalf(): void {
    const half = MOST >> 1;
    this.numbers.copyWithin(0, half, this.length);
    this.length -= half;
    this.dropped += half;
  }
}
