/** This file tests the command line: what goes to which stream, exit statuses, JSON schemas, wrong usage. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../../src/cli/io';
import { main } from '../../src/cli/main';

/** A world of files in memory. */
class FakeIo implements Io {
  out = '';
  err = '';
  /** Pieces as they were written to standard output. */
  readonly pieces: string[] = [];
  readonly written = new Map<string, string>();
  closed = false;
  private clock = 0;

  constructor(
    readonly files: Readonly<Record<string, string>>,
    private readonly tick = 0,
  ) {}

  stdout(text: string): void {
    this.out += text;
    this.pieces.push(text);
  }
  stderr(text: string): void {
    this.err += text;
  }
  read(path: string): string {
    const text = this.files[path];
    if (text === undefined || text === DANGLING) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return text;
  }
  write(path: string, text: string): void {
    if (path.startsWith('/root-only/')) throw Object.assign(new Error('denied'), { code: 'EACCES' });
    this.written.set(path, text);
  }
  list(path: string): readonly string[] | undefined {
    const prefix = path.replace(/\/?$/, '/');
    const names = Object.keys(this.files).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length).replace(/\/.*/, '')); // prettier-ignore
    if (names.length > 0) return [...new Set(names)].sort();
    this.read(path);
    return undefined;
  }
  absolute(path: string): string {
    return `/home/me/${path}`;
  }
  now(): number {
    return (this.clock += this.tick);
  }
}

const RACE = `var hits int

func add(wg *sync.WaitGroup) {
	defer wg.Done()
	for i := 0; i < 50; i++ {
		hits++
	}
}

func main() {
	var wg sync.WaitGroup
	wg.Add(2)
	go add(&wg)
	go add(&wg)
	wg.Wait()
	fmt.Println("done")
}
`;
/** Stands for a link to nowhere, as with which an editor locks a file. */
const DANGLING = '';
const FILES = {
  'race.lane': RACE,
  'clean.lane': 'func main() {\n\tfmt.Println("one")\n\tprintln("two")\n}\n',
  'exit.go': 'package main\n\nimport "os"\n\nfunc main() { os.Exit(3) }\n',
  'stuck.lane': 'func main() {\n\tc := make(chan int)\n\tc <- 1\n}\n',
  'panic.lane': 'func main() {\n\tvar m map[string]int\n\tm["a"] = 1\n}\n',
  'leak.lane': 'func main() {\n\tc := make(chan int)\n\tgo func() { c <- 1 }()\n\ttime.Sleep(1ms)\n}\n',
  'forever.lane': 'func main() {\n\tn := 0\n\tfor {\n\t\tn++\n\t}\n}\n',
  'wrong.lane': 'func main() {\n\tx := 1\n\tfmt.Println("é", y)\n}\n',
  'queue_test.go':
    'package queue\n\nimport "testing"\n\nfunc TestGood(t *testing.T) {}\n\nfunc TestBad(t *testing.T) { t.Error("no") }\n',
  'racy_test.go':
    'package racy\n\nimport "testing"\nimport "time"\n\nvar n int\n\nfunc TestRacy(t *testing.T) {\n\tgo func() { n++ }()\n\tn++\n\ttime.Sleep(1000000)\n}\n\nfunc TestBad(t *testing.T) { TestRacy(t); t.Fail() }\n',
  'missing.go':
    'package main\n\nimport "bytes"\n\nfunc main() {\n\tprintln("before")\n\tprintln(bytes.Equal(nil, nil))\n\tprintln("after")\n}\n',
  'dir/a.lane': 'func main() {}\n',
  'dir/notes.txt': 'not a program',
  'empty/notes.txt': 'not a program',
  'odd/main.go': 'package main\n\nfunc main() { println("odd") }\n',
  'odd/.#main.go': DANGLING,
  'odd/sub.go/main.go': 'package main\n\nfunc main() {}\n',
  'foreign/a.go': '//go:build ignore\n\npackage main\n\nfunc main() {}\n',
  'library/queue.go': 'package library\n\nfunc One() int { return 1 }\n',
  'library/queue_test.go': 'package library\n\nimport "testing"\n\nfunc TestOne(t *testing.T) { t.Log(One()) }\n',
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`twelve/${i}.lane`, 'func main() {}\n'])),
  'pkg/main.go':
    'package main\n\nimport "sync"\n\nfunc main() {\n\tvar wg sync.WaitGroup\n\twg.Add(2)\n\tgo add(&wg)\n\tgo add(&wg)\n\twg.Wait()\n}\n',
  'pkg/total.go':
    'package main\n\nimport "sync"\n\nvar total int\n\nfunc add(wg *sync.WaitGroup) {\n\ttotal++\n\twg.Done()\n}\n',
  'pkg/total_test.go':
    'package main\n\nimport "testing"\n\nfunc TestTotal(t *testing.T) {\n\tif total != 0 {\n\t\tt.Error(total)\n\t}\n}\n',
  'pkg/outside_test.go': 'package main_test\n\nimport "testing"\n\nfunc TestOutside(t *testing.T) {}\n',
  'pkg/skip_windows.go': 'package main\n\nfunc main() {}\n',
  'two/a.go': 'package a\n\nfunc A() {}\n',
  'two/b.go': 'package main\n\nfunc main() { println("b") }\n',
  'ill/a.go': 'package main\n\nvar s = "\udcff"\n\nfunc main() {}\n',
  'dir/wrong.lane': 'func main() { return 1 }\n',
  '-': 'func main() {\n\tfmt.Println("from standard input")\n}\n',
};

