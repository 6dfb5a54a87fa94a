/** This file defines places: where a value is or goes, with the operands already evaluated; loading, storing, taking the address. */
import { InternalError } from '../base/assert';
import type { Expr, Index, Selector } from '../lang/ast';
import { toInt } from '../lang/constants';
import { isWideUnsigned, under } from '../lang/predicates';
import type { Type, VarObj } from '../lang/types';
import { Typ } from '../lang/universe';
import type { Body } from './body';
import { constant } from './constants';
import { fieldOffsets, slotsOf } from './types';

/** `slots` is the size of the value in the place; offsets are in slots. */
export type Place =
  | { readonly kind: 'blank' }
  /** In the frame. */
  | { readonly kind: 'frame'; readonly slot: number; readonly slots: number }
  /** In an array in the frame: element `index` (a slot) of `stride` slots, `offset` slots into it. */
  | {
      readonly kind: 'frameElement';
      readonly base: number;
      readonly index: number;
      readonly stride: number;
      readonly slots: number;
    }
  | { readonly kind: 'global'; readonly offset: number; readonly slots: number }
  /** Behind a pointer; `sure`: it is known not to be nil. */
  | {
      readonly kind: 'pointer';
      readonly pointer: number;
      readonly offset: number;
      readonly slots: number;
      readonly sure: boolean;
    }
  | {
      readonly kind: 'element';
      readonly slice: number;
      readonly index: number;
      /** The expression of the index, if the text has one. */
      readonly indexExpr?: Expr;
      readonly stride: number;
      readonly offset: number;
      readonly slots: number;
    }
  | {
      readonly kind: 'map';
      readonly map: number;
      readonly key: number;
      readonly keySlots: number;
      readonly type: number;
      readonly slots: number;
    };

/** The place of any expression; what has none is computed into temporaries. */
export function placeOf(f: Body, e: Expr): Place {
  switch (e.kind) {
    case 'Paren':
      return placeOf(f, e.x);
    case 'Ident':
      return identPlace(f, e);
    case 'Selector':
      return selectorPlace(f, e);
    case 'Star':
      return { kind: 'pointer', pointer: f.expr(e.x), offset: 0, slots: slotsOf(f.typeOf(e)), sure: false };
    case 'Index':
      return indexPlace(f, e);
    default:
      break;
  }
  return { kind: 'frame', slot: f.expr(e), slots: slotsOf(f.typeOf(e)) };
}

function selectorPlace(f: Body, e: Selector): Place {
  const selection = f.typing.selectionOf(e);
  if (selection?.kind === 'field') return fieldPlace(f, e, selection.path);
  const object = f.typing.objectOf(e.sel);
  return object?.kind === 'var'
    ? globalPlace(f, object)
    : { kind: 'frame', slot: f.expr(e), slots: slotsOf(f.typeOf(e)) };
}

function globalPlace(f: Body, variable: VarObj): Place {
  return { kind: 'global', offset: f.unit.globalSlot(variable), slots: slotsOf(variable.type) };
}

function identPlace(f: Body, e: Expr & { kind: 'Ident' }): Place {
  const object = f.typing.objectOf(e);
  if (e.name === '_') return { kind: 'blank' };
  if (object?.kind !== 'var') {
    if (f.constantOf(e) === undefined && f.typing.modeOf(e) !== 'nil' && object?.kind !== 'func')
      throw new InternalError('no value', { name: e.name });
    return { kind: 'frame', slot: f.expr(e), slots: slotsOf(f.typeOf(e)) };
  }
  if (object.role === 'package') return globalPlace(f, object);
  const home = f.home(object);
  const slots = slotsOf(object.type);
  return home.boxed
    ? { kind: 'pointer', pointer: home.slot, offset: 0, slots, sure: true }
    : { kind: 'frame', slot: home.slot, slots };
}

function fieldPlace(f: Body, e: Selector, path: readonly number[]): Place {
  return followPath(f, placeOf(f, e.x), f.typeOf(e.x), path).place;
}

