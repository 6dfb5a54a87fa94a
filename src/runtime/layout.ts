/**
 * This file defines where each piece of Go's runtime state stands in memory: word offsets within its blocks.
 * An offset named after a Float64 is even; read it as `f64[(block + offset) >> 1]`. Which words are addresses, and of what, stands in the interface after
 * each enum (base/address.ts). Addresses of what a program can point to, its locks and values, are numbers.
 */
import type { Address } from '../base/address';
import { assert } from '../base/assert';
import { type ProcessAddr, type ThreadAddr, type TimerAddr, TimerAt, type TimerNode } from '../kernel/layout';
import { type Context, type GlobalsAddr, VM_CONTEXT_WORDS } from '../vm/context';

/** Tags of the runtime's blocks: kinds 9 to 13 (the low four bits), then which block. */
export const enum RuntimeTag {
  Goroutine = 0x09,
  Channel = 0x0a,
  Sudog = 0x0b,
  Timer = 0x0c,
  Scheduler = 0x0d,
  Processors = 0x1d,
  SemaTable = 0x3d,
  SemaRoot = 0x4d,
  Platform = 0x5d,
  Globals = 0x6d,
  Printer = 0x7d,
}

/** Counters shared by all processes of a machine. */
export const enum PlatformAt {
  /** Last goroutine id given out: ids are unique in the machine and never used twice. */
  LastGoid = 0,
  /** Last segment of the access filter given out. */
  LastSegment = 1,
  /** Goroutines alive, in all processes. */
  Goroutines = 2,
  /** Bytes printed so far. */
  OutputBytes = 3,
  /** Goroutine switches so far. */
  Switches = 4,
  /** Float64: most bytes of simulated memory in use at any time. */
  PeakBytes = 6,
  Slots = 4,
}

interface PlatformBlock {
  PlatformAt: true;
}
export type PlatformAddr = Address<PlatformBlock>;

export const enum GState {
  Free = 0,
  Runnable = 1,
  Running = 2,
  Blocked = 3,
  SystemCall = 4,
  Dead = 5,
}

/**
 * A goroutine's block: the vm's context first, then these. The last three slots are shared, as in a union of C: a goroutine that has begun something it will finish
 * later has begun one thing only. Who begins sets all that is read of them later.
 */
export const enum GAt {
  Id = 9,
  State = 10,
  /** Why it waits (event/wait.ts), and on what: slot address of the object, 0: none. */
  Wait = 11,
  WaitObject = 12,
  /** Link of the one queue it stands in: global run queue, semaphore queue, free list. */
  Next = 13,
  /** Its sudogs while it waits on channels, linked by SudogAt.WaitLink when they are several. */
  Waiting = 14,
  /** Left by whoever woke it: goroutine id of the waker. */
  Waker = 15,
  AllNext = 16,
  AllPrev = 17,
  /** Goroutine id that created it, and the go statement's instruction. */
  Creator = 18,
  CreatorPc = 19,
  /** Function index it was started with. */
  Function = 20,
  /** Its segment of the access filter. */
  Segment = 21,
  /** Index of the P it ran on last. */
  LastP = 22,
  /** Bits of GFlag. */
  Flags = 23,
  /** Float64: virtual time at which it stopped running. */
  StoppedAt = 24,
  /** What to do when it runs again, before its next instruction (Resume). */
  Resume = 26,
  /** In Cond.Wait, until it sleeps: the Cond, and the ticket, which it keeps while it sleeps. */
  Cond = 27,
  Ticket = 28,
  /** It waits on one channel: the sudog of that (SINGLE_SUDOG_WORDS). */
  Sudog = 30,
  /** It sleeps or waits for the network: a timer node, for its end. */
  Timer = 30,
  /** It computes. Float64: virtual ns of work(d) still to do. */
  WorkLeft = 30,
  /** It waits for a lock. Float64: since when. */
  WaitStart = 30,
  /** It finishes an operation when it runs again (Resume): on which object. */
  ResumeObject = 32,
  Slots = 18,
}
assert(VM_CONTEXT_WORDS <= GAt.Id, 'the vm context must end before the runtime fields', { VM_CONTEXT_WORDS });

interface Goroutine extends Context {
  GAt: true;
  [GAt.Next]: GAddr;
  [GAt.Waiting]: SudogAddr;
  [GAt.AllNext]: GAddr;
  [GAt.AllPrev]: GAddr;
}
export type GAddr = Address<Goroutine>;

/** The timer node in the block of a goroutine that sleeps. */
export function timerOf(g: GAddr): TimerAddr {
  return (g + GAt.Timer) as TimerAddr;
}

/** The sudog in the block of a goroutine that waits on one channel. */
export function sudogOf(g: GAddr): SudogAddr {
  return (g + GAt.Sudog) as SudogAddr;
}

