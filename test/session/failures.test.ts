/** This file tests that a verdict's code comes from whoever raised the failure: every code by a program that fails so, and none by a text that only says so. */
import assert from 'node:assert/strict';
import { FAILURES, type FailureCode } from '../../src/event/failure';
import { runText, type RunResult } from '../support/run';

interface Failing {
  readonly main: string;
  readonly declarations?: string;
  readonly settings?: Readonly<Record<string, number>>;
}

const PROGRAMS: Readonly<Record<FailureCode, readonly (string | Failing)[]>> = {
  'panic.user': ['panic("boom")', 'panic(42)', 'panic(fmt.Errorf("index out of range"))', 'fmt.Println(strings.Repeat("x", -1))'],
  'panic.assertion': ['assert(1 > 2, "one is more than two")'],
  'panic.nil-argument': ['panic(nil)'],
  'panic.nil-pointer': ['var p *int; *p = 1', 'var f func(); f()', 'var f func(); defer f()', 'var p *int64; atomic.AddInt64(p, 1)'],
  'panic.index': ['var s []int; i := 3; s[i] = 1', 'i := 5; println("abc"[i])', 'var a [2]int; i := -1; println(a[i])'],
  'panic.slice': ['s := make([]int, 2); i := 3; println(len(s[:i]))', 'i, j := 2, 1; println("abc"[i:j])', 'i := 4; println("abc"[:i])'],
  'panic.array-length': ['s := make([]int, 1); a := [2]int(s); println(a[0])'],
  'panic.divide': ['n := 0; println(1 / n)', 'n := 0; println(1 % n)'],
  'panic.shift': ['n := -1; println(1 << n)'],
  'panic.nil-map': ['var m map[string]int; m["a"] = 1'],
  'panic.make': ['n := -1; s := make([]int, n); println(len(s))', 'n := 1; s := make([]int, 2, n); println(len(s))', 'n := -1; c := make(chan int, n); println(cap(c))'],
  'panic.unhashable': ['m := map[any]int{}; m[[]int{1}] = 1', 'm := map[any]int{}; println(m[[]int{1}])'],
  'panic.uncomparable': ['var a, b any = []int{1}, []int{1}; println(a == b)'],
  'panic.conversion': ['var a any = 1; println(a.(string))', 'var a any; println(a.(int))', 'var a any = 1; println(a.(error).Error())'],
  'panic.send-on-closed-channel': ['c := make(chan int); close(c); c <- 1', 'c := make(chan int); go func() { time.Sleep(1ms); close(c) }(); c <- 1', 'c := make(chan int); close(c); select { case c <- 1: default: }'],
  'panic.close-of-closed-channel': ['c := make(chan int); close(c); close(c)'],
  'panic.close-of-nil-channel': ['var c chan int; close(c)'],
  'panic.negative-waitgroup': ['var wg sync.WaitGroup; wg.Done()'],
  'panic.waitgroup-misuse': ['var wg sync.WaitGroup; wg.Add(1); go func() { wg.Wait() }(); go func() { time.Sleep(1ms); wg.Done(); wg.Add(1) }(); wg.Wait(); time.Sleep(1s)'],
  'panic.cond-copied': ['var mu sync.Mutex; c := sync.NewCond(&mu); c.Signal(); d := *c; d.Signal()'],
  'panic.test-ended': [], // test/std/testing.test.ts
  'panic.argument': ['println(rand.Intn(0))', 'sort.Slice(1, func(i, j int) bool { return false })'],
  'fatal.unlock-of-unlocked': ['var mu sync.Mutex; mu.Unlock()', 'var rw sync.RWMutex; rw.Unlock()', 'var rw sync.RWMutex; rw.RUnlock()'],
  'fatal.stack-overflow': ['var f func(n int) int; f = func(n int) int { return f(n+1) + 1 }; println(f(0))'],
  'fatal.go-of-nil-func': ['var f func(); go f()'],
  'fatal.out-of-memory': [{ main: 'b := make([]byte, 100000000); b[0] = 1', settings: { memory: 16 << 20 } }, { main: '', settings: { memory: 1 << 20 } }],
  'fatal.no-thread': [{ main: 'for range 100 { go func() { syscall(10ms) }() }; time.Sleep(1s)', settings: { memory: 32 << 20 } }],
  'fatal.thread-exhaustion': [{ main: 'for range 100 { go func() { syscall(10ms) }() }; time.Sleep(1s)', settings: { threadLimit: 5 } }],
  'deadlock.all-asleep': ['c := make(chan int); c <- 1'],
  'deadlock.no-goroutines': ['runtime.Goexit()'],
  'fatal.panic-while-printing': [{ main: 'panic(loud{})', declarations: 'type loud struct{}; func (loud) Error() string { panic(loud{}) }' }],
}; // prettier-ignore

