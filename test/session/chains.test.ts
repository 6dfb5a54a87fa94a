/** This file tests chains that are as long as generated programs have them: of operators and of conditions. */
import assert from 'node:assert/strict';
import { runText } from '../support/run';

const N = 9000;
const inMain = (body: string, before = ''): string => `${before}\nfunc main() {\n${body}\n}\n`;

function printed(text: string): string {
  const run = runText(text);
  assert.deepEqual(run.diagnostics, []);
  return run.stderr + run.stdout;
}

function errors(text: string): string[] {
  return runText(text).diagnostics.map(({ message }) => message);
}

suite('long chains', () => {
  test('of arithmetic are computed from left to right', () => {
    assert.equal(printed(inMain(`x := 1\nprintln(${'x + '.repeat(N)}x, ${'1 + '.repeat(N)}x, ${'1 + '.repeat(N)}1)`)), `${N + 1} ${N + 1} ${N + 1}\n`);
    assert.equal(printed(inMain(`x := 2\nprintln(1000 ${'- x + 1'.repeat(N / 2)}, 1 ${'<< x >> 2'.repeat(N / 2)}, 7 ${'* x % 5'.repeat(4)})`)), `${1000 - N / 2} 1 2\n`);
    assert.equal(printed(inMain(`x := uint8(255)\nprintln(x ${'+ 1'.repeat(N)})`)), `${(255 + N) % 256}\n`);
  }); // prettier-ignore

  test('of strings, constants and calls among them', () => {
    const before = 'func f(n int) string { if n == 0 { return "a" }; return "b" }';
    const main = `s := ${'f(0) + "c" + f(1) + '.repeat(N / 3 - 1)}"!"\nprintln(len(s), s[:6], s[len(s)-4:])`;
    assert.equal(printed(inMain(main, before)), `${N - 2} acbacb acb!\n`);
    assert.equal(printed(inMain(`const s = ${'"ab" + '.repeat(N)}"c"\nprintln(len(s))`)), `${2 * N + 1}\n`);
  });

  test('of conditions stop at the operand that decides', () => {
    const before = 'var calls int\nfunc f(b bool) bool { calls++; return b }';
    const both = `println(${'f(true) && '.repeat(N / 2)}f(false) && ${'f(true) && '.repeat(N / 3)}true, calls)`;
    assert.equal(printed(inMain(both, before)), `false ${N / 2 + 1}\n`);
    const either = `if ${'f(false) || '.repeat(N / 2)}f(true) || ${'f(true) || '.repeat(N / 3)}false { println(calls) }`;
    assert.equal(printed(inMain(either, before)), `${N / 2 + 1}\n`);
    const mixed = `x := 7\nif ${'x == 1 && x != 2 || '.repeat(N / 2)}x == 7 { println("yes") } else { println("no") }`;
    assert.equal(printed(inMain(mixed)), 'yes\n');
  });

  test('of else if take the first branch that holds, with the variables of those before it', () => {
    const ladder = (n: number, link: (i: number) => string): string =>
      `func f(i, n int) int {\nif i < 0 { return -1 }${Array.from({ length: n }, (_, i) => ` else if ${link(i)}`).join('')} else { return -2 }\n}`;
    const plain = ladder(N, (i) => `i == ${i} { return n + ${i} }`);
    assert.equal(printed(inMain(`println(f(-5, 0), f(0, 9), f(${N - 1}, 2), f(${N}, 0))`, plain)), `-1 9 ${N + 1} -2\n`);
    const text = ladder(200, (i) => `v${i} := n - ${i}; v${i} == v0 - ${i} && i == ${i} { return v${i} }`);
    assert.equal(printed(inMain(`println(f(-5, 0), f(0, 9), f(199, 201), f(200, 0))`, text)), `-1 9 2 -2\n`);
    assert.deepEqual(errors(text.replace('else { return -2 }', '') + inMain('println(f(1, 1))')), ['missing return']);
    assert.deepEqual(errors(inMain(`i := 1\nif i < 0 {}${' else if i == 1 {}'.repeat(N)} else { goto end }\nx := 2\n_ = x\nend:`)), [
      `goto end jumps over declaration of x at test.lane:5:3`,
    ]);
  }); // prettier-ignore

  test('with a mistake in the middle are told of it alone', () => {
    const [first, ...more] = errors(inMain(`x := 1\nx = ${'x + '.repeat(N / 2)}"a" + ${'x + '.repeat(N / 2)}x`));
    assert.match(first!, /^invalid operation: … \+ … \+ x .* \+ x \+ "a" \(mismatched types int and untyped string\)$/);
    assert.deepEqual(more, []);
  });

  test('inside of each other are as deep as all of them together', () => {
    const nested = (first: string, link: string): string =>
      `${'('.repeat(70)}${first}${`${link.repeat(100)})`.repeat(70)}`;
    for (const [first, link] of [
      ['x', '.b'],
      ['f', '()'],
      ['x', '[0]'],
      ['x', '.(any)'],
      ['x', '== x'],
    ] as const)
      assert.deepEqual(errors(inMain(`_ = ${nested(first, link)}`)), ['nested too deeply']);
    assert.equal(printed(inMain(`x := 1\nprintln(${nested('x', '+ x')})`)), `${70 * 100 + 1}\n`);
    const side = `x == 1 && ${'y.z.z.z == y && '.repeat(300)}x == 1`;
    assert.equal(printed(inMain(`x, y := 1, &T{}\ny.z = y\nprintln(${side})`, 'type T struct { z *T }')), 'true\n');
  });

  test('of else if with variables nest, since each sees those of all before', () => {
    const ladder = ' else if y := x; y == 2 {}'.repeat(300);
    assert.deepEqual(errors(inMain(`x := 1\nif x == 1 {}${ladder}`)), ['nested too deeply']);
  });

  test('end at 10,000 links', () => {
    for (const body of [
      `x := 1\n_ = ${'x + '.repeat(12_000)}x`,
      `x := 1\nif x == 1 {}${' else if x == 2 {}'.repeat(12_000)}`,
    ])
      assert.deepEqual(errors(inMain(body)), ['too many operators or branches in a row']);
  });
});
