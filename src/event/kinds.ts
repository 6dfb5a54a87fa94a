/**
 * This file defines the table of events: what can happen in the simulated machine, what the numeric fields of such an event mean,
 * and what the Go memory model (June 2022) derives from it. Makers (kernel, runtime) and readers (detect, trace, timeline) meet here.
 *
 * Every event has: `g` the goroutine that does it (0: none), `core` (-1: none), `thread` (-1: none), `time` in virtual ns,
 * `pc` the instruction (-1: none), `obj`, `a`, `b` as the row says, and `lo`,`hi` a 64-bit value where the row says "value".
 * `step`: a visible step of the user's program, one column of the logical-step axis.
 */

interface Row {
  /** `<goroutine>`, `<object>` … what `obj`, `a`, `b` mean. */
  readonly obj?: string;
  readonly a?: string;
  readonly b?: string;
  readonly value?: string;
  readonly step?: true;
  /** Happens-before, in words; detect/ implements exactly this column. */
  readonly order?: string;
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
    order: 'the go statement happens before the start of the new goroutine',
  },
  GoRun: { obj: 'goroutine id', a: 'P id' }, // g starts or goes on running on core/thread
  GoPreempt: { obj: 'goroutine id', a: '1: kernel quantum, 2: Go 10 ms, 3: Gosched' }, // running -> runnable
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
  ChanMake: { obj: 'channel', a: 'capacity', b: 'element type index', step: true },
  ChanSend: {
    obj: 'channel',
    a: 'seq',
    b: 'goroutine that receives it by direct hand-off (0: into the buffer)',
    value: 'message',
    step: true,
    order: 'k-th send happens before the completion of the k-th receive; acquires the (k-capacity)-th receive',
  },
  ChanRecv: {
    obj: 'channel',
    a: 'seq',
    b: 'goroutine that handed it over directly, or whose blocked send completes by this (0: neither)',
    value: 'message',
    step: true,
    order: 'acquires the k-th send; happens before the completion of the (k+capacity)-th send; unbuffered: both ways',
  },
  ChanRecvClosed: { obj: 'channel', step: true, order: 'close happens before a receive that returns because of it' },
  ChanClose: {
    obj: 'channel',
    step: true,
    order: 'releases the channel; is a write of the channel, as a send is a read of it',
  },
  SelectStart: { obj: 'number of cases', a: '1: has default', step: true },
  SelectDone: { obj: 'chosen case index in source order (-1: default)', a: 'channel (0: default)' },

  // ---- locks and friends (obj: sync object id)
  MutexLock: {
    obj: 'mutex',
    a: 'goroutine whose unlock handed it over (0: it was free)',
    step: true,
    order: 'acquires all earlier unlocks',
  },
  MutexUnlock: { obj: 'mutex', step: true, order: 'releases' },
  RWLock: { obj: 'rwmutex', a: 'as MutexLock', step: true, order: 'acquires earlier Unlocks and RUnlocks' },
  RWUnlock: { obj: 'rwmutex', step: true, order: 'releases to RLock and Lock' },
  RWRLock: { obj: 'rwmutex', a: 'as MutexLock', step: true, order: 'acquires earlier Unlocks' },
  RWRUnlock: { obj: 'rwmutex', step: true, order: 'releases (merging) to the next Lock' },
  WaitGroupAdd: {
    obj: 'waitgroup',
    a: 'delta',
    b: 'counter after',
    step: true,
    order: 'a negative delta releases (merging); 0 -> n is a read of the group, the first Wait a write',
  },
  WaitGroupWait: {
    obj: 'waitgroup',
    a: 'goroutine whose Done ended the wait (0: did not wait)',
    step: true,
    order: 'acquires the Dones',
  },
  OnceDo: {
    obj: 'once',
    a: '1: ran f, 0: already done',
    step: true,
    order: 'the return of f happens before the return of every Do',
  },
  CondSignal: {
    obj: 'cond',
    a: 'goroutine woken (0: none); a Broadcast is one such event per waiter',
    step: true,
    order: 'happens before the return of the Wait it wakes',
  },
  CondWait: { obj: 'cond', a: 'goroutine that signalled', step: true, order: 'acquires the signal' },
  AtomicLoad: { obj: 'address in slots', value: 'value', step: true, order: 'acquires earlier stores to the address' },
  AtomicStore: { obj: 'address in slots', value: 'value', step: true, order: 'releases and acquires' },
  AtomicRMW: {
    obj: 'address in slots',
    value: 'value after',
    a: '0: compare-and-swap that failed',
    step: true,
    order: 'releases and acquires',
  },

  // ---- time
  TimerStart: {
    obj: 'timer',
    a: 'nanoseconds from now (at most 2^31 - 1)',
    value: 'all nanoseconds',
    step: true,
    order: 'starting a timer happens before what it fires',
  },
  TimerStop: { obj: 'timer', a: '1: was active', step: true },
  TimerFire: { obj: 'timer', a: 'goroutine started or woken (0: value sent to its channel)' },
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
  Fatal: { obj: 'text index', a: 'failure code' },
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
