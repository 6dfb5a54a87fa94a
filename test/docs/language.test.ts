/** This file runs every snippet of docs/language.md and expects of it what its comments say. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineKeys } from '../../src/base/machineKeys';
import { runText } from '../support/run';

interface Snippet {
  readonly line: number;
  readonly dialect: 'lane' | 'go';
  readonly text: string;
  /** Lines of output, in order. */
  readonly prints: string[];
  /** Part of a diagnostic's message. */
  readonly error?: string;
  /** Part of the one warning. */
  readonly warning?: string;
  /** `clean`, or the kind of the one finding, and the object it names. */
  readonly verdict: string;
  readonly object?: string;
}

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'language.md'), 'utf8');

function snippetsOf(markdown: string): Snippet[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => {
    const text = match[2]!;
    const verdict = /^\/\/ verdict: (\S+)(?: on (\S+))?$/m.exec(text);
    return {
      line: markdown.slice(0, match.index).split('\n').length,
      dialect: match[1] as Snippet['dialect'],
      text,
      prints: [...text.matchAll(/^\/\/ prints: (.*)$/gm)].map((m) => m[1]!),
      error: /^\/\/ error: (.*)$/m.exec(text)?.[1],
      warning: /^\/\/ warning: (.*)$/m.exec(text)?.[1],
      verdict: verdict?.[1] ?? 'clean',
      object: verdict?.[2],
    };
  });
}

suite('docs/language.md', () => {
  const snippets = snippetsOf(page);

  test('has snippets, all of them tagged', () => {
    assert.ok(snippets.length > 20);
    for (const { dialect, line } of snippets) assert.match(dialect, /^(lane|go)$/, `line ${line}`);
  });

  for (const snippet of snippets) {
    const { line, dialect, text, prints, error, warning, verdict, object } = snippet;
    test(`line ${line}: ${error ? `error ${error}` : verdict}`, () => {
      const run = runText(text, dialect);
      const messages = run.diagnostics.map((d) => d.message);
      if (error !== undefined) {
        assert.equal(messages.length, 1, messages.join('; '));
        assert.ok(messages[0]!.includes(error), messages[0]);
        return;
      }
      assert.equal(messages.length, warning === undefined ? 0 : 1, messages.join('; '));
      if (warning !== undefined) assert.ok(messages[0]!.includes(warning), messages[0]);
      const kinds = [...new Set(run.findings.map((finding) => finding.kind))];
      assert.deepEqual(kinds, verdict === 'clean' ? [] : [verdict]);
      if (object) assert.ok(run.findings.some((finding) => finding.objectName === object));
      if (prints.length > 0) assert.deepEqual(run.stdout.trimEnd().split('\n'), prints);
    });
  }

  test('lists every key of the machine', () => {
    for (const [key, { sentence }] of Object.entries(machineKeys)) {
      assert.ok(page.includes(`| \`${key}\` | `) && page.includes(` | ${sentence} |`), key);
    }
  });

  test('its contents point at its headings', () => {
    const headings = new Set(
      [...page.matchAll(/^## (.*)$/gm)].map((m) =>
        m[1]!
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      ),
    );
    for (const [, anchor] of page.matchAll(/\]\(#([^)]+)\)/g)) assert.ok(headings.has(anchor!), anchor);
  });
});
