/** This file holds the bodies of package testing: who called, and the goroutines of tests. */
import { functionAt } from '../../bytecode/code';
import { GAt } from '../layout';
import { Next } from '../next';
import type { Runtime } from '../runtime';
import { int, type NativeBody, word } from './args';

/** Slots before the results of caller. */
const CALLER_RESULTS = 1;
/** Slots of a test and its function, the arguments of its goroutine. */
const START_ARGS = 2;

/** Instructions (word indices) of the running goroutine's frames in files of the program, innermost first. */
function framesOfProgram(rt: Runtime): number[] {
  const { vm } = rt.common;
  return vm.backtrace(rt.g).map((frame) => frame.pc).filter((pc) => vm.code.spans[(pc >> 2) * 3]! >= 0);
} // prettier-ignore

/** `x_test.go:12`; the name of the file is the last part of its path. */
function placeText(rt: Runtime, pc: number): string {
  const { spans, sources } = rt.common.vm.code;
  const at = (pc >> 2) * 3;
  const source = sources[spans[at]!]!;
  return `${source.name.replace(/^.*[/\\]/, '')}:${source.goPosition(spans[at + 1]!).line}`;
}

export const testingNatives: Readonly<Record<string, NativeBody>> = {
  'testing.caller': (rt, base) => {
    const { vm } = rt.common;
    const pc = framesOfProgram(rt)[int(rt, base)];
    vm.writeString(base + CALLER_RESULTS * 2, pc === undefined ? '' : (functionAt(vm.code, pc)?.name ?? ''));
    vm.writeString(base + (CALLER_RESULTS + 1) * 2, pc === undefined ? '' : placeText(rt, pc));
    return Next.Continue;
  },
  'testing.start': (rt, base) => {
    const [run, f] = [word(rt, base), word(rt, base, START_ARGS)];
    const site = framesOfProgram(rt)[0] ?? rt.common.vm.pc - 4;
    rt.common.log.here.pc = site;
    return rt.spawn(run, base + 2, START_ARGS, rt.memory.i32[rt.g + GAt.Id]!, site, f === 0 ? run : f);
  },
};
