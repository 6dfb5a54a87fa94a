/**
 * This file defines maps: hash tables in simulated memory that keep insertion order.
 *
 * A map is a header block, an entries block and an index block. Entries stand in insertion order, {hash, live} then key then value; the index is an
 * open-addressing table (linear probing) of entry numbers + 1. A deleted entry stays, dead, until the entries block is full and is rebuilt.
 * An iteration goes once around the entries block it started on, from a chosen entry; when the map has been rebuilt meanwhile, each old key is looked up.
 * For data races the header is one location: any write of the map conflicts with any other use, as Go's race detector has it.
 */
import { copyWords } from '../base/memory';
import { ENTRY_HEAD, MapHeader, type MapShape } from '../bytecode/mapLayout';
import { equalValues, hashValue } from './compare';
import { GoPanic, fault } from './fault';
import { TagKind, tagOf } from './tags';
import type { Vm } from './vm';
import { INCLUDED, Work } from './work';

const HEADER_SLOTS = 4;
/** Bytes in Go: the header; and a group of eight entries besides their keys and values (tags, a link). */
const HEADER_BYTES = 48;
const GROUP = 8;
const GROUP_BYTES = 16;
const SMALLEST = 8;
/** Entries looked at between two charges: far more than one search needs, unless keys were made to collide. */
const MANY_PROBES = 64;

/** Word offsets of an iterator (three slots in a frame). */
const Iterator = { Map: 0, Entries: 2, Next: 3, Left: 4, Size: 5 } as const;

/** to ← make(map). */
export function makeMap(vm: Vm, to: number, typeIndex: number): void {
  vm.accounts.allocate(HEADER_BYTES);
  const map = vm.memory.alloc(HEADER_SLOTS, tagOf(TagKind.Map, vm.at >> 2));
  vm.memory.i32[map + MapHeader.Type] = typeIndex;
  setPointer(vm, to, map);
}

function setPointer(vm: Vm, to: number, address: number): void {
  vm.memory.i32[to] = address;
  vm.memory.i32[to + 1] = 0;
}

/** Address of the live entry with the key at `key`, or 0. */
function find(vm: Vm, map: number, shape: MapShape, key: number, hash: number): number {
  const m = vm.memory.i32;
  if (m[map + MapHeader.Capacity] === 0) return 0;
  const mask = m[map + MapHeader.Mask]!;
  const index = m[map + MapHeader.Index]!;
  const entries = m[map + MapHeader.Entries]!;
  for (let i = hash & mask, probes = 1; ; i = (i + 1) & mask, probes++) {
    if (probes % MANY_PROBES === 0) vm.spend(MANY_PROBES * Work.part);
    const number = m[index + i]!;
    if (number === 0) return 0;
    const entry = entries + (number - 1) * shape.stride;
    if (m[entry] === hash && m[entry + 1] === 1 && equalValues(vm, shape.key, entry + ENTRY_HEAD, key)) return entry;
  }
}

/** Hash of a key to look up; that of an unhashable one fails with another text when there is nothing to look through, as in Go. */
function hashWanted(vm: Vm, map: number, shape: MapShape, key: number): number {
  try {
    return hashValue(vm, shape.key, key);
  } catch (error) {
    const isEmpty = map === 0 || vm.memory.i32[map + MapHeader.Count] === 0;
    throw error instanceof GoPanic && isEmpty ? fault.unhashableInEmpty(error) : error;
  }
}

/** to ← map[key], zero when absent; ok (−1: not asked) ← whether it was there. */
export function mapGet(vm: Vm, to: number, mapAt: number, key: number, typeIndex: number, ok: number): void {
  const shape = vm.mapShapes[typeIndex]!;
  const map = vm.memory.i32[mapAt]!;
  const hash = hashWanted(vm, map, shape, key); // before the nil check: an unhashable key panics even then
  if (map !== 0) vm.read(map, 1);
  const entry = map === 0 ? 0 : find(vm, map, shape, key, hash);
  const m = vm.memory.i32;
  const words = shape.value.slots * 2;
  vm.charge(shape.value.slots * Work.slot);
  if (entry === 0) m.fill(0, to, to + words);
  else {
    const value = entry + ENTRY_HEAD + shape.key.slots * 2;
    copyWords(m, to, value, words);
  }
  if (ok >= 0) {
    m[ok] = entry === 0 ? 0 : 1;
    m[ok + 1] = 0;
  }
}

