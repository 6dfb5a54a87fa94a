/**
 * This file keeps, for every slot of memory, who read and who wrote it last, by FastTrack's rules (Flanagan and Freund, PLDI 2009): the last write
 * as one epoch; the reads as one epoch while they are ordered, and as one epoch per clock slot when they are not.
 * It differs from the paper in keeping event and instruction beside each epoch, so that a race names both places at once.
 */
import { Ledger, type Share } from '../../../src/base/ledger';
import type { Strand } from './strands';

/** An access that was not ordered before a conflicting one. */
export interface Earlier {
  readonly write: boolean;
  readonly slot: number;
  readonly clock: number;
  readonly event: number;
  readonly pc: number;
}

/** A cell: eight words. Clock slots are stored plus one: 0 is "never". */
const W_SLOT = 0;
const W_CLOCK = 1;
const W_EVENT = 2;
const W_PC = 3;
/** Of the single last read; SHARED: see `shared`. */
const R_SLOT = 4;
const R_CLOCK = 5;
const R_EVENT = 6;
const R_PC = 7;
const CELL = 8;
const SHARED = -1;

const PAGE_BITS = 9;
const PAGE_MASK = (1 << PAGE_BITS) - 1;
const PAGE_WORDS = (PAGE_MASK + 1) * CELL;
/** Bytes of a page, and of a set of readers and each of them. */
const PAGE_BYTES = PAGE_WORDS * 4 + 256;
const READERS_BYTES = 320;
const READER_BYTES = 128;

interface Reader {
  clock: number;
  event: number;
  pc: number;
}

export class Shadow {
  /** By address >> PAGE_BITS. */
  private readonly pages: (Int32Array | undefined)[] = [];
  /** By address: the readers, by clock slot, of a cell whose reads are not ordered. */
  private readonly shared = new Map<number, Map<number, Reader>>();

  constructor(private readonly memory: Share = new Ledger().share('races')) {}

  /** Forgets all. */
  drop(): void {
    this.pages.length = 0;
    this.shared.clear();
  }

  /** True when no address near this one was ever accessed. */
  isBlank(address: number): boolean {
    return this.pages[address >> PAGE_BITS] === undefined;
  }

  /** Notes a read; returns a write that it races with. @throws ShareSpent, OutOfMemory */
  read(address: number, me: Strand, event: number, pc: number): Earlier | undefined {
    const page = this.page(address);
    const at = (address & PAGE_MASK) * CELL;
    const slot = me.slot + 1;
    if (page[at + R_SLOT] === slot && page[at + R_CLOCK] === me.clock) return undefined; // same epoch
    const race = this.writeRace(page, at, me);
    const reader = page[at + R_SLOT]!;
    if (reader === SHARED) this.addReader(address, me, event, pc);
    else if (reader === 0 || me.covers(reader - 1, page[at + R_CLOCK]!)) {
      page[at + R_SLOT] = slot;
      page[at + R_CLOCK] = me.clock;
      page[at + R_EVENT] = event;
      page[at + R_PC] = pc;
    } else this.share(page, at, address, me, event, pc);
    return race;
  }

  /** Notes a write; returns an access that it races with. @throws ShareSpent, OutOfMemory */
  write(address: number, me: Strand, event: number, pc: number): Earlier | undefined {
    const page = this.page(address);
    const at = (address & PAGE_MASK) * CELL;
    const slot = me.slot + 1;
    if (page[at + W_SLOT] === slot && page[at + W_CLOCK] === me.clock) return undefined; // same epoch
    const race = this.writeRace(page, at, me) ?? this.readRace(page, at, address, me);
    page[at + W_SLOT] = slot;
    page[at + W_CLOCK] = me.clock;
    page[at + W_EVENT] = event;
    page[at + W_PC] = pc;
    return race;
  }

  /** A write that is not ordered before what `me` does now. */
  unorderedWrite(address: number, me: Strand): Earlier | undefined {
    if (this.isBlank(address)) return undefined;
    return this.writeRace(this.page(address), (address & PAGE_MASK) * CELL, me);
  }

