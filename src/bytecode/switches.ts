/** This file compiles switch, type switch and select. */
import type { CaseClause, CommClause, Expr, SelectStmt, Stmt, SwitchStmt, TypeSwitchStmt } from '../lang/ast';
import { isBlank } from '../lang/exprString';
import { defaultType, isInterface, under } from '../lang/predicates';
import type { Type } from '../lang/types';
import { Typ } from '../lang/universe';
import { Label } from './assembler';
import type { Body } from './body';
import type { SelectCase } from './code';
import { adapt } from './conversions';
import { equals } from './operators';
import { placeOf, store } from './places';
import { slotsOf } from './types';

/** Compiles the clauses' bodies at their labels; `enter` declares what a clause declares. */
function clauseBodies(
  f: Body,
  clauses: readonly CaseClause[],
  labels: readonly Label[],
  end: Label,
  label: string | undefined,
  enter: (clause: CaseClause) => void,
): void {
  f.targets.push({ label, breakTo: end, continueTo: undefined });
  clauses.forEach((clause, i) => {
    f.place(labels[i]!);
    const outer = f.fallthroughTo;
    f.fallthroughTo = labels[i + 1];
    f.scoped(() => {
      enter(clause);
      clause.body.forEach((s) => f.stmt(s));
    });
    f.fallthroughTo = outer;
    f.emit('Jump', end);
  });
  f.targets.pop();
  f.place(end);
}

function takeLabel(f: Body): string | undefined {
  const label = f.pendingLabel;
  f.pendingLabel = undefined;
  return label;
}

function defaultLabel(clauses: readonly CaseClause[], labels: readonly Label[], end: Label): Label {
  const at = clauses.findIndex((clause) => clause.isDefault);
  return at < 0 ? end : labels[at]!;
}

export function switchStatement(f: Body, s: SwitchStmt): void {
  const label = takeLabel(f);
  f.scoped(() => {
    if (s.init) f.stmt(s.init);
    const end = new Label();
    const labels = s.clauses.map(() => new Label());
    const tag = s.tag && tagValue(f, s.tag);
    s.clauses.forEach((clause, i) => {
      for (const e of clause.exprs) {
        f.scoped(() => {
          if (tag) caseJump(f, tag, e, labels[i]!);
          else f.condition(e, labels[i]!, true);
        });
      }
    });
    f.emit('Jump', defaultLabel(s.clauses, labels, end));
    clauseBodies(f, s.clauses, labels, end, label, () => undefined);
  });
}

interface Tag {
  readonly slot: number;
  readonly type: Type;
}

function tagValue(f: Body, e: Expr): Tag {
  const type = f.typing.modeOf(e) === 'nil' ? Typ.uintptr : defaultType(f.typeOf(e));
  const slot = f.temp(slotsOf(type));
  f.value(e, type, slot);
  return { slot, type };
}

function caseJump(f: Body, tag: Tag, e: Expr, target: Label): void {
  f.at(e.span, () => {
    if (f.typing.modeOf(e) === 'nil') {
      f.emit('JeqI', tag.slot, 0, target);
      return;
    }
    const type = isInterface(tag.type) || !isInterface(f.typeOf(e)) ? tag.type : f.typeOf(e);
    const x = adapt(f, tag.slot, tag.type, type);
    const y = f.value(e, type);
    const same = f.temp(1);
    equals(f, type, same, x, y);
    f.emit('JumpIf', same, target);
  });
}

export function typeSwitchStatement(f: Body, s: TypeSwitchStmt): void {
  const label = takeLabel(f);
  f.scoped(() => {
    if (s.init) f.stmt(s.init);
    const x = f.temp(2);
    f.expr(s.x, x);
    const end = new Label();
    const labels = s.clauses.map(() => new Label());
    const test = f.temp(1);
    s.clauses.forEach((clause, i) => {
      for (const e of clause.exprs) {
        f.at(e.span, () => {
          if (isNil(f, e)) f.emit('JeqI', x, 0, labels[i]!);
          else {
            const type = f.typeOf(e);
            f.emit(isInterface(type) ? 'IsIface' : 'IsType', test, x, f.type(type));
            f.emit('JumpIf', test, labels[i]!);
          }
        });
      }
    });
    f.emit('Jump', defaultLabel(s.clauses, labels, end));
    clauseBodies(f, s.clauses, labels, end, label, (clause) => bindClause(f, clause, x, f.typeOf(s.x)));
  });
}

