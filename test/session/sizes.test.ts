/** This file tests what is too large for a program, its types or its memory: refused where it arises, and fine just below. */
import assert from 'node:assert/strict';
import { runText, type RunResult } from '../support/run';

/** Lines of `line(i)`, for i below `count`. */
function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}

const inMain = (body: string, before = ''): string => `${before}\nfunc main() {\n${body}\n}\n`;

function printed(text: string): string {
  const run = runText(text);
  assert.deepEqual(run.diagnostics, []);
  return run.stderr + run.stdout;
}

function refused(text: string): string[] {
  return runText(text).diagnostics.map(({ message }) => message);
}

/** Code of the first finding, and the text of the outcome. */
function ending(run: RunResult): unknown[] {
  const { outcome } = run.simulation!;
  return [run.findings[0]?.code, outcome.text];
}

/** Each type holds two of the one before; the last is `A<count>`. */
function doubled(name: string, first: string, next: (before: string) => string, count: number): string {
  return `type ${name}0 = ${first}\n${lines(count, (i) => `type ${name}${i + 1} = ${next(`${name}${i}`)}`)}\n`;
}

suite('values that no memory holds', () => {
  const OUT_OF_MEMORY = ['fatal.out-of-memory', 'fatal error: runtime: out of memory'];
  const programs = [
    'var b [1 << 30]int; b[0] = 1',
    'b := [1 << 30]int{1: 2}; b[0] = 1',
    'b := &[1 << 40]int{}; b[0] = 1',
    'b := []int{1 << 40: 1}; println(len(b))',
    'b := make([]int, 1<<32+5); println(len(b))',
    'n := 1<<40; b := make([]byte, n); println(len(b))',
    'c := make(chan int, 1<<40); c <- 1',
    'println(len(strings.Repeat("ab", 1<<40)))',
    'b := [][1 << 32]int{{}, {}}; println(len(b))',
  ];
  for (const main of programs) test(main, () => assert.deepEqual(ending(runText(inMain(main))), OUT_OF_MEMORY));

  test('package variables are a want of memory before anything runs', () => {
    const run = runText(inMain('b[0] = 1', 'var b [1 << 30]int'));
    assert.deepEqual(ending(run), ['fatal.out-of-memory', 'fatal error: runtime: cannot allocate memory']);
    assert.equal(run.stderr, '');
  });

  test('package variables that only the host cannot hold spend its budget', () => {
    const settings = { memory: 1e15 };
    const run = runText(inMain('b[0] = 1', 'var b [1 << 30]int'), 'lane', { settings });
    assert.deepEqual(ending(run), ['budget.memoryWords', undefined]);
    assert.deepEqual(ending(runText(inMain('var b [1 << 30]int; b[0] = 1'), 'lane', { settings }))[0], 'budget.memoryWords');
  }); // prettier-ignore

  test('a copy larger than a stack is a want of memory, deep recursion is none', () => {
    const copy = runText(inMain('x := t; println(x[0])', 'var t [1 << 24]int'));
    assert.equal(copy.simulation!.outcome.kind, 'budget');
    const deep = runText(inMain('println(f(0))', 'func f(n int) int { return f(n+1) + 1 }'));
    assert.equal(deep.simulation!.outcome.code, 'fatal.stack-overflow');
  });

  test('those that it holds are there', () => {
    const main = `
      y := [1 << 12]int{1: 2, 1<<12 - 1: 3}
      p, q, l := &S{b: 4}, []*S{{b: 5}, nil}, [][1 << 11]int{{3: 1}, {}}
      println(x[5], len(x), s.b, s.c[1][2], s.c[0][2], y[1], y[1<<12-1], p.b, q[0].b, l[0][3], l[1][3])
      z := y
      z[1] = 5
      println(y[1], z[1], y == z, [4]int(l[0][2:6])[1])
      f, g := func() { println(y[1]) }, s.m
      s.b = 8
      f()
      g()`;
    const before = `
      var x = [1 << 12]int{5: 7}
      type S struct { a [1<<11]int; b int; c [2][1<<10]int }
      var s = S{b: 3, c: [2][1<<10]int{1: {2: 9}}}
      func (s S) m() { println(s.b) }`;
    assert.equal(printed(inMain(main, before)), '7 4096 3 9 0 2 3 4 5 1 0\n2 5 false 1\n2\n3\n');
  });

  test('a literal that is filled where it goes may mention the variable that it is assigned to', () => {
    const main =
      'x := [300]int{1: 7}\np := &x\np = &[300]int{2: p[1]}\nx = [300]int{3: x[1]}\nprintln(p[2], x[1], x[3])';
    assert.equal(printed(inMain(main)), '7 0 7\n');
  });
});

