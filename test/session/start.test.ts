/** This file tests in which function a program starts. */
import assert from 'node:assert/strict';
import { compileSources } from '../../src/session/compile';
import { runText } from '../support/run';

/** What a file of a package prints, all of whose functions print their names. */
const printed = (text: string): string => {
  const source = `package p\n\n${text}\n`;
  assert.deepEqual(errors(source), []);
  return runText(source, 'go').stdout;
};

const errors = (text: string): string[] =>
  compileSources([{ name: 'p.go', text }])
    .program.diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);

suite('the start of a program', () => {
  test('is main, also of a package of another name', () => {
    assert.equal(printed('import "fmt"\n\nfunc main() { fmt.Println("main") }'), 'main\n');
  });

  for (const [what, text] of [
    ['type parameters', 'func main[T any]() { fmt.Println("main") }'],
    ['parameters', 'func main(x int) { fmt.Println("main") }'],
    ['results', 'func main() int { fmt.Println("main"); return 1 }'],
  ] as const) {
    test(`is not a main with ${what}, which only package main forbids`, () => {
      assert.equal(printed(`import "fmt"\n\n${text}`), '');
      const [first, ...others] = errors(`package main\n\nimport "fmt"\n\n${text}\n`);
      assert.match(first!, /^func main must have no /);
      assert.deepEqual(others, []);
    });
  }
});
