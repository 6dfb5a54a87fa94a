/** This file checks the conditions of if and for. */
import type { Expr } from '../ast';
import { isBoolean, isUntyped } from '../predicates';
import { Typ } from '../universe';
import type { Checker } from './checker';
import { expr } from './evaluate';
import { updateType } from './untyped';

export function checkCondition(c: Checker, e: Expr, keyword: 'if' | 'for'): void {
  const x = expr(c, e);
  if (x.mode === 'invalid') return;
  if (!isBoolean(x.type)) c.error('type.condition', e, `non-boolean condition in ${keyword} statement`);
  else if (isUntyped(x.type)) updateType(c, e, Typ.bool, true);
}