export const enum GFlag {
  /** Goexit was called. */
  Goexit = 1,
  /** A waiter of a mutex that has waited long enough to make it unfair to others. */
  Starving = 2,
  /** Its thread lost the core while it ran: it must be shown running again. */
  OffCore = 4,
  /** Stands in WaitGroup.Wait and could have been let go (controlled/scheduler.ts). */
  Released = 8,
}

/** What a goroutine that runs again has to finish first. */
export const enum Resume {
  Nothing = 0,
  MutexLock = 1,
  RWLockMutex = 2,
  RWLockReaders = 3,
  RWRLock = 4,
  WaitGroupWait = 5,
  CondWait = 6,
  OnceDo = 7,
  /** Computes: WorkLeft says how long. */
  Work = 8,
  /** Ends the program: ResumeObject is the trap that says how. */
  End = 9,
}

/**
 * A goroutine that waits on a channel. Each case of a select has one in a block of its own; who waits on one channel has the words up to Case in its goroutine's block,
 * and nothing is allocated.
 */
export const enum SudogAt {
  G = 0,
  /** Address of the value to send, or of where to receive; 0: dropped. */
  Elem = 1,
  /** Neighbours in the channel's queue. */
  Next = 2,
  Prev = 3,
  /** Address of the receive's ok; 0: none. */
  Ok = 4,
  /** Case index in source order; -1: not a select, and what follows is not there. */
  Case = 5,
  Channel = 6,
  /** Next sudog of the same goroutine; also the free list. */
  WaitLink = 7,
  /** 1: sends, 0: receives. */
  Sends = 8,
  /** Where the select's result goes. */
  Result = 9,
  Slots = 5,
}
/** Words of a sudog that is not a select's. */
const SINGLE_SUDOG_WORDS = 6;
assert(GAt.Sudog + SINGLE_SUDOG_WORDS <= GAt.Slots * 2, 'a sudog fits into its goroutine', {});
assert(GAt.Timer + TimerAt.Slots * 2 <= GAt.Slots * 2, 'a timer node fits into its goroutine', {});

interface Sudog {
  SudogAt: true;
  [SudogAt.G]: GAddr;
  [SudogAt.Channel]: ChanAddr;
  [SudogAt.Next]: SudogAddr;
  [SudogAt.Prev]: SudogAddr;
  [SudogAt.WaitLink]: SudogAddr;
}
export type SudogAddr = Address<Sudog>;

/** hchan. The buffer follows in the same block. */
export const enum ChanAt {
  Count = 0,
  Capacity = 1,
  ElemSlots = 2,
  Type = 3,
  Closed = 4,
  /** Index in the buffer of the next send and the next receive. */
  SendIndex = 5,
  RecvIndex = 6,
  /** FIFO queues of sudogs. */
  SendHead = 8,
  /** @public */
  SendTail = 9,
  RecvHead = 10,
  /** @public */
  RecvTail = 11,
  /** Sends and receives completed: the numbers in events. */
  Sends = 12,
  Receives = 13,
  /** The make expression. */
  Site = 14,
  /** 1: a timer's channel. */
  Timer = 15,
  Slots = 8,
  Buffer = 16,
}

interface Channel {
  ChanAt: true;
  [ChanAt.SendHead]: SudogAddr;
  [ChanAt.SendTail]: SudogAddr;
  [ChanAt.RecvHead]: SudogAddr;
  [ChanAt.RecvTail]: SudogAddr;
}
export type ChanAddr = Address<Channel>;

export const enum PStatus {
  /** In the list of idle Ps. */
  Idle = 0,
  Running = 1,
  /** Its M is in a short system call and takes it again at the end, if nobody else has. */
  SystemCall = 2,
  /** An M that starts or wakes will acquire it: nobody else may. */
  Assigned = 3,
}

/** P: what a thread needs to run goroutines. */
export const enum PAt {
  Index = 0,
  Status = 1,
  /** The M that holds it; 0: none. */
  M = 2,
  /** Ring of runnable goroutines: head and tail only grow, modulo 2^32. */
  Head = 3,
  Tail = 4,
  RunNext = 5,
  /** Time slices begun: every 61st looks at the global queue first. */
  Tick = 6,
  NextIdle = 7,
  /** Float64: start of the present time slice. */
  SliceStart = 8,
  Ring = 10,
  Slots = 133,
  /** Distance of two Ps. */
  Words = 266,
}
interface Processor {
  PAt: true;
  [PAt.M]: MAddr;
  [PAt.RunNext]: GAddr;
  [PAt.NextIdle]: PAddr;
}
export type PAddr = Address<Processor>;

/** Places in a P's ring. */
export const RING = 256;

