/** This file tests what the panel says and shows of a run: verdict, shares, tooltip, table, relations, the page around it. */
import assert from 'node:assert/strict';
import type { PlainDiagnostic } from '../../src/protocol/messages';
import { diagnosticCodes } from '../../src/lang/codes';
import { EMPTY_PROGRAM } from '../../src/report/emptyProgram';
import type { ExplainedFinding } from '../../src/report/explained';
import { panelHtml } from '../../src/host/panelHtml';
import { buildTimeline } from '../../src/timeline/build';
import { decodeTrace } from '../../src/trace/format';
import { NOTHING_PRINTED } from '../../src/trace/printed';
import { wholePercent } from '../../src/trace/quantity';
import { count, eventWord } from '../../src/picture/words';
import { percentages } from '../../src/webview/derive';
import { openingRow } from '../../src/webview/opening';
import { Navigator } from '../../src/webview/navigate';
import { Store } from '../../src/webview/store';
import { INITIAL, doesNotCompile, persistent, type AppState, type Run } from '../../src/webview/state';
import type { Lane, Timeline } from '../../src/timeline/model';
import { windowWords } from '../../src/webview/say';
import { tableRows } from '../../src/webview/tableRows';
import { ago, compileVerdict, verdictOf } from '../../src/webview/verdict';
import { clockColumns, relations } from '../../src/webview/view/knows';
import { linesOf } from '../../src/webview/view/tooltip';
import { baseName, duration, plural } from '../../src/webview/words';
import { crawl, type Recorded } from './fixture/crawl';
import { crowd } from './fixture/crowd';
import { simulated } from './fixture/simulated';
import { transfer } from './fixture/transfer';

const runOf = ({ trace, findings }: Recorded): Run => ({
  file: 'crawl.lane',
  version: 1,
  timeline: buildTimeline(trace, findings),
  findings,
  printed: NOTHING_PRINTED,
  wallMs: 1,
  stopped: false,
});
const stateOf = (recorded: Recorded): AppState => ({ ...INITIAL, phase: 'shown', run: runOf(recorded) });
const said = (state: AppState): string => {
  const { bold, rest, facts, coverage } = verdictOf(state)!;
  return [bold + rest.map(({ text }) => text).join(''), ...facts, coverage].join(' | ');
};
const error: PlainDiagnostic = {
  file: 0,
  range: { startLine: 14, startColumn: 2, endLine: 14, endColumn: 5 },
  severity: 'error',
  code: 'UndeclaredName',
  message: 'undefined: hit',
  related: [],
  fixes: [{ title: 'Change to hits', edits: [] }],
};

