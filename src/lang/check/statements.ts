/** This file checks statements and function bodies. */
import type { Block, CommClause, Expr, FuncDecl, FuncLit, IncDecStmt, SelectStmt, SendStmt, Stmt } from '../ast';
import { ladderOf } from '../chains';
import { exprString, unparen } from '../exprString';
import { isNumeric } from '../predicates';
import type { Scope, Signature } from '../types';
import { assignment } from './assignable';
import { assignOperand, assignVars, returnStmt, shortVarDecl } from './assignments';
import { checkBranches } from './branches';
import { suspendedCall } from './calls';
import { CHECK_UNITS, type Checker } from './checker';
import { checkCondition } from './conditions';
import { declStmt } from './localDecls';
import { expr, use, useAll } from './evaluate';
import { forStmt, rangeStmt } from './loops';
import { operandString } from './operand';
import { binaryOperation, channelElem } from './operators';
import { multipleDefaults, switchStmt, typeSwitchStmt } from './switches';
import { isTerminating } from './terminating';

/** Checks a body in the scope of its parameters. */
export function funcBody(c: Checker, owner: FuncDecl | FuncLit, signature: Signature, scope: Scope, body: Block): void {
  c.within({ func: owner, signature, scope, hasCallOrReceive: false }, () => {
    for (const s of body.stmts) stmt(c, s);
    checkBranches(c, body);
    if (signature.results.length > 0 && !c.isIncomplete(c.env.file) && !isTerminating(c, body, '')) {
      c.error('type.missing-return', { start: body.rbrace, end: body.rbrace + 1 }, 'missing return');
    }
  });
}

/** Checks a statement. */
export function stmt(c: Checker, s: Stmt): void {
  c.interrupt.worked(CHECK_UNITS);
  if (c.isGivenUp) return;
  switch (s.kind) {
    case 'BadStmt':
    case 'EmptyStmt':
    case 'BranchStmt': // checked with the labels of the whole body
      return;
    case 'DeclStmt':
      return declStmt(c, s.decl);
    case 'LabeledStmt':
      return stmt(c, s.stmt);
    case 'ExprStmt':
      return exprStmt(c, s.x);
    case 'SendStmt':
      return sendStmt(c, s);
    case 'IncDecStmt':
      return incDecStmt(c, s);
    case 'AssignStmt':
      if (s.op === '=') return assignVars(c, s.lhs, s.rhs);
      if (s.op === ':=') return shortVarDecl(c, s);
      return assignOperation(c, s, s.op);
    case 'GoStmt':
      return suspendedCall(c, 'go', s.call);
    case 'DeferStmt':
      if (c.env.func) c.typing.setDefers(c.env.func);
      return suspendedCall(c, 'defer', s.call);
    case 'ReturnStmt':
      return returnStmt(c, s);
    case 'Block':
      return block(c, s);
    case 'IfStmt':
      return ifStmt(c, s);
    case 'SwitchStmt':
      return switchStmt(c, s);
    case 'TypeSwitchStmt':
      return typeSwitchStmt(c, s);
    case 'SelectStmt':
      return selectStmt(c, s);
    case 'ForStmt':
      return forStmt(c, s);
    case 'RangeStmt':
      return rangeStmt(c, s);
  }
}

function block(c: Checker, s: Block): void {
  c.inScope(s.span, () => {
    for (const inner of s.stmts) stmt(c, inner);
  });
}

function exprStmt(c: Checker, e: Expr): void {
  const x = c.rules.rawExpr(c, e);
  if (x.mode === 'invalid') return;
  // Of thousands of results the text is long.
  const shown = (): string => operandString(x, c.pkg);
  if (x.mode === 'builtin') c.error('type.call', e, `${shown()} must be called`);
  else if (x.mode === 'type') c.error('type.not-expression', e, `${shown()} is not an expression`);
  else if (x.use !== 'statement') c.error('type.not-used', e, `${shown()} is not used`);
}

function sendStmt(c: Checker, s: SendStmt): void {
  const channel = expr(c, s.chan);
  const value = expr(c, s.val);
  if (channel.mode === 'invalid' || value.mode === 'invalid') return;
  const elem = channelElem(c, s, channel, false);
  if (elem) assignment(c, value, elem, 'send');
}

function incDecStmt(c: Checker, s: IncDecStmt): void {
  const x = expr(c, s.x);
  if (x.mode === 'invalid') return;
  if (!isNumeric(x.type)) {
    c.error('type.operator', s.x, `invalid operation: ${exprString(s.x)}${s.op} (non-numeric type ${c.name(x.type)})`);
    return;
  }
  assignOperand(c, s.x, { ...x, mode: 'value' });
}

function assignOperation(
  c: Checker,
  s: Extract<Stmt, { kind: 'AssignStmt' }>,
  op: Exclude<typeof s.op, '=' | ':='>,
): void {
  const [left, right] = [s.lhs[0], s.rhs[0]];
  if (!left || !right || s.lhs.length > 1 || s.rhs.length > 1) {
    c.error('type.assignment-count', s, `assignment operation ${op}= requires single-valued expressions`);
    useAll(c, [...s.lhs, ...s.rhs]);
    return;
  }
  const shown = (): string => `${exprString(left)} ${op}= ${exprString(right)}`;
  const x = binaryOperation(c, left, expr(c, left), expr(c, right), op, shown);
  if (x.mode !== 'invalid') assignOperand(c, left, { ...x, mode: 'value', value: undefined });
}

function ifStmt(c: Checker, s: Extract<Stmt, { kind: 'IfStmt' }>): void {
  const { links, last } = ladderOf(s);
  const outer = c.env.scope;
  for (const link of links) {
    c.interrupt.worked(CHECK_UNITS);
    if (link.init) {
      c.env.scope = c.newScope(link.span);
      stmt(c, link.init);
    }
    checkCondition(c, link.cond, 'if');
    stmt(c, link.then);
  }
  if (last) stmt(c, last);
  c.env.scope = outer;
}

// ---------------------------------------------------------------- select

function selectStmt(c: Checker, s: SelectStmt): void {
  multipleDefaults(c, s.clauses.map((clause) => ({ span: clause.span, isDefault: !clause.comm }))); // prettier-ignore
  for (const clause of s.clauses) {
    c.inScope(clause.span, () => {
      if (clause.comm && isCommunication(c, clause, clause.comm)) stmt(c, clause.comm);
      for (const inner of clause.body) stmt(c, inner);
    });
  }
}

function isCommunication(c: Checker, clause: CommClause, comm: Stmt): boolean {
  let received: Expr | undefined;
  if (comm.kind === 'SendStmt' || comm.kind === 'BadStmt') return true;
  if (comm.kind === 'ExprStmt') received = comm.x;
  if (comm.kind === 'AssignStmt' && comm.rhs.length === 1 && (comm.op === '=' || comm.op === ':='))
    received = comm.rhs[0];
  if (received) {
    const inner = unparen(received);
    if ((inner.kind === 'Unary' && inner.op === '<-') || inner.kind === 'BadExpr') return true;
  }
  c.error('type.select', comm, 'select case must be send or receive (possibly with assignment)');
  if (received) use(c, received);
  return false;
}
