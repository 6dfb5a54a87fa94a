/** This file tests that panics, deferred calls and their texts are as much work as there are of them, and that what is asked about work hears of it. */
import assert from 'node:assert/strict';
import { Interrupt, Interrupted, UNITS_BETWEEN_QUESTIONS } from '../../src/base/interrupt';
import { run } from '../runtime/harness';
import { compileLane } from '../runtime/source';

/** Counts the work that it is told of. */
class Counting extends Interrupt {
  units = 0;
  constructor() {
    super(() => undefined);
  }
  override worked(units: number): void {
    this.units += units;
  }
}

const PANICKING_ERROR = 'type E struct{}\nfunc (E) Error() string { panic(E{}) }';
const NUMBERED_ERROR = 'type E struct{ n int }\nfunc (e E) Error() string { return "an error" }';

/** Programs with so many deferred calls, how they end, and how many lines Go writes of it. */
const programs: Readonly<Record<string, (n: number) => readonly [text: string, code: string | undefined, lines: number]>> = {
  'panic with what panics when it is asked for its text': (n) => [`${PANICKING_ERROR}\nfunc main() { for range ${n} { defer func() { panic(E{}) }() }; panic(E{}) }`, 'fatal.panic-while-printing', 1],
  'panic with errors': (n) => [`${NUMBERED_ERROR}\nfunc main() { for i := range ${n} { defer func() { panic(E{i + 1}) }() }; panic(E{}) }`, 'panic.user', n + 1],
  'panic with one error': (n) => [`${NUMBERED_ERROR}\nfunc main() { for range ${n} { defer func() { panic(E{}) }() }; panic(E{}) }`, 'panic.user', 1],
  'panic with numbers': (n) => [`func main() { for i := range ${n} { defer func() { panic(i) }() }; panic("first") }`, 'panic.user', n + 1],
  'panic with what they have recovered': (n) => [`func main() { for range ${n} { defer func() { panic(recover()) }() }; panic("first") }`, 'panic.user', 1],
  'panic with what the runtime panicked with': (n) => [`func main() { for range ${n} { defer func() { panic(recover()) }() }; var m map[int]int; m[1] = 1 }`, 'panic.nil-map', 1],
  'recover': (n) => [`func main() { for range ${n} { defer func() { recover() }() }; panic("first") }`, undefined, 0],
  'end their goroutine': (n) => [`func main() { go func() { for range ${n} { defer runtime.Goexit() } }(); time.Sleep(1s) }`, undefined, 0],
}; // prettier-ignore

suite('machine: many panics', () => {
  for (const [what, program] of Object.entries(programs)) {
    test(`deferred calls that ${what}: twice as many are twice the work`, () => {
      const works = [10_000, 20_000].map((n) => {
        const [text, code, lines] = program(n);
        const interrupt = new Counting();
        const { outcome, machine } = run(compileLane(text), { interrupt });
        assert.equal(outcome.code, code);
        assert.equal(outcome.text?.split('\n').length ?? 0, lines);
        assert.ok(machine.vm.steps < 50 * n, `${machine.vm.steps} steps`);
        return interrupt.units;
      });
      assert.ok(works[1]! < 2.2 * works[0]! + UNITS_BETWEEN_QUESTIONS, String(works));
    });
  }

  test('throwing again what the runtime may have panicked with is charged for each panic that it is compared with', () => {
    const text = `func main() { for range 20000 { defer func() { panic("a") }(); defer func() { var m map[int]int; m[1] = 1 }() } }`;
    const { outcome } = run(compileLane(text), { budgets: { steps: 2_000_000 } });
    assert.equal(outcome.budget, 'steps');
  });

  test('a panic and its text can be interrupted', () => {
    const text = `func main() { for i := range 20000 { defer func() { panic(i) }() } }`;
    let left = 20;
    assert.throws(
      () => run(compileLane(text), { interrupt: new Interrupt(() => (--left < 0 ? 'cancelled' : undefined)) }),
      Interrupted,
    );
  });

  test('texts of panics that are longer than the memory of the run end it', () => {
    const text = `func main() { s := string(make([]byte, 1<<20)); for range 300 { defer func() { panic(s) }() } }`;
    const { outcome } = run(compileLane(text), { budgets: { steps: 1e12, memoryWords: 1 << 22 } });
    assert.equal(outcome.budget, 'memoryWords');
  });
});