/** The field that `path` leads to from a value of `type` at `place`; pointers on the way are followed. */
export function followPath(f: Body, place: Place, type: Type, path: readonly number[]): { place: Place; type: Type } {
  let at = place;
  let t = type;
  for (const index of path) {
    const u = under(t);
    if (u.kind === 'pointer') {
      t = u.elem;
      at = { kind: 'pointer', pointer: load(f, at), offset: 0, slots: slotsOf(t), sure: false };
    }
    const struct = under(t);
    if (struct.kind !== 'struct') throw new InternalError('path through no struct');
    const field = struct.fields[index]!;
    at = part(f, at, fieldOffsets(struct)[index]!, slotsOf(field.type));
    t = field.type;
  }
  return { place: at, type: t };
}

/** The part of a place that starts `offset` slots into it. */
export function part(f: Body, place: Place, offset: number, slots: number): Place {
  switch (place.kind) {
    case 'frame':
      return { ...place, slot: place.slot + offset, slots };
    case 'frameElement':
      return { ...place, base: place.base + offset, slots };
    case 'global':
    case 'pointer':
    case 'element':
      return { ...place, offset: place.offset + offset, slots };
    case 'map':
      return { kind: 'frame', slot: load(f, place) + offset, slots };
    case 'blank':
      throw new InternalError('part of the blank identifier');
  }
}

function indexPlace(f: Body, e: Index): Place {
  const index = e.indices[0]!;
  const u = under(f.typeOf(e.x));
  switch (u.kind) {
    case 'slice': {
      const slice = f.expr(e.x);
      const stride = slotsOf(u.elem);
      return {
        kind: 'element',
        slice,
        index: indexValue(f, index),
        indexExpr: index,
        stride,
        offset: 0,
        slots: stride,
      };
    }
    case 'map': {
      const map = f.expr(e.x);
      const key = f.value(index, u.key);
      return { kind: 'map', map, key, keySlots: slotsOf(u.key), type: f.type(f.typeOf(e.x)), slots: slotsOf(u.elem) };
    }
    case 'array':
      return arrayElement(f, placeOf(f, e.x), u.len, slotsOf(u.elem), index);
    case 'pointer': {
      const array = under(u.elem);
      if (array.kind !== 'array') break;
      const place: Place = { kind: 'pointer', pointer: f.expr(e.x), offset: 0, slots: slotsOf(array), sure: false };
      return arrayElement(f, place, array.len, slotsOf(array.elem), index);
    }
    default:
      break;
  }
  return { kind: 'frame', slot: f.expr(e), slots: slotsOf(f.typeOf(e)) };
}

/** An index as a slot; constants of any type become integers. */
export function indexValue(f: Body, e: Expr): number {
  const known = f.constantOf(e);
  return known === undefined ? f.expr(e) : constant(f, known, Typ.int);
}

/** Notes that the instruction at `at` has `e` as its index, or as one of its bounds: of unsigned ones panics tell all 64 bits. */
export function noteIndex(f: Body, at: number, e: Expr | undefined, bound = 0): void {
  if (e && f.constantOf(e) === undefined && isWideUnsigned(f.typeOf(e))) f.unit.asm.unsignedIndices.add(at + bound);
}

function constantIndex(f: Body, e: Expr): number | undefined {
  const known = f.constantOf(e);
  const integer = known && toInt(known);
  return integer && Number(integer.v);
}

function arrayElement(f: Body, array: Place, length: number, stride: number, index: Expr): Place {
  const constant = constantIndex(f, index);
  if (constant !== undefined) return part(f, array, constant * stride, stride);
  const at = indexValue(f, index);
  f.at(index.span, () => noteIndex(f, f.emit('Bounds', at, length), index));
  switch (array.kind) {
    case 'frame':
      return { kind: 'frameElement', base: array.slot, index: at, stride, slots: stride };
    case 'frameElement':
      return { ...array, index: combined(f, array.index, array.stride, at, stride), stride: 1, slots: stride };
    case 'map':
      return { kind: 'frameElement', base: load(f, array), index: at, stride, slots: stride };
    default: {
      const pointer = f.temp(1);
      f.emit('PtrIndex', pointer, addressOf(f, array), at, stride);
      return { kind: 'pointer', pointer, offset: 0, slots: stride, sure: true };
    }
  }
}

/** outer · outerStride + inner · innerStride, as a slot. */
function combined(f: Body, outer: number, outerStride: number, inner: number, innerStride: number): number {
  const a = f.temp(1);
  const b = f.temp(1);
  f.emit('MulI', a, outer, outerStride);
  f.emit('MulI', b, inner, innerStride);
  f.emit('AddInt', a, a, b);
  return a;
}

