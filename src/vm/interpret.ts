/**
 * This file defines the interpreter's loop: one switch over the instructions that matter for speed, each as it mostly goes. What is rarer of them, and
 * every other instruction, is a handler in a table (cold.ts); the loop gives such an instruction up before it has done anything: to its handler (`break cold`),
 * or to {@link step} because it is at a limit or a call (`break slow`).
 *
 * That is what makes it fast, for the host's compiler (V8's TurboFan): nothing is called between two instructions, so that where the typed arrays lie
 * and how long they are stays in registers; every register of the loop is a word (`| 0`), so that none is boxed or checked for overflow; and the loop is
 * left at least every {@link UNITS_BETWEEN_QUESTIONS} instructions, so that it is soon entered as compiled from its start and not from its middle.
 * Products are taken as words, too (`Math.imul`). Addresses are even, and instructions start at multiples of four: `d | 1` is the word behind, `pc | 3` the third operand.
 *
 * Registers are locals: `fp`, `pc`, `t` (instructions since `run` began, and for each call what it costs beyond one, in instructions), `calls`, the
 * arrays, the access filter's, and `tLimit`, `tNear` and `tFar`, the values of t beyond which an operation of each kind may not start (horizon.ts).
 * A case begins with the operands that it needs: of the first three `x`, `y` and `z` as numbers, `a`, `b` and `c` as registers (what bytecode/op.ts calls
 * so). Read before it is known which instruction it is, they would stand there once, but calls and returns, which need fewer, would take a tenth longer. A
 * case ends with `break` to go on behind a four-word instruction, with `continue` when it has set pc itself, and with `break NAME` to what several cases
 * have in common, which is written once below the switch: code that stands in one place is compiled sooner.
 *
 * The enum repeats the numbering of bytecode/op.ts in this file because only enums of the same file become constants, and the switch a jump table;
 * a test compares the two.
 */
import { divide, multiply, remainder } from '../base/int64';
import { COLD } from './cold';
import { OPS, instructionWords } from '../bytecode/op';
import { horizonOf } from './horizon';
import { makeClosure } from './closures';
import { mapGet, mapNext, mapSet } from './maps';
import { defer, returnDefers } from './panic';
import { allocate, allocateOf } from './access';
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

/** Slots that the loop moves or clears itself: calling the host's copyWithin takes as long as some twenty. All of them are free of charge (vm/work.ts). */
const SHORT = 16;

/** By instruction: whether it reads (1) or writes (2) shared memory of one slot or of many. */
const TOUCHES = Uint8Array.from(OPS, ({ name }) => (name.startsWith('Load') ? 1 : name.startsWith('Store') ? 2 : 0));

/** Bytes of strings that the loop compares itself: up to so many it is free of charge, too. */
const SHORT_TEXT = 128;

const TWO32 = 4294967296;
/** Integers up to this magnitude are exact as doubles. */
const EXACT = 9007199254740992;

const WIDTHS = Int32Array.from(OPS, (_, op) => instructionWords(op));
const HORIZONS = OPS.map(({ name }) => horizonOf(name));

/** Ticks up to which the loop may count on: it counts in words, and work that is charged for may be much. */
const MOST_TICKS = 1 << 28;

/** What {@link loop} returns before an instruction that it leaves to {@link step}. */
const SLOW = -1;
/** … and after an instruction whose handler trapped, moved memory or the stack, or did very much work. */
const AGAIN = -2;

/** Runs instructions from the vm's registers on until one traps. @throws GoPanic, StackOverflow, OutOfMemory, MemoryExhausted with the registers saved */
export function interpret(vm: Vm): TrapCode {
  for (;;) {
    const trap = loop(vm);
    if (trap >= 0) return trap as TrapCode;
    if (trap === AGAIN) {
      if (vm.trapped >= 0) return vm.leaveTrapped();
      vm.fold();
      continue;
    }
    const other = step(vm);
    if (other >= 0) return other as TrapCode;
  }
}

/** Executes one instruction by its handler, unless it may not start yet. @returns a trap, or −1 */
function step(vm: Vm): number {
  const { pc, fp, x } = vm;
  const op = vm.code.words[pc]!;
  const horizon = HORIZONS[op]!;
  if (vm.t >= vm.ticksTo(horizon)) return vm.overLimit(pc, horizon);
  vm.t++;
  vm.at = pc;
  vm.pc = pc + WIDTHS[op]!;
  handle(vm, op, pc, fp);
  if (vm.trapped >= 0) return vm.leaveTrapped();
  if (vm.x !== x || vm.t > MOST_TICKS) vm.fold();
  return -1;
}

/** Of its own, so that what the host knows of handlers it knows at once wherever one is called: at a place that had met one only, a second threw the loop back. */
function handle(vm: Vm, op: number, pc: number, fp: number): void {
  COLD[op]!(vm, pc, fp);
}

