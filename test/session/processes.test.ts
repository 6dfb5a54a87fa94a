/** This file tests programs of several processes from their text on: what each has for itself, how each ends, and what is said of it. */
import assert from 'node:assert/strict';
import { compileSources, type Compiled } from '../../src/session/compile';
import { simulate, type SimulationOptions, type SimulationResult } from '../../src/session/simulation';
import { ScheduleError } from '../../src/trace/schedule';

function compiled(text: string): Compiled {
  return compileSources([{ name: 'office.lane', text }]);
}

function run(text: string, options: Partial<SimulationOptions> = {}): SimulationResult {
  const { program, code } = compiled(text);
  assert.ok(code, program.diagnostics.map(({ message }) => message).join('\n'));
  return simulate(program, code, { seed: 1, ...options });
}

const messages = ({ findings }: SimulationResult): string[] => findings.map(({ message }) => message);

suite('session: processes', () => {
  test('each has its own variables, initialisers and init functions; program text is common', () => {
    const { stdout, outcome } = run(`
func seven() int { return 7 }
process one { var n = seven() + m; var m = 1; func init() { n *= 10 }; func main() { n++; fmt.Println("one", n) } }
process two { var n = seven(); func init() { n-- }; func init() { n-- }; func main() { time.Sleep(1ms); n++; fmt.Println("two", n) } }
`);
    assert.equal(stdout, 'one 81\ntwo 6\n');
    assert.deepEqual(outcome, { kind: 'exit', status: 0 });
  });

  test('so have packages theirs', () => {
    const { stderr } = run(`
process one { func main() { log.SetFlags(0); log.SetPrefix("one: "); log.Print("hello") } }
process two { func main() { time.Sleep(1ms); log.SetFlags(0); log.Print("hello") } }
`);
    assert.equal(stderr, 'one: hello\nhello\n');
  });

  test('have PIDs in source order, and tell them', () => {
    const { stdout, trace } = run(
      ['b', 'a', 'c']
        .map((name, i) => `process ${name} { func main() { time.Sleep(${i}ms); fmt.Println(getpid()) } }`)
        .join('\n'),
    );
    assert.equal(stdout, '1\n2\n3\n');
    assert.deepEqual(trace.meta.processes.map(({ id, name, parent, status }) => [id, name, parent, status]), [[1, 'b', 0, 0], [2, 'a', 0, 0], [3, 'c', 0, 0]]); // prettier-ignore
  });

  test('a program that declares none is one, named after its file', () => {
    const { trace, stdout } = run('func main() { fmt.Println(getpid()) }');
    assert.equal(stdout, '1\n');
    assert.deepEqual(trace.meta.processes.map(({ id, name, status }) => [id, name, status]), [[1, 'office', 0]]); // prettier-ignore
  });

  test('functions and variables are named by their process', () => {
    const result = run(
      'process one { var n int; func touch() { n++ }; func main() { go touch(); n++; time.Sleep(1ms) } }\nprocess two { func main() {} }',
    );
    assert.match(messages(result)[0]!, /^G\d (reads|writes) one\.n at line 1 while G\d (may be|is) writing it/);
    const names = result.trace.meta.goroutines.map((goroutine) => goroutine.function);
    assert.deepEqual(names, ['one.main', 'two.main', 'one.touch']);
  });

  test('end one by one: the run with the last of them, as the first that did not end well', () => {
    const result = run(`
process one { func main() { time.Sleep(2ms); exit(0) } }
process two { func main() { time.Sleep(1ms); exit(3) } }
process three { func main() { exit(4) } }
process four { func main() { time.Sleep(3ms) } }
`);
    assert.deepEqual(result.outcome, { kind: 'exit', status: 3 });
    assert.deepEqual([...result.endings].map(([id, { status }]) => [id, status]), [[1, 0], [2, 3], [3, 4], [4, 0]]); // prettier-ignore
  });

  test('a deadlock, a leak and a panic say whose they are', () => {
    const result = run(`
process one { func main() { c := make(chan int); c <- 1 } }
process two { func main() { go func() { select {} }(); time.Sleep(1ms) } }
process three { func main() { panic("boom") } }
`);
    assert.deepEqual(messages(result), [
      'G3 panics at line 4: boom',
      'All goroutines of process one are asleep: G1 waits to send to c at line 2, and nobody is left to receive.',
      'When main of process two ended, G4 was waiting in an empty select at line 3: that blocks for ever.',
    ]);
    assert.deepEqual([...result.endings.values()].map(({ kind }) => kind), ['deadlock', 'exit', 'panic']); // prettier-ignore
  });

  test('what stops the run is said once, of one that still ran', () => {
    const result = run(
      'process one { func main() {} }\nprocess two { func main() { for { } } }\nprocess three { func main() { for { } } }',
      {
        budgets: { steps: 100_000 },
      },
    );
    assert.deepEqual(result.findings.map(({ kind }) => kind), ['budget']); // prettier-ignore
    assert.deepEqual([...result.endings.keys()], [1]);
    assert.deepEqual(result.trace.meta.processes.map(({ status }) => status), [0, undefined, undefined]); // prettier-ignore
  });

  test('accesses of different processes never race, whatever they are called', () => {
    const touching = 'var n int; func main() { for range 3 { n++; time.Sleep(1us) } }';
    assert.deepEqual(messages(run(`process one { ${touching} }\nprocess two { ${touching} }`)), []);
  });

  test('a schedule of the controlled scheduler is refused, as that runs one process', () => {
    const text = 'process one { func main() {} }\nprocess two { func main() {} }';
    assert.throws(() => run(text, { schedule: 'c.AA' }), ScheduleError);
    assert.deepEqual(run(text, { schedule: run(text).schedule }).outcome, { kind: 'exit', status: 0 });
  });

  test('a variable outside of all is moved into one by a quick fix', () => {
    const text =
      'var hits, misses int\n\nvar size = 3\n\nprocess one {\n\tfunc main() { println(size) }\n}\n\nprocess two {\n\tfunc main() {}\n}\n';
    const { program } = compiled(text);
    const fixes = program.diagnostics.map(({ message, fixes: of = [] }) => [
      message.split(':')[1],
      of.map(({ title }) => title),
    ]);
    assert.deepEqual(fixes, [
      [' hits must be declared in the process that uses it', []],
      [' misses must be declared in the process that uses it', []],
      [
        ' size must be declared in the process that uses it',
        ['Move size into process one', 'Move size into process two'],
      ],
    ]);
    let fixed = text.replace('var hits, misses int\n', '');
    const { edits } = compiled(fixed).program.diagnostics[0]!.fixes![0]!;
    for (const { span, text: by } of [...edits].reverse())
      fixed = fixed.slice(0, span.start) + by + fixed.slice(span.end);
    assert.equal(
      fixed,
      '\n\nprocess one {\n\tvar size = 3\n\tfunc main() { println(size) }\n}\n\nprocess two {\n\tfunc main() {}\n}\n',
    );
    assert.ok(compiled(fixed).code);
  });

  test('also into one that goes on in the same line', () => {
    const text =
      'var size int\nprocess one { func main() { size++ } }\nprocess two { // why\n\tfunc main() { size++ }\n}\n';
    const moved = compiled(text).program.diagnostics[0]!.fixes!.map(({ edits }) =>
      [...edits]
        .reverse()
        .reduce((all, { span, text: by }) => all.slice(0, span.start) + by + all.slice(span.end), text),
    );
    assert.deepEqual(moved, [
      'process one {\n\tvar size int\n\t func main() { size++ } }\nprocess two { // why\n\tfunc main() { size++ }\n}\n',
      'process one { func main() { size++ } }\nprocess two {\n\tvar size int\n\t // why\n\tfunc main() { size++ }\n}\n',
    ]);
    for (const each of moved) assert.deepEqual(compiled(each).program.diagnostics.map(({ message }) => message.split(' ')[1]), ['belongs']); // prettier-ignore
  });
});
