/**
 * This file keeps goroutines as the race detector knows them. A *strand* is the record of one goroutine, a row of numbers; it occupies a *clock slot*. A slot counts
 * epochs: a strand's first comes after the last of its slot's former tenant, and each release begins the next one, so that (slot, epoch) names a stretch of one
 * goroutine between two releases.
 *
 * Slots are recycled without loss of exactness: a goroutine takes over the slot of one that has ended only if its creator knows the last epoch of the
 * slot in which anybody did what can be asked for (an access, a release). So whatever the former tenant did happens before everything the new one does, and a
 * slot is a chain of the order (Jagadish, A compression technique to materialize transitive closure, TODS 1990). Rows go when nobody can ask for them.
 */
import { IdTable } from '../base/idTable';
import { Ledger, type Share } from '../base/ledger';
import { Queue } from '../base/queue';
import { Room } from '../base/room';

/** Words of a strand. It is named by the index of its first. 0 is none. */
export const enum Strand {
  /** Id of the goroutine. */
  G = 0,
  Slot = 1,
  /** First epoch. */
  Start = 2,
  /** Current epoch, or the last one. */
  Epoch = 3,
  /** Latest lesson (knowledge.ts), and the event at which it was learned. Of one that has ended: if it is still kept. */
  Knows = 4,
  Learned = 5,
  /** Latest epoch of the slot in which there was an access. */
  Touched = 6,
  /** Event and instruction of the go statement; -1: none. */
  CreatedAt = 7,
  CreatedPc = 8,
  /** The strand that had the slot before. */
  Former = 9,
  /** How many had started before it; of one that has ended the complement. */
  Serial = 10,
  Words = 11,
}

/** Freed slots looked at when a goroutine starts. */
const CANDIDATES = 8;
/** So many more ended strands than were needed before are looked through for those that are needed. */
const FEWEST_ENDED = 1 << 15;

/** Room for the arrays of strands, by what they hold. */
interface Rooms {
  readonly strands: Room;
  readonly tenants: Room;
}

export class Strands {
  words: Int32Array = new Int32Array(0);
  /** By slot, from 1 on: the strand that has it, or had it last. */
  tenants: Int32Array = new Int32Array(0);
  /** Highest slot in use. */
  slots = 0;
  /** First word that was never used. */
  private unused: number = Strand.Words;
  private started = 0;
  /** Rows to be used again, by way of `Former`. */
  private freeRow = 0;
  /** Those that have ended and are kept. */
  ended = 0;
  private needed = 0;
  private byGoroutine: IdTable;
  /** Slots whose strands have ended and can be known to have. */
  private freeSlots: Queue;
  private rooms: Rooms;

  constructor(private readonly share: Share = new Ledger().share('races')) {
    this.byGoroutine = new IdTable(1, share);
    this.rooms = roomsOf(share);
    this.freeSlots = new Queue(share);
  }

  /** Forgets all. */
  drop(): void {
    this.words = this.tenants = new Int32Array(0);
    this.rooms = roomsOf(this.share);
    this.freeSlots = new Queue(this.share);
    this.slots = this.freeRow = 0;
    this.unused = Strand.Words;
    this.byGoroutine = new IdTable(1, this.share);
  }

  /** The strand of a goroutine that runs; 0: it has not started, or has ended. */
  find(g: number): number {
    const at = this.byGoroutine.find(g);
    return at < 0 ? 0 : this.byGoroutine.words[at]!;
  }

  /** A goroutine begins. `covers`: whether its creator knows an epoch of a strand. @throws ShareSpent, OutOfMemory */
  start(g: number, event: number, pc: number, covers?: (strand: number, epoch: number) => boolean): number {
    const slot = this.slotFor(covers);
    const strand = this.newRow();
    const { words, tenants } = this;
    const former = tenants[slot]!;
    const first = former === 0 ? 1 : words[former + Strand.Epoch]! + 1;
    words[strand + Strand.G] = g;
    words[strand + Strand.Slot] = slot;
    words[strand + Strand.Start] = first;
    words[strand + Strand.Epoch] = first;
    words[strand + Strand.Knows] = 0;
    words[strand + Strand.Learned] = -1;
    words[strand + Strand.Touched] = former === 0 ? 0 : this.lastOf(former);
    words[strand + Strand.CreatedAt] = event;
    words[strand + Strand.CreatedPc] = pc;
    words[strand + Strand.Former] = former;
    words[strand + Strand.Serial] = this.started++;
    tenants[slot] = strand;
    const at = this.byGoroutine.put(g);
    this.byGoroutine.words[at] = strand;
    return strand;
  }

