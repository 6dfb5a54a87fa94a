/**
 * This file decides where variables live: in the frame, in a heap block of their own ("boxed"), or copied into closures.
 * A variable is boxed when its address is taken, or when a closure captures it and it is ever assigned again after its declaration;
 * a captured variable that keeps its first value is copied into the closure, as Go's compiler does: nobody can tell, and reading it is no shared access.
 */
import type { Expr, FuncDecl, FuncLit, Node } from '../lang/ast';
import { passesPointer } from '../lang/check/addressed';
import { under } from '../lang/predicates';
import type { VarObj } from '../lang/types';
import { walk } from '../lang/walk';
import { slotsOf } from './types';

/** The variable of which `e` is the whole or a part (fields, array elements; not through pointers). */
function rootVariable(e: Expr): VarObj | undefined {
  switch (e.kind) {
    case 'Paren':
      return rootVariable(e.x);
    case 'Ident':
      return e.object?.kind === 'var' ? e.object : undefined;
    case 'Selector':
      if (e.selection?.kind !== 'field' || !e.x.type || passesPointer(e.x.type, e.selection.path)) return undefined;
      return rootVariable(e.x);
    case 'Index':
      return e.x.type && under(e.x.type).kind === 'array' ? rootVariable(e.x) : undefined;
    default:
      return undefined;
  }
}

/** Variables that are assigned after their declaration, anywhere below the nodes. */
export function reassignedVariables(nodes: Iterable<Node>): Set<VarObj> {
  const found = new Set<VarObj>();
  const assign = (e: Expr | undefined): void => {
    const variable = e && rootVariable(e);
    if (variable) found.add(variable);
  };
  for (const node of nodes) {
    walk(node, (n) => {
      if (n.kind === 'AssignStmt') n.lhs.forEach((e, i) => (n.declares?.[i] === undefined ? assign(e) : undefined));
      else if (n.kind === 'IncDecStmt') assign(n.x);
      else if (n.kind === 'RangeStmt' && !(n.define && n.perIteration !== false)) [n.key, n.val].forEach(assign);
    });
  }
  return found;
}

/** Frames hold arrays up to this size; larger ones are boxed. */
export const LARGEST_IN_FRAME = 256;

/** Whether the variable lives in a heap block of its own. */
export function isBoxed(variable: VarObj, reassigned: ReadonlySet<VarObj>): boolean {
  if (variable.role === 'package') return false;
  if (variable.addressTaken || slotsOf(variable.type) > LARGEST_IN_FRAME) return true;
  return variable.captured && (reassigned.has(variable) || variable.role === 'result');
}

/** Variables of enclosing functions that a literal uses, itself or in literals inside it, in order of first use. */
export function freeVariables(literal: FuncLit): VarObj[] {
  const owners = new Set<FuncDecl | FuncLit>([literal]);
  walk(literal, (node) => {
    if (node.kind === 'FuncLit') owners.add(node);
  });
  const found = new Set<VarObj>();
  walk(literal, (node) => {
    if (node.kind !== 'Ident' || node.object?.kind !== 'var') return;
    const { object } = node;
    if (object.role !== 'package' && object.role !== 'field' && object.owner && !owners.has(object.owner))
      found.add(object);
  });
  return [...found];
}
