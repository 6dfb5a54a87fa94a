/**
 * This file defines the table of handlers: one for each instruction that the interpreter's switch leaves out, or may give up (interpret.ts).
 */
import { OPS, type OpName } from '../bytecode/op';
import { access } from './access';
import { arithmetic } from './arithmetic';
import { makeClosure } from './closures';
import { compareStrings, equalStrings, equalValues } from './compare';
import { fault } from './fault';
import { type Handler, operand, register, setAddress, simple } from './handler';
import * as interfaces from './interfaces';
import * as maps from './maps';
import * as panics from './panic';
import * as slices from './slices';
import * as strings from './strings';
import { Trap } from './trap';
import type { Vm } from './vm';

function setBool(vm: Vm, at: number, value: boolean): void {
  vm.memory.i32[at] = value ? 1 : 0;
  vm.memory.i32[at + 1] = 0;
}

/** Traps that are rarer than sends and receives. */
const traps: Partial<Record<OpName, Handler>> = {
  Close: (vm, pc, fp) => trap(vm, Trap.Close, register(vm, pc, fp, 0), 0, 0),
  MakeChan: (vm, pc, fp) =>
    trap(vm, Trap.MakeChan, register(vm, pc, fp, 0), addressOrNone(register(vm, pc, fp, 1)), operand(vm, pc, 2)),
  ChanLen: (vm, pc, fp) => trap(vm, Trap.ChanLen, register(vm, pc, fp, 0), register(vm, pc, fp, 1), operand(vm, pc, 2)),
  Go: (vm) => {
    vm.trapped = vm.fatal('fatal.go-of-nil-func', 'go of nil func value');
  },
  End: (vm, pc) => {
    vm.pc = pc;
    vm.trapped = Trap.End;
  },
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
  MakeSlice: simple(
    3,
    (vm, d, length, capacity, type, slots) => slices.makeSlice(vm, d, length, capacity, type, slots),
    5,
  ),
  Slice: simple(5, (vm, d, s, low, high, max, slots) => slices.slice(vm, d, s, low, high, max, slots), 6),
  SliceOf: simple(2, (vm, d, s, count, type, slots) => slices.sliceOf(vm, d, s, count, type, slots), 5),
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
  Call: (vm, pc) => vm.call(operand(vm, pc, 0), 0, operand(vm, pc, 1)),
  CallClosure: callClosure,
  CallIface: callInterface,
  CallThrough: (vm, pc) => callThrough(vm, operand(vm, pc, 0), operand(vm, pc, 1)),
  ReturnDefers: (vm, pc) => panics.returnDefers(vm, operand(vm, pc, 0)),
  Defer: simple(2, (vm, closure, args, slots, epilogue) => panics.defer(vm, closure, args, slots, epilogue), 4),
  Panic: simple(1, (vm, value) => panics.startPanic(vm, value), 1),
  Recover: simple(1, (vm, d) => panics.recover(vm, d), 1),
};

function callClosure(vm: Vm, pc: number, fp: number): void {
  const m = vm.memory.i32;
  const closure = m[register(vm, pc, fp, 0)]!;
  if (closure === 0) throw fault.nil();
  vm.call(m[closure]!, closure, operand(vm, pc, 1));
}

/** The data word of the interface is the first argument. */
function callInterface(vm: Vm, pc: number, fp: number): void {
  const m = vm.memory.i32;
  const receiver = register(vm, pc, fp, 0);
  const delta = operand(vm, pc, 1);
  const callee = vm.methodOf(receiver, operand(vm, pc, 2));
  m[fp + delta] = m[receiver + 2]!;
  m[fp + delta + 1] = m[receiver + 3]!;
  vm.call(callee, 0, delta);
}

function callThrough(vm: Vm, functionIndex: number, delta: number): void {
  vm.enter(functionIndex, 0, delta);
  panics.passRecover(vm, vm.fp - delta, vm.fp);
}

/** Handler of each instruction, by number; absent: the switch has it. */
export const COLD: readonly (Handler | undefined)[] = OPS.map(({ name }) => handlers[name]);
