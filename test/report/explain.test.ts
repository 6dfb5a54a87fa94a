/** This file tests how findings are put into words, and the reports in Go's own layouts. */
import assert from 'node:assert/strict';
import { SourceFile } from '../../src/base/span';
import { Detection } from '../../src/detect/detection';
import type { Ending } from '../../src/event/ending';
import { type Survivor, Survivors } from '../../src/event/survivors';
import { Wait } from '../../src/event/wait';
import type { WaitName } from '../../src/event/wait';
import { explainAll } from '../../src/report/explain';
import type { ExplainedFinding } from '../../src/report/explained';
import { goRaceReports, goRaceSummary } from '../../src/report/goRace';
import { goCrash } from '../../src/report/goroutineDump';
import { findingJson } from '../../src/report/json';
import type { ObjectKind, Place, TraceMeta } from '../../src/trace/meta';
import { TraceRecorder } from '../../src/trace/store';
import type { Trace } from '../../src/trace/store';
import { Run, tell } from '../detect/notation';

/** Kinds and types of the objects that the runs below name. */
const OBJECTS: Readonly<Record<string, readonly [ObjectKind, string]>> = {
  hits: ['variable', 'int'], label: ['variable', 'string'], c: ['channel', 'chan int'], a: ['mutex', 'sync.Mutex'], b: ['mutex', 'sync.Mutex'],
  wg: ['waitgroup', 'sync.WaitGroup'],
}; // prettier-ignore

interface Explained {
  readonly findings: readonly ExplainedFinding[];
  readonly trace: Trace;
}

/** Event number k stands at line k of the only file, in the function of its goroutine. */
function explain(source: string, ending: Partial<Ending> = {}, waiting = '', stack?: readonly number[]): Explained {
  const run = new Run(source);
  const detection = new Detection();
  const recorder = new TraceRecorder({ maxRows: 1000 });
  tell([detection, recorder], run.steps);
  const { columns } = recorder.take();
  const functionOf = (g: number): string => (g === 1 ? 'main.main' : 'main.worker');
  const places = run.steps.map(({ g }, line): Place => ({ file: 0, line, column: 2, endLine: line, endColumn: 6, function: functionOf(g) })); // prettier-ignore
  const goroutines = [1, 2, 3].map((id) => {
    const at = source.split(';').findIndex((text) => text.trim() === `1 go ${id}`);
    return {
      id,
      name: id === 1 ? 'main' : 'worker',
      function: functionOf(id),
      parent: id === 1 ? 0 : 1,
      createdAt: at,
      process: 1,
    };
  });
  const meta: TraceMeta = {
    schema: 'interlane.trace/1', files: ['counter.lane'], places, goroutines,
    objects: Object.entries(OBJECTS).map(([name, [kind, type]]) => ({ id: run.names.address(name), kind, name, type, declaredAt: -1 })),
    threads: [], processes: [{ id: 1, name: 'counter', parent: 0, main: 1 }], cores: 2, seed: 1, schedule: 's1', steps: recorder.steps, endTime: 2e9, outcome: 'exit', status: 0,
    instructions: 50_000_000, truncated: false, texts: [], stacks: [],
  }; // prettier-ignore
  for (let row = 0; row < columns.place.length; row++) columns.place[row] = columns.place[row]! >> 2;
  const trace: Trace = { meta, length: columns.kind.length, columns };
  const survivors = waiting.split(';').filter((text) => text.trim() !== '').map((text): Survivor => {
    const [g, wait, object, line] = text.trim().split(' ') as [string, WaitName, string, string];
    return { g: Number(g), state: 'blocked', wait: Wait[wait], object: object === '-' ? 0 : run.names.address(object), pc: Number(line) * 4 };
  }); // prettier-ignore
  const end: Ending = { kind: 'exit', status: 0, survivors: Survivors.of(survivors), ...ending };
  return {
    trace,
    findings: explainAll(detection.finish(end), trace, {
      place: (pc) => (pc < 0 ? -1 : pc >> 2),
      row: (event) => event,
      stack: (g) => stack ?? survivors.filter((survivor) => survivor.g === g).map(({ pc }) => pc),
    }),
  };
}

