/** This file tests that what is remembered of a window is what is asked for anew. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTimeline } from '../../src/timeline/build';
import { GlyphBuffer, SpanBuffer } from '../../src/timeline/buffers';
import type { Axis, Lane, Range, Timeline } from '../../src/timeline/model';
import { Remembered } from '../../src/timeline/remembered';
import { bigTrace } from '../support/bigTrace';
import { crowd } from '../support/programs';

interface Window {
  readonly axis: Axis;
  /** As shares of the run. */
  readonly start: number;
  readonly width: number;
  readonly pixels: number;
}

const windows = fc.array(
  fc.record({
    axis: fc.constantFrom<Axis>('step', 'time'),
    start: fc.constantFrom(0, 0.1, 0.5),
    width: fc.constantFrom(0.01, 0.4, 1),
    pixels: fc.constantFrom(40, 300),
  }),
  { minLength: 1, maxLength: 8 },
) as fc.Arbitrary<Window[]>;

const lanesOf = (timeline: Timeline): Lane[] => timeline.lanes('goroutines').flatMap(({ lanes }) => lanes);

/** All that is seen of all lanes, through buffers that have been used before. */
function drawn(timeline: Timeline, { axis, start, width, pixels }: Window, spans: SpanBuffer, marks: GlyphBuffer): unknown {
  const all = timeline.domain(axis);
  const from = all.start + (all.end - all.start) * start;
  const range: Range = { start: from, end: from + (all.end - all.start) * width };
  return lanesOf(timeline).map((lane) => {
    const seen = lane.tracks.map((track) => {
      const { length, ...columns } = timeline.visible(track, axis, range, pixels, spans);
      return Object.values(columns).map((column) => column.slice(0, length));
    });
    const { length, ...columns } = timeline.glyphs(lane, axis, range, pixels, 8, marks);
    return [seen, Object.values(columns).map((column) => column.slice(0, length))];
  });
} // prettier-ignore

suite('what is remembered of a window', () => {
  for (const [name, trace] of Object.entries({ 'many spans': bigTrace(4000, 6), 'folded lanes': crowd(100) })) {
    test(`${name}: each window looks as in a timeline that was never asked, however often windows change`, () => {
      const timeline = buildTimeline(trace);
      const [spans, marks] = [new SpanBuffer(), new GlyphBuffer()];
      fc.assert(
        fc.property(windows, (list) => {
          for (const window of [...list, ...list, ...list.slice(-1)]) {
            const anew = drawn(buildTimeline(trace), window, new SpanBuffer(), new GlyphBuffer());
            assert.deepEqual(drawn(timeline, window, spans, marks), anew);
          }
        }),
        { numRuns: 4 },
      );
    });
  }

  test('what was seen in the same window is not drawn again; in another it is', () => {
    const remembered = new Remembered(() => new SpanBuffer());
    const into = new SpanBuffer();
    let drawings = 0;
    const show = (what: number, end: number, axis: Axis = 'step'): number => {
      remembered.show(what, axis, { start: 0, end }, 100, 0, into, () => {
        drawings++;
        into.clear();
        for (let i = 0; i < what * 300; i++) into.push(i, i + end, what, i, 1);
      });
      assert.equal(into.length, what * 300);
      assert.equal(into.end[into.length - 1], into.length - 1 + end);
      return drawings;
    };
    assert.deepEqual([show(1, 5), show(2, 5), show(1, 5), show(2, 5)], [1, 2, 2, 2]);
    assert.deepEqual([show(1, 6), show(1, 6), show(2, 6)], [3, 3, 4]);
    assert.deepEqual([show(1, 5), show(1, 5, 'time'), show(1, 5)], [5, 6, 7]);
  });

  test('of more than there is room for all are drawn, and none is taken for another', () => {
    const remembered = new Remembered(() => new SpanBuffer());
    const into = new SpanBuffer();
    for (let round = 0; round < 2; round++) {
      for (let what = 0; what < 600; what++) {
        remembered.show(what, 'step', { start: 0, end: 1 }, 100, 0, into, () => {
          into.clear();
          into.push(what, what + 1, what, 0, 1);
        });
        assert.deepEqual([into.length, into.code[0]], [1, what]);
      }
    }
  });
});
