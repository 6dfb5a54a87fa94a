/** This file compiles expressions: values, and which other file knows each kind. */
import { InternalError } from '../base/assert';
import type { Call, Expr, Selector, SliceExpr, TypeAssert } from '../lang/ast';
import { isInterface, isString, under } from '../lang/predicates';
import { resultTuple } from '../lang/results';
import type { Signature, Type } from '../lang/types';
import type { Body } from './body';
import { constant } from './constants';
import { compositeLiteral, functionLiteral } from './literals';
import { findMethod, isMethodExpression, methodValue } from './methods';
import { binary, unary } from './operators';
import { addressOf, indexValue, noteIndex, type Place } from './places';
import { slotsOf } from './types';

/** Value of an expression in its own type. */
export function expr(f: Body, e: Expr, into?: number): number {
  return f.at(e.span, () => compute(f, e, into));
}

function compute(f: Body, e: Expr, into?: number): number {
  const known = f.constantOf(e);
  if (known !== undefined) {
    const type = f.typeOf(e);
    return isInterface(type) ? f.value(e, type, into) : constant(f, known, type, into);
  }
  if (f.typing.modeOf(e) === 'nil') return f.value(e, f.typeOf(e), into);
  switch (e.kind) {
    case 'Paren':
      return f.expr(e.x, into);
    case 'Ident': {
      const object = f.typing.objectOf(e);
      if (object?.kind === 'func') return functionValue(f, f.unit.functionOf(object), into);
      return f.rules.load(f, f.rules.place(f, e), into);
    }
    case 'FuncLit':
      return functionLiteral(f, e, into);
    case 'CompositeLit':
      return compositeLiteral(f, e, f.typeOf(e), into);
    case 'Selector':
      return selector(f, e, into);
    case 'Index':
      if (isString(f.typeOf(e.x))) return stringIndex(f, e, into);
      return f.rules.load(f, f.rules.place(f, e), into);
    case 'Star':
      return f.rules.load(f, f.rules.place(f, e), into);
    case 'SliceExpr':
      return slice(f, e, into);
    case 'TypeAssert':
      return typeAssertion(f, e, -1, into);
    case 'Call':
      return f.rules.call(f, e, into);
    case 'Unary':
      if (e.op === '<-') return receive(f, e.x, f.typeOf(e), -1, into);
      return unary(f, e, into);
    case 'Binary':
      return binary(f, e, into);
    default:
      throw new InternalError('expression', { kind: e.kind });
  }
}

function functionValue(f: Body, index: number, into?: number): number {
  const to = into ?? f.temp(1);
  f.emit('FuncValue', to, index);
  return to;
}

function selector(f: Body, e: Selector, into?: number): number {
  const selection = f.typing.selectionOf(e);
  const object = f.typing.objectOf(e.sel);
  if (object?.kind === 'func' && selection?.kind === 'package')
    return functionValue(f, f.unit.functionOf(object), into);
  if (isMethodExpression(f, e)) {
    const recv = f.typeOf(e.x);
    return functionValue(f, f.unit.methodExpression(recv, findMethod(f, recv, e), f.typeOf(e) as Signature), into);
  }
  switch (selection?.kind) {
    case 'method':
    case 'interfaceMethod':
      return methodValue(f, e, into);
    default:
      return f.rules.load(f, f.rules.place(f, e), into);
  }
}

function stringIndex(f: Body, e: Expr & { kind: 'Index' }, into?: number): number {
  const mark = f.mark();
  const text = f.value(e.x, f.typeOf(e.x));
  const index = indexValue(f, e.indices[0]!);
  f.release(mark);
  const to = into ?? f.temp(1);
  noteIndex(f, f.emit('StrIndex', to, text, index), e.indices[0]);
  return to;
}

