/**
 * This file defines the table of the instructions that the interpreter's switch leaves out: their operands, and the function that does the work.
 * A handler is called with the registers saved in the vm (`vm.pc` already behind the instruction) and may change them.
 */
import {
  divideUnsigned,
  fromDouble,
  fromDoubleUnsigned,
  remainderUnsigned,
  toNumber,
  toUnsignedNumber,
} from '../base/int64';
import { OPS, type OpName } from '../bytecode/op';
import { compareStrings, equalStrings, equalValues } from './compare';
import { fault } from './fault';
import * as interfaces from './interfaces';
import * as maps from './maps';
import * as panics from './panic';
import * as slices from './slices';
import { FRAME_HEADER, grow } from './stack';
import * as strings from './strings';
import { TagKind, tagOf } from './tags';
import { Trap } from './trap';
import type { Vm } from './vm';

export type Handler = (vm: Vm, pc: number, fp: number) => void;

/** Operand `k` (0…) of the instruction at `pc`, in any of its words. */
function operand(vm: Vm, pc: number, k: number): number {
  return vm.code.words[pc + k + 1 + Math.floor(k / 3)]!;
}
/** The register that operand `k` names; −1 when the operand is absent. */
function register(vm: Vm, pc: number, fp: number, k: number): number {
  const offset = operand(vm, pc, k);
  return offset < 0 ? -1 : fp + offset;
}

function setBool(vm: Vm, at: number, value: boolean): void {
  vm.memory.i32[at] = value ? 1 : 0;
  vm.memory.i32[at + 1] = 0;
}

function setAddress(vm: Vm, at: number, address: number): void {
  vm.memory.i32[at] = address;
  vm.memory.i32[at + 1] = 0;
}

/** Work on up to six operands: addresses of registers first, then numbers. */
type Work = (vm: Vm, a: number, b: number, c: number, d: number, e: number, f: number) => void;

/** A handler whose first `registers` of `all` operands are registers. */
function simple(registers: number, work: Work, all: number): Handler {
  const value = (vm: Vm, pc: number, fp: number, k: number): number => {
    if (k >= all) return 0;
    return k < registers ? register(vm, pc, fp, k) : operand(vm, pc, k);
  };
  return (vm, pc, fp) =>
    work(
      vm,
      value(vm, pc, fp, 0),
      value(vm, pc, fp, 1),
      value(vm, pc, fp, 2),
      value(vm, pc, fp, 3),
      value(vm, pc, fp, 4),
      value(vm, pc, fp, 5),
    );
}

/** Arithmetic that is too rare for the loop. */
const arithmetic: Partial<Record<OpName, Handler>> = {
  AndNot: simple(
    3,
    (vm, d, a, b) => {
      const m = vm.memory.i32;
      setPair(vm, d, m[a]! & ~m[b]!, m[a + 1]! & ~m[b + 1]!);
    },
    3,
  ),
  Ext16: simple(2, (vm, d, s) => setInteger(vm, d, (vm.memory.i32[s]! << 16) >> 16), 2),
  ExtU16: simple(2, (vm, d, s) => setInteger(vm, d, vm.memory.i32[s]! & 0xffff), 2),
  Neg: simple(2, (vm, d, s) => negate(vm.memory.i32, d, vm.memory.i32[s]!, vm.memory.i32[s + 1]!), 2),
  Com: simple(2, (vm, d, s) => setPair(vm, d, ~vm.memory.i32[s]!, ~vm.memory.i32[s + 1]!), 2),
  NegF: simple(2, (vm, d, s) => setFloat(vm, d, -vm.memory.f64[s >> 1]!), 2),
  Round32: simple(2, (vm, d, s) => setFloat(vm, d, Math.fround(vm.memory.f64[s >> 1]!)), 2),
  IntToF: simple(2, (vm, d, s) => setFloat(vm, d, toNumber(vm.memory.i32[s]!, vm.memory.i32[s + 1]!)), 2),
  UintToF: simple(2, (vm, d, s) => setFloat(vm, d, toUnsignedNumber(vm.memory.i32[s]!, vm.memory.i32[s + 1]!)), 2),
  FToInt: simple(2, (vm, d, s) => fromDouble(vm.memory.i32, d, vm.memory.f64[s >> 1]!), 2),
  FToUint: simple(2, (vm, d, s) => fromDoubleUnsigned(vm.memory.i32, d, vm.memory.f64[s >> 1]!), 2),
  DivUint: simple(3, (vm, d, a, b) => unsignedDivision(vm, divideUnsigned, d, a, b), 3),
  ModUint: simple(3, (vm, d, a, b) => unsignedDivision(vm, remainderUnsigned, d, a, b), 3),
};

