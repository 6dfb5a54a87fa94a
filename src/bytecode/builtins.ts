/** This file compiles Go's built-in functions and Interlane's. */
import { InternalError } from '../base/assert';
import type { Call, Expr } from '../lang/ast';
import { intConst } from '../lang/constants';
import { anyType, Typ } from '../lang/universe';
import { defaultType, isFloat, isInterface, isString, isUnsigned, under } from '../lang/predicates';
import type { Type } from '../lang/types';
import { Label } from './assembler';
import { HEADER_SLOTS, type Body } from './body';
import { constant } from './constants';
import { value } from './conversions';
import { indexValue } from './places';
import { slotsOf } from './types';

type Rule = (f: Body, e: Call, into?: number) => number;

/** Built-ins that are statements: they work on argument slots, so that they can be deferred and started as goroutines too. */
type StatementRule = (f: Body, types: readonly Type[], slots: readonly number[]) => void;

/** Natives of Interlane's own built-ins: arguments one after another. */
function nativeStatement(name: string): StatementRule {
  return (f, types, slots) => {
    f.reserve(HEADER_SLOTS);
    const base = f.temp(
      Math.max(
        2,
        types.reduce((sum, type) => sum + slotsOf(type), 0),
      ),
    );
    let at = base;
    types.forEach((type, i) => {
      f.copy(at, slots[i]!, slotsOf(type));
      at += slotsOf(type);
    });
    if (name === 'assert' && types.length === 1) f.zero(at, 1); // no message
    f.emit('Native', base * 2, f.unit.native(name));
  };
}

/** print and println: the arguments as one slice of interfaces. */
function printStatement(name: string): StatementRule {
  return (f, types, slots) => {
    f.reserve(HEADER_SLOTS);
    const base = f.temp(2);
    const values = f.temp(types.length * 2);
    types.forEach((type, i) => {
      if (isInterface(type)) f.copy(values + i * 2, slots[i]!, 2);
      else f.emitSite(f.type(type), 'ToIface', values + i * 2, slots[i]!, f.type(type));
    });
    if (types.length === 0) f.zero(base, 2);
    else f.emitSite(f.type(anyType), 'SliceOf', base, values, types.length, f.type(anyType), 2);
    f.emit('Native', base * 2, f.unit.native(name));
  };
}

const STATEMENTS: Readonly<Record<string, StatementRule>> = {
  close: (f, _types, slots) => void f.emit('Close', slots[0]!),
  panic: (f, _types, slots) => void f.emit('Panic', slots[0]!),
  delete: (f, types, slots) => void f.emit('MapDelete', slots[0]!, slots[1]!, f.type(types[0]!)),
  clear: (f, types, slots) => {
    const u = under(types[0]!);
    if (u.kind === 'slice') f.emit('ClearSlice', slots[0]!, slotsOf(u.elem));
    else f.emit('MapClear', slots[0]!);
  },
  copy: (f, types, slots) => copyInto(f, -1, types, slots),
  print: printStatement('print'),
  println: printStatement('println'),
  work: nativeStatement('work'),
  syscall: nativeStatement('syscall'),
  netwait: nativeStatement('netwait'),
  assert: nativeStatement('assert'),
  exit: nativeStatement('exit'),
};

function copyInto(f: Body, to: number, types: readonly Type[], slots: readonly number[]): void {
  const u = under(types[0]!);
  if (u.kind !== 'slice') throw new InternalError('copy to no slice');
  f.emit('Copy', to, slots[0]!, slots[1]!, slotsOf(u.elem), isString(types[1]!) ? 1 : 0);
}

/** Types that the arguments of a built-in are converted to. */
export function builtinTypes(f: Body, e: Call, name: string): Type[] {
  return e.args.map((arg, i) => {
    if (name === 'panic') return anyType;
    if (name === 'assert') return i === 0 ? Typ.bool : Typ.string;
    if (name === 'delete' && i === 1) return (under(f.typeOf(e.args[0]!)) as { key: Type }).key;
    return f.typing.modeOf(arg) === 'nil' ? anyType : defaultType(f.typeOf(arg));
  });
}

/** A statement built-in on arguments already in slots. */
export function builtinStatement(f: Body, name: string, types: readonly Type[], slots: readonly number[]): void {
  const rule = STATEMENTS[name];
  if (rule === undefined) throw new InternalError('built-in as a statement', { name });
  rule(f, types, slots);
}

/** Value (if any) of a call of a built-in. */
export function builtinCall(f: Body, e: Call, name: string, into?: number): number {
  const rule = RULES[name];
  if (rule) return f.at(e.span, () => rule(f, e, into));
  const types = builtinTypes(f, e, name);
  const slots = e.args.map((arg, i) => value(f, arg, types[i]!));
  f.at(e.span, () => builtinStatement(f, name, types, slots));
  return -1;
}

