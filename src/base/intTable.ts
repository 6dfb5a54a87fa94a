/**
 * This file defines a table from integers, or from pairs of them, to records of 32-bit integers: open addressing with linear probing in one array, from which
 * records are removed by moving up those behind them (Knuth, The Art of Computer Programming 3, 6.4, algorithm R). A Map of small objects takes five to ten
 * times the memory for the same, and keeps the collector busy.
 */
import type { Share } from './ledger';

const FIRST_RECORDS = 16;
const WORD_BYTES = 4;
/** How full it may become: at three quarters a key that is there is found at the third place on average. */
const FULL = 3 / 4;
const TWO_32 = 2 ** 32;

export class IntTable {
  /** The records, one after the other, each with its key before it; a key of 0 marks a free place. Replaced when the table grows: to be read after `put`. */
  words = new Int32Array(0);
  length = 0;
  /** Places, and what makes one out of a hash. */
  private capacity = 0;
  private scale = 0;
  private readonly stride: number;

  /**
   * @param values words of a record, besides its key.
   * @param keys 2: keys are pairs.
   * @param share what the table is taken from; without one it is nobody's.
   */
  constructor(
    values: number,
    private readonly keys: 1 | 2 = 1,
    private readonly share?: Share,
  ) {
    this.stride = keys + values;
  }

  /** Where in {@link words} the values of a key stand, until the next change; -1: it has none. No key begins with 0. */
  find(key: number, second = 0): number {
    if (this.length === 0) return -1;
    const at = this.place(key, second) * this.stride;
    return this.words[at] === 0 ? -1 : at + this.keys;
  }

  /** The same, of a key that gets a record of zeros unless it has one. @throws OutOfMemory */
  put(key: number, second = 0): number {
    if (this.length >= this.capacity * FULL) this.grow();
    const at = this.place(key, second) * this.stride;
    if (this.words[at] === 0) {
      this.words[at] = key;
      if (this.keys === 2) this.words[at + 1] = second;
      this.length++;
    }
    return at + this.keys;
  }

  /** Removes the record of a key; @returns whether there was one. */
  remove(key: number, second = 0): boolean {
    if (this.length === 0) return false;
    const { words, stride } = this;
    let free = this.place(key, second);
    if (words[free * stride] === 0) return false;
    for (let i = this.after(free); words[i * stride] !== 0; i = this.after(i)) {
      if (this.isBetween(this.homeOf(i), free, i)) continue;
      words.copyWithin(free * stride, i * stride, (i + 1) * stride);
      free = i;
    }
    words.fill(0, free * stride, (free + 1) * stride);
    this.length--;
    return true;
  }

  /** Tells where the values of each record stand, in no order. The table must not change meanwhile. */
  forEach(tell: (at: number, key: number) => void): void {
    const { words, stride } = this;
    for (let at = 0; at < words.length; at += stride) if (words[at] !== 0) tell(at + this.keys, words[at]!);
  }

  /** The place of a key, or the free one where it would stand. */
  private place(key: number, second: number): number {
    const { words, stride, keys } = this;
    let i = this.home(key, second);
    for (let found = words[i * stride]!; found !== 0; found = words[i * stride]!) {
      if (found === key && (keys === 1 || words[i * stride + 1] === second)) break;
      i = this.after(i);
    }
    return i;
  }

  /** Where the search for a key begins: keys are addresses and numbers in a row, so they are mixed well (the multipliers are those of xxHash32). */
  private home(key: number, second: number): number {
    let hash = Math.imul(key, 0x9e3779b1) + Math.imul(second, 0x85ebca77);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae3d);
    return (((hash ^ (hash >>> 13)) >>> 0) * this.scale) | 0;
  }

  private homeOf(i: number): number {
    const at = i * this.stride;
    return this.home(this.words[at]!, this.keys === 2 ? this.words[at + 1]! : 0);
  }

  private after(i: number): number {
    return i + 1 === this.capacity ? 0 : i + 1;
  }

  /** Whether a place is behind `free` and not behind `i`, going round. */
  private isBetween(place: number, free: number, i: number): boolean {
    return free < i ? free < place && place <= i : free < place || place <= i;
  }

  private grow(): void {
    const { words, stride } = this;
    const capacity = Math.max(FIRST_RECORDS, this.capacity + (this.capacity >> 1));
    this.share?.take((capacity - this.capacity) * stride * WORD_BYTES);
    this.capacity = capacity;
    this.scale = capacity / TWO_32;
    const next = (this.words = new Int32Array(capacity * stride));
    // In the order of their places, which is that of their hashes: the new places are in order, too.
    for (let at = 0; at < words.length; at += stride) {
      if (words[at] === 0) continue;
      const to = this.place(words[at]!, this.keys === 2 ? words[at + 1]! : 0) * stride;
      for (let k = 0; k < stride; k++) next[to + k] = words[at + k]!;
    }
  }
}
