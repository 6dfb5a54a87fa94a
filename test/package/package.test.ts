/** This file tests the extension as it is packed: exactly which files, how large, with whose licences, that it runs, and what the gallery shows of it. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { NOTICES, stage, type Manifest } from '../../scripts/package/contents';
import { complaints, filesIn, LARGEST } from '../../scripts/package/examine';
import type { Build } from '../../scripts/package/notices';
import { assertGolden } from '../support/golden';

const ROOT = join(__dirname, '..', '..');
/** What an archive keeps of a file beside its content and twice its name: two headers. */
const HEADERS = 76;

suite('the package', function () {
  this.timeout(60_000);
  const scratch = mkdtempSync(join(tmpdir(), 'interlane-package-'));
  const folder = join(scratch, 'extension');
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  let built: Build;
  suiteSetup(() => void (built = stage(folder)));
  suiteTeardown(() => rmSync(scratch, { recursive: true, force: true }));

  test('holds exactly these files', () => {
    assertGolden(join(__dirname, 'files.golden'), `${filesIn(folder).join('\n')}\n`);
  });

  test('is small', () => {
    const packed = filesIn(folder).map((path) => deflateRawSync(readFileSync(join(folder, path))).length + 2 * path.length + HEADERS);
    const size = packed.reduce((a, b) => a + b, 0);
    assert.ok(size <= LARGEST, `${size} bytes`);
  }); // prettier-ignore

  test('has all that it refers to, no source maps, and a command line that runs a program', () => {
    assert.deepEqual(complaints(folder), []);
  });

  test('is found wanting without a file that it refers to, with a source map, with a bundle that does not run', () => {
    const broken = join(scratch, 'broken');
    stage(broken);
    renameSync(join(broken, 'media', 'icon.png'), join(broken, 'dist', 'icon.js.map'));
    renameSync(join(broken, 'dist', 'cli.js'), join(broken, 'dist', 'cli.mjs'));
    appendFileSync(join(broken, 'dist', 'webview.js'), '//# sourceMappingURL=webview.js.map\n');
    const found = complaints(broken).join('\n');
    for (const what of ['media/icon.png, which', 'dist/cli.js, which', 'dist/icon.js.map is', 'dist/webview.js is', 'the command line says']) {
      assert.ok(found.includes(what), what);
    }
  }); // prettier-ignore

  /** What a bundle expects to find where it runs, by its path in the package. */
  function wanted(bundle: string): string[] {
    const outputs = built.bundles.flatMap(({ outputs: all }) => Object.entries(all));
    const output = outputs.find(([path]) => path.endsWith(`extension/${bundle}`))![1];
    return [...new Set(output.imports.filter(({ external }) => external).map(({ path }) => path))].sort();
  } // prettier-ignore

  test('wants nothing of Node in a browser, and nothing but Node and the editor elsewhere', () => {
    assert.deepEqual(wanted('dist/web/extension.js'), ['vscode']);
    assert.deepEqual(wanted('dist/web/worker.js'), []);
    assert.deepEqual(wanted('dist/webview.js'), []);
    assert.deepEqual(wanted('dist/simulation.js'), ['node:worker_threads']);
    assert.ok(wanted('dist/extension.js').every((path) => path === 'vscode' || path.startsWith('node:')));
    for (const bundle of ['cli', 'commands', 'simulator', 'worker']) {
      assert.ok(
        wanted(`dist/${bundle}.js`).every((path) => path.startsWith('node:')),
        bundle,
      );
    }
  });

  test('reads nothing of Node in a browser, where there is no process, require or Buffer', () => {
    for (const bundle of ['dist/web/extension.js', 'dist/web/worker.js', 'dist/webview.js']) {
      const uses = read(bundle).match(/(?<![.\w$])(?:process\.\w+|Buffer\.\w+|setImmediate|__dirname|require\("(?!vscode")[^"]*"\))/g);
      assert.deepEqual(uses ?? [], [], bundle);
    }
  }); // prettier-ignore

  test('has the licences of all whose work is in it, and of nobody else', () => {
    const notices = read(NOTICES);
    const named = [...notices.matchAll(/^-{80}\n\n(\S+) [\d.]+ \((\S+)\)$/gm)].map(([, name, license]) => [name, license]);
    assert.deepEqual(named, [['@vscode/codicons', 'CC-BY-4.0'], ['preact', 'MIT']]);
    for (const file of ['preact/LICENSE', '@vscode/codicons/LICENSE', '@vscode/codicons/LICENSE-CODE']) {
      const text = readFileSync(join(ROOT, 'node_modules', file), 'utf8').replace(/^\uFEFF/, '').replaceAll('\r\n', '\n').trim();
      assert.ok(notices.includes(text), file);
    }
  }); // prettier-ignore

  test('keeps to itself what only the working tree needs', () => {
    const manifest = JSON.parse(read('package.json')) as Manifest;
    for (const key of ['private', 'scripts', 'devDependencies']) assert.ok(!(key in manifest), key);
    for (const key of ['name', 'publisher', 'main', 'bin', 'contributes']) assert.ok(key in manifest, key);
  });

  test('shows nothing in the gallery that is not there: no relative links, no pictures without an address', () => {
    for (const page of ['README.md', 'CHANGELOG.md']) {
      assert.doesNotMatch(read(page), /!\[|<img/, `${page}: pictures`);
      const links = [...read(page).matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link!);
      assert.deepEqual(links.filter((link) => !link.startsWith('https://')), [], page);
    }
  }); // prettier-ignore

  test('says in the gallery what a gallery asks for', () => {
    const manifest = JSON.parse(read('package.json')) as Record<string, string & string[]>;
    const { displayName, description, version, icon, license, categories, galleryBanner, keywords } = manifest;
    for (const text of [displayName, description, version, icon, license]) assert.ok(text);
    assert.ok(categories!.length > 0 && galleryBanner && keywords!.length <= 30);
    const [width, height] = [16, 20].map((at) => readFileSync(join(folder, icon!)).readUInt32BE(at));
    assert.ok(width! >= 128 && width === height, `the icon has ${width} × ${height} px`);
  });
});
