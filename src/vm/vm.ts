/**
 * This file defines the vm: it runs one goroutine until it touches the world and then returns a trap. The loop itself is interpret.ts; here are the
 * registers it shares with the handlers of cold.ts, time, shared accesses, and what the runtime asks of a stopped goroutine.
 *
 * Time: the clock is `clock0 + t · simple + x`, where t counts instructions and x the virtual ns beyond one simple instruction each. `tLimit` is the
 * value of t beyond which a visible operation may not start any more; it is conservative (it may trip early, never late), and
 * {@link Vm.overLimit} decides exactly.
 */
import { Accounts, MemoryExhausted } from '../base/accounts';
import { OutOfMemory, type Memory } from '../base/memory';
import { toBigInt } from '../base/int64';
import { decodeBytes, encodeBytes } from '../base/utf8';
import { functionAt, type Code } from '../bytecode/code';
import { Horizon } from './horizon';
import { type ContextAddr, Ctx, type GlobalsAddr, Pending } from './context';
import { failureNumber, type FailureCode } from '../event/failure';
import { GoPanic, StackOverflow, fault } from './fault';
import { continuePending, panicCode, panicText, startRuntimePanic } from './panic';
import { type BacktraceFrame, backtrace } from './backtrace';
import { hasPointers } from './slices';
import { GO_STACK_START, layOutFirstFrame, releaseStack } from './stack';
import { interpret } from './interpret';
import { roundUpSize } from './sizeClasses';
import { TagKind, tagOf } from './tags';
import type { AccessFilter, TrapCode, World } from './trap';
import { Trap } from './trap';

/** Virtual ns of instructions. */
export interface VmCosts {
  readonly simple: number;
  readonly call: number;
}

