/** This file defines the slice instructions: make, slicing, append with Go's growth, copy, clear. */
import { copyWords } from '../base/memory';
import type { RuntimeType } from '../bytecode/code';
import { lengthOf, MAX_ALLOC, shownIndex, wideLength } from './indices';
import { GoPanic, fault } from './fault';
import { roundUpSize } from './sizeClasses';
import { TagKind, tagOf } from './tags';
import type { Vm } from './vm';
import { Work } from './work';

/** Most elements a slice may have here: lengths are 31-bit. Those that have a size fill the memory long before. */
const MAX_LENGTH = 0x7fffffff;

/** Writes the two slots of a slice value. */
export function setSlice(m: Int32Array, to: number, address: number, length: number, capacity: number): void {
  m[to] = address;
  m[to + 1] = 0;
  m[to + 2] = length;
  m[to + 3] = capacity;
}

/** Accounts for `count` elements of a type, as Go's allocator rounds. @throws MemoryExhausted */
function allocateElements(vm: Vm, typeIndex: number, count: number): void {
  const type = vm.code.types[typeIndex]!;
  const bytes = type.bytes * count;
  if (bytes > 0) vm.accounts.allocate(count === 1 ? vm.valueBytes[typeIndex]! : roundUpSize(bytes, !type.pointers));
}

/** to ← make([]T, length, capacity). What Go's allocator would try to find is a want of memory; what it would not is a panic (runtime/slice.go, makeslice). */
export function makeSlice(vm: Vm, to: number, length: number, capacity: number, type: number, slots: number): void {
  const m = vm.memory.i32;
  const { bytes } = vm.code.types[type]!;
  const most = bytes === 0 ? MAX_LENGTH : MAX_ALLOC / bytes;
  const n = wideLength(m, length);
  if (n < 0 || n > most) throw fault.makeSliceLen();
  const cap = wideLength(m, capacity);
  if (cap > most || cap < n) throw length === capacity ? fault.makeSliceLen() : fault.makeSliceCap();
  allocateElements(vm, type, cap);
  vm.charge(cap * slots * Work.slot);
  const address = vm.memory.alloc(cap * slots, tagOf(TagKind.Values, vm.at >> 2));
  setSlice(vm.memory.i32, to, address, n, cap);
}

/** to ← a slice of exactly the `count` values at `from`. */
export function sliceOf(vm: Vm, to: number, from: number, count: number, type: number, slots: number): void {
  allocateElements(vm, type, count);
  vm.charge(count * slots * Work.slot);
  const address = vm.memory.alloc(count * slots, tagOf(TagKind.Values, vm.at >> 2));
  copyWords(vm.memory.i32, address, from, count * slots * 2);
  setSlice(vm.memory.i32, to, address, count, count);
}

/** to ← slice[low:high:max]; −1 stands for an absent bound; `coded` is the slots of an element, or −1 − slots for an array. */
export function slice(vm: Vm, to: number, from: number, low: number, high: number, max: number, coded: number): void {
  const m = vm.memory.i32;
  const isArray = coded < 0;
  const slots = isArray ? -1 - coded : coded;
  const capacity = m[from + 3]!;
  const last = max < 0 ? capacity : lengthOf(m, max);
  const end = high < 0 ? m[from + 2]! : lengthOf(m, high);
  const start = low < 0 ? 0 : lengthOf(m, low);
  if (last > capacity || end > last || start > end)
    throw outOfBounds(vm, [low, high, max], { capacity, isArray, last, end });
  // An empty tail keeps the start, as Go's does: no pointer past the block's end.
  const address = last === start ? m[from]! : m[from]! + start * slots * 2;
  setSlice(m, to, address, end - start, last - start);
}

interface Bounds {
  readonly capacity: number;
  readonly isArray: boolean;
  readonly last: number;
  readonly end: number;
}

/** What is wrong with the bounds of a slice expression; the registers of absent ones are −1. */
function outOfBounds(vm: Vm, [low, high, max]: readonly [number, number, number], known: Bounds): GoPanic {
  const { capacity, isArray, last, end } = known;
  const shown = (at: number, bound: number): string => (at < 0 ? '' : String(shownIndex(vm, at, bound)));
  const [lowText, highText, maxText] = [shown(low, 0), shown(high, 1), shown(max, 2)];
  const limit = isArray ? `with length ${capacity}` : `with capacity ${capacity}`;
  if (last > capacity) return outOfRange(`::${maxText}`, maxText, limit);
  if (end > last) {
    return max < 0
      ? outOfRange(`:${highText}`, highText, limit)
      : outOfRange(`:${highText}:${maxText}`, highText, '', `:${highText}:`);
  }
  const upTo = high < 0 ? String(end) : highText;
  return max < 0
    ? outOfRange(`${lowText}:${upTo}`, lowText, '', `${lowText}:`)
    : outOfRange(`${lowText}:${upTo}:`, lowText, '', `${lowText}::`);
}

