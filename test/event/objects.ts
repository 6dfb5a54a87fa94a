/**
 * This file holds executable models, as small as can be, of the objects that operations are on: what each operation does to a state, when it has to wait,
 * and what its outcome is called. Tests derive from them which operations commute.
 */
import type { ObjectClass, OperationName } from '../../src/event/operations';

/** A state is plain data, compared as text. */
export type State = Readonly<Record<string, unknown>>;

export interface Outcome {
  readonly kind: OperationName;
  /** What the goroutine gets to know. */
  readonly result?: unknown;
  readonly state: State;
}

/** What a goroutine does in a state; undefined: it has to wait, or it cannot be there at all. */
export type Action = (g: number, state: State) => Outcome | undefined;

export interface Model {
  readonly objects: ObjectClass;
  readonly initial: readonly State[];
  readonly actions: readonly Action[];
  /** Where states may grow without end: whether to go on from here. */
  readonly within?: (state: State) => boolean;
}

/** A model of states of one shape. */
function model<S extends object>(
  objects: ObjectClass,
  initial: readonly S[],
  actions: readonly ((g: number, s: S) => readonly [OperationName, S, unknown?] | undefined)[],
  within?: (s: S) => boolean,
): Model {
  return {
    objects,
    initial: initial as readonly State[],
    actions: actions.map((action) => (g, state) => {
      const done = action(g, state as unknown as S);
      return done && { kind: done[0], state: done[1] as State, result: done[2] };
    }),
    ...(within && { within: within as unknown as (state: State) => boolean }),
  };
}

interface Cell {
  readonly v: string;
}
const memory = model<Cell>(
  'memory',
  [{ v: '0' }, { v: '1' }],
  [
    (_, s) => ['Read', s, s.v],
    (_, s) => ['AtomicLoad', s, s.v],
    (g) => ['Write', { v: `w${g}` }],
    (g) => ['AtomicStore', { v: `s${g}` }],
    (g, s) => ['AtomicRMW', { v: `x${g}` }, s.v],
    (g, s) => (s.v === '1' ? ['AtomicRMW', { v: `c${g}` }, true] : ['CompareFailed', s, false]),
    (_, s) => ['AtomicAdd', { v: s.v.replace(/^\d+|$/, (n) => String(Number(n) + 1)) }],
  ],
  (s) => s.v.length < 4,
);

interface Held {
  readonly by: number;
}
const mutex = model<Held>(
  'mutex',
  [{ by: 0 }],
  [
    (g, s) => (s.by === 0 ? ['Lock', { by: g }] : undefined),
    (g, s) => (s.by === 0 ? ['TryLock', { by: g }] : ['TryLockFailed', s]),
    // What goes on when an unlocked mutex is unlocked is the end of the program: it is told from a success by its result.
    (g, s) => (s.by === g ? ['Unlock', { by: 0 }] : ['UnlockOther', { by: 0 }, s.by === 0]),
  ],
);

interface Shared {
  /** The writer that is announced, whether it is inside, and who reads. */
  readonly writer: number;
  readonly inside: boolean;
  readonly readers: readonly number[];
}
const without = (list: readonly number[], g: number): number[] => list.filter((one) => one !== g);
const rwmutex = model<Shared>(
  'rwmutex',
  [{ writer: 0, inside: false, readers: [] }],
  [
    (g, s) => (s.writer === 0 && !s.readers.includes(g) ? ['RWLock', { ...s, writer: g }] : undefined),
    (g, s) => (s.writer === g && !s.inside && s.readers.length === 0 ? ['RWEnter', { ...s, inside: true }] : undefined),
    (g, s) => (s.writer === g && s.inside ? ['RWUnlock', { ...s, writer: 0, inside: false }] : undefined),
    (g, s) =>
      s.writer === 0 && !s.readers.includes(g) ? ['RLock', { ...s, readers: [...s.readers, g].sort() }] : undefined,
    (g, s) => (s.readers.includes(g) ? ['RUnlock', { ...s, readers: without(s.readers, g) }] : undefined),
    (g, s) =>
      s.writer === 0 && s.readers.length === 0
        ? ['TryRWLock', { ...s, writer: g, inside: true }]
        : ['TryRWLockFailed', s],
    (g, s) => {
      if (s.readers.includes(g)) return undefined;
      return s.writer === 0 ? ['TryRLock', { ...s, readers: [...s.readers, g].sort() }] : ['TryRLockFailed', s];
    },
  ],
);