/** What a program's memory costs on the simulated machine. */
export interface VmMemory {
  readonly accounts: Accounts;
  /** Bytes of a goroutine's first stack. */
  readonly stackStart: number;
}

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
  /** What failed, of Trap.Fatal. */
  failure: FailureCode = 'fatal.out-of-memory';
  /** Text of Trap.Fatal and Trap.OutOfMemory. */
  message = '';
  /** A line that Go prints before the fatal error (stack overflow), or ''. */
  notice = '';

  // ---- while a goroutine runs: registers that handlers may read and write
  g: ContextAddr = 0;
  /** Instruction being executed. */
  at = 0;
  stackEnd = 0;
  globals: GlobalsAddr = 0;
  limit = 0;
  near = 0;
  far = 0;
  t = 0;
  x = 0;
  /** Set by a handler that ends the run: a trap, or −1. */
  trapped = -1;
  private clock0 = 0;
  private steps0 = 0;
  tLimit = 0;
  tNear = 0;
  tFar = 0;

  // ---- caches of the code, and addresses of the two blocks made at boot
  readonly entries: Int32Array;
  readonly frameWords: Int32Array;
  /** [type · methods + method] -> function, −1 none. */
  private readonly dispatch: Int32Array;
  /** Byte address of Code.data. */
  readonly dataBytes: number;
  readonly accounts: Accounts;
  readonly stackStart: number;
  /** By type index: bytes that Go's allocator takes for one value. */
  readonly valueBytes: Float64Array;
  /** Address of the func values of functions that capture nothing, one slot each. */
  readonly functionValues: number;
  private byteView: Uint8Array = new Uint8Array(0);

  constructor(
    readonly code: Code,
    readonly memory: Memory,
    readonly world: World,
    readonly filter: AccessFilter,
    readonly costs: VmCosts = { simple: 1, call: 3 },
    budget: VmMemory = { accounts: new Accounts(memory), stackStart: GO_STACK_START },
  ) {
    this.accounts = budget.accounts;
    this.stackStart = budget.stackStart;
    this.valueBytes = Float64Array.from(code.types, (type) => roundUpSize(type.bytes, !hasPointers(code, type)));
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

  /**
   * Runs the goroutine whose block is at `g` until it traps or the clock passes a limit: `limit` for what others can order themselves by,
   * `near` for plain accesses of shared memory, `far` for jumps and calls, which nobody can see.
   */
  run(g: ContextAddr, limit: number, near = limit, far = limit): TrapCode {
    const m = this.memory.i32;
    const stack = m[g + Ctx.Stack]!;
    this.g = g;
    this.limit = limit;
    this.near = near;
    this.far = far;
    this.fp = m[g + Ctx.Fp]!;
    this.pc = m[g + Ctx.Pc]!;
    this.stackEnd = stack + m[stack - 1]! * 2;
    this.globals = m[g + Ctx.Globals] as GlobalsAddr;
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
        return interpret(this);
      } catch (error) {
        const trap = this.guarded(() => this.meet(error));
        if (trap >= 0) return trap as TrapCode;
      }
    }
  }

  /** Turns what an instruction threw into a panic of the goroutine (−1: it goes on) or a trap. */
  private meet(error: unknown): number {
    if (error instanceof GoPanic) return startRuntimePanic(this, error.code, error.text);
    if (error instanceof StackOverflow) {
      return this.fatal('fatal.stack-overflow', error.message, error.notice);
    }
    if (error instanceof MemoryExhausted) return this.fatal('fatal.out-of-memory', 'runtime: out of memory');
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

  /** Ends the run with Trap.Fatal. `notice`: what Go prints before it. */
  fatal(code: FailureCode, message: string, notice = ''): TrapCode {
    this.failure = code;
    this.message = message;
    this.notice = notice;
    return this.leave(Trap.Fatal, this.pc);
  }

  leaveTrapped(): TrapCode {
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

  /** Brings clock and steps up to date in the middle of a run. */
  bringUpToDate(): void {
    this.clock = this.clock0 + this.t * this.costs.simple + this.x;
    this.steps = this.steps0 + this.t;
  }

  setTickLimit(): void {
    const now = this.clock0 + this.x;
    const most = Math.min(this.stepBudget - this.steps0, MAX_TICKS);
    this.tLimit = this.ticksUntil(this.limit - now, most);
    this.tNear = this.ticksUntil(this.near - now, most);
    this.tFar = this.ticksUntil(this.far - now, most);
  }

  private ticksUntil(ns: number, most: number): number {
    const { simple } = this.costs;
    const ticks = simple === 1 ? ns : ns / simple;
    return ticks + 1 > most ? most : Math.floor(Math.max(-1, ticks + 1));
  }

  /** An operation at `pc` is about to start although its t-limit has passed: a trap, or −1 when it may. `t` does not count it. */
  overLimit(pc: number, horizon: Horizon): number {
    this.at = pc;
    this.bringUpToDate();
    if (this.clock > (horizon === Horizon.Far ? this.far : horizon === Horizon.Near ? this.near : this.limit))
      return this.leave(Trap.Limit, pc);
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

  touch(write: boolean, at: number, slots: number, lo: number, hi: number): void {
    this.bringUpToDate();
    // The world may ask for a backtrace.
    const m = this.memory.i32;
    m[this.g + Ctx.Fp] = this.fp;
    m[this.g + Ctx.At] = this.at;
    this.world.access(write, at >> 1, slots, this.at, lo, hi);
  }

  // ---- failing and leaving from inside the loop: the locals are saved first

  save(pc: number, fp: number, t: number, x: number): void {
    this.at = pc;
    this.pc = pc + 4;
    this.fp = fp;
    this.t = t;
    this.x = x;
  }

  fail(error: GoPanic, pc: number, fp: number, t: number, x: number): GoPanic {
    this.save(pc, fp, t, x);
    return error;
  }

  outOfRange(index: number, length: number, pc: number, fp: number, t: number, x: number): GoPanic {
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
  start(g: ContextAddr, closure: number, args: number, argSlots: number, globals: GlobalsAddr): void {
    layOutFirstFrame(this, g, this.memory.i32[closure]!, closure, args, argSlots, globals);
  }

  /** As {@link start}, for a function that captures nothing and takes no arguments (Code.start). */
  startFunction(g: ContextAddr, functionIndex: number, globals: GlobalsAddr): void {
    layOutFirstFrame(this, g, functionIndex, this.functionValues + functionIndex * 2, 0, 0, globals);
  }

  /** A panic that the runtime raises and that the goroutine meets, at its current pc, when it runs next. */
  raise(g: ContextAddr, code: FailureCode, text: string): void {
    const address = this.newText(text);
    const m = this.memory.i32;
    m[g + Ctx.Pending] = Pending.Failure + failureNumber(code);
    m[g + Ctx.PendingText] = address.start;
    m[g + Ctx.PendingLength] = address.length;
  }

  /** runtime.Goexit: when the goroutine runs next it runs all deferred calls and then traps with End. */
  goexit(g: ContextAddr): void {
    this.memory.i32[g + Ctx.Pending] = Pending.Goexit;
  }

  /** Go's text of the panics in progress, beginning with `panic: `, without a newline at the end. */
  panicText(g: ContextAddr): string {
    return panicText(this, g);
  }

  /** What the newest panic in progress is. */
  panicCode(g: ContextAddr): FailureCode {
    return panicCode(this, g);
  }

  /** Frames of a stopped goroutine, innermost first; wrappers that the compiler made are left out. */
  backtrace(g: ContextAddr): BacktraceFrame[] {
    return backtrace(this, g);
  }

  /** Frees the goroutine's stack and what is left of its deferred calls and panics. */
  release(g: ContextAddr): void {
    releaseStack(this, g);
  }

  /** Reads the string whose slot is at word address `address`; bytes that are not UTF-8 as in base/utf8.ts. */
  readString(address: number): string {
    const start = this.memory.i32[address]! >>> 0;
    return decodeBytes(this.bytes, start, start + this.memory.i32[address + 1]!);
  }

  /** Makes a string in simulated memory and writes its slot at word address `address`. */
  writeString(address: number, text: string): void {
    this.accounts.allocate(roundUpSize(encodeBytes(text).length, true));
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
}
