/** This file compiles assignments and variable declarations, in Go's order of evaluation. */
import type { AssignStmt, Call, Expr, Ident, IncDecStmt, ReturnStmt, ValueSpec } from '../lang/ast';
import { isBlank, unparen } from '../lang/exprString';
import { defaultType, isFloat } from '../lang/predicates';
import type { Type, VarObj } from '../lang/types';
import { Typ } from '../lang/universe';
import type { Body } from './body';
import { constant, smallInteger } from './constants';
import { adapt } from './conversions';
import { commaOk, isCommaOk, resultTypes } from './expressions';
import { fill, sparseBlock, sparseLiteral } from './literals';
import { arithmetic } from './operators';
import { frozen, load, placeOf, store, type Place } from './places';
import { slotsOf } from './types';

/** A value already computed, in slots. */
interface Computed {
  readonly slot: number;
  readonly type: Type;
}

/** The several values of one right-hand side: a call of several results, or a comma-ok form. */
function several(f: Body, e: Expr): Computed[] {
  if (isCommaOk(e)) {
    const { value, ok, type } = commaOk(f, e);
    return [
      { slot: value, type },
      { slot: ok, type: Typ.bool },
    ];
  }
  const inner = unparen(e) as Call;
  let slot = f.expr(inner);
  return resultTypes(f, inner).map((type) => {
    const computed = { slot, type };
    slot += slotsOf(type);
    return computed;
  });
}

/** What an allocation assigned to `e` is called. */
function siteNameOf(e: Expr): string | undefined {
  if (e.kind === 'Ident') return e.name;
  if (e.kind === 'Selector') {
    const outer = siteNameOf(e.x);
    return outer === undefined ? e.sel.name : `${outer}.${e.sel.name}`;
  }
  if (e.kind === 'Index') return siteNameOf(e.x);
  return undefined;
}

function named<T>(f: Body, name: string | undefined, body: () => T): T {
  const outer = f.siteName;
  f.siteName = name;
  const result = body();
  f.siteName = outer;
  return result;
}

/** Declares `variable` with the value of `e`. */
function declareWith(f: Body, variable: VarObj, e: Expr): void {
  const home = f.assignHome(variable);
  const mark = f.mark();
  named(f, variable.name, () => {
    const sparse = home.boxed ? sparseLiteral(f, e, variable.type) : undefined;
    if (sparse) sparseBlock(f, sparse, variable.type, home.slot);
    else if (home.boxed) f.initialise(variable, home, f.value(e, variable.type));
    else f.value(e, variable.type, home.slot);
  });
  f.release(mark);
}

export function assignStatement(f: Body, s: AssignStmt): void {
  if (s.op === ':=') define(f, s);
  else if (s.op !== '=') operatorAssign(f, s, s.op);
  else if (s.lhs.length === 1 && s.rhs.length === 1) assignOne(f, s.lhs[0]!, s.rhs[0]!);
  else if (s.rhs.length === 1) assignSeveral(f, s);
  else assignParallel(f, s);
}

/** The type that a left-hand side asks of its value; the blank identifier asks nothing. */
function targetType(f: Body, lhs: Expr, rhs: Type): Type {
  return isBlank(lhs) ? defaultType(rhs) : f.typeOf(lhs);
}

function assignOne(f: Body, lhs: Expr, rhs: Expr): void {
  if (isBlank(lhs)) {
    f.value(rhs, f.typing.modeOf(rhs) === 'nil' ? Typ.uintptr : defaultType(f.typeOf(rhs)));
    return;
  }
  const place = f.at(lhs.span, () => placeOf(f, lhs));
  named(f, siteNameOf(lhs), () => {
    if (place.kind === 'frame') f.value(rhs, f.typeOf(lhs), place.slot);
    else {
      const from = f.value(rhs, f.typeOf(lhs));
      f.at(lhs.span, () => store(f, place, from));
    }
  });
}

