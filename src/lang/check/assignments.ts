/** This file checks assignments, short variable declarations, and the initialisation of variables and results. */
import type { AssignStmt, Expr, Ident, ReturnStmt } from '../ast';
import { exprString, isBlank, unparen } from '../exprString';
import { defaultType, isUntyped, isValid } from '../predicates';
import type { Type, VarObj } from '../types';
import { causeOf } from '../unsupported';
import { invalidType } from '../universe';
import { assignment } from './assignable';
import type { Checker } from './checker';
import { expr, exprList, keepUnused, multiExpr, use, useLeft, useAll } from './evaluate';
import { declare, lookup, newVar } from './names';
import type { Operand } from './operand';
import { typesSummary, variableTypes } from './typesSummary';
import { unresolvedType } from './unresolved';

const isCall = (e: Expr | undefined): boolean => e !== undefined && unparen(e).kind === 'Call';

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Reports that the numbers of variables and values differ. */
function countMismatch(c: Checker, rhs: readonly Expr[], variables: number, values: number): void {
  const [first] = rhs;
  if (!first) return;
  const call = rhs.length === 1 ? unparen(first) : undefined;
  const what =
    call?.kind === 'Call' ? `${exprString(call.fun)} returns ${plural(values, 'value')}` : plural(values, 'value');
  c.error('type.assignment-count', first, `assignment mismatch: ${plural(variables, 'variable')} but ${what}`);
}

// ---------------------------------------------------------------- variables that are being declared

/** Gives `variable` the operand's type unless it has one, and checks the assignment. */
export function initVar(c: Checker, variable: VarObj, x: Operand, context: string): void {
  if (x.mode === 'invalid' || !isValid(x.type) || (variable.type !== unresolvedType && !isValid(variable.type))) {
    if (variable.type === unresolvedType) variable.type = causeOf(x.type) ? x.type : invalidType;
    c.touches(x.expr, variable.type);
    x.mode = 'invalid';
    return;
  }
  if (variable.type === unresolvedType) {
    if (x.mode === 'nil' && isUntyped(x.type)) {
      c.error('type.nil', x.expr, `use of untyped nil in ${context}`);
      variable.type = invalidType;
      x.mode = 'invalid';
      return;
    }
    variable.type = defaultType(x.type.kind === 'tuple' ? invalidType : x.type);
    if (x.type.kind === 'tuple') return assignment(c, x, undefined, context);
  }
  assignment(c, x, variable.type, context);
}

/** `of`: the values, of which the first opaque one says why. */
function invalidate(variables: readonly VarObj[], of: readonly Operand[]): void {
  const type = of.find((x) => causeOf(x.type))?.type ?? invalidType;
  for (const v of variables) if (v.type === unresolvedType) v.type = type;
}

/** Initialises variables from expressions; `returning` set: they are results, and this is the return statement. */
export function initVars(
  c: Checker,
  lhs: readonly VarObj[],
  rhs: readonly Expr[],
  context: string,
  returning?: ReturnStmt,
): void {
  const [only] = rhs;
  if (lhs.length === rhs.length && !isCall(rhs.length === 1 ? only : undefined)) {
    for (const [i, variable] of lhs.entries()) initVar(c, variable, expr(c, rhs[i]!), context);
    return;
  }
  if (rhs.length !== 1 || !only) {
    const valid = rhs.map((e) => expr(c, e));
    if (valid.every((x) => x.mode !== 'invalid')) {
      if (returning) returnCount(c, returning, lhs, valid);
      else countMismatch(c, rhs, lhs.length, rhs.length);
    }
    invalidate(lhs, valid);
    return;
  }
  const values = multiExpr(c, only, lhs.length === 2 && !returning);
  if (values.length === lhs.length) {
    for (const [i, variable] of lhs.entries()) initVar(c, variable, values[i]!, context);
    return;
  }
  if (values[0]!.mode !== 'invalid') {
    if (returning) returnCount(c, returning, lhs, values);
    else countMismatch(c, rhs, lhs.length, values[0]!.mode === 'novalue' ? 0 : values.length);
  }
  invalidate(lhs, values);
}

