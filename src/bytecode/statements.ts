/** This file compiles statements: the simple ones here, the others by the file that knows them. */
import { InternalError } from '../base/assert';
import type { BranchStmt, IfStmt, LabeledStmt, SendStmt, Stmt } from '../lang/ast';
import { under } from '../lang/predicates';
import type { Trap } from '../lang/unsupported';
import { Label } from './assembler';
import { assignStatement, incDecStatement, returnStatement, variableSpec } from './assignments';
import type { Body } from './body';
import { deferStatement, goStatement } from './calls';
import { forStatement, rangeStatement } from './loops';
import { selectStatement, switchStatement, typeSwitchStatement } from './switches';

/** Whether the statement leaves variables behind in the enclosing scope. */
function declares(s: Stmt): boolean {
  return s.kind === 'DeclStmt' || s.kind === 'LabeledStmt' || (s.kind === 'AssignStmt' && s.op === ':=');
}

export function statement(f: Body, s: Stmt): void {
  const missing = f.unit.traps.get(s);
  if (missing) return trap(f, s, missing);
  f.at(s.span, () => {
    if (declares(s)) compile(f, s);
    else f.scoped(() => compile(f, s));
  });
}

/** A statement that cannot run ends the run. Its variables exist all the same: what follows it is compiled too. */
function trap(f: Body, s: Stmt, { cause, span }: Trap): void {
  f.at(span, () => f.emit('Unsupported', f.unit.trap(cause)));
  if (s.kind === 'AssignStmt') for (const variable of f.typing.declaredBy(s)) if (variable) f.declare(variable);
  if (s.kind !== 'DeclStmt' || s.decl.tok !== 'var') return;
  for (const spec of s.decl.specs) {
    if (spec.kind !== 'ValueSpec') continue;
    for (const name of spec.names) {
      const object = f.typing.objectOf(name);
      if (object?.kind === 'var') f.declare(object);
    }
  }
}

function compile(f: Body, s: Stmt): void {
  switch (s.kind) {
    case 'EmptyStmt':
      break;
    case 'ExprStmt':
      f.expr(s.x);
      break;
    case 'SendStmt':
      send(f, s);
      break;
    case 'IncDecStmt':
      incDecStatement(f, s);
      break;
    case 'AssignStmt':
      assignStatement(f, s);
      break;
    case 'DeclStmt':
      if (s.decl.tok === 'var') for (const spec of s.decl.specs) if (spec.kind === 'ValueSpec') variableSpec(f, spec);
      break;
    case 'GoStmt':
      goStatement(f, s.call);
      break;
    case 'DeferStmt':
      deferStatement(f, s.call);
      break;
    case 'ReturnStmt':
      returnStatement(f, s);
      break;
    case 'BranchStmt':
      branch(f, s);
      break;
    case 'LabeledStmt':
      labeled(f, s);
      break;
    case 'Block':
      f.block(s);
      break;
    case 'IfStmt':
      ifStatement(f, s);
      break;
    case 'ForStmt':
      forStatement(f, s);
      break;
    case 'RangeStmt':
      rangeStatement(f, s);
      break;
    case 'SwitchStmt':
      switchStatement(f, s);
      break;
    case 'TypeSwitchStmt':
      typeSwitchStatement(f, s);
      break;
    case 'SelectStmt':
      selectStatement(f, s);
      break;
    default:
      throw new InternalError('statement', { kind: s.kind });
  }
}

function send(f: Body, s: SendStmt): void {
  const channel = under(f.typeOf(s.chan));
  if (channel.kind !== 'chan') throw new InternalError('send to no channel');
  const to = f.expr(s.chan);
  const from = f.value(s.val, channel.elem);
  f.emit('Send', to, from);
}

function ifStatement(f: Body, s: IfStmt): void {
  const end = new Label();
  for (let link: Stmt | undefined = s; link; link = branchOf(f, link, end));
  f.place(end);
}

/** Compiles a link of a ladder; @returns the next one. */
function branchOf(f: Body, s: Stmt, end: Label): Stmt | undefined {
  if (s.kind !== 'IfStmt' || f.unit.traps.has(s)) {
    f.stmt(s);
    return undefined;
  }
  f.at(s.span, () => {
    const otherwise = new Label();
    if (s.init) f.stmt(s.init);
    f.condition(s.cond, otherwise, false);
    f.block(s.then);
    if (s.else) f.emit('Jump', end);
    f.place(otherwise);
  });
  return s.else;
}

function gotoLabel(f: Body, name: string): Label {
  const known = f.gotos.get(name);
  if (known) return known;
  const label = new Label();
  f.gotos.set(name, label);
  return label;
}

function labeled(f: Body, s: LabeledStmt): void {
  const { name } = s.label;
  f.place(gotoLabel(f, name));
  const loops = s.stmt.kind === 'ForStmt' || s.stmt.kind === 'RangeStmt';
  const breaks =
    loops || s.stmt.kind === 'SwitchStmt' || s.stmt.kind === 'TypeSwitchStmt' || s.stmt.kind === 'SelectStmt';
  if (breaks) {
    f.pendingLabel = name;
    f.stmt(s.stmt);
    f.pendingLabel = undefined;
    return;
  }
  const end = new Label();
  f.targets.push({ label: name, breakTo: end, continueTo: undefined, onlyByLabel: true });
  f.stmt(s.stmt);
  f.targets.pop();
  f.place(end);
}

function branch(f: Body, s: BranchStmt): void {
  if (s.op === 'goto') f.emit('Jump', gotoLabel(f, s.label!.name));
  else if (s.op === 'fallthrough') {
    if (!f.fallthroughTo) throw new InternalError('fallthrough');
    f.emit('Jump', f.fallthroughTo);
  } else f.emit('Jump', branchTarget(f, s));
}

function branchTarget(f: Body, s: BranchStmt): Label {
  for (let i = f.targets.length - 1; i >= 0; i--) {
    const target = f.targets[i]!;
    if (s.label ? target.label !== s.label.name : target.onlyByLabel) continue;
    const to = s.op === 'break' ? target.breakTo : target.continueTo;
    if (to) return to;
  }
  throw new InternalError('branch without target', { op: s.op });
}
