/**
 * This file runs the programs of test/lang/check: a line with `// ERROR "rx"` must have diagnostics that match, one for each pattern,
 * and no other line may have any. `// WARNING "rx"` is the same for warnings.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../src/std/importer';

const FOLDER = join(__dirname, 'check');

/** Patterns by line, from 1. */
function expectations(text: string, word: 'ERROR' | 'WARNING'): Map<number, string[]> {
  const wanted = new Map<number, string[]>();
  for (const [i, line] of text.split('\n').entries()) {
    const comment = new RegExp(`// ${word} (.*)$`).exec(line);
    if (comment)
      wanted.set(
        i + 1,
        [...comment[1]!.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((m) => m[1]!),
      );
  }
  return wanted;
}

suite('checked programs', () => {
  for (const name of readdirSync(FOLDER)) {
    test(name, () => {
      const text = readFileSync(join(FOLDER, name), 'utf8');
      const program = check([{ name, text }]);
      for (const [word, severity] of [
        ['ERROR', 'error'],
        ['WARNING', 'warning'],
      ] as const) {
        // prettier-ignore
        const wanted = expectations(text, word);
        const found = new Map<number, string[]>();
        for (const d of program.diagnostics) {
          if (d.severity !== severity) continue;
          const { line } = program.sources[0]!.goPosition(d.span.start);
          found.set(line, [...(found.get(line) ?? []), d.message]);
        }
        assert.deepEqual(
          [...found.keys()].sort(byNumber),
          [...wanted.keys()].sort(byNumber),
          JSON.stringify([...found], null, 1),
        );
        for (const [line, patterns] of wanted) matchAll(line, patterns, found.get(line)!);
      }
    });
  }
});

const byNumber = (a: number, b: number): number => a - b;

function matchAll(line: number, patterns: readonly string[], messages: readonly string[]): void {
  assert.equal(messages.length, patterns.length, `line ${line}: ${messages.join(' | ')}`);
  for (const pattern of patterns) {
    const rx = new RegExp(pattern, 's');
    assert.ok(messages.some((m) => rx.test(m)), `line ${line}: no message matches ${pattern}: ${messages.join(' | ')}`); // prettier-ignore
  }
}
