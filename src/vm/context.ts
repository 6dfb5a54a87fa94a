/**
 * This file defines the words that the vm keeps for each goroutine, at the start of the goroutine's block. The runtime's own fields follow in the
 * same block from word {@link VM_CONTEXT_SLOTS} * 2. All are word offsets from the block's address.
 */
import type { Address } from '../base/address';
import type { DeferAddr, PanicAddr } from './panic';

export const enum Ctx {
  /** Absolute word address of the running frame. */
  Fp = 0,
  /** Word index of the next instruction. */
  Pc = 1,
  /** Address of the stack block (0: not started or released). */
  Stack = 2,
  /** Word index of the instruction that is or was last executed: what a backtrace shows for the top frame. */
  At = 3,
  /** Address of the globals block of the goroutine's process. */
  Globals = 4,
  /** Newest deferred call, a linked list (0: none). */
  Defers = 5,
  /** Newest panic (or Goexit) in progress, a linked list (0: none). */
  Panics = 6,
  /** What the runtime raised and the goroutine meets when it runs next: one of {@link Pending}. */
  Pending = 7,
  /** Text of the pending panic, as a string slot: byte address and length. */
  PendingText = 8,
  PendingLength = 9,
  /** Simulated stack size in bytes, as Go would have it: at least 2048. */
  StackBytes = 10,
  /** Most bytes that the stack may have before the goroutine or thread overflows it (0: Go's limit of 1,000,000,000). */
  StackLimit = 11,
}

/** Global variables of a process: one block that nobody but the program looks into. */
export type GlobalsAddr = Address<{ readonly globals: true }>;

/** What the vm knows of a goroutine's block. */
export interface Context {
  Ctx: true;
  [Ctx.Globals]: GlobalsAddr;
  [Ctx.Defers]: DeferAddr;
  [Ctx.Panics]: PanicAddr;
}
export type ContextAddr = Address<Context>;

/** Values of {@link Ctx.Pending}: nothing, a Goexit, or from Failure on a panic, whose number (event/failure.ts) is added. */
export const Pending = { None: 0, Goexit: 1, Failure: 2 } as const;

/** Slots at the start of a goroutine's block that belong to the vm. */
export const VM_CONTEXT_SLOTS = 6;
