/**
 * This file defines the table of events: what can happen in the simulated machine, what the numeric fields of such an event mean,
 * and what the Go memory model (June 2022) derives from it. Makers (kernel, runtime) and readers (detect, trace, timeline) meet here.
 *
 * Every event has: `g` the goroutine that does it (0: none), `core` (-1: none), `thread` (-1: none), `time` in virtual ns,
 * `pc` the instruction (-1: none), `obj`, `a`, `b` as the row says, and `lo`,`hi` a 64-bit value where the row says "value".
 * `step`: a visible step of the user's program, one column of the logical-step axis.
 */
import type { Rule } from './order';

interface Row {
  /** `<goroutine>`, `<object>` … what `obj`, `a`, `b` mean. */
  readonly obj?: string;
  readonly a?: string;
  readonly b?: string;
  readonly value?: string;
  readonly step?: true;
  /** What it orders: executed by happensBefore.ts, in the words of order.ts. */
  readonly order?: readonly Rule[];
}

const table = {
  // ---- processes and goroutines
  ProcessStart: { obj: 'process id', a: 'parent process id' },
  ProcessExit: { obj: 'process id', a: 'exit status' },
  GoCreate: {
    obj: 'new goroutine id',
    a: 'function index',
    b: 'process id',
    step: true,
    order: [{ fork: 'obj' }],
  },
  GoRun: { obj: 'goroutine id', a: 'P id' }, // g starts or goes on running on core/thread
  GoPreempt: { obj: 'goroutine id', a: '1: kernel quantum, 2: Go 10 ms, 3: Gosched, 4: another goroutine was chosen' }, // running -> runnable
  GoBlock: {
    obj: 'object waited for (0: none)',
    a: 'wait reason (event/wait.ts)',
    b: 'nanoseconds, for sleep and netwait (at most 2^31 - 1)',
    value: 'all nanoseconds',
  }, // running -> blocked
  GoReady: { obj: 'goroutine made runnable', a: 'P whose queue it enters (-1: global)', b: '1: as runnext' }, // g: who woke it (0: timer or kernel)
  GoSyscall: { obj: 'nanoseconds (at most 2^31 - 1)', value: 'all nanoseconds', step: true }, // running -> in system call
  GoSysExit: { obj: 'goroutine id', a: '1: got a P at once, 0: runnable in the global queue' },
  GoEnd: { obj: 'goroutine id', a: '0: returned, 1: Goexit, 2: panic, 3: cut off when main returned', step: true },
  StackGrow: { obj: 'goroutine id', a: 'new size in bytes' },

  // ---- channels. seq counts the k-th send or receive on the channel, from 0
  ChanMake: { obj: 'channel', a: 'capacity', b: 'element type index', step: true, order: [{ slots: 'a' }] },
  ChanSend: {
    obj: 'channel',
    a: 'seq',
    b: 'goroutine that receives it by direct hand-off (0: into the buffer)',
    value: 'message',
    step: true,
    order: [{ publish: 'sends' }, { acquire: 'receives', if: 'buffered' }],
  },
  ChanRecv: {
    obj: 'channel',
    a: 'seq',
    b: 'goroutine that handed it over directly, or whose blocked send completes by this (0: neither)',
    value: 'message',
    step: true,
    order: [{ publish: 'receives' }, { acquire: 'sends' }, { acquire: 'receives', for: 'b', if: 'unbuffered' }],
  },
  ChanRecvClosed: { obj: 'channel', step: true, order: [{ acquire: 'close' }] },
  ChanClose: {
    obj: 'channel',
    step: true,
    order: [{ publish: 'close' }],
  },
  SelectStart: { obj: 'number of cases', a: '1: has default', step: true },
  SelectDone: { obj: 'chosen case index in source order (-1: default)', a: 'channel (0: default)' },

  // ---- locks and friends (obj: sync object id)
  MutexLock: {
    obj: 'mutex',
    a: 'goroutine whose unlock handed it over (0: it was free)',
    step: true,
    order: [{ acquire: 'unlocks' }],
  },
  MutexUnlock: { obj: 'mutex', step: true, order: [{ merge: 'unlocks' }] },
  RWLock: {
    obj: 'rwmutex',
    a: 'as MutexLock',
    step: true,
    order: [{ acquire: 'unlocks' }, { acquire: 'readUnlocks' }],
  },
  RWUnlock: { obj: 'rwmutex', step: true, order: [{ merge: 'unlocks', covers: 'readUnlocks' }] },
  RWRLock: { obj: 'rwmutex', a: 'as MutexLock', step: true, order: [{ acquire: 'unlocks' }] },
  RWRUnlock: { obj: 'rwmutex', step: true, order: [{ merge: 'readUnlocks' }] },
  WaitGroupAdd: {
    obj: 'waitgroup',
    a: 'delta',
    b: 'counter after',
    step: true,
    order: [{ merge: 'dones', if: 'a < 0' }],
  },
  WaitGroupWait: {
    obj: 'waitgroup',
    a: 'goroutine whose Done ended the wait (0: did not wait)',
    step: true,
    order: [{ acquire: 'dones' }],
  },
  OnceDo: {
    obj: 'once',
    a: '1: ran f, 0: already done',
    step: true,
    order: [
      { publish: 'once', if: 'a ≠ 0' },
      { acquire: 'once', if: 'a = 0' },
    ],
  },
  CondSignal: {
    obj: 'cond',
    a: 'goroutine woken (0: none); a Broadcast is one such event per waiter',
    step: true,
    order: [{ publish: 'signal', of: 'a', if: 'a ≠ 0' }],
  },
  CondWait: { obj: 'cond', a: 'goroutine that signalled', step: true, order: [{ acquire: 'signal', of: 'g' }] },
  AtomicLoad: { obj: 'address in slots', value: 'value', step: true, order: [{ acquire: 'atomic' }] },
  AtomicStore: { obj: 'address in slots', value: 'value', step: true, order: [{ publish: 'atomic' }] },
  AtomicRMW: {
    obj: 'address in slots',
    value: 'value after',
    a: '0: compare-and-swap that failed',
    step: true,
    order: [{ acquire: 'atomic' }, { publish: 'atomic', if: 'a ≠ 0' }],
  },

  // ---- time
  TimerStart: {
    obj: 'timer',
    a: 'nanoseconds from now (at most 2^31 - 1)',
    value: 'all nanoseconds',
    step: true,
    order: [{ publish: 'timer' }],
  },
  TimerStop: { obj: 'timer', a: '1: was active', step: true },
  TimerFire: {
    obj: 'timer',
    a: 'goroutine started or woken (0: value sent to its channel)',
    order: [{ assume: 'timer' }, { acquire: 'timer', for: 'a' }],
  },
  Work: { a: 'nanoseconds (at most 2^31 - 1)', value: 'all nanoseconds', step: true },

  // ---- memory. obj is a slot address (word address / 2)
  Read: {
    obj: 'slot address',
    a: 'number of slots',
    b: 'stack id (-1: not captured)',
    value: 'value read (first slot)',
    step: true,
  },
  Write: {
    obj: 'slot address',
    a: 'number of slots',
    b: 'stack id (-1: not captured)',
    value: 'value written (first slot)',
    step: true,
  },

  // ---- what the user sees
  Print: { obj: 'text index (EventTexts)', a: '1: stdout, 2: stderr', step: true },
  Panic: { obj: 'text index', a: 'failure code (event/failure.ts)', step: true },
  Recover: { step: true },
  Fatal: { obj: 'text index', a: 'failure code (-1: the program has reached what is not supported)' },
  Assert: { obj: 'text index', step: true },
  Exit: { obj: 'exit status', step: true },

  // ---- scheduler and kernel
  ThreadCreate: { obj: 'new thread id', a: 'process id', b: 'stack bytes' },
  ThreadRun: { obj: 'thread id' }, // on core, from now
  ThreadStop: { obj: 'thread id', a: '0: parked, 1: in system call, 2: quantum over, 3: ended' }, // leaves core
  ThreadWake: { obj: 'thread id', a: 'nanoseconds until it runs' },
  Acquire: { obj: 'P id', a: 'thread id' }, // a thread takes a P
  Handoff: { obj: 'P id', a: 'from thread', b: 'to thread' },
  Steal: { obj: 'goroutine that will run', a: 'from P', b: 'how many were taken' },
  QueueLength: { obj: 'P id (-1: global)', a: 'length, runnext included' },

  // ---- channels again: a send that panics, because the channel is closed or because it was closed while the send waited; it orders nothing
  ChanSendClosed: { obj: 'channel' },

  // ---- of traces alone: the machine tells no such event. What follows is not whole, for so many events (trace/gaps.ts)
  LeftOut: { obj: 'number of the gap', a: 'number of its part', value: 'events left out in the part' },
} as const satisfies Record<string, Row>;

export type EventName = keyof typeof table;
/** Names in numeric order; the order is part of the trace format: append only. */
export const EVENT_NAMES = Object.keys(table) as EventName[];
/** What the fields of each kind mean. */
export const EVENT_TABLE: Readonly<Record<EventName, Row>> = table;
/** `Kind.ChanSend` … the numeric kinds. */
export const Kind = Object.fromEntries(EVENT_NAMES.map((name, index) => [name, index])) as Record<EventName, number>;
/** 1 where an event of the kind is a step of the user's program. */
export const IS_STEP = Uint8Array.from(EVENT_NAMES, (name) => ((table[name] as Row).step ? 1 : 0));
