/**
 * This file tests how package fmt calls the methods of a program: as any other code they wait, panic, print, race, are preempted and end the program.
 * What is printed was compared with Go 1.26.
 */
import assert from 'node:assert/strict';
import { type RunResult, runText } from '../support/run';
import { run } from '../runtime/harness';
import { compileLane } from '../runtime/source';

/** Runs declarations and the statements of main. */
function runs(declarations: string, main: string, options: Parameters<typeof runText>[2] = {}): RunResult {
  const result = runText(`${declarations}\nfunc main() {\n${main}\n}\n`, 'lane', options);
  assert.deepEqual(result.diagnostics, []);
  return result;
}

/** What a clean program prints. */
function prints(declarations: string, main: string): string {
  const result = runs(declarations, main);
  assert.deepEqual(
    result.findings.map(({ kind, message }) => [kind, message]),
    [],
  );
  assert.equal(result.exit, 0);
  return result.stdout;
}

/** Lines of the call stack at the first site of the first finding, innermost first. */
function linesOf({ simulation }: RunResult): number[] {
  const { places } = simulation!.trace.meta;
  return simulation!.findings[0]!.sites[0]!.stack.map((place) => places[place]!.line);
}

/** What is nested without end takes long to find out where there is much memory. */
const SMALL = { budgets: { memoryWords: 1 << 21 } };

function assertOverflow({ simulation, stdout, exit }: RunResult): void {
  const text = 'runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow';
  assert.deepEqual([simulation?.outcome.text, stdout, exit], [text, '', 2]);
}

const LOCKED = `
type locked struct{ mu *sync.Mutex }
func (l locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return "locked"
}`;

suite('fmt: a method that waits', () => {
  test('for a lock that another goroutine holds, at any depth', () => {
    const main = `
	var mu sync.Mutex
	mu.Lock()
	go func() { time.Sleep(time.Millisecond); fmt.Println("unlocking"); mu.Unlock() }()
	fmt.Println([]any{locked{&mu}, map[string]any{"a": locked{&mu}}, struct{ L locked }{locked{&mu}}})`;
    assert.equal(prints(LOCKED, main), 'unlocking\n[locked map[a:locked] {locked}]\n');
  });

  test('for a receiver', () => {
    const declarations =
      'type sender struct{ c chan int }\nfunc (s sender) String() string { s.c <- 1; return "sent" }';
    const main = `
	c := make(chan int)
	done := make(chan bool)
	go func() { fmt.Println("got", <-c); done <- true }()
	text := fmt.Sprintf("%v|%4d|%s", []any{sender{c}}, 7, "x")
	<-done
	fmt.Println(text)`;
    assert.equal(prints(declarations, main), 'got 1\n[sent]|   7|x\n');
  });

  test('for ever is a deadlock, in the method', () => {
    const result = runs(LOCKED, 'var mu sync.Mutex\nmu.Lock()\nfmt.Println([]any{locked{&mu}})');
    assert.equal(result.simulation?.outcome.text, 'fatal error: all goroutines are asleep - deadlock!');
    assert.deepEqual(linesOf(result), [4, 11]);
    assert.equal(result.stdout, '');
  });

  test('for ever in another goroutine is a leak of that goroutine', () => {
    const declarations = 'type stuck struct{}\nfunc (stuck) String() string { select {} }';
    const result = runs(declarations, 'go func() { _ = fmt.Sprint([]any{stuck{}}) }()\ntime.Sleep(time.Millisecond)');
    assert.equal(result.exit, 0);
    assert.deepEqual(result.findings.map(({ kind }) => kind), ['leak']); // prettier-ignore
  });
});

