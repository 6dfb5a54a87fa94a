/** This file defines a queue of 32-bit integers: a ring in one array, which grows. */
import type { Share } from './ledger';

const FIRST_WORDS = 64;

export class Queue {
  length = 0;
  /** Its length is a power of two. */
  private words = new Int32Array(0);
  private head = 0;

  /** `share`: what the ring is taken from; without one it is nobody's. */
  constructor(private readonly share?: Share) {}

  /** Appends one. @throws OutOfMemory, ShareSpent */
  add(value: number): void {
    if (this.length === this.words.length) this.grow();
    this.words[(this.head + this.length++) & (this.words.length - 1)] = value;
  }

  /** Takes the one that has been there longest, of at least one. */
  take(): number {
    const value = this.words[this.head]!;
    this.head = (this.head + 1) & (this.words.length - 1);
    this.length--;
    return value;
  }

  private grow(): void {
    const { words, head } = this;
    const length = Math.max(FIRST_WORDS, words.length * 2);
    this.share?.take((length - words.length) * 4);
    this.words = new Int32Array(length);
    this.words.set(words.subarray(head));
    this.words.set(words.subarray(0, head), words.length - head);
    this.head = 0;
  }
}
