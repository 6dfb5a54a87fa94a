/** This file says what of the language is not supported, in one place for each. */
import type { Expr, Node } from '../ast';
import type { Basic } from '../types';
import type { Checker } from './checker';
import { invalidOperand, type Operand } from './operand';

/** A complex number, or something that makes or takes one. */
export function unsupportedComplex(c: Checker, e: Expr): Operand {
  const reason = 'complex numbers are not supported yet';
  const advice = 'use two float64 variables or a struct of them';
  return invalidOperand(e, c.unsupported('unsupported.complex', e, reason, advice));
}

/** A generic type or function, or a constraint. */
export function unsupportedGenerics(c: Checker, at: Node): Basic {
  const reason = 'generic types and functions are not supported yet';
  return c.unsupported('unsupported.generics', at, reason, 'write one for each type you need, or use an interface');
}

/** A loop over the values that a function yields. */
export function unsupportedRangeFunc(c: Checker, e: Expr): void {
  const reason = 'range over a function is not supported yet';
  c.unsupported('unsupported.range-func', e, reason, 'call the function with the loop body as its argument');
}

/** A package of Go's standard library that is not here. */
export function unsupportedPackage(c: Checker, at: Node, path: string): Basic {
  return c.unsupported('unsupported.package', at, `package ${path} is not supported`);
}

/** A member that is missing in a package that is here. */
export function unsupportedSymbol(c: Checker, at: Node, name: string): Basic {
  return c.unsupported('unsupported.symbol', at, `${name} is not supported yet`);
}
