/** This file tests the command line: what goes to which stream, exit statuses, JSON schemas, wrong usage. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Signal } from '../../src/cli/exit';
import { Io, WriteError, type Stream } from '../../src/cli/io';
import { encodeBytes } from '../../src/base/utf8';
import { main } from '../../src/cli/main';
import { hasHostile, hostileText } from '../support/hostile';

/** A world of files in memory. */
class FakeIo extends Io {
  out = '';
  err = '';
  /** Pieces as they were written to standard output. */
  readonly pieces: string[] = [];
  readonly written = new Map<string, string>();
  closed = false;
  /** Looks at the signal until there is one; Infinity: none. */
  patience = Infinity;
  /** Writes that a stream takes before the disk is full. */
  room: Record<Stream, number> = { 1: Infinity, 2: Infinity };
  private clock = 0;

  constructor(
    readonly files: Readonly<Record<string, string>>,
    private readonly tick = 0,
  ) {
    super();
  }

  get signal(): Signal | undefined {
    return this.patience-- <= 0 ? 'SIGINT' : undefined;
  }

  protected put(text: string, stream: Stream): void {
    if (this.room[stream]-- <= 0) throw new WriteError(`standard stream ${stream}: ENOSPC: no space left on device`);
    if (stream === 2) this.err += text;
    else {
      this.out += text;
      this.pieces.push(text);
    }
  }
  probe(path: string): void {
    if (path.startsWith('/root-only/')) throw Object.assign(new Error('denied'), { code: 'EACCES' });
  }
  read(path: string): string {
    const text = this.files[path];
    if (text === undefined || text === DANGLING) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return text;
  }
  write(path: string, text: string): void {
    if (path.startsWith('/full/')) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
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

/** A Go literal of the bytes of a text. */
const literal = (text: string): string =>
  `"${[...encodeBytes(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`;

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
  'raceForever.lane':
    'var n int\n\nfunc main() {\n\tfmt.Println("begun")\n\tgo func() { n++ }()\n\tn++\n\tfor {\n\t\ttime.Sleep(1ms)\n\t}\n}\n',
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
    [['run', ''], /expected a readable file or folder: a file without a name does not exist/],
    [['run', '--time-limit=1ns', 'a.lane'], /--time-limit: expected 100 to 86400000 milliseconds, not 1ns/],
    [['run', '--time-limit=25h', 'a.lane'], /--time-limit: expected 100 to 86400000 milliseconds, not 25h/],
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
    [['run', '--seed', 'abc', 'race.lane'], /--seed: expected a whole number from 0 to 999999999, not 'abc'/],
    [['run', 'race.lane', '--seed'], /--seed: expected a whole number/],
    [['run', '--cores=0', 'race.lane'], /--cores: expected a number, 1 or more, not '0'/],
    [['run', '--cores=100000', 'race.lane'], /--cores: expected 1 to 256, not 100000/],
    [['run', '--quantum', '5', 'race.lane'], /--quantum: expected a duration such as 4ms/],
    [['run', '--set', 'speed=9', 'race.lane'], /--set speed: no such key; there are cores memory/],
    [['run', '--set', 'threadCreate', 'race.lane'], /--set: expected key=value/],
    [['run', '--lang', 'rust', 'race.lane'], /--lang: expected a Go version from go1\.1 to go1\.26, not 'rust'/],
    [['run', '--json=yes', 'race.lane'], /--json takes no value/],
    [['run', '--seed=1', '--seed=2', 'race.lane'], /--seed is given twice/],
    ...['-1', '1000000000', '1e400', '0x10', 'NaN', 'Infinity', '1.5', '', ' 1', '１'].map(
      (seed): [string[], RegExp] => [
        ['run', `--seed=${seed}`, 'race.lane'],
        /--seed: expected a whole number from 0 to 999999999, not '/,
      ],
    ),
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'budget', 'budget.__proto__'].map(
      (key): [string[], RegExp] => [
        ['run', '--set', `${key}=1`, 'race.lane'],
        /^interlane: --set [\w.]+: no such key; there are cores /,
      ],
    ),
    ...['__proto__', 'constructor', 'toString'].flatMap((name): [string[], RegExp][] => [
      [[name], /no such command/],
      [['run', `--${name}`, 'race.lane'], /run has no flag/],
      [['dump', `--stage=${name}`, 'race.lane'], /expected --stage=/],
      [['run', '--test', name, 'queue_test.go'], /no such test/],
      [['run', '--quantum', `1${name}`, 'race.lane'], /expected a duration/],
    ]),
    [['run', '--set', 'cores=', 'race.lane'], /--set: expected key=value, not 'cores='/],
    [['run', '--set', 'cores=1', '--set', 'cores=2', 'race.lane'], /--set cores: cores is given twice/],
    [['run', '--cores=1', '--set', 'cores=2', 'race.lane'], /--set cores: cores is given twice/],
    [
      ['run', '--max-steps=9', '--set', 'budget.instructions=9', 'race.lane'],
      /--max-steps: budget\.instructions is given twice/,
    ],
    [['run', '--set', 'budget.goroutines=0', 'race.lane'], /expected a number, 1 or more/],
    [['run', '--set', 'budget.memory=99999999', 'race.lane'], /--set budget\.memory: expected 1 to 1024 megabytes/],
    [['run', '--max-steps=0', 'race.lane'], /--max-steps: expected a number, 1 or more, not '0'/],
    [['run', '--time-limit=0s', 'race.lane'], /--time-limit: expected 100 to \d+ milliseconds, not 0/],
    ...['1e-400s', `${'9'.repeat(400)}h`, '-1ms', 'NaN', '4', ''].map((time): [string[], RegExp] => [
      ['run', `--time-limit=${time}`, 'race.lane'],
      /--time-limit: expected a duration such as/,
    ]),
    [['run', `--memory=${'9'.repeat(30)}TB`, 'race.lane'], /--memory: expected a size/],
    [['run', '--lang=go1.99', 'race.lane'], /--lang: expected a Go version/],
    [['run', '--test=', 'queue_test.go'], /--test: expected a text, not ''/],
    [['run', '-', '-'], /standard input is named twice/],
    [['check', 'a.lane', '-', '-'], /standard input is named twice/],
    [['run', 'race.lane', 'race.lane'], /race\.lane is named twice/],
    [['run', '--schedule=!!', 'race.lane'], /--schedule: not a schedule: unexpected character "!" at 1/],
    [['run', '--schedule=AA AAA', 'race.lane'], /--schedule: not a schedule: .*" " at 3/],
    [['run', '--schedule=garbage', 'race.lane'], /--schedule: not a schedule: its character 7 is wrong/],
    [['run', '--schedule=AAAA', 'race.lane'], /--schedule: not a schedule: its character 2 is wrong/],
    [['run', 'evil\u202e\x1b.lane'], /evil\\u202e\\x1b\.lane does not exist/],
    [['run', '\x1b[2J\n'], /\\x1b\[2J\\n does not exist/],
    [['run', 'race.lane', '--', 'x'], /arguments for the program are not in this version/],
    [['trace', 'race.lane'], /expected -o OUT/],
    [['trace', 'race.lane', '-o', 'x.gif'], /x\.gif: expected a name that ends in \.json, \.trace\.json or \.svg/],
    [['trace', 'race.lane', '-o', 'x.html'], /not in this version/],
    [['trace', 'clean.lane', '-o', '/root-only/x.json'], /expected a file that can be written: .*: permission denied/],
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
      /^forever\.lane:\d: budget: The run was stopped at line \d: it had executed [\d,]+ instructions, 10,\d{3} with the work of the scheduler, and its budget of instructions, budget\.instructions, is 10,000\.\n\tRaise the budget: .*--max-steps N\.\nexit status 2\n$/,
    );
  });

  test('one is no plural', async () => {
    const io = new FakeIo(FILES);
    assert.equal(await main(['run', '--set', 'budget.goroutines=1', 'race.lane'], io), 2);
    assert.match(io.err, /it had 1 goroutine at once and started another/);
  });

  test('real time is a budget, too', async () => {
    const io = new FakeIo(FILES, 1000);
    assert.equal(await main(['run', '--time-limit', '5s', 'forever.lane'], io), 2);
    assert.match(io.err, /its time was up, and its budget of real time, budget\.wallTime, is 5,000 milliseconds\./);
  });

  test('real time that is up while the program is compiled', async () => {
    const io = new FakeIo({ 'long.lane': `func main() {\n${'\tprintln(1 + 2)\n'.repeat(20_000)}}\n` }, 1000);
    assert.equal(await main(['run', '--time-limit', '5s', 'long.lane'], io), 2);
    assert.deepEqual([io.out, io.err], ['', 'interlane: the time limit is up, and the program is not compiled yet\n']);
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
    const { replay, ...again } = await run('--seed=8', `--schedule=${first.schedule as string}`);
    assert.deepEqual({ ...again, seed: 7 }, first);
    assert.deepEqual(replay, { choices: 5, drawn: 0 });
  });
});

