/** This file holds the front end to its laws (frontLaws.ts) on texts that no mutant is likely to become: odd encodings, mixed line ends, each production nested deeply. */
import assert from 'node:assert/strict';
import { Interrupt } from '../../src/base/interrupt';
import type { Diagnostic } from '../../src/lang/diagnostic';
import { parseSources, readSources } from './frontLaws';

const inMain = (body: string): string => `func main() { ${body} }\n`;
const MAIN = inMain('println(1)');

/** Texts by what is odd about them, and whether they are right all the same. */
const ENCODED: Readonly<Record<string, readonly [text: string, isRight: boolean]>> = {
  'a byte order mark at the start': [`\ufeff${MAIN}`, true],
  'two of them': [`\ufeff\ufeff${MAIN}`, false],
  'one in a comment': [`// \ufeff\n${MAIN}`, false],
  'one in a string': [inMain('println("\ufeff")'), false],
  'NUL before everything': [`\0${MAIN}`, false],
  'NUL in a string': [inMain('println("\0")'), false],
  'half a character in a string': [inMain('println("\ud800")'), false],
  'halves of a character, exchanged': [inMain('println("\udc00\ud800")'), false],
  'half a character as a rune': [inMain("println('\ud800')"), false],
  'half a character in a name': [inMain('a\ud800b := 1'), false],
  'half a character in a label': [inMain('L\udfff: for {}'), false],
  'half a character at the end': [`${MAIN}\ud800`, false],
  'half a character in an import': [`import "f\ud800"\n${MAIN}`, false],
  'half a character in a tag': [`type T struct { a int "\ud800" }\n${MAIN}`, false],
  'a whole one': [inMain('println("😀")'), true],
  'CR LF': ['func main() {\r\n\tprintln(1)\r\n}\r\n', true],
  'CR alone': ['func main() {\rprintln(1)\r}\r', true],
  'CR CR LF': ['func main() {\r\r\nprintln(1)\r\r\n}', true],
  'CR LF in a raw string': [inMain('println(`a\r\nb`)'), true],
  'a line separator': ['func main() {\u2028println(1)\u2029}', false],
  'a form feed': ['func main() {\v\fprintln(1) }', false],
  'a blank that does not break': ['func main() {\u00a0println(1) }', false],
  'a joiner in a name': [inMain('a\u200db := 1; _ = a\u200db'), false],
};

/** What opens, holds and closes each nesting of expressions, and of types. */
type Nest = readonly [open: string, middle: string, close: string];
const EXPRESSIONS: readonly Nest[] = [
  ['(', '1', ')'], ['!', 'true', ''], ['- ', '1', ''], ['& ', 'x', ''], ['<-', 'c', ''], ['*', 'p', ''], ['f(', '1', ')'], ['any(', '1', ')'], ['x[', '1', ']'], ['x[1:', '1', ']'],
  ['[]any{', '1', '}'], ['map[any]any{1:', '1', '}'], ['struct{a any}{', '1', '}'], ['func() any { return ', '1', '}()'], ['f[int](', '1', ')'], ['1+(', '1', ')'], ['[len(', '[1]int{}', ')]int{}'],
]; // prettier-ignore
const TYPES: readonly Nest[] = [
  ['*', 'int', ''], ['[]', 'int', ''], ['[1]', 'int', ''], ['chan ', 'int', ''], ['map[string]', 'int', ''], ['map[', 'int', ']int'], ['func() ', 'int', ''], ['func(', 'int', ')'], ['struct{a ', 'int', '}'], ['interface{ m() ', 'int', '}'], ['(', 'int', ')'], ['T[', 'int', ']'],
]; // prettier-ignore

/** Levels that fit in the limit of 256 where each takes up to six. */
const FEW = 40;

const nested = ([open, middle, close]: Nest, n: number): string => open.repeat(n) + middle + close.repeat(n);

function diagnosticsOf(text: string): readonly Diagnostic[] {
  for (const name of ['odd.lane', 'odd.go']) parseSources([{ name, text }], Interrupt.never);
  return readSources([{ name: 'odd.lane', text }], Interrupt.never, () => undefined).program.diagnostics;
}

suite('odd texts', () => {
  for (const [name, [text, isRight]] of Object.entries(ENCODED))
    test(name, () => {
      assert.equal(!diagnosticsOf(text).some(({ severity }) => severity === 'error'), isRight);
    });

  const isTooDeep = (text: string): boolean => diagnosticsOf(text).some(({ code }) => code === 'syntax.too-deep');
  for (const [kind, nests, textOf] of [
    ['expressions', EXPRESSIONS, (inner: string) => inMain(`_ = ${inner}`)],
    ['types', TYPES, (inner: string) => `type X ${inner}\nvar v X\nvar w any = v\n${inMain('println(w == w)')}`],
  ] as const)
    for (const nest of nests)
      test(`${kind} inside of each other: ${nest.join('')}`, () => {
        assert.ok(!isTooDeep(textOf(nested(nest, FEW))), `${FEW} levels`);
        for (const levels of [1000, 20_000]) assert.ok(isTooDeep(textOf(nested(nest, levels))), `${levels} levels`);
      });
});
