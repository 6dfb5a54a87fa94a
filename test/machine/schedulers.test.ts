/** This file states laws of the controlled scheduler, and what it has in common with the simulated one, on random programs. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Code } from '../../src/bytecode/code';
import { Op } from '../../src/bytecode/op';
import { RecordingChooser, ReplayingChooser, SeededChooser, type Chooser } from '../../src/event/choice';
import type { ChoicePoint } from '../../src/event/choicePoint';
import type { Outcome } from '../../src/event/ending';
import { EVENT_NAMES, type EventName } from '../../src/event/kinds';
import type { EventLog, Observer } from '../../src/event/log';
import { Operation, OPERATION_NAMES } from '../../src/event/operations';
import { machineConfig } from '../../src/machine/config';
import { Machine } from '../../src/machine/machine';
import type { Names } from '../../src/machine/names';
import { type ChanAddr, ChanAt } from '../../src/runtime/layout';
import { boot, run } from '../runtime/harness';
import { codeOf, programShape, SHARED, type ProgramShape } from '../runtime/randomProgram';
import { compileLane } from '../runtime/source';
import { enumerate, TooMany } from './enumerate';

const RUNS = { numRuns: 60 };
const CONTROLLED = { scheduler: 'controlled', budgets: { steps: 20_000, memoryWords: 1 << 22 } } as const;

/** Uses every instruction that touches memory, and most of what synchronises. */
const BROAD = `
type point struct{ x, y, z int }
var whole, copied point
var count int
func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	var atom atomic.Int64
	p, q := &point{1, 2, 3}, &point{}
	s := make([]int, 2, 8)
	points := make([]point, 2)
	m := map[string]int{"a": 1}
	bytes := []byte("abc")
	runes := []rune("äöü")
	c := make(chan point, 1)
	for i := range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			whole = point{i, i, i}
			copied = whole
			*q = *p
			q.y = count
			count++
			s = append(s, i, i)
			s = append(s, s...)
			copy(s, s[1:])
			s[0] = len(s)
			points[1] = points[0]
			m["b"] = m["a"] + len(m)
			for k := range m { count += len(k) }
			delete(m, "b")
			if string(bytes) == string(runes) { clear(s) }
			copy(bytes, "xyz")
			sort.Ints(s)
			clear(points)
			mu.Unlock()
			atom.Add(1)
			if atom.CompareAndSwap(1, 1) { atom.Store(atom.Load()) }
			select { case c <- whole: default: <-c }
			fmt.Println(i)
		}()
	}
	time.Sleep(1)
	t := time.AfterFunc(5, func() { count++ })
	wg.Wait()
	t.Stop()
	clear(m)
}`;

/** Kinds of events that are operations on an object. */
const OPERATIONS = new Set<EventName>([
  'Read', 'Write', 'AtomicLoad', 'AtomicStore', 'AtomicRMW', 'ChanSend', 'ChanRecv', 'ChanRecvClosed', 'ChanClose', 'MutexLock', 'MutexUnlock', 'RWLock', 'RWUnlock',
  'RWRLock', 'RWRUnlock', 'WaitGroupAdd', 'WaitGroupWait', 'OnceDo', 'CondSignal', 'CondWait', 'TimerStart', 'TimerStop',
]); // prettier-ignore

/** Compares what happens with what the choice before it said would. */
class Auditor implements Observer, Chooser {
  readonly unannounced: string[] = [];
  readonly seen = new Set<EventName>();
  private readonly touched: { operation: number; object: number; slots: number }[] = [];
  constructor(
    private readonly code: Code,
    private readonly inner: Chooser,
  ) {}

  choose(point: ChoicePoint): number {
    const k = this.inner.choose(point);
    if (!point.described) return k;
    this.touched.length = 0;
    for (let at = point.first[k]!; at < point.first[k + 1]!; at++)
      this.touched.push({ operation: point.operation[at]!, object: point.object[at]!, slots: point.slots[at]! });
    return k;
  }

  observe(log: EventLog, i: number): void {
    const kind = EVENT_NAMES[log.kind[i]!]!;
    if (!OPERATIONS.has(kind)) return;
    this.seen.add(kind);
    const object = log.obj[i]!;
    // What append moves to a new block, nobody else can know of.
    const moves = this.touched.every((each) => each.operation === Operation.Read);
    if (kind === 'Write' && this.code.words[log.pc[i]!] === Op.Append && moves) return;
    const end = object + (kind === 'Read' || kind === 'Write' ? log.a[i]! : 1);
    if (!this.touched.some((each) => each.object <= object && end <= each.object + each.slots))
      this.unannounced.push(`${kind} of ${object}`);
  }
}