suite('cli: schedules of other programs', () => {
  const refused = async (schedule: string): Promise<string> => {
    const { status, err } = await cli('run', `--schedule=${schedule}`, 'clean.lane');
    assert.equal(status, 64);
    return err;
  };

  test('a choice that there is not is told, and ends the run', async () => {
    const io = new FakeIo(FILES);
    assert.equal(await main(['run', '--schedule=vgE', 'race.lane'], io), 64);
    assert.match(io.err, /^interlane: --schedule: it is of another program, machine or version: its choice 1 of 1 is number 96, and there are \d to choose from\n$/); // prettier-ignore
  });

  test('choices that are left over are told', async () => {
    assert.match(await refused('AQY'), /: this one ended after \d of its 8 choices\n$/);
  });

  test('choices that end before the run are told, and the rest is drawn', async () => {
    const { status, err } = await cli('run', '--schedule=', 'race.lane');
    assert.equal(status, 66);
    assert.match(
      err,
      /^interlane: the schedule's 0 choices ended before the run did: \d+ more were drawn from seed 42$/m,
    );
  });
});

suite('cli: ends early', () => {
  const run = async (argv: string[], more: Partial<FakeIo>): Promise<FakeIo & { status: number }> => {
    const io = Object.assign(new FakeIo(FILES), more);
    return Object.assign(io, { status: await main(argv, io) });
  };

  test('a signal: what was found so far, status 130', async () => {
    const { status, out, err } = await run(['run', 'raceForever.lane'], { patience: 3 });
    assert.deepEqual([status, out], [130, 'begun\n']);
    assert.match(err, /WARNING: DATA RACE/);
    assert.match(err, /\ninterlane: interrupted after [1-9]\d* instructions\nexit status 130\n$/);
  });

  test('a signal: a whole document, with the outcome and what was found', async () => {
    const { status, out, err } = await run(['run', '--json', 'raceForever.lane'], { patience: 3 });
    const json = JSON.parse(out) as { exit: number; outcome: object; stdout: string; findings: { kind: string }[] };
    assert.deepEqual(
      [status, err, json.exit, json.outcome, json.stdout],
      [130, '', 130, { kind: 'interrupted' }, 'begun\n'],
    );
    assert.deepEqual(
      json.findings.map(({ kind }) => kind),
      ['data-race'],
    );
  });

  test('a signal before there is a program: said, and a whole document all the same', async () => {
    const large = { 'large.lane': `func main() {\n${'\tprintln(1)\n'.repeat(40_000)}}\n` };
    for (const json of [false, true]) {
      const io = Object.assign(new FakeIo(large), { patience: 0 });
      assert.equal(await main(['run', ...(json ? ['--json'] : []), 'large.lane'], io), 130);
      if (json)
        assert.deepEqual(JSON.parse(io.out), {
          schema: 'interlane.run/1',
          file: 'large.lane',
          exit: 130,
          outcome: { kind: 'interrupted' },
          findings: [],
        });
      else assert.deepEqual([io.out, io.err], ['', 'interlane: interrupted before there was anything to tell\n']);
    }
  });

  test('a signal: check tells of the programs that it has checked', async () => {
    const files = {
      'a.lane': 'func main() { return 1 }\n',
      'b.lane': `func main() {\n${'\tprintln(1)\n'.repeat(40_000)}}\n`,
    };
    const io = Object.assign(new FakeIo(files), { patience: 0 });
    assert.equal(await main(['check', '--json', 'a.lane', 'b.lane'], io), 130);
    const { interrupted, diagnostics } = JSON.parse(io.out) as {
      interrupted: boolean;
      diagnostics: { file: string }[];
    };
    assert.deepEqual([interrupted, diagnostics.map(({ file }) => file)], [true, ['a.lane']]);
  });

  test('a signal: a trace of the run so far, and what it did', async () => {
    const { status, written } = await run(['trace', 'raceForever.lane', '-o', 'x.json'], { patience: 3 });
    assert.equal(status, 130);
    assert.equal((JSON.parse(written.get('x.json')!) as { schema: string }).schema, 'interlane.trace/1');
  });

  test('a full disk: one line, status 74, whichever stream it is', async () => {
    for (const argv of [
      ['run', 'clean.lane'],
      ['run', '--json', 'clean.lane'],
      ['check', 'dir'],
      ['dump', '--stage=code', 'clean.lane'],
      ['--help'],
    ]) {
      const { status, out, err } = await run(argv, { room: { 1: 0, 2: Infinity } });
      assert.deepEqual(
        [status, out, err],
        [74, '', 'interlane: standard stream 1: ENOSPC: no space left on device\n'],
        argv.join(' '),
      );
    }
    const { status, err } = await run(['run', 'panic.lane'], { room: { 1: Infinity, 2: 0 } });
    assert.deepEqual([status, err], [74, '']);
    const full = await run(['trace', 'clean.lane', '-o', '/full/x.json'], {});
    assert.deepEqual([full.status, full.err], [74, 'interlane: /full/x.json: no space left on the device\n']);
  });
});

