/** This file tests that budgets are exact: a run ends where its budget is spent, whoever drives it and however often it pauses. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type BudgetName, type Budgets, DEFAULT_BUDGETS } from '../../src/base/budgets';
import { Interrupt, Interrupted, type StopReason } from '../../src/base/interrupt';
import type { Outcome } from '../../src/event/ending';
import type { Machine } from '../../src/machine/machine';
import { boot, run } from '../runtime/harness';
import { compileLane } from '../runtime/source';

const PING_PONG =
  'func main() { a, b := make(chan int), make(chan int); go func() { for v := range a { b <- v } }(); for { a <- 1; <-b } }';
const BUSY =
  'var n [4]int\nfunc main() { for k := range 3 { go func() { for { n[k]++ } }() }; for { n[3]++; time.Sleep(1us) } }';
const SLEEPY =
  'func main() { for range 3 { go func() { for { time.Sleep(3us) } }() }; t := time.NewTimer(1us); for { t.Stop(); t.Reset(2us); runtime.Gosched() } }';
const BULKY = 'func main() { s, t := make([]int, 1000), make([]int, 1000); for { copy(s, t); clear(t) } }'; // prettier-ignore

/** Runs in slices of so many instructions. */
function sliced(text: string, slice: number, budgets: Partial<Budgets>): { machine: Machine; outcome: Outcome; lines: readonly string[] } {
  const { machine, recorder } = boot(compileLane(text), { seed: 1, budgets });
  let outcome = machine.run(slice);
  while (outcome.kind === 'paused') outcome = machine.run(slice);
  return { machine, outcome, lines: recorder.lines };
} // prettier-ignore

