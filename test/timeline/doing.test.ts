/** This file tests that what is said of a goroutine at a step is what its slice shows there, on runs of any kind. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind } from '../../src/event/kinds';
import { compileSources } from '../../src/session/compile';
import { simulate } from '../../src/session/simulation';
import { buildTimeline } from '../../src/timeline/build';
import { type Axis, STATES, type Timeline } from '../../src/timeline/model';
import { RunQueues } from '../../src/timeline/queues';
import { gapAt } from '../../src/trace/gaps';
import { crawl, deadlock, random } from '../support/programs';

const EXAMPLES = join(__dirname, '..', '..', 'examples');
const AXES: readonly Axis[] = ['step', 'time'];

function run(text: string, seed = 42, budgets = {}): Timeline {
  const { program, code } = compileSources([{ name: 'main.lane', text }]);
  assert.ok(code);
  const { trace, findings } = simulate(program, code, { seed, budgets });
  return buildTimeline(trace, findings);
}

const example = (name: string, seed = 42): Timeline => run(readFileSync(join(EXAMPLES, name), 'utf8'), seed);
const examples = readdirSync(EXAMPLES).filter((name) => name.endsWith('.lane'));

/** Some rows of a trace, the last ones among them. */
const someRows = ({ trace: { length } }: Timeline): number[] => {
  const every = Math.max(1, Math.floor(length / 60));
  return [...Array(length).keys()].filter((row) => row % every === 0 || row >= length - 20);
};

const goroutinesOf = ({ trace: { meta } }: Timeline): number[] => meta.goroutines.map(({ id }) => id).slice(0, 40);

/** Line of the last thing that a goroutine did up to a place of an axis, row by row. */
function lineOf(timeline: Timeline, g: number, axis: Axis, x: number): number {
  const { kind, place, obj } = timeline.trace.columns;
  let [line, birth] = [-1, -1];
  for (let row = 0; row < timeline.trace.length; row++) {
    if (kind[row] === Kind.GoCreate && obj[row] === g && timeline.edgeOf(row, axis) <= x) birth = place[row]!;
    if (timeline.goroutineOf(row) !== g || kind[row] === Kind.GoReady || place[row]! < 0) continue;
    if (timeline.xOf(row, axis) <= x) line = place[row]!;
  }
  return line >= 0 ? line : birth;
}

function agrees(timeline: Timeline): void {
  for (const axis of AXES) {
    for (const row of someRows(timeline)) {
      for (const g of goroutinesOf(timeline)) {
        const track = timeline.lane(`g${g}`)?.tracks[0];
        if (!track) continue;
        const x = timeline.xOf(row, axis);
        const { state, text, place } = timeline.goroutineAt(g, row, axis);
        const what = `G${g} at row ${row} on ${axis}: ${text}`;
        const at = timeline.hit(track, axis, x);
        if (at >= 0) assert.equal(state, STATES[timeline.slice(track, at).code], what);
        // A slice that is open ends with the picture.
        else if (x < timeline.domain(axis).end) assert.equal(state, undefined, what);
        if (state === undefined) assert.match(text, /^(not started|ended)$/, what);
        else if (state !== 'unrecorded' && !gapAt(timeline.trace, row) && !timeline.trace.meta.gaps)
          assert.equal(place, lineOf(timeline, g, axis, x), what);
      }
    }
  }
}

const seeds = fc.integer({ min: 0, max: 1 << 20 });

suite('what is said of a goroutine is what its slice shows', function () {
  this.timeout(120_000);

  test('in random runs', () => {
    const timelines = fc.oneof(
      seeds.map((seed) => buildTimeline(random(seed))),
      seeds.map((seed) => buildTimeline(crawl(seed))),
    );
    fc.assert(fc.property(timelines, agrees), { numRuns: 30 });
    agrees(buildTimeline(deadlock()));
  });

  for (const name of examples) test(`in ${name}`, () => [1, 42].forEach((seed) => agrees(example(name, seed))));
});

suite('what is said of a goroutine', () => {
  test('that is stuck when the deadlock is found: what it waits for, where, and who holds it', () => {
    for (const name of ['09-deadlock-ab-ba.lane', '11-dining-philosophers.lane']) {
      const timeline = example(name);
      const { cycle } = timeline.findings.find(({ kind }) => kind === 'deadlock')!;
      assert.ok(cycle.length >= 4);
      const holder = new Map(cycle.filter(({ kind }) => kind === 'held by').map(({ object, g }) => [object, g]));
      for (const { row } of cycle.filter(({ kind }) => kind === 'waits for')) {
        for (const { g, object } of cycle.filter(({ kind }) => kind === 'waits for')) {
          const said = timeline.goroutineAt(g, row);
          assert.equal(said.object, object);
          assert.match(said.text, new RegExp(`^waits for [a-z0-9[\\]]+ :\\d+, held by G${holder.get(object)}$`), name);
        }
      }
    }
  });

  test('at the end where nothing is selected: that it ended, or how it is stuck', () => {
    const timeline = example('02-counter-mutex.lane');
    assert.equal(timeline.goroutineAt(1, timeline.trace.length).text, 'ended');
    const stuck = example('09-deadlock-ab-ba.lane');
    assert.match(stuck.goroutineAt(1, stuck.trace.length).text, /^waits for wg :\d+$/);
  });

  test('that has been created and has not run: that it has not started, with the line that created it', () => {
    const timeline = run(
      `func quiet() {
	println(1)
}

func main() {
	go quiet()
	println(2)
	println(3)
}
`,
    );
    const said = [...Array(timeline.trace.length).keys()].map((row) => timeline.goroutineAt(2, row).text);
    assert.equal(said[0], 'not started');
    assert.ok(said.includes('ready, not started :6'), said.join('; '));
    assert.ok(!said.includes('ready :2'), said.join('; '));
  });
});

