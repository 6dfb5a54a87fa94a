/** This file answers what caused an event and what it causes: one hop of arrows, and the cones of its past and future. */
import { Kind } from '../event/kinds';
import { gapsOf } from '../trace/gaps';
import { countUpTo } from '../trace/rows';
import type { TraceIndex } from '../trace/rows';
import type { Edges } from './edges';
import { EDGE_KINDS, rowOf } from './edges';
import { isWholeBetween } from './stretches';
import type { Cone, Cones, Link, LinkKind, Links } from './model';
import type { Names } from './names';

/** Rows after a scheduler event within which its effect is looked for. */
const NEAR = 4096;

export class Causes {
  constructor(
    private readonly edges: Edges,
    private readonly index: TraceIndex,
    private readonly names: Names,
  ) {}

  /** Nearest acquire at or before the row, nearest release at or after it. */
  links(row: number): Links {
    const scheduled = this.scheduled(row);
    if (scheduled) return { incoming: [], outgoing: [scheduled] };
    const g = this.index.goroutineOf(row);
    if (g <= 0) return { incoming: [], outgoing: [] };
    const into = this.edges.intoGoroutine(g);
    const before = lastAtOrBefore(into, this.edges.to, row);
    const outOf = this.edges.outOfGoroutine(g);
    const after = lastAtOrBefore(outOf, this.edges.from, row - 1) + 1;
    const { trace } = this.index;
    const isNear = (at: number | undefined): boolean => at !== undefined && isWholeBetween(trace, at, row);
    return {
      incoming: isNear(this.edges.to[into[before]!]) ? this.sameEnd(into, this.edges.to, before, -1) : [],
      outgoing: isNear(this.edges.from[outOf[after]!]) ? this.sameEnd(outOf, this.edges.from, after, 1) : [],
    };
  }

  /** Edges with an end in the rows from `first` to `last`. */
  between(first: number, last: number, limit: number): { links: readonly Link[]; total: number } {
    const links: Link[] = [];
    let total = 0;
    const { from, to, length } = this.edges;
    for (let e = lowerBound(to, first); e < length; e++) {
      if (from[e]! > last) continue;
      total++;
      if (links.length < limit) links.push(this.link(e));
    }
    return { links, total };
  }

  cones(row: number): Cones | undefined {
    const g = row >= 0 && row < this.index.trace.length ? this.index.goroutineOf(row) : 0;
    if (g <= 0 || gapsOf(this.index.trace).length > 0) return undefined;
    const before = this.past(g, row);
    const after = this.future(g, row);
    const goroutines: Cone[] = [];
    const clock: number[] = [];
    for (let id = 1; id <= this.index.goroutines; id++) {
      goroutines.push({ goroutine: id, lastBefore: before[id]!, firstAfter: after[id]! });
      clock.push(this.stepsUpTo(id, before[id]!));
    }
    return { row, goroutines, clock };
  }

