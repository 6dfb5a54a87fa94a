/** This file checks type expressions and collects parameters. */
import type { Expr, Field, FuncDecl, FuncLit, FuncTypeExpr, Ident, StructTypeExpr } from '../ast';
import { exprString } from '../exprString';
import { represent, toInt } from '../constants';
import { literalValue } from '../literalValue';
import { deref, isComparable, isInteger, isInterface, isUntyped, isValid, under } from '../predicates';
import type { FieldObj, Scope, Signature, Type, VarObj } from '../types';
import { Typ, invalidType } from '../universe';
import { causeOf } from '../unsupported';
import { CHECK_UNITS, type Checker } from './checker';
import { expr, use } from './evaluate';
import { interfaceType } from './interfaces';
import { declare, identifier, lookupAll, newVar } from './names';
import { operandString } from './operand';
import { selector } from './selectors';
import { composed } from './typeSizes';

/** The type that `e` denotes; reports and gives the invalid type when it denotes none. */
export function typeExpr(c: Checker, e: Expr): Type {
  c.interrupt.worked(CHECK_UNITS);
  if (c.isGivenUp) return invalidType;
  const type = denoted(c, e);
  c.typing.record(e, isValid(type) ? 'type' : 'invalid', type);
  return type;
}

function denoted(c: Checker, e: Expr): Type {
  switch (e.kind) {
    case 'BadExpr':
      return invalidType;
    case 'Ident': {
      const x = identifier(c, e, true);
      return x.mode === 'type' || causeOf(x.type) ? x.type : invalidType;
    }
    case 'Selector': {
      const x = selector(c, e, true);
      if (x.mode === 'type') return x.type;
      if (x.mode !== 'invalid') c.error('type.not-type', e, `${operandString(x, c.pkg)} is not a type`);
      return causeOf(x.type) ? x.type : invalidType;
    }
    case 'Index':
      return instantiated(c, e);
    case 'Paren':
      return typeExpr(c, e.x);
    case 'Star': {
      const elem = typeExpr(c, e.x);
      return isValid(elem) ? composed(c, e, { kind: 'pointer', elem }) : elem;
    }
    case 'ArrayType':
      return composed(c, e, arrayType(c, e));
    case 'StructType':
      return composed(c, e, structType(c, e));
    case 'FuncType':
      return composed(c, e, c.rules.signature(c, undefined, e, c.newScope(e.span)));
    case 'InterfaceType':
      return composed(c, e, interfaceType(c, e));
    case 'MapType':
      return composed(c, e, mapType(c, e));
    case 'ChanType': {
      const elem = typeExpr(c, e.elem);
      return composed(c, e, { kind: 'chan', dir: e.dir, elem });
    }
    default:
      c.error('type.not-type', e, `${exprString(e)} is not a type`);
      use(c, e);
      return invalidType;
  }
}

function instantiated(c: Checker, e: Extract<Expr, { kind: 'Index' }>): Type {
  const before = c.diagnostics.length;
  const type = typeExpr(c, e.x);
  for (const index of e.indices) typeExpr(c, index);
  if (isValid(type) && c.diagnostics.length === before) {
    c.error('type.not-generic', e.x, `invalid operation: ${exprString(e)} (${c.name(type)} is not a generic type)`);
  }
  return causeOf(type) ? type : invalidType;
}

function arrayType(c: Checker, e: Extract<Expr, { kind: 'ArrayType' }>): Type {
  if (e.len === undefined) return { kind: 'slice', elem: typeExpr(c, e.elem) };
  let len = -1;
  if (e.len === 'auto') c.error('type.array-length', e, 'invalid use of [...] array (outside a composite literal)');
  else len = arrayLength(c, e.len);
  const elem = typeExpr(c, e.elem);
  if (len >= 0) return { kind: 'array', elem, len };
  const lengthType = e.len === 'auto' ? undefined : c.typing.typeOf(e.len);
  return lengthType && causeOf(lengthType) ? lengthType : invalidType;
}

/** The constant length, or -1 when it is not one. */
function arrayLength(c: Checker, e: Expr): number {
  if (e.kind === 'Ident') {
    const object = lookupAll(c, e.name);
    if (object && object.kind !== 'const') {
      if (object.kind === 'var') c.used.add(object);
      c.error('type.array-length', e, `invalid array length ${e.name}`);
      return -1;
    }
    if (!object) {
      c.error('type.array-length', e, `undefined array length ${e.name} or missing type constraint`);
      return -1;
    }
  }
  const x = expr(c, e);
  if (x.mode === 'invalid') return -1;
  const shown = operandString(x, c.pkg);
  if (x.mode !== 'constant') {
    c.error('type.array-length', e, `array length ${shown} must be constant`);
    return -1;
  }
  const value = (isUntyped(x.type) || isInteger(x.type)) && x.value ? toInt(x.value) : undefined;
  if (value && value.v >= 0n && represent(value, Typ.int)) {
    if (isUntyped(x.type)) {
      c.typing.setType(e, Typ.int);
      c.typing.setValue(e, value);
    }
    return Number(value.v);
  }
  const what = isInteger(x.type) ? `invalid array length ${shown}` : `array length ${shown} must be integer`;
  c.error('type.array-length', e, what);
  return -1;
}

function mapType(c: Checker, e: Extract<Expr, { kind: 'MapType' }>): Type {
  const key = typeExpr(c, e.key);
  const elem = typeExpr(c, e.elem);
  c.later(() => {
    if (isValid(key) && !isComparable(key, c.interrupt))
      c.error('type.map-key', e.key, `invalid map key type ${c.name(key)}`);
  });
  return { kind: 'map', key, elem };
}

