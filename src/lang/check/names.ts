/** This file resolves identifiers: scopes, implicit packages and built-ins of .lane files, and what to say of an unknown name. */
import type { Span } from '../../base/span';
import type { Ident } from '../ast';
import type { Fix } from '../diagnostic';
import { isExported } from '../lookup';
import { isValid } from '../predicates';
import type { CheckedPackage, Obj, PkgObj, Scope, VarObj } from '../types';
import { iotaObject, laneBuiltins, laneObjects } from '../universe';
import { intConst } from '../constants';
import type { Checker } from './checker';
import { invalidOperand, operand, type Operand } from './operand';
import { ownerOf } from './processes';
import { renames } from './suggestions';
import { unsupportedComplex } from './unsupported';

/** The object a name means here, without the implicit names of .lane files. */
export function lookup(c: Checker, name: string): Obj | undefined {
  for (let scope: Scope | undefined = c.env.scope; scope; scope = scope.parent) {
    const object = scope.names.get(name);
    if (object) return object;
  }
  return undefined;
}

/** The object a name means here; in .lane files also built-ins of Interlane and packages that need no import. */
export function lookupAll(c: Checker, name: string): Obj | undefined {
  const object = lookup(c, name);
  if (object || c.dialect !== 'lane') return object;
  return laneObjects.get(name) ?? implicitPackage(c, name);
}

function implicitPackage(c: Checker, name: string): PkgObj | undefined {
  const known = c.implicit.get(name);
  if (known) return known;
  const path = c.options.implicitPackages?.get(name);
  const pkg = path === undefined ? undefined : importPackage(c, path);
  if (!pkg) return undefined;
  const object = packageObject(name, pkg.path, undefined, -1);
  c.implicit.set(name, object);
  return object;
}

export function packageObject(name: string, path: string, span: Span | undefined, file: number): PkgObj {
  return { kind: 'pkg', name, path, span, file, pkg: '', type: { kind: 'basic', name: 'invalid' } };
}

/** Loads a package once; undefined when there is none. */
export function importPackage(c: Checker, path: string): CheckedPackage | undefined {
  const known = c.importedPackages.get(path);
  if (known) return known;
  const pkg = c.options.importer?.(path);
  if (pkg) c.importedPackages.set(path, pkg);
  return pkg;
}

/** Declares `object` in `scope`; reports a name that is declared there already. */
export function declare(c: Checker, scope: Scope, object: Obj, ident?: Ident): void {
  if (ident && object.name !== '_') c.typing.setObject(ident, object);
  if (object.name === '_') return;
  const other = scope.names.get(object.name);
  if (!other) {
    scope.names.set(object.name, object);
    return;
  }
  if (object.kind === 'var') c.used.add(object);
  c.error('type.redeclared', object.span ?? scope.span, `${object.name} redeclared in this block`, {
    related: c.declared(other, `other declaration of ${object.name}`),
  });
}

export function newVar(
  c: Checker,
  ident: Ident | undefined,
  role: VarObj['role'],
  type: VarObj['type'],
  name = ident?.name ?? '',
): VarObj {
  const variable: VarObj = {
    kind: 'var', name, span: ident?.span, file: c.objectFile, pkg: c.pkg, type, role,
    owner: role === 'package' ? undefined : c.env.func,
  }; // prettier-ignore
  if (role === 'local' && name !== '_') c.locals.push(variable);
  return variable;
}

const ROLE_TEXT: Readonly<Record<VarObj['role'], string>> = {
  package: 'package-level variable',
  local: 'local variable',
  receiver: 'receiver',
  param: 'parameter',
  result: 'result variable',
};

/** What kind of thing an object is, in Go's words. */
function objectKind(object: Obj): string {
  switch (object.kind) {
    case 'pkg':
      return 'package name';
    case 'const':
      return 'constant';
    case 'typename':
      return object.isAlias ? 'type alias' : 'defined type';
    case 'var':
      return object.process ? `variable of process ${object.process.name}` : ROLE_TEXT[object.role];
    case 'func':
      return object.recv ? 'method' : 'function';
    case 'process':
      return 'process';
    case 'builtin':
      return 'built-in function';
    case 'nil':
      return 'nil';
  }
}

