/** This file tests what is escaped of a text that somebody else wrote, and that nothing else is touched. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { visible, visibleJson, visibleLine } from '../../src/base/visible';
import { HOSTILE, hasHostile, hostileText } from '../support/hostile';

suite('base/visible', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['plain', 'G3 worker waits\tfor mu\n', 'G3 worker waits\tfor mu\n'],
    ['escape sequences of a terminal', '\x1b[2Jgone', '\\x1b[2Jgone'],
    ['the bell, as Go writes it', 'a\x07b\bc', 'a\\ab\\bc'],
    ['delete and C1', '\x7f\x9b31m', '\\x7f\\u009b31m'],
    ['a line that writes over itself', 'bad\rgood', 'bad\\rgood'],
    ['line ends of another system', 'a\r\nb\r\n', 'a\nb\n'],
    ['Trojan Source', 'x := "\u202e\u2066// admin\u2069"', 'x := "\\u202e\\u2066// admin\\u2069"'],
    ['marks of direction', '\u200e\u200f\u061c', '\\u200e\\u200f\\u061c'],
    ['letters that nobody sees', 'a\u200bb\u3164c\ufeffd\u00ad', 'a\\u200bb\\u3164c\\ufeffd\\u00ad'],
    ['separators of lines', 'a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['tags that carry text', 'x\u{e0041}', 'x\\U000e0041'],
    ['bytes outside of UTF-8', '\udcff\udc80', '\\xff\\x80'],
    ['half of a pair', '\ud83d', '\\ud83d'],
    ['no characters', '\uffff\ufffe', '\\uffff\\ufffe'],
    ['selectors that carry text', 'a\ufe01\u{e0101}', 'a\\ufe01\\U000e0101'],
    ['other scripts stay', 'שלום, مرحبا, 日本語, é, e\u0301', 'שלום, مرحبا, 日本語, é, e\u0301'],
    ['emoji stay whole', '👩‍🚀 👨‍👩‍👧 ❤️ 1️⃣ 👍🏽', '👩‍🚀 👨‍👩‍👧 ❤️ 1️⃣ 👍🏽'],
    ['a joiner elsewhere does not', 'ad\u200dmin', 'ad\\u200dmin'],
  ]; // prettier-ignore
  for (const [what, text, shown] of rows) test(what, () => assert.equal(visible(text), shown));

  test('within a line, line feeds and tabs are escaped, too', () => {
    assert.equal(visibleLine('a\r\n\tb'), 'a\\r\\n\\tb');
    assert.equal(visibleLine('שלום 👩‍🚀'), 'שלום 👩‍🚀');
  });

  test('law: no hostile character is left, and what is shown is shown the same again', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        assert.ok(!hasHostile(visible(text)) && !hasHostile(visibleLine(text)) && !/[\n\t]/.test(visibleLine(text)));
        assert.equal(visible(visible(text)), visible(text));
      }),
    );
  });

  test('law: JSON reads as before, and shows nothing hostile', () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText(), hostileText(), { noNullPrototype: true }), (value) => {
        for (const json of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
          assert.deepEqual(JSON.parse(visibleJson(json)), value);
          assert.ok(!hasHostile(visibleJson(json)));
        }
      }),
    );
  });

  test('each character that the law is about is escaped alone', () => {
    for (const character of HOSTILE) assert.match(visible(character), /^\\(?:[abfrv]|x..|u....|U.{8})$/);
  });
});
