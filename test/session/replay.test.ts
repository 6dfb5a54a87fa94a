/** This file tests what a run promises: same seed, same bytes; its schedule, replayed under any seed, gives the same events. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSources } from '../../src/session/compile';
import { simulate, type SimulationOptions, type SimulationResult } from '../../src/session/simulation';
import { encodeTrace } from '../../src/trace/format';

const FOLDER = join(__dirname, '..', '..', 'examples');

function run(name: string, options: SimulationOptions): SimulationResult {
  const { program, code } = compileSources([{ name, text: readFileSync(join(FOLDER, name), 'utf8') }]);
  return simulate(program, code!, options);
}

suite('runs of the examples', () => {
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.lane'))) {
    test(`${name}: same seed, same bytes; another seed may differ; the schedule replays under it`, () => {
      const one = run(name, { seed: 7 });
      const two = run(name, { seed: 7 });
      assert.equal(encodeTrace(two.trace), encodeTrace(one.trace));
      assert.deepEqual(two.findings, one.findings);
      const replayed = run(name, { seed: 99, schedule: one.schedule });
      assert.deepEqual(replayed.trace.columns, one.trace.columns);
      assert.equal(replayed.stdout, one.stdout);
    });
  }

  test('another seed is another schedule', () => {
    const schedules = new Set([1, 2, 3].map((seed) => run('06-worker-pool.lane', { seed }).schedule));
    assert.ok(schedules.size > 1);
  });
});
