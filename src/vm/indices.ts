/** This file defines how 64-bit indices and lengths are checked and shown in panics. */
import { toBigInt } from '../base/int64';

/** A 64-bit length or bound as a number that no real length reaches when it is negative or too large. */
export function lengthOf(m: Int32Array, at: number): number {
  return m[at + 1] === 0 && m[at]! >= 0 ? m[at]! : Infinity;
}

/** An index as Go prints it. */
export function shownIndex(m: Int32Array, at: number): bigint {
  return toBigInt(m[at]!, m[at + 1]!);
}