function runMain(failing: string | Failing): RunResult {
  const { main, declarations = '', settings }: Failing = typeof failing === 'string' ? { main: failing } : failing;
  const run = runText(`func main() {\n${main}\n}\n${declarations}\n`, 'lane', { settings: settings ?? {} });
  assert.deepEqual(run.diagnostics, []);
  return run;
}

/** What the machine says, and what the user is told. */
function codesOf(run: RunResult): unknown[] {
  const code = run.simulation!.outcome.code;
  const told = run.findings.filter(({ kind }) => ['panic', 'fatal', 'assertion', 'deadlock'].includes(kind));
  return [code, told.map((finding) => finding.code)];
}

/** What stands behind `panic: ` or `fatal error: ` in the first line that has it. */
const textOf = (run: RunResult): string =>
  /(?:panic|fatal error): (.*)/.exec(run.simulation!.outcome.text!)![1]!.replaceAll('"', '\\"');

/** Codes whose finding is made from more than the ending. */
const TOLD: Partial<Record<FailureCode, string>> = {
  'panic.assertion': 'assertion.failed',
  'deadlock.no-goroutines': 'deadlock.all-asleep',
};

suite('failures: who raises says what it is', () => {
  for (const code of FAILURES) {
    for (const failing of PROGRAMS[code]) {
      const main = typeof failing === 'string' ? failing : failing.main;
      test(`${code}: ${main}`, () => {
        const run = runMain(failing);
        assert.deepEqual(codesOf(run), [code, [TOLD[code] ?? code]]);
        const text = textOf(run);
        const said = runMain(`panic("${text}")`);
        assert.equal(textOf(said), text);
        assert.deepEqual(codesOf(said), ['panic.user', ['panic.user']]);
      });
    }
  }

  test('the texts of failures that a program only says are its own', () => {
    for (const text of ['index out of range: mine', 'concurrent map writes', 'stack overflow', 'Log in goroutine after x has completed']) {
      assert.deepEqual(codesOf(runMain(`panic("${text}")`)), ['panic.user', ['panic.user']]);
    }
  }); // prettier-ignore

  test('a value that is recovered and thrown again is still what it was', () => {
    const again = (thrown: string): string =>
      `defer func() { r := recover(); ${thrown} }(); var s []int; i := 3; s[i] = 1`;
    assert.deepEqual(codesOf(runMain(again('panic(r)'))), ['panic.index', ['panic.index']]);
    assert.deepEqual(codesOf(runMain(again('panic(fmt.Sprint(r))'))), ['panic.user', ['panic.user']]);
    assert.deepEqual(codesOf(runMain(again('var p *int; *p = 1; _ = r'))), [
      'panic.nil-pointer',
      ['panic.nil-pointer'],
    ]);
    assert.match(runMain(again('panic(r)')).simulation!.outcome.text!, /\[recovered, repanicked\]/);
  });

  test('Go tells of a signal when memory was touched, not when a text says so', () => {
    const signal = /\[signal SIGSEGV/;
    assert.match(runMain('var p *int; *p = 1').simulation!.outcome.text!, signal);
    const said = 'panic("runtime error: invalid memory address or nil pointer dereference")';
    assert.doesNotMatch(runMain(said).simulation!.outcome.text!, signal);
  });

  test('an assertion that ended the run is one finding; one that was recovered does not hide a later panic', () => {
    const run = runMain(
      'func() { defer func() { recover() }(); assert(false, "first") }(); panic("assertion failed: first")',
    );
    assert.deepEqual(codesOf(run), ['panic.user', ['assertion.failed', 'panic.user']]);
  });
});
