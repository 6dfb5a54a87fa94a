/** This file names the ways in which an alternative of the controlled scheduler is carried out. */

export const enum Move {
  /** The goroutine executes its instruction. */
  Step = 0,
  /** It finishes what it has begun: it enters a lock that it has announced, or ends the program. */
  Finish = 1,
  /** The partner begins to wait on the channel, and then the goroutine executes its instruction. */
  Meet = 2,
  /** It was let go from a WaitGroup that is in use again. */
  Reused = 3,
  /** A timer fires. */
  Fire = 4,
}
