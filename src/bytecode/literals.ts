/** This file compiles composite literals and function literals. */
import { InternalError } from '../base/assert';
import type { CompositeLit, Expr, FuncLit } from '../lang/ast';
import { intConst, toInt } from '../lang/constants';
import { under } from '../lang/predicates';
import type { Struct, Type } from '../lang/types';
import { Typ } from '../lang/universe';
import type { Body } from './body';
import { constant } from './constants';
import { LARGEST_IN_FRAME } from './escape';
import { store } from './places';
import { fieldOffset, slotsOf } from './types';

/** Value of a composite literal. */
export function compositeLiteral(f: Body, e: CompositeLit, type: Type, into?: number): number {
  const u = under(type);
  switch (u.kind) {
    case 'struct':
      return structLiteral(f, e, u, into);
    case 'array':
      return arrayLiteral(f, e, u.elem, u.len, into);
    case 'slice': {
      const length = elements(f, e).reduce((most, { index }) => Math.max(most, index + 1), 0);
      const to = into ?? f.temp(2);
      if (isSparse(length * slotsOf(u.elem), e)) return sparseSlice(f, e, u.elem, length, to);
      const mark = f.mark();
      const from = arrayLiteral(f, e, u.elem, length);
      f.at(e.span, () => f.emitSite(f.type(u.elem), 'SliceOf', to, from, length, f.type(u.elem), slotsOf(u.elem)));
      f.release(mark);
      return to;
    }
    case 'map': {
      const to = into ?? f.temp(1);
      const map = f.temp(1); // the literal may mention the variable it is assigned to
      f.at(e.span, () => f.emitSite(f.type(type), 'MakeMap', map, f.type(type), -1));
      for (const element of e.elements) {
        if (element.kind !== 'KeyValue') throw new InternalError('map literal without key');
        const mark = f.mark();
        const key = elementValue(f, element.key, u.key);
        const val = elementValue(f, element.val, u.elem);
        f.at(element.span, () => f.emit('MapSet', map, key, val, f.type(type)));
        f.release(mark);
      }
      f.copy(to, map, 1);
      return to;
    }
    case 'pointer': {
      // An elided &T in []*T{{…}}.
      const from = compositeLiteral(f, e, u.elem);
      const to = into ?? f.temp(1);
      f.at(e.span, () => f.emitSite(f.type(u.elem), 'NewOf', to, from, f.type(u.elem), slotsOf(u.elem)));
      return to;
    }
    default:
      throw new InternalError('composite literal', { kind: u.kind });
  }
}

/** An element, whose own literal type may be left out. */
function elementValue(f: Body, e: Expr, type: Type, into?: number): number {
  if (e.kind === 'CompositeLit' && e.typeExpr === undefined && f.typing.typeOf(e) === undefined)
    return compositeLiteral(f, e, type, into);
  return f.value(e, type, into);
}

function structLiteral(f: Body, e: CompositeLit, struct: Struct, into?: number): number {
  const slots = slotsOf(struct);
  const to = f.temp(slots); // not `into`: x = T{x.b, x.a}
  if (e.elements.length < struct.fields.length) f.zero(to, slots);
  e.elements.forEach((element, i) => {
    const named = element.kind === 'KeyValue' && element.key.kind === 'Ident';
    const index = named ? struct.fields.findIndex((field) => field.name === (element.key as { name: string }).name) : i;
    const mark = f.mark();
    elementValue(
      f,
      element.kind === 'KeyValue' ? element.val : element,
      struct.fields[index]!.type,
      to + fieldOffset(struct, index),
    );
    f.release(mark);
  });
  if (into === undefined) return to;
  f.copy(into, to, slots);
  return into;
}

/** Elements of an array or slice literal with their indices. */
function elements(f: Body, e: CompositeLit): { index: number; element: Expr }[] {
  let next = 0;
  return e.elements.map((element) => {
    if (element.kind !== 'KeyValue') return { index: next++, element };
    const known = f.constantOf(element.key);
    const key = known && toInt(known);
    if (!key) throw new InternalError('index of an element');
    const index = Number(key.v);
    next = index + 1;
    return { index, element: element.val };
  });
}

function arrayLiteral(f: Body, e: CompositeLit, elem: Type, length: number, into?: number): number {
  const stride = slotsOf(elem);
  const to = f.temp(length * stride);
  const list = elements(f, e);
  if (list.length < length) f.zero(to, length * stride);
  for (const { index, element } of list) {
    const mark = f.mark();
    elementValue(f, element, elem, to + index * stride);
    f.release(mark);
  }
  if (into === undefined) return to;
  f.copy(into, to, length * stride);
  return into;
}

/** Whether most of a literal is zeros, so many that a frame should not hold them. */
function isSparse(slots: number, e: CompositeLit): boolean {
  return slots > LARGEST_IN_FRAME && e.elements.length < slots / 2;
}

/** []T{1 << 20: x}: made, and then filled. */
function sparseSlice(f: Body, e: CompositeLit, elem: Type, length: number, to: number): number {
  const stride = slotsOf(elem);
  const slice = f.temp(2); // the elements may mention the variable it is assigned to
  const size = constant(f, intConst(length), Typ.int);
  f.at(e.span, () => f.emitSite(f.type(elem), 'MakeSlice', slice, size, size, f.type(elem), stride));
  for (const { index, element } of elements(f, e)) {
    const mark = f.mark();
    const at = constant(f, intConst(index), Typ.int);
    const from = elementValue(f, element, elem);
    f.at(element.span, () => store(f, { kind: 'element', slice, index: at, stride, offset: 0, slots: stride }, from));
    f.release(mark);
  }
  f.copy(to, slice, 2);
  return to;
}

/** Value of a function literal: a closure over the blocks of boxed variables and copies of the others. */
export function functionLiteral(f: Body, e: FuncLit, into?: number): number {
  const free = f.body.uses.free(e);
  const index = f.unit.literal(e, f.body, f.planned);
  const to = into ?? f.temp(1);
  if (free.length === 0) {
    f.emit('FuncValue', to, index);
    return to;
  }
  const mark = f.mark();
  const sizes = free.map((variable) => (f.isBoxed(variable) ? 1 : slotsOf(variable.type)));
  const slots = sizes.reduce((sum, size) => sum + size, 0);
  const from = f.reserve(slots);
  let at = from;
  free.forEach((variable, i) => {
    f.copy(at, f.home(variable).slot, sizes[i]!);
    at += sizes[i]!;
  });
  f.at(e.span, () => f.emitSite(f.type(f.typeOf(e)), 'Closure', to, index, from, slots));
  f.release(mark);
  return to;
}
