/** This file states what holds for the timeline of every trace, and tries it on random programs. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { IS_STEP } from '../../src/event/kinds';
import { buildTimeline } from '../../src/timeline/build';
import { GlyphBuffer, SpanBuffer } from '../../src/timeline/buffers';
import type { Axis, Lane, Range, Timeline, Track } from '../../src/timeline/model';
import { Edges } from '../../src/timeline/edges';
import { STATES } from '../../src/timeline/model';
import { TraceIndex } from '../../src/trace/rows';
import { crawl, random } from '../support/programs';

const AXES: readonly Axis[] = ['step', 'time'];
const seeds = fc.integer({ min: 0, max: 1 << 20 });
const timelines = fc.oneof(
  seeds.map((seed) => buildTimeline(random(seed))),
  seeds.map((seed) => buildTimeline(crawl(seed))),
);
const axes = fc.constantFrom(...AXES);
const RUNS = { numRuns: 60 };

function lanesOf(timeline: Timeline): Lane[] {
  return [...timeline.lanes('goroutines'), ...timeline.lanes('cores')].flatMap((group) => group.lanes);
}

const tracksOf = (timeline: Timeline): Track[] => lanesOf(timeline).flatMap((lane) => lane.tracks);

const goroutineLanes = (timeline: Timeline): Lane[] => lanesOf(timeline).filter((lane) => lane.kind === 'goroutine');

/** Time of each code of a track within a range, span by span. */
function slowTime(timeline: Timeline, track: Track, axis: Axis, range: Range): Map<number, number> {
  const time = new Map<number, number>();
  for (let i = 0; i < track.length; i++) {
    const { start, end } = timeline.bounds(track, i, axis);
    const width = Math.min(end, range.end) - Math.max(start, range.start);
    const { code } = timeline.slice(track, i);
    if (width > 0) time.set(code, (time.get(code) ?? 0) + width);
  }
  return time;
}

/** A part of the axis, from two numbers in [0, 1]. */
function part(timeline: Timeline, axis: Axis, x: number, y: number): Range {
  const { start, end } = timeline.domain(axis);
  const [low, high] = x < y ? [x, y] : [y, x];
  return { start: start + (end - start) * low, end: start + (end - start) * Math.max(high, low + 0.01) };
}

const unit = fc.double({ min: 0, max: 1, noNaN: true });

const near = (left: number, right: number, scale: number): boolean => Math.abs(left - right) <= 1e-9 * (1 + scale);

suite('laws of spans', () => {
  test('spans of a track are in order and do not overlap', () => {
    fc.assert(
      fc.property(timelines, axes, (timeline, axis) => {
        for (const track of tracksOf(timeline)) {
          let last = -Infinity;
          for (let i = 0; i < track.length; i++) {
            const { start, end } = timeline.bounds(track, i, axis);
            assert.ok(start >= last && end >= start, `${track.role} ${i}: ${last} ${start} ${end}`);
            last = end;
          }
        }
      }),
      RUNS,
    );
  });

  test('the states of a goroutine cover its life without a gap', () => {
    fc.assert(
      fc.property(timelines, axes, (timeline, axis) => {
        for (const lane of goroutineLanes(timeline)) {
          const [states] = lane.tracks as [Track];
          let at = timeline.edgeOf(lane.firstRow, axis);
          for (let i = 0; i < states.length; i++) {
            const { start, end } = timeline.bounds(states, i, axis);
            assert.equal(start, at);
            at = end;
          }
          assert.equal(at, lane.lastRow < 0 ? timeline.domain(axis).end : timeline.edgeOf(lane.lastRow, axis));
        }
      }),
      RUNS,
    );
  });

  test('a thread that is starting does not share its core with one that runs', () => {
    fc.assert(
      fc.property(timelines, axes, (timeline, axis) => {
        for (const lane of lanesOf(timeline).filter((one) => one.kind === 'core-thread')) {
          const spans = lane.tracks.flatMap((track) =>
            Array.from({ length: track.length }, (_, i) => timeline.bounds(track, i, axis)),
          );
          spans.sort((left, right) => left.start - right.start || left.end - right.end);
          for (let i = 1; i < spans.length; i++) assert.ok(spans[i]!.start >= spans[i - 1]!.end);
        }
      }),
      RUNS,
    );
  });

  test('no core runs two goroutines, no goroutine runs on two cores', () => {
    fc.assert(
      fc.property(timelines, (timeline) => {
        const runs = goroutineLanes(timeline).flatMap((lane) =>
          lane.tracks
            .filter((track) => track.role === 'cores')
            .flatMap((track) =>
              Array.from({ length: track.length }, (_, i) => ({
                core: timeline.slice(track, i).code,
                ...timeline.bounds(track, i, 'time'),
              })),
            ),
        );
        for (const left of runs) {
          for (const right of runs) {
            const overlap = Math.min(left.end, right.end) - Math.max(left.start, right.start);
            assert.ok(left === right || left.core !== right.core || overlap <= 0);
          }
        }
      }),
      RUNS,
    );
  });
});

