/** This file tests that the panel takes its colours from the page, and falls back where it has none. */
import assert from 'node:assert/strict';
import { contrast, cssColour, over, parseColour } from '../../src/picture/colour';
import { THEME_KINDS, type ThemeKind } from '../../src/picture/palette';
import { STATE_STYLES } from '../../src/picture/states';
import { resolveTheme, themeKind } from '../../src/webview/theme';
import { THEMES } from './fixture/themes';

const read = (kind: ThemeKind) => (property: string) => THEMES[kind]!.properties[property] ?? '';

suite('webview/theme', () => {
  test('finds the kind of theme from attribute or classes', () => {
    assert.equal(themeKind('vscode-high-contrast-light'), 'hcLight');
    assert.equal(themeKind(undefined, ['vscode-high-contrast', 'vscode-high-contrast-light']), 'hcLight');
    assert.equal(themeKind(undefined, ['vscode-light']), 'light');
    assert.equal(themeKind('unheard-of', []), 'dark');
  });

  for (const kind of THEME_KINDS) {
    test(`${kind}: text can be read where it is written`, () => {
      const theme = resolveTheme(kind, read(kind)).palette;
      const [background, dim] = [parseColour(theme.background)!, parseColour(theme.dim)!];
      assert.ok(contrast(dim, background) >= 4.5);
      assert.ok(contrast(parseColour(theme.onRunning)!, parseColour(theme.running)!) >= 4.5);
      assert.ok(contrast(parseColour(theme.onFocus)!, parseColour(theme.focus)!) >= 4.4);
      assert.ok(contrast(parseColour(theme.foreground)!, over(parseColour(theme.tint)!, background)) >= 4.5);
    });
  }

  test('secondary text is toned down only as far as it can be read', () => {
    const pale = resolveTheme('light', (property) => (property === '--vscode-foreground' ? '#616161' : '')).palette;
    for (const text of [pale.dim, pale.faded]) assert.ok(contrast(parseColour(text)!, [255, 255, 255, 1]) >= 4.5, text);
    const strong = resolveTheme('light', () => '').palette;
    assert.ok(
      contrast(parseColour(strong.dim)!, [255, 255, 255, 1]) <
        contrast(parseColour(strong.foreground)!, [255, 255, 255, 1]),
    );
  });

  test("a user's colour wins, nonsense falls back", () => {
    const own = resolveTheme('dark', (property) => (property === '--vscode-interlane-state-lock' ? '#00ff00' : ''));
    assert.equal(own.palette.lock, 'rgb(0, 255, 0)');
    const nonsense = resolveTheme('dark', () => 'none of your business');
    assert.equal(nonsense.palette.lock, cssColour(parseColour(STATE_STYLES.lock.colours.dark)!));
  });
});
