/** This file tests that the canvas paints every verb: on a context that keeps what it is told. */
import assert from 'node:assert/strict';
import { Style } from '../../src/picture/brushes';
import { GLYPH_SHAPES, SHAPE_OF_GLYPH } from '../../src/picture/glyphs';
import { THEME_KINDS } from '../../src/picture/palette';
import { RectBatch } from '../../src/picture/rects';
import { GLYPHS } from '../../src/timeline/glyphs';
import { STATES } from '../../src/timeline/model';
import { Canvas2D } from '../../src/webview/canvas/canvas2d';
import { resolveTheme } from '../../src/webview/theme';

type Call = readonly [name: string, ...of: unknown[]];

/** A canvas without pixels: calls and assignments, in order. */
function fakeCanvas(): { canvas: HTMLCanvasElement; calls: Call[] } {
  const calls: Call[] = [];
  const context = new Proxy(
    {},
    {
      get: (_target, name: string) =>
        name === 'measureText'
          ? (text: string) => ({ width: text.length * 6 })
          : (...of: unknown[]) => void calls.push([name, ...of]),
      set: (_target, name: string, value) => (calls.push([name, value]), true),
    },
  );
  const canvas = { getContext: () => context, style: {} } as unknown as HTMLCanvasElement;
  return { canvas, calls };
}

class FakePath {
  readonly parts: unknown[] = [];
  constructor(readonly text = '') {}
  arc(...of: number[]): void {
    this.parts.push(['arc', ...of]);
  }
  moveTo(...of: number[]): void {
    this.parts.push(['moveTo', ...of]);
  }
  lineTo(...of: number[]): void {
    this.parts.push(['lineTo', ...of]);
  }
}

suite('webview/canvas2d', () => {
  const saved = { Path2D: globalThis.Path2D, document: globalThis.document };
  suiteSetup(() =>
    Object.assign(globalThis, {
      Path2D: FakePath,
      document: { createElement: () => ({ getContext: () => null }) },
    }),
  );
  suiteTeardown(() => Object.assign(globalThis, saved));

  const drawn = (draw: (surface: Canvas2D) => void, kind: (typeof THEME_KINDS)[number] = 'dark'): Call[] => {
    const { canvas, calls } = fakeCanvas();
    draw(
      new Canvas2D(
        canvas,
        resolveTheme(kind, () => ''),
      ),
    );
    return calls;
  };
  const named = (calls: readonly Call[], name: string): Call[] => calls.filter(([of]) => of === name);

  test('wide rectangles are rounded, narrow ones plain, and a brush is taken up once for its neighbours', () => {
    const batch = new RectBatch();
    for (let i = 0; i < 5; i++) batch.push(i * 20, 0, 15, 24, Style.running);
    for (let i = 0; i < 7; i++) batch.push(i * 3, 30, 2, 24, Style.lock);
    const calls = drawn((surface) => surface.drawRects(batch));
    assert.equal(named(calls, 'roundRect').length, 5);
    assert.equal(named(calls, 'fillRect').length, 7);
    assert.equal(named(calls, 'fillStyle').length, 2);
  });

  test('text is written where and as it was asked for, on its halo', () => {
    const calls = drawn((surface) =>
      surface.drawText('mu', 10, 20, { size: 11, bold: true, align: 'right', halo: true }),
    );
    assert.deepEqual(named(calls, 'fillText'), [['fillText', 'mu', 10, 20]]);
    assert.deepEqual(named(calls, 'strokeText'), [['strokeText', 'mu', 10, 20]]);
    assert.deepEqual(named(calls, 'textAlign'), [['textAlign', 'right']]);
  });

  test('pieces of a line follow each other', () => {
    const style = { size: 12 };
    const pieces = [
      { text: 'G3', style },
      { text: 'worker', style },
    ];
    const calls = drawn((surface) => surface.drawLine(pieces, 10, 20, 5));
    assert.deepEqual(named(calls, 'fillText'), [
      ['fillText', 'G3', 10, 20],
      ['fillText', 'worker', 27, 20],
    ]);
  });

  test('a dashed line leaves no dashes behind', () => {
    const calls = drawn((surface) => surface.line(0, 0, 9, 9, { stroke: 'dim', dash: [3, 3], halo: 4 }));
    assert.deepEqual(
      named(calls, 'setLineDash').map(([, dash]) => dash),
      [[3, 3], []],
    );
    assert.equal(named(calls, 'stroke').length, 2);
  });

  test('every glyph with a shape is painted around its point, others not at all', () => {
    GLYPHS.forEach((name, glyph) => {
      const calls = drawn((surface) => surface.drawGlyph(glyph, 7, 8, 'foreground'));
      const painted = [...named(calls, 'fill'), ...named(calls, 'stroke')];
      assert.equal(painted.length > 0, name in GLYPH_SHAPES, name);
      if (!SHAPE_OF_GLYPH[glyph]) return;
      assert.deepEqual(named(calls, 'translate'), [
        ['translate', 7, 8],
        ['translate', -7, -8],
      ]);
    });
  });

  test('in high contrast every state has an outline', () => {
    for (const kind of THEME_KINDS) {
      const outlined = STATES.filter((_state, code) => {
        const batch = new RectBatch();
        batch.push(0, 0, 20, 20, code);
        return (
          named(
            drawn((surface) => surface.drawRects(batch), kind),
            'stroke',
          ).length > 0
        );
      });
      assert.deepEqual(outlined, kind.startsWith('hc') ? [...STATES] : ['sleeping', 'unrecorded'], kind);
    }
  });
});
