/** This file tests that programs without end are stopped at their budget, and that the outcome says where. */
import assert from 'node:assert/strict';
import { functionAt } from '../../src/bytecode/code';
import type { Budgets } from '../../src/base/budgets';
import { boot, run } from '../runtime/harness';
import { compileLane } from '../runtime/source';

interface Case {
  readonly what: string;
  readonly text: string;
  readonly budgets: Partial<Budgets>;
  readonly spent: keyof Budgets;
  /** Function in which it was stopped. */
  readonly where?: string;
}

const cases: readonly Case[] = [
  { what: 'never ends', text: 'func main() { for { } }', budgets: { steps: 100_000 }, spent: 'steps', where: 'main.main' },
  { what: 'never ends in another goroutine', text: 'func spin() { for { } }\nfunc main() { go spin(); select {} }', budgets: { steps: 100_000 }, spent: 'steps', where: 'main.spin' },
  { what: 'sleeps for ever', text: 'func main() { for { time.Sleep(time.Second) } }', budgets: { virtualNs: 1e10 }, spent: 'virtualNs' },
  { what: 'works for ever', text: 'func main() { for { work(1s) } }', budgets: { virtualNs: 1e10 }, spent: 'virtualNs' },
  { what: 'waits for ever for a ticker', text: 'func main() { t := time.NewTicker(1ns); t.Stop(); t.Reset(1ns); select {} }', budgets: { steps: 100_000 }, spent: 'steps' },
  { what: 'starts goroutines for ever', text: 'func main() { for { go func() { select {} }() } }', budgets: { goroutines: 1000 }, spent: 'goroutines', where: 'main.main' },
  { what: 'allocates for ever', text: 'func main() { var all [][]int; for { all = append(all, make([]int, 1000)) } }', budgets: { memoryWords: 1 << 20 }, spent: 'memoryWords', where: 'main.main' },
  { what: 'makes channels for ever', text: 'func main() { for { _ = make(chan int, 1000) } }', budgets: { memoryWords: 1 << 20 }, spent: 'memoryWords', where: 'main.main' },
  { what: 'prints for ever', text: 'func main() { for { println("again") } }', budgets: { outputBytes: 1000 }, spent: 'outputBytes', where: 'main.main' },
]; // prettier-ignore

suite('machine: budgets', () => {
  for (const { what, text, budgets, spent, where } of cases) {
    test(`a program that ${what}`, () => {
      const code = compileLane(text);
      const { outcome } = run(code, { budgets });
      assert.equal(outcome.kind, 'budget');
      assert.equal(outcome.budget, spent);
      if (where) assert.equal(functionAt(code, outcome.pc!)?.name, where);
    });
  }

  test('endless recursion overflows the stack', () => {
    const { outcome } = run(compileLane('func f(n int) int { return f(n+1) + 1 }\nfunc main() { println(f(0)) }'), {
      budgets: { memoryWords: 1 << 22 },
    });
    assert.equal(outcome.kind, 'fatal');
    assert.equal(outcome.text, 'runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow');
  });

  test('a run can be given up and taken up again', () => {
    const { machine } = boot(compileLane('func main() { s := 0; for i := range 100000 { s += i }; println(s) }'));
    let pauses = 0;
    let outcome = machine.run(10_000);
    while (outcome.kind === 'paused') {
      pauses++;
      outcome = machine.run(10_000);
    }
    assert.equal(outcome.kind, 'exit');
    assert.ok(pauses > 10);
  });
});
