/** This file enumerates all runs of small programs under the controlled scheduler, and compares their traces and ends with what is known. */
import assert from 'node:assert/strict';
import { Interrupt } from '../../src/base/interrupt';
import type { Code } from '../../src/bytecode/code';
import { SeededChooser } from '../../src/event/choice';
import { Kind } from '../../src/event/kinds';
import type { ChoicePoint } from '../../src/event/choicePoint';
import type { EventLog } from '../../src/event/log';
import { OPERATION_NAMES } from '../../src/event/operations';
import { machineConfig } from '../../src/machine/config';
import { Machine, type MachineOptions } from '../../src/machine/machine';
import { compileLane } from '../runtime/source';
import { endOf, enumerate, Subject, traceOf } from './enumerate';

/** Every goroutine runs at once and nobody waits for them: the program always ends with main alone, asleep. */
function together(...bodies: string[]): string {
  return `func main() { ${bodies.map((body) => `go func() { ${body} }()`).join('\n')}\n select {} }`;
}

interface Tally {
  readonly runs: number;
  readonly traces: Set<string>;
  /** By end, how many traces. */
  readonly ends: Map<string, Set<string>>;
}

function tally(text: string, options: Partial<MachineOptions> = {}): Tally {
  const traces = new Set<string>();
  const ends = new Map<string, Set<string>>();
  const runs = enumerate(
    compileLane(text),
    (execution) => {
      // prettier-ignore
      const trace = traceOf(execution);
      const end = endOf(execution);
      traces.add(trace);
      if (!ends.has(end)) ends.set(end, new Set());
      ends.get(end)!.add(trace);
    },
    20_000,
    options,
  );
  return { runs, traces, ends };
}

/** How a seeded run under Go's scheduler, on two or four cores, ends. */
function simulatedEnd(code: Code, seed: number): string {
  let output = '';
  const printed = {
    observe: (log: EventLog, i: number) => {
      if (log.kind[i] === Kind.Print) output += log.texts.at(log.obj[i]!)!;
    },
  };
  const config = machineConfig({ cores: seed % 2 === 0 ? 2 : 4 });
  const machine = new Machine(code, config, new SeededChooser(seed), [printed], { detect: false, window: 64 });
  return endOf({ outcome: machine.run(), output });
}

/** How runs of a program can end, in order. */
function endsOf(text: string, options: Partial<MachineOptions> = {}): string[] {
  return [...tally(text, options).ends.keys()].sort();
}

const DEADLOCK = 'fatal error: all goroutines are asleep - deadlock!';
const meal = (left: number, right: number): string =>
  `forks[${left}].Lock(); forks[${right}].Lock(); forks[${right}].Unlock(); forks[${left}].Unlock()`;