function slice(f: Body, e: SliceExpr, into?: number): number {
  const bound = (x: Expr | undefined): number => (x === undefined ? -1 : indexValue(f, x));
  const u = under(f.typeOf(e.x));
  const mark = f.mark();
  if (isString(u)) {
    const text = f.value(e.x, f.typeOf(e.x));
    const bounds = [bound(e.low), bound(e.high)] as const;
    f.release(mark);
    const to = into ?? f.temp(1);
    noteBounds(f, f.emit('StrSlice', to, text, ...bounds), e);
    return to;
  }
  const elem = under(f.typeOf(e));
  if (elem.kind !== 'slice') throw new InternalError('slice of no slice');
  const slots = slotsOf(elem.elem);
  let from: number;
  if (u.kind === 'slice') from = f.expr(e.x);
  else {
    const array = u.kind === 'pointer' ? under(u.elem) : u;
    if (array.kind !== 'array') throw new InternalError('slice of no array');
    const pointer = u.kind === 'pointer' ? f.expr(e.x) : addressOf(f, f.rules.place(f, e.x));
    from = f.temp(2);
    f.emit('ArrToSlice', from, pointer, array.len);
  }
  const bounds = [bound(e.low), bound(e.high), bound(e.max)] as const;
  f.release(mark);
  const to = into ?? f.temp(2);
  noteBounds(f, f.emit('Slice', to, from, ...bounds, u.kind === 'slice' ? slots : -1 - slots), e);
  return to;
}

function noteBounds(f: Body, at: number, { low, high, max }: SliceExpr): void {
  [low, high, max].forEach((e, i) => noteIndex(f, at, e, i));
}

/** x.(T); `ok` −1: panics when it does not hold, else the slot that says whether it does. */
export function typeAssertion(f: Body, e: TypeAssert, ok: number, into?: number): number {
  const type = f.typeOf(e.typeExpr ?? e);
  const mark = f.mark();
  const x = f.expr(e.x);
  f.release(mark);
  const to = into ?? f.temp(slotsOf(type));
  f.at(e.span, () =>
    f.emit(isInterface(type) ? 'AssertIface' : 'Assert', to, x, f.type(type), ok, f.type(f.typeOf(e.x))),
  );
  return to;
}

/** <-c into slots of the element; `ok` as for assertions. */
export function receive(f: Body, channel: Expr, elem: Type, ok: number, into?: number): number {
  // Never the channel's own slot: a blocked receive still needs it.
  const from = f.expr(channel);
  const to = into === undefined || into === from ? f.temp(slotsOf(elem)) : into;
  f.emit('Recv', to, from, ok);
  if (into === undefined || into === to) return to;
  f.copy(into, to, slotsOf(elem));
  return into;
}

/**
 * The two values of `v, ok = x` (a map index, an assertion, a receive), in fresh slots.
 */
export function commaOk(f: Body, e: Expr): { value: number; ok: number; type: Type } {
  let x = e;
  while (x.kind === 'Paren') x = x.x;
  const span = x.span;
  if (x.kind === 'Index') {
    const place = f.rules.place(f, x) as Place & { kind: 'map' };
    const map = under(f.typeOf(x.x));
    if (map.kind !== 'map') throw new InternalError('comma-ok of no map');
    const value = f.temp(place.slots);
    const ok = f.temp(1);
    f.at(span, () => f.emit('MapGet', value, place.map, place.key, place.type, ok));
    return { value, ok, type: map.elem };
  }
  if (x.kind === 'TypeAssert') {
    const type = f.typeOf(x.typeExpr!);
    const value = f.temp(slotsOf(type));
    const ok = f.temp(1);
    typeAssertion(f, x, ok, value);
    return { value, ok, type };
  }
  if (x.kind === 'Unary' && x.op === '<-') {
    const channel = under(f.typeOf(x.x));
    if (channel.kind !== 'chan') throw new InternalError('receive from no channel');
    const value = f.temp(slotsOf(channel.elem));
    const ok = f.temp(1);
    const { x: from } = x;
    f.at(span, () => receive(f, from, channel.elem, ok, value));
    return { value, ok, type: channel.elem };
  }
  throw new InternalError('comma-ok', { kind: x.kind });
}

/** Whether `e` yields two values only because two are asked for. */
export function isCommaOk(e: Expr): boolean {
  if (e.kind === 'Paren') return isCommaOk(e.x);
  return e.kind === 'Index' || e.kind === 'TypeAssert' || (e.kind === 'Unary' && e.op === '<-');
}

/** Types of the results of a call. */
export function resultTypes(f: Body, e: Call): readonly Type[] {
  const call = f.typing.callOf(e);
  if (call?.kind === 'call') return resultTuple(call.signature).types;
  const type = f.typeOf(e);
  return type.kind === 'tuple' ? type.types : [type];
}
