/** This file tests what tokens alone tell of a Go file, and which files belong to the build. */
import assert from 'node:assert/strict';
import { constraintsHold, nameIsBuilt } from '../../src/lang/buildConstraint';
import { outlineOf } from '../../src/lang/outline';

const declared = (text: string): string[] => [...outlineOf(text).declared].sort();

suite('outline', () => {
  test('the package clause may follow comments, and may be missing', () => {
    assert.equal(outlineOf('// about\n/* package not */\npackage queue // here\n').packageName, 'queue');
    assert.equal(outlineOf('func main() {}').packageName, '');
    assert.equal(outlineOf('').packageName, '');
  });

  const DECLARED: readonly (readonly [what: string, text: string, names: readonly string[]])[] = [
    ['functions, not methods', 'func f(a int) {}\nfunc (t T) g() {}\nfunc h[T any](x T) {}', ['f', 'h']],
    ['types', 'type A struct { x, y int }\ntype (\n\tB = int\n\tC[T any] []T\n)', ['A', 'B', 'C']],
    ['variables', 'var a, b = 1, 2\nvar (\n\tc int\n\td, e = f(1, 2)\n)', ['a', 'b', 'c', 'd', 'e']],
    ['constants', 'const A = 1\nconst (\n\tB = iota\n\tC\n\tD\n)', ['A', 'B', 'C', 'D']],
    ['nothing inside of bodies', 'func f() {\n\tvar x int\n\ttype T int\n\tconst c = 1\n\tfunc() {}()\n}', ['f']],
    ['nothing that has no name of its own', 'func init() {}\nvar _ = f()\nimport (\n\tm "math"\n)', []],
    ['one line', 'type (A int; B int); var (x int; y int); func f() {}', ['A', 'B', 'f', 'x', 'y']],
    ['broken text', 'func\nvar (\ntype )))) const x', ['x']],
  ];
  for (const [what, text, names] of DECLARED) test(`declares ${what}`, () => assert.deepEqual(declared(text), names));

  test('constraints stand before the package clause', () => {
    const text = '// +build linux\n//go:build ignore\n\npackage main\n//go:build windows\n';
    assert.deepEqual(outlineOf(text).constraints, ['+build linux', 'go:build ignore']);
  });
});

suite('build constraints', () => {
  const LINES: readonly (readonly [line: string, holds: boolean])[] = [
    ['go:build linux', true],
    ['go:build ignore', false],
    ['go:build !ignore', true],
    ['go:build linux && amd64 && !cgo', true],
    ['go:build windows || (unix && go1.22)', true],
    ['go:build go1.99', false],
    ['go:build !(linux || darwin)', false],
    ['go:build !!linux', true],
    ['go:build race', true],
    ['+build ignore', false],
    ['+build windows linux,amd64', true],
    ['+build linux,!amd64', false],
    ['go:build linux &&& ((', true],
    ['go:build (ignore', true],
    ['go:build ignore &&', true],
  ];
  for (const [line, holds] of LINES) test(line, () => assert.equal(constraintsHold([line]), holds));

  test('a line too long for anybody to have written it is not understood', () => {
    assert.equal(constraintsHold([`go:build ${'('.repeat(100_000)}ignore${')'.repeat(100_000)}`]), true);
    assert.equal(constraintsHold([`go:build ${'!'.repeat(100_000)}ignore`]), true);
  });

  test('a go:build line alone counts; +build lines must all hold', () => {
    assert.equal(constraintsHold(['+build ignore', 'go:build linux']), true);
    assert.equal(constraintsHold(['+build linux', '+build ignore']), false);
    assert.equal(constraintsHold([]), true);
  });

  const NAMES: Readonly<Record<string, boolean>> = {
    'queue.go': true, 'linux.go': true, 'windows.go': true, 'queue_linux.go': true, 'queue_windows.go': false, 'queue_windows_test.go': false,
    'queue_arm64.go': false, 'queue_linux_amd64.go': true, 'queue_darwin_amd64.go': false, 'queue_linux_race.go': true, '_queue.go': false, '.queue.go': false,
    'queue_windows.pb.go': false, 'queue_linux.pb.go': true,
  }; // prettier-ignore
  for (const [name, built] of Object.entries(NAMES)) test(name, () => assert.equal(nameIsBuilt(name), built));
});
