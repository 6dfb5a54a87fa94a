/** This file gives untyped values their final types, and notes those types down the expression tree. */
import type { DiagnosticCode } from '../codes';
import type { Expr } from '../ast';
import { basicUnder, represent } from '../constants';
import {
  defaultType, hasNil, isBoolean, isInteger, isInterface, isNumeric, isString, isUntyped, isValid, maxUntyped, under,
} from '../predicates'; // prettier-ignore
import type { Basic, ConstValue, Type } from '../types';
import { Typ } from '../universe';
import type { Checker } from './checker';
import { operandString, type Operand } from './operand';

type ConversionFailure = 'truncated' | 'overflows' | 'impossible';

/** The constant operand as a value of `type`, or why that cannot be. */
function representation(x: Operand, type: Basic): ConstValue | ConversionFailure {
  const value = x.value && represent(x.value, type);
  if (value) return value;
  if (isNumeric(x.type) && isNumeric(type)) return !isInteger(x.type) && isInteger(type) ? 'truncated' : 'overflows';
  return 'impossible';
}

/** The type (and value, if constant) that an untyped operand takes where `target` is wanted. */
export function implicitType(x: Operand, target: Type): { type: Type; value?: ConstValue } | ConversionFailure {
  if (x.mode === 'invalid' || !isUntyped(x.type) || !isValid(target)) return { type: x.type };
  if (isUntyped(target)) {
    const type = maxUntyped(x.type, target);
    return type ? { type } : 'impossible';
  }
  if (x.mode === 'nil') return hasNil(target) ? { type: target } : 'impossible';
  const u = under(target);
  if (u.kind === 'interface') {
    // Untyped values have no methods.
    return u.methods.length === 0 ? { type: defaultType(x.type) } : 'impossible';
  }
  if (u.kind !== 'basic') return 'impossible';
  if (x.mode === 'constant') {
    const value = representation(x, u);
    return typeof value === 'string' ? value : { type: target, value };
  }
  const fits =
    x.type === Typ['untyped bool']
      ? isBoolean(target)
      : x.type === Typ['untyped string']
        ? isString(target)
        : isNumeric(target);
  return fits ? { type: target } : 'impossible';
}

const FAILURES: Readonly<
  Record<ConversionFailure, { code: DiagnosticCode; text: (x: string, target: string) => string }>
> = {
  truncated: { code: 'type.truncated', text: (x, target) => `${x} truncated to ${target}` },
  overflows: { code: 'type.overflow', text: (x, target) => `${x} overflows ${target}` },
  impossible: { code: 'type.conversion', text: (x, target) => `cannot convert ${x} to type ${target}` },
};

function reportFailure(c: Checker, x: Operand, target: Type, why: ConversionFailure): void {
  const { code, text } = FAILURES[why];
  c.error(code, x.expr, text(operandString(x, c.pkg), c.name(target)));
  x.mode = 'invalid';
}

/** Converts an untyped operand to `target`; reports and invalidates it when that is not possible. */
export function convertUntyped(c: Checker, x: Operand, target: Type): void {
  const result = implicitType(x, target);
  if (typeof result === 'string') return reportFailure(c, x, under(target), result);
  applyType(c, x, result);
}

/** Gives the operand and its expression the type that {@link implicitType} found. */
export function applyType(c: Checker, x: Operand, result: { type: Type; value?: ConstValue }): void {
  if (result.value) {
    x.value = result.value;
    const type = c.typing.typeOf(x.expr);
    if (type && isUntyped(type)) c.typing.setValue(x.expr, result.value);
  }
  if (result.type !== x.type) {
    x.type = result.type;
    updateType(c, x.expr, result.type, false);
  }
}

/** Checks that a typed constant fits its type and normalises its value. */
export function representable(c: Checker, x: Operand, type: Basic): void {
  const value = representation(x, type);
  if (typeof value === 'string')
    return reportFailure(c, x, x.type.kind === 'named' && under(x.type) === type ? x.type : type, value);
  x.value = value;
}

/**
 * Notes the type that an untyped expression took, for all of its tree. Operands below a constant stay untyped: only the root's
 * value is used. `final`: the type is the last word even if it is untyped.
 */
export function updateType(c: Checker, e: Expr, type: Type, final: boolean): void {
  const chain: Expr[] = [];
  for (let at: Expr | undefined = e; at && isStillUntyped(c, at); at = leftPart(c, at)) chain.push(at);
  for (const link of chain.reverse()) {
    if (link.kind === 'Binary' && leftPart(c, link) && link.op !== '<<' && link.op !== '>>')
      updateType(c, link.y, type, final);
    updateOne(c, link, type, final);
  }
}

function isStillUntyped(c: Checker, e: Expr): boolean {
  const type = c.typing.typeOf(e);
  return type !== undefined && isUntyped(type);
}

/** The part of an untyped expression that takes its type, too: of an operation the left one. */
function leftPart(c: Checker, e: Expr): Expr | undefined {
  if (e.kind === 'Paren') return e.x;
  const takes = e.kind === 'Unary' || (e.kind === 'Binary' && !isComparison(e.op));
  return takes && !c.typing.constantOf(e) ? e.x : undefined;
}

function updateOne(c: Checker, e: Expr, type: Type, final: boolean): void {
  const { typing } = c;
  const old = typing.typeOf(e)!;
  const value = typing.constantOf(e);
  if (!final && isUntyped(type)) {
    typing.setType(e, type);
    return;
  }
  if (c.shiftOperands.has(e) && !isInteger(type)) {
    const shown = operandString(
      { mode: typing.modeOf(e) ?? 'value', type: old, value, expr: e, use: 'expression' },
      c.pkg,
    );
    c.error('type.shift', e, `invalid operation: shifted operand ${shown} (type ${c.name(type)}) must be integer`);
    return;
  }
  typing.setType(e, type);
  if (value) typing.setValue(e, finalValue(value, type));
}

function finalValue(value: ConstValue, type: Type): ConstValue {
  const basic = basicUnder(type);
  return (basic && represent(value, basic)) ?? value;
}

export function isComparison(op: string): boolean {
  return op === '==' || op === '!=' || op === '<' || op === '<=' || op === '>' || op === '>=';
}

/** Whether an untyped operand could take part in an operation with `y` by converting to its type. */
function mayConvert(x: Operand, y: Operand): boolean {
  if (!isUntyped(x.type) && !isUntyped(y.type)) return false;
  if (isNumeric(x.type) !== isNumeric(y.type)) return false;
  if (isInterface(x.type) || isInterface(y.type)) return true;
  if (isBoolean(x.type) !== isBoolean(y.type)) return false;
  if (isString(x.type) !== isString(y.type)) return false;
  if (x.mode === 'nil') return hasNil(y.type);
  if (y.mode === 'nil') return hasNil(x.type);
  return under(x.type).kind !== 'pointer' && under(y.type).kind !== 'pointer';
}

/** Converts the untyped one of two operands to the other's type, where that makes sense. */
export function matchTypes(c: Checker, x: Operand, y: Operand): void {
  if (!mayConvert(x, y)) return;
  convertUntyped(c, x, y.type);
  if (x.mode === 'invalid') return;
  convertUntyped(c, y, x.type);
  if (y.mode === 'invalid') x.mode = 'invalid';
}
