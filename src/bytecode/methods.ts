/** This file compiles what selectors of methods mean: the function, and the receiver made to fit it. */
import { InternalError } from '../base/assert';
import type { Selector } from '../lang/ast';
import { lookupMember } from '../lang/lookup';
import { under } from '../lang/predicates';
import type { FuncObj, Signature, Type } from '../lang/types';
import type { Body } from './body';
import { addressOf, followPath, type Place } from './places';
import { slotsOf } from './types';
import type { MethodFound } from './unit';

/** What a call calls. `closure` and `interface` are slots evaluated before the arguments. */
export type Callee =
  | { readonly kind: 'function'; readonly index: number }
  | { readonly kind: 'native'; readonly name: string; readonly index: () => number }
  | { readonly kind: 'closure'; readonly slot: number }
  | { readonly kind: 'interface'; readonly slot: number; readonly method: number };

/** A method with its receiver evaluated: `recvSlots` slots at `recv` (interfaces: the call puts the data word in place itself). */
export interface Bound {
  readonly callee: Callee;
  readonly recvSlots: number;
  readonly recv: number;
}

/** What calls of a function or method call: natives trap at once. */
export function functionCallee(f: Body, object: FuncObj): Callee {
  if (object.decl?.body === undefined && object.native !== undefined) {
    return { kind: 'native', name: object.native, index: () => f.unit.functionOf(object) };
  }
  return { kind: 'function', index: f.unit.functionOf(object) };
}

/** Whether the selector is T.m, of a concrete or an interface type. */
export function isMethodExpression(f: Body, e: Selector): boolean {
  const selection = f.typing.selectionOf(e);
  return selection?.kind === 'methodExpr' || (selection?.kind === 'interfaceMethod' && f.typing.modeOf(e.x) === 'type');
}

/** The method that a selector means in `type`. */
export function findMethod(f: Body, type: Type, e: Selector): MethodFound {
  const selection = f.typing.selectionOf(e);
  const pkg = selection && 'object' in selection ? selection.object.pkg : 'main';
  const found = lookupMember(type, true, e.sel.name, pkg, f.unit.interrupt);
  if (found.kind !== 'method' && found.kind !== 'interfaceMethod')
    throw new InternalError('no such method', { name: e.sel.name });
  return found;
}

/** Callee and receiver of a method found in a value of `type` at `place`. */
export function boundMethod(f: Body, place: Place, type: Type, found: MethodFound): Bound {
  const end = followPath(f, place, type, found.path);
  if (found.kind === 'interfaceMethod') {
    const slot = f.rules.load(f, end.place);
    return { callee: { kind: 'interface', slot, method: f.unit.method(found.method.name) }, recvSlots: 1, recv: -1 };
  }
  const callee = functionCallee(f, found.object);
  const isPointer = under(end.type).kind === 'pointer';
  if (found.object.recv?.pointer === true) {
    return { callee, recvSlots: 1, recv: isPointer ? f.rules.load(f, end.place) : addressOf(f, end.place) };
  }
  if (!isPointer) return { callee, recvSlots: slotsOf(end.type), recv: f.rules.load(f, end.place) };
  const elem = (under(end.type) as { elem: Type }).elem;
  const slots = slotsOf(elem);
  const behind: Place = { kind: 'pointer', pointer: f.rules.load(f, end.place), offset: 0, slots, sure: false };
  return { callee, recvSlots: slots, recv: f.rules.load(f, behind) };
}

/** x.M not called: a closure over the receiver, which is evaluated (and dereferenced or addressed) now. */
export function methodValue(f: Body, e: Selector, into?: number): number {
  const type = f.typeOf(e.x);
  const found = findMethod(f, type, e);
  const signature = under(f.typeOf(e)) as Signature;
  const mark = f.mark();
  const { recv, from } = receiverOf(f, f.rules.place(f, e.x), type, found);
  const slots = slotsOf(recv);
  const kept = f.temp(slots);
  f.copy(kept, from, slots);
  const index = f.unit.bound({ recv, found: { ...found, path: [] } }, signature);
  f.release(mark);
  const to = into ?? f.temp(1);
  f.emitSite(f.type(f.typeOf(e)), 'Closure', to, index, kept, slots);
  return to;
}

/** The receiver as the method declares it, or the interface that has the method. */
function receiverOf(f: Body, place: Place, type: Type, found: MethodFound): { recv: Type; from: number } {
  if (found.kind === 'method') {
    const recv = (found.object.type as Signature).recv;
    if (recv === undefined) throw new InternalError('method without receiver', { name: found.object.name });
    return { recv: recv.type, from: boundMethod(f, place, type, found).recv };
  }
  const end = followPath(f, place, type, found.path);
  const from = f.rules.load(f, end.place);
  f.emit('IfaceFunc', f.temp(1), from, f.unit.method(found.method.name)); // panics now when it is nil
  return { recv: end.type, from };
}
