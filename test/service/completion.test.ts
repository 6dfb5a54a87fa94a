/** This file tests what completes a word: nothing where Enter would lose what was meant, names and snippets elsewhere. */
import assert from 'node:assert/strict';
import { completionAt, type Completion } from '../../src/service/completion';

/** The cursor stands at the bar. */
function at(text: string): Completion {
  const offset = text.indexOf('|');
  return completionAt(text.replace('|', ''), offset);
}
const inMain = (statements: string): Completion => at(`func main() {\n${statements}\n}\n`);
const isSilent = ({ names, begins }: Completion): boolean => names.length === 0 && begins === undefined;

suite('completion', () => {
  test('a word that is whole is left alone: Enter ends the line', () => {
    assert.ok(isSilent(inMain('n, numbers := 1, 2\n\ttotal += n|')));
    assert.ok(isSilent(inMain('n, numbers := 1, 2\n\ttotal += n| // why')));
    assert.ok(isSilent(inMain('x := nilly\n\treturn nil|')));
    assert.deepEqual(inMain('numbers := 1, 2\n\ttotal += n|').names, ['numbers'], 'no name is called n');
  });

  test('no snippet may begin within a statement, a list or a declaration', () => {
    for (const line of ['total += n|', 'x := a +\n\t\tn|', 'f(\n\t\tn|', 'f(a,\n\t\tn|', 'xs := []int{\n\t\tn|', 'xs := []T{\n\t\t{1, 2},\n\t\tn|', 'x.n|', 'if n|', 'case n|', 'go n|'])
      assert.equal(inMain(line).begins, undefined, line);
  }); // prettier-ignore

  test('in a process declarations begin as in a file, and in its functions statements', () => {
    assert.equal(at('process a {\n\tfu|\n}').begins, 'file');
    assert.equal(at('process a(n int) {\n\tvar x int\n\tfu|').begins, 'file');
    assert.equal(at('process a {\n\tfunc main() {\n\t\tgo|\n\t}\n}').begins, 'body');
    assert.equal(at('process a { func main() {} }\nfu|').begins, 'file');
    assert.equal(inMain('process := 1\n\tif process > 0 {\n\t\tgo|').begins, 'body');
  });

  test('nothing is offered for a new name, a number, a comment or a string', () => {
    const known = 'work, works, Locker := 1, 2, 3\n\t';
    for (const line of ['const (\n\twor|', 'const (\n\tx = iota\n\twor|', 'type T struct {\n\tLock|', '// wor|', '/* wor|', 's := "wor|', 's := `wor|', 'x := 100wor|'])
      assert.ok(isSilent(inMain(known + line)), line);
    assert.deepEqual(inMain(`${known}/* done */ wor|`).names, ['work', 'works']);
    assert.deepEqual(inMain(`${known}s := "a" + wor|`).names, ['work', 'works']);
  }); // prettier-ignore

  test('a statement may begin after a line, a brace, a semicolon or a case; a declaration at the top', () => {
    for (const line of ['n|', 'x := 1\n\tn|', 'if x {\n\t\tn|', 'for {\n\t\tn|', 'x(); n|', 'switch x {\n\tcase 1:\n\t\tn|', 'go func() {\n\t\tn|', 'if x {\n\t}\n\tn|', 'x := T{\n\t\t1,\n\t}\n\tn|', '// why\n\tn|'])
      assert.equal(inMain(line).begins, 'body', line);
    for (const text of ['|', 'ma|', 'func f() {\n}\n\nma|', 'import "fmt"\n\nma|']) assert.equal(at(text).begins, 'file', text);
  }); // prettier-ignore

  test('names go on as the word begins, whatever the case of letters, each once; what only stands in comments is none', () => {
    const { names, length } = inMain('counter := 1 // counted\n\tCounters := counter\n\tx := cou|');
    assert.deepEqual(names, ['counter', 'Counters']);
    assert.equal(length, 3);
    assert.deepEqual(inMain('x := wor|\n\tworker()').names, ['worker']);
    assert.deepEqual(at('x := co|unter').names, []);
  });

  test('any text and any place in it are answered', () => {
    for (const text of ['', '"', '`', '/*', '}}}', '((((', '\ud800', 'a\0b', '|'.repeat(3)])
      for (let offset = 0; offset <= text.length; offset++) assert.ok(completionAt(text, offset));
    assert.ok(isSilent(completionAt('x '.repeat(1 << 20), 1)));
  });
});
