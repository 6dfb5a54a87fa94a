/** This file finds fields and methods by name through embedded types, as Go's selectors do, and checks method sets. */
import type { Interrupt } from '../base/interrupt';
import { embeddedFields, foldedMemberIndex, memberIndex } from './members';
import { deref, identical, isInterfacePointer, under } from './predicates';
import type { FieldObj, FuncObj, Interface, Method, MethodObj, Named, Type } from './types';
import { causeOf, type Unsupported } from './unsupported';

/** What a name selects in a type. `indirect`: a pointer was followed on the way; `path`: field indices, as in typing.Selection. */
export type Found =
  | {
      readonly kind: 'field';
      readonly path: readonly number[];
      readonly field: FieldObj;
      readonly indirect: boolean;
    }
  | { readonly kind: 'method'; readonly path: readonly number[]; readonly object: FuncObj; readonly indirect: boolean }
  | {
      readonly kind: 'interfaceMethod';
      readonly path: readonly number[];
      readonly index: number;
      readonly method: MethodObj;
      readonly indirect: boolean;
    }
  | { readonly kind: 'none'; readonly why: 'missing' | 'ambiguous' | 'needs pointer' };

const MISSING: Found = { kind: 'none', why: 'missing' };
const AMBIGUOUS: Found = { kind: 'none', why: 'ambiguous' };
const NEEDS_POINTER: Found = { kind: 'none', why: 'needs pointer' };

interface Embedded {
  readonly type: Type;
  readonly path: readonly number[];
  readonly indirect: boolean;
  readonly pkg: string; // the package whose unexported names are meant
  multiples: boolean; // the type occurs more than once at this depth
}

export const isExported = (name: string): boolean => /^\p{Lu}/u.test(name);

/** How names are compared: exactly, or (to guess what was meant) without regard to case and export. */
interface NameTest {
  readonly name: string;
  readonly local: string;
  readonly fold: boolean;
  /** Told of the work. */
  readonly interrupt: Interrupt;
}

/** Finds the field or method `name` of `type`, as seen from package `local`. */
export function lookupMember(
  type: Type,
  addressable: boolean,
  name: string,
  local: string,
  interrupt: Interrupt,
  fold = false,
): Found {
  if (name === '_') return MISSING;
  const test: NameTest = { name, local, fold, interrupt };
  if (type.kind === 'named') {
    const u = under(type);
    if (u.kind === 'pointer') {
      // Methods are not inherited by a declared pointer type; fields are.
      const found = search(u, false, test);
      return found.kind === 'method' || found.kind === 'interfaceMethod' ? MISSING : found;
    }
  }
  return search(type, addressable, test);
}

function search(type: Type, addressable: boolean, test: NameTest): Found {
  const start = deref(type);
  if (start.pointer && under(start.type).kind === 'interface') return MISSING;
  const seen = new Set<Type>();
  let current: Embedded[] = [
    { type: start.type, path: [], indirect: start.pointer, pkg: test.local, multiples: false },
  ];
  while (current.length > 0) {
    const next: Embedded[] = [];
    const found: Found[] = [];
    for (const e of current) {
      if (e.type.kind === 'named') {
        if (seen.has(e.type)) continue;
        seen.add(e.type);
      }
      const here = searchOne(e, test, next);
      if (here.length > 0 && e.multiples) return AMBIGUOUS;
      found.push(...here);
    }
    const [first, second] = found;
    if (second) return AMBIGUOUS;
    if (first) {
      const needsPointer = first.kind === 'method' && first.object.recv?.pointer && !first.indirect && !addressable;
      return needsPointer ? NEEDS_POINTER : first;
    }
    current = consolidate(next);
  }
  return MISSING;
}

/** Place of the first member that matches, or -1. */
function place(test: NameTest, list: readonly { readonly name: string }[], pkg: string): number {
  if (test.fold) return foldedMemberIndex(list, test.name);
  const isSeen = isExported(test.name) || pkg === test.local;
  return isSeen ? memberIndex(list, test.name) : -1;
}

/** Work of an embedded field, in units of the interrupt, and of each on the path to it. */
const EMBEDDED_UNITS = 20;

/** Matches in one type; its embedded fields are added to `next`. */
function searchOne(e: Embedded, test: NameTest, next: Embedded[]): Found[] {
  const pkg = e.type.kind === 'named' ? e.type.object.pkg : e.pkg;
  if (e.type.kind === 'named') {
    const object = e.type.methods[place(test, e.type.methods, pkg)];
    if (object) return [{ kind: 'method', path: e.path, object, indirect: e.indirect }];
  }
  const u = under(e.type);
  const found: Found[] = [];
  if (u.kind === 'struct') {
    const at = place(test, u.fields, pkg);
    const field = u.fields[at];
    if (field) found.push({ kind: 'field', path: [...e.path, at], field, indirect: e.indirect });
    for (const i of embeddedFields(u.fields)) {
      if (i === at) continue;
      test.interrupt.worked(EMBEDDED_UNITS + e.path.length);
      const { type, pointer } = deref(u.fields[i]!.type);
      next.push({ type, path: [...e.path, i], indirect: e.indirect || pointer, pkg, multiples: e.multiples });
    }
  } else if (u.kind === 'interface') {
    const index = place(test, u.methods, pkg);
    if (index >= 0) {
      found.push({ kind: 'interfaceMethod', path: e.path, index, method: u.methods[index]!, indirect: e.indirect });
    }
  }
  return found;
}

