/**
 * This file keeps count of how many words of a growing array may be used. A large array of a run is reserved many times as long as is needed: what was never
 * written to takes no memory, since the system hands out zeroes when they are touched, and so little is copied, seldom are two copies there at once, and what the
 * collector has not come to yet is little beside what is used. What is paid for grows in steps of an eighth. What nobody pays for is of a program that is being
 * compiled: it lives for a moment, and a length that the host counts as memory in use would call the collector again and again.
 */
import type { Share } from './ledger';

const FIRST_WORDS = 64;
/** Words from which on it is paid for in smaller steps. */
const LARGE = 1 << 14;
/**
 * From so many words on an array is reserved so many times as long: from 64 KB on, 4 MB at most; from 1 MB on, more than 32 MB, since what is smaller may be carved by an allocator (glibc's) out of
 * what others have left, and is then written to to be zero; and from 32 MB on.
 */
const STEPS = [
  { words: 1 << 23, times: 4 },
  { words: 1 << 18, times: 32 },
  { words: 1 << 14, times: 4 },
  { words: 0, times: 1 },
] as const;

export class Room {
  /** Words that are paid for. The array has as many at least. */
  words = 0;

  /** `share`: what they are taken from; without one they are nobody's, and nothing is reserved. */
  constructor(private readonly share?: Share) {}

  /** The array or a longer one that begins as it does, of which `needed` words may be used, and some more. @throws OutOfMemory, ShareSpent */
  grow(array: Int32Array, needed: number): Int32Array {
    const isPaid = this.share !== undefined;
    const words = Math.max(FIRST_WORDS, needed + (needed >> (needed < LARGE || !isPaid ? 1 : 3)));
    this.share?.take((words - this.words) * 4);
    this.words = words;
    if (words <= array.length) return array;
    const next = new Int32Array(isPaid ? reserved(words) : words);
    next.set(array);
    return next;
  }
}

/** How long an array is made of which so many words are needed. */
function reserved(words: number): number {
  return words * STEPS.find((step) => words >= step.words)!.times;
}
