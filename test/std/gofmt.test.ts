/** This file tests that the Go files of std are formatted as gofmt formats, and that all of them are embedded. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageSources } from '../../src/std/packages';

const FOLDER = join(__dirname, '..', '..', 'src', 'std', 'go');
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.go'));
const gofmt = ['gofmt', '/usr/local/go/bin/gofmt'].find((name) => spawnSync(name, { input: '' }).status === 0);

/** What gofmt never leaves behind, whatever a line says: the part of its law that can be checked without it. */
const SLIPS: Readonly<Record<string, RegExp>> = {
  'blanks at the end of a line': /[ \t\r]$/m,
  'blanks at the start of a line': /^\t* +\S/m,
  'two empty lines': /\n\n\n/,
  'no newline at the end': /[^\n]$(?!\n)/,
  'an empty line at the end': /\n\n$(?!\n)/,
};

suite('the Go files of std', () => {
  test('are all embedded under their import paths', () => {
    const paths = files.map((file) => file.slice(0, file.lastIndexOf('/')));
    assert.deepEqual(paths.sort(), Object.keys(packageSources).sort());
    for (const file of files) {
      const path = file.slice(0, file.lastIndexOf('/'));
      assert.equal(packageSources[path], readFileSync(join(FOLDER, file), 'utf8'));
    }
  });

  for (const file of files) {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    test(`${file} is clean`, () => {
      for (const [what, pattern] of Object.entries(SLIPS)) assert.doesNotMatch(text, pattern, what);
    });
  }

  test('are what gofmt makes of them', function () {
    // Without a Go installation only the slips above are looked for.
    if (!gofmt) return this.skip();
    const { stdout } = spawnSync(gofmt, ['-l', FOLDER], { encoding: 'utf8' });
    assert.equal(stdout, '');
  });
});

suite('the slips that are looked for', () => {
  const found = (text: string): string[] =>
    Object.entries(SLIPS).flatMap(([what, pattern]) => (pattern.test(text) ? [what] : []));

  test('are found, each by its name', () => {
    assert.deepEqual(found('package a\n\nvar x = 1 \n'), ['blanks at the end of a line']);
    assert.deepEqual(found('package a\r\n'), ['blanks at the end of a line']);
    assert.deepEqual(found('func f() {\n\t  g()\n}\n'), ['blanks at the start of a line']);
    assert.deepEqual(found('package a\n\n\nvar x = 1\n'), ['two empty lines']);
    assert.deepEqual(found('package a'), ['no newline at the end']);
    assert.deepEqual(found('package a\n\n'), ['an empty line at the end']);
  });

  test('are not found in clean text', () => {
    assert.deepEqual(found('package a\n\nfunc f() {\n\tg()\n}\n'), []);
  });
});
