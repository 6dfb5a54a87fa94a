/** This file tests a machine with two processes: what they share (cores, time, PIDs), what not (variables, fate), and how they end. */
import assert from 'node:assert/strict';
import { Detection } from '../../src/detect/detection';
import type { Code } from '../../src/bytecode/code';
import { SeededChooser } from '../../src/event/choice';
import { ProcessAt } from '../../src/kernel/layout';
import { machineConfig, type MachineConfig } from '../../src/machine/config';
import { endingOf } from '../../src/machine/ending';
import { Machine } from '../../src/machine/machine';
import { Recorder, stdout } from '../runtime/harness';
import { compileLane } from '../runtime/source';

interface World {
  readonly machine: Machine;
  readonly recorder: Recorder;
  readonly detection: Detection;
}

/** Boots a machine whose first process runs main, the second the function `second`. */
function bootTwo(text: string, config: Partial<MachineConfig> = {}, seed = 1): World {
  return bootOf(compileLane(text), config, seed);
}

function bootOf(code: Code, config: Partial<MachineConfig>, seed: number): World {
  const second = code.functions.findIndex(({ name }) => name === 'main.second');
  assert.ok(second >= 0);
  const recorder = new Recorder();
  const detection = new Detection();
  const machine = new Machine(code, machineConfig(config), new SeededChooser(seed), [recorder, detection], {
    detect: true,
    processes: [code.processes[0]!.start, second],
  });
  return { machine, recorder, detection };
}

/** How each process ended: kind, status and the first line of Go's text. */
function fates({ machine }: World): string[] {
  return machine.processes.map(({ endings: { outcome } }) =>
    outcome ? [outcome.kind, outcome.status, outcome.text?.split('\n')[0] ?? ''].join(' ').trim() : 'runs',
  );
}

/** Process of the goroutine that an event is of. */
function processesByGoroutine({ recorder }: World): Map<string, string> {
  return new Map(
    recorder.of('GoCreate').map((line) => [/obj=(\d+)/.exec(line)![1]!, / b=(\d+)/.exec(line)![1]!] as const),
  );
}

const COUNTING = `
var hits int
var mu sync.Mutex
func count(name string, n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go func() { defer wg.Done(); mu.Lock(); hits++; mu.Unlock() }()
	}
	wg.Wait()
	fmt.Println(name, hits)
}
func main() { count("first", 3); time.Sleep(10ms); fmt.Println("first", hits) }
func second() { count("second", 5); os.Exit(7) }
`;

