/**
 * This file crosses what texts are made of with where it can stand: each expression in each place for one, each type and each statement likewise. Each pair is
 * a shape (there are 7,500), so that what only one expression in one place costs is not overlooked. Most are right, since a right program is also compiled.
 */
import { rowOf, type Shape } from './shape';

/** What the others name. */
const PRELUDE = `type T struct { a, b int }
func (t T) m() int { return t.a }
func (t *T) n() {}
type I interface { m() int }
type A4 [4]int
type E struct { T; c string }
func f() int { return 1 }
func two() (int, int) { return 1, 2 }
func add(a, b int) int { return a + b }
func sink(xs ...any) int { return len(xs) }
var x, y int
var s string
var b bool
var fl float64
var by byte
var xs []int
var arr [4]int
var mp map[string]int
var c chan int
var t T
var emb E
var p *T
var ip *int
var e any
var iface I
var h func() int
var err error
var mu sync.Mutex
var wg sync.WaitGroup
const k = 7
`;

/** An item of a repetition. */
type Item = (i: number) => string;

/** A place for items: what stands around all of them, and around one. Where it holds so many at most, there is one after another. */
interface Place {
  readonly name: string;
  readonly head?: string;
  readonly item: (item: string, i: number) => string;
  readonly foot?: string;
}

const OF_PACKAGE = { foot: 'func main() {}\n' };
const OF_MAIN = { head: 'func main() {\n', foot: '}\n' };

const EXPRESSIONS: readonly (string | Item)[] = [
  '1', "'a'", '1.5', '"s"', '`r`', 'nil', 'true', 'x', 'k', 'x + y', 'x << 1', '1 + 2 * 3', '"a" + "b"', 's + "b"', 'x == y', 'b && !b', '-x', '^x', '(x)', '*ip', '&x', '<-c',
  'f()', 'add(1, x)', 'add(two())', 'sink()', 'sink(1, s)', 'f', 'h', 'h()', 't.a', 'p.a', 'emb.a', 'emb.T.a', 't.m()', 'p.m()', 'emb.m()', 'iface.m()', 't.m', 'T.m', '(*T).n',
  'xs[0]', 'xs[x]', 'arr[1]', 's[0]', 'mp["k"]', 'xs[1:2]', 'arr[:]', 's[1:]', 'xs[:1:2]', 'e.(int)', 'e.(I)', 'int(fl)', 'string(by)', '[]byte(s)', 'any(x)', 'float64(1)', 'A4(arr)',
  'T{}', 'T{1, 2}', 'T{a: 1}', '&T{}', 'E{T{1, 2}, "c"}', '[]int{}', '[]int{1, 2}', '[4]int{}', '[4]int{3: 1}', '[1 << 12]int{9: 1}', '[...]int{1, 2}', '[]T{{1, 2}}', '[]*T{{}}', '[][]int{{1}}', 'map[string]int{}', 'map[string]int{"a": 1}', 'map[T]T{{}: {}}', 'struct{ a int }{1}', 'struct{}{}',
  'func() {}', 'func() int { return x }', 'func(a int) int { return a }(1)', 'func() (a, b int) { return }', 'len(xs)', 'len("abc")', 'cap(c)', 'make([]int, 1)', 'make(chan int, x)', 'make(map[int]int)', 'new(int)', 'append(xs, 1)', 'append(xs, xs...)', 'min(x, 1, y)', 'copy(xs, xs)', 'recover()',
  'fmt.Sprint(x)', 'fmt.Sprintf("%d", x)', 'time.Second', 'strings.Repeat(s, 2)', 'errors.New(s)', 'sync.Mutex{}', '5ms', 'math.Pi', 'strconv.Itoa(x)',
  (i) => `"text ${i}"`, (i) => `${i}.25`, (i) => `[]int{${i}}`, (i) => `func() int { return ${i} }`, (i) => `struct{ f${i} int }{}`, (i) => `[${i + 1}]byte{}`, (i) => `any(T{${i}, 1})`, (i) => `x + ${i}`,
  // Mistakes.
  'nosuch', (i) => `nosuch${i}`, 'nosuch.x', 't.nosuch', 'p.nosuch()', 'fmt.Nosuch', '"a" + 1', 'x + s', 'f(1)', 'add(1)', 'add(1, s)', 'sink(nosuch)', 'T{1}', 'T{1, 2, 3}', 'T{z: 1}', 'T{a: 1, 2}', 'T{a: 1, a: 2}', '[]int{"a"}', '[2]int{1, 2, 3}', '[]int{0: 1, 0: 2}', 'map[string]int{"a": 1, "a": 2}', 'map[[]int]int{}', '1 / 0', '1 << 100', 'int8(300)', '&1', '*x', 'x()', 'x[0]', 'xs["a"]', 'arr[9]', 'x.(int)', 'e.(nosuch)', 'int', 'T', 'fmt', 'len(1)', 'make(int)', 'new(1)', 'two()', 'panic(1)', '<-x', '!x', '-s', 'f == f', 'xs == xs', 'func() int {}', 'func() { return 1 }', 'func() { z := 1 }', 'P[int]{}', 'g[int](1)', '1i', 'x ++ y', '1 +', ')', 'T{', '"open', "'ab'", '0x', '09', '1e', '\u00e4', '$', 'x y', 'a,,b', 'func(', 'map[', '[]',
]; // prettier-ignore