suite('a goroutine that spins until the run is stopped', () => {
  const timeline = run(
    `func spin() {
	for {
	}
}

func main() {
	done := make(chan int)
	go spin()
	<-done
}
`,
    42,
    { steps: 100_000 },
  );

  test('is seen to run on the step axis, beyond the last step; so is who waits for it', () => {
    assert.equal(timeline.trace.meta.outcome, 'budget');
    const end = timeline.end('step');
    assert.ok(timeline.domain('step').end >= end + 2);
    const state = (g: number): unknown => {
      const [states] = timeline.lane(`g${g}`)!.tracks;
      const at = timeline.hit(states!, 'step', end + 1);
      return at < 0 ? 'nothing' : STATES[timeline.slice(states!, at).code];
    };
    assert.deepEqual([state(1), state(2)], ['channel', 'running']);
    assert.match(timeline.goroutineAt(2, timeline.trace.length).text, /^on core \d :2$/);
  });

  test('takes no time beyond the end of the run', () => {
    assert.equal(timeline.domain('time').end, timeline.end('time'));
  });

  test('a run that ends by itself ends with its last step', () => {
    const ended = example('02-counter-mutex.lane');
    assert.equal(ended.domain('step').end, ended.end('step'));
  });
});

/** Goroutines that are made and woken in bursts, yield, and go into the kernel: more of them than cores. */
const busy = (goroutines: number): string => `func main() {
	var wg sync.WaitGroup
	gate := make(chan bool)
	for i := range ${goroutines} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-gate
			runtime.Gosched()
			time.Sleep(time.Duration(i%7) * time.Microsecond)
			runtime.Gosched()
		}()
	}
	close(gate)
	wg.Wait()
}
`;

suite('a run queue names who waits in it', function () {
  this.timeout(120_000);

  /** Rows after which a queue is told of again tell of half a change. */
  const isSettled = ({ trace }: Timeline, row: number): boolean => trace.columns.kind[row + 1] !== Kind.QueueLength;

  function names(timeline: Timeline): number {
    let named = 0;
    for (let row = 0; row < timeline.trace.length; row++) {
      if (!isSettled(timeline, row)) continue;
      const seen = new Set<number>();
      for (let p = -1; p < timeline.trace.meta.cores; p++) {
        const { level, waiters } = timeline.queueAt(p, row);
        assert.equal(waiters.length, level, `P${p} after row ${row}: ${waiters.join(' ')}`);
        for (const g of waiters) {
          assert.ok(!seen.has(g), `G${g} waits once, at row ${row}`);
          assert.equal(stateAfter(timeline, g, row), 'runnable', `G${g} in P${p} after row ${row}`);
          seen.add(g);
          named++;
        }
      }
    }
    return named;
  }

  /** The state of the span that is open right after a row. */
  function stateAfter(timeline: Timeline, g: number, row: number): string | undefined {
    const [states] = timeline.lane(`g${g}`)!.tracks;
    for (let i = 0; i < states!.length; i++) {
      const { firstRow, lastRow, code } = timeline.slice(states!, i);
      if (firstRow <= row && (lastRow < 0 || lastRow > row)) return STATES[code];
    }
    return undefined;
  }

  for (const name of examples) test(`in ${name}`, () => [1, 42].forEach((seed) => names(example(name, seed))));

  test('in programs of more goroutines than cores, and of more than a queue holds', () => {
    for (const seed of [1, 2, 3]) assert.ok(names(run(busy(24), seed)) > 500);
    names(run(busy(300), 4));
  });

  test('wherever one goes from where one was', () => {
    const { trace } = run(busy(12));
    const all = new RunQueues(trace, trace.length + 1);
    const forwards = Array.from({ length: trace.length }, (_, row) => [...all.at(0, row)]);
    for (const stride of [1, 7, 100]) {
      const queues = new RunQueues(trace, stride);
      // A prime number of rows on, around the trace: far forwards, far backwards, every row once.
      for (let i = 0, row = 0; i < trace.length; i++, row = (row + 7919) % trace.length)
        assert.deepEqual(queues.at(0, row), forwards[row], `row ${row}, ${stride}`);
    }
  });

  test('backwards, too, and in words', () => {
    const timeline = run(busy(12));
    const rows = [...Array(timeline.trace.length).keys()].filter((row) => isSettled(timeline, row));
    const forwards = rows.map((row) => timeline.queueAt(0, row).waiters);
    const backwards = [...rows].reverse().map((row) => timeline.queueAt(0, row).waiters);
    assert.deepEqual(backwards.reverse(), forwards);
    const longest = rows.find((row) => timeline.queueAt(0, row).level >= 4)!;
    assert.match(timeline.describeLane(timeline.lane('queue:0')!, longest), /^\d+: G\d+(, G\d+){3,}$/);
  });
});
