/** This file tests that a simulation says the same however it is driven, and that its driver may end it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Kind } from '../../src/event/kinds';
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

  test('out of real time after a race there is none left to look at the values: the race is told', () => {
    const simulation = begin(ENDLESS_RACE);
    simulation.advance(100_000);
    assert.equal(simulation.stop('wallTime'), 'done');
    assert.deepEqual([...codes(simulation.result)].sort(), ['budget.wallTime', 'race.read-write']);
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

  test('out of real time in the second pass it ends there', () => {
    const { program, code } = compileSources([{ name: 'test.lane', text: RACE }]);
    const simulation = new Simulation(program, code!, { seed: 1 });
    assert.equal(simulation.advance(), 'running', 'the second pass');
    simulation.advance(10);
    assert.equal(simulation.stop('wallTime'), 'done');
    assert.equal(simulation.result.outcome.budget, 'wallTime');
  });

  const CUTS = { wallTime: ['budget.wallTime', 'race.read-write'], interrupted: ['race.read-write'] } as const;
  for (const [budget, told] of Object.entries(CUTS) as [keyof typeof CUTS, readonly string[]][]) {
    test(`stopped in the second pass (${budget}), the run tells that, and all that the first has found`, () => {
      const { program, code } = compileSources([{ name: 'test.lane', text: ENDLESS_RACE }]);
      for (const steps of [2000, 30_000]) {
        const simulation = new Simulation(program, code!, { seed: 1, budgets: { steps } });
        assert.equal(simulation.advance(), 'running', 'the second pass');
        assert.equal(simulation.stop(budget), 'done');
        const { findings, trace, outcome } = simulation.result;
        assert.equal(outcome.budget, budget);
        assert.deepEqual([...codes(simulation.result)].sort(), told);
        const stopped = findings.find(({ kind }) => kind === 'budget');
        if (stopped) assert.match(stopped.message, /while it was repeated to read the values .* missing/);
        const { sites } = findings.find(({ kind }) => kind === 'data-race')!;
        const accesses = sites.filter(({ role }) => role.endsWith('access'));
        assert.deepEqual(accesses.map(({ place }) => trace.meta.places[place]?.line).sort(), [3, 5]);
        assert.ok(
          sites.every(({ row }) => row === -1),
          'the trace does not show it',
        );
      }
    });
  }

  test('stopping what is done changes nothing', () => {
    const simulation = begin(QUIET);
    while (simulation.advance() === 'running');
    assert.equal(simulation.stop('wallTime'), 'done');
    assert.equal(simulation.result.outcome.kind, 'exit');
  });

  test('a trace has the texts that its rows name, and none of the events that were left out', () => {
    const text = 'func main() {\n\tfor i := range 3000 { println(i) }\n}\n';
    const { program, code } = compileSources([{ name: 'test.lane', text }]);
    const { trace, stderr } = simulate(program, code!, { seed: 1, budgets: { traceRows: 1000 } });
    const { kind, obj } = trace.columns;
    const said = [...obj.filter((_, row) => kind[row] === Kind.Print)].map((index) => trace.meta.texts[index]!);
    assert.ok(said.length > 900 && said.length <= 1000, `${said.length} rows`);
    assert.deepEqual(said, trace.meta.texts);
    // The beginning and the end, between which events were left out.
    const head = said.findIndex((text, i) => Number(text) !== i);
    assert.ok(head > 400 && stderr.startsWith(said.slice(0, head).join('')));
    assert.ok(said.length - head > 400 && stderr.endsWith(said.slice(head).join('')));
  });
});