/** Runs instructions as long as they go as they mostly do. @returns a trap, or {@link SLOW} with the registers saved as before the instruction */
function loop(vm: Vm): number {
  const { callTicks, functionValues, dataBytes, entries, frameWords, dispatch, methods, valueSlots } = vm;
  const code = vm.code.words;
  const { i32, f64, bytes } = vm.memory;
  const { filter } = vm;
  // Beyond their end the host would have to look: code that never did would be thrown away.
  if (filter.enabled && filter.reads.length * 2 < i32.length) filter.makeRoom(i32.length >> 1);
  const detect = filter.enabled;
  let { reads, writes, segment } = filter;
  const { globals, stackEnd } = vm;
  const tLimit = vm.tLimit | 0;
  const tNear = vm.tNear | 0;
  const tFar = vm.tFar | 0;
  let fp = vm.fp | 0;
  let pc = vm.pc | 0;
  let t = vm.t | 0;
  let calls = 0;
  vm.x0 = vm.x;
  let trap: TrapCode = Trap.Limit;
  // Of the copy, of the jump and of the call being made: their cases share what follows the switch.
  let to = 0;
  let from = 0;
  let n = 0;
  let width = 0;
  let target = 0;
  let callee = 0;
  let closure = 0;
  let delta = 0;
  slow: for (;;) {
    t = (t + 1) | 0;
    asked: {
      enter: {
        jump: {
          copy: {
            touch: {
              store: {
                load: {
                  settle: {
                    cold: {
                      switch (code[pc]) {
                        case O.Move: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          i32[a] = i32[b]!;
                          i32[a | 1] = i32[b | 1]!;
                          break;
                        }
                        case O.Move2: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const lo = i32[(b + 2) | 0]!;
                          const hi = i32[(b + 3) | 0]!;
                          i32[a] = i32[b]!;
                          i32[a | 1] = i32[b | 1]!;
                          i32[(a + 2) | 0] = lo;
                          i32[(a + 3) | 0] = hi;
                          break;
                        }
                        case O.MoveN: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          if (z > SHORT) break slow;
                          to = a;
                          from = b;
                          n = z;
                          width = 4;
                          break copy;
                        }
                        case O.Const: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const z = code[pc | 3]!;
                          i32[a] = y;
                          i32[a | 1] = z;
                          break;
                        }
                        case O.ConstStr: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const z = code[pc | 3]!;
                          i32[a] = dataBytes + y;
                          i32[a | 1] = z;
                          break;
                        }
                        case O.Zero: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          if (y > SHORT) break slow;
                          for (let k = 0; k < y * 2; k++) i32[(a + k) | 0] = 0;
                          break;
                        }
                        case O.Word: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          i32[a] = i32[b]!;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.Jump: {
                          const x = code[pc | 1]!;
                          target = x;
                          break jump;
                        }
                        case O.JumpIf: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          if (i32[a] === 0) break;
                          target = y;
                          break jump;
                        }
                        case O.JumpIfNot: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          if (i32[a] !== 0) break;
                          target = y;
                          break jump;
                        }
                        case O.JeqInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          if (i32[a] !== i32[b] || i32[a | 1] !== i32[b | 1]) break;
                          target = z;
                          break jump;
                        }
                        case O.JneInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          if (i32[a] === i32[b] && i32[a | 1] === i32[b | 1]) break;
                          target = z;
                          break jump;
                        }
                        case O.JltInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          const ah = i32[a | 1]!;
                          const bh = i32[b | 1]!;
                          if (ah > bh || (ah === bh && i32[a]! >>> 0 >= i32[b]! >>> 0)) break;
                          target = z;
                          break jump;
                        }
                        case O.JleInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          const ah = i32[a | 1]!;
                          const bh = i32[b | 1]!;
                          if (ah > bh || (ah === bh && i32[a]! >>> 0 > i32[b]! >>> 0)) break;
                          target = z;
                          break jump;
                        }
                        case O.JltUint: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          const ah = i32[a | 1]! >>> 0;
                          const bh = i32[b | 1]! >>> 0;
                          if (ah > bh || (ah === bh && i32[a]! >>> 0 >= i32[b]! >>> 0)) break;
                          target = z;
                          break jump;
                        }
                        case O.JleUint: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          const ah = i32[a | 1]! >>> 0;
                          const bh = i32[b | 1]! >>> 0;
                          if (ah > bh || (ah === bh && i32[a]! >>> 0 > i32[b]! >>> 0)) break;
                          target = z;
                          break jump;
                        }
                        case O.JeqI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const z = code[pc | 3]!;
                          if (i32[a] !== y || i32[a | 1] !== y >> 31) break;
                          target = z;
                          break jump;
                        }
                        case O.JneI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const z = code[pc | 3]!;
                          if (i32[a] === y && i32[a | 1] === y >> 31) break;
                          target = z;
                          break jump;
                        }
                        case O.JltI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const z = code[pc | 3]!;
                          const ah = i32[a | 1]!;
                          const yh = y >> 31;
                          if (ah > yh || (ah === yh && i32[a]! >>> 0 >= y >>> 0)) break;
                          target = z;
                          break jump;
                        }
                        case O.JleI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const z = code[pc | 3]!;
                          const ah = i32[a | 1]!;
                          const yh = y >> 31;
                          if (ah > yh || (ah === yh && i32[a]! >>> 0 > y >>> 0)) break;
                          target = z;
                          break jump;
                        }
                        case O.JgtI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const z = code[pc | 3]!;
                          const ah = i32[a | 1]!;
                          const yh = y >> 31;
                          if (ah < yh || (ah === yh && i32[a]! >>> 0 <= y >>> 0)) break;
                          target = z;
                          break jump;
                        }
                        case O.JgeI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const z = code[pc | 3]!;
                          const ah = i32[a | 1]!;
                          const yh = y >> 31;
                          if (ah < yh || (ah === yh && i32[a]! >>> 0 < y >>> 0)) break;
                          target = z;
                          break jump;
                        }
                        case O.EqInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          i32[a] = i32[b] === i32[c] && i32[b | 1] === i32[c | 1] ? 1 : 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.NeInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          i32[a] = i32[b] !== i32[c] || i32[b | 1] !== i32[c | 1] ? 1 : 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.LtInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          const bh = i32[b | 1]!;
                          const ch = i32[c | 1]!;
                          i32[a] = bh < ch || (bh === ch && i32[b]! >>> 0 < i32[c]! >>> 0) ? 1 : 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.LeInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          const bh = i32[b | 1]!;
                          const ch = i32[c | 1]!;
                          i32[a] = bh < ch || (bh === ch && i32[b]! >>> 0 <= i32[c]! >>> 0) ? 1 : 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.LtUint: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          const bh = i32[b | 1]! >>> 0;
                          const ch = i32[c | 1]! >>> 0;
                          i32[a] = bh < ch || (bh === ch && i32[b]! >>> 0 < i32[c]! >>> 0) ? 1 : 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.LeUint: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          const bh = i32[b | 1]! >>> 0;
                          const ch = i32[c | 1]! >>> 0;
                          i32[a] = bh < ch || (bh === ch && i32[b]! >>> 0 <= i32[c]! >>> 0) ? 1 : 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.EqI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          i32[a] = i32[b] === z && i32[b | 1] === z >> 31 ? 1 : 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.NeI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          i32[a] = i32[b] !== z || i32[b | 1] !== z >> 31 ? 1 : 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.EqF: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          i32[a] = f64[b >> 1] === f64[c >> 1] ? 1 : 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.LtF: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          i32[a] = f64[b >> 1]! < f64[c >> 1]! ? 1 : 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.LeF: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          i32[a] = f64[b >> 1]! <= f64[c >> 1]! ? 1 : 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.EqStr: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tLimit) break slow;
                          const length = i32[b | 1]!;
                          let same = length === i32[c | 1];
                          const first = i32[b]!;
                          const second = i32[c]!;
                          if (same && first !== second) {
                            if (length > SHORT_TEXT) break cold;
                            let k = 0;
                            while (k < length && bytes[(first + k) | 0] === bytes[(second + k) | 0]) k++;
                            same = k === length;
                          }
                          i32[a] = same ? 1 : 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.Not: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          i32[a] = i32[b]! ^ 1;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.AddInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          const bl = i32[b]!;
                          const sum = (bl + i32[c]!) | 0;
                          i32[a | 1] = i32[b | 1]! + i32[c | 1]! + (sum >>> 0 < bl >>> 0 ? 1 : 0);
                          i32[a] = sum;
                          break;
                        }
                        case O.SubInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          const bl = i32[b]!;
                          const cl = i32[c]!;
                          i32[a | 1] = i32[b | 1]! - i32[c | 1]! - (bl >>> 0 < cl >>> 0 ? 1 : 0);
                          i32[a] = bl - cl;
                          break;
                        }
                        case O.AddI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          const bl = i32[b]!;
                          const sum = (bl + z) | 0;
                          i32[a | 1] = i32[b | 1]! + (z >> 31) + (sum >>> 0 < bl >>> 0 ? 1 : 0);
                          i32[a] = sum;
                          break;
                        }
                        case O.MulInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          multiply(i32, a, i32[b]!, i32[b | 1]!, i32[c]!, i32[c | 1]!);
                          break;
                        }
                        case O.MulI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          multiply(i32, a, i32[b]!, i32[b | 1]!, z, z >> 31);
                          break;
                        }
                        case O.DivInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          const bl = i32[b]!;
                          const cl = i32[c]!;
                          const ch = i32[c | 1]!;
                          if ((cl | ch) === 0) break slow;
                          if (i32[b | 1] === bl >> 31 && ch === 0 && cl > 0) {
                            const quotient = (bl / cl) | 0;
                            i32[a] = quotient;
                            i32[a | 1] = quotient >> 31;
                          } else divide(i32, a, bl, i32[b | 1]!, cl, ch);
                          break;
                        }
                        case O.ModInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          const bl = i32[b]!;
                          const cl = i32[c]!;
                          const ch = i32[c | 1]!;
                          if ((cl | ch) === 0) break slow;
                          if (i32[b | 1] === bl >> 31 && ch === 0 && cl > 0) {
                            const rest = (bl % cl) | 0;
                            i32[a] = rest;
                            i32[a | 1] = rest >> 31;
                          } else remainder(i32, a, bl, i32[b | 1]!, cl, ch);
                          break;
                        }
                        case O.DivUint: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tLimit) break slow;
                          const bl = i32[b]!;
                          const cl = i32[c]!;
                          if ((i32[b | 1]! | i32[c | 1]!) !== 0 || cl === 0) break cold;
                          i32[a] = (bl >>> 0) / (cl >>> 0);
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.ModUint: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tLimit) break slow;
                          const bl = i32[b]!;
                          const cl = i32[c]!;
                          if ((i32[b | 1]! | i32[c | 1]!) !== 0 || cl === 0) break cold;
                          i32[a] = (bl >>> 0) % (cl >>> 0);
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.And: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          i32[a] = i32[b]! & i32[c]!;
                          i32[a | 1] = i32[b | 1]! & i32[c | 1]!;
                          break;
                        }
                        case O.Or: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          i32[a] = i32[b]! | i32[c]!;
                          i32[a | 1] = i32[b | 1]! | i32[c | 1]!;
                          break;
                        }
                        case O.Xor: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          i32[a] = i32[b]! ^ i32[c]!;
                          i32[a | 1] = i32[b | 1]! ^ i32[c | 1]!;
                          break;
                        }
                        case O.AndNot: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tLimit) break slow;
                          i32[a] = i32[b]! & ~i32[c]!;
                          i32[a | 1] = i32[b | 1]! & ~i32[c | 1]!;
                          break;
                        }
                        case O.AndI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          i32[a] = i32[b]! & z;
                          i32[a | 1] = i32[b | 1]! & (z >> 31);
                          break;
                        }
                        case O.Shl: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          const n = i32[c]!;
                          if (i32[c | 1] !== 0 || n >>> 0 >= 64) break slow;
                          const bl = i32[b]!;
                          const wide = (n & 32) !== 0;
                          i32[a | 1] = wide ? bl << n : (i32[b | 1]! << n) | ((bl >>> 1) >>> (31 - n));
                          i32[a] = wide ? 0 : bl << n;
                          break;
                        }
                        case O.Shr: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          const n = i32[c]!;
                          if (i32[c | 1] !== 0 || n >>> 0 >= 64) break slow;
                          const bh = i32[b | 1]!;
                          const wide = (n & 32) !== 0;
                          i32[a] = wide ? bh >> n : (i32[b]! >>> n) | ((bh << 1) << (31 - n));
                          i32[a | 1] = wide ? bh >> 31 : bh >> n;
                          break;
                        }
                        case O.ShrU: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          const n = i32[c]!;
                          if (i32[c | 1] !== 0 || n >>> 0 >= 64) break slow;
                          const bh = i32[b | 1]!;
                          const wide = (n & 32) !== 0;
                          i32[a] = wide ? bh >>> n : (i32[b]! >>> n) | ((bh << 1) << (31 - n));
                          i32[a | 1] = wide ? 0 : bh >>> n;
                          break;
                        }
                        case O.ShlI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          const bl = i32[b]!;
                          const wide = (z & 32) !== 0;
                          i32[a | 1] = wide ? bl << z : (i32[b | 1]! << z) | ((bl >>> 1) >>> (31 - z));
                          i32[a] = wide ? 0 : bl << z;
                          break;
                        }
                        case O.ShrI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          const bh = i32[b | 1]!;
                          const wide = (z & 32) !== 0;
                          i32[a] = wide ? bh >> z : (i32[b]! >>> z) | ((bh << 1) << (31 - z));
                          i32[a | 1] = wide ? bh >> 31 : bh >> z;
                          break;
                        }
                        case O.ShrUI: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          const bh = i32[b | 1]!;
                          const wide = (z & 32) !== 0;
                          i32[a] = wide ? bh >>> z : (i32[b]! >>> z) | ((bh << 1) << (31 - z));
                          i32[a | 1] = wide ? 0 : bh >>> z;
                          break;
                        }
                        case O.Ext8: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const value = (i32[b]! << 24) >> 24;
                          i32[a] = value;
                          i32[a | 1] = value >> 31;
                          break;
                        }
                        case O.Ext32: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const value = i32[b]!;
                          i32[a] = value;
                          i32[a | 1] = value >> 31;
                          break;
                        }
                        case O.ExtU8: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          i32[a] = i32[b]! & 255;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.ExtU32: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          i32[a] = i32[b]!;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.AddF: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          f64[a >> 1] = f64[b >> 1]! + f64[c >> 1]!;
                          break;
                        }
                        case O.SubF: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          f64[a >> 1] = f64[b >> 1]! - f64[c >> 1]!;
                          break;
                        }
                        case O.MulF: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          f64[a >> 1] = f64[b >> 1]! * f64[c >> 1]!;
                          break;
                        }
                        case O.DivF: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          f64[a >> 1] = f64[b >> 1]! / f64[c >> 1]!;
                          break;
                        }
                        case O.NegF: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          if (t > tLimit) break slow;
                          f64[a >> 1] = -f64[b >> 1]!;
                          break;
                        }
                        case O.IntToF: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          if (t > tLimit) break slow;
                          f64[a >> 1] = i32[b | 1]! * TWO32 + (i32[b]! >>> 0);
                          break;
                        }
                        case O.FToInt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          if (t > tLimit) break slow;
                          const value = f64[b >> 1]!;
                          if (!(value > -EXACT && value < EXACT)) break slow;
                          const whole = Math.trunc(value);
                          i32[a] = whole | 0;
                          i32[a | 1] = Math.floor(whole / TWO32);
                          break;
                        }
                        case O.Neg: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          if (t > tLimit) break slow;
                          const bl = i32[b]!;
                          i32[a | 1] = -i32[b | 1]! - (bl !== 0 ? 1 : 0);
                          i32[a] = -bl;
                          break;
                        }
                        case O.LoadG: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          if (t > tNear) break slow;
                          from = (globals + y) | 0;
                          to = a;
                          break load;
                        }
                        case O.StoreG: {
                          const x = code[pc | 1]!;
                          const b = (fp + code[pc | 2]!) | 0;
                          if (t > tNear) break slow;
                          to = (globals + x) | 0;
                          from = b;
                          break store;
                        }
                        case O.Load: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          if (t > tNear) break slow;
                          const address = i32[b]!;
                          if (address === 0) break slow;
                          from = (address + z) | 0;
                          to = a;
                          break load;
                        }
                        case O.Store: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tNear) break slow;
                          const address = i32[a]!;
                          if (address === 0) break slow;
                          to = (address + y) | 0;
                          from = c;
                          break store;
                        }
                        case O.LoadElem: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tNear) break slow;
                          const index = i32[c]!;
                          if (i32[c | 1] !== 0 || index >>> 0 >= i32[(b + 2) | 0]! >>> 0) break slow;
                          from = (i32[b]! + index * 2) | 0;
                          to = a;
                          break load;
                        }
                        case O.StoreElem: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tNear) break slow;
                          const index = i32[b]!;
                          if (i32[b | 1] !== 0 || index >>> 0 >= i32[(a + 2) | 0]! >>> 0) break slow;
                          to = (i32[a]! + index * 2) | 0;
                          from = c;
                          break store;
                        }
                        case O.ElemAddr: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          const index = i32[c]!;
                          if (i32[c | 1] !== 0 || index >>> 0 >= i32[(b + 2) | 0]! >>> 0) break slow;
                          i32[a] = i32[b]! + Math.imul(index, code[(pc + 5) | 0]! << 1);
                          i32[a | 1] = 0;
                          pc = (pc + 8) | 0;
                          continue;
                        }
                        case O.Bounds: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          if (i32[a | 1] !== 0 || i32[a]! >>> 0 >= y >>> 0) break slow;
                          break;
                        }
                        case O.PtrIndex: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          const address = i32[b]!;
                          if (address === 0) break slow;
                          i32[a] = address + Math.imul(i32[c]!, code[(pc + 5) | 0]! << 1);
                          i32[a | 1] = 0;
                          pc = (pc + 8) | 0;
                          continue;
                        }
                        case O.GetAt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tLimit) break slow;
                          const slots = code[(pc + 6) | 0]!;
                          if (slots > SHORT) break slow;
                          const element = (b + Math.imul(i32[c]!, code[(pc + 5) | 0]! << 1)) | 0;
                          if (slots !== 1) {
                            to = a;
                            from = element;
                            n = slots;
                            width = 8;
                            break copy;
                          }
                          i32[a] = i32[element]!;
                          i32[a | 1] = i32[element | 1]!;
                          pc = (pc + 8) | 0;
                          continue;
                        }
                        case O.SetAt: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tLimit) break slow;
                          const slots = code[(pc + 6) | 0]!;
                          if (slots > SHORT) break slow;
                          const element = (a + Math.imul(i32[b]!, code[(pc + 5) | 0]! << 1)) | 0;
                          if (slots !== 1) {
                            to = element;
                            from = c;
                            n = slots;
                            width = 8;
                            break copy;
                          }
                          i32[element] = i32[c]!;
                          i32[element | 1] = i32[c | 1]!;
                          pc = (pc + 8) | 0;
                          continue;
                        }
                        case O.GlobalAddr: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          if (t > tLimit) break slow;
                          i32[a] = (globals + y) | 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.NilCheck: {
                          const a = (fp + code[pc | 1]!) | 0;
                          if (t > tLimit || i32[a] === 0) break slow;
                          break;
                        }
                        case O.StrIndex: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tLimit) break slow;
                          const index = i32[c]!;
                          if (i32[c | 1] !== 0 || index >>> 0 >= i32[b | 1]! >>> 0) break slow;
                          i32[a] = bytes[(i32[b]! + index) | 0]!;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.StrSlice: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          const c = (fp + z) | 0;
                          if (t > tLimit) break slow;
                          const high = code[(pc + 5) | 0]!;
                          const length = i32[b | 1]!;
                          let start = 0;
                          let end = length;
                          if (z >= 0) {
                            start = i32[c]!;
                            if (i32[c | 1] !== 0 || start < 0) break cold;
                          }
                          if (high >= 0) {
                            const at = (fp + high) | 0;
                            end = i32[at]!;
                            if (i32[at | 1] !== 0 || end < 0) break cold;
                          }
                          if (end > length || start > end) break cold;
                          i32[a] = start === end ? 0 : i32[b]! + start;
                          i32[a | 1] = end - start;
                          pc = (pc + 8) | 0;
                          continue;
                        }
                        case O.StrRune: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tLimit) break slow;
                          const index = i32[c]!;
                          const byte = bytes[(i32[b]! + index) | 0]!;
                          if (byte >= 128) break slow;
                          i32[(a + 2) | 0] = index + 1;
                          i32[(a + 3) | 0] = 0;
                          i32[a] = byte;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.LoadN: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          if (t > tNear) break slow;
                          const address = i32[b]!;
                          n = code[(pc + 5) | 0]!;
                          if (address === 0 || n > SHORT) break slow;
                          to = a;
                          from = (address + z) | 0;
                          width = 8;
                          if (detect) {
                            const first = from >> 1;
                            for (let k = first; k < first + n; k++)
                              if (reads[k] !== segment && writes[k] !== segment) break touch;
                          }
                          break copy;
                        }
                        case O.StoreN: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tNear) break slow;
                          const address = i32[a]!;
                          n = code[(pc + 5) | 0]!;
                          if (address === 0 || n > SHORT) break slow;
                          to = (address + y) | 0;
                          from = c;
                          width = 8;
                          if (detect) {
                            const first = to >> 1;
                            for (let k = first; k < first + n; k++) if (writes[k] !== segment) break touch;
                          }
                          break copy;
                        }
                        case O.LoadGN: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const z = code[pc | 3]!;
                          if (z > SHORT) break cold;
                          if (t > tLimit) break slow;
                          to = a;
                          from = (globals + y) | 0;
                          n = z;
                          width = 4;
                          if (detect) {
                            const first = from >> 1;
                            for (let k = first; k < first + n; k++)
                              if (reads[k] !== segment && writes[k] !== segment) break cold;
                          }
                          break copy;
                        }
                        case O.StoreGN: {
                          const x = code[pc | 1]!;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          if (z > SHORT) break cold;
                          if (t > tLimit) break slow;
                          to = (globals + x) | 0;
                          from = b;
                          n = z;
                          width = 4;
                          if (detect) {
                            const first = to >> 1;
                            for (let k = first; k < first + n; k++) if (writes[k] !== segment) break cold;
                          }
                          break copy;
                        }
                        case O.Slice: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          const c = (fp + z) | 0;
                          if (t > tLimit) break slow;
                          const high = code[(pc + 5) | 0]!;
                          const coded = code[(pc + 7) | 0]!;
                          const capacity = i32[(b + 3) | 0]!;
                          let start = 0;
                          let end = i32[(b + 2) | 0]!;
                          if (z >= 0) {
                            start = i32[c]!;
                            if (i32[c | 1] !== 0 || start < 0) break cold;
                          }
                          if (high >= 0) {
                            const at = (fp + high) | 0;
                            end = i32[at]!;
                            if (i32[at | 1] !== 0 || end < 0) break cold;
                          }
                          if (code[(pc + 6) | 0]! >= 0 || end > capacity || start > end) break cold;
                          const first = i32[b]!;
                          i32[a] =
                            start === capacity ? first : first + Math.imul(start, (coded < 0 ? ~coded : coded) << 1);
                          i32[a | 1] = 0;
                          i32[(a + 2) | 0] = end - start;
                          i32[(a + 3) | 0] = capacity - start;
                          pc = (pc + 8) | 0;
                          continue;
                        }
                        case O.Append: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tLimit) break slow;
                          const slots = code[(pc + 7) | 0]!;
                          n = Math.imul(code[(pc + 5) | 0]!, slots);
                          const old = i32[(b + 2) | 0]!;
                          const capacity = i32[(b + 3) | 0]!;
                          const length = (old + code[(pc + 5) | 0]!) | 0;
                          // Values of some size, for which there is room.
                          if (n <= 0 || n > SHORT || length > capacity) break cold;
                          const address = i32[b]!;
                          to = (address + Math.imul(old, slots << 1)) | 0;
                          if (detect) {
                            const first = to >> 1;
                            for (let k = first; k < first + n; k++) if (writes[k] !== segment) break cold;
                          }
                          for (let k = 0; k < n * 2; k++) i32[(to + k) | 0] = i32[(c + k) | 0]!;
                          i32[a] = address;
                          i32[a | 1] = 0;
                          i32[(a + 2) | 0] = length;
                          i32[(a + 3) | 0] = capacity;
                          pc = (pc + 8) | 0;
                          continue;
                        }
                        case O.ToIface: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          if (t > tLimit) break slow;
                          if (valueSlots[z] !== 1) break cold;
                          const lo = i32[b]!;
                          const hi = i32[b | 1]!;
                          i32[a] = (z + 1) | 0;
                          i32[a | 1] = 0;
                          i32[(a + 2) | 0] = lo;
                          i32[(a + 3) | 0] = hi;
                          break;
                        }
                        case O.IsType: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          if (t > tLimit) break slow;
                          i32[a] = i32[b] === z + 1 ? 1 : 0;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.Assert: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          if (t > tLimit) break slow;
                          const ok = code[(pc + 5) | 0]!;
                          const holds = i32[b] === z + 1;
                          if (valueSlots[z] !== 1 || (ok < 0 && !holds)) break cold;
                          const lo = holds ? i32[(b + 2) | 0]! : 0;
                          const hi = holds ? i32[(b + 3) | 0]! : 0;
                          i32[a] = lo;
                          i32[a | 1] = hi;
                          if (ok >= 0) {
                            i32[(fp + ok) | 0] = holds ? 1 : 0;
                            i32[(fp + ok) | 1] = 0;
                          }
                          pc = (pc + 8) | 0;
                          continue;
                        }
                        case O.New: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const z = code[pc | 3]!;
                          vm.save(pc, fp, t, calls);
                          allocate(vm, a, y, z);
                          break settle;
                        }
                        case O.NewOf: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          vm.save(pc, fp, t, calls);
                          vm.pc = (pc + 8) | 0;
                          allocateOf(vm, a, b, z, code[(pc + 5) | 0]!);
                          break settle;
                        }
                        case O.Closure: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tLimit) break slow;
                          vm.save(pc, fp, t, calls);
                          vm.pc = (pc + 8) | 0;
                          makeClosure(vm, a, y, c, code[(pc + 5) | 0]!);
                          break settle;
                        }
                        case O.MapGet: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tLimit) break slow;
                          const ok = code[(pc + 6) | 0]!;
                          vm.save(pc, fp, t, calls);
                          vm.pc = (pc + 8) | 0;
                          mapGet(vm, a, b, c, code[(pc + 5) | 0]!, ok < 0 ? -1 : (fp + ok) | 0);
                          break settle;
                        }
                        case O.MapSet: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const c = (fp + code[pc | 3]!) | 0;
                          if (t > tLimit) break slow;
                          vm.save(pc, fp, t, calls);
                          vm.pc = (pc + 8) | 0;
                          mapSet(vm, a, b, c, code[(pc + 5) | 0]!);
                          break settle;
                        }
                        case O.MapNext: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const b = (fp + y) | 0;
                          const z = code[pc | 3]!;
                          const c = (fp + z) | 0;
                          if (t > tLimit) break slow;
                          vm.save(pc, fp, t, calls);
                          vm.pc = (pc + 8) | 0;
                          if (!mapNext(vm, a, y < 0 ? -1 : b, z < 0 ? -1 : c)) vm.pc = code[(pc + 5) | 0]!;
                          break settle;
                        }
                        case O.Defer: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          if (t > tLimit) break slow;
                          vm.save(pc, fp, t, calls);
                          vm.pc = (pc + 8) | 0;
                          defer(vm, a, b, z, code[(pc + 5) | 0]!);
                          break settle;
                        }
                        case O.ReturnDefers: {
                          const x = code[pc | 1]!;
                          if (t > tLimit) break slow;
                          vm.save(pc, fp, t, calls);
                          returnDefers(vm, x);
                          break settle;
                        }
                        case O.Offset: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          const address = i32[b]!;
                          if (address === 0) break slow;
                          i32[a] = address + z;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.FuncValue: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          i32[a] = functionValues + y * 2;
                          i32[a | 1] = 0;
                          break;
                        }
                        case O.Captured: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const z = code[pc | 3]!;
                          if (z > SHORT) break slow;
                          to = a;
                          from = (i32[(fp - 4) | 0]! + 2 + y * 2) | 0;
                          n = z;
                          width = 4;
                          break copy;
                        }
                        case O.Call: {
                          const x = code[pc | 1]!;
                          const y = code[pc | 2]!;
                          if (t > tFar) break slow;
                          callee = x;
                          closure = 0;
                          delta = y;
                          break enter;
                        }
                        case O.CallClosure: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          if (t > tFar) break slow;
                          closure = i32[a]!;
                          if (closure === 0) break slow;
                          callee = i32[closure]!;
                          delta = y;
                          break enter;
                        }
                        case O.CallIface: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          const z = code[pc | 3]!;
                          if (t > tFar) break slow;
                          const type = i32[a]!;
                          if (type === 0) break slow;
                          callee = dispatch[((type - 1) * methods + z) | 0] ?? -1;
                          if (callee < 0) break slow;
                          closure = 0;
                          delta = y;
                          const receiver = (fp + delta) | 0;
                          i32[receiver] = i32[(a + 2) | 0]!;
                          i32[receiver | 1] = i32[(a + 3) | 0]!;
                          break enter;
                        }
                        case O.Return: {
                          pc = i32[(fp - 2) | 0]!;
                          fp = (fp - i32[(fp - 1) | 0]!) | 0;
                          continue;
                        }
                        case O.Send: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          if (t > tLimit) break slow;
                          vm.a = a;
                          vm.b = b;
                          trap = Trap.Send;
                          break asked;
                        }
                        case O.Recv: {
                          const x = code[pc | 1]!;
                          const a = (fp + x) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          const c = (fp + z) | 0;
                          if (t > tLimit) break slow;
                          vm.a = x < 0 ? 0 : a;
                          vm.b = b;
                          vm.c = z < 0 ? 0 : c;
                          trap = Trap.Recv;
                          break asked;
                        }
                        case O.Select: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          if (t > tLimit) break slow;
                          vm.a = a;
                          vm.b = y;
                          trap = Trap.Select;
                          break asked;
                        }
                        case O.Go: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const b = (fp + code[pc | 2]!) | 0;
                          const z = code[pc | 3]!;
                          if (t > tLimit || i32[a] === 0) break slow;
                          vm.a = a;
                          vm.b = b;
                          vm.c = z;
                          trap = Trap.Go;
                          break asked;
                        }
                        case O.Native: {
                          const a = (fp + code[pc | 1]!) | 0;
                          const y = code[pc | 2]!;
                          if (t > tLimit) break slow;
                          vm.a = a;
                          vm.c = y;
                          trap = Trap.Native;
                          break asked;
                        }
                        default:
                          break cold;
                      }
                      pc = (pc + 4) | 0;
                      continue;
                    }
                    // By its handler, unless it may not start yet.
                    if (t > tLimit) break slow;
                    const op = code[pc]!;
                    vm.save(pc, fp, t, calls);
                    vm.pc = (pc + WIDTHS[op]!) | 0;
                    handle(vm, op, pc, fp);
                  }
                  // What was called may have changed all registers, ended the run, or moved memory or the stack.
                  if (vm.trapped >= 0 || vm.memory.i32 !== i32 || vm.stackEnd !== stackEnd || vm.t > MOST_TICKS)
                    return AGAIN;
                  reads = filter.reads;
                  writes = filter.writes;
                  fp = vm.fp | 0;
                  pc = vm.pc | 0;
                  t = (vm.t + calls * callTicks) | 0;
                  continue;
                }
                // A load of the slot at word address `from` to `to`.
                if (detect) {
                  const slot = from >> 1;
                  if (reads[slot] !== segment && writes[slot] !== segment) {
                    n = 1;
                    width = 4;
                    break touch;
                  }
                }
                i32[to] = i32[from]!;
                i32[to | 1] = i32[from | 1]!;
                pc = (pc + 4) | 0;
                continue;
              }
              // A store of the slot at `from` to word address `to`.
              if (detect && writes[to >> 1] !== segment) {
                n = 1;
                width = 4;
                break touch;
              }
              i32[to] = i32[from]!;
              i32[to | 1] = i32[from | 1]!;
              pc = (pc + 4) | 0;
              continue;
            }
            // A load or store of `n` slots that the filter does not cover: what is not in the frame is shared.
            vm.save(pc, fp, t, calls);
            vm.pc = (pc + width) | 0;
            const write = TOUCHES[code[pc]!] === 2;
            vm.touch(write, write ? to : from, n, i32[from]!, i32[from | 1]!);
            reads = filter.reads;
            writes = filter.writes;
          }
          // A copy of `n` slots, which may overlap.
          if (n === 1) {
            i32[to] = i32[from]!;
            i32[to | 1] = i32[from | 1]!;
          } else if (n === 2) {
            const lo = i32[(from + 2) | 0]!;
            const hi = i32[(from + 3) | 0]!;
            i32[to] = i32[from]!;
            i32[to | 1] = i32[from | 1]!;
            i32[(to + 2) | 0] = lo;
            i32[(to + 3) | 0] = hi;
          } else if (to < from) for (let k = 0; k < n * 2; k++) i32[(to + k) | 0] = i32[(from + k) | 0]!;
          else for (let k = n * 2 - 1; k >= 0; k--) i32[(to + k) | 0] = i32[(from + k) | 0]!;
          pc = (pc + width) | 0;
          continue;
        }
        // A jump.
        if (target <= pc && t > tFar) break slow;
        pc = target;
        continue;
      }
      // A call: the callee's frame starts `delta` words above the caller's.
      if (fp + delta + frameWords[callee]! > stackEnd) break slow;
      fp = (fp + delta) | 0;
      i32[(fp - 1) | 0] = delta;
      i32[(fp - 2) | 0] = (pc + 4) | 0;
      i32[(fp - 3) | 0] = 0;
      i32[(fp - 4) | 0] = closure;
      pc = entries[callee]!;
      t = (t + callTicks) | 0;
      calls = (calls + 1) | 0;
      continue;
    }
    // Something is asked of the world.
    vm.save(pc, fp, t, calls);
    const stopped = vm.ask(trap);
    if (stopped >= 0) return stopped;
    if (vm.memory.i32 !== i32) return AGAIN;
    ({ reads, writes, segment } = filter);
    pc = (pc + 4) | 0;
  }
  t = (t - 1) | 0;
  vm.save(pc, fp, t, calls);
  vm.pc = pc;
  vm.tLimit = tLimit - calls * callTicks;
  vm.tNear = tNear - calls * callTicks;
  vm.tFar = tFar - calls * callTicks;
  return SLOW;
}