  /** A read that is not ordered before what `me` does now. */
  unorderedRead(address: number, me: Strand): Earlier | undefined {
    if (this.isBlank(address)) return undefined;
    const page = this.page(address);
    const at = (address & PAGE_MASK) * CELL;
    const reader = page[at + R_SLOT]!;
    if (reader === 0) return undefined;
    if (reader === SHARED) return this.unorderedReader(address, me);
    return this.singleReadRace(page, at, me);
  }

  /** Whether goroutines other than `me` have accessed the address, at least one of all of them writing. */
  isShared(address: number, me: Strand, write: boolean): boolean {
    const page = this.pages[address >> PAGE_BITS];
    if (!page) return false;
    const at = (address & PAGE_MASK) * CELL;
    const writer = page[at + W_SLOT]!;
    if (writer !== 0 && writer !== me.slot + 1) return true;
    const reader = page[at + R_SLOT]!;
    return write && reader !== 0 && reader !== me.slot + 1;
  }

  private page(address: number): Int32Array {
    return this.pages[address >> PAGE_BITS] ?? this.newPage(address >> PAGE_BITS);
  }

  private newPage(index: number): Int32Array {
    this.memory.take(PAGE_BYTES);
    while (this.pages.length <= index) this.pages.push(undefined);
    return (this.pages[index] = new Int32Array(PAGE_WORDS));
  }

  private writeRace(page: Int32Array, at: number, me: Strand): Earlier | undefined {
    const writer = page[at + W_SLOT]! - 1;
    const clock = page[at + W_CLOCK]!;
    if (writer < 0 || me.covers(writer, clock)) return undefined;
    return { write: true, slot: writer, clock, event: page[at + W_EVENT]!, pc: page[at + W_PC]! };
  }

  /** A read that races with a write by `me`. Shared reads are forgotten after it, as in the paper. */
  private readRace(page: Int32Array, at: number, address: number, me: Strand): Earlier | undefined {
    const reader = page[at + R_SLOT]!;
    if (reader === 0) return undefined;
    if (reader !== SHARED) return this.singleReadRace(page, at, me);
    const race = this.unorderedReader(address, me);
    this.memory.giveBack(READERS_BYTES + this.shared.get(address)!.size * READER_BYTES);
    this.shared.delete(address);
    page[at + R_SLOT] = 0;
    page[at + R_CLOCK] = 0;
    return race;
  }

  private singleReadRace(page: Int32Array, at: number, me: Strand): Earlier | undefined {
    const slot = page[at + R_SLOT]! - 1;
    const clock = page[at + R_CLOCK]!;
    if (me.covers(slot, clock)) return undefined;
    return { write: false, slot, clock, event: page[at + R_EVENT]!, pc: page[at + R_PC]! };
  }

  private unorderedReader(address: number, me: Strand): Earlier | undefined {
    for (const [slot, { clock, event, pc }] of this.shared.get(address)!) {
      if (!me.covers(slot, clock)) return { write: false, slot, clock, event, pc };
    }
    return undefined;
  }

  private share(page: Int32Array, at: number, address: number, me: Strand, event: number, pc: number): void {
    this.memory.take(READERS_BYTES + READER_BYTES);
    const first = { clock: page[at + R_CLOCK]!, event: page[at + R_EVENT]!, pc: page[at + R_PC]! };
    this.shared.set(address, new Map([[page[at + R_SLOT]! - 1, first]]));
    page[at + R_SLOT] = SHARED;
    this.addReader(address, me, event, pc);
  }

  private addReader(address: number, me: Strand, event: number, pc: number): void {
    const readers = this.shared.get(address)!;
    const known = readers.get(me.slot);
    if (!known) {
      this.memory.take(READER_BYTES);
      readers.set(me.slot, { clock: me.clock, event, pc });
    } else if (known.clock !== me.clock) {
      known.clock = me.clock;
      known.event = event;
      known.pc = pc;
    }
  }
}
