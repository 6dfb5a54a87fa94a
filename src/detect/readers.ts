/**
 * This file keeps sets of readers, for memory whose reads are not ordered among themselves: of each strand its latest read. All sets stand in one array, in blocks
 * of a power of two of entries; a block that is given back is used again for a set of its size. Larger sets have a hash table behind their entries.
 */
import { Ledger, type Share } from '../base/ledger';

/** Words of a block before its entries: how many there are, and for how many there is room. */
const HEAD = 2;
/** Words of an entry. */
export const enum Reader {
  Strand = 0,
  Epoch = 1,
  Event = 2,
  Pc = 3,
  Words = 4,
}
const FEWEST = 2;
/** Sets up to this size are looked through from the first entry. */
const PLAIN = 8;
/** Larger sets are rid of what is outdone before they grow. */
const LARGE = 64;
/** Words a hash table has for each entry. */
const HASHED = 2;
const FIRST_WORDS = 512;

export class Readers {
  words = new Int32Array(0);
  /** First word that was never used. Blocks begin at 1, so that none is 0. */
  private end = 1;
  /** By the logarithm of the room of a block: one that is free, which names the next in its first word. */
  private readonly free = new Int32Array(32);

  /** `isOutdone`: whether all of a strand is ordered before another one, which the question is then asked for. */
  constructor(
    private readonly successor: (strand: number) => number,
    private readonly share: Share = new Ledger().share('races'),
  ) {}

  drop(): void {
    this.words = new Int32Array(0);
    this.end = 1;
    this.free.fill(0);
  }

  /** An empty set. @throws ShareSpent, OutOfMemory */
  make(): number {
    return this.block(FEWEST);
  }

  count(set: number): number {
    return this.words[set]!;
  }

  /** Where the entry of a number stands, in the order in which strands came first. */
  entry(set: number, i: number): number {
    return set + HEAD + i * Reader.Words;
  }

  /** Notes the latest read of a strand. @returns the set, which may have moved. @throws ShareSpent, OutOfMemory */
  note(set: number, strand: number, epoch: number, event: number, pc: number): number {
    let at = this.find(set, strand);
    if (at !== 0 && this.words[at + Reader.Epoch] === epoch) return set;
    if (at === 0) {
      if (this.words[set] === this.words[set + 1]) set = this.larger(set);
      at = this.append(set, strand);
    }
    const { words } = this;
    words[at + Reader.Epoch] = epoch;
    words[at + Reader.Event] = event;
    words[at + Reader.Pc] = pc;
    return set;
  }

  has(set: number, strand: number): boolean {
    return this.find(set, strand) !== 0;
  }

  give(set: number): void {
    const size = Math.log2(this.words[set + 1]!);
    this.words[set] = this.free[size]!;
    this.free[size] = set;
  }

  /** Where the entry of a strand stands; 0: it has none. */
  private find(set: number, strand: number): number {
    const { words } = this;
    const room = words[set + 1]!;
    if (room > PLAIN) {
      const slot = this.hashed(set, strand);
      return words[slot] === 0 ? 0 : this.entry(set, words[slot]! - 1);
    }
    const end = this.entry(set, words[set]!);
    for (let at = set + HEAD; at < end; at += Reader.Words) if (words[at] === strand) return at;
    return 0;
  }

  private append(set: number, strand: number): number {
    const { words } = this;
    const number = ++words[set]!;
    if (words[set + 1]! > PLAIN) words[this.hashed(set, strand)] = number;
    const at = this.entry(set, number - 1);
    words[at] = strand;
    return at;
  }

  /** Where the number of a strand's entry stands in the hash table, or would. */
  private hashed(set: number, strand: number): number {
    const { words } = this;
    const room = words[set + 1]!;
    const table = this.entry(set, room);
    const mask = room * HASHED - 1;
    let at = (Math.imul(strand, 0x9e3779b1) >>> 8) & mask;
    while (words[table + at] !== 0 && words[this.entry(set, words[table + at]! - 1)] !== strand) at = (at + 1) & mask;
    return table + at;
  }

  /** A set with more room, or with fewer entries. */
  private larger(set: number): number {
    const count = this.words[set]!;
    const kept: number[] = [];
    for (let i = 0; i < count; i++) {
      if (count < LARGE || !this.isOutdone(set, this.words[this.entry(set, i)]!)) kept.push(i);
    }
    const next = this.block(kept.length * 2 > count ? count * 2 : count);
    const { words } = this;
    for (const i of kept) {
      const from = this.entry(set, i);
      const to = this.append(next, words[from]!);
      words.copyWithin(to, from, from + Reader.Words);
    }
    this.give(set);
    return next;
  }

  /** Whether a strand that comes after a strand's end has read, too: who is ordered after that is after this. */
  private isOutdone(set: number, strand: number): boolean {
    const successor = this.successor(strand);
    return successor !== strand && this.find(set, successor) !== 0;
  }

  private block(room: number): number {
    const size = Math.log2(room);
    const words = HEAD + room * (Reader.Words + (room > PLAIN ? HASHED : 0));
    const freed = this.free[size]!;
    if (freed !== 0) this.free[size] = this.words[freed]!;
    const at = freed || this.end;
    if (freed === 0) {
      if (at + words > this.words.length) this.grow(at + words);
      this.end = at + words;
    } else this.words.fill(0, at, at + words);
    this.words[at] = 0;
    this.words[at + 1] = room;
    return at;
  }

  private grow(words: number): void {
    const length = Math.max(FIRST_WORDS, words + (words >> 1));
    this.share.take((length - this.words.length) * 4);
    const next = new Int32Array(length);
    next.set(this.words);
    this.words = next;
  }
}