function audit(code: Code, seed: number): Auditor {
  const auditor = new Auditor(code, new SeededChooser(seed));
  new Machine(code, machineConfig(), auditor, [auditor], { detect: true, ...CONTROLLED }).run();
  return auditor;
}

/** Names of all goroutines that end, of the channels that are used, and of the memory that is written. */
class NamesSaid implements Observer {
  readonly lines = new Set<string>();
  names: Names | undefined;
  observe(log: EventLog, i: number): void {
    const kind = EVENT_NAMES[log.kind[i]!]!;
    if (kind === 'GoEnd') this.lines.add(`${kind} ${this.names!.goroutine(log.obj[i]!)}`);
    if (kind === 'ChanSend' || kind === 'Write') this.lines.add(`${kind} ${this.names!.object(log.obj[i]!)}`);
  }
}

suite('machine: laws of the controlled scheduler', () => {
  test('the same choices give the same events', () => {
    fc.assert(
      fc.property(programShape, fc.nat(1000), fc.boolean(), (shape, seed, plainAccesses) => {
        const code = codeOf(shape);
        const recording = new RecordingChooser(new SeededChooser(seed));
        const first = run(code, { ...CONTROLLED, plainAccesses, chooser: recording });
        const replaying = new ReplayingChooser(recording.choices, { choose: () => assert.fail('a choice too many') });
        const second = run(code, { ...CONTROLLED, plainAccesses, chooser: replaying });
        assert.equal(replaying.divergences, 0);
        assert.deepEqual(second.outcome, first.outcome);
        assert.deepEqual(second.recorder.lines, first.recorder.lines);
      }),
      RUNS,
    );
  });

  test('pausing changes nothing', () => {
    fc.assert(
      fc.property(programShape, fc.nat(1000), fc.integer({ min: 1, max: 50 }), (shape, seed, pause) => {
        const code = codeOf(shape);
        const whole = run(code, { ...CONTROLLED, seed });
        const { machine, recorder } = boot(code, { ...CONTROLLED, seed });
        let outcome = machine.run(pause);
        while (outcome.kind === 'paused') outcome = machine.run(pause);
        assert.deepEqual(outcome, whole.outcome);
        assert.deepEqual(recorder.lines, whole.recorder.lines);
      }),
      RUNS,
    );
  });

  test('run, restore, run again: the same events', () => {
    fc.assert(
      fc.property(programShape, fc.nat(1000), fc.integer({ min: 1, max: 100 }), (shape, seed, pause) => {
        const { machine, recorder } = boot(codeOf(shape), { ...CONTROLLED, seed });
        if (machine.run(pause).kind !== 'paused') return;
        const snapshot = machine.snapshot();
        const events = recorder.lines.length;
        const outcome = machine.run();
        const first = [...recorder.lines];
        recorder.lines.length = events;
        machine.restore(snapshot);
        assert.deepEqual(machine.run(), outcome);
        assert.deepEqual(recorder.lines, first);
      }),
      RUNS,
    );
  });

  test('whatever is done to an object was announced by the choice before it', () => {
    fc.assert(
      fc.property(programShape, fc.nat(1000), (shape, seed) => {
        assert.deepEqual(audit(codeOf(shape), seed).unannounced, []);
      }),
      RUNS,
    );
    const code = compileLane(BROAD);
    const seen = new Set<EventName>();
    for (let seed = 0; seed < 20; seed++) {
      const auditor = audit(code, seed);
      assert.deepEqual(auditor.unannounced, [], `seed ${seed}`);
      auditor.seen.forEach((kind) => seen.add(kind));
    }
    assert.deepEqual([...OPERATIONS].filter((kind) => !seen.has(kind)).sort(), [
      'ChanClose', 'ChanRecvClosed', 'CondSignal', 'CondWait', 'OnceDo', 'RWLock', 'RWRLock', 'RWRUnlock', 'RWUnlock',
    ]); // prettier-ignore
  });

  test('under the simulated scheduler, too, a chooser sees which cases of a select are ready', () => {
    const code = compileLane(
      'func main() { a, b := make(chan int, 1), make(chan int, 1); a <- 1; close(b); select { case <-b: case a <- 2: case <-a: } }',
    );
    const seen: string[] = [];
    const chooser: Chooser = {
      choose: (point) => {
        for (let k = 0; point.described && k < point.count; k++) {
          const operation = OPERATION_NAMES[point.operation[point.first[k]!]!];
          seen.push(`g${point.goroutine[k]} case ${point.selectCase[k]} ${operation}`);
        }
        return 0;
      },
    };
    new Machine(code, machineConfig({ cores: 1 }), chooser, [], { detect: false }).run();
    assert.deepEqual(seen, ['g1 case 0 RecvClosed', 'g1 case 2 Recv']);
  });

  test('goroutines and objects have the same names under both schedulers, in every order', () => {
    const code = compileLane(`
type node struct{ next *node; value int }
func main() {
	var wg sync.WaitGroup
	out := make(chan *node, 8)
	for range 3 {
		wg.Add(1)
		go func() {
			mine := make(chan int)
			go func() { mine <- 1 }()
			go func() { m := map[int]*node{}; m[1] = &node{}; out <- m[1] }()
			out <- &node{value: <-mine}
			wg.Done()
		}()
	}
	wg.Wait()
	for range 6 { (<-out).value++ }
	done := make(chan bool)
	time.AfterFunc(1, func() { done <- true })
	<-done
}`);
    const all = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      for (const scheduler of ['simulated', 'controlled'] as const) {
        const said = new NamesSaid();
        const chooser = new SeededChooser(seed);
        const machine = new Machine(code, machineConfig(), chooser, [said], { detect: true, names: true, scheduler });
        said.names = machine.names;
        assert.equal(machine.run().kind, 'exit');
        all.add([...said.lines].sort().join('\n'));
      }
    }
    const [names] = [...all];
    assert.equal(all.size, 1, [...all].join('\n\n'));
    assert.deepEqual(names!.split('\n').filter((line) => line.startsWith('GoEnd')), [
      'GoEnd main', 'GoEnd main.timer#0/0', 'GoEnd main/0', 'GoEnd main/0/0', 'GoEnd main/0/1', 'GoEnd main/1', 'GoEnd main/1/0', 'GoEnd main/1/1', 'GoEnd main/2',
      'GoEnd main/2/0', 'GoEnd main/2/1',
    ]); // prettier-ignore
    assert.ok(names!.includes('ChanSend main/2.chan#0'));
  });

  test('whatever a simulated run comes to, some controlled run comes to', () => {
    let compared = 0;
    fc.assert(
      fc.property(smallShape, (shape) => {
        const code = codeOf(shape);
        const ends = new Set<string>();
        if (
          !within(600, (most) => enumerate(code, ({ machine, outcome }) => ends.add(stateOf(machine, outcome)), most))
        )
          return;
        compared++;
        for (let seed = 0; seed < 40; seed++) {
          const simulated = run(code, { seed, detect: false, window: 64, config: { cores: 1 + (seed % 4) } });
          const state = stateOf(simulated.machine, simulated.outcome);
          assert.ok(ends.has(state), `seed ${seed}: ${state}`);
        }
      }),
      { numRuns: 25 },
    );
    assert.ok(compared > 8, `only ${compared} compared`);
  });
});

/** Few goroutines that do little. */
const smallShape: fc.Arbitrary<ProgramShape> = programShape.map(({ capacities, goroutines }) => ({
  capacities,
  goroutines: goroutines.slice(0, 3).map((actions) => actions.slice(0, 2)),
}));

/** Whether `count`, which throws when there are more than `most`, came to its end. */
function within(most: number, count: (most: number) => number): boolean {
  try {
    count(most);
    return true;
  } catch (error) {
    if (error instanceof TooMany) return false;
    throw error;
  }
}

/** How a run ended, the shared variable, and what went through the channels. */
function stateOf(machine: Machine, { kind, text }: Outcome): string {
  const m = machine.memory.i32;
  const [globals] = machine.globals();
  const channels = [0, 1, 2, 3].map((i) => m[globals! + i * 2] as ChanAddr);
  const through = channels.map((c) => (c === 0 ? '' : `${m[c + ChanAt.Sends]}/${m[c + ChanAt.Receives]}`));
  return `${kind} ${text ?? ''} shared ${m[globals! + SHARED * 2]} channels ${through.join()}`;
}
