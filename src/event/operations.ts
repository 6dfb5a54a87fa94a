/**
 * This file defines the vocabulary of visible operations: what a goroutine can be about to do that others may notice, and how it turned out.
 * An event (kinds.ts) is what has happened, seen from outside; an operation is one goroutine's step on one object, as those see it who choose
 * which goroutine goes next. Where the outcome decides what an operation depends on, each outcome is a kind of its own.
 *
 * A step that touches several objects is several operations: a select is the send or receive of the case it takes and a look at the readiness of each
 * other channel; Cond.Wait is a ticket, an Unlock, a sleep and a Lock; RWMutex.Lock that need not wait for readers is RWLock and RWEnter at once.
 */

/** What kind of object an operation is on. Operations on different objects commute. */
export const OBJECT_CLASSES = ['none', 'memory', 'mutex', 'rwmutex', 'channel', 'waitgroup', 'once', 'cond', 'timer', 'process'] as const; // prettier-ignore
export type ObjectClass = (typeof OBJECT_CLASSES)[number];

const table = {
  /** Nothing others can notice: the stretch up to the first operation, a go statement, Gosched, the end. */
  None: 'none',

  // ---- a slot of memory, plain or atomic
  Read: 'memory',
  Write: 'memory',
  AtomicLoad: 'memory',
  AtomicStore: 'memory',
  /** Swap, compare-and-swap that succeeded, Add whose result is used. */
  AtomicRMW: 'memory',
  /** Add whose result nobody uses. */
  AtomicAdd: 'memory',
  /** Compare-and-swap that found another value. */
  CompareFailed: 'memory',

  Lock: 'mutex',
  /** By the goroutine that locked it. */
  Unlock: 'mutex',
  /** By another goroutine, or of a mutex that is not locked. */
  UnlockOther: 'mutex',
  TryLock: 'mutex',
  TryLockFailed: 'mutex',

  /** Announces the writer: from now on no reader enters. */
  RWLock: 'rwmutex',
  /** The announced writer enters, after the readers that were inside. */
  RWEnter: 'rwmutex',
  RWUnlock: 'rwmutex',
  RLock: 'rwmutex',
  RUnlock: 'rwmutex',
  TryRWLock: 'rwmutex',
  TryRWLockFailed: 'rwmutex',
  TryRLock: 'rwmutex',
  TryRLockFailed: 'rwmutex',

  Send: 'channel',
  /** Panics. */
  SendClosed: 'channel',
  Recv: 'channel',
  /** Returns the zero value because the channel is closed and empty. */
  RecvClosed: 'channel',
  Close: 'channel',
  /** Panics. */
  CloseClosed: 'channel',
  Len: 'channel',
  /** A select looked at a case it did not take: a receive would have gone on, or would not; a send would have gone on, or would not. */
  CanRecv: 'channel',
  CannotRecv: 'channel',
  CanSend: 'channel',
  CannotSend: 'channel',

  /** Raises the counter. */
  Add: 'waitgroup',
  /** Lowers the counter, not below zero. */
  Done: 'waitgroup',
  /** Lowers the counter below zero and panics. */
  DoneNegative: 'waitgroup',
  Wait: 'waitgroup',

  /** Do that runs its function. */
  OnceEnter: 'once',
  /** The function has returned. */
  OnceLeave: 'once',
  /** Do that finds it done. */
  OnceSkip: 'once',

  /** Cond.Wait takes its place in the queue. */
  CondTicket: 'cond',
  /** Signal, or Broadcast, that wakes somebody. */
  CondSignal: 'cond',
  CondBroadcast: 'cond',
  /** Either, when nobody waits. */
  CondSignalNobody: 'cond',
  /** Cond.Wait goes on, its ticket having been called. */
  CondWake: 'cond',

  /** Starts the timer, or starts it anew. */
  TimerStart: 'timer',
  /** Stops a timer that was active. */
  TimerStop: 'timer',
  TimerStopIdle: 'timer',
  TimerFire: 'timer',

  Print: 'process',
  /** Ends the process: by os.Exit, an unrecovered panic, the return of main, what is not supported. */
  Exit: 'process',
} as const satisfies Record<string, ObjectClass>;

export type OperationName = keyof typeof table;
/** Code of an operation: index into {@link OPERATION_NAMES}. */
export type OperationKind = number;
/** Names in numeric order. */
export const OPERATION_NAMES = Object.keys(table) as OperationName[];
/** `Operation.Send` … the numeric kinds. */
export const Operation = Object.fromEntries(OPERATION_NAMES.map((name, code) => [name, code])) as Record<
  OperationName,
  OperationKind
>;
/** By operation: the class of its object. */
export const OBJECT_CLASS: Readonly<Record<OperationName, ObjectClass>> = table;