const RULES: Readonly<Record<string, Rule>> = {
  len: (f, e, into) => length(f, e.args[0]!, 'len', into),
  cap: (f, e, into) => length(f, e.args[0]!, 'cap', into),
  append(f, e, into) {
    const [first, ...rest] = e.args;
    const u = under(f.typeOf(e));
    if (u.kind !== 'slice') throw new InternalError('append to no slice');
    const stride = slotsOf(u.elem);
    const mark = f.mark();
    const slice = value(f, first!, f.typeOf(e));
    let from = slice;
    let count = rest.length;
    if (e.spread) {
      const isText = isString(f.typeOf(rest[0]!));
      count = isText ? -2 : -1;
      from = value(f, rest[0]!, isText ? Typ.string : f.typeOf(e));
    } else {
      from = f.temp(count * stride);
      rest.forEach((arg, i) => {
        const inner = f.mark();
        value(f, arg, u.elem, from + i * stride);
        f.release(inner);
      });
    }
    f.release(mark);
    const to = into ?? f.temp(2);
    f.emitSite(f.type(u.elem), 'Append', to, slice, from, count, f.type(u.elem), stride);
    return to;
  },
  copy(f, e, into) {
    const types = builtinTypes(f, e, 'copy');
    const slots = e.args.map((arg, i) => value(f, arg, types[i]!));
    const to = into ?? f.temp(1);
    copyInto(f, to, types, slots);
    return to;
  },
  new(f, e, into) {
    const elem = (under(f.typeOf(e)) as { elem: Type }).elem;
    const to = into ?? f.temp(1);
    f.emitSite(f.type(elem), 'New', to, f.type(elem), slotsOf(elem));
    return to;
  },
  make,
  recover(f, _e, into) {
    const to = into ?? f.temp(2);
    f.emit('Recover', to);
    return to;
  },
  getpid(f, _e, into) {
    f.reserve(HEADER_SLOTS);
    const base = f.temp(1);
    f.emit('Native', base * 2, f.unit.native('getpid'));
    if (into !== undefined) f.copy(into, base, 1);
    return into ?? base;
  },
  min: (f, e, into) => extreme(f, e, true, into),
  max: (f, e, into) => extreme(f, e, false, into),
};

function make(f: Body, e: Call, into?: number): number {
  const type = f.typeOf(e);
  const u = under(type);
  const sizes = e.args.slice(1).map((arg) => indexValue(f, arg));
  switch (u.kind) {
    case 'slice': {
      const to = into ?? f.temp(2);
      f.emitSite(f.type(u.elem), 'MakeSlice', to, sizes[0]!, sizes[1] ?? sizes[0]!, f.type(u.elem), slotsOf(u.elem));
      return to;
    }
    case 'map': {
      const to = into ?? f.temp(1);
      f.emitSite(f.type(type), 'MakeMap', to, f.type(type), sizes[0] ?? -1);
      return to;
    }
    case 'chan': {
      const to = into ?? f.temp(1);
      f.emitSite(f.type(type), 'MakeChan', to, sizes[0] ?? -1, f.type(type));
      return to;
    }
    default:
      throw new InternalError('make', { kind: u.kind });
  }
}

function length(f: Body, x: Expr, which: 'len' | 'cap', into?: number): number {
  const u = under(f.typeOf(x));
  const array = u.kind === 'pointer' ? under(u.elem) : u;
  const from = f.expr(x);
  const to = into ?? f.temp(1);
  if (array.kind === 'array') constant(f, intConst(array.len), Typ.int, to);
  else if (u.kind === 'map') f.emit('MapLen', to, from);
  else if (u.kind === 'chan') f.emit('ChanLen', to, from, which === 'len' ? 0 : 1);
  else if (isString(u)) f.emit('Word', to, from + 0.5);
  else f.emit('Word', to, from + (which === 'len' ? 1 : 1.5));
  return to;
}

/** min and max: NaN wins, −0 is below 0 only as far as comparison says (a documented limit). */
function extreme(f: Body, e: Call, smallest: boolean, into?: number): number {
  const type = f.typeOf(e);
  const to = f.temp(1);
  value(f, e.args[0]!, type, to);
  for (const arg of e.args.slice(1)) {
    const mark = f.mark();
    const next = value(f, arg, type);
    const less = f.temp(1);
    const op = isString(type) ? 'LtStr' : isFloat(type) ? 'LtF' : isUnsigned(type) ? 'LtUint' : 'LtInt';
    const keep = new Label();
    const take = new Label();
    if (isFloat(type)) {
      f.emit('EqF', less, next, next);
      f.emit('JumpIfNot', less, take); // next is NaN
      f.emit('EqF', less, to, to);
      f.emit('JumpIfNot', less, keep); // the one before is
    }
    f.emit(op, less, smallest ? next : to, smallest ? to : next);
    f.emit('JumpIfNot', less, keep);
    f.place(take);
    f.copy(to, next, 1);
    f.place(keep);
    f.release(mark);
  }
  if (into === undefined) return to;
  f.copy(into, to, 1);
  return into;
}
