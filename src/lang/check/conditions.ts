/** This file checks the conditions of if and for. */
import type { Expr } from '../ast';
import { isBoolean } from '../predicates';
import type { Checker } from './checker';
import { expr } from './evaluate';

export function checkCondition(c: Checker, e: Expr, keyword: 'if' | 'for'): void {
  const x = expr(c, e);
  if (x.mode !== 'invalid' && !isBoolean(x.type))
    c.error('type.condition', e, `non-boolean condition in ${keyword} statement`);
}