// ---------------------------------------------------------------- structs

function structType(c: Checker, e: StructTypeExpr): Type {
  const fields: FieldObj[] = [];
  const seen = new Map<string, Ident>();
  const add = (ident: Ident, type: Type, embedded: boolean, tag?: string): void => {
    const other = ident.name === '_' ? undefined : seen.get(ident.name);
    if (other) {
      c.error('type.redeclared', ident, `${ident.name} redeclared`, {
        related: [{ message: `other declaration of ${ident.name}`, span: other.span, file: c.env.file }],
      });
      return;
    }
    seen.set(ident.name, ident);
    const { name, span } = ident;
    const field: FieldObj = { kind: 'field', name, type, embedded, tag, span, file: c.objectFile, pkg: c.pkg };
    if (!embedded) c.typing.setObject(ident, field); // the name of an embedded field refers to its type
    fields.push(field);
  };
  for (const field of e.fields) {
    const type = typeExpr(c, field.typeExpr);
    const tag = tagOf(field);
    for (const name of field.names) add(name, type, false, tag);
    if (field.names.length > 0) continue;
    const name = embeddedName(field.typeExpr);
    if (!name) {
      if (isValid(type)) c.error('type.embedded', field, `invalid embedded field type ${exprString(field.typeExpr)}`);
      continue;
    }
    add(name, type, true, tag);
    c.later(() => checkEmbedded(c, field, type));
  }
  return { kind: 'struct', fields };
}

function tagOf(field: Field): string | undefined {
  const value = field.tag && literalValue('string', field.tag.raw);
  return value?.kind === 'string' ? value.v : undefined;
}

function embeddedName(e: Expr): Ident | undefined {
  switch (e.kind) {
    case 'Ident':
      return e;
    case 'Star':
      return e.x.kind === 'Star' ? undefined : embeddedName(e.x);
    case 'Selector':
      return e.sel;
    case 'Index':
      return embeddedName(e.x);
    default:
      return undefined;
  }
}

function checkEmbedded(c: Checker, field: Field, type: Type): void {
  const { type: base, pointer } = deref(type);
  const u = under(base);
  if (u.kind === 'pointer') c.error('type.embedded', field.typeExpr, 'embedded field type cannot be a pointer');
  else if (u.kind === 'interface' && pointer) {
    c.error('type.embedded', field.typeExpr, 'embedded field type cannot be a pointer to an interface');
  }
}

// ---------------------------------------------------------------- signatures

/** Collects parameters and results and declares them in `scope`, whose owner is the function (none: a mere type). */
export function collectSignature(
  c: Checker,
  owner: FuncDecl | FuncLit | undefined,
  e: FuncTypeExpr,
  scope: Scope,
  recv?: VarObj,
): Signature {
  return c.within({ func: owner, scope }, () => {
    const params = collectFields(c, e.params, 'param');
    const results = collectFields(c, e.results, 'result');
    const last = e.params[e.params.length - 1];
    const variadic = last?.typeExpr.kind === 'Ellipsis';
    // Now that all types are known: no parameter means anything in the type of another.
    declareFields(c, scope, e.params, params);
    declareFields(c, scope, e.results, results);
    return { kind: 'signature', params, results, variadic, recv };
  });
}

function declareFields(c: Checker, scope: Scope, fields: readonly Field[], variables: readonly VarObj[]): void {
  let next = 0;
  for (const { names } of fields) {
    for (const name of names) declare(c, scope, variables[next++]!, name);
    if (names.length === 0) next++;
  }
}

function collectFields(c: Checker, fields: readonly Field[], role: 'param' | 'result'): VarObj[] {
  const variables: VarObj[] = [];
  for (const [i, field] of fields.entries()) {
    let type: Type;
    if (field.typeExpr.kind === 'Ellipsis') {
      const elem = field.typeExpr.elem ? typeExpr(c, field.typeExpr.elem) : invalidType;
      type = { kind: 'slice', elem };
      c.typing.record(field.typeExpr, 'type', type);
      if (role === 'result' || i !== fields.length - 1 || field.names.length > 1) {
        c.error('type.spread', field.typeExpr, 'can only use ... with final parameter in list');
      }
    } else {
      type = typeExpr(c, field.typeExpr);
    }
    for (const name of field.names) variables.push(newVar(c, name, role, type));
    if (field.names.length === 0) variables.push(newVar(c, undefined, role, type));
  }
  return variables;
}

/** Checks the receiver's type and gives the variable. */
export function collectReceiver(c: Checker, owner: FuncDecl, field: Field, scope: Scope): VarObj {
  return c.within({ func: owner, scope }, () => {
    const type = typeExpr(c, field.typeExpr);
    const [name] = field.names;
    const variable = newVar(c, name, 'receiver', type);
    if (name) declare(c, scope, variable, name);
    c.later(() => checkReceiver(c, field, type));
    return variable;
  });
}

function checkReceiver(c: Checker, field: Field, type: Type): void {
  const { type: base } = deref(type);
  if (!isValid(base)) return;
  const at = field.typeExpr.kind === 'Star' ? field.typeExpr.x : field.typeExpr;
  if (base.kind === 'basic' || (base.kind === 'named' && base.object.pkg !== c.pkg)) {
    c.error('type.receiver', at, `cannot define new methods on non-local type ${c.name(base)}`);
  } else if (base.kind !== 'named') {
    c.error('type.receiver', at, `invalid receiver type ${c.name(type)}`);
  } else if (under(base).kind === 'pointer' || isInterface(base)) {
    c.error('type.receiver', at, `invalid receiver type ${c.name(base)} (pointer or interface type)`);
  }
}
