/**
 * This file tests that a program which asks for more than there is ends by a budget that is named, within 2 % of its number, and leaves nothing behind. The same
 * programs run at full size by `npm run test:hungry`.
 */
import assert from 'node:assert/strict';
import type { BudgetName, Budgets } from '../../src/base/budgets';
import { runText } from '../support/run';
import { bytesHeld, endsWithin2Percent, HUNGRY, hungry, saysSo, spendingOf, WORD_BYTES, type Ended } from './hungry';

/** A share of what each asks for at full size, against a share of the memory. */
const SIZE = 200_000;
const MEGABYTES = 6;
const SMALL: Partial<Budgets> = {
  memoryWords: (MEGABYTES << 20) / WORD_BYTES,
  goroutines: 10_000_000,
  traceRows: 10_000,
};
/** What a process may hold more of after a run: code that was compiled for it, caches of the engine. */
const REST = 6 << 20;

/** Programs that spend a budget little by little, or much of it at once. */
const SPENDERS: readonly (readonly [BudgetName, string, Partial<Budgets>])[] = [
  ['steps', 'func main() { for { } }', { steps: 777_777 }],
  ['steps', 'func main() { s, t := make([]int, 50000), make([]int, 50000); for { copy(s, t) } }', { steps: 777_777 }],
  ['steps', 'func main() { c := make(chan int); go func() { for { c <- 1 } }(); for { <-c } }', { steps: 77_777 }],
  ['virtualNs', 'func main() { for { time.Sleep(777us) } }', { virtualNs: 1e9 }],
  ['virtualNs', 'func main() { time.Sleep(10m); time.Sleep(30h) }', { virtualNs: 3600e9 }],
  ['virtualNs', 'func main() { for range 3 { go func() { for { work(300us) } }() }; for { work(1ms) } }', { virtualNs: 1e9 }],
  ['memoryWords', 'func main() { s := []int{}; for { s = append(s, 1) } }', { memoryWords: 1 << 21 }],
  ['memoryWords', 'func main() { m := map[int]string{}; for i := 0; ; i++ { m[i] = fmt.Sprint(i) } }', { memoryWords: 1 << 21 }],
  ['memoryWords', 'func main() { s := make([]int, 1<<24); s[1] = 1 }', { memoryWords: 1 << 21 }],
  ['goroutines', 'func main() { for { go func() { select {} }() } }', { goroutines: 777 }],
  ['outputBytes', 'func main() { for { println("seven") } }', { outputBytes: 7777 }],
  ['outputBytes', 'func main() { s := "0123456789"; for { s += s; print(s) } }', { outputBytes: 77_777 }],
]; // prettier-ignore

suite('budgets stop a program within 2 % of their number', function () {
  this.timeout(60_000);

  for (const [budget, text, budgets] of SPENDERS)
    test(`${budget}: ${text}`, () => {
      const ended = spendingOf(text, budgets);
      assert.deepEqual([ended.budget, ended.limit], [budget, budgets[budget]]);
      assert.ok(endsWithin2Percent(ended), JSON.stringify(ended.result.outcome.spending));
      assert.ok(saysSo(ended));
    });

  test('the rows of a trace end at their number, and the run goes on', () => {
    const text = 'func main() {\n\tc := make(chan int, 1)\n\tfor range 5000 { c <- 1; <-c }\n\tprintln("done")\n}\n';
    const { simulation, stderr } = runText(text, 'lane', { budgets: { traceRows: 3000 } });
    const { length, meta } = simulation!.trace;
    assert.ok(length <= 3000 && length >= 2940, `${length} rows`);
    assert.deepEqual([meta.truncated, meta.gaps?.length, stderr], [false, 1, 'done\n']);
  });

  test('they end before the run does when more goroutines are alive than they can tell of', () => {
    const text =
      'func main() {\n\tfor range 3000 { go func() { select {} }() }\n\ttime.Sleep(1s)\n\tprintln("done")\n}\n';
    const { simulation, stderr } = runText(text, 'lane', { budgets: { traceRows: 3000 } });
    const { length, meta } = simulation!.trace;
    assert.ok(length <= 3000 && length >= 2900, `${length} rows`);
    assert.deepEqual([meta.truncated, stderr], [true, 'done\n']);
  });

  test('with room for all, none of them ends it', () => {
    for (const name of ['timers with channels', 'channels', 'mutexes'])
      assert.throws(() => hungry(name, 100, SMALL), /^Error: it ended by itself: deadlock|exit/, name);
  });
});

suite('programs that ask for more than there is', function () {
  this.timeout(120_000);

  for (const name of Object.keys(HUNGRY))
    for (const trace of [false, true])
      test(`${name}${trace ? ', watched' : ''}: the budget is named, and the memory is given back`, async () => {
        hungry(name, SIZE, SMALL, trace);
        const before = await bytesHeld();
        assertNamed(hungry(name, SIZE, SMALL, trace));
        const rest = (await bytesHeld()) - before;
        assert.ok(rest < REST, `${rest} bytes`);
      });
});

function assertNamed(ended: Ended): void {
  assert.equal(ended.budget, 'memoryWords');
  assert.ok(endsWithin2Percent(ended), JSON.stringify(ended.result.outcome));
  assert.ok(saysSo(ended));
}