function isNil(f: Body, e: Expr): boolean {
  return f.typing.modeOf(e) === 'nil' || (e.kind === 'Ident' && f.typing.objectOf(e)?.kind === 'nil');
}

/** The clause's own variable: of the case's type when there is one case, else the interface itself. */
function bindClause(f: Body, clause: CaseClause, x: number, staticType: Type): void {
  const variable = f.typing.variableOf(clause);
  if (!variable) return;
  const only = clause.exprs.length === 1 ? clause.exprs[0]! : undefined;
  if (only === undefined || isNil(f, only) || isInterface(variable.type)) f.declare(variable, x);
  else {
    const from = f.temp(slotsOf(variable.type));
    f.emit('Assert', from, x, f.type(variable.type), -1, f.type(staticType));
    f.declare(variable, from);
  }
}

/** One communication clause, its operands evaluated. */
interface Prepared {
  readonly clause: CommClause;
  readonly row: SelectCase;
  readonly elem: Type;
}

export function selectStatement(f: Body, s: SelectStmt): void {
  const label = takeLabel(f);
  f.scoped(() => {
    const prepared = s.clauses.filter((clause) => clause.comm).map((clause) => prepareCase(f, clause, clause.comm!));
    const other = s.clauses.find((clause) => !clause.comm);
    const chosen = f.temp(1);
    f.emit('Select', chosen, f.unit.select({ cases: prepared.map(({ row }) => row), hasDefault: other !== undefined }));
    const end = new Label();
    const labels = prepared.map(() => new Label());
    prepared.forEach((_, i) => f.emit('JeqI', chosen, i, labels[i]!));
    f.targets.push({ label, breakTo: end, continueTo: undefined });
    if (other) f.scoped(() => other.body.forEach((b) => f.stmt(b)));
    f.emit('Jump', end);
    prepared.forEach((one, i) => {
      f.place(labels[i]!);
      f.scoped(() => {
        finishCase(f, one);
        one.clause.body.forEach((b) => f.stmt(b));
      });
      f.emit('Jump', end);
    });
    f.targets.pop();
    f.place(end);
  });
}

/** Evaluates channel and value of a clause, in source order; received values get slots. */
function prepareCase(f: Body, clause: CommClause, comm: Stmt): Prepared {
  const { start } = comm.span;
  if (comm.kind === 'SendStmt') {
    const elem = elementOf(f, comm.chan);
    const chan = f.temp(1);
    f.expr(comm.chan, chan);
    const val = f.temp(slotsOf(elem));
    f.value(comm.val, elem, val);
    return { clause, elem, row: { dir: 'send', chan, value: val, ok: -1, start } };
  }
  const receive = receiveOf(comm);
  const elem = elementOf(f, receive);
  const chan = f.temp(1);
  f.expr(receive, chan);
  const wanted = comm.kind === 'AssignStmt' ? comm.lhs.length : 0;
  const val = wanted > 0 ? f.temp(slotsOf(elem)) : -1;
  const ok = wanted > 1 ? f.temp(1) : -1;
  return { clause, elem, row: { dir: 'recv', chan, value: val, ok, start } };
}

/** The channel expression of a receive clause. */
function receiveOf(comm: Stmt): Expr {
  let e: Expr | undefined = comm.kind === 'ExprStmt' ? comm.x : comm.kind === 'AssignStmt' ? comm.rhs[0] : undefined;
  while (e?.kind === 'Paren') e = e.x;
  return (e as Expr & { kind: 'Unary' }).x;
}

function elementOf(f: Body, channel: Expr): Type {
  return (under(f.typeOf(channel)) as { elem: Type }).elem;
}

/** Gives what was received to the clause's variables. */
function finishCase(f: Body, { clause, row, elem }: Prepared): void {
  const { comm } = clause;
  if (comm?.kind !== 'AssignStmt') return;
  const values = [
    { slot: row.value, type: elem },
    { slot: row.ok, type: Typ.bool },
  ];
  const declared = f.typing.declaredBy(comm);
  comm.lhs.forEach((e, i) => {
    const { slot, type } = values[i]!;
    const variable = declared[i];
    if (variable) f.declare(variable, slot);
    else if (!isBlank(e)) f.at(e.span, () => store(f, placeOf(f, e), adapt(f, slot, type, f.typeOf(e))));
  });
}
