/** This file states laws that every program obeys in the machine, on random programs. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RecordingChooser, ReplayingChooser, SeededChooser } from '../../src/event/choice';
import { boot, run, type Run } from '../runtime/harness';
import { codeOf, programShape, type ProgramShape } from '../runtime/randomProgram';

const RUNS = { numRuns: 60 };
const BUDGETS = { steps: 200_000, virtualNs: 1e9, memoryWords: 1 << 22 };

interface Row {
  readonly time: number;
  readonly kind: string;
  readonly g: number;
  readonly core: number;
  readonly obj: number;
  readonly a: number;
}

/** The events of a run, parsed again. */
function rows({ recorder }: Run): Row[] {
  return recorder.lines.map((line) => {
    const [time, kind, g, core, , obj, a] = line.split(' ');
    const number = (text: string | undefined, skip: number): number => Number(text!.slice(skip));
    return {
      time: Number(time),
      kind: kind!,
      g: number(g, 1),
      core: number(core, 1),
      obj: number(obj, 4),
      a: number(a, 2),
    };
  });
}

suite('machine: laws', () => {
  test('the same seed gives the same events', () => {
    fc.assert(
      fc.property(programShape, fc.nat(1000), (shape, seed) => {
        const code = codeOf(shape);
        const first = run(code, { seed, budgets: BUDGETS });
        const second = run(code, { seed, budgets: BUDGETS });
        assert.deepEqual(second.outcome, first.outcome);
        assert.deepEqual(second.recorder.lines, first.recorder.lines);
      }),
      RUNS,
    );
  });

  test('replaying the recorded choices gives the same events', () => {
    fc.assert(
      fc.property(programShape, fc.nat(1000), (shape, seed) => {
        const code = codeOf(shape);
        const recording = new RecordingChooser(new SeededChooser(seed));
        const first = run(code, { chooser: recording, budgets: BUDGETS });
        const replaying = new ReplayingChooser(recording.choices, { choose: () => assert.fail('a choice too many') });
        const second = run(code, { chooser: replaying, budgets: BUDGETS });
        assert.equal(replaying.divergences, 0);
        assert.deepEqual(second.recorder.lines, first.recorder.lines);
      }),
      RUNS,
    );
  });

  test('pausing changes nothing', () => {
    fc.assert(
      fc.property(programShape, fc.nat(1000), fc.integer({ min: 1, max: 200 }), (shape, seed, pause) => {
        const code = codeOf(shape);
        for (const budgets of [BUDGETS, { ...BUDGETS, steps: 300 }]) {
          const whole = run(code, { seed, budgets });
          const { machine, recorder } = boot(code, { seed, budgets });
          let outcome = machine.run(pause);
          while (outcome.kind === 'paused') outcome = machine.run(pause);
          assert.deepEqual(outcome, whole.outcome);
          assert.deepEqual(recorder.lines, whole.recorder.lines);
          assert.equal(machine.vm.steps, whole.machine.vm.steps);
        }
      }),
      RUNS,
    );
  });

  test('different seeds do give different events', () => {
    const shape = {
      capacities: [0, 0, 0, 0],
      goroutines: [[], [{ do: 'write' as const }], [{ do: 'write' as const }]],
    };
    const seen = new Set([1, 2, 3, 4, 5, 6].map((seed) => run(codeOf(shape), { seed }).recorder.lines.join('\n')));
    assert.ok(seen.size > 1);
  });

  test('messages are neither lost nor doubled, and leave in the order in which they came', () => {
    fc.assert(
      fc.property(programShape, fc.nat(1000), (shape, seed) => {
        const sent = new Map<number, number>();
        const received = new Map<number, number>();
        for (const row of rows(run(codeOf(shape), { seed, budgets: BUDGETS }))) {
          if (row.kind === 'ChanSend') {
            assert.equal(row.a, sent.get(row.obj) ?? 0);
            sent.set(row.obj, row.a + 1);
          } else if (row.kind === 'ChanRecv') {
            assert.equal(row.a, received.get(row.obj) ?? 0);
            assert.ok(row.a < (sent.get(row.obj) ?? 0), 'received before it was sent');
            received.set(row.obj, row.a + 1);
          }
        }
      }),
      RUNS,
    );
  });

  test('a mutex has one holder, an RWMutex one writer or readers', () => {
    fc.assert(
      fc.property(programShape, fc.nat(1000), (shape, seed) => {
        const holder = new Map<number, number>();
        const readers = new Map<number, number>();
        for (const row of rows(run(codeOf(shape), { seed, budgets: BUDGETS }))) {
          if (row.kind === 'MutexLock') {
            assert.equal(holder.get(row.obj) ?? 0, 0);
            holder.set(row.obj, row.g);
          } else if (row.kind === 'MutexUnlock') holder.set(row.obj, 0);
          else if (row.kind === 'RWRLock') readers.set(row.obj, (readers.get(row.obj) ?? 0) + 1);
          else if (row.kind === 'RWRUnlock') readers.set(row.obj, readers.get(row.obj)! - 1);
          assert.ok([...readers.values()].every((n) => n >= 0));
        }
      }),
      RUNS,
    );
  });

  /** At an Acquire the thread that had the P before must have parked, ended or gone into a system call. */
  const onlyOneHolder = (result: Run): void => {
    const holder = new Map<number, number>();
    for (const row of rows(result)) {
      if (row.kind === 'ThreadStop' && row.a !== 2) {
        for (const [p, thread] of holder) if (thread === row.obj) holder.delete(p);
      } else if (row.kind === 'Acquire') {
        const before = holder.get(row.obj) ?? row.a;
        assert.equal(before, row.a, `thread ${row.a} takes P${row.obj} from thread ${before}`);
        holder.set(row.obj, row.a);
      }
    }
  };

  test('a P has one M at a time', () => {
    fc.assert(
      fc.property(programShape, fc.nat(1000), fc.integer({ min: 1, max: 4 }), (shape, seed, cores) => {
        onlyOneHolder(run(codeOf(shape), { seed, budgets: BUDGETS, config: { cores } }));
      }),
      RUNS,
    );
  });

  test('a P on its way to a waking M is given to no other, even if a timer wants it', () => {
    const shape: ProgramShape = {
      capacities: [0, 1, 1, 2],
      goroutines: [
        [],
        [{ do: 'lock', mutex: 0, inside: [{ do: 'write' }, { do: 'netwait', ns: 6681 }, { do: 'send', channel: 3 }] }],
        [{ do: 'syscall', ns: 47835 }],
        [
          { do: 'rlock', mutex: 1, inside: [] },
          { do: 'yield' },
          { do: 'send', channel: 1 },
          { do: 'rlock', mutex: 0, inside: [] },
          { do: 'sleep', ns: 25516 },
          { do: 'write' },
          { do: 'select', channels: [1, 3], hasDefault: true },
        ],
        [
          { do: 'read' },
          { do: 'read' },
          { do: 'select', channels: [1, 0], hasDefault: false },
          { do: 'recv', channel: 0 },
        ],
        [],
      ],
    };
    onlyOneHolder(run(codeOf(shape), { seed: 382, budgets: BUDGETS, config: { cores: 3 } }));
  });

  test('a core runs one goroutine, a goroutine is on one core, and its states follow each other', () => {
    fc.assert(
      fc.property(programShape, fc.nat(1000), fc.integer({ min: 1, max: 4 }), (shape, seed, cores) => {
        const onCore = new Map<number, number>();
        const state = new Map<number, string>();
        const last = new Map<number, number>();
        const result = run(codeOf(shape), { seed, budgets: BUDGETS, config: { cores } });
        const become = (g: number, from: readonly string[], to: string, line: Row): void => {
          assert.ok(from.includes(state.get(g) ?? ''), `g${g} is ${state.get(g)}: ${JSON.stringify(line)}`);
          state.set(g, to);
        };
        let latest = 0;
        for (const row of rows(result)) {
          assert.ok(row.time >= latest);
          latest = row.time;
          if (row.g !== 0 && row.core >= 0) {
            assert.ok(row.time >= (last.get(row.g) ?? 0), `time runs backwards for g${row.g}: ${JSON.stringify(row)}`);
            last.set(row.g, row.time);
          }
          if (row.kind === 'GoCreate') state.set(row.obj, 'runnable');
          else if (row.kind === 'GoRun') {
            become(row.obj, ['runnable', 'off', 'exiting'], 'running', row);
            assert.equal(onCore.get(row.core) ?? 0, 0);
            onCore.set(row.core, row.obj);
          } else if (row.kind === 'GoPreempt') {
            become(row.obj, ['running'], row.a === 1 ? 'off' : 'runnable', row);
            onCore.set(row.core, 0);
          } else if (row.kind === 'GoBlock') {
            become(row.g, ['running'], 'blocked', row);
            onCore.set(row.core, 0);
          } else if (row.kind === 'GoReady') become(row.obj, ['blocked'], 'runnable', row);
          else if (row.kind === 'GoSyscall') {
            become(row.g, ['running'], 'syscall', row);
            onCore.set(row.core, 0);
          } else if (row.kind === 'GoSysExit') become(row.obj, ['syscall'], row.a === 1 ? 'exiting' : 'runnable', row);
          else if (row.kind === 'GoEnd') {
            if (row.core >= 0) onCore.set(row.core, 0);
            assert.notEqual(state.get(row.obj), 'dead');
            state.set(row.obj, 'dead');
          }
          assert.ok([...onCore.values()].filter((g) => g !== 0).length <= cores);
        }
        assert.notEqual(result.outcome.kind, 'budget', JSON.stringify(result.outcome));
      }),
      RUNS,
    );
  });
});
