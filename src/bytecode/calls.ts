/** This file compiles calls: what is called, the receiver, the arguments; also `go` and `defer`. */
import { InternalError } from '../base/assert';
import type { Call, Expr, Selector } from '../lang/ast';
import { unparen } from '../lang/exprString';
import { under } from '../lang/predicates';
import type { Signature, Type, VarObj } from '../lang/types';
import { HEADER_SLOTS, type Body } from './body';
import { builtinCall, builtinTypes } from './builtins';
import { adapt, conversion } from './conversions';
import { resultTypes } from './expressions';
import { boundMethod, findMethod, functionCallee, isMethodExpression, type Bound, type Callee } from './methods';
import { slotsOf } from './types';

interface Prepared extends Bound {
  readonly signature: Signature;
}

/** Value of a call; the slot of its first result. */
export function call(f: Body, e: Call, into?: number): number {
  const kind = f.typing.callOf(e);
  if (kind?.kind === 'conversion') return conversion(f, e.args[0]!, f.typeOf(e), into);
  if (kind?.kind === 'builtin') return builtinCall(f, e, kind.name, into);
  const prepared = prepare(f, e);
  const results = resultSlotsOf(prepared.signature);
  const params = prepared.recvSlots + parameterSlots(prepared.signature);
  const base = callArea(f, params + results);
  f.copy(base, prepared.recv, prepared.callee.kind === 'interface' ? 0 : prepared.recvSlots);
  passArguments(f, e, prepared.signature, base + prepared.recvSlots);
  f.at(e.span, () => emitCall(f, prepared.callee, base));
  const from = base + params;
  if (into === undefined) return from;
  f.copy(into, from, results);
  return into;
}

/** Of lists so long that adding up anew at each call would take longer than the call. */
const knownSlots = new WeakMap<readonly VarObj[], number>();
const LONG = 8;

/** Slots of the parameters of a signature, receiver not counted. */
export const parameterSlots = ({ params }: Signature): number => slotsOfAll(params);
export const resultSlotsOf = ({ results }: Signature): number => slotsOfAll(results);

function slotsOfAll(variables: readonly VarObj[]): number {
  if (variables.length < LONG) return added(variables);
  const known = knownSlots.get(variables) ?? added(variables);
  knownSlots.set(variables, known);
  return known;
}

function added(variables: readonly VarObj[]): number {
  let slots = 0;
  for (const { type } of variables) slots += slotsOf(type);
  return slots;
}

/** Room for a call on top of the frame: its header, parameters and results. */
export function callArea(f: Body, slots: number): number {
  f.reserve(HEADER_SLOTS);
  return f.temp(slots);
}

export function emitCall(f: Body, callee: Callee, base: number): void {
  switch (callee.kind) {
    case 'function':
      f.emit('Call', callee.index, base * 2);
      break;
    case 'native':
      f.emit('Native', base * 2, f.unit.native(callee.name));
      break;
    case 'closure':
      f.emit('CallClosure', callee.slot, base * 2);
      break;
    case 'interface':
      f.emit('CallIface', callee.slot, base * 2, callee.method);
      break;
  }
}

/** Evaluates what is called and the receiver. */
function prepare(f: Body, e: Call): Prepared {
  const fun = unparen(e.fun);
  const call = f.typing.callOf(e);
  const signature = call?.kind === 'call' ? call.signature : (under(f.typeOf(fun)) as Signature);
  const none = { signature, recvSlots: 0, recv: 0 };
  const selection = fun.kind === 'Selector' ? f.typing.selectionOf(fun) : undefined;
  const name =
    fun.kind === 'Ident' ? fun : fun.kind === 'Selector' && selection?.kind === 'package' ? fun.sel : undefined;
  const object = name && f.typing.objectOf(name);
  if (object?.kind === 'func') return { ...none, callee: functionCallee(f, object) };
  const isMethod = selection?.kind === 'method' || selection?.kind === 'interfaceMethod';
  if (isMethod && fun.kind === 'Selector' && !isMethodExpression(f, fun)) return { signature, ...methodCall(f, fun) };
  return { ...none, callee: { kind: 'closure', slot: f.expr(fun) } };
}

function methodCall(f: Body, fun: Selector): Bound {
  return f.at(fun.span, () => {
    const type = f.typeOf(fun.x);
    return boundMethod(f, f.rules.place(f, fun.x), type, findMethod(f, type, fun));
  });
}

