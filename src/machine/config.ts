/** This file defines the simulated computer: the keys that a program may set (base/machineKeys.ts) and what only the machine's user chooses. Times are virtual ns. */
import { machineKeys, type MachineKeyName } from '../base/machineKeys';
import type { KernelConfig } from '../kernel/config';
import type { RuntimeConfig } from '../runtime/config';

/** What is not part of the language: how chance enters, what is traced. */
interface Extras {
  readonly processors: number;
  readonly processSwitch: number;
  readonly cacheRefill: number;
  readonly sysmonTick: number;
  readonly jitter: number;
  readonly switchJitter: number;
  readonly slack: number;
  readonly randomRunNext: boolean;
  readonly traceQueues: boolean;
  readonly epoch: number;
}

export type MachineConfig = Readonly<Record<MachineKeyName, number>> & Extras & KernelConfig & RuntimeConfig;

const KEY_DEFAULTS = Object.fromEntries(
  Object.entries(machineKeys).map(([name, key]) => [name, key.default]),
) as Record<MachineKeyName, number>;

/** The costs measured on a real machine, and chance as between the cores of one. */
export const DEFAULT_CONFIG: MachineConfig = {
  ...KEY_DEFAULTS,
  processors: KEY_DEFAULTS.cores,
  processSwitch: 2_500,
  cacheRefill: 5_000,
  sysmonTick: 20_000,
  jitter: 500,
  switchJitter: 10,
  slack: 20,
  randomRunNext: false,
  traceQueues: false,
  // 2009-11-10 23:00:00 UTC, the instant at which the Go playground's clock starts.
  epoch: 1257894000 * 1e9,
};

/** A configuration from settings by key; the number of Ps follows the cores unless it is set. Unknown keys are the checker's to report. */
export function machineConfig(settings: Readonly<Partial<MachineConfig>> = {}): MachineConfig {
  const cores = settings.cores ?? DEFAULT_CONFIG.cores;
  return { ...DEFAULT_CONFIG, ...settings, cores, processors: settings.processors ?? cores };
}
