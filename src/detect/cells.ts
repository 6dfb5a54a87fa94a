/**
 * This file keeps a cell of numbers for each slot of memory that was ever accessed. A directory in chunks says where the cell of a slot is: of memory that lies apart (one word in a
 * block of its own, a lock in a struct) mostly a few slots in a hundred are accessed. What there is to say of a slot may become so little that it fits into the
 * directory; the cell is then free for another slot until this one is accessed again.
 */
import type { Interrupt } from '../base/interrupt';
import type { Share } from '../base/ledger';
import { Room } from '../base/room';

/** Words of a cell. It is named by the index of its first; 0 is one of zeros, and nobody's. */
export const CELL = 8;

/** Slots of a chunk of the directory. */
const CHUNK_BITS = 6;
const CHUNK = 1 << CHUNK_BITS;
const CHUNK_MASK = CHUNK - 1;
/** In units of an interrupt: to look at the slots of a chunk. */
const WORK_OF_A_CHUNK = CHUNK;

/** Room for the arrays, by what they hold. */
interface Rooms {
  readonly chunks: Room;
  readonly directory: Room;
  readonly cells: Room;
}

export class Cells {
  /** Replaced when there are more: to be read after {@link get}. */
  words: Int32Array = new Int32Array(0);
  /** By address >> CHUNK_BITS: where the chunk begins in the directory; 0: no slot of it was ever accessed. */
  private chunks: Int32Array = new Int32Array(0);
  /** By slot: its cell; 0: it has none; or the complement of what is said of it in a number. */
  private directory: Int32Array = new Int32Array(0);
  /** First words that were never used. */
  private directoryEnd = CHUNK;
  private cellsEnd = CELL;
  /** A cell that is free, whose first word names the next. */
  private free = 0;
  private rooms: Rooms;

  /** `unpack`: writes what the number of a slot says into its cell, which is all zeros. */
  constructor(
    private readonly share: Share,
    private readonly unpack: (cell: number, said: number) => void,
  ) {
    this.rooms = roomsOf(share);
  }

  /** Forgets all. */
  drop(): void {
    this.words = this.chunks = this.directory = new Int32Array(0);
    this.directoryEnd = CHUNK;
    this.cellsEnd = CELL;
    this.free = 0;
    this.rooms = roomsOf(this.share);
  }

  /** True when no address near this one was ever accessed. */
  isBlank(address: number): boolean {
    const index = address >> CHUNK_BITS;
    return index >= this.rooms.chunks.words || this.chunks[index] === 0;
  }

  /** The cell of an address that is not blank; 0: it has none. @throws ShareSpent, OutOfMemory */
  find(address: number): number {
    const entry = this.directory[this.chunks[address >> CHUNK_BITS]! + (address & CHUNK_MASK)]!;
    return entry >= 0 ? entry : this.get(address);
  }

  /** The cell of an address, made if need be. @throws ShareSpent, OutOfMemory */
  get(address: number): number {
    const chunk = this.isBlank(address) ? this.addChunk(address >> CHUNK_BITS) : this.chunks[address >> CHUNK_BITS]!;
    const at = chunk + (address & CHUNK_MASK);
    const entry = this.directory[at]!;
    if (entry > 0) return entry;
    const cell = this.add();
    this.directory[at] = cell;
    if (entry < 0) this.unpack(cell, ~entry);
    return cell;
  }

  /**
   * Looks at all that is kept. `ofCell`: what is to be said of a slot from now on instead of what its cell says; negative: its cell stays. `ofNumber`: what is to be said
   * instead of a number. @throws Interrupted
   */
  sweep(ofCell: (cell: number) => number, ofNumber: (said: number) => number, interrupt: Interrupt): void {
    const { directory } = this;
    for (let at = CHUNK; at < this.directoryEnd; at++) {
      if ((at & CHUNK_MASK) === 0) interrupt.worked(WORK_OF_A_CHUNK);
      const entry = directory[at]!;
      if (entry === 0) continue;
      if (entry < 0) directory[at] = ~ofNumber(~entry);
      else {
        const said = ofCell(entry);
        if (said < 0) continue;
        directory[at] = ~said;
        this.release(entry);
      }
    }
  }

  private add(): number {
    const cell = this.free;
    if (cell !== 0) {
      this.free = this.words[cell]!;
      this.words[cell] = 0;
      return cell;
    }
    const at = this.cellsEnd;
    const { cells } = this.rooms;
    if (at + CELL > cells.words) this.words = cells.grow(this.words, at + CELL);
    this.cellsEnd = at + CELL;
    return at;
  }

  private release(cell: number): void {
    this.words.fill(0, cell, cell + CELL);
    this.words[cell] = this.free;
    this.free = cell;
  }

  private addChunk(index: number): number {
    const { chunks, directory } = this.rooms;
    if (index >= chunks.words) this.chunks = chunks.grow(this.chunks, index + 1);
    const at = this.directoryEnd;
    if (at + CHUNK > directory.words) this.directory = directory.grow(this.directory, at + CHUNK);
    this.directoryEnd = at + CHUNK;
    return (this.chunks[index] = at);
  }
}

function roomsOf(share: Share): Rooms {
  return { chunks: new Room(share), directory: new Room(share), cells: new Room(share) };
}
