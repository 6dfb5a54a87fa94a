/**
 * This file tests the end of a run, in which findings, trace and sentences are made: only a cancel ends it, at any question; it is told of as work; and it is
 * linear in what there is to tell.
 */
import assert from 'node:assert/strict';
import { Interrupt, Interrupted } from '../../src/base/interrupt';
import { compileSources } from '../../src/session/compile';
import { Simulation } from '../../src/session/simulation';

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

function ended(text: string, interrupt: { of?: Interrupt }): Simulation {
  const { program, code } = compileSources([{ name: 'end.lane', text: `${text}\n` }]);
  assert.ok(code, program.diagnostics.map(({ message }) => message).join());
  // The run itself is not in question here.
  const told = Object.create(Interrupt.never, {
    worked: { value: () => undefined },
    untilCancelled: { get: () => interrupt.of },
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

  test('is made although real time is up', () => {
    const { program, code } = compileSources([{ name: 'end.lane', text: MANY['races, with values']!(3000) }]);
    let late = false;
    const interrupt = new Interrupt(() => (late ? 'wallTime' : undefined));
    const simulation = new Simulation(program, code!, { seed: 1, interrupt });
    while (simulation.advance() === 'running');
    late = true;
    assert.equal(simulation.result.outcome.kind, 'exit');
    assert.ok(simulation.result.findings.length > 0);
  });
});
