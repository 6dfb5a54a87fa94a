/** This file states what holds for a trace that had no room for its run, compared with the trace of the same run that had: whatever it says is true. */
import assert from 'node:assert/strict';
import { EVENT_NAMES, IS_STEP, Kind } from '../../src/event/kinds';
import { simulate, type SimulationResult } from '../../src/session/simulation';
import { buildTimeline } from '../../src/timeline/build';
import { STATES, type Timeline, type Track } from '../../src/timeline/model';
import { decodeTrace, encodeTrace } from '../../src/trace/format';
import { eventsKept, eventsLeftOut, gapAt, gapsOf, isLeftOut, STATES_TOLD, sumsAt } from '../../src/trace/gaps';
import type { Trace } from '../../src/trace/store';
import { decodeTransfer, encodeTransfer } from '../../src/trace/transfer';
import { subjects, type Subject } from '../fuzz/determinism';
import { runText } from '../support/run';

/** So many of the subjects, which never end; rows that their traces may have. */
const SUBJECTS = 150;
const ROOMS = [64, 100, 177, 400, 1000] as const;
const ENOUGH = 1_000_000;

interface Pair {
  readonly name: string;
  readonly whole: SimulationResult;
  readonly gapped: SimulationResult;
  /** Row of the whole trace by row of the other; -1: of rows that say what is left out. */
  readonly rowOf: Int32Array;
}

function simulateIn({ program, code, seed, budgets }: Subject, traceRows: number): SimulationResult {
  return simulate(program, code, { seed, budgets: { ...budgets, traceRows } });
}

function* somePairs(): Generator<Pair> {
  let number = 0;
  for (const subject of subjects()) {
    if (number++ === SUBJECTS) return;
    const room = ROOMS[number % ROOMS.length]!;
    const [whole, gapped] = [simulateIn(subject, ENOUGH), simulateIn(subject, room)];
    if (whole.trace.length <= room) continue;
    const name = `${subject.name.split('\n')[0]!}, ${room} of ${whole.trace.length} rows`;
    yield { name, whole, gapped, rowOf: matched(whole.trace, gapped.trace) };
  }
}

const NAMES_TEXT = new Set<number>([Kind.Print, Kind.Panic, Kind.Fatal, Kind.Assert]);

/** A row in full, with place and text in words. */
function written({ columns, meta }: Trace, row: number): string {
  const place = meta.places[columns.place[row]!];
  const { kind, step, time, g, core, thread, obj, a, b, lo, hi } = columns;
  const object = NAMES_TEXT.has(kind[row]!) ? JSON.stringify(meta.texts[obj[row]!]) : obj[row]!;
  const numbers = [step, time, g, core, thread, a, b, lo, hi].map((column) => column[row]!);
  return `${EVENT_NAMES[kind[row]!]!} ${object} ${numbers.join(' ')} ${JSON.stringify(place)}`;
}

/** Where each row stands in the whole trace: what is left out is counted, and in a gap rows are some of those between. */
function matched(whole: Trace, gapped: Trace): Int32Array {
  const rowOf = new Int32Array(gapped.length).fill(-1);
  let at = 0;
  let spare = 0;
  for (let row = 0; row < gapped.length; row++) {
    if (isLeftOut(gapped, row)) {
      spare += gapped.columns.lo[row]!;
      continue;
    }
    if (!gapAt(gapped, row)) {
      at += spare;
      spare = 0;
    }
    while (spare > 0 && at < whole.length && written(whole, at) !== written(gapped, row)) {
      at++;
      spare--;
    }
    assert.equal(written(gapped, row), written(whole, at), `row ${row}`);
    rowOf[row] = at++;
  }
  return rowOf;
}

const goroutinesOf = ({ meta }: Trace): number[] => meta.goroutines.map(({ id }) => id);

function stateOf(timeline: Timeline, g: number, row: number): unknown {
  const { state, core, object, place } = timeline.goroutineAt(g, row);
  return state === undefined ? 'none' : { state, core, object, place: timeline.trace.meta.places[place] };
}