/** map[key] ← value. */
export function mapSet(vm: Vm, mapAt: number, key: number, value: number, typeIndex: number): void {
  const shape = vm.mapShapes[typeIndex]!;
  const map = vm.memory.i32[mapAt]!;
  if (map === 0) throw fault.nilMap();
  const hash = hashValue(vm, shape.key, key);
  vm.write(map, 1, vm.memory.i32[map + MapHeader.Count]!, 0);
  const entry = find(vm, map, shape, key, hash) || insert(vm, map, shape, key, hash);
  vm.charge((shape.key.slots + shape.value.slots) * Work.slot);
  copyWords(vm.memory.i32, entry + ENTRY_HEAD + shape.key.slots * 2, value, shape.value.slots * 2);
}

function insert(vm: Vm, map: number, shape: MapShape, key: number, hash: number): number {
  if (vm.memory.i32[map + MapHeader.Used] === vm.memory.i32[map + MapHeader.Capacity]) rebuild(vm, map, shape);
  const m = vm.memory.i32;
  const number = m[map + MapHeader.Used]!;
  m[map + MapHeader.Used] = number + 1;
  m[map + MapHeader.Count]!++;
  const entry = m[map + MapHeader.Entries]! + number * shape.stride;
  m[entry] = hash;
  m[entry + 1] = 1;
  copyWords(m, entry + ENTRY_HEAD, key, shape.key.slots * 2);
  link(m, map, hash, number);
  return entry;
}

function link(m: Int32Array, map: number, hash: number, number: number): void {
  const mask = m[map + MapHeader.Mask]!;
  const index = m[map + MapHeader.Index]!;
  let i = hash & mask;
  while (m[index + i] !== 0) i = (i + 1) & mask;
  m[index + i] = number + 1;
}

/** Copies the live entries to a new block, twice as large unless half of the old one was dead. */
function rebuild(vm: Vm, map: number, shape: MapShape): void {
  const { memory } = vm;
  const old = memory.i32[map + MapHeader.Entries]!;
  const oldIndex = memory.i32[map + MapHeader.Index]!;
  const used = memory.i32[map + MapHeader.Used]!;
  const oldCapacity = memory.i32[map + MapHeader.Capacity]!;
  const dense = memory.i32[map + MapHeader.Count]! * 2 > oldCapacity;
  const capacity = Math.max(SMALLEST, dense ? oldCapacity * 2 : oldCapacity);
  vm.charge(used * (Work.entry + (shape.stride / 2) * Work.slot));
  vm.accounts.allocate(capacity * (GROUP_BYTES / GROUP + shape.key.bytes + shape.value.bytes));
  const entries = memory.alloc((capacity * shape.stride) / 2, tagOf(TagKind.MapEntries));
  const index = memory.alloc(capacity, tagOf(TagKind.MapIndex)); // two words a slot: at most half full
  const m = memory.i32;
  m[map + MapHeader.Entries] = entries;
  m[map + MapHeader.Index] = index;
  m[map + MapHeader.Capacity] = capacity;
  m[map + MapHeader.Mask] = capacity * 2 - 1;
  let number = 0;
  for (let i = 0; i < used; i++) {
    const from = old + i * shape.stride;
    if (m[from + 1] !== 1) continue;
    copyWords(m, entries + number * shape.stride, from, shape.stride);
    link(m, map, m[from]!, number++);
  }
  m[map + MapHeader.Used] = number;
  if (oldIndex !== 0) memory.free(oldIndex);
  if (old !== 0 && m[map + MapHeader.Iterated] === 0) memory.free(old);
  m[map + MapHeader.Iterated] = 0;
}

