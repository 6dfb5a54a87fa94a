/** This file tests that package.json names files that exist, and says what the code says. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathsOf } from '../scripts/package/examine';
import { PANEL_KEYS } from '../src/host/panelKeys';
import { colourId, STATE_STYLES } from '../src/picture/states';
import { STATES } from '../src/timeline/model';
import { commandOf } from '../src/webview/keys';

const ROOT = join(__dirname, '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;

suite('the manifest', () => {
  const named = [manifest.main, manifest.bin, manifest.icon, manifest.contributes].flatMap(pathsOf);

  test('names files that exist', () => {
    assert.ok(named.length > 0);
    const missing = named.filter((path) => !path.startsWith('dist/') && !existsSync(join(ROOT, path)));
    assert.deepEqual(missing, []);
  });

  const { commands, menus } = manifest.contributes as {
    commands: readonly { readonly command: string }[];
    menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
  };
  const declared = new Set(commands.map(({ command }) => command));

  test('offers in its menus what it declares', () => {
    const offered = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
    assert.deepEqual(offered.filter((command) => !declared.has(command)), []); // prettier-ignore
    assert.ok(menus['webview/context']!.length > 0);
    assert.ok(menus['webview/context']!.every(({ when }) => when.includes("webviewId == 'interlane.timeline'")));
  });

  test("declares the commands that press a key of the panel, and each is a key's", () => {
    for (const [command, key] of Object.entries(PANEL_KEYS)) {
      assert.ok(declared.has(`interlane.${command}`), command);
      assert.ok(commandOf(key), key);
    }
  });

  test("declares the states' colours as the table of states has them", () => {
    const { colors } = manifest.contributes as { colors: unknown };
    assert.deepEqual(
      colors,
      STATES.map((state) => {
        const { meaning, colours } = STATE_STYLES[state];
        const { dark, light, hc: highContrast, hcLight: highContrastLight } = colours;
        return {
          id: colourId(state),
          description: `Timeline: a goroutine that is ${meaning}.`,
          defaults: { dark, light, highContrast, highContrastLight },
        };
      }),
    );
  });
});