function outOfRange(bounds: string, culprit: string, limit: string, ifNegative = bounds): GoPanic {
  const shown = culprit.startsWith('-') ? `[${ifNegative}]` : `[${bounds}]${limit === '' ? '' : ` ${limit}`}`;
  return new GoPanic('panic.slice', `runtime error: slice bounds out of range ${shown}`);
}

/** Capacity after growing to `length` elements (growslice, nextslicecap of runtime/slice.go). */
function grownCapacity(vm: Vm, length: number, oldCapacity: number, type: RuntimeType): number {
  if (type.bytes === 0) return length;
  const threshold = 256;
  let capacity = oldCapacity;
  if (length > oldCapacity * 2) capacity = length;
  else if (oldCapacity < threshold) capacity = oldCapacity * 2;
  else while (capacity < length) capacity += Math.floor((capacity + 3 * threshold) / 4);
  return Math.floor(roundUpSize(capacity * type.bytes, !type.pointers) / type.bytes);
}

/** What append is given: values in the frame, the elements of a slice, or the bytes of a string. */
export const Appended = { Slice: -1, String: -2 } as const;

/** to ← append(from, …): `count` values at `source`, or what {@link Appended} says. */
export function append(
  vm: Vm,
  to: number,
  from: number,
  source: number,
  count: number,
  typeIndex: number,
  slots: number,
): void {
  let m = vm.memory.i32;
  const spread = count === Appended.Slice;
  const n = spread ? m[source + 2]! : count === Appended.String ? m[source + 1]! : count;
  const oldLength = m[from + 2]!;
  let capacity = m[from + 3]!;
  let address = m[from]!;
  const length = oldLength + n;
  if (length > MAX_LENGTH) throw fault.growSlice();
  const added = count === Appended.String ? n * Work.convertedByte : n * slots * Work.slot;
  const moved = length > capacity ? oldLength * slots * Work.slot : 0;
  vm.charge(added + moved);
  if (spread && n > 0) vm.read(m[source]!, n * slots);
  if (length > capacity) {
    const type = vm.code.types[typeIndex]!;
    if (oldLength > 0) vm.read(address, oldLength * slots);
    capacity = grownCapacity(vm, length, capacity, type);
    const old = address;
    allocateElements(vm, typeIndex, capacity);
    address = vm.memory.alloc(capacity * slots, tagOf(TagKind.Values, vm.at >> 2));
    m = vm.memory.i32;
    vm.move(address, old, oldLength * slots * 2);
  }
  const at = address + oldLength * slots * 2;
  m = vm.memory.i32;
  if (n > 0 && slots > 0) {
    const start = spread ? m[source]! : source;
    if (count === Appended.String) writeBytes(vm, at, source);
    else {
      vm.write(at, n * slots, m[start]!, m[start + 1]!);
      vm.move(at, start, n * slots * 2);
    }
  }
  setSlice(vm.memory.i32, to, address, length, capacity);
}

/** Stores the bytes of the string slot at `source` as elements from `at` on. */
function writeBytes(vm: Vm, at: number, source: number): void {
  const start = vm.memory.i32[source]!;
  const length = vm.memory.i32[source + 1]!;
  vm.write(at, length, vm.bytes[start]!, 0);
  const m = vm.memory.i32;
  const bytes = vm.bytes;
  for (let i = 0; i < length; i++) {
    m[at + i * 2] = bytes[start + i]!;
    m[at + i * 2 + 1] = 0;
  }
}

/** to (−1: dropped) ← copy(target, source). */
export function copySlice(
  vm: Vm,
  to: number,
  target: number,
  source: number,
  slots: number,
  fromString: boolean,
): void {
  let m = vm.memory.i32;
  const n = Math.min(m[target + 2]!, fromString ? m[source + 1]! : m[source + 2]!);
  const at = m[target]!;
  vm.charge(fromString ? n * Work.convertedByte : n * slots * Work.slot);
  if (n > 0 && fromString) {
    const start = m[source]!;
    vm.write(at, n, vm.bytes[start]!, 0);
    m = vm.memory.i32;
    for (let i = 0; i < n; i++) {
      m[at + i * 2] = vm.bytes[start + i]!;
      m[at + i * 2 + 1] = 0;
    }
  } else if (n > 0 && slots > 0) {
    const start = m[source]!;
    vm.read(start, n * slots);
    vm.write(at, n * slots, m[start]!, m[start + 1]!);
    vm.move(at, start, n * slots * 2);
    m = vm.memory.i32;
  }
  if (to >= 0) {
    m[to] = n;
    m[to + 1] = 0;
  }
}

/** clear(slice). */
export function clearSlice(vm: Vm, at: number, slots: number): void {
  const m = vm.memory.i32;
  const words = m[at + 2]! * slots * 2;
  if (words === 0) return;
  const address = m[at]!;
  vm.charge((words / 2) * Work.slot);
  vm.write(address, words / 2, 0, 0);
  vm.memory.i32.fill(0, address, address + words);
}
