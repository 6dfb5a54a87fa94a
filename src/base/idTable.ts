/**
 * This file defines a table from ids, which are given out one after the other from 1 on, to records of 32-bit integers, in pages of a thousand records. Nothing is
 * hashed, so neighbours stand together; nothing is copied when it grows, and a page whose records have all been removed is given back. The ids that are in
 * use ought to be near each other: a page is as large for one record as for all.
 */
import type { Share } from './ledger';

const SHIFT = 10;
const RECORDS = 1 << SHIFT;
const MASK = RECORDS - 1;

/** Words of a page before its records: how many there are, then a bit for each place that has one. */
const COUNT = 0;
const BITS = 1;
const HEAD = BITS + RECORDS / 32;

/** Bytes of the objects around the words of a page. */
const PAGE_BYTES = 256;

export class IdTable {
  /** The page of the record that was asked for last: another one after each {@link find} and {@link put}, so to be read behind them. */
  words: Int32Array = new Int32Array(0);
  length = 0;
  private readonly pages: (Int32Array | undefined)[] = [];
  /** A page in which nothing is, to be used next. */
  private spare: Int32Array | undefined;

  /**
   * @param values words of a record.
   * @param share what the pages are taken from; without one they are nobody's.
   */
  constructor(
    private readonly values: number,
    private readonly share?: Share,
  ) {}

  /** Where in {@link words} the values of an id stand, until the next question; -1: it has none. */
  find(id: number): number {
    const page = this.pages[id >>> SHIFT];
    if (page === undefined || (page[BITS + ((id & MASK) >>> 5)]! & (1 << id)) === 0) return -1;
    this.words = page;
    return HEAD + (id & MASK) * this.values;
  }

  /** The same, of an id that gets a record of zeros unless it has one. @throws OutOfMemory, ShareSpent */
  put(id: number): number {
    const page = this.pages[id >>> SHIFT] ?? this.addPage(id >>> SHIFT);
    const bits = BITS + ((id & MASK) >>> 5);
    if ((page[bits]! & (1 << id)) === 0) {
      page[bits]! |= 1 << id;
      page[COUNT]!++;
      this.length++;
    }
    this.words = page;
    return HEAD + (id & MASK) * this.values;
  }

  /** Removes the record of an id; @returns whether there was one. */
  remove(id: number): boolean {
    const at = this.find(id);
    if (at < 0) return false;
    const page = this.pages[id >>> SHIFT]!;
    for (let i = 0; i < this.values; i++) page[at + i] = 0;
    page[BITS + ((id & MASK) >>> 5)]! &= ~(1 << id);
    this.length--;
    page[COUNT]!--;
    if (page[COUNT] === 0) this.dropPage(id >>> SHIFT, page);
    return true;
  }

  private addPage(index: number): Int32Array {
    const page = this.spare ?? this.newPage();
    this.spare = undefined;
    while (this.pages.length < index) this.pages.push(undefined);
    return (this.pages[index] = page);
  }

  private newPage(): Int32Array {
    const words = HEAD + RECORDS * this.values;
    this.share?.take(words * 4 + PAGE_BYTES);
    return new Int32Array(words);
  }

  /** Its words are all zero again. */
  private dropPage(index: number, page: Int32Array): void {
    this.pages[index] = undefined;
    if (this.spare === undefined) this.spare = page;
    else this.share?.giveBack(page.byteLength + PAGE_BYTES);
  }
}
