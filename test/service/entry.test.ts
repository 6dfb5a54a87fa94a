/** This file tests where an editor shows that a program begins. */
import assert from 'node:assert/strict';
import { entryOf } from '../../src/host/entry';

suite('where a program begins', () => {
  for (const [what, text, at] of [
    ['main', 'func other() {}\nfunc main() {}\n', 'func main'],
    [
      'the first of its processes',
      'func other() {}\nprocess shop {\n\tfunc main() {}\n}\nprocess bank {}\n',
      'process shop',
    ],
    [
      'the first test',
      'func helper() {}\nfunc TestOne(t *testing.T) {}\nfunc TestTwo(t *testing.T) {}\n',
      'func TestOne',
    ],
  ] as const)
    test(`at ${what}`, () => assert.equal(entryOf(text), text.indexOf(at)));

  test('nowhere in a text that has none of them, nor where process is a name', () => {
    assert.equal(entryOf('var process = 1\nfunc Main() {}\n'), undefined);
    assert.equal(entryOf('process = 2\nprocess x\n'), undefined);
  });
});
