/** This file tests package testing: its texts are those of `go test -v` (Go 1.26, times aside), and the main that tests get has no place anywhere. */
import assert from 'node:assert/strict';
import { compileSources, type SourceText } from '../../src/session/compile';
import { simulate, type SimulationResult } from '../../src/session/simulation';
import { testsOf } from '../../src/std/testMain';
import { runText } from '../support/run';

const HEAD = 'package x\n\nimport "testing"\n\n';

/** Runs the tests of a Go file that imports testing; line 5 is the first of `text`. */
function run(text: string, imports: readonly string[] = []): ReturnType<typeof runText> {
  const more = imports.map((path) => `import "${path}"`).join('; ');
  return runText(HEAD.replace('\n\nimport', `\n${more}\nimport`) + text, 'go');
}

function messages(sources: readonly SourceText[]): string[] {
  return compileSources(sources).program.diagnostics.map((d) => d.message);
}

/** Output lines that hold no time. */
const lines = (text: string): string[] => text.trimEnd().split('\n');

suite('testing: texts', () => {
  test('a test that passes', () => {
    const { stdout, exit, findings } = run('func TestPass(t *testing.T) { t.Log("hello", 1) }\n');
    assert.equal(stdout, '=== RUN   TestPass\n    test.go:5: hello 1\n--- PASS: TestPass (0.00s)\nPASS\n');
    assert.deepEqual([exit, findings], [0, []]);
  });

  test('a test whose name is longer than many programs', () => {
    const name = `Test${'A'.repeat(50_000)}`;
    const { stdout } = run(`func ${name}(t *testing.T) {}\n`);
    assert.equal(stdout.replaceAll(name, 'TestA'), '=== RUN   TestA\n--- PASS: TestA (0.00s)\nPASS\n');
  });

  test('a test that fails: FAIL, status 1, and the next one runs', () => {
    const { stdout, exit, findings } = run(
      'func TestA(t *testing.T) { t.Errorf("bad %d", 1) }\nfunc TestB(t *testing.T) {}\n',
    );
    assert.deepEqual(lines(stdout), [
      '=== RUN   TestA',
      '    test.go:5: bad 1',
      '--- FAIL: TestA (0.00s)',
      '=== RUN   TestB',
      '--- PASS: TestB (0.00s)',
      'FAIL',
    ]);
    assert.deepEqual([exit, findings], [1, []]);
  });

  test('subtests: names, numbers, skips, helpers, more than one line', () => {
    const { stdout } = run(`func helper(t *testing.T) {
	t.Helper()
	t.Errorf("bad %d", 1)
}

func TestSub(t *testing.T) {
	t.Run("a b", func(t *testing.T) { t.Log("in a\\nline2") })
	t.Run("", func(t *testing.T) { t.Skip("no") })
	t.Run("a b", func(t *testing.T) { helper(t) })
	t.Log("after")
}
`);
    assert.deepEqual(lines(stdout), [
      '=== RUN   TestSub',
      '=== RUN   TestSub/a_b',
      '    test.go:11: in a',
      '        line2',
      '=== RUN   TestSub/#00',
      '    test.go:12: no',
      '=== RUN   TestSub/a_b#01',
      '    test.go:13: bad 1',
      '=== NAME  TestSub',
      '    test.go:14: after',
      '--- FAIL: TestSub (0.00s)',
      '    --- PASS: TestSub/a_b (0.00s)',
      '    --- SKIP: TestSub/#00 (0.00s)',
      '    --- FAIL: TestSub/a_b#01 (0.00s)',
      'FAIL',
    ]);
  });

  test('a parallel subtest goes on when its parent is through', () => {
    const { stdout } = run(
      `func TestPar(t *testing.T) {
	t.Cleanup(func() { t.Log("c") })
	t.Run("g", func(t *testing.T) {
		t.Parallel()
		t.Run("in", func(t *testing.T) { t.Parallel(); time.Sleep(30 * time.Millisecond); t.Error("x") })
	})
	t.Log("through")
}
`,
      ['time'],
    );
    assert.deepEqual(lines(stdout), [
      '=== RUN   TestPar',
      '=== RUN   TestPar/g',
      '=== PAUSE TestPar/g',
      '=== NAME  TestPar',
      '    test.go:11: through',
      '=== CONT  TestPar/g',
      '=== RUN   TestPar/g/in',
      '=== PAUSE TestPar/g/in',
      '=== CONT  TestPar/g/in',
      '    test.go:9: x',
      '=== NAME  TestPar',
      '    test.go:6: c',
      '--- FAIL: TestPar (0.00s)',
      '    --- FAIL: TestPar/g (0.00s)',
      '        --- FAIL: TestPar/g/in (0.03s)',
      'FAIL',
    ]);
  });

  test('parallel tests overlap, sequential ones do not, and no more run than there are cores', () => {
    const text = (parallel: string): string => `var running, most int32

func busy(t *testing.T) {
	${parallel}
	now := atomic.AddInt32(&running, 1)
	if now > most {
		most = now
	}
	time.Sleep(1 * time.Millisecond)
	atomic.AddInt32(&running, -1)
}

func TestA(t *testing.T) { busy(t) }
func TestB(t *testing.T) { busy(t) }
func TestC(t *testing.T) { busy(t) }
func TestD(t *testing.T) { busy(t) }
func TestMain(m *testing.M) {
	m.Run()
	println(most)
}
`;
    const most = (parallel: string, cores: number): string => {
      const source = `package x\nimport "testing"\nimport "time"\nimport "sync/atomic"\n${text(parallel)}`;
      return runText(source, 'go', { settings: { cores } }).stderr;
    };
    assert.equal(most('', 4), '1\n');
    assert.equal(most('t.Parallel()', 4), '4\n');
    assert.equal(most('t.Parallel()', 2), '2\n');
  });

  test('a panic: reports first, then Go’s text; the finding is at the line that panicked', () => {
    const { stdout, exit, findings, simulation } = run(`func TestPanic(t *testing.T) {
	t.Cleanup(func() { t.Log("cleanup") })
	t.Run("x", func(t *testing.T) {
		panic("boom")
	})
}
`);
    assert.deepEqual(lines(stdout), [
      '=== RUN   TestPanic',
      '=== RUN   TestPanic/x',
      '=== NAME  TestPanic',
      '    test.go:6: cleanup',
      '--- FAIL: TestPanic (0.00s)',
      '    --- FAIL: TestPanic/x (0.00s)',
    ]);
    assert.equal(simulation!.outcome.text, 'panic: boom [recovered, repanicked]');
    assert.equal(exit, 2);
    assert.deepEqual(findings.map((f) => [f.kind, f.message]), [['panic', 'G3 panics at line 8: boom']]); // prettier-ignore
  });

  test('a subtest that ends its parent', () => {
    const { stdout, stderr, exit } = run(`func TestExit(t *testing.T) {
	defer println("deferred")
	t.Run("sub", func(*testing.T) { t.FailNow() })
	println("not reached")
}
`);
    assert.match(stdout, /test executed panic\(nil\) or runtime\.Goexit: subtest may have called FailNow on a parent test/);
    assert.match(stdout, /--- FAIL: TestExit \(0\.00s\)\n {4}--- FAIL: TestExit\/sub \(0\.00s\)\nFAIL\n$/);
    assert.deepEqual([stderr, exit], ['deferred\n', 1]);
  }); // prettier-ignore

  test('Goexit without a reason is a panic', () => {
    const { simulation } = run('func TestGoexit(t *testing.T) { runtime.Goexit() }\n', ['runtime']);
    assert.match(simulation!.outcome.text!, /^panic: test executed panic\(nil\) or runtime\.Goexit/);
  });
});

