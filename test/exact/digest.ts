/** This file condenses numbers and texts into 64 bits, in the order in which they come; what it has condensed so far can be put back. */
export class Digest {
  private high = 0x243f6a88;
  private low = 0x85a308d3 | 0;
  /** Numbers and texts so far. */
  count = 0;

  /** An integer, of which 32 bits count. */
  add(word: number): void {
    const high = Math.imul(this.high ^ word, 0x9e3779b1);
    const low = Math.imul(this.low + word, 0x85ebca6b) ^ (high >>> 15);
    this.high = high ^ (low >>> 13);
    this.low = (low ^ (low << 7)) + 0x165667b1;
    this.count++;
  }

  /** A whole number of up to 53 bits, or any other: both halves of the double count. */
  addDouble(value: number): void {
    DOUBLE[0] = value;
    this.add(HALVES[0]!);
    this.add(HALVES[1]!);
  }

  addText(text: string): void {
    this.add(text.length);
    for (let i = 0; i < text.length; i++) this.add(text.charCodeAt(i));
  }

  save(): readonly [high: number, low: number, count: number] {
    return [this.high, this.low, this.count];
  }

  restore([high, low, count]: readonly [high: number, low: number, count: number]): void {
    this.high = high;
    this.low = low;
    this.count = count;
  }

  /** Twelve hexadecimal digits: 48 bits are enough to tell some ten thousand runs apart. */
  toString(): string {
    return (hex(this.high) + hex(this.low)).slice(4);
  }
}

const DOUBLE = new Float64Array(1);
const HALVES = new Int32Array(DOUBLE.buffer);

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
