/** This file decides whether a value may be assigned to, asserted to or converted to a type, and says why not. */
import type { DiagnosticCode } from '../codes';
import { basicUnder, represent, runeString, stringConst } from '../constants';
import { constString } from '../constantText';
import { embeddedCause, missingMethod, type MissingMethod } from '../lookup';
import {
  defaultType, hasName, identical, isBytesOrRunes, isComplex, isConstType, isFloat, isInteger, isInterface, isInterfacePointer,
  isString, isUntyped, isValid, under,
} from '../predicates'; // prettier-ignore
import { signatureString } from '../typeString';
import type { Interface, Type } from '../types';
import { causeOf } from '../unsupported';
import type { Checker } from './checker';
import { operandString, type Operand } from './operand';
import { applyType, implicitType, updateType } from './untyped';

/** The answer, with the reason in Go's words when there is one to give. */
export interface Verdict {
  readonly ok: boolean;
  readonly cause?: string;
}

const YES: Verdict = { ok: true };
const NO: Verdict = { ok: false };

/** What a value is assigned in, for messages; a function where the text takes work. */
export type Context = string | (() => string);

const contextText = (context: Context): string => (typeof context === 'string' ? context : context());

/** Go's assignability of the operand to `target`. */
export function assignableTo(c: Checker, x: Operand, target: Type): Verdict {
  if (x.mode === 'invalid' || !isValid(target) || !isValid(x.type)) return YES;
  if (identical(x.type, target)) return YES;
  if (isUntyped(x.type)) return typeof implicitType(x, target) === 'string' ? NO : YES;
  const [v, t] = [under(x.type), under(target)];
  if (!isValid(v) || !isValid(t)) return YES;
  if (identical(v, t) && (!hasName(x.type) || !hasName(target))) return YES;
  const promoting = t.kind === 'interface' ? embeddedCause(x.type) : undefined;
  if (promoting) {
    // What the embedded type promotes is not known: neither here nor when the program runs.
    c.trapped.set(x.expr, promoting);
    return YES;
  }
  if (t.kind === 'interface' || isInterfacePointer(t)) return implementsInterface(c, x.type, target);
  if (v.kind === 'interface' && implementsInterface(c, target, x.type).ok)
    return { ok: false, cause: 'need type assertion' };
  if (v.kind === 'chan' && v.dir === 'both' && t.kind === 'chan' && identical(v.elem, t.elem)) {
    return !hasName(x.type) || !hasName(target) ? YES : NO;
  }
  return NO;
}

/** Whether `type` has all methods of interface `target`. */
function implementsInterface(c: Checker, type: Type, target: Type): Verdict {
  const t = under(target);
  if (!isValid(under(type)) || !isValid(t)) return YES;
  if (t.kind !== 'interface') {
    const detail = isInterfacePointer(t)
      ? `type ${c.name(target)} is pointer to interface, not interface`
      : `${c.name(target)} is not an interface`;
    return { ok: false, cause: `${c.name(type)} does not implement ${c.name(target)} (${detail})` };
  }
  const missing = firstMissing(c, type, t, true);
  if (!missing) return YES;
  return {
    ok: false,
    cause: `${c.name(type)} does not implement ${c.name(target)} ${missingCause(c, type, target, missing)}`,
  };
}

function firstMissing(c: Checker, type: Type, target: Interface, isStatic: boolean): MissingMethod | undefined {
  if (target.methods.length === 0) return undefined;
  return missingMethod(type, target, c.pkg, (method) => c.rules.resolve(c, method), c.interrupt, isStatic);
}

/** Whether an interface value of type `from` can hold a `to`; the cause is the parenthesised part of Go's message. */
export function assertableTo(c: Checker, from: Type, to: Type): Verdict {
  const u = under(from);
  if (isInterface(to) || u.kind !== 'interface' || !isValid(to)) return YES;
  const missing = firstMissing(c, to, u, false);
  return missing ? { ok: false, cause: missingCause(c, to, from, missing) } : YES;
}

function missingCause(c: Checker, type: Type, target: Type, m: MissingMethod): string {
  const name = m.method.name;
  const haveWant = (): string => {
    const shown = (method: { name: string; signature: Parameters<typeof signatureString>[0] }): string =>
      method.name + signatureString(method.signature, c.pkg, false);
    return `\n\t\thave ${shown(m.have!)}\n\t\twant ${shown(m.method)}`;
  };
  switch (m.why) {
    case 'missing':
      if (isInterfacePointer(type)) return `(type ${c.name(type)} is pointer to interface, not interface)`;
      if (isInterfacePointer(target)) return `(type ${c.name(target)} is pointer to interface, not interface)`;
      return `(missing method ${name})`;
    case 'wrong name':
      return `(missing method ${name})${haveWant()}`;
    case 'unexported':
      return `(unexported method ${name})`;
    case 'wrong signature':
      return `(wrong type for method ${name})${haveWant()}`;
    case 'ambiguous':
      return `(ambiguous selector ${c.name(type)}.${name})`;
    case 'pointer receiver':
      return `(method ${name} has pointer receiver)`;
    case 'field':
      return `(${c.name(type)}.${name} is a field, not a method)`;
  }
}

const ASSIGNMENT_CODES: Readonly<Record<string, DiagnosticCode>> = {
  truncated: 'type.truncated',
  overflows: 'type.overflow',
  impossible: 'type.assignment',
};

/**
 * Checks that the operand can be assigned to `target` (or, without target, to a variable of its own type) and gives it its
 * final type. `context` completes "cannot use … in".
 */
