/**
 * This file defines the words that the vm keeps for each goroutine, at the start of the goroutine's block. The runtime's own fields follow in the
 * same block. All are word offsets from the block's address. A program may have a million goroutines: what few of them need stands elsewhere.
 */
import type { Address } from '../base/address';
import type { DeferAddr, PanicAddr, RaisedAddr } from './panic';

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
  /** What the runtime raised and the goroutine meets when it runs next: a panic or Goexit (0: nothing). */
  Pending = 7,
  /** Slots of the stack that Go would have here, doubled as often as it has had to grow: what is accounted for. The block at Stack holds as many as were needed. */
  StackSlots = 8,
}

/** Global variables of a process: one block that nobody but the program looks into. */
export type GlobalsAddr = Address<{ readonly globals: true }>;

/** What the vm knows of a goroutine's block. */
export interface Context {
  Ctx: true;
  [Ctx.Globals]: GlobalsAddr;
  [Ctx.Defers]: DeferAddr;
  [Ctx.Panics]: PanicAddr;
  [Ctx.Pending]: RaisedAddr;
}
export type ContextAddr = Address<Context>;

/** Words at the start of a goroutine's block that belong to the vm. */
export const VM_CONTEXT_WORDS = Ctx.StackSlots + 1;
