/**
 * This file tells how many types stand inside of each other in a type. Whoever walks a type calls itself for each; a bound keeps them all far from
 * the end of JavaScript's stack, also where the levels are written one by one, as aliases or as fields of declared types.
 */
import type { Type } from './types';

/** Types inside of types, down to the next name behind a pointer. */
export const MAX_NESTING = 400;

/** Of types of which a part has parts. */
const known = new WeakMap<Type, number>();

/** Levels of a type: 1 for a name without parts. Fast when it was asked of the parts before, as the checker does wherever a type arises. */
export function nestingOf(type: Type): number {
  if (type.kind === 'named') {
    // Its value is in that of the type around it; while it is being declared it has no parts yet.
    return type.underlying.kind === 'named' ? 1 : nestingOf(type.underlying);
  }
  if (isFlat(type)) return 1 + levels(type);
  const seen = known.get(type);
  if (seen !== undefined) return seen;
  known.set(type, 1);
  const depth = 1 + levels(type);
  known.set(type, depth);
  return depth;
}

/** Whether it is one of a name or of a basic type: most are, and what is known of so many would take longer to keep than to find out. */
function isFlat(type: Type): boolean {
  switch (type.kind) {
    case 'basic':
      return true;
    case 'array':
      return type.elem.kind === 'basic';
    case 'pointer':
    case 'slice':
    case 'chan':
      return type.elem.kind === 'basic' || type.elem.kind === 'named';
    case 'signature':
      return type.params.length === 0 && type.results.length === 0;
    default:
      return false;
  }
}

function levels(type: Exclude<Type, { kind: 'named' }>): number {
  switch (type.kind) {
    case 'array':
      return nestingOf(type.elem);
    case 'struct':
      return deepest(type.fields.map((field) => (field.embedded ? embedded(field.type) : nestingOf(field.type))));
    case 'pointer':
    case 'slice':
    case 'chan':
      return behind(type.elem);
    case 'map':
      return Math.max(behind(type.key), behind(type.elem));
    case 'signature':
      return Math.max(
        deepest(type.params.map((v) => behind(v.type))),
        deepest(type.results.map((v) => behind(v.type))),
      );
    case 'interface':
      return deepest((type.parts ?? []).map(behind));
    default:
      return 0;
  }
}

/** Members are looked for behind an embedded pointer, too. */
function embedded(type: Type): number {
  return nestingOf(type.kind === 'pointer' ? type.elem : type);
}

/** A name ends the walk. */
function behind(type: Type): number {
  return type.kind === 'named' ? 0 : nestingOf(type);
}

function deepest(depths: readonly number[]): number {
  return depths.reduce((most, depth) => Math.max(most, depth), 0);
}
