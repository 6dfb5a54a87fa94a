/** This file names what becomes of a goroutine that has asked the runtime for something. */

export const enum Next {
  /** It goes on. */
  Continue = 0,
  /** It waits: its M needs another goroutine. */
  Parked = 1,
  /** It gives up its P to others, from the global queue (Gosched). */
  Yield = 2,
  /** It gives its P to the goroutine it has just readied (goyield). */
  YieldLocal = 3,
  /** It is in a system call for `runtime.callNs`. */
  SystemCall = 4,
  /** The simulation is over: platform.outcome says how. */
  Halt = 5,
  /** Its process has ended, others go on. */
  Exited = 7,
  /** Its time slice is over. */
  Preempted = 6,
}
