/** This file tests that the packages of std check, and that the table of natives is what they leave to the runtime. */
import assert from 'node:assert/strict';
import { checkStdPackage } from '../../src/lang/check';
import { typeString } from '../../src/lang/typeString';
import type { FuncObj } from '../../src/lang/types';
import { check, implicitPackages, stdImporter } from '../../src/std/importer';
import { isNative, natives } from '../../src/std/natives';
import { packageSources } from '../../src/std/packages';
import { knownPaths } from '../../src/std/unsupported';

/** The signature with the receiver as first parameter. */
function fullSignature(f: FuncObj): string {
  const type = f.type;
  assert.ok(type.kind === 'signature');
  return typeString({ ...type, recv: undefined, params: type.recv ? [type.recv, ...type.params] : type.params }, '');
}

suite('std', () => {
  for (const [path, text] of Object.entries(packageSources)) {
    test(`${path} has no mistake`, () => {
      const { diagnostics } = checkStdPackage(path, [{ name: path, text }], { importer: stdImporter });
      assert.deepEqual(diagnostics.map((d) => d.message), []); // prettier-ignore
    });
  }

  test('leaves to the runtime exactly the natives of the table', () => {
    const bodyless = Object.keys(packageSources).flatMap((path) => stdImporter(path)!.funcs.filter((f) => f.native));
    assert.deepEqual(Object.fromEntries(bodyless.map((f) => [f.native!, fullSignature(f)])), natives);
    assert.equal(isNative('time.Sleep'), true);
    assert.equal(isNative('time.After'), false);
  });

  test('is checked once', () => {
    assert.equal(stdImporter('sync'), stdImporter('sync'));
    assert.equal(stdImporter('net/http'), undefined);
    assert.equal(stdImporter('toString'), undefined);
  });

  test('is in scope of .lane files by the last element of its paths', () => {
    assert.equal(implicitPackages.get('atomic'), 'sync/atomic');
    const program = check([
      { name: 'a.lane', text: 'func main() {\n\tvar n atomic.Int64\n\tn.Add(int64(rand.Intn(3)))\n}\n' },
    ]);
    assert.deepEqual(program.diagnostics, []);
    assert.deepEqual(program.imports.map((p) => p.path), ['sync/atomic', 'math/rand']); // prettier-ignore
  });

  test('does not list a supported package as unsupported', () => {
    assert.deepEqual([...knownPaths].filter((path) => path in packageSources), []); // prettier-ignore
  });
});
