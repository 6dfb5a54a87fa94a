/** This file lists the keys of the simulated machine, shared by `machine { … }`, the settings, the command line and the kernel. */

/** `ns`: a duration in nanoseconds; `bytes`: a size; `count`: a number of things. */
export type MachineUnit = 'count' | 'ns' | 'bytes';

export interface MachineKey {
  readonly unit: MachineUnit;
  /** In the key's unit. */
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** One sentence for hover texts, settings and `--help`. */
  readonly sentence: string;
}

const US = 1_000;
const MS = 1_000_000;
const S = 1_000_000_000;
const KB = 1024;
const MB = 1024 * KB;
const GB = 1024 * MB;
const TB = 1024 * GB;

const ns = (value: number, sentence: string, min = 0, max = S): MachineKey => ({
  unit: 'ns',
  default: value,
  min,
  max,
  sentence,
});

/** Every key with its default and limits; the order is that of documentation. */
export const machineKeys = {
  cores: { unit: 'count', default: 4, min: 1, max: 256, sentence: 'Number of CPU cores; GOMAXPROCS starts as this.' },
  memory: {
    unit: 'bytes',
    default: 8 * GB,
    min: MB,
    max: 64 * TB,
    sentence: 'Physical memory, shared by all processes.',
  },
  quantum: ns(4 * MS, 'Time slice the kernel gives a thread before another one may run.', US, 10 * S),
  threadStack: {
    unit: 'bytes',
    default: MB,
    min: 16 * KB,
    max: GB,
    sentence: 'Fixed stack that every kernel thread reserves when it is created.',
  },
  goroutineStack: {
    unit: 'bytes',
    default: 2 * KB,
    min: KB,
    max: GB,
    sentence: 'Stack a goroutine starts with; it grows by doubling.',
  },
  goroutineStackMax: {
    unit: 'bytes',
    default: 1_000_000_000,
    min: 4 * KB,
    max: 16 * GB,
    sentence: 'Stack size at which a goroutine is stopped with a stack overflow.',
  },
  threadLimit: {
    unit: 'count',
    default: 10_000,
    min: 1,
    max: 1_000_000,
    sentence: 'Number of kernel threads a process may have.',
  },
  instruction: ns(1, 'Time of one simple instruction.'),
  call: ns(3, 'Time of one function call.'),
  goroutineSwitch: ns(200, 'Time to switch between goroutines of one thread, without the kernel.'),
  threadSwitch: ns(1_500, 'Time the kernel takes to switch between threads of one process.'),
  goroutineCreate: ns(300, 'Time to start a goroutine.'),
  threadCreate: ns(20 * US, 'Time to create a kernel thread.'),
  processMemory: {
    unit: 'bytes',
    default: 3 * MB,
    min: 0,
    max: GB,
    sentence: "Memory of a new process: its page tables and the language's runtime.",
  },
  systemCall: ns(300, 'Time of a system call that does not block.'),
  goPreempt: ns(10 * MS, 'Time after which the Go scheduler preempts a goroutine that goes on running.', US, 10 * S),
} as const satisfies Readonly<Record<string, MachineKey>>;

export type MachineKeyName = keyof typeof machineKeys;

export function isMachineKey(name: string): name is MachineKeyName {
  return Object.hasOwn(machineKeys, name);
}
