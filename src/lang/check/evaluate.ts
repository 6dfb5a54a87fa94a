/** This file evaluates expressions for a context: as one value, as several, as a value or a type, or only for their uses. */
import type { Expr } from '../ast';
import { isBlank, unparen } from '../exprString';
import type { Type, VarObj } from '../types';
import { Typ } from '../universe';
import { singleValue } from './assignable';
import type { Checker } from './checker';
import type { Mode } from '../typing';
import { operand, operandString, type Operand } from './operand';
import { lookup } from './names';

function exclude(c: Checker, x: Operand, modes: readonly Mode[]): void {
  if (!modes.includes(x.mode)) return;
  const shown = operandString(x, c.pkg);
  if (x.mode === 'novalue')
    c.error('type.no-value', x.expr, `${shown} used as value${modes.includes('type') ? '' : ' or type'}`);
  else if (x.mode === 'builtin') c.error('type.call', x.expr, `${shown} must be called`);
  else c.error('type.not-expression', x.expr, `${shown} is not an expression`);
  x.mode = 'invalid';
}

const NOT_VALUES: readonly Mode[] = ['novalue', 'builtin', 'type'];

/** Evaluates `e` to one value. `hint`: type of a composite literal that has none. */
export function expr(c: Checker, e: Expr, hint?: Type): Operand {
  const x = c.rules.rawExpr(c, e, hint);
  exclude(c, x, NOT_VALUES);
  singleValue(c, x);
  return x;
}

/** Evaluates `e` to one value or a type. */
export function exprOrType(c: Checker, e: Expr): Operand {
  const x = c.rules.rawExpr(c, e);
  exclude(c, x, ['novalue']);
  singleValue(c, x);
  return x;
}

/** Work of one of several results of a call, in units of the interrupt. */
const RESULT_UNITS = 10;

/** Evaluates `e` to all its values: the results of a call, or value and ok where `allowCommaOk`. */
export function multiExpr(c: Checker, e: Expr, allowCommaOk: boolean): Operand[] {
  const x = c.rules.rawExpr(c, e);
  exclude(c, x, NOT_VALUES);
  if (x.mode !== 'invalid' && x.type.kind === 'tuple') {
    c.interrupt.worked(x.type.types.length * RESULT_UNITS);
    return x.type.types.map((type) => operand('value', type, e));
  }
  if (allowCommaOk && (x.mode === 'mapindex' || x.mode === 'commaok'))
    return [x, operand('value', Typ['untyped bool'], e)];
  return [x];
}

/** Evaluates a list to its values: the results of one call, or one value each. */
export function exprList(c: Checker, list: readonly Expr[]): Operand[] {
  return list.length === 1 ? multiExpr(c, list[0]!, false) : list.map((e) => expr(c, e));
}

/** Evaluates expressions only so that what they use counts as used; false when one is invalid. */
export function use(c: Checker, ...list: readonly (Expr | undefined)[]): boolean {
  return useAll(c, list);
}

/** As {@link use}, of a list that may be longer than the stack has room for. */
export function useAll(c: Checker, list: readonly (Expr | undefined)[]): boolean {
  return list.map((e) => (e ? useOne(c, e) : true)).every(Boolean);
}

function useOne(c: Checker, e: Expr): boolean {
  if (isBlank(e)) return true;
  const inner = unparen(e);
  if (inner.kind === 'KeyValue') return useOne(c, inner.val);
  const x = inner.kind === 'Ident' ? exprOrType(c, inner) : c.rules.rawExpr(c, e);
  return x.mode !== 'invalid';
}

/** As {@link use} for left sides of assignments: a variable that is only assigned is not used. */
export function useLeft(c: Checker, list: readonly Expr[]): boolean {
  return list.map((e) => keepUnused(c, e, () => useOne(c, e))).every(Boolean);
}

/** Runs `action`; if `e` is a local variable it is not counted as used by it. */
export function keepUnused<T>(c: Checker, e: Expr, action: () => T): T {
  const inner = unparen(e);
  const object = inner.kind === 'Ident' ? lookup(c, inner.name) : undefined;
  const variable: VarObj | undefined = object?.kind === 'var' ? object : undefined;
  const wasUsed = variable !== undefined && c.used.has(variable);
  const result = action();
  if (variable && !wasUsed) c.used.delete(variable);
  return result;
}
