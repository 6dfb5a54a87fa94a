/** This file lists types as Go does under a wrong count of arguments or results. */
import { isNumeric, isUntyped, isValid } from '../predicates';
import type { Type, VarObj } from '../types';
import type { Checker } from './checker';

/** Longest list that is told. */
const MAX_TYPES = 100;

/** Types of variables, as many as are told. */
export const variableTypes = (list: readonly VarObj[]): Type[] =>
  list.slice(0, MAX_TYPES + 1).map((variable) => variable.type);

/** Types as Go lists them after `have` and `want`. */
export function typesSummary(c: Checker, types: readonly Type[], variadic: boolean, spread: boolean): string {
  const texts = types.slice(0, MAX_TYPES).map((type, i) => {
    const last = i === types.length - 1;
    if (!isValid(type)) return 'unknown type';
    if (isUntyped(type)) return isNumeric(type) ? 'number' : type.name.replace('untyped ', '');
    if (last && variadic && type.kind === 'slice') return `...${c.name(type.elem)}`;
    return c.name(type) + (last && spread ? '...' : '');
  });
  if (types.length > MAX_TYPES) texts.push('…');
  return `(${texts.join(', ')})`;
}
