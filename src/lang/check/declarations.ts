/** This file checks what declarations of constants, variables, types and functions declare. */
import type { Span } from '../../base/span';
import type { Expr, FuncDecl, Ident, TypeSpec, ValueSpec } from '../ast';
import { exprString } from '../exprString';
import { memberIndex } from '../members';
import { isConstType, isValid, under } from '../predicates';
import type { ConstObj, FuncObj, Named, Type, TypeNameObj, VarObj } from '../types';
import { invalidType } from '../universe';
import { assignment } from './assignable';
import { initVar, initVars } from './assignments';
import type { Checker } from './checker';
import { namedCycle, reportCycle } from './cycles';
import { expr } from './evaluate';
import { operandString } from './operand';
import { causeOf } from '../unsupported';
import { collectReceiver, typeExpr } from './typeExprs';
import { skip } from './skip';
import { unresolvedType } from './unresolved';
import { unsupportedGenerics } from './unsupported';

/** Checks a constant. `inheritedAt`: set when type and value are repeated from an earlier line. */
export function constDecl(
  c: Checker,
  object: ConstObj,
  typeSyntax: Expr | undefined,
  init: Expr | undefined,
  iota: number,
  inheritedAt?: Span,
): void {
  c.within({ iota, errorSpan: inheritedAt }, () => {
    if (typeSyntax) {
      const type = typeExpr(c, typeSyntax);
      if (!isConstType(type)) {
        if (isValid(under(type))) c.error('type.constant', typeSyntax, `invalid constant type ${c.name(type)}`);
        object.type = causeOf(type) ? type : invalidType;
        return;
      }
      object.type = type;
    }
    if (!init) {
      object.type = invalidType;
      return;
    }
    const x = expr(c, init);
    if (x.mode !== 'invalid' && x.mode !== 'constant') {
      c.error('type.constant', init, `${operandString(x, c.pkg)} is not constant`);
      x.mode = 'invalid';
    }
    if (x.mode !== 'invalid') {
      if (object.type === unresolvedType) object.type = x.type;
      assignment(c, x, object.type, 'constant declaration');
    }
    if (x.mode === 'invalid' || !x.value) object.type = causeOf(x.type) ? x.type : invalidType;
    else object.value = x.value;
  });
}

/** Checks a variable; `all` are the variables of `var a, b = f()`. */
export function varDecl(
  c: Checker,
  object: VarObj,
  all: readonly VarObj[] | undefined,
  typeSyntax: Expr | undefined,
  init: Expr | undefined,
): void {
  if (typeSyntax) object.type = typeExpr(c, typeSyntax);
  if (!init) {
    if (!typeSyntax) object.type = invalidType;
    return;
  }
  if (!all || all.length === 1) {
    initVar(c, object, expr(c, init), 'variable declaration');
    return;
  }
  if (typeSyntax) for (const other of all) other.type = object.type;
  initVars(c, all, [init], 'assignment');
}

/** Reports names without value and values without name. */
export function checkArity(
  c: Checker,
  spec: ValueSpec,
  values: readonly Expr[],
  isConst: boolean,
  inherited: boolean,
): void {
  const [names, extra] = [spec.names, values[spec.names.length]];
  if (extra) {
    if (inherited)
      c.error('type.assignment-count', spec, `extra init expr at ${c.position(c.env.file, extra.span.start)}`);
    else c.error('type.assignment-count', extra, `extra init expr ${exprString(extra)}`);
  } else if (names.length > values.length && (isConst || values.length !== 1)) {
    const name = names[values.length]!;
    c.error('type.assignment-count', name, `missing init expr for ${name.name}`);
  }
}

