/** This file compiles composite literals and function literals. */
import { InternalError } from '../base/assert';
import type { CompositeLit, Expr, FuncLit } from '../lang/ast';
import { intConst, toInt } from '../lang/constants';
import { unparen } from '../lang/exprString';
import { memberIndex } from '../lang/members';
import { under } from '../lang/predicates';
import type { ArrayT, Struct, Type } from '../lang/types';
import { Typ } from '../lang/universe';
import type { Body } from './body';
import { constant } from './constants';
import { LARGEST_IN_FRAME } from './escape';
import { part, store, type Place } from './places';
import { fieldOffsets, slotsOf } from './types';

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
      const sparse = sparseLiteral(f, e, u.elem);
      if (sparse) return sparseBlock(f, sparse, u.elem, into);
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
  for (const { element, type, offset } of fieldsOf(e, struct)) {
    const mark = f.mark();
    elementValue(f, element, type, to + offset);
    f.release(mark);
  }
  if (into === undefined) return to;
  f.copy(into, to, slots);
  return into;
}

/** A value of a literal of an array or struct, and where in it it goes, in slots. */
interface Component {
  readonly element: Expr;
  readonly type: Type;
  readonly offset: number;
}

function fieldsOf(e: CompositeLit, struct: Struct): Component[] {
  const offsets = fieldOffsets(struct);
  return e.elements.map((element, i) => {
    const named = element.kind === 'KeyValue' && element.key.kind === 'Ident';
    const index = named ? memberIndex(struct.fields, (element.key as { name: string }).name) : i;
    return {
      element: element.kind === 'KeyValue' ? element.val : element,
      type: struct.fields[index]!.type,
      offset: offsets[index]!,
    };
  });
}

function componentsOf(f: Body, e: CompositeLit, u: ArrayT | Struct): Component[] {
  if (u.kind === 'struct') return fieldsOf(e, u);
  const stride = slotsOf(u.elem);
  return elements(f, e).map(({ index, element }) => ({ element, type: u.elem, offset: index * stride }));
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
    putInto(f, element, elem, { kind: 'element', slice, index: at, stride, offset: 0, slots: stride });
    f.release(mark);
  }
  f.copy(to, slice, 2);
  return to;
}

/** The literal of an array or struct that is mostly zeros, if `e` is one: it is made where its value goes, and then filled. */
export function sparseLiteral(f: Body, e: Expr, type: Type): CompositeLit | undefined {
  const inner = unparen(e);
  const u = under(type);
  if (inner.kind !== 'CompositeLit' || (u.kind !== 'array' && u.kind !== 'struct')) return undefined;
  return isSparse(slotsOf(u), inner) ? inner : undefined;
}

/** Address of a new block with the value of a sparse literal. */
export function sparseBlock(f: Body, e: CompositeLit, type: Type, into?: number): number {
  const to = into ?? f.temp(1);
  const slots = slotsOf(type);
  const pointer = f.temp(1); // the elements may mention the variable it is assigned to
  f.at(e.span, () => f.emitSite(f.type(type), 'New', pointer, f.type(type), slots));
  fill(f, e, type, { kind: 'pointer', pointer, offset: 0, slots, sure: true });
  f.copy(to, pointer, 1);
  return to;
}

/** Puts the elements of a sparse literal into a place that holds zeros. */
export function fill(f: Body, e: CompositeLit, type: Type, place: Place): void {
  for (const { element, type: elem, offset } of componentsOf(f, e, under(type) as ArrayT | Struct)) {
    const mark = f.mark();
    putInto(f, element, elem, part(f, place, offset, slotsOf(elem)));
    f.release(mark);
  }
}

/** Puts an element into a place that holds zeros. */
function putInto(f: Body, e: Expr, type: Type, place: Place): void {
  const literal = sparseLiteral(f, e, type);
  if (literal) fill(f, literal, type, place);
  else {
    const from = elementValue(f, e, type);
    f.at(e.span, () => store(f, place, from));
  }
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
