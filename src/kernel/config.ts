/** This file defines what the kernel takes from the machine's configuration: hardware, and what its own services cost. All times are virtual ns. */

export interface KernelConfig {
  readonly cores: number;
  /** Time slice of a thread of weight 1024 while others wait for a core. */
  readonly quantum: number;
  /** Switch of a core between threads of one process, and between processes. */
  readonly threadSwitch: number;
  readonly processSwitch: number;
  /** Slower work after a switch between processes, while caches fill. */
  readonly cacheRefill: number;
  readonly threadCreate: number;
  /** Entering and leaving the kernel. */
  readonly systemCall: number;
  /** Address space reserved for the stack of a thread, in bytes. */
  readonly threadStack: number;
  /** Unit of the chance in how long a woken thread takes to its first instruction; 0: no such chance. */
  readonly jitter: number;
}