function negate(m: Int32Array, d: number, lo: number, hi: number): void {
  m[d + 1] = -hi - (lo !== 0 ? 1 : 0);
  m[d] = -lo;
}

function setPair(vm: Vm, at: number, lo: number, hi: number): void {
  vm.memory.i32[at] = lo;
  vm.memory.i32[at + 1] = hi;
}

function setInteger(vm: Vm, at: number, value: number): void {
  setPair(vm, at, value, value >> 31);
}

function setFloat(vm: Vm, at: number, value: number): void {
  vm.memory.f64[at >> 1] = value;
}

function unsignedDivision(vm: Vm, divide: typeof divideUnsigned, d: number, a: number, b: number): void {
  const m = vm.memory.i32;
  if ((m[b]! | m[b + 1]!) === 0) throw fault.divide();
  divide(m, d, m[a]!, m[a + 1]!, m[b]!, m[b + 1]!);
}

/** Rarer accesses of memory, and of arrays in the frame. */
const access: Partial<Record<OpName, Handler>> = {
  GetAt: simple(
    3,
    (vm, d, array, index, stride, slots) => {
      const from = array + vm.memory.i32[index]! * stride * 2;
      vm.memory.i32.copyWithin(d, from, from + slots * 2);
    },
    5,
  ),
  SetAt: simple(
    3,
    (vm, array, index, from, stride, slots) => {
      vm.memory.i32.copyWithin(array + vm.memory.i32[index]! * stride * 2, from, from + slots * 2);
    },
    5,
  ),
  NilCheck: simple(1, checkNil, 1),
  GlobalAddr: (vm, pc, fp) => setAddress(vm, fp + operand(vm, pc, 0), vm.globals + operand(vm, pc, 1)),
  LoadGN: (vm, pc, fp) => {
    const from = vm.globals + operand(vm, pc, 1);
    const slots = operand(vm, pc, 2);
    vm.read(from, slots);
    vm.memory.i32.copyWithin(fp + operand(vm, pc, 0), from, from + slots * 2);
  },
  StoreGN: (vm, pc, fp) => {
    const to = vm.globals + operand(vm, pc, 0);
    const from = fp + operand(vm, pc, 1);
    const slots = operand(vm, pc, 2);
    vm.write(to, slots, vm.memory.i32[from]!, vm.memory.i32[from + 1]!);
    vm.memory.i32.copyWithin(to, from, from + slots * 2);
  },
};

function checkNil(vm: Vm, pointer?: number): void {
  if (vm.memory.i32[pointer!] === 0) throw fault.nil();
}

/** Traps that are rarer than sends and receives. */
const traps: Partial<Record<OpName, Handler>> = {
  Close: (vm, pc, fp) => trap(vm, Trap.Close, register(vm, pc, fp, 0), 0, 0),
  MakeChan: (vm, pc, fp) =>
    trap(vm, Trap.MakeChan, register(vm, pc, fp, 0), addressOrNone(register(vm, pc, fp, 1)), operand(vm, pc, 2)),
  ChanLen: (vm, pc, fp) => trap(vm, Trap.ChanLen, register(vm, pc, fp, 0), register(vm, pc, fp, 1), operand(vm, pc, 2)),
  Unsupported: (vm, pc) => trap(vm, Trap.Unsupported, operand(vm, pc, 0), 0, 0),
};

