/** This file finds fields and methods by name through embedded types, as Go's selectors do, and checks method sets. */
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
}

function matches(test: NameTest, name: string, pkg: string): boolean {
  if (test.fold) return name.toLowerCase() === test.name.toLowerCase();
  return name === test.name && (isExported(name) || pkg === test.local);
}

/** Finds the field or method `name` of `type`, as seen from package `local`. */
export function lookupMember(type: Type, addressable: boolean, name: string, local: string, fold = false): Found {
  if (name === '_') return MISSING;
  const test: NameTest = { name, local, fold };
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

/** Matches in one type; its embedded fields are added to `next`. */
function searchOne(e: Embedded, test: NameTest, next: Embedded[]): Found[] {
  const pkg = e.type.kind === 'named' ? e.type.object.pkg : e.pkg;
  if (e.type.kind === 'named') {
    const object = e.type.methods.find((m) => matches(test, m.name, pkg));
    if (object) return [{ kind: 'method', path: e.path, object, indirect: e.indirect }];
  }
  const u = under(e.type);
  const found: Found[] = [];
  if (u.kind === 'struct') {
    for (const [i, field] of u.fields.entries()) {
      const path = [...e.path, i];
      if (matches(test, field.name, pkg)) found.push({ kind: 'field', path, field, indirect: e.indirect });
      else if (field.embedded) {
        const { type, pointer } = deref(field.type);
        next.push({ type, path, indirect: e.indirect || pointer, pkg, multiples: e.multiples });
      }
    }
  } else if (u.kind === 'interface') {
    const index = u.methods.findIndex((m) => matches(test, m.name, pkg));
    if (index >= 0) {
      found.push({ kind: 'interfaceMethod', path: e.path, index, method: u.methods[index]!, indirect: e.indirect });
    }
  }
  return found;
}

function consolidate(list: Embedded[]): Embedded[] {
  const unique: Embedded[] = [];
  for (const e of list) {
    const other = unique.find((o) => identical(o.type, e.type));
    if (other) other.multiples = true;
    else unique.push(e);
  }
  return unique;
}

/** Why a type may have members that nobody knows of: it embeds one that is opaque. */
export function embeddedCause(type: Type, seen = new Set<Type>()): Unsupported | undefined {
  const { type: base } = deref(type);
  const u = under(base);
  if (u.kind !== 'struct' || seen.has(base)) return undefined;
  seen.add(base);
  for (const field of u.fields) {
    const cause = field.embedded ? (causeOf(field.type) ?? embeddedCause(field.type, seen)) : undefined;
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

/** The first method of `target` that `type` lacks. `resolve` completes the type of a method before it is compared. */
export function missingMethod(
  type: Type,
  target: Interface,
  local: string,
  resolve: (method: FuncObj) => void,
  isStatic = true,
): MissingMethod | undefined {
  const u = under(type);
  for (const method of target.methods) {
    const found = u.kind === 'interface' ? inInterface(u, method.name) : lookupIn(type, method.name, local);
    if (found.kind === 'none') {
      if (u.kind === 'interface' && !isStatic) continue;
      return { method, ...whyMissing(type, method, found.why, local, resolve) };
    }
    if (found.kind === 'field') return { method, why: 'field' };
    const have = asMethod(found, resolve);
    if (!identical(have.signature, method.signature)) return { method, why: 'wrong signature', have };
  }
  return undefined;
}

function lookupIn(type: Type, name: string, local: string): Found {
  const { type: base } = deref(type);
  return search(type, false, {
    name,
    local: base.kind === 'named' && !isExported(name) ? base.object.pkg || local : local,
    fold: false,
  });
}

function inInterface(u: Interface, name: string): Found {
  const index = u.methods.findIndex((m) => m.name === name);
  return index < 0 ? MISSING : { kind: 'interfaceMethod', path: [], index, method: u.methods[index]!, indirect: false };
}

function whyMissing(
  type: Type,
  method: Method,
  why: 'missing' | 'ambiguous' | 'needs pointer',
  local: string,
  resolve: (method: FuncObj) => void,
): Pick<MissingMethod, 'why' | 'have'> {
  if (why === 'ambiguous') return { why: 'ambiguous' };
  if (why === 'needs pointer') return { why: 'pointer receiver' };
  if (isInterfacePointer(type)) return { why: 'missing' };
  const other = search(type, false, { name: method.name, local, fold: true });
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
