/** This file checks calls of built-in functions. */
import type { Call } from '../ast';
import type { DiagnosticCode } from '../codes';
import { compareConst, intConst, stringLength } from '../constants';
import { exprString } from '../exprString';
import {
  arrayPointerDeref, identical, isBytesOrRunes, isOrdered, isString, isUntyped, isValid, under,
} from '../predicates'; // prettier-ignore
import type { Type } from '../types';
import { anyType, builtins, byteType, laneBuiltins, Typ, type BuiltinRow } from '../universe';
import { assignment } from './assignable';
import { typesSummary } from './typesSummary';
import type { Checker } from './checker';
import { exprList, exprOrType, use, useAll } from './evaluate';
import { constantIndex } from './indexing';
import { laneBuiltinCall } from './laneBuiltins';
import { invalidOperand, isInvalid, operand, operandString, type Operand } from './operand';
import { typeExpr } from './typeExprs';
import { unsupportedComplex } from './unsupported';
import { matchTypes, updateType } from './untyped';

/** Checks the arguments of one built-in; gives the result, or undefined after reporting. */
type BuiltinRule = (c: Checker, e: Call, args: Operand[]) => Operand | undefined;

const TAKES_TYPE = new Set(['make', 'new']);
const COMPLEX = new Set(['complex', 'real', 'imag']);

export function builtinCall(c: Checker, e: Call, name: string): Operand {
  const row: BuiltinRow = builtins[name] ?? laneBuiltins[name]!;
  c.typing.setCall(e, { kind: 'builtin', name });
  if (e.spread && name !== 'append') {
    c.error('type.spread', e, `invalid operation: invalid use of ... with built-in ${name}`);
    useAll(c, e.args);
    return invalidOperand(e);
  }
  if (COMPLEX.has(name)) {
    useAll(c, e.args);
    return unsupportedComplex(c, e);
  }
  const outer = c.env.hasCallOrReceive;
  if (name === 'len' || name === 'cap') c.env.hasCallOrReceive = false;
  const args = TAKES_TYPE.has(name) ? [] : exprList(c, e.args);
  const count = TAKES_TYPE.has(name) ? e.args.length : args.length;
  if (args.length > e.args.length) {
    const reason = `several results as arguments of ${name} are not supported yet`;
    const advice = `assign the results of ${exprString(e.args[0]!)} to variables first`;
    return invalidOperand(e, c.unsupported('unsupported.results-as-arguments', e, reason, advice));
  }
  let result: Operand | undefined;
  if (!args.some((arg) => arg.mode === 'invalid') && rightCount(c, e, name, row, count)) {
    result = (RULES[name] ?? laneBuiltinCall)(c, e, args);
  }
  if (name === 'len' || name === 'cap') c.env.hasCallOrReceive = outer;
  return result ? { ...result, use: row.use } : invalidOperand(e);
}

function rightCount(c: Checker, e: Call, name: string, row: BuiltinRow, count: number): boolean {
  const what = count < row.args ? 'not enough' : !row.variadic && count > row.args ? 'too many' : '';
  if (!what) return true;
  if (TAKES_TYPE.has(name)) for (const arg of e.args.slice(1)) use(c, arg);
  c.error(
    'type.argument-count',
    e,
    `invalid operation: ${what} arguments for ${exprString(e)} (expected ${row.args}, found ${count})`,
  );
  return false;
}

function fail(c: Checker, code: DiagnosticCode, x: Operand, message: string): Operand | undefined {
  if (isValid(under(x.type))) c.error(code, x.expr, message);
  return undefined;
}

const noValue = (e: Call): Operand => operand('novalue', { kind: 'tuple', types: [] }, e);