async function cli(...argv: string[]): Promise<FakeIo & { status: number }> {
  const io = new FakeIo(FILES);
  const status = await main(argv, io);
  return Object.assign(io, { status });
}

suite('cli: usage', () => {
  const wrong: readonly (readonly [string[], RegExp])[] = [
    [[], /^interlane: expected a command: run, check, trace, dump\n$/],
    [['fly'], /no such command: fly/],
    [['--seed', '1'], /expected a command before --seed/],
    [['explore', 'race.lane'], /explore is not in this version/],
    [['run'], /expected a file/],
    [['run', 'nowhere.lane'], /expected a readable file or folder: nowhere\.lane does not exist/],
    [['run', 'dir'], /dir holds 2 programs: name the files of one: dir\/a\.lane, dir\/wrong\.lane/],
    [['run', 'dir', 'race.lane'], /dir is a folder: it stands alone, or name its files/],
    [['run', 'empty'], /expected \.lane or \.go files in empty, found none/],
    [['run', 'foreign'], /the build leaves out all Go files in foreign: name one to run it alone: foreign\/a\.go/],
    [['run', 'twelve'], /twelve holds 12 programs: name the files of one: twelve\/0\.lane, .* and 2 more/],
    [['run', '--frobnicate', 'race.lane'], /run has no flag --frobnicate; it takes --seed/],
    [['run', '--sarif', 'race.lane'], /--sarif is not in this version/],
    [['run', '--test', 'TestUgly', 'queue_test.go'], /--test TestUgly: no such test; there are TestGood, TestBad/],
    [['run', '--test=TestUgly', 'race.lane'], /--test TestUgly: no such test; there are no functions TestXxx/],
    [['check', '--test=TestGood', 'queue_test.go'], /check has no flag --test/],
    [['run', '--seed', 'abc', 'race.lane'], /--seed: expected an integer, not 'abc'/],
    [['run', 'race.lane', '--seed'], /--seed: expected an integer/],
    [['run', '--cores=0', 'race.lane'], /--cores: expected a number, 1 or more, not '0'/],
    [['run', '--cores=100000', 'race.lane'], /--cores: expected 1 to 256, not 100000/],
    [['run', '--quantum', '5', 'race.lane'], /--quantum: expected a duration such as 4ms/],
    [['run', '--set', 'speed=9', 'race.lane'], /--set speed: no such key; there are cores memory/],
    [['run', '--set', 'threadCreate', 'race.lane'], /--set: expected key=value/],
    [['run', '--lang', 'rust', 'race.lane'], /--lang: expected a Go version such as go1\.22/],
    [['run', '--json=yes', 'race.lane'], /--json takes no value/],
    [['run', '--seed=1', '--seed=2', 'race.lane'], /--seed is given twice/],
    [['run', '--schedule=!!', 'race.lane'], /--schedule: not a schedule/],
    [['run', 'race.lane', '--', 'x'], /arguments for the program are not in this version/],
    [['trace', 'race.lane'], /expected -o OUT/],
    [['trace', 'race.lane', '-o', 'x.gif'], /x\.gif: expected a name that ends in \.json, \.trace\.json or \.svg/],
    [['trace', 'race.lane', '-o', 'x.html'], /not in this version/],
    [['trace', 'clean.lane', '-o', '/root-only/x.json'], /expected a file that can be written: .*EACCES/],
    [['dump', 'race.lane'], /expected --stage=tokens\|ast\|types\|code\|events\|trace/],
    [['dump', '--stage=soup', 'race.lane'], /not soup/],
    [['check', 'nowhere'], /expected a readable file or folder: nowhere does not exist/],
  ];
  for (const [argv, message] of wrong) {
    test(`interlane ${argv.join(' ')}`, async () => {
      const { status, out, err } = await cli(...argv);
      assert.equal(status, 64);
      assert.equal(out, '');
      assert.match(err, message);
      assert.match(err, /^interlane: [^\n]+\n$/, 'one line');
    });
  }

  test('--version and --help', async () => {
    assert.match((await cli('--version')).out, /^interlane \S+\n$/);
    const help = await cli('--help');
    assert.equal(help.status, 0);
    for (const word of ['run', 'check', 'trace', 'dump', '--seed', '--json', '-o', '66', '69'])
      assert.ok(help.out.includes(word), word);
  });
});