suite('machine: budgets are exact', () => {
  for (const [name, text] of Object.entries({ PING_PONG, BUSY, SLEEPY, BULKY })) {
    test(`the end does not depend on the size of the slices: ${name}`, () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 100, max: 20_000 }), (slice, steps) => {
          const whole = sliced(text, Infinity, { steps });
          const parts = sliced(text, slice, { steps });
          assert.equal(whole.outcome.budget, 'steps');
          assert.deepEqual(parts.outcome, whole.outcome);
          assert.deepEqual(parts.machine.stats, whole.machine.stats);
          assert.deepEqual(parts.lines, whole.lines);
        }),
        { numRuns: 25 },
      );
    });
  }

  const RECURSIVE = 'func down(int) int { return down(1) }\nfunc main() { println(down(0)) }';
  const LOOP = 'func main() { for i := 0; ; i++ { } }';
  for (const [instruction, call] of [
    [1, 0],
    [5, 2],
    [0, 0],
    [0, 3],
    [1, 100],
  ] as const) {
    test(`nor does it where an instruction costs ${instruction} ns and a call ${call} ns`, () => {
      for (const text of [RECURSIVE, LOOP, BUSY]) {
        const ends = [Infinity, 1, 997].map((slice) => {
          const { machine } = boot(compileLane(text), {
            seed: 1,
            budgets: { steps: 20_000 },
            config: { instruction, call },
          });
          let outcome = machine.run(slice);
          while (outcome.kind === 'paused') outcome = machine.run(slice);
          return [outcome, machine.stats];
        });
        assert.deepEqual(ends[1], ends[0]);
        assert.deepEqual(ends[2], ends[0]);
        assert.equal((ends[0]![0] as Outcome).budget, 'steps');
      }
    });
  }

  test('nor does it where memory is spent while another core has gone further', () => {
    const text = 'func main() { for { go func() { select {} }() } }';
    for (let memoryWords = 20_000; memoryWords < 90_000; memoryWords += 1717) {
      const ends = [Infinity, 1, 3, 100].map((slice) => {
        const { machine } = boot(compileLane(text), {
          seed: 42,
          budgets: { memoryWords },
          config: { cores: 2, goroutineSwitch: 1 },
        });
        let outcome = machine.run(slice);
        while (outcome.kind === 'paused') outcome = machine.run(slice);
        return [outcome, machine.stats];
      });
      for (const end of ends) assert.deepEqual(end, ends[0]);
      assert.equal((ends[0]![0] as Outcome).budget, 'memoryWords');
    }
  });

  for (const scheduler of ['simulated', 'controlled'] as const) {
    test(`nor does it where nothing can begin, ${scheduler}: the machine is too small for the first stack`, () => {
      for (const slice of [1, 2, Infinity]) {
        const { machine } = boot(compileLane('func main() {}'), {
          seed: 1,
          scheduler,
          config: { memory: 3_275_142, goroutineStack: 1 << 30, goroutineStackMax: 2 ** 34 },
        });
        assert.deepEqual([machine.run(slice).code, machine.stats.steps], ['fatal.out-of-memory', 0], String(slice));
      }
    });
  }

  /** Its goroutines are started by timers, that is by nobody who runs. */
  const FUSES =
    'func main() { var f func(); f = func() { time.AfterFunc(1, f); time.AfterFunc(2, f) }; f(); select {} }';

  for (const scheduler of ['simulated', 'controlled'] as const) {
    test(`nor does it of a budget that is spent by a timer: ${scheduler} scheduler`, () => {
      const code = compileLane(FUSES);
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 20, max: 300 }), (slice, goroutines) => {
          const options = { seed: 1, budgets: { goroutines, steps: 50_000 }, scheduler };
          const whole = run(code, options);
          const parts = boot(code, options);
          let outcome = parts.machine.run(slice);
          while (outcome.kind === 'paused') outcome = parts.machine.run(slice);
          const spending = { limit: goroutines, used: goroutines, wanted: 1 };
          assert.deepEqual([whole.outcome.budget, whole.outcome.spending], ['goroutines', spending]);
          assert.deepEqual(outcome, whole.outcome);
          assert.deepEqual(parts.recorder.lines, whole.recorder.lines);
        }),
        { numRuns: 25 },
      );
    });
  }

  /** A program, and what of the budget it needs to come to its end. */
  const needs: readonly [BudgetName, string, (machine: Machine) => number][] = [
    ['steps', 'func main() { s := 0; for i := range 1000 { s += i }; println(s) }', ({ vm }) => vm.steps],
    ['steps', 'func main() { c := make(chan int); go func() { for i := range 20 { c <- i } ; close(c) }(); for range c { }; time.Sleep(1ms) }', ({ vm }) => vm.steps],
    ['virtualNs', 'func main() { time.Sleep(10h) }', () => 10 * 3600e9 + 1e6],
    ['goroutines', 'func main() { for range 9 { go func() { select {} }() } }', () => 10],
    ['outputBytes', 'func main() { print("12345"); print("h\\u00e4\\u20ac\\U0001F600") }', () => 15],
  ]; // prettier-ignore
  for (const [name, text, needed] of needs) {
    test(`${name}: with exactly what it needs a program ends, with less it is stopped: ${text.slice(0, 40)}`, () => {
      const code = compileLane(text);
      const whole = run(code);
      assert.equal(whole.outcome.kind, 'exit');
      const enough = needed(whole.machine);
      for (const budget of [enough, enough + 1]) {
        const { outcome, machine } = run(code, { budgets: { [name]: budget } });
        assert.deepEqual([outcome, machine.vm.steps], [whole.outcome, whole.machine.vm.steps]);
      }
      // The last instructions of a program are no operations, so it may need a few less.
      const least = leastThatEnds(code, name, enough);
      const { outcome } = run(code, { budgets: { [name]: least - 1 } });
      assert.deepEqual([outcome.kind, outcome.budget, outcome.spending?.limit], ['budget', name, least - 1]);
      assert.equal(run(code, { budgets: { [name]: least } }).outcome.kind, 'exit');
    });
  }

  /** By halving: the end of a run is the same for all budgets from one on. */
  function leastThatEnds(code: ReturnType<typeof compileLane>, name: BudgetName, enough: number): number {
    let [low, high] = [1, enough];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (run(code, { budgets: { [name]: middle } }).outcome.kind === 'exit') high = middle;
      else low = middle + 1;
    }
    return high;
  }

  test('memory: one block more than fits is not made, and it is said how large', () => {
    const budgets = { memoryWords: 1 << 20 };
    const { outcome } = run(compileLane('func main() { s := make([]int, 1<<20); println(len(s)) }'), { budgets });
    assert.equal(outcome.budget, 'memoryWords');
    assert.equal(outcome.spending?.limit, 1 << 20);
    assert.ok((outcome.spending.wanted ?? 0) >= 1 << 21);
    assert.ok(outcome.spending.used < 1 << 20);
  });

  test('instructions: work that goes beyond the budget is not done, nor counted, and it is said how much it is', () => {
    const { outcome, machine } = run(compileLane('func main() { s := make([]int, 1<<20); clear(s); println(1) }'), {
      budgets: { steps: 600_000 },
    });
    assert.deepEqual([outcome.budget, outcome.spending?.limit], ['steps', 600_000]);
    assert.ok(outcome.spending!.wanted! > 1 << 18);
    assert.equal(outcome.spending!.used, machine.vm.steps);
    assert.ok(outcome.spending!.used + outcome.spending!.wanted! > 600_000 && outcome.spending!.used < 600_000);
  });

  test('a sleep beyond the budget of virtual time says when it would have ended', () => {
    const { outcome } = run(compileLane('func main() { time.Sleep(100 * 365 * 24 * time.Hour) }'));
    assert.equal(outcome.budget, 'virtualNs');
    assert.equal(outcome.spending?.limit, DEFAULT_BUDGETS.virtualNs);
    assert.ok(outcome.spending.used < 1e6, 'the clock has not moved');
    assert.ok(Math.abs(outcome.spending.wanted! - 100 * 365 * 24 * 3600e9) < 1e6);
  });

  test('what would go beyond the output budget is not printed', () => {
    const code = compileLane('func main() { print("12345"); print("67890") }');
    const { outcome, machine } = run(code, { budgets: { outputBytes: 9 } });
    assert.deepEqual(outcome.spending, { limit: 9, used: 5, wanted: 5 });
    assert.deepEqual(machine.log.texts.toArray(), ['12345']);
  });
});

