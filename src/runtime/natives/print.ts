/** This file holds the natives that print: those of package fmt and os, and the built-ins. */
import { encodedLength } from '../../base/utf8';
import { Kind } from '../../event/kinds';
import { builtinLine } from '../../values/builtin';
import { StackOverflow } from '../../vm/fault';
import { Work } from '../../vm/work';
import { PlatformAt } from '../layout';
import { Next } from '../next';
import { readerOf } from '../printers';
import type { Runtime } from '../runtime';
import { type NativeBody, word } from './args';
import { formatNatives } from './fmt';

/** Output stream of the built-ins, as Print events number it; 1 is stdout. */
const STDERR = 2;

/** Prints a text; where it would go beyond the output budget, it is not printed and the simulation ends. */
export function print(rt: Runtime, stream: number, text: string): Next {
  const { platform, memory } = rt;
  const { here } = platform.log;
  const bytes = encodedLength(text);
  platform.vm.charge(bytes * Work.byte);
  if (memory.i32[platform.block + PlatformAt.OutputBytes]! + bytes > platform.budgets.outputBytes)
    return rt.endings.spent('outputBytes', bytes, here.g, here.pc);
  memory.i32[platform.block + PlatformAt.OutputBytes]! += bytes;
  platform.log.add(Kind.Print, platform.log.addText(text), stream);
  return Next.Continue;
}

/** Frames of the packages that print between a call of theirs and what writes. */
const FRAMES_OF_PRINTING = 16;

/** As {@link print}, told of at the statement of the program that has it printed, and not at the one of the package that does. */
function printFor(rt: Runtime, stream: number, text: string): Next {
  const { log, vm } = rt.platform;
  const { spans } = vm.code;
  const caller = vm.backtrace(rt.g, FRAMES_OF_PRINTING).find(({ pc }) => spans[(pc >> 2) * 3]! >= 0);
  if (caller) log.here.pc = caller.pc;
  return print(rt, stream, text);
}

/** A formatting native; what is nested deeper than Go's stack ends the program as there. */
function formatting(body: (typeof formatNatives)[string]): NativeBody {
  return (rt, base) => {
    try {
      body(rt.platform.vm, base);
    } catch (error) {
      if (!(error instanceof StackOverflow)) throw error;
      return rt.endings.fatal('fatal.stack-overflow', error.message, `${error.notice}\n`);
    }
    return Next.Continue;
  };
}

export const printNatives: Readonly<Record<string, NativeBody>> = {
  ...Object.fromEntries(Object.entries(formatNatives).map(([name, body]) => [name, formatting(body)])),
  // write(stream int, text string)
  'fmt.write': (rt, base) => printFor(rt, word(rt, base), rt.platform.vm.readString(base + 2)),
  'os.write': (rt, base) => printFor(rt, word(rt, base), rt.platform.vm.readString(base + 2)),
  println: (rt, base) => print(rt, STDERR, builtinLine(readerOf(rt.platform.vm), base)),
  print: (rt, base) => print(rt, STDERR, builtinLine(readerOf(rt.platform.vm), base, '', '')),
};
