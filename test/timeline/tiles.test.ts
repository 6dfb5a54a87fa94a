/** This file tests that a window that moves asks for little that it has not seen, and that nothing in it changes but its edges. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTimeline } from '../../src/timeline/build';
import { SpanBuffer } from '../../src/timeline/buffers';
import type { Axis, Range, Timeline, Track } from '../../src/timeline/model';
import { SpanStore } from '../../src/timeline/spans';
import { bigTrace } from '../support/bigTrace';

const PIXELS = 400;
const axes = fc.constantFrom<Axis>('step', 'time');
const trace = bigTrace(20_000, 4);

const tracksOf = (timeline: Timeline): Track[] =>
  timeline.lanes('goroutines').flatMap(({ lanes }) => lanes.flatMap((lane) => lane.tracks));

/** A part of the axis: where it begins, as a share of it, and how wide it is. */
function part(timeline: Timeline, axis: Axis, at: number, width: number): Range {
  const { start, end } = timeline.domain(axis);
  const from = start + (end - start) * at;
  return { start: from, end: from + (end - start) * width };
}

/** What is seen of a track that does not touch the edges of a part of the axis. */
function inside(timeline: Timeline, track: Track, axis: Axis, range: Range, within: Range): number[][] {
  const spans = timeline.visible(track, axis, range, PIXELS, new SpanBuffer());
  return Array.from({ length: spans.length }, (_, i) => i)
    .filter((i) => spans.start[i]! > within.start && spans.end[i]! < within.end)
    .map((i) => [spans.start[i]!, spans.end[i]!, spans.code[i]!, spans.index[i]!, spans.density[i]!]);
}

/** Calls of a method of all span stores while something is done. */
function callsWhile(action: () => void): number {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called below with its own `this`
  const { merged } = SpanStore.prototype;
  let calls = 0;
  SpanStore.prototype.merged = function (...args): number {
    calls++;
    return merged.apply(this, args);
  };
  try {
    action();
  } finally {
    SpanStore.prototype.merged = merged;
  }
  return calls;
}

suite('a window that moves', () => {
  test('shows what both its places have in common as it was, and as a timeline does that is asked for the first time', () => {
    const moved = buildTimeline(trace);
    const tracks = tracksOf(moved);
    fc.assert(
      fc.property(
        axes,
        fc.constantFrom(0.9, 0.3, 0.02),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (axis, width, x, y) => {
          const [first, second] = [x, y].map((at) => part(moved, axis, at * (1 - width), width)) as [Range, Range];
          const common = { start: Math.max(first.start, second.start), end: Math.min(first.end, second.end) };
          const fresh = buildTimeline(trace);
          for (const [i, track] of tracks.entries()) {
            const [before, after] = [first, second].map((range) => inside(moved, track, axis, range, common));
            assert.deepEqual(before, after);
            assert.deepEqual(after, inside(fresh, tracksOf(fresh)[i]!, axis, second, common));
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  test('merges the spans of a tile at its edge, and those of the others no more', () => {
    const timeline = buildTimeline(trace);
    const [track] = tracksOf(timeline) as [Track];
    const spans = new SpanBuffer();
    const { start, end } = part(timeline, 'time', 0.1, 0.4);
    const pixel = (end - start) / PIXELS;
    const look = (moved: number): SpanBuffer =>
      timeline.visible(track, 'time', { start: start + moved * pixel, end: end + moved * pixel }, PIXELS, spans);
    const first = callsWhile(() => look(0));
    assert.ok(first >= 3 && first <= 6, `${first} tiles`);
    assert.equal(callsWhile(() => look(0)), 0); // prettier-ignore
    const moves = Array.from({ length: 256 }, (_, i) => i);
    assert.ok(callsWhile(() => moves.forEach(look)) <= 3);
    assert.ok(callsWhile(() => moves.reverse().forEach(look)) === 0);
  });

  test('keeps no more tiles than it needs, however far it goes', () => {
    const timeline = buildTimeline(trace);
    const [track] = tracksOf(timeline) as [Track];
    const spans = new SpanBuffer();
    const look = (at: number): unknown =>
      timeline.visible(track, 'time', part(timeline, 'time', at, 0.001), PIXELS, spans);
    const places = Array.from({ length: 100 }, (_, i) => i / 101);
    const there = callsWhile(() => places.forEach(look));
    const back = callsWhile(() => places.forEach(look));
    assert.ok(there > 100 && back > there / 2, `${there}, then ${back}`);
  });
});