suite('cli: run', () => {
  test('what is not supported ends the run where it is reached; status 69', async () => {
    const { status, err } = await cli('run', 'missing.go');
    assert.deepEqual([status, err], [69, `before
missing.go:7: unsupported: The run ends at line 7, where G1 reaches what Interlane does not have: package bytes is not supported.
\tWhat ran before is as in Go. Leave it out, or write what you need of it yourself, and the run goes on.
exit status 69
`]); // prettier-ignore
  });

  test('output as it appears, on its own stream; status 0', async () => {
    const { status, pieces, err } = await cli('run', 'clean.lane');
    assert.deepEqual([status, pieces.join(''), err], [0, 'one\n', 'two\n']);
  });

  test('a race: in Go’s layout, status 66', async () => {
    const { status, out, err } = await cli('run', 'race.lane');
    assert.equal(status, 66);
    assert.equal(out, 'done\n');
    assert.match(
      err,
      /^={18}\nWARNING: DATA RACE\n(Read|Write) at 0x00c[0-9a-f]{9} by goroutine \d+:\n {2}main\.add\(\)\n {6}\/home\/me\/race\.lane:6 \+0x/,
    );
    assert.match(err, /={18}\nFound 1 data race\(s\)\nexit status 66\n$/);
  });

  test('a deadlock: Go’s text and dump, status 2', async () => {
    const { status, err } = await cli('run', 'stuck.lane');
    assert.equal(status, 2);
    assert.match(
      err,
      /^fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 \[chan send\]:\nmain\.main\(\)\n\t\/home\/me\/stuck\.lane:3 \+0x[0-9a-f]+\nexit status 2\n$/,
    );
  });

  test('a panic: Go’s text, status 2', async () => {
    const { status, err } = await cli('run', 'panic.lane');
    assert.equal(status, 2);
    assert.match(
      err,
      /^panic: assignment to entry in nil map\n\ngoroutine 1 \[running\]:\nmain\.main\(\)\n\t\/home\/me\/panic\.lane:3 /,
    );
  });

  test('a leak: one line, the program’s own status', async () => {
    const { status, err } = await cli('run', 'leak.lane');
    assert.equal(status, 0);
    assert.equal(
      err,
      'leak.lane:3: leak: When main ended, G2 was waiting to send to c at line 3: nobody is left to receive.\n',
    );
  });

  test('a spent budget names the line, the budget and how to raise it', async () => {
    const { status, err } = await cli('run', '--max-steps', '10000', 'forever.lane');
    assert.equal(status, 2);
    assert.match(
      err,
      /^forever\.lane:\d: budget: The run was stopped at line \d: it had executed 10,\d{3} instructions, and the budget allows no more\.\n\tRaise the budget: .*--max-steps N\.\nexit status 2\n$/,
    );
  });

  test('real time is a budget, too', async () => {
    const io = new FakeIo(FILES, 1000);
    assert.equal(await main(['run', '--time-limit', '5s', 'forever.lane'], io), 2);
    assert.match(io.err, /too much time/);
  });

  test('tests: what go test -v prints, status 1 when one fails; --test runs one', async () => {
    const all = await cli('run', 'queue_test.go');
    assert.deepEqual(
      [all.status, all.out, all.err],
      [
        1,
        '=== RUN   TestGood\n--- PASS: TestGood (0.00s)\n=== RUN   TestBad\n    queue_test.go:7: no\n--- FAIL: TestBad (0.00s)\nFAIL\n',
        'exit status 1\n',
      ],
    );
    const one = await cli('run', '--test', 'TestGood', 'queue_test.go');
    assert.deepEqual([one.status, one.out, one.err], [0, '=== RUN   TestGood\n--- PASS: TestGood (0.00s)\nPASS\n', '']);
  });

  test('a race in a test: status 66 when the tests pass, theirs when they fail, as of any program', async () => {
    const good = await cli('run', '--test=TestRacy', 'racy_test.go');
    assert.deepEqual([good.status, good.out.endsWith('PASS\n')], [66, true]);
    const bad = await cli('run', '--test=TestBad', 'racy_test.go');
    assert.deepEqual([bad.status, bad.out.endsWith('FAIL\n')], [1, true]);
    for (const { err } of [good, bad]) assert.match(err, /WARNING: DATA RACE/);
  });

  test('a test that does not parse is told so, whichever is asked for', async () => {
    const io = new FakeIo({ 'a_test.go': 'package a\n\nfunc TestA(t *testing.T) {\n' });
    assert.equal(await main(['run', '--test=TestB', 'a_test.go'], io), 65);
    assert.match(io.err, /^a_test\.go:\d+:\d+: syntax error/m);
  });

  test('standard input', async () => {
    assert.equal((await cli('run', '-')).out, 'from standard input\n');
  });

  test('what does not compile: diagnostics as Go prints them, columns in bytes, status 65', async () => {
    const { status, out, err } = await cli('run', 'wrong.lane');
    assert.deepEqual([status, out], [65, '']);
    assert.match(err, /^wrong\.lane:2:2: warning: declared and not used: x\n/m);
    assert.match(err, /^wrong\.lane:3:20: undefined: y\n/m);
  });

  test('nobody reads on: the run stops, quietly', async () => {
    const io = new FakeIo(FILES);
    io.closed = true;
    assert.equal(await main(['run', 'forever.lane'], io), 0);
    assert.equal(io.err, '');
  });

  test('the same seed, the same run; the schedule of a run replays it under any seed', async () => {
    const run = async (...flags: string[]): Promise<Record<string, unknown>> => {
      const json = JSON.parse((await cli('run', '--json', ...flags, 'race.lane')).out) as Record<string, unknown>;
      return { ...json, wallMs: 0 };
    };
    const first = await run('--seed=7');
    assert.deepEqual(await run('--seed=7'), first);
    assert.deepEqual({ ...(await run('--seed=8', `--schedule=${first.schedule as string}`)), seed: 7 }, first);
  });
});

