/**
 * This file tests the end of a run, in which findings, trace and sentences are made: a cancel ends it, at any question, and time that is up cuts it; it is told of as work; it is
 * linear in what there is to tell; and a run ends early enough for it.
 */
import assert from 'node:assert/strict';
import { Deadline } from '../../src/base/deadline';
import { Interrupt, Interrupted } from '../../src/base/interrupt';
import { compileSources } from '../../src/session/compile';
import { Simulation, type SimulationOptions } from '../../src/session/simulation';

/** Counts, and cancels when it is told for the `n`-th time. */
class Told extends Interrupt {
  units = 0;
  times = 0;
  constructor(private readonly n = Infinity) {
    super(() => undefined);
  }
  override worked(units: number): void {
    this.units += units;
    if (++this.times >= this.n) throw new Interrupted('cancelled');
  }
}

/** Programs whose end has much to tell, by what. */
const MANY: Readonly<Record<string, (n: number) => string>> = {
  'goroutines that leak': (n) => `func main() { for range ${n} { go func() { select {} }() }; time.Sleep(1) }`,
  'channels that everybody waits at': (n) => `func main() { for range ${n} { c := make(chan int); go func() { c <- 1 }() }; <-make(chan int) }`,
  'races, with values': (n) => `var xs [${n}]int\nfunc main() {\n\tgo func() { for i := range xs { xs[i]++ } }()\n\tfor i := range xs { xs[i]++ }\n\ttime.Sleep(1000000)\n}`,
  'locks that are held': (n) => `func main() { for range ${n} { mu := new(sync.Mutex); mu.Lock(); go mu.Lock() }; select {} }`,
  'choices': (n) => `func main() { for range ${n} { rand.Intn(10) } }`,
}; // prettier-ignore

/** A race, and much else to tell. */
const RACE =
  'var x int\nfunc main() {\n\tc := make(chan int, 1)\n\tgo func() { x++ }()\n\tx++\n\tfor range 30000 { c <- 1; <-c }\n}\n';

/** Programs that have no end, and ever more to tell. */
const ENDLESS: Readonly<Record<string, string>> = {
  'events': 'func main() { c := make(chan int); go func() { for { c <- 1 } }(); for range c {} }',
  'goroutines': 'func main() { for { go func() { select {} }() } }',
  'objects': 'func main() { for { mu := new(sync.Mutex); mu.Lock() } }',
  'channels': 'func main() { for { c := make(chan int, 1); c <- 1 } }',
}; // prettier-ignore
const LARGE = { goroutines: 1_000_000, memoryWords: 1 << 26, steps: 1e9 };
/** Units of an interrupt that the end of a run may be estimated to tell of in a ms: a unit is 5 to 10 ns, and what is not told of takes time, too. */
const [LEAST_UNITS, MOST_UNITS] = [10_000, 120_000];

function ended(text: string, interrupt: { of?: Interrupt }): Simulation {
  const { program, code } = compileSources([{ name: 'end.lane', text: `${text}\n` }]);
  assert.ok(code, program.diagnostics.map(({ message }) => message).join());
  // The run itself is not in question here.
  const told = Object.create(Interrupt.never, {
    worked: { value: () => undefined },
    ofConclusion: { get: () => interrupt.of },
  }) as Interrupt;
  const simulation = new Simulation(program, code, { seed: 1, interrupt: told });
  while (simulation.advance() === 'running');
  return simulation;
}