suite('cli: output is text', () => {
  test('law: nothing of what it says itself is hostile, whatever program, name and argument say', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText(), hostileText(), async (text, name) => {
        const path = `${name}/a.go`;
        const source = `package main\n\n// ${text.replaceAll('\n', '')}\nfunc main() { panic(${literal(text)}) }\n`;
        const io = new FakeIo({ [path]: source });
        for (const argv of [
          ['run', path],
          ['run', '--json', path],
          ['check', path],
          ['dump', '--stage=tokens', path],
          ['run', text],
          ['run', `--seed=${text}`, path],
          [text],
        ])
          await main(argv, io);
        assert.ok(!hasHostile(io.out + io.err));
        assert.ok(
          io.err.split('\n').every((line) => !line.includes('internal error')),
          io.err,
        );
      }),
      { numRuns: 60 },
    );
  });

  test('what the program prints goes out as it is', async () => {
    const io = new FakeIo({
      'a.go': `package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Print("\\x1b[1m")\n\tprintln("\\u202e")\n}\n`,
    });
    assert.deepEqual([await main(['run', 'a.go'], io), io.out, io.err], [0, '\x1b[1m', '\u202e\n']);
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

  const folder = mkdtempSync(join(tmpdir(), 'interlane-cli-'));
  suiteTeardown(() => rmSync(folder, { recursive: true }));
  /** A file of the folder. */
  const put = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const interlane = (...argv: string[]): { status: number | null; stderr: string } => {
    const { status, stderr } = spawnSync(process.execPath, [BUNDLE, ...argv], { encoding: 'utf8' });
    return { status, stderr };
  };

  /** Sends a signal to a run that goes on for ever. One that comes while the process still starts ends it as the system does: then later. */
  const signalled = async (
    path: string,
    signal: NodeJS.Signals,
    delay = 1000,
  ): Promise<{ status: number; err: string }> => {
    const child = spawn(process.execPath, [BUNDLE, 'run', '--time-limit=10m', '--max-steps=1000000000000', path]);
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.stdout.resume();
    setTimeout(() => child.kill(signal), delay);
    const [status, by] = await new Promise<[number | null, string | null]>((resolve) =>
      child.on('close', (...of) => resolve(of)),
    );
    return by === signal && delay < 20_000 ? signalled(path, signal, delay * 2) : { status: status!, err };
  };

  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    test(`${signal} ends a run with what it has found, status ${status}`, async () => {
      const path = put('race.lane', FILES['raceForever.lane']);
      const { status: ended, err } = await signalled(path, signal);
      assert.equal(ended, status);
      assert.match(err, new RegExp(`DATA RACE[^]*interrupted after \\d+ instructions\nexit status ${status}\n$`));
    });
  }

  test('runs out of compiled code as it does without, and makes it anew when it is damaged', () => {
    const race = put('cached.lane', RACE);
    const cache = join(folder, 'cache');
    const code = join(cache, 'interlane', 'commands.code');
    const run = (more: Record<string, string>, command = 'run'): unknown[] => {
      const env = { PATH: process.env.PATH, XDG_CACHE_HOME: cache, HOME: cache, LOCALAPPDATA: cache, ...more };
      const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, command, race], {
        encoding: 'utf8',
        env,
      });
      return [status, stdout, stderr];
    };
    const without = run({ NODE_DISABLE_COMPILE_CACHE: '1' });
    run({}, 'check');
    assert.deepEqual([without[0], existsSync(cache)], [66, false], 'other commands come to run less of it');
    const at = process.platform === 'darwin' ? join(cache, 'Library', 'Caches', 'interlane', 'commands.code') : code;
    for (let k = 0; k < 2; k++) {
      assert.deepEqual(run({}), without);
      const whole = readFileSync(at);
      assert.deepEqual(run({}), without);
      assert.deepEqual(readFileSync(at), whole);
      writeFileSync(at, whole.fill(0, 1000, 2000));
    }
  });

  test('a disk that is full, a file that has no end, bytes that are no program: one line, and a status', function () {
    if (!existsSync('/dev/full')) this.skip();
    const hello = put('hello.lane', FILES['clean.lane']);
    const to = openSync('/dev/full', 'w');
    const full = spawnSync(process.execPath, [BUNDLE, 'run', hello], {
      stdio: ['ignore', to, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(to);
    assert.deepEqual([full.status, full.stderr], [74, 'interlane: standard output: ENOSPC: no space left on device\n']);
    assert.deepEqual(interlane('run', '/dev/zero'), {
      status: 64,
      stderr: 'interlane: expected a readable file: /dev/zero: larger than 16 MB\n',
    });
    truncateSync(put('huge.lane', ''), 3 * 2 ** 30);
    assert.match(interlane('run', join(folder, 'huge.lane')).stderr, /huge\.lane: larger than 16 MB\n$/);
    assert.equal(
      interlane(
        'run',
        put('bytes.lane', String.fromCharCode(...Array.from({ length: 2000 }, (_, i) => (i * 7919) % 256))),
      ).status,
      65,
    );
  });

  test('a result is written whole: no half file, links stay, what was there stays when nothing can be written', () => {
    const hello = put('hello.lane', FILES['clean.lane']);
    const target = put('old.json', 'old');
    symlinkSync(target, join(folder, 'link.json'));
    assert.equal(interlane('trace', hello, '-o', join(folder, 'link.json')).status, 0);
    assert.ok(lstatSync(join(folder, 'link.json')).isSymbolicLink());
    assert.match(readFileSync(target, 'utf8'), /interlane\.trace\/1/);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.tmp')),
      [],
    );
    const nowhere = join(folder, 'no', 'x.json');
    assert.deepEqual(interlane('trace', hello, '-o', nowhere), {
      status: 64,
      stderr: `interlane: expected a file that can be written: ${nowhere} does not exist\n`,
    });
    mkdirSync(join(folder, 'is.json'));
    assert.match(interlane('trace', hello, '-o', join(folder, 'is.json')).stderr, /is\.json: it is a folder\n$/);
  });

  test('a large output reaches a slow reader whole', async () => {
    const path = put(
      'large.lane',
      'func main() {\n\tfor i := range 60000 {\n\t\tfmt.Println("0123456789", i)\n\t}\n}\n',
    );
    const child = spawn(process.execPath, [BUNDLE, 'run', path]);
    let out = '';
    let pauses = 0;
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      if (pauses++ < 5) child.stdout.pause();
      setTimeout(() => child.stdout.resume(), 100);
    });
    assert.equal(await new Promise((resolve) => child.on('close', resolve)), 0);
    assert.equal(out, Array.from({ length: 60000 }, (_, i) => `0123456789 ${i}\n`).join(''));
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
