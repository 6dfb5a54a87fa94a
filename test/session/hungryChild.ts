/** This file is a process of its own in which one program asks for more than there is; it tells how that ended. Arguments: the program, its size, the most goroutines. */
import { budgetRow, DEFAULT_BUDGETS } from '../../src/base/budgets';
import { bytesHeld, endsWithin2Percent, hungry, saysSo } from './hungry';

/** What the process tells. */
export interface HungryEnd {
  readonly ended: string;
  /** Within 2 % of the budget, which a finding names. */
  readonly isRight: boolean;
  readonly peakMb: number;
  /** Held when the result was let go, more than before. */
  readonly restMb: number;
  readonly seconds: number;
}

const MB = 1 << 20;
const BUDGETS = { ...DEFAULT_BUDGETS, steps: 1e9 };

/** By which budget it ended; the result is let go on the way out. */
function end(name: string, size: number, goroutines: number): Pick<HungryEnd, 'ended' | 'isRight'> {
  try {
    const ended = hungry(name, size, { ...BUDGETS, goroutines });
    return { ended: budgetRow(ended.budget).key, isRight: endsWithin2Percent(ended) && saysSo(ended) };
  } catch (error) {
    return { ended: String(error), isRight: false };
  }
}

async function main(): Promise<void> {
  const [name, size, goroutines] = process.argv.slice(2);
  end(name!, 10, Number(goroutines));
  const before = await bytesHeld();
  const start = performance.now();
  const told = end(name!, Number(size), Number(goroutines));
  const seconds = (performance.now() - start) / 1000;
  const restMb = ((await bytesHeld()) - before) / MB;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  process.send!({ ...told, seconds, restMb, peakMb } satisfies HungryEnd);
  process.disconnect();
}

void main();