const RULES: Readonly<Record<string, BuiltinRule>> = {
  append(c, e, args) {
    const x = args[0]!;
    const elem = sliceElem(c, x, 'invalid append');
    if (!elem) return undefined;
    const [, second] = args;
    // append([]byte, string...)
    if (args.length === 2 && e.spread && second && isString(second.type) && isByteSlice(x.type)) {
      if (isUntyped(second.type)) updateType(c, second.expr, Typ.string, true);
      return operand('value', x.type, e);
    }
    appendArguments(c, e, x.type, elem, args);
    return operand('value', x.type, e);
  },
  len: (c, e, args) => lengthOf(c, e, args[0]!, 'len'),
  cap: (c, e, args) => lengthOf(c, e, args[0]!, 'cap'),
  clear(c, e, args) {
    const x = args[0]!;
    const kind = under(x.type).kind;
    if (kind === 'map' || kind === 'slice') return noValue(e);
    return fail(
      c,
      'type.builtin',
      x,
      `invalid argument: cannot clear ${operandString(x, c.pkg)}: argument must be (or constrained by) map or slice`,
    );
  },
  close(c, e, args) {
    const x = args[0]!;
    const u = under(x.type);
    if (u.kind !== 'chan')
      return fail(c, 'type.close', x, `invalid operation: cannot close non-channel ${operandString(x, c.pkg)}`);
    if (u.dir === 'recv')
      return fail(
        c,
        'type.close',
        x,
        `invalid operation: cannot close receive-only channel ${operandString(x, c.pkg)}`,
      );
    return noValue(e);
  },
  copy(c, e, args) {
    const [x, y] = [args[0]!, args[1]!];
    const from = under(y.type);
    if (isString(from) && isByteSlice(x.type)) {
      if (isUntyped(y.type)) updateType(c, y.expr, Typ.string, true);
      return operand('value', Typ.int, e);
    }
    const to = sliceElem(c, x, 'invalid copy');
    if (!to) return undefined;
    const sourceElem = isString(from) ? byteType : sliceElem(c, y, 'invalid copy');
    if (!sourceElem) return undefined;
    if (!identical(to, sourceElem)) {
      const shown = `${operandString(x, c.pkg)} and ${operandString(y, c.pkg)}`;
      return fail(
        c,
        'type.builtin',
        x,
        `invalid copy: arguments ${shown} have different element types ${c.name(to)} and ${c.name(sourceElem)}`,
      );
    }
    return operand('value', Typ.int, e);
  },
  delete(c, e, args) {
    const [x, key] = [args[0]!, args[1]!];
    const u = under(x.type);
    if (u.kind !== 'map')
      return fail(c, 'type.builtin', x, `invalid argument: ${operandString(x, c.pkg)} is not a map`);
    assignment(c, key, u.key, 'argument to delete');
    return key.mode === 'invalid' ? undefined : noValue(e);
  },
  make: (c, e) => makeCall(c, e),
  max: (c, e, args) => extreme(c, e, args, '>'),
  min: (c, e, args) => extreme(c, e, args, '<'),
  new(c, e) {
    const x = exprOrType(c, e.args[0]!);
    if (x.mode === 'invalid') return undefined;
    if (x.mode !== 'type') {
      c.error('type.not-type', x.expr, `${exprString(x.expr)} is not a type`);
      return undefined;
    }
    return operand('value', { kind: 'pointer', elem: x.type }, e);
  },
  panic(c, e, args) {
    const x = args[0]!;
    c.panics.add(e);
    assignment(c, x, anyType, 'argument to panic');
    return x.mode === 'invalid' ? undefined : noValue(e);
  },
  print: (c, e, args) => printCall(c, e, args, 'print'),
  println: (c, e, args) => printCall(c, e, args, 'println'),
  recover: (_c, e) => operand('value', anyType, e),
};

function isByteSlice(type: Type): boolean {
  const u = under(type);
  return u.kind === 'slice' && isBytesOrRunes(u) && identical(under(u.elem), Typ.uint8);
}

function sliceElem(c: Checker, x: Operand, what: string): Type | undefined {
  const u = under(x.type);
  if (u.kind === 'slice') return u.elem;
  const have = x.mode === 'nil' ? 'untyped nil' : operandString(x, c.pkg);
  fail(c, 'type.builtin', x, `${what}: argument must be a slice; have ${have}`);
  return undefined;
}

function appendArguments(c: Checker, e: Call, slice: Type, elem: Type, args: readonly Operand[]): void {
  const context = 'argument to append';
  if (!e.spread) {
    for (const arg of args.slice(1)) assignment(c, arg, elem, context);
    return;
  }
  if (args.length !== 2) {
    const types = args.map((arg) => arg.type);
    const want = typesSummary(c, [slice, { kind: 'slice', elem }], true, false);
    const what = args.length > 2 ? 'too many' : 'not enough';
    c.error(
      'type.argument-count',
      args[2]?.expr ?? e,
      `${what} arguments in call to append\n\thave ${typesSummary(c, types, false, true)}\n\twant ${want}`,
    );
    return;
  }
  assignment(c, args[1]!, { kind: 'slice', elem }, context);
}