export function assignment(c: Checker, x: Operand, target: Type | undefined, context: Context): void {
  singleValue(c, x);
  if (x.mode === 'invalid') return;
  if (x.mode === 'novalue' || x.mode === 'builtin' || x.mode === 'type' || x.mode === 'package') {
    c.error(
      'type.assignment',
      x.expr,
      `cannot assign ${operandString(x, c.pkg)} to ${target ? c.name(target) : '_'} in ${contextText(context)}`,
    );
    x.mode = 'invalid';
    return;
  }
  if (target && causeOf(target)) {
    c.touches(x.expr, target);
    x.mode = 'invalid';
    return;
  }
  if (isUntyped(x.type) && !assignUntyped(c, x, target, context)) return;
  if (!target) return;
  const verdict = assignableTo(c, x, target);
  if (verdict.ok) return;
  const cause = verdict.cause ? `: ${verdict.cause}` : '';
  c.error(
    'type.assignment',
    x.expr,
    `cannot use ${operandString(x, c.pkg)} as ${c.name(target)} value in ${contextText(context)}${cause}`,
  );
  x.mode = 'invalid';
}

/** Converts an untyped operand for an assignment; false when that failed. */
function assignUntyped(c: Checker, x: Operand, target: Type | undefined, context: Context): boolean {
  let wanted = target;
  if (x.mode === 'nil') {
    if (!target) {
      c.error('type.nil', x.expr, `use of untyped nil in ${contextText(context)}`);
      x.mode = 'invalid';
      return false;
    }
  } else if (!target || isInterface(target)) {
    wanted = defaultType(x.type);
  }
  const result = implicitType(x, wanted!);
  if (typeof result === 'string') {
    const suffix = result === 'truncated' ? ' (truncated)' : result === 'overflows' ? ' (overflows)' : '';
    const message = `cannot use ${operandString(x, c.pkg)} as ${c.name(wanted!)} value in ${contextText(context)}${suffix}`;
    c.error(ASSIGNMENT_CODES[result]!, x.expr, message);
    x.mode = 'invalid';
    return false;
  }
  applyType(c, x, result);
  return true;
}

/** Reports a call of several results where one value is wanted. */
export function singleValue(c: Checker, x: Operand): void {
  if (x.mode === 'value' && x.type.kind === 'tuple') {
    c.error('type.multiple-value', x.expr, `multiple-value ${operandString(x, c.pkg)} in single-value context`);
    x.mode = 'invalid';
  }
}

/** Converts the operand to `target` as in `target(x)`. */
export function conversion(c: Checker, x: Operand, target: Type): void {
  const constant = x.mode === 'constant';
  const toConst = constant && isConstType(target);
  let verdict: Verdict = NO;
  if (!isValid(x.type) || !isValid(target) || causeOf(target)) {
    x.mode = 'invalid';
    return;
  }
  if (toConst) {
    verdict = convertConstant(x, target) ? YES : NO;
    if (!verdict.ok && isInteger(x.type) && isInteger(target)) {
      c.error('type.overflow', x.expr, `constant ${constString(x.value!)} overflows ${c.name(target)}`);
      x.mode = 'invalid';
      return;
    }
  } else {
    verdict = convertibleTo(c, x, target);
  }
  if (!verdict.ok) {
    const cause = verdict.cause ? `: ${verdict.cause}` : '';
    c.error('type.conversion', x.expr, `cannot convert ${operandString(x, c.pkg)} to type ${c.name(target)}${cause}`);
    x.mode = 'invalid';
    return;
  }
  if (isUntyped(x.type)) updateType(c, x.expr, finalArgumentType(x, target, toConst), true);
  if (!toConst) {
    x.mode = 'value';
    x.value = undefined;
  }
  x.type = target;
}

/** The type that the untyped argument of a conversion takes before it is converted. */
function finalArgumentType(x: Operand, target: Type, toConst: boolean): Type {
  if (x.mode === 'nil') return target;
  if (isInterface(target) || (x.mode === 'constant' && !toConst)) return defaultType(x.type);
  if (x.mode === 'constant' && isInteger(x.type) && isString(target)) return x.type;
  return target;
}

/** Computes a constant conversion; false when the type cannot represent the value. */
function convertConstant(x: Operand, target: Type): boolean {
  const basic = basicUnder(target)!;
  const value = represent(x.value!, basic);
  if (value) {
    x.value = value;
    return true;
  }
  if (!isInteger(x.type) || !isString(target) || x.value!.kind !== 'int') return false;
  x.value = stringConst(runeString(x.value!.v));
  return true;
}

/** Go's convertibility of a non-constant operand, or of a constant to a type that has no constants. */
function convertibleTo(c: Checker, x: Operand, target: Type): Verdict {
  const assignable = assignableTo(c, x, target);
  if (assignable.ok) return YES;
  const [v, t] = [under(x.type), under(target)];
  if (identical(v, t, true)) return YES;
  if (x.type.kind === 'pointer' && target.kind === 'pointer' && identical(under(x.type.elem), under(target.elem), true))
    return YES;
  const numeric = (type: Type): boolean => isInteger(type) || isFloat(type);
  if (numeric(v) && numeric(t)) return YES;
  if (isComplex(v) && isComplex(t)) return YES;
  if ((isInteger(v) || isBytesOrRunes(v)) && isString(t)) return YES;
  if (isString(v) && isBytesOrRunes(t)) return YES;
  if (v.kind === 'slice') {
    if (t.kind === 'array' && identical(v.elem, t.elem)) return YES;
    if (t.kind === 'pointer') {
      const array = under(t.elem);
      if (array.kind === 'array' && identical(v.elem, array.elem)) return YES;
    }
  }
  return { ok: false, cause: assignable.cause };
}
