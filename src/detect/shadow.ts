/**
 * This file keeps, for every slot of memory, who read and who wrote it last, by FastTrack's rules (Flanagan and Freund, PLDI 2009): the last write
 * as one epoch; the reads as one epoch while they are ordered, and as one epoch per strand when they are not (readers.ts).
 * It differs from the paper in keeping event and instruction beside each epoch, so that a race names both places at once.
 */
import type { Interrupt } from '../base/interrupt';
import { Ledger, type Share } from '../base/ledger';
import { Cells } from './cells';
import type { Order } from './order';
import { Reader, Readers } from './readers';
import { Strand } from './strands';

/** An access that was not ordered before a conflicting one. */
export interface Earlier {
  write: boolean;
  strand: number;
  epoch: number;
  event: number;
  pc: number;
}

/** A cell: eight words. Strand 0 is "never"; epoch 0 of a strand is ordered before all that is to come (common.ts). */
const W_STRAND = 0;
const W_EPOCH = 1;
const W_EVENT = 2;
const W_PC = 3;
/** Of the single last read; SHARED: the next word names the set of readers. */
const R_STRAND = 4;
const R_EPOCH = 5;
const R_EVENT = 6;
const R_PC = 7;
const SHARED = -1;
/** Before all that is to come: one that has ended was the last to write or to read; several that have ended have read; and who wrote last as well, which lives. */
const ENDED = -2;
const ALL_ENDED = -3;
const WITH_WRITER = -4;

/** What is said in a number of a slot of which all accesses are before all that is to come: who wrote, above two bits for who has read. */
const READ_BITS = 2;
const READ_MASK = 3;
/** Of the reads, by their bits. */
const READERS = [0, ENDED, ALL_ENDED, WITH_WRITER];
/** Of the write: somebody who has ended. Else 0, nobody; or a strand, which is never 1. */
const SOMEBODY = 1;

export class Shadow {
  private readonly cells: Cells;
  private readonly readers: Readers;
  /** The access that {@link read}, {@link write}, {@link unorderedRead} and {@link unorderedWrite} have found last: overwritten by the next. */
  readonly earlier: Earlier = { write: false, strand: 0, epoch: 0, event: 0, pc: 0 };

  constructor(
    private readonly order: Order,
    memory: Share = new Ledger().share('races'),
  ) {
    const { strands } = order;
    this.cells = new Cells(memory, (cell, said) => this.unpack(cell, said));
    this.readers = new Readers((strand) => strands.tenants[strands.words[strand + Strand.Slot]!]!, memory);
  }

  /** Forgets all. */
  drop(): void {
    this.cells.drop();
    this.readers.drop();
  }

  /** True when no address near this one was ever accessed. */
  isBlank(address: number): boolean {
    return this.cells.isBlank(address);
  }

  /** Notes a read. @returns whether it races with a write: {@link earlier}. @throws ShareSpent, OutOfMemory */
  read(address: number, me: number, event: number, pc: number): boolean {
    const at = this.cells.get(address);
    const cells = this.cells.words;
    const { words } = this.order.strands;
    const epoch = words[me + Strand.Epoch]!;
    const reader = cells[at + R_STRAND]!;
    if (reader === me && cells[at + R_EPOCH] === epoch) return false;
    const race = this.writeRace(at, me);
    words[me + Strand.Touched] = epoch;
    if (reader === SHARED) cells[at + R_EPOCH] = this.readers.note(cells[at + R_EPOCH]!, me, epoch, event, pc);
    else if (reader <= ALL_ENDED) this.widen(at, me, event, pc);
    else if (
      reader === 0 ||
      reader === ENDED ||
      this.order.covers(me, reader, cells[at + R_EPOCH]!, cells[at + R_EVENT]!)
    ) {
      cells[at + R_STRAND] = me;
      cells[at + R_EPOCH] = epoch;
      cells[at + R_EVENT] = event;
      cells[at + R_PC] = pc;
    } else this.widen(at, me, event, pc);
    return race;
  }

