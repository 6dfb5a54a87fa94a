/** This file tests what a goroutine takes of the host's memory while it waits, and that nothing of it stays when it has gone. */
import assert from 'node:assert/strict';
import { compileLane } from './source';
import { run, stdout } from './harness';

/** Slots of live blocks at the end of a program whose main exits while all it started waits. */
function slotsOf(text: string): number {
  const done = run(compileLane(text), { detect: false });
  assert.equal(done.outcome.kind, 'exit', done.outcome.text);
  return done.machine.memory.allocatedSlots;
}

/** Slots that each of many goroutines takes that wait after `first`, a statement of main, in `body`. */
function weight(first: string, body: string): number {
  const program = (n: number): string => `
    func main() {
      ${first}
      for i := 0; i < ${n}; i++ {
        go func() { ${body} }()
      }
      time.Sleep(time.Millisecond)
    }`;
  return (slotsOf(program(1100)) - slotsOf(program(100))) / 1000;
}

/** Header included: a goroutine's block, a func value that captures one variable, a stack of a few slots. */
const LIGHT = 19 + 3 + 9;

suite('what a goroutine weighs', () => {
  for (const [what, first, body] of [
    ['a receive', 'c := make(chan int)', '<-c'],
    ['a send', 'c := make(chan int)', 'c <- 1'],
    ['a mutex', 'var mu sync.Mutex; mu.Lock()', 'mu.Lock()'],
    ['a WaitGroup', 'var wg sync.WaitGroup; wg.Add(1)', 'wg.Wait()'],
  ] as const) {
    test(`${what} in its first function takes at most ${LIGHT} slots`, () => {
      assert.ok(weight(first, body) <= LIGHT, `${weight(first, body)} slots`);
    });
  }

  test('a sleep takes its place in the heap of timers, too', () => {
    assert.ok(weight('', 'time.Sleep(time.Hour)') <= LIGHT + 3);
  });

  test('a select takes a sudog for each case, and gives them back', () => {
    const cases = weight('c, d := make(chan int), make(chan int)', 'select { case <-c: case <-d: }');
    assert.ok(cases >= LIGHT - 4 + 12 && cases <= LIGHT + 20, `${cases} slots`);
    const rounds = (n: number): string => `
      func main() {
        c, d := make(chan int), make(chan int)
        go func() { for i := 0; i < ${n}; i++ { c <- i; d <- i } }()
        for i := 0; i < ${2 * n}; i++ { select { case <-c: case <-d: } }
      }`;
    assert.equal(slotsOf(rounds(100)), slotsOf(rounds(10)));
  });

  test('a function that calls others gets the stack that they need, and a goroutine that has ended leaves nothing', () => {
    const deep = 'func down(n int) int { if n == 0 { return 0 }; return 1 + down(n-1) }\n';
    const main = (n: number, depth: number): string => `${deep}
      func main() {
        var wg sync.WaitGroup
        for i := 0; i < ${n}; i++ { wg.Go(func() { if down(${depth}) != ${depth} { panic("wrong") } }); wg.Wait() }
      }`;
    for (const depth of [5, 50, 150]) {
      const words = (n: number): number => run(compileLane(main(n, depth)), { detect: false }).machine.memory.top;
      // Each round leaves what the program itself has allocated: nothing is collected.
      const each = (words(300) - words(200)) / 200;
      assert.ok(each <= 12, `${each} slots at depth ${depth}`);
    }
  });

  test('stacks that grow in the host are those of Go to the program: growing is told at Go’s sizes only', () => {
    const text = `
      func down(n int) int { if n == 0 { return 0 }; return 1 + down(n-1) }
      func main() { c := make(chan int); go func() { c <- down(1000) }(); println(<-c) }`;
    const sizes = run(compileLane(text)).recorder.of('StackGrow').map((line) => Number(/ a=(\d+)/.exec(line)![1]));
    assert.deepEqual(sizes, sizes.map((_, i) => 4096 * 2 ** i));
    assert.ok(sizes.length > 2);
  }); // prettier-ignore
});

suite('the table of goroutines that wait on an address', () => {
  test('grows with the number of addresses, and lets those who wait at each go in their order', () => {
    const text = `
      func main() {
        locks := make([]sync.Mutex, 1000)
        got := make([][]int, 1000)
        var wg sync.WaitGroup
        for i := range locks { locks[i].Lock() }
        for turn := 0; turn < 2; turn++ {
          for i := range locks {
            wg.Add(1)
            go func(i, turn int) { defer wg.Done(); locks[i].Lock(); got[i] = append(got[i], turn); locks[i].Unlock() }(i, turn)
          }
          time.Sleep(time.Millisecond)
        }
        for i := range locks { locks[i].Unlock() }
        wg.Wait()
        for i := range got { if len(got[i]) != 2 || got[i][0] != 0 || got[i][1] != 1 { fmt.Println("wrong", i, got[i]) } }
        fmt.Println("done")
      }`;
    assert.equal(stdout(run(compileLane(text))), 'done\n');
  });
});