/** The value in a place; the slot where it is. */
export function load(f: Body, place: Place, into?: number): number {
  if (place.kind === 'blank') throw new InternalError('load of the blank identifier');
  if (place.kind === 'frame') {
    if (into === undefined) return place.slot;
    f.copy(into, place.slot, place.slots);
    return into;
  }
  const { slots } = place;
  const to = into ?? f.temp(slots);
  switch (place.kind) {
    case 'frameElement':
      f.emit('GetAt', to, place.base, place.index, place.stride, slots);
      break;
    case 'global':
      if (slots === 1) f.emit('LoadG', to, place.offset * 2);
      else if (slots > 1) f.emit('LoadGN', to, place.offset * 2, slots);
      break;
    case 'pointer':
      if (slots === 1) f.emit('Load', to, place.pointer, place.offset * 2);
      else if (slots > 1) f.emit('LoadN', to, place.pointer, place.offset * 2, slots);
      else if (!place.sure) f.emit('NilCheck', place.pointer);
      break;
    case 'element':
      if (place.stride === 1 && slots === 1)
        noteIndex(f, f.emit('LoadElem', to, place.slice, place.index), place.indexExpr);
      else return load(f, elementPointer(f, place), to);
      break;
    case 'map':
      f.emit('MapGet', to, place.map, place.key, place.type, -1);
      break;
  }
  return to;
}

function elementPointer(f: Body, place: Place & { kind: 'element' }): Place {
  const pointer = f.temp(1);
  noteIndex(f, f.emit('ElemAddr', pointer, place.slice, place.index, place.stride), place.indexExpr);
  return { kind: 'pointer', pointer, offset: place.offset, slots: place.slots, sure: true };
}

/** Puts the value at `from` into a place. */
export function store(f: Body, place: Place, from: number): void {
  switch (place.kind) {
    case 'blank':
      break;
    case 'frame':
      f.copy(place.slot, from, place.slots);
      break;
    case 'frameElement':
      f.emit('SetAt', place.base, place.index, from, place.stride, place.slots);
      break;
    case 'global':
      if (place.slots === 1) f.emit('StoreG', place.offset * 2, from);
      else if (place.slots > 1) f.emit('StoreGN', place.offset * 2, from, place.slots);
      break;
    case 'pointer':
      if (place.slots === 1) f.emit('Store', place.pointer, place.offset * 2, from);
      else if (place.slots > 1) f.emit('StoreN', place.pointer, place.offset * 2, from, place.slots);
      else if (!place.sure) f.emit('NilCheck', place.pointer);
      break;
    case 'element':
      if (place.stride === 1 && place.slots === 1)
        noteIndex(f, f.emit('StoreElem', place.slice, place.index, from), place.indexExpr);
      else store(f, elementPointer(f, place), from);
      break;
    case 'map':
      f.emit('MapSet', place.map, place.key, from, place.type);
      break;
  }
}

/** The address of a place, as a slot. */
export function addressOf(f: Body, place: Place, into?: number): number {
  const to = into ?? f.temp(1);
  switch (place.kind) {
    case 'global':
      f.emit('GlobalAddr', to, place.offset * 2);
      break;
    case 'pointer':
      if (place.offset !== 0 || !place.sure) f.emit('Offset', to, place.pointer, place.offset * 2);
      else f.copy(to, place.pointer, 1);
      break;
    case 'element': {
      noteIndex(f, f.emit('ElemAddr', to, place.slice, place.index, place.stride), place.indexExpr);
      if (place.offset !== 0) f.emit('Offset', to, to, place.offset * 2);
      break;
    }
    default:
      throw new InternalError('address of a place without one', { kind: place.kind });
  }
  return to;
}

/** The place with its operands copied to temporaries, so that assignments of the same statement cannot change them. */
export function frozen(f: Body, place: Place): Place {
  const keep = (slot: number, slots: number): number => {
    const copy = f.temp(slots);
    f.copy(copy, slot, slots);
    return copy;
  };
  switch (place.kind) {
    case 'frameElement':
      return { ...place, index: keep(place.index, 1) };
    case 'pointer':
      return { ...place, pointer: keep(place.pointer, 1) };
    case 'element':
      return { ...place, slice: keep(place.slice, 2), index: keep(place.index, 1) };
    case 'map':
      return { ...place, map: keep(place.map, 1), key: keep(place.key, place.keySlots) };
    default:
      return place;
  }
}