  /** Notes a write. @returns whether it races with an access: {@link earlier}. @throws ShareSpent, OutOfMemory */
  write(address: number, me: number, event: number, pc: number): boolean {
    const at = this.cells.get(address);
    const cells = this.cells.words;
    const { words } = this.order.strands;
    const epoch = words[me + Strand.Epoch]!;
    if (cells[at + W_STRAND] === me && cells[at + W_EPOCH] === epoch) return false;
    const race = this.writeRace(at, me) || this.readRace(at, me);
    words[me + Strand.Touched] = epoch;
    cells[at + W_STRAND] = me;
    cells[at + W_EPOCH] = epoch;
    cells[at + W_EVENT] = event;
    cells[at + W_PC] = pc;
    return race;
  }

  /** Whether a write is not ordered before what `me` does now. */
  unorderedWrite(address: number, me: number): boolean {
    if (this.isBlank(address)) return false;
    return this.writeRace(this.cells.find(address), me);
  }

  /** Whether a read is not ordered before what `me` does now. */
  unorderedRead(address: number, me: number): boolean {
    if (this.isBlank(address)) return false;
    const at = this.cells.find(address);
    const cells = this.cells.words;
    if (cells[at + R_STRAND] === SHARED) return this.unorderedReader(cells[at + R_EPOCH]!, me);
    return this.singleReadRace(at, me);
  }

  /** Whether goroutines other than `me` have accessed the address, at least one of all of them writing. */
  isShared(address: number, me: number, write: boolean): boolean {
    if (this.isBlank(address)) return false;
    const at = this.cells.find(address);
    const cells = this.cells.words;
    const writer = cells[at + W_STRAND]!;
    if (writer !== 0 && writer !== me) return true;
    const reader = cells[at + R_STRAND]!;
    return write && reader !== 0 && reader !== me;
  }

  /**
   * Looks at all that is kept, tells of the strands that somebody can ask for, and forgets of the others all but that they were there. `isPast`: whether an epoch of a strand
   * is before all that is to come. @throws Interrupted
   */
  sweep(
    isPast: (strand: number, epoch: number) => boolean,
    tell: (strand: number) => void,
    interrupt: Interrupt,
  ): void {
    const { strands } = this.order;
    this.cells.sweep(
      (cell) => {
        this.forgetPast(cell, isPast);
        const said = this.said(cell);
        if (said < 0) this.eachStrand(cell, tell);
        return said;
      },
      (said) => {
        const writer = said >> READ_BITS;
        if (writer <= SOMEBODY || strands.runs(writer)) return said;
        const read = READERS[said & READ_MASK] === WITH_WRITER ? READERS.indexOf(ALL_ENDED) : said & READ_MASK;
        return read | (SOMEBODY << READ_BITS);
      },
      interrupt,
    );
  }

  /** Who lives is not forgotten: it may be the one who comes next, and then is nobody else. */
  private forgetPast(cell: number, isPast: (strand: number, epoch: number) => boolean): void {
    const cells = this.cells.words;
    const { strands } = this.order;
    const writer = cells[cell + W_STRAND]!;
    if (writer > 0 && isPast(writer, cells[cell + W_EPOCH]!)) {
      cells[cell + W_STRAND] = strands.runs(writer) ? writer : ENDED;
      cells[cell + W_EPOCH] = 0;
    }
    const reader = cells[cell + R_STRAND]!;
    const lives = writer > 0 && strands.runs(writer);
    if (reader > 0 && isPast(reader, cells[cell + R_EPOCH]!) && !strands.runs(reader)) cells[cell + R_STRAND] = ENDED;
    else if (reader === WITH_WRITER && !lives) cells[cell + R_STRAND] = ALL_ENDED;
    else if (reader === SHARED && this.arePast(cells[cell + R_EPOCH]!, lives ? writer : 0, isPast)) {
      const hasRead = lives && this.readers.has(cells[cell + R_EPOCH]!, writer);
      this.readers.give(cells[cell + R_EPOCH]!);
      cells[cell + R_STRAND] = hasRead ? WITH_WRITER : ALL_ENDED;
    }
  }

  /** Whether all reads of a set are before all that is to come, and of goroutines that have ended, but for one: who reads again stands where it was first. */
  private arePast(set: number, writer: number, isPast: (strand: number, epoch: number) => boolean): boolean {
    const { readers } = this;
    const { strands } = this.order;
    for (let i = 0; i < readers.count(set); i++) {
      const at = readers.entry(set, i);
      const strand = readers.words[at + Reader.Strand]!;
      if (strand !== writer && strands.runs(strand)) return false;
      if (!isPast(strand, readers.words[at + Reader.Epoch]!)) return false;
    }
    return true;
  }

