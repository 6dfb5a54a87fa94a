/**
 * This file states what a snapshot is: a value that brings a machine, whatever that has done since, back to where it was taken. The machines run on
 * in other ways in between (their chooser is bent), so that state which a snapshot forgets shows.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Code } from '../../src/bytecode/code';
import { RecordingChooser, SeededChooser } from '../../src/event/choice';
import { machineConfig, type MachineConfig } from '../../src/machine/config';
import type { Outcome } from '../../src/event/ending';
import { Machine, type MachineOptions, type Snapshot } from '../../src/machine/machine';
import { compileSources } from '../../src/session/compile';
import { Tape } from '../support/tape';
import { codeOf, programShape } from '../runtime/randomProgram';

const BUDGETS = { steps: 200_000, virtualNs: 1e9, memoryWords: 1 << 22 };
/** Boot, kernel and a few threads fit; many goroutines do not. */
const SMALL = 12 * 1024 * 1024;

/** What is done to a machine on the way to a state: run about so many instructions, or choose otherwise from here on. */
type Deed = { readonly run: number } | { readonly bend: number };

/** A machine with all that may be asked of it. */
class Subject {
  readonly tape = new Tape();
  private readonly random: SeededChooser;
  private readonly recording: RecordingChooser;
  readonly machine: Machine;
  outcome: Outcome | undefined;

  constructor(
    readonly code: Code,
    seed: number,
    readonly config: Partial<MachineConfig> = {},
    readonly watch: ReadonlySet<number> = new Set(),
    window = 64,
    options: Partial<MachineOptions> = {},
  ) {
    this.random = new SeededChooser(seed);
    this.recording = new RecordingChooser(this.random);
    this.machine = new Machine(code, machineConfig(config), this.recording, [this.tape], {
      detect: true,
      budgets: BUDGETS,
      watch,
      window,
      ...options,
    });
  }

  do(deeds: readonly Deed[]): this {
    for (const deed of deeds) {
      if ('run' in deed) this.outcome = this.machine.run(deed.run);
      else this.random.restore(new SeededChooser(deed.bend).save());
    }
    return this;
  }

  /** All that a run tells, and all that it goes on from. */
  state(): object {
    const { machine, tape } = this;
    const texts = machine.log.texts.toArray();
    return {
      lines: tape.lines(),
      texts,
      stacks: machine.world.stacks.toArray(),
      choices: this.recording.choices,
      goroutines: machine.goroutines(),
      names: machine.names && machine.goroutines().map(({ id }) => machine.names!.goroutine(id)),
      objects: machine.names && Array.from({ length: 500 }, (_, slot) => machine.names!.object(slot)),
      findings: tape.findings(texts),
      // Most memory in use is noted whenever a run pauses.
      stats: { ...machine.stats, hostPeakBytes: 0 },
    };
  }
}

/** Slots of the globals of a program, to be watched; none when `all` is false. */
function globalsOf(code: Code, all: boolean): ReadonlySet<number> {
  if (!all) return new Set();
  const start = new Subject(code, 1).machine.globals()[0]! >> 1;
  return new Set(Array.from({ length: code.globalSlots }, (_, i) => start + i));
}

const slice = fc.integer({ min: 1, max: 120 });
const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('run' as const), n: slice }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('bend' as const), n: fc.nat(1000) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('snapshot' as const), n: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('restore' as const), n: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reset' as const), n: fc.nat() }) },
);

/** Follows the commands on one machine; wherever it stands it must be what a new machine is that went there straight. */
function followTree(make: () => Subject, commands: readonly { do: string; n: number }[], scale = 1): void {
  const subject = make();
  let path: Deed[] = [];
  const saved: { snapshot: Snapshot; path: readonly Deed[]; outcome: Outcome | undefined }[] = [];
  for (const { do: what, n } of commands) {
    if (what === 'run' || what === 'bend') {
      const deed = what === 'run' ? { run: n * scale } : { bend: n };
      path.push(deed);
      subject.do([deed]);
    } else if (what === 'snapshot') {
      const spent = n % 3 === 0 ? saved.pop()?.snapshot : undefined;
      saved.push({ snapshot: subject.machine.snapshot(spent), path: [...path], outcome: subject.outcome });
    } else if (what === 'reset') {
      subject.machine.reset();
      subject.outcome = undefined;
      path = [];
    } else if (saved.length > 0) {
      const one = saved[n % saved.length]!;
      subject.machine.restore(one.snapshot);
      subject.outcome = one.outcome;
      path = [...one.path];
    }
    if (what === 'run') continue;
    const straight = make().do(path);
    assert.deepEqual(subject.outcome, straight.outcome);
    assert.deepEqual(subject.state(), straight.state());
  }
  assert.deepEqual(subject.do([{ run: Infinity }]).outcome, make().do([...path, { run: Infinity }]).outcome);
}