const path = (file: string): string => `/home/me/${file}`;
const RACE = '1 write hits=0; 1 go 2; 1 go 3; 2 read hits=0; 3 read hits=0; 2 write hits=1; 3 write hits=1';

suite('report: races in words', () => {
  const { findings, trace } = explain(RACE);
  const [race] = findings;

  test('one finding, one sentence, every noun a link', () => {
    assert.equal(findings.length, 1);
    assert.equal(race!.title, 'Data race on hits');
    assert.equal(race!.message, 'G2 writes hits at line 5 while G3 may be reading it at line 4; nothing orders them: the last thing both agree on is the go at line 1.'); // prettier-ignore
    const links = race!.sentence.flatMap((phrase) => ('link' in phrase ? [`${phrase.link.kind} ${phrase.text}`] : []));
    assert.deepEqual(links, [
      'goroutine G2',
      'object hits',
      'place line 5',
      'goroutine G3',
      'place line 4',
      'place line 1',
    ]);
  });

  test('the values, the update that is lost, and a sentence on it', () => {
    const table = race!.values.map((row) =>
      `${row.step} G${row.g} ${row.access} ${row.value} ${row.lost ?? ''}`.trim(),
    );
    assert.deepEqual(table, ['3 G2 reads 0', '4 G3 reads 0', '5 G2 writes 1', "6 G3 writes 1 over G2's 1"]);
    assert.equal(race!.valueNote, 'Two increments, yet `hits` grew by one.');
  });

  test('sites in the source, with where the goroutines were started', () => {
    const sites = race!.sites.map(({ role, goroutine, place, row }) => `${role} ${goroutine} ${place} ${row}`);
    assert.deepEqual(sites, ['access G2 worker 5 5', 'previous-access G3 worker 4 4', 'last-common G1 main 1 1', 'created-at G2 worker 1 1', 'created-at G3 worker 2 2']); // prettier-ignore
    assert.equal(race!.sites[0]!.message, 'G2 writes hits here');
  });

  test('the clocks say who knew what', () => {
    assert.deepEqual(race!.clocks!.rows.map((row) => row.label), ['G3, step 4', 'G2, step 5']); // prettier-ignore
    assert.equal(race!.clocks!.deciding, 3);
  });

  test('in the layout of go run -race', () => {
    assert.match(goRaceReports(findings, trace, path), /^==================\nWARNING: DATA RACE\nWrite at 0x00c0000[0-9a-f]{5} by goroutine 2:\n {2}main\.worker\(\)\n {6}\/home\/me\/counter\.lane:5 \+0x[0-9a-f]+\n\nPrevious read at 0x00c0000[0-9a-f]{5} by goroutine 3:\n {2}main\.worker\(\)\n {6}\/home\/me\/counter\.lane:4 \+0x[0-9a-f]+\n\nGoroutine 2 \(running\) created at:\n {2}main\.main\(\)\n {6}\/home\/me\/counter\.lane:1 \+0x[0-9a-f]+\n\nGoroutine 3 \(running\) created at:\n {2}main\.main\(\)\n {6}\/home\/me\/counter\.lane:2 \+0x[0-9a-f]+\n==================\n$/); // prettier-ignore
    assert.equal(goRaceSummary(findings), 'Found 1 data race(s)\n');
    assert.equal(goRaceReports([], trace, path) + goRaceSummary([]), '');
  });

  test('a goroutine that has ended is called finished, main by its name', () => {
    const { findings: other, trace: its } = explain('1 go 2; 2 write hits=1; 2 end; 1 write hits=2');
    const text = goRaceReports(other, its, path);
    assert.match(text, /by main goroutine:/);
    assert.match(text, /Goroutine 2 \(finished\) created at:/);
    assert.doesNotMatch(text, /Goroutine 1/);
  });

  test('as JSON, with columns in bytes', () => {
    const source = new SourceFile('counter.lane', 'x\nx\nx\nx\nx\nü := 1\n');
    const json = findingJson(
      race!,
      { ...trace.meta, places: trace.meta.places.map((place) => ({ ...place, line: 6 })) },
      [source],
    );
    assert.deepEqual(
      [json.kind, json.code, json.object, json.schedule],
      ['data-race', 'race.read-write', 'hits', 's1'],
    );
    assert.deepEqual(json.sites[0], { role: 'access', file: 'counter.lane', line: 6, column: 3, function: 'main.worker', goroutine: 2, op: 'write' }); // prettier-ignore
  });

  test('as JSON with its schedule, unless that is so long that hundreds of findings could not be written', () => {
    const json = (length: number): unknown => findingJson(race!, { ...trace.meta, schedule: 's'.repeat(length) }, []);
    assert.ok('schedule' in (json(65_536) as object));
    assert.ok(!('schedule' in (json(65_537) as object)));
  });

  test('a reader and a writer: no update is lost, but the order is chance', () => {
    const [other] = explain('1 write hits=0; 1 go 2; 2 write hits=5; 1 read hits=5').findings;
    assert.equal(other!.valueNote, 'Whether G1 sees what G2 writes is a matter of timing; here it sees it.');
    assert.ok(other!.values.every((row) => row.lost === undefined));
  });

  test('values whose text is not known make no table', () => {
    assert.deepEqual(explain('1 go 2; 1 write label=7; 2 write label=8').findings[0]!.values, []);
  });

  test('a wait group that is added to too late', () => {
    const [misuse] = explain('1 go 2; 1 passed wg; 2 add wg 1; 2 done wg').findings;
    assert.equal(misuse!.title, 'Misuse of wg');
    assert.match(
      misuse!.message,
      /^G2 adds to wg at line 2 while G1 may be waiting for it at line 1; .* Wait may return before the work has begun\.$/,
    );
  });
});

