/** This file holds the bodies of package testing: who called, what tests print, and their goroutines. */
import { Work } from '../../vm/work';
import { functionAt } from '../../bytecode/code';
import { GAt } from '../layout';
import { Next } from '../next';
import type { Runtime } from '../runtime';
import { int, type NativeBody, setInt, word } from './args';
import { print } from './print';

/** Slots before the results of caller. */
const CALLER_RESULTS = 1;
/** Slots of a test and its function, the arguments of its goroutine. */
const START_ARGS = 2;

const STDOUT = 1;

/** Instructions (word indices) of the running goroutine's frames in files of the program, innermost first. */
function framesOfProgram(rt: Runtime): number[] {
  const { vm } = rt.platform;
  const frames = vm.backtrace(rt.g);
  vm.charge(frames.length * Work.frame);
  return frames.map((frame) => frame.pc).filter((pc) => vm.code.spans[(pc >> 2) * 3]! >= 0);
} // prettier-ignore

/** `x_test.go:12`; the name of the file is the last part of its path. */
function placeText(rt: Runtime, pc: number): string {
  const { spans, sources } = rt.platform.vm.code;
  const at = (pc >> 2) * 3;
  const source = sources[spans[at]!]!;
  return `${source.name.replace(/^.*[/\\]/, '')}:${source.goPosition(spans[at + 1]!).line}`;
}

/** Adds to the counter that an argument points to. */
function add(rt: Runtime, base: number, argument: number, delta: number): void {
  const at = word(rt, base, argument);
  setInt(rt, at, 0, int(rt, at) + delta);
}

export const testingNatives: Readonly<Record<string, NativeBody>> = {
  'testing.caller': (rt, base) => {
    const { vm } = rt.platform;
    const pc = framesOfProgram(rt)[int(rt, base)];
    vm.writeString(base + CALLER_RESULTS * 2, pc === undefined ? '' : (functionAt(vm.code, pc)?.name ?? ''));
    vm.writeString(base + (CALLER_RESULTS + 1) * 2, pc === undefined ? '' : placeText(rt, pc));
    return Next.Continue;
  },
  // admit(running, waiting *int, max int) bool
  'testing.admit': (rt, base) => {
    const admitted = int(rt, word(rt, base)) < int(rt, base, 2);
    add(rt, base, admitted ? 0 : 1, 1);
    setInt(rt, base, 3, Number(admitted));
    return Next.Continue;
  },
  // dismiss(running, waiting *int) bool
  'testing.dismiss': (rt, base) => {
    const waited = int(rt, word(rt, base, 1)) > 0;
    add(rt, base, waited ? 1 : 0, -1);
    setInt(rt, base, 2, Number(waited));
    return Next.Continue;
  },
  'testing.panicEnded': (rt, base) => {
    const { vm } = rt.platform;
    vm.raise(rt.g, 'panic.test-ended', vm.readString(base));
    return Next.Continue;
  },
  // print(last *string, name, text string, names bool)
  'testing.print': (rt, base) => {
    const { vm } = rt.platform;
    const last = word(rt, base);
    const [before, name, text] = [vm.readString(last), vm.readString(base + 2), vm.readString(base + 4)];
    const switches = word(rt, base, 3) === 0 && before !== '' && before !== name;
    if (before !== name) rt.memory.i32.copyWithin(last, base + 2, base + 4);
    return print(rt, STDOUT, `${switches ? `=== NAME  ${name}\n` : ''}${text}`);
  },
  'testing.start': (rt, base) => {
    const [run, f] = [word(rt, base), word(rt, base, START_ARGS)];
    const site = framesOfProgram(rt)[0] ?? rt.platform.vm.pc - 4;
    rt.platform.log.here.pc = site;
    return rt.spawn(run, base + 2, START_ARGS, rt.memory.i32[rt.g + GAt.Id]!, site, f === 0 ? run : f);
  },
};
