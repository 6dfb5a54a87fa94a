/** This file defines the operand: what is known of an expression while it is being checked, and how messages describe it. */
import type { Expr } from '../ast';
import { constString } from '../constantText';
import { exprString } from '../exprString';
import { compositeKind, isUntyped, isValid, under } from '../predicates';
import { typeString } from '../typeString';
import type { ConstValue, Type } from '../types';
import type { Mode } from '../typing';
import { causeOf } from '../unsupported';
import { anyType, invalidType } from '../universe';

export interface Operand {
  mode: Mode;
  type: Type;
  value?: ConstValue;
  expr: Expr;
  /** Name of the built-in, when mode is `builtin`. */
  builtin?: string;
  /** How the expression may be used: conversions and plain expressions are no statements. */
  use: 'conversion' | 'expression' | 'statement';
}

/** `because`: an unusable type; if it is opaque, the operand is so too. */
export function invalidOperand(expr: Expr, because?: Type): Operand {
  return { mode: 'invalid', type: because && causeOf(because) ? because : invalidType, expr, use: 'statement' };
}

/** Whether a check has failed; a function, so that the compiler does not believe an older answer. */
export function isInvalid(x: Operand): boolean {
  return x.mode === 'invalid';
}

export function operand(mode: Mode, type: Type, expr: Expr, value?: ConstValue): Operand {
  return { mode, type, value, expr, use: 'expression' };
}

const MODE_TEXT: Readonly<Record<Mode, string>> = {
  invalid: 'invalid operand',
  novalue: 'no value',
  builtin: 'built-in',
  type: 'type',
  constant: 'constant',
  variable: 'variable',
  mapindex: 'map index expression',
  value: 'value',
  nil: 'nil',
  commaok: 'comma, ok expression',
  package: 'package',
};

const MODES_WITHOUT_TYPE = new Set<Mode>(['invalid', 'novalue', 'builtin', 'type', 'package']);

/** The operand as Go's compiler describes it: `x (variable of type int)`. */
export function operandString(x: Operand, local: string): string {
  if (x.mode === 'nil')
    return isUntyped(x.type) || !isValid(x.type) ? 'nil' : `nil (of type ${typeString(x.type, local)})`;
  const expr = exprString(x.expr);
  let text = `${expr} (`;
  let hasType = false;
  if (!MODES_WITHOUT_TYPE.has(x.mode)) {
    if (isUntyped(x.type)) text += `${typeString(x.type, local)} `;
    else hasType = true;
  }
  text += MODE_TEXT[x.mode];
  if (x.mode === 'constant' && x.value) {
    const value = constString(x.value);
    if (value !== expr) text += ` ${value}`;
  }
  if (hasType) text += isValid(x.type) ? ` of ${described(x.type, local)}` : ' with invalid type';
  return `${text})`;
}

/** `type T`, with what kind of type it is when the name does not say so. */
function described(type: Type, local: string): string {
  let kind = type === anyType ? 'interface ' : '';
  if (type.kind === 'named') {
    const u = under(type);
    kind = `${u.kind === 'basic' ? typeString(u) : compositeKind(type)} `;
  }
  return `${kind}type ${typeString(type, local)}`;
}
