/** This file tests the verdicts on small programs in which it is easily missed, or easily imagined, that two goroutines touch the same thing. */
import assert from 'node:assert/strict';
import { runText } from '../support/run';

/** Body of a program in Go, and the kinds of its findings. Real `go run -race` says the same of each. */
const VERDICTS: Readonly<Record<string, readonly [text: string, kinds: readonly string[]]>> = {
  'a result that is returned as itself is not touched': [
    'func f(c chan int) (a, b int) {\na = 42\ngo func() { _ = a; c <- 1 }()\nreturn a, 10\n}\nfunc main() {\nc := make(chan int)\nf(c)\n<-c\n}',
    [],
  ],
  'a result that is returned in parentheses is not touched either': [
    'func f(c chan int) (a int) {\na = 42\ngo func() { _ = a; c <- 1 }()\nreturn (a)\n}\nfunc main() {\nc := make(chan int)\nf(c)\n<-c\n}',
    [],
  ],
  'a result that is returned as another one is written': [
    'func f(c chan int) (a, b int) {\na = 42\ngo func() { _ = a; c <- 1 }()\nreturn b, a\n}\nfunc main() {\nc := make(chan int)\nf(c)\n<-c\n}',
    ['data-race'],
  ],
  'a value that goes nowhere is read': [
    'var x int\nfunc main() {\nc := make(chan int)\ngo func() { (_) = x; c <- 1 }()\nx = 1\n<-c\n}',
    ['data-race'],
  ],
  'a value that goes nowhere is read, in order': [
    'var x int\nfunc main() {\nc := make(chan int)\ngo func() { (_) = x; c <- 1 }()\n<-c\nx = 1\n}',
    [],
  ],
  'a send that panics because its channel is closed races with the close': [
    'func main() {\nc := make(chan int)\ngo func() { defer func() { recover() }(); time.Sleep(2 * time.Millisecond); c <- 1 }()\nclose(c)\ntime.Sleep(5 * time.Millisecond)\n}',
    ['data-race'],
  ],
  'a send that waits when its channel is closed races with the close': [
    'func main() {\nc := make(chan int)\ngo func() { defer func() { recover() }(); c <- 1 }()\ntime.Sleep(2 * time.Millisecond)\nclose(c)\ntime.Sleep(5 * time.Millisecond)\n}',
    ['data-race'],
  ],
  'a send of a select that panics races with the close': [
    'func main() {\nc := make(chan int)\ngo func() { defer func() { recover() }(); time.Sleep(2 * time.Millisecond)\nselect {\ncase c <- 1:\ncase <-make(chan int):\n}\n}()\nclose(c)\ntime.Sleep(5 * time.Millisecond)\n}',
    ['data-race'],
  ],
  'a send that panics after the close, in order, does not race': [
    'func main() {\nc, closed := make(chan int), make(chan int)\ngo func() { defer func() { recover(); closed <- 1 }(); <-closed; c <- 1 }()\nclose(c)\nclosed <- 1\n<-closed\n}',
    [],
  ],
};

suite('verdicts', () => {
  for (const [what, [text, kinds]] of Object.entries(VERDICTS)) {
    test(what, () => {
      const { findings, diagnostics } = runText(
        `package main\n\n${text.includes('time.') ? 'import "time"\n\n' : ''}${text}\n`,
        'go',
      );
      assert.deepEqual([findings.map(({ kind }) => kind), diagnostics], [kinds, []]);
    });
  }
});