suite('testing: T', () => {
  test('FailNow and SkipNow end the goroutine, after its deferred calls; Fail does not', () => {
    const ends = (call: string): string => run(`func TestEnd(t *testing.T) {\n\tdefer println("d")\n\t${call}\n\tprintln("after")\n}\n`).stderr; // prettier-ignore
    for (const call of ['t.FailNow()', 't.Fatal(1)', 't.Fatalf("")', 't.SkipNow()', 't.Skip()', 't.Skipf("")'])
      assert.equal(ends(call), 'd\n', call);
    for (const call of ['t.Fail()', 't.Error(1)', 't.Errorf("")', 't.Log(1)', 't.Logf("")'])
      assert.equal(ends(call), 'after\nd\n', call);
  });

  test('Failed, Skipped, Name, Deadline, Run', () => {
    const { stdout } = run(`func TestAsk(t *testing.T) {
	_, ok := t.Deadline()
	good := t.Run("good", func(t *testing.T) {})
	bad := t.Run("bad", func(t *testing.T) { t.Fail() })
	var name string
	skip := t.Run("skip", func(t *testing.T) { defer func() { name = t.Name() }(); t.SkipNow() })
	println(ok, t.Failed(), t.Skipped(), t.Name(), name, good, bad, skip)
	var tb testing.TB = t
	tb.Logf("%v %v", testing.Short(), testing.Verbose())
}
`);
    assert.match(stdout, /false true\n/);
  });

  test('cleanups: latest first, after subtests, all of them though one fails', () => {
    const { stderr, exit } = run(`func TestClean(t *testing.T) {
	t.Cleanup(func() { println("first") })
	t.Cleanup(func() { println("second"); t.FailNow() })
	ctx := t.Context()
	t.Cleanup(func() { println("third", ctx.Err() != nil) })
	t.Run("sub", func(t *testing.T) { t.Parallel(); println("sub", ctx.Err() != nil) })
	println("end")
}
`);
    assert.deepEqual([lines(stderr), exit], [['end', 'sub false', 'third true', 'second', 'first'], 1]);
  });

  test('misuse panics as in Go', () => {
    const text = (body: string): string | undefined => run(`func TestBad(t *testing.T) {\n${body}\n}\n`).simulation!.outcome.text; // prettier-ignore
    assert.match(text('t.Parallel(); t.Parallel()')!, /testing: t\.Parallel called multiple times/);
    assert.match(text('t.Cleanup(func() { t.Run("x", func(*testing.T) {}) })')!, /testing: t\.Run called during t\.Cleanup/); // prettier-ignore
  });

  test('what Go has and we have not is one message at its use', () => {
    const found = (param: string, body: string): string[] =>
      messages([{ name: 'a_test.go', text: `${HEAD}func TestX(t *testing.T) {}\nfunc x(t ${param}) { ${body} }\n` }]);
    assert.deepEqual(found('*testing.T', 't.TempDir()'), [
      'testing.T.TempDir is not supported yet: the program runs until it reaches this',
    ]);
    assert.deepEqual(found('*testing.B', ''), [
      'testing.B is not supported yet: the program runs until it reaches this',
    ]);
  });
});

