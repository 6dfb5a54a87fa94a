/**
 * This file defines the handlers of memory: values of many slots, allocations, and the accesses that the interpreter's loop gives up because the access filter
 * does not cover them, or because they fail.
 */
import { copyWords } from '../base/memory';
import type { OpName } from '../bytecode/op';
import { fault } from './fault';
import { type Handler, operand, register, setAddress, simple } from './handler';
import { shownIndex } from './indices';
import { setSlice } from './slices';
import type { Vm } from './vm';
import { Work } from './work';

/** Copies `slots` from shared memory to the frame. */
function load(vm: Vm, to: number, from: number, slots: number): void {
  vm.read(from, slots);
  copyWords(vm.memory.i32, to, from, slots * 2);
}

/** Copies `slots` from the frame to shared memory. */
function store(vm: Vm, to: number, from: number, slots: number): void {
  vm.write(to, slots, vm.memory.i32[from]!, vm.memory.i32[from + 1]!);
  copyWords(vm.memory.i32, to, from, slots * 2);
}

/** Copies `slots` within what is the goroutine's own. */
function copy(vm: Vm, to: number, from: number, slots: number): void {
  vm.charge(slots * Work.slot);
  copyWords(vm.memory.i32, to, from, slots * 2);
}

/** The address in the register at `at`. @throws GoPanic when it is nil */
function pointer(vm: Vm, at: number): number {
  const address = vm.memory.i32[at]!;
  if (address === 0) throw fault.nil();
  return address;
}

/** The index in the register at `at`. @throws GoPanic when it is not below `length` */
function index(vm: Vm, at: number, length: number): number {
  const m = vm.memory.i32;
  if (m[at + 1] !== 0 || m[at]! >>> 0 >= length) throw fault.index(shownIndex(vm, at), length);
  return m[at]!;
}

/** Address of element `at` (a register) of a slice whose elements have so many slots. */
function element(vm: Vm, slice: number, at: number, slots: number): number {
  const i = index(vm, at, vm.memory.i32[slice + 2]!);
  return vm.memory.i32[slice]! + i * slots * 2;
}

function zero(vm: Vm, to: number, slots: number): void {
  vm.charge(slots * Work.slot);
  vm.memory.i32.fill(0, to, to + slots * 2);
}

/** to ← address of a new block of zeros for a value of type `type`. The instruction that allocates a block is its tag. */
export function allocate(vm: Vm, to: number, type: number, slots: number): void {
  vm.accounts.allocate(vm.valueBytes[type]!);
  const address = vm.memory.alloc(slots, vm.at << 2);
  setAddress(vm, to, address);
}

/** to ← address of a new block that holds the value of type `type` at `from`. */
export function allocateOf(vm: Vm, to: number, from: number, type: number, slots: number): void {
  vm.charge(slots * Work.slot);
  vm.accounts.allocate(vm.valueBytes[type]!);
  const address = vm.memory.alloc(slots, vm.at << 2);
  copyWords(vm.memory.i32, address, from, slots * 2);
  setAddress(vm, to, address);
}

function arrayToSlice(vm: Vm, to?: number, from?: number, length?: number): void {
  setSlice(vm.memory.i32, to!, pointer(vm, from!), length!, length!);
}

function sliceToArray(vm: Vm, to?: number, slice?: number, array?: number): void {
  const m = vm.memory.i32;
  const length = vm.code.types[array!]!.len!;
  if (m[slice! + 2]! < length) throw fault.arrayLength(m[slice! + 2]!, length);
  setAddress(vm, to!, m[slice!]!);
}

/** Handler of each instruction on memory that may leave the loop. */
export const access: Partial<Record<OpName, Handler>> = {
  MoveN: simple(2, copy, 3),
  Zero: simple(1, zero, 2),
  Captured: (vm, pc, fp) => {
    const from = vm.memory.i32[fp - 4]! + 2 + operand(vm, pc, 1) * 2;
    copyWords(vm.memory.i32, register(vm, pc, fp, 0), from, operand(vm, pc, 2) * 2);
  },
  GetAt: simple(3, (vm, d, array, i, stride, slots) => copy(vm, d, array + vm.memory.i32[i]! * stride * 2, slots), 5),
  SetAt: simple(
    3,
    (vm, array, i, from, stride, slots) => copy(vm, array + vm.memory.i32[i]! * stride * 2, from, slots),
    5,
  ),
  GlobalAddr: (vm, pc, fp) => setAddress(vm, fp + operand(vm, pc, 0), vm.globals + operand(vm, pc, 1)),
  LoadG: (vm, pc, fp) => load(vm, fp + operand(vm, pc, 0), vm.globals + operand(vm, pc, 1), 1),
  StoreG: (vm, pc, fp) => store(vm, vm.globals + operand(vm, pc, 0), fp + operand(vm, pc, 1), 1),
  LoadGN: (vm, pc, fp) => {
    const slots = operand(vm, pc, 2);
    vm.charge(slots * Work.slot);
    load(vm, fp + operand(vm, pc, 0), vm.globals + operand(vm, pc, 1), slots);
  },
  StoreGN: (vm, pc, fp) => {
    const slots = operand(vm, pc, 2);
    vm.charge(slots * Work.slot);
    store(vm, vm.globals + operand(vm, pc, 0), fp + operand(vm, pc, 1), slots);
  },
  Load: simple(2, (vm, d, p, offset) => load(vm, d, pointer(vm, p) + offset, 1), 3),
  Store: (vm, pc, fp) => {
    const to = pointer(vm, fp + operand(vm, pc, 0)) + operand(vm, pc, 1);
    store(vm, to, fp + operand(vm, pc, 2), 1);
  },
  LoadN: simple(
    2,
    (vm, d, p, offset, slots) => {
      const from = pointer(vm, p) + offset;
      vm.charge(slots * Work.slot);
      load(vm, d, from, slots);
    },
    4,
  ),
  StoreN: (vm, pc, fp) => {
    const to = pointer(vm, fp + operand(vm, pc, 0)) + operand(vm, pc, 1);
    const slots = operand(vm, pc, 3);
    vm.charge(slots * Work.slot);
    store(vm, to, fp + operand(vm, pc, 2), slots);
  },
  LoadElem: simple(3, (vm, d, slice, i) => load(vm, d, element(vm, slice, i, 1), 1), 3),
  StoreElem: simple(3, (vm, slice, i, from) => store(vm, element(vm, slice, i, 1), from, 1), 3),
  ElemAddr: simple(3, (vm, d, slice, i, slots) => setAddress(vm, d, element(vm, slice, i, slots)), 4),
  Bounds: simple(1, (vm, i, length) => void index(vm, i, length), 2),
  PtrIndex: simple(3, (vm, d, p, i, slots) => setAddress(vm, d, pointer(vm, p) + vm.memory.i32[i]! * slots * 2), 4),
  Offset: simple(2, (vm, d, p, words) => setAddress(vm, d, pointer(vm, p) + words), 3),
  NilCheck: simple(1, (vm, p) => void pointer(vm, p), 1),
  New: simple(1, (vm, d, type, slots) => allocate(vm, d, type, slots), 3),
  NewOf: simple(2, allocateOf, 4),
  ArrToSlice: simple(2, arrayToSlice, 3),
  SliceToArr: simple(2, sliceToArray, 3),
};