suite('report: deadlocks and leaks in words', () => {
  const AB = '1 go 2; 1 go 3; 2 lock a; 3 lock b; 2 block b mutexLock; 3 block a mutexLock; 1 await wg';
  const text = 'fatal error: all goroutines are asleep - deadlock!';

  test('a cycle, numbered', () => {
    const [found] = explain(
      AB,
      { kind: 'deadlock', text },
      '2 mutexLock b 4; 3 mutexLock a 5; 1 waitGroupWait wg 6',
    ).findings;
    assert.equal(found!.message, 'G2 waits for b at line 4, which G3 holds since line 3; G3 waits for a at line 5, which G2 holds since line 2: neither can go on.'); // prettier-ignore
    assert.deepEqual(found!.cycle.map(({ number, kind, g, place }) => `${number} G${g} ${kind} @${place}`), ['1 G2 waits for @4', '2 G3 held by @3', '3 G3 waits for @5', '4 G2 held by @2']); // prettier-ignore
  });

  test('locking twice', () => {
    const [found] = explain('1 lock a; 1 block a mutexLock', { kind: 'deadlock', text }, '1 mutexLock a 1').findings;
    assert.equal(found!.message, 'G1 locks a at line 1 although it has held it since line 0: it waits for itself.');
    assert.equal(found!.cycle.length, 2);
  });

  test('nobody left', () => {
    const [found] = explain(
      '1 make c; 1 block c chanReceive',
      { kind: 'deadlock', text },
      '1 chanReceive c 1',
    ).findings;
    assert.equal(
      found!.message,
      'All goroutines are asleep: G1 waits to receive from c at line 1, and nobody is left to send.',
    );
    assert.deepEqual(found!.cycle, []);
  });

  test('a lock that its holder will not give back', () => {
    const [found] = explain('1 go 2; 1 lock a; 2 block a mutexLock; 1 block c chanReceive', { kind: 'deadlock', text }, '2 mutexLock a 2; 1 chanReceive c 3').findings; // prettier-ignore
    assert.match(
      found!.message,
      /^All goroutines are asleep: G2 waits for a at line 2, which G1 has locked at line 1 and not unlocked; G1 waits to receive from c at line 3, and nobody is left to send\.$/,
    );
  });

  test('a partial deadlock says that others ran on', () => {
    const [found] = explain(AB, {}, '2 mutexLock b 4; 3 mutexLock a 5').findings;
    assert.equal(found!.title, 'Partial deadlock');
    assert.match(found!.message, /^While others ran on, G2 waits for b/);
  });

  test('a leak', () => {
    const [found] = explain('1 make c; 1 go 2; 2 block c chanSend', {}, '2 chanSend c 2').findings;
    assert.deepEqual([found!.title, found!.message], ['Leaked goroutine', 'When main ended, G2 was waiting to send to c at line 2: nobody is left to receive.']); // prettier-ignore
  });

  test('the dump of a deadlock is Go’s', () => {
    const { findings, trace } = explain(
      AB,
      { kind: 'deadlock', text },
      '2 mutexLock b 4; 3 mutexLock a 5; 1 waitGroupWait wg 6',
    );
    const lines = goCrash(text, findings, trace, path)
      .replace(/\+0x[0-9a-f]+/g, '+0x')
      .split('\n');
    assert.deepEqual(lines.slice(0, 10), [
      text, '', 'goroutine 1 [sync.WaitGroup.Wait]:', 'main.main()', '\t/home/me/counter.lane:6 +0x', '',
      'goroutine 2 [sync.Mutex.Lock]:', 'main.worker(...)', '\t/home/me/counter.lane:4 +0x', 'created by main.main in goroutine 1',
    ]); // prettier-ignore
  });
});

