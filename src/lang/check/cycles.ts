/** This file finds declarations that depend on themselves: types of infinite size, types that are only each other, values. */
import { under } from '../predicates';
import type { Named, Obj, Type } from '../types';
import { invalidType } from '../universe';
import type { Checker } from './checker';
import { embeddedTypes, ownMethods } from './interfaces';

/** The cycle that a declaration `type A B` closes through other such declarations. */
export function namedCycle(start: Named): Named[] | undefined {
  const cycle = [start];
  for (let t: Type = start.underlying; t.kind === 'named'; t = t.underlying) {
    if (t === start) return cycle;
    if (cycle.includes(t)) return undefined;
    cycle.push(t);
  }
  return undefined;
}

/** Reports a cycle at the declaration that comes first. */
export function reportCycle(c: Checker, cycle: readonly Obj[]): void {
  const start = cycle.reduce((best, object, i) => (isBefore(object, cycle[best]!) ? i : best), 0);
  const first = cycle[start]!;
  const isType = first.kind === 'typename';
  if (!first.span) return;
  if (cycle.length === 1) {
    const what = isType ? 'invalid recursive type' : 'invalid cycle in declaration';
    c.errorIn(fileOf(c, first), 'type.cycle', first.span, `${what}: ${first.name} refers to itself`);
    return;
  }
  const lines = [isType ? `invalid recursive type ${first.name}` : `invalid cycle in declaration of ${first.name}`];
  let object = first;
  for (let i = 1; i <= cycle.length; i++) {
    const next = cycle[(start + i) % cycle.length]!;
    lines.push(`${c.position(fileOf(c, object), object.span?.start ?? 0)}: ${object.name} refers to ${next.name}`);
    object = next;
  }
  const related = cycle.flatMap((o) => (o === first ? [] : c.declared(o, `${o.name} is part of the cycle`)));
  c.errorIn(fileOf(c, first), 'type.cycle', first.span, lines.join('\n\t'), { related });
}

function fileOf(c: Checker, object: Obj): number {
  return Math.max(object.file, 0);
}

function isBefore(a: Obj, b: Obj): boolean {
  return a.file < b.file || (a.file === b.file && (a.span?.start ?? 0) < (b.span?.start ?? 0));
}

/** Whether the objects on the path from the one met again form a cycle that Go allows. */
export function isValidCycle(c: Checker, cycle: readonly Obj[]): boolean {
  const values = cycle.filter((o) => o.kind === 'const' || o.kind === 'var').length;
  const definitions = cycle.filter((o) => o.kind === 'typename' && !o.isAlias).length;
  // Cycles of values alone are found when initialisation is ordered; a defined type breaks a cycle of types.
  if (values === cycle.length) return true;
  if (values === 0 && definitions > 0) return true;
  if (values === 0 && cycle.every((o) => o.kind === 'func')) return true;
  reportCycle(c, cycle);
  return false;
}

/** Reports declared types that contain themselves, and makes them invalid. */
export function checkSizes(c: Checker, types: readonly Named[] = c.named): void {
  const done = new Set<Type>();
  for (const named of types) visit(c, named, [], done);
}

function visit(c: Checker, type: Type, path: Named[], done: Set<Type>): void {
  switch (type.kind) {
    case 'named': {
      if (done.has(type) || type.object.pkg !== c.pkg) return;
      const at = path.indexOf(type);
      if (at >= 0) {
        const cycle = path.slice(at);
        reportCycle(c, cycle.map((n) => n.object)); // prettier-ignore
        for (const n of cycle) {
          n.underlying = invalidType;
          done.add(n);
        }
        return;
      }
      visit(c, type.underlying, [...path, type], done);
      done.add(type);
      return;
    }
    case 'array':
      return visit(c, type.elem, path, done);
    case 'struct':
      if (done.has(type)) return;
      for (const field of type.fields) visit(c, field.type, path, done);
      done.add(type);
      return;
    case 'interface':
      if (done.has(type)) return;
      for (const embedded of embeddedTypes(type)) visit(c, embedded, path, done);
      done.add(type);
      return;
    default:
      return;
  }
}

/** Makes the underlying types final: no declared type among them. */
export function settle(types: readonly Named[]): void {
  for (const named of types) named.underlying = under(named);
}

/** Reports interfaces that can be reached from themselves without passing a name: their type could not be written down. */
export function checkAnonymousInterfaces(c: Checker): void {
  const inCycle = new Set<Type>();
  const clear = new Set<Type>();
  const inSourceOrder = [...c.interfaces].sort((a, b) => a.file - b.file || a.span.start - b.span.start);
  for (const { type, span, file } of inSourceOrder) {
    if (inCycle.has(type) || !closesCycle(type, [], inCycle, clear)) continue;
    c.errorIn(file, 'type.cycle', span, 'invalid recursive type: anonymous interface refers to itself');
  }
}

/**
 * Whether a walk from `type` through types without names comes back to where it was; notes the interfaces on the way.
 * `clear`: types from which no walk does; types are shared, and each is walked once.
 */
function closesCycle(type: Type, path: readonly Type[], inCycle: Set<Type>, clear: Set<Type>): boolean {
  if (clear.has(type)) return false;
  if (type.kind === 'interface' && path.includes(type)) {
    for (const t of path) inCycle.add(t);
    return true;
  }
  return partsClose(type, type.kind === 'interface' ? [...path, type] : path, inCycle, clear);
}

/** Whether a walk from what `type` is made of does; what it embeds is on no way of its own, but as if it were written in it. */
function partsClose(type: Type, path: readonly Type[], inCycle: Set<Type>, clear: Set<Type>): boolean {
  if (clear.has(type)) return false;
  const embedded = type.kind === 'interface' ? embeddedTypes(type).map(under) : [];
  const closes =
    unnamedParts(type).some((part) => closesCycle(part, path, inCycle, clear)) ||
    embedded.some((part) => part.kind === 'interface' && partsClose(part, path, inCycle, clear));
  if (!closes) clear.add(type);
  return closes;
}

/** The types that one without a name is made of. */
function unnamedParts(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'pointer':
    case 'slice':
    case 'array':
    case 'chan':
      return [type.elem];
    case 'map':
      return [type.key, type.elem];
    case 'struct':
      return type.fields.map((f) => f.type);
    case 'signature':
      return [...type.params, ...type.results].map((v) => v.type);
    case 'interface':
      return ownMethods(type).map((m) => m.signature);
    default:
      return [];
  }
}