/** Dense rows, of which some. */
function someRows({ gapped, rowOf }: Pair, isWithin: boolean): number[] {
  const rows = [...rowOf.keys()].filter(
    (row) => (gapAt(gapped.trace, row) !== undefined) === isWithin && rowOf[row]! >= 0,
  );
  const every = Math.ceil(rows.length / 40);
  const near = gapsOf(gapped.trace).flatMap(({ row, end }) => [row - 1, end, end + 1]);
  return rows.filter((row, i) => i % every === 0 || near.includes(row));
}

const pairs = [...somePairs()];

suite('a trace with gaps', function () {
  this.timeout(120_000);

  test('there are some to speak of', () => {
    const withGaps = pairs.filter(({ gapped }) => gapsOf(gapped.trace).length > 0);
    assert.ok(withGaps.length > 10, `${withGaps.length} of ${pairs.length}`);
    assert.ok(withGaps.some(({ gapped }) => gapsOf(gapped.trace).length > 1));
  });

  for (const pair of pairs) {
    const { name, whole, gapped, rowOf } = pair;
    const { trace } = gapped;

    test(`rows and what is left out are the run: ${name}`, () => {
      const { truncated } = trace.meta;
      const events = eventsKept(trace) + eventsLeftOut(trace);
      assert.ok(truncated ? events < whole.trace.length : events === whole.trace.length, `${events}`);
      if (!truncated) assert.equal(trace.meta.steps, whole.trace.meta.steps);
      const room = Number(/(\d+) of \d+ rows$/.exec(name)![1]);
      assert.ok(trace.length <= room);
      const markers = [...rowOf.keys()].filter((row) => rowOf[row]! < 0);
      assert.deepEqual(
        markers,
        gapsOf(trace).flatMap(({ parts }) => parts),
      );
    });

    test(`it finds the same: ${name}`, () => {
      const plain = (result: SimulationResult): unknown =>
        result.findings.map(({ kind, code, title, sites }) => [
          kind,
          code,
          title,
          sites.map(({ role, g }) => [role, g]),
        ]);
      assert.deepEqual(plain(gapped), plain(whole));
      gapped.findings.forEach(({ sites }, i) =>
        sites.forEach(({ row }, k) => {
          if (row >= 0) assert.equal(rowOf[row], whole.findings[i]!.sites[k]!.row);
        }),
      );
    });

    test(`the world at its rows is the world: ${name}`, () => {
      const [one, other] = [buildTimeline(trace, gapped.findings), buildTimeline(whole.trace, whole.findings)];
      const shown = new Set(goroutinesOf(trace));
      for (const row of someRows(pair, false)) {
        const at = rowOf[row]!;
        // What a goroutine does is told of the column of the row, which may run on into the gap, or beyond the rows that there are.
        const last = one.rowAt('step', one.xOf(row, 'step'));
        const isTold = !gapAt(trace, last) && !(trace.meta.truncated && last === trace.length - 1);
        for (const g of isTold ? goroutinesOf(whole.trace) : []) {
          const is = stateOf(other, g, at);
          const said = stateOf(one, g, row);
          if (!shown.has(g)) assert.ok(is === 'none', `G${g} at ${row}`);
          else assert.deepEqual(said, is, `G${g} at row ${row}, ${at}`);
        }
        for (const { id } of trace.meta.objects) {
          const [said, is] = [one.objectAt(id, row), other.objectAt(id, at)];
          assert.deepEqual(
            [said.level, said.holders, said.waiters],
            [is.level, is.holders, is.waiters],
            `object ${id} at row ${row}`,
          );
        }
        for (let p = -1; p < trace.meta.cores; p++) assert.equal(one.queueAt(p, row).level, other.queueAt(p, at).level);
      }
    });

    test(`within a gap it says what is, or that it is not recorded: ${name}`, () => {
      const [one, other] = [buildTimeline(trace, gapped.findings), buildTimeline(whole.trace, whole.findings)];
      for (const row of someRows(pair, true)) {
        for (const g of goroutinesOf(trace)) {
          const { state, text } = one.goroutineAt(g, row);
          if (state === 'unrecorded') assert.match(text, /^not recorded(: \d+ % .*)?$/);
          else assert.equal(state, other.goroutineAt(g, rowOf[row]!).state, `G${g} at row ${row}`);
        }
      }
    });

    test(`what is told in sums adds up: ${name}`, () => {
      const [one, other] = [buildTimeline(trace), buildTimeline(whole.trace)];
      for (const g of goroutinesOf(trace)) {
        const [track, all] = [statesOf(one, g), statesOf(other, g)];
        for (let i = 0; track && i < track.length; i++) {
          const { code, firstRow } = one.slice(track, i);
          if (STATES[code] !== 'unrecorded') continue;
          const time = timeIn(other, all!, one.bounds(track, i, 'time'));
          assert.deepEqual(sumsAt(trace, g, firstRow), time, `G${g} from row ${firstRow}`);
        }
      }
    });

    test(`its arrows are arrows of the run: ${name}`, () => {
      const arrows = (timeline: Timeline, row: (at: number) => number): string[] =>
        timeline
          .linksBetween(0, timeline.trace.length, ENOUGH)
          .links.map(({ fromRow, toRow, kind }) => `${row(fromRow)} ${row(toRow)} ${kind}`);
      const all = new Set(arrows(buildTimeline(whole.trace), (row) => row));
      const wrong = arrows(buildTimeline(trace), (row) => rowOf[row]!).filter((arrow) => !all.has(arrow));
      assert.deepEqual(wrong, []);
    });

    test(`it is stored and sent whole: ${name}`, () => {
      const text = encodeTrace(trace);
      assert.equal(encodeTrace(decodeTrace(text)), text);
      assert.equal(encodeTrace(decodeTransfer(encodeTransfer(trace))), text);
    });

    test(`every step is walked over once: ${name}`, () => {
      const timeline = buildTimeline(trace);
      const stops: number[] = [];
      for (let row = timeline.stepFrom(-1, 1); row >= 0; row = timeline.stepFrom(row, 1)) stops.push(row);
      assert.deepEqual(
        stops,
        [...rowOf.keys()].filter((row) => isLeftOut(trace, row) || IS_STEP[trace.columns.kind[row]!] === 1),
      );
      for (const row of stops)
        if (!isLeftOut(trace, row)) assert.equal(timeline.rowAtStep(trace.columns.step[row]!), row);
      for (let step = 0; step < timeline.steps; step += Math.ceil(timeline.steps / 50)) {
        const row = timeline.rowAtStep(step);
        assert.ok(trace.columns.step[row] === step || isLeftOut(trace, row));
      }
    });
  }
});