suite('webview/verdict', () => {
  test('a race with both lines', () => {
    assert.equal(said(stateOf(crawl())), '1 data race on `hits` :15 ↔ :15 | no deadlock | 1 schedule, seed 42');
  });

  test('races on several variables name them, and where the first is', () => {
    const run = crawl();
    const on = (...names: string[]): string =>
      said(stateOf({ ...run, findings: names.map((objectName) => ({ ...run.findings[0]!, objectName })) })).split(' | ')[0]!; // prettier-ignore
    assert.equal(on('x', 'y'), '2 data races on `x` and `y`, first :15 ↔ :15');
    assert.equal(on('x', 'x'), '2 data races on `x`, first :15 ↔ :15');
    assert.equal(on('x', 'y', 'z'), '3 data races on `x`, `y` and `z`, first :15 ↔ :15');
    assert.equal(on('x', 'y', 'z', 'u', 'v'), '5 data races on `x`, `y` and 3 more, first :15 ↔ :15');
  });

  test('what else was found is called what it is', () => {
    const run = crawl();
    const [race] = run.findings;
    const also = (...more: Partial<ExplainedFinding>[]): string[] =>
      said(stateOf({ ...run, findings: [race!, ...more.map((some) => ({ ...race!, ...some }))] })).split(' | ').slice(1, -1); // prettier-ignore
    assert.deepEqual(also({ kind: 'panic' }), ['no deadlock', '1 panic']);
    assert.deepEqual(also({ kind: 'fatal' }, { kind: 'leak', count: 7 }), ['no deadlock', '7 leaked goroutines', '1 fatal error']); // prettier-ignore
    assert.deepEqual(also({ kind: 'deadlock', count: 7 }), ['1 deadlock']);
  });

  test('a deadlock with who waits', () => {
    assert.equal(
      said(stateOf(transfer())),
      'Deadlock, all asleep: G2 and G3 wait for each other at :7 | no race | 1 schedule, seed 42',
    );
  });

  test('a leak of more goroutines than it shows tells of all of them', () => {
    const run = crawl();
    const [finding] = run.findings;
    const waits = [2, 3, 4, 5].map((g) => ({ ...finding!.sites[0]!, role: 'waits' as const, g }));
    const leak = { ...finding!, kind: 'leak' as const, title: '60,000 leaked goroutines', sites: waits, cycle: [] };
    const of = (count?: number): string => said(stateOf({ ...run, findings: [{ ...leak, ...(count && { count }) }] }));
    assert.match(of(60_000), /^60,000 leaked goroutines: G2, G3 and 59,998 more wait at :15 /);
    assert.match(of(), /G2, G3 and 2 more wait at :15 /);
  });

  test('nothing found is not a proof, and says so', () => {
    assert.equal(
      said(stateOf({ ...crawl(), findings: [] })),
      'No race, no deadlock in this run | 1 schedule, seed 42: not a proof',
    );
  });

  test('a file that does not compile: the first error, its line and its fix', () => {
    const state = {
      ...stateOf(crawl()),
      stale: { files: ['a.lane'], diagnostics: [{ ...error, severity: 'warning' as const }, error], since: 0 },
    };
    const told = { message: 'undefined: hit', at: ':15', error, fix: 'Change to hits', empty: false };
    assert.deepEqual(compileVerdict(state), told);
    assert.ok(doesNotCompile(state));
  });

  test('a file in which nothing is written yet has no mistake, though it is no program', () => {
    const nothing = { ...error, code: EMPTY_PROGRAM };
    const state = { ...stateOf(crawl()), stale: { files: ['a.lane'], diagnostics: [nothing], since: 0 } };
    assert.equal(compileVerdict(state)?.empty, true);
    assert.ok(doesNotCompile(state));
    assert.ok(Object.hasOwn(diagnosticCodes, EMPTY_PROGRAM), 'it is the front end that says so');
  });

  test('a file that has merely changed still has its verdict', () => {
    const state = { ...stateOf(crawl()), stale: { files: ['a.lane'], diagnostics: [], since: 0 } };
    assert.equal(compileVerdict(state), undefined);
    assert.ok(!doesNotCompile(state));
  });

  test('ages in words', () => {
    assert.deepEqual([0, 12_000, 180_000].map(ago), ['just now', '12 s ago', '3 min ago']);
  });
});

suite('webview/words', () => {
  test('virtual time in the unit that suits it', () => {
    assert.deepEqual([0, 20, 1260, 21_720, 168_450, 2.5e6, 3e9].map(duration), [
      '0 ns',
      '20 ns',
      '1.26 µs',
      '21.7 µs',
      '168 µs',
      '2.5 ms',
      '3 s',
    ]);
  });

  test('numbers, plurals, names', () => {
    assert.deepEqual(
      [count(1284), plural(1, 'step'), plural(2, 'step'), baseName('/a/b.lane'), baseName('C:\\a\\b.lane')],
      ['1,284', '1 step', '2 steps', 'b.lane', 'b.lane'],
    );
  });

  test('events in a word', () => {
    const { trace } = transfer();
    const words = Array.from({ length: trace.length }, (_, row) => eventWord(trace, row)).filter(Boolean);
    assert.deepEqual(words, ['Add 2', 'go G2', 'go G3', 'Lock b', 'Lock a']);
  });

  test('whole percents add up to 100', () => {
    assert.deepEqual(wholePercent([1, 1, 1]), [34, 33, 33]);
    assert.deepEqual(wholePercent([0, 0]), [0, 0]);
    assert.equal(
      wholePercent([3, 5, 7, 11, 13, 17]).reduce((a, b) => a + b),
      100,
    );
  });
});