suite('fmt: a method that panics', () => {
  const BAD = 'type bad struct{ n int }\nfunc (b bad) Error() string { panic(fmt.Sprintf("no %d", b.n)) }';

  test('is named where its text would stand, with its flags forgotten and then back', () => {
    const main =
      'fmt.Printf("%v|%6.1f|%+v|%d|%q|%08.3f\\n", bad{1}, 2.5, []error{bad{2}, nil}, bad{3}, bad{4}, 3.14159)';
    assert.equal(
      prints(BAD, main),
      '%!v(PANIC=Error method: no 1)|   2.5|[%!v(PANIC=Error method: no 2) <nil>]|{3}|%!q(PANIC=Error method: no 4)|0003.142\n',
    );
  });

  test('with an error of its own asks that for its text', () => {
    const declarations = 'type index struct{ s []int }\nfunc (i index) String() string { return fmt.Sprint(i.s[3]) }';
    assert.equal(
      prints(declarations, 'fmt.Println(index{}, []any{index{}})'),
      '%!v(PANIC=String method: runtime error: index out of range [3] with length 0) [%!v(PANIC=String method: runtime error: index out of range [3] with length 0)]\n',
    );
  });

  test('while the value of its panic is being printed goes on panicking', () => {
    const declarations = 'type twice struct{}\nfunc (twice) String() string { panic(twice{}) }';
    const main = 'defer func() { _, ok := recover().(twice); fmt.Println(ok) }()\nfmt.Println([]any{twice{}})';
    assert.equal(prints(declarations, main), 'true\n');
  });

  test('for want of a receiver prints <nil>', () => {
    const declarations = `
type byValue struct{ n int }
func (v byValue) String() string { return fmt.Sprint("v", v.n) }
type byPointer struct{ n int }
func (p *byPointer) String() string {
	if p == nil {
		return "nobody"
	}
	return fmt.Sprint("p", p.n)
}`;
    const main =
      'var v *byValue\nvar p *byPointer\nfmt.Println(v, []*byValue{v, {1}}, &byValue{2}, p, []*byPointer{p, {3}})';
    assert.equal(prints(declarations, main), '<nil> [<nil> v1] v2 nobody [nobody p3]\n');
  });

  test('by Goexit ends its goroutine, deferred calls first', () => {
    const declarations = 'type leaving struct{}\nfunc (leaving) String() string { runtime.Goexit(); return "" }';
    const main = `
	done := make(chan bool)
	go func() { defer close(done); defer fmt.Println("deferred"); fmt.Println([]any{leaving{}}) }()
	<-done
	fmt.Println("still here")`;
    assert.equal(prints(declarations, main), 'deferred\nstill here\n');
  });
});