suite('frames', () => {
  const large = (n: string): string => inMain('println(f()[0])', `func f() (x [${n}]int) { return x }`);

  test('of 1 GB are refused', () => {
    const message = 'stack frame too large (>1GB): 0 MB locals + 1024 MB args';
    assert.ok(refused(large('1 << 27')).includes(message));
    assert.deepEqual(runText(large('1 << 26')).diagnostics, []);
  });

  test('of function literals, too', () => {
    const [message] = refused(inMain('f := func(x [1 << 29]byte) {}\nprintln(f != nil)'));
    assert.match(message!, /^stack frame too large \(>1GB\)/);
  });

  test('a method value copies its receiver at once, charged by what it copies', () => {
    const slots = 1 << 16;
    const text = (size: number): string =>
      inMain('f := t{}.m\nf()', `type t [${size}]int\nfunc (t) m() { println("called") }`);
    const [large, small] = [text(slots), text(2)].map((program) => runText(program).simulation!);
    assert.equal(large!.stderr, 'called\n');
    // Into the value, and from there into the call.
    assert.ok(small!.stats.steps < 100 && large!.stats.steps <= 2 * slots);
  });

  test('a closure takes values of several slots', () => {
    const main =
      's, i := []int{1, 2}, any("x")\na := [3]int{1, 2, 3}\nf := func() { println(len(s), i == "x", a[2]) }\nf()';
    assert.equal(printed(inMain(main)), '2 true 3\n');
  });
});

suite('constants', () => {
  const strings = (count: number): string =>
    `const a0 = "0123456789abcdef"\n${lines(count, (i) => `const a${i + 1} = a${i} + a${i}`)}\n`;

  test('strings may have 16 MB', () => {
    const message = 'constant string too long (more than 16777216 bytes)';
    assert.equal(printed(inMain('println(len(a20))', strings(20))), '16777216\n');
    assert.deepEqual(refused(inMain('println(len(a40))', strings(40))), [message]);
  });

  test('literals of strings may be as long as the text, those of numbers may not, as in Go', () => {
    assert.equal(printed(inMain(`println(len("${'x'.repeat(20_000)}"))`)), '20000\n');
    assert.equal(printed(inMain(`println(1${'0'.repeat(100)} > 0)`)), 'true\n');
    const [message] = refused(inMain(`println(1${'0'.repeat(10_000)} > 0)`));
    assert.equal(message, 'excessively long constant: 1000000000... (10001 chars)');
  });

  test('all strings together may have 32 MB', () => {
    const use = (count: number): string =>
      inMain(
        lines(count, (i) => `println(len(f(a18 + "${i}")))`),
        `${strings(18)}func f(s string) string { return s }`,
      );
    assert.equal(printed(use(2)), '4194305\n4194305\n');
    assert.deepEqual(refused(use(9)), ['data too large: the string constants have more than 33554432 bytes']);
  });

  test('their bytes are joined at the seam only', () => {
    const before = 'const a, b = "\\xe2\\x82", "\\xac"\nconst c = a + b';
    assert.equal(printed(inMain('println(c == "€", len(c), len(a+"x"+b), a < c, "a"+b > c)', before)), 'true 3 4 true false\n'); // prettier-ignore
  });

  test('string constants are ordered by their bytes', () => {
    const pairs = [['\\xff', '😀'], ['\\uffff', '😀'], ['😀a', '😁'], ['a\\xe2', 'a€'], ['€', '€b'], ['', 'a']]; // prettier-ignore
    const main = lines(pairs.length, (i) => {
      const [x, y] = pairs[i]!;
      return `{ x, y := "${x}", "${y}"; println("${x}" < "${y}" == (x < y), len("${x}") == len(x), len("${y}") == len(y)) }`;
    });
    assert.equal(printed(inMain(main)), 'true true true\n'.repeat(pairs.length));
  });
});

