/** This file defines how a map lies in simulated memory; what its parts are for stands in vm/maps.ts. */
import type { Memory } from '../base/memory';
import type { Code, RuntimeType } from './code';

/** Word offsets of the header block; its address is the map value. */
export const MapHeader = {
  /** Live entries. */
  Count: 0,
  /** Entries in use, dead ones included. */
  Used: 1,
  Entries: 2,
  Capacity: 3,
  Index: 4,
  /** Size of the index (a power of two) − 1. */
  Mask: 5,
  /** Type index of the map. */
  Type: 6,
  /** 1: an iteration may still walk the entries block, so that it must not be freed. */
  Iterated: 7,
} as const;
/** Words of an entry before its key: its hash, and 1 while it is live. */
export const ENTRY_HEAD = 2;

/** Sizes of the entries of a map type. */
export interface MapShape {
  readonly key: RuntimeType;
  readonly value: RuntimeType;
  /** Words of one entry. */
  readonly stride: number;
}

export function shapeOf(code: Code, typeIndex: number): MapShape {
  const type = code.types[typeIndex]!;
  const key = code.types[type.key!]!;
  const value = code.types[type.elem!]!;
  return { key, value, stride: ENTRY_HEAD + (key.slots + value.slots) * 2 };
}

/** One live entry: word addresses of its key and value. */
export interface MapEntry {
  readonly key: number;
  readonly value: number;
}

/** The live entries of the map at word address `map` (0: nil), in insertion order. */
export function mapEntries(memory: Memory, code: Code, map: number): MapEntry[] {
  const m = memory.i32;
  const found: MapEntry[] = [];
  if (map === 0) return found;
  const { key, stride } = shapeOf(code, m[map + MapHeader.Type]!);
  for (let i = 0; i < m[map + MapHeader.Used]!; i++) {
    const entry = m[map + MapHeader.Entries]! + i * stride;
    const at = entry + ENTRY_HEAD;
    if (m[entry + 1] === 1) found.push({ key: at, value: at + key.slots * 2 });
  }
  return found;
}