const PLACES_OF_EXPRESSIONS: readonly Place[] = [
  { name: 'variables', item: (e, i) => `var v${i} = ${e}\n`, ...OF_PACKAGE },
  { name: 'variables of any', item: (e, i) => `var v${i} any = ${e}\n`, ...OF_PACKAGE },
  { name: 'locals', item: (e, i) => `v${i} := ${e}; _ = v${i}\n`, ...OF_MAIN },
  { name: 'blanks', item: (e) => `_ = ${e}\n`, ...OF_MAIN },
  { name: 'statements', item: (e) => `${e}\n`, ...OF_MAIN },
  { name: 'a slice', head: 'var v = []any{', item: (e) => `${e}, `, foot: '}\nfunc main() {}\n' },
  { name: 'an array in main', head: 'func main() {\n_ = [...]any{', item: (e) => `${e}, `, foot: '}\n}\n' },
  { name: 'a map', head: 'var v = map[int]any{', item: (e, i) => `${i}: ${e},\n`, foot: '}\nfunc main() {}\n' },
  { name: 'arguments', head: 'func main() {\nsink(', item: (e) => `${e}, `, foot: ')\n}\n' },
  { name: 'println', item: (e) => `println(${e})\n`, ...OF_MAIN },
  { name: 'calls', item: (e) => `sink(${e})\n`, ...OF_MAIN },
  { name: 'go', item: (e) => `go sink(${e})\n`, ...OF_MAIN },
  { name: 'results', item: (e, i) => `func r${i}() any { return ${e} }\n`, ...OF_PACKAGE },
  { name: 'conditions', item: (e) => `if e == ${e} {}\n`, ...OF_MAIN },
  { name: 'cases', head: 'func main() {\nswitch e {\n', item: (e) => `case ${e}:\n`, foot: '}\n}\n' },
  { name: 'indices', item: (e) => `xs[${e}] = 1\n`, ...OF_MAIN },
  { name: 'additions', item: (e) => `x = x + ${e}\n`, ...OF_MAIN },
  { name: 'ranges', item: (e) => `for range ${e} {}\n`, ...OF_MAIN },
  { name: 'closures', item: (e) => `_ = func() any { return ${e} }\n`, ...OF_MAIN },
  { name: 'constants', item: (e, i) => `const c${i} = ${e}\n`, ...OF_PACKAGE },
  { name: 'pairs', item: (e) => `e, _ = ${e}, ${e}\n`, ...OF_MAIN },
]; // prettier-ignore