suite('machine: several processes', () => {
  test('run side by side: each with its own variables, main goroutine, PID and exit status', () => {
    const world = bootTwo(COUNTING);
    assert.deepEqual(world.machine.run(), { kind: 'exit', status: 7 });
    assert.deepEqual(fates(world), ['exit 0', 'exit 7']);
    assert.deepEqual(stdout(world).trim().split('\n').sort(), ['first 3', 'first 3', 'second 5']);
    const m = world.machine.memory.i32;
    assert.deepEqual(
      world.machine.processes.map(({ process }) => [m[process + ProcessAt.Id], m[process + ProcessAt.ParentId]]),
      [[1, 0], [2, 0]],
    ); // prettier-ignore
    assert.deepEqual(world.recorder.of('ProcessExit').map((line) => / obj=(\d+) a=(\d+)/.exec(line)!.slice(1, 3)), [['2', '7'], ['1', '0']]); // prettier-ignore
    const [one, two] = world.machine.globals();
    assert.notEqual(one, two);
  });

  test('goroutines have ids of the machine: unique, each in its process', () => {
    const world = bootTwo(COUNTING);
    world.machine.run();
    const owner = processesByGoroutine(world);
    assert.equal(owner.size, 2 + 3 + 5);
    assert.deepEqual([...owner.values()].sort(), [...'1111222222']);
  });

  test('share the cores: on one core their threads take turns, and each switch between them costs more', () => {
    const text = `
func main() { for range 4 { work(20ms) }; time.Sleep(200ms) }
func second() { for range 4 { work(20ms) } }
`;
    const alone = bootTwo(text, { cores: 2, processors: 1, jitter: 0 });
    const shared = bootTwo(text, { cores: 1, jitter: 0 });
    alone.machine.run();
    shared.machine.run();
    const exitOf = ({ recorder }: World): number => Number(recorder.of('ProcessExit')[0]!.split(' ')[0]);
    assert.ok(exitOf(alone) < 90e6, String(exitOf(alone)));
    assert.ok(exitOf(shared) > 150e6, String(exitOf(shared)));
    assert.ok(shared.recorder.of('ThreadStop').some((line) => line.includes(' a=2')));
  });

  const FATES: readonly (readonly [string, string, string])[] = [
    ['deadlocks', 'c := make(chan int); c <- 1', 'deadlock 2 fatal error: all goroutines are asleep - deadlock!'],
    ['deadlocks after Goexit', 'runtime.Goexit()', 'deadlock 2 fatal error: no goroutines (main called runtime.Goexit) - deadlock!'],
    ['panics', 'var s []int; i := 3; s[i] = 1', 'panic 2 panic: runtime error: index out of range [3] with length 0'],
    ['panics in a goroutine', 'go panic("boom"); time.Sleep(1s)', 'panic 2 panic: boom'],
    ['fails', 'var mu sync.Mutex; mu.Unlock()', 'fatal 2 fatal error: sync: unlock of unlocked mutex'],
    ['exits', 'go func() { for { runtime.Gosched() } }(); os.Exit(3)', 'exit 3'],
    ['exits while timers are pending', 'for range 5 { go time.Sleep(2ms) }; time.AfterFunc(3ms, func() { panic("late") }); runtime.Gosched()', 'exit 0'],
    ['exits while threads are in system calls', 'for range 3 { go func() { syscall(2ms) }() }; time.Sleep(100us)', 'exit 0'],
    ['overflows its stack', 'var f func(n int) int; f = func(n int) int { return f(n+1) + 1 }; f(0)', 'fatal 2 fatal error: stack overflow'],
  ]; // prettier-ignore

  for (const [does, body, fate] of FATES) {
    test(`one ${does}, the other goes on`, () => {
      for (let seed = 1; seed <= 5; seed++) {
        const world = bootTwo(
          `func main() { c := make(chan int); go func() { for i := range 20 { time.Sleep(1ms); c <- i }; close(c) }(); n := 0; for v := range c { n += v }; fmt.Println(n) }\nfunc second() { ${body} }`,
          {},
          seed,
        );
        const { kind, status } = world.machine.run();
        assert.equal(
          `${kind} ${status}`,
          fate.split(' ').slice(0, 2).join(' '),
          'the machine ends as whoever did not end well',
        );
        assert.equal(stdout(world), '190\n');
        assert.deepEqual(fates(world).map((text) => text.replace('runtime: goroutine stack exceeds 1000000000-byte limit', 'fatal error: stack overflow')), ['exit 0', fate]); // prettier-ignore
      }
    });

    test(`the first ${does}: the other goes on, and the machine's outcome is the first's when both are gone`, () => {
      const world = bootTwo(`func main() { ${body} }\nfunc second() { time.Sleep(3s); fmt.Println("there") }`);
      const outcome = world.machine.run();
      assert.equal(`${outcome.kind} ${outcome.status}`, fate.split(' ').slice(0, 2).join(' '));
      assert.equal(fates(world)[1], 'exit 0');
      assert.match(stdout(world), /there\n$/);
      assert.deepEqual(world.recorder.of('ProcessExit').map((line) => / obj=(\d+)/.exec(line)![1]), ['1', '2']); // prettier-ignore
    });
  }

  test('memory that one needs and the machine has not ends only that one', () => {
    const text = 'func main() { time.Sleep(5ms) }\nfunc second() { b := make([]byte, 100000000); b[0] = 1 }';
    const world = bootTwo(text, { memory: 32 << 20 });
    assert.equal(world.machine.run().kind, 'fatal');
    assert.deepEqual(fates(world), ['exit 0', 'fatal 2 fatal error: runtime: out of memory']);
    const tiny = bootTwo('func main() { time.Sleep(5ms) }\nfunc second() {}', { memory: 7 << 20 });
    assert.equal(tiny.machine.run().kind, 'fatal');
    assert.deepEqual(fates(tiny), ['exit 0', 'fatal 2 fatal error: runtime: cannot allocate memory']);
  });

  test('more threads than one may have end only that one', () => {
    const text = 'func main() { time.Sleep(50ms) }\nfunc second() { for range 100 { go func() { syscall(10ms) }() }; time.Sleep(1s) }'; // prettier-ignore
    const world = bootTwo(text, { threadLimit: 5 });
    assert.equal(world.machine.run().kind, 'fatal');
    assert.deepEqual(fates(world), [
      'exit 0',
      'fatal 2 runtime: program exceeds 5-thread limit',
    ]); // prettier-ignore
  });

  test('accesses of different processes never race; those of one still do', () => {
    const racing = 'var n int\nfunc touch() { done := make(chan bool); go func() { n++; close(done) }(); n++; <-done }\n'; // prettier-ignore
    const found = (first: string, second: string): string[] => {
      const world = bootTwo(`${racing}func main() { ${first} }\nfunc second() { ${second} }`);
      const outcome = world.machine.run();
      return world.detection.finish(endingOf(world.machine, outcome)).map(({ kind }) => kind);
    };
    assert.deepEqual(found('n++; time.Sleep(1ms); n++', 'n++; time.Sleep(1ms); n++'), []);
    assert.deepEqual(found('touch(); time.Sleep(5ms)', 'n++'), ['data-race']);
    assert.deepEqual(found('n++; time.Sleep(5ms)', 'touch()'), ['data-race']);
  });

  test('what ended each process is found: a deadlock here, a panic there', () => {
    const world = bootTwo('func main() { time.Sleep(5ms); panic("boom") }\nfunc second() { c := make(chan int); <-c }');
    const outcome = world.machine.run();
    const found = world.detection.finish(endingOf(world.machine, outcome));
    assert.deepEqual(found.map(({ code }) => code), ['panic.user', 'deadlock.all-asleep']); // prettier-ignore
    const ending = endingOf(world.machine, outcome);
    assert.deepEqual([ending.process, ending.others!.map(({ process }) => process)], [1, [2]]);
  });

  test('a goroutine that is left behind is told of in its process, whoever lives in the other', () => {
    const leak = 'c := make(chan int); go func() { c <- 1 }(); time.Sleep(1ms)';
    const world = bootTwo(`func main() { go time.Sleep(1s); time.Sleep(5ms) }\nfunc second() { ${leak} }`);
    const found = world.detection.finish(endingOf(world.machine, world.machine.run()));
    assert.deepEqual(found.map(({ code, sites }) => `${code} of ${processesByGoroutine(world).get(String(sites[0]!.g))}`), ['leak.channel of 2']); // prettier-ignore
  });

  test('the same seed is the same run; in pieces and from snapshots, too', () => {
    const text = COUNTING.replace('os.Exit(7)', 'c := make(chan int); c <- 1');
    const code = compileLane(text);
    for (let seed = 1; seed <= 8; seed++) {
      const whole = bootOf(code, { cores: 2 }, seed);
      whole.machine.run();
      const pieces = bootOf(code, { cores: 2 }, seed);
      const marks = [pieces.machine.snapshot()];
      while (pieces.machine.run(40).kind === 'paused') marks.push(pieces.machine.snapshot());
      assert.deepEqual(pieces.recorder.lines, whole.recorder.lines);
      assert.deepEqual(fates(pieces), fates(whole));
      for (const at of [marks.length - 1, 0, marks.length >> 1]) {
        pieces.machine.restore(marks[at]!);
        pieces.machine.run();
        assert.deepEqual(pieces.recorder.lines, whole.recorder.lines);
        assert.deepEqual(fates(pieces), fates(whole));
      }
    }
  });
});