interface Chan {
  readonly capacity: number;
  readonly queue: readonly string[];
  readonly closed: boolean;
}
const canRecv = (s: Chan): boolean => s.closed || s.queue.length > 0;
const canSend = (s: Chan): boolean => s.closed || s.queue.length < s.capacity;
const channel = model<Chan>(
  'channel',
  [1, 2, 3].map((capacity) => ({ capacity, queue: [], closed: false })),
  [
    (g, s) => {
      if (s.closed) return ['SendClosed', s];
      return canSend(s) ? ['Send', { ...s, queue: [...s.queue, `v${g}`] }] : undefined;
    },
    (_, s) => {
      if (s.queue.length > 0) return ['Recv', { ...s, queue: s.queue.slice(1) }, s.queue[0]];
      return s.closed ? ['RecvClosed', s] : undefined;
    },
    (_, s) => (s.closed ? ['CloseClosed', s] : ['Close', { ...s, closed: true }]),
    (_, s) => ['Len', s, s.queue.length],
    (_, s) => [canRecv(s) ? 'CanRecv' : 'CannotRecv', s],
    (_, s) => [canSend(s) ? 'CanSend' : 'CannotSend', s],
  ],
);

interface Count {
  readonly n: number;
}
const change =
  (delta: number) =>
  (_: number, s: Count): readonly [OperationName, Count] => {
    const n = s.n + delta;
    return [delta > 0 ? 'Add' : n < 0 ? 'DoneNegative' : 'Done', { n }];
  };
const waitgroup = model<Count>(
  'waitgroup',
  [{ n: 0 }],
  [change(1), change(-1), change(-2), (_, s) => (s.n === 0 ? ['Wait', s] : undefined)],
  (s) => Math.abs(s.n) < 4,
);

interface Run {
  readonly state: 'idle' | 'running' | 'done';
  readonly by: number;
}
const once = model<Run>(
  'once',
  [{ state: 'idle', by: 0 }],
  [
    (g, s) => {
      if (s.state === 'idle') return ['OnceEnter', { state: 'running', by: g }];
      return s.state === 'done' ? ['OnceSkip', s] : undefined;
    },
    (g, s) => (s.state === 'running' && s.by === g ? ['OnceLeave', { state: 'done', by: 0 }] : undefined),
  ],
);

interface Queue {
  readonly waiting: readonly number[];
  readonly called: readonly number[];
}
const cond = model<Queue>(
  'cond',
  [{ waiting: [], called: [] }],
  [
    (g, s) =>
      s.waiting.includes(g) || s.called.includes(g) ? undefined : ['CondTicket', { ...s, waiting: [...s.waiting, g] }],
    (g, s) => {
      if (s.waiting.includes(g) || s.called.includes(g)) return undefined;
      const [first, ...rest] = s.waiting;
      if (first === undefined) return ['CondSignalNobody', s];
      return ['CondSignal', { waiting: rest, called: [...s.called, first].sort() }, first];
    },
    (g, s) => {
      if (s.waiting.includes(g) || s.called.includes(g)) return undefined;
      if (s.waiting.length === 0) return ['CondSignalNobody', s];
      return ['CondBroadcast', { waiting: [], called: [...s.called, ...s.waiting].sort() }, s.waiting];
    },
    (g, s) => (s.called.includes(g) ? ['CondWake', { ...s, called: without(s.called, g) }] : undefined),
  ],
);

interface Timer {
  readonly active: boolean;
  readonly starter: number;
}
/** The clock that fires it acts as goroutine 0 does in events; here anybody may. */
const timer = model<Timer>(
  'timer',
  [{ active: false, starter: 0 }],
  [
    (g) => ['TimerStart', { active: true, starter: g }],
    (_, s) => (s.active ? ['TimerStop', { active: false, starter: 0 }] : ['TimerStopIdle', s]),
    (_, s) => (s.active ? ['TimerFire', { active: false, starter: 0 }, s.starter] : undefined),
  ],
);

interface Output {
  readonly text: string;
  readonly ended: boolean;
}
const process = model<Output>(
  'process',
  [{ text: '', ended: false }],
  [
    (g, s) => (s.ended ? undefined : ['Print', { ...s, text: s.text + String(g) }]),
    (_, s) => (s.ended ? undefined : ['Exit', { ...s, ended: true }]),
  ],
  (s) => s.text.length < 3,
);

export const MODELS: readonly Model[] = [memory, mutex, rwmutex, channel, waitgroup, once, cond, timer, process];