const TYPES: readonly (string | Item)[] = [
  'int', 'string', 'T', 'I', 'any', 'error', '*T', '**int', '[]int', '[][]T', '[4]int', '[1 << 12]int', '[4][4]T', '[0]int', 'map[string]int', 'map[T]*T', 'chan int', '<-chan T', 'chan<- func()', 'func()', 'func(int, string) (T, error)', 'func(xs ...int)', 'struct{}', 'struct{ a int }', 'struct{ T }', 'struct{ *T; a, b int }', 'struct{ a int `tag` }', 'interface{}', 'interface{ m() int }', 'interface{ I; z() }', 'sync.Mutex', 'time.Duration', '[k]int', '[len(arr)]T', 'E', '(int)',
  (i) => `[${i + 1}]int`, (i) => `struct{ f${i} int }`, (i) => `struct{ a, b${i} string; T }`, (i) => `func([${i + 1}]T)`, (i) => `interface{ m${i}() }`, (i) => `map[[${i + 1}]int]string`, (i) => `chan struct{ f${i} []int }`,
  'nosuch', (i) => `nosuch${i}`, 'fmt.Nosuch', 'x', '[x]int', '[-1]int', '[1 << 60]int', '[]', 'map[[]int]int', 'struct{ a int; a int }', 'struct{ T; T }', 'interface{ m(); m() }', 'P[int]', '[...]int', 'func(a, int)', 'chan', 'int | string', 'complex128', '1', '"s"', 'struct{',
]; // prettier-ignore

const PLACES_OF_TYPES: readonly Place[] = [
  { name: 'types', item: (t, i) => `type Q${i} ${t}\n`, ...OF_PACKAGE },
  { name: 'aliases', item: (t, i) => `type Q${i} = ${t}\n`, ...OF_PACKAGE },
  { name: 'types, used', item: (t, i) => `type Q${i} ${t}\nvar v${i} Q${i}\n`, ...OF_PACKAGE },
  { name: 'types, boxed', item: (t, i) => `type Q${i} ${t}\nvar z${i} Q${i}\nvar v${i} any = z${i}\n`, ...OF_PACKAGE },
  { name: 'types with a method', item: (t, i) => `type Q${i} ${t}\nfunc (q Q${i}) m() int { return 1 }\n`, ...OF_PACKAGE },
  { name: 'types of main', item: (t, i) => `type Q${i} ${t}\n`, ...OF_MAIN },
  { name: 'variables', item: (t, i) => `var v${i} ${t}\n`, ...OF_PACKAGE },
  { name: 'locals', item: (t, i) => `var v${i} ${t}; _ = v${i}\n`, ...OF_MAIN },
  { name: 'fields', head: 'type Q struct {\n', item: (t, i) => `f${i} ${t}\n`, foot: '}\nvar q Q\nfunc main() { q = q }\n' },
  { name: 'parameters', item: (t, i) => `func r${i}(v ${t}) {}\n`, ...OF_PACKAGE },
  { name: 'results', item: (t, i) => `func r${i}() (v ${t}) { return }\n`, ...OF_PACKAGE },
  { name: 'methods of an interface', head: 'type Q interface {\n', item: (t, i) => `m${i}(${t}) ${t}\n`, foot: '}\nfunc main() {}\n' },
  { name: 'elements', item: (t, i) => `var v${i} = []${t}{}\n`, ...OF_PACKAGE },
  { name: 'new', item: (t) => `_ = new(${t})\n`, ...OF_MAIN },
  { name: 'conversions', item: (t) => `_ = (${t})(x)\n`, ...OF_MAIN },
  { name: 'assertions', item: (t) => `_ = e.(${t})\n`, ...OF_MAIN },
  { name: 'cases', head: 'func main() {\nswitch e.(type) {\n', item: (t) => `case ${t}:\n`, foot: '}\n}\n' },
  { name: 'comparisons', item: (t, i) => `var v${i}, w${i} ${t}; _ = v${i} == w${i}\n`, ...OF_MAIN },
  { name: 'copies', item: (t, i) => `var v${i} ${t}\nfunc r${i}() ${t} { v := v${i}; e = v; return v }\n`, ...OF_PACKAGE },
  { name: 'constraints', item: (t, i) => `func r${i}[P ${t}](v P) {}\n`, ...OF_PACKAGE },
]; // prettier-ignore