function returnCount(c: Checker, s: ReturnStmt, results: readonly VarObj[], values: readonly Operand[]): void {
  const tooMany = values.length > results.length;
  const at = tooMany ? values[results.length]!.expr : (values[values.length - 1]?.expr ?? s);
  const have = typesSummary(c, values.map((x) => x.type), false, false); // prettier-ignore
  const want = typesSummary(c, variableTypes(results), false, false);
  c.error(
    'type.return-count',
    at,
    `${tooMany ? 'too many' : 'not enough'} return values\n\thave ${have}\n\twant ${want}`,
  );
}

/** Work of a result, in units of the interrupt: to look its name up where a bare `return` stands. */
const RESULT_UNITS = 20;

/** How many names are declared below the scope of the results, where one of them may hide a result: as a rule fewer than there are results. */
function namesBelow(c: Checker, results: readonly VarObj[]): number {
  const mark = results.find(({ name }) => name !== '' && name !== '_');
  if (!mark) return 0;
  let names = 0;
  for (let scope = c.env.scope; scope.names.get(mark.name) !== mark; scope = scope.parent) {
    names += scope.names.size;
    if (!scope.parent) break;
  }
  return names;
}

/** Checks `return …`. */
export function returnStmt(c: Checker, s: ReturnStmt): void {
  const results = c.env.signature?.results ?? [];
  if (s.results.length === 0 && results.length > 0 && results[0]!.name !== '') {
    if (namesBelow(c, results) === 0) return;
    for (const result of results) {
      c.interrupt.worked(RESULT_UNITS);
      if (result.name === '' || result.name === '_') continue;
      const found = lookup(c, result.name);
      if (found && found !== result) {
        c.error('type.result-shadowed', s, `result parameter ${result.name} not in scope at return`, {
          related: c.declared(found, `inner declaration of ${found.kind} ${found.name}`),
        });
      }
    }
    return;
  }
  if (s.results.length === 0 && results.length === 0) return;
  if (s.results.length === 0) {
    returnCount(c, s, results, []);
    return;
  }
  if (results.length === 0) {
    const values = exprList(c, s.results);
    if (values.some((x) => x.mode === 'invalid')) return;
    c.error('type.return-count', values[0]!.expr, `too many return values\n\thave ${typesSummary(c, values.map((x) => x.type), false, false)}\n\twant ()`); // prettier-ignore
    return;
  }
  initVars(c, results, s.results, 'return statement', s);
}

// ---------------------------------------------------------------- assignments

/** The type of a left side; undefined for `_`, the invalid type after an error. */
function leftType(c: Checker, lhs: Expr): Type | undefined {
  const inner = unparen(lhs);
  if (isBlank(lhs)) {
    c.typing.record(inner, 'novalue', undefined);
    c.typing.record(lhs, 'novalue', undefined);
    return undefined;
  }
  const x = keepUnused(c, lhs, () => expr(c, lhs));
  if (x.mode === 'invalid' || !isValid(x.type)) return invalidType;
  if (x.mode === 'variable' || x.mode === 'mapindex') return x.type;
  const base = inner.kind === 'Selector' ? inner.x : undefined;
  if (base && c.typing.modeOf(base) === 'mapindex') {
    c.error('type.not-assignable', lhs, `cannot assign to struct field ${exprString(lhs)} in map`);
  } else {
    c.error(
      'type.not-assignable',
      lhs,
      `cannot assign to ${exprString(lhs)} (neither addressable nor a map index expression)`,
    );
  }
  return invalidType;
}

/** Assigns an operand that is already evaluated. */
export function assignOperand(c: Checker, lhs: Expr, x: Operand, context = 'assignment'): void {
  const type = leftType(c, lhs);
  if (type && !isValid(type)) {
    x.mode = 'invalid';
    return;
  }
  assignment(c, x, type, !type && context === 'assignment' ? 'assignment to _ identifier' : context);
}

