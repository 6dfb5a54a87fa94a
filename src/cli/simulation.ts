/** This file turns flags into a simulation: the simulated machine, the budgets, the seed or the schedule. */
import { BUDGET_NAMES, type BudgetName, DEFAULT_BUDGETS, budgetOfKey, budgetRow } from '../base/budgets';
import { isMachineKey, machineKeys } from '../base/machineKeys';
import type { ReplayingChooser } from '../event/choice';
import type { Compiled } from '../session/compile';
import { Simulation, type SimulationOptions, type SimulationResult } from '../session/simulation';
import { ScheduleError } from '../trace/schedule';
import type { Flags } from './args';
import type { Signal } from './exit';
import type { Io } from './io';
import { Limits } from './limits';
import { UsageError, VALUES, readValue } from './values';

const DEFAULT_SEED = 42; // the editor's, so that both show the same run
/** Instructions between two looks at the clock and at standard output. */
const SLICE_STEPS = 50_000;

const UNITS = { count: VALUES.count, ns: VALUES.duration, bytes: VALUES.size } as const;

interface Machine {
  readonly settings: Record<string, number>;
  readonly budgets: Record<BudgetName, number>;
  /** Keys that were given a value. */
  readonly given: Set<string>;
}

const NS_OF_MS = 1e6;

/** What the flags say of the machine and its budgets. @throws UsageError */
export function machineOf(flags: Flags): Machine {
  const machine: Machine = { settings: {}, budgets: { ...DEFAULT_BUDGETS }, given: new Set() };
  for (const name of ['cores', 'memory', 'quantum'] as const) {
    const text = flags.text(name);
    if (text !== undefined) set(machine, name, text, `--${name}`);
  }
  for (const text of flags.all('set')) {
    const [key, value] = text.split(/=(.*)/s) as [string, string];
    set(machine, key, value, `--set ${key}`);
  }
  setFlag(machine, flags, 'max-steps', 'steps', 1);
  setFlag(machine, flags, 'time-limit', 'wallTime', NS_OF_MS);
  return machine;
}

function set(machine: Machine, key: string, text: string, what: string): void {
  once(machine, key, what);
  const budget = budgetOfKey(key);
  if (budget) {
    setBudget(machine, budget, readValue(VALUES.count, what, text), what, text);
    return;
  }
  if (!isMachineKey(key)) {
    const keys = [...Object.keys(machineKeys), ...BUDGET_NAMES.map((name) => budgetRow(name).key)];
    throw new UsageError(`${what}: no such key; there are ${keys.join(' ')}`);
  }
  const { unit, min, max } = machineKeys[key];
  const value = readValue(UNITS[unit], what, text);
  if (value < min || value > max) throw new UsageError(`${what}: expected ${min} to ${max}${unit === 'count' ? '' : ` ${unit}`}, not ${text}`);
  machine.settings[key] = value;
} // prettier-ignore

/** Two values for one key contradict each other, whichever flags give them. @throws UsageError */
function once({ given }: Machine, key: string, what: string): void {
  if (given.has(key)) throw new UsageError(`${what}: ${key} is given twice`);
  given.add(key);
}

/** @param value in the key's unit. @param text as it was written. @throws UsageError */
function setBudget({ budgets }: Machine, name: BudgetName, value: number, what: string, text: string): void {
  const { factor, min, max, unit } = budgetRow(name);
  if (value < min || value > max) throw new UsageError(`${what}: expected ${min} to ${max} ${unit}, not ${text}`);
  budgets[name] = value * factor;
}

/** A budget that has a flag of its own. @param per units of the flag's value to one of the key's. @throws UsageError */
function setFlag(machine: Machine, flags: Flags, flag: 'max-steps' | 'time-limit', name: BudgetName, per: number): void {
  const value = flags.number(flag);
  if (value === undefined) return;
  once(machine, budgetRow(name).key, `--${flag}`);
  setBudget(machine, name, value / per, `--${flag}`, flags.text(flag)!);
} // prettier-ignore

/** When a command that simulates is to end. @throws UsageError */
export function limitsOf(flags: Flags, io: Io): Limits {
  return new Limits(io, machineOf(flags).budgets.wallTime);
}

/** How a simulation came to its end. */
export interface Simulated extends SimulationResult {
  /** It was ended by a signal, where it was. */
  readonly signal?: Signal;
  /** Of the schedule that it replayed: choices there are, and choices that had to be made beyond them. */
  readonly replay?: { readonly choices: number; readonly drawn: number };
}

/** Runs a compiled program as the flags say. Undefined: nobody reads the output any more. @throws UsageError */
export function simulateWith(
  { program, code }: Compiled,
  flags: Flags,
  io: Io,
  limits: Limits,
  more: Pick<SimulationOptions, 'onOutput' | 'trace' | 'tellingNs'> = {},
): Simulated | undefined {
  const { settings, budgets } = machineOf(flags);
  const schedule = flags.text('schedule');
  try {
    const simulation = new Simulation(program, code!, {
      seed: flags.number('seed') ?? DEFAULT_SEED,
      settings,
      budgets,
      interrupt: limits.interrupt,
      deadline: limits.deadline,
      ...(schedule !== undefined && { schedule }),
      ...more,
    });
    return drive(simulation, io, limits);
  } catch (error) {
    if (error instanceof ScheduleError) throw new UsageError(`--schedule: ${error.message}`);
    throw error;
  }
}

/** Advances a simulation to its end, or until its time is up, somebody interrupts it or nobody reads the output any more. */
function drive(simulation: Simulation, io: Io, limits: Limits): Simulated | undefined {
  while (simulation.advance(SLICE_STEPS) === 'running') {
    if (io.closed) return undefined;
    assertFits(simulation.replaying);
    const reason = limits.reason();
    if (reason) simulation.stop(reason);
  }
  limits.conclude();
  assertFits(simulation.replaying);
  const { result, replaying } = simulation;
  const { signal } = limits;
  // Not copied: whoever copies the schedule has it written.
  return Object.assign(result, signal && { signal }, replaying && { replay: replayOf(replaying, result) });
}

/** @throws UsageError for the schedule of another run */
function assertFits(replaying: ReplayingChooser | undefined): void {
  const misfit = replaying?.misfit;
  if (!misfit) return;
  const { at, chosen, count } = misfit;
  throw new UsageError(`${OTHER_RUN}: its choice ${at} of ${replaying.choices.length} is number ${chosen + 1}, and there are ${count} to choose from`);
} // prettier-ignore

/** @throws UsageError where choices are left over, though the run was not stopped before it came to them */
function replayOf({ choices, used, drawn }: ReplayingChooser, { outcome }: SimulationResult): Simulated['replay'] {
  if (used < choices.length && outcome.kind !== 'budget')
    throw new UsageError(`${OTHER_RUN}: this one ended after ${used} of its ${choices.length} choices`);
  return { choices: choices.length, drawn };
}

const OTHER_RUN = '--schedule: it is of another program, machine or version';
