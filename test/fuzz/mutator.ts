/** This file says what a mutator is. */
import type { Chance } from './chance';
import type { Library } from './library';
import type { Specimen } from './specimen';

/** Changes a program in one way. Undefined: this one has nothing to change so. */
export interface Mutator {
  readonly name: string;
  /** How often it is taken, compared with others. */
  readonly weight: number;
  readonly mutate: (specimen: Specimen, chance: Chance, library: Library) => Specimen | undefined;
}

/** Texts stop growing here: 2 MB of any text are to be read in two seconds, and most of them by chance would be too much of it. */
export const MOST_CHARACTERS = 2_000_000;