/** Checks a type declaration. Methods of the type are known before. */
export function typeDecl(c: Checker, object: TypeNameObj, spec: TypeSpec): void {
  if (spec.typeParams.length > 0) {
    object.type = unsupportedGenerics(c, spec.typeParams[0]!);
    skip(c, spec);
    return;
  }
  if (spec.isAlias) {
    const type = typeExpr(c, spec.typeExpr);
    object.type = type;
    return;
  }
  const named: Named = { kind: 'named', object, underlying: unresolvedType, methods: c.methodsOf.get(object) ?? [] };
  object.type = named;
  c.named.push(named);
  const type = typeExpr(c, spec.typeExpr);
  if (causeOf(type)) object.type = type;
  named.underlying = isValid(type) ? shortened(type) : type;
  const cycle = namedCycle(named);
  if (cycle) {
    reportCycle(c, cycle.map((n) => n.object)); // prettier-ignore
    for (const n of cycle) n.underlying = invalidType;
  }
  c.later(() => checkFieldsAndMethods(c, named));
}

/** The underlying type of a declared type where it is known already: long chains of declarations stay short to follow. */
function shortened(type: Type): Type {
  if (type.kind !== 'named' || type.underlying === unresolvedType || type.underlying.kind === 'named') return type;
  return type.underlying;
}

/** Reports a field and a method of the same name. */
function checkFieldsAndMethods(c: Checker, named: Named): void {
  const u = under(named);
  if (u.kind !== 'struct') return;
  for (const method of named.methods) {
    const field = u.fields[memberIndex(u.fields, method.name)];
    if (!field || !method.span) continue;
    const related = field.span
      ? [{ message: `other declaration of ${method.name}`, span: field.span, file: c.env.file }]
      : [];
    c.errorIn(method.file, 'type.redeclared', method.span, `field and method with the same name ${method.name}`, {
      related,
    });
  }
}

/** Checks a function's signature now and its body later. */
export function funcDecl(c: Checker, object: FuncObj, decl: FuncDecl): void {
  if (decl.signature.typeParams.length > 0 || hasTypeArguments(decl)) {
    const [typeParam] = decl.signature.typeParams;
    object.type = typeParam ? unsupportedGenerics(c, typeParam) : receiverType(c, decl);
    skip(c, decl);
    return;
  }
  const scope = c.newScope(decl.span);
  // A signature that mentions its own function (in an array length) must not go round in circles.
  object.type = { kind: 'signature', params: [], results: [], variadic: false };
  const recv = decl.recv && collectReceiver(c, decl, decl.recv, scope);
  const signature = c.rules.signature(c, decl, decl.signature, scope, recv);
  object.type = signature;
  c.typing.record(decl.signature, 'type', signature);
  const body = decl.body;
  if (body) c.later(() => c.rules.funcBody(c, decl, signature, scope, body));
  else if (object.native === undefined) c.error('type.missing-body', decl.name, 'missing function body');
}

/** Whether the receiver is an instance of a generic type: `func (l *List[T]) …`. */
function hasTypeArguments(decl: FuncDecl): boolean {
  let e = decl.recv?.typeExpr;
  while (e && (e.kind === 'Star' || e.kind === 'Paren')) e = e.x;
  return e?.kind === 'Index';
}

/** Of a method of a generic type: the type, which is opaque. */
function receiverType(c: Checker, decl: FuncDecl): Type {
  let e = decl.recv!.typeExpr;
  while (e.kind === 'Star' || e.kind === 'Paren' || e.kind === 'Index') e = e.x;
  const type = typeExpr(c, e);
  if (isValid(type)) c.error('type.not-generic', e, `${exprString(e)} is not a generic type`);
  return causeOf(type) ? type : invalidType;
}

const DECLARED_MODES = { const: 'constant', var: 'variable', typename: 'type' } as const;

/** Notes what the name of a local declaration is, now that its type is known. */
export function noteDeclared(c: Checker, ident: Ident, object: ConstObj | VarObj | TypeNameObj): void {
  c.typing.setObject(ident, object);
  c.typing.record(ident, DECLARED_MODES[object.kind], object.type, object.kind === 'const' ? object.value : undefined);
}
