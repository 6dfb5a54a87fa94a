/**
 * This file defines the interpreter's loop: one switch over the instructions that matter for speed; every other one is a handler in a table
 * (cold.ts), called with the registers saved in the vm.
 *
 * Registers are locals: `i32`/`f64` (replaced after anything that may allocate), `fp`, `pc`, `t` (instructions since `run` began), `x` (virtual ns
 * beyond one simple instruction each), `tLimit`, `tNear` and `tFar` (the values of t beyond which an operation of each kind may not start; see
 * horizon.ts and Vm.overLimit), and the access filter's arrays. A case ends with `break` to go on behind a four-word instruction, with `continue` when it has set pc itself, with `break limit`
 * when it must not start yet, and with `break load`, `store` or `enter` to what several cases have in common.
 *
 * The enum repeats the numbering of bytecode/op.ts in this file because only enums of the same file become constants, and the switch a jump table;
 * a test compares the two.
 */
import { divide, multiply, remainder, shiftLeft, shiftRight, shiftRightUnsigned } from '../base/int64';
import { OPS, instructionWords } from '../bytecode/op';
import { Horizon } from './horizon';
import { COLD, type Handler } from './cold';
import { fault } from './fault';
import { grow } from './stack';
import type { TrapCode } from './trap';
import { Trap } from './trap';
import type { Vm } from './vm';

// prettier-ignore
export enum O {
  Unwind, PanicText, End, Ext, Move, Move2, MoveN, Const, ConstStr, Zero, Word, Jump, JumpIf, JumpIfNot, JeqInt,
  JneInt, JltInt, JleInt, JltUint, JleUint, JeqI, JneI, JltI, JleI, JgtI, JgeI, EqInt, NeInt, LtInt, LeInt, LtUint,
  LeUint, EqI, NeI, EqF, LtF, LeF, EqStr, LtStr, LeStr, EqVal, Not, AddInt, SubInt, MulInt, DivInt, ModInt, DivUint,
  ModUint, And, Or, Xor, AndNot, Shl, Shr, ShrU, ShiftCount, AddI, MulI, AndI, ShlI, ShrI, ShrUI, Neg, Com, Ext8,
  Ext16, Ext32, ExtU8, ExtU16, ExtU32, AddF, SubF, MulF, DivF, NegF, Round32, IntToF, UintToF, FToInt, FToUint,
  LoadG, StoreG, LoadGN, StoreGN, GlobalAddr, Load, Store, LoadN, StoreN, Offset, NilCheck, New, NewOf, LoadElem, StoreElem,
  ElemAddr, Bounds, PtrIndex, GetAt, SetAt, MakeSlice, SliceOf, Slice, ArrToSlice, SliceToArr, Append, Copy, ClearSlice, Concat, StrIndex,
  StrSlice, StrRune, RuneToStr, BytesToStr, StrToBytes, RunesToStr, StrToRunes, MakeMap, MapGet, MapSet, MapDelete,
  MapLen, MapClear, MapIter, MapNext, ToIface, Assert, AssertIface, IsType, IsIface, FuncValue, Closure, Captured,
  IfaceFunc, Call, CallClosure, CallIface, CallThrough, Return, ReturnDefers, Defer, Panic, Recover, Send, Recv,
  Close, Select, Go, MakeChan, ChanLen, Native, Unsupported,
}

const WIDTHS = Int32Array.from(OPS, (_, op) => instructionWords(op));

/** Why the loop has stopped before an instruction: every operation is compared with the limit of its kind first. */
function horizonOf(op: number, t: number, tNear: number, tFar: number): Horizon {
  const local = (op >= O.Jump && op <= O.JgeI) || (op >= O.Call && op <= O.CallThrough);
  if (local) return t > tFar ? Horizon.Far : Horizon.Exact;
  const plain =
    (op >= O.LoadG && op <= O.StoreGN) || (op >= O.Load && op <= O.StoreN) || op === O.LoadElem || op === O.StoreElem;
  return plain && t > tNear ? Horizon.Near : Horizon.Exact;
}