const EXAMPLES = join(__dirname, '..', '..', 'examples');
const EXAMPLE_CODES = readdirSync(EXAMPLES)
  .filter((name) => name.endsWith('.lane'))
  .map((name) => ({
    name,
    code: compileSources([{ name, text: readFileSync(join(EXAMPLES, name), 'utf8') }]).code!,
  }));

function compiled(text: string): Code {
  return compileSources([{ name: 'test.lane', text }]).code!;
}

/** It asks for threads and goroutines without end, and for a stack. */
const GREEDY = compiled(`func main() {
	for range 3000 {
		go func() { syscall(20us) }()
	}
	time.Sleep(1ms)
	down(0)
}
func down(n int) int { return down(n+1) + n }
`);

/** Printers stand in the middle of what they print, while methods of what they print wait, yield and panic. */
const PRINTING = compiled(`
type item struct{ n int }
func (i item) String() string {
	if i.n%3 == 0 {
		runtime.Gosched()
	}
	if i.n%5 == 4 {
		panic(item{i.n * 10})
	}
	return fmt.Sprintf("<%03d %v>", i.n, []int{i.n})
}
type pair struct{ a, b item }
func (p pair) String() string { return fmt.Sprint([]item{p.a, p.b}) }
func main() {
	done := make(chan bool)
	for g := 0; g < 2; g++ {
		go func() {
			m := map[pair]any{{item{1}, item{2}}: []any{item{g}, "x", item{3}}, {item{0}, item{5}}: pair{item{g}, item{9}}}
			fmt.Printf("%v|%+v|%8v|%w|%[1]v %[9]d\\n", m, struct{ A any }{item{2}}, item{4}, item{5})
			done <- true
		}()
	}
	<-done
	<-done
}
`);

