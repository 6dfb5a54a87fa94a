/** This file tests that a run under the controlled scheduler is a run like any other: trace, findings, timeline, replay. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSources } from '../../src/session/compile';
import { simulate, type SimulationOptions, type SimulationResult } from '../../src/session/simulation';
import { renderSvg } from '../../src/report/svg';
import { buildTimeline } from '../../src/timeline/build';
import { encodeSchedule } from '../../src/trace/schedule';
import { enumerate } from '../machine/enumerate';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

function controlled(text: string, options: Partial<SimulationOptions> = {}): SimulationResult {
  const { program, code } = compileSources([{ name: 'test.lane', text }]);
  assert.ok(code, program.diagnostics.map((d) => d.message).join('\n'));
  return simulate(program, code, { seed: 1, scheduler: 'controlled', ...options });
}

/** Schedules, as texts, of the runs of a program that end in a certain way. */
function schedulesOf(text: string, wanted: string): string[] {
  const { code } = compileSources([{ name: 'test.lane', text }]);
  const found: string[] = [];
  enumerate(code!, ({ outcome, choices }) => {
    if (outcome.kind === wanted) found.push(encodeSchedule(choices, 'controlled'));
  });
  return found;
}

const PHILOSOPHERS = `
var a, b sync.Mutex
func main() {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { a.Lock(); b.Lock(); b.Unlock(); a.Unlock(); wg.Done() }()
	go func() { b.Lock(); a.Lock(); a.Unlock(); b.Unlock(); wg.Done() }()
	wg.Wait()
}`;

suite('session: the controlled scheduler', () => {
  test('a deadlock that was found is replayed, and explained as any deadlock', () => {
    const schedules = schedulesOf(PHILOSOPHERS, 'deadlock');
    assert.ok(schedules.length > 0);
    for (const schedule of schedules) {
      const result = controlled(PHILOSOPHERS, { schedule });
      assert.equal(result.outcome.kind, 'deadlock');
      assert.equal(result.schedule, schedule);
      assert.deepEqual(
        result.findings.map(({ code }) => code),
        ['deadlock.lock-cycle'],
      );
    }
    for (const schedule of schedulesOf(PHILOSOPHERS, 'exit').slice(0, 20)) {
      const result = controlled(PHILOSOPHERS, { schedule });
      assert.equal(result.outcome.kind, 'exit');
      assert.deepEqual(
        result.findings.filter(({ kind }) => kind === 'deadlock'),
        [],
      );
    }
  });

  test('a race is found in every order of the two accesses', () => {
    const text =
      'func main() { x := 0; d := make(chan bool, 1); go func() { x = 1; d <- true }(); x = 2; <-d; println(x) }';
    for (const schedule of schedulesOf(text, 'exit'))
      assert.ok(
        controlled(text, { schedule }).findings.some(({ kind }) => kind === 'data-race'),
        schedule,
      );
    const fine =
      'func main() { x := 0; d := make(chan bool, 1); go func() { x = 1; d <- true }(); <-d; x = 2; println(x) }';
    for (const schedule of schedulesOf(fine, 'exit')) assert.deepEqual(controlled(fine, { schedule }).findings, []);
  });

  test('whoever waits for ever when main returns is a leak', () => {
    const text = 'func main() { c := make(chan int); d := make(chan bool); go func() { d <- true; c <- 1 }(); <-d }';
    const result = controlled(text);
    assert.deepEqual(
      result.findings.map(({ kind }) => kind),
      ['leak'],
    );
  });

  const isOneProcess = (name: string): boolean => !/^process /m.test(readFileSync(join(EXAMPLES, name), 'utf8'));
  for (const name of readdirSync(EXAMPLES).filter((each) => each.endsWith('.lane') && isOneProcess(each))) {
    test(`${name} runs, and its schedule gives the same trace`, () => {
      const text = readFileSync(join(EXAMPLES, name), 'utf8');
      const budgets = { steps: 200_000 };
      for (const seed of [1, 2, 3]) {
        const first = controlled(text, { seed, budgets });
        const again = controlled(text, { seed: seed + 10, budgets, schedule: first.schedule });
        assert.deepEqual(again.outcome, first.outcome);
        assert.deepEqual(again.trace.columns, first.trace.columns);
        assert.deepEqual(again.findings, first.findings);
        assert.ok(buildTimeline(first.trace, first.findings).steps > 0);
        assert.match(renderSvg(first.trace, first.findings), /^<svg/);
      }
    });
  }
});
