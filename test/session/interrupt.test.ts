/** This file tests that compilation looks at its interrupt, and leaves nothing behind when it ends early. */
import assert from 'node:assert/strict';
import { Interrupt, Interrupted } from '../../src/base/interrupt';
import { compileSources } from '../../src/session/compile';

/** An interrupt that cancels when it is asked for the `n`-th time. */
function cancelling(n: number): Interrupt {
  let asked = 0;
  return new Interrupt(() => (++asked >= n ? 'cancelled' : undefined));
}

/** A program long enough for many questions, with errors or without. */
function program(wrong: boolean): string {
  const body = Array.from({ length: 400 }, (_, i) => `\tx${i} := ${wrong ? 'y' : 'i'} * ${i} + f(${i})\n\tprintln(x${i})\n`);
  return `func f(i int) int { return strings.Count("aa", "a") + i }\nfunc main() {\n\ti := 1\n\tprintln(i)\n${body.join('')}}\n`;
} // prettier-ignore

suite('interrupted compilation', () => {
  for (const wrong of [false, true])
    test(`ends at any question, and the next compilation is as ever (${wrong ? 'with' : 'without'} errors)`, () => {
      const sources = [{ name: 'a.lane', text: program(wrong) }];
      const whole = compileSources(sources);
      assert.equal(whole.program.ok, !wrong);
      let n = 1;
      for (; n < 1000; n++) {
        try {
          const again = compileSources(sources, { interrupt: cancelling(n) });
          assert.deepEqual(again.code?.words, whole.code?.words);
          assert.deepEqual(again.program.diagnostics, whole.program.diagnostics);
          break;
        } catch (error) {
          assert.ok(error instanceof Interrupted, String(error));
          assert.equal(error.reason, 'cancelled');
        }
      }
      assert.ok(n > 2, `asked ${n - 1} times`);
    });

  test('takes lists longer than the stack', () => {
    const list = 'a,'.repeat(300_000);
    for (const text of [
      `func main() { f(${list}) }`,
      `func main() { len(${list}) }`,
      `func main() { ${list} b = ${list} b }`,
    ]) {
      const { program } = compileSources([{ name: 'a.lane', text }]);
      assert.equal(program.ok, false);
    }
  });
});
