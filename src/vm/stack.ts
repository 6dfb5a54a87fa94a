/**
 * This file defines frames and stacks: how the first frame is laid out and how a stack grows.
 *
 * Before each frame stand two slots of header, word offsets from fp:
 *   −1 distance to the caller's fp in words    −2 word index where the caller goes on
 *   −3 1: called by ReturnDefers, else 0       −4 address of the running closure (0: a plain function)
 * Nothing in a frame or in a deferred call or panic holds an absolute stack address, so that a stack is moved by copying it.
 *
 * A stack has two sizes. What the simulated machine accounts for is Go's: 2 KB, doubled when {@link Ctx.StackSlots}, which begins at MIN_SLOTS and is doubled until
 * the frames fit in, needs more; that it grows costs virtual time and is told of. What the host holds is what the frames need: a goroutine that waits in its first
 * function has a stack of a few slots. It grows unseen.
 */
import { OutOfMemory } from '../base/ledger';
import { copyWords } from '../base/memory';
import { FIXED_PC } from '../bytecode/op';
import { type ContextAddr, Ctx, type GlobalsAddr } from './context';
import { StackOverflow } from './fault';
import type { DeferAddr, PanicAddr } from './panic';
import { TagKind, tagOf } from './tags';
import type { Vm } from './vm';

/** Header of a frame, in words. */
export const FRAME_HEADER = 4;
/** Slots that the smallest stack is taken to have. */
const MIN_SLOTS = 32;
/** Slots between which a stack's size in the host is a power of two (base/memory.ts). */
const SMALL = 64;
const LARGE = 1024;
/** Bytes that a stack starts with in Go. */
export const GO_STACK_START = 2048;
/** Go's limit on 64-bit machines. */
export const GO_STACK_LIMIT = 1000000000;

/** Bytes of the stack that Go would have for `slots`: the start, doubled as often as it takes. */
function simulatedBytes(vm: Vm, slots: number): number {
  let bytes = vm.stackStart;
  while (bytes < slots * 8) bytes *= 2;
  return bytes;
}

/** Slots of the block for a stack that needs so many: of a size that is used again when it is free, unless the waste would be large. */
function hostSlots(needed: number): number {
  if (needed < SMALL || needed > LARGE) return needed;
  return 2 ** Math.ceil(Math.log2(needed));
}

/** The stack of goroutine `g` gets its first frame: a call of `functionIndex` that returns to the fixed End instruction. */
export function layOutFirstFrame(
  vm: Vm,
  g: ContextAddr,
  functionIndex: number,
  closure: number,
  args: number,
  argSlots: number,
  globals: GlobalsAddr,
): void {
  const needed = (vm.frameWords[functionIndex]! + FRAME_HEADER) / 2;
  const slots = Math.max(MIN_SLOTS, needed);
  vm.accounts.openStack(simulatedBytes(vm, slots));
  const stack = vm.memory.alloc(hostSlots(needed), tagOf(TagKind.Stack));
  const m = vm.memory.i32;
  const fp = stack + FRAME_HEADER;
  m[fp - 2] = FIXED_PC.End;
  m[fp - 4] = closure;
  copyWords(m, fp, args, argSlots * 2);
  m[g + Ctx.Fp] = fp;
  m[g + Ctx.Pc] = m[g + Ctx.At] = vm.entries[functionIndex]!;
  m[g + Ctx.Stack] = stack;
  m[g + Ctx.Globals] = globals;
  m[g + Ctx.StackSlots] = slots;
}

/** Makes the running goroutine's stack reach at least to word address `end` (in the present stack's terms), by copying it to a larger one. @throws StackOverflow, MemoryExhausted, OutOfMemory */
export function grow(vm: Vm, end: number): void {
  const { memory, g } = vm;
  const before = memory.i32[g + Ctx.StackSlots]!;
  const needed = (end - memory.i32[g + Ctx.Stack]!) / 2;
  let slots = before;
  while (slots < needed) slots *= 2;
  const bytes = simulatedBytes(vm, slots);
  const growth = bytes - simulatedBytes(vm, before);
  if (slots > before) {
    checkGrowth(vm, end, slots, growth > 0 ? bytes : 0);
    if (growth > 0) vm.accounts.growStack(growth);
  }
  enlarge(vm, hostSlots(Math.max(needed, Math.min(slots, 2 * memory.slots(memory.i32[g + Ctx.Stack]!)))));
  memory.i32[g + Ctx.StackSlots] = slots;
  if (growth > 0) {
    vm.x += bytes / 2 / 16; // copying costs 1 ns for 16 bytes
    vm.bringUpToDate();
    vm.world.stackGrown(bytes, vm.at);
  }
}

/**
 * Whether a stack may have so many slots, and so many simulated bytes. It may take a quarter of the host's budget: old and new exist at once while it is copied.
 * One frame that takes half of that is no recursion.
 */
function checkGrowth(vm: Vm, end: number, slots: number, bytes: number): void {
  const { memory, stackMax } = vm;
  const fits = slots * 8 <= memory.budgetWords;
  if (!fits && (end - vm.fp) * 8 > memory.budgetWords) throw new OutOfMemory(slots * 8, memory.budgetWords * 4);
  if (!fits || bytes > stackMax) throw new StackOverflow(stackMax);
}

/** Moves the running goroutine's stack to a block of so many slots. */
function enlarge(vm: Vm, slots: number): void {
  const { memory, g } = vm;
  const stack = memory.alloc(slots, tagOf(TagKind.Stack));
  const m = memory.i32;
  const old = m[g + Ctx.Stack]!;
  copyWords(m, stack, old, memory.slots(old) * 2);
  memory.free(old);
  m[g + Ctx.Stack] = stack;
  vm.fp += stack - old;
  vm.stackEnd = stack + slots * 2;
}

/** Frees the stack, the deferred calls and the panics of a goroutine that will not run any more. */
export function releaseStack(vm: Vm, g: ContextAddr): void {
  const m = vm.memory.i32;
  freeList(vm, m[g + Ctx.Defers] as DeferAddr);
  freeList(vm, m[g + Ctx.Panics] as PanicAddr);
  m[g + Ctx.Defers] = 0;
  m[g + Ctx.Panics] = 0;
  if (m[g + Ctx.Stack] !== 0) {
    vm.memory.free(m[g + Ctx.Stack]!);
    vm.accounts.closeStack(simulatedBytes(vm, m[g + Ctx.StackSlots]!));
  }
  m[g + Ctx.Stack] = 0;
}

/** Frees blocks whose first word is the address of the next. */
function freeList({ memory }: Vm, first: number): void {
  for (let record = first; record !== 0;) {
    const next = memory.i32[record]!;
    memory.free(record);
    record = next;
  }
}
