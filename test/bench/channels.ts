/**
 * This file measures the runtime: channel operations, locks, goroutine switches and births, with full accounting and all detectors, as a run has them; and of what
 * happens most often also what the machine alone takes, with nobody listening to the events.
 */
import { Detection } from '../../src/detect/detection';
import { SeededChooser } from '../../src/event/choice';
import { machineConfig } from '../../src/machine/config';
import { Machine } from '../../src/machine/machine';
import type { Code } from '../../src/bytecode/code';
import { assemble, T, type Line } from '../runtime/assembler';
import type { BenchCase } from './case';

const OPERATIONS = 1_000_000;
const LOCK_PAIRS = 1_000_000;
const SPAWNS = 300_000;
const BLOCKED = 1_000_000;

/** Who listens: all detectors; or nobody. */
type Listeners = 'detection' | 'nobody';

/** Runs a program to its end; @returns M operations a second of processor time (the wall clock would count what other programs take). */
function rate(code: Code, operations: number, listeners: Listeners, config = {}): number {
  const observers = listeners === 'detection' ? [new Detection()] : [];
  const machine = new Machine(code, machineConfig(config), new SeededChooser(1), observers, {
    detect: true,
    budgets: { steps: 1e12, virtualNs: 1e15, memoryWords: 1 << 28, goroutines: 2_000_000 },
  });
  const before = process.cpuUsage();
  const outcome = machine.run();
  const { user, system } = process.cpuUsage(before);
  if (outcome.kind !== 'exit')
    throw new Error(`benchmark ended with ${outcome.kind}: ${outcome.text ?? outcome.budget}`);
  return operations / (user + system);
}

const loop = (counter: number, n: number, body: readonly Line[]): Line[] => [
  ['Const', counter, 0, 0],
  'loop:',
  ...body,
  ['AddI', counter, counter, 1],
  ['JltI', counter, n, 'loop'],
  ['Return'],
];

/** main receives what a goroutine sends. */
export const transfer = (n: number, capacity: number): Code =>
  assemble({
    functions: {
      main: {
        slots: 6,
        lines: [
          ['Const', 3, capacity, 0],
          ['MakeChan', 0, 3, T.chanInt],
          ['FuncValue', 1, 'sender'],
          ['Go', 1, 0, 1],
          ...loop(2, n, [['Recv', 4, 0, -1]]),
        ],
      },
      sender: { slots: 2, params: 1, lines: loop(1, n, [['Send', 0, 1]]) },
    },
  });

/** Two goroutines send a token to and fro. */
const pingPong = (n: number): Code =>
  assemble({
    functions: {
      main: {
        slots: 8,
        lines: [
          ['MakeChan', 0, -1, T.chanInt],
          ['MakeChan', 1, -1, T.chanInt],
          ['FuncValue', 2, 'pong'],
          ['Go', 2, 0, 2],
          ...loop(3, n, [['Send', 0, 3], ['Recv', 4, 1, -1]]),
        ],
      },
      pong: { slots: 4, params: 2, lines: loop(2, n, [['Recv', 3, 0, -1], ['Send', 1, 3]]) },
    },
  }); // prettier-ignore

const locks = (n: number): Code =>
  assemble({
    natives: ['sync.(*Mutex).Lock', 'sync.(*Mutex).Unlock'],
    functions: {
      main: {
        slots: 6,
        lines: [
          ['GlobalAddr', 1, 0],
          ...loop(0, n, [['Move', 2, 1], ['Native', 2, 'sync.(*Mutex).Lock'], ['Move', 2, 1], ['Native', 2, 'sync.(*Mutex).Unlock']]),
        ],
      },
    },
  }); // prettier-ignore

const gosched = (n: number): Code =>
  assemble({
    natives: ['runtime.Gosched'],
    functions: {
      main: {
        slots: 4,
        lines: [['FuncValue', 1, 'other'], ['Go', 1, 0, 0], ...loop(0, n, [['Native', 2, 'runtime.Gosched']])],
      },
      other: { slots: 2, lines: loop(0, n, [['Native', 1, 'runtime.Gosched']]) },
    },
  });

/** Each goroutine tells by a channel that it ran. */
const spawn = (n: number): Code =>
  assemble({
    functions: {
      main: {
        slots: 6,
        lines: [
          ['MakeChan', 0, -1, T.chanInt],
          ['FuncValue', 1, 'child'],
          ...loop(2, n, [['Go', 1, 0, 1], ['Recv', 3, 0, -1]]),
        ],
      },
      child: { slots: 2, params: 1, lines: [['Const', 1, 7, 0], ['Send', 0, 1], ['Return']] },
    },
  }); // prettier-ignore

/** All goroutines wait on one channel for ever. */
const blocked = (n: number): Code =>
  assemble({
    functions: {
      main: {
        slots: 6,
        lines: [['MakeChan', 0, -1, T.chanInt], ['FuncValue', 1, 'child'], ...loop(2, n, [['Go', 1, 0, 1]])],
      },
      child: { slots: 2, params: 1, lines: [['Recv', 1, 0, -1], ['Return']] },
    },
  });

/** A program of so many operations. */
interface Program extends Pick<BenchCase, 'name' | 'unit' | 'target' | 'rounds'> {
  readonly code: () => Code;
  readonly operations: number;
  readonly config?: object;
}

/** Measured with all detectors, and with nobody listening. */
const HOT: readonly Program[] = [
  {
    name: 'chan-unbuffered',
    unit: 'M ops/s',
    target: 8,
    code: () => transfer(OPERATIONS, 0),
    operations: 2 * OPERATIONS,
  },
  {
    name: 'chan-pingpong',
    unit: 'M ops/s',
    target: 8,
    code: () => pingPong(OPERATIONS / 2),
    operations: 2 * OPERATIONS,
  },
  { name: 'chan-buffered', unit: 'M ops/s', code: () => transfer(OPERATIONS, 128), operations: 2 * OPERATIONS },
  { name: 'mutex-uncontended', unit: 'M pairs/s', code: () => locks(LOCK_PAIRS), operations: LOCK_PAIRS },
  {
    name: 'gosched',
    unit: 'M switches/s',
    target: 10,
    code: () => gosched(OPERATIONS),
    operations: 2 * OPERATIONS,
    config: { cores: 1 },
  },
];

/** Measured with all detectors. */
const BIRTHS: readonly Program[] = [
  { name: 'spawn', unit: 'M goroutines/s', target: 3, code: () => spawn(SPAWNS), operations: SPAWNS },
  { name: 'spawn-blocked', unit: 'M goroutines/s', rounds: 3, code: () => blocked(BLOCKED), operations: BLOCKED },
];

function benchCase({ code, operations, config, ...row }: Program, listeners: Listeners): BenchCase {
  return { ...row, better: 'higher', measure: () => rate(code(), operations, listeners, config) };
}

export const cases: readonly BenchCase[] = [
  ...HOT.flatMap((program) => [
    benchCase(program, 'detection'),
    benchCase({ ...program, name: `machine-${program.name}`, target: undefined }, 'nobody'),
  ]),
  ...BIRTHS.map((program) => benchCase(program, 'detection')),
];
