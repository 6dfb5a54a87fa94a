/** This file runs programs that ask for more than there is, and says how they end and what remains of them in memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { budgetRow, type BudgetName, type Budgets } from '../../src/base/budgets';
import { compileSources } from '../../src/session/compile';
import { simulate, type SimulationResult } from '../../src/session/simulation';

/** Text by what it asks for; `SIZE` of them. */
export const HUNGRY: Readonly<Record<string, string>> = {
  goroutines: `
func main() {
	for range SIZE { go func() { select {} }() }
	select {}
}`,
  'goroutines that start goroutines, the more the deeper': `
func grow(depth int) {
	for range depth { go grow(depth + 1) }
	select {}
}
func main() { grow(2) }`,
  timers: `
import "time"
func main() {
	for range SIZE { time.AfterFunc(time.Hour, func() {}) }
	select {}
}`,
  'timers with channels': `
import "time"
func main() {
	var all []*time.Timer
	for range SIZE { all = append(all, time.NewTimer(time.Hour)) }
	<-all[0].C
}`,
  channels: `
func main() {
	var all []chan int
	for range SIZE { all = append(all, make(chan int)) }
	<-all[0]
}`,
  mutexes: `
import "sync"
func main() {
	var all []*sync.Mutex
	for range SIZE {
		mu := new(sync.Mutex)
		mu.Lock()
		all = append(all, mu)
	}
	all[0].Lock()
}`,
}; // prettier-ignore

export const WORD_BYTES = 4;

/** How one program ended. */
export interface Ended {
  readonly budget: BudgetName;
  /** Of the limit; with what was wanted besides at once, when that did not fit. */
  readonly used: number;
  readonly wanted: number;
  readonly limit: number;
  readonly result: SimulationResult;
}

/** Runs a program of `size` things, as nobody looks at it or with its trace. @throws Error when no budget ends it */
export function hungry(name: string, size: number, budgets: Partial<Budgets>, trace = false): Ended {
  return spendingOf(HUNGRY[name]!.replace('SIZE', String(size)), budgets, trace);
}

export function spendingOf(text: string, budgets: Partial<Budgets>, trace = false): Ended {
  const { program, code } = compileSources([{ name: 'hungry.lane', text: `${text}\n` }]);
  if (!code) throw new Error(program.diagnostics.map(({ message }) => message).join('\n'));
  const result = simulate(program, code, { seed: 1, budgets, trace });
  const { outcome } = result;
  if (outcome.kind !== 'budget') throw new Error(`it ended by itself: ${outcome.kind} ${outcome.text ?? ''}`);
  const { used, limit, wanted = 0 } = outcome.spending!;
  const budget = outcome.budget as BudgetName;
  return { budget, used: budget === 'memoryWords' ? wordsHeld(result) : used, wanted, limit, result };
}

/** All that the host holds for a run, of which what is simulated is a part. */
function wordsHeld({ outcome }: SimulationResult): number {
  return outcome.held!.reduce((sum, { bytes }) => sum + bytes, 0) / WORD_BYTES;
}

/** Whether the budget was used up to 2 % more or less, or else what came next would have been too much. Virtual time goes on on other cores while one has none left. */
export function endsWithin2Percent({ used, wanted, limit }: Ended): boolean {
  return used <= limit * 1.02 && (used >= limit * 0.98 || used + wanted > limit);
}

/** Whether a finding says by which budget it ended, with the key that a person can change. */
export function saysSo({ budget, result }: Ended): boolean {
  const finding = result.findings.find(({ code }) => code === `budget.${budget}`);
  return finding?.message.includes(budgetRow(budget).key) === true;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that this process holds when what nobody has any more is collected. The engine frees arrays beside its work: it is asked until there are no fewer. */
export async function bytesHeld(): Promise<number> {
  let least = Infinity;
  for (let idle = 0; idle < 3; idle++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    const bytes = heapUsed + Math.max(external, arrayBuffers);
    if (bytes < least - (1 << 16)) idle = 0;
    least = Math.min(least, bytes);
  }
  return least;
}