function addressOrNone(register: number): number {
  return register < 0 ? 0 : register;
}

function trap(vm: Vm, code: number, a: number, b: number, c: number): void {
  vm.a = a;
  vm.b = b;
  vm.c = c;
  vm.trapped = code;
}

const handlers: Partial<Record<OpName, Handler>> = {
  ...arithmetic,
  ...access,
  ...traps,
  Unwind: (vm) => panics.afterDeferred(vm),
  PanicText: (vm) => panics.afterPanicText(vm),
  EqStr: simple(3, (vm, d, a, b) => setBool(vm, d, equalStrings(vm, a, b)), 3),
  LtStr: simple(3, (vm, d, a, b) => setBool(vm, d, compareStrings(vm, a, b) < 0), 3),
  LeStr: simple(3, (vm, d, a, b) => setBool(vm, d, compareStrings(vm, a, b) <= 0), 3),
  EqVal: simple(3, (vm, d, a, b, type) => setBool(vm, d, equalValues(vm, vm.code.types[type]!, a, b)), 4),
  ShiftCount: simple(1, checkShiftCount, 1),
  MakeSlice: simple(
    3,
    (vm, d, length, capacity, type, slots) => slices.makeSlice(vm, d, length, capacity, type, slots),
    5,
  ),
  Slice: simple(5, (vm, d, s, low, high, max, slots) => slices.slice(vm, d, s, low, high, max, slots), 6),
  SliceOf: simple(2, (vm, d, s, count, type, slots) => slices.sliceOf(vm, d, s, count, type, slots), 5),
  ArrToSlice: simple(2, arrayToSlice, 3),
  SliceToArr: simple(2, sliceToArray, 3),
  Append: simple(3, (vm, d, s, from, count, type, slots) => slices.append(vm, d, s, from, count, type, slots), 6),
  Copy: simple(
    3,
    (vm, d, target, source, slots, string) => slices.copySlice(vm, d, target, source, slots, string === 1),
    5,
  ),
  ClearSlice: simple(1, (vm, s, slots) => slices.clearSlice(vm, s, slots), 2),
  Concat: simple(2, (vm, d, s, count) => strings.concat(vm, d, s, count), 3),
  StrIndex: simple(3, (vm, d, s, index) => strings.stringIndex(vm, d, s, index), 3),
  StrSlice: simple(4, (vm, d, s, low, high) => strings.stringSlice(vm, d, s, low, high), 4),
  StrRune: simple(3, (vm, d, s, index) => strings.stringRune(vm, d, s, index), 3),
  RuneToStr: simple(2, (vm, d, s) => strings.runeToString(vm, d, s), 2),
  BytesToStr: simple(2, (vm, d, s) => strings.bytesToString(vm, d, s), 2),
  StrToBytes: simple(2, (vm, d, s, type) => strings.stringToBytes(vm, d, s, type), 3),
  RunesToStr: simple(2, (vm, d, s) => strings.runesToString(vm, d, s), 2),
  StrToRunes: simple(2, (vm, d, s, type) => strings.stringToRunes(vm, d, s, type), 3),
  MakeMap: simple(1, (vm, d, type) => maps.makeMap(vm, d, type), 2),
  MapGet: (vm, pc, fp) =>
    maps.mapGet(
      vm,
      register(vm, pc, fp, 0),
      register(vm, pc, fp, 1),
      register(vm, pc, fp, 2),
      operand(vm, pc, 3),
      register(vm, pc, fp, 4),
    ),
  MapSet: simple(3, (vm, map, key, value, type) => maps.mapSet(vm, map, key, value, type), 4),
  MapDelete: simple(2, (vm, map, key, type) => maps.mapDelete(vm, map, key, type), 3),
  MapLen: simple(2, (vm, d, map) => maps.mapLength(vm, d, map), 2),
  MapClear: simple(1, (vm, map) => maps.mapClear(vm, map), 1),
  MapIter: simple(2, (vm, d, map) => maps.mapIterate(vm, d, map), 2),
  MapNext: (vm, pc, fp) => {
    if (!maps.mapNext(vm, register(vm, pc, fp, 0), register(vm, pc, fp, 1), register(vm, pc, fp, 2)))
      vm.pc = operand(vm, pc, 3);
  },
  ToIface: simple(2, (vm, d, s, type) => interfaces.toInterface(vm, d, s, type), 3),
  Assert: (vm, pc, fp) =>
    interfaces.assertType(
      vm,
      register(vm, pc, fp, 0),
      register(vm, pc, fp, 1),
      operand(vm, pc, 2),
      register(vm, pc, fp, 3),
      operand(vm, pc, 4),
    ),
  AssertIface: (vm, pc, fp) =>
    interfaces.assertInterface(
      vm,
      register(vm, pc, fp, 0),
      register(vm, pc, fp, 1),
      operand(vm, pc, 2),
      register(vm, pc, fp, 3),
      operand(vm, pc, 4),
    ),
  IsType: simple(2, (vm, d, s, type) => setBool(vm, d, interfaces.isType(vm, s, type)), 3),
  IsIface: simple(2, (vm, d, s, type) => setBool(vm, d, interfaces.isInterface(vm, s, type)), 3),
  Closure: (vm, pc, fp) =>
    makeClosure(vm, fp + operand(vm, pc, 0), operand(vm, pc, 1), fp + operand(vm, pc, 2), operand(vm, pc, 3)),
  IfaceFunc: simple(2, (vm, d, s, method) => setAddress(vm, d, vm.functionValues + vm.methodOf(s, method) * 2), 3),
  CallThrough: (vm, pc, fp) => callThrough(vm, fp, operand(vm, pc, 0), operand(vm, pc, 1)),
  ReturnDefers: (vm, pc) => panics.returnDefers(vm, operand(vm, pc, 0)),
  Defer: simple(2, (vm, closure, args, slots, epilogue) => panics.defer(vm, closure, args, slots, epilogue), 4),
  Panic: simple(1, (vm, value) => panics.startPanic(vm, value), 1),
  Recover: simple(1, (vm, d) => panics.recover(vm, d), 1),
};

