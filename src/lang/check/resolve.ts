/** This file resolves package-level objects on demand, whatever their order in the source. */
import type { Obj } from '../types';
import { invalidType } from '../universe';
import type { Checker, DeclInfo } from './checker';
import { isValidCycle } from './cycles';
import { constDecl, funcDecl, typeDecl, varDecl } from './declarations';
import { unresolvedType } from './unresolved';

/** Longest chain of declarations that need each other; it keeps the checker far from the end of JavaScript's stack. */
const MAX_CHAIN = 400;

/** Work of a name, in units of the interrupt. */
const RESOLVE_UNITS = 10;

/** Completes the type of `object`; reports a declaration that needs itself. */
export function resolve(c: Checker, object: Obj): void {
  c.interrupt.worked(RESOLVE_UNITS);
  const at = c.path.indexOf(object);
  if (at >= 0) {
    const valid = isValidCycle(c, c.path.slice(at));
    const needsType = object.kind === 'const' || object.kind === 'var' ? object.type === unresolvedType : false;
    if (object.kind !== 'func' && (!valid || needsType)) object.type = invalidType;
    return;
  }
  if (object.type !== unresolvedType) return;
  const info = c.declInfos.get(object);
  if (!info) return;
  if (c.path.length >= MAX_CHAIN) {
    const span = object.span ?? info.fileScope.span;
    c.errorIn(info.file, 'syntax.too-deep', span, `too many declarations need each other, down to ${object.name}`);
    object.type = invalidType;
    return;
  }
  c.path.push(object);
  const { fileScope, file, typing } = info;
  const env = {
    scope: fileScope,
    file,
    typing,
    decl: undefined,
    signature: undefined,
    func: undefined,
    iota: undefined,
    errorSpan: undefined,
    hasCallOrReceive: false,
  };
  c.inside(env, () => declare(c, object, info));
  c.path.pop();
}

function declare(c: Checker, object: Obj, info: DeclInfo): void {
  switch (object.kind) {
    case 'const':
      c.env.decl = info;
      return constDecl(c, object, info.typeExpr, info.init, info.iota ?? 0, info.inheritedAt);
    case 'var':
      c.env.decl = info;
      return varDecl(c, object, info.lhs, info.typeExpr, info.init);
    case 'typename':
      return info.typeSpec && typeDecl(c, object, info.typeSpec);
    case 'func':
      c.env.decl = info;
      return info.func && funcDecl(c, object, info.func);
    default:
      return;
  }
}
