/**
 * This file keeps count of how many words of a growing array may be used. A large array is reserved four times as long as is needed: what was never written to
 * takes no memory, since the system hands out zeroes when they are touched, and so little is copied, and seldom are two copies there at once. What is
 * paid for grows in steps of an eighth.
 */
import type { Share } from './ledger';

const FIRST_WORDS = 64;
/** Words of an array from which on it is reserved: 64 KB. */
const LARGE = 1 << 14;
const RESERVE = 4;

export class Room {
  /** Words that are paid for. The array has as many at least. */
  words = 0;

  /** `share`: what they are taken from; without one they are nobody's. */
  constructor(private readonly share?: Share) {}

  /** The array or a longer one that begins as it does, of which `needed` words may be used, and some more. @throws OutOfMemory, ShareSpent */
  grow(array: Int32Array, needed: number): Int32Array {
    const words = Math.max(FIRST_WORDS, needed + (needed >> (needed < LARGE ? 1 : 3)));
    this.share?.take((words - this.words) * 4);
    this.words = words;
    if (words <= array.length) return array;
    const next = new Int32Array(words < LARGE ? words : words * RESERVE);
    next.set(array);
    return next;
  }
}
