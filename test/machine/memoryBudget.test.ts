/**
 * This file tests that a run which needs too much of the host's memory ends by the budget of memory, wherever it is spent: in simulated memory or in what is
 * kept beside it, at the same event whatever the slices, and so that all can still be told.
 */
import assert from 'node:assert/strict';
import { HOLDERS } from '../../src/base/ledger';
import { compileSources } from '../../src/session/compile';
import { Simulation, simulate, type SimulationResult } from '../../src/session/simulation';

/** Programs that never have enough, by what they need memory for. */
const GREEDY: Readonly<Record<string, string>> = {
  slice: `
func main() {
	var s []int
	for i := 0; ; i++ { s = append(s, i) }
}`,
  channels: `
func main() {
	for { c := make(chan int, 1); c <- 1 }
}`,
  'sleepers for ever': `
func main() {
	for { go func() { select {} }() }
}`,
  'a fork bomb': `
func f() { go f(); go f() }
func main() { f(); select {} }`,
  'timers that start timers': `
import "time"
func main() {
	var f func()
	f = func() { time.AfterFunc(0, f); time.AfterFunc(0, f) }
	f()
	select {}
}`,
  mutexes: `
import "sync"
func main() {
	for { mu := new(sync.Mutex); mu.Lock() }
}`,
  'read locks': `
import "sync"
func main() {
	for { mu := new(sync.RWMutex); mu.RLock() }
}`,
  'recovered panics': `
func f() { defer func() { recover() }(); panic("x") }
func main() { for { f() } }`,
  'choices': `
import "math/rand"
func main() { for { rand.Intn(10) } }`,
  'goroutines that know each other': `
import "sync"
func main() {
	var mu sync.Mutex
	for { go func() { mu.Lock(); mu.Unlock(); select {} }() }
}`,
  'maps of maps': `
func main() {
	m := map[int]map[int]int{}
	for i := 0; ; i++ { m[i] = map[int]int{i: i} }
}`,
}; // prettier-ignore

function run(source: string, megabytes: number, slice = Infinity): SimulationResult {
  const { program, code } = compileSources([{ name: 'greedy.lane', text: `${source}\n` }]);
  assert.ok(code, program.diagnostics.map(({ message }) => message).join());
  const budgets = { memoryWords: megabytes << 18, steps: 20_000_000 };
  if (slice === Infinity) return simulate(program, code, { seed: 1, budgets });
  const simulation = new Simulation(program, code, { seed: 1, budgets });
  while (simulation.advance(slice) === 'running');
  return simulation.result;
}

suite('machine: the budget of memory', () => {
  for (const [name, source] of Object.entries(GREEDY)) {
    test(`ends ${name}, and says what the memory was used for`, () => {
      const { outcome, findings, trace } = run(source, 4);
      assert.deepEqual([outcome.kind, outcome.budget], ['budget', 'memoryWords']);
      const held = outcome.held!.reduce((sum, { bytes }) => sum + bytes, 0);
      // The constants of the program are not what it uses.
      assert.ok(held > 2 << 20 && held <= (4 << 20) + 4096, `${held} bytes`);
      const found = findings.find(({ code }) => code === 'budget.memoryWords')!;
      assert.match(found.message, new RegExp(`it had used .* for ${HOLDERS[outcome.held![0]!.what]}`));
      assert.ok(trace.length > 0);
    });
  }

  test('at the same event, whatever the slices', () => {
    for (const source of [GREEDY['a fork bomb']!, GREEDY['timers that start timers']!, GREEDY.channels!]) {
      const ends = [1000, 7919, Infinity].map((slice) => {
        const { outcome, stats, findings } = run(source, 2, slice);
        return { outcome, steps: stats.steps, virtualNs: stats.virtualNs, messages: findings.map((f) => f.message) };
      });
      assert.deepEqual(ends[1], ends[0]);
      assert.deepEqual(ends[2], ends[0]);
    }
  });

  test('the search for races gives way, says so, and keeps what it has found', () => {
    const source = `
func main() {
	x := 0
	done := make(chan bool)
	go func() { x++; done <- true }()
	x++
	<-done
	xs := make([]int, 100000)
	go func() { for i := range xs { xs[i] = i }; done <- true }()
	<-done
}`;
    const { outcome, findings, trace } = run(source, 4);
    assert.equal(outcome.kind, 'exit');
    assert.equal(trace.meta.racesGaveUp, true);
    assert.deepEqual(findings.map(({ code }) => code), ['race.read-write']); // prettier-ignore
    assert.equal(run(source, 64).trace.meta.racesGaveUp, undefined);
  });

  test('a program that fits is not ended', () => {
    assert.equal(run('func main() {\n\ts := make([]int, 1000)\n\ts[1] = 2\n}', 1).outcome.kind, 'exit');
  });

  test('however little there is, the run ends by it', () => {
    const { program, code } = compileSources([
      { name: 'small.lane', text: 'var x [10]int\nfunc main() { go func() { x[0]++ }(); x[0]++ }\n' },
    ]);
    for (const memoryWords of [0, 1, 20, 100, 1000, 5000, 20_000]) {
      const { outcome, findings, stats } = simulate(program, code!, { seed: 1, budgets: { memoryWords } });
      assert.deepEqual([outcome.budget, stats.refusedBytes], ['memoryWords', 0], `${memoryWords} words`);
      assert.match(
        findings.find(({ code: c }) => c === 'budget.memoryWords')!.message,
        /budget\.memory, is 0\.?\d* megabytes/,
      );
    }
  });

  test('what does not even fit at the start is told', () => {
    const { outcome, findings } = run('var a [1000000]int\n\nfunc main() { a[1] = 2 }', 2);
    assert.equal(outcome.budget, 'memoryWords');
    assert.equal(findings[0]!.code, 'budget.memoryWords');
  });
});
