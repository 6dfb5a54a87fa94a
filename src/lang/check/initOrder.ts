/** This file orders the initialisation of package variables (Go specification, "Package initialization") and finds cycles. */
import type { InitStep, Obj, VarObj } from '../types';
import type { Checker, DeclInfo } from './checker';

/** Initialisers in the order they run: again and again the first variable, in source order, that needs none uninitialised. */
export function initOrder(c: Checker): InitStep[] {
  const infos = [...c.declInfos].filter(
    (entry): entry is [VarObj, DeclInfo] => entry[0].kind === 'var' && entry[1].init !== undefined,
  );
  reportCycles(c);
  const waiting = new Map<DeclInfo, { step: InitStep; needs: Set<DeclInfo> }>();
  for (const [object, declInfo] of infos) {
    if (waiting.has(declInfo)) continue;
    const step: InitStep = {
      lhs: declInfo.lhs ?? [object],
      rhs: declInfo.init!,
      typing: declInfo.typing,
      file: declInfo.file,
    };
    waiting.set(declInfo, { step, needs: variablesNeeded(c, declInfo) });
  }
  const order: InitStep[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].find(([, { needs }]) => ![...needs].some((need) => waiting.has(need)));
    // With a cycle (reported) any order will do.
    const [next, { step }] = ready ?? [...waiting][0]!;
    waiting.delete(next);
    order.push(step);
  }
  return order;
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
  /** On no cycle: searches go past them, so that long chains of declarations are followed once. */
  const clean = new Set<Obj>();
  for (const [object, declInfo] of c.declInfos) {
    if (object.kind !== 'var' && object.kind !== 'const') continue;
    if (declInfo.deps.size === 0) clean.add(object);
    if (declInfo.deps.size === 0 || reported.has(object)) continue;
    const cycle = findCycle(c, object, clean);
    if (!cycle) {
      clean.add(object);
      continue;
    }
    for (const member of cycle) reported.add(member);
    reportCycle(c, object, cycle);
  }
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