/** Programs whose numbers of traces are published or were counted by other tools (Nidhugg, Concuerror); see docs/engine.md. */
const COUNTED: readonly (readonly [name: string, text: string, traces: number, runs?: number])[] = [
  ['readers(2)', `var x int\n${together('x = 42', '_ = x', '_ = x')}`, 4, 6],
  ['lastzero(1)', `var a [2]int\n${together('i := 1; for a[i] != 0 { i-- }', 'a[1] = a[0] + 1')}`, 2],
  ['lastzero(2)', `var a [3]int\n${together('i := 2; for a[i] != 0 { i-- }', 'a[1] = a[0] + 1', 'a[2] = a[1] + 1')}`, 5],
  ['fib(1)', `var i, j = 1, 1\nfunc main() { go func() { i = i + j }(); go func() { j = j + i }(); _, _ = i, j; select {} }`, 11],
  ['fib(1) without main', `var i, j = 1, 1\n${together('i = i + j', 'j = j + i')}`, 3],
  ['fib(2) without main', `var i, j = 1, 1\n${together('i = i + j; i = i + j', 'j = j + i; j = j + i')}`, 19],
  ['sb(2)', `var x [2]int\n${together('x[0] = 1; _ = x[1]', 'x[1] = 1; _ = x[0]')}`, 3, 6],
  ['sb(3)', `var x [3]int\n${together('x[0] = 1; _ = x[1]', 'x[1] = 1; _ = x[2]', 'x[2] = 1; _ = x[0]')}`, 7, 90],
  ['racy incr(2)', `var c int\n${together('t := c; c = t + 1', 't := c; c = t + 1')}`, 4, 6],
  ['racy incr(3)', `var c int\n${together('t := c; c = t + 1', 't := c; c = t + 1', 't := c; c = t + 1')}`, 36, 90],
  ['locked incr(2)', `var mu sync.Mutex; var c int\n${together('mu.Lock(); c++; mu.Unlock()', 'mu.Lock(); c++; mu.Unlock()')}`, 2],
  ['philosophers(2)', `var forks [2]sync.Mutex\n${together(meal(0, 1), meal(1, 0))}`, 3],
  ['philosophers(3)', `var forks [3]sync.Mutex\n${together(meal(0, 1), meal(1, 2), meal(2, 0))}`, 7],
  ['philosophers(2), last reversed', `var forks [2]sync.Mutex\n${together(meal(0, 1), meal(0, 1))}`, 2],
  ['philosophers(3), last reversed', `var forks [3]sync.Mutex\n${together(meal(0, 1), meal(1, 2), meal(0, 2))}`, 6],
  ['popl', `var x, y, z int\n${together('x = 1', 'y = 1', 'if y == 0 { z = 1 }', 'if z == 1 { if y == 0 { x = 2 } }')}`, 5],
  ['chan(2, 1), unbuffered', `func main() { c := make(chan int); for p := range 2 { go func() { c <- p }() }; <-c; <-c; select {} }`, 2, 2],
  ['chan(2, 1), capacity 1', `func main() { c := make(chan int, 1); for p := range 2 { go func() { c <- p }() }; <-c; <-c; select {} }`, 2],
  ['chan(2, 1), capacity 2', `func main() { c := make(chan int, 2); for p := range 2 { go func() { c <- p }() }; <-c; <-c; select {} }`, 2],
  ['chan(3, 1), unbuffered', `func main() { c := make(chan int); for p := range 3 { go func() { c <- p }() }; <-c; <-c; <-c; select {} }`, 6, 6],
  ['chan(2, 2), capacity 1', `func main() { c := make(chan int, 1); for p := range 2 { go func() { c <- p; c <- p }() }; <-c; <-c; <-c; <-c; select {} }`, 6],
]; // prettier-ignore

/** For programs without races: plain accesses take no turn of their own, which changes nothing but the number of runs. */
const SYNC_ONLY = { plainAccesses: false };