suite('fmt: which method is called, and when', () => {
  const TEXTS = `
type v struct{ n int }
func (x v) String() string { return fmt.Sprint("v", x.n) }
type pair struct{ a, b int }
func (p pair) String() string { return fmt.Sprintf("%d/%d", p.a, p.b) }
type gos struct{ a int }
func (gos) GoString() string { return "gos!" }
type empty struct{}
func (empty) String() string { return "empty" }
type wrong struct{ n int }
func (w wrong) String() int { return w.n }
type deep struct {
	Name string
	kids []v
	Kids []v
	By   map[pair]v
	P    *v
	Any  any
}`;

  test('a method Format prints by itself, whatever the verb, and sees the flags', () => {
    const printer = `
type f int
func (v f) Format(s fmt.State, verb rune) {
	w, hasWidth := s.Width()
	p, hasPrecision := s.Precision()
	fmt.Fprintf(s, "%c%d %d %t %d %t", verb, int(v), w, hasWidth, p, hasPrecision)
	for _, c := range "-+# 0x" {
		if s.Flag(int(c)) {
			fmt.Fprintf(s, " %q", c)
		}
	}
}
func (f) String() string { return "not this" }`;
    assert.equal(
      prints(printer, 'fmt.Printf("%v|%+v|%#v|%-5.2d|%05q|% z|%.f|%T\\n", f(1), f(1), f(1), f(1), f(1), f(1), f(1), f(1))'),
      "v1 0 false 0 false|v1 0 false 0 false '+'|v1 0 false 0 false '#'|d1 5 true 2 true '-'|q1 5 true 0 false '0'|z1 0 false 0 false ' '|f1 0 false 0 true|main.f\n",
    );
    assert.equal(
      prints(printer, 'fmt.Printf("%6.1f %v\\n", []any{f(1), 2.5}, fmt.Errorf("%d", f(2)))'),
      '[f1 6 true 1 true    2.5] d2 0 false 0 false\n',
    );
  }); // prettier-ignore

  test('a method Format that panics leaves what it has printed; one of another type is none', () => {
    const declarations = `
type p int
func (v *p) Format(s fmt.State, _ rune) { fmt.Fprintf(s, "p%d", int(*v)); panic("no") }
type other int
func (other) Format(s fmt.State, verb string) {}`;
    assert.equal(
      prints(declarations, 'var none *p; one := p(1); fmt.Printf("%v %5v|%d\\n", none, &one, other(2))'),
      '<nil> p1%!v(PANIC=Format method: no)|2\n',
    );
  });

  test('a State that is kept prints nothing later', () => {
    const declarations = `
var kept fmt.State
type keep int
func (keep) Format(s fmt.State, _ rune) { kept = s; s.Write([]byte("é")[:1]); s.Write([]byte("é")[1:]) }`;
    assert.equal(
      prints(declarations, 'fmt.Println(keep(1)); n, err := kept.Write([]byte("more")); w, ok := kept.Width(); fmt.Println(n, err, w, ok, kept.Flag(43))'),
      'é\n4 <nil> 0 false false\n',
    );
  }); // prettier-ignore

  test('exported parts of any depth, pointers inside excepted', () => {
    const main = `
	d := deep{"d", []v{{1}}, []v{{2}}, map[pair]v{{3, 4}: {4}, {1, 2}: {2}}, nil, pair{5, 6}}
	fmt.Printf("%v\\n%+v\\n%s\\n%d\\n", d, d, d, d)`;
    assert.equal(
      prints(TEXTS, main),
      [
        '{d [{1}] [v2] map[1/2:v2 3/4:v4] <nil> 5/6}',
        '{Name:d kids:[{n:1}] Kids:[v2] By:map[1/2:v2 3/4:v4] P:<nil> Any:5/6}',
        '{d [{%!s(int=1)}] [v2] map[1/2:v2 3/4:v4] <nil> 5/6}',
        '{%!d(string=d) [{1}] [{2}] map[{1 2}:{2} {3 4}:{4}] 0 {5 6}}',
        '',
      ].join('\n'),
    );
  });

  test('verbs, widths, numbered operands, operands too many', () => {
    const main = `
	fmt.Printf("%x %X % x %q %#q|%[2]v %[1]v|%6v|%-6v|%.2v\\n", v{1}, v{2}, v{3}, v{4}, v{5})
	fmt.Printf("%s %d\\n", v{1})
	fmt.Printf("%s\\n", v{1}, v{2}, nil)
	fmt.Printf("%v %+v %#v %#v %v\\n", gos{1}, gos{2}, []gos{{3}}, v{4}, wrong{5})
	fmt.Print(v{1}, v{2}, "x", v{3}, 4, 5, empty{}, []empty{{}, {}}, "\\n")`;
    assert.equal(
      prints(TEXTS, main),
      [
        '7631 7632 76 33 "v4" `v5`|v2 v1|    v2|v3    |v4',
        'v1 %!d(MISSING)',
        'v1',
        '%!(EXTRA main.v=v2, <nil>){1} {a:2} []main.gos{gos!} main.v{n:4} {5}',
        'v1 v2xv3 4 5 empty [empty empty]',
        '',
      ].join('\n'),
    );
  });

  test('Errorf: %w calls it too, and wraps', () => {
    const declarations =
      'type failure struct{ n int }\nfunc (f failure) Error() string { return fmt.Sprint("f", f.n) }';
    const main = `
	one := errors.New("one")
	e := fmt.Errorf("at %d: %w", 7, failure{1})
	fmt.Println(e, errors.Unwrap(e) == failure{1}, errors.Is(e, failure{1}), errors.Is(e, failure{2}))
	e = fmt.Errorf("%[2]w, %[1]w", one, failure{3})
	fmt.Println(e, errors.Is(e, failure{3}), errors.Is(e, one), errors.Is(e, errors.New("one")))
	fmt.Printf("%T %T %T %v %w\\n", fmt.Errorf("%w", one), fmt.Errorf("%w%w", one, one), fmt.Errorf("x"), fmt.Errorf("%w", 3), one)`;
    assert.equal(
      prints(declarations, main),
      [
        'at 7: f1 true true false',
        'f3, one true true false',
        '*fmt.wrapError *fmt.wrapErrors *errors.errorString %!w(int=3) %!w(*errors.errorString=&{one})',
        '',
      ].join('\n'),
    );
  });

  test('in order, with what it prints and starts before the text itself', () => {
    const declarations = `
type loud struct{ n int }
func (l loud) String() string {
	fmt.Println("saying", l.n)
	done := make(chan bool)
	go func() { fmt.Println("beside", l.n); done <- true }()
	<-done
	runtime.Gosched()
	return fmt.Sprintf("<%v>", []any{quiet{l.n}})
}
type quiet struct{ n int }
func (q quiet) String() string { return fmt.Sprint("q", q.n) }`;
    assert.equal(
      prints(declarations, 'fmt.Println([]loud{{1}, {2}}, loud{3})'),
      'saying 1\nbeside 1\nsaying 2\nbeside 2\nsaying 3\nbeside 3\n[<[q1]> <[q2]>] <[q3]>\n',
    );
  });

  test('log, testing and panics of text go the same way', () => {
    const declarations = `${LOCKED}\nfunc TestLog(t *testing.T) {\n\tvar mu sync.Mutex\n\tmu.Lock()\n\tgo func() { time.Sleep(time.Millisecond); mu.Unlock() }()\n\tt.Log([]any{locked{&mu}})\n}\n`;
    const result = runText(declarations, 'lane');
    assert.match(result.stdout, /: \[locked\]\n--- PASS: TestLog/);
    const logged = runs(LOCKED, 'log.SetFlags(0)\nvar mu sync.Mutex\nlog.Print(locked{&mu}, []any{locked{&mu}})');
    assert.equal(logged.stderr, 'locked [locked]\n');
  });

  test('a map that its values change prints as it was', () => {
    const declarations = `
type node struct{ a, b int; in map[int]node }
func (n node) String() string {
	delete(n.in, 1)
	for i := 10; i < 40; i++ {
		n.in[i] = node{}
	}
	return fmt.Sprint("n", n.a, n.b)
}`;
    const main = 'm := map[int]node{}\nfor i := 0; i < 4; i++ {\n\tm[i] = node{i, i, m}\n}\nfmt.Println(m, len(m))';
    assert.equal(prints(declarations, main), 'map[0:n0 0 1:n1 1 2:n2 2 3:n3 3] 4\n'.replace(' 4\n', ' 4\n'));
  });
});

