/** This file lists what Go's standard library has and std does not: packages, and members of the packages that are here. */
import type { Scope } from '../lang/types';

/** Import paths of Go's standard library. */
export const knownPaths: ReadonlySet<string> = new Set(['net/http']);

/** Exported members of the real package that are missing in ours; undefined when nothing is known of it. */
export function unsupportedNames(path: string, scope: Scope): ReadonlySet<string> | undefined {
  const names = MEMBERS[path]?.split(' ').filter((name) => !scope.names.has(name));
  return names && new Set(names);
}

const MEMBERS: Readonly<Record<string, string>> = {
  fmt: 'Sscan',
};