suite('snapshots', () => {
  test('a later snapshot is good after an earlier one was put back and the run took another way', () => {
    const code = compiled('func main() {\n\tfor i := range 20 {\n\t\tprintln("line", i)\n\t}\n\tpanic("end")\n}\n');
    const subject = new Subject(code, 1);
    subject.do([{ run: 10 }]);
    const earlier = subject.machine.snapshot();
    subject.do([{ run: 100 }]);
    const later = subject.machine.snapshot();
    const there = subject.state();
    subject.machine.restore(earlier);
    subject.do([{ bend: 2 }, { run: 30 }]);
    subject.machine.restore(later);
    assert.deepEqual(subject.state(), there);
    subject.do([{ run: Infinity }]);
    assert.deepEqual(subject.state(), new Subject(code, 1).do([{ run: Infinity }]).state());
    assert.ok(subject.machine.log.texts.toArray().every((text) => typeof text === 'string'));
  });

  test('a snapshot taken at the end is an end', () => {
    const code = compiled('func main() { println("done") }\n');
    const subject = new Subject(code, 1).do([{ run: Infinity }]);
    const end = subject.machine.snapshot();
    const events = subject.tape.length;
    subject.machine.reset();
    subject.machine.restore(end);
    assert.deepEqual(subject.do([{ run: Infinity }]).outcome, { kind: 'exit', status: 0 });
    assert.equal(subject.tape.length, events);
  });

  test('a random tree of runs and returns: every state is that of a straight run', () => {
    fc.assert(
      fc.property(
        programShape,
        fc.nat(1000),
        fc.array(command, { minLength: 3, maxLength: 14 }),
        fc.boolean(),
        fc.constantFrom({}, { cores: 1 }, { memory: SMALL }),
        (shape, seed, commands, watched, config) => {
          const code = codeOf(shape);
          const watch = globalsOf(code, watched);
          followTree(() => new Subject(code, seed, config, watch), commands);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('a random tree under the controlled scheduler, with names', () => {
    fc.assert(
      fc.property(
        programShape,
        fc.nat(1000),
        fc.array(command, { minLength: 3, maxLength: 14 }),
        fc.boolean(),
        (shape, seed, commands, plainAccesses) => {
          const code = codeOf(shape);
          const options = { scheduler: 'controlled', plainAccesses, names: true } as const;
          followTree(() => new Subject(code, seed, {}, new Set(), 64, options), commands);
        },
      ),
      { numRuns: 60 },
    );
  });

  for (const { name, code } of [...EXAMPLE_CODES, { name: 'methods that fmt calls', code: PRINTING }]) {
    test(`a random tree of ${name}`, () => {
      const watch = globalsOf(code, true);
      fc.assert(
        fc.property(
          fc.nat(1000),
          fc.array(command, { minLength: 3, maxLength: 8 }),
          fc.boolean(),
          (seed, commands, watched) =>
            followTree(() => new Subject(code, seed, {}, watched ? watch : new Set()), commands, 20),
        ),
        { numRuns: 4 },
      );
    });
  }

  test('in a machine that did something else nothing is left of that but what is set anew before it is read', () => {
    const codes = [...EXAMPLE_CODES.map(({ code }) => code), GREEDY, PRINTING];
    fc.assert(
      fc.property(
        fc.oneof(programShape, fc.nat(codes.length - 1)),
        fc.nat(1000),
        fc.nat(500),
        fc.nat(2000),
        fc.constantFrom({}, { memory: SMALL }),
        fc.constantFrom({}, { scheduler: 'controlled' } as const),
        (program, seed, pause, other, config, scheduler) => {
          const code = typeof program === 'number' ? codes[program]! : codeOf(program);
          // Each choice of the controlled scheduler looks at every goroutine: thousands take too long; and it runs one process.
          const options = code === GREEDY || code.processes.length > 1 ? {} : scheduler;
          const straight = new Subject(code, seed, config, new Set(), 64, options).do([{ run: pause }]);
          const snapshot = straight.machine.snapshot();
          const machines = [[], [{ run: other }], [{ bend: other }, { run: Infinity }]].map((history) => {
            const dirty = new Subject(code, seed + 1, config, new Set(), 64, options).do(history);
            dirty.machine.restore(snapshot);
            assert.deepEqual(
              differences(straight.machine, dirty.machine),
              [],
              'neither saved nor known to be set anew',
            );
            return dirty;
          });
          const end = straight.do([{ run: Infinity }]);
          for (const dirty of machines) {
            dirty.do([{ run: Infinity }]);
            assert.deepEqual([dirty.outcome, dirty.state()], [end.outcome, end.state()]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Fields that are set anew before they are read: at the start of a run, at a turn of the kernel, of a thread, of a goroutine, and with each event. */
const SET_ANEW = new Set(
  `Vm.stepBudget Kernel.turnBudget Platform.outOfSteps
   Choices.point Turn.limit Turn.until Turn.core Vm.clock
   Accounts.running GmpScheduler.p Filter.segment
   GmpScheduler.inherits Selects.wanted ControlledScheduler.halted Survey.point Survey.move Survey.actor Survey.partner Survey.stuck Survey.announced Survey.asked
   Look.globals Look.fp Look.pc Look.channel Look.table Look.count Look.operation Look.object Look.slots Meetings.senders Meetings.receivers Meetings.waiting Vm.clock0 Vm.steps0 Vm.limit Vm.near Vm.far Vm.tLimit Vm.tNear Vm.tFar Vm.t Vm.x Vm.x0
   Vm.answerer Threads.quantumEndAt Threads.answered Vm.g Vm.fp Vm.pc Vm.at Vm.stackEnd Vm.globals Vm.a Vm.b Vm.c Vm.message Vm.notice Runtime.callNs Selects.readyCases
   Kernel.ties EventLog.length EventLog.first`.split(/\s+/),
);
/** What is no state: it never changes, is compared by other means, or belongs to those who watch. */
const NO_STATE = new Set([
  'code',
  'config',
  'budgets',
  'costs',
  'booted',
  'observers',
  'memory',
  'chooser',
  'texts',
  'stacks',
]);

/** Fields, `Class.field`, in which two machines differ although none of {@link SET_ANEW} is among them. */
function differences(one: object, two: object): string[] {
  const found = new Set<string>();
  const seen = new Set<object>();
  const visit = (x: object, y: object, list: string): void => {
    if (seen.has(x)) return;
    seen.add(x);
    for (const key of new Set([...Object.keys(x), ...Object.keys(y)])) {
      const [a, b] = [x, y].map((each) => (each as Record<string, unknown>)[key]);
      const name = list === '' ? `${x.constructor.name}.${key}` : list;
      if (NO_STATE.has(key) || SET_ANEW.has(name) || ArrayBuffer.isView(a) || typeof a === 'function') continue;
      if (isObject(a) && isObject(b)) visit(a, b, Array.isArray(a) ? name : '');
      else if (!Object.is(a, b)) found.add(name);
    }
  };
  visit(one, two, '');
  return [...found];
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
