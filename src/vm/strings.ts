/** This file defines the string instructions: strings are byte ranges in simulated memory, made here and never changed. */
import { decodeRune, pushRune } from './runes';
import { GoPanic, fault } from './fault';
import { roundUpSize } from './sizeClasses';
import { TagKind, tagOf } from './tags';
import type { Vm } from './vm';
import { Work } from './work';
import { lengthOf, shownIndex } from './indices';

/** Writes the string slot at `to`. */
function setString(vm: Vm, to: number, start: number, length: number): void {
  vm.memory.i32[to] = length === 0 ? 0 : start;
  vm.memory.i32[to + 1] = length;
}

/** Room for a string of `length` bytes; returns its byte address. */
function newBytes(vm: Vm, length: number): number {
  if (length === 0) return 0;
  vm.accounts.allocate(roundUpSize(length, true));
  return vm.memory.alloc(Math.ceil(length / 8), tagOf(TagKind.Bytes)) * 4;
}

/** to ← the `count` strings from `from` on, joined. */
export function concat(vm: Vm, to: number, from: number, count: number): void {
  let m = vm.memory.i32;
  let length = 0;
  let parts = 0;
  let last = from;
  for (let i = 0; i < count; i++) {
    const part = m[from + i * 2 + 1]!;
    if (part === 0) continue;
    length += part;
    parts++;
    last = from + i * 2;
  }
  if (parts <= 1) {
    setString(vm, to, m[last]!, m[last + 1]!);
    return;
  }
  vm.charge(length * Work.byte);
  const start = newBytes(vm, length);
  m = vm.memory.i32;
  const bytes = vm.bytes;
  let end = start;
  for (let i = 0; i < count; i++) {
    const part = m[from + i * 2]!;
    const size = m[from + i * 2 + 1]!;
    bytes.copyWithin(end, part, part + size);
    end += size;
  }
  setString(vm, to, start, length);
}

/** to ← byte `index` of `string`, an integer. */
export function stringIndex(vm: Vm, to: number, string: number, index: number): void {
  const m = vm.memory.i32;
  const i = m[index]!;
  const length = m[string + 1]!;
  if (m[index + 1] !== 0 || i >>> 0 >= length) throw fault.index(shownIndex(vm, index), length);
  m[to] = vm.bytes[m[string]! + i]!;
  m[to + 1] = 0;
}

/** to ← string[low:high]; −1 stands for an absent bound. */
export function stringSlice(vm: Vm, to: number, string: number, low: number, high: number): void {
  const m = vm.memory.i32;
  const length = m[string + 1]!;
  const from = low < 0 ? 0 : lengthOf(m, low);
  const end = high < 0 ? length : lengthOf(m, high);
  if (end > length) throw outOfRange('', shownIndex(vm, high, 1), ` with length ${length}`);
  if (from > end) throw outOfRange(shownIndex(vm, low), high < 0 ? BigInt(length) : shownIndex(vm, high, 1), '');
  setString(vm, to, m[string]! + from, end - from);
}

/** Go shows the bound that is to blame, and of a negative one nothing else. */
function outOfRange(low: bigint | '', high: bigint, limit: string): GoPanic {
  const shown = low === '' ? `[:${high}]${high < 0 ? '' : limit}` : `[${low}:${low < 0 ? '' : high}]`;
  return new GoPanic('panic.slice', `runtime error: slice bounds out of range ${shown}`);
}

/** to ← the rune at byte `index` of `string`, the slot behind it ← the byte position after it. */
export function stringRune(vm: Vm, to: number, string: number, index: number): void {
  const m = vm.memory.i32;
  const start = m[string]!;
  const at = m[index]!;
  const decoded = decodeRune(vm.bytes, start + at, start + m[string + 1]!);
  m[to] = decoded >>> 3;
  m[to + 1] = 0;
  m[to + 2] = at + (decoded & 7);
  m[to + 3] = 0;
}

/** to ← a string of these bytes. */
function setBytes(vm: Vm, to: number, bytes: ArrayLike<number>): void {
  const start = newBytes(vm, bytes.length);
  vm.bytes.set(bytes, start);
  setString(vm, to, start, bytes.length);
}

/** to ← string(rune). */
export function runeToString(vm: Vm, to: number, rune: number): void {
  const m = vm.memory.i32;
  const bytes: number[] = [];
  pushRune(bytes, m[rune + 1] === m[rune]! >> 31 ? m[rune]! : -1);
  setBytes(vm, to, bytes);
}

/** to ← string([]byte). */
export function bytesToString(vm: Vm, to: number, slice: number): void {
  const m = vm.memory.i32;
  const address = m[slice]!;
  const length = m[slice + 2]!;
  vm.charge(length * Work.convertedByte);
  if (length > 0) vm.read(address, length);
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = m[address + i * 2]!;
  setBytes(vm, to, bytes);
}

/** to ← string([]rune). */
export function runesToString(vm: Vm, to: number, slice: number): void {
  const m = vm.memory.i32;
  const address = m[slice]!;
  const length = m[slice + 2]!;
  vm.charge(length * 4 * Work.convertedByte);
  if (length > 0) vm.read(address, length);
  const bytes: number[] = [];
  for (let i = 0; i < length; i++) pushRune(bytes, m[address + i * 2]!);
  setBytes(vm, to, bytes);
}

/** to ← a fresh slice of integers, its capacity rounded up to `unit`-byte elements as Go's allocator does. */
function setSlice(vm: Vm, to: number, values: ArrayLike<number>, type: number, unit: number): void {
  const capacity = values.length === 0 ? 0 : Math.floor(roundUpSize(values.length * unit, true) / unit);
  vm.accounts.allocate(capacity * unit);
  const address = vm.memory.alloc(capacity, tagOf(TagKind.Values, vm.at >> 2));
  const m = vm.memory.i32;
  for (let i = 0; i < values.length; i++) m[address + i * 2] = values[i]!;
  m[to] = address;
  m[to + 1] = 0;
  m[to + 2] = values.length;
  m[to + 3] = capacity;
}

/** to ← []byte(string). */
export function stringToBytes(vm: Vm, to: number, string: number, type: number): void {
  const start = vm.memory.i32[string]!;
  vm.charge(vm.memory.i32[string + 1]! * Work.convertedByte);
  setSlice(vm, to, vm.bytes.slice(start, start + vm.memory.i32[string + 1]!), type, 1);
}

/** to ← []rune(string). */
export function stringToRunes(vm: Vm, to: number, string: number, type: number): void {
  const start = vm.memory.i32[string]!;
  const end = start + vm.memory.i32[string + 1]!;
  vm.charge((end - start) * Work.convertedByte);
  const runes: number[] = [];
  for (let at = start; at < end;) {
    const decoded = decodeRune(vm.bytes, at, end);
    runes.push(decoded >>> 3);
    at += decoded & 7;
  }
  setSlice(vm, to, runes, type, 4);
}
