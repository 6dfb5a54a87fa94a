/** This file tests that a program runs until it reaches what is not supported, that this ends it with a finding, and that nothing else is said of it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileSources, type Compiled } from '../../src/session/compile';
import { simulate } from '../../src/session/simulation';
import { runText } from '../support/run';

/** Something unsupported: what it needs at package level, and the statements of a function, of which one is marked `TRAP` when they do not all run. */
interface Use {
  readonly code: string;
  readonly decls?: string;
  readonly body: string;
  readonly imports?: string;
}

const USES: Readonly<Record<string, Use>> = {
  'a generic function': { code: 'unsupported.generics', decls: 'func id[T any](x T) T { return x }', body: 'println(id(1)) // TRAP' },
  'a generic function, instantiated': { code: 'unsupported.generics', decls: 'func zero[T any]() (x T) { return }', body: 'f := zero[int] // TRAP\nprintln(f())' },
  'a generic type': {
    code: 'unsupported.generics',
    decls: 'type List[T any] struct{ items []T }\nfunc (l *List[T]) Push(x T) { l.items = append(l.items, x) }',
    body: 'var l List[int] // TRAP\nl.Push(1)\nfor _, x := range l.items {\nprintln(x)\n}',
  },
  'a literal of a generic type': { code: 'unsupported.generics', decls: 'type Pair[K comparable, V any] struct { k K; v V }', body: 'p := &Pair[string, int]{k: "a", v: 1} // TRAP\nprintln(p.k, p.v)' },
  'a constraint': { code: 'unsupported.generics', decls: 'type number interface{ ~int | ~float64 }', body: 'var n number // TRAP\n_ = n' },
  'a range over a function': { code: 'unsupported.range-func', decls: 'func seq(yield func(int) bool) { yield(1) }', body: 'for x := range seq { // TRAP\nprintln(x)\n}' },
  'a range over a function literal': { code: 'unsupported.range-func', body: 'for range func(yield func() bool) { yield() } { // TRAP\nprintln(1)\n}' },
  'a range over an imported sequence': { code: 'unsupported.package', imports: 'import "slices"', body: 'for i, x := range slices.All([]int{1}) { // TRAP\nprintln(i, x)\n}' },
  'a complex constant': { code: 'unsupported.complex', body: 'c := 2i // TRAP\nprintln(c)' },
  'a complex variable': { code: 'unsupported.complex', body: 'var c complex128 // TRAP\nc = c * c\nprintln(c)' },
  'a complex result': { code: 'unsupported.complex', body: 'println(real(complex(1, 2))) // TRAP' },
  'a package': { code: 'unsupported.package', imports: 'import "net/http"', body: 'r, err := http.Get("x") // TRAP\nif err != nil {\npanic(err)\n}\ndefer r.Body.Close()\nprintln(r.StatusCode == http.StatusOK)' },
  'a package of a major version': { code: 'unsupported.package', imports: 'import "math/rand/v2"', body: 'println(rand.IntN(3)) // TRAP' },
  'a package by another name': { code: 'unsupported.package', imports: 'import r "reflect"', body: 'println(r.DeepEqual(1, 1)) // TRAP' },
  'a package without a name': { code: 'unsupported.package', imports: 'import . "reflect"', body: 'println(DeepEqual(1, 1)) // TRAP' },
  'a symbol': { code: 'unsupported.symbol', imports: 'import "strings"', body: 'a, b, ok := strings.Cut("a=b", "=") // TRAP\nprintln(a, b, ok)' },
  'a method': { code: 'unsupported.symbol', imports: 'import "sync"', body: 'var m sync.Map\nprintln("map")\nm.Swap(1, 2) // TRAP' },
  'an unsafe size': { code: 'unsupported.package', imports: 'import "unsafe"', body: 'var a [unsafe.Sizeof(1)]byte // TRAP\na[0] = 1' },
  'an unsafe pointer': { code: 'unsupported.package', imports: 'import "unsafe"', body: 'x := 1\nprintln(*(*uint)(unsafe.Pointer(&x))) // TRAP' },
  'several results as arguments of a built-in': { code: 'unsupported.results-as-arguments', decls: 'func two() ([]int, int) { return nil, 1 }', body: 's := append(two()) // TRAP\nprintln(len(s))' },
  'a condition': { code: 'unsupported.package', imports: 'import "bytes"', body: 'if bytes.Equal(nil, nil) { // TRAP\nprintln("equal")\n} else {\nprintln("different")\n}' },
  'the condition of an else': { code: 'unsupported.package', imports: 'import "bytes"', body: 'if x := 1; x == 2 {\n} else if bytes.Equal(nil, nil) { // TRAP\n}' },
  'a branch': { code: 'unsupported.package', imports: 'import "bytes"', body: 'for i := 0; i < 3; i++ {\nprintln(i)\nif i == 1 {\nprintln(bytes.Equal(nil, nil)) // TRAP\n}\n}' },
  'a tag': { code: 'unsupported.package', imports: 'import "bytes"', body: 'switch bytes.Compare(nil, nil) { // TRAP\ncase 0:\n}' },
  'a case of a type switch': { code: 'unsupported.package', imports: 'import "net/http"', body: 'var x any = 1\nswitch y := x.(type) {\ncase int:\n_ = y\ncase http.Handler: // TRAP\ny.ServeHTTP(nil, nil)\n}' },
  'a case of a select': { code: 'unsupported.package', imports: 'import "os/signal"', body: 'c := make(chan any, 1)\nselect {\ncase c <- signal.Ignored(nil): // TRAP\ndefault:\n}' },
  'a deferred call': { code: 'unsupported.package', imports: 'import "runtime/pprof"', body: 'defer pprof.StopCPUProfile() // TRAP' },
  'a goroutine': { code: 'unsupported.package', imports: 'import "net/http"', body: 'go http.ListenAndServe("", nil) // TRAP' },
  'a label': { code: 'unsupported.package', imports: 'import "bytes"', body: 'again:\nfor i := 0; ; i++ {\nif i == 2 {\nbreak again\n}\nif i == 1 {\nprintln(bytes.Equal(nil, nil)) // TRAP\ncontinue again\n}\n}' },
  'the value of an opaque variable of the package': { code: 'unsupported.package', imports: 'import "regexp"', decls: 'var word = regexp.MustCompile("x")', body: 'println("before it")\nprintln(word.MatchString("x")) // TRAP' },
  'a known variable of the package with an opaque initialiser': { code: 'unsupported.package', imports: 'import "flag"', decls: 'var n int = *flag.Int("n", 1, "")\nvar twice = n + n', body: 'println("before it")\nprintln(twice) // TRAP' },
  'a constant of the package': { code: 'unsupported.package', imports: 'import "net/http"', decls: 'const ok = http.StatusOK', body: 'println(ok) // TRAP' },
  'a field': { code: 'unsupported.package', imports: 'import "bytes"', decls: 'type T struct { n int; b bytes.Buffer }', body: 't := &T{n: 1}\nt.n++\nu := *t\nprintln(t.n, u.n)\nt.b.WriteString("x") // TRAP' },
  'a promoted method': { code: 'unsupported.package', imports: 'import "bytes"', decls: 'type T struct { bytes.Buffer; n int }', body: 'var t T\nt.n++\nprintln(t.n)\nt.WriteString("x") // TRAP' },
  'a value that embeds what nobody knows, as an interface': { code: 'unsupported.package', imports: 'import "bytes"\nimport "fmt"', decls: 'type T struct { *bytes.Buffer }', body: 'var s fmt.Stringer = T{} // TRAP\nprintln(s.String())' },
  'an interface that embeds what nobody knows': { code: 'unsupported.package', imports: 'import "net/http"', decls: 'type H interface { http.Handler; Close() }\ntype h struct{}\nfunc (h) Close() {}', body: 'var x H = h{} // TRAP\nx.Close()' },
  'a parameter': { code: 'unsupported.package', imports: 'import "net/http"', decls: 'func serve(w http.ResponseWriter, r *http.Request) {\nw.Write([]byte(r.URL.Path))\n}', body: 'serve(nil, nil) // TRAP' },
  'a result': { code: 'unsupported.package', imports: 'import "net/http"\nimport "errors"', decls: 'func get(u string) (*http.Request, error) {\nprintln("get")\nif u == "" {\nreturn nil, errors.New("empty") // TRAP\n}\nreturn http.NewRequest(u, u, nil)\n}', body: 'get("")' },
  'an element': { code: 'unsupported.package', imports: 'import "net/http"', decls: 'func all(hs []http.Handler) {\nprintln(len(hs))\nfor i, h := range hs { // TRAP\nprintln(i, h)\n}\n}', body: 'all(nil)' },
  'a captured variable': { code: 'unsupported.package', imports: 'import "bytes"', body: 'b := new(bytes.Buffer) // TRAP\nf := func() { b.WriteString("x") }\ngo f()\nf()' },
  'a function literal': { code: 'unsupported.package', imports: 'import "net/http"', body: 'f := func(w http.ResponseWriter) { w.Write(nil) }\nprintln(f != nil)\nf(nil) // TRAP' },
  'a type of the function': { code: 'unsupported.package', imports: 'import "net/http"', body: 'type T struct { n int; h http.Handler }\nt := T{n: 1}\nprintln(t.n)\nprintln(t.h == nil) // TRAP' },
  'a declared type': { code: 'unsupported.package', imports: 'import "net/http"', decls: 'type state http.ConnState\nfunc (s state) ok() bool { return s == 1 }', body: 'var s state = 1 // TRAP\nprintln(s.ok())' },
  'a field of the machine of a test': { code: 'unsupported.symbol', imports: 'import "testing"', decls: 'func BenchmarkX(b *testing.B) {\nfor i := 0; i < b.N; i++ {\n}\n}', body: 'BenchmarkX(nil) // TRAP' },
}; // prettier-ignore