const statesOf = (timeline: Timeline, g: number): Track | undefined => timeline.lane(`g${g}`)?.tracks[0];

/** Time in each state within a range, of the spans as they are. */
function timeIn(timeline: Timeline, track: Track, { start, end }: { start: number; end: number }): number[] {
  const time = new Array<number>(STATES_TOLD).fill(0);
  for (let i = 0; i < track.length; i++) {
    const bounds = timeline.bounds(track, i, 'time');
    const width = Math.min(bounds.end, end) - Math.max(bounds.start, start);
    if (width > 0) time[timeline.slice(track, i).code]! += width;
  }
  return time;
}

suite('a long run', () => {
  const text = 'func main() {\n\tc := make(chan int)\n\tgo func() {\n\t\tfor i := range 2000 {\n\t\t\tc <- i\n\t\t}\n\t}()\n\tfor {\n\t\t<-c\n\t}\n}\n'; // prettier-ignore

  test('shows its end: the deadlock, and every event before it', () => {
    const { trace, findings } = runText(text, 'lane', { budgets: { traceRows: 1000 } }).simulation!;
    assert.equal(findings[0]!.kind, 'deadlock');
    const [gap] = gapsOf(trace) as [(typeof trace.meta.gaps & object)[0]];
    assert.ok(trace.length - gap.end > 300 && gap.row === 500);
    assert.ok(findings[0]!.sites.some(({ row }) => row >= gap.end));
  });

  test('that nobody wants to see the end of is not recorded beyond its beginning', () => {
    const racy =
      'var x int\nfunc main() {\n\tgo func() { for { x++; time.Sleep(1) } }()\n\tfor range 2000 { x++; time.Sleep(1) }\n}\n';
    const { trace } = runText(racy, 'lane', { budgets: { traceRows: 1000 }, trace: false }).simulation!;
    assert.deepEqual([gapsOf(trace), trace.meta.truncated], [[], true]);
  });
});