suite('testing: concurrency', () => {
  test('a log after the end is Go’s panic; one that is waited for is none', () => {
    const late = (wait: string): ReturnType<typeof run> =>
      run(
        `func TestLate(t *testing.T) {
	done := make(chan bool)
	go func() {
		time.Sleep(1 * time.Millisecond)
		t.Log("late")
		close(done)
	}()
	${wait}
}
func TestNext(t *testing.T) { time.Sleep(3 * time.Millisecond) }
`,
        ['time'],
      );
    const bad = late('');
    assert.equal(bad.simulation!.outcome.text, 'panic: Log in goroutine after TestLate has completed: late\n\t');
    assert.deepEqual(bad.findings.map((f) => [f.kind, f.code, f.sites[0]!.g]), [['panic', 'panic.test-ended', 3]]); // prettier-ignore
    assert.equal(bad.simulation!.trace.meta.places[bad.findings[0]!.sites[0]!.place]!.line, 9);
    const good = late('<-done');
    assert.deepEqual([good.exit, good.findings], [0, []]);
  });

  test('a late failure, too', () => {
    const { simulation } = run('func TestLate(t *testing.T) { go func() { time.Sleep(1000000); t.Fail() }() }\nfunc TestNext(t *testing.T) { time.Sleep(3000000) }\n', ['time']); // prettier-ignore
    assert.equal(simulation!.outcome.text, 'panic: Fail in goroutine after TestLate has completed');
  });

  test('the late log of a subtest goes to its parent while that runs', () => {
    const { stdout, findings } = run(
      `func TestParent(t *testing.T) {
	t.Run("sub", func(t *testing.T) { go func() { time.Sleep(1000000); t.Log("late") }() })
	time.Sleep(3000000)
}
`,
      ['time'],
    );
    assert.match(stdout, /=== NAME {2}TestParent\n {4}test\.go:6: late\n--- PASS: TestParent/);
    assert.deepEqual(findings, []);
  });

  test('a race between a test and its goroutine is one; between two tests in sequence there is none', () => {
    const racy = run('var n int\n\nfunc TestRace(t *testing.T) {\n\tgo func() { n++ }()\n\tn++\n\ttime.Sleep(1000000)\n}\n', ['time']); // prettier-ignore
    assert.deepEqual(racy.findings.map((f) => [f.kind, f.objectName]), [['data-race', 'n']]); // prettier-ignore
    const calm = run('var n int\n\nfunc TestA(t *testing.T) { n++ }\nfunc TestB(t *testing.T) { n++; t.Log(n) }\n');
    assert.deepEqual([calm.exit, calm.findings], [0, []]);
    const parallel = run('var n int\n\nfunc TestA(t *testing.T) { t.Parallel(); n++ }\nfunc TestB(t *testing.T) { t.Parallel(); n++ }\n'); // prettier-ignore
    assert.deepEqual(parallel.findings.map((f) => [f.kind, f.objectName]), [['data-race', 'n']]); // prettier-ignore
  });

  test('a test that waits for ever is a deadlock, told at its line', () => {
    const { findings, simulation } = run('func TestStuck(t *testing.T) {\n\tc := make(chan int)\n\tc <- 1\n}\n');
    assert.deepEqual(findings.map((f) => f.kind), ['deadlock']); // prettier-ignore
    const waits = findings[0]!.sites.filter((site) => site.role === 'waits' && site.place >= 0);
    assert.deepEqual(waits.map((site) => simulation!.trace.meta.places[site.place]!.line), [7]); // prettier-ignore
  });
});

