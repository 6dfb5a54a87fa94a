/**
 * This file defines the vm: it runs one goroutine until it touches the world and then returns a trap. The loop itself is interpret.ts; here are the
 * registers it shares with the handlers of cold.ts, time, shared accesses, and what the runtime asks of a stopped goroutine.
 *
 * Time: the clock is `clock0 + t · simple + x`, where t counts instructions and x the virtual ns beyond one simple instruction each. `tLimit` is the
 * value of t beyond which a visible operation may not start any more; it is conservative (it may trip early, never late), and
 * {@link Vm.overLimit} decides exactly.
 */
import { Accounts, MemoryExhausted } from '../base/accounts';
import { Interrupted, Interrupt, UNITS_BETWEEN_QUESTIONS } from '../base/interrupt';
import { OutOfMemory } from '../base/ledger';
import { type Memory, copyWords } from '../base/memory';
import { decodeBytes, encodedLength, encodeInto } from '../base/utf8';
import { functionAt, type Code } from '../bytecode/code';
import { shapeOf, type MapShape } from '../bytecode/mapLayout';
import { Horizon } from './horizon';
import { type ContextAddr, Ctx, type GlobalsAddr } from './context';
import type { FailureCode } from '../event/failure';
import { GoPanic, StackOverflow, fault } from './fault';
import { continuePending, panicCode, panicText, raise, raiseGoexit, startRuntimePanic } from './panic';
import { type BacktraceFrame, backtrace } from './backtrace';
import { FRAME_HEADER, GO_STACK_LIMIT, GO_STACK_START, grow, layOutFirstFrame, releaseStack } from './stack';
import { interpret } from './interpret';
import { roundUpSize } from './sizeClasses';
import { TagKind, tagOf } from './tags';
import type { AccessFilter, Answerer, TrapCode, World } from './trap';
import { Trap } from './trap';
import { INCLUDED, INCLUDED_IN_PRINTING, StepsSpent, Work } from './work';

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
  /** Most bytes that a goroutine's stack may have. */
  readonly stackMax: number;
}

/** Ticks are folded into the clock at least this often, so that `t` stays a small integer and the interrupt is asked about once a millisecond. */
const MAX_TICKS = UNITS_BETWEEN_QUESTIONS;
/** The first time after so few, then after twice as many each time: what the loop does at its limits has run when the host compiles it. */
const FIRST_TICKS = 256;
let mostTicks = FIRST_TICKS;
/** From here on a call trips every limit, and {@link Vm.overLimit} decides. */
const MOST_CALL_TICKS = 1 << 28;
/** Words that are moved between two questions: 1 MB. */
const PIECE = 1 << 18;

/** Characters of a text at most: JavaScript has none above 2²⁹ − 24. */
const MOST_TEXT = 1 << 28;

/** Entries of the table of methods; where types and methods are so many that it would be larger, methods are looked for by name. */
const MAX_DISPATCH = 1 << 22;

export class Vm {
  // ---- set by the machine between runs
  /** Virtual ns. */
  clock = 0;
  /** Instructions executed in all. */
  steps = 0;
  /** No operation starts once so many have been: a pause, or the end. */
  stepBudget = Number.MAX_SAFE_INTEGER;
  /** The end: of an instruction whose work would go beyond it nothing is done. */
  stepLimit = Number.MAX_SAFE_INTEGER;
  /** Told of all work; asked whether the run is to end. */
  interrupt = Interrupt.never;

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
  /** Text of Trap.Fatal. */
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
  /** What x was when the loop was entered. */
  x0 = 0;
  /** Set by a handler that ends the run: a trap, or −1. */
  trapped = -1;
  /** Whether `t` and `x` count on from clock0 and steps0; else clock and steps are up to date. */
  private counting = false;
  private answerer: Answerer | undefined;
  private clock0 = 0;
  private steps0 = 0;
  tLimit = 0;
  tNear = 0;
  tFar = 0;