/** M: a thread that runs goroutines. */
export const enum MAt {
  Thread = 0,
  P = 1,
  /** The goroutine that it runs; 0: it must find one. */
  G = 2,
  /** The P that a parked M gets when it is woken. */
  NextP = 3,
  /** 1: it has a P and looks for work. */
  Spinning = 4,
  Round = 5,
  NextIdle = 6,
  /** MPhase. */
  Phase = 7,
  /** In a system call: for which goroutine, and with which P it entered. */
  CallG = 8,
  OldP = 9,
  /** 1: it has waited for a running P to use its runnext before stealing it. */
  Waited = 10,
  Slots = 6,
}

interface Machine {
  MAt: true;
  [MAt.Thread]: ThreadAddr;
  [MAt.P]: PAddr;
  [MAt.G]: GAddr;
  [MAt.NextP]: PAddr;
  [MAt.NextIdle]: MAddr;
  [MAt.CallG]: GAddr;
  [MAt.OldP]: PAddr;
}
export type MAddr = Address<Machine>;

export const enum MPhase {
  /** Runs goroutines or looks for one. */
  Schedule = 0,
  /** Parked or new: takes NextP when it runs. */
  Start = 1,
  /** Was in a system call. */
  CallEnd = 2,
}

/** schedt, one for each process. */
export const enum SchedAt {
  Process = 0,
  Processors = 1,
  ProcessorCount = 2,
  /** Global run queue, linked by GAt.Next. */
  GlobalHead = 3,
  GlobalTail = 4,
  GlobalSize = 5,
  IdleP = 6,
  IdlePCount = 7,
  IdleM = 8,
  IdleMCount = 9,
  MCount = 10,
  Spinning = 11,
  /** Timers and network waits that will wake a goroutine or start one: while there are any there is no deadlock. */
  Wakers = 12,
  /** All goroutines alive, oldest first. */
  AllHead = 13,
  AllTail = 14,
  GCount = 15,
  FreeG = 16,
  FreeSudog = 17,
  MainG = 18,
  /** 1: main called Goexit. */
  MainGone = 19,
  /** Hash table of goroutines that wait on an address, and how many addresses there are. */
  SemaTable = 20,
  SemaRoots = 21,
  Globals = 22,
  /** The goroutine that ran last, where there are no Ms (controlled/scheduler.ts). */
  Running = 23,
  Slots = 12,
}

interface SchedBlock {
  SchedAt: true;
  [SchedAt.Process]: ProcessAddr;
  [SchedAt.Processors]: PAddr;
  [SchedAt.GlobalHead]: GAddr;
  [SchedAt.GlobalTail]: GAddr;
  [SchedAt.IdleP]: PAddr;
  [SchedAt.IdleM]: MAddr;
  [SchedAt.AllHead]: GAddr;
  [SchedAt.AllTail]: GAddr;
  [SchedAt.FreeG]: GAddr;
  [SchedAt.FreeSudog]: SudogAddr;
  [SchedAt.MainG]: GAddr;
  [SchedAt.SemaTable]: SemaTableAddr;
  [SchedAt.Globals]: GlobalsAddr;
  [SchedAt.Running]: GAddr;
}
export type SchedAddr = Address<SchedBlock>;

/** Buckets of the first semaphore table (semaRoot): a power of two. */
export const SEMA_BUCKETS = 256;

/** Its buckets, each the first of a list of roots. */
export type SemaTableAddr = Address<{ readonly semaTable: true }>;

/** The queue of goroutines that wait on one address, linked by GAt.Next. */
export const enum SemaRootAt {
  Key = 0,
  Head = 1,
  Tail = 2,
  NextRoot = 3,
  Slots = 2,
}

interface SemaRoot {
  SemaRootAt: true;
  [SemaRootAt.Head]: GAddr;
  [SemaRootAt.Tail]: GAddr;
  [SemaRootAt.NextRoot]: SemaRootAddr;
}
export type SemaRootAddr = Address<SemaRoot>;

/** A timer of package time. */
export const enum TimerObjectAt {
  /** The kernel's timer node stands first. @public */
  Node = 0,
  /** Float64: period of a ticker; 0: fires once. */
  Period = 6,
  /** Channel to send the time to; 0: calls the function. */
  Channel = 8,
  Closure = 9,
  /** Goroutine that started it, and the instruction. */
  Starter = 10,
  Site = 11,
  /** The time.Time that it sends: one slot. */
  Value = 12,
  Slots = 7,
}

interface TimerObject extends TimerNode {
  TimerObjectAt: true;
  [TimerObjectAt.Channel]: ChanAddr;
}
export type TimerObjectAddr = Address<TimerObject>;

/** Kinds of the runtime's timers (with the process id above bit 8). */
export const enum RuntimeTimer {
  WakeSleeper = 16,
  WakeNetwork = 17,
  Timer = 18,
}
