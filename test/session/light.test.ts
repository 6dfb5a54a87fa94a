/** This file tests the law of light runs: what nobody records is found, printed and scheduled as what is recorded, in one pass where that is enough. */
import assert from 'node:assert/strict';
import { RecordingChooser, ReplayingChooser, SeededChooser } from '../../src/event/choice';
import { endingOf } from '../../src/machine/ending';
import type { Finding } from '../../src/detect/finding';
import type { ExplainedFinding } from '../../src/report/explained';
import { compileSources } from '../../src/session/compile';
import { Pass } from '../../src/session/pass';
import { Simulation, simulate, type SimulationResult } from '../../src/session/simulation';
import { encodeTrace } from '../../src/trace/format';
import { subjects, type Subject } from '../fuzz/determinism';

/** Of the subjects, these many: the examples and about as many generated programs as mutants. */
const SUBJECTS = 140;

function* someSubjects(): Generator<Subject> {
  let left = SUBJECTS;
  for (const subject of subjects()) {
    yield subject;
    if (--left === 0) return;
  }
}

/** What is the same whether or not it was recorded. */
const plain = ({ outcome, stdout, stderr, stats, schedule }: SimulationResult): unknown => ({ outcome, stdout, stderr, stats, schedule }); // prettier-ignore

/** What findings say, in places of the source instead of numbers, and without rows. */
function said({ findings, trace: { meta } }: SimulationResult): unknown {
  const place = (index: number): unknown => meta.places[index];
  return findings.map((finding: ExplainedFinding) => ({
    ...finding,
    sentence: finding.message,
    cycle: finding.cycle.length,
    values: finding.values.map(({ value }) => value),
    clocks: finding.clocks?.deciding,
    sites: finding.sites.map((site) => ({ ...site, row: 0, step: 0, place: place(site.place), stack: site.stack.map(place) })),
  })); // prettier-ignore
}

/** Findings as a detector makes them, but for the ordinals of events: there are more of them where more is told. */
function rawly(findings: readonly Finding[]): unknown {
  return findings.map((finding) => ({ ...finding, sites: finding.sites.map((site) => ({ ...site, event: 0 })) }));
}

function end(pass: Pass): readonly Finding[] {
  while (pass.outcome === undefined) pass.advance(Infinity);
  return pass.detection.finish(endingOf(pass.machine, pass.outcome));
}

suite('light runs', () => {
  for (const subject of someSubjects()) {
    test(`a run that nobody records finds the same: ${subject.name.split('\n')[0]}`, () => {
      const { program, code, seed, budgets } = subject;
      const full = simulate(program, code, { seed, budgets });
      const light = simulate(program, code, { seed, budgets, trace: false });
      assert.ok(full.traced);
      assert.deepEqual(plain(light), plain(full));
      assert.deepEqual(said(light), said(full));
      if (light.traced) {
        assert.equal(encodeTrace(light.trace), encodeTrace(full.trace));
        assert.deepEqual(light.findings, full.findings);
      } else if (light.trace.length > 0) {
        // The beginning, which findings name, where there was not room for all.
        assert.ok(light.trace.meta.truncated && full.trace.length >= light.trace.length);
      } else {
        assert.ok(full.findings.every(({ kind }) => ['budget', 'unsupported'].includes(kind)));
      }
    });

    test(`both passes find the same: ${subject.name.split('\n')[0]}`, () => {
      const { program, code, seed, budgets } = subject;
      const chooser = new RecordingChooser(new SeededChooser(seed));
      const first = new Pass(program, code, chooser, undefined, { budgets });
      const found = end(first);
      const watch = new Set(first.detection.races.sharedSlots());
      const again = new ReplayingChooser(chooser.choices, new SeededChooser(0));
      const second = new Pass(program, code, again, { watch, asked: [], detail: true }, { budgets });
      assert.deepEqual(rawly(end(second)), rawly(found));
      assert.deepEqual(second.machine.stats, first.machine.stats);
      assert.deepEqual(second.output.pieces.printed(), first.output.pieces.printed());
    });
  }

  const QUIET = 'var x int\nfunc main() {\n\tc := make(chan int)\n\tgo func() { x++; c <- 1 }()\n\t<-c\n\tx++\n}\n';
  const DEADLOCK = 'func main() {\n\tc := make(chan int)\n\tc <- 1\n}\n';

  function begin(text: string): Simulation {
    const { program, code } = compileSources([{ name: 'test.lane', text }]);
    return new Simulation(program, code!, { seed: 1, trace: false });
  }

  test('a run in which nothing is found is one pass, though memory is shared', () => {
    const simulation = begin(QUIET);
    assert.equal(simulation.advance(), 'done');
    assert.equal(simulation.result.traced, false);
    assert.equal(simulation.result.trace.length, 0);
  });

  test('what is found is explained by a second pass', () => {
    const simulation = begin(DEADLOCK);
    assert.equal(simulation.advance(), 'running');
    assert.equal(simulation.advance(), 'done');
    assert.equal(simulation.result.traced, true);
  });

  test('what was found in time is told as it is, though the time for a trace was too short', () => {
    const simulation = begin(DEADLOCK);
    simulation.advance();
    simulation.stop('wallTime');
    const { outcome, findings, traced, trace } = simulation.result;
    assert.equal(outcome.kind, 'deadlock');
    assert.deepEqual(
      findings.map(({ kind, sites: [site] }) => [kind, trace.meta.places[site!.place]?.line]),
      [['deadlock', 3]],
    );
    assert.equal(traced, false);
  });

  test('a run that is stopped from outside tells what it has found', () => {
    const simulation = begin(
      'var x int\nfunc main() {\n\tgo func() { x++ }()\n\tfor {\n\t\tx++\n\t\tsyscall(1us)\n\t}\n}\n',
    );
    simulation.advance(100_000);
    assert.equal(simulation.stop('wallTime'), 'done');
    const { findings, trace, traced } = simulation.result;
    assert.deepEqual(findings.map(({ kind }) => kind).sort(), ['budget', 'data-race']);
    const race = findings.find(({ kind }) => kind === 'data-race')!;
    assert.equal(race.objectName, 'x');
    assert.deepEqual(trace.meta.goroutines.map(({ name }) => name).sort(), ['func1', 'main']);
    assert.equal(traced, false);
  });
});
