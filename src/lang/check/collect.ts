/** This file collects what the files of a package declare and import, before anything is resolved. */
import { LateSet } from '../../base/late';
import type { Decl, Expr, FuncDecl, GenDecl, ImportSpec, ProcessDecl, TypeSpec, ValueSpec } from '../ast';
import type { Fix } from '../diagnostic';
import { literalValue } from '../literalValue';
import { isExported } from '../lookup';
import { packageName } from '../typeString';
import type { FuncObj, Obj, ProcessObj, Scope, TypeNameObj, VarObj } from '../types';
import { invalidType } from '../universe';
import type { Checker, DeclInfo } from './checker';
import { checkArity } from './declarations';
import { declare, importPackage, newVar, packageObject } from './names';
import { newConst } from './localDecls';
import { changeTo, nearest } from './suggestions';
import { unresolvedType } from './unresolved';
import { unsupportedPackage } from './unsupported';

/** Work of a declaration, in units of the interrupt. */
const COLLECT_UNITS = 100;

/** What is declared together and starts together: by a package, or by a process in it. */
export interface Members {
  /** Absent: the package. */
  readonly process?: ProcessObj;
  /** Functions `init`, which have no name that can be used. */
  readonly initFuncs: FuncObj[];
}

interface Collected extends Members {
  readonly processes: readonly Members[];
}

/** Where a declaration stands. */
interface Site {
  /** Where its names are declared. */
  readonly names: Scope;
  /** Where what it mentions is looked up first. */
  readonly scope: Scope;
  readonly members: Members;
}

interface Method {
  readonly object: FuncObj;
  readonly receiver: string;
  readonly site: Site;
}

/** Declares everything at package level. */
export function collect(c: Checker): Collected {
  const initFuncs: FuncObj[] = [];
  const processes: Members[] = [];
  const fileScopes: Scope[] = [];
  const methods: Method[] = [];
  const collectAll = (site: Site, decls: readonly Decl[]): void => {
    for (const decl of decls) {
      c.interrupt.worked(COLLECT_UNITS);
      if (decl.kind === 'GenDecl') collectGenDecl(c, site, decl);
      else if (decl.kind === 'FuncDecl') collectFunc(c, site, decl, methods);
      else if (decl.kind === 'ProcessDecl') {
        const inside = collectProcess(c, site, decl);
        processes.push(inside.members);
        collectAll(inside, decl.decls);
      }
    }
  };
  for (const [file, node] of c.files.entries()) {
    c.env.file = file;
    const scope = c.newScope(node.span, c.packageScope);
    fileScopes.push(scope);
    collectAll({ names: c.packageScope, scope, members: { initFuncs } }, node.decls);
  }
  for (const [file, scope] of fileScopes.entries()) checkImportNames(c, file, scope);
  attachMethods(c, methods);
  return { initFuncs, processes };
}

function collectProcess(c: Checker, { names, scope }: Site, { head, span }: ProcessDecl): Site {
  const inside = c.newScope(span, scope);
  const process: ProcessObj = {
    kind: 'process', name: head.name.name, span: head.name.span, file: c.objectFile, pkg: c.pkg, type: invalidType, scope: inside,
  }; // prettier-ignore
  c.env.typing = c.typingOf(head);
  if (isReserved(c, process.name)) c.error('type.main', head.name, `cannot declare ${process.name} - must be func`);
  else declare(c, names, process, head.name);
  if (head.params.length > 0) {
    const message = 'processes with parameters come in a later version: until then each starts by itself, once';
    c.error('lane.not-yet', head.params[0]!, message);
  }
  return { names: inside, scope: inside, members: { process, initFuncs: [] } };
}

function info(c: Checker, { scope }: Site, rest: Partial<DeclInfo>): DeclInfo {
  return {
    order: c.declInfos.size,
    fileScope: scope,
    typing: c.typing,
    file: c.env.file,
    deps: new LateSet(),
    ...rest,
  };
}

function declareMember(
  c: Checker,
  site: Site,
  object: Obj,
  ident: ValueSpec['names'][number],
  declInfo: DeclInfo,
): void {
  if (isReserved(c, object.name)) {
    c.error('type.main', ident, `cannot declare ${object.name} - must be func`);
    return;
  }
  declare(c, site.names, object, ident);
  c.declInfos.set(object, declInfo);
}

/** Names that only functions may have. */
function isReserved(c: Checker, name: string): boolean {
  return name === 'init' || (name === 'main' && packageNameOf(c) === 'main');
}

function packageNameOf(c: Checker): string {
  return c.files[c.env.file]?.packageName?.name ?? 'main';
}