function checkShiftCount(vm: Vm, count?: number): void {
  if (vm.memory.i32[count! + 1]! < 0) throw fault.shift();
}

function arrayToSlice(vm: Vm, to?: number, pointer?: number, length?: number): void {
  const address = vm.memory.i32[pointer!]!;
  if (address === 0) throw fault.nil();
  slices.setSlice(vm.memory.i32, to!, address, length!, length!);
}

function sliceToArray(vm: Vm, to?: number, slice?: number, length?: number): void {
  const m = vm.memory.i32;
  if (m[slice! + 2]! < length!) throw fault.arrayLength(m[slice! + 2]!, length!);
  setAddress(vm, to!, m[slice!]!);
}

function makeClosure(vm: Vm, to: number, functionIndex: number, from: number, slots: number): void {
  vm.accounts.allocate((1 + slots) * 8);
  const address = vm.memory.alloc(1 + slots, tagOf(TagKind.Closure, functionIndex));
  const m = vm.memory.i32;
  m[address] = functionIndex;
  m.copyWithin(address + 2, from, from + slots * 2);
  setAddress(vm, to, address);
}

function callThrough(vm: Vm, fp: number, functionIndex: number, delta: number): void {
  const words = vm.frameWords[functionIndex]!;
  if (fp + delta + words > vm.stackEnd) grow(vm, fp + delta + words);
  const m = vm.memory.i32;
  const next = vm.fp + delta;
  m[next - 1] = delta;
  m[next - 2] = vm.pc;
  m[next - 3] = 0;
  m[next - FRAME_HEADER] = 0;
  panics.passRecover(vm, vm.fp, next);
  vm.fp = next;
  vm.pc = vm.entries[functionIndex]!;
}

/** Handler of each instruction, by number; absent: the switch has it. */
export const COLD: readonly (Handler | undefined)[] = OPS.map(({ name }) => handlers[name]);
