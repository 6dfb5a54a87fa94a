/** This file checks for statements, with and without range. */
import type { Expr, ForStmt, Ident, RangeStmt } from '../ast';
import { arrayPointerDeref, isInteger, isString, isUntyped, isValid, under, isBoolean } from '../predicates';
import type { Type, VarObj } from '../types';
import { runeType, Typ, invalidType } from '../universe';
import { causeOf } from '../unsupported';
import { assignment } from './assignable';
import { assignOperand, initVar } from './assignments';
import type { Checker } from './checker';
import { expr, use, useAll } from './evaluate';
import { checkCondition } from './conditions';
import { declare, newVar } from './names';
import { operand, operandString, type Operand } from './operand';
import { unresolvedType } from './unresolved';
import { unsupportedRangeFunc } from './unsupported';

export function forStmt(c: Checker, s: ForStmt): void {
  c.inScope(s.span, () => {
    if (s.init) c.rules.stmt(c, s.init);
    if (s.cond) checkCondition(c, s.cond, 'for');
    if (s.post) {
      if (s.post.kind === 'AssignStmt' && s.post.op === ':=') {
        c.error('type.for-post', s.post, 'cannot declare in post statement of for loop');
        useAll(c, s.post.rhs);
      } else {
        c.rules.stmt(c, s.post);
      }
    }
    c.rules.stmt(c, s.body);
  });
}

/** What one iteration of a range yields. */
interface Iteration {
  readonly key?: Type;
  readonly val?: Type;
  /** Set: the operand cannot be ranged over, for this reason ('' if there is none to give). */
  readonly bad?: string;
  /** The form exists in Go but not here yet. */
  readonly unsupported?: boolean;
}

export function rangeStmt(c: Checker, s: RangeStmt): void {
  const x = expr(c, s.x);
  const iteration = x.mode === 'invalid' ? undefined : iterationOf(c, x);
  if (iteration) reportRange(c, s, x, iteration);
  const usable = iteration?.bad === undefined && !iteration?.unsupported ? iteration : undefined;
  const overInt = x.mode !== 'invalid' && isInteger(x.type) && usable !== undefined;
  c.inScope(s.span, () => {
    if (s.define) defineVariables(c, s, x, usable, overInt);
    else assignVariables(c, s, x, usable, overInt);
    c.rules.stmt(c, s.body);
  });
}

function reportRange(c: Checker, s: RangeStmt, x: Operand, iteration: Iteration): void {
  const shown = operandString(x, c.pkg);
  if (iteration.unsupported) {
    unsupportedRangeFunc(c, s.x);
  } else if (iteration.bad !== undefined) {
    c.error('type.range', s.x, `cannot range over ${shown}${iteration.bad && `: ${iteration.bad}`}`);
  } else if (!iteration.key && s.key) {
    c.error('type.range', s.key, `range over ${shown} permits no iteration variables`);
  } else if (!iteration.val && s.val) {
    c.error('type.range', s.val, `range over ${shown} permits only one iteration variable`);
  }
}

function iterationOf(c: Checker, x: Operand): Iteration {
  const u = arrayPointerDeref(x.type);
  switch (u.kind) {
    case 'basic':
      if (!isValid(u)) return {};
      if (isString(u)) return { key: Typ.int, val: runeType };
      if (!isInteger(u)) return { bad: '' };
      return c.atLeast(c.env.file, 22) ? { key: x.type } : { bad: 'requires go1.22 or later' };
    case 'array':
    case 'slice':
      return { key: Typ.int, val: u.elem };
    case 'map':
      return { key: u.key, val: u.elem };
    case 'chan':
      return u.dir === 'send' ? { bad: `receive from send-only channel ${c.name(x.type)}` } : { key: u.elem };
    case 'signature':
      return rangeFunction(u);
    default:
      return { bad: '' };
  }
}

function rangeFunction(u: Extract<Type, { kind: 'signature' }>): Iteration {
  const must = 'func must be func(yield func(...) bool): ';
  const [yieldParam, more] = u.params;
  if (!yieldParam || more) return { bad: `${must}wrong argument count` };
  if (u.results.length > 0) return { bad: `${must}unexpected results` };
  const callback = under(yieldParam.type);
  if (callback.kind !== 'signature') return { bad: `${must}argument is not func` };
  if (callback.params.length > 2) return { bad: `${must}yield func has too many parameters` };
  const [result] = callback.results;
  if (!result || callback.results.length > 1 || !isBoolean(result.type))
    return { bad: `${must}yield func does not return bool` };
  return { key: callback.params[0]?.type, val: callback.params[1]?.type, unsupported: true };
}

function defineVariables(
  c: Checker,
  s: RangeStmt,
  x: Operand,
  iteration: Iteration | undefined,
  overInt: boolean,
): void {
  const declared: [Ident, VarObj][] = [];
  let names = 0;
  for (const [e, type] of sides(s, iteration)) {
    if (e.kind !== 'Ident') {
      if (e.kind !== 'BadExpr') c.error('type.not-assignable', e, `non-name ${e.kind} on left side of :=`);
      continue;
    }
    names++;
    const variable = newVar(c, e, 'local', unresolvedType);
    if (e.name !== '_') declared.push([e, variable]);
    if (!type || !isValid(type)) {
      variable.type = type && causeOf(type) ? type : invalidType;
      c.used.add(variable);
    } else if (overInt) {
      initVar(c, variable, { ...x }, 'range clause');
    } else {
      initVar(c, variable, operand('value', type, e), 'assignment');
    }
    if (e.name !== '_') c.typing.record(e, 'variable', variable.type);
  }
  if (names > 0 && declared.length === 0) {
    const [first] = sides(s, iteration);
    c.error('type.no-new-variables', first![0], 'no new variables on left side of :=');
  }
  if (overInt && isUntyped(x.type) && declared.length === 0) assignment(c, x, undefined, 'range clause');
  for (const [ident, variable] of declared) declare(c, c.env.scope, variable, ident);
}

function assignVariables(
  c: Checker,
  s: RangeStmt,
  x: Operand,
  iteration: Iteration | undefined,
  overInt: boolean,
): void {
  const list = sides(s, iteration);
  if (list.length === 0 && overInt) assignment(c, x, undefined, 'range clause');
  for (const [e, type] of list) {
    if (!type || !isValid(type)) {
      use(c, e);
    } else if (overInt) {
      assignOperand(c, e, x, 'range clause');
    } else {
      assignOperand(c, e, { ...operand('value', type, e) });
    }
  }
}

/** The iteration variables that are written, with their types. */
function sides(s: RangeStmt, iteration: Iteration | undefined): [Expr, Type | undefined][] {
  const list: [Expr, Type | undefined][] = [];
  if (s.key) list.push([s.key, iteration?.key]);
  if (s.val) list.push([s.val, iteration?.val]);
  return list;
}
