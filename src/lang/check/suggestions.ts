/** This file finds the name that was meant, among those that could stand in the place of one that nobody knows. */
import type { Span } from '../../base/span';
import type { Fix } from '../diagnostic';
import type { Checker } from './checker';

/** Edits between a name and the one that was meant. */
const MAX_DISTANCE = 2;
/** Candidates that are looked at in one check: enough for all mistakes of any program that a person writes. */
export const MAX_CANDIDATES = 1_000_000;

/** The name of an imported package that nobody knows is the end of its path, whatever that is. */
const IDENTIFIER = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;

/** The fix that replaces a name by the nearest of `candidates`, if one is near enough. */
export function renames(c: Checker, span: Span, name: string, candidates: Iterable<string>): Fix[] {
  const best = nearest(c, name, candidates, (candidate) => IDENTIFIER.test(candidate));
  return best === undefined ? [] : [changeTo(span, best)];
}

export const changeTo = (span: Span, text: string): Fix => ({ title: `Change to '${text}'`, edits: [{ span, text }] });

/** Of `candidates` the one that was meant by a name that is none of them. */
export function nearest(
  c: Checker,
  name: string,
  candidates: Iterable<string>,
  isFit: (candidate: string) => boolean = () => true,
): string | undefined {
  let best: string | undefined;
  let limit = Math.min(MAX_DISTANCE, name.length - 1);
  for (const candidate of candidates) {
    c.interrupt.worked(1);
    if (limit < 1 || ++c.candidates > MAX_CANDIDATES) break;
    if (candidate === name || candidate === '_' || Math.abs(candidate.length - name.length) > limit) continue;
    c.interrupt.worked(name.length);
    const distance = editDistance(name, candidate, limit);
    if (distance > limit || !isFit(candidate)) continue;
    best = candidate;
    limit = distance - 1;
  }
  return best;
}

/**
 * Optimal string alignment distance: Damerau–Levenshtein (1964) without edits inside a transposition. Some number above `limit` where it is larger than that:
 * only cells so near to the diagonal are computed (Ukkonen, 1985), until none of a row is small enough.
 */
export function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: Math.min(b.length, limit) + 1 }, (_, j) => j);
  let row: number[] = [];
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - limit);
    const to = Math.min(b.length, i + limit);
    // What lies beside the cells that are computed is too large, whatever it is.
    previous[to] ??= limit + 1;
    let least = (row[from - 1] = i <= limit ? i : limit + 1);
    for (let j = from; j <= to; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2]! + 1);
      row[j] = d;
      if (d < least) least = d;
    }
    if (least > limit) return least;
    [before, previous, row] = [previous, row, []];
  }
  return previous[b.length] ?? limit + 1;
}