  // ---- caches of the code, and addresses of the two blocks made at boot
  readonly entries: Int32Array;
  readonly frameWords: Int32Array;
  /** [type · methods + method] -> function, −1 none; empty when it would be too large. */
  readonly dispatch: Int32Array;
  /** Methods that are called through interfaces. */
  readonly methods: number;
  /** Virtual ns of a call beyond those of an instruction, and the instructions that are over as late: what a call adds to the loop's count. */
  private readonly callExtra: number;
  readonly callTicks: number;
  /** Byte address of Code.data. */
  readonly dataBytes: number;
  readonly accounts: Accounts;
  readonly stackStart: number;
  readonly stackMax: number;
  /** By type index: bytes that Go's allocator takes for one value. */
  readonly valueBytes: Float64Array;
  /** By type index: slots of a value. */
  readonly valueSlots: Int32Array;
  /** By type index: how the entries of a map of that type lie. */
  readonly mapShapes: readonly (MapShape | undefined)[];
  /** Address of the func values of functions that capture nothing, one slot each. */
  readonly functionValues: number;

  constructor(
    readonly code: Code,
    readonly memory: Memory,
    readonly world: World,
    readonly filter: AccessFilter,
    readonly costs: VmCosts = { simple: 1, call: 3 },
    budget: VmMemory = { accounts: new Accounts(memory), stackStart: GO_STACK_START, stackMax: GO_STACK_LIMIT },
  ) {
    this.accounts = budget.accounts;
    this.stackStart = budget.stackStart;
    this.stackMax = budget.stackMax;
    this.valueBytes = Float64Array.from(code.types, (type) => roundUpSize(type.bytes, !type.pointers));
    this.valueSlots = Int32Array.from(code.types, (type) => type.slots);
    this.mapShapes = code.types.map(({ kind, index }) => (kind === 'map' ? shapeOf(code, index) : undefined));
    this.entries = Int32Array.from(code.functions, (f) => f.entry);
    this.frameWords = Int32Array.from(code.functions, (f) => f.frameSlots * 2);
    this.dispatch = dispatchTable(code);
    this.methods = code.methodNames.length;
    this.callExtra = costs.call - costs.simple;
    // Limits never move away, though a call may cost less than an instruction: they are those of the budget of instructions, too.
    this.callTicks = this.callExtra > 0 ? Math.min(Math.ceil(this.callExtra / costs.simple), MOST_CALL_TICKS) : 0;
    const data = memory.alloc(Math.ceil(code.data.length / 8), tagOf(TagKind.Bytes));
    this.dataBytes = data * 4;
    this.bytes.set(code.data, this.dataBytes);
    this.functionValues = memory.alloc(code.functions.length, tagOf(TagKind.Closure));
    code.functions.forEach((f) => (memory.i32[this.functionValues + f.index * 2] = f.index));
  }

  /** Memory as bytes, for strings. */
  get bytes(): Uint8Array {
    return this.memory.bytes;
  }

  /**
   * Runs the goroutine whose block is at `g` until it traps or the clock passes a limit: `limit` for what others can order themselves by,
   * `near` for plain accesses of shared memory, `far` for jumps and calls, which nobody can see. Neither of these is before `limit`.
   */
  run(g: ContextAddr, limit: number, near = limit, far = limit): TrapCode {
    this.limit = limit;
    this.near = near;
    this.far = far;
    return this.resume(g);
  }

