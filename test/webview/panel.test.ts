/** This file tests what the panel says and shows of a run: verdict, shares, tooltip, table, relations, the page around it. */
import assert from 'node:assert/strict';
import type { PlainDiagnostic } from '../../src/protocol/messages';
import { panelHtml } from '../../src/host/panelHtml';
import { buildTimeline } from '../../src/timeline/build';
import { wholePercent } from '../../src/picture/legend';
import { count, eventWord } from '../../src/picture/words';
import { INITIAL, doesNotCompile, persistent, type AppState, type Run } from '../../src/webview/state';
import { indexOfRow, tableRows } from '../../src/webview/tableRows';
import { ago, compileVerdict, verdictOf } from '../../src/webview/verdict';
import { relations } from '../../src/webview/view/knows';
import { linesOf } from '../../src/webview/view/tooltip';
import { baseName, duration, plural } from '../../src/webview/words';
import { crawl, type Recorded } from './fixture/crawl';
import { transfer } from './fixture/transfer';

const runOf = ({ trace, findings }: Recorded): Run => ({
  file: 'crawl.lane',
  version: 1,
  timeline: buildTimeline(trace, findings),
  findings,
  stdout: '',
  wallMs: 1,
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

  test('a deadlock with who waits', () => {
    assert.equal(
      said(stateOf(transfer())),
      'Deadlock, all asleep: G2 and G3 wait for each other at :7 | no race | 1 schedule, seed 42',
    );
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
    assert.deepEqual(compileVerdict(state), { message: 'undefined: hit', at: ':15', error, fix: 'Change to hits' });
    assert.ok(doesNotCompile(state));
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
    const lines = linesOf(run, { lane, track, index, row, x: 0, y: 0 });
    assert.ok(lines.length <= 4 && lines[0]!.includes('G3 writes 2 to hits'));
    const waiting = linesOf(run, { lane, track, index: 0, row: -1, x: 0, y: 0 });
    assert.ok(waiting[0]!.startsWith('G3 worker · Runnable'));
  });

  test('the table is a tree: lanes, and events where a lane is open', () => {
    const { timeline } = runOf(crawl());
    const groups = timeline.lanes('goroutines');
    const closed = tableRows(timeline, groups, new Set());
    const opened = tableRows(timeline, groups, new Set(['g3']));
    assert.ok(closed.every(({ level }) => level < 3));
    const events = opened.filter(({ level }) => level === 3);
    assert.equal(events.length, timeline.rowsOf(timeline.lane('g3')!).length);
    assert.deepEqual(
      events.map(({ position }) => position),
      events.map((_, i) => i + 1),
    );
    assert.ok(indexOfRow(opened, timeline.rowAtStep(32)) > 0);
    assert.equal(indexOfRow(closed, timeline.rowAtStep(32)), -1);
  });

  test('what a goroutine knows: whole unordered goroutines come first', () => {
    const { timeline } = runOf(crawl());
    const { before, unordered, after } = relations(timeline, timeline.cones(timeline.rowAtStep(32))!, 3);
    assert.equal(before, 'G1 to step 9');
    assert.ok(unordered.startsWith('all of G2 until step 59'));
    assert.ok(after.includes('G4 from step 49'));
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
