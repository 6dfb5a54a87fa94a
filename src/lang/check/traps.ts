/**
 * This file finds the statements that cannot run because they touch what is not supported.
 *
 * In a program without errors whatever is invalid comes of something unsupported. A statement is a trap when one of its own expressions is so; those of the
 * statements inside it and of function literals count there. It does nothing of what it says: its parts before the one that is missing do not run either.
 */
import type { Expr, Ident, Node, Stmt } from '../ast';
import { isValid } from '../predicates';
import type { InitStep } from '../types';
import type { Mode, Typing } from '../typing';
import { causeOf, type Trap, type Unsupported } from '../unsupported';
import { walk } from '../walk';
import type { Checker } from './checker';

const STATEMENTS = new Set<Node['kind']>([
  'DeclStmt', 'LabeledStmt', 'ExprStmt', 'SendStmt', 'IncDecStmt', 'AssignStmt', 'GoStmt', 'DeferStmt', 'ReturnStmt', 'IfStmt', 'SwitchStmt', 'TypeSwitchStmt',
  'SelectStmt', 'ForStmt', 'RangeStmt',
]); // prettier-ignore

/** Modes of expressions that have a type: in a correct program a valid one. */
const HAVE_TYPES = new Set<Mode>(['constant', 'variable', 'mapindex', 'value', 'commaok']);

/** Work of a node, in units of the interrupt. */
const NODE_UNITS = 20;

/** The statements of all bodies that are traps. */
export function findTraps(c: Checker): Map<Stmt, Trap> {
  const traps = new Map<Stmt, Trap>();
  if (c.trapped.size === 0) return traps;
  for (const [root, typing] of c.typings) {
    walk(root, (node) => {
      c.interrupt.worked(NODE_UNITS);
      const trap = STATEMENTS.has(node.kind) ? within(c, typing, node as Stmt) : undefined;
      if (trap) traps.set(node as Stmt, trap);
      return !trap;
    });
  }
  return traps;
}

/**
 * Leaves out the initialisers that touch what is not supported, and makes the types of their variables opaque: whatever uses these is a trap.
 * The steps stand in the order of initialisation, so that one that reads such a variable comes later.
 */
export function withoutTraps(c: Checker, inits: readonly InitStep[]): InitStep[] {
  return inits.filter(({ lhs, rhs, typing }) => {
    const trap = c.trapped.size > 0 ? within(c, typing, rhs) : undefined;
    for (const variable of trap ? lhs : []) c.poisoned.set(variable, trap!.cause);
    return !trap;
  });
}

/** The first expression of a statement, or of an expression, that cannot run. */
function within(c: Checker, typing: Typing, root: Stmt | Expr): Trap | undefined {
  let found: Trap | undefined;
  // What a case of a select sends or receives is evaluated by the select.
  const comms = new Set<Node>();
  const isOutside = (node: Node): boolean =>
    (node.kind === 'GenDecl' && node.tok !== 'var') ||
    (node !== root && !comms.has(node) && (STATEMENTS.has(node.kind) || node.kind === 'Block'));
  const enter = (node: Node): boolean => {
    if (node.kind === 'CommClause' && node.comm) comms.add(node.comm);
    return !found && !isOutside(node) && node.kind !== 'FuncLit';
  };
  const leave = (node: Node): void => {
    if (found || isOutside(node) || comms.has(node)) return;
    const cause = whyNot(c, typing, node);
    if (cause) found = { cause, span: node.span };
  };
  walk(root, enter, leave);
  return found;
}

function whyNot(c: Checker, typing: Typing, node: Node): Unsupported | undefined {
  const known = c.trapped.get(node) ?? (node.kind === 'Ident' ? poison(c, typing, node) : undefined);
  const mode = typing.modeOf(node as Expr);
  if (known || mode === undefined) return known;
  const type = typing.typeOf(node as Expr);
  const cause = causeOf(type);
  if (cause) return cause;
  const invalid = mode === 'invalid' || (HAVE_TYPES.has(mode) && type !== undefined && !isValid(type));
  return invalid ? c.trapped.values().next().value : undefined;
}

/** Why the package variable that a name means has no value. */
function poison(c: Checker, typing: Typing, e: Ident): Unsupported | undefined {
  const object = typing.objectOf(e);
  return object?.kind === 'var' ? c.poisoned.get(object) : undefined;
}
