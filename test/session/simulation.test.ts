/** This file tests that a simulation says the same however it is driven, and that its driver may end it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { compileSources } from '../../src/session/compile';
import { Simulation, simulate, type SimulationResult } from '../../src/session/simulation';
import { encodeTrace } from '../../src/trace/format';

const FOLDER = join(__dirname, '..', '..', 'examples');
const RACE = readFileSync(join(FOLDER, '01-counter-race.lane'), 'utf8');
const QUIET = 'func main() {\n\tc := make(chan int)\n\tgo func() { c <- 1 }()\n\tprintln(<-c)\n}\n';
const ENDLESS = 'func main() {\n\tfor {\n\t}\n}\n';
const ENDLESS_RACE = 'var x int\nfunc main() {\n\tgo func() { x++ }()\n\tfor {\n\t\tx++\n\t\tsyscall(1us)\n\t}\n}\n';

function begin(text: string, onOutput?: (text: string) => void): Simulation {
  const { program, code } = compileSources([{ name: 'test.lane', text }]);
  return new Simulation(program, code!, { seed: 1, onOutput });
}

const codes = ({ findings }: SimulationResult): string[] => findings.map(({ code }) => code);

suite('a run in steps', () => {
  for (const [name, text] of Object.entries({ RACE, QUIET })) {
    test(`the size of the steps changes nothing (${name})`, () => {
      const { program, code } = compileSources([{ name: 'test.lane', text }]);
      const whole = simulate(program, code!, { seed: 1 });
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }), (sizes) => {
          const simulation = begin(text);
          for (let i = 0; simulation.advance(sizes[i % sizes.length]) === 'running'; i++);
          const { trace, findings, outcome, stdout, schedule } = simulation.result;
          assert.equal(encodeTrace(trace), encodeTrace(whole.trace));
          assert.deepEqual(
            { findings, outcome, stdout, schedule },
            { findings: whole.findings, outcome: whole.outcome, stdout: whole.stdout, schedule: whole.schedule },
          );
        }),
        { numRuns: 20 },
      );
    });
  }

  test('what is printed is told once, as it appears', () => {
    const told: string[] = [];
    const simulation = begin(
      `var x int\n${QUIET.replace('c <- 1', 'x++; c <- 1').replace('println', 'x++\n\tprint')}`,
      (text) => told.push(text),
    );
    assert.equal(simulation.advance(1), 'running');
    assert.deepEqual(told, []);
    while (simulation.advance() === 'running');
    assert.deepEqual(told, ['1']);
  });

  test('it goes on where it was, and has no result before the end', () => {
    const simulation = begin(ENDLESS);
    assert.throws(() => simulation.result, /internal error/);
    assert.equal(simulation.advance(1000), 'running');
    const { steps } = simulation.progress;
    assert.equal(simulation.advance(1000), 'running');
    assert.ok(simulation.progress.steps >= steps + 1000);
    assert.throws(() => simulation.result, /internal error/);
  });

  test('out of real time it is stopped at its line', () => {
    const simulation = begin(ENDLESS);
    simulation.advance(1000);
    assert.equal(simulation.stop('wallTime'), 'done');
    assert.equal(simulation.advance(1000), 'done', 'it does not run on');
    const { findings, trace, outcome } = simulation.result;
    assert.deepEqual(codes(simulation.result), ['budget.wallTime']);
    assert.equal(outcome.budget, 'wallTime');
    assert.equal(trace.meta.places[findings[0]!.sites[0]!.place]?.line, 2);
    assert.equal(simulation.result, simulation.result, 'concluded once');
  });

  test('stopped after a race it still looks at the values, for as many instructions', () => {
    const simulation = begin(ENDLESS_RACE);
    simulation.advance(100_000);
    assert.equal(simulation.stop('wallTime'), 'running');
    while (simulation.advance(10_000) === 'running');
    assert.deepEqual([...codes(simulation.result)].sort(), ['budget.wallTime', 'race.read-write']);
    const race = simulation.result.findings.find(({ kind }) => kind === 'data-race')!;
    const rows = race.sites.filter(({ role }) => role.endsWith('access')).map(({ row }) => row);
    assert.ok(rows.length === 2 && rows.every((row) => row >= 0), 'both accesses are in the trace');
    const { trace, stats } = simulation.result;
    assert.equal(trace.meta.instructions, stats.steps);
  });

  test('out of instructions, the second pass goes as far as the first, whatever the steps', () => {
    const { program, code } = compileSources([{ name: 'test.lane', text: ENDLESS_RACE }]);
    const simulation = new Simulation(program, code!, { seed: 1, budgets: { steps: 30_000 } });
    while (simulation.advance(700) === 'running');
    const { trace, stats, findings } = simulation.result;
    assert.equal(trace.meta.instructions, stats.steps);
    const whole = simulate(program, code!, { seed: 1, budgets: { steps: 30_000 } });
    assert.deepEqual([stats.steps, findings], [whole.stats.steps, whole.findings]);
  });

  test('stopped again in the second pass it ends there', () => {
    const simulation = begin(ENDLESS_RACE);
    simulation.advance(100_000);
    simulation.stop('wallTime');
    simulation.advance(1000);
    assert.equal(simulation.stop('wallTime'), 'done');
    assert.equal(simulation.result.outcome.budget, 'wallTime');
  });

  test('stopping what is done changes nothing', () => {
    const simulation = begin(QUIET);
    while (simulation.advance() === 'running');
    assert.equal(simulation.stop('wallTime'), 'done');
    assert.equal(simulation.result.outcome.kind, 'exit');
  });
});