  /** Last row of each goroutine that happens before the row; -1: none. */
  private past(g: number, row: number): Int32Array {
    const { leaves, enters } = this.edges;
    /** By goroutine: the moment up to which it happens before the end of the row. */
    const reached = new Int32Array(this.index.goroutines + 1).fill(-1);
    /** By goroutine: how many of the edges into it have been followed. */
    const followed = new Int32Array(this.index.goroutines + 1);
    reached[g] = 2 * row + 1;
    const queue = [g];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const into = this.edges.intoGoroutine(id);
      let next = followed[id]!;
      for (; next < into.length && enters[into[next]!]! <= reached[id]!; next++) {
        const cause = leaves[into[next]!]!;
        const source = this.index.goroutineOf(rowOf(cause));
        if (cause > reached[source]!) {
          reached[source] = cause;
          queue.push(source);
        }
      }
      followed[id] = next;
    }
    return Int32Array.from(reached, rowOf);
  }

  /** First row of each goroutine that happens after the row; -1: none. */
  private future(g: number, row: number): Int32Array {
    const { leaves, enters } = this.edges;
    const never = 2 * this.index.trace.length;
    /** By goroutine: the moment from which on it happens after the start of the row. */
    const reached = new Int32Array(this.index.goroutines + 1).fill(never);
    const followed = new Int32Array(this.index.goroutines + 1);
    reached[g] = 2 * row;
    const queue = [g];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const outOf = this.edges.outOfGoroutine(id);
      let next = followed[id]!;
      for (; next < outOf.length && leaves[outOf[outOf.length - 1 - next]!]! >= reached[id]!; next++) {
        const effect = enters[outOf[outOf.length - 1 - next]!]!;
        const target = this.index.goroutineOf(rowOf(effect));
        if (effect < reached[target]!) {
          reached[target] = effect;
          queue.push(target);
        }
      }
      followed[id] = next;
    }
    return Int32Array.from(reached, (first) => (first === never ? -1 : rowOf(first)));
  }

  private stepsUpTo(g: number, row: number): number {
    if (row < 0) return 0;
    const rows = this.index.rowsOfGoroutine(g);
    const count = countUpTo(rows, row);
    const { step } = this.index.trace.columns;
    let steps = 0;
    for (let i = 0; i < count; i++) if (this.index.stepRows[step[rows[i]!]!] === rows[i]) steps++;
    return steps;
  }

  /** All edges that share the end row of edge `list[at]`, going on in a direction. */
  private sameEnd(list: Int32Array, end: Int32Array, at: number, direction: 1 | -1): Link[] {
    const links: Link[] = [];
    if (at < 0 || at >= list.length) return links;
    const row = end[list[at]!]!;
    for (let i = at; i >= 0 && i < list.length && end[list[i]!] === row; i += direction) {
      links.push(this.link(list[i]!));
    }
    return links;
  }

  private link(e: number): Link {
    const fromRow = this.edges.from[e]!;
    const toRow = this.edges.to[e]!;
    const kind = EDGE_KINDS[this.edges.kind[e]!]!;
    const from = this.index.goroutineOf(fromRow);
    const to = this.index.goroutineOf(toRow);
    return { fromRow, toRow, from, to, kind, label: this.label(kind, toRow) };
  }

  private label(kind: LinkKind, toRow: number): string {
    if (kind === 'value') return this.names.value(toRow);
    if (kind === 'spawn' || kind === 'timer') return '';
    return this.names.object(this.index.trace.columns.obj[toRow]!);
  }

  /** The effect of an event of the scheduler: where the stolen goroutine runs, when the created thread runs. */
  private scheduled(row: number): Link | undefined {
    const { kind, obj } = this.index.trace.columns;
    const effect = EFFECTS.get(kind[row]!);
    if (!effect) return undefined;
    const end = Math.min(this.index.trace.length, row + NEAR);
    for (let next = row + 1; next < end; next++) {
      if (kind[next] === Kind.LeftOut) return undefined;
      if (kind[next] === effect.kind && obj[next] === obj[row]) {
        const g = this.index.goroutineOf(next);
        return { fromRow: row, toRow: next, from: this.index.goroutineOf(row), to: g, kind: effect.link, label: '' };
      }
    }
    return undefined;
  }
}

/** What follows from an event of the scheduler. */
const EFFECTS = new Map<number, { readonly kind: number; readonly link: LinkKind }>([
  [Kind.Steal, { kind: Kind.GoRun, link: 'steal' }],
  [Kind.GoReady, { kind: Kind.GoRun, link: 'wake' }],
  [Kind.ThreadCreate, { kind: Kind.ThreadRun, link: 'wake' }],
  [Kind.ThreadWake, { kind: Kind.ThreadRun, link: 'wake' }],
]);

/** Index of the last entry of `list` whose end is ≤ row; -1: none. */
function lastAtOrBefore(list: Int32Array, end: Int32Array, row: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (end[list[middle]!]! <= row) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function lowerBound(ascending: Int32Array, value: number): number {
  return countUpTo(ascending, value - 1);
}