/** a, b = f(), or v, ok = x. */
function assignSeveral(f: Body, s: AssignStmt): void {
  const places = s.lhs.map((e) => f.at(e.span, () => placeOf(f, e)));
  const values = several(f, s.rhs[0]!);
  places.forEach((place, i) => {
    const { slot, type } = values[i]!;
    const from = adapt(f, slot, type, targetType(f, s.lhs[i]!, type));
    f.at(s.lhs[i]!.span, () => store(f, place, from));
  });
}

/** a, b = x, y: operands and values first, then the assignments from left to right. */
function assignParallel(f: Body, s: AssignStmt): void {
  const places = s.lhs.map((e) => f.at(e.span, () => frozen(f, placeOf(f, e))));
  const values = s.rhs.map((e, i) => {
    const type =
      f.typing.modeOf(e) === 'nil' && isBlank(s.lhs[i]!) ? Typ.uintptr : targetType(f, s.lhs[i]!, f.typeOf(e));
    const to = f.temp(slotsOf(type));
    return f.value(e, type, to);
  });
  places.forEach((place, i) => f.at(s.lhs[i]!.span, () => store(f, place, values[i]!)));
}

function define(f: Body, s: AssignStmt): void {
  const declared = f.typing.declaredBy(s);
  if (s.rhs.length === 1 && s.lhs.length > 1) {
    const values = several(f, s.rhs[0]!);
    s.lhs.forEach((e, i) => defineOne(f, e, declared[i], values[i]!));
    return;
  }
  if (s.lhs.length === 1) {
    const variable = declared[0];
    if (variable) declareWith(f, variable, s.rhs[0]!);
    else assignOne(f, s.lhs[0]!, s.rhs[0]!);
    return;
  }
  const values = s.rhs.map((e, i): Computed => {
    const type = declared[i]?.type ?? targetType(f, s.lhs[i]!, f.typeOf(e));
    return named(f, siteNameOf(s.lhs[i]!), () => ({ slot: f.value(e, type, f.temp(slotsOf(type))), type }));
  });
  s.lhs.forEach((e, i) => defineOne(f, e, declared[i], values[i]!));
}

function defineOne(f: Body, e: Expr, variable: VarObj | undefined, { slot, type }: Computed): void {
  if (variable) f.declare(variable, adapt(f, slot, type, variable.type));
  else if (!isBlank(e)) {
    const from = adapt(f, slot, type, f.typeOf(e));
    f.at(e.span, () => store(f, placeOf(f, e), from));
  }
}

/** x op= y: load, operation and store are separate, so that another goroutine may come between. */
function operatorAssign(f: Body, s: AssignStmt, op: Exclude<AssignStmt['op'], '=' | ':='>): void {
  const [lhs, rhs] = [s.lhs[0]!, s.rhs[0]!];
  const type = f.typeOf(lhs);
  const isShift = op === '<<' || op === '>>';
  update(f, placeOf(f, lhs), (to, x) => {
    const small = isFloat(type) ? undefined : smallInteger(f, rhs);
    const operand = (): number => (isShift ? f.expr(rhs) : f.value(rhs, type));
    arithmetic(
      f,
      op,
      type,
      to,
      x,
      operand,
      isShift && small !== undefined && small < 0 ? undefined : small,
      f.typeOf(rhs),
    );
  });
}

export function incDecStatement(f: Body, s: IncDecStmt): void {
  const type = f.typeOf(s.x);
  const one = { kind: 'int', v: 1n } as const;
  update(f, placeOf(f, s.x), (to, x) => {
    arithmetic(f, s.op === '++' ? '+' : '-', type, to, x, () => constant(f, one, type), isFloat(type) ? undefined : 1);
  });
}

function update(f: Body, place: Place, change: (to: number, x: number) => void): void {
  if (place.kind === 'frame') {
    change(place.slot, place.slot);
    return;
  }
  // An operand such as a call is evaluated after the load here; Go leaves that order open.
  const x = load(f, place);
  const to = f.temp(1);
  change(to, x);
  store(f, place, to);
}

function declaredVariable(f: Body, name: Ident): VarObj | undefined {
  const object = f.typing.objectOf(name);
  return object?.kind === 'var' ? object : undefined;
}