  /** A goroutine has ended. That orders nothing; its slot may be used again by one that is ordered after it. */
  end(g: number): void {
    const strand = this.find(g);
    if (strand === 0) return;
    this.byGoroutine.remove(g);
    this.words[strand + Strand.Serial]! ^= -1;
    this.ended++;
    // Nobody ever knows an epoch that was not published.
    if (this.lastOf(strand) < this.words[strand + Strand.Epoch]!) this.freeSlots.add(this.words[strand + Strand.Slot]!);
  }

  /** Whether a strand runs. */
  runs(strand: number): boolean {
    return this.words[strand + Strand.Serial]! >= 0;
  }

  /** How many had started before a strand. */
  serial(strand: number): number {
    const serial = this.words[strand + Strand.Serial]!;
    return serial >= 0 ? serial : ~serial;
  }

  /** The strand that had a slot in an epoch; 0: it is forgotten. */
  tenant(slot: number, epoch: number): number {
    const { words } = this;
    let strand = this.tenants[slot]!;
    while (strand !== 0 && words[strand + Strand.Start]! > epoch) strand = words[strand + Strand.Former]!;
    return strand;
  }

  /** An epoch of a slot that is not before the first of the strand that had it then: of the present tenant the first, of others the one given. */
  firstOf(slot: number, epoch: number): number {
    const start = this.words[this.tenants[slot]! + Strand.Start]!;
    return start <= epoch ? start : epoch;
  }

  /** All strands that are kept. */
  *all(): Iterable<number> {
    for (let slot = 1; slot <= this.slots; slot++) {
      for (let at = this.tenants[slot]!; at !== 0; at = this.words[at + Strand.Former]!) yield at;
    }
  }

  /** Rows that strands have had. */
  get rows(): number {
    return this.unused / Strand.Words;
  }

  /** The number of a strand's row, below {@link rows}. */
  row(strand: number): number {
    return (strand / Strand.Words) | 0;
  }

  /** Whether so many have ended that it pays to {@link forget}. */
  get isCrowded(): boolean {
    return this.ended > 2 * this.needed + FEWEST_ENDED;
  }

  /** Forgets the strands that have ended, and whose slots others have, but those that are asked for. */
  forget(isAsked: (strand: number) => boolean): void {
    const { words, tenants, slots } = this;
    this.needed = 0;
    for (let slot = 1; slot <= slots; slot++) {
      let later = tenants[slot]!;
      for (let at = words[later + Strand.Former]!; at !== 0;) {
        const former = words[at + Strand.Former]!;
        if (isAsked(at)) {
          this.needed++;
          later = at;
        } else {
          words[later + Strand.Former] = former;
          words[at + Strand.Former] = this.freeRow;
          this.freeRow = at;
        }
        at = former;
      }
    }
    this.ended = this.needed;
  }

  /** The latest epoch of a strand's slot, up to now, that can be asked for. */
  private lastOf(strand: number): number {
    const { words } = this;
    const released = words[strand + Strand.Epoch]! - 1;
    const touched = words[strand + Strand.Touched]!;
    return released >= words[strand + Strand.Start]! && released > touched ? released : touched;
  }

  private slotFor(covers?: (strand: number, epoch: number) => boolean): number {
    const taken = covers === undefined ? 0 : this.takeSlot(covers);
    return taken === 0 ? this.newSlot() : taken;
  }

  /** The one that has been free longest first: its creator has had most time to learn of it. One that cannot be taken is put behind the others. */
  private takeSlot(covers: (strand: number, epoch: number) => boolean): number {
    const { freeSlots } = this;
    for (let i = Math.min(freeSlots.length, CANDIDATES); i > 0; i--) {
      const slot = freeSlots.take();
      const strand = this.tenants[slot]!;
      if (covers(strand, this.lastOf(strand))) return slot;
      freeSlots.add(slot);
    }
    return 0;
  }

  private newSlot(): number {
    const slot = ++this.slots;
    const { tenants } = this.rooms;
    if (slot >= tenants.words) this.tenants = tenants.grow(this.tenants, slot + 1);
    return slot;
  }

  private newRow(): number {
    const row = this.freeRow;
    if (row !== 0) {
      this.freeRow = this.words[row + Strand.Former]!;
      return row;
    }
    const at = this.unused;
    const { strands } = this.rooms;
    const end = at + Strand.Words;
    if (end > strands.words) this.words = strands.grow(this.words, end);
    this.unused = end;
    return at;
  }
}

function roomsOf(share: Share): Rooms {
  return { strands: new Room(share), tenants: new Room(share) };
}