function lengthOf(c: Checker, e: Call, x: Operand, name: 'len' | 'cap'): Operand | undefined {
  const u = arrayPointerDeref(x.type);
  switch (u.kind) {
    case 'basic':
      if (!isString(u) || name === 'cap') break;
      if (x.mode === 'constant' && x.value?.kind === 'string') {
        c.interrupt.worked(x.value.v.length);
        return operand('constant', Typ.int, e, intConst(stringLength(x.value.v)));
      }
      return operand('value', Typ.int, e);
    case 'array':
      return c.env.hasCallOrReceive ? operand('value', Typ.int, e) : operand('constant', Typ.int, e, intConst(u.len));
    case 'slice':
    case 'chan':
      return operand('value', Typ.int, e);
    case 'map':
      if (name === 'len') return operand('value', Typ.int, e);
      break;
    default:
      break;
  }
  return fail(c, 'type.builtin', x, `invalid argument: ${operandString(x, c.pkg)} for built-in ${name}`);
}

function makeCall(c: Checker, e: Call): Operand | undefined {
  const [typeArg, ...sizes] = e.args;
  const type = typeExpr(c, typeArg!);
  const u = under(type);
  if (!isValid(u)) {
    useAll(c, sizes);
    return undefined;
  }
  if (u.kind !== 'slice' && u.kind !== 'map' && u.kind !== 'chan') {
    c.error(
      'type.builtin',
      typeArg!,
      `invalid argument: cannot make ${exprString(typeArg!)}: type must be slice, map, or channel`,
    );
    useAll(c, sizes);
    return undefined;
  }
  const least = u.kind === 'slice' ? 2 : 1;
  if (e.args.length < least || e.args.length > least + 1) {
    c.error(
      'type.argument-count',
      e,
      `invalid operation: ${exprString(e)} expects ${least} or ${least + 1} arguments; found ${e.args.length}`,
    );
    useAll(c, sizes);
    return undefined;
  }
  const values = sizes.map((size) => constantIndex(c, size, -1).index);
  const [length, capacity] = values;
  if (length !== undefined && capacity !== undefined && length >= 0 && capacity >= 0 && length > capacity) {
    c.error('type.builtin', sizes[0]!, 'invalid argument: length and capacity swapped');
  }
  return operand('value', type, e);
}

function extreme(c: Checker, e: Call, args: Operand[], op: '<' | '>'): Operand | undefined {
  const x = { ...args[0]! };
  for (const [i, arg] of args.entries()) {
    if (!isOrdered(arg.type))
      return fail(c, 'type.builtin', arg, `invalid argument: ${operandString(arg, c.pkg)} cannot be ordered`);
    if (i === 0) continue;
    matchTypes(c, x, arg);
    if (x.mode === 'invalid') return undefined;
    if (!identical(x.type, arg.type)) {
      const message = `invalid argument: mismatched types ${c.name(x.type)} (previous argument) and ${c.name(arg.type)} (type of ${exprString(arg.expr)})`;
      return fail(c, 'type.mismatched', arg, message);
    }
    if (x.mode === 'constant' && arg.mode === 'constant') {
      if (arg.value && x.value && compareConst(arg.value, op, x.value)) x.value = arg.value;
    } else {
      x.mode = 'value';
    }
  }
  if (x.mode !== 'constant') {
    x.mode = 'value';
    x.expr = args[0]!.expr;
    assignment(c, x, anyType, `argument to built-in ${op === '<' ? 'min' : 'max'}`);
    if (isInvalid(x)) return undefined;
  }
  for (const arg of args) updateType(c, arg.expr, x.type, true);
  return x.mode === 'constant' ? operand('constant', x.type, e, x.value) : operand('value', x.type, e);
}

function printCall(c: Checker, e: Call, args: Operand[], name: string): Operand | undefined {
  for (const arg of args) {
    assignment(c, arg, undefined, `argument to built-in ${name}`);
    if (arg.mode === 'invalid') return undefined;
  }
  return noValue(e);
}