  /** A number that says what a cell does; -1: there is none. */
  private said(cell: number): number {
    const cells = this.cells.words;
    const read = READERS.indexOf(cells[cell + R_STRAND]!);
    const writer = cells[cell + W_STRAND]!;
    if (read < 0 || (writer > 0 && cells[cell + W_EPOCH] !== 0)) return -1;
    return read | ((writer === ENDED ? SOMEBODY : writer) << READ_BITS);
  }

  private unpack(cell: number, said: number): void {
    const cells = this.cells.words;
    const writer = said >> READ_BITS;
    cells[cell + W_STRAND] = writer === SOMEBODY ? ENDED : writer;
    cells[cell + R_STRAND] = READERS[said & READ_MASK]!;
  }

  private eachStrand(cell: number, tell: (strand: number) => void): void {
    const cells = this.cells.words;
    const { readers } = this;
    if (cells[cell + W_STRAND]! > 0) tell(cells[cell + W_STRAND]!);
    if (cells[cell + R_STRAND]! > 0) tell(cells[cell + R_STRAND]!);
    if (cells[cell + R_STRAND] !== SHARED) return;
    const set = cells[cell + R_EPOCH]!;
    for (let i = 0; i < readers.count(set); i++) tell(readers.words[readers.entry(set, i) + Reader.Strand]!);
  }

  private writeRace(at: number, me: number): boolean {
    const cells = this.cells.words;
    const writer = cells[at + W_STRAND]!;
    if (writer <= 0 || writer === me) return false;
    if (this.order.covers(me, writer, cells[at + W_EPOCH]!, cells[at + W_EVENT]!)) return false;
    return this.found(true, writer, cells[at + W_EPOCH]!, cells[at + W_EVENT]!, cells[at + W_PC]!);
  }

  /** A read that races with a write by `me`. Shared reads are forgotten after it, as in the paper. */
  private readRace(at: number, me: number): boolean {
    const cells = this.cells.words;
    const reader = cells[at + R_STRAND]!;
    if (reader !== SHARED && reader > ALL_ENDED) return this.singleReadRace(at, me);
    const race = reader === SHARED && this.unorderedReader(cells[at + R_EPOCH]!, me);
    if (reader === SHARED) this.readers.give(cells[at + R_EPOCH]!);
    cells[at + R_STRAND] = 0;
    cells[at + R_EPOCH] = 0;
    return race;
  }

  private singleReadRace(at: number, me: number): boolean {
    const cells = this.cells.words;
    const reader = cells[at + R_STRAND]!;
    if (reader <= 0 || reader === me || this.order.covers(me, reader, cells[at + R_EPOCH]!, cells[at + R_EVENT]!))
      return false;
    return this.found(false, reader, cells[at + R_EPOCH]!, cells[at + R_EVENT]!, cells[at + R_PC]!);
  }

  private unorderedReader(set: number, me: number): boolean {
    const { readers } = this;
    const { words } = readers;
    for (let i = 0; i < readers.count(set); i++) {
      const at = readers.entry(set, i);
      const strand = words[at + Reader.Strand]!;
      const epoch = words[at + Reader.Epoch]!;
      const event = words[at + Reader.Event]!;
      if (!this.order.covers(me, strand, epoch, event))
        return this.found(false, strand, epoch, event, words[at + Reader.Pc]!);
    }
    return false;
  }

  private widen(at: number, me: number, event: number, pc: number): void {
    const { readers } = this;
    const cells = this.cells.words;
    const set = readers.make();
    const reader = cells[at + R_STRAND]!;
    if (reader > 0) readers.note(set, reader, cells[at + R_EPOCH]!, cells[at + R_EVENT]!, cells[at + R_PC]!);
    else if (reader === WITH_WRITER) readers.note(set, cells[at + W_STRAND]!, 0, -1, -1);
    readers.note(set, me, this.order.strands.words[me + Strand.Epoch]!, event, pc);
    cells[at + R_STRAND] = SHARED;
    cells[at + R_EPOCH] = set;
  }

  private found(write: boolean, strand: number, epoch: number, event: number, pc: number): true {
    const { earlier } = this;
    earlier.write = write;
    earlier.strand = strand;
    earlier.epoch = epoch;
    earlier.event = event;
    earlier.pc = pc;
    return true;
  }
}
