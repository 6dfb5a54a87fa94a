/** This file makes a mutant: a program of the corpus after a few changes. */
import type { Chance } from './chance';
import { GROWTH_MUTATORS } from './growth';
import type { Library } from './library';
import { LITERAL_MUTATORS } from './literals';
import { LOAD_MUTATORS } from './loads';
import { MOST_CHARACTERS, type Mutator } from './mutator';
import { TEXT_MUTATORS } from './texts';
import { TOKEN_MUTATORS } from './tokens';
import { TREE_MUTATORS } from './trees';
import type { Specimen } from './specimen';
import { compiles } from './typed';

export const MUTATORS: readonly Mutator[] = [
  ...TOKEN_MUTATORS,
  ...TREE_MUTATORS,
  ...LITERAL_MUTATORS,
  ...TEXT_MUTATORS,
  ...GROWTH_MUTATORS,
  ...LOAD_MUTATORS,
];

/** Changes of one mutant, at most. */
const MOST_CHANGES = 6;

/** So many programs are drawn at most until one compiles: of mutants of others, none does. */
const DRAWS = 8;

export interface Mutant {
  readonly specimen: Specimen;
  /** Names of the mutators that made it, in order. */
  readonly by: readonly string[];
}

export function mutant(chance: Chance, library: Library): Mutant {
  let specimen = base(chance, library);
  const by: string[] = [];
  for (let left = chance.once(2) ? 1 : chance.size(MOST_CHANGES); left > 0; left--) {
    const mutator = chance.weighted(MUTATORS);
    const changed = mutator.mutate(specimen, chance, library);
    if (!changed || changed.text.length > MOST_CHARACTERS) continue;
    specimen = changed;
    by.push(mutator.name);
  }
  return { specimen, by };
}

function base(chance: Chance, { specimens }: Library): Specimen {
  let specimen = chance.pick(specimens);
  if (chance.once(4)) return specimen;
  for (let draws = 1; draws < DRAWS && !compiles(specimen); draws++) specimen = chance.pick(specimens);
  return specimen;
}
