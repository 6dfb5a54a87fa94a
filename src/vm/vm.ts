/** This file defines the interpreter: it runs one goroutine until it touches the world and then returns a trap. */
import type { Memory } from '../base/memory';
import type { Code } from '../bytecode/code';
import type { AccessFilter, TrapCode, World } from './trap';
import { Trap } from './trap';

/** One frame of a backtrace, innermost first. */
export interface BacktraceFrame {
  /** Index into Code.functions. */
  readonly function: number;
  /** Word index of the call or of the current instruction. */
  readonly pc: number;
}

/** Virtual ns of instructions. */
export interface VmCosts {
  readonly simple: number;
  readonly call: number;
}

export class Vm {
  /** Virtual ns. The machine sets it before `run` and reads it after. */
  clock = 0;
  /** Instructions executed in all. */
  steps = 0;
  stepBudget = Number.MAX_SAFE_INTEGER;
  /** Operands of the last trap. */
  a = 0;
  b = 0;
  c = 0;
  fp = 0;
  pc = 0;
  /** Text of Trap.Fatal and Trap.OutOfMemory. */
  message = '';

  constructor(
    readonly code: Code,
    readonly memory: Memory,
    readonly world: World,
    readonly filter: AccessFilter,
    readonly costs: VmCosts = { simple: 1, call: 3 },
  ) {}

  /** Runs the goroutine whose block is at `g` until it traps or the clock passes `limit`. */
  run(g: number, limit: number): TrapCode {
    void g;
    void limit;
    return Trap.End;
  }

  /** Lays out the first frame of a goroutine that calls `closure` with `argSlots` slots found at `args`; allocates its stack. */
  start(g: number, closure: number, args: number, argSlots: number, globals: number): void {
    void [g, closure, args, argSlots, globals];
  }

  /** As {@link start}, for a function that captures nothing (code.start). */
  startFunction(g: number, functionIndex: number, globals: number): void {
    void [g, functionIndex, globals];
  }

  /** A panic that the runtime raises and that the goroutine meets, at its current pc, when it runs next. */
  raise(g: number, text: string, isRuntimeError: boolean): void {
    void [g, text, isRuntimeError];
  }

  /** runtime.Goexit: when the goroutine runs next it runs all deferred calls and then traps with End. */
  goexit(g: number): void {
    void g;
  }

  /** Go's text of the panics in progress, beginning with `panic: `. */
  panicText(g: number): string {
    void g;
    return '';
  }

  /** Frames of a stopped goroutine, innermost first. */
  backtrace(g: number): BacktraceFrame[] {
    void g;
    return [];
  }

  /** Frees the goroutine's stack. */
  release(g: number): void {
    void g;
  }

  /** Reads a string value whose slot is at word address `address`. */
  readString(address: number): string {
    void address;
    return '';
  }

  /** Makes a string in simulated memory and writes its slot at word address `address`. */
  writeString(address: number, text: string): void {
    void [address, text];
  }
}