suite('cli: JSON', () => {
  test('interlane.run/1', async () => {
    const { status, out, err } = await cli('run', '--json', 'race.lane');
    assert.deepEqual([status, err], [66, '']);
    const json = JSON.parse(out) as Record<string, unknown> & { findings: Record<string, unknown>[]; stats: object };
    assert.deepEqual(Object.keys(json).sort(), ['exit', 'file', 'findings', 'outcome', 'schedule', 'schema', 'seed', 'stats', 'stderr', 'stdout', 'steps', 'virtualNs', 'wallMs']); // prettier-ignore
    assert.deepEqual(
      [json.schema, json.file, json.exit, json.stdout, json.seed],
      ['interlane.run/1', 'race.lane', 66, 'done\n', 42],
    );
    assert.deepEqual(Object.keys(json.stats), ['goroutines', 'threads', 'processes', 'switches', 'peakBytes']);
    const [finding] = json.findings;
    assert.deepEqual([finding!.kind, finding!.object], ['data-race', 'hits']);
    const sites = finding!.sites as { role: string; file: string; line: number; column: number; function: string; goroutine: number; op: string }[]; // prettier-ignore
    assert.deepEqual(sites.slice(0, 2).map(({ role, file, line, function: f }) => [role, file, line, f]), [['access', 'race.lane', 6, 'main.add'], ['previous-access', 'race.lane', 6, 'main.add']]); // prettier-ignore
    assert.ok(sites.some(({ role, line }) => role === 'created-at' && line === 13));
    assert.ok(sites.some(({ role, line }) => role === 'declared' && line === 1));
  });

  test('interlane.check/1', async () => {
    const { status, out } = await cli('check', '--json', 'wrong.lane');
    assert.equal(status, 1);
    const json = JSON.parse(out) as { schema: string; diagnostics: Record<string, unknown>[] };
    assert.equal(json.schema, 'interlane.check/1');
    const undefinedY = json.diagnostics.find(({ message }) => message === 'undefined: y')!;
    assert.deepEqual([undefinedY.file, undefinedY.line, undefinedY.column, undefinedY.endLine, undefinedY.endColumn, undefinedY.severity], ['wrong.lane', 3, 20, 3, 21, 'error']); // prettier-ignore
    assert.deepEqual(undefinedY.related, []);
  });

  test('what does not compile is told in the document of the run', async () => {
    const { status, out } = await cli('run', '--json', 'wrong.lane');
    const json = JSON.parse(out) as { schema: string; exit: number; diagnostics: unknown[] };
    assert.deepEqual([status, json.schema, json.exit, json.diagnostics.length], [65, 'interlane.run/1', 65, 2]);
  });
});