/** An interrupt that says a reason from the `n`th time on that it is asked. */
function after(n: number, reason: StopReason): Interrupt {
  return new Interrupt(() => (--n < 0 ? reason : undefined));
}

/** One instruction each that does more than a run may. */
const BULK: Readonly<Record<string, string>> = {
  'copies for ever': 'func main() { s, t := make([]int, 1<<21), make([]int, 1<<21); for { copy(s, t) } }',
  'clears for ever': 'func main() { s := make([]int, 1<<21); for { clear(s) } }',
  'compares large arrays': 'type A [1 << 20]int\nfunc main() { a, b := new(A), new(A); for *a == *b { } }',
  'compares large strings': 'func main() { s := string(make([]byte, 1<<22)); t := string(make([]byte, 1<<22)); for s == t { } }',
  'compares what is shared exponentially': 'func main() { var a, b any = 1, 1; for range 60 { a, b = [2]any{a, a}, [2]any{b, b} }; println(a == b) }',
  'hashes what is shared exponentially': 'func main() { var a any = 1; for range 60 { a = [2]any{a, a} }; m := map[any]int{}; m[a] = 1 }',
  'converts for ever': 'func main() { s := make([]byte, 1<<20); for { _ = []rune(string(s)) } }',
  'prints a large slice': 'func main() { s := make([]int, 1<<20); for { _ = fmt.Sprint(s) } }',
  'prints what is shared exponentially': 'func main() { var a any = 1; for range 60 { a = []any{a, a} }; _ = fmt.Sprint(a) }',
  'sorts long keys of a map': 'func main() { s := strings.Repeat("x", 1<<16); m := map[string]int{}; for i := range 500 { m[s[i:]] = i }; for { _ = fmt.Sprint(len(fmt.Sprintf("%.0v", m))) } }',
  'sorts many keys of a map': 'func main() { m := map[int]int{}; for i := range 10000 { m[i * 7919 % 10007] = i }; for { _ = fmt.Sprint(m) } }',
  'appends copies for ever': 'func main() { s := make([]int, 1<<20); for { _ = append(s, s...) } }',
  'joins strings for ever': 'func main() { s := string(make([]byte, 1<<20)); for { _ = s + s } }',
  'makes slices for ever': 'func main() { for { _ = make([]int, 1<<16) } }',
  'moves a large array': 'type A [1 << 18]int\nfunc main() { a, b := new(A), new(A); for { *a = *b } }',
  'sends large values': 'func main() { c := make(chan [1 << 12]int, 1); var a [1 << 12]int; for { c <- a; a = <-c } }',
  'grows and clears a map': 'func main() { m := map[int]int{}; for { for i := range 1000 { m[i] = i }; clear(m) } }',
}; // prettier-ignore

suite('machine: bulk work', () => {
  for (const [what, text] of Object.entries(BULK)) {
    test(`a program that ${what} spends its budget as others do`, () => {
      const { outcome } = run(compileLane(text), { budgets: { steps: 3_000_000 } });
      assert.equal(outcome.kind, 'budget');
      assert.ok(outcome.budget === 'steps' || outcome.budget === 'memoryWords', outcome.budget);
    });

    test(`a program that ${what} ends when its time is up, and leaves when it is cancelled`, () => {
      const code = compileLane(text);
      const budgets = { steps: Number.MAX_SAFE_INTEGER };
      const { outcome } = run(code, { budgets, interrupt: after(3, 'wallTime') });
      assert.deepEqual([outcome.kind, outcome.budget], ['budget', 'wallTime']);
      assert.ok(outcome.pc! >= 0, 'it says where');
      assert.throws(() => run(code, { budgets, interrupt: after(3, 'cancelled') }), Interrupted);
    });
  }

  test('copying takes time: 16 bytes a nanosecond, a few words none', () => {
    const time = (n: number): number => run(compileLane(`func main() { s, t := make([]int, 100000), make([]int, 100000); copy(s[:${n}], t) }`)).machine.stats.virtualNs;
    assert.equal(time(64) - time(1), 0);
    assert.equal(time(100_000) - time(64), 100_000 / 2 - 32);
  }); // prettier-ignore

  test('values nested as deep as memory has room compare, and hash, without the call stack', () => {
    const nested = 'var a, b any = 1, 1; for range 200000 { a, b = [1]any{a}, [1]any{b} }';
    const { outcome } = run(compileLane(`func main() { ${nested}; m := map[any]int{a: 1}; println(a == b, m[b]) }`));
    assert.equal(outcome.kind, 'exit');
  });
});