suite('laws of what is visible', () => {
  test('at most two spans a pixel and one, in order, inside the range', () => {
    fc.assert(
      fc.property(timelines, axes, unit, unit, fc.integer({ min: 1, max: 300 }), (timeline, axis, x, y, pixels) => {
        const range = part(timeline, axis, x, y);
        const spans = new SpanBuffer();
        for (const track of tracksOf(timeline)) {
          timeline.visible(track, axis, range, pixels, spans);
          assert.ok(spans.length <= 2 * pixels + 2);
          let last = range.start;
          for (let i = 0; i < spans.length; i++) {
            assert.ok(spans.start[i]! >= last && spans.end[i]! > spans.start[i]!);
            assert.ok(spans.density[i]! > 0 && spans.density[i]! <= 1);
            last = spans.end[i]!;
          }
          assert.ok(last <= range.end);
        }
      }),
      RUNS,
    );
  });

  test('a span wider than a pixel is drawn as itself', () => {
    fc.assert(
      fc.property(timelines, axes, fc.integer({ min: 1, max: 300 }), (timeline, axis, pixels) => {
        const range = timeline.domain(axis);
        const pixel = (range.end - range.start) / pixels;
        const spans = new SpanBuffer();
        for (const track of tracksOf(timeline)) {
          timeline.visible(track, axis, range, pixels, spans);
          const shown = new Set(spans.index.subarray(0, spans.length));
          for (let i = 0; i < track.length; i++) {
            const { start, end } = timeline.bounds(track, i, axis);
            if (end - start > pixel * (1 + 1e-9)) assert.ok(shown.has(i), `${track.role} ${i}`);
          }
        }
      }),
      RUNS,
    );
  });

  test('merged runs cover all spans they stand for', () => {
    fc.assert(
      fc.property(timelines, axes, fc.integer({ min: 1, max: 100 }), (timeline, axis, pixels) => {
        const range = timeline.domain(axis);
        const spans = new SpanBuffer();
        for (const lane of goroutineLanes(timeline)) {
          const [states] = lane.tracks as [Track];
          timeline.visible(states, axis, range, pixels, spans);
          let covered = 0;
          for (let i = 0; i < spans.length; i++) covered += spans.end[i]! - spans.start[i]!;
          const alive = [...slowTime(timeline, states, axis, range).values()].reduce((sum, time) => sum + time, 0);
          assert.ok(near(covered, alive, range.end), `${covered} ${alive}`);
        }
      }),
      RUNS,
    );
  });

  test('the shares of states are the sums of their spans', () => {
    fc.assert(
      fc.property(timelines, axes, unit, unit, (timeline, axis, x, y) => {
        const range = part(timeline, axis, x, y);
        const shares = timeline.shares(axis, range);
        const slow = new Float64Array(STATES.length);
        for (const lane of goroutineLanes(timeline)) {
          for (const [code, time] of slowTime(timeline, lane.tracks[0]!, axis, range)) slow[code]! += time;
        }
        slow.forEach((time, code) => assert.ok(near(time, shares[code]!, range.end), `${STATES[code]}`));
      }),
      RUNS,
    );
  });

  test('the middle of a span hits it; the bounds of a hit hold the point', () => {
    fc.assert(
      fc.property(timelines, axes, unit, (timeline, axis, x) => {
        const { start, end } = timeline.domain(axis);
        const point = start + (end - start) * x;
        for (const track of tracksOf(timeline)) {
          for (let i = 0; i < track.length; i++) {
            const bounds = timeline.bounds(track, i, axis);
            if (bounds.end > bounds.start) {
              const middle = (bounds.start + bounds.end) / 2;
              assert.equal(timeline.hit(track, axis, middle), i);
            }
          }
          const at = timeline.hit(track, axis, point);
          if (at >= 0) {
            const bounds = timeline.bounds(track, at, axis);
            assert.ok(bounds.start <= point && point < bounds.end);
          }
        }
      }),
      RUNS,
    );
  });
});

