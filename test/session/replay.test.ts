/** This file tests what a run promises: same seed, same bytes; its schedule, replayed under any seed, gives the same events; a cancelled run says nothing. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSources } from '../../src/session/compile';
import { simulate, type SimulateOptions, type Simulation } from '../../src/session/simulate';
import { encodeTrace } from '../../src/trace/format';

const FOLDER = join(__dirname, '..', '..', 'examples');

function run(name: string, options: SimulateOptions): Simulation {
  const { program, code } = compileSources([{ name, text: readFileSync(join(FOLDER, name), 'utf8') }]);
  return simulate(program, code!, options)!;
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

  test('a cancelled run is none', () => {
    const { program, code } = compileSources([{ name: 'a.lane', text: 'func main() {\n\tfor {\n\t}\n}\n' }]);
    assert.equal(simulate(program, code!, { seed: 1, sliceSteps: 1000, shouldStop: () => 'cancelled' }), undefined);
  });

  test('a run out of real time is stopped at its line', () => {
    const { program, code } = compileSources([{ name: 'a.lane', text: 'func main() {\n\tfor {\n\t}\n}\n' }]);
    const stopped = simulate(program, code!, { seed: 1, sliceSteps: 1000, shouldStop: () => 'wallTime' })!;
    assert.deepEqual(
      stopped.findings.map((finding) => finding.code),
      ['budget.wallTime'],
    );
    assert.equal(stopped.trace.meta.places[stopped.findings[0]!.sites[0]!.place]?.line, 2);
  });
});
