/** This file checks switch statements, over values and over types. */
import type { Span } from '../../base/span';
import type { CaseClause, Expr, SwitchStmt, TypeSwitchStmt } from '../ast';
import { boolConst } from '../constants';
import { unparen, exprString } from '../exprString';
import { hasNil, identical, isComparable, isInterface, isValid, likeness, under } from '../predicates';
import type { Type, VarObj } from '../types';
import { Typ, invalidType } from '../universe';
import { assertableTo, assignment } from './assignable';
import type { Checker } from './checker';
import { expr, use } from './evaluate';
import { constKey } from './literals';
import { declare, lookup, newVar } from './names';
import { isInvalid, operand, type Operand, operandString } from './operand';
import { comparison } from './operators';
import { convertUntyped } from './untyped';

/** Reports a second `default`. */
export function multipleDefaults(c: Checker, clauses: readonly { span: Span; isDefault: boolean }[]): void {
  const [first, second] = clauses.filter((clause) => clause.isDefault);
  if (!first || !second) return;
  const at = { start: second.span.start, end: second.span.start + 'default'.length };
  c.error('type.duplicate', at, `multiple defaults (first at ${position(c, first.span)})`, {
    related: [{ message: 'first default', span: first.span, file: c.env.file }],
  });
}

/** `file:line:column` of the start of a span of the current file. */
function position(c: Checker, span: Span): string {
  return c.position(c.env.file, span.start);
}

export function switchStmt(c: Checker, s: SwitchStmt): void {
  c.inScope(s.span, () => {
    if (s.init) c.rules.stmt(c, s.init);
    const x = s.tag ? tagOperand(c, s.tag) : missingTag(s);
    multipleDefaults(c, s.clauses);
    const seen: SeenValues = new Map();
    for (const clause of s.clauses) {
      for (const e of clause.exprs) caseValue(c, x, e, seen, s.tag === undefined);
      clauseBody(c, clause, () => undefined);
    }
  });
}

function tagOperand(c: Checker, tag: Expr): Operand {
  const x = expr(c, tag);
  assignment(c, x, undefined, 'switch expression');
  if (x.mode !== 'invalid' && !isComparable(x.type, c.interrupt) && !hasNil(x.type)) {
    c.error('type.switch', tag, `cannot switch on ${operandString(x, c.pkg)} (${c.name(x.type)} is not comparable)`);
    x.mode = 'invalid';
  }
  return x;
}

/** The number of an expression that no text has. */
const NO_NODE = -1;

function missingTag(s: SwitchStmt): Operand {
  const at = { start: s.span.start, end: s.span.start };
  const e: Expr = { kind: 'Ident', id: NO_NODE, name: 'true', span: at };
  return operand('constant', Typ.bool, e, boolConst(true));
}

function clauseBody(c: Checker, clause: CaseClause, before: () => void): void {
  c.inScope(clause.span, () => {
    before();
    for (const inner of clause.body) c.rules.stmt(c, inner);
  });
}

/** By value, then by type (a basic one by its name: `byte` is `uint8`): the case that has it. */
type SeenValues = Map<string, Map<Type | string, Expr>>;

function caseValue(c: Checker, x: Operand, e: Expr, seen: SeenValues, noTag: boolean): void {
  const v = expr(c, e);
  if (x.mode === 'invalid' || v.mode === 'invalid') return;
  convertUntyped(c, v, x.type);
  if (isInvalid(v)) return;
  const type = v.type;
  // The comparison is one of the case's value only: the tag keeps its type.
  const result = comparison(c, e, { ...v }, { ...x, mode: noTag ? 'constant' : x.mode }, '==', true);
  if (result.mode === 'invalid' || v.mode !== 'constant' || !v.value || v.value.kind === 'bool') return;
  const key = constKey(v.value);
  const others = seen.get(key) ?? new Map<Type | string, Expr>();
  const identity = type.kind === 'basic' ? type.name : type;
  const other = others.get(identity);
  if (other) {
    c.error(
      'type.duplicate',
      e,
      `duplicate case ${operandString(v, c.pkg)} in expression switch\n\t${position(c, other.span)}: previous case`,
      {
        related: [{ message: 'previous case', span: other.span, file: c.env.file }],
      },
    );
    return;
  }
  seen.set(key, others.set(identity, e));
}

