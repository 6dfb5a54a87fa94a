/** This file turns flags into a simulation: the simulated machine, the budgets, the seed or the schedule. */
import { isMachineKey, machineKeys } from '../base/machineKeys';
import type { Compiled } from '../session/compile';
import { Simulation, type SimulationOptions, type SimulationResult } from '../session/simulation';
import { ScheduleError } from '../trace/schedule';
import type { Flags } from './args';
import type { Io } from './io';
import { UsageError, VALUES, readValue } from './values';

const DEFAULT_SEED = 42; // the editor's, so that both show the same run
/** Instructions between two looks at the clock and at standard output. */
const SLICE_STEPS = 200_000;

const UNITS = { count: VALUES.count, ns: VALUES.duration, bytes: VALUES.size } as const;

/** Keys of `--set budget.…`: the budget, and how many of its units one unit of the key is; as the settings of the editor. */
const BUDGET_KEYS: Readonly<Record<string, { readonly budget: string; readonly factor: number }>> = {
  'budget.instructions': { budget: 'steps', factor: 1 },
  'budget.virtualTime': { budget: 'virtualNs', factor: 1e9 },
  'budget.memory': { budget: 'memoryWords', factor: (1024 * 1024) / 4 },
  'budget.goroutines': { budget: 'goroutines', factor: 1 },
  'budget.output': { budget: 'outputBytes', factor: 1024 },
};

interface Machine {
  readonly settings: Record<string, number>;
  readonly budgets: Record<string, number>;
}

/** What the flags say of the machine and its budgets. @throws UsageError */
export function machineOf(flags: Flags): Machine {
  const machine: Machine = { settings: {}, budgets: {} };
  for (const name of ['cores', 'memory', 'quantum'] as const) {
    const text = flags.text(name);
    if (text !== undefined) set(machine, name, text, `--${name}`);
  }
  for (const text of flags.all('set')) {
    const [key, value] = text.split(/=(.*)/s) as [string, string];
    set(machine, key, value, `--set ${key}`);
  }
  const steps = flags.number('max-steps');
  if (steps !== undefined) machine.budgets.steps = steps;
  return machine;
}

function set(machine: Machine, key: string, text: string, what: string): void {
  const budget = BUDGET_KEYS[key];
  if (budget) {
    machine.budgets[budget.budget] = readValue(VALUES.count, what, text) * budget.factor;
    return;
  }
  if (!isMachineKey(key)) {
    throw new UsageError(`${what}: no such key; there are ${[...Object.keys(machineKeys), ...Object.keys(BUDGET_KEYS)].join(' ')}`);
  } // prettier-ignore
  const { unit, min, max } = machineKeys[key];
  const value = readValue(UNITS[unit], what, text);
  if (value < min || value > max) throw new UsageError(`${what}: expected ${min} to ${max}${unit === 'count' ? '' : ` ${unit}`}, not ${text}`);
  machine.settings[key] = value;
} // prettier-ignore

/** Runs a compiled program as the flags say. Undefined: nobody reads the output any more. @throws UsageError */
export function simulateWith(
  { program, code }: Compiled,
  flags: Flags,
  io: Io,
  more: Pick<SimulationOptions, 'onOutput'> = {},
): SimulationResult | undefined {
  const { settings, budgets } = machineOf(flags);
  const schedule = flags.text('schedule');
  try {
    const simulation = new Simulation(program, code!, {
      seed: flags.number('seed') ?? DEFAULT_SEED,
      settings,
      budgets,
      ...(schedule !== undefined && { schedule }),
      ...more,
    });
    return drive(simulation, (flags.number('time-limit') ?? Infinity) / 1e6, io);
  } catch (error) {
    if (error instanceof ScheduleError) throw new UsageError(`--schedule: ${error.message}`);
    throw error;
  }
}

/** Advances a simulation to its end, or until its time is up or nobody reads the output any more. */
function drive(simulation: Simulation, limitMs: number, io: Io): SimulationResult | undefined {
  const start = io.now();
  while (simulation.advance(SLICE_STEPS) === 'running') {
    if (io.closed) return undefined;
    if (io.now() - start > limitMs) simulation.stop('wallTime');
  }
  return simulation.result;
}
