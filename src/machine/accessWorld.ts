/** This file is the world that the vm sees while it runs: it logs shared accesses, keeps the access filter, and passes choices on. */
import { BranchingList } from '../base/branchingList';
import { copyOf, type Memory } from '../base/memory';
import { choiceCode, type Choices } from '../event/choice';
import { failureNumber, type FailureCode } from '../event/failure';
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import type { AccessFilter, World } from '../vm/trap';
import type { BacktraceFrame } from '../vm/backtrace';
import type { Clock } from '../kernel/body';

const MAP_ORDER = choiceCode('map-order');

/** Which segments have marked the first `slots` slots, as a value; slots above were never marked. The arrays may be longer. */
export interface FilterState {
  readonly slots: number;
  readonly reads: Int32Array;
  readonly writes: Int32Array;
}

/** Arrays of the filter; they grow when an access lies beyond them. */
export class Filter implements AccessFilter {
  reads = new Int32Array(0);
  writes = new Int32Array(0);
  segment = 0;
  /** Slots from here on were never marked: the reserve, which nobody has to copy or clear. */
  private used = 0;
  constructor(readonly enabled: boolean) {}

  /** Makes room for slots below `slots`. */
  reserve(slots: number): void {
    if (slots <= this.reads.length) return;
    this.reads = extended(this.reads, slots);
    this.writes = extended(this.writes, slots);
  }

  /** The running segment has read or written these slots, for which there is room. */
  mark(write: boolean, from: number, to: number): void {
    const marks = write ? this.writes : this.reads;
    for (let s = from; s < to; s++) marks[s] = this.segment;
    if (to > this.used) this.used = to;
  }

  /** @param spent a state that nobody needs any more: its storage is used again. */
  save(spent?: FilterState): FilterState {
    const slots = this.used;
    return { slots, reads: copyOf(this.reads, slots, spent?.reads), writes: copyOf(this.writes, slots, spent?.writes) };
  }

  restore({ slots, reads, writes }: FilterState): void {
    this.reserve(slots);
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

export class AccessWorld implements World {
  /** Stacks captured at accesses to watched slots: the b field of their events. */
  readonly stacks = new BranchingList<BacktraceFrame[]>();
  /** Set once the vm exists. */
  clock: Clock = { clock: 0 };
  backtrace: () => BacktraceFrame[] = () => [];

  constructor(
    private readonly memory: Memory,
    private readonly filter: Filter,
    private readonly log: EventLog,
    private readonly choices: Choices,
    private readonly watch: ReadonlySet<number>,
  ) {}

  access(write: boolean, slot: number, slots: number, pc: number, lo: number, hi: number): void {
    const { filter, log } = this;
    if (slot + slots > filter.reads.length) filter.reserve(this.memory.i32.length >> 1);
    const watched = this.watch.size > 0 && this.watches(slot, slots);
    let stack = -1;
    if (watched) stack = this.stacks.add(this.backtrace());
    else filter.mark(write, slot, slot + slots);
    this.here(pc);
    log.add(write ? Kind.Write : Kind.Read, slot, slots, stack, lo, hi);
  }

  private watches(slot: number, slots: number): boolean {
    for (let s = slot; s < slot + slots; s++) if (this.watch.has(s)) return true;
    return false;
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
    this.log.add(Kind.Panic, this.log.texts.add(text), failureNumber(code));
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
