/**
 * This file says of every native what others may notice of it: nothing, or an operation on the object that one of its arguments points to. It stands beside the
 * bodies because it repeats in one word what a body does; the controlled scheduler reads it before the body runs.
 */
import type { OperationName } from '../../event/operations';

/** Operations as they are known before they are executed. Those whose outcome depends on the object's state stand for all their outcomes. */
export type Pending =
  | Extract<
      OperationName,
      | 'AtomicLoad' | 'AtomicStore' | 'AtomicRMW' | 'Lock' | 'Unlock' | 'TryLock' | 'RWLock' | 'RWUnlock' | 'RLock' | 'RUnlock' | 'TryRWLock' | 'TryRLock'
      | 'Add' | 'Done' | 'Wait' | 'OnceEnter' | 'OnceLeave' | 'CondTicket' | 'CondWake' | 'CondSignal' | 'CondBroadcast' | 'TimerStart' | 'TimerStop'
      | 'Print' | 'Exit'
    >
  | 'CompareAndSwap'
  /** Gives others a chance to go first, or looks at how many there are. */
  | 'Yield'
  /** Exchanges two elements of a slice. */
  | 'SwapElements'; // prettier-ignore

/** What is done to the objects whose addresses stand in the arguments with these indices, which are not nil when the body runs; none: the process. */
export interface Footprint {
  readonly pending: Pending;
  readonly objects: readonly number[];
}

/** Natives that touch nothing others could see: they run on as part of whatever the goroutine did before. */
const LOCAL = [
  // What fmt reads are plain accesses, which the detector is told of.
  'fmt.sprint', 'fmt.sprintln', 'fmt.sprintf', 'fmt.errorf', 'fmt.printer.wanted', 'fmt.printer.give', 'fmt.printer.fail', 'fmt.printer.wrapped', 'fmt.printer.text',
  'fmt.printer.write', 'fmt.(*state).Width', 'fmt.(*state).Precision', 'fmt.(*state).Flag',
  'math/rand.Seed', 'math/rand.Int', 'math/rand.Int31', 'math/rand.Int63', 'math/rand.Uint32',
  'math/rand.Uint64', 'math/rand.Intn', 'math/rand.Int31n', 'math/rand.Int63n', 'math/rand.Float64', 'math.Sqrt', 'math.Floor', 'math.Pow', 'math.Exp', 'math.Log',
  'math.Log2', 'math.Log10', 'math.Sin', 'math.Cos', 'math.Tan', 'math.Atan', 'math.Atan2', 'runtime.Goexit', 'runtime.NumCPU', 'runtime.GOMAXPROCS',
  'runtime.GC', 'sort.sliceLen', 'testing.caller', 'testing.panicEnded', 'testing.start', 'time.now', 'time.newTimer', 'work', 'syscall', 'assert', 'getpid',
  // The sleeper only arms its timer; what others can notice is that it wakes.
  'time.Sleep', 'netwait',
] as const; // prettier-ignore

function on(pending: Pending, ...objects: number[]): Footprint {
  return { pending, objects };
}

/** The functions and the methods of package sync/atomic: both take the address first. A Bool has methods only. */
function atomics(): [string, Footprint][] {
  const integers = ['Int32', 'Int64', 'Uint32', 'Uint64', 'Uintptr'];
  const named = { types: [...integers, 'Pointer', 'Bool'], functions: [...integers, 'Pointer'] };
  const verbs: readonly [verb: string, pending: Pending, of: typeof named][] = [
    ['Load', 'AtomicLoad', named],
    ['Store', 'AtomicStore', named],
    ['Swap', 'AtomicRMW', named],
    ['CompareAndSwap', 'CompareAndSwap', named],
    ['Add', 'AtomicRMW', { types: integers, functions: integers }],
  ];
  return verbs.flatMap(([verb, pending, { types, functions }]) =>
    [
      ...functions.map((type) => `sync/atomic.${verb}${type}`),
      ...types.map((type) => `sync/atomic.(*${type}).${verb}`),
    ].map((name): [string, Footprint] => [name, on(pending, 0)]),
  );
}

/** By full name; undefined: local. */
export const FOOTPRINTS: Readonly<Record<string, Footprint | undefined>> = {
  ...Object.fromEntries(LOCAL.map((name) => [name, undefined])),
  ...Object.fromEntries(atomics()),
  'sync.(*Mutex).Lock': on('Lock', 0),
  'sync.(*Mutex).TryLock': on('TryLock', 0),
  'sync.(*Mutex).Unlock': on('Unlock', 0),
  'sync.(*RWMutex).Lock': on('RWLock', 0),
  'sync.(*RWMutex).TryLock': on('TryRWLock', 0),
  'sync.(*RWMutex).Unlock': on('RWUnlock', 0),
  'sync.(*RWMutex).RLock': on('RLock', 0),
  'sync.(*RWMutex).TryRLock': on('TryRLock', 0),
  'sync.(*RWMutex).RUnlock': on('RUnlock', 0),
  'sync.(*WaitGroup).Add': on('Add', 0),
  'sync.(*WaitGroup).Done': on('Done', 0),
  'sync.(*WaitGroup).Wait': on('Wait', 0),
  'sync.(*Once).enter': on('OnceEnter', 0),
  'sync.(*Once).leave': on('OnceLeave', 0),
  'sync.(*Cond).ticket': on('CondTicket', 0),
  'sync.(*Cond).sleep': on('CondWake', 0),
  'sync.(*Cond).Signal': on('CondSignal', 0),
  'sync.(*Cond).Broadcast': on('CondBroadcast', 0),
  'time.startTimer': on('TimerStart', 0),
  'time.stopTimer': on('TimerStop', 0),
  'time.resetTimer': on('TimerStart', 0),
  'sort.sliceSwap': on('SwapElements'),
  'testing.admit': on('AtomicRMW', 0, 1),
  'testing.dismiss': on('AtomicRMW', 0, 1),
  'runtime.Gosched': on('Yield'),
  'runtime.NumGoroutine': on('Yield'),
  'fmt.write': on('Print'),
  'os.write': on('Print'),
  'testing.print': on('Print'),
  println: on('Print'),
  print: on('Print'),
  'os.Exit': on('Exit'),
  exit: on('Exit'),
};
