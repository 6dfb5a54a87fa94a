/** This file looks at a request before it is served: a machine that no settings describe would end in a false verdict, or take the simulator down. */
import { InternalError } from '../base/assert';
import { BUDGET_NAMES, budgetRow } from '../base/budgets';
import { isMachineKey, machineKeys } from '../base/machineKeys';
import type { RunRequest } from '../protocol/messages';

/** Whoever asks has seen to it that all of this holds. @throws InternalError that names what does not */
export function checkRequest(request: RunRequest): void {
  for (const [what, value] of wrongs(request)) {
    throw new InternalError(`a request has a wrong ${what}`, { [what]: value });
  }
}

/** What is wrong with a request: by name, and the value. */
function* wrongs(request: RunRequest): Iterable<[string, unknown]> {
  const { sources, focus, seed, settings, budgets, schedule, trace } = request;
  if (!Array.isArray(sources)) yield ['sources', sources];
  for (const { name, text } of sources) {
    if (typeof name !== 'string') yield ['name', name];
    if (typeof text !== 'string') yield ['text', text];
  }
  if (typeof focus !== 'string') yield ['focus', focus];
  if (!Number.isSafeInteger(seed)) yield ['seed', seed];
  if (schedule !== undefined && typeof schedule !== 'string') yield ['schedule', schedule];
  if (typeof trace !== 'boolean') yield ['trace', trace];
  for (const [key, value] of Object.entries(settings)) if (!isSetting(key, value)) yield [key, value];
  for (const name of BUDGET_NAMES) if (!isBudget(name, budgets[name])) yield [name, budgets[name]];
}

function isSetting(key: string, value: unknown): boolean {
  return isMachineKey(key) && isWhole(value, machineKeys[key].min, machineKeys[key].max);
}

/** A budget in its own unit, of which the key's may be a multiple. */
function isBudget(name: (typeof BUDGET_NAMES)[number], value: unknown): boolean {
  const { max, factor } = budgetRow(name);
  return isWhole(value, 1, max * factor);
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}
