/** This file tests that every native says what others may notice of it. */
import assert from 'node:assert/strict';
import { nativeTable } from '../../src/runtime/natives';
import { FOOTPRINTS } from '../../src/runtime/natives/footprints';

suite('runtime: footprints of natives', () => {
  test('every native says what others may notice of it, and nothing else does', () => {
    assert.deepEqual(Object.keys(FOOTPRINTS).sort(), Object.keys(nativeTable).sort());
  });

  test('what synchronises is visible', () => {
    const visible = Object.keys(nativeTable).filter((name) => /^sync[./]/.test(name));
    for (const name of visible) assert.ok(FOOTPRINTS[name], name);
  });
});
