/** This file tests laws: constants against BigInt, and that no text makes the checker throw. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeBytes, encodeBytes } from '../../src/lang/constantStrings';
import { binaryConst, INTEGER_BITS, intConst, represent, wraps } from '../../src/lang/constants';
import { quote } from '../../src/lang/constantText';
import { literalValue } from '../../src/lang/literalValue';
import { bitLength } from '../../src/lang/bigints';
import type { BasicName } from '../../src/lang/types';
import { Typ } from '../../src/lang/universe';
import { editDistance } from '../../src/lang/check/suggestions';
import { check } from '../../src/std/importer';
import { anyText } from './texts';

const integer = fc.bigInt({ min: -(1n << 200n), max: 1n << 200n });

suite('constants', () => {
  test('integer operations are those of BigInt', () => {
    fc.assert(
      fc.property(integer, integer, (x, y) => {
        const result = (op: '+' | '-' | '*' | '&' | '|' | '^' | '&^' | '/' | '%'): unknown =>
          binaryConst(intConst(x), op, intConst(y), true)?.v;
        assert.equal(result('+'), x + y);
        assert.equal(result('-'), x - y);
        assert.equal(result('*'), x * y);
        assert.equal(result('&'), x & y);
        assert.equal(result('|'), x | y);
        assert.equal(result('^'), x ^ y);
        assert.equal(result('&^'), x & ~y);
        assert.equal(result('/'), y === 0n ? undefined : x / y);
        assert.equal(result('%'), y === 0n ? undefined : x % y);
      }),
    );
  });

  test('a type represents exactly the integers it can hold', () => {
    const names = Object.keys(INTEGER_BITS) as BasicName[];
    const near = fc.tuple(
      fc.constantFrom(7n, 8n, 15n, 16n, 31n, 32n, 63n, 64n),
      fc.bigInt({ min: -2n, max: 2n }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), near, (name, [bits, offset, negative]) => {
        const v = (negative ? -1n : 1n) * (1n << bits) + offset;
        const size = BigInt(INTEGER_BITS[name]!);
        const unsigned = name.startsWith('u');
        const [min, max] = unsigned ? [0n, (1n << size) - 1n] : [-(1n << (size - 1n)), (1n << (size - 1n)) - 1n];
        assert.equal(represent(intConst(v), Typ[name]) !== undefined, min <= v && v <= max);
        const wrapped = wraps(v, Number(size), unsigned);
        assert.ok(min <= wrapped && wrapped <= max && (wrapped - v) % (1n << size) === 0n);
      }),
    );
  });

  test('bitLength counts the digits in base 2', () => {
    fc.assert(
      fc.property(integer, (v) => assert.equal(bitLength(v), v === 0n ? 0 : (v < 0n ? -v : v).toString(2).length)),
    );
  });

  test('bytes survive being a string', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => assert.deepEqual(encodeBytes(decodeBytes(bytes)), [...bytes])));
  });

  test('a quoted string is a literal of that string', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = decodeBytes(bytes);
        assert.deepEqual(literalValue('string', quote(text)), { kind: 'string', v: text });
      }),
    );
  });
});

suite('editDistance', () => {
  test('counts edits and swaps of neighbours', () => {
    const cases: [string, string, number][] = [['', '', 0], ['a', '', 1], ['ab', 'ba', 1], ['cuonter', 'counter', 1], ['lock', 'lick', 1], ['abc', 'xyz', 3]]; // prettier-ignore
    for (const [a, b, distance] of cases) assert.equal(editDistance(a, b, Infinity), distance, `${a} ${b}`);
  });

  test('is symmetric', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b, Infinity) === editDistance(b, a, Infinity)));
  });

  test('is exact up to the limit, and above it where the distance is larger', () => {
    const word = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(word, word, fc.nat(4), (a, b, limit) => {
        const [exact, bounded] = [editDistance(a, b, Infinity), editDistance(a, b, limit)];
        assert.ok(exact <= limit ? bounded === exact : bounded > limit, `${bounded} for ${exact}`);
      }),
      { numRuns: 2000 },
    );
  });
});

suite('the checker', () => {
  test('never throws, and every place it names is in the text', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(anyText, fc.constantFrom('x.lane', 'x.go'), (text, name) => {
        for (const { span, related } of check([{ name, text }]).diagnostics) {
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
          for (const place of related) assert.ok(place.span.end <= text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  const deep = (open: string, inner: string, close: string): string =>
    `${open.repeat(390)}${inner}${close.repeat(390)}`;
  const towers: Readonly<Record<string, string>> = {
    parentheses: `var x = ${deep('(', '1', ')')}`,
    unary: `var x = ${deep('- ', '1', '')}`,
    'function literals': `var x = ${deep('func() any { return ', '1', '}')}`,
    'composite literals': `var x = ${deep('[]any{', '1', '}')}`,
    pointers: `var x ${deep('*', 'int', '')}`,
    structs: `var x ${deep('struct{ a ', 'int', '}')}`,
    blocks: `func f() ${deep('{', '', '}')}`,
    ifs: `func f() { ${deep('if true { ', '', '}')} }`,
    calls: `func g(x int) int { return x }\nvar x = ${deep('g(', '1', ')')}`,
    'a long sum': `var x = ${'1 + '.repeat(5000)}1`,
    'a long sum of variables': `var y int\nfunc f() int { return ${'y + '.repeat(3000)}y }`,
    'a chain of types': Array.from({ length: 2000 }, (_, i) => `type T${i} T${i + 1}`).join('\n') + '\ntype T2000 int',
    'a chain of types, last first': [
      'type T2000 int',
      ...Array.from({ length: 2000 }, (_, i) => `type T${1999 - i} T${2000 - i}`),
    ].join('\n'),
    'a chain of variables':
      Array.from({ length: 500 }, (_, i) => `var v${i} = v${i + 1}`).join('\n') + '\nvar v500 = 1',
    'a chain of variables through functions':
      Array.from({ length: 2000 }, (_, i) => `var v${i} = f${i}()\nfunc f${i}() int { return v${i + 1} }`).join('\n') + '\nvar v2000 = 1', // prettier-ignore
    'a chain of constants':
      'const c0 = 1.0/3\n' + Array.from({ length: 2000 }, (_, i) => `const c${i + 1} = c${i} * 1.0001 + 1.0/${i + 2}`).join('\n'), // prettier-ignore
    'constants far beyond any type': Array.from({ length: 200 }, (_, i) => `const c${i} = 1e${i}00000000 / 1e-${i}00000000 + 1e-999999999`).join('\n'), // prettier-ignore
    'a chain of calls': `type T struct{}\nfunc (t T) m() T { return t }\nvar x = T{}${'.m()'.repeat(3000)}`,
  };
  for (const [name, text] of Object.entries(towers)) {
    test(`bears ${name}`, function () {
      this.timeout(20_000);
      const { diagnostics } = check([{ name: 'x.lane', text: `${text}\n\nfunc main() {}\n` }]);
      for (const d of diagnostics) assert.match(d.code, /^(syntax\.too-deep|type\.)/, d.message);
    });
  }
});