suite('types that are written in a few lines', () => {
  test('are numbered, compared and printed in time for what is written', () => {
    const before = doubled('A', 'func(int, int) int', (t) => `func(${t}, ${t}) ${t}`, 60) + doubled('B', 'func(int, int) int', (t) => `func(${t}, ${t}) ${t}`, 60); // prettier-ignore
    const main = 'var f A60\nvar g B60 = f\nvar h any = f\n_, ok := h.(B60)\nprintln(g == nil, ok)';
    assert.equal(printed(inMain(main, before)), 'true true\n');
  });

  test('have a name that is cut off in panics and messages', () => {
    const before = doubled('A', 'func(int, int) int', (t) => `func(${t}, ${t}) ${t}`, 60);
    const run = runText(inMain('var h any = A60(nil)\nprintln(h.(int))', before));
    const { text } = run.simulation!.outcome;
    assert.match(text!, /^panic: interface conversion: interface \{\} is func\(func\(func\(.*…, not int$/);
    assert.ok(text!.length < 5000);
    const [message] = refused(inMain('var n int = A60(nil)\nprintln(n)', before));
    assert.match(message!, /^cannot use .*…/);
    assert.ok(message!.length < 40_000);
  });

  test('interfaces without a name, too', () => {
    const next = (t: string): string => `interface{ m(${t}, ${t}) }`;
    const before = `${doubled('A', 'interface{ m() }', next, 40)}${doubled('B', 'interface{ m() }', next, 40)}type X struct{}\nfunc (X) m(A39, B39) {}\n`;
    const main = 'var a A40 = X{}\nvar b B40 = a\n_, ok := any(b).(A40)\nprintln(ok)';
    assert.equal(printed(inMain(main, before)), 'true\n');
  });

  test('embedding in a diamond of 40 levels is ambiguous', () => {
    const before = `type T0 struct{ x int }\nfunc (*T0) m() {}\n${lines(40, (i) => `type A${i} struct{ *T${i} }\ntype B${i} struct{ *T${i} }\ntype T${i + 1} struct{ A${i}; B${i} }`)}`;
    assert.equal(printed(inMain('var i any = T40{}\n_, ok := i.(interface{ m() })\nprintln(ok)', before)), 'false\n');
  });

  test('are walked up to 400 levels, however they are written', () => {
    const deep = (levels: number, next: (t: string) => string): string =>
      inMain(`var t T${levels}\n_ = t`, `type T0 struct{ x int }\n${lines(levels, (i) => `type T${i + 1} ${next(`T${i}`)}`)}`); // prettier-ignore
    for (const next of [
      (t: string) => `struct{ a ${t} }`,
      (t: string) => `struct{ *${t} }`,
      (t: string) => `[1]${t}`,
    ]) {
      assert.deepEqual(refused(deep(390, next)), []);
      assert.deepEqual(refused(deep(450, next)), ['type nested too deeply']);
    }
    // A name behind a pointer ends the walk.
    assert.deepEqual(refused(deep(3000, (t) => `struct{ a *${t} }`)), []);
    assert.deepEqual(refused(inMain(`x0 := 1\n${lines(450, (i) => `x${i + 1} := &x${i}`)}\n_ = x450`)), ['type nested too deeply']); // prettier-ignore
  });
});

suite('blanks in parentheses', () => {
  const programs = [
    '(_) = 0',
    'x := 0; (_), x = 1, 2; _ = x',
    'for (_) = range 3 {}',
    'var x int; for (_), (x) = range []int{1} {}; _ = x',
    '((_)), _ = 1, 2',
    'c := make(chan int, 2); c <- 1; c <- 1; select { case (_) = <-c: default: }; select { case (_), (_) = <-c: default: }',
    'x := 0; (x) = 1; p := &(x); (*p)++; (*(p)) += 1; _ = x',
    'm := map[int]int{}; (_), (_) = m[1]; (m[1]) = 2; (m)[2]++',
  ];
  for (const main of programs) test(main, () => assert.equal(printed(inMain(`${main}\nprintln("ok")`)), 'ok\n'));

  test('are no values', () => {
    for (const main of ['(_) += 1', '(_)++', '_ = &(_)', 'println((_))'])
      assert.deepEqual(refused(inMain(main)), ['cannot use _ as value or type']);
  });
});

suite('indices and sizes of 64 bits', () => {
  /** Runs each statement, and prints what it panics with, or `fine`. */
  function outcomes(statements: readonly string[]): string[] {
    const before =
      'func try(f func()) { defer func() { e := recover(); if e == nil { e = "fine" }; fmt.Println(e) }(); f() }';
    const declare = 'n, neg, s, str, arr := 1<<32+2, -(1<<32)+2, []int{1, 2, 3, 4, 5}, "hello", [5]int{}\nvar u uint64 = 1<<63 + 2\np := &arr\n_, _, _, _, _, _, _ = n, neg, s, str, arr, u, p'; // prettier-ignore
    const run = runText(inMain(`${declare}\n${statements.map((one) => `try(func() { ${one} })`).join('\n')}`, before));
    assert.deepEqual(run.diagnostics, []);
    return run.stdout.trimEnd().split('\n');
  }

  // What go1.26 prints.
  const table: readonly (readonly [string, string])[] = [
    ['s[n] = 1', 'runtime error: index out of range [4294967298] with length 5'],
    ['s[neg] = 1', 'runtime error: index out of range [-4294967294]'],
    ['println(s[u])', 'runtime error: index out of range [9223372036854775810] with length 5'],
    ['s[u]++', 'runtime error: index out of range [9223372036854775810] with length 5'],
    ['_ = &s[u]', 'runtime error: index out of range [9223372036854775810] with length 5'],
    ['arr[u] = 2', 'runtime error: index out of range [9223372036854775810] with length 5'],
    ['arr[n] = 1', 'runtime error: index out of range [4294967298] with length 5'],
    ['p[n] = 1', 'runtime error: index out of range [4294967298] with length 5'],
    ['p[neg]++', 'runtime error: index out of range [-4294967294]'],
    ['println(len(arr[:n]))', 'runtime error: slice bounds out of range [:4294967298] with length 5'],
    ['println(len(p[n:]))', 'runtime error: slice bounds out of range [4294967298:5]'],
    ['println(len(s[neg:]))', 'runtime error: slice bounds out of range [-4294967294:]'],
    ['println(len(s[:u]))', 'runtime error: slice bounds out of range [:9223372036854775810] with capacity 5'],
    ['println(len(s[2:3:n]))', 'runtime error: slice bounds out of range [::4294967298] with capacity 5'],
    ['println(len(s[2:n:4]))', 'runtime error: slice bounds out of range [:4294967298:4]'],
    ['println(len(s[n:4:4]))', 'runtime error: slice bounds out of range [4294967298:4:]'],
    ['println(str[n])', 'runtime error: index out of range [4294967298] with length 5'],
    ['println(str[u])', 'runtime error: index out of range [9223372036854775810] with length 5'],
    ['println(str[n:])', 'runtime error: slice bounds out of range [4294967298:5]'],
    ['println(str[:n])', 'runtime error: slice bounds out of range [:4294967298] with length 5'],
    ['println(str[neg:])', 'runtime error: slice bounds out of range [-4294967294:]'],
    ['println(str[:neg])', 'runtime error: slice bounds out of range [:-4294967294]'],
    ['println(len(make([]int, u)))', 'runtime error: makeslice: len out of range'],
    ['println(len(make([]int, neg)))', 'runtime error: makeslice: len out of range'],
    ['println(len(make([]int, 1<<46)))', 'runtime error: makeslice: len out of range'],
    ['println(len(make([]int, 0, 1<<46)))', 'runtime error: makeslice: cap out of range'],
    ['println(cap(make(chan int, neg)))', 'makechan: size out of range'],
    ['println(cap(make(chan int, u)))', 'makechan: size out of range'],
    ['println(cap(make(chan int, 1<<46)))', 'makechan: size out of range'],
    ['println(len(make(map[int]int, neg)))', 'fine'],
    ['println(1 << neg)', 'runtime error: negative shift amount'],
    ['println(strings.Repeat("x", neg))', 'strings: negative Repeat count'],
    ['println(strings.Repeat("ab", 1<<62))', 'strings: Repeat output length overflow'],
    ['println(len(strings.Repeat("", 1<<62)))', 'fine'],
    ['rand.Intn(neg)', 'invalid argument to Intn'],
    ['var b strings.Builder; b.Grow(neg)', 'strings.Builder.Grow: negative count'],
    ['var wg sync.WaitGroup; wg.Add(n); wg.Add(-2); wg.Wait()', 'fine'], // the counter has 32 bits
    ['var wg sync.WaitGroup; wg.Add(neg - 3)', 'sync: negative WaitGroup counter'],
    [
      'var q *[1 << 40]int; println(len(q), q[1<<39])',
      'runtime error: invalid memory address or nil pointer dereference',
    ],
    ['var q *[1 << 40]int; q[1<<39] = 1', 'runtime error: invalid memory address or nil pointer dereference'],
    ['_ = (*[1 << 40]int)(s)', 'runtime error: cannot convert slice with length 5 to array or pointer to array with length 1099511627776'], // prettier-ignore
    ['assert(sort.Search(n, func(i int) bool { return i >= 1<<32 }) == 1<<32)', 'fine'],
    ['c := 0; for range n { c++; if c > 3 { break } }; assert(c == 4)', 'fine'],
    ['m := map[int]string{2: "no", 1<<32 + 2: "yes"}; assert(m[n] == "yes")', 'fine'],
    ['switch n { case 2: panic("two"); case 1<<32 + 2: }', 'fine'],
    ['assert(n != 2 && n > 1<<32 && n <= 1<<33 && n&3 == 2 && n%7 == 6)', 'fine'],
  ];
  test('are looked at whole, and told as Go tells them', () => {
    assert.deepEqual(
      outcomes(table.map(([statement]) => statement)),
      table.map(([, outcome]) => outcome),
    );
  });
});
