/** This file finds the variable whose address an expression takes. */
import type { Expr } from '../ast';
import { under } from '../predicates';
import type { Type } from '../types';

/** Marks the variable that holds the value of `e`, when `e` is a variable or a part of one (not behind a pointer). */
export function markAddressed(e: Expr): void {
  for (let x: Expr | undefined = e; x; x = container(x)) {
    if (x.kind !== 'Ident') continue;
    if (x.object?.kind === 'var' && x.object.role !== 'package') x.object.addressTaken = true;
  }
}

/** The expression that holds `e` within itself; undefined at a variable and behind pointers. */
function container(e: Expr): Expr | undefined {
  if (e.kind === 'Paren') return e.x;
  if (e.kind === 'Index') return e.x.type && under(e.x.type).kind === 'array' ? e.x : undefined;
  if (e.kind === 'Selector' && e.selection?.kind === 'field' && e.x.type) {
    return passesPointer(e.x.type, e.selection.path) ? undefined : e.x;
  }
  return undefined;
}

/** Whether following the fields of `path` from `type` goes through a pointer. */
export function passesPointer(type: Type, path: readonly number[]): boolean {
  let t = under(type);
  for (const index of path) {
    if (t.kind === 'pointer') return true;
    if (t.kind !== 'struct') return true;
    t = under(t.fields[index]?.type ?? t);
  }
  return false;
}
