/** This file generates small concurrent programs: goroutines that do random things with a few shared objects. */
import fc from 'fast-check';
import type { Code } from '../../src/bytecode/code';
import { assemble, T, type Line } from './assembler';

/** One thing a goroutine does. Indices of objects are taken modulo their number. */
export type Action =
  | { readonly do: 'send' | 'recv' | 'close'; readonly channel: number }
  | { readonly do: 'select'; readonly channels: readonly [number, number]; readonly hasDefault: boolean }
  | { readonly do: 'lock'; readonly mutex: number; readonly inside: readonly Action[] }
  | { readonly do: 'rlock'; readonly mutex: number; readonly inside: readonly Action[] }
  | { readonly do: 'read' | 'write' | 'yield' }
  | { readonly do: 'work' | 'sleep' | 'syscall' | 'netwait'; readonly ns: number };

export interface ProgramShape {
  readonly capacities: readonly number[];
  readonly goroutines: readonly (readonly Action[])[];
}

/** Global slots: channels 0–3, mutexes 4–5, RWMutexes 6–9, shared variable 10, WaitGroup 11. */
const CHANNELS = 0;
const MUTEX = 4;
const RW = 6;
/** Global slot of the shared variable. */
export const SHARED = 10;
const GROUP = 11;

const simple = fc.oneof(
  fc.record({ do: fc.constantFrom('send' as const, 'recv' as const), channel: fc.nat(3) }),
  fc.record({ do: fc.constantFrom('read' as const, 'write' as const, 'yield' as const) }),
  fc.record({
    do: fc.constantFrom('work' as const, 'sleep' as const, 'syscall' as const, 'netwait' as const),
    ns: fc.integer({ min: 0, max: 60_000 }),
  }),
);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: simple },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), channel: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('select' as const),
      channels: fc.tuple(fc.nat(3), fc.nat(3)),
      hasDefault: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('lock' as const, 'rlock' as const),
      mutex: fc.nat(1),
      inside: fc.array(simple, { maxLength: 3 }),
    }),
  },
);

export const programShape: fc.Arbitrary<ProgramShape> = fc.record({
  capacities: fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
  goroutines: fc.array(fc.array(action, { maxLength: 8 }), { minLength: 1, maxLength: 6 }),
});

const NATIVES = [
  'sync.(*Mutex).Lock', 'sync.(*Mutex).Unlock', 'sync.(*RWMutex).RLock', 'sync.(*RWMutex).RUnlock', 'sync.(*RWMutex).Lock', 'sync.(*RWMutex).Unlock',
  'sync.(*WaitGroup).Add', 'sync.(*WaitGroup).Done', 'sync.(*WaitGroup).Wait', 'runtime.Gosched', 'work', 'syscall', 'netwait', 'time.Sleep',
]; // prettier-ignore

/** Code of a program: main starts the goroutines, does the first one's actions itself, and waits for the others. */
export function codeOf(shape: ProgramShape): Code {
  const selects: Code['selects'][number][] = [];
  const bodies = shape.goroutines.map((actions) => actions.flatMap((each) => linesOf(each, selects)));
  const others = bodies.slice(1);
  const functions: Record<string, { slots: number; lines: Line[] }> = {
    main: {
      slots: 12,
      lines: [
        ...shape.capacities.flatMap((capacity, i): Line[] => [
          ['Const', 0, capacity, 0],
          ['MakeChan', 1, 0, T.chanInt],
          ['StoreG', CHANNELS + i, 1],
        ]),
        ['GlobalAddr', 4, GROUP],
        ['Const', 5, others.length, 0],
        ['Native', 4, 'sync.(*WaitGroup).Add'],
        ...others.flatMap((_, i): Line[] => [
          ['FuncValue', 0, `g${i}`],
          ['Go', 0, 0, 0],
        ]),
        ...(bodies[0] ?? []),
        ['GlobalAddr', 4, GROUP],
        ['Native', 4, 'sync.(*WaitGroup).Wait'],
        ['Return'],
      ],
    },
  };
  others.forEach((lines, i) => {
    functions[`g${i}`] = {
      slots: 12,
      lines: [...lines, ['GlobalAddr', 4, GROUP], ['Native', 4, 'sync.(*WaitGroup).Done'], ['Return']],
    };
  });
  return assemble({ functions, natives: NATIVES, selects, globalSlots: 12 });
}

/** Slots 0–3 are scratch, 4… arguments of natives, 8–10 of selects. */
function linesOf(action: Action, selects: Code['selects'][number][]): Line[] {
  switch (action.do) {
    case 'send':
      return [['LoadG', 0, CHANNELS + action.channel], ['Const', 1, selects.length + 40, 0], ['Send', 0, 1]];
    case 'recv':
      return [['LoadG', 0, CHANNELS + action.channel], ['Recv', 1, 0, 2]];
    case 'close':
      return [['LoadG', 0, CHANNELS + action.channel], ['Close', 0]];
    case 'select':
      return selectLines(action, selects);
    case 'lock':
      return locked(MUTEX + action.mutex, 'sync.(*Mutex).Lock', 'sync.(*Mutex).Unlock', action.inside, selects);
    case 'rlock':
      return locked(RW + action.mutex * 2, 'sync.(*RWMutex).RLock', 'sync.(*RWMutex).RUnlock', action.inside, selects);
    case 'read':
      return [['LoadG', 0, SHARED]];
    case 'write':
      return [['LoadG', 0, SHARED], ['AddI', 0, 0, 1], ['StoreG', SHARED, 0]];
    case 'yield':
      return [['Native', 4, 'runtime.Gosched']];
    default:
      return [['Const', 4, action.ns, 0], ['Native', 4, action.do === 'sleep' ? 'time.Sleep' : action.do]];
  }
} // prettier-ignore

function locked(
  slot: number,
  lock: string,
  unlock: string,
  inside: readonly Action[],
  selects: Code['selects'][number][],
): Line[] {
  const address: Line = ['GlobalAddr', 4, slot];
  return [
    address,
    ['Native', 4, lock],
    ...inside.flatMap((each) => linesOf(each, selects)),
    address,
    ['Native', 4, unlock],
  ];
}

function selectLines(action: Extract<Action, { do: 'select' }>, selects: Code['selects'][number][]): Line[] {
  const table = selects.length;
  selects.push({
    cases: [
      { dir: 'send', chan: 8, value: 10, ok: -1, start: 0 },
      { dir: 'recv', chan: 9, value: 1, ok: -1, start: 0 },
    ],
    hasDefault: action.hasDefault,
  });
  return [
    ['LoadG', 8, CHANNELS + action.channels[0]],
    ['LoadG', 9, CHANNELS + action.channels[1]],
    ['Const', 10, 7, 0],
    ['Select', 0, table],
  ];
}
