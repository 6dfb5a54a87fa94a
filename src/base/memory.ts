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
import { Interrupt } from './interrupt';
import { Ledger, OutOfMemory, type Share } from './ledger';

/** Words above which an image is made of pages: 1 MB. */
const WHOLE = 1 << 18;
const PAGE = 1 << 14;
/**
 * Words from which on the buffer is as large as it may ever be: 16 MB. Up to there it is doubled by copying. Above, two copies at once would be too much of
 * the host's memory; and what nobody has written to costs none, since the host gives a page only when it is touched.
 */
const FULL_SIZE = 1 << 22;

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

/** Words of the host's memory that an image takes: what its pages share counts once. */
export function wordsOf({ pages }: MemoryImage): number {
  let words = 0;
  for (const page of new Set(pages)) words += page.length;
  return words;
}

/** Number of free-list heads of small blocks: class k holds freed blocks of exactly k slots (k < CLASSES), class 0 is unused. */
const CLASSES = 64;
/** Word offsets of the allocator's own state. */
const TOP = 2; // first unused word
const ALLOCATED = 4; // slots in live blocks, headers included
const FREE = 8; // CLASSES heads
/** Heads of the lists of blocks of 64, 128, … 1024 slots, which growing by doubling leaves behind: in words that nothing else is in, so that no block moves. */
const LARGE_LISTS = [3, 5, 6, 7, FREE];
const LARGEST = CLASSES << (LARGE_LISTS.length - 1);
/** Header of the first block. */
const FIRST = FREE + CLASSES;
/** In units of an interrupt: to go on from one block to the next, which is far. */
const WORK_OF_A_BLOCK = 4;
/** Words that are zeroed by hand: a call of fill costs more. */
const FEW = 2 * CLASSES;
/** Words that are copied by hand: a call of copyWithin costs more. */
const FEW_COPIED = 32;

/** Where the free list begins that a block of so many slots is put into; 0: it is put into none. */
function listOf(slots: number): number {
  if (slots < CLASSES) return slots > 0 ? FREE + slots : 0;
  return slots <= LARGEST && (slots & (slots - 1)) === 0 ? LARGE_LISTS[Math.log2(slots / CLASSES)]! : 0;
}

/** The first `length` words of an array, in `storage` if that is long enough, which is several times as fast as new storage. */
export function copyOf(words: Int32Array, length: number, storage?: Int32Array): Int32Array {
  if (storage === undefined || storage.length < length) return words.slice(0, length);
  storage.set(words.subarray(0, length));
  return storage;
}

/** Copies words, which may overlap. */
export function copyWords(m: Int32Array, to: number, from: number, words: number): void {
  if (words > FEW_COPIED) m.copyWithin(to, from, from + words);
  else if (to < from) for (let i = 0; i < words; i++) m[to + i] = m[from + i]!;
  else for (let i = words - 1; i >= 0; i--) m[to + i] = m[from + i]!;
}

export class Memory {
  i32: Int32Array;
  f64: Float64Array;
  /** The same memory as bytes, for strings. */
  bytes: Uint8Array;
  /** The image of pages that was taken or put back last. */
  private latest: MemoryImage | undefined;

  /** Words from `unpaid` up to `paid` are accounted for in the share. */
  private paid = 0;
  private unpaid = 0;

  /** `budgetWords`: most words this memory may ever hold (a limit of the host, not of the simulated machine). */
  constructor(
    private most = 1 << 27,
    initialWords = 1 << 16,
    private share: Share = new Ledger(most * 4).share('memory'),
  ) {
    this.i32 = new Int32Array(initialWords);
    this.f64 = new Float64Array(this.i32.buffer);
    this.bytes = new Uint8Array(this.i32.buffer);
    this.i32[TOP] = FIRST;
  }

  /** Words that it may hold. */
  get budgetWords(): number {
    return this.most;
  }

  /** From now on it may hold so many words more than it does, and a share accounts for these, in steps of a page. */
  limit(words: number, share: Share): void {
    this.unpaid = this.paid = this.top;
    this.most = this.top + words;
    this.share = share;
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
    const list = listOf(slots);
    const head = list === 0 ? 0 : m[list]!;
    if (head !== 0) {
      m[list] = m[head]!;
      const end = head + slots * 2;
      if (end - head > FEW) m.fill(0, head, end);
      else for (let at = head; at < end; at++) m[at] = 0;
      m[head - 2] = tag;
      m[ALLOCATED]! += slots + 1;
      return head;
    }
    const address = m[TOP]! + 2;
    const end = address + slots * 2;
    if (end > this.paid) {
      this.grow(end);
      m = this.i32;
    }
    m[TOP] = end;
    m[address - 2] = tag;
    m[address - 1] = slots;
    m[ALLOCATED]! += slots + 1;
    return address;
  }

  /** Gives a block back. Where there is no list for its size it is only used again when it is the last one. */
  free(address: number): void {
    const m = this.i32;
    const slots = m[address - 1]!;
    m[ALLOCATED]! -= slots + 1;
    if (address + slots * 2 === m[TOP]!) {
      m.fill(0, address - 2, address + slots * 2);
      m[TOP] = address - 2;
      return;
    }
    const list = listOf(slots);
    if (list === 0) return;
    m[address - 2] = -1;
    m[address] = m[list]!;
    m[list] = address;
  }

  tag(address: number): number {
    return this.i32[address - 2]!;
  }

  slots(address: number): number {
    return this.i32[address - 1]!;
  }

  /** Addresses of all blocks, freed ones included, in ascending order. @throws Interrupted */
  blocks(interrupt = Interrupt.never): Int32Array {
    const m = this.i32;
    const top = this.top;
    let count = 0;
    for (let address = FIRST + 2; address <= top; address += m[address - 1]! * 2 + 2) {
      interrupt.worked(WORK_OF_A_BLOCK);
      count++;
    }
    const addresses = new Int32Array(count);
    for (let i = 0, address = FIRST + 2; i < count; address += m[address - 1]! * 2 + 2) {
      interrupt.worked(WORK_OF_A_BLOCK);
      addresses[i++] = address;
    }
    return addresses;
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
    this.paid = Math.max(words, this.unpaid + this.share.bytes / 4);
    this.share.put((this.paid - this.unpaid) * 4);
    if (this.paid > this.i32.length) this.resize(this.paid);
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

  /** Pays for the words below `words`, and makes room for them. */
  private grow(words: number): void {
    if (words > this.most) throw new OutOfMemory(words * 4, this.most * 4);
    const paid = Math.min(Math.ceil(words / PAGE) * PAGE, this.most);
    this.share.take((paid - this.paid) * 4);
    if (paid > this.i32.length) this.resize(paid);
    this.paid = paid;
  }

  /** Makes the buffer hold at least so many words. @throws OutOfMemory when the host has none to give */
  private resize(words: number): void {
    const doubled = Math.max(words, this.i32.length * 2);
    const even = (n: number): number => n + (n & 1);
    if (even(words) <= 0) throw new InternalError('memory size', { words });
    const next = zeroed(even(doubled > FULL_SIZE ? Math.max(words, this.most) : doubled)) ?? zeroed(even(words));
    if (next === undefined) throw new OutOfMemory(words * 4, this.share.limit);
    next.set(this.i32.subarray(0, this.top));
    this.i32 = next;
    this.f64 = new Float64Array(next.buffer);
    this.bytes = new Uint8Array(next.buffer);
  }
}

/** Undefined when the host has no room for it. */
function zeroed(words: number): Int32Array<ArrayBuffer> | undefined {
  try {
    return new Int32Array(words);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
