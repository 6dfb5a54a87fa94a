/** This file checks calls and conversions. */
import type { Call, Expr } from '../ast';
import { exprString } from '../exprString';
import { isValid, under } from '../predicates';
import { resultTuple } from '../results';
import type { Signature, Type } from '../types';
import { assignment, conversion } from './assignable';
import { builtinCall } from './builtins';
import type { Checker } from './checker';
import { expr, exprList, exprOrType, use, useAll } from './evaluate';
import { invalidOperand, isInvalid, operand, type Operand, operandString } from './operand';
import { typesSummary, variableTypes } from './typesSummary';

/** Work of an argument, in units of the interrupt: `f(g())` has as many as `g` has results. */
const ARGUMENT_UNITS = 10;

export function callExpr(c: Checker, e: Call): Operand {
  c.typing.setCall(e, undefined);
  const x = exprOrType(c, e.fun);
  switch (x.mode) {
    case 'invalid':
      useAll(c, e.args);
      return invalidOperand(e);
    case 'type':
      return conversionCall(c, e, x.type);
    case 'builtin': {
      const result = builtinCall(c, e, x.builtin!);
      if (result.mode !== 'invalid' && result.mode !== 'constant') c.env.hasCallOrReceive = true;
      return result;
    }
    default:
      return functionCall(c, e, x);
  }
}

function conversionCall(c: Checker, e: Call, type: Type): Operand {
  c.typing.setCall(e, { kind: 'conversion' });
  const failed: Operand = { ...invalidOperand(e), use: 'conversion' };
  const [arg] = e.args;
  if (!arg) {
    c.error('type.argument-count', e, `missing argument in conversion to ${c.name(type)}`);
    return failed;
  }
  if (e.args.length > 1) {
    useAll(c, e.args);
    c.error('type.argument-count', e.args[e.args.length - 1]!, `too many arguments in conversion to ${c.name(type)}`);
    return failed;
  }
  const x = expr(c, arg);
  if (x.mode === 'invalid') return failed;
  if (e.spread) {
    c.error('type.spread', arg, `invalid use of ... in conversion to ${c.name(type)}`);
    return failed;
  }
  conversion(c, x, type);
  return isInvalid(x)
    ? failed
    : { ...operand(x.mode === 'constant' ? 'constant' : 'value', x.type, e, x.value), use: 'conversion' };
}

function functionCall(c: Checker, e: Call, x: Operand): Operand {
  const u = under(x.type);
  if (u.kind !== 'signature') {
    if (isValid(u))
      c.error(
        'type.call',
        e,
        `invalid operation: cannot call ${operandString(x, c.pkg)}: ${c.name(x.type)} is not a function`,
      );
    useAll(c, e.args);
    return invalidOperand(e);
  }
  c.typing.setCall(e, { kind: 'call', signature: u });
  const args = exprList(c, e.args);
  passArguments(c, e, u, args);
  c.env.hasCallOrReceive = true;
  return { ...resultOperand(e, u), use: 'statement' };
}

function resultOperand(e: Call, signature: Signature): Operand {
  const [only, second] = signature.results;
  if (!only) return operand('novalue', { kind: 'tuple', types: [] }, e);
  if (second) return operand('value', resultTuple(signature), e);
  return isValid(only.type) ? operand('value', only.type, e) : invalidOperand(e, only.type);
}

/** Checks the arguments of a call against the parameters; false when their number is wrong. */
export function passArguments(c: Checker, e: Call, signature: Signature, args: readonly Operand[]): boolean {
  const { params, variadic } = signature;
  if (misusedSpread(c, e, variadic, args.length)) return false;
  const packs = variadic && !e.spread;
  const wanted = packs ? Math.max(args.length, params.length - 1) : params.length;
  if (args.length !== wanted) {
    reportCount(c, e, signature, args, wanted);
    return false;
  }
  const context = (): string => `argument to ${exprString(e.fun)}`;
  c.interrupt.worked(args.length * ARGUMENT_UNITS);
  const fixed = packs ? params.length - 1 : params.length;
  const rest = packs ? params[fixed]!.type : undefined;
  const elem = rest?.kind === 'slice' ? rest.elem : rest;
  for (const [i, arg] of args.entries()) assignment(c, arg, i < fixed ? params[i]!.type : elem, context);
  return true;
}

/** Whether `...` is misused, which is reported; `count`: of the arguments. */
function misusedSpread(c: Checker, e: Call, variadic: boolean, count: number): boolean {
  if (!e.spread || (variadic && (e.args.length > 1 || count <= 1))) return false;
  const cause = variadic
    ? `cannot use ... with ${count}-valued ${exprString(e.args[0]!)}`
    : `cannot use ... in call to non-variadic ${exprString(e.fun)}`;
  c.error('type.spread', e, cause);
  return true;
}

function reportCount(c: Checker, e: Call, signature: Signature, args: readonly Operand[], wanted: number): void {
  if (args.some((arg) => arg.mode === 'invalid')) return;
  const tooMany = args.length > wanted;
  const at = tooMany ? args[wanted]!.expr : (args[args.length - 1]?.expr ?? e.fun);
  const have = typesSummary(c, args.map((a) => a.type), false, e.spread); // prettier-ignore
  const want = typesSummary(c, variableTypes(signature.params), signature.variadic, false);
  const message = `${tooMany ? 'too many' : 'not enough'} arguments in call to ${exprString(e.fun)}\n\thave ${have}\n\twant ${want}`;
  c.error('type.argument-count', at, message);
}

/** Checks the operand of `go` and `defer`. */
export function suspendedCall(c: Checker, keyword: 'go' | 'defer', call: Expr): void {
  if (call.kind !== 'Call') {
    if (call.kind !== 'BadExpr') c.error('type.go-defer', call, `expression in ${keyword} must be function call`);
    use(c, call);
    return;
  }
  const x = c.rules.rawExpr(c, call);
  if (x.use === 'statement' || x.mode === 'invalid') return;
  const problem = x.use === 'conversion' ? 'requires function call, not conversion' : 'discards result of';
  c.error('type.go-defer', call, `${keyword} ${problem} ${operandString(x, c.pkg)}`);
}
