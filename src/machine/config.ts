/** This file defines the simulated computer: what a program may set in `machine { … }`, with the default of each key. Times are virtual ns, sizes bytes. */
import type { KernelConfig } from '../kernel/config';
import type { RuntimeConfig } from '../runtime/config';

export interface MachineConfig extends KernelConfig, RuntimeConfig {
  /** Physical memory. */
  readonly memory: number;
  /** One simple instruction, and a call. */
  readonly instruction: number;
  readonly call: number;
}

const MS = 1e6;
const US = 1e3;
const KB = 1024;

/** The costs measured on a real machine (docs/engine.md, "Costs"). */
export const DEFAULT_CONFIG: MachineConfig = {
  cores: 4,
  processors: 4,
  memory: 8 * KB * KB * KB,
  quantum: 4 * MS,
  instruction: 1,
  call: 3,
  goroutineSwitch: 200,
  goroutineCreate: 300,
  threadSwitch: 1.5 * US,
  processSwitch: 2.5 * US,
  cacheRefill: 5 * US,
  threadCreate: 20 * US,
  processCreate: 150 * US,
  threadStack: KB * KB,
  syscall: 300,
  goPreempt: 10 * MS,
  sysmonTick: 20 * US,
  channelOp: 0,
  lockOp: 0,
  jitter: 500,
  switchJitter: 10,
  randomRunNext: false,
  traceQueues: false,
  maxThreads: 10000,
  // 2009-11-10 23:00:00 UTC, the instant at which the Go playground's clock starts.
  epoch: 1257894000 * 1e9,
};

/** A configuration from settings by key; the number of Ps follows the cores unless it is set. Unknown keys are the checker's to report. */
export function machineConfig(settings: Readonly<Partial<MachineConfig>> = {}): MachineConfig {
  const cores = settings.cores ?? DEFAULT_CONFIG.cores;
  return { ...DEFAULT_CONFIG, ...settings, cores, processors: settings.processors ?? cores };
}