suite('laws of events', () => {
  test('every step of the program is on exactly one goroutine lane, in its life', () => {
    fc.assert(
      fc.property(timelines, (timeline) => {
        const { kind } = timeline.trace.columns;
        const count = new Map<number, number>();
        for (const lane of goroutineLanes(timeline)) {
          for (const row of timeline.rowsOf(lane)) {
            if (IS_STEP[kind[row]!] !== 1) continue;
            count.set(row, (count.get(row) ?? 0) + 1);
            assert.ok(timeline.sliceAtRow(lane, row) >= 0, timeline.describeRow(row));
          }
        }
        for (let step = 0; step < timeline.steps; step++) assert.equal(count.get(timeline.rowAtStep(step)), 1);
      }),
      RUNS,
    );
  });

  test('marks stand for all events of the range', () => {
    fc.assert(
      fc.property(timelines, axes, fc.integer({ min: 1, max: 200 }), fc.nat(20), (timeline, axis, pixels, gap) => {
        const marks = new GlyphBuffer();
        for (const lane of goroutineLanes(timeline)) {
          timeline.glyphs(lane, axis, timeline.domain(axis), pixels, gap, marks);
          let total = 0;
          for (let i = 0; i < marks.length; i++) total += marks.count[i]!;
          assert.equal(total, timeline.rowsOf(lane).length);
        }
      }),
      RUNS,
    );
  });

  test('a row is found at its own position, and neighbours go there and back', () => {
    fc.assert(
      fc.property(timelines, axes, (timeline, axis) => {
        for (const lane of goroutineLanes(timeline)) {
          const rows = timeline.rowsOf(lane);
          rows.forEach((row, i) => {
            assert.ok(timeline.rowAt(axis, timeline.xOf(row, axis)) >= row);
            assert.equal(timeline.neighbour(lane, row, 1), rows[i + 1] ?? -1);
            assert.equal(timeline.neighbour(lane, row, -1), rows[i - 1] ?? -1);
            const nearest = timeline.nearestRow(lane, axis, timeline.xOf(row, axis), 0);
            assert.equal(timeline.xOf(nearest, axis), timeline.xOf(row, axis));
          });
        }
      }),
      RUNS,
    );
  });
});

suite('laws of causes', () => {
  test('arrows go from a lower to a higher row, and agree with the cones', () => {
    fc.assert(
      fc.property(timelines, fc.nat(), (timeline, pick) => {
        if (timeline.steps === 0) return;
        const row = timeline.rowAtStep(pick % timeline.steps);
        const cones = timeline.cones(row)!;
        const { incoming, outgoing } = timeline.links(row);
        for (const link of incoming) {
          assert.ok(link.fromRow < link.toRow && link.toRow <= row);
          assert.equal(link.to, timeline.goroutineOf(row));
          if (link.from > 0) assert.ok(cones.goroutines[link.from - 1]!.lastBefore >= link.fromRow);
        }
        for (const link of outgoing) {
          assert.ok(link.fromRow < link.toRow && link.fromRow >= row);
          const { firstAfter } = cones.goroutines[link.to - 1]!;
          assert.ok(firstAfter >= 0 && firstAfter <= link.toRow);
        }
      }),
      RUNS,
    );
  });

  test('the cones are those of a vector clock kept for every row', () => {
    fc.assert(
      fc.property(timelines, fc.nat(), (timeline, pick) => {
        if (timeline.steps === 0) return;
        const row = timeline.rowAtStep(pick % timeline.steps);
        const before = slowPast(timeline);
        const cones = timeline.cones(row)!;
        for (const { goroutine, lastBefore, firstAfter } of cones.goroutines) {
          if (goroutine === timeline.goroutineOf(row)) continue;
          assert.equal(lastBefore, before[row]!.get(goroutine) ?? -1);
          const after = before.findIndex((past, at) => {
            const own = timeline.goroutineOf(at) === goroutine;
            return own && (past.get(timeline.goroutineOf(row)) ?? -1) >= row;
          });
          assert.equal(firstAfter, after);
        }
      }),
      RUNS,
    );
  });
});

type Known = ReadonlyMap<number, number>;

/** For every row the last row of each goroutine before its end, by joining along program order and all edges, whose moments say what they carry. */
function slowPast(timeline: Timeline): Known[] {
  const index = new TraceIndex(timeline.trace);
  const edges = new Edges(index);
  const into = new Map<number, number[]>();
  edges.enters.forEach((moment, e) => into.set(moment, [...(into.get(moment) ?? []), e]));
  /** By moment. */
  const known: Known[] = [];
  const lastOf = new Map<number, number>();
  for (let moment = 0; moment < 2 * timeline.trace.length; moment++) {
    const row = moment >> 1;
    const own = index.goroutineOf(row);
    const causes = (into.get(moment) ?? []).map((e) => edges.leaves[e]!);
    known.push(join([lastOf.get(own) ?? -1, ...causes].map((cause) => known[cause] ?? new Map())).set(own, row));
    lastOf.set(own, moment);
  }
  return known.filter((_, moment) => moment % 2 === 1);
}

function join(all: readonly Known[]): Map<number, number> {
  const joined = new Map<number, number>();
  for (const one of all) for (const [id, last] of one) joined.set(id, Math.max(joined.get(id) ?? -1, last));
  return joined;
}
