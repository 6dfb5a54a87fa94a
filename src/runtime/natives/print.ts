/** This file holds the natives that print: those of package fmt and os, and the built-ins. */
import { Kind } from '../../event/kinds';
import { builtinLine } from '../../values/builtin';
import { StackOverflow } from '../../vm/fault';
import { PlatformAt } from '../layout';
import { Next } from '../next';
import { readerOf } from '../printers';
import type { Runtime } from '../runtime';
import { type NativeBody, word } from './args';
import { formatNatives } from './fmt';

/** Output stream of the built-ins, as Print events number it; 1 is stdout. */
const STDERR = 2;

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
  'fmt.write': (rt, base) => print(rt, word(rt, base), rt.platform.vm.readString(base + 2)),
  'os.write': (rt, base) => print(rt, word(rt, base), rt.platform.vm.readString(base + 2)),
  println: (rt, base) => print(rt, STDERR, builtinLine(readerOf(rt.platform.vm), base)),
  print: (rt, base) => print(rt, STDERR, builtinLine(readerOf(rt.platform.vm), base, '', '')),
};
