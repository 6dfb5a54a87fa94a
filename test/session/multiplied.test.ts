/** This file tests that compilation tells of its work where a short text stands for much code: what one line stands for is multiplied by the lines. */
import assert from 'node:assert/strict';
import { Interrupt, Interrupted } from '../../src/base/interrupt';
import { compileSources } from '../../src/session/compile';
import { each, inMain } from './shapes/shape';

const SIDE = 1000;
/** For each of the products of two sides, this many units at least: about as many nanoseconds as an array takes for an element. */
const LEAST_UNITS = 5;

/** Units of work of the compilation; ends it when there are more than `most`. */
function unitsOf(text: string, most = Infinity): number {
  let units = 0;
  const interrupt = new Interrupt(() => undefined);
  interrupt.worked = (more) => {
    units += more;
    if (units > most) throw new Interrupted('cancelled');
  };
  compileSources([{ name: 'a.lane', text }], { interrupt });
  return units;
}

const list = (n: number): string => each(n, () => 'int,');
const g = `func g() (${list(SIDE)}) { panic(1) }\n`;

/** By name: a head whose size is a side, and a line that takes as many steps each time it is written. */
const PRODUCTS: Readonly<Record<string, readonly [head: string, line: string]>> = {
  'results that are arguments': [`${g}func f(${each(SIDE - 1, (i) => `p${i},`)}p int) {}\n`, 'f(g())\n'],
  'results that are values of a slice': [`${g}func f(p ...int) {}\n`, 'f(g())\n'],
  'results in interfaces': [`${g}func f(p ...any) {}\n`, 'f(g())\n'],
  'fields looked for in all that is embedded': [
    `${each(SIDE, (i) => `type A${i} struct{ f${i} int }\n`)}var w struct {\n${each(SIDE, (i) => `A${i}\n`)}}\n`,
    'w.f7++\n',
  ],
  'methods looked for': [
    `type T struct{}\n${each(SIDE, (i) => `func (t T) M${i}() {}\n`)}`,
    `{ var i interface { ${each(SIDE, (i) => `M${i}();`)} } = T{}; _ = i }\n`,
  ],
};

suite('programs whose code is a product', () => {
  for (const [name, [head, line]] of Object.entries(PRODUCTS))
    test(`tell of the work: ${name}`, () => {
      const [few, many] = [10, 30].map((n) => unitsOf(head + inMain(line.repeat(n))));
      assert.ok(many! - few! >= 20 * SIDE * LEAST_UNITS, `${few} units, then ${many}`);
    });

  test('tell of the variables that literals inside of literals capture', () => {
    const nested = (depth: number): number => {
      const uses = each(SIDE, (i) => `v${i}++\n`);
      return unitsOf(
        inMain(`${each(SIDE, (i) => `v${i} := 0\n`)}${'func() {\n'.repeat(depth)}${uses}${'}()\n'.repeat(depth)}`),
      );
    };
    assert.ok(nested(20) - nested(10) >= 10 * SIDE * LEAST_UNITS);
  });

  test('a bare return looks at the names around it, not at all results', () => {
    const results = (n: number): string => `func g() (${each(n, (i) => `r${i},`)} r int) {\n${'if r > 0 { return }\n'.repeat(100)}return\n}\n`; // prettier-ignore
    const [short, long] = [10, 1000].map((n) => unitsOf(results(n) + inMain('')));
    assert.ok(long! < short! + 1000 * 1000, `${short} units, then ${long}`);
  });

  test('tell of the characters of one token', () => {
    for (const token of [
      `"${'a'.repeat(50_000)}"`,
      'a'.repeat(50_000),
      '1'.repeat(50_000),
      `/*${'a'.repeat(50_000)}*/`,
    ])
      assert.ok(unitsOf(inMain(token)) >= 50_000, token.slice(0, 3));
  });

  test('tell of package variables also while they are ordered and given their places', () => {
    const chain = (n: number): string => `package main\n${each(n, (i) => `var v${i} = ${i === 0 ? 1 : `v${i - 1}`}\n`)}func main() {}\n`; // prettier-ignore
    const [few, many] = [SIDE, 2 * SIDE].map((n) => unitsOf(chain(n)));
    assert.ok(many! - few! >= SIDE * 850, `${(many! - few!) / SIDE} units each; without those two 697`);
  });

  test('a result that is hidden where a bare return stands is told', () => {
    const text = 'func g() (a, b int) {\n\tif a := 1; a > 0 {\n\t\treturn\n\t}\n\treturn\n}\nfunc main() { g() }\n';
    const { program } = compileSources([{ name: 'a.lane', text }]);
    assert.deepEqual(
      program.diagnostics.map(({ code, span }) => [code, text.slice(0, span.start).split('\n').length]),
      [['type.result-shadowed', 3]],
    );
  });
});
