/** This file defines the three limits of virtual time that the machine sets the vm, by what an operation can show to others. */

/** Which limit an operation must not pass. */
export const Horizon = {
  /** Synchronisation, system calls, everything that orders goroutines. */
  Exact: 0,
  /** A plain access of shared memory. */
  Near: 1,
  /** Jumps and calls: nobody else can see them. */
  Far: 2,
} as const;
export type Horizon = (typeof Horizon)[keyof typeof Horizon];
