/** This file tests that a script launched out of compiled code does what its text says, whatever has become of that code. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { prepare, prepareAhead, run, type Launched } from '../../src/launch/compiled';

const TEXT = `'use strict';
function used(x) { return x * 2; }
module.exports.dir = __dirname;
module.exports.join = require('node:path').join('a', 'b');
module.exports.twice = used(21);
`;

suite('a script launched out of compiled code', () => {
  let folder: string;
  let script: string;
  let cache: string;
  setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'interlane-launch-'));
    [script, cache] = [join(folder, 'script.js'), join(folder, 'new', 'folder', 'script.code')];
    writeFileSync(script, TEXT);
  });
  teardown(() => rmSync(folder, { recursive: true, force: true }));

  /** What the script gives out. */
  let given: Record<string, unknown>;
  function start(at: string | undefined = cache): Launched {
    const self = { exports: {} } as NodeJS.Module;
    const launched = run(prepare(script, at), self, require);
    given = self.exports as Record<string, unknown>;
    return launched;
  }

  test('runs as its text does, the first time and out of the code', () => {
    for (const cached of [false, true, true]) {
      const launched = start();
      assert.equal(launched.cached, cached);
      assert.deepEqual(given, { dir: folder, join: join('a', 'b'), twice: 42 });
      launched.keep();
      launched.keep();
      assert.deepEqual(readdirSync(join(folder, 'new', 'folder')), ['script.code'], 'and nothing beside it');
    }
  });

  test('prepared for another thread, be it for the first time, it has its code with it; that it comes from an earlier process is not said', () => {
    for (const at of [undefined, cache]) {
      const prepared = structuredClone(prepareAhead(script, at));
      assert.ok(prepared.code && !prepared.isKept);
      const self = { exports: {} } as NodeJS.Module;
      const launched = run(prepared, self, require);
      assert.deepEqual([launched.cached, (self.exports as { twice: number }).twice], [false, 42]);
      launched.keep();
    }
    assert.equal(start().cached, true);
    assert.equal(prepareAhead(script, cache).isKept, true);
  });

  test('prepared for another thread, it fails where it is run', () => {
    writeFileSync(script, 'const = 1;\n');
    const prepared = prepareAhead(script, undefined);
    assert.equal(prepared.code, undefined);
    assert.throws(() => run(prepared, { exports: {} } as NodeJS.Module, require), SyntaxError);
  });

  test('without a place for code it runs, too', () => {
    const launched = run(prepare(script, undefined), { exports: {} } as NodeJS.Module, require);
    launched.keep();
    assert.deepEqual([launched.cached, readdirSync(folder)], [false, ['script.js']]);
  });

  /** The script does what its text says now, not out of the code; what is then kept is good. */
  function isMadeAnew(twice = 42): void {
    const launched = start();
    assert.deepEqual([launched.cached, given.twice], [false, twice]);
    launched.keep();
    assert.equal(start().cached, true);
    assert.equal(given.twice, twice);
  }

  test('code of another text of the same length is not run', () => {
    start().keep();
    writeFileSync(script, TEXT.replace('21', '34'));
    isMadeAnew(68);
  });

  test('code that is damaged anywhere, cut off, or of something else is not run', () => {
    start().keep();
    const whole = readFileSync(cache);
    const damaged = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, by]) => {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= by;
      return bytes;
    });
    const short = fc.nat(whole.length - 1).map((length) => whole.subarray(0, length));
    fc.assert(
      fc.property(fc.oneof(damaged, short, fc.uint8Array({ maxLength: 100 })), (bytes) => {
        writeFileSync(cache, bytes);
        assert.equal(start().cached, false);
        assert.equal(given.twice, 42);
      }),
      { numRuns: 50 },
    );
    isMadeAnew();
  });

  test('code that others could have written is not run', function () {
    if (process.getuid === undefined) this.skip();
    start().keep();
    for (const mode of [0o666, 0o620]) {
      chmodSync(cache, mode);
      assert.equal(start().cached, false, mode.toString(8));
    }
    isMadeAnew();
  });

  test('where nothing can be kept it runs all the same', () => {
    writeFileSync(join(folder, 'new'), 'a file in the place of the folder');
    for (let k = 0; k < 2; k++) {
      const launched = start();
      launched.keep();
      assert.deepEqual([launched.cached, given.twice], [false, 42]);
    }
    rmSync(join(folder, 'new'));
    mkdirSync(cache, { recursive: true });
    isNeitherReadNorReplaced();
  });

  /** A folder in the place of the file. */
  function isNeitherReadNorReplaced(): void {
    start().keep();
    assert.deepEqual(readdirSync(join(folder, 'new', 'folder')), ['script.code']);
    assert.deepEqual([start().cached, given.twice], [false, 42]);
  }

  test('what it throws is thrown, with lines and columns of the text', () => {
    writeFileSync(script, "throw new Error('mine');\n");
    assert.throws(() => start(), (error: Error) => error.message === 'mine' && error.stack!.includes(`${script}:1:7`));
    rmSync(script);
    assert.throws(() => start(), /ENOENT/);
  }); // prettier-ignore
});