const STATEMENTS: readonly (string | Item)[] = [
  ';', 'x = 1', 'x++', 'x += y', 'x, y = y, x', 'x, y = two()', 'var z = 1; _ = z', 'var z int; z = 1; _ = z', 'z := x; _ = z', 'z, w := two(); _, _ = z, w', '_ = x', 't.a = 1', 'p.a++', 'xs[0] = 1', 'arr[x] = y', 'mp["a"] = 1', 'mp["a"]++', '*ip = 1', 'c <- 1', '<-c', 'f()', 't.m()', 'p.n()', 'h()', 'sink(1, s, t)', 'fmt.Println("a", x)', 'fmt.Printf("%d %s\\n", x, s)', 'println(x, s)', 'go f()', 'go func() { x++ }()', 'go p.n()', 'defer f()', 'defer func() { recover() }()', 'mu.Lock(); x++; mu.Unlock()', 'wg.Go(func() { x++ })',
  'if b { x++ }', 'if x > 1 { x++ } else { y++ }', 'if x == 1 { } else if x == 2 { } else { y++ }', 'if z := f(); z > 1 { x = z }', 'for b { x++ }', 'for { break }', 'for i := 0; i < 3; i++ { x += i }', 'for i := range 3 { x += i }', 'for i, z := range xs { x = i + z }', 'for k, z := range mp { s = k; x = z }', 'for range c { x++ }', 'for _, r := range s { x = int(r) }', 'switch x { case 1: y++; case 2, 3: y--; default: x++ }', 'switch { case b: x++; fallthrough; default: x-- }', 'switch z := e.(type) { case int: x = z; case string: s = z }', 'switch s { case "a": x++; case "b": y++ }', 'select { case c <- 1: x++; case z := <-c: x = z; default: }', '{ x++ }', '{ z := x; y = z }', 'z := func() int { return x }; x = z()', 'return', 'panic("p")', 'type Z struct{ a int }; var z Z; x = z.a', 'const z = 1; x = z', 'z := [4]int{1, 2}; arr = z', 'z := T{1, 2}; t = z', 'p = &T{1, 2}', 'e = t', 'iface = t', 'b = e == nil', 'b = t == T{1, 2}', 'xs = append(xs, 1, 2, 3)', 'delete(mp, "a")', 'close(c)', 'clear(mp)', 'copy(xs, xs[1:])', 'work(5ms)', 'time.Sleep(5ms)', 's += "abc"', 'defer mu.Unlock()', 'thread func() { x++ }()',
  (i) => `L${i}: for { break L${i} }`, (i) => `L${i}: for b { for { continue L${i} } }`, (i) => `goto L${i}; L${i}: x++`, (i) => `v${i} := ${i}; go func() { v${i}++ }()`, (i) => `x = ${i}`, (i) => `s = "text ${i}"`, (i) => `type Z${i} int; e = Z${i}(1)`, (i) => `func() { a${i}, z := 1, ${i}; _, _ = a${i}, z }()`,
  'x := 1', 'z := 1', 'var z int', 'x = "s"', 'x = nosuch', (i) => `x = nosuch${i}`, 'nosuch()', 't.nosuch = 1', '1', 'x', 'x + 1', 'x == 1', 'f', 'x, y = 1', 'x, y := two(), 1', 'z, z := 1, 2', 'k = 1', 'f() = 1', 's[0] = 1', 'c <- "s"', 'break', 'continue', 'fallthrough', 'goto nosuch', 'break nosuch', 'L: x++', 'return 1', 'if x { }', 'for x { }', 'for i := range fl { }', 'switch x { case "a": }', 'switch x { case 1: case 1: }', 'switch x.(type) { }', 'switch e.(type) { case int: case int: }', 'select { case x: }', 'defer 1', 'go f', 'if', 'if b', 'for', '}', 'x =', 'x y', 'var', 'case 1:', 'else { }', 'func z() { }', 'import "fmt"', 'package main', '/*', '"', '0x', '#',
]; // prettier-ignore