/** Evaluates the arguments into the parameters from slot `to` on. */
function passArguments(f: Body, e: Call, signature: Signature, to: number): void {
  const { params, variadic } = signature;
  const [only] = e.args;
  const inner = only && unparen(only);
  const innerCall = inner?.kind === 'Call' && e.args.length === 1 ? f.typing.callOf(inner) : undefined;
  if (inner?.kind === 'Call' && innerCall?.kind === 'call' && innerCall.signature.results.length > 1) {
    passResults(f, inner, signature, to);
    return;
  }
  let at = to;
  params.forEach((param, i) => {
    const packs = variadic && i === params.length - 1 && !e.spread;
    if (packs) packVariadic(f, e, param.type, i, at);
    else {
      const mark = f.mark();
      f.value(e.args[i]!, param.type, at);
      f.release(mark);
    }
    at += slotsOf(param.type);
  });
}

function packVariadic(f: Body, e: Call, slice: Type, first: number, to: number): void {
  const elem = elementOf(slice);
  const count = e.args.length - first;
  if (count <= 0) {
    f.zero(to, 2);
    return;
  }
  const stride = slotsOf(elem);
  const mark = f.mark();
  const from = f.temp(count * stride);
  for (let i = 0; i < count; i++) {
    const inner = f.mark();
    f.value(e.args[first + i]!, elem, from + i * stride);
    f.release(inner);
  }
  f.at(e.span, () => f.emitSite(f.type(elem), 'SliceOf', to, from, count, f.type(elem), stride));
  f.release(mark);
}

function elementOf(slice: Type): Type {
  const u = under(slice);
  if (u.kind !== 'slice') throw new InternalError('variadic parameter of no slice type');
  return u.elem;
}

/** Work of a result that is passed on, in units of the interrupt: one that is in its place makes no instruction. */
const RESULT_UNITS = 10;

/** f(g()) where g has several results. */
function passResults(f: Body, inner: Call, signature: Signature, to: number): void {
  const types = resultTypes(f, inner);
  const mark = f.mark();
  f.unit.interrupt.worked(types.length * RESULT_UNITS);
  let from = call(f, inner);
  let at = to;
  signature.params.forEach((param, i) => {
    if (signature.variadic && i === signature.params.length - 1) {
      const elem = elementOf(param.type);
      const rest = types.slice(i);
      const stride = slotsOf(elem);
      const values = f.temp(rest.length * stride);
      rest.forEach((type, k) => {
        adapt(f, from, type, elem, values + k * stride);
        from += slotsOf(type);
      });
      if (rest.length === 0) f.zero(at, 2);
      else f.emitSite(f.type(elem), 'SliceOf', at, values, rest.length, f.type(elem), stride);
      return;
    }
    adapt(f, from, types[i]!, param.type, at);
    from += slotsOf(types[i]!);
    at += slotsOf(param.type);
  });
  f.release(mark);
}

/** A call whose function value and arguments are evaluated now and that is made later: slots of the func value and of the arguments. */
interface Suspended {
  readonly closure: number;
  readonly args: number;
  readonly slots: number;
}

function suspended(f: Body, e: Call): Suspended | undefined {
  const call = f.typing.callOf(e);
  if (call?.kind === 'builtin') return suspendedBuiltin(f, e, call.name);
  const prepared = prepare(f, e);
  const { callee, recvSlots } = prepared;
  const closure = f.temp(1);
  const slots = recvSlots + parameterSlots(prepared.signature);
  const args = f.temp(slots);
  if (callee.kind === 'interface') {
    f.at(e.span, () => f.emit('IfaceFunc', closure, callee.slot, callee.method));
    f.copy(args, callee.slot + 1, 1);
  } else {
    if (callee.kind === 'closure') f.copy(closure, callee.slot, 1);
    else f.emit('FuncValue', closure, callee.kind === 'native' ? callee.index() : callee.index);
    f.copy(args, prepared.recv, recvSlots);
  }
  passArguments(f, e, prepared.signature, args + recvSlots);
  return { closure, args, slots };
}

function suspendedBuiltin(f: Body, e: Call, name: string): Suspended | undefined {
  if (name === 'recover') return undefined; // not called by a deferred function: without effect
  const types = builtinTypes(f, e, name);
  const slots = types.reduce((sum, type) => sum + slotsOf(type), 0);
  const closure = f.temp(1);
  const args = f.temp(slots);
  let at = args;
  e.args.forEach((arg, i) => {
    f.value(arg, types[i]!, at);
    at += slotsOf(types[i]!);
  });
  f.emit('FuncValue', closure, f.unit.builtin(name, types));
  return { closure, args, slots };
}

export function goStatement(f: Body, e: Expr): void {
  const inner = unparen(e);
  if (inner.kind !== 'Call') throw new InternalError('go of no call');
  const later = suspended(f, inner);
  if (later) f.emit('Go', later.closure, later.args, later.slots);
}

export function deferStatement(f: Body, e: Expr): void {
  const inner = unparen(e);
  if (inner.kind !== 'Call' || f.epilogue === undefined) throw new InternalError('defer of no call');
  const later = suspended(f, inner);
  if (later) f.emit('Defer', later.closure, later.args, later.slots, f.epilogue);
}