// ---------------------------------------------------------------- type switch

export function typeSwitchStmt(c: Checker, s: TypeSwitchStmt): void {
  c.inScope(s.span, () => {
    if (s.init) c.rules.stmt(c, s.init);
    const bind = s.bind?.name === '_' ? undefined : s.bind;
    if (s.bind && !bind) c.error('type.no-new-variables', s.bind, 'no new variable on left side of :=');
    const x = guardOperand(c, s.x);
    multipleDefaults(c, s.clauses);
    const seen: SeenTypes = new Map();
    const variables: VarObj[] = [];
    for (const clause of s.clauses) {
      const type = caseTypes(c, x, clause.exprs, seen);
      clauseBody(c, clause, () => {
        if (!bind) return;
        const variable = newVar(c, bind, 'local', type);
        declare(c, c.env.scope, variable);
        c.typing.setVariable(clause, variable);
        variables.push(variable);
      });
    }
    if (bind) bindUnused(c, bind, variables);
  });
}

function bindUnused(c: Checker, bind: { name: string; span: Span }, variables: readonly VarObj[]): void {
  const used = variables.some((v) => c.used.has(v));
  for (const v of variables) c.used.add(v);
  if (!used && !c.isIncomplete(c.env.file))
    c.unused('type.unused-variable', c.env.file, bind.span, `declared and not used: ${bind.name}`);
}

function guardOperand(c: Checker, e: Expr): Operand | undefined {
  const guarded = e.kind === 'TypeAssert' && !e.typeExpr ? e.x : e;
  const x = expr(c, guarded);
  if (x.mode === 'invalid') return undefined;
  if (isInterface(x.type)) return x;
  if (isValid(under(x.type))) c.error('type.assertion', guarded, `${operandString(x, c.pkg)} is not an interface`);
  return undefined;
}

/** Types of the cases so far, by their likeness. */
type SeenTypes = Map<string, { type: Type | undefined; expr: Expr }[]>;

/** Checks the types of one clause; gives the type of the bound variable in it. */
function caseTypes(c: Checker, x: Operand | undefined, list: readonly Expr[], seen: SeenTypes): Type {
  let only: Type | undefined;
  for (const e of list) {
    const type = isNil(c, e) ? undefined : c.rules.typeExpr(c, e);
    if (type === undefined) use(c, e);
    else if (!isValid(type)) {
      only = invalidType;
      continue;
    }
    const key = type ? likeness(type) : 'nil';
    const alike = seen.get(key) ?? [];
    const other = alike.find((o) => (o.type && type ? identical(o.type, type) : o.type === type));
    if (other) {
      const name = type ? c.name(type) : 'nil';
      c.error(
        'type.duplicate',
        e,
        `duplicate case ${name} in type switch\n\t${position(c, other.expr.span)}: previous case`,
        {
          related: [{ message: 'previous case', span: other.expr.span, file: c.env.file }],
        },
      );
      continue;
    }
    alike.push({ type, expr: e });
    seen.set(key, alike);
    if (x && type) checkPossible(c, e, x, type);
    only = type;
  }
  if (list.length === 1 && only) return only;
  return x?.type ?? invalidType;
}

function isNil(c: Checker, e: Expr): boolean {
  const inner = unparen(e);
  return inner.kind === 'Ident' && lookup(c, inner.name)?.kind === 'nil';
}

function checkPossible(c: Checker, e: Expr, x: Operand, type: Type): void {
  const verdict = assertableTo(c, x.type, type);
  if (verdict.ok) return;
  const message = `impossible type switch case: ${exprString(e)}\n\t${operandString(x, c.pkg)} cannot have dynamic type ${c.name(type)} ${verdict.cause ?? ''}`;
  c.error('type.assertion', e, message.trimEnd());
}
