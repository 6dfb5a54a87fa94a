/** This file tests that every file the manifest names exists and is packed, and that what is packed leaves nothing out. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { colourId, STATE_STYLES } from '../src/picture/states';
import { STATES } from '../src/timeline/model';

const ROOT = join(__dirname, '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;

/** The `!` lines of .vscodeignore: what is packed. */
const packed = readFileSync(join(ROOT, '.vscodeignore'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1));

/** Every string in a JSON value that is a path of ours: `./…`, or `media/…` in the walkthrough. */
function paths(value: unknown): string[] {
  if (typeof value === 'string') return /^(\.\/|media\/)/.test(value) ? [value.replace('./', '')] : [];
  return value && typeof value === 'object' ? Object.values(value).flatMap(paths) : [];
}

function isPacked(path: string): boolean {
  return packed.some((line) => line === path || (line.endsWith('/**') && path.startsWith(line.slice(0, -2))));
}

suite('the manifest', () => {
  const named = [manifest.main, manifest.bin, manifest.icon, manifest.contributes].flatMap(paths);

  test('names files that exist', () => {
    assert.ok(named.length > 0);
    const missing = named.filter((path) => !path.startsWith('dist/') && !existsSync(join(ROOT, path)));
    assert.deepEqual(missing, []);
  });

  test('names files that are packed', () => {
    assert.deepEqual(
      named.filter((path) => !isPacked(path)),
      [],
    );
    assert.equal(isPacked('src/host/main.ts'), false);
    assert.equal(isPacked('dist/worker.js.map'), false);
  });

  test('is packed with everything a gallery wants', () => {
    for (const path of ['README.md', 'CHANGELOG.md', 'LICENSE', 'package.json']) {
      assert.ok(isPacked(path), `${path} is packed`);
      assert.ok(existsSync(join(ROOT, path)), `${path} exists`);
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
