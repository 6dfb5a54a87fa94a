/** This file defines what Go's runtime takes from the machine's configuration. All times are virtual ns. */
export interface RuntimeConfig {
  readonly cores: number;
  /** GOMAXPROCS. */
  readonly processors: number;
  readonly goroutineSwitch: number;
  readonly goroutineCreate: number;
  /** Time slice after which a goroutine is preempted. */
  readonly goPreempt: number;
  /** System calls of at least this many ns are known to block: P is handed on at once. */
  readonly sysmonTick: number;
  readonly threadCreate: number;
  readonly systemCall: number;
  /** Unit of chance in goroutine switches; 0: none. */
  readonly switchJitter: number;
  /** Virtual ns by which plain accesses of memory may run ahead of other cores; synchronisation never does. */
  readonly slack: number;
  /** As Go does under -race: a readied goroutine goes first only by chance. */
  readonly randomRunNext: boolean;
  /** Length of queues is an event, too. */
  readonly traceQueues: boolean;
  /** Most threads of a process. */
  readonly threadLimit: number;
  /** Most bytes of a goroutine's stack. */
  readonly goroutineStackMax: number;
  /** What a process needs before it does anything, in bytes. */
  readonly processMemory: number;
  /** Nanoseconds of Unix time at boot. */
  readonly epoch: number;
}
