/** This file reads the frames of a stopped goroutine. */
import { functionAt } from '../bytecode/code';
import { FIXED_PC, INSTRUCTION_WORDS, Op } from '../bytecode/op';
import { type ContextAddr, Ctx } from './context';
import { type PanicAddr, PanicAt, panicOfFrame } from './panic';
import type { Vm } from './vm';

/** One frame of a backtrace, innermost first. */
export interface BacktraceFrame {
  /** Index into Code.functions. */
  readonly function: number;
  /** Word index of the call or of the current instruction. */
  readonly pc: number;
}

/** Frames of a long backtrace that are left when it is thinned out: these at either end. */
const ENDS = 64;
/** Frames at which a backtrace is thinned out: who overflows a stack has millions. */
const LONG = 1024;

/** Frames of a stopped goroutine, innermost first: at most `most` of them; of a deep stack without some in the middle. */
export function backtrace(vm: Vm, g: ContextAddr, most = Infinity): BacktraceFrame[] {
  const m = vm.memory.i32;
  const stack = m[g + Ctx.Stack]!;
  const frames: BacktraceFrame[] = [];
  if (stack === 0) return frames;
  let fp = m[g + Ctx.Fp]!;
  let at = m[g + Ctx.At]!;
  // Who panics later does so higher up: each frame's panic is older than that of the frame above it.
  let panic = m[g + Ctx.Panics] as PanicAddr;
  for (;;) {
    const f = functionAt(vm.code, at);
    if (f !== undefined && !f.synthetic) frames.push({ function: f.index, pc: at });
    if (frames.length >= most) return frames;
    if (frames.length === LONG) frames.splice(ENDS, LONG - ENDS * 2);
    const back = m[fp - 2]!;
    if (back === FIXED_PC.End) return frames;
    const byDefer = m[fp - 3] === 1;
    fp -= m[fp - 1]!;
    if (back === FIXED_PC.Unwind || back === FIXED_PC.PanicText) {
      panic = panicOfFrame(vm, panic, fp - stack);
      at = m[panic + PanicAt.Pc]!;
    } else at = byDefer ? back : callBefore(vm, back);
  }
}

/** Word index of the instruction before `pc`. */
function callBefore(vm: Vm, pc: number): number {
  let at = pc - INSTRUCTION_WORDS;
  while (vm.code.words[at] === Op.Ext) at -= INSTRUCTION_WORDS;
  return at;
}