function consolidate(list: readonly Embedded[]): Embedded[] {
  const unique = new Map<Type, Embedded>();
  const unnamed: Embedded[] = [];
  for (const e of list) {
    const same = unique.get(e.type) ?? (e.type.kind === 'named' ? undefined : unnamed.find((o) => identical(o.type, e.type))); // prettier-ignore
    if (same) same.multiples = true;
    else {
      unique.set(e.type, e);
      if (e.type.kind !== 'named') unnamed.push(e);
    }
  }
  return [...unique.values()];
}

/** Why a type may have members that nobody knows of: it embeds one that is opaque. */
export function embeddedCause(type: Type, seen = new Set<Type>()): Unsupported | undefined {
  const { type: base } = deref(type);
  const u = under(base);
  if (u.kind !== 'struct' || seen.has(base)) return undefined;
  seen.add(base);
  for (const i of embeddedFields(u.fields)) {
    const { type: embedded } = u.fields[i]!;
    const cause = causeOf(embedded) ?? embeddedCause(embedded, seen);
    if (cause) return cause;
  }
  return undefined;
}

/** Why a type does not implement an interface, for the message. */
export interface MissingMethod {
  readonly method: Method;
  readonly why:
    'missing' | 'wrong name' | 'wrong signature' | 'ambiguous' | 'pointer receiver' | 'field' | 'unexported';
  readonly have?: Method;
}

/** By large interface and by package: types known to have all of its methods. */
const implementing = new WeakMap<Interface, Map<string, WeakSet<Type>>>();
/** Work of a method that is looked for, in units of the interrupt. */
const METHOD_UNITS = 20;
/** Interfaces with as many methods are compared each time. */
const FEW_METHODS = 16;

function knownToImplement(target: Interface, local: string): WeakSet<Type> {
  const byPackage = implementing.get(target) ?? new Map<string, WeakSet<Type>>();
  implementing.set(target, byPackage);
  const types = byPackage.get(local) ?? new WeakSet<Type>();
  byPackage.set(local, types);
  return types;
}

/** The first method of `target` that `type` lacks. `resolve` completes the type of a method before it is compared. */
export function missingMethod(
  type: Type,
  target: Interface,
  local: string,
  resolve: (method: FuncObj) => void,
  interrupt: Interrupt,
  isStatic = true,
): MissingMethod | undefined {
  if (target.methods.length <= FEW_METHODS || !isStatic)
    return findMissing(type, target, local, resolve, interrupt, isStatic);
  const known = knownToImplement(target, local);
  if (known.has(type)) return undefined;
  const missing = findMissing(type, target, local, resolve, interrupt, isStatic);
  if (!missing) known.add(type);
  return missing;
}

function findMissing(
  type: Type,
  target: Interface,
  local: string,
  resolve: (method: FuncObj) => void,
  interrupt: Interrupt,
  isStatic: boolean,
): MissingMethod | undefined {
  const u = under(type);
  for (const method of target.methods) {
    interrupt.worked(METHOD_UNITS);
    const found = u.kind === 'interface' ? inInterface(u, method.name) : lookupIn(type, method.name, local, interrupt);
    if (found.kind === 'none') {
      if (u.kind === 'interface' && !isStatic) continue;
      return { method, ...whyMissing(type, method, found.why, local, resolve, interrupt) };
    }
    if (found.kind === 'field') return { method, why: 'field' };
    const have = asMethod(found, resolve);
    if (!identical(have.signature, method.signature)) return { method, why: 'wrong signature', have };
  }
  return undefined;
}

function lookupIn(type: Type, name: string, local: string, interrupt: Interrupt): Found {
  const { type: base } = deref(type);
  return search(type, false, {
    name,
    local: base.kind === 'named' && !isExported(name) ? base.object.pkg || local : local,
    fold: false,
    interrupt,
  });
}

function inInterface(u: Interface, name: string): Found {
  const index = memberIndex(u.methods, name);
  return index < 0 ? MISSING : { kind: 'interfaceMethod', path: [], index, method: u.methods[index]!, indirect: false };
}

function whyMissing(
  type: Type,
  method: Method,
  why: 'missing' | 'ambiguous' | 'needs pointer',
  local: string,
  resolve: (method: FuncObj) => void,
  interrupt: Interrupt,
): Pick<MissingMethod, 'why' | 'have'> {
  if (why === 'ambiguous') return { why: 'ambiguous' };
  if (why === 'needs pointer') return { why: 'pointer receiver' };
  if (isInterfacePointer(type)) return { why: 'missing' };
  const other = search(type, false, { name: method.name, local, fold: true, interrupt });
  if (other.kind !== 'method' || under(type).kind === 'interface') return { why: 'missing' };
  const have = asMethod(other, resolve);
  return have.name === method.name ? { why: 'unexported' } : { why: 'wrong name', have };
}

/** Name and signature of a method that was found. */
export function asMethod(
  found: Extract<Found, { kind: 'method' | 'interfaceMethod' }>,
  resolve: (method: FuncObj) => void,
): Method {
  if (found.kind === 'interfaceMethod') return found.method;
  resolve(found.object);
  const type = found.object.type;
  const signature =
    type.kind === 'signature' ? type : { kind: 'signature' as const, params: [], results: [], variadic: false };
  return { name: found.object.name, signature };
}

/** The declared type behind `type`, through one pointer. */
export function namedBase(type: Type): Named | undefined {
  const { type: base } = deref(type);
  return base.kind === 'named' ? base : undefined;
}