/** Programs, and every way in which they can end: what was printed, and how the program ended. */
const ENDS: readonly (readonly [name: string, text: string, ends: readonly string[], options?: Partial<MachineOptions>])[] = [
  // ---- the end of the program
  ['main does not wait', `func main() { go func() { println("a") }() }`, ['exit 0', 'a\nexit 0']],
  // b is printed before main ends; a before or after b, or cut off.
  ['the return of main comes when it comes', `func main() { go func() { println("a") }(); println("b") }`, ['a\nb\nexit 0', 'b\na\nexit 0', 'b\nexit 0']],
  // The panic may come before the other's line or after it; main sleeps.
  ['a panic ends the program when it is its turn', together('println("a")', 'panic("boom")'), ['a\npanic: boom', 'panic: boom']],
  ['os.Exit, too', together('println("a")', 'os.Exit(3)'), ['a\nexit 3', 'exit 3']],
  ['a recovered panic ends nothing', `func main() { defer func() { recover(); println("ok") }(); var m map[string]int; m["a"] = 1 }`, ['ok\nexit 0']],
  ['Goexit of main ends nothing', `func main() { go func() { println("a") }(); runtime.Goexit() }`, ['a\nfatal error: no goroutines (main called runtime.Goexit) - deadlock!']],
  ['an unlock too many is fatal', `func main() { var mu sync.Mutex; mu.Unlock() }`, ['fatal error: sync: unlock of unlocked mutex']],

  // ---- channels
  ['a nil channel', `func main() { var c chan int; c <- 1 }`, [DEADLOCK]],
  ['a sender nobody hears', `func main() { c := make(chan int); c <- 1 }`, [DEADLOCK]],
  ['a rendezvous', `func main() { c := make(chan int); go func() { c <- 1 }(); println(<-c) }`, ['1\nexit 0']],
  ['whoever sends first', `func main() { c := make(chan int); for i := range 3 { go func() { c <- i }() }; println(<-c) }`, ['0\nexit 0', '1\nexit 0', '2\nexit 0']],
  ['a send races with a close', `func main() { c := make(chan int, 1); d := make(chan bool, 1); go func() { c <- 1; d <- true }(); close(c); <-d; println(<-c) }`, ['1\nexit 0', 'panic: send on closed channel']],
  // An unbuffered sender that waits is woken by the close and panics, as one that comes too late.
  ['a close under a waiting sender', `func main() { c := make(chan int); go func() { c <- 1 }(); close(c); select {} }`, ['panic: send on closed channel']],
  ['closed twice', `func main() { c := make(chan int); go func() { close(c) }(); close(c) }`, ['exit 0', 'panic: close of closed channel']],
  ['a close is received', `func main() { c := make(chan int); go func() { close(c) }(); _, ok := <-c; println(ok) }`, ['false\nexit 0']],
  // len counts what has been sent so far.
  ['len', `func main() { c := make(chan int, 2); d := make(chan bool); go func() { c <- 1; c <- 2; d <- true }(); println(len(c)); <-d }`, ['0\nexit 0', '1\nexit 0', '2\nexit 0']],
  ['workers share what a channel holds', `func main() { jobs, out := make(chan int), make(chan int, 2); for w := range 2 { go func() { for j := range jobs { out <- w*10 + j } }() }; jobs <- 1; close(jobs); println(<-out) }`, ['1\nexit 0', '11\nexit 0'], SYNC_ONLY],

  // ---- select
  ['a select takes any case that is ready', `func main() { a, b := make(chan int, 1), make(chan int, 1); a <- 1; b <- 2; select { case x := <-a: println(x); case y := <-b: println(y) } }`, ['1\nexit 0', '2\nexit 0']],
  ['a default is taken when nothing has come', `func main() { c := make(chan int, 1); go func() { c <- 1 }(); select { case x := <-c: println(x); default: println("nothing") } }`, ['1\nexit 0', 'nothing\nexit 0']],
  ['a select receives from unbuffered channels', `func main() { a, b := make(chan int), make(chan int); go func() { a <- 1 }(); go func() { b <- 2 }(); select { case x := <-a: println(x); case y := <-b: println(y) } }`, ['1\nexit 0', '2\nexit 0']],
  ['a select sends on unbuffered channels', `func main() { c, d := make(chan int), make(chan bool); go func() { println(<-c); d <- true }(); select { case c <- 1: case c <- 2: }; <-d }`, ['1\nexit 0', '2\nexit 0']],
  ['two selects meet by either channel', `func main() { a, b := make(chan int), make(chan int); go func() { select { case a <- 1: case <-b: } }(); select { case x := <-a: println("a", x); case b <- 2: println("b") } }`, ['a 1\nexit 0', 'b\nexit 0']],
  ['a send with a default finds a receiver or does not', `func main() { c := make(chan int); go func() { <-c }(); select { case c <- 1: println("sent"); default: println("dropped") } }`, ['dropped\nexit 0', 'sent\nexit 0']],
  ['two selects with defaults never meet', `func main() { c := make(chan int); go func() { select { case c <- 1: println("sent"); default: } }(); select { case <-c: println("got"); default: println("none") } }`, ['none\nexit 0']],
  // The select cannot be found waiting on c, because it could go on by b.
  ['a select that can go on is not found waiting', `func main() { b, c := make(chan int, 1), make(chan int); b <- 1; go func() { select { case <-b: println("b"); case c <- 1: println("c") } }(); select { case <-c: default: } ; select {} }`, ['b\n' + DEADLOCK]],
  // A plain receiver can wait, and be found.
  ['a select that can go on finds a waiting receiver', `func main() { b, c := make(chan int, 1), make(chan int); b <- 1; go func() { select { case <-b: println("b"); case c <- 1: println("c") } }(); <-c; select {} }`, ['b\n' + DEADLOCK, 'c\n' + DEADLOCK]],
  ['an empty select', `func main() { select {} }`, [DEADLOCK]],

  // ---- locks
  ['TryLock sees who holds', `func main() { var mu sync.Mutex; go func() { mu.Lock(); mu.Unlock() }(); println(mu.TryLock()) }`, ['false\nexit 0', 'true\nexit 0']],
  ['two locks in two orders', `func main() { var a, b sync.Mutex; d := make(chan bool, 1); go func() { a.Lock(); b.Lock(); b.Unlock(); a.Unlock(); d <- true }(); b.Lock(); a.Lock(); a.Unlock(); b.Unlock(); <-d }`, ['exit 0', DEADLOCK]],
  // A writer that waits keeps new readers out, so that the second RLock waits for ever.
  ['a reader that reads again', `func main() { var rw sync.RWMutex; d := make(chan bool, 2); go func() { rw.RLock(); rw.RLock(); rw.RUnlock(); rw.RUnlock(); d <- true }(); go func() { rw.Lock(); rw.Unlock(); d <- true }(); <-d; <-d }`, ['exit 0', DEADLOCK], SYNC_ONLY],
  ['a writer waits for the readers inside', `func main() { var rw sync.RWMutex; d := make(chan bool); rw.RLock(); go func() { rw.Lock(); println("write"); rw.Unlock(); d <- true }(); println("read"); rw.RUnlock(); <-d }`, ['read\nwrite\nexit 0']],
  ['TryRLock and TryLock of an RWMutex', `func main() { var rw sync.RWMutex; go func() { rw.Lock(); rw.Unlock() }(); println(rw.TryRLock(), rw.TryLock()) }`, ['false false\nexit 0', 'false true\nexit 0', 'true false\nexit 0']],

  // ---- groups
  ['a wait for all', `func main() { var wg sync.WaitGroup; n := 0; for range 2 { wg.Add(1); go func() { n++; wg.Done() }() }; wg.Wait(); println(n > 0) }`, ['true\nexit 0'], SYNC_ONLY],
  ['Add inside of the goroutine', `func main() { var wg sync.WaitGroup; go func() { wg.Add(1); println("a"); wg.Done() }(); wg.Wait() }`, ['a\nexit 0', 'exit 0']],
  ['a counter below zero', `func main() { var wg sync.WaitGroup; wg.Add(1); go func() { wg.Done() }(); wg.Done(); select {} }`, ['panic: sync: negative WaitGroup counter']],
  // It waits on, or returned while the counter was zero, or finds the group in use again on its way out.
  ['a group that is reused too early', `func main() { var wg sync.WaitGroup; wg.Add(1); go func() { wg.Wait(); println("woke") }(); wg.Done(); wg.Add(1) }`, ['exit 0', 'panic: sync: WaitGroup is reused before previous Wait has returned', 'woke\nexit 0'], SYNC_ONLY],
  ['a Once has one winner, and the others wait for it', `func main() { var once sync.Once; x := 0; d := make(chan int, 2); for i := 1; i <= 2; i++ { go func() { once.Do(func() { x = i }); d <- x }() }; println(<-d, <-d) }`, ['1 1\nexit 0', '2 2\nexit 0'], SYNC_ONLY],
  ['a Once within itself', `func main() { var once sync.Once; once.Do(func() { once.Do(func() {}) }) }`, [DEADLOCK]],
  ['a signal that nobody waits for is lost', `func main() { var mu sync.Mutex; c := sync.NewCond(&mu); go func() { c.Signal() }(); mu.Lock(); c.Wait(); println("done") }`, ['done\nexit 0', DEADLOCK]],
  ['a condition is looked at again', `func main() { var mu sync.Mutex; c := sync.NewCond(&mu); ready := false; go func() { mu.Lock(); ready = true; c.Signal(); mu.Unlock() }(); mu.Lock(); for !ready { c.Wait() }; println("done") }`, ['done\nexit 0'], SYNC_ONLY],
  ['a broadcast wakes all', `func main() { var mu sync.Mutex; c := sync.NewCond(&mu); n := 0; d := make(chan bool, 2); for range 2 { go func() { mu.Lock(); for n == 0 { c.Wait() }; mu.Unlock(); d <- true }() }; mu.Lock(); n = 1; c.Broadcast(); mu.Unlock(); <-d; <-d }`, ['exit 0'], SYNC_ONLY],

  // ---- memory
  ['a lost update', `func main() { x := 0; d := make(chan bool, 1); go func() { x++; d <- true }(); x++; <-d; println(x) }`, ['1\nexit 0', '2\nexit 0']],
  ['none when it is atomic', `func main() { var x atomic.Int32; d := make(chan bool, 1); go func() { x.Add(1); d <- true }(); x.Add(1); <-d; println(x.Load()) }`, ['2\nexit 0']],
  ['one compare-and-swap of two succeeds', `func main() { var x atomic.Int32; d := make(chan bool, 1); go func() { d <- x.CompareAndSwap(0, 1) }(); println(x.CompareAndSwap(0, 2), <-d) }`, ['false true\nexit 0', 'true false\nexit 0']],
  // An append in place, and a read before or after.
  ['an append is a write', `func main() { s := make([]int, 1, 2); t := s[:2]; d := make(chan int, 1); go func() { d <- t[1] }(); s = append(s, 7); println(<-d) }`, ['0\nexit 0', '7\nexit 0']],
  ['a copy reads and writes', `func main() { s, t := []int{1}, []int{2}; d := make(chan bool, 1); go func() { copy(s, t); d <- true }(); t[0] = 3; <-d; println(s[0]) }`, ['2\nexit 0', '3\nexit 0']],
  ['a map is one place', `func main() { m := map[string]int{}; d := make(chan bool, 1); go func() { m["a"] = 1; d <- true }(); println(len(m)); <-d }`, ['0\nexit 0', '1\nexit 0']],

  // ---- time: a timer may fire at any moment after it was started
  ['a timeout hits or does not', `func main() { c := make(chan int, 1); go func() { c <- 1 }(); select { case x := <-c: println(x); case <-time.After(time.Hour): println("timeout") } }`, ['1\nexit 0', 'timeout\nexit 0'], SYNC_ONLY],
  ['sleepers wake in any order', `func main() { go func() { time.Sleep(time.Second); println("a") }(); time.Sleep(time.Millisecond); println("b") }`, ['a\nb\nexit 0', 'b\na\nexit 0', 'b\nexit 0'], SYNC_ONLY],
  // Stopped in time; or fired, when its function has printed, or will, or is cut off.
  ['a timer is stopped or fires', `func main() { t := time.AfterFunc(1, func() { println("fired") }); println(t.Stop()) }`, ['fired\nfalse\nexit 0', 'false\nexit 0', 'false\nfired\nexit 0', 'true\nexit 0'], SYNC_ONLY],
  ['a ticker ticks again when its tick was received', `func main() { t := time.NewTicker(1); <-t.C; <-t.C; t.Stop(); println("done") }`, ['done\nexit 0'], SYNC_ONLY],
  ['a Reset drops a tick that nobody has received', `func main() { t := time.NewTimer(1); println(t.Reset(2)); <-t.C }`, ['true\nexit 0'], SYNC_ONLY],
  // The run ends there, and others may come before it.
  ['what is not supported is reached or not', `func main() { go func() { var v atomic.Value; v.Store(1) }(); println("main") }`, ['atomic.Value is not supported yet', 'main\natomic.Value is not supported yet', 'main\nexit 0']],
  ['work and system calls take no turn', `func main() { work(1000); syscall(1000); netwait(1000); println("done") }`, ['done\nexit 0']],
]; // prettier-ignore

