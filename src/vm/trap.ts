/**
 * This file defines what the vm needs from its surroundings and how it hands over: `run` executes one goroutine until it touches the world
 * and then returns a trap. Operands of the trap stand in public fields of the vm (absolute word addresses into Memory, valid while the goroutine
 * is stopped: its stack only moves while it runs itself). The pc already points behind the trapping instruction: whoever completes the operation
 * writes results straight to the given addresses.
 */
import type { FailureCode } from '../event/failure';

export const Trap = {
  /** The clock reached the limit before a visible operation, a backward jump or a call; running again goes on. */
  Limit: 0,
  /** c <- v. a: address of the channel's slot; b: address of the value. */
  Send: 1,
  /** <-c. a: destination (0: dropped); b: address of the channel's slot; c: address of ok (0: none). */
  Recv: 2,
  /** a: address of the channel's slot. */
  Close: 3,
  /** a: address that gets the chosen index (lo; -1 default); b: index into Code.selects; frame slots in the table are relative to vm.fp. */
  Select: 4,
  /** go f(args). a: address of the slot holding the closure; b: address of the first argument; c: number of argument slots. */
  Go: 5,
  /** make(chan T, n). a: destination; b: address of n (0: unbuffered); c: type index of the channel type. */
  MakeChan: 6,
  /** A native function of std. a: address of the first argument, where results go too (results follow the parameters, as in every call); c: index into Code.natives. */
  Native: 7,
  /** The goroutine's function has returned, or Goexit has run all deferred calls (vm.goexit). */
  End: 8,
  /** A panic was not recovered; vm.panicCode() says which, vm.panicText() is Go's text. */
  Panic: 9,
  /** Not recoverable: stack overflow, go of nil func; vm.failure says which, vm.message is Go's text after `fatal error: `. */
  Fatal: 10,
  /** vm.stepBudget instructions have been executed in this machine. */
  Budget: 11,
  /** Memory's budget is spent. b: words that were wanted. */
  OutOfMemory: 12,
  /** len(c) or cap(c) of a channel. a: destination; b: address of the channel's slot; c: 0 len, 1 cap. */
  ChanLen: 13,
  /** What Interlane has not. a: index into Code.unsupported. */
  Unsupported: 14,
  /** What the goroutine asked for has been done ({@link Answerer}), and it does not simply go on: whoever did it knows the rest. */
  Answered: 15,
} as const;
export type TrapCode = (typeof Trap)[keyof typeof Trap];

/** What the vm may ask while it runs. The machine implements it. */
export interface World {
  /**
   * A shared access that the access filter could not prove redundant. `slots` from slot address `slot` (word address / 2) are read or written;
   * lo, hi are the first slot's value. `pc` is the word index of the instruction. The world updates the filter;
   * memory it leaves as and where it is.
   */
  access(write: boolean, slot: number, slots: number, pc: number, lo: number, hi: number): void;
  /** Where an iteration over a map of n entries starts. */
  mapOrder(n: number): number;
  /** The goroutine's stack has been copied to one of this many bytes. */
  stackGrown(bytes: number, pc: number): void;
  /** A panic starts (recoverable or not yet known), or is recovered. */
  panicking(code: FailureCode, text: string, pc: number): void;
  recovered(pc: number): void;
}

/**
 * Does at once what the goroutine asks for by Send, Recv, Select, Go or Native, with the vm as after a trap. To leave the interpreter and to enter it again takes
 * as long as most of what is asked for.
 */
export interface Answerer {
  /** @returns whether the goroutine goes on at the instruction behind, with the same clock and limits; else it has stopped, by Trap.Answered */
  answer(trap: TrapCode): boolean;
}

/**
 * The access filter: which segment last read and last wrote each slot (index = word address / 2). A segment is a stretch of one goroutine between two
 * synchronisation events; a repeated access in the same segment can teach no detector anything, so the vm skips it with one load and one compare:
 * read: skip when reads[s] === segment or writes[s] === segment; write: skip when writes[s] === segment.
 * The vm sees to it that they are as long as the memory, and reads them again where it reads Memory.i32 again: they may be replaced.
 */
export interface AccessFilter {
  reads: Int32Array;
  writes: Int32Array;
  /** Segment of the running goroutine. */
  segment: number;
  /** False: nobody detects, accesses are not even compared. */
  enabled: boolean;
  /** From now on the arrays have at least so many slots; new ones are unmarked. */
  makeRoom(slots: number): void;
}
