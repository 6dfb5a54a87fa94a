/** This file defines a column: 32-bit integers in the order of their rows, in an array that grows. */
import type { Share } from './ledger';
import { Room } from './room';

export class Column {
  /** Valid below {@link length}. Replaced when the column grows. */
  rows: Int32Array = new Int32Array(0);
  length = 0;
  private readonly room: Room;

  /** `share`: what the rows are taken from; without one they are nobody's. */
  constructor(share?: Share) {
    this.room = new Room(share);
  }

  /** Appends a row; @returns its index. @throws OutOfMemory */
  add(value: number): number {
    if (this.length === this.room.words) this.rows = this.room.grow(this.rows, this.length + 1);
    this.rows[this.length] = value;
    return this.length++;
  }

  /** The value of a row; 0 of one that was never set. */
  at(row: number): number {
    return row < this.length ? this.rows[row]! : 0;
  }

  /** Sets a row, which may lie beyond the end; those between become 0. @throws OutOfMemory */
  set(row: number, value: number): void {
    if (row >= this.room.words) this.rows = this.room.grow(this.rows, row + 1);
    if (row >= this.length) this.length = row + 1;
    this.rows[row] = value;
  }
}
