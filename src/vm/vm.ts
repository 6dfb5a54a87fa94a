/**
 * This file defines the interpreter: it runs one goroutine until it touches the world and then returns a trap.
 *
 * The loop is one switch over the instructions that matter for speed; every other instruction is a handler in a table (cold.ts), called with the
 * registers saved in the vm. Registers of the loop are locals: `i32`/`f64` (replaced after anything that may allocate), `fp`, `pc`,
 * `t` (instructions since `run` began), `x` (virtual ns beyond one simple instruction each) and the access filter's arrays.
 *
 * Time: the clock is `clock0 + t · simple + x`. `tLimit` is the value of t beyond which a visible operation may not start any more; it is conservative
 * (it may trip early, never late), and the slow path {@link Vm.overLimit} decides exactly.
 * The enum repeats the numbering of bytecode/op.ts in this file because only enums of the same file are compiled to constants, and the switch to a jump table.
 */
import { OutOfMemory, type Memory } from '../base/memory';
import {
  divide,
  divideUnsigned,
  multiply,
  remainder,
  remainderUnsigned,
  shiftLeft,
  shiftRight,
  shiftRightUnsigned,
  toBigInt,
  toNumber,
  toUnsignedNumber,
} from '../base/int64';
import { decodeBytes, encodeBytes } from '../base/utf8';
import { functionAt, type Code } from '../bytecode/code';
import { OPS, instructionWords } from '../bytecode/op';
import { COLD, type Handler } from './cold';
import { Ctx, Pending } from './context';
import { GoPanic, StackOverflow, fault } from './fault';
import { continuePending, panicText, startRuntimePanic } from './panic';
import { type BacktraceFrame, backtrace } from './backtrace';
import { grow, layOutFirstFrame, releaseStack } from './stack';
import { TagKind, tagOf } from './tags';
import type { AccessFilter, TrapCode, World } from './trap';
import { Trap } from './trap';

// prettier-ignore
export enum O {
  Unwind, PanicText, End, Ext, Move, Move2, MoveN, Const, ConstStr, Zero, Word, Jump, JumpIf, JumpIfNot, JeqInt,
  JneInt, JltInt, JleInt, JltUint, JleUint, JeqI, JneI, JltI, JleI, JgtI, JgeI, EqInt, NeInt, LtInt, LeInt, LtUint,
  LeUint, EqI, NeI, EqF, LtF, LeF, EqStr, LtStr, LeStr, EqVal, Not, AddInt, SubInt, MulInt, DivInt, ModInt, DivUint,
  ModUint, And, Or, Xor, AndNot, Shl, Shr, ShrU, ShiftCount, AddI, MulI, AndI, ShlI, ShrI, ShrUI, Neg, Com, Ext8,
  Ext16, Ext32, ExtU8, ExtU16, ExtU32, AddF, SubF, MulF, DivF, NegF, Round32, IntToF, UintToF, FToInt, FToUint,
  LoadG, StoreG, LoadGN, StoreGN, GlobalAddr, Load, Store, LoadN, StoreN, Offset, NilCheck, New, NewOf, LoadElem, StoreElem,
  ElemAddr, Bounds, PtrIndex, GetAt, SetAt, MakeSlice, SliceOf, Slice, ArrToSlice, Append, Copy, ClearSlice, Concat, StrIndex,
  StrSlice, StrRune, RuneToStr, BytesToStr, StrToBytes, RunesToStr, StrToRunes, MakeMap, MapGet, MapSet, MapDelete,
  MapLen, MapClear, MapIter, MapNext, ToIface, Assert, AssertIface, IsType, IsIface, FuncValue, Closure, Captured,
  IfaceFunc, Call, CallClosure, CallIface, CallThrough, Return, ReturnDefers, Defer, Panic, Recover, Send, Recv,
  Close, Select, Go, MakeChan, ChanLen, Native,
}

/** Virtual ns of instructions. */
export interface VmCosts {
  readonly simple: number;
  readonly call: number;
}

const WIDTHS = Int32Array.from(OPS, (_, op) => instructionWords(op));
/** Ticks are folded into the clock at least this often, so that `t` stays a small integer. */
const MAX_TICKS = 1 << 29;

export class Vm {
  // ---- set by the machine between runs
  /** Virtual ns. */
  clock = 0;
  /** Instructions executed in all. */
  steps = 0;
  stepBudget = Number.MAX_SAFE_INTEGER;

  // ---- what the last run left
  /** Operands of the trap. */
  a = 0;
  b = 0;
  c = 0;
  /** Absolute word address of the frame. */
  fp = 0;
  /** Word index of the next instruction. */
  pc = 0;
  /** Text of Trap.Fatal and Trap.OutOfMemory. */
  message = '';
  /** A line that Go prints before the fatal error (stack overflow), or ''. */
  notice = '';

  // ---- while a goroutine runs: registers that handlers may read and write
  g = 0;
  /** Instruction being executed. */
  at = 0;
  stackEnd = 0;
  globals = 0;
  limit = 0;
  t = 0;
  x = 0;
  /** Set by a handler that ends the run: a trap, or −1. */
  trapped = -1;
  private clock0 = 0;
  private steps0 = 0;
  private tLimit = 0;

  // ---- caches of the code, and addresses of the two blocks made at boot
  readonly entries: Int32Array;
  readonly frameWords: Int32Array;
  /** [type · methods + method] -> function, −1 none. */
  private readonly dispatch: Int32Array;
  /** Byte address of Code.data. */
  readonly dataBytes: number;
  /** Address of the func values of functions that capture nothing, one slot each. */
  readonly functionValues: number;
  private byteView: Uint8Array<ArrayBufferLike> = new Uint8Array(0);

