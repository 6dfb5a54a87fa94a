/**
 * This file defines the one buffer that holds all simulated state: user data, stacks, goroutines, threads, queues, channels, timers.
 * A snapshot is a copy of its used prefix, so no room may keep simulated state anywhere else.
 *
 * Unit: the *word* (one Int32). A *slot* is two words, 8 bytes, seen as an (lo, hi) pair of Int32 or as one Float64.
 * Addresses are word indices, always even; 0 is nil. Every block carries a header slot before its payload:
 * word -2 the tag (what lives here), word -1 the payload's size in slots.
 *
 * `i32` and `f64` are replaced when the buffer grows: after anything that may allocate, read them again.
 */
import { InternalError } from './assert';

/** Words above which an image is made of pages: 1 MB. */
const WHOLE = 1 << 18;
const PAGE = 1 << 14;

/**
 * The content of a memory below `words`, above which it is zero. Up to {@link WHOLE} words it is one copy; above, it is pages, and those in which two
 * images taken one after the other do not differ are one: so keeping many costs what has changed. (Comparing costs twice as much as copying. Noting what
 * is written to would cost every instruction.)
 */
export interface MemoryImage {
  readonly words: number;
  /** The last one may be longer than needed. */
  readonly pages: readonly Int32Array[];
}

/** Number of free-list heads: class k holds freed blocks of exactly k slots (k < CLASSES), class 0 is unused. */
const CLASSES = 64;
/** Word offsets of the allocator's own state. */
const TOP = 2; // first unused word
const ALLOCATED = 4; // slots in live blocks, headers included
const FREE = 8; // CLASSES heads
/** Header of the first block. */
const FIRST = FREE + CLASSES;

/** Thrown by {@link Memory.alloc} when the budget is spent; the machine turns it into a finding. */
export class OutOfMemory extends Error {
  constructor(
    readonly requestedSlots: number,
    readonly budgetWords: number,
  ) {
    super('simulated memory exhausted');
    this.name = 'OutOfMemory';
  }
}

/** The first `length` words of an array, in `storage` if that is long enough, which is several times as fast as new storage. */
export function copyOf(words: Int32Array, length: number, storage?: Int32Array): Int32Array {
  if (storage === undefined || storage.length < length) return words.slice(0, length);
  storage.set(words.subarray(0, length));
  return storage;
}

export class Memory {
  i32: Int32Array;
  f64: Float64Array;
  /** The image of pages that was taken or put back last. */
  private latest: MemoryImage | undefined;

  /** @param budgetWords most words this memory may ever hold (a limit of the host, not of the simulated machine). */
  constructor(
    readonly budgetWords = 1 << 27,
    initialWords = 1 << 16,
  ) {
    this.i32 = new Int32Array(initialWords);
    this.f64 = new Float64Array(this.i32.buffer);
    this.i32[TOP] = FIRST;
  }

  /** First unused word: everything below it is state. */
  get top(): number {
    return this.i32[TOP]!;
  }

  /** Slots in live blocks, headers included. */
  get allocatedSlots(): number {
    return this.i32[ALLOCATED]!;
  }

  /** A zeroed block of `slots` ≥ 0 slots; `tag` ≥ 0 says what it holds. @throws OutOfMemory */
  alloc(slots: number, tag: number): number {
    let m = this.i32;
    m[ALLOCATED]! += slots + 1;
    if (slots < CLASSES && slots > 0) {
      const head = m[FREE + slots]!;
      if (head !== 0) {
        m[FREE + slots] = m[head]!;
        m.fill(0, head, head + slots * 2);
        m[head - 2] = tag;
        return head;
      }
    }
    const address = m[TOP]! + 2;
    const end = address + slots * 2;
    if (end > m.length) {
      this.grow(end, slots);
      m = this.i32;
    }
    m[TOP] = end;
    m[address - 2] = tag;
    m[address - 1] = slots;
    return address;
  }

  /** Gives a block back. Blocks of CLASSES slots or more are only reused when they are the last one. */
  free(address: number): void {
    const m = this.i32;
    const slots = m[address - 1]!;
    m[ALLOCATED]! -= slots + 1;
    if (address + slots * 2 === m[TOP]!) {
      m.fill(0, address - 2, address + slots * 2);
      m[TOP] = address - 2;
    } else if (slots < CLASSES && slots > 0) {
      m[address - 2] = -1;
      m[address] = m[FREE + slots]!;
      m[FREE + slots] = address;
    }
  }

  tag(address: number): number {
    return this.i32[address - 2]!;
  }

  slots(address: number): number {
    return this.i32[address - 1]!;
  }

  /** Addresses of all blocks, freed ones included, in ascending order. */
  blocks(): Int32Array {
    const addresses: number[] = [];
    const top = this.top;
    for (let address = FIRST + 2; address <= top; address += this.i32[address - 1]! * 2 + 2) addresses.push(address);
    return Int32Array.from(addresses);
  }

  /**
   * A copy of the used prefix.
   * @param spent an image that nobody needs any more: a small one's storage is used again.
   */
  snapshot(spent?: MemoryImage): MemoryImage {
    const words = this.top;
    if (words > WHOLE) return (this.latest = { words, pages: this.pages(words) });
    // Pages of a large one may be shared.
    const storage = spent !== undefined && spent.words <= WHOLE ? spent.pages[0] : undefined;
    return { words, pages: [copyOf(this.i32, words, storage)] };
  }

  /** Puts an image back, be it of this memory or of another; words above its prefix become zero again. */
  restore(image: MemoryImage): void {
    const { words, pages } = image;
    if (words > this.i32.length) this.resize(words);
    const used = this.top;
    const m = this.i32;
    if (words <= WHOLE) m.set(pages[0]!.subarray(0, words));
    else {
      pages.forEach((page, i) => m.set(page, i * PAGE));
      this.latest = image;
    }
    if (words < used) m.fill(0, words, used);
  }

  /** The used prefix in pages. One that is as in the latest image, or as the one before it (both zero, say), is shared. */
  private pages(words: number): Int32Array[] {
    const latest = this.latest?.pages ?? [];
    const pages: Int32Array[] = [];
    for (let at = 0; at < words; at += PAGE) {
      const end = Math.min(at + PAGE, words);
      const same = [latest[pages.length], pages.at(-1)].find((page) => this.equals(at, end, page));
      pages.push(same ?? this.i32.slice(at, end));
    }
    return pages;
  }

  private equals(from: number, to: number, page: Int32Array | undefined): boolean {
    const m = this.i32;
    if (page?.length !== to - from) return false;
    for (let i = from, k = 0; i < to; i++, k++) if (m[i] !== page[k]) return false;
    return true;
  }

  private grow(words: number, slots: number): void {
    if (words > this.budgetWords) {
      this.i32[ALLOCATED]! -= slots + 1;
      throw new OutOfMemory(slots, this.budgetWords);
    }
    this.resize(Math.min(Math.max(words, this.i32.length * 2), this.budgetWords));
  }

  private resize(words: number): void {
    const even = words + (words & 1);
    if (even <= 0) throw new InternalError('memory size', { words });
    const next = new Int32Array(even);
    next.set(this.i32.subarray(0, Math.min(this.top, even)));
    this.i32 = next;
    this.f64 = new Float64Array(next.buffer);
  }
}