const PLACES_OF_STATEMENTS: readonly Place[] = [
  { name: 'main', item: (s) => `${s}\n`, ...OF_MAIN },
  { name: 'functions', item: (s, i) => `func r${i}() {\n${s}\n}\n`, ...OF_PACKAGE },
  { name: 'functions with a result', item: (s, i) => `func r${i}() int {\n${s}\n}\n`, ...OF_PACKAGE },
  { name: 'methods', item: (s, i) => `func (t *T) r${i}(a int) (z int) {\n${s}\nreturn\n}\n`, ...OF_PACKAGE },
  { name: 'closures', item: (s) => `func() {\n${s}\n}()\n`, ...OF_MAIN },
  { name: 'closures of variables', item: (s, i) => `var v${i} = func() int { ${s}; return 1 }\n`, ...OF_PACKAGE },
  { name: 'goroutines', item: (s) => `go func() { ${s} }()\n`, ...OF_MAIN },
  { name: 'one closure', head: 'func main() {\nx, y := 1, 2\nfunc() {\n', item: (s) => `${s}\n`, foot: '}()\n}\n' },
  { name: 'blocks', item: (s) => `{ ${s} }\n`, ...OF_MAIN },
  { name: 'ifs', item: (s) => `if b { ${s} } else { ${s} }\n`, ...OF_MAIN },
  { name: 'loops', item: (s) => `for i := 0; i < x; i++ { ${s}; x = i }\n`, ...OF_MAIN },
  { name: 'cases', head: 'func main() {\nswitch x {\n', item: (s, i) => `case ${i}: ${s}\n`, foot: '}\n}\n' },
  { name: 'cases of types', head: 'func main() {\nswitch e.(type) {\n', item: (s, i) => `case [${i}]int: ${s}\n`, foot: '}\n}\n' },
  { name: 'selects', head: 'func main() {\nselect {\n', item: (s) => `case <-c: ${s}\n`, foot: '}\n}\n' },
  { name: 'locals', head: 'func main() {\nx, y, b := 1, 2, true\nvar t T\nvar arr [4]int\nvar xs []int\nvar s string\n', item: (s) => `${s}\n`, foot: '_, _, _, _, _, _, _ = x, y, b, t, arr, xs, s\n}\n' },
  { name: 'generic functions', item: (s, i) => `func r${i}[P any](p P) {\n${s}\n}\n`, ...OF_PACKAGE },
  { name: 'twelve blocks', item: (s) => `${'{'.repeat(12)} ${s} ${'}'.repeat(12)}\n`, ...OF_MAIN },
  { name: 'the package', item: (s) => `${s}\n`, ...OF_PACKAGE },
]; // prettier-ignore

function crossed(kind: string, items: readonly (string | Item)[], places: readonly Place[]): Shape[] {
  return places.flatMap(({ name, head = '', item, foot = '' }) =>
    items.map((thing): Shape => {
      const text = typeof thing === 'string' ? (): string => thing : thing;
      const shape = rowOf(`${kind} ${text(0)} in ${name}`, (i) => item(text(i), i), PRELUDE + head, foot);
      return /nosuch/i.test(text(0)) ? { ...shape, suggests: true } : shape;
    }),
  );
}

export const crossedShapes: readonly Shape[] = [
  ...crossed('expression', EXPRESSIONS, PLACES_OF_EXPRESSIONS),
  ...crossed('type', TYPES, PLACES_OF_TYPES),
  ...crossed('statement', STATEMENTS, PLACES_OF_STATEMENTS),
];

/** Every so many of them is read by `npm test`: a number that has no divisor in common with how many things there are, so that each comes in some place. */
const SAMPLED = 17;
export const crossedSample: readonly Shape[] = crossedShapes.filter((_, i) => i % SAMPLED === 0);