suite('cli: folders', () => {
  test('the files of a folder that make a package are one program; every place names its file', async () => {
    const { status, err } = await cli('run', 'pkg');
    assert.equal(status, 66);
    assert.match(err, /main\.add\(\)\n {6}\/home\/me\/pkg\/total\.go:8/);
    assert.match(err, /created at:\n {2}main\.main\(\)\n {6}\/home\/me\/pkg\/main\.go:\d/);
  });

  test('a test of a folder', async () => {
    const { status, err } = await cli('run', '--test', 'TestTotal', 'pkg');
    assert.deepEqual([status, err], [0, '']);
    const outside = await cli('run', '--test', 'TestOutside', 'pkg');
    assert.deepEqual([outside.status, outside.err], [0, '']);
  });

  test('a folder without main runs its tests', async () => {
    const { status, out } = await cli('run', 'library');
    assert.equal(status, 0);
    assert.match(out, /queue_test\.go:5: 1\n--- PASS: TestOne/);
  });

  test('locks of editors and folders within a folder are not of its program', async () => {
    const { status, err } = await cli('run', 'odd');
    assert.deepEqual([status, err], [0, 'odd\n']);
  });

  test('a finding in words names the file of each line', async () => {
    const { out } = await cli('run', '--json', 'pkg');
    const { findings } = JSON.parse(out) as { findings: { message: string; sites: { file: string }[] }[] };
    assert.match(findings[0]!.message, /line 8 of total\.go/);
    assert.ok(findings[0]!.sites.some(({ file }) => file === 'pkg/main.go'));
    assert.ok(findings[0]!.sites.some(({ file }) => file === 'pkg/total.go'));
  });

  test('a folder with two packages runs the one with a main, and checks both', async () => {
    assert.equal((await cli('run', 'two')).err, 'b\n');
    assert.equal((await cli('check', 'two')).status, 0);
    const both = await cli('run', 'two/a.go', 'two/b.go');
    assert.equal(both.status, 65);
    assert.match(both.err, /^two\/b\.go:1:9: package main; expected package a/);
  });

  test('bytes that are not UTF-8 are an error at their place', async () => {
    const { status, err } = await cli('run', 'ill');
    assert.equal(status, 65);
    assert.match(err, /^ill\/a\.go:3:10: invalid UTF-8 encoding/);
  });
});

