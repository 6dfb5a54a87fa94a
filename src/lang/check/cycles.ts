/** This file finds declarations that depend on themselves: types of infinite size, types that are only each other, values. */
import { under } from '../predicates';
import type { Named, Obj, Type } from '../types';
import { invalidType } from '../universe';
import type { Checker } from './checker';
import { embeddedTypes } from './typeExprs';

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
  const done = new Set<Named>();
  for (const named of types) visit(c, named, [], done);
}

function visit(c: Checker, type: Type, path: Named[], done: Set<Named>): void {
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
      for (const field of type.fields) visit(c, field.type, path, done);
      return;
    case 'interface':
      for (const embedded of embeddedTypes(type)) visit(c, embedded, path, done);
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
  const inSourceOrder = [...c.interfaces].sort((a, b) => a.file - b.file || a.span.start - b.span.start);
  for (const { type, span, file } of inSourceOrder) {
    if (inCycle.has(type) || !closesCycle(type, [], inCycle)) continue;
    c.errorIn(file, 'type.cycle', span, 'invalid recursive type: anonymous interface refers to itself');
  }
}

/** Whether a walk from `type` through types without names comes back to where it was; notes the interfaces on the way. */
function closesCycle(type: Type, path: readonly Type[], inCycle: Set<Type>): boolean {
  const inside = (t: Type): boolean => closesCycle(t, path, inCycle);
  switch (type.kind) {
    case 'pointer':
    case 'slice':
    case 'array':
    case 'chan':
      return inside(type.elem);
    case 'map':
      return inside(type.key) || inside(type.elem);
    case 'struct':
      return type.fields.some((f) => inside(f.type));
    case 'signature':
      return [...type.params, ...type.results].some((v) => inside(v.type));
    case 'interface':
      if (path.includes(type)) {
        for (const t of path) inCycle.add(t);
        return true;
      }
      return type.methods.some((m) => closesCycle(m.signature, [...path, type], inCycle));
    default:
      return false;
  }
}
