/** This file tests the scanner: token by token, Go's messages, and its laws on any text. */
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { Dialect } from '../../src/lang/ast';
import { scan } from '../../src/lang/scanner';
import { goSpelling, splitUnit } from '../../src/lang/scanner-unit';
import { keywords } from '../../src/lang/token';
import { anyText } from './texts';

/** Kinds (literals: their kind of literal) and texts of a source, without the end of the file. */
function tokens(text: string, dialect: Dialect = 'lane'): string[] {
  const scanned = scan(text, dialect);
  assert.deepEqual(scanned.diagnostics, [], 'no diagnostics');
  return [...scanned.tokens]
    .slice(0, -1)
    .map((t) => (t.lit ? `${t.lit}:${t.text}` : t.kind === ';' ? `;${t.text}` : t.text));
}

function messages(text: string, dialect: Dialect = 'lane'): string[] {
  return scan(text, dialect).diagnostics.map((d) => `${d.span.start}-${d.span.end} ${d.message}`);
}

suite('scanner', () => {
  test('semicolons after names, literals, closing brackets and some keywords', () => {
    assert.deepEqual(tokens('x\n1\n)\n]\n}\nreturn\nbreak\n++\n'), [
      'x', ';newline', 'int:1', ';newline', ')', ';newline', ']', ';newline', '}', ';newline',
      'return', ';newline', 'break', ';newline', '++', ';newline',
    ]); // prettier-ignore
  });

  test('no semicolon after operators, opening brackets and other keywords', () => {
    assert.deepEqual(tokens('x +\n(\n{\nif\n,\n'), ['x', '+', '(', '{', 'if', ',']);
  });

  test('the end of the file ends a statement', () => {
    assert.deepEqual(tokens('x'), ['x', ';EOF']);
    assert.deepEqual(tokens('x;'), ['x', ';semicolon']);
  });

  test('a comment over lines is a line end, one within a line is a blank', () => {
    assert.deepEqual(tokens('x /* a\nb */ y'), ['x', ';newline', 'y', ';EOF']);
    assert.deepEqual(tokens('x /* a */ y'), ['x', 'y', ';EOF']);
    assert.deepEqual(tokens('x // a\ny'), ['x', ';newline', 'y', ';EOF']);
  });

  test('CRLF and a byte order mark at the start are blanks', () => {
    assert.deepEqual(tokens('\ufeffx\r\ny\r\n'), ['x', ';newline', 'y', ';newline']);
    assert.deepEqual(
      scan('x // c\r\n', 'lane').comments.map((c) => c.text),
      ['// c'],
    );
  });

  test('all signs, longest first', () => {
    const signs = '<<= >>= &^= ... && || == != <= >= << >> &^ <- := ++ -- += -= *= /= %= &= |= ^= + - * / % & | ^ < > = ! ~ ( [ { , ; : .'; // prettier-ignore
    const text = signs.replace(';', '');
    assert.deepEqual(
      [...scan(text, 'go').tokens]
        .slice(0, -1)
        .filter((t) => t.text !== 'newline')
        .map((t) => t.text),
      text.split(/ +/),
    );
    assert.deepEqual(tokens('a&^=b<-c'), ['a', '&^=', 'b', '<-', 'c', ';EOF']);
  });

  test('keywords are keywords, and the words of Interlane are names', () => {
    for (const word of keywords) assert.equal(scan(word, 'lane').tokens.kindAt(0), word);
    for (const word of ['machine', 'process', 'thread', 'spawn', 'pipe', 'shared', 'work', 'any', 'constructor']) {
      assert.equal(scan(word, 'lane').tokens.kindAt(0), 'name');
    }
  });

  test('names of other alphabets', () => {
    assert.deepEqual(tokens('größe := 世界1'), ['größe', ':=', '世界1', ';EOF']);
    assert.deepEqual(tokens('𝒳y'), ['𝒳y', ';EOF']);
  });

  test('numbers', () => {
    for (const n of ['0', '42', '4_2', '0600', '0_600', '0o600', '0O17', '0xBadFace', '0x_67_7a', '0b101', '0B1_0']) {
      assert.deepEqual(tokens(n), [`int:${n}`, ';EOF']);
    }
    for (const n of [
      '0.',
      '72.40',
      '072.40',
      '2.71828',
      '1.e+0',
      '6.67428e-11',
      '1E6',
      '.25',
      '.12345E+5',
      '1_5.',
      '0x1p-2',
      '0x2.p10',
      '0X.8p-0',
      '0x1_FFFP-16',
    ]) {
      assert.deepEqual(tokens(n), [`float:${n}`, ';EOF']);
    }
    for (const n of ['0i', '0123i', '0o123i', '0xabci', '0.i', '2.71828i', '1.e+0i', '.25i', '0x1p-2i', '08i']) {
      assert.deepEqual(tokens(n), [`imag:${n}`, ';EOF']);
    }
    assert.deepEqual(tokens('0x15e-2'), ['int:0x15e', '-', 'int:2', ';EOF']);
  });

  test('mistakes in numbers, as Go words them', () => {
    assert.deepEqual(messages('0b102'), ["4-5 invalid digit '2' in binary literal"]);
    assert.deepEqual(messages('089'), ["1-2 invalid digit '8' in octal literal"]);
    assert.deepEqual(messages('0x'), ['0-2 hexadecimal literal has no digits']);
    assert.deepEqual(messages('1__0'), ["1-2 '_' must separate successive digits"]);
    assert.deepEqual(messages('1_'), ["1-2 '_' must separate successive digits"]);
    assert.deepEqual(messages('1e'), ['0-2 exponent has no digits']);
    assert.deepEqual(messages('0x1.0'), ["0-5 hexadecimal mantissa requires a 'p' exponent"]);
    assert.deepEqual(messages('1p3'), ["1-2 'p' exponent requires hexadecimal mantissa"]);
    assert.deepEqual(messages('0b1.0'), ['3-4 invalid radix point in binary literal']);
  });

  test('durations and sizes in .lane files', () => {
    for (const d of ['250ns', '10us', '10µs', '10μs', '4ms', '1.5s', '.5s', '0.5ms', '2m', '1h', '1_000ms', '0s']) {
      assert.deepEqual(tokens(d), [`duration:${d}`, ';EOF']);
    }
    for (const s of ['64KB', '1MB', '8GB', '1_024KB']) assert.deepEqual(tokens(s), [`size:${s}`, ';EOF']);
    assert.deepEqual(tokens('4 ms'), ['int:4', 'ms', ';EOF']);
    assert.deepEqual(tokens('4min'), ['int:4', 'min', ';EOF']);
    assert.deepEqual(messages('1.5GB'), ['0-5 size literal must be a whole number']);
    assert.deepEqual(messages('1m30s'), ['0-5 duration literal has one unit; write a sum, e.g. 1m + 30s']);
  });

  test('in .go files they are one diagnostic that shows the spelling of Go, and a fix', () => {
    const { tokens, diagnostics } = scan('x(4ms)', 'go');
    assert.equal(tokens.at(2).lit, 'duration');
    assert.deepEqual(
      diagnostics.map((d) => [d.code, d.message, d.fixes?.[0]?.edits[0]?.text]),
      [
        [
          'lane.literal-in-go',
          'duration literal 4ms exists in .lane files only; in Go write 4 * time.Millisecond',
          '4 * time.Millisecond',
        ],
      ],
    );
    assert.equal(goSpelling('1.5ms'), '1500 * time.Microsecond');
    assert.equal(goSpelling('1.5h'), '90 * time.Minute');
    assert.equal(goSpelling('250ns'), '250 * time.Nanosecond');
    assert.equal(goSpelling('1.5ns'), '2 * time.Nanosecond');
    assert.equal(goSpelling('64KB'), '64 << 10');
  });

  test('a literal splits into number and factor', () => {
    assert.deepEqual(splitUnit('1.5s'), { number: '1.5', factor: 1e9 });
    assert.deepEqual(splitUnit('8GB'), { number: '8', factor: 2 ** 30 });
    assert.deepEqual(splitUnit('10µs'), { number: '10', factor: 1000 });
  });

  test('strings and runes', () => {
    assert.deepEqual(tokens('"a\\n\\x41\\101\\u00e4\\U0001F600\\"" `raw\n\\n` \'a\' \'\\\'\' \'世\' \'😀\' \'\\000\''), [
      'string:"a\\n\\x41\\101\\u00e4\\U0001F600\\""', 'string:`raw\n\\n`', "char:'a'", "char:'\\''", "char:'世'", "char:'😀'", "char:'\\000'", ';EOF',
    ]); // prettier-ignore
  });

  test('mistakes in strings and runes, as Go words them', () => {
    assert.deepEqual(messages('"abc'), ['0-4 string not terminated']);
    assert.deepEqual(messages('"abc\r\n'), ['0-4 newline in string']);
    assert.deepEqual(messages('`abc\n'), ['0-5 string not terminated']);
    assert.deepEqual(messages("''"), ["0-2 empty rune literal or unescaped '"]);
    assert.deepEqual(messages("'ab'"), ['0-4 more than one character in rune literal']);
    assert.deepEqual(messages("'a\n"), ['0-2 newline in rune literal']);
    assert.deepEqual(messages("'"), ['0-1 rune literal not terminated']);
    assert.deepEqual(messages('"\\q"'), ['1-3 unknown escape']);
    assert.deepEqual(messages('"\\xg0"'), ["1-3 invalid character 'g' in hexadecimal escape"]);
    assert.deepEqual(messages('"\\400"'), ['1-5 octal escape value 256 > 255']);
    assert.deepEqual(messages('"\\ud800"'), ['1-7 escape is invalid Unicode code point U+D800']);
    assert.deepEqual(messages('/* a'), ['0-4 comment not terminated']);
  });

  test('characters that have no place', () => {
    assert.deepEqual(messages('a # b'), ["2-3 invalid character U+0023 '#'"]);
    assert.deepEqual(messages('a\0b'), ['1-2 invalid NUL character']);
    assert.deepEqual(messages('a\ufeffb'), ['1-2 invalid BOM in the middle of the file']);
    assert.deepEqual(messages('"\ud800"'), ['1-2 invalid UTF-8 encoding']);
    assert.deepEqual(messages('€'), ["0-1 invalid character U+20AC '€'"]);
  });

  test('law: any text is scanned; tokens and comments are in order, inside the text, and only blanks lie between', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom<Dialect>('lane', 'go', 'std'), (text, dialect) => {
        const { tokens, comments, diagnostics } = scan(text, dialect);
        assert.equal(tokens.kindAt(tokens.length - 1), 'EOF');
        const places = [...tokens, ...comments.map((c) => c.span)].sort((a, b) => a.start - b.start || a.end - b.end);
        let at = 0;
        for (const { start, end } of places) {
          assert.ok(start >= at && end >= start && end <= text.length);
          const between = text.slice(at, start);
          if (diagnostics.length === 0) assert.match(between, /^[ \t\r\n\ufeff]*$/);
          at = end;
        }
        for (const t of tokens)
          if (t.kind === 'name' || t.kind === 'literal') assert.equal(t.text, text.slice(t.start, t.end));
        for (const { span } of diagnostics)
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
      }),
      { numRuns: 500 },
    );
  });
});