suite('testing: the main that tests get', () => {
  const names = (name: string, text: string): string[] =>
    testsOf(compileSources([{ name, text }]).program.files).map((entry) => entry.name);

  test('tests are functions TestXxx with one *testing.T, by whatever name the package has', () => {
    const t = '(t *testing.T) {}\n';
    const text = `${HEAD}func Test${t}func TestB${t}func Test_c${t}func Test1${t}func TestÄ${t}func Testify${t}func Testä${t}func test${t}func TestN(t testing.T) {}\nfunc TestR(t *testing.T) int { return 1 }\nfunc TestTwo(a, b *testing.T) {}\ntype y int\nfunc (y) TestM${t}`;
    assert.deepEqual(names('a.go', text), ['Test', 'TestB', 'Test_c', 'Test1', 'TestÄ']);
    assert.deepEqual(names('a.go', 'package x\n\nimport tt "testing"\n\nfunc TestA(*tt.T) {}\n'), ['TestA']);
    assert.deepEqual(names('a.go', 'package x\n\nimport . "testing"\n\nfunc TestA(t *T) {}\n'), ['TestA']);
    assert.deepEqual(names('a.go', 'package x\n\nimport testing "sync"\n\nfunc TestA(t *testing.Mutex) {}\n'), []);
    assert.deepEqual(names('a.lane', `func TestA${t}`), ['TestA'], 'in .lane files the import is implied');
    assert.deepEqual(names('a.go', `package x\n\nfunc TestA${t}`), []);
  });

  test('runs them in source order, over all files; a program with a main runs that', () => {
    const files = [
      { name: 'b_test.go', text: `${HEAD}func TestZ(t *testing.T) { help(1) }\n` },
      { name: 'a.go', text: 'package x\n\nfunc help(n int) { println("help", n) }\n' },
      { name: 'a_test.go', text: `${HEAD}func TestA(t *testing.T) { help(2) }\n` },
    ];
    const { program, code } = compileSources(files);
    assert.deepEqual(program.diagnostics, []);
    assert.equal(simulate(program, code!, { seed: 1 }).stderr, 'help 1\nhelp 2\n');
    const own = runText('func TestA(t *testing.T) { t.Log() }\nfunc main() { println("main") }\n');
    assert.deepEqual([own.stdout, own.stderr], ['', 'main\n']);
  });

  test('one test alone', () => {
    const text = 'func TestA(t *testing.T) {}\nfunc TestB(t *testing.T) {}\nfunc main() {}\n';
    const { program, code } = compileSources([{ name: 'a.lane', text }], { test: 'TestB' });
    const { stdout } = simulate(program, code!, { seed: 1 });
    assert.equal(stdout, '=== RUN   TestB\n--- PASS: TestB (0.00s)\nPASS\n');
  });

  test('TestMain is called instead, and decides', () => {
    const { stderr, exit } = run(`func TestA(t *testing.T) { t.Fail() }

func TestMain(m *testing.M) {
	println("before")
	status := m.Run()
	println("after", status)
	os.Exit(status + 2)
}
`, ['os']); // prettier-ignore
    assert.deepEqual([stderr, exit], ['before\nafter 1\n', 3]);
  });

  test('collides with no name of the program', () => {
    const { diagnostics, stdout } = runText(
      'var _testmain, _testing = 1, 2\n\nvar testing_ int\n\nfunc TestA(t *testing.T) { t.Log(_testmain, _testing) }\n',
    );
    assert.deepEqual(diagnostics, []);
    assert.match(stdout, /1 2\n/);
  });

  test('nothing points into it: diagnostics, places, files, names', () => {
    const broken = messages([{ name: 'a.lane', text: 'func TestA(t *testing.T) { x }\nfunc TestA(t *testing.T) {}\n' }]);
    assert.deepEqual(broken.filter((m) => !/undefined: x|redeclared|TestA/.test(m)), []); // prettier-ignore
    const { simulation } = run('func TestA(t *testing.T) {\n\tt.Run("sub", func(t *testing.T) { t.Log(1) })\n}\n');
    const { meta } = (simulation as SimulationResult).trace;
    assert.deepEqual(meta.files, ['test.go']);
    assert.ok(meta.places.every((place) => place.file === 0));
    assert.deepEqual(meta.goroutines.map((g) => g.name), ['main', 'TestA', 'func1']); // prettier-ignore
    assert.deepEqual(meta.objects.map((o) => `${o.kind} ${o.name}`), ['channel testDone#1', 'channel testDone#2']); // prettier-ignore
    const { program } = compileSources([{ name: 'a.lane', text: 'func TestA(t *testing.T) {}\n' }]);
    assert.deepEqual([program.files.length, program.sources.length, program.scopes!.length], [1, 1, 1]);
  }); // prettier-ignore

  test('a file without main and without tests is told so', () => {
    assert.deepEqual(messages([{ name: 'a.lane', text: 'func Testify(t *testing.T) {}\n' }]), [
      'function main is undeclared in the main package',
    ]);
  });
});
