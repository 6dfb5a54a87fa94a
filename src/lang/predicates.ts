/** This file defines what can be asked of types alone: identity, comparability, and the classes of basic types. */
import { Interrupt } from '../base/interrupt';
import { Typ, invalidType, runeType } from './universe';
import type { Basic, BasicName, Interface, Signature, Struct, Type } from './types';

/** The underlying type. While declarations are being resolved a chain of named types may still be long. */
export function under(type: Type): Exclude<Type, { kind: 'named' }> {
  let t = type;
  for (let i = 0; t.kind === 'named'; i++) {
    if (i > 1000) return invalidType;
    t = t.underlying;
  }
  return t;
}

const INTEGERS = new Set<BasicName>([
  'int', 'int8', 'int16', 'int32', 'int64', 'uint', 'uint8', 'uint16', 'uint32', 'uint64', 'uintptr', 'untyped int', 'untyped rune',
]); // prettier-ignore
const UNSIGNED = new Set<BasicName>(['uint', 'uint8', 'uint16', 'uint32', 'uint64', 'uintptr']);
const WIDE_UNSIGNED = new Set<BasicName>(['uint', 'uint64', 'uintptr']);
const FLOATS = new Set<BasicName>(['float32', 'float64', 'untyped float']);
const COMPLEX = new Set<BasicName>(['complex64', 'complex128', 'untyped complex']);
const UNTYPED = new Set<BasicName>([
  'untyped bool', 'untyped int', 'untyped rune', 'untyped float', 'untyped complex', 'untyped string', 'untyped nil',
]); // prettier-ignore

function basicIn(type: Type, names: ReadonlySet<BasicName>): boolean {
  const u = under(type);
  return u.kind === 'basic' && names.has(u.name);
}

export const isValid = (type: Type): boolean =>
  type !== invalidType && !(type.kind === 'basic' && type.name === 'invalid');
export const isUntyped = (type: Type): type is Basic => type.kind === 'basic' && UNTYPED.has(type.name);
export const isInteger = (type: Type): boolean => basicIn(type, INTEGERS);
export const isUnsigned = (type: Type): boolean => basicIn(type, UNSIGNED);
/** Whether values of the type have 64 bits and no sign. */
export const isWideUnsigned = (type: Type): boolean => basicIn(type, WIDE_UNSIGNED);
export const isFloat = (type: Type): boolean => basicIn(type, FLOATS);
export const isComplex = (type: Type): boolean => basicIn(type, COMPLEX);
export const isNumeric = (type: Type): boolean => isInteger(type) || isFloat(type) || isComplex(type);

export function isBoolean(type: Type): boolean {
  const u = under(type);
  return u.kind === 'basic' && (u.name === 'bool' || u.name === 'untyped bool');
}

export function isString(type: Type): boolean {
  const u = under(type);
  return u.kind === 'basic' && (u.name === 'string' || u.name === 'untyped string');
}

export const isConstType = (type: Type): boolean => isBoolean(type) || isString(type) || isNumeric(type);
export const isOrdered = (type: Type): boolean => isInteger(type) || isFloat(type) || isString(type);
export const isInterface = (type: Type): boolean => under(type).kind === 'interface';

/** Whether the type has a name: basic and declared types do, literals do not. */
export const hasName = (type: Type): boolean =>
  type.kind === 'basic' || type.kind === 'named' || type.kind === 'typeparam';

/** Whether `type` is `[]byte` or `[]rune` (or declared so). */
export function isBytesOrRunes(type: Type): boolean {
  const u = under(type);
  if (u.kind !== 'slice') return false;
  const elem = under(u.elem);
  return elem.kind === 'basic' && (elem.name === 'uint8' || elem.name === 'int32');
}

/** Whether values of the type can be nil. */
export function hasNil(type: Type): boolean {
  const u = under(type);
  switch (u.kind) {
    case 'basic':
      return u.name === 'unsafe.Pointer' || u.name === 'untyped nil';
    case 'slice':
    case 'pointer':
    case 'signature':
    case 'map':
    case 'chan':
    case 'interface':
      return true;
    default:
      return false;
  }
}

