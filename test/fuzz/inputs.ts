/** This file makes the inputs of a hunt: input number N of a seed is the same on every machine that has the same corpus. */
import { budgetRow, type Budgets } from '../../src/base/budgets';
import { machineKeys } from '../../src/base/machineKeys';
import type { SourceText } from '../../src/session/compile';
import { Chance } from './chance';
import type { Library } from './library';
import { mutant, type Mutant } from './mutate';
import type { SourceDialect } from './specimen';
import { compiles } from './typed';

/** How far an input goes: through scanner and parser; through all that reads texts; or through a run and all that is made of one. */
export type Depth = 'parse' | 'front' | 'run';

/** All that decides what the stages do: plain data, so that a failure is a file. */
export interface FuzzInput {
  readonly sources: readonly SourceText[];
  readonly depth: Depth;
  readonly seed: number;
  /** Keys of the machine. */
  readonly settings: Readonly<Record<string, number>>;
  readonly budgets: Partial<Budgets>;
  readonly scheduler: 'simulated' | 'controlled';
  /** Instructions between two looks at the clock. */
  readonly slice: number;
  /** What becomes of the schedule before it is replayed; undefined: nothing is replayed. */
  readonly replay?: 'same' | 'truncated' | 'garbled';
  /** Names of the mutators, for people. */
  readonly by: readonly string[];
}

/** As often as what they cost lets them: a run takes a hundred times as long as a parse. */
const DEPTHS: readonly Depth[] = ['parse', 'parse', 'front', 'front', 'run', 'run'];

/** What a mutant may use up: small, for it may well be endless. */
export const SMALL_BUDGETS = {
  steps: 200_000,
  virtualNs: 10e9,
  memoryWords: 1 << 22,
  goroutines: 2000,
  outputBytes: 1 << 14,
  traceRows: 20_000,
} as const satisfies Partial<Budgets>;

export function inputOf(seed: number, number: number, library: Library): FuzzInput {
  const chance = Chance.of(seed, number);
  const depth = chance.pick(DEPTHS);
  const { specimen, by } = depth === 'run' ? compilingMutant(chance, library) : mutant(chance, library);
  const name = `mutant.${chance.once(8) ? (specimen.dialect === 'go' ? 'lane' : 'go') : specimen.dialect}`;
  return { sources: sourcesOf(name, specimen.text, chance, library), depth, by, ...(chance.once(2) ? strangeRun(chance) : { ...PLAIN_RUN, seed: chance.below(1000) }) };
} // prettier-ignore

/** So many mutants are made at most to have one that compiles. */
const DRAWS = 6;

function compilingMutant(chance: Chance, library: Library): Mutant {
  let made = mutant(chance, library);
  for (let draws = 1; draws < DRAWS && !compiles(made.specimen); draws++) made = mutant(chance, library);
  return made;
}

/** Mostly one file; at times two of a package. */
function sourcesOf(name: string, text: string, chance: Chance, library: Library): SourceText[] {
  const first = { name, text };
  if (!name.endsWith('.go') || !chance.once(12)) return [first];
  const other = chance.pick(library.specimens.filter(({ dialect }) => dialect === 'go'));
  return [first, { name: 'other.go', text: other.text }];
}

/** An input as the editor would make it of a text. */
export function plainInput(text: string, dialect: SourceDialect): FuzzInput {
  return { sources: [{ name: `plain.${dialect}`, text }], depth: 'parse', by: [], ...PLAIN_RUN };
}

type RunPart = Omit<FuzzInput, 'sources' | 'depth' | 'by'>;

/** A run as the editor makes it, but for the budgets. */
export const PLAIN_RUN: RunPart = {
  seed: 42,
  settings: {},
  budgets: SMALL_BUDGETS,
  scheduler: 'simulated',
  slice: 50_000,
};

const SLICES = [1, 2, 17, 997, 50_000, 1_000_000];

function strangeRun(chance: Chance): RunPart {
  const replay = chance.pick([undefined, 'same', 'truncated', 'garbled'] as const);
  return {
    seed: chance.pick([0, 1, -1, 42, 2 ** 31, 2 ** 32 - 1, 2 ** 53]),
    settings: strangeSettings(chance),
    budgets: strangeBudgets(chance),
    scheduler: chance.once(6) ? 'controlled' : 'simulated',
    slice: chance.pick(SLICES),
    ...(replay && { replay }),
  };
}

/** Some keys anywhere between their bounds, which is what settings and flags let through. */
function strangeSettings(chance: Chance): Record<string, number> {
  const settings: Record<string, number> = { cores: chance.pick([1, 1, 2, 4, 8, 64]) };
  for (const [key, { min, max }] of Object.entries(machineKeys)) {
    if (key !== 'cores' && chance.once(8)) settings[key] = chance.once(3) ? chance.pick([min, max]) : Math.min(max, min + chance.size(max - min)); // prettier-ignore
  }
  return settings;
}

/** Some budgets anywhere between what settings and flags let through at least and what a mutant has at most. */
function strangeBudgets(chance: Chance): Partial<Budgets> {
  const budgets: Partial<Record<keyof Budgets, number>> = { ...SMALL_BUDGETS };
  for (const [name, most] of Object.entries(SMALL_BUDGETS) as [keyof typeof SMALL_BUDGETS, number][]) {
    const { min, factor } = budgetRow(name);
    if (chance.once(4)) budgets[name] = Math.max(min * factor, chance.size(most));
  }
  return budgets;
}