function assignExpr(c: Checker, lhs: Expr, rhs: Expr): void {
  const type = leftType(c, lhs);
  if (type && !isValid(type)) {
    use(c, rhs);
    return;
  }
  assignment(c, expr(c, rhs), type, type ? 'assignment' : 'assignment to _ identifier');
}

/** Checks `lhs = rhs`. */
export function assignVars(c: Checker, lhs: readonly Expr[], rhs: readonly Expr[]): void {
  const [only] = rhs;
  if (lhs.length === rhs.length && !isCall(rhs.length === 1 ? only : undefined)) {
    for (const [i, left] of lhs.entries()) assignExpr(c, left, rhs[i]!);
    return;
  }
  if (rhs.length !== 1 || !only) {
    const leftValid = useLeft(c, lhs);
    const rightValid = useAll(c, rhs);
    if (leftValid && rightValid) countMismatch(c, rhs, lhs.length, rhs.length);
    return;
  }
  const values = multiExpr(c, only, lhs.length === 2);
  if (values.length === lhs.length) {
    for (const [i, left] of lhs.entries()) assignOperand(c, left, values[i]!);
    return;
  }
  if (values[0]!.mode !== 'invalid') countMismatch(c, rhs, lhs.length, values.length);
  useLeft(c, lhs);
}

/** Checks `lhs := rhs`. */
export function shortVarDecl(c: Checker, s: AssignStmt): void {
  const scope = c.env.scope;
  const seen = new Set<string>();
  const targets: VarObj[] = [];
  const fresh: [Ident, VarObj][] = [];
  const declares: (VarObj | undefined)[] = [];
  let failed = false;
  for (const left of s.lhs) {
    const target = left.kind === 'Ident' ? shortTarget(c, left, seen) : undefined;
    if (left.kind !== 'Ident') {
      useLeft(c, [left]);
      if (left.kind !== 'BadExpr')
        c.error('type.not-assignable', left, `non-name ${exprString(left)} on left side of :=`);
    }
    if (!target) failed = true;
    const variable = target?.variable ?? newVar(c, undefined, 'local', unresolvedType, '_');
    targets.push(variable);
    declares.push(target?.isNew ? variable : undefined);
    if (target?.isNew && left.kind === 'Ident') fresh.push([left, variable]);
  }
  c.typing.setDeclared(s, declares);
  initVars(c, targets, s.rhs, 'assignment');
  for (const left of s.lhs) noteTarget(c, left);
  if (fresh.length === 0 && !failed) {
    c.error('type.no-new-variables', s.opSpan, 'no new variables on left side of :=', {
      fixes: () => [{ title: "Assign with '='", edits: [{ span: s.opSpan, text: '=' }] }],
    });
  }
  for (const [ident, variable] of fresh) {
    declare(c, scope, variable, ident);
    noteTarget(c, ident);
  }
}

function noteTarget(c: Checker, e: Expr): void {
  const object = e.kind === 'Ident' ? c.typing.objectOf(e) : undefined;
  if (object?.kind === 'var') c.typing.record(e, 'variable', object.type);
}

/** The variable a name on the left of `:=` means: a new one, or one of this very scope. Undefined after an error. */
function shortTarget(c: Checker, e: Ident, seen: Set<string>): { variable: VarObj; isNew: boolean } | undefined {
  if (e.name === '_') return { variable: newVar(c, e, 'local', unresolvedType), isNew: false };
  if (seen.has(e.name)) {
    c.error('type.redeclared', e, `${e.name} repeated on left side of :=`);
    return undefined;
  }
  seen.add(e.name);
  const known = c.env.scope.names.get(e.name);
  if (!known) {
    const variable = newVar(c, e, 'local', unresolvedType);
    c.typing.setObject(e, variable);
    return { variable, isNew: true };
  }
  c.typing.setObject(e, known);
  if (known.kind === 'var') return { variable: known, isNew: false };
  c.error('type.not-assignable', e, `cannot assign to ${e.name}`);
  return undefined;
}