/** The pointed-to type and true, or the type itself and false. Looks at unnamed pointers only. */
export function deref(type: Type): { type: Type; pointer: boolean } {
  return type.kind === 'pointer' ? { type: type.elem, pointer: true } : { type, pointer: false };
}

export function isInterfacePointer(type: Type): boolean {
  const u = under(type);
  return u.kind === 'pointer' && isInterface(u.elem);
}

/** The array that `type` is or points to, else its underlying type. */
export function arrayPointerDeref(type: Type): Exclude<Type, { kind: 'named' }> {
  const u = under(type);
  if (u.kind !== 'pointer') return u;
  const elem = under(u.elem);
  return elem.kind === 'array' ? elem : u;
}

/** What a composite type is called in messages; '' for basic types. */
export function compositeKind(type: Type): string {
  const u = under(type);
  if (u.kind === 'basic') return '';
  return u.kind === 'signature' ? 'func' : u.kind;
}

/** Work of a field, in units of the interrupt: to ask whether it can be compared. */
const FIELD_UNITS = 5;

/** Why values of the type cannot be compared with `==`: undefined when they can; '' when there is no more to say than its kind. */
export function incomparable(
  type: Type,
  name: (type: Type) => string,
  interrupt = Interrupt.never,
  seen?: Set<Type>,
): string | undefined {
  const u = under(type);
  if (u.kind === 'struct' || u.kind === 'array') {
    if (seen?.has(type)) return undefined;
    seen = (seen ?? new Set<Type>()).add(type);
  }
  switch (u.kind) {
    case 'basic':
      return u.name === 'untyped nil' ? '' : undefined;
    case 'pointer':
    case 'chan':
    case 'interface':
      return undefined;
    case 'struct':
      for (const field of u.fields) {
        interrupt.worked(FIELD_UNITS);
        if (incomparable(field.type, name, interrupt, seen) !== undefined) {
          return `struct containing ${name(field.type)} cannot be compared`;
        }
      }
      return undefined;
    case 'array':
      return incomparable(u.elem, name, interrupt, seen) !== undefined ? `${name(type)} cannot be compared` : undefined;
    default:
      return '';
  }
}

/** Structures that were found to be comparable: two of thousands of fields may be compared thousands of times. */
const comparable = new WeakSet<Type>();

export function isComparable(type: Type, interrupt = Interrupt.never): boolean {
  if (comparable.has(type)) return true;
  if (incomparable(type, () => '', interrupt) !== undefined) return false;
  if (under(type).kind === 'struct') comparable.add(type);
  return true;
}

/** Interfaces whose identity is being decided, innermost first: a pair met again is taken to be identical. */
interface Pair {
  readonly x: Interface;
  readonly y: Interface;
  readonly outer?: Pair;
}

/**
 * Pairs of composite types that were found to be identical, with tags and without. Types are shared, so a pair is often asked for again:
 * two structures that hold two of the one before, and so on, are compared in time for what is written.
 */
const found = { withTags: new WeakMap<Type, WeakSet<Type>>(), ignoringTags: new WeakMap<Type, WeakSet<Type>>() };

/** Go's type identity. */
export function identical(x: Type, y: Type, ignoreTags = false, pair?: Pair): boolean {
  if (x === y) return true;
  if (x.kind !== y.kind) return false;
  if (x.kind !== 'struct' && x.kind !== 'signature' && x.kind !== 'interface') return alike(x, y, ignoreTags, pair);
  const pairs = ignoreTags ? found.ignoringTags : found.withTags;
  if (pairs.get(x)?.has(y)) return true;
  if (!alike(x, y, ignoreTags, pair)) return false;
  const partners = pairs.get(x) ?? new WeakSet<Type>();
  pairs.set(x, partners.add(y));
  return true;
}

