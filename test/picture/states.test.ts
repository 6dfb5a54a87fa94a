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

/** Of sRGB, 0 to 1. */
function linear([r, g, b]: Rgba): [number, number, number] {
  return [r, g, b].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
}

function encoded(light: number): number {
  const within = Math.min(1, Math.max(0, light));
  return 255 * (within <= 0.0031308 ? within * 12.92 : 1.055 * within ** (1 / 2.4) - 0.055);
}

function lab(colour: Rgba): [number, number, number] {
  const [lr, lg, lb] = linear(colour);
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116);
  const x = f((0.4124 * lr + 0.3576 * lg + 0.1805 * lb) / 0.95047);
  const y = f(0.2126 * lr + 0.7152 * lg + 0.0722 * lb);
  const z = f((0.0193 * lr + 0.1192 * lg + 0.9505 * lb) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** What is left of linear red, green and blue for people who lack a sort of cones: Machado, Oliveira and Fernandes 2009, severity 1. */
const DEFICIENCIES = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;

function seenWith(matrix: (typeof DEFICIENCIES)[keyof typeof DEFICIENCIES], colour: Rgba): Rgba {
  const [r, g, b] = linear(colour);
  const [red, green, blue] = matrix.map((row) => encoded(row[0] * r + row[1] * g + row[2] * b));
  return [red!, green!, blue!, 1];
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

  for (const kind of ['dark', 'light'] as const) {
    for (const [name, matrix] of Object.entries(DEFICIENCIES)) {
      test(`${kind}, ${name}: states whose bars are of one height differ in colour, too`, () => {
        for (const [a, b] of pairs) {
          if (STATE_STYLES[a].height !== STATE_STYLES[b].height) continue;
          const [one, other] = [a, b].map((state) => seenWith(matrix, parseColour(STATE_STYLES[state].colours[kind])!));
          assert.ok(deltaE(one!, other!) >= 25, `${a} ${b} ${deltaE(one!, other!).toFixed(1)}`);
        }
      });
    }
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