suite('cli: check, trace, dump', () => {
  test('check is silent and 0 on clean programs, prints and is 1 on others', async () => {
    const clean = await cli('check', 'clean.lane', 'dir/a.lane');
    assert.deepEqual([clean.status, clean.out, clean.err], [0, '', '']);
    const found = await cli('check', 'dir');
    assert.equal(found.status, 1);
    assert.match(found.out, /^dir\/wrong\.lane:1:\d+: too many return values/);
  });

  for (const [name, start] of [
    ['x.json', /^\{"schema":"interlane\.trace\/1"|^\{\s*"schema"/],
    ['x.trace.json', /^\{\s*"/],
    ['x.svg', /^<svg |^<\?xml/],
  ] as const) {
    test(`trace -o ${name}`, async () => {
      const { status, out, written } = await cli('trace', 'race.lane', '-o', name);
      assert.deepEqual([status, out], [0, '']);
      assert.match(written.get(name)!, start);
      if (name.endsWith('json')) JSON.parse(written.get(name)!);
    });
  }

  const stages: readonly (readonly [string, RegExp])[] = [
    ['tokens', /func/], ['ast', /FuncDecl/], ['types', /hits/], ['code', /main\.add/], ['events', /GoCreate obj=2/], ['trace', /G2/],
  ]; // prettier-ignore
  for (const [stage, pattern] of stages) {
    test(`dump --stage=${stage}`, async () => {
      const { status, out, err } = await cli('dump', `--stage=${stage}`, 'race.lane');
      assert.deepEqual([status, err], [0, '']);
      assert.match(out, pattern);
    });
  }
});

const BUNDLE = join(__dirname, '..', '..', 'dist', 'cli.js');

suite('cli: the bundle', () => {
  setup(function () {
    if (!existsSync(BUNDLE)) this.skip();
  });

  test('runs as a program: streams, bytes and exit status', () => {
    const program = 'func main() {\n\tfmt.Print("\\xff\\u00e9\\n")\n}\n';
    const { status, stdout } = spawnSync(process.execPath, [BUNDLE, 'run', '-'], { input: program });
    assert.equal(status, 0);
    assert.deepEqual([...stdout], [0xff, 0xc3, 0xa9, 0x0a]);
    assert.equal(spawnSync(process.execPath, [BUNDLE, 'run', '-'], { input: RACE }).status, 66);
  });

  test('a reader that goes away ends it quietly', async () => {
    const child = spawn(process.execPath, [BUNDLE, 'run', '-']);
    child.stdin.end('func main() {\n\tfor {\n\t\tfmt.Println("again and again")\n\t}\n}\n');
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on('close', resolve));
    assert.deepEqual([status, err], [0, '']);
  });
});