function collectGenDecl(c: Checker, site: Site, decl: GenDecl): void {
  for (const spec of decl.specs) {
    c.interrupt.worked(COLLECT_UNITS);
    if (spec.kind !== 'ImportSpec') c.env.typing = c.typingOf(spec);
    if (spec.kind === 'ImportSpec') collectImport(c, site.scope, spec);
    else if (spec.kind === 'TypeSpec') collectType(c, site, spec);
    else if (decl.tok === 'const') collectConst(c, site, spec);
    else collectVar(c, site, spec);
  }
}

function collectConst(c: Checker, site: Site, spec: ValueSpec): void {
  const source = spec.inherited ?? spec;
  const typing = spec.inherited ? c.newTyping(spec.inherited) : c.typing;
  for (const [i, ident] of spec.names.entries()) {
    const declInfo = info(c, site, {
      typing,
      typeExpr: source.typeExpr,
      init: source.values[i],
      iota: spec.iota,
      inheritedAt: spec.inherited && ident.span,
    });
    declareMember(c, site, newConst(c, ident), ident, declInfo);
  }
  checkArity(c, spec, source.values, true, spec.inherited !== undefined);
}

function collectVar(c: Checker, site: Site, spec: ValueSpec): void {
  const { process } = site.members;
  const variables = spec.names.map((ident): VarObj => ({ ...newVar(c, ident, 'package', unresolvedType), process }));
  const [only] = spec.values;
  const shared =
    spec.values.length === 1 && variables.length > 1
      ? info(c, site, { lhs: variables, typeExpr: spec.typeExpr, init: only })
      : undefined;
  for (const [i, ident] of spec.names.entries()) {
    const declInfo = shared ?? info(c, site, { typeExpr: spec.typeExpr, init: spec.values[i] });
    declareMember(c, site, variables[i]!, ident, declInfo);
  }
  if (!spec.typeExpr || spec.values.length > 0) checkArity(c, spec, spec.values, false, false);
}

function collectType(c: Checker, site: Site, spec: TypeSpec): void {
  const object: TypeNameObj = {
    kind: 'typename', name: spec.name.name, span: spec.name.span, file: c.objectFile, pkg: c.pkg, type: unresolvedType, isAlias: spec.isAlias,
  }; // prettier-ignore
  declareMember(c, site, object, spec.name, info(c, site, { typeSpec: spec }));
}

// ---------------------------------------------------------------- functions

/** Name and pointer-ness of a receiver's type as it is written. */
function receiverOf(e: Expr): { name: string; pointer: boolean } | undefined {
  let x = e;
  let pointer = false;
  for (;;) {
    if (x.kind === 'Paren') x = x.x;
    else if (x.kind === 'Star' && !pointer) [x, pointer] = [x.x, true];
    else if (x.kind === 'Index') x = x.x;
    else break;
  }
  return x.kind === 'Ident' ? { name: x.name, pointer } : undefined;
}

function collectFunc(c: Checker, site: Site, decl: FuncDecl, methods: Method[]): void {
  const typing = c.typingOf(decl);
  c.env.typing = typing;
  const receiver = decl.recv && receiverOf(decl.recv.typeExpr);
  const name = decl.name.name;
  const object: FuncObj = {
    kind: 'func', name, span: decl.name.span, file: c.objectFile, pkg: c.pkg, process: site.members.process, type: unresolvedType, decl, typing,
    recv: receiver && { typeName: receiver.name, pointer: receiver.pointer },
    native: c.dialect === 'std' && !decl.body ? nativeName(c.pkg, name, receiver) : undefined,
  }; // prettier-ignore
  c.declInfos.set(object, info(c, site, { func: decl }));
  c.funcs.push(object);
  typing.setObject(decl.name, object);
  if (decl.recv) {
    if (receiver && name !== '_') methods.push({ object, receiver: receiver.name, site });
    return;
  }
  if (isReserved(c, name)) checkMain(c, decl);
  if (name === 'init') site.members.initFuncs.push(object);
  else declare(c, site.names, object, decl.name);
}

/** The full name of a native function: `time.Sleep`, `sync.(*Mutex).Lock`, `time.Duration.String`. */
function nativeName(pkg: string, name: string, receiver: { name: string; pointer: boolean } | undefined): string {
  if (!receiver) return `${pkg}.${name}`;
  return receiver.pointer ? `${pkg}.(*${receiver.name}).${name}` : `${pkg}.${receiver.name}.${name}`;
}

function checkMain(c: Checker, decl: FuncDecl): void {
  const [typeParam] = decl.signature.typeParams;
  if (typeParam) c.error('type.main', typeParam, `func ${decl.name.name} must have no type parameters`);
  if (decl.signature.params.length === 0 && decl.signature.results.length === 0) return;
  c.error('type.main', decl.name, `func ${decl.name.name} must have no arguments and no return values`);
}

