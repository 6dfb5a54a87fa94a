/** This file compiles expressions: values, and which other file knows each kind. */
import { InternalError } from '../base/assert';
import type { Call, Expr, Selector, SliceExpr, TypeAssert } from '../lang/ast';
import { isInterface, isString, under } from '../lang/predicates';
import type { Signature, Type } from '../lang/types';
import type { Body } from './body';
import { constant } from './constants';
import { compositeLiteral, functionLiteral } from './literals';
import { findMethod, isMethodExpression, methodValue } from './methods';
import { binary, unary } from './operators';
import { addressOf, indexValue, type Place } from './places';
import { slotsOf } from './types';

/** Value of an expression in its own type. */
export function expr(f: Body, e: Expr, into?: number): number {
  return f.at(e.span, () => compute(f, e, into));
}

function compute(f: Body, e: Expr, into?: number): number {
  if (e.value !== undefined && e.type !== undefined)
    return isInterface(e.type) ? f.value(e, e.type, into) : constant(f, e.value, e.type, into);
  if (e.mode === 'nil') return f.value(e, e.type!, into);
  switch (e.kind) {
    case 'Paren':
      return f.expr(e.x, into);
    case 'Ident':
      if (e.object?.kind === 'func') return functionValue(f, f.unit.functionOf(e.object), into);
      return f.rules.load(f, f.rules.place(f, e), into);
    case 'FuncLit':
      return functionLiteral(f, e, into);
    case 'CompositeLit':
      return compositeLiteral(f, e, into);
    case 'Selector':
      return selector(f, e, into);
    case 'Index':
      if (isString(e.x.type!)) return stringIndex(f, e, into);
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
      if (e.op === '<-') return receive(f, e.x, e.type!, -1, into);
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
  const { selection } = e;
  if (e.sel.object?.kind === 'func' && (selection === undefined || selection.kind === 'package')) {
    return functionValue(f, f.unit.functionOf(e.sel.object), into);
  }
  if (isMethodExpression(e)) {
    const recv = e.x.type!;
    return functionValue(f, f.unit.methodExpression(recv, findMethod(recv, e), e.type as Signature), into);
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
  const text = f.value(e.x, e.x.type!);
  const index = indexValue(f, e.indices[0]!);
  f.release(mark);
  const to = into ?? f.temp(1);
  f.emit('StrIndex', to, text, index);
  return to;
}

function slice(f: Body, e: SliceExpr, into?: number): number {
  const bound = (x: Expr | undefined): number => (x === undefined ? -1 : indexValue(f, x));
  const u = under(e.x.type!);
  const mark = f.mark();
  if (isString(u)) {
    const text = f.value(e.x, e.x.type!);
    const bounds = [bound(e.low), bound(e.high)] as const;
    f.release(mark);
    const to = into ?? f.temp(1);
    f.emit('StrSlice', to, text, ...bounds);
    return to;
  }
  const elem = under(e.type!);
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
  f.emit('Slice', to, from, ...bounds, u.kind === 'slice' ? slots : -1 - slots);
  return to;
}

/** x.(T); `ok` −1: panics when it does not hold, else the slot that says whether it does. */
export function typeAssertion(f: Body, e: TypeAssert, ok: number, into?: number): number {
  const type = targetType(e);
  const mark = f.mark();
  const x = f.expr(e.x);
  f.release(mark);
  const to = into ?? f.temp(slotsOf(type));
  f.at(e.span, () => f.emit(isInterface(type) ? 'AssertIface' : 'Assert', to, x, f.type(type), ok, f.type(e.x.type!)));
  return to;
}

function targetType(e: TypeAssert): Type {
  const type = e.typeExpr?.type ?? e.type;
  if (type === undefined) throw new InternalError('assertion without type');
  return type;
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
    const map = under(x.x.type!);
    if (map.kind !== 'map') throw new InternalError('comma-ok of no map');
    const value = f.temp(place.slots);
    const ok = f.temp(1);
    f.at(span, () => f.emit('MapGet', value, place.map, place.key, place.type, ok));
    return { value, ok, type: map.elem };
  }
  if (x.kind === 'TypeAssert') {
    const type = x.typeExpr!.type!;
    const value = f.temp(slotsOf(type));
    const ok = f.temp(1);
    typeAssertion(f, x, ok, value);
    return { value, ok, type };
  }
  if (x.kind === 'Unary' && x.op === '<-') {
    const channel = under(x.x.type!);
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
export function resultTypes(e: Call): readonly Type[] {
  if (e.call?.kind === 'call') return e.call.signature.results.map((r) => r.type);
  return e.type?.kind === 'tuple' ? e.type.types : [e.type!];
}