/** Runs instructions from the vm's registers on until one traps. @throws GoPanic, StackOverflow, OutOfMemory, MemoryExhausted with the registers saved */
export function interpret(vm: Vm): TrapCode {
  const { memory, filter, globals, dataBytes, functionValues, entries, frameWords, accounts, valueBytes } = vm;
  const code = vm.code.words;
  const callExtra = vm.costs.call - vm.costs.simple;
  const callTicks = Math.ceil(callExtra / vm.costs.simple);
  const detect = filter.enabled;
  const segment = filter.segment;
  let { reads, writes } = filter;
  let { i32, f64 } = memory;
  let { fp, pc, t, x, tLimit, tNear, tFar } = vm;
  // Of the load or store, and of the call, being made: their cases share what follows the switch.
  let at = 0;
  let from = 0;
  let callee = 0;
  let closure = 0;
  let delta = 0;
  for (;;) {
    t++;
    limit: {
      enter: {
        store: {
          load: {
            switch (code[pc]) {
              case O.Move: {
                const d = fp + code[pc + 1]!;
                const s = fp + code[pc + 2]!;
                i32[d] = i32[s]!;
                i32[d + 1] = i32[s + 1]!;
                break;
              }
              case O.Move2: {
                const d = fp + code[pc + 1]!;
                const s = fp + code[pc + 2]!;
                const m2 = i32[s + 2]!;
                const m3 = i32[s + 3]!;
                i32[d] = i32[s]!;
                i32[d + 1] = i32[s + 1]!;
                i32[d + 2] = m2;
                i32[d + 3] = m3;
                break;
              }
              case O.MoveN: {
                const s = fp + code[pc + 2]!;
                i32.copyWithin(fp + code[pc + 1]!, s, s + code[pc + 3]! * 2);
                break;
              }
              case O.Const: {
                const d = fp + code[pc + 1]!;
                i32[d] = code[pc + 2]!;
                i32[d + 1] = code[pc + 3]!;
                break;
              }
              case O.ConstStr: {
                const d = fp + code[pc + 1]!;
                i32[d] = dataBytes + code[pc + 2]!;
                i32[d + 1] = code[pc + 3]!;
                break;
              }
              case O.Zero: {
                const d = fp + code[pc + 1]!;
                i32.fill(0, d, d + code[pc + 2]! * 2);
                break;
              }
              case O.Word: {
                const d = fp + code[pc + 1]!;
                i32[d] = i32[fp + code[pc + 2]!]!;
                i32[d + 1] = 0;
                break;
              }
              case O.Jump: {
                const j = code[pc + 1]!;
                if (t > tFar && j <= pc) break limit;
                pc = j;
                continue;
              }
              case O.JumpIf: {
                if (i32[fp + code[pc + 1]!] !== 0) {
                  const j = code[pc + 2]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.JumpIfNot: {
                if (i32[fp + code[pc + 1]!] === 0) {
                  const j = code[pc + 2]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.JeqInt: {
                const a = fp + code[pc + 1]!;
                const b = fp + code[pc + 2]!;
                if (i32[a] === i32[b] && i32[a + 1] === i32[b + 1]) {
                  const j = code[pc + 3]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.JneInt: {
                const a = fp + code[pc + 1]!;
                const b = fp + code[pc + 2]!;
                if (i32[a] !== i32[b] || i32[a + 1] !== i32[b + 1]) {
                  const j = code[pc + 3]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.JltInt: {
                const a = fp + code[pc + 1]!;
                const b = fp + code[pc + 2]!;
                const ah = i32[a + 1]!;
                const bh = i32[b + 1]!;
                if (ah < bh || (ah === bh && i32[a]! >>> 0 < i32[b]! >>> 0)) {
                  const j = code[pc + 3]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.JleInt: {
                const a = fp + code[pc + 1]!;
                const b = fp + code[pc + 2]!;
                const ah = i32[a + 1]!;
                const bh = i32[b + 1]!;
                if (ah < bh || (ah === bh && i32[a]! >>> 0 <= i32[b]! >>> 0)) {
                  const j = code[pc + 3]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.JltUint: {
                const a = fp + code[pc + 1]!;
                const b = fp + code[pc + 2]!;
                const ah = i32[a + 1]!;
                const bh = i32[b + 1]!;
                if (ah >>> 0 < bh >>> 0 || (ah === bh && i32[a]! >>> 0 < i32[b]! >>> 0)) {
                  const j = code[pc + 3]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.JleUint: {
                const a = fp + code[pc + 1]!;
                const b = fp + code[pc + 2]!;
                const ah = i32[a + 1]!;
                const bh = i32[b + 1]!;
                if (ah >>> 0 < bh >>> 0 || (ah === bh && i32[a]! >>> 0 <= i32[b]! >>> 0)) {
                  const j = code[pc + 3]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.JeqI: {
                const a = fp + code[pc + 1]!;
                const n = code[pc + 2]!;
                if (i32[a] === n && i32[a + 1] === n >> 31) {
                  const j = code[pc + 3]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.JneI: {
                const a = fp + code[pc + 1]!;
                const n = code[pc + 2]!;
                if (i32[a] !== n || i32[a + 1] !== n >> 31) {
                  const j = code[pc + 3]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.JltI: {
                const a = fp + code[pc + 1]!;
                const n = code[pc + 2]!;
                const ah = i32[a + 1]!;
                const nh = n >> 31;
                if (ah < nh || (ah === nh && i32[a]! >>> 0 < n >>> 0)) {
                  const j = code[pc + 3]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.JleI: {
                const a = fp + code[pc + 1]!;
                const n = code[pc + 2]!;
                const ah = i32[a + 1]!;
                const nh = n >> 31;
                if (ah < nh || (ah === nh && i32[a]! >>> 0 <= n >>> 0)) {
                  const j = code[pc + 3]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.JgtI: {
                const a = fp + code[pc + 1]!;
                const n = code[pc + 2]!;
                const ah = i32[a + 1]!;
                const nh = n >> 31;
                if (ah > nh || (ah === nh && i32[a]! >>> 0 > n >>> 0)) {
                  const j = code[pc + 3]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.JgeI: {
                const a = fp + code[pc + 1]!;
                const n = code[pc + 2]!;
                const ah = i32[a + 1]!;
                const nh = n >> 31;
                if (ah > nh || (ah === nh && i32[a]! >>> 0 >= n >>> 0)) {
                  const j = code[pc + 3]!;
                  if (t > tFar && j <= pc) break limit;
                  pc = j;
                  continue;
                }
                break;
              }
              case O.EqInt: {
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                const d = fp + code[pc + 1]!;
                i32[d] = i32[a] === i32[b] && i32[a + 1] === i32[b + 1] ? 1 : 0;
                i32[d + 1] = 0;
                break;
              }
              case O.NeInt: {
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                const d = fp + code[pc + 1]!;
                i32[d] = i32[a] !== i32[b] || i32[a + 1] !== i32[b + 1] ? 1 : 0;
                i32[d + 1] = 0;
                break;
              }
              case O.LtInt: {
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                const ah = i32[a + 1]!;
                const bh = i32[b + 1]!;
                const d = fp + code[pc + 1]!;
                i32[d] = ah < bh || (ah === bh && i32[a]! >>> 0 < i32[b]! >>> 0) ? 1 : 0;
                i32[d + 1] = 0;
                break;
              }
              case O.LeInt: {
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                const ah = i32[a + 1]!;
                const bh = i32[b + 1]!;
                const d = fp + code[pc + 1]!;
                i32[d] = ah < bh || (ah === bh && i32[a]! >>> 0 <= i32[b]! >>> 0) ? 1 : 0;
                i32[d + 1] = 0;
                break;
              }
              case O.LtUint: {
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                const ah = i32[a + 1]!;
                const bh = i32[b + 1]!;
                const d = fp + code[pc + 1]!;
                i32[d] = ah >>> 0 < bh >>> 0 || (ah === bh && i32[a]! >>> 0 < i32[b]! >>> 0) ? 1 : 0;
                i32[d + 1] = 0;
                break;
              }
              case O.LeUint: {
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                const ah = i32[a + 1]!;
                const bh = i32[b + 1]!;
                const d = fp + code[pc + 1]!;
                i32[d] = ah >>> 0 < bh >>> 0 || (ah === bh && i32[a]! >>> 0 <= i32[b]! >>> 0) ? 1 : 0;
                i32[d + 1] = 0;
                break;
              }
              case O.EqI: {
                const a = fp + code[pc + 2]!;
                const n = code[pc + 3]!;
                const d = fp + code[pc + 1]!;
                i32[d] = i32[a] === n && i32[a + 1] === n >> 31 ? 1 : 0;
                i32[d + 1] = 0;
                break;
              }
              case O.NeI: {
                const a = fp + code[pc + 2]!;
                const n = code[pc + 3]!;
                const d = fp + code[pc + 1]!;
                i32[d] = i32[a] !== n || i32[a + 1] !== n >> 31 ? 1 : 0;
                i32[d + 1] = 0;
                break;
              }
              case O.EqF: {
                const a = (fp + code[pc + 2]!) >> 1;
                const b = (fp + code[pc + 3]!) >> 1;
                const d = fp + code[pc + 1]!;
                i32[d] = f64[a] === f64[b] ? 1 : 0;
                i32[d + 1] = 0;
                break;
              }
              case O.LtF: {
                const a = (fp + code[pc + 2]!) >> 1;
                const b = (fp + code[pc + 3]!) >> 1;
                const d = fp + code[pc + 1]!;
                i32[d] = f64[a]! < f64[b]! ? 1 : 0;
                i32[d + 1] = 0;
                break;
              }
              case O.LeF: {
                const a = (fp + code[pc + 2]!) >> 1;
                const b = (fp + code[pc + 3]!) >> 1;
                const d = fp + code[pc + 1]!;
                i32[d] = f64[a]! <= f64[b]! ? 1 : 0;
                i32[d + 1] = 0;
                break;
              }
              case O.Not: {
                const d = fp + code[pc + 1]!;
                i32[d] = i32[fp + code[pc + 2]!]! ^ 1;
                i32[d + 1] = 0;
                break;
              }
              case O.AddInt: {
                const d = fp + code[pc + 1]!;
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                const al = i32[a]!;
                const sum = (al + i32[b]!) | 0;
                i32[d + 1] = i32[a + 1]! + i32[b + 1]! + (sum >>> 0 < al >>> 0 ? 1 : 0);
                i32[d] = sum;
                break;
              }
              case O.SubInt: {
                const d = fp + code[pc + 1]!;
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                const al = i32[a]!;
                const bl = i32[b]!;
                i32[d + 1] = i32[a + 1]! - i32[b + 1]! - (al >>> 0 < bl >>> 0 ? 1 : 0);
                i32[d] = al - bl;
                break;
              }
              case O.AddI: {
                const d = fp + code[pc + 1]!;
                const a = fp + code[pc + 2]!;
                const n = code[pc + 3]!;
                const al = i32[a]!;
                const sum = (al + n) | 0;
                i32[d + 1] = i32[a + 1]! + (n >> 31) + (sum >>> 0 < al >>> 0 ? 1 : 0);
                i32[d] = sum;
                break;
              }
              case O.MulInt: {
                const d = fp + code[pc + 1]!;
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                multiply(i32, d, i32[a]!, i32[a + 1]!, i32[b]!, i32[b + 1]!);
                break;
              }
              case O.MulI: {
                const a = fp + code[pc + 2]!;
                const n = code[pc + 3]!;
                multiply(i32, fp + code[pc + 1]!, i32[a]!, i32[a + 1]!, n, n >> 31);
                break;
              }
              case O.DivInt: {
                const d = fp + code[pc + 1]!;
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                const bl = i32[b]!;
                const bh = i32[b + 1]!;
                if ((bl | bh) === 0) throw vm.fail(fault.divide(), pc, fp, t, x);
                divide(i32, d, i32[a]!, i32[a + 1]!, bl, bh);
                break;
              }
              case O.ModInt: {
                const d = fp + code[pc + 1]!;
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                const bl = i32[b]!;
                const bh = i32[b + 1]!;
                if ((bl | bh) === 0) throw vm.fail(fault.divide(), pc, fp, t, x);
                remainder(i32, d, i32[a]!, i32[a + 1]!, bl, bh);
                break;
              }
              case O.And: {
                const d = fp + code[pc + 1]!;
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                i32[d] = i32[a]! & i32[b]!;
                i32[d + 1] = i32[a + 1]! & i32[b + 1]!;
                break;
              }
              case O.Or: {
                const d = fp + code[pc + 1]!;
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                i32[d] = i32[a]! | i32[b]!;
                i32[d + 1] = i32[a + 1]! | i32[b + 1]!;
                break;
              }
              case O.Xor: {
                const d = fp + code[pc + 1]!;
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                i32[d] = i32[a]! ^ i32[b]!;
                i32[d + 1] = i32[a + 1]! ^ i32[b + 1]!;
                break;
              }
              case O.AndI: {
                const d = fp + code[pc + 1]!;
                const a = fp + code[pc + 2]!;
                const n = code[pc + 3]!;
                i32[d] = i32[a]! & n;
                i32[d + 1] = i32[a + 1]! & (n >> 31);
                break;
              }
              case O.Shl: {
                const d = fp + code[pc + 1]!;
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                const n = i32[b]!;
                if (i32[b + 1] === 0 && n >>> 0 < 64) shiftLeft(i32, d, i32[a]!, i32[a + 1]!, n);
                else i32[d] = i32[d + 1] = 0;
                break;
              }
              case O.Shr: {
                const d = fp + code[pc + 1]!;
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                const n = i32[b]!;
                if (i32[b + 1] === 0 && n >>> 0 < 64) shiftRight(i32, d, i32[a]!, i32[a + 1]!, n);
                else i32[d] = i32[d + 1] = i32[a + 1]! >> 31;
                break;
              }
              case O.ShrU: {
                const d = fp + code[pc + 1]!;
                const a = fp + code[pc + 2]!;
                const b = fp + code[pc + 3]!;
                const n = i32[b]!;
                if (i32[b + 1] === 0 && n >>> 0 < 64) shiftRightUnsigned(i32, d, i32[a]!, i32[a + 1]!, n);
                else i32[d] = i32[d + 1] = 0;
                break;
              }
              case O.ShlI: {
                const a = fp + code[pc + 2]!;
                shiftLeft(i32, fp + code[pc + 1]!, i32[a]!, i32[a + 1]!, code[pc + 3]!);
                break;
              }
              case O.ShrI: {
                const a = fp + code[pc + 2]!;
                shiftRight(i32, fp + code[pc + 1]!, i32[a]!, i32[a + 1]!, code[pc + 3]!);
                break;
              }
              case O.ShrUI: {
                const a = fp + code[pc + 2]!;
                shiftRightUnsigned(i32, fp + code[pc + 1]!, i32[a]!, i32[a + 1]!, code[pc + 3]!);
                break;
              }
              case O.Ext8: {
                const d = fp + code[pc + 1]!;
                const v = i32[fp + code[pc + 2]!]!;
                const w = (v << 24) >> 24;
                i32[d] = w;
                i32[d + 1] = w >> 31;
                break;
              }
              case O.Ext32: {
                const d = fp + code[pc + 1]!;
                const v = i32[fp + code[pc + 2]!]!;
                const w = v;
                i32[d] = w;
                i32[d + 1] = w >> 31;
                break;
              }
              case O.ExtU8: {
                const d = fp + code[pc + 1]!;
                const v = i32[fp + code[pc + 2]!]!;
                i32[d] = v & 255;
                i32[d + 1] = 0;
                break;
              }
              case O.ExtU32: {
                const d = fp + code[pc + 1]!;
                const v = i32[fp + code[pc + 2]!]!;
                i32[d] = v;
                i32[d + 1] = 0;
                break;
              }
              case O.AddF: {
                f64[(fp + code[pc + 1]!) >> 1] = f64[(fp + code[pc + 2]!) >> 1]! + f64[(fp + code[pc + 3]!) >> 1]!;
                break;
              }
              case O.SubF: {
                f64[(fp + code[pc + 1]!) >> 1] = f64[(fp + code[pc + 2]!) >> 1]! - f64[(fp + code[pc + 3]!) >> 1]!;
                break;
              }
              case O.MulF: {
                f64[(fp + code[pc + 1]!) >> 1] = f64[(fp + code[pc + 2]!) >> 1]! * f64[(fp + code[pc + 3]!) >> 1]!;
                break;
              }
              case O.DivF: {
                f64[(fp + code[pc + 1]!) >> 1] = f64[(fp + code[pc + 2]!) >> 1]! / f64[(fp + code[pc + 3]!) >> 1]!;
                break;
              }
              case O.LoadG: {
                if (t > tNear) break limit;
                at = globals + code[pc + 2]!;
                break load;
              }
              case O.StoreG: {
                if (t > tNear) break limit;
                at = globals + code[pc + 1]!;
                from = fp + code[pc + 2]!;
                break store;
              }
              case O.Load: {
                if (t > tNear) break limit;
                const p = i32[fp + code[pc + 2]!]!;
                if (p === 0) throw vm.fail(fault.nil(), pc, fp, t, x);
                at = p + code[pc + 3]!;
                break load;
              }
              case O.Store: {
                if (t > tNear) break limit;
                const p = i32[fp + code[pc + 1]!]!;
                if (p === 0) throw vm.fail(fault.nil(), pc, fp, t, x);
                at = p + code[pc + 2]!;
                from = fp + code[pc + 3]!;
                break store;
              }
              case O.LoadElem: {
                if (t > tNear) break limit;
                const slice = fp + code[pc + 2]!;
                const index = fp + code[pc + 3]!;
                const i = i32[index]!;
                if (i32[index + 1] !== 0 || i >>> 0 >= i32[slice + 2]!)
                  throw vm.outOfRange(index, i32[slice + 2]!, pc, fp, t, x);
                at = i32[slice]! + i * 2;
                break load;
              }
              case O.StoreElem: {
                if (t > tNear) break limit;
                const slice = fp + code[pc + 1]!;
                const index = fp + code[pc + 2]!;
                const i = i32[index]!;
                if (i32[index + 1] !== 0 || i >>> 0 >= i32[slice + 2]!)
                  throw vm.outOfRange(index, i32[slice + 2]!, pc, fp, t, x);
                at = i32[slice]! + i * 2;
                from = fp + code[pc + 3]!;
                break store;
              }
              case O.ElemAddr: {
                const slice = fp + code[pc + 2]!;
                const index = fp + code[pc + 3]!;
                const i = i32[index]!;
                if (i32[index + 1] !== 0 || i >>> 0 >= i32[slice + 2]!)
                  throw vm.outOfRange(index, i32[slice + 2]!, pc, fp, t, x);
                const at = i32[slice]! + i * code[pc + 5]! * 2;
                const d = fp + code[pc + 1]!;
                i32[d] = at;
                i32[d + 1] = 0;
                pc += 8;
                continue;
              }
              case O.Bounds: {
                const index = fp + code[pc + 1]!;
                if (i32[index + 1] !== 0 || i32[index]! >>> 0 >= code[pc + 2]!)
                  throw vm.outOfRange(index, code[pc + 2]!, pc, fp, t, x);
                break;
              }
              case O.PtrIndex: {
                const p = i32[fp + code[pc + 2]!]!;
                if (p === 0) throw vm.fail(fault.nil(), pc, fp, t, x);
                const d = fp + code[pc + 1]!;
                i32[d] = p + i32[fp + code[pc + 3]!]! * code[pc + 5]! * 2;
                i32[d + 1] = 0;
                pc += 8;
                continue;
              }
              case O.LoadN: {
                if (t > tNear) break limit;
                const p = i32[fp + code[pc + 2]!]!;
                if (p === 0) throw vm.fail(fault.nil(), pc, fp, t, x);
                const n = code[pc + 5]!;
                const s = p + code[pc + 3]!;
                if (detect) {
                  vm.save(pc, fp, t, x);
                  vm.read(s, n);
                  i32 = memory.i32;
                  f64 = memory.f64;
                  reads = filter.reads;
                  writes = filter.writes;
                }
                i32.copyWithin(fp + code[pc + 1]!, s, s + n * 2);
                pc += 8;
                continue;
              }
              case O.StoreN: {
                if (t > tNear) break limit;
                const p = i32[fp + code[pc + 1]!]!;
                if (p === 0) throw vm.fail(fault.nil(), pc, fp, t, x);
                const n = code[pc + 5]!;
                const s = fp + code[pc + 3]!;
                const at = p + code[pc + 2]!;
                if (detect) {
                  vm.save(pc, fp, t, x);
                  vm.write(at, n, i32[s]!, i32[s + 1]!);
                  i32 = memory.i32;
                  f64 = memory.f64;
                  reads = filter.reads;
                  writes = filter.writes;
                }
                i32.copyWithin(at, s, s + n * 2);
                pc += 8;
                continue;
              }
              case O.Offset: {
                const p = i32[fp + code[pc + 2]!]!;
                if (p === 0) throw vm.fail(fault.nil(), pc, fp, t, x);
                const d = fp + code[pc + 1]!;
                i32[d] = p + code[pc + 3]!;
                i32[d + 1] = 0;
                break;
              }
              case O.New: {
                vm.save(pc, fp, t, x);
                accounts.allocate(valueBytes[code[pc + 2]!]!);
                const address = memory.alloc(code[pc + 3]!, pc << 2);
                i32 = memory.i32;
                f64 = memory.f64;
                const d = fp + code[pc + 1]!;
                i32[d] = address;
                i32[d + 1] = 0;
                break;
              }
              case O.NewOf: {
                vm.save(pc, fp, t, x);
                const n = code[pc + 5]!;
                accounts.allocate(valueBytes[code[pc + 3]!]!);
                const address = memory.alloc(n, pc << 2);
                i32 = memory.i32;
                f64 = memory.f64;
                const s = fp + code[pc + 2]!;
                if (n === 1) {
                  i32[address] = i32[s]!;
                  i32[address + 1] = i32[s + 1]!;
                } else i32.copyWithin(address, s, s + n * 2);
                const d = fp + code[pc + 1]!;
                i32[d] = address;
                i32[d + 1] = 0;
                pc += 8;
                continue;
              }
              case O.FuncValue: {
                const d = fp + code[pc + 1]!;
                i32[d] = functionValues + code[pc + 2]! * 2;
                i32[d + 1] = 0;
                break;
              }
              case O.Captured: {
                const d = fp + code[pc + 1]!;
                const s = i32[fp - 4]! + 2 + code[pc + 2]! * 2;
                i32[d] = i32[s]!;
                i32[d + 1] = i32[s + 1]!;
                break;
              }
              case O.Call: {
                if (t > tFar) break limit;
                callee = code[pc + 1]!;
                closure = 0;
                delta = code[pc + 2]!;
                break enter;
              }
              case O.CallClosure: {
                if (t > tFar) break limit;
                closure = i32[fp + code[pc + 1]!]!;
                if (closure === 0) throw vm.fail(fault.nil(), pc, fp, t, x);
                callee = i32[closure]!;
                delta = code[pc + 2]!;
                break enter;
              }
              case O.CallIface: {
                if (t > tFar) break limit;
                const receiver = fp + code[pc + 1]!;
                delta = code[pc + 2]!;
                if (i32[receiver] === 0) throw vm.fail(fault.nil(), pc, fp, t, x);
                callee = vm.methodOf(receiver, code[pc + 3]!);
                closure = 0;
                i32[fp + delta] = i32[receiver + 2]!;
                i32[fp + delta + 1] = i32[receiver + 3]!;
                break enter;
              }
              case O.Return: {
                pc = i32[fp - 2]!;
                fp -= i32[fp - 1]!;
                continue;
              }
              case O.Send: {
                if (t > tLimit) break limit;
                vm.a = fp + code[pc + 1]!;
                vm.b = fp + code[pc + 2]!;
                vm.save(pc, fp, t, x);
                return vm.leave(Trap.Send, pc + 4);
              }
              case O.Recv: {
                if (t > tLimit) break limit;
                vm.a = code[pc + 1]! < 0 ? 0 : fp + code[pc + 1]!;
                vm.b = fp + code[pc + 2]!;
                vm.c = code[pc + 3]! < 0 ? 0 : fp + code[pc + 3]!;
                vm.save(pc, fp, t, x);
                return vm.leave(Trap.Recv, pc + 4);
              }
              case O.Select: {
                if (t > tLimit) break limit;
                vm.a = fp + code[pc + 1]!;
                vm.b = code[pc + 2]!;
                vm.save(pc, fp, t, x);
                return vm.leave(Trap.Select, pc + 4);
              }
              case O.Go: {
                if (t > tLimit) break limit;
                vm.a = fp + code[pc + 1]!;
                vm.b = fp + code[pc + 2]!;
                vm.c = code[pc + 3]!;
                vm.save(pc, fp, t, x);
                if (i32[vm.a] === 0) return vm.fatal('fatal.go-of-nil-func', 'go of nil func value');
                return vm.leave(Trap.Go, pc + 4);
              }
              case O.Native: {
                if (t > tLimit) break limit;
                vm.a = fp + code[pc + 1]!;
                vm.c = code[pc + 2]!;
                vm.save(pc, fp, t, x);
                return vm.leave(Trap.Native, pc + 4);
              }
              case O.End: {
                vm.save(pc, fp, t, x);
                return vm.leave(Trap.End, pc);
              }
              default: {
                if (t > tLimit) break limit;
                const op = code[pc]!;
                vm.save(pc, fp, t, x);
                vm.pc = pc + WIDTHS[op]!;
                (COLD[op] as Handler)(vm, pc, fp);
                if (vm.trapped >= 0) return vm.leaveTrapped();
                i32 = memory.i32;
                f64 = memory.f64;
                reads = filter.reads;
                writes = filter.writes;
                fp = vm.fp;
                pc = vm.pc;
                if (vm.x !== x) {
                  x = vm.x;
                  vm.setTickLimit();
                  ({ tLimit, tNear, tFar } = vm);
                }
                continue;
              }
            }
            pc += 4;
            continue;
          }
          // A load of one slot from word address `at`.
          if (detect) {
            const slot = at >> 1;
            if (reads[slot] !== segment && writes[slot] !== segment) {
              vm.save(pc, fp, t, x);
              vm.touch(false, at, 1, i32[at]!, i32[at + 1]!);
              i32 = memory.i32;
              f64 = memory.f64;
              reads = filter.reads;
              writes = filter.writes;
            }
          }
          const d = fp + code[pc + 1]!;
          i32[d] = i32[at]!;
          i32[d + 1] = i32[at + 1]!;
          pc += 4;
          continue;
        }
        // A store of the slot at `from` to word address `at`.
        if (detect && writes[at >> 1] !== segment) {
          vm.save(pc, fp, t, x);
          vm.touch(true, at, 1, i32[from]!, i32[from + 1]!);
          i32 = memory.i32;
          f64 = memory.f64;
          reads = filter.reads;
          writes = filter.writes;
        }
        i32[at] = i32[from]!;
        i32[at + 1] = i32[from + 1]!;
        pc += 4;
        continue;
      }
      // A call: the callee's frame starts `delta` words above the caller's.
      if (fp + delta + frameWords[callee]! > vm.stackEnd) {
        vm.save(pc, fp, t, x);
        grow(vm, fp + delta + frameWords[callee]!);
        i32 = memory.i32;
        f64 = memory.f64;
        vm.setTickLimit();
        ({ fp, x, tLimit, tNear, tFar } = vm);
      }
      fp += delta;
      i32[fp - 1] = delta;
      i32[fp - 2] = pc + 4;
      i32[fp - 3] = 0;
      i32[fp - 4] = closure;
      pc = entries[callee]!;
      x += callExtra;
      tLimit -= callTicks;
      tNear -= callTicks;
      tFar -= callTicks;
      continue;
    }
    // The operation at pc may not start yet: t has passed the limit of its kind.
    vm.save(pc, fp, t - 1, x);
    const trap = vm.overLimit(pc, horizonOf(code[pc]!, t, tNear, tFar));
    if (trap >= 0) return trap as TrapCode;
    ({ t, x, tLimit, tNear, tFar } = vm);
  }
}
