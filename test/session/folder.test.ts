/** This file tests which files of a folder make one program. */
import assert from 'node:assert/strict';
import { unitOf, unitsOf } from '../../src/session/folder';

type Files = Readonly<Record<string, string>>;
const folder = (files: Files): { name: string; text: string }[] =>
  Object.entries(files).map(([name, text]) => ({ name, text }));

/** `head: files`, with `(tests)` where the program is its tests. */
function unit(files: Files, focus: string): string {
  return say(unitOf(folder(files), focus));
}
function say({ head, sources, tests }: ReturnType<typeof unitOf>): string {
  return `${head}: ${sources.map(({ name }) => name).join(' ')}${tests ? ' (tests)' : ''}`;
}

const main = (body = ''): string => `package main\nfunc main() { ${body} }\n`;

suite('the program of a folder', () => {
  const PACKAGE: Files = {
    'worker.go': 'package main\nfunc work() {}\n',
    'main.go': main('work()'),
    'worker_test.go': 'package main\nimport "testing"\nfunc TestWork(t *testing.T) { work() }\n',
    'worker_windows.go': 'package main\nfunc other() {}\n',
    'gen.go': '//go:build ignore\n\npackage main\nfunc main() {}\n',
    'notes.lane': 'func main() {}\n',
  };

  test('the built files of one package are one program, known by its main, whichever was asked for', () => {
    assert.equal(unit(PACKAGE, 'main.go'), 'main.go: main.go worker.go');
    assert.equal(unit(PACKAGE, 'worker.go'), 'main.go: main.go worker.go');
  });

  test('a test file brings all tests of its package', () => {
    assert.equal(unit(PACKAGE, 'worker_test.go'), 'worker_test.go: main.go worker.go worker_test.go (tests)');
  });

  test('what the build leaves out runs by itself when it is asked for', () => {
    assert.equal(unit(PACKAGE, 'gen.go'), 'gen.go: gen.go');
    assert.equal(unit(PACKAGE, 'worker_windows.go'), 'worker_windows.go: worker_windows.go');
  });

  test('a .lane file is a program of its own', () =>
    assert.equal(unit(PACKAGE, 'notes.lane'), 'notes.lane: notes.lane'));

  test('a package without main is its tests', () => {
    const files = { 'queue.go': 'package queue\nfunc Push() {}\n', 'queue_test.go': 'package queue\n' };
    assert.equal(unit(files, 'queue.go'), 'queue.go: queue.go queue_test.go (tests)');
  });

  test('of two packages in one folder each file knows its own', () => {
    const files = { 'a.go': 'package a\n', 'b.go': main(), 'c.go': 'package main\n', 'a_test.go': 'package a_test\n' };
    assert.equal(unit(files, 'a.go'), 'a.go: a.go (tests)');
    assert.equal(unit(files, 'c.go'), 'b.go: b.go c.go');
    assert.equal(unit(files, 'a_test.go'), 'a_test.go: a_test.go (tests)');
  });

  const EXERCISES: Files = {
    'one.go': main('helper()'),
    'two.go': 'package main\nfunc helper() {}\nfunc main() { helper() }\n',
    'three.go': main('println("nothing else")'),
    'util.go': 'package main\nfunc helper() { deep() }\n',
    'deep.go': 'package main\nfunc deep() {}\n',
    'stray.go': 'package main\nfunc stray() {}\n',
  };

  test('of several mains each is a program, with what it lacks', () => {
    assert.equal(unit(EXERCISES, 'one.go'), 'one.go: deep.go one.go util.go');
    assert.equal(unit(EXERCISES, 'two.go'), 'two.go: two.go');
    assert.equal(unit(EXERCISES, 'three.go'), 'three.go: three.go');
  });

  test('a helper belongs to the program that needs it, or is alone', () => {
    assert.equal(unit(EXERCISES, 'util.go'), 'one.go: deep.go one.go util.go');
    assert.equal(unit(EXERCISES, 'stray.go'), 'stray.go: stray.go');
  });

  test('a file that is not there is the first that is', () => {
    assert.equal(unit({ 'a.go': main() }, 'gone.go'), 'a.go: a.go');
    assert.equal(unit({}, 'gone.go'), 'gone.go: ');
  });

  test('all programs of a folder', () => {
    assert.deepEqual(unitsOf(folder(PACKAGE)).map(say), ['notes.lane: notes.lane', 'main.go: main.go worker.go']);
    assert.deepEqual(unitsOf(folder(EXERCISES)).map(say), [
      'one.go: deep.go one.go util.go',
      'two.go: two.go',
      'three.go: three.go',
    ]);
    assert.deepEqual(unitsOf(folder({ 'a.go': 'package a\n', 'b.go': main() })).map(say), [
      'a.go: a.go (tests)',
      'b.go: b.go',
    ]);
  });

  test('of a folder without main the program is its tests; tests of another package stay out where there is something else', () => {
    const outside = { 'a_test.go': 'package a_test\n' };
    const files = { 'b_test.go': 'package a\n', 'c.go': 'package a\n', ...outside };
    assert.deepEqual(unitsOf(folder(files)).map(say), ['c.go: b_test.go c.go (tests)']);
    assert.deepEqual(unitsOf(folder(outside)).map(say), ['a_test.go: a_test.go (tests)']);
  });

  test('a folder of many programs is read once', () => {
    const body = 'var x = 1 + 2\n'.repeat(200);
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`p${i}.go`, `package main\nfunc main() {\n${body}}\n`]),
    );
    let reads = 0;
    const sources = Object.entries(files).map(([name, text]) => ({
      name,
      get text() {
        reads++;
        return text;
      },
    }));
    assert.equal(unitsOf(sources).length, 200);
    assert.equal(reads, 200);
  });
});
