/** This file tests colours: how they are read, mixed and chosen, and that states can be told apart. */
import assert from 'node:assert/strict';
import { contrast, cssColour, mix, over, parseColour, readableOn, type Rgba } from '../../src/webview/colour';
import { STATES, STATE_STYLES, type ThemeKind } from '../../src/webview/palette';
import { resolveTheme, themeKind } from '../../src/webview/theme';
import { THEMES } from './fixture/themes';

const KINDS: readonly ThemeKind[] = ['dark', 'light', 'hc', 'hcLight'];
const read = (kind: ThemeKind) => (property: string) => THEMES[kind]!.properties[property] ?? '';

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

suite('webview/theme', () => {
  test('reads the ways in which style sheets write colours', () => {
    assert.deepEqual(parseColour('#fff'), [255, 255, 255, 1]);
    assert.deepEqual(parseColour(' #0078d4 '), [0, 120, 212, 1]);
    assert.equal(parseColour('#00000080')![3], 128 / 255);
    assert.deepEqual(parseColour('rgba(1, 2, 3, 0.5)'), [1, 2, 3, 0.5]);
    assert.deepEqual(parseColour('rgb(1 2 3 / 50%)'), [1, 2, 3, 0.5]);
    assert.deepEqual(parseColour('transparent'), [0, 0, 0, 0]);
  });

  test('says so where a text is no colour', () => {
    for (const text of ['', 'var(--x)', '#12', 'rgb(1, 2)', 'red-ish'])
      assert.equal(parseColour(text), undefined, text);
  });

  test('mixes and lays over', () => {
    assert.deepEqual(mix([0, 0, 0, 1], [200, 100, 50, 1], 0.5), [100, 50, 25, 1]);
    assert.deepEqual(over([255, 255, 255, 0.5], [0, 0, 0, 1]), [127.5, 127.5, 127.5, 1]);
    assert.equal(cssColour([1, 2, 3, 0.25]), 'rgba(1, 2, 3, 0.25)');
  });

  test('measures contrast as WCAG does', () => {
    assert.equal(contrast([0, 0, 0, 1], [255, 255, 255, 1]), 21);
    assert.equal(contrast([9, 9, 9, 1], [9, 9, 9, 1]), 1);
    assert.deepEqual(readableOn([255, 255, 0, 1]), [0, 0, 0, 1]);
    assert.deepEqual(readableOn([0, 0, 80, 1]), [255, 255, 255, 1]);
  });

  test('finds the kind of theme from attribute or classes', () => {
    assert.equal(themeKind('vscode-high-contrast-light'), 'hcLight');
    assert.equal(themeKind(undefined, ['vscode-high-contrast', 'vscode-high-contrast-light']), 'hcLight');
    assert.equal(themeKind(undefined, ['vscode-light']), 'light');
    assert.equal(themeKind('unheard-of', []), 'dark');
  });

  for (const kind of KINDS) {
    test(`${kind}: text can be read where it is written`, () => {
      const theme = resolveTheme(kind, read(kind));
      const [background, dim] = [parseColour(theme.background)!, parseColour(theme.dim)!];
      assert.ok(contrast(dim, background) >= 4.5);
      assert.ok(contrast(parseColour(theme.onRunning)!, parseColour(theme.states.running)!) >= 4.5);
      assert.ok(contrast(parseColour(theme.onFocus)!, parseColour(theme.focus)!) >= 4.4);
      assert.ok(contrast(parseColour(theme.foreground)!, over(parseColour(theme.tint)!, background)) >= 4.5);
    });
  }

  for (const kind of ['dark', 'light'] as const) {
    test(`${kind}: no two states look alike`, () => {
      for (const a of STATES) {
        for (const b of STATES) {
          if (a >= b) continue;
          const [one, other] = [a, b].map((name) => parseColour(STATE_STYLES[name].colours[kind])!) as [Rgba, Rgba];
          assert.ok(deltaE(one, other) >= 25, `${a} ${b} ${deltaE(one, other).toFixed(1)}`);
        }
      }
    });
  }

  test('states differ in pattern or height even without colour', () => {
    const looks = STATES.map((name) => `${STATE_STYLES[name].pattern} ${STATE_STYLES[name].height}`);
    assert.equal(new Set(looks).size, STATES.length);
  });

  test('secondary text is toned down only as far as it can be read', () => {
    const pale = resolveTheme('light', (property) => (property === '--vscode-foreground' ? '#616161' : ''));
    for (const text of [pale.dim, pale.faded]) assert.ok(contrast(parseColour(text)!, [255, 255, 255, 1]) >= 4.5, text);
    const strong = resolveTheme('light', () => '');
    assert.ok(
      contrast(parseColour(strong.dim)!, [255, 255, 255, 1]) <
        contrast(parseColour(strong.foreground)!, [255, 255, 255, 1]),
    );
  });

  test("a user's colour wins, nonsense falls back", () => {
    const own = resolveTheme('dark', (property) => (property === '--vscode-interlane-state-lock' ? '#00ff00' : ''));
    assert.equal(own.states.lock, 'rgb(0, 255, 0)');
    const nonsense = resolveTheme('dark', () => 'none of your business');
    assert.equal(nonsense.states.lock, cssColour(parseColour(STATE_STYLES.lock.colours.dark)!));
  });
});