suite('fmt: a method that does not end', () => {
  test('spends the budget, in its own line', () => {
    const declarations = 'type busy struct{ n int }\nfunc (b busy) String() string {\n\tfor {\n\t\tb.n++\n\t}\n}';
    const result = runs(declarations, 'fmt.Println([]any{busy{}})', { budgets: { steps: 100_000 } });
    const [finding] = result.findings;
    assert.equal(finding?.kind, 'budget');
    assert.equal(result.stdout, '');
    assert.ok([3, 4].includes(linesOf(result)[0]!));
  });

  test('because it prints itself overflows the stack, as in Go', () => {
    for (const how of ['fmt.Sprint(t)', 'fmt.Sprintf("%v", []any{t})', 'fmt.Errorf("%w", t).Error()']) {
      const declarations = `type t1 struct{ n int }\nfunc (t t1) Error() string { return ${how} }`;
      assertOverflow(runs(declarations, 'fmt.Println(t1{1})', SMALL));
    }
  });

  test('is preempted like other code', () => {
    const declarations =
      'type slow struct{}\nfunc (slow) String() string { n := 0; for i := 0; i < 3_000_000; i++ { n += i }; return "slow" }';
    const main =
      'go func() { for i := 0; i < 3; i++ { fmt.Println("tick"); time.Sleep(time.Millisecond) } }()\ntime.Sleep(time.Microsecond)\nfmt.Println([]any{slow{}})';
    const result = runs(declarations, main, { settings: { cores: 1 } });
    assert.match(result.stdout, /tick\n.*\[slow\]\n$/s);
    assert.equal(result.exit, 0);
  });
});

