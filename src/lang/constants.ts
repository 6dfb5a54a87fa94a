/**
 * This file computes with constants: exact arithmetic, and which type can represent which value.
 * Integers are BigInt whatever their type, floating-point constants exact reals (see real.ts).
 */
import type { BinaryOp } from './ast';
import { byteLength, concat, encodeBytes } from './constantStrings';
import { under } from './predicates';
import { arithmetic, compareReals, fromNumber, integerReal, negate, toInteger, toNumber, type Real } from './real';
import type { Basic, BasicName, ConstValue, Type } from './types';

export const intConst = (v: bigint | number): ConstValue => ({ kind: 'int', v: BigInt(v) });
const floatConst = (v: Real): ConstValue => ({ kind: 'float', v });
export const boolConst = (v: boolean): ConstValue => ({ kind: 'bool', v });
export const stringConst = (v: string): ConstValue => ({ kind: 'string', v });

// ---------------------------------------------------------------- conversions between kinds

/** The value as an integer, if it is one. */
export function toInt(x: ConstValue): { kind: 'int'; v: bigint } | undefined {
  if (x.kind === 'int') return x;
  const v = x.kind === 'float' ? toInteger(x.v) : undefined;
  return v === undefined ? undefined : { kind: 'int', v };
}

/** The value as a real, if it is numeric. */
function toReal(x: ConstValue): Real | undefined {
  if (x.kind === 'float') return x.v;
  return x.kind === 'int' ? integerReal(x.v) : undefined;
}

/** Size of the integer types in bits. */
export const INTEGER_BITS: Partial<Record<BasicName, number>> = {
  int: 64, int8: 8, int16: 16, int32: 32, int64: 64, uint: 64, uint8: 8, uint16: 16, uint32: 32, uint64: 64, uintptr: 64,
}; // prettier-ignore

/** The value as a constant of basic type `type`, or undefined when the type cannot represent it. */
export function represent(x: ConstValue, type: Basic): ConstValue | undefined {
  const name = type.name;
  switch (name) {
    case 'bool':
    case 'untyped bool':
      return x.kind === 'bool' ? x : undefined;
    case 'string':
    case 'untyped string':
      return x.kind === 'string' ? x : undefined;
    case 'untyped float': {
      const real = toReal(x);
      return real && floatConst(real);
    }
    case 'float64':
    case 'float32': {
      const real = toReal(x);
      const rounded = real ? toNumber(real, name) : NaN;
      return Number.isFinite(rounded) ? floatConst(fromNumber(rounded)) : undefined;
    }
    case 'untyped int':
    case 'untyped rune':
      return toInt(x);
    default: {
      const bits = INTEGER_BITS[name];
      const i = bits === undefined ? undefined : toInt(x);
      return i && bits !== undefined && wraps(i.v, bits, name.startsWith('u')) === i.v ? i : undefined;
    }
  }
}

/** The value that `bits` bits hold after overflow. */
export function wraps(v: bigint, bits: number, unsigned: boolean): bigint {
  return unsigned ? BigInt.asUintN(bits, v) : BigInt.asIntN(bits, v);
}

// ---------------------------------------------------------------- operations

/** `op x`. `unsignedBits` is the size of an unsigned type, for `^`. */
export function unaryConst(op: '+' | '-' | '!' | '^', x: ConstValue, unsignedBits?: number): ConstValue | undefined {
  if (op === '+') return x;
  if (op === '!') return x.kind === 'bool' ? boolConst(!x.v) : undefined;
  if (op === '-') {
    if (x.kind === 'int') return intConst(-x.v);
    return x.kind === 'float' ? floatConst(negate(x.v)) : undefined;
  }
  const i = toInt(x);
  if (!i) return undefined;
  return intConst(unsignedBits === undefined ? ~i.v : BigInt.asUintN(unsignedBits, ~i.v));
}

/** `x op y` for operands of one type; `integer` chooses between integer and exact division. Undefined: infinite, or no such operation. */
export function binaryConst(x: ConstValue, op: BinaryOp, y: ConstValue, integer: boolean): ConstValue | undefined {
  if (x.kind === 'bool' && y.kind === 'bool') {
    return op === '&&' ? boolConst(x.v && y.v) : op === '||' ? boolConst(x.v || y.v) : undefined;
  }
  if (x.kind === 'string' && y.kind === 'string') return op === '+' ? stringConst(concat(x.v, y.v)) : undefined;
  if (integer) {
    const [a, b] = [toInt(x), toInt(y)];
    return a && b ? binaryInt(a.v, op, b.v) : undefined;
  }
  const [a, b] = [toReal(x), toReal(y)];
  if (!a || !b || (op !== '+' && op !== '-' && op !== '*' && op !== '/')) return undefined;
  const v = arithmetic(a, op, b);
  return v && floatConst(v);
}

function binaryInt(x: bigint, op: BinaryOp, y: bigint): ConstValue | undefined {
  switch (op) {
    case '+':
      return intConst(x + y);
    case '-':
      return intConst(x - y);
    case '*':
      return intConst(x * y);
    case '/':
      return y === 0n ? undefined : intConst(x / y);
    case '%':
      return y === 0n ? undefined : intConst(x % y);
    case '&':
      return intConst(x & y);
    case '|':
      return intConst(x | y);
    case '^':
      return intConst(x ^ y);
    case '&^':
      return intConst(x & ~y);
    default:
      return undefined;
  }
}

/** `x << n` or `x >> n`. */
export function shiftConst(x: bigint, op: '<<' | '>>', n: number): ConstValue {
  return intConst(op === '<<' ? x << BigInt(n) : x >> BigInt(n));
}

/** `x op y` for a comparison; operands are of one kind, or both numeric. */
export function compareConst(x: ConstValue, op: BinaryOp, y: ConstValue): boolean {
  const order = orderOf(x, y);
  switch (op) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

function orderOf(x: ConstValue, y: ConstValue): number {
  if (x.kind === 'string' && y.kind === 'string') return compareStrings(x.v, y.v);
  if (x.kind === 'int' && y.kind === 'int') return x.v < y.v ? -1 : x.v > y.v ? 1 : 0;
  if (x.kind === 'bool' && y.kind === 'bool') return x.v === y.v ? 0 : 1;
  const [a, b] = [toReal(x), toReal(y)];
  return a && b ? compareReals(a, b) : 0;
}

/** By bytes. Only where the texts part are they encoded: as many units as the bytes of one character can stand in. */
function compareStrings(x: string, y: string): number {
  if (x === y) return 0;
  let at = 0;
  while (at < x.length && at < y.length && x.charCodeAt(at) === y.charCodeAt(at)) at++;
  const unit = at > 0 ? x.charCodeAt(at - 1) : 0;
  if (unit >= 0xd800 && unit < 0xdc00) at--; // the first half of a pair
  const [a, b] = [encodeBytes(x.slice(at, at + 4)), encodeBytes(y.slice(at, at + 4))];
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** Length in bytes of a string constant. */
export function stringLength(text: string): number {
  return byteLength(text);
}

/** `string(x)` of an integer constant. */
export function runeString(v: bigint): string {
  const valid = v >= 0n && v <= 0x10ffffn && !(v >= 0xd800n && v <= 0xdfffn);
  return valid ? String.fromCodePoint(Number(v)) : '\ufffd';
}

/** The underlying basic type, if it is one. */
export function basicUnder(type: Type): Basic | undefined {
  const u = under(type);
  return u.kind === 'basic' ? u : undefined;
}