  constructor(
    readonly code: Code,
    readonly memory: Memory,
    readonly world: World,
    readonly filter: AccessFilter,
    readonly costs: VmCosts = { simple: 1, call: 3 },
  ) {
    this.entries = Int32Array.from(code.functions, (f) => f.entry);
    this.frameWords = Int32Array.from(code.functions, (f) => f.frameSlots * 2);
    this.dispatch = new Int32Array(code.types.length * code.methodNames.length).fill(-1);
    for (const type of code.types) {
      code.methodNames.forEach((name, m) => {
        this.dispatch[type.index * code.methodNames.length + m] = type.methods?.get(name) ?? -1;
      });
    }
    const data = memory.alloc(Math.ceil(code.data.length / 8), tagOf(TagKind.Bytes));
    this.dataBytes = data * 4;
    this.bytes.set(code.data, this.dataBytes);
    this.functionValues = memory.alloc(code.functions.length, tagOf(TagKind.Closure));
    code.functions.forEach((f) => (memory.i32[this.functionValues + f.index * 2] = f.index));
  }

  /** Memory as bytes, for strings. */
  get bytes(): Uint8Array {
    if (this.byteView.buffer !== this.memory.i32.buffer) this.byteView = new Uint8Array(this.memory.i32.buffer);
    return this.byteView;
  }

  /** Runs the goroutine whose block is at `g` until it traps or the clock passes `limit`. */
  run(g: number, limit: number): TrapCode {
    const m = this.memory.i32;
    const stack = m[g + Ctx.Stack]!;
    this.g = g;
    this.limit = limit;
    this.fp = m[g + Ctx.Fp]!;
    this.pc = m[g + Ctx.Pc]!;
    this.stackEnd = stack + m[stack - 1]! * 2;
    this.globals = m[g + Ctx.Globals]!;
    this.clock0 = this.clock;
    this.steps0 = this.steps;
    this.t = 0;
    this.x = 0;
    if (m[g + Ctx.Pending] !== 0) {
      const trap = this.guarded(() => continuePending(this));
      if (trap >= 0) return trap as TrapCode;
    }
    for (;;) {
      this.setTickLimit();
      try {
        return this.loop();
      } catch (error) {
        const trap = this.guarded(() => this.meet(error));
        if (trap >= 0) return trap as TrapCode;
      }
    }
  }

  /** Turns what an instruction threw into a panic of the goroutine (−1: it goes on) or a trap. */
  private meet(error: unknown): number {
    if (error instanceof GoPanic) return startRuntimePanic(this, error.text, true);
    if (error instanceof StackOverflow) {
      this.notice = `runtime: goroutine stack exceeds ${error.limit}-byte limit`;
      return this.fatal('stack overflow');
    }
    if (error instanceof OutOfMemory) {
      this.message = error.message;
      return this.leave(Trap.OutOfMemory, this.pc);
    }
    throw error;
  }

  /** Runs `body`, in which starting a panic may itself run out of memory or stack. */
  private guarded(body: () => number): number {
    try {
      return body();
    } catch (error) {
      if (error instanceof GoPanic) throw error;
      return this.meet(error);
    }
  }

  /** Ends the run with Trap.Fatal. */
  fatal(message: string): TrapCode {
    this.message = message;
    return this.leave(Trap.Fatal, this.pc);
  }

  private leaveTrapped(): TrapCode {
    const trap = this.trapped as TrapCode;
    this.trapped = -1;
    return this.leave(trap, this.pc);
  }

  /** Saves the goroutine's registers, brings clock and steps up to date, and hands `trap` back. */
  leave(trap: TrapCode, pc: number): TrapCode {
    const m = this.memory.i32;
    const g = this.g;
    m[g + Ctx.Fp] = this.fp;
    m[g + Ctx.Pc] = this.pc = pc;
    m[g + Ctx.At] = this.at;
    this.bringUpToDate();
    return trap;
  }

  private bringUpToDate(): void {
    this.clock = this.clock0 + this.t * this.costs.simple + this.x;
    this.steps = this.steps0 + this.t;
  }

  private setTickLimit(): void {
    const byClock = (this.limit - this.clock0 - this.x) / this.costs.simple + 1;
    const bySteps = this.stepBudget - this.steps0;
    this.tLimit = Math.floor(Math.max(-1, Math.min(byClock, bySteps, MAX_TICKS)));
  }

  /** A visible operation at `pc` is about to start although t > tLimit: a trap, or −1 when it may. `t` does not count it. */
  private overLimit(pc: number): number {
    this.at = pc;
    this.bringUpToDate();
    if (this.clock > this.limit) return this.leave(Trap.Limit, pc);
    if (this.steps >= this.stepBudget) return this.leave(Trap.Budget, pc);
    this.clock0 = this.clock;
    this.steps0 = this.steps;
    this.t = 0;
    this.x = 0;
    this.setTickLimit();
    return -1;
  }

  // ---- shared accesses

  /** Tells the world of a read of `slots` slots at word address `at`, unless the filter covers it. */
  read(at: number, slots: number): void {
    const { enabled, reads, writes, segment } = this.filter;
    if (!enabled) return;
    for (let s = at >> 1, end = s + slots; s < end; s++) {
      if (reads[s] !== segment && writes[s] !== segment)
        return this.touch(false, at, slots, this.memory.i32[at]!, this.memory.i32[at + 1]!);
    }
  }

  /** Tells the world of a write; lo, hi are what the first slot gets. */
  write(at: number, slots: number, lo: number, hi: number): void {
    const { enabled, writes, segment } = this.filter;
    if (!enabled) return;
    for (let s = at >> 1, end = s + slots; s < end; s++) {
      if (writes[s] !== segment) return this.touch(true, at, slots, lo, hi);
    }
  }

  private touch(write: boolean, at: number, slots: number, lo: number, hi: number): void {
    this.bringUpToDate();
    // The world may ask for a backtrace.
    const m = this.memory.i32;
    m[this.g + Ctx.Fp] = this.fp;
    m[this.g + Ctx.At] = this.at;
    this.world.access(write, at >> 1, slots, this.at, lo, hi);
  }

  // ---- failing and leaving from inside the loop: the locals are saved first

  private save(pc: number, fp: number, t: number, x: number): void {
    this.at = pc;
    this.pc = pc + 4;
    this.fp = fp;
    this.t = t;
    this.x = x;
  }

