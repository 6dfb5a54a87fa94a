/** This file holds the bodies of package fmt and of the built-ins that print. Formatting itself is format.ts's. */
import { utf8Length } from '../../base/span';
import { Kind } from '../../event/kinds';
import { mapEntries } from '../../vm/maps';
import { formatPrint, formatPrintf, formatPrintln, formatPrintlnBuiltin, type FormatHooks } from '../format';
import { CommonAt } from '../layout';
import { Next } from '../next';
import type { Runtime } from '../runtime';
import { type NativeBody, setInt } from './args';

/** Output streams, as Print events number them. */
const STDOUT = 1;
const STDERR = 2;
/** Instructions that a method called while formatting may take. */
const METHOD_STEPS = 1_000_000;

/** Prints a text; ends the simulation when the output budget is spent. */
function print(rt: Runtime, stream: number, text: string): Next {
  const { common, memory } = rt;
  common.log.add(Kind.Print, common.log.texts.add(text), stream);
  const bytes = (memory.i32[common.block + CommonAt.OutputBytes]! += text.length);
  if (bytes <= common.budgets.outputBytes) return Next.Continue;
  return rt.halt({ kind: 'budget', budget: 'outputBytes', status: 2, g: common.log.here.g, pc: common.log.here.pc });
}

/** What formatting asks of the runtime. */
function hooks(rt: Runtime): FormatHooks {
  return {
    callMethod: (typeIndex, at, name) => callMethod(rt, typeIndex, at, name),
    mapEntries: (_, map) => mapEntries(rt.common.vm, map),
  };
}

/** Calls a niladic method that gives a string, on a goroutine made for it; undefined when there is none. */
function callMethod(rt: Runtime, typeIndex: number, at: number, name: string): string | undefined {
  const { vm } = rt.common;
  const type = vm.code.types[typeIndex]!;
  const method = type.methods?.get(name);
  const info = method === undefined ? undefined : vm.code.functions[method];
  if (info?.paramSlots !== 1 || info.resultSlots !== 1) return undefined;
  return rt.callString(info.index, type.slots === 1 ? at : pointerTo(rt, at), METHOD_STEPS);
}

/** A slot that holds `at` as a pointer, as the data word of an interface does for values of more than one slot. */
function pointerTo(rt: Runtime, at: number): number {
  const slot = rt.scratch;
  rt.memory.i32[slot] = at;
  rt.memory.i32[slot + 1] = 0;
  return slot;
}

/** Results (n int, err error) after `params` slots. */
function wrote(rt: Runtime, base: number, params: number, text: string, next: Next): Next {
  setInt(rt, base, params, utf8Length(text));
  rt.memory.i32.fill(0, base + (params + 1) * 2, base + (params + 3) * 2);
  return next;
}

function text(rt: Runtime, base: number, result: number, what: string): Next {
  rt.common.vm.writeString(base + result * 2, what);
  return Next.Continue;
}

const println = (rt: Runtime, base: number): string => formatPrintln(rt.memory, rt.common.vm.code, base, hooks(rt));
const plain = (rt: Runtime, base: number): string => formatPrint(rt.memory, rt.common.vm.code, base, hooks(rt));
const printf = (rt: Runtime, base: number): string =>
  formatPrintf(rt.memory, rt.common.vm.code, rt.common.vm.readString(base), base + 2, hooks(rt));

/** Slots of the parameters: a slice, or a format and a slice. */
const SLICE = 2;
const FORMAT_SLICE = 3;

function prints(format: (rt: Runtime, base: number) => string, params: number): NativeBody {
  return (rt, base) => {
    const what = format(rt, base);
    return wrote(rt, base, params, what, print(rt, STDOUT, what));
  };
}

export const printNatives: Readonly<Record<string, NativeBody>> = {
  'fmt.Println': prints(println, SLICE),
  'fmt.Print': prints(plain, SLICE),
  'fmt.Printf': prints(printf, FORMAT_SLICE),
  'fmt.Sprintln': (rt, base) => text(rt, base, SLICE, println(rt, base)),
  'fmt.Sprint': (rt, base) => text(rt, base, SLICE, plain(rt, base)),
  'fmt.Sprintf': (rt, base) => text(rt, base, FORMAT_SLICE, printf(rt, base)),
  println: (rt, base) => print(rt, STDERR, formatPrintlnBuiltin(rt.memory, rt.common.vm.code, base)),
  print: (rt, base) => print(rt, STDERR, formatPrintlnBuiltin(rt.memory, rt.common.vm.code, base, '', '')),
};
