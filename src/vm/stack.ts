/**
 * This file defines frames and stacks: how the first frame is laid out and how a stack grows.
 *
 * Before each frame stand two slots of header, word offsets from fp:
 *   −1 distance to the caller's fp in words    −2 word index where the caller goes on
 *   −3 1: called by ReturnDefers, else 0       −4 address of the running closure (0: a plain function)
 * Nothing in a frame or in a deferred call or panic holds an absolute stack address, so that a stack is moved by copying it.
 */
import { FIXED_PC } from '../bytecode/op';
import { type ContextAddr, Ctx, type GlobalsAddr } from './context';
import { StackOverflow } from './fault';
import { TagKind, tagOf } from './tags';
import type { Vm } from './vm';

/** Header of a frame, in words. */
export const FRAME_HEADER = 4;
/** Slots of the smallest stack: what Go's 2 KB are in this machine, whose goroutines may be a million. */
const MIN_SLOTS = 32;
/** Bytes that a stack starts with in Go. */
export const GO_STACK_START = 2048;
/** Go's limit on 64-bit machines. */
const GO_STACK_LIMIT = 1000000000;

/** Bytes of the stack that Go would have where this machine needs `slots`: the start, doubled as often as it takes. */
function simulatedBytes(vm: Vm, slots: number): number {
  let bytes = vm.stackStart;
  while (bytes < slots * 8) bytes *= 2;
  return bytes;
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
  const slots = Math.max(MIN_SLOTS, vm.code.functions[functionIndex]!.frameSlots + FRAME_HEADER / 2);
  const bytes = simulatedBytes(vm, slots);
  vm.accounts.openStack(bytes);
  const stack = vm.memory.alloc(slots, tagOf(TagKind.Stack));
  const m = vm.memory.i32;
  const fp = stack + FRAME_HEADER;
  m[fp - 2] = FIXED_PC.End;
  m[fp - 4] = closure;
  m.copyWithin(fp, args, args + argSlots * 2);
  m[g + Ctx.Fp] = fp;
  m[g + Ctx.Pc] = m[g + Ctx.At] = vm.entries[functionIndex]!;
  m[g + Ctx.Stack] = stack;
  m[g + Ctx.Globals] = globals;
  m[g + Ctx.StackBytes] = bytes;
}

/** Most bytes that the stack of a goroutine may have. */
export function stackLimit(vm: Vm, g: ContextAddr): number {
  const limit = vm.memory.i32[g + Ctx.StackLimit]!;
  return limit === 0 ? GO_STACK_LIMIT : limit;
}

/** Makes the running goroutine's stack reach at least to word address `end` (in the present stack's terms), by copying it to one twice as large. @throws StackOverflow, MemoryExhausted */
export function grow(vm: Vm, end: number): void {
  const { memory, g } = vm;
  let m = memory.i32;
  const old = m[g + Ctx.Stack]!;
  const oldSlots = m[old - 1]!;
  const needed = (end - old) / 2;
  let slots = oldSlots;
  while (slots < needed) slots *= 2;
  const limit = stackLimit(vm, g);
  const bytes = simulatedBytes(vm, slots);
  const growth = bytes - m[g + Ctx.StackBytes]!;
  // A stack may take a quarter of the host's budget: old and new exist at once while it is copied.
  if ((growth > 0 && bytes > limit) || slots * 8 > memory.budgetWords) throw new StackOverflow(limit);
  if (growth > 0) vm.accounts.growStack(growth);
  const stack = memory.alloc(slots, tagOf(TagKind.Stack));
  m = memory.i32;
  m.copyWithin(stack, old, old + oldSlots * 2);
  memory.free(old);
  m[g + Ctx.Stack] = stack;
  vm.fp += stack - old;
  vm.stackEnd = stack + slots * 2;
  if (growth > 0) {
    m[g + Ctx.StackBytes] = bytes;
    vm.x += bytes / 2 / 16; // copying costs 1 ns for 16 bytes
    vm.bringUpToDate();
    vm.world.stackGrown(bytes, vm.at);
  }
}

/** Frees the stack, the deferred calls and the panics of a goroutine that will not run any more. */
export function releaseStack(vm: Vm, g: ContextAddr): void {
  const m = vm.memory.i32;
  for (const list of [Ctx.Defers, Ctx.Panics]) {
    for (let record = m[g + list]!; record !== 0;) {
      const next = m[record]!;
      vm.memory.free(record);
      record = next;
    }
    m[g + list] = 0;
  }
  if (m[g + Ctx.Stack] !== 0) {
    vm.memory.free(m[g + Ctx.Stack]!);
    vm.accounts.closeStack(m[g + Ctx.StackBytes]!);
  }
  m[g + Ctx.Stack] = 0;
}
