/** This file gives what a call yields as one type. */
import type { Signature, Tuple, VarObj } from './types';

const NOTHING: Tuple = { kind: 'tuple', types: [] };
const known = new WeakMap<readonly VarObj[], Tuple>();

/** The types of the results: one tuple for all calls of a function or method. Calls of a function with thousands of results would hold one each. */
export function resultTuple(signature: Signature): Tuple {
  if (signature.results.length === 0) return NOTHING;
  const before = known.get(signature.results);
  if (before) return before;
  const tuple: Tuple = { kind: 'tuple', types: signature.results.map((result) => result.type) };
  known.set(signature.results, tuple);
  return tuple;
}
