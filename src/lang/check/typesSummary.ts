/** This file lists types as Go does under a wrong count of arguments or results. */
import { isNumeric, isUntyped, isValid } from '../predicates';
import type { Type } from '../types';
import type { Checker } from './checker';

/** Types as Go lists them after `have` and `want`. */
export function typesSummary(c: Checker, types: readonly Type[], variadic: boolean, spread: boolean): string {
  const texts = types.map((type, i) => {
    const last = i === types.length - 1;
    if (!isValid(type)) return 'unknown type';
    if (isUntyped(type)) return isNumeric(type) ? 'number' : type.name.replace('untyped ', '');
    if (last && variadic && type.kind === 'slice') return `...${c.name(type.elem)}`;
    return c.name(type) + (last && spread ? '...' : '');
  });
  return `(${texts.join(', ')})`;
}