/** delete(map, key). */
export function mapDelete(vm: Vm, mapAt: number, key: number, typeIndex: number): void {
  const shape = vm.mapShapes[typeIndex]!;
  const map = vm.memory.i32[mapAt]!;
  const hash = hashWanted(vm, map, shape, key);
  if (map === 0) return;
  vm.write(map, 1, vm.memory.i32[map + MapHeader.Count]!, 0);
  const entry = find(vm, map, shape, key, hash);
  if (entry === 0) return;
  vm.memory.i32[entry + 1] = 0;
  vm.memory.i32[map + MapHeader.Count]!--;
}

/** to ← len(map). */
export function mapLength(vm: Vm, to: number, mapAt: number): void {
  const map = vm.memory.i32[mapAt]!;
  if (map !== 0) vm.read(map, 1);
  setPointer(vm, to, map === 0 ? 0 : vm.memory.i32[map + MapHeader.Count]!);
}

/** clear(map). */
export function mapClear(vm: Vm, mapAt: number): void {
  const map = vm.memory.i32[mapAt]!;
  if (map === 0) return;
  vm.write(map, 1, 0, 0);
  const m = vm.memory.i32;
  const { stride } = vm.mapShapes[m[map + MapHeader.Type]!]!;
  const entries = m[map + MapHeader.Entries]!;
  vm.charge(m[map + MapHeader.Used]! * Work.part);
  for (let i = 0; i < m[map + MapHeader.Used]!; i++) m[entries + i * stride + 1] = 0;
  m[map + MapHeader.Count] = 0;
}

/** iterator ← the start of an iteration over map. */
export function mapIterate(vm: Vm, iterator: number, mapAt: number): void {
  const map = vm.memory.i32[mapAt]!;
  if (map !== 0) vm.read(map, 1);
  const count = map === 0 ? 0 : vm.memory.i32[map + MapHeader.Count]!;
  const skip = count > 1 ? vm.world.mapOrder(count) : 0;
  const m = vm.memory.i32;
  m.fill(0, iterator, iterator + 6);
  if (count === 0) return;
  const { stride } = vm.mapShapes[m[map + MapHeader.Type]!]!;
  const entries = m[map + MapHeader.Entries]!;
  let start = -1;
  for (let live = -1; live < skip;) if (m[entries + ++start * stride + 1] === 1) live++;
  vm.charge(start * Work.part);
  m[map + MapHeader.Iterated] = 1;
  m[iterator + Iterator.Map] = map;
  m[iterator + Iterator.Entries] = entries;
  m[iterator + Iterator.Next] = start;
  m[iterator + Iterator.Left] = m[iterator + Iterator.Size] = m[map + MapHeader.Used]!;
}

/** Next entry to key and value (−1: not asked); false at the end. */
export function mapNext(vm: Vm, iterator: number, key: number, value: number): boolean {
  const m = vm.memory.i32;
  const map = m[iterator + Iterator.Map]!;
  if (map === 0) return false;
  vm.read(map, 1);
  const shape = vm.mapShapes[m[map + MapHeader.Type]!]!;
  const entries = m[iterator + Iterator.Entries]!;
  for (let passed = 0; m[iterator + Iterator.Left]! > 0; passed++) {
    if (passed > INCLUDED) vm.spend(Work.part);
    const number = m[iterator + Iterator.Next]!;
    m[iterator + Iterator.Next] = number + 1 === m[iterator + Iterator.Size] ? 0 : number + 1;
    m[iterator + Iterator.Left]!--;
    let entry = entries + number * shape.stride;
    if (m[entry + 1] !== 1) continue;
    if (entries !== m[map + MapHeader.Entries]) entry = find(vm, map, shape, entry + ENTRY_HEAD, m[entry]!);
    if (entry === 0) continue;
    const at = entry + ENTRY_HEAD;
    const behind = at + shape.key.slots * 2;
    if (key >= 0) copyWords(m, key, at, behind - at);
    if (value >= 0) copyWords(m, value, behind, shape.value.slots * 2);
    return true;
  }
  return false;
}
