/** This file checks declarations inside functions. */
import type { GenDecl, TypeSpec, ValueSpec } from '../ast';
import type { ConstObj, TypeNameObj } from '../types';
import { boolConst } from '../constants';
import type { Checker } from './checker';
import { checkSizes, settle } from './cycles';
import { checkArity, constDecl, noteDeclared, typeDecl, varDecl } from './declarations';
import { declare, newVar } from './names';
import { unresolvedType } from './unresolved';

export function declStmt(c: Checker, decl: GenDecl): void {
  for (const spec of decl.specs) {
    if (spec.kind === 'TypeSpec') localType(c, spec);
    else if (spec.kind === 'ValueSpec' && decl.tok === 'const') localConst(c, spec);
    else if (spec.kind === 'ValueSpec') localVar(c, spec);
  }
}

function localConst(c: Checker, spec: ValueSpec): void {
  const source = spec.inherited ?? spec;
  const objects = spec.names.map((ident, i) => {
    const object = newConst(c, ident);
    const check = (): void =>
      constDecl(c, object, source.typeExpr, source.values[i], spec.iota, spec.inherited && ident.span);
    // What the repeated expression means is noted for the line that spells it out.
    if (spec.inherited) c.within({ typing: c.typing.scratch }, check);
    else check();
    return object;
  });
  checkArity(c, spec, source.values, true, spec.inherited !== undefined);
  for (const [i, object] of objects.entries()) {
    declare(c, c.env.scope, object, spec.names[i]);
    noteDeclared(c, spec.names[i]!, object);
  }
}

/** A constant before its value is known. */
export function newConst(c: Checker, ident: { name: string; span: ConstObj['span'] }): ConstObj {
  return {
    kind: 'const',
    name: ident.name,
    span: ident.span,
    file: c.objectFile,
    pkg: c.pkg,
    type: unresolvedType,
    value: boolConst(false),
  };
}

function localVar(c: Checker, spec: ValueSpec): void {
  const variables = spec.names.map((ident) => newVar(c, ident, 'local', unresolvedType));
  const shared = spec.values.length === 1 ? variables : undefined;
  for (const [i, variable] of variables.entries()) {
    if (shared && i > 0) break;
    varDecl(c, variable, shared, spec.typeExpr, shared ? spec.values[0] : spec.values[i]);
  }
  if (!spec.typeExpr || spec.values.length > 0) checkArity(c, spec, spec.values, false, false);
  for (const [i, variable] of variables.entries()) {
    declare(c, c.env.scope, variable, spec.names[i]);
    noteDeclared(c, spec.names[i]!, variable);
  }
}

function localType(c: Checker, spec: TypeSpec): void {
  const object: TypeNameObj = {
    kind: 'typename', name: spec.name.name, span: spec.name.span, file: c.objectFile, pkg: c.pkg, type: unresolvedType, isAlias: spec.isAlias,
  }; // prettier-ignore
  declare(c, c.env.scope, object, spec.name);
  const before = c.named.length;
  c.path.push(object);
  typeDecl(c, object, spec);
  c.path.pop();
  const fresh = c.named.slice(before);
  checkSizes(c, fresh);
  settle(fresh);
  noteDeclared(c, spec.name, object);
}
