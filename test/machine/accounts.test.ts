/** This file states what the simulated machine's memory holds, and what becomes of programs that do not fit into it. */
import assert from 'node:assert/strict';
import { Accounts, AccountAt } from '../../src/base/accounts';
import { Memory } from '../../src/base/memory';
import { compileSources } from '../../src/session/compile';
import { boot } from '../runtime/harness';
import { runText, type RunResult } from '../support/run';

const KB = 1024;
const MB = 1024 * KB;

const FEW_THREADS = { cores: 1, threadStack: 16 * KB, processMemory: 0 };

function runWith(body: string, settings: Record<string, number>): RunResult {
  const run = runText(`func main() {\n${body}\n}\n`, 'lane', { settings });
  assert.deepEqual(run.diagnostics, []);
  return run;
}

function codesOf(run: RunResult): string[] {
  return run.findings.map(({ code }) => code);
}

/** Starts `n` goroutines that wait until all have been started. */
const waiting = (n: number): string => `
  all := make(chan bool)
  for i := 0; i < ${n}; i++ {
    go func() { <-all }()
  }
  close(all)`;

const calling = (n: number): string => `
  for i := 0; i < ${n}; i++ {
    go func() { syscall(10ms) }()
  }
  time.Sleep(1s)`;

suite('machine: accounts', () => {
  test('what is given back can be taken again, and the peak stays', () => {
    const accounts = new Accounts(new Memory(), 100);
    const { running } = accounts;
    assert.ok(accounts.take(running, AccountAt.Heap, 60));
    assert.ok(accounts.take(running, AccountAt.ThreadStacks, 40));
    assert.ok(!accounts.take(running, AccountAt.Heap, 1));
    accounts.giveBack(running, AccountAt.ThreadStacks, 40);
    assert.ok(accounts.take(running, AccountAt.GoroutineStacks, 30));
    const use = accounts.use(running);
    assert.deepEqual([use.peakBytes, use.heapBytes, use.threadStackBytes, use.goroutineStackBytes], [100, 60, 40, 0]);
    assert.equal(use.refusedBytes, 1);
  });

  test('an account that is closed leaves room for others', () => {
    const accounts = new Accounts(new Memory(), 100);
    const other = accounts.open();
    assert.ok(accounts.take(other, AccountAt.Base, 70));
    assert.ok(!accounts.take(accounts.running, AccountAt.Heap, 50));
    accounts.close(other);
    assert.ok(accounts.take(accounts.running, AccountAt.Heap, 50));
    assert.equal(accounts.use(other).peakBytes, 70);
  });

  const programs: Record<string, string> = {
    'a large slice': 'bytes := make([]byte, 3000000)\n bytes[0] = 1',
    'append': 'var s []int\n for i := 0; i < 50000; i++ { s = append(s, i) }',
    'strings': 's := ""\n for i := 0; i < 2000; i++ { s += "x" }',
    'a map': 'm := map[int]string{}\n for i := 0; i < 20000; i++ { m[i] = "x" }',
    'pointers': 'type node struct { next *node; payload [14]int }\n var list *node\n for i := 0; i < 20000; i++ { list = &node{next: list} }',
    'channels': 'for i := 0; i < 3000; i++ { c := make(chan int, 100)\n c <- 1 }',
    'goroutines': waiting(1000),
    'a deep stack': 'var deep func(n int) int\n deep = func(n int) int { if n == 0 { return 0 }\n return deep(n-1) + 1 }\n println(deep(20000))',
    'threads': calling(100),
  }; // prettier-ignore

  for (const [what, body] of Object.entries(programs)) {
    test(`${what}: a program fits exactly into its peak`, () => {
      const settings = { ...FEW_THREADS, jitter: 0 };
      const free = runWith(body, settings);
      const { peakBytes } = free.simulation!.stats;
      assert.ok(peakBytes > MB, String(peakBytes));
      const just = runWith(body, { ...settings, memory: peakBytes });
      assert.deepEqual([just.exit, codesOf(just), just.stderr], [0, [], free.stderr]);
      assert.equal(just.simulation!.stats.virtualNs, free.simulation!.stats.virtualNs);
      const tooSmall = runWith(body, { ...settings, memory: peakBytes - 1 });
      const code = what === 'threads' ? 'fatal.no-thread' : 'fatal.out-of-memory';
      assert.deepEqual([tooSmall.exit, codesOf(tooSmall)], [2, [code]]);
      assert.ok(tooSmall.simulation!.stats.peakBytes < peakBytes);
    });
  }

  test('sizes are those of Go', () => {
    const heapOf = (body: string): number => runWith(body, FEW_THREADS).simulation!.stats.heapBytes;
    const nothing = heapOf('');
    assert.equal(heapOf('p := new(int64)\n *p = 1') - nothing, 8);
    assert.equal(heapOf('s := make([]byte, 1000)\n s[0] = 1') - nothing, 1024);
    assert.equal(heapOf('s := make([]int32, 1000)\n s[0] = 1') - nothing, 4096);
    assert.equal(heapOf('c := make(chan int, 10)\n c <- 1') - nothing, 176);
    assert.equal(heapOf('type p struct { a, b int; c bool }\n x := &p{}\n x.a = 1') - nothing, 24);
  });

  test('a goroutine has 2 KB, or what the machine says; its stack is given back at its end', () => {
    const stacks = (settings: Record<string, number>, body = waiting(1000)): number =>
      runWith(body, settings).simulation!.stats.goroutineStackBytes;
    assert.equal(stacks({}), 1001 * 2 * KB);
    assert.equal(stacks({ goroutineStack: 8 * KB }), 1001 * 8 * KB);
    const oneByOne = 'for i := 0; i < 1000; i++ { done := make(chan bool)\n go func() { done <- true }()\n <-done }';
    assert.ok(stacks({}, oneByOne) <= 3 * 2 * KB);
  });

  test('10,000 goroutines and 16 MB: the sentence does the sum', () => {
    const run = runWith(waiting(10_000), { memory: 16 * MB });
    const [finding] = run.findings;
    assert.equal(finding!.code, 'fatal.out-of-memory');
    assert.equal(run.simulation!.outcome.text, 'fatal error: runtime: out of memory');
    assert.match(finding!.message, /^G1 runs out of memory at line 5: .* for the stacks of \d,\d{3} goroutines \+ .* for the heap \+ 4 MB for the stacks of 4 threads \+ 3 MB for the process itself make 16 MB; 2 KB more do not fit into the machine’s 16 MB\.$/); // prettier-ignore
    assert.match(finding!.advice.join(' '), /machine \{ memory = 32MB \}/);
    assert.equal(finding!.sites[0]!.g, 1);
    assert.deepEqual(codesOf(runWith(waiting(10_000), { memory: 64 * MB })), []);
  });

  test('threads in system calls: Go’s message for the thread that the kernel refuses', () => {
    const run = runWith(calling(100), { memory: 32 * MB });
    const { outcome, trace } = run.simulation!;
    assert.deepEqual(codesOf(run), ['fatal.no-thread']);
    const threads = trace.meta.memory!.threads;
    assert.ok(threads > 20 && threads < 30, String(threads));
    assert.ok(
      outcome.text!.startsWith(`runtime: failed to create new OS thread (have ${threads} already; errno=11)\n`),
    );
    assert.ok(outcome.text!.endsWith('\nfatal error: newosproc'));
    assert.ok(run.findings[0]!.message.includes(`${threads} MB for the stacks of ${threads} threads`));
    assert.deepEqual(codesOf(runWith(calling(100), { memory: 128 * MB })), []);
    assert.deepEqual(codesOf(runWith(calling(100), { memory: 32 * MB, threadStack: 64 * KB })), []);
  });

  test('a machine on which the process does not even fit', () => {
    const run = runWith('println("never")', { memory: 4 * MB });
    assert.deepEqual([run.exit, codesOf(run), run.stderr], [2, ['fatal.out-of-memory'], '']);
    assert.equal(run.simulation!.outcome.text, 'fatal error: runtime: cannot allocate memory');
    assert.equal(runWith('println("ever")', { memory: 5 * MB }).stderr, 'ever\n');
  });

  test('the trace tells what was in use', () => {
    const { meta } = runWith(waiting(100), {}).simulation!.trace;
    const memory = meta.memory!;
    assert.equal(memory.limitBytes, 8 * 1024 * MB);
    assert.deepEqual([memory.goroutineStacks, memory.processBytes, memory.refusedBytes], [101, 3 * MB, 0]);
    const { heapBytes, goroutineStackBytes, threadStackBytes, processBytes } = memory;
    assert.equal(memory.peakBytes, heapBytes + goroutineStackBytes + threadStackBytes + processBytes);
  });

  test('a snapshot holds the accounts', () => {
    const text = `func main() {\n s := []int{}\n for i := 0; i < 3000; i++ { s = append(s, i)\n go func() { syscall(20us) }() }\n time.Sleep(1s)\n}\n`;
    const { code } = compileSources([{ name: 'test.lane', text }]);
    for (const config of [{}, { memory: 12 * MB }]) {
      const { machine } = boot(code!, { config });
      assert.equal(machine.run(400).kind, 'paused');
      const before = machine.stats;
      const snapshot = machine.snapshot();
      const outcome = machine.run();
      const after = machine.stats;
      assert.ok(after.peakBytes > before.peakBytes);
      machine.restore(snapshot);
      assert.deepEqual(machine.stats, { ...before, hostPeakBytes: machine.stats.hostPeakBytes });
      assert.deepEqual(machine.run(), outcome);
      assert.deepEqual(machine.stats, after);
      assert.equal(outcome.kind, 'memory' in config ? 'fatal' : 'exit');
    }
  });
});