/** A Go program whose main prints `before`, runs the use where `reached`, and prints `after`. */
function program(use: Use, reached: boolean): string {
  const condition = reached ? '' : 'if len(os.Args) > 99 {\n';
  const lines = [
    'package main',
    reached ? '' : 'import "os"',
    use.imports ?? '',
    use.decls ?? '',
    `func use() {\n${use.body}\n}`,
    `func main() {\nprintln("before")\n${condition}use()\n${condition && '}\n'}println("after")\n}`,
  ];
  return lines.filter((line) => line !== '').join('\n') + '\n';
}

const outcomeOf = ({ program: checked, code }: Compiled): string => simulate(checked, code!, { seed: 1 }).outcome.kind; // prettier-ignore

/** Line of the mark, from 1. */
const trapLine = (text: string): number => text.split('\n').findIndex((line) => line.includes('// TRAP')) + 1;

suite('what is not supported', () => {
  for (const [name, use] of Object.entries(USES)) {
    test(`${name} ends the run where it is reached`, () => {
      const text = program(use, true);
      const { simulation, diagnostics, findings, stderr } = runText(text, 'go');
      assert.ok(simulation, JSON.stringify(diagnostics));
      assert.equal(simulation.outcome.kind, 'unsupported', stderr);
      assert.match(stderr, /^before\n/);
      assert.doesNotMatch(stderr, /after/);
      const [finding, more] = findings.filter(({ kind }) => kind === 'unsupported');
      assert.equal(more, undefined);
      assert.equal(finding!.code, use.code);
      const { places } = simulation.trace.meta;
      assert.equal(places[finding!.sites[0]!.place]!.line, trapLine(text), finding!.message);
    });

    test(`${name} is no obstacle where it is not reached`, () => {
      const { simulation, diagnostics, findings, stderr } = runText(program(use, false), 'go');
      assert.ok(simulation, JSON.stringify(diagnostics));
      assert.deepEqual([simulation.outcome.kind, findings.length, stderr], ['exit', 0, 'before\nafter\n']);
    });

    test(`${name} is told as a warning with the reason`, () => {
      const { program: checked } = compileSources([{ name: 'a.go', text: program(use, true) }]);
      assert.ok(checked.diagnostics.length > 0);
      for (const { severity, code, message } of checked.diagnostics) {
        assert.equal(severity, 'warning', message);
        assert.equal(code, use.code, message);
        assert.match(message, /not supported.*: the program runs until it reaches this/);
      }
    });
  }

  test('of one declaration each reason is told once, at its first use', () => {
    const text = `package main

import "net/http"

func a() {
	http.Get("x")
	http.Get("y")
	func() { http.Head("z") }()
}

func b() { http.Get("x") }

func main() { a(); b() }
`;
    const { diagnostics } = runText(text, 'go');
    assert.deepEqual(diagnostics.map(({ line }) => line), [6, 11]); // prettier-ignore
  });

  test('an import of a package that is not supported must be used, and being named in a generic body is a use', () => {
    const head = 'package main\n\nimport "sync"\nimport "bytes"\n\n';
    const unused = runText(`${head}func main() {}\n`, 'go').diagnostics.map(({ message }) => message);
    assert.deepEqual(unused, ['"sync" imported and not used', '"bytes" imported and not used']);
    const box = 'type Box[T any] struct { mu sync.Mutex; v T }\nfunc (b *Box[T]) Do() { bytes.Equal(nil, nil) }\n';
    const used = runText(`${head}${box}func main() { println("ok") }\n`, 'go');
    assert.deepEqual([used.stderr, used.diagnostics.map(({ code }) => code)], ['ok\n', ['unsupported.generics']]);
  });

  const WRONG: readonly (readonly [what: string, body: string, message: RegExp])[] = [
    ['an unknown name', 'http.Get(x)', /undefined: x/],
    ['an unused variable', 'x := 1\nhttp.Get("x")', /declared and not used: x/],
    ['a wrong assignment', 'var r *http.Request\nvar n int = "one"\n_, _ = r, n', /cannot use "one"/],
    ['a wrong call', 'r, err := http.Get("x")\nf(1, 2)\n_, _ = r, err', /too many arguments in call to f/],
    [
      'a wrong operator',
      'for _, h := range []http.Handler{} {\n_ = h\n_ = 1 + "a"\n}',
      /mismatched types|cannot convert/,
    ],
    ['an unknown member of a known struct', 'var t T\nt.h = nil\nt.nothing()', /t\.nothing undefined/],
    ['a wrong type of a known field', 'var t T\nt.n = "x"\nt.h = nil', /cannot use "x"/],
    ['a syntax error', 'http.Get("x"', /syntax error/],
    ['a misplaced break', 'http.Get("x")\nbreak', /break is not in a loop/],
  ];
  for (const [what, body, message] of WRONG) {
    test(`beside it ${what} is still an error`, () => {
      const decls = 'type T struct { n int; h http.Handler }\nfunc f(int) {}\n';
      const text = `package main\n\nimport "net/http"\n\n${decls}func main() {\n${body}\n}\n`;
      const { program: checked, code } = compileSources([{ name: 'a.go', text }]);
      assert.equal(code, undefined);
      const errors = checked.diagnostics.filter(({ severity }) => severity === 'error');
      assert.ok(errors.length > 0 && errors.every((error) => message.test(error.message)), errors.map((error) => error.message).join('; ')); // prettier-ignore
    });
  }

  test('a package that Go does not have either is an error', () => {
    const text = 'package main\n\nimport "github.com/x/y"\n\nfunc main() { y.Do() }\n';
    const { diagnostics, exit } = runText(text, 'go');
    assert.equal(exit, 65);
    assert.match(diagnostics[0]!.message, /package github.com\/x\/y is not in std/);
    const inner = runText('package main\n\nimport "internal/abi"\n\nfunc main() { abi.Do() }\n', 'go').diagnostics;
    assert.deepEqual(inner.map(({ message }) => message), ['use of internal package internal/abi not allowed']); // prettier-ignore
  });

  test('a method of a type that is not generic cannot have type parameters', () => {
    const { diagnostics } = runText('type T struct{}\n\nfunc (t T[int]) m() {}\n\nfunc main() {}\n');
    assert.deepEqual(diagnostics.map(({ message }) => message), ['T is not a generic type']); // prettier-ignore
  });

  test('main cannot have type parameters', () => {
    const { diagnostics, exit } = runText('package main\n\nfunc main[T any]() {}\n', 'go');
    assert.equal(exit, 65);
    assert.ok(diagnostics.some(({ message }) => message === 'func main must have no type parameters'));
  });

  test('a test that reaches it ends the run of the tests, and no other test does', () => {
    const text = `package a

import (
	"reflect"
	"testing"
)

func TestGood(t *testing.T) { t.Log("good") }

func TestDeep(t *testing.T) { t.Log(reflect.DeepEqual(1, 1)) }
`;
    const run = (name: string): string => outcomeOf(compileSources([{ name: 'a_test.go', text }], { test: name }));
    assert.deepEqual(['TestGood', 'TestDeep'].map(run), ['exit', 'unsupported']);
  });

  test('law: of any functions called one after another, those before the first that reaches something have run', () => {
    const plain = Object.values(USES).filter(({ decls }) => decls === undefined);
    const calls = fc.array(fc.nat(plain.length + 2), { maxLength: 6 });
    fc.assert(
      fc.property(calls, (list) => {
        const names = list.map((i, at) => ({ use: plain[i], name: `f${at}` }));
        const imports = [...new Set(names.flatMap(({ use }) => (use?.imports ?? '').split('\n')))].filter((line) => !line.includes('. "')).join('\n'); // prettier-ignore
        const bodies = names.map(({ use, name }) => {
          const body = use && !use.imports?.includes('. "') ? `if on {\n${use.body}\n}` : '_ = on';
          return `func ${name}(on bool) {\n${body}\n}\n`;
        });
        const isTrap = ({ use }: (typeof names)[number]): boolean => use !== undefined && !use.imports?.includes('. "');
        const first = names.findIndex(isTrap);
        const text = (on: boolean): string =>
          `package main\n${imports}\n${bodies.join('')}func main() {\n${names.map(({ name }, i) => `${name}(${on})\nprintln("done", ${i})\n`).join('')}}\n`;
        const ended = (count: number): string => names.slice(0, count).map((_, i) => `done ${i}\n`).join(''); // prettier-ignore
        const off = runText(text(false), 'go');
        assert.equal(off.stderr, ended(names.length), JSON.stringify(off.diagnostics));
        const on = runText(text(true), 'go');
        const lines = on.stderr.split('\n').filter((line) => line.startsWith('done')).join('\n'); // prettier-ignore
        assert.equal(lines, ended(first < 0 ? names.length : first).trimEnd());
        assert.equal(on.simulation!.outcome.kind, first < 0 ? 'exit' : 'unsupported');
      }),
      { numRuns: 30 },
    );
  });
});
