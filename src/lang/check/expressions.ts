/** This file checks an expression of any kind, and notes what was found. */
import type { Binary, Expr, TypeAssert } from '../ast';
import { isInterface, isValid, under } from '../predicates';
import type { Type } from '../types';
import { assertableTo } from './assignable';
import { callExpr } from './calls';
import { CHECK_UNITS, type Checker } from './checker';
import { expr, exprOrType, use } from './evaluate';
import { indexExpr, sliceExpr } from './indexing';
import { basicLit, compositeLit, funcLit } from './literals';
import { identifier } from './names';
import { invalidOperand, operand, operandString, type Operand } from './operand';
import { binary, unary } from './operators';
import { selector } from './selectors';
import { typeExpr } from './typeExprs';
import { chainOf } from '../chains';
import { exprString } from '../exprString';
import { causeOf } from '../unsupported';
import { forEachChild } from '../walk';

/** Checks `e` and notes what it is. `hint`: the type of a composite literal that has none of its own. */
export function rawExpr(c: Checker, e: Expr, hint?: Type): Operand {
  c.interrupt.worked(CHECK_UNITS);
  if (c.isGivenUp) return invalidOperand(e);
  return noted(c, e, anyExpr(c, e, hint));
}

function noted(c: Checker, e: Expr, found: Operand): Operand {
  let x = found;
  if (x.mode === 'invalid' && !causeOf(x.type)) x = { ...x, type: typeOfParts(c, e) ?? x.type };
  x.expr = e;
  c.typing.record(e, x.mode, x.type, x.mode === 'constant' ? x.value : undefined);
  return x;
}

/** Of an invalid expression: the type of the part that made it so, where that is opaque. */
function typeOfParts(c: Checker, e: Expr): Type | undefined {
  if (c.trapped.size === 0) return undefined;
  let found: Type | undefined;
  forEachChild(e, (child) => {
    const type = c.typing.typeOf(child as Expr);
    if (causeOf(type)) found ??= type;
  });
  return found;
}

function anyExpr(c: Checker, e: Expr, hint: Type | undefined): Operand {
  switch (e.kind) {
    case 'BadExpr':
      return invalidOperand(e);
    case 'Ident':
      return identifier(c, e, false);
    case 'BasicLit':
      return basicLit(c, e);
    case 'FuncLit':
      return funcLit(c, e);
    case 'CompositeLit':
      return compositeLit(c, e, hint);
    case 'Paren':
      return { ...rawExpr(c, e.x) };
    case 'Selector':
      return selector(c, e, false);
    case 'Index':
      return indexExpr(c, e);
    case 'SliceExpr':
      return sliceExpr(c, e);
    case 'TypeAssert':
      return typeAssert(c, e);
    case 'Call':
      return callExpr(c, e);
    case 'Star':
      return star(c, e);
    case 'Unary':
      return unary(c, e);
    case 'Binary':
      return binaryChain(c, e);
    case 'KeyValue':
      use(c, e.val);
      return invalidOperand(e);
    case 'Ellipsis':
      c.error('type.spread', e, 'invalid use of ...');
      return invalidOperand(e);
    case 'ArrayType':
    case 'StructType':
    case 'FuncType':
    case 'InterfaceType':
    case 'MapType':
    case 'ChanType': {
      const type = typeExpr(c, e);
      return isValid(type) ? operand('type', type, e) : invalidOperand(e, type);
    }
  }
}

/** `a + b + c …` from the inside. */
function binaryChain(c: Checker, e: Binary): Operand {
  const chain = chainOf(e);
  let x = expr(c, chain[0]!.x);
  for (const link of chain) {
    c.interrupt.worked(CHECK_UNITS);
    x = binary(c, link, x, expr(c, link.y));
    if (link !== e) x = noted(c, link, x);
  }
  return x;
}

function star(c: Checker, e: Extract<Expr, { kind: 'Star' }>): Operand {
  const x = exprOrType(c, e.x);
  if (x.mode === 'invalid') return invalidOperand(e);
  if (x.mode === 'type') return operand('type', { kind: 'pointer', elem: x.type }, e);
  const u = under(x.type);
  if (u.kind === 'pointer') return isValid(u.elem) ? operand('variable', u.elem, e) : invalidOperand(e, u.elem);
  if (isValid(u) || x.mode === 'builtin')
    c.error('type.indirect', e, `invalid operation: cannot indirect ${operandString(x, c.pkg)}`);
  return invalidOperand(e);
}

function typeAssert(c: Checker, e: TypeAssert): Operand {
  const x = expr(c, e.x);
  if (!e.typeExpr) {
    if (x.mode !== 'invalid') c.error('type.assertion', e, 'use of .(type) outside type switch');
    return invalidOperand(e);
  }
  const type = typeExpr(c, e.typeExpr);
  if (x.mode === 'invalid') return invalidOperand(e);
  if (!isInterface(x.type)) {
    if (isValid(under(x.type)))
      c.error('type.assertion', e.x, `invalid operation: ${operandString(x, c.pkg)} is not an interface`);
    return invalidOperand(e);
  }
  if (!isValid(type)) return invalidOperand(e, type);
  const verdict = assertableTo(c, x.type, type);
  if (!verdict.ok) {
    const message = `impossible type assertion: ${exprString(e)}\n\t${c.name(type)} does not implement ${c.name(x.type)} ${verdict.cause ?? ''}`;
    c.error('type.assertion', e, message.trimEnd());
  }
  return operand('commaok', type, e);
}
