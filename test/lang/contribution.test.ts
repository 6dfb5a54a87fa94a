/** This file tests what the editor is told about the language: snippets parse, patterns compile, scopes have the language's suffix. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from '../../src/lang/parser';

interface Snippet {
  prefix: string;
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

  for (const [name, { body, prefix, description }] of snippets) {
    test(`snippet ${name} is a declaration or a statement`, () => {
      const text = expand(body);
      assert.ok(parses(text) || parses(`func f() {\n${text}\n}\n`), text);
      assert.ok(prefix && description);
    });
  }

  test('snippets have different prefixes', () => {
    const prefixes = snippets.map(([, s]) => s.prefix);
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