/** var a, b T = x, y inside a function. */
export function variableSpec(f: Body, spec: ValueSpec): void {
  const variables = spec.names.map((name) => declaredVariable(f, name));
  if (spec.values.length === 0) {
    for (const variable of variables) if (variable) f.declare(variable);
  } else if (spec.values.length === 1 && variables.length > 1) {
    const values = several(f, spec.values[0]!);
    spec.names.forEach((name, i) => defineOne(f, name, variables[i], values[i]!));
  } else if (variables.length === 1) {
    const [variable] = variables;
    if (variable) declareWith(f, variable, spec.values[0]!);
    else assignOne(f, spec.names[0]!, spec.values[0]!);
  } else {
    const values = spec.values.map((e, i): Computed => {
      const type = variables[i]?.type ?? defaultType(f.typeOf(e));
      return { slot: f.value(e, type, f.temp(slotsOf(type))), type };
    });
    spec.names.forEach((name, i) => defineOne(f, name, variables[i], values[i]!));
  }
}

/** A package variable's initialisation. */
export function initialise(f: Body, lhs: readonly VarObj[], rhs: Expr): void {
  const target = (variable: VarObj): Place =>
    variable.name === '_'
      ? { kind: 'blank' }
      : { kind: 'global', offset: f.unit.globalSlot(variable), slots: slotsOf(variable.type) };
  if (lhs.length === 1) {
    const [variable] = lhs as [VarObj];
    const sparse = sparseLiteral(f, rhs, variable.type);
    if (sparse && variable.name !== '_') {
      named(f, variable.name, () => fill(f, sparse, variable.type, target(variable)));
      return;
    }
    const from = named(f, variable.name, () => f.value(rhs, variable.type));
    f.at(variable.span ?? rhs.span, () => store(f, target(variable), from));
    return;
  }
  const values = several(f, rhs);
  lhs.forEach((variable, i) => {
    const { slot, type } = values[i]!;
    store(f, target(variable), adapt(f, slot, type, variable.type));
  });
}

export function returnStatement(f: Body, s: ReturnStmt): void {
  if (s.results.length > 0) setResults(f, s);
  if (f.epilogue) f.emit('Jump', f.epilogue);
  else {
    unboxResults(f);
    f.emit('Return');
  }
}

/** What a return statement yields; undefined for a result that is returned as itself: it stays untouched, as other goroutines may look at it. */
function returned(f: Body, s: ReturnStmt): (Computed | undefined)[] {
  const { results } = f;
  return s.results.length === 1 && results.length > 1
    ? several(f, s.results[0]!)
    : s.results.map((e, i) => {
        const { type } = results[i]!;
        const inner = unparen(e);
        if (inner.kind === 'Ident' && f.typing.objectOf(inner) === results[i]) return undefined;
        if (results.length === 1 && !f.isBoxed(results[0]!)) return { slot: f.value(e, type, f.resultSlot), type };
        return { slot: f.value(e, type, f.temp(slotsOf(type))), type };
      });
}

function setResults(f: Body, s: ReturnStmt): void {
  const values = returned(f, s);
  let slot = f.resultSlot;
  f.results.forEach((result, i) => {
    const to = slot;
    slot += slotsOf(result.type);
    const computed = values[i];
    if (computed === undefined) return;
    const from = adapt(f, computed.slot, computed.type, result.type);
    if (f.isBoxed(result)) store(f, boxedResult(f, result), from);
    else f.copy(to, from, slotsOf(result.type));
  });
}

function boxedResult(f: Body, result: VarObj): Place {
  return { kind: 'pointer', pointer: f.home(result).slot, offset: 0, slots: slotsOf(result.type), sure: true };
}

/** Work of a result, in units of the interrupt. */
const RESULT_UNITS = 5;

/** Copies results that live in blocks to where the caller looks for them. */
export function unboxResults(f: Body): void {
  let slot = f.resultSlot;
  f.unit.interrupt.worked(f.results.length * RESULT_UNITS);
  for (const result of f.results) {
    if (f.isBoxed(result)) load(f, boxedResult(f, result), slot);
    slot += slotsOf(result.type);
  }
}