  /**
   * As {@link run}, up to the limits that stand in the fields: a number that is passed from function to function is one that the host allocates.
   * What the `answerer` answers is no trap.
   */
  resume(g: ContextAddr, answerer?: Answerer): TrapCode {
    const m = this.memory.i32;
    this.answerer = answerer;
    const stack = m[g + Ctx.Stack]!;
    this.g = g;
    this.fp = m[g + Ctx.Fp]!;
    this.pc = m[g + Ctx.Pc]!;
    this.stackEnd = stack + m[stack - 1]! * 2;
    this.globals = m[g + Ctx.Globals] as GlobalsAddr;
    this.clock0 = this.clock;
    this.steps0 = this.steps;
    this.t = 0;
    this.x = 0;
    this.counting = true;
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

  /** Turns what an instruction threw into a panic of the goroutine (−1: it goes on) or a trap. @throws what the answerer threw: the goroutine had stopped */
  private meet(error: unknown): number {
    if (!this.counting) throw error;
    if (error instanceof GoPanic) return startRuntimePanic(this, error.code, error.text);
    if (error instanceof StackOverflow) {
      return this.fatal('fatal.stack-overflow', error.message, error.notice);
    }
    if (error instanceof MemoryExhausted) return this.fatal('fatal.out-of-memory', 'runtime: out of memory');
    if (error instanceof OutOfMemory) {
      this.b = error.requestedBytes / 4;
      return this.leave(Trap.OutOfMemory, this.pc);
    }
    if (error instanceof StepsSpent || error instanceof Interrupted) this.leave(Trap.Limit, this.pc);
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
    this.counting = false;
    return trap;
  }

  /** The instruction that has been saved asks for something. @returns the trap, or −1 when it has been done and the loop goes on */
  ask(trap: TrapCode): number {
    this.leave(trap, this.pc);
    if (this.answerer === undefined) return trap;
    if (!this.answerer.answer(trap)) return Trap.Answered;
    this.counting = true;
    return -1;
  }

  /** Brings clock and steps up to date in the middle of a run. Outside of one they are. */
  bringUpToDate(): void {
    if (!this.counting) return;
    this.clock = this.clock0 + this.t * this.costs.simple + this.x;
    this.steps = this.steps0 + this.t;
  }

  setTickLimit(): void {
    const now = this.clock0 + this.x;
    const left = this.stepBudget - this.steps0;
    const most = left < mostTicks ? left | 0 : mostTicks;
    if (this.limit - now >= most * this.costs.simple) {
      // Mostly: the first of the limits is further away than the loop may count.
      this.tLimit = this.tNear = this.tFar = most;
      return;
    }
    this.tLimit = this.ticksUntil(this.limit - now, most);
    this.tNear = this.ticksUntil(this.near - now, most);
    this.tFar = this.ticksUntil(this.far - now, most);
  }

  /** A word, like all that the loop counts with: the host converts to other whole numbers by trial. */
  private ticksUntil(ns: number, most: number): number {
    const { simple } = this.costs;
    if (simple === 0) return ns < 0 ? -1 : most;
    const ticks = (simple === 1 ? ns : ns / simple) + 1;
    return ticks > most ? most : ticks < 0 ? -1 : ticks | 0;
  }

  /** An operation at `pc` is about to start although its t-limit has passed: a trap, or −1 when it may. `t` does not count it. */
  overLimit(pc: number, horizon: Horizon): number {
    this.at = pc;
    this.bringUpToDate();
    if (this.clock > (horizon === Horizon.Far ? this.far : horizon === Horizon.Near ? this.near : this.limit))
      return this.leave(Trap.Limit, pc);
    if (this.steps >= this.stepBudget) return this.leave(Trap.Budget, pc);
    this.fold();
    return -1;
  }

  /** Counts on from now, from 0. @throws Interrupted */
  fold(): void {
    this.interrupt.worked(this.t);
    this.bringUpToDate();
    this.clock0 = this.clock;
    this.steps0 = this.steps;
    this.t = 0;
    this.x = 0;
    if (mostTicks < MAX_TICKS) mostTicks *= 2;
    this.setTickLimit();
  }

  /** The value of t beyond which an operation of a kind may not start, as far as the loop knows. */
  ticksTo(horizon: Horizon): number {
    if (horizon === Horizon.Exact) return this.tLimit;
    if (horizon === Horizon.Near) return this.tNear;
    return horizon === Horizon.Far ? this.tFar : Infinity;
  }

  // ---- bulk work

  /**
   * Charges for the work (vm/work.ts) that an instruction or a native is about to do at once. @param included what costs nothing.
   * @throws StepsSpent, Interrupted
   */
  charge(work: number, included = INCLUDED): void {
    if (work > included) this.spend(work - included);
  }

  /** As {@link charge}, for more work of an instruction that has been charged. */
  spend(work: number): void {
    const n = Math.ceil(work);
    this.interrupt.worked(n);
    if ((this.counting ? this.steps0 + this.t : this.steps) + n > this.stepLimit) throw new StepsSpent(n);
    if (this.counting) this.t += n;
    else {
      this.steps += n;
      this.clock += n * this.costs.simple;
    }
  }

  /** Charges for making so many bytes a text of the host. @throws StepsSpent, Interrupted, OutOfMemory */
  chargeText(bytes: number): void {
    this.checkText(bytes);
    this.charge(bytes * Work.convertedByte, INCLUDED_IN_PRINTING);
  }

  /** @throws OutOfMemory when the host has no text of so many characters, or may not have */
  checkText(length: number): void {
    const most = Math.min(MOST_TEXT, this.memory.budgetWords * 4);
    if (length > most) throw new OutOfMemory(length, most);
  }

  /** Copies words, which may overlap: a large block piece by piece. */
  move(to: number, from: number, words: number): void {
    const m = this.memory.i32;
    if (words <= PIECE) {
      copyWords(m, to, from, words);
      return;
    }
    for (let done = 0; done < words; done += PIECE) {
      const n = Math.min(PIECE, words - done);
      const at = to > from ? words - done - n : done;
      m.copyWithin(to + at, from + at, from + at + n);
      this.interrupt.worked(n >> 2);
    }
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

  /**
   * Saves the loop's registers.
   * @param pc of the instruction that is being executed
   * @param t instructions, and for each of the `calls` since the loop was entered {@link callTicks}
   */
  save(pc: number, fp: number, t: number, calls: number): void {
    this.at = pc;
    this.pc = pc + 4;
    this.fp = fp;
    this.t = t - calls * this.callTicks;
    // Mostly none: the host would wait for the sum at every trap.
    if (calls !== 0) this.x = this.x0 + calls * this.callExtra;
  }

  /** Enters a function, whose frame starts `delta` words above the running one; the stack grows if it must. @throws StackOverflow, MemoryExhausted */
  call(callee: number, closure: number, delta: number): void {
    this.enter(callee, closure, delta);
    this.x += this.callExtra;
  }

  /** As {@link call}, at the price of an instruction. */
  enter(callee: number, closure: number, delta: number): void {
    const end = this.fp + delta + this.frameWords[callee]!;
    if (end > this.stackEnd) grow(this, end);
    const m = this.memory.i32;
    const fp = this.fp + delta;
    m[fp - 1] = delta;
    m[fp - 2] = this.pc;
    m[fp - 3] = 0;
    m[fp - FRAME_HEADER] = closure;
    this.fp = fp;
    this.pc = this.entries[callee]!;
  }

  /** Function that implements method `m` of the dynamic type in the interface at word address `at`. @throws GoPanic when it is nil */
  methodOf(at: number, m: number): number {
    const type = this.memory.i32[at]!;
    if (type === 0) throw fault.nil();
    const { types, methodNames } = this.code;
    return this.dispatch[(type - 1) * methodNames.length + m] ?? types[type - 1]!.methods?.get(methodNames[m]!) ?? -1;
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
    raise(this, g, code, this.newText(text));
  }

  /** runtime.Goexit: when the goroutine runs next it runs all deferred calls and then traps with End. */
  goexit(g: ContextAddr): void {
    raiseGoexit(this, g);
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
  backtrace(g: ContextAddr, most?: number): BacktraceFrame[] {
    return backtrace(this, g, most);
  }

  /** Frees the goroutine's stack and what is left of its deferred calls and panics. */
  release(g: ContextAddr): void {
    releaseStack(this, g);
  }

  /** Reads the string whose slot is at word address `address`; bytes that are not UTF-8 as in base/utf8.ts. */
  readString(address: number): string {
    const start = this.memory.i32[address]! >>> 0;
    const length = this.memory.i32[address + 1]!;
    this.chargeText(length);
    return decodeBytes(this.bytes, start, start + length);
  }

  /** Makes a string in simulated memory and writes its slot at word address `address`. */
  writeString(address: number, text: string): void {
    this.accounts.allocate(roundUpSize(encodedLength(text), true));
    const { start, length } = this.newText(text);
    this.memory.i32[address] = start;
    this.memory.i32[address + 1] = length;
  }

  private newText(text: string): { start: number; length: number } {
    const length = encodedLength(text);
    if (length === 0) return { start: 0, length };
    const start = this.memory.alloc((length + 7) >> 3, tagOf(TagKind.Bytes)) * 4;
    encodeInto(this.bytes, start, text);
    return { start, length };
  }
}

function dispatchTable({ types, methodNames }: Code): Int32Array {
  const entries = types.length * methodNames.length;
  const table = new Int32Array(entries > MAX_DISPATCH ? 0 : entries).fill(-1);
  if (table.length === 0) return table;
  for (const { index, methods } of types) {
    if (methods) methodNames.forEach((name, m) => (table[index * methodNames.length + m] = methods.get(name) ?? -1));
  }
  return table;
}
