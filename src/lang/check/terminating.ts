/** This file decides which statements are terminating (Go specification, "Terminating statements"). */
import type { CaseClause, Stmt } from '../ast';
import { ladderOf, partsOf } from '../chains';
import { unparen } from '../exprString';
import type { Checker } from './checker';

/** Whether nothing runs after `s`. `label`: the label of `s`, '' for none. */
export function isTerminating(c: Checker, s: Stmt, label: string): boolean {
  switch (s.kind) {
    case 'BadStmt':
    case 'ReturnStmt':
      return true;
    case 'LabeledStmt':
      return isTerminating(c, s.stmt, s.label.name);
    case 'ExprStmt':
      return c.panics.has(unparen(s.x));
    case 'BranchStmt':
      return s.op === 'goto' || s.op === 'fallthrough';
    case 'Block':
      return listTerminates(c, s.stmts);
    case 'IfStmt':
      return ladderOf(s).last !== undefined && partsOf(s).every((part) => isTerminating(c, part, ''));
    case 'SwitchStmt':
    case 'TypeSwitchStmt':
      return (
        s.clauses.some((clause) => clause.isDefault) && s.clauses.every((clause) => clauseTerminates(c, clause, label))
      );
    case 'SelectStmt':
      return s.clauses.every((clause) => clauseTerminates(c, clause, label));
    case 'ForStmt':
      return !s.cond && !hasBreak(s.body, label, true);
    default:
      return false;
  }
}

function clauseTerminates(c: Checker, clause: Pick<CaseClause, 'body'>, label: string): boolean {
  return listTerminates(c, clause.body) && !listHasBreak(clause.body, label, true);
}

function listTerminates(c: Checker, list: readonly Stmt[]): boolean {
  for (let i = list.length - 1; i >= 0; i--) {
    const s = list[i]!;
    if (s.kind !== 'EmptyStmt') return isTerminating(c, s, '');
  }
  return false;
}

/** Whether `s` holds a break out of the statement around it: an unlabelled one where `implicit`, or one to `label`. */
function hasBreak(s: Stmt, label: string, implicit: boolean): boolean {
  switch (s.kind) {
    case 'LabeledStmt':
      return hasBreak(s.stmt, label, implicit);
    case 'BranchStmt':
      return s.op === 'break' && (s.label ? s.label.name === label : implicit);
    case 'Block':
      return listHasBreak(s.stmts, label, implicit);
    case 'IfStmt':
      return listHasBreak(partsOf(s), label, implicit);
    case 'SwitchStmt':
    case 'TypeSwitchStmt':
    case 'SelectStmt':
      return label !== '' && s.clauses.some((clause) => listHasBreak(clause.body, label, false));
    case 'ForStmt':
    case 'RangeStmt':
      return label !== '' && hasBreak(s.body, label, false);
    default:
      return false;
  }
}

function listHasBreak(list: readonly Stmt[], label: string, implicit: boolean): boolean {
  return list.some((s) => hasBreak(s, label, implicit));
}