suite('report: failures in words', () => {
  test('a panic, and its dump', () => {
    const { findings, trace } = explain('1 go 2; 2 panic boom', {
      kind: 'panic',
      code: 'panic.user',
      text: 'panic: boom',
      g: 2,
      pc: 4,
    });
    assert.deepEqual([findings[0]!.title, findings[0]!.message], ['Panic: boom', 'G2 panics at line 1: boom']);
    const dump = goCrash('panic: boom', findings, trace, path).replace(/\+0x[0-9a-f]+/g, '+0x');
    assert.equal(dump, 'panic: boom\n\ngoroutine 2 [running]:\nmain.worker(...)\n\t/home/me/counter.lane:1 +0x\ncreated by main.main in goroutine 1\n\t/home/me/counter.lane:0 +0x\n'); // prettier-ignore
  });

  test('of a deep stack the middle is left out', () => {
    const stack = Array.from({ length: 500 }, (_, i) => (i < 499 ? 4 : 0));
    const text = 'fatal error: stack overflow';
    const ending = { kind: 'fatal', code: 'fatal.stack-overflow', text, g: 1, pc: 4 } as const;
    const { findings, trace } = explain('1 go 2; 1 write hits=1', ending, '', stack);
    const lines = goCrash(text, findings, trace, path).split('\n');
    assert.equal(lines.filter((line) => line.startsWith('\t')).length, 100);
    assert.equal(lines.indexOf('...additional frames elided...'), 3 + 100);
    assert.equal(findings[0]!.code, 'fatal.stack-overflow');
  });

  test('a spent budget says which and how to raise it', () => {
    const [found] = explain('1 go 2', { kind: 'budget', budget: 'steps', g: 1, pc: 0 }).findings;
    assert.equal(
      found!.message,
      'The run was stopped at line 0: it had executed 50,000,000 instructions, and its budget of instructions, budget.instructions, is 50,000,000.',
    );
    assert.match(found!.advice[0]!, /interlane\.budget\.instructions.*--max-steps/);
  });

  test('an assertion', () => {
    assert.equal(
      explain('1 assert total is 2').findings[0]!.message,
      'G1 finds the assertion at line 0 violated: total is 2',
    );
  });
});
