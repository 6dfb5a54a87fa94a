/** This file finds fields and methods by name in constant time where there are many. */

interface Named {
  readonly name: string;
  readonly embedded?: boolean;
}

interface Index {
  /** First member of each name. */
  readonly byName: ReadonlyMap<string, number>;
  /** First member of each name without regard to case; made when it is asked for, which only mistakes do. */
  folded?: ReadonlyMap<string, number>;
  /** Members that are embedded fields. */
  readonly embedded: readonly number[];
}

/** Lists as long as this are searched; others get an index. */
const SHORT = 16;
const indices = new WeakMap<readonly Named[], Index>();

/** Of a list that does not change any more. */
function indexOf(list: readonly Named[]): Index {
  const known = indices.get(list);
  if (known) return known;
  const embedded = [...list.keys()].filter((i) => list[i]!.embedded);
  const index = { byName: firsts(list, (name) => name), embedded };
  indices.set(list, index);
  return index;
}

/** Place of the first member of each name, as `spelt` spells it. */
function firsts(list: readonly Named[], spelt: (name: string) => string): Map<string, number> {
  const places = new Map<string, number>();
  for (const [i, { name }] of list.entries()) {
    const key = spelt(name);
    if (!places.has(key)) places.set(key, i);
  }
  return places;
}

/** Place of the first member of that name, or -1. The list must be complete. */
export function memberIndex(list: readonly Named[], name: string): number {
  if (list.length > SHORT) return indexOf(list).byName.get(name) ?? -1;
  for (let i = 0; i < list.length; i++) if (list[i]!.name === name) return i;
  return -1;
}

/** Place of the first member whose name differs in case at most, or -1. The list must be complete. */
export function foldedMemberIndex(list: readonly Named[], name: string): number {
  const index = indexOf(list);
  index.folded ??= firsts(list, (each) => each.toLowerCase());
  return index.folded.get(name.toLowerCase()) ?? -1;
}

/** Places of the embedded fields. The list must be complete. */
export function embeddedFields(fields: readonly Named[]): readonly number[] {
  return indexOf(fields).embedded;
}
