/** This file holds the bodies of package fmt and of the built-ins that print. Formatting itself is format.ts's. */
import { Kind } from '../../event/kinds';
import { mapEntries } from '../../vm/maps';
import { formatPrint, formatPrintf, formatPrintln, formatPrintlnBuiltin, type FormatHooks } from '../format';
import { PlatformAt } from '../layout';
import { Next } from '../next';
import type { Runtime } from '../runtime';
import { type NativeBody, word } from './args';

/** Output stream of the built-ins, as Print events number it; 1 is stdout. */
const STDERR = 2;
/** Instructions that a method called while formatting may take. */
const METHOD_STEPS = 1_000_000;

/** Prints a text; ends the simulation when the output budget is spent. */
export function print(rt: Runtime, stream: number, text: string): Next {
  const { platform, memory } = rt;
  platform.log.add(Kind.Print, platform.log.texts.add(text), stream);
  const bytes = (memory.i32[platform.block + PlatformAt.OutputBytes]! += text.length);
  if (bytes <= platform.budgets.outputBytes) return Next.Continue;
  return rt.endings.halt({
    kind: 'budget',
    budget: 'outputBytes',
    status: 2,
    g: platform.log.here.g,
    pc: platform.log.here.pc,
  });
}

/** What formatting asks of the runtime. */
function hooks(rt: Runtime): FormatHooks {
  return {
    callMethod: (typeIndex, at, name) => callMethod(rt, typeIndex, at, name),
    mapEntries: (_, map) => mapEntries(rt.platform.vm, map),
  };
}

/** Calls a niladic method that gives a string, on a goroutine made for it; undefined when there is none. */
function callMethod(rt: Runtime, typeIndex: number, at: number, name: string): string | undefined {
  const { vm } = rt.platform;
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

function text(rt: Runtime, base: number, result: number, what: string): Next {
  rt.platform.vm.writeString(base + result * 2, what);
  return Next.Continue;
}

/** Slots of the parameters: a slice, or a format and a slice. */
const SLICE = 2;
const FORMAT_SLICE = 3;

export const printNatives: Readonly<Record<string, NativeBody>> = {
  'fmt.sprintln': (rt, base) => text(rt, base, SLICE, formatPrintln(rt.memory, rt.platform.vm.code, base, hooks(rt))),
  'fmt.sprint': (rt, base) => text(rt, base, SLICE, formatPrint(rt.memory, rt.platform.vm.code, base, hooks(rt))),
  'fmt.sprintf': (rt, base) => {
    const format = rt.platform.vm.readString(base);
    return text(rt, base, FORMAT_SLICE, formatPrintf(rt.memory, rt.platform.vm.code, format, base + 2, hooks(rt)));
  },
  // write(stream int, text string)
  'fmt.write': (rt, base) => print(rt, word(rt, base), rt.platform.vm.readString(base + 2)),
  'os.write': (rt, base) => print(rt, word(rt, base), rt.platform.vm.readString(base + 2)),
  println: (rt, base) => print(rt, STDERR, formatPrintlnBuiltin(rt.memory, rt.platform.vm.code, base)),
  print: (rt, base) => print(rt, STDERR, formatPrintlnBuiltin(rt.memory, rt.platform.vm.code, base, '', '')),
};