suite('session: the end of a run', () => {
  for (const [name, text] of Object.entries(MANY)) {
    test(`is told of as work, and linear: ${name}`, () => {
      const work = (n: number): number => {
        const counting = new Told();
        assert.ok(ended(text(n), { of: counting }).result.trace.length > 0);
        return counting.units;
      };
      const [one, two] = [work(300), work(600)];
      assert.ok(two >= one + 300 && two <= one * 2.2, `${one} units for 300, ${two} for 600`);
    });

    test(`can be cancelled at any question: ${name}`, () => {
      const whole = new Told();
      const { result } = ended(text(100), { of: whole });
      const places = Array.from({ length: 30 }, (_, i) => Math.ceil((whole.times * (i + 1)) / 30));
      for (const place of places) {
        const again: { of?: Interrupt } = { of: new Told(place) };
        const simulation = ended(text(100), again);
        assert.throws(() => simulation.result, Interrupted);
      }
      assert.deepEqual(ended(text(100), { of: Interrupt.never }).result.findings, result.findings);
    });
  }

  /** A simulation with a clock that stands still until it is set. */
  function timed(text: string, ms: number, more: Partial<SimulationOptions> = {}): { simulation: Simulation; clock: { now: number } } {
    const { program, code } = compileSources([{ name: 'end.lane', text }]);
    const clock = { now: 0 };
    const deadline = new Deadline(() => clock.now, ms);
    const interrupt = new Interrupt(() => (deadline.isOver ? 'wallTime' : undefined));
    return { simulation: new Simulation(program, code!, { seed: 1, budgets: { ...LARGE, wallTime: ms }, ...more, interrupt, deadline }), clock };
  } // prettier-ignore

  const codes = ({ result: { findings } }: Simulation): string[] => findings.map(({ code }) => code).sort();

  for (const trace of [true, false]) {
    test(`when time is up it is cut: what was found is told, and what is missing (${trace ? 'with' : 'without'} a trace)`, () => {
      const { simulation, clock } = timed(RACE, 1000, { trace, values: false });
      while (simulation.advance() === 'running');
      clock.now = 1001;
      const { outcome, findings, traced } = simulation.result;
      assert.equal(outcome.kind, 'exit');
      assert.deepEqual([...new Set(codes(simulation))], ['race.read-write'], 'a little late it is made all the same');
      assert.equal(findings[0]!.objectName, 'x');
      assert.equal(traced, true);
      const late = timed(RACE, 1000, { trace, values: false });
      while (late.simulation.advance() === 'running');
      late.clock.now = 1100;
      const { result } = late.simulation;
      assert.equal(result.outcome.kind, 'exit');
      assert.deepEqual([...new Set(codes(late.simulation))], ['budget.wallTime', 'race.read-write']);
      assert.deepEqual(result.findings.map(({ objectName }) => objectName).filter((name) => name !== ''), findings.map(({ objectName }) => objectName));
      assert.equal(result.traced, trace, 'who wants a trace does not ask again');
      assert.equal(result.trace.length, 0);
      assert.ok(result.findings.flatMap(({ sites }) => sites).every(({ row }) => row === -1));
      assert.match(result.findings.at(-1)!.message, /^What is told of the run is cut short.*: its time was up, too early for its timeline, and its budget .* 1,000 milliseconds\.$/);
      assert.deepEqual([result.schedule, result.stdout, result.stats], [simulation.result.schedule, simulation.result.stdout, simulation.result.stats]);
    }); // prettier-ignore
  }

  test('what takes long to find is not looked for then, and that is said; a deadlock is told', () => {
    const late = (text: string, trace = false): Simulation => {
      const { simulation, clock } = timed(text, 1000, { trace });
      // Time is up as soon as the program has come to its end.
      const ends = simulation as unknown as { pass: { advance: (steps: number) => void; outcome: unknown } };
      const { pass } = ends;
      const advance = pass.advance.bind(pass);
      pass.advance = (steps) => {
        advance(steps);
        if (pass.outcome !== undefined) clock.now = 1100;
      };
      while (simulation.advance() === 'running');
      return simulation;
    };
    const leaks = late(MANY['goroutines that leak']!(3000));
    assert.deepEqual(codes(leaks), ['budget.wallTime']);
    assert.match(leaks.result.findings[0]!.message, /too early for a search for goroutines/);
    const all = late(MANY['goroutines that leak']!(20_000), true);
    assert.deepEqual([codes(all), all.result.trace.length], [['budget.wallTime'], 0]);
    assert.match(all.result.findings[0]!.message, /too early for its timeline, and for a search for goroutines/);
    const asleep = late(MANY['channels that everybody waits at']!(3000));
    assert.deepEqual(codes(asleep), ['budget.wallTime', 'deadlock.all-asleep']);
    assert.equal(asleep.result.findings[0]!.count, 3001);
    assert.deepEqual(codes(late(MANY['goroutines that leak']!(10))), ['leak.select'], 'what is short is found');
  });

  for (const [name, text] of Object.entries(ENDLESS)) {
    test(`a run ends when there is no more time than its end will take: ${name}`, () => {
      const units = (ms: number): number => {
        const { simulation } = timed(text, ms);
        // The clock stands still: it is only the end that takes time.
        while (simulation.advance(10_000) === 'running');
        const counting = new Told();
        Object.assign(simulation, { concluding: counting });
        const { outcome, trace } = simulation.result;
        assert.equal(outcome.budget, 'wallTime');
        assert.ok(trace.length > 0, 'nothing is cut');
        return counting.units;
      };
      const [short, long] = [units(20), units(60)];
      assert.ok(long > 2 * short && long < 6 * short, `${short} units in 20 ms, ${long} in 60`);
      for (const [ms, told] of [[20, short], [60, long]] as const)
        assert.ok(told > ms * LEAST_UNITS && told < ms * MOST_UNITS, `${told} units in ${ms} ms`);
    }); // prettier-ignore
  }
});
