/** This file defines a list of whole numbers from 0 to 2^32 − 1 that only grows: a byte for each as long as none needs more, then two, then four. */

const FIRST = 64;

type Storage = Uint8Array | Uint16Array | Uint32Array;

export class PackedNumbers {
  length = 0;
  private numbers: Storage = new Uint8Array(FIRST);
  /** Largest number that fits into {@link numbers}. */
  private most = 255;

  /** @returns the new length */
  push(number: number): number {
    if (this.length === this.numbers.length || number > this.most) this.makeRoom(number);
    this.numbers[this.length] = number;
    return ++this.length;
  }

  at(index: number): number | undefined {
    return index < this.length ? this.numbers[index] : undefined;
  }

  slice(from: number, to: number): number[] {
    return Array.from(this.numbers.subarray(from, Math.min(to, this.length)));
  }

  private makeRoom(number: number): void {
    const capacity = this.length === this.numbers.length ? this.length * 2 : this.numbers.length;
    if (number > this.most) this.most = number > 0xffff ? 0xffffffff : 0xffff;
    const next = zeroed(this.most, capacity);
    next.set(this.numbers.subarray(0, this.length));
    this.numbers = next;
  }
}

function zeroed(most: number, length: number): Storage {
  if (most === 255) return new Uint8Array(length);
  return most === 0xffff ? new Uint16Array(length) : new Uint32Array(length);
}
