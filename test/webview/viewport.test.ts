/** This file tests the algebra of windows. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { scale, span, toPx, toUnit, type Viewport } from '../../src/picture/window';
import {
  all,
  between,
  centreOn,
  clamp,
  ensureVisible,
  fit,
  NO_HISTORY,
  pan,
  redo,
  same,
  undo,
  visit,
  zoomAt,
  type Extent,
} from '../../src/webview/viewport';

const extent: Extent = { start: 0, end: 100, minSpan: 4 };
const views = fc
  .tuple(fc.double({ min: -500, max: 500, noNaN: true }), fc.double({ min: 0.5, max: 400, noNaN: true }))
  .map(([from, width]): Viewport => ({ from, to: from + width }));
const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
const inside = ({ from, to }: Viewport): boolean => from >= -1e-9 && to <= 100 + 1e-9 && to - from >= 4 - 1e-9;

suite('webview/viewport', () => {
  test('px and units are inverse', () => {
    fc.assert(
      fc.property(views, fc.double({ min: -100, max: 3000, noNaN: true }), (view, px) =>
        near(toPx(view, 800, toUnit(view, 800, px)), px),
      ),
    );
  });

  test('what is clamped is inside, and clamping again changes nothing', () => {
    fc.assert(
      fc.property(views, (view) => {
        const clamped = clamp(view, extent);
        const again = clamp(clamped, extent);
        return inside(clamped) && near(again.from, clamped.from) && near(again.to, clamped.to);
      }),
    );
  });

  test('a window inside the extent is left as it is', () => {
    const view = { from: 20, to: 30 };
    const clamped = clamp(view, extent);
    assert.ok(near(clamped.from, 20) && near(clamped.to, 30));
  });

  test('zooming keeps the unit under the pointer in its place while there is room', () => {
    const view = { from: 40, to: 60 };
    const zoomed = zoomAt(view, extent, 45, 2);
    assert.equal(span(zoomed), 10);
    assert.ok(near(toPx(zoomed, 800, 45), toPx(view, 800, 45)));
  });

  test('zooming out ends at everything, zooming in at the narrowest window', () => {
    assert.deepEqual(zoomAt({ from: 10, to: 20 }, extent, 15, 1e-6), all(extent));
    assert.ok(near(span(zoomAt({ from: 10, to: 20 }, extent, 15, 1e6)), 4));
  });

  test('any zoom and pan stays inside', () => {
    fc.assert(
      fc.property(
        views,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: -300, max: 300, noNaN: true }),
        (view, factor, by) => {
          const start = clamp(view, extent);
          return inside(zoomAt(start, extent, start.from + span(start) / 3, factor)) && inside(pan(start, extent, by));
        },
      ),
    );
  });

  test('panning keeps the width, also at the ends', () => {
    assert.deepEqual(pan({ from: 10, to: 30 }, extent, 1000), { from: 80, to: 100 });
    assert.deepEqual(pan({ from: 10, to: 30 }, extent, -1000), { from: 0, to: 20 });
  });

  test('a window around a unit has it in its middle, except at the ends', () => {
    assert.deepEqual(centreOn({ from: 0, to: 20 }, extent, 50), { from: 40, to: 60 });
    assert.deepEqual(centreOn({ from: 40, to: 60 }, extent, 0), { from: 0, to: 20 });
  });

  test('what is visible needs no movement, what is not moves least', () => {
    const view = { from: 20, to: 40 };
    assert.equal(ensureVisible(view, extent, 30), view);
    assert.deepEqual(ensureVisible(view, extent, 50), { from: 32, to: 52 });
    assert.deepEqual(ensureVisible(view, extent, 10), { from: 8, to: 28 });
  });

  test('fitting shows the range with a margin', () => {
    const { from, to } = fit(40, 60, extent, 0.1);
    assert.ok(near(from, 38) && near(to, 62));
    assert.ok(near(span(fit(50, 50, extent, 0)), 4));
  });

  test('a movement begins and ends where it should', () => {
    const [a, b] = [
      { from: 0, to: 10 },
      { from: 20, to: 40 },
    ];
    assert.ok(same(between(a, b, 0), a) && same(between(a, b, 1), b));
    assert.deepEqual(between(a, b, 0.5), { from: 10, to: 25 });
  });

  test('undo goes back, redo forward, a new visit forgets the future', () => {
    const [a, b, c] = [
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 3 },
    ];
    const history = visit(visit(NO_HISTORY, a), b);
    const back = undo(history, c)!;
    assert.equal(back.view, b);
    assert.equal(redo(back.history, back.view)!.view, c);
    assert.equal(redo(visit(back.history, b), a), undefined);
    assert.equal(undo(NO_HISTORY, a), undefined);
    assert.equal(redo(NO_HISTORY, a), undefined);
  });

  test('an extent narrower than the narrowest window is shown whole', () => {
    assert.deepEqual(all({ start: 0, end: 1, minSpan: 4 }), { from: 0, to: 4 });
    assert.equal(scale({ from: 0, to: 10 }, 100), 10);
  });
});
