/** This file checks selectors `x.f`: package members, fields, methods, method values and method expressions. */
import type { Expr, Selector } from '../ast';
import { exprString } from '../exprString';
import { asMethod, embeddedCause, isExported, lookupMember, namedBase, type Found } from '../lookup';
import { deref, isInterfacePointer, isValid, under } from '../predicates';
import { packageName } from '../typeString';
import type { CheckedPackage, Obj, PkgObj, Signature, Type, VarObj } from '../types';
import type { Selection } from '../typing';
import type { Checker } from './checker';
import { exprOrType } from './evaluate';
import { importPackage, lookupAll } from './names';
import { invalidOperand, operand, operandString, type Operand } from './operand';
import { opaqueType } from '../unsupported';
import { renames } from './suggestions';
import { unsupportedPackage, unsupportedSymbol } from './unsupported';

/** Evaluates `e.x.sel`. `wantType`: only a type will do. */
export function selector(c: Checker, e: Selector, wantType: boolean): Operand {
  c.typing.setSelection(e, undefined);
  if (e.x.kind === 'Ident') {
    const object = lookupAll(c, e.x.name);
    if (object?.kind === 'pkg') return packageMember(c, e, object, e.x);
  }
  const x = exprOrType(c, e.x);
  if (x.mode === 'builtin') {
    c.error('type.call', e, `invalid use of ${operandString(x, c.pkg)} in selector expression`);
    return invalidOperand(e);
  }
  if (x.mode === 'invalid' || e.sel.name === '') return invalidOperand(e);
  if (wantType) {
    c.error('type.not-type', e.sel, `${exprString(e)} is not a type`);
    return invalidOperand(e);
  }
  if (e.sel.name === '_') {
    c.error('type.blank', e.sel, 'cannot refer to blank field or method');
    return invalidOperand(e);
  }
  const found = lookupMember(x.type, x.mode === 'variable', e.sel.name, c.pkg, c.interrupt);
  if (found.kind === 'none') {
    return invalidOperand(e, missing(c, e, x, found.why));
  }
  if (x.mode === 'type') return methodExpression(c, e, x, found);
  return found.kind === 'field' ? fieldValue(c, e, x, found) : methodValue(c, e, x, found);
}

// ---------------------------------------------------------------- packages

function packageMember(c: Checker, e: Selector, pkgObject: PkgObj, ident: Extract<Expr, { kind: 'Ident' }>): Operand {
  c.used.add(pkgObject);
  c.typing.setObject(ident, pkgObject);
  c.typing.record(ident, 'package', pkgObject.type);
  const pkg = importPackage(c, pkgObject.path);
  if (!pkg) {
    return invalidOperand(e, known(c, pkgObject.path) ? unsupportedPackage(c, e, pkgObject.path) : undefined);
  }
  const member = pkg.scope.names.get(e.sel.name);
  if (!member || member.kind === 'pkg') {
    return invalidOperand(e, undefinedMember(c, e, pkg));
  }
  if (!isExported(member.name)) {
    c.error('type.unexported', e.sel, `name ${member.name} not exported by package ${packageName(pkg.path)}`);
    return invalidOperand(e);
  }
  c.typing.setObject(e.sel, member);
  c.typing.setSelection(e, { kind: 'package' });
  return memberOperand(e, member);
}

function memberOperand(e: Selector, member: Obj): Operand {
  if (!isValid(member.type)) return invalidOperand(e, member.type);
  switch (member.kind) {
    case 'const':
      return operand('constant', member.type, e, member.value);
    case 'typename':
      return operand('type', member.type, e);
    case 'var':
      return operand('variable', member.type, e);
    default:
      return operand('value', member.type, e);
  }
}

/** Whether Go has the package; of any other the import has told. */
function known(c: Checker, path: string): boolean {
  return c.options.knownPaths?.has(path) === true;
}

/** Says why a package has no such member; the opaque type when that is only here. */
function undefinedMember(c: Checker, e: Selector, pkg: CheckedPackage): Type | undefined {
  const name = e.sel.name;
  if (name === '') return undefined;
  if (pkg.unsupported?.has(name)) return unsupportedSymbol(c, e, exprString(e));
  const exported = [...pkg.scope.names.keys()].filter(isExported);
  const other = exported.find((known) => known.toLowerCase() === name.toLowerCase());
  const hint = other ? ` (but have ${other})` : '';
  c.error('type.undefined', e.sel, `undefined: ${exprString(e)}${hint}`, {
    fixes: () => renames(c, e.sel.span, name, exported),
  });
  return undefined;
}

// ---------------------------------------------------------------- fields and methods

/** Notes what the selector means, and that its name refers to that field or method. */
function select(c: Checker, e: Selector, selection: Exclude<Selection, { kind: 'package' }>): void {
  c.typing.setSelection(e, selection);
  c.typing.setObject(e.sel, selection.object);
}

function fieldValue(c: Checker, e: Selector, x: Operand, found: Extract<Found, { kind: 'field' }>): Operand {
  select(c, e, { kind: 'field', path: found.path, object: found.field });
  const addressable = x.mode === 'variable' || found.indirect || under(x.type).kind === 'pointer';
  const result = operand(addressable ? 'variable' : 'value', found.field.type, e);
  return isValid(found.field.type) ? result : invalidOperand(e, found.field.type);
}

function methodValue(
  c: Checker,
  e: Selector,
  x: Operand,
  found: Extract<Found, { kind: 'method' | 'interfaceMethod' }>,
): Operand {
  const method = asMethod(found, (object) => c.rules.resolve(c, object));
  if (found.kind === 'method') {
    if (!isValid(found.object.type)) return invalidOperand(e, found.object.type);
    const recv = found.object.recv?.pointer ? 'pointer' : 'value';
    select(c, e, { kind: 'method', path: found.path, object: found.object, recv });
    noteMethodUse(c, found.object);
  } else {
    select(c, e, { kind: 'interfaceMethod', path: found.path, index: found.index, object: found.method });
  }
  return operand('value', { ...method.signature, recv: undefined }, e);
}

