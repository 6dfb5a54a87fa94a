/** This file reports package variables and constants whose initialisers need themselves. */
import { LateSet } from '../../base/late';
import type { Obj } from '../types';
import type { Checker } from './checker';

/** Cycles that are told of declarations that all need each other: there are as many as there are ways through them. */
const MAX_CYCLES = 10;

/** Work of following a mention, in units of the interrupt. */
const DEP_UNITS = 20;

/** Reports cycles, in the order in which their first variables or constants are declared. `groups`: the components of what they lead to. */
export function reportCycles(c: Checker, groups: readonly Obj[][]): void {
  const knots = knotsOf(c, groups);
  const reported = new Set<Obj>();
  const told = new Map<ReadonlySet<Obj>, number>();
  for (const object of c.declInfos.keys()) {
    const knot = knots.get(object);
    if (!knot || (object.kind !== 'var' && object.kind !== 'const') || reported.has(object)) continue;
    const count = told.get(knot) ?? 0;
    const cycle = count < MAX_CYCLES ? findCycle(c, object, knot) : undefined;
    if (!cycle) continue;
    told.set(knot, count + 1);
    for (const member of cycle) reported.add(member);
    reportCycle(c, object, cycle);
  }
}

/** By object that leads back to itself: all that lead to each other with it. */
function knotsOf(c: Checker, groups: readonly Obj[][]): Map<Obj, ReadonlySet<Obj>> {
  const knots = new Map<Obj, ReadonlySet<Obj>>();
  for (const group of groups) {
    c.interrupt.worked(group.length * DEP_UNITS);
    if (group.length === 1 && !c.declInfos.get(group[0]!)?.deps.has(group[0]!)) continue;
    const knot = new Set(group);
    for (const member of group) knots.set(member, knot);
  }
  return knots;
}

const NONE = new LateSet<Obj>();

/** The declarations that a declaration mentions, about to be followed. */
export function depsOf(c: Checker, object: Obj): LateSet<Obj> {
  const deps = c.declInfos.get(object)?.deps ?? NONE;
  c.interrupt.worked((deps.size + 1) * DEP_UNITS);
  return deps;
}

/** An object on the way, and the way that led to it. */
interface Step {
  readonly object: Obj;
  readonly from?: Step;
}

/** Objects along dependencies from `start` back to it, which comes last. */
function findCycle(c: Checker, start: Obj, knot: ReadonlySet<Obj>): Obj[] | undefined {
  const seen = new Set<Obj>();
  const stack: Step[] = [{ object: start }];
  for (let step = stack.pop(); step; step = stack.pop()) {
    if (seen.has(step.object) || !knot.has(step.object)) continue;
    seen.add(step.object);
    const deps = depsOf(c, step.object);
    if (deps.has(start)) return [...wayTo(step), start];
    for (const dep of [...deps].reverse()) stack.push({ object: dep, from: step });
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