  private fail(error: GoPanic, pc: number, fp: number, t: number, x: number): GoPanic {
    this.save(pc, fp, t, x);
    return error;
  }

  private outOfRange(index: number, length: number, pc: number, fp: number, t: number, x: number): GoPanic {
    const i32 = this.memory.i32;
    return this.fail(fault.index(toBigInt(i32[index]!, i32[index + 1]!), length), pc, fp, t, x);
  }

  /** Function that implements method `m` of the dynamic type in the interface at word address `at`. @throws GoPanic when it is nil */
  methodOf(at: number, m: number): number {
    const type = this.memory.i32[at]!;
    if (type === 0) throw fault.nil();
    return this.dispatch[(type - 1) * this.code.methodNames.length + m]!;
  }

  /** Words of the frame of the function that holds the instruction at `pc`. */
  frameWordsAt(pc: number): number {
    const f = functionAt(this.code, pc);
    return f === undefined ? 0 : f.frameSlots * 2;
  }

  // ---- what the runtime asks of a stopped goroutine

  /** Lays out the first frame of a goroutine that calls `closure` with `argSlots` slots found at `args`; allocates its stack. */
  start(g: number, closure: number, args: number, argSlots: number, globals: number): void {
    layOutFirstFrame(this, g, this.memory.i32[closure]!, closure, args, argSlots, globals);
  }

  /** As {@link start}, for a function that captures nothing and takes no arguments (Code.start). */
  startFunction(g: number, functionIndex: number, globals: number): void {
    layOutFirstFrame(this, g, functionIndex, this.functionValues + functionIndex * 2, 0, 0, globals);
  }

  /**
   * A panic that the runtime raises and that the goroutine meets, at its current pc, when it runs next.
   * `isRuntimeError`: the value is a runtime.Error with this text (`send on closed channel`, `runtime error: …`); otherwise a string.
   */
  raise(g: number, text: string, isRuntimeError: boolean): void {
    const address = this.newText(text);
    const m = this.memory.i32;
    m[g + Ctx.Pending] = isRuntimeError ? Pending.RuntimeError : Pending.PlainError;
    m[g + Ctx.PendingText] = address.start;
    m[g + Ctx.PendingLength] = address.length;
  }

  /** runtime.Goexit: when the goroutine runs next it runs all deferred calls and then traps with End. */
  goexit(g: number): void {
    this.memory.i32[g + Ctx.Pending] = Pending.Goexit;
  }

  /** Go's text of the panics in progress, beginning with `panic: `, without a newline at the end. */
  panicText(g: number): string {
    return panicText(this, g);
  }

  /** Frames of a stopped goroutine, innermost first; wrappers that the compiler made are left out. */
  backtrace(g: number): BacktraceFrame[] {
    return backtrace(this, g);
  }

  /** Frees the goroutine's stack and what is left of its deferred calls and panics. */
  release(g: number): void {
    releaseStack(this, g);
  }

  /** Reads the string whose slot is at word address `address`; bytes that are not UTF-8 as in bytecode/text.ts. */
  readString(address: number): string {
    const start = this.memory.i32[address]! >>> 0;
    return decodeBytes(this.bytes, start, start + this.memory.i32[address + 1]!);
  }

  /** Makes a string in simulated memory and writes its slot at word address `address`. */
  writeString(address: number, text: string): void {
    const { start, length } = this.newText(text);
    this.memory.i32[address] = start;
    this.memory.i32[address + 1] = length;
  }

  private newText(text: string): { start: number; length: number } {
    const bytes = encodeBytes(text);
    if (bytes.length === 0) return { start: 0, length: 0 };
    const start = this.memory.alloc((bytes.length + 7) >> 3, tagOf(TagKind.Bytes)) * 4;
    this.bytes.set(bytes, start);
    return { start, length: bytes.length };
  }

