/** This file tests that a seed is kept for the files it was chosen for, and for no others, until the default is wanted again. */
import assert from 'node:assert/strict';
import { Seeds } from '../../src/host/seeds';

suite('seeds', () => {
  const kept = new Map<string, unknown>();
  const state = {
    get: <T>(key: string, otherwise: T): T => (kept.get(key) as T | undefined) ?? otherwise,
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  };
  setup(() => kept.clear());

  test('a seed is kept for the files of its program, in another window as well', async () => {
    await new Seeds(state).choose(['a.go', 'b.go'], 7);
    const seeds = new Seeds(state);
    assert.deepEqual([seeds.of(['b.go']), seeds.of(['c.go', 'a.go']), seeds.of(['c.go'])], [7, 7, undefined]);
  });

  test('another choice takes its place; the default takes it away, of these files alone', async () => {
    const seeds = new Seeds(state);
    await seeds.choose(['a.go'], 7);
    await seeds.choose(['b.go'], 0);
    await seeds.choose(['a.go'], 8);
    assert.deepEqual([seeds.of(['a.go']), seeds.of(['b.go'])], [8, 0]);
    await seeds.choose(['a.go'], undefined);
    assert.deepEqual([seeds.of(['a.go']), seeds.of(['b.go'])], [undefined, 0]);
  });
});