function noteMethodUse(c: Checker, method: Obj): void {
  if (c.declInfos.has(method)) c.env.decl?.deps.add(method);
}

function methodExpression(c: Checker, e: Selector, x: Operand, found: Found): Operand {
  if (found.kind === 'field' || found.kind === 'none') {
    const message = `${exprString(e.x)}.${e.sel.name} undefined (type ${c.name(x.type)} has no method ${e.sel.name})`;
    c.error('type.member', e.sel, message);
    return invalidOperand(e);
  }
  const method = asMethod(found, (object) => c.rules.resolve(c, object));
  if (found.kind === 'method') {
    const recv = found.object.recv?.pointer ? 'pointer' : 'value';
    select(c, e, { kind: 'methodExpr', path: found.path, object: found.object, recv });
    noteMethodUse(c, found.object);
  } else {
    select(c, e, { kind: 'interfaceMethod', path: found.path, index: found.index, object: found.method });
  }
  return operand('value', withReceiver(c, method.signature, x.type), e);
}

/** The signature of a method expression: the receiver is its first parameter. */
function withReceiver(c: Checker, signature: Signature, type: Type): Signature {
  const [first] = signature.params;
  const receiver: VarObj = {
    kind: 'var', name: first?.name ? (signature.recv?.name ?? '_') || '_' : '', file: c.objectFile, pkg: c.pkg, type, role: 'param',
  }; // prettier-ignore
  return { ...signature, recv: undefined, params: [receiver, ...signature.params] };
}

/** Says why a value has no such member; the opaque type when it may well have it. */
function missing(
  c: Checker,
  e: Selector,
  x: Operand,
  why: 'missing' | 'ambiguous' | 'needs pointer',
): Type | undefined {
  const sel = e.sel.name;
  if (!isValid(under(x.type)) || !isValid(under(deref(x.type).type))) return deref(x.type).type;
  const real = namedBase(x.type)?.object;
  if (why === 'missing' && real && c.options.importer?.(real.pkg)?.unsupported?.has(`${real.name}.${sel}`)) {
    return unsupportedSymbol(c, e, `${packageName(real.pkg)}.${real.name}.${sel}`);
  }
  const promoting = why === 'missing' ? embeddedCause(x.type) : undefined;
  if (promoting) return opaqueType(promoting);
  reportMissing(c, e, x, why);
  return undefined;
}

function reportMissing(c: Checker, e: Selector, x: Operand, why: 'missing' | 'ambiguous' | 'needs pointer'): void {
  const sel = e.sel.name;
  const base = exprString(e.x);
  if (why === 'ambiguous') {
    c.error('type.member', e.sel, `ambiguous selector ${base}.${sel}`);
  } else if (why === 'needs pointer') {
    const type = c.name(x.type);
    const message =
      x.mode === 'type'
        ? `invalid method expression ${type}.${sel} (needs pointer receiver (*${type}).${sel})`
        : `cannot call pointer method ${sel} on ${type}`;
    c.error('type.member', e.sel, message);
  } else {
    const reason = isInterfacePointer(x.type)
      ? `type ${c.name(x.type)} is pointer to interface, not interface`
      : whyNoMember(c, x.type, sel, x.mode === 'variable', false);
    c.error('type.member', e.sel, `${base}.${sel} undefined (${reason})`, {
      fixes: () => renames(c, e.sel.span, sel, memberNames(x.type)),
    });
  }
}

/** Names of fields and methods at the first level, for a suggestion. */
function* memberNames(type: Type): Iterable<string> {
  const { type: base } = deref(type);
  const u = under(base);
  if (base.kind === 'named') yield* names(base.methods);
  if (u.kind === 'struct') yield* names(u.fields);
  if (u.kind === 'interface') yield* names(u.methods);
}

export function* names(list: readonly { readonly name: string }[]): Iterable<string> {
  for (const { name } of list) yield name;
}

const tail = (name: string): string => name.slice(1);

/** Go's explanation of why a type has no member of that name. */
export function whyNoMember(
  c: Checker,
  type: Type,
  name: string,
  addressable: boolean,
  structLiteral: boolean,
): string {
  const found = lookupMember(type, addressable, name, c.pkg, c.interrupt, true);
  const shown = c.name(type);
  const missing = structLiteral
    ? `unknown field ${name} in struct literal of type ${shown}`
    : `type ${shown} has no field or method ${name}`;
  if (found.kind === 'none' || (structLiteral && found.kind !== 'field')) return missing;
  const what = found.kind === 'field' ? 'field' : 'method';
  const other =
    found.kind === 'field' ? found.field.name : found.kind === 'method' ? found.object.name : found.method.name;
  const thing = structLiteral ? '' : `${what} `;
  const local = deref(type).type;
  if (local.kind !== 'named' || local.object.pkg === c.pkg || (isExported(name) && isExported(other))) {
    return `${missing}, but does have ${thing}${other}`;
  }
  if (isExported(name))
    return tail(name) === tail(other) ? `${missing}, but does have unexported ${thing}${other}` : missing;
  if (isExported(other)) return tail(name) === tail(other) ? `${missing}, but does have ${thing}${other}` : missing;
  if (name !== other) return missing;
  return structLiteral
    ? `cannot refer to unexported field ${other} in struct literal of type ${shown}`
    : `cannot refer to unexported ${what} ${other}`;
}