/** Whether two types that are not one are identical. */
function alike(x: Type, y: Type, ignoreTags: boolean, pair: Pair | undefined): boolean {
  const same = (a: Type, b: Type): boolean => identical(a, b, ignoreTags, pair);
  switch (x.kind) {
    case 'basic':
      return y.kind === 'basic' && x.name === y.name;
    case 'pointer':
    case 'slice':
      return y.kind === x.kind && same(x.elem, y.elem);
    case 'array':
      return y.kind === 'array' && x.len === y.len && same(x.elem, y.elem);
    case 'map':
      return y.kind === 'map' && same(x.key, y.key) && same(x.elem, y.elem);
    case 'chan':
      return y.kind === 'chan' && x.dir === y.dir && same(x.elem, y.elem);
    case 'struct':
      return y.kind === 'struct' && identicalStructs(x, y, ignoreTags, same);
    case 'signature':
      return y.kind === 'signature' && identicalSignatures(x, y, same);
    case 'interface':
      return y.kind === 'interface' && identicalInterfaces(x, y, ignoreTags, pair);
    case 'tuple':
      return y.kind === 'tuple' && x.types.length === y.types.length && x.types.every((t, i) => same(t, y.types[i]!));
    case 'named':
    case 'typeparam':
      return false;
  }
}

/** A text that is the same for identical types, and for few others. */
export function likeness(type: Type): string {
  switch (type.kind) {
    case 'basic':
      return type.name;
    case 'named':
    case 'typeparam':
      return `${type.object.pkg}.${type.object.name}`;
    case 'array':
      return `[${type.len}]${likeness(type.elem)}`;
    case 'pointer':
    case 'slice':
    case 'chan':
      return `${type.kind} ${likeness(type.elem)}`;
    case 'map':
      return `map[${likeness(type.key)}]${likeness(type.elem)}`;
    case 'struct':
      return `struct ${type.fields.length} ${type.fields[0]?.name}`;
    case 'signature':
      return `func ${type.params.length} ${type.results.length}`;
    case 'interface':
      return `interface ${type.methods.length} ${type.methods[0]?.name}`;
    case 'tuple':
      return `tuple ${type.types.length}`;
  }
}

type Same = (x: Type, y: Type) => boolean;

function identicalStructs(x: Struct, y: Struct, ignoreTags: boolean, same: Same): boolean {
  return (
    x.fields.length === y.fields.length &&
    x.fields.every((f, i) => {
      const g = y.fields[i]!;
      const tags = ignoreTags || (f.tag ?? '') === (g.tag ?? '');
      return f.name === g.name && f.embedded === g.embedded && tags && same(f.type, g.type);
    })
  );
}

function identicalSignatures(x: Signature, y: Signature, same: Same): boolean {
  if (x.variadic !== y.variadic || x.params.length !== y.params.length) return false;
  return (
    x.results.length === y.results.length &&
    x.params.every((p, i) => same(p.type, y.params[i]!.type)) &&
    x.results.every((r, i) => same(r.type, y.results[i]!.type))
  );
}

function identicalInterfaces(x: Interface, y: Interface, ignoreTags: boolean, outer: Pair | undefined): boolean {
  if (x.methods.length !== y.methods.length) return false;
  for (let p = outer; p; p = p.outer) if ((p.x === x && p.y === y) || (p.x === y && p.y === x)) return true;
  const pair: Pair = { x, y, outer };
  return x.methods.every((m, i) => {
    const n = y.methods[i]!;
    return m.name === n.name && identical(m.signature, n.signature, ignoreTags, pair);
  });
}

const DEFAULTS: Partial<Record<BasicName, Basic>> = {
  'untyped bool': Typ.bool,
  'untyped int': Typ.int,
  'untyped rune': runeType,
  'untyped float': Typ.float64,
  'untyped complex': Typ.complex128,
  'untyped string': Typ.string,
};

/** The type an untyped value gets where nothing else decides; other types are unchanged. */
export function defaultType(type: Type): Type {
  return type.kind === 'basic' ? (DEFAULTS[type.name] ?? type) : type;
}

const UNTYPED_RANK: Partial<Record<BasicName, number>> = {
  'untyped int': 1,
  'untyped rune': 2,
  'untyped float': 3,
  'untyped complex': 4,
};

/** The larger of two untyped numeric kinds, or the kind itself if both are the same; undefined when they do not mix. */
export function maxUntyped(x: Type, y: Type): Type | undefined {
  if (x === y) return x;
  if (x.kind !== 'basic' || y.kind !== 'basic') return undefined;
  const [a, b] = [UNTYPED_RANK[x.name], UNTYPED_RANK[y.name]];
  if (a === undefined || b === undefined) return undefined;
  return a > b ? x : y;
}
