/** This file tests the table of states: every state can be told from every other by colour, without colour, and by name. */
import assert from 'node:assert/strict';
import { contrast, parseColour, type Rgba } from '../../src/picture/colour';
import { THEME_KINDS, paletteOf } from '../../src/picture/palette';
import { STATE_STYLES, colourId } from '../../src/picture/states';
import { STATES } from '../../src/timeline/model';

/** CIE 1976 colour difference. */
function deltaE(a: Rgba, b: Rgba): number {
  const [one, other] = [lab(a), lab(b)];
  return Math.hypot(...one.map((value, i) => value - other[i]!));
}

function lab([r, g, b]: Rgba): [number, number, number] {
  const [lr, lg, lb] = [r, g, b].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116);
  const x = f((0.4124 * lr + 0.3576 * lg + 0.1805 * lb) / 0.95047);
  const y = f(0.2126 * lr + 0.7152 * lg + 0.0722 * lb);
  const z = f((0.0193 * lr + 0.1192 * lg + 0.9505 * lb) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Every pair of two different states. */
const pairs = STATES.flatMap((a, i) => STATES.slice(i + 1).map((b) => [a, b] as const));

suite('picture/states', () => {
  test('the table has a row for each state of the model, and no other', () => {
    assert.deepEqual(Object.keys(STATE_STYLES), [...STATES]);
  });

  for (const kind of ['dark', 'light'] as const) {
    test(`${kind}: no two states look alike`, () => {
      for (const [a, b] of pairs) {
        const [one, other] = [a, b].map((name) => parseColour(STATE_STYLES[name].colours[kind])!) as [Rgba, Rgba];
        assert.ok(deltaE(one, other) >= 25, `${a} ${b} ${deltaE(one, other).toFixed(1)}`);
      }
    });
  }

  for (const kind of ['hc', 'hcLight'] as const) {
    test(`${kind}: every state stands out from the background as graphics must`, () => {
      const palette = paletteOf(kind);
      for (const state of STATES) {
        const ratio = contrast(parseColour(palette[state])!, parseColour(palette.background)!);
        assert.ok(ratio >= 4.5, `${state} ${ratio.toFixed(1)}`);
      }
    });
  }

  test('states differ in pattern or height even without colour', () => {
    const looks = STATES.map((name) => `${STATE_STYLES[name].pattern} ${STATE_STYLES[name].height}`);
    assert.equal(new Set(looks).size, STATES.length);
  });

  test('states differ in name, and all colours are colours', () => {
    assert.equal(new Set(STATES.map((name) => STATE_STYLES[name].word)).size, STATES.length);
    for (const state of STATES) {
      for (const kind of THEME_KINDS) assert.match(STATE_STYLES[state].colours[kind], /^#[0-9a-f]{6}$/);
      assert.match(colourId(state), /^interlane\.state\.[a-z]+$/);
    }
  });
});
