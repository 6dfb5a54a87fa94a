/** This file compiles the functions that no source text has: methods behind interfaces, method values and expressions, natives as values, deferred built-ins. */
import { InternalError } from '../base/assert';
import { isInterface } from '../lang/predicates';
import type { Signature, Type } from '../lang/types';
import { Typ } from '../lang/universe';
import type { Body } from './body';
import { builtinStatement } from './builtins';
import { callArea, emitCall, parameterSlots, resultSlotsOf } from './calls';
import { boundMethod } from './methods';
import type { Place } from './places';
import { load } from './places';
import { slotsOf } from './types';
import { signatureOf, type MethodFound, type Source } from './unit';

/** Slots of parameters and results of a compiled function. */
export interface Shape {
  readonly paramSlots: number;
  readonly resultSlots: number;
}

/** Calls the method with the parameters of the frame from `params` on, results to `results`; `through`: recover sees through this wrapper. */
function forward(
  f: Body,
  recv: Place,
  type: Type,
  found: MethodFound,
  params: number,
  results: number,
  through: boolean,
): void {
  const signature = signatureOf(found);
  const bound = boundMethod(f, recv, type, found);
  const paramSlots = parameterSlots(signature);
  const resultSlots = resultSlotsOf(signature);
  const base = callArea(f, bound.recvSlots + paramSlots + resultSlots);
  if (bound.callee.kind !== 'interface') f.copy(base, bound.recv, bound.recvSlots);
  f.copy(base + bound.recvSlots, params, paramSlots);
  if (through && bound.callee.kind === 'function') f.emit('CallThrough', bound.callee.index, base * 2);
  else emitCall(f, bound.callee, base);
  f.copy(results, base + bound.recvSlots + paramSlots, resultSlots);
  f.emit('Return');
}

/** Compiles a function without source. */
export function synthetic(f: Body, source: Source): Shape {
  switch (source.kind) {
    case 'native':
      return native(f, source.native, source.signature);
    case 'wrapper':
      return wrapper(f, source.type, source.found);
    case 'bound':
      return bound(f, source.callee.recv, source.callee.found, source.signature);
    case 'expression':
      return expression(f, source.recv, source.found, source.signature);
    case 'builtin':
      return builtin(f, source.name, source.types);
    case 'identity':
      f.reserve(2);
      f.emit('Move', 1, 0);
      f.emit('Return');
      return { paramSlots: 1, resultSlots: 1 };
    default:
      throw new InternalError('function with source', { kind: source.kind });
  }
}

function native(f: Body, name: string, signature: Signature): Shape {
  const paramSlots = parameterSlots(signature) + (signature.recv ? slotsOf(signature.recv.type) : 0);
  const resultSlots = resultSlotsOf(signature);
  f.reserve(paramSlots + resultSlots);
  f.emit('Native', 0, f.unit.native(name));
  f.emit('Return');
  return { paramSlots, resultSlots };
}

/** The receiver is one slot: the value, or (when it takes another number of slots) the address of a copy. */
function wrapper(f: Body, type: Type, found: MethodFound): Shape {
  const signature = signatureOf(found);
  const paramSlots = 1 + parameterSlots(signature);
  const resultSlots = resultSlotsOf(signature);
  f.reserve(paramSlots + resultSlots);
  const slots = slotsOf(type);
  const recv: Place =
    slots === 1 ? { kind: 'frame', slot: 0, slots } : { kind: 'frame', slot: copied(f, slots), slots };
  forward(f, recv, type, found, 1, paramSlots, true);
  return { paramSlots, resultSlots };
}

/** Copies the value behind the data word in slot 0; it never changes, but the methods of other goroutines may be reading it too: no matter. */
function copied(f: Body, slots: number): number {
  return load(f, { kind: 'pointer', pointer: 0, offset: 0, slots, sure: true }, f.temp(slots));
}

function bound(f: Body, recv: Type, found: MethodFound, signature: Signature): Shape {
  const paramSlots = parameterSlots(signature);
  const resultSlots = resultSlotsOf(signature);
  f.reserve(paramSlots + resultSlots);
  const slots = slotsOf(recv);
  const at = f.temp(slots);
  if (slots > 0) f.emit('Captured', at, 0, slots);
  forward(f, { kind: 'frame', slot: at, slots }, recv, found, 0, paramSlots, true);
  return { paramSlots, resultSlots };
}

function expression(f: Body, recv: Type, found: MethodFound, signature: Signature): Shape {
  const paramSlots = parameterSlots(signature);
  const resultSlots = resultSlotsOf(signature);
  f.reserve(paramSlots + resultSlots);
  const slots = slotsOf(recv);
  forward(f, { kind: 'frame', slot: 0, slots }, recv, found, slots, paramSlots, !isInterface(recv));
  return { paramSlots, resultSlots };
}

function builtin(f: Body, name: string, types: readonly Type[]): Shape {
  const slots: number[] = [];
  for (const type of types) slots.push(f.reserve(slotsOf(type)));
  builtinStatement(f, name, types, slots);
  f.emit('Return');
  return { paramSlots: types.reduce((sum, type) => sum + slotsOf(type), 0), resultSlots: 0 };
}

/** The type of the errors that the interpreter panics with. */
export function runtimeErrorType(): Type {
  const object = {
    kind: 'typename' as const,
    name: 'Error',
    file: -1,
    pkg: 'runtime',
    type: Typ.string as Type,
    isAlias: false,
  };
  const named: Type = { kind: 'named', object, underlying: Typ.string, methods: [] };
  object.type = named;
  return named;
}
