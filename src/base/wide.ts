/** This file keeps whole numbers that need more than 32 bits in two words of a table. */
const TWO_32 = 2 ** 32;

/** Puts a whole number below 2⁵³ into two words. */
export function setWide(words: Int32Array, at: number, value: number): void {
  words[at] = value;
  words[at + 1] = value / TWO_32;
}

export function wideAt(words: Int32Array, at: number): number {
  return words[at + 1]! * TWO_32 + (words[at]! >>> 0);
}