  /** Runs instructions from the saved registers on until one traps. @throws GoPanic, StackOverflow, OutOfMemory with the registers saved */
  private loop(): TrapCode {
    const { memory, filter, globals, dataBytes, functionValues, entries, frameWords } = this;
    const code = this.code.words;
    const callExtra = this.costs.call - this.costs.simple;
    const callTicks = Math.ceil(callExtra / this.costs.simple);
    const detect = filter.enabled;
    const segment = filter.segment;
    let { reads, writes } = filter;
    let { i32, f64 } = memory;
    let { fp, pc, t, x, tLimit } = this;
    for (;;) {
      t++;
      switch (code[pc]) {
        case O.Move: {
          const d = fp + code[pc + 1]!;
          const s = fp + code[pc + 2]!;
          i32[d] = i32[s]!;
          i32[d + 1] = i32[s + 1]!;
          pc += 4;
          continue;
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
          pc += 4;
          continue;
        }
        case O.MoveN: {
          const s = fp + code[pc + 2]!;
          i32.copyWithin(fp + code[pc + 1]!, s, s + code[pc + 3]! * 2);
          pc += 4;
          continue;
        }
        case O.Const: {
          const d = fp + code[pc + 1]!;
          i32[d] = code[pc + 2]!;
          i32[d + 1] = code[pc + 3]!;
          pc += 4;
          continue;
        }
        case O.ConstStr: {
          const d = fp + code[pc + 1]!;
          i32[d] = dataBytes + code[pc + 2]!;
          i32[d + 1] = code[pc + 3]!;
          pc += 4;
          continue;
        }
        case O.Zero: {
          const d = fp + code[pc + 1]!;
          i32.fill(0, d, d + code[pc + 2]! * 2);
          pc += 4;
          continue;
        }
        case O.Word: {
          const d = fp + code[pc + 1]!;
          i32[d] = i32[fp + code[pc + 2]!]!;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.Jump: {
          const j = code[pc + 1]!;
          if (t > tLimit && j <= pc) break;
          pc = j;
          continue;
        }
        case O.JumpIf: {
          if (i32[fp + code[pc + 1]!] !== 0) {
            const j = code[pc + 2]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.JumpIfNot: {
          if (i32[fp + code[pc + 1]!] === 0) {
            const j = code[pc + 2]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.JeqInt: {
          const a = fp + code[pc + 1]!;
          const b = fp + code[pc + 2]!;
          if (i32[a] === i32[b] && i32[a + 1] === i32[b + 1]) {
            const j = code[pc + 3]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.JneInt: {
          const a = fp + code[pc + 1]!;
          const b = fp + code[pc + 2]!;
          if (i32[a] !== i32[b] || i32[a + 1] !== i32[b + 1]) {
            const j = code[pc + 3]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.JltInt: {
          const a = fp + code[pc + 1]!;
          const b = fp + code[pc + 2]!;
          const ah = i32[a + 1]!;
          const bh = i32[b + 1]!;
          if (ah < bh || (ah === bh && i32[a]! >>> 0 < i32[b]! >>> 0)) {
            const j = code[pc + 3]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.JleInt: {
          const a = fp + code[pc + 1]!;
          const b = fp + code[pc + 2]!;
          const ah = i32[a + 1]!;
          const bh = i32[b + 1]!;
          if (ah < bh || (ah === bh && i32[a]! >>> 0 <= i32[b]! >>> 0)) {
            const j = code[pc + 3]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.JltUint: {
          const a = fp + code[pc + 1]!;
          const b = fp + code[pc + 2]!;
          const ah = i32[a + 1]!;
          const bh = i32[b + 1]!;
          if (ah >>> 0 < bh >>> 0 || (ah === bh && i32[a]! >>> 0 < i32[b]! >>> 0)) {
            const j = code[pc + 3]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.JleUint: {
          const a = fp + code[pc + 1]!;
          const b = fp + code[pc + 2]!;
          const ah = i32[a + 1]!;
          const bh = i32[b + 1]!;
          if (ah >>> 0 < bh >>> 0 || (ah === bh && i32[a]! >>> 0 <= i32[b]! >>> 0)) {
            const j = code[pc + 3]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.JeqI: {
          const a = fp + code[pc + 1]!;
          const n = code[pc + 2]!;
          if (i32[a] === n && i32[a + 1] === n >> 31) {
            const j = code[pc + 3]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.JneI: {
          const a = fp + code[pc + 1]!;
          const n = code[pc + 2]!;
          if (i32[a] !== n || i32[a + 1] !== n >> 31) {
            const j = code[pc + 3]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.JltI: {
          const a = fp + code[pc + 1]!;
          const n = code[pc + 2]!;
          const ah = i32[a + 1]!;
          const nh = n >> 31;
          if (ah < nh || (ah === nh && i32[a]! >>> 0 < n >>> 0)) {
            const j = code[pc + 3]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.JleI: {
          const a = fp + code[pc + 1]!;
          const n = code[pc + 2]!;
          const ah = i32[a + 1]!;
          const nh = n >> 31;
          if (ah < nh || (ah === nh && i32[a]! >>> 0 <= n >>> 0)) {
            const j = code[pc + 3]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.JgtI: {
          const a = fp + code[pc + 1]!;
          const n = code[pc + 2]!;
          const ah = i32[a + 1]!;
          const nh = n >> 31;
          if (ah > nh || (ah === nh && i32[a]! >>> 0 > n >>> 0)) {
            const j = code[pc + 3]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.JgeI: {
          const a = fp + code[pc + 1]!;
          const n = code[pc + 2]!;
          const ah = i32[a + 1]!;
          const nh = n >> 31;
          if (ah > nh || (ah === nh && i32[a]! >>> 0 >= n >>> 0)) {
            const j = code[pc + 3]!;
            if (t > tLimit && j <= pc) break;
            pc = j;
          } else pc += 4;
          continue;
        }
        case O.EqInt: {
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const d = fp + code[pc + 1]!;
          i32[d] = i32[a] === i32[b] && i32[a + 1] === i32[b + 1] ? 1 : 0;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.NeInt: {
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const d = fp + code[pc + 1]!;
          i32[d] = i32[a] !== i32[b] || i32[a + 1] !== i32[b + 1] ? 1 : 0;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.LtInt: {
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const ah = i32[a + 1]!;
          const bh = i32[b + 1]!;
          const d = fp + code[pc + 1]!;
          i32[d] = ah < bh || (ah === bh && i32[a]! >>> 0 < i32[b]! >>> 0) ? 1 : 0;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.LeInt: {
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const ah = i32[a + 1]!;
          const bh = i32[b + 1]!;
          const d = fp + code[pc + 1]!;
          i32[d] = ah < bh || (ah === bh && i32[a]! >>> 0 <= i32[b]! >>> 0) ? 1 : 0;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.LtUint: {
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const ah = i32[a + 1]!;
          const bh = i32[b + 1]!;
          const d = fp + code[pc + 1]!;
          i32[d] = ah >>> 0 < bh >>> 0 || (ah === bh && i32[a]! >>> 0 < i32[b]! >>> 0) ? 1 : 0;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.LeUint: {
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const ah = i32[a + 1]!;
          const bh = i32[b + 1]!;
          const d = fp + code[pc + 1]!;
          i32[d] = ah >>> 0 < bh >>> 0 || (ah === bh && i32[a]! >>> 0 <= i32[b]! >>> 0) ? 1 : 0;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.EqI: {
          const a = fp + code[pc + 2]!;
          const n = code[pc + 3]!;
          const d = fp + code[pc + 1]!;
          i32[d] = i32[a] === n && i32[a + 1] === n >> 31 ? 1 : 0;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.NeI: {
          const a = fp + code[pc + 2]!;
          const n = code[pc + 3]!;
          const d = fp + code[pc + 1]!;
          i32[d] = i32[a] !== n || i32[a + 1] !== n >> 31 ? 1 : 0;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.EqF: {
          const a = (fp + code[pc + 2]!) >> 1;
          const b = (fp + code[pc + 3]!) >> 1;
          const d = fp + code[pc + 1]!;
          i32[d] = f64[a] === f64[b] ? 1 : 0;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.LtF: {
          const a = (fp + code[pc + 2]!) >> 1;
          const b = (fp + code[pc + 3]!) >> 1;
          const d = fp + code[pc + 1]!;
          i32[d] = f64[a]! < f64[b]! ? 1 : 0;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.LeF: {
          const a = (fp + code[pc + 2]!) >> 1;
          const b = (fp + code[pc + 3]!) >> 1;
          const d = fp + code[pc + 1]!;
          i32[d] = f64[a]! <= f64[b]! ? 1 : 0;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.Not: {
          const d = fp + code[pc + 1]!;
          i32[d] = i32[fp + code[pc + 2]!]! ^ 1;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.AddInt: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const al = i32[a]!;
          const sum = (al + i32[b]!) | 0;
          i32[d + 1] = i32[a + 1]! + i32[b + 1]! + (sum >>> 0 < al >>> 0 ? 1 : 0);
          i32[d] = sum;
          pc += 4;
          continue;
        }
        case O.SubInt: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const al = i32[a]!;
          const bl = i32[b]!;
          i32[d + 1] = i32[a + 1]! - i32[b + 1]! - (al >>> 0 < bl >>> 0 ? 1 : 0);
          i32[d] = al - bl;
          pc += 4;
          continue;
        }
        case O.AddI: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const n = code[pc + 3]!;
          const al = i32[a]!;
          const sum = (al + n) | 0;
          i32[d + 1] = i32[a + 1]! + (n >> 31) + (sum >>> 0 < al >>> 0 ? 1 : 0);
          i32[d] = sum;
          pc += 4;
          continue;
        }
        case O.MulInt: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          multiply(i32, d, i32[a]!, i32[a + 1]!, i32[b]!, i32[b + 1]!);
          pc += 4;
          continue;
        }
        case O.MulI: {
          const a = fp + code[pc + 2]!;
          const n = code[pc + 3]!;
          multiply(i32, fp + code[pc + 1]!, i32[a]!, i32[a + 1]!, n, n >> 31);
          pc += 4;
          continue;
        }
        case O.DivInt: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const bl = i32[b]!;
          const bh = i32[b + 1]!;
          if ((bl | bh) === 0) throw this.fail(fault.divide(), pc, fp, t, x);
          divide(i32, d, i32[a]!, i32[a + 1]!, bl, bh);
          pc += 4;
          continue;
        }
        case O.ModInt: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const bl = i32[b]!;
          const bh = i32[b + 1]!;
          if ((bl | bh) === 0) throw this.fail(fault.divide(), pc, fp, t, x);
          remainder(i32, d, i32[a]!, i32[a + 1]!, bl, bh);
          pc += 4;
          continue;
        }
        case O.DivUint: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const bl = i32[b]!;
          const bh = i32[b + 1]!;
          if ((bl | bh) === 0) throw this.fail(fault.divide(), pc, fp, t, x);
          divideUnsigned(i32, d, i32[a]!, i32[a + 1]!, bl, bh);
          pc += 4;
          continue;
        }
        case O.ModUint: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const bl = i32[b]!;
          const bh = i32[b + 1]!;
          if ((bl | bh) === 0) throw this.fail(fault.divide(), pc, fp, t, x);
          remainderUnsigned(i32, d, i32[a]!, i32[a + 1]!, bl, bh);
          pc += 4;
          continue;
        }
        case O.And: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          i32[d] = i32[a]! & i32[b]!;
          i32[d + 1] = i32[a + 1]! & i32[b + 1]!;
          pc += 4;
          continue;
        }
        case O.Or: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          i32[d] = i32[a]! | i32[b]!;
          i32[d + 1] = i32[a + 1]! | i32[b + 1]!;
          pc += 4;
          continue;
        }
        case O.Xor: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          i32[d] = i32[a]! ^ i32[b]!;
          i32[d + 1] = i32[a + 1]! ^ i32[b + 1]!;
          pc += 4;
          continue;
        }
        case O.AndNot: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          i32[d] = i32[a]! & ~i32[b]!;
          i32[d + 1] = i32[a + 1]! & ~i32[b + 1]!;
          pc += 4;
          continue;
        }
        case O.AndI: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const n = code[pc + 3]!;
          i32[d] = i32[a]! & n;
          i32[d + 1] = i32[a + 1]! & (n >> 31);
          pc += 4;
          continue;
        }
        case O.Shl: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const n = i32[b]!;
          if (i32[b + 1] === 0 && n >>> 0 < 64) shiftLeft(i32, d, i32[a]!, i32[a + 1]!, n);
          else i32[d] = i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.Shr: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const n = i32[b]!;
          if (i32[b + 1] === 0 && n >>> 0 < 64) shiftRight(i32, d, i32[a]!, i32[a + 1]!, n);
          else i32[d] = i32[d + 1] = i32[a + 1]! >> 31;
          pc += 4;
          continue;
        }
        case O.ShrU: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const b = fp + code[pc + 3]!;
          const n = i32[b]!;
          if (i32[b + 1] === 0 && n >>> 0 < 64) shiftRightUnsigned(i32, d, i32[a]!, i32[a + 1]!, n);
          else i32[d] = i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.ShlI: {
          const a = fp + code[pc + 2]!;
          shiftLeft(i32, fp + code[pc + 1]!, i32[a]!, i32[a + 1]!, code[pc + 3]!);
          pc += 4;
          continue;
        }
        case O.ShrI: {
          const a = fp + code[pc + 2]!;
          shiftRight(i32, fp + code[pc + 1]!, i32[a]!, i32[a + 1]!, code[pc + 3]!);
          pc += 4;
          continue;
        }
        case O.ShrUI: {
          const a = fp + code[pc + 2]!;
          shiftRightUnsigned(i32, fp + code[pc + 1]!, i32[a]!, i32[a + 1]!, code[pc + 3]!);
          pc += 4;
          continue;
        }
        case O.Neg: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          const al = i32[a]!;
          i32[d + 1] = -i32[a + 1]! - (al !== 0 ? 1 : 0);
          i32[d] = -al;
          pc += 4;
          continue;
        }
        case O.Com: {
          const d = fp + code[pc + 1]!;
          const a = fp + code[pc + 2]!;
          i32[d] = ~i32[a]!;
          i32[d + 1] = ~i32[a + 1]!;
          pc += 4;
          continue;
        }
        case O.Ext8: {
          const d = fp + code[pc + 1]!;
          const v = i32[fp + code[pc + 2]!]!;
          const w = (v << 24) >> 24;
          i32[d] = w;
          i32[d + 1] = w >> 31;
          pc += 4;
          continue;
        }
        case O.Ext16: {
          const d = fp + code[pc + 1]!;
          const v = i32[fp + code[pc + 2]!]!;
          const w = (v << 16) >> 16;
          i32[d] = w;
          i32[d + 1] = w >> 31;
          pc += 4;
          continue;
        }
        case O.Ext32: {
          const d = fp + code[pc + 1]!;
          const v = i32[fp + code[pc + 2]!]!;
          const w = v;
          i32[d] = w;
          i32[d + 1] = w >> 31;
          pc += 4;
          continue;
        }
        case O.ExtU8: {
          const d = fp + code[pc + 1]!;
          const v = i32[fp + code[pc + 2]!]!;
          i32[d] = v & 255;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.ExtU16: {
          const d = fp + code[pc + 1]!;
          const v = i32[fp + code[pc + 2]!]!;
          i32[d] = v & 65535;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.ExtU32: {
          const d = fp + code[pc + 1]!;
          const v = i32[fp + code[pc + 2]!]!;
          i32[d] = v;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.AddF: {
          f64[(fp + code[pc + 1]!) >> 1] = f64[(fp + code[pc + 2]!) >> 1]! + f64[(fp + code[pc + 3]!) >> 1]!;
          pc += 4;
          continue;
        }
        case O.SubF: {
          f64[(fp + code[pc + 1]!) >> 1] = f64[(fp + code[pc + 2]!) >> 1]! - f64[(fp + code[pc + 3]!) >> 1]!;
          pc += 4;
          continue;
        }
        case O.MulF: {
          f64[(fp + code[pc + 1]!) >> 1] = f64[(fp + code[pc + 2]!) >> 1]! * f64[(fp + code[pc + 3]!) >> 1]!;
          pc += 4;
          continue;
        }
        case O.DivF: {
          f64[(fp + code[pc + 1]!) >> 1] = f64[(fp + code[pc + 2]!) >> 1]! / f64[(fp + code[pc + 3]!) >> 1]!;
          pc += 4;
          continue;
        }
        case O.NegF: {
          f64[(fp + code[pc + 1]!) >> 1] = -f64[(fp + code[pc + 2]!) >> 1]!;
          pc += 4;
          continue;
        }
        case O.Round32: {
          f64[(fp + code[pc + 1]!) >> 1] = Math.fround(f64[(fp + code[pc + 2]!) >> 1]!);
          pc += 4;
          continue;
        }
        case O.IntToF: {
          const s = fp + code[pc + 2]!;
          f64[(fp + code[pc + 1]!) >> 1] = toNumber(i32[s]!, i32[s + 1]!);
          pc += 4;
          continue;
        }
        case O.UintToF: {
          const s = fp + code[pc + 2]!;
          f64[(fp + code[pc + 1]!) >> 1] = toUnsignedNumber(i32[s]!, i32[s + 1]!);
          pc += 4;
          continue;
        }
        case O.LoadG: {
          if (t > tLimit) break;
          const at = globals + code[pc + 2]!;
          if (detect) {
            const slot = at >> 1;
            if (reads[slot] !== segment && writes[slot] !== segment) {
              this.save(pc, fp, t, x);
              this.touch(false, at, 1, i32[at]!, i32[at + 1]!);
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
        case O.StoreG: {
          if (t > tLimit) break;
          const at = globals + code[pc + 1]!;
          const s = fp + code[pc + 2]!;
          if (detect && writes[at >> 1] !== segment) {
            this.save(pc, fp, t, x);
            this.touch(true, at, 1, i32[s]!, i32[s + 1]!);
            i32 = memory.i32;
            f64 = memory.f64;
            reads = filter.reads;
            writes = filter.writes;
          }
          i32[at] = i32[s]!;
          i32[at + 1] = i32[s + 1]!;
          pc += 4;
          continue;
        }
        case O.Load: {
          if (t > tLimit) break;
          const p = i32[fp + code[pc + 2]!]!;
          if (p === 0) throw this.fail(fault.nil(), pc, fp, t, x);
          const at = p + code[pc + 3]!;
          if (detect) {
            const slot = at >> 1;
            if (reads[slot] !== segment && writes[slot] !== segment) {
              this.save(pc, fp, t, x);
              this.touch(false, at, 1, i32[at]!, i32[at + 1]!);
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
        case O.Store: {
          if (t > tLimit) break;
          const p = i32[fp + code[pc + 1]!]!;
          if (p === 0) throw this.fail(fault.nil(), pc, fp, t, x);
          const at = p + code[pc + 2]!;
          const s = fp + code[pc + 3]!;
          if (detect && writes[at >> 1] !== segment) {
            this.save(pc, fp, t, x);
            this.touch(true, at, 1, i32[s]!, i32[s + 1]!);
            i32 = memory.i32;
            f64 = memory.f64;
            reads = filter.reads;
            writes = filter.writes;
          }
          i32[at] = i32[s]!;
          i32[at + 1] = i32[s + 1]!;
          pc += 4;
          continue;
        }
        case O.LoadElem: {
          if (t > tLimit) break;
          const slice = fp + code[pc + 2]!;
          const index = fp + code[pc + 3]!;
          const i = i32[index]!;
          if (i32[index + 1] !== 0 || i >>> 0 >= i32[slice + 2]!)
            throw this.outOfRange(index, i32[slice + 2]!, pc, fp, t, x);
          const at = i32[slice]! + i * 2;
          if (detect) {
            const slot = at >> 1;
            if (reads[slot] !== segment && writes[slot] !== segment) {
              this.save(pc, fp, t, x);
              this.touch(false, at, 1, i32[at]!, i32[at + 1]!);
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
        case O.StoreElem: {
          if (t > tLimit) break;
          const slice = fp + code[pc + 1]!;
          const index = fp + code[pc + 2]!;
          const i = i32[index]!;
          if (i32[index + 1] !== 0 || i >>> 0 >= i32[slice + 2]!)
            throw this.outOfRange(index, i32[slice + 2]!, pc, fp, t, x);
          const at = i32[slice]! + i * 2;
          const s = fp + code[pc + 3]!;
          if (detect && writes[at >> 1] !== segment) {
            this.save(pc, fp, t, x);
            this.touch(true, at, 1, i32[s]!, i32[s + 1]!);
            i32 = memory.i32;
            f64 = memory.f64;
            reads = filter.reads;
            writes = filter.writes;
          }
          i32[at] = i32[s]!;
          i32[at + 1] = i32[s + 1]!;
          pc += 4;
          continue;
        }
        case O.ElemAddr: {
          const slice = fp + code[pc + 2]!;
          const index = fp + code[pc + 3]!;
          const i = i32[index]!;
          if (i32[index + 1] !== 0 || i >>> 0 >= i32[slice + 2]!)
            throw this.outOfRange(index, i32[slice + 2]!, pc, fp, t, x);
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
            throw this.outOfRange(index, code[pc + 2]!, pc, fp, t, x);
          pc += 4;
          continue;
        }
        case O.PtrIndex: {
          const p = i32[fp + code[pc + 2]!]!;
          if (p === 0) throw this.fail(fault.nil(), pc, fp, t, x);
          const d = fp + code[pc + 1]!;
          i32[d] = p + i32[fp + code[pc + 3]!]! * code[pc + 5]! * 2;
          i32[d + 1] = 0;
          pc += 8;
          continue;
        }
        case O.GetAt: {
          const s = fp + code[pc + 2]! + i32[fp + code[pc + 3]!]! * code[pc + 5]! * 2;
          i32.copyWithin(fp + code[pc + 1]!, s, s + code[pc + 6]! * 2);
          pc += 8;
          continue;
        }
        case O.SetAt: {
          const s = fp + code[pc + 3]!;
          const d = fp + code[pc + 1]! + i32[fp + code[pc + 2]!]! * code[pc + 5]! * 2;
          i32.copyWithin(d, s, s + code[pc + 6]! * 2);
          pc += 8;
          continue;
        }
        case O.LoadGN: {
          if (t > tLimit) break;
          const n = code[pc + 3]!;
          const s = globals + code[pc + 2]!;
          if (detect) {
            this.save(pc, fp, t, x);
            this.read(s, n);
            i32 = memory.i32;
            f64 = memory.f64;
            reads = filter.reads;
            writes = filter.writes;
          }
          i32.copyWithin(fp + code[pc + 1]!, s, s + n * 2);
          pc += 4;
          continue;
        }
        case O.StoreGN: {
          if (t > tLimit) break;
          const n = code[pc + 3]!;
          const s = fp + code[pc + 2]!;
          const at = globals + code[pc + 1]!;
          if (detect) {
            this.save(pc, fp, t, x);
            this.write(at, n, i32[s]!, i32[s + 1]!);
            i32 = memory.i32;
            f64 = memory.f64;
            reads = filter.reads;
            writes = filter.writes;
          }
          i32.copyWithin(at, s, s + n * 2);
          pc += 4;
          continue;
        }
        case O.LoadN: {
          if (t > tLimit) break;
          const p = i32[fp + code[pc + 2]!]!;
          if (p === 0) throw this.fail(fault.nil(), pc, fp, t, x);
          const n = code[pc + 5]!;
          const s = p + code[pc + 3]!;
          if (detect) {
            this.save(pc, fp, t, x);
            this.read(s, n);
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
          if (t > tLimit) break;
          const p = i32[fp + code[pc + 1]!]!;
          if (p === 0) throw this.fail(fault.nil(), pc, fp, t, x);
          const n = code[pc + 5]!;
          const s = fp + code[pc + 3]!;
          const at = p + code[pc + 2]!;
          if (detect) {
            this.save(pc, fp, t, x);
            this.write(at, n, i32[s]!, i32[s + 1]!);
            i32 = memory.i32;
            f64 = memory.f64;
            reads = filter.reads;
            writes = filter.writes;
          }
          i32.copyWithin(at, s, s + n * 2);
          pc += 8;
          continue;
        }
        case O.GlobalAddr: {
          const d = fp + code[pc + 1]!;
          i32[d] = globals + code[pc + 2]!;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.Offset: {
          const p = i32[fp + code[pc + 2]!]!;
          if (p === 0) throw this.fail(fault.nil(), pc, fp, t, x);
          const d = fp + code[pc + 1]!;
          i32[d] = p + code[pc + 3]!;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.NilCheck: {
          if (i32[fp + code[pc + 1]!] === 0) throw this.fail(fault.nil(), pc, fp, t, x);
          pc += 4;
          continue;
        }
        case O.New: {
          this.save(pc, fp, t, x);
          const address = memory.alloc(code[pc + 3]!, pc << 2);
          i32 = memory.i32;
          f64 = memory.f64;
          const d = fp + code[pc + 1]!;
          i32[d] = address;
          i32[d + 1] = 0;
          pc += 4;
          continue;
        }
        case O.NewOf: {
          this.save(pc, fp, t, x);
          const n = code[pc + 5]!;
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
          pc += 4;
          continue;
        }
        case O.Captured: {
          const d = fp + code[pc + 1]!;
          const s = i32[fp - 4]! + 2 + code[pc + 2]! * 2;
          i32[d] = i32[s]!;
          i32[d + 1] = i32[s + 1]!;
          pc += 4;
          continue;
        }
        case O.Call: {
          if (t > tLimit) break;
          const callee = code[pc + 1]!;
          const delta = code[pc + 2]!;
          let next = fp + delta;
          if (next + frameWords[callee]! > this.stackEnd) {
            this.save(pc, fp, t, x);
            grow(this, next + frameWords[callee]!);
            i32 = memory.i32;
            f64 = memory.f64;
            fp = this.fp;
            x = this.x;
            this.setTickLimit();
            tLimit = this.tLimit;
            next = fp + delta;
          }
          i32[next - 1] = delta;
          i32[next - 2] = pc + 4;
          i32[next - 3] = 0;
          i32[next - 4] = 0;
          fp = next;
          pc = entries[callee]!;
          x += callExtra;
          tLimit -= callTicks;
          continue;
        }
        case O.CallClosure: {
          if (t > tLimit) break;
          const closure = i32[fp + code[pc + 1]!]!;
          if (closure === 0) throw this.fail(fault.nil(), pc, fp, t, x);
          const callee = i32[closure]!;
          const delta = code[pc + 2]!;
          let next = fp + delta;
          if (next + frameWords[callee]! > this.stackEnd) {
            this.save(pc, fp, t, x);
            grow(this, next + frameWords[callee]!);
            i32 = memory.i32;
            f64 = memory.f64;
            fp = this.fp;
            x = this.x;
            this.setTickLimit();
            tLimit = this.tLimit;
            next = fp + delta;
          }
          i32[next - 1] = delta;
          i32[next - 2] = pc + 4;
          i32[next - 3] = 0;
          i32[next - 4] = closure;
          fp = next;
          pc = entries[callee]!;
          x += callExtra;
          tLimit -= callTicks;
          continue;
        }
        case O.CallIface: {
          if (t > tLimit) break;
          const receiver = fp + code[pc + 1]!;
          const delta = code[pc + 2]!;
          if (i32[receiver] === 0) throw this.fail(fault.nil(), pc, fp, t, x);
          const callee = this.methodOf(receiver, code[pc + 3]!);
          const lo = i32[receiver + 2]!;
          const hi = i32[receiver + 3]!;
          let next = fp + delta;
          if (next + frameWords[callee]! > this.stackEnd) {
            this.save(pc, fp, t, x);
            grow(this, next + frameWords[callee]!);
            i32 = memory.i32;
            f64 = memory.f64;
            fp = this.fp;
            x = this.x;
            this.setTickLimit();
            tLimit = this.tLimit;
            next = fp + delta;
          }
          i32[next - 1] = delta;
          i32[next - 2] = pc + 4;
          i32[next - 3] = 0;
          i32[next - 4] = 0;
          i32[next] = lo;
          i32[next + 1] = hi;
          fp = next;
          pc = entries[callee]!;
          x += callExtra;
          tLimit -= callTicks;
          continue;
        }
        case O.Return: {
          pc = i32[fp - 2]!;
          fp -= i32[fp - 1]!;
          continue;
        }
        case O.Send: {
          if (t > tLimit) break;
          this.a = fp + code[pc + 1]!;
          this.b = fp + code[pc + 2]!;
          this.save(pc, fp, t, x);
          return this.leave(Trap.Send, pc + 4);
        }
        case O.Recv: {
          if (t > tLimit) break;
          this.a = code[pc + 1]! < 0 ? 0 : fp + code[pc + 1]!;
          this.b = fp + code[pc + 2]!;
          this.c = code[pc + 3]! < 0 ? 0 : fp + code[pc + 3]!;
          this.save(pc, fp, t, x);
          return this.leave(Trap.Recv, pc + 4);
        }
        case O.Close: {
          if (t > tLimit) break;
          this.a = fp + code[pc + 1]!;
          this.save(pc, fp, t, x);
          return this.leave(Trap.Close, pc + 4);
        }
        case O.Select: {
          if (t > tLimit) break;
          this.a = fp + code[pc + 1]!;
          this.b = code[pc + 2]!;
          this.save(pc, fp, t, x);
          return this.leave(Trap.Select, pc + 4);
        }
        case O.Go: {
          if (t > tLimit) break;
          this.a = fp + code[pc + 1]!;
          this.b = fp + code[pc + 2]!;
          this.c = code[pc + 3]!;
          this.save(pc, fp, t, x);
          if (i32[this.a] === 0) return this.fatal('go of nil func value');
          return this.leave(Trap.Go, pc + 4);
        }
        case O.MakeChan: {
          if (t > tLimit) break;
          this.a = fp + code[pc + 1]!;
          this.b = code[pc + 2]! < 0 ? 0 : fp + code[pc + 2]!;
          this.c = code[pc + 3]!;
          this.save(pc, fp, t, x);
          return this.leave(Trap.MakeChan, pc + 4);
        }
        case O.ChanLen: {
          if (t > tLimit) break;
          this.a = fp + code[pc + 1]!;
          this.b = fp + code[pc + 2]!;
          this.c = code[pc + 3]!;
          this.save(pc, fp, t, x);
          return this.leave(Trap.ChanLen, pc + 4);
        }
        case O.Native: {
          if (t > tLimit) break;
          this.a = fp + code[pc + 1]!;
          this.c = code[pc + 2]!;
          this.save(pc, fp, t, x);
          return this.leave(Trap.Native, pc + 4);
        }
        case O.End: {
          this.save(pc, fp, t, x);
          return this.leave(Trap.End, pc);
        }
        default: {
          if (t > tLimit) break;
          const op = code[pc]!;
          this.save(pc, fp, t, x);
          this.pc = pc + WIDTHS[op]!;
          (COLD[op] as Handler)(this, pc, fp);
          if (this.trapped >= 0) return this.leaveTrapped();
          i32 = memory.i32;
          f64 = memory.f64;
          reads = filter.reads;
          writes = filter.writes;
          fp = this.fp;
          pc = this.pc;
          if (this.x !== x) {
            x = this.x;
            this.setTickLimit();
            tLimit = this.tLimit;
          }
          continue;
        }
      }
      // Reached by `break` only: a visible operation at pc while t > tLimit. It has not begun.
      this.save(pc, fp, t - 1, x);
      const trap = this.overLimit(pc);
      if (trap >= 0) return trap as TrapCode;
      t = this.t;
      x = this.x;
      tLimit = this.tLimit;
    }
  }
}
