/** This file orders the initialisation of package variables (Go specification, "Package initialization") and finds cycles. */
import type { InitStep, Obj } from '../types';
import type { Checker, DeclInfo } from './checker';

/** An initialiser on its way. */
interface Row {
  readonly step: InitStep;
  /** In source order. */
  readonly position: number;
  /** Initialisers that wait for this one. */
  readonly dependents: Row[];
  /** How many this one still waits for. */
  needs: number;
  done: boolean;
}

/** Initialisers in the order they run: again and again the first variable, in source order, that needs none uninitialised. */
export function initOrder(c: Checker): InitStep[] {
  reportCycles(c);
  const rows = initialisers(c);
  const ready = rows.filter((row) => row.needs === 0);
  const order: InitStep[] = [];
  while (order.length < rows.length) {
    // With a cycle (reported) any order will do.
    const next = takeFirst(ready) ?? rows.find((row) => !row.done)!;
    next.done = true;
    order.push(next.step);
    for (const row of next.dependents) if (--row.needs === 0 && !row.done) ready.push(row);
  }
  return order;
}

function initialisers(c: Checker): Row[] {
  const rows = new Map<DeclInfo, Row>();
  for (const [object, declInfo] of c.declInfos) {
    const { lhs, init, typing, file } = declInfo;
    if (object.kind !== 'var' || !init || rows.has(declInfo)) continue;
    const step: InitStep = { lhs: lhs ?? [object], rhs: init, typing, file };
    rows.set(declInfo, { step, position: rows.size, dependents: [], needs: 0, done: false });
  }
  for (const [declInfo, row] of rows) {
    const needed = variablesNeeded(c, declInfo);
    row.needs = needed.size;
    for (const need of needed) rows.get(need)!.dependents.push(row);
  }
  return [...rows.values()];
}

/** Removes the first in source order. */
function takeFirst(ready: Row[]): Row | undefined {
  let first = 0;
  for (let i = 1; i < ready.length; i++) if (ready[i]!.position < ready[first]!.position) first = i;
  return ready.splice(first, 1)[0];
}

/** Initialisers that must have run before: variables mentioned, also by functions that are mentioned. */
function variablesNeeded(c: Checker, start: DeclInfo): Set<DeclInfo> {
  const needs = new Set<DeclInfo>();
  const seen = new Set<Obj>();
  const stack = [...start.deps];
  for (let object = stack.pop(); object; object = stack.pop()) {
    if (seen.has(object)) continue;
    seen.add(object);
    const declInfo = c.declInfos.get(object);
    if (!declInfo) continue;
    if (object.kind === 'var') {
      if (declInfo !== start && declInfo.init) needs.add(declInfo);
    } else if (object.kind === 'func') {
      stack.push(...declInfo.deps);
    }
  }
  return needs;
}

function reportCycles(c: Checker): void {
  const reported = new Set<Obj>();
  const clean = acyclic(c);
  for (const object of c.declInfos.keys()) {
    if ((object.kind !== 'var' && object.kind !== 'const') || clean.has(object) || reported.has(object)) continue;
    const cycle = findCycle(c, object, clean);
    if (!cycle) continue;
    for (const member of cycle) reported.add(member);
    reportCycle(c, object, cycle);
  }
}

/** Objects that lead to no cycle: taken off the ends of all chains until nothing comes off (Kahn, 1962). */
function acyclic(c: Checker): Set<Obj> {
  const users = new Map<Obj, Obj[]>();
  const open = new Map<Obj, number>();
  const ends: Obj[] = [];
  for (const [object, { deps }] of c.declInfos) {
    open.set(object, deps.size);
    if (deps.size === 0) ends.push(object);
    for (const dep of deps) {
      const list = users.get(dep);
      if (list) list.push(object);
      else users.set(dep, [object]);
    }
  }
  for (const end of ends) {
    for (const user of users.get(end) ?? []) {
      const left = open.get(user)! - 1;
      open.set(user, left);
      if (left === 0) ends.push(user);
    }
  }
  return new Set(ends);
}

/** An object on the way, and the way that led to it. */
interface Step {
  readonly object: Obj;
  readonly from?: Step;
}

/** Objects along dependencies from `start` back to it, which comes last. */
function findCycle(c: Checker, start: Obj, clean: ReadonlySet<Obj>): Obj[] | undefined {
  const seen = new Set<Obj>();
  const stack: Step[] = [{ object: start }];
  for (let step = stack.pop(); step; step = stack.pop()) {
    if (seen.has(step.object) || clean.has(step.object)) continue;
    seen.add(step.object);
    const deps = [...(c.declInfos.get(step.object)?.deps ?? [])];
    if (deps.includes(start)) return [...wayTo(step), start];
    for (const dep of deps.reverse()) stack.push({ object: dep, from: step });
  }
  return undefined;
}

/** Objects of the way, without the first. */
function wayTo(last: Step): Obj[] {
  const way: Obj[] = [];
  for (let step = last; step.from; step = step.from) way.push(step.object);
  return way.reverse();
}

function reportCycle(c: Checker, object: Obj, cycle: readonly Obj[]): void {
  if (!object.span) return;
  const file = Math.max(object.file, 0);
  if (cycle.length === 1) {
    c.errorIn(file, 'type.init-cycle', object.span, `initialization cycle: ${object.name} refers to itself`);
    return;
  }
  const lines = [`initialization cycle for ${object.name}`];
  let from: Obj = object;
  for (const next of cycle) {
    lines.push(`${c.position(Math.max(from.file, 0), from.span?.start ?? 0)}: ${from.name} refers to ${next.name}`);
    from = next;
  }
  const related = cycle.flatMap((o) => (o === object ? [] : c.declared(o, `${o.name} is part of the cycle`)));
  c.errorIn(file, 'type.init-cycle', object.span, lines.join('\n\t'), { related });
}
