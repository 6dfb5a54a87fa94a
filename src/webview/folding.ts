/** This file decides how much a line of controls folds, so that nothing in it is cut: labels and secondary buttons go first. */

/** Px that the line needs at each level of folding, where it has been too long; level 0 is unfolded. */
export type Needs = readonly (number | undefined)[];

/** The first level that fits, or that has never been too long; the last one where none does. */
export function foldFor(needs: Needs, room: number, levels: number): number {
  for (let level = 0; level < levels; level++) {
    const need = needs[level];
    if (need === undefined || need <= room) return level;
  }
  return levels;
}
