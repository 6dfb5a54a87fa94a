/** This file holds the bodies of what prints. */
import { Kind } from '../../event/kinds';
import { CommonAt } from '../layout';
import { Next } from '../next';
import type { Runtime } from '../runtime';
import type { NativeBody } from './args';

/** Output streams, as Print events number them. */
export const STDOUT = 1;
export const STDERR = 2;

/** Prints a text; ends the simulation when the output budget is spent. */
export function print(rt: Runtime, stream: number, text: string): Next {
  const { common, memory } = rt;
  common.log.add(Kind.Print, common.log.texts.add(text), stream);
  const bytes = (memory.i32[common.block + CommonAt.OutputBytes]! += text.length);
  if (bytes <= common.budgets.outputBytes) return Next.Continue;
  return rt.halt({ kind: 'budget', budget: 'outputBytes', status: 2, g: common.log.here.g, pc: common.log.here.pc });
}

export const printNatives: Readonly<Record<string, NativeBody>> = {
  // printString(stream int, text string): what fmt and the built-in print are made of.
  'fmt.write': (rt, base) => print(rt, rt.memory.i32[base]!, rt.common.vm.readString(base + 2)),
};
