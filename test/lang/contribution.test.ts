/** This file tests what the editor is told about the language: snippets parse, patterns compile, scopes have the language's suffix. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from '../../src/lang/parser';

interface Snippet {
  typed: string;
  where: 'file' | 'body' | 'both';
  body: string[];
  description: string;
}

const root = join(__dirname, '..', '..');
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** The text that a snippet inserts when every placeholder keeps its default. */
function expand(body: readonly string[]): string {
  const defaults = new Map<string, string>();
  const text = body.join('\n').replace(/\$\{(\d+):([^{}]*)\}/g, (_, n: string, value: string) => {
    defaults.set(n, value);
    return value;
  });
  return text.replace(/\$\{?(\d+)\}?/g, (_, n: string) => defaults.get(n) ?? '');
}

function parses(text: string): boolean {
  return parseFile(text, 'lane', 0).diagnostics.length === 0;
}

suite('language contribution', () => {
  const snippets = Object.entries(read('snippets/interlane.json') as Record<string, Snippet>);

  for (const [name, { body, typed, where, description }] of snippets) {
    test(`snippet ${name} is a declaration or a statement`, () => {
      const text = expand(body);
      const places = { file: parses(text), body: parses(`func f() {\n${text}\n}\n`) };
      const wanted = { file: where !== 'body', body: where !== 'file' };
      assert.deepEqual(places, wanted, text);
      assert.ok(typed && description);
    });
  }

  test('snippets are typed in different ways, and the editor itself offers none of them while one types', () => {
    const prefixes = snippets.map(([, s]) => s.typed);
    assert.ok(!snippets.some(([, s]) => 'prefix' in s));
    assert.equal(new Set(prefixes).size, prefixes.length);
  });

  test('patterns of the language configuration compile and say what they should', () => {
    const { indentationRules, wordPattern, onEnterRules } = read('language-configuration.json') as {
      indentationRules: Record<'increaseIndentPattern' | 'decreaseIndentPattern', string>;
      wordPattern: string;
      onEnterRules: { beforeText: string; afterText: string }[];
    };
    const increase = new RegExp(indentationRules.increaseIndentPattern);
    const decrease = new RegExp(indentationRules.decreaseIndentPattern);
    for (const line of ['func main() {', '\tfor x := range ch {', '\tcase v := <-ch:', 'var (', 'f(', '\tdefault:'])
      assert.match(line, increase);
    for (const line of ['x := 1', '// if x {', 'f(1)', 'T{a: 1}', '}', 's := "{"']) assert.doesNotMatch(line, increase);
    for (const line of ['}', '\t} else {', ')', '\tcase 1:', '\tdefault:']) assert.match(line, decrease);
    for (const line of ['x := 1', 'defaults := 1', 'cases()']) assert.doesNotMatch(line, decrease);
    const words = (text: string): string[] => text.match(new RegExp(wordPattern, 'g')) ?? [];
    assert.deepEqual(words('mu.Lock(), größe <- 1.5ms'), ['mu', 'Lock', 'größe', '1.5ms']);
    for (const rule of onEnterRules)
      assert.doesNotThrow(() => [new RegExp(rule.beforeText), new RegExp(rule.afterText)]);
  });

  test('every scope of the grammar ends with the name of the language', () => {
    const scopes = JSON.stringify(read('syntaxes/interlane.tmLanguage.json')).matchAll(/"name":"([^"]+)"/g);
    const names = [...scopes].map((m) => m[1]!).filter((n) => n !== 'Interlane');
    assert.ok(names.length > 50);
    for (const name of names) assert.match(name, /\.interlane$/);
  });
});
