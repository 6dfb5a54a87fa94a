/** This file compiles conversions: explicit ones between types, and the implicit one to an interface. */
import { InternalError } from '../base/assert';
import type { Expr } from '../lang/ast';
import { defaultType, isFloat, isInteger, isInterface, isString, isWideUnsigned, under } from '../lang/predicates';
import type { BasicName, ConstValue, Type } from '../lang/types';
import type { Body } from './body';
import { constant } from './constants';
import { wrap } from './operators';
import { slotsOf } from './types';

/** Value of an expression converted to `type`, as in an assignment. */
export function value(f: Body, e: Expr, type: Type, into?: number): number {
  if (f.typing.modeOf(e) === 'nil') {
    const to = into ?? f.temp(slotsOf(type));
    f.zero(to, slotsOf(type));
    return to;
  }
  if (isInterface(type)) return interfaceValue(f, e, type, into);
  const known = f.constantOf(e);
  if (known !== undefined) return f.at(e.span, () => constant(f, known, type, into));
  return f.expr(e, into);
}

function interfaceValue(f: Body, e: Expr, type: Type, into?: number): number {
  const known = f.constantOf(e);
  if (known === undefined) {
    const from = f.typeOf(e);
    return isInterface(from) ? f.expr(e, into) : toInterface(f, f.expr(e), defaultType(from), into, e);
  }
  const from = defaultType(f.typeOf(e));
  if (isInterface(from)) return constantInterface(f, e, known, into);
  const slot = constant(f, known, from);
  return toInterface(f, slot, defaultType(from), into, e);
}

/** A constant that the checker has already given an interface type keeps its default type inside. */
function constantInterface(f: Body, e: Expr, v: ConstValue, into?: number): number {
  const name: BasicName =
    v.kind === 'string' ? 'string' : v.kind === 'bool' ? 'bool' : v.kind === 'float' ? 'float64' : 'int';
  const rune = e.kind === 'BasicLit' && e.lit === 'char';
  const type: Type = { kind: 'basic', name: rune ? 'int32' : name };
  return toInterface(f, constant(f, v, type), type, into, e);
}

/** Boxes the value at `from` (of a concrete type) into an interface. */
function toInterface(f: Body, from: number, type: Type, into: number | undefined, e: Expr): number {
  const to = into ?? f.temp(2);
  f.at(e.span, () => f.emitSite(f.type(type), 'ToIface', to, from, f.type(type)));
  return to;
}

/** The value at `from` of type `type` as a value of `target`, where assignability says it may be one. */
export function adapt(f: Body, from: number, type: Type, target: Type, into?: number): number {
  if (isInterface(target) && !isInterface(type)) {
    const to = into ?? f.temp(2);
    f.emitSite(f.type(defaultType(type)), 'ToIface', to, from, f.type(defaultType(type)));
    return to;
  }
  if (into === undefined) return from;
  f.copy(into, from, slotsOf(target));
  return into;
}

/** Value of `T(x)`. */
export function conversion(f: Body, x: Expr, target: Type, into?: number): number {
  if (f.typing.modeOf(x) === 'nil' || isInterface(target)) return value(f, x, target, into);
  const known = f.constantOf(x);
  const source =
    known !== undefined && isInteger(f.typeOf(x)) && isString(target) ? defaultType(f.typeOf(x)) : f.typeOf(x);
  if (isString(target) && !isString(source)) return toText(f, x, source, into);
  const u = under(target);
  if (u.kind === 'slice' && isString(source)) {
    const op =
      under(u.elem).kind === 'basic' && (under(u.elem) as { name: BasicName }).name === 'uint8'
        ? 'StrToBytes'
        : 'StrToRunes';
    const text = known === undefined ? f.expr(x) : constant(f, known, source);
    const to = into ?? f.temp(2);
    f.emitSite(f.type(u.elem), op, to, text, f.type(u.elem));
    return to;
  }
  if (known !== undefined) return constant(f, known, target, into);
  if (under(source).kind === 'slice' && u.kind !== 'slice') return sliceToArray(f, x, u, into);
  if (isInteger(target) || isFloat(target)) return numeric(f, x, source, target, into);
  return f.expr(x, into);
}

/** [n]T(s) and (*[n]T)(s). */
function sliceToArray(f: Body, x: Expr, target: Type, into?: number): number {
  const array = target.kind === 'pointer' ? under(target.elem) : target;
  if (array.kind !== 'array') throw new InternalError('slice converted to no array');
  const from = f.expr(x);
  if (target.kind === 'pointer') {
    const to = into ?? f.temp(1);
    f.emit('SliceToArr', to, from, f.type(array));
    return to;
  }
  const pointer = f.temp(1);
  f.emit('SliceToArr', pointer, from, f.type(array));
  return f.rules.load(f, { kind: 'pointer', pointer, offset: 0, slots: slotsOf(array), sure: true }, into);
}

function toText(f: Body, x: Expr, source: Type, into?: number): number {
  const known = f.constantOf(x);
  const from = known === undefined ? f.expr(x) : constant(f, known, source);
  const to = into ?? f.temp(1);
  const u = under(source);
  if (u.kind !== 'slice') f.emit('RuneToStr', to, from);
  else {
    const elem = under(u.elem);
    f.emit(elem.kind === 'basic' && elem.name === 'uint8' ? 'BytesToStr' : 'RunesToStr', to, from);
  }
  return to;
}

const WIDE = new Set<BasicName>(['int', 'int64', 'uint', 'uint64', 'uintptr']);

function basicOf(type: Type): BasicName {
  const u = under(type);
  return u.kind === 'basic' ? u.name : 'int';
}

/** Between numeric types; integers are kept extended to 64 bits, so that widening is free. */
function numeric(f: Body, x: Expr, source: Type, target: Type, into?: number): number {
  if (!isNumber(source) || basicOf(source) === basicOf(target)) return f.expr(x, into);
  if (isInteger(source) && isInteger(target) && WIDE.has(basicOf(target))) return f.expr(x, into);
  const mark = f.mark();
  const from = f.expr(x);
  f.release(mark);
  const to = into ?? f.temp(1);
  if (isInteger(source) && isInteger(target)) {
    f.copy(to, from, 1);
    wrap(f, to, target);
  } else if (isInteger(source)) {
    f.emit(isWideUnsigned(source) ? 'UintToF' : 'IntToF', to, from);
    wrap(f, to, target);
  } else if (isInteger(target)) {
    f.emit(isWideUnsigned(target) ? 'FToUint' : 'FToInt', to, from);
    wrap(f, to, target);
  } else {
    f.copy(to, from, 1);
    wrap(f, to, target);
  }
  return to;
}

function isNumber(type: Type): boolean {
  return isInteger(type) || isFloat(type);
}