/** Evaluates an identifier. `wantType`: only a type will do. */
export function identifier(c: Checker, e: Ident, wantType: boolean): Operand {
  const object = lookupAll(c, e.name);
  if (!object) {
    const dotted = isExported(e.name) ? c.dotImports.get(c.env.file) : undefined;
    if (!dotted) reportUndefined(c, e);
    return invalidOperand(e, dotted);
  }
  c.typing.setObject(e, object);
  if (object.kind !== 'typename' && wantType) {
    if (object.kind === 'var' || object.kind === 'pkg') c.used.add(object);
    c.error('type.not-type', e, `${e.name} (${objectKind(object)}) is not a type`);
    return invalidOperand(e);
  }
  c.rules.resolve(c, object);
  if (c.declInfos.has(object)) c.env.decl?.deps.add(object);
  switch (object.kind) {
    case 'pkg':
      c.used.add(object);
      c.error('type.package', e, `use of package ${object.name} not in selector`);
      return invalidOperand(e);
    case 'const':
      return constantName(c, e, object);
    case 'typename':
      return typeName(c, e, object);
    case 'var':
      c.used.add(object);
      return isValid(object.type) ? operand('variable', object.type, e) : invalidOperand(e, object.type);
    case 'func':
      return isValid(object.type) ? operand('value', object.type, e) : invalidOperand(e, object.type);
    case 'process': {
      const message = `${e.name} is a process: it is no value, and what is in it cannot be named from outside`;
      c.error('lane.process-memory', e, message);
      return invalidOperand(e);
    }
    case 'builtin':
      return { ...operand('builtin', object.type, e), builtin: object.name };
    case 'nil':
      return operand('nil', object.type, e);
  }
}

function constantName(c: Checker, e: Ident, object: Extract<Obj, { kind: 'const' }>): Operand {
  if (object === iotaObject) {
    if (c.env.iota !== undefined) return operand('constant', object.type, e, intConst(c.env.iota));
    c.error('type.iota', e, 'cannot use iota outside constant declaration');
    return invalidOperand(e);
  }
  return isValid(object.type) ? operand('constant', object.type, e, object.value) : invalidOperand(e, object.type);
}

const COMPLEX_TYPES = new Set(['complex64', 'complex128']);

function typeName(c: Checker, e: Ident, object: Extract<Obj, { kind: 'typename' }>): Operand {
  if (object.pkg === '' && COMPLEX_TYPES.has(object.name)) {
    return unsupportedComplex(c, e);
  }
  if (object.pkg === '' && object.name === 'comparable') {
    c.error(
      'type.not-type',
      e,
      'cannot use type comparable outside a type constraint: interface is (or embeds) comparable',
    );
    return invalidOperand(e);
  }
  return isValid(object.type) ? operand('type', object.type, e) : invalidOperand(e, object.type);
}

function reportUndefined(c: Checker, e: Ident): void {
  if (e.name === '_') {
    c.error('type.blank', e, 'cannot use _ as value or type');
    return;
  }
  if (e.name === '') return;
  if (Object.hasOwn(laneBuiltins, e.name) && c.dialect === 'go') {
    c.error(
      'lane.builtin-in-go',
      e,
      `undefined: ${e.name} (${e.name} is built into .lane files; a .go file is plain Go)`,
    );
    return;
  }
  const owner = ownerOf(c, e.name);
  if (owner) {
    const message = `${e.name} belongs to process ${owner.name}: processes do not share memory`;
    const related = c.declared(owner.scope.names.get(e.name)!, `declaration of ${e.name}`);
    c.error('lane.process-memory', e, message, { related });
    return;
  }
  c.error('type.undefined', e, `undefined: ${e.name}`, {
    fixes: () => [...missingImport(c, e), ...renames(c, e.span, e.name, visibleNames(c))],
  });
}

/** A fix that imports the package of the name that was used without import in a .go file. */
function missingImport(c: Checker, e: Ident): Fix[] {
  const path = c.dialect === 'go' ? c.options.implicitPackages?.get(e.name) : undefined;
  const clause = c.files[c.env.file]?.packageName;
  // A clause whose name is missing has one of no length.
  if (path === undefined || !clause || clause.span.start === clause.span.end) return [];
  const at = { start: clause.span.end, end: clause.span.end };
  return [{ title: `Import "${path}"`, edits: [{ span: at, text: `\n\nimport "${path}"` }] }];
}

function* visibleNames(c: Checker): Iterable<string> {
  for (let scope: Scope | undefined = c.env.scope; scope; scope = scope.parent) yield* scope.names.keys();
  if (c.dialect !== 'lane') return;
  yield* laneObjects.keys();
  yield* c.options.implicitPackages?.keys() ?? [];
}