suite('fmt: values that contain themselves', () => {
  for (const [what, main] of [
    ['a slice', 's := []any{nil}\ns[0] = s\nfmt.Println(s)'],
    ['a map', 'm := map[string]any{}\nm["a"] = m\nfmt.Printf("%v", m)'],
    ['a slice type', 'type S []S\ns := S{nil}\ns[0] = s\nfmt.Println(s)'],
  ] as const) {
    test(`${what} overflows the stack, as in Go`, () => {
      assertOverflow(runs('', main, SMALL));
    });
  }

  test('pointers end at their address', () => {
    assert.match(prints('type n struct{ next *n }', 'x := &n{}\nx.next = x\nfmt.Println(x)'), /^&\{0xc[0-9a-f]+\}\n$/);
  });
});

suite('fmt: printing is reading', () => {
  const races = (main: string, declarations = ''): unknown =>
    runs(declarations, main).findings.map(({ kind, objectName }) => [kind, objectName]);

  test('elements, entries, targets and fields race with their writers', () => {
    const racy = (make: string, write: string, print = 'fmt.Println(x)'): string =>
      `x := ${make}\ngo func() { ${write} }()\ntime.Sleep(time.Millisecond)\n${print}`;
    const struct = 'type point struct{ X, Y int }';
    assert.deepEqual(races(racy('make([]int, 3)', 'x[2] = 4')), [['data-race', 'x[2]']]);
    assert.deepEqual(races(racy('map[string]bool{}', 'x["a"] = true')), [['data-race', 'x']]);
    assert.deepEqual(races(racy('&point{}', 'x.Y = 4'), struct), [['data-race', 'x.Y']]);
    assert.deepEqual(races(racy('make([]byte, 3)', 'x[1] = 4', 'fmt.Printf("%x", x)')), [['data-race', 'x[1]']]);
    assert.deepEqual(races(racy('make([]any, 2)', 'x[1] = 4', 'fmt.Println("x", 1, x)')), [['data-race', 'x[1]']]);
  });

  test('what is ordered, copied or not reached does not', () => {
    const after = (write: string, print: string): string =>
      `x := make([]int, 3)\nvar mu sync.Mutex\ngo func() { mu.Lock(); ${write}; mu.Unlock() }()\ntime.Sleep(time.Millisecond)\n${print}`;
    assert.deepEqual(races(after('x[2] = 4', 'mu.Lock(); fmt.Println(x); mu.Unlock()')), []);
    assert.deepEqual(races(after('x[2] = 4', 'fmt.Println(len(x), x[:2])')), []);
    assert.deepEqual(races(after('x[2] = 4', 'fmt.Printf("%p %T", x, x)')), []);
  });

  test('what a method reads races with its writers', () => {
    const declarations = 'type box struct{ p *int }\nfunc (b box) String() string { return fmt.Sprint("n", *b.p) }';
    const main = 'n := 0\ngo func() { n = 4 }()\ntime.Sleep(time.Millisecond)\nfmt.Println([]any{box{&n}})';
    assert.deepEqual(races(main, declarations), [['data-race', 'n']]);
  });
});

suite('fmt: a printer that waits', () => {
  test('leaves nothing behind when it has printed all', () => {
    const blocks = (n: number): number => {
      const { machine } = run(
        compileLane(`
type item struct{ n int }
func (i item) String() string { return "i" }
func main() {
	m := map[item]item{{1}: {2}}
	for i := 0; i < ${n}; i++ {
		_ = fmt.Sprintf("%v %v", m, []item{{1}, {2}})
	}
}`),
      );
      const PRINTER = 0x7d;
      return [...machine.memory.blocks()].filter((block) => machine.memory.tag(block) === PRINTER).length;
    };
    assert.equal(blocks(1), 0);
    assert.equal(blocks(50), 0);
  });
});
