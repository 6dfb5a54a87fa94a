/** This file reads the arguments of natives and writes their results: slots from a word address on, results after the parameters. */
import type { Runtime } from '../runtime';
import type { Next } from '../next';

/** Body of a native function: `base` is the word address of its first argument. */
export type NativeBody = (rt: Runtime, base: number) => Next;

/** Slot `i` as an address, a bool or a small integer: its low word. */
export function word(rt: Runtime, base: number, i = 0): number {
  return rt.memory.i32[base + i * 2]!;
}

/** Slot `i` as a signed 64-bit integer; exact up to 2^53. */
export function int(rt: Runtime, base: number, i = 0): number {
  const m = rt.memory.i32;
  return m[base + i * 2 + 1]! * 0x100000000 + (m[base + i * 2]! >>> 0);
}

/** Writes an integer of at most 53 bits to slot `i`. */
export function setInt(rt: Runtime, base: number, i: number, value: number): void {
  const m = rt.memory.i32;
  m[base + i * 2] = value | 0;
  m[base + i * 2 + 1] = Math.floor(value / 0x100000000);
}
