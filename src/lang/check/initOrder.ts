/** This file orders the initialisation of package variables (Go specification, "Package initialization"). */
import type { InitStep, Obj } from '../types';
import type { Checker, DeclInfo } from './checker';
import { components } from './components';
import { depsOf, reportCycles } from './initCycles';

/**
 * What is initialised, and what waits for what. Rows are numbers: first the initialisers in source order, then functions (those that call each other
 * are one row). A row is done when all that it mentions is; a variable needs what the functions need that it mentions.
 */
interface Rows {
  /** By row of an initialiser. */
  readonly steps: readonly InitStep[];
  readonly count: number;
  /** By row: where in `dependents` the rows begin that wait for it, as often as they mention it; one more at the end. */
  readonly begins: Int32Array;
  readonly dependents: Int32Array;
  /** By row: how many mentions it still waits for. */
  readonly needs: Int32Array;
}

/** Work of a declaration, in units of the interrupt. */
const ROW_UNITS = 50;

/** Initialisers in the order they run: again and again the first variable, in source order, that needs none uninitialised. */
export function initOrder(c: Checker): InitStep[] {
  const groups = components(knotted(c), (object) => depsOf(c, object));
  reportCycles(c, groups);
  return inOrder(c, rowsOf(c, groups));
}

/** What is initialised and mentions something: of functions, only those matter that these lead to. */
function* knotted(c: Checker): Iterable<Obj> {
  for (const [object, info] of c.declInfos) {
    c.interrupt.worked(ROW_UNITS);
    if ((object.kind === 'var' || object.kind === 'const') && info.deps.size > 0) yield object;
  }
}

function rowsOf(c: Checker, groups: readonly Obj[][]): Rows {
  const rowOf = new Map<Obj, number>();
  const steps = initialisers(c, rowOf);
  let count = steps.length;
  for (const group of groups) {
    c.interrupt.worked(ROW_UNITS);
    const functions = group.filter(({ kind }) => kind === 'func');
    for (const member of functions) rowOf.set(member, count);
    if (functions.length > 0) count++;
  }
  return { steps, count, ...connected(count, mentions(c, rowOf)) };
}

/** The steps of initialisers; notes the row of each variable. (One initialiser may have several.) */
function initialisers(c: Checker, rowOf: Map<Obj, number>): InitStep[] {
  const steps: InitStep[] = [];
  let last: DeclInfo | undefined;
  c.declInfos.forEach((info, object) => {
    c.interrupt.worked(ROW_UNITS);
    const { lhs, init, typing, file } = info;
    if (object.kind !== 'var' || !init) return;
    if (info !== last) steps.push({ lhs: lhs ?? [object], rhs: init, typing, file });
    last = info;
    rowOf.set(object, steps.length - 1);
  });
  return steps;
}

/** Pairs of rows: one, and one that it mentions. A variable in a circle of functions is a mistake, and so is one that mentions itself. */
function mentions(c: Checker, rowOf: ReadonlyMap<Obj, number>): number[] {
  const pairs: number[] = [];
  const joined = new Set<DeclInfo>();
  for (const [object, row] of rowOf) {
    const deps = depsOf(c, object);
    const info = deps.size > 0 ? c.declInfos.get(object)! : undefined;
    if (!info || joined.has(info)) continue;
    joined.add(info);
    for (const dep of deps) {
      const need = rowOf.get(dep);
      if (need !== undefined && need !== row) pairs.push(row, need);
    }
  }
  return pairs;
}

/** Sorts the pairs by what is mentioned (a counting sort, which keeps the order of those who mention it). */
function connected(count: number, pairs: readonly number[]): Pick<Rows, 'begins' | 'dependents' | 'needs'> {
  const begins = new Int32Array(count + 2);
  const needs = new Int32Array(count);
  for (let i = 0; i < pairs.length; i += 2) {
    needs[pairs[i]!]!++;
    begins[pairs[i + 1]! + 2]!++;
  }
  for (let row = 0; row < count; row++) begins[row + 2]! += begins[row + 1]!;
  const dependents = new Int32Array(pairs.length / 2);
  for (let i = 0; i < pairs.length; i += 2) dependents[begins[pairs[i + 1]! + 1]!++] = pairs[i]!;
  return { begins, dependents, needs };
}

function inOrder(c: Checker, { steps, count, begins, dependents, needs }: Rows): InitStep[] {
  const order: InitStep[] = [];
  /** Initialisers that waited and need not any more, the first in source order on top. */
  const ready: number[] = [];
  const functions: number[] = [];
  const done = new Uint8Array(count);
  const finish = (row: number): void => {
    const [begin, end] = [begins[row]!, begins[row + 1]!];
    c.interrupt.worked(ROW_UNITS + end - begin);
    done[row] = 1;
    if (row < steps.length) order.push(steps[row]!);
    for (let i = begin; i < end; i++) {
      const dependent = dependents[i]!;
      if (--needs[dependent]! > 0 || done[dependent]) continue;
      if (dependent < steps.length) push(ready, dependent);
      else functions.push(dependent);
    }
  };
  // Those that never waited are met in source order.
  const free = needs.map((n) => (n === 0 ? 1 : 0));
  for (let row = steps.length; row < count; row++) if (free[row]) functions.push(row);
  for (let [first, next] = [0, 0]; order.length < steps.length;) {
    for (let row = functions.pop(); row !== undefined; row = functions.pop()) finish(row);
    while (first < steps.length && done[first]) first++;
    while (next < steps.length && (!free[next] || done[next])) next++;
    if (next < steps.length && !(ready[0]! < next)) finish(next);
    // With a cycle (reported) any order will do.
    else finish(pop(ready) ?? first);
  }
  return order;
}

// ---------------------------------------------------------------- a heap of rows, the lowest on top (Williams, 1964)

function push(heap: number[], row: number): void {
  let at = heap.length;
  for (let above = (at - 1) >> 1; at > 0 && heap[above]! > row; above = (at - 1) >> 1) {
    heap[at] = heap[above]!;
    at = above;
  }
  heap[at] = row;
}

function pop(heap: number[]): number | undefined {
  const [top] = heap;
  const last = heap.pop();
  if (heap.length === 0 || last === undefined) return top;
  let at = 0;
  for (let below = 1; below < heap.length; below = 2 * at + 1) {
    if (below + 1 < heap.length && heap[below + 1]! < heap[below]!) below++;
    if (heap[below]! >= last) break;
    heap[at] = heap[below]!;
    at = below;
  }
  heap[at] = last;
  return top;
}
