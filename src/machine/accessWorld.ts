/** This file is the world that the vm sees while it runs: it logs shared accesses, keeps the access filter, and passes choices on. */
import { Ledger, type Share } from '../base/ledger';
import { copyOf, type Memory } from '../base/memory';
import { choiceCode, type Choices } from '../event/choice';
import { failureNumber, type FailureCode } from '../event/failure';
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import type { AccessFilter, World } from '../vm/trap';
import type { BacktraceFrame } from '../vm/backtrace';
import type { Stacks } from './stacks';
import type { Clock } from '../kernel/body';

const MAP_ORDER = choiceCode('map-order');

/** Which segments have marked the first `slots` slots, as a value; slots above were never marked. The arrays may be longer. */
export interface FilterState {
  readonly slots: number;
  readonly reads: Int32Array;
  readonly writes: Int32Array;
  /** By page: 1 where it is paid for. */
  readonly pages: Uint8Array;
}

/** Slots whose marks are paid for at once, 2^13: a page; and what those of one page take. Nothing else of the arrays takes memory. */
const PAGE_BITS = 13;
const PAGE_SLOTS = 1 << PAGE_BITS;
const PAGE_BYTES = PAGE_SLOTS * 8;

/** Arrays of the filter: room for whatever the memory has room for, of which only what is marked is paid for. */
export class Filter implements AccessFilter {
  reads = new Int32Array(0);
  writes = new Int32Array(0);
  segment = 0;
  /** Slots from here on were never marked: the reserve, which nobody has to copy or clear. */
  private used = 0;
  /** By page: 1 where it is accounted for in {@link share}. */
  private pages = new Uint8Array(0);
  constructor(
    readonly enabled: boolean,
    private readonly share: Share = new Ledger().share('filter'),
  ) {}

  /** Whether slots from `from` up to `to` can be marked without {@link reserve}. */
  covers(from: number, to: number): boolean {
    const { pages } = this;
    return pages[from >> PAGE_BITS] === 1 && pages[(to - 1) >> PAGE_BITS] === 1 && to - from <= PAGE_SLOTS;
  }

  /** Pays for the marks of these slots, for which there is room. @throws OutOfMemory */
  reserve(from: number, to: number): void {
    for (let page = from >> PAGE_BITS; page << PAGE_BITS < to; page++) {
      if (this.pages[page] === 1) continue;
      this.share.take(PAGE_BYTES);
      this.pages[page] = 1;
    }
  }

  /** Room is of whole pages: what is paid for is there. */
  makeRoom(least: number): void {
    const slots = ((least + PAGE_SLOTS - 1) >> PAGE_BITS) << PAGE_BITS;
    if (slots <= this.reads.length) return;
    this.reads = extended(this.reads, slots);
    this.writes = extended(this.writes, slots);
    const pages = new Uint8Array(slots >> PAGE_BITS);
    pages.set(this.pages);
    this.pages = pages;
  }

  /** The running segment has read or written these slots, for which there is room. */
  mark(write: boolean, from: number, to: number): void {
    const marks = write ? this.writes : this.reads;
    if (to - from === 1) marks[from] = this.segment;
    else marks.fill(this.segment, from, to);
    if (to > this.used) this.used = to;
  }

  /** @param spent a state that nobody needs any more: its storage is used again. */
  save(spent?: FilterState): FilterState {
    const slots = this.used;
    const pages = this.pages.slice(0, (slots + PAGE_SLOTS - 1) >> PAGE_BITS);
    return {
      slots,
      pages,
      reads: copyOf(this.reads, slots, spent?.reads),
      writes: copyOf(this.writes, slots, spent?.writes),
    };
  }

  restore({ slots, reads, writes, pages }: FilterState): void {
    this.makeRoom(slots);
    this.pages.fill(0);
    this.pages.set(pages);
    putBack(this.reads, this.used, reads, slots);
    putBack(this.writes, this.used, writes, slots);
    this.used = slots;
  }
}

function putBack(marks: Int32Array, used: number, saved: Int32Array, slots: number): void {
  marks.set(saved.subarray(0, slots));
  if (slots < used) marks.fill(0, slots, used);
}

function extended(old: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(length);
  next.set(old);
  return next;
}

/** Whether one of `slots` slots from `slot` on is among those watched; of many slots the watched ones are looked through. */
export function touches(watched: ReadonlySet<number>, slot: number, slots: number): boolean {
  if (slots > watched.size) {
    for (const each of watched) if (each >= slot && each < slot + slots) return true;
    return false;
  }
  for (let s = slot; s < slot + slots; s++) if (watched.has(s)) return true;
  return false;
}

const NONE: ReadonlySet<number> = new Set();

export class AccessWorld implements World {
  /** Set once the vm exists. */
  clock: Clock = { clock: 0 };
  backtrace: () => BacktraceFrame[] = () => [];

  constructor(
    private readonly memory: Memory,
    private readonly filter: Filter,
    private readonly log: EventLog,
    private readonly choices: Choices,
    private watch: ReadonlySet<number>,
    /** Stacks captured at accesses to watched slots: the b field of their events. */
    readonly stacks: Stacks,
  ) {}

  /** From now on no access is told again in a segment, nor with its stack. */
  unwatch(): void {
    this.watch = NONE;
  }

  access(write: boolean, slot: number, slots: number, pc: number, lo: number, hi: number): void {
    const { filter, log } = this;
    if (!filter.covers(slot, slot + slots)) filter.reserve(slot, slot + slots);
    const watched = this.watch.size > 0 && touches(this.watch, slot, slots);
    let stack = -1;
    if (watched) stack = this.stacks.add(this.backtrace());
    else filter.mark(write, slot, slot + slots);
    this.here(pc);
    log.add(write ? Kind.Write : Kind.Read, slot, slots, stack, lo, hi);
  }

  mapOrder(n: number): number {
    return n > 1 ? this.choices.choose(MAP_ORDER, n) : 0;
  }

  stackGrown(bytes: number, pc: number): void {
    this.here(pc);
    this.log.add(Kind.StackGrow, this.log.here.g, bytes);
  }

  panicking(code: FailureCode, text: string, pc: number): void {
    this.here(pc);
    this.log.add(Kind.Panic, this.log.addText(text), failureNumber(code));
  }

  recovered(pc: number): void {
    this.here(pc);
    this.log.add(Kind.Recover, 0);
  }

  /** What is logged next happens now, at an instruction. */
  private here(pc: number): void {
    this.log.here.pc = pc;
    this.log.here.time = this.clock.clock;
  }
}
