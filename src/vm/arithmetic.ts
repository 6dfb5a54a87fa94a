/** This file defines the handlers of arithmetic: operations that are too rare for the interpreter's loop, and operands that are too large for it. */
import {
  divide,
  divideUnsigned,
  fromDouble,
  fromDoubleUnsigned,
  multiply,
  remainder,
  remainderUnsigned,
  shiftLeft,
  shiftRight,
  shiftRightUnsigned,
  toNumber,
  toUnsignedNumber,
} from '../base/int64';
import type { OpName } from '../bytecode/op';
import { fault } from './fault';
import { type Handler, simple } from './handler';
import type { Vm } from './vm';

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

function negate(m: Int32Array, d: number, lo: number, hi: number): void {
  m[d + 1] = -hi - (lo !== 0 ? 1 : 0);
  m[d] = -lo;
}

function division(vm: Vm, divide: typeof divideUnsigned, d: number, a: number, b: number): void {
  const m = vm.memory.i32;
  if ((m[b]! | m[b + 1]!) === 0) throw fault.divide();
  divide(m, d, m[a]!, m[a + 1]!, m[b]!, m[b + 1]!);
}

/** `all`: both words of what is left when every bit is shifted out. */
function shift(vm: Vm, by: typeof shiftLeft, d: number, a: number, b: number, all: number): void {
  const m = vm.memory.i32;
  if (m[b + 1] === 0 && m[b]! >>> 0 < 64) by(m, d, m[a]!, m[a + 1]!, m[b]!);
  else setPair(vm, d, all, all);
}

function checkShiftCount(vm: Vm, count?: number): void {
  if (vm.memory.i32[count! + 1]! < 0) throw fault.shift();
}

/** Handler of each operation of arithmetic that may leave the loop. */
export const arithmetic: Partial<Record<OpName, Handler>> = {
  MulInt: simple(
    3,
    (vm, d, a, b) => {
      const m = vm.memory.i32;
      multiply(m, d, m[a]!, m[a + 1]!, m[b]!, m[b + 1]!);
    },
    3,
  ),
  MulI: simple(2, (vm, d, a, n) => multiply(vm.memory.i32, d, vm.memory.i32[a]!, vm.memory.i32[a + 1]!, n, n >> 31), 3),
  DivInt: simple(3, (vm, d, a, b) => division(vm, divide, d, a, b), 3),
  ModInt: simple(3, (vm, d, a, b) => division(vm, remainder, d, a, b), 3),
  DivUint: simple(3, (vm, d, a, b) => division(vm, divideUnsigned, d, a, b), 3),
  ModUint: simple(3, (vm, d, a, b) => division(vm, remainderUnsigned, d, a, b), 3),
  Shl: simple(3, (vm, d, a, b) => shift(vm, shiftLeft, d, a, b, 0), 3),
  Shr: simple(3, (vm, d, a, b) => shift(vm, shiftRight, d, a, b, vm.memory.i32[a + 1]! >> 31), 3),
  ShrU: simple(3, (vm, d, a, b) => shift(vm, shiftRightUnsigned, d, a, b, 0), 3),
  ShiftCount: simple(1, checkShiftCount, 1),
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
};