/** Gives each method to the type it is declared for; reports those declared twice. */
function attachMethods(c: Checker, methods: readonly Method[]): void {
  const byName = new Map<TypeNameObj, Map<string, FuncObj>>();
  for (const { object, receiver, site } of methods) {
    c.interrupt.worked(COLLECT_UNITS);
    const { base, pointer } = baseType(c, receiver, site);
    if (!base) continue;
    if (!site.names.names.has(base.name)) {
      const message = `methods of ${base.name} stand beside its declaration, outside of process ${site.members.process!.name}`;
      c.errorIn(object.file, 'lane.process-method', object.span!, message, {
        related: c.declared(base, `declaration of ${base.name}`),
      });
      continue;
    }
    if (pointer && object.recv) object.recv.pointer = true;
    const list = c.methodsOf.get(base) ?? [];
    c.methodsOf.set(base, list);
    const known = byName.get(base) ?? new Map<string, FuncObj>();
    byName.set(base, known);
    const other = known.get(object.name);
    if (other) {
      const at = other.span ? ` at ${c.position(other.file, other.span.start)}` : '';
      const related = c.declared(other, `other declaration of ${other.name}`);
      c.errorIn(
        object.file,
        'type.redeclared',
        object.span!,
        `method ${base.name}.${object.name} already declared${at}`,
        { related },
      );
      continue;
    }
    list.push(object);
    known.set(object.name, object);
  }
}

/** The declared type a receiver's name means, through aliases, and whether one of them is a pointer. */
function baseType(c: Checker, name: string, { names }: Site): { base?: TypeNameObj; pointer: boolean } {
  let current: string | undefined = name;
  let pointer = false;
  for (let i = 0; current !== undefined && i < 100; i++) {
    const object: Obj | undefined = names.names.get(current) ?? c.packageScope.names.get(current);
    if (object?.kind !== 'typename') break;
    if (!object.isAlias) return { base: object, pointer };
    const target: Expr | undefined = c.declInfos.get(object)?.typeSpec?.typeExpr;
    const next: ReturnType<typeof receiverOf> = target && receiverOf(target);
    current = next?.name;
    pointer ||= next?.pointer === true;
  }
  return { pointer };
}

// ---------------------------------------------------------------- imports

function collectImport(c: Checker, scope: Scope, spec: ImportSpec): void {
  const value = literalValue('string', spec.path.raw);
  if (value?.kind !== 'string') return;
  const path = value.v;
  if (path === '' || /[\s!"#$%&'()*,:;<=>?[\\\]^`{|}\ufffd]/.test(path)) {
    c.error('type.import', spec.path, `invalid import path (${path === '' ? 'empty string' : 'invalid character'})`);
    return;
  }
  const pkg = importPackage(c, path);
  if (!pkg && /(^|\/)internal(\/|$)/.test(path)) {
    c.error('type.import', spec.path, `use of internal package ${path} not allowed`);
  } else if (!pkg && !c.options.knownPaths?.has(path)) {
    c.error(
      'type.import',
      spec.path,
      `package ${path} is not in std (a program is one package; it can import only packages of Go's standard library)`,
      { fixes: () => pathsNear(c, spec, path) },
    );
  }
  const name = spec.name?.name ?? packageName(path);
  if (name === '_') return;
  if (name === '.') {
    if (!pkg && c.options.knownPaths?.has(path)) {
      c.dotImports.set(c.env.file, unsupportedPackage(c, spec.path, path));
    }
    for (const [member, object] of pkg?.scope.names ?? []) if (isExported(member)) scope.names.set(member, object);
    return;
  }
  const object = packageObject(name, path, (spec.name ?? spec.path).span, c.env.file);
  declare(c, scope, object);
  if (pkg || c.options.knownPaths?.has(path)) c.imports.push(object);
}

function pathsNear(c: Checker, spec: ImportSpec, path: string): Fix[] {
  const { start, end } = spec.path.span;
  const { knownPaths = [], implicitPackages } = c.options;
  const meant = nearest(c, path, [...(implicitPackages?.values() ?? []), ...knownPaths]);
  return meant === undefined ? [] : [changeTo({ start: start + 1, end: end - 1 }, meant)];
}

function checkImportNames(c: Checker, file: number, scope: Scope): void {
  for (const [name, object] of scope.names) {
    const other = c.packageScope.names.get(name);
    if (!other?.span || object.kind !== 'pkg') continue;
    c.errorIn(
      Math.max(other.file, 0),
      'type.redeclared',
      other.span,
      `${name} already declared through import of package ${packageName(object.path)} ("${object.path}")`,
      {
        related: object.span ? [{ message: `other declaration of ${name}`, span: object.span, file }] : [],
      },
    );
  }
}
