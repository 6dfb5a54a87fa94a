/**
 * This file defines where each piece of the kernel's state stands in memory: word offsets within its blocks.
 * An offset named after a Float64 is even; read it as `f64[(block + offset) >> 1]`. Which words are addresses, and of what, stands in the interface after
 * each enum (base/address.ts).
 */
import type { AccountAddr } from '../base/accounts';
import type { Address } from '../base/address';

/** Tags of the kernel's blocks in Memory: kind 14 (the low four bits), then which block. */
export const enum KernelTag {
  Kernel = 0x0e,
  Cores = 0x1e,
  Thread = 0x2e,
  Process = 0x3e,
  TimerHeap = 0x4e,
}

/** The kernel's own scalars; allocated first of all, so its address is the same in every machine. */
export const enum KernelAt {
  NextThreadId = 0,
  NextProcessId = 1,
  /** FIFO of runnable threads that have no core, linked by ThreadAt.Next. */
  QueueHead = 2,
  QueueTail = 3,
  QueueSize = 4,
  /** Block of the timer heap (word addresses of timer nodes) and number of nodes in it. */
  Heap = 5,
  HeapSize = 6,
  /** Order in which timers were armed: the earlier of two with equal times stands first. */
  TimerSeq = 7,
  /** Index + 1 of the core whose step was interrupted by a pause; 0: none. */
  Interrupted = 8,
  Cores = 9,
  CoreCount = 10,
  /** All processes and all threads that are alive, linked by AllNext. */
  Processes = 11,
  Threads = 12,
  ThreadCount = 13,
  ProcessCount = 14,
  /** Thread switches so far. */
  Switches = 15,
  /** Float64: virtual time of the latest event. */
  Now = 16,
  /** Turns of the dispatcher's loop so far. */
  Turns = 18,
  /** Float64: how far the turn that was interrupted by a pause may go. */
  Limit = 20,
  Slots = 11,
}

interface KernelBlock {
  KernelAt: true;
  [KernelAt.QueueHead]: ThreadAddr;
  [KernelAt.QueueTail]: ThreadAddr;
  [KernelAt.Cores]: CoreAddr;
  [KernelAt.Processes]: ProcessAddr;
  [KernelAt.Threads]: ThreadAddr;
}
export type KernelAddr = Address<KernelBlock>;

export const enum CoreAt {
  /** Float64: virtual ns up to which this core has been simulated. */
  Clock = 0,
  /** Float64: end of the running thread's quantum; means something only while threads wait for a core. */
  SliceEnd = 2,
  /** Address of the thread on this core; 0: idle. */
  Thread = 4,
  /** The thread that was on this core last (its caches are warm). */
  LastThread = 5,
  /** 1 until the thread has made its first step on this core. */
  Starting = 6,
  Slots = 4,
  /** Distance of two cores in the cores block. */
  Words = 8,
}

interface Core {
  CoreAt: true;
  [CoreAt.Thread]: ThreadAddr;
  [CoreAt.LastThread]: ThreadAddr;
}
export type CoreAddr = Address<Core>;

export const enum ThreadState {
  /** Waits for a core in the run queue. */
  Runnable = 0,
  Running = 1,
  /** Waits for a wake (futex). */
  Parked = 2,
  /** In a system call until its timer fires. */
  InSystemCall = 3,
  Dead = 4,
}

export const enum ThreadAt {
  Id = 0,
  Process = 1,
  State = 2,
  /** Index of its core, -1: none. */
  Core = 3,
  LastCore = 4,
  /** Number of the body that runs it ({@link Kernel.register}). */
  Body = 5,
  /** Weight from its nice value; 1024 is nice 0. Its quantum is proportional. */
  Weight = 6,
  Next = 7,
  AllNext = 8,
  AllPrev = 9,
  /** One word for the body that runs it; the kernel never looks at it. */
  User = 10,
  /** 1: a wake came before the park it was meant for. */
  WakePending = 11,
  /** A timer node: end of the system call. */
  Timer = 12,
  Slots = 9,
}

interface Thread {
  ThreadAt: true;
  [ThreadAt.Process]: ProcessAddr;
  [ThreadAt.Next]: ThreadAddr;
  [ThreadAt.AllNext]: ThreadAddr;
  [ThreadAt.AllPrev]: ThreadAddr;
  [ThreadAt.User]: unknown;
}
export type ThreadAddr = Address<Thread>;

export const enum ProcessAt {
  Id = 0,
  ParentId = 1,
  /** 0: alive, 1: exited. */
  Exited = 2,
  ExitStatus = 3,
  Threads = 4,
  AllNext = 5,
  /** Globals block of the program it runs. */
  Globals = 6,
  /** One word for who made it. */
  User = 7,
  /** Its account of memory (base/accounts.ts). */
  Account = 8,
  Slots = 5,
}

interface Process {
  ProcessAt: true;
  [ProcessAt.AllNext]: ProcessAddr;
  [ProcessAt.Globals]: unknown;
  [ProcessAt.User]: unknown;
  [ProcessAt.Account]: AccountAddr;
}
export type ProcessAddr = Address<Process>;

/** A timer node stands inside the block of whatever waits: a thread, a goroutine, a timer object. */
export const enum TimerAt {
  /** Float64: virtual ns at which it fires. */
  When = 0,
  /** Place in the heap + 1; 0: not armed. */
  Place = 2,
  Seq = 3,
  /** What to do: kind | number of the body << 8. */
  Kind = 4,
  /** Address that the kind knows how to read. */
  Object = 5,
  Slots = 3,
}

export interface TimerNode {
  TimerAt: true;
  [TimerAt.Object]: unknown;
}
export type TimerAddr = Address<TimerNode>;

/** The timer node in a thread's block. */
export function timerOf(thread: ThreadAddr): TimerAddr {
  return (thread + ThreadAt.Timer) as TimerAddr;
}

/** Kinds of timers. */
export const enum TimerKind {
  SystemCallEnd = 0,
  /** The bodies' own begin here. */
  FirstOfBodies = 16,
}
