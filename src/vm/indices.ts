/** This file defines how 64-bit indices and lengths are checked and shown in panics. */
import { toBigInt } from '../base/int64';
import type { Vm } from './vm';

/** A 64-bit length or bound as a number that no real length reaches when it is negative or too large. */
export function lengthOf(m: Int32Array, at: number): number {
  return m[at + 1] === 0 && m[at]! >= 0 ? m[at]! : Infinity;
}

/** The index at word address `at`, or a bound by its number, of the instruction being executed, as Go prints it. */
export function shownIndex(vm: Vm, at: number, bound = 0): bigint {
  const m = vm.memory.i32;
  const index = toBigInt(m[at]!, m[at + 1]!);
  return vm.code.unsignedIndices.has(vm.at + bound) ? BigInt.asUintN(64, index) : index;
}

/** Bytes of the largest block that Go's allocator looks for: its addresses have 48 bits on 64-bit machines (runtime/malloc.go, maxAlloc). */
export const MAX_ALLOC = 2 ** 48;

/** A 64-bit length as a number: exact up to 2⁵³, which is more than {@link MAX_ALLOC}. */
export function wideLength(m: Int32Array, at: number): number {
  return m[at + 1]! * 0x100000000 + (m[at]! >>> 0);
}