suite('machine: controlled scheduler', () => {
  for (const [name, text, traces, runs] of COUNTED) {
    test(`${name} has ${traces} traces`, () => {
      const found = tally(text);
      assert.equal(found.traces.size, traces);
      if (runs !== undefined) assert.equal(found.runs, runs);
    });
  }

  for (const [name, text, ends, options] of ENDS) {
    test(`${name}: ${ends.length} ends`, () => assert.deepEqual(endsOf(text, options), [...ends].sort()));

    test(`${name}: 200 simulated runs end so`, () => {
      const code = compileLane(text);
      for (let seed = 0; seed < 200; seed++) {
        const end = simulatedEnd(code, seed);
        assert.ok(ends.includes(end), `seed ${seed}: ${end}`);
      }
    });
  }

  test('a schedule that spins for ever spends its budget', () => {
    const code = compileLane(
      'func main() { var done atomic.Bool; go func() { done.Store(true) }(); for !done.Load() {} }',
    );
    const unfair = new Subject(code, { budgets: { steps: 5000 } });
    assert.equal(endOf(unfair.run(() => 0)), 'budget steps');
    assert.equal(endOf(unfair.run((point) => point.count - 1)), 'exit 0');
  });

  test('its looks at every goroutine and timer count as work, so that a program of thousands hears of its end', () => {
    const asked = (count: number): number => {
      let questions = 0;
      const interrupt = new Interrupt(() => {
        questions++;
        return undefined;
      });
      const text = `func main() { for range ${count} { go func() { select {} }() }; var n atomic.Int32; for { n.Add(1) } }`;
      assert.equal(
        endOf(new Subject(compileLane(text), { interrupt, budgets: { steps: 20_000 } }).run(() => 0)),
        'budget steps',
      );
      return questions;
    };
    assert.ok(asked(1000) > 100, String(asked(1000)));
    assert.ok(asked(1) < 10, String(asked(1)));
  });

  test('a goroutine that does nothing others could notice lets them go on', () => {
    const code = compileLane('func main() { go func() { for {} }(); println("main") }');
    const subject = new Subject(code, { budgets: { steps: 200_000 } });
    const main = (point: ChoicePoint): number => point.goroutine.subarray(0, point.count).indexOf(1);
    assert.equal(endOf(subject.run(main)), 'main\nexit 0');
    assert.equal(endOf(subject.run((point) => point.count - 1)), 'budget steps');
  });

  test('what is pending can be seen before it is executed', () => {
    const code = compileLane(`func main() {
	var mu sync.Mutex
	a, b := make(chan int, 1), make(chan int, 1)
	a <- 1
	b <- 2
	go func() { mu.Lock() }()
	select {
	case <-a:
	case b <- 3:
	case x := <-b: println(x)
	}
}`);
    const seen: string[] = [];
    const subject = new Subject(code);
    subject.run((point) => {
      for (let k = 0; k < point.count; k++) {
        const accesses = [];
        for (let at = point.first[k]!; at < point.first[k + 1]!; at++)
          accesses.push(`${OPERATION_NAMES[point.operation[at]!]} ${subject.machine.names!.object(point.object[at]!)}`);
        seen.push(
          `${subject.machine.names!.goroutine(point.goroutine[k]!)} ${point.selectCase[k]}: ${accesses.join(', ')}`,
        );
      }
      return 0;
    });
    const [a, b] = ['main.chan#0', 'main.chan#1'];
    assert.deepEqual(
      seen.filter((line) => line.includes(' 0:') || line.includes(' 2:')),
      [`main 0: Recv ${a}, CannotSend ${b}, CanRecv ${b}`, `main 2: Recv ${b}, CanRecv ${a}, CannotSend ${b}`],
    );
    assert.ok(seen.some((line) => /^main\/0 -1: Lock main\.v@\d+#0$/.test(line)));
  });

  test('what would wait is described, too, but is no alternative', () => {
    const code = compileLane(`func main() {
	var mu sync.Mutex
	var rw sync.RWMutex
	c, d := make(chan int), make(chan int)
	mu.Lock()
	rw.RLock()
	go func() { mu.Lock() }()
	go func() { rw.Lock() }()
	go func() { c <- 1 }()
	go func() { select { case <-d: case d <- 2: } }()
	runtime.Gosched()
	rw.RUnlock()
}`);
    let seen: string[] = [];
    const subject = new Subject(code);
    // main last, so that the others come as far as they can
    subject.run((point) => {
      const names = subject.machine.names!;
      const waiting = Array.from({ length: point.waiting }, (_, i) => {
        const k = point.count + i;
        const accesses = [];
        for (let at = point.first[k]!; at < point.first[k + 1]!; at++)
          accesses.push(`${OPERATION_NAMES[point.operation[at]!]} ${names.object(point.object[at]!)}`);
        return `${names.goroutine(point.goroutine[k]!)}: ${accesses.join(', ')}`;
      });
      if (waiting.length > seen.length) seen = waiting;
      return point.count - 1;
    });
    assert.deepEqual(seen.map((line) => line.replace(/main\.v(@\d+)?#\d+/, 'lock')).sort(), [
      'main/0: Lock lock',
      'main/1: RWEnter lock',
      'main/2: Send main.chan#0',
      'main/3: Recv main.chan#1, Send main.chan#1',
    ]);
  });
});
