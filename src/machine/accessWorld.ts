/** This file is the world that the vm sees while it runs: it logs shared accesses, keeps the access filter, and passes choices on. */
import type { Memory } from '../base/memory';
import { choiceCode, type Choices } from '../event/choice';
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import type { AccessFilter, World } from '../vm/trap';
import type { BacktraceFrame } from '../vm/backtrace';
import type { Clock } from '../kernel/body';

const MAP_ORDER = choiceCode('map-order');

/** Arrays of the filter; they grow when an access lies beyond them. */
export class Filter implements AccessFilter {
  reads = new Int32Array(0);
  writes = new Int32Array(0);
  segment = 0;
  constructor(readonly enabled: boolean) {}

  /** Makes room for slots below `slots`. */
  reserve(slots: number): void {
    if (slots <= this.reads.length) return;
    this.reads = extended(this.reads, slots);
    this.writes = extended(this.writes, slots);
  }
}

function extended(old: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(length);
  next.set(old);
  return next;
}

export class AccessWorld implements World {
  /** Stacks captured at accesses to watched slots: the b field of their events. */
  readonly stacks: BacktraceFrame[][] = [];
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
    const marks = write ? filter.writes : filter.reads;
    const watched = this.watch.size > 0 && this.watches(slot, slots);
    let stack = -1;
    if (watched) stack = this.stacks.push(this.backtrace()) - 1;
    else for (let s = slot; s < slot + slots; s++) marks[s] = filter.segment;
    log.here.pc = pc;
    log.here.time = this.clock.clock;
    log.add(write ? Kind.Write : Kind.Read, slot, slots, stack, lo, hi);
  }

  private watches(slot: number, slots: number): boolean {
    for (let s = slot; s < slot + slots; s++) if (this.watch.has(s)) return true;
    return false;
  }

  mapOrder(n: number): number {
    return n > 1 ? this.choices.choose(MAP_ORDER, n) : 0;
  }

  stackGrown(bytes: number): void {
    this.log.here.time = this.clock.clock;
    this.log.add(Kind.StackGrow, this.log.here.g, bytes);
  }

  panicking(text: string): void {
    this.log.here.time = this.clock.clock;
    this.log.add(Kind.Panic, this.log.texts.add(text));
  }

  recovered(): void {
    this.log.here.time = this.clock.clock;
    this.log.add(Kind.Recover, 0);
  }
}