suite('webview/panel', () => {
  test('a tooltip has at most four lines: event, state, duration, place', () => {
    const run = runOf(crawl());
    const lane = run.timeline.lane('g3')!;
    const track = lane.tracks[0]!;
    const row = run.timeline.rowAtStep(32);
    const index = run.timeline.sliceAtRow(lane, row);
    const pointer = { x: 0, y: 0 };
    const lines = linesOf(run, { lane, track, index, row, doing: run.timeline.goroutineAt(3, row), ...pointer });
    assert.ok(lines.length <= 4 && lines[0]!.includes('G3 writes 2 to hits'));
    assert.match(lines[1]!, /^Running: on core \d :15$/);
    assert.equal(
      lines
        .join(' ')
        .match(/line \d+/g)
        ?.join(),
      'line 15',
      'one line, which is that of the event',
    );
    const created = run.timeline.goroutineAtX(3, 'step', run.timeline.bounds(track, 0, 'step').start);
    const waiting = linesOf(run, { lane, track, index: 0, row: -1, doing: created, ...pointer });
    assert.equal(waiting[0], 'G3 worker · Runnable: ready, not started :28');
    assert.match(waiting.at(-1)!, /line 28$/);
  });

  test('a tooltip of a goroutine that is stuck says who holds what it waits for; its row in the table, too', () => {
    const run = runOf(transfer());
    const { timeline } = run;
    const lane = timeline.lane('g2')!;
    const track = lane.tracks[0]!;
    const doing = timeline.goroutineAt(2, timeline.trace.length);
    const lines = linesOf(run, { lane, track, index: track.length - 1, row: -1, doing, x: 0, y: 0 });
    assert.match(lines.at(-1)!, /line 7 · held by G3$/);
    const doesWhat = (of: Lane): string => timeline.describeLane(of, timeline.trace.length);
    const rows = [...tableRows(timeline, timeline.lanes('goroutines'), new Set(), doesWhat)];
    assert.equal(rows.find(({ id }) => id === 'g2')!.text, `move · ${doing.text}`);
    assert.match(doing.text, /^waits for [ab] :7, held by G3$/);
  });

  test('the table is a tree: lanes, and events where a lane is open', () => {
    const { timeline } = runOf(crawl());
    const groups = timeline.lanes('goroutines');
    const closed = tableRows(timeline, groups, new Set());
    const opened = tableRows(timeline, groups, new Set(['g3']));
    assert.ok([...closed].every(({ level }) => level < 3));
    const events = [...opened].filter(({ level }) => level === 3);
    assert.equal(events.length, timeline.rowsOf(timeline.lane('g3')!).length);
    assert.deepEqual(
      events.map(({ position }) => position),
      events.map((_, i) => i + 1),
    );
    const row = timeline.rowAtStep(32);
    assert.equal(opened.at(opened.indexOf(row))!.row, row);
    assert.equal(closed.indexOf(row), -1);
    assert.equal(opened.at(opened.indexOfId('g3'))!.id, 'g3');
    assert.deepEqual([opened.at(-1), opened.at(opened.count)], [undefined, undefined]);
  });

  test('the table of a million events asks for no more of them than are seen', () => {
    const { timeline } = runOf(crawl());
    const groups = timeline.lanes('goroutines');
    const many = Int32Array.from({ length: 1_000_000 }, (_, i) => i);
    let asked = 0;
    const counting: Timeline = Object.assign(Object.create(timeline) as Timeline, {
      rowsOf: () => many,
      describeEvent: () => String(asked++),
    });
    const rows = tableRows(counting, groups, new Set(['g1', 'g3']), () => String(asked++));
    assert.equal(asked, 0);
    assert.ok(rows.count > 2_000_000);
    const [last, row] = [rows.at(rows.count - 1)!, rows.at(rows.indexOfId('g3') + 500_001)!];
    assert.deepEqual([row.row, row.position, row.siblings, row.parent], [500_000, 500_001, 1_000_000, 'g3']);
    assert.ok(last.level > 1);
    assert.equal(asked, last.level === 2 ? 2 : 1);
    assert.equal(rows.indexOf(999_999), rows.indexOfId('g1') + 1_000_000);
  });

  test('the table has the events of every lane, of cores, threads, channels, locks and variables too', () => {
    const { timeline } = runOf(crawl());
    for (const preset of ['goroutines', 'cores'] as const) {
      const groups = timeline.lanes(preset);
      const lanes = groups.flatMap((group) => group.lanes);
      const opened = [...tableRows(timeline, groups, new Set(lanes.map(({ id }) => id)))];
      assert.equal(new Set(opened.map(({ id }) => id)).size, opened.length, 'ids are unique');
      for (const lane of lanes) {
        const events = opened.filter(({ parent, level }) => level === 3 && parent === lane.id);
        assert.deepEqual(events.map(({ row }) => row), [...timeline.rowsOf(lane)]); // prettier-ignore
        assert.ok(events.every(({ text }) => text !== ''));
      }
      const withEvents = new Set(opened.filter(({ level }) => level === 3).map(({ parent }) => parent.split(':')[0]));
      const wanted = preset === 'cores' ? ['core', 'thread'] : ['g1', 'chan', 'lock', 'var'];
      assert.deepEqual(wanted.filter((kind) => !withEvents.has(kind)), [], preset); // prettier-ignore
    }
  });

  test('the part of the run that is shown, in words', () => {
    const { timeline } = runOf(crawl());
    assert.equal(windowWords(timeline, 'step', { from: 11.5, to: 54.5 }), `Steps 12 to 54 of ${timeline.steps - 1}`);
    assert.equal(windowWords(timeline, 'step', { from: -0.5, to: timeline.steps }), `All ${timeline.steps} steps`);
    assert.match(windowWords(timeline, 'time', { from: 1200, to: 21_720 }), /^1.2 µs to 21.7 µs of \d+ µs$/);
    assert.match(windowWords(timeline, 'time', { from: 0, to: 1e9 }), /^All of \d+ µs$/);
  });

  test('what a goroutine knows: whole unordered goroutines come first', () => {
    const { timeline } = runOf(crawl());
    const { before, unordered, after } = relations(timeline, timeline.cones(timeline.rowAtStep(32))!, 3);
    assert.equal(before, 'G1 to step 9');
    assert.ok(unordered.startsWith('all of G2 until step 59'));
    assert.ok(after.includes('G4 from step 49'));
  });

  test('of clocks the component that decides stands first, then what differs; the rest is counted', () => {
    const goroutines = Array.from({ length: 20 }, (_, i) => i + 1);
    const clock = goroutines.map((g) => (g < 12 ? 3 : 0));
    const changed = (at: number, value: number): number[] => clock.map((old, i) => (i === at - 1 ? value : old));
    const rows = [
      { label: 'R', clock: changed(17, 2) },
      { label: 'W', clock: changed(9, 5) },
    ];
    const { columns, rest } = clockColumns({ goroutines, rows, deciding: 17 });
    assert.deepEqual(
      columns.map(({ goroutine }) => goroutine),
      [17, 9, 1, 2, 3, 4],
    );
    assert.equal(rest, 'and 14 equal');
    const few = clockColumns({ goroutines: [1, 2, 3], rows: [{ label: 'R', clock: [1, 0, 2] }], deciding: 3 });
    assert.deepEqual([few.columns.map(({ goroutine }) => goroutine), few.rest], [[1, 2, 3], '']);
    const many = { label: 'R', clock: goroutines.map((g) => g) };
    const all = clockColumns({
      goroutines,
      rows: [many, { label: 'W', clock: many.clock.map((n) => n + 1) }],
      deciding: 8,
    });
    assert.deepEqual([all.columns[0]!.goroutine, all.columns.length, all.rest], [8, 6, 'and 14 that differ']);
  });

  test('the legend is the shares of the picture, the wait after a deadlock included', () => {
    const run = runOf(transfer());
    const { start, end } = run.timeline.domain('step');
    const time = [0, 0, 0, 0, 0, 0, 0];
    for (const g of [1, 2, 3]) {
      const [states] = run.timeline.lane(`g${g}`)!.tracks;
      for (let i = 0; i < states!.length; i++) {
        const { start: from, end: to } = run.timeline.bounds(states!, i, 'step');
        time[run.timeline.slice(states!, i).code]! += to - from;
      }
    }
    const shown: AppState = { ...INITIAL, run, axis: 'step', view: { from: start, to: end } };
    assert.deepEqual(percentages(shown), wholePercent(time));
  });

  test('the window with which a race opens holds both of its accesses', () => {
    for (const goroutines of [8, 20, 60]) {
      const { file, trace, findings } = crowd(goroutines);
      const timeline = buildTimeline(decodeTrace(trace), findings);
      const run: Run = { file, version: 1, timeline, findings, printed: NOTHING_PRINTED, wallMs: 1, stopped: false };
      const accesses = findings[0]!.sites.filter(({ role }) => role.endsWith('access'));
      assert.equal(accesses.length, 2);
      for (const width of [120, 280, 480, 900]) {
        const { from, to } = new Navigator(new Store(), () => undefined).initialView(run, 'step', width);
        for (const { row } of accesses) {
          const at = timeline.xOf(row, 'step');
          assert.ok(at > from && at < to, `${goroutines} goroutines, ${width} px: ${from} ${at} ${to}`);
        }
      }
    }
  });

  test('a deadlock opens when the last of it waits, with all its waits and its arrows in sight', () => {
    const locks = 'func main() {\n\tvar a, b sync.Mutex\n\tfor range 400 {\n\t\ta.Lock()\n\t\ta.Unlock()\n\t}\n\tgo func() {\n\t\ta.Lock()\n\t\twork(90us)\n\t\tb.Lock()\n\t}()\n\tb.Lock()\n\twork(90us)\n\ta.Lock()\n}\n'; // prettier-ignore
    const { trace, findings } = simulated('stuck.lane', locks);
    const recorded = { trace: decodeTrace(trace), findings };
    for (const run of [runOf(recorded), runOf(transfer())]) {
      const { timeline, findings } = run;
      const waits = findings[0]!.cycle.filter(({ kind }) => kind === 'waits for').map(({ row }) => row);
      assert.equal(waits.length, 2);
      assert.equal(openingRow(findings[0]!), Math.max(...waits));
      for (const axis of ['step', 'time'] as const)
        for (const width of [280, 900, 3000]) {
          const { from, to } = new Navigator(new Store(), () => undefined).initialView(run, axis, width);
          assert.equal(to, timeline.domain(axis).end);
          for (const row of waits) assert.ok(timeline.xOf(row, axis) >= from, `${axis} ${width}`);
        }
      const [doing] = [timeline.goroutineAt(findings[0]!.cycle[0]!.g, openingRow(findings[0]!) + 1)];
      assert.match(doing.text, /^waits for/);
    }
    const race = crawl().findings[0]!;
    assert.equal(openingRow(race), race.sites.find(({ row }) => row >= 0)!.row);
  });

  test('what outlives the page', () => {
    const state = { ...INITIAL, preset: 'cores' as const, collapsed: new Set(['objects']) };
    assert.deepEqual(persistent(state, 'file:///a.lane'), {
      version: 1,
      uri: 'file:///a.lane',
      preset: 'cores',
      axis: 'step',
      from: 0,
      to: 1,
      row: -1,
      table: false,
      collapsed: ['objects'],
      drawer: 'auto',
      tab: 'explanation',
      alone: false,
      chosen: {},
    });
  });

  test('the page allows one script and no inline style', () => {
    const html = panelHtml({
      cspSource: 'https://x',
      nonce: 'abc',
      scriptUri: 's.js',
      styleUri: 'a.css',
      codiconUri: 'c.css',
    });
    assert.ok(html.includes('script-src &#39;nonce-abc') || html.includes("script-src 'nonce-abc'"));
    assert.ok(!/unsafe|style="|<style/.test(html));
    assert.ok(html.includes('<html lang="en">') && html.includes('<title>'));
    assert.ok(
      !panelHtml({ cspSource: 'x', nonce: '"><script>', scriptUri: '', styleUri: '', codiconUri: '' }).includes(
        '"><script>',
      ),
    );
  });
});
