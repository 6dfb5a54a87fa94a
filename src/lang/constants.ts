/**
 * This file computes with constants: literals, exact integer arithmetic, and which type can represent which value.
 * Integers are BigInt whatever their type. Floating-point constants are doubles, where Go keeps at least 256 bits.
 */
import type { BinaryOp, LitKind } from './ast';
import { under } from './predicates';
import type { Basic, BasicName, ConstValue, Type } from './types';
import { decodeBytes, encodeBytes, hasRawBytes } from './constantStrings';

export const intConst = (v: bigint | number): ConstValue => ({ kind: 'int', v: BigInt(v) });
const floatConst = (v: number): ConstValue => ({ kind: 'float', v });
export const boolConst = (v: boolean): ConstValue => ({ kind: 'bool', v });
export const stringConst = (v: string): ConstValue => ({ kind: 'string', v });

// ---------------------------------------------------------------- literals

const DURATION_UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  h: 3.6e12,
};
const SIZE_UNITS: Readonly<Record<string, bigint>> = {
  B: 1n,
  KB: 1n << 10n,
  MB: 1n << 20n,
  GB: 1n << 30n,
  TB: 1n << 40n,
};

/** The value of a literal as written; undefined when it is malformed (the scanner has said so already). */
export function literalValue(lit: LitKind, raw: string): ConstValue | undefined {
  switch (lit) {
    case 'int':
      return intLiteral(raw);
    case 'float':
      return floatLiteral(raw);
    case 'char':
      return charLiteral(raw);
    case 'string':
      return stringLiteral(raw);
    case 'duration':
      return durationLiteral(raw);
    case 'size':
      return sizeLiteral(raw);
    case 'imag':
      return undefined;
  }
}

function intLiteral(raw: string): ConstValue | undefined {
  if (/^(0|[1-9]\d*)$/.test(raw)) return { kind: 'int', v: BigInt(raw) };
  let digits = raw.replaceAll('_', '');
  if (/^0[0-7]+$/.test(digits)) digits = `0o${digits}`;
  digits = digits.replace(/^0([XOB])/, (_, letter: string) => `0${letter.toLowerCase()}`);
  return /^(\d+|0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+)$/.test(digits) && !/^0\d/.test(digits)
    ? intConst(BigInt(digits))
    : undefined;
}

function floatLiteral(raw: string): ConstValue | undefined {
  const digits = raw.replaceAll('_', '');
  const hex = /^0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)$/.exec(digits);
  if (hex) {
    const mantissa = hex[1]! + hex[2]!;
    return mantissa
      ? floatConst(Number(BigInt(`0x${mantissa}`)) * 2 ** (Number(hex[3]) - 4 * hex[2]!.length))
      : undefined;
  }
  return /^(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(digits) ? floatConst(Number(digits)) : undefined;
}

function durationLiteral(raw: string): ConstValue | undefined {
  const parts = /^([\d_]+)(?:\.([\d_]*))?(ns|us|µs|ms|s|m|h)$/.exec(raw);
  if (!parts) return undefined;
  const unit = BigInt(DURATION_UNITS[parts[3]!]!);
  const whole = BigInt(parts[1]!.replaceAll('_', '')) * unit;
  const fraction = (parts[2] ?? '').replaceAll('_', '');
  return intConst(whole + (fraction ? (BigInt(fraction) * unit) / 10n ** BigInt(fraction.length) : 0n));
}

function sizeLiteral(raw: string): ConstValue | undefined {
  const parts = /^([\d_]+)(?:\.([\d_]*))?(B|KB|MB|GB|TB)$/.exec(raw);
  if (!parts) return undefined;
  const unit = SIZE_UNITS[parts[3]!]!;
  const fraction = (parts[2] ?? '').replaceAll('_', '');
  return intConst(
    BigInt(parts[1]!.replaceAll('_', '')) * unit +
      (fraction ? (BigInt(fraction) * unit) / 10n ** BigInt(fraction.length) : 0n),
  );
}

function charLiteral(raw: string): ConstValue | undefined {
  const body = raw.slice(1, -1);
  if (body.length === 0) return undefined;
  if (!body.startsWith('\\')) return intConst(body.codePointAt(0)!);
  const escape = readEscape(body, 0);
  return escape ? intConst(escape.value) : undefined;
}

function stringLiteral(raw: string): ConstValue | undefined {
  if (raw.length < 2) return undefined;
  const body = raw.slice(1, -1);
  if (raw.startsWith('`')) return stringConst(body.replaceAll('\r', ''));
  if (!body.includes('\\')) return stringConst(body);
  let text = '';
  for (let i = 0; i < body.length;) {
    if (body[i] !== '\\') {
      text += body.charAt(i++);
      continue;
    }
    const escape = readEscape(body, i);
    if (!escape) return undefined;
    text += escape.isByte ? rawByte(escape.value) : String.fromCodePoint(escape.value);
    i = escape.end;
  }
  return stringConst(normalise(text));
}

const SIMPLE_ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  "'": 39,
  '"': 34,
};
const HEX_ESCAPES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads the escape at `at`; `isByte` for \x and octal, which denote bytes in strings. */
function readEscape(text: string, at: number): { value: number; end: number; isByte: boolean } | undefined {
  const letter = text[at + 1];
  if (letter === undefined) return undefined;
  const simple = SIMPLE_ESCAPES[letter];
  if (simple !== undefined) return { value: simple, end: at + 2, isByte: false };
  const length = HEX_ESCAPES[letter];
  if (length !== undefined) {
    const digits = text.slice(at + 2, at + 2 + length);
    if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) return undefined;
    const value = parseInt(digits, 16);
    return value > 0x10ffff ? undefined : { value, end: at + 2 + length, isByte: letter === 'x' };
  }
  const octal = text.slice(at + 1, at + 4);
  return /^[0-7]{3}$/.test(octal) ? { value: parseInt(octal, 8), end: at + 4, isByte: true } : undefined;
}

/** A byte of a string: itself when it is ASCII, else a lone surrogate that stands for it. */
function rawByte(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : String.fromCharCode(0xdc00 + byte);
}

/** Joins raw bytes that together are UTF-8 into characters. */
function normalise(text: string): string {
  return hasRawBytes(text) ? decodeBytes(encodeBytes(text)) : text;
}

// ---------------------------------------------------------------- conversions between kinds

/** The value as an integer, if it is one. */
export function toInt(x: ConstValue): { kind: 'int'; v: bigint } | undefined {
  if (x.kind === 'int') return x;
  return x.kind === 'float' && Number.isInteger(x.v) ? { kind: 'int', v: BigInt(x.v) } : undefined;
}

/** The value as a floating-point number, if it is numeric. */
function toFloat(x: ConstValue): { kind: 'float'; v: number } | undefined {
  if (x.kind === 'float') return x;
  return x.kind === 'int' ? { kind: 'float', v: Number(x.v) } : undefined;
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
    case 'float64':
    case 'untyped float':
    case 'float32': {
      const f = toFloat(x);
      if (!f) return undefined;
      const rounded = name === 'float32' ? Math.fround(f.v) : f.v;
      return Number.isFinite(rounded) ? floatConst(rounded) : undefined;
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
    return x.kind === 'float' ? floatConst(-x.v || 0) : undefined;
  }
  const i = toInt(x);
  if (!i) return undefined;
  return intConst(unsignedBits === undefined ? ~i.v : BigInt.asUintN(unsignedBits, ~i.v));
}

/** `x op y` for operands of one type; `integer` chooses between integer and exact division. The divisor is not zero. */
export function binaryConst(x: ConstValue, op: BinaryOp, y: ConstValue, integer: boolean): ConstValue | undefined {
  if (x.kind === 'bool' && y.kind === 'bool') {
    return op === '&&' ? boolConst(x.v && y.v) : op === '||' ? boolConst(x.v || y.v) : undefined;
  }
  if (x.kind === 'string' && y.kind === 'string') return op === '+' ? stringConst(normalise(x.v + y.v)) : undefined;
  if (integer) {
    const [a, b] = [toInt(x), toInt(y)];
    return a && b ? binaryInt(a.v, op, b.v) : undefined;
  }
  const [a, b] = [toFloat(x), toFloat(y)];
  return a && b ? binaryFloat(a.v, op, b.v) : undefined;
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

function binaryFloat(x: number, op: BinaryOp, y: number): ConstValue | undefined {
  switch (op) {
    case '+':
      return floatConst(x + y);
    case '-':
      return floatConst(x - y);
    case '*':
      return floatConst(x * y);
    case '/':
      return y === 0 ? undefined : floatConst(x / y);
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
  const [a, b] = [toFloat(x)?.v ?? NaN, toFloat(y)?.v ?? NaN];
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareStrings(x: string, y: string): number {
  if (x === y) return 0;
  const [a, b] = [encodeBytes(x), encodeBytes(y)];
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** Number of bits of the absolute value. */
export function bitLength(v: bigint): number {
  const magnitude = v < 0n ? -v : v;
  return magnitude === 0n
    ? 0
    : magnitude.toString(16).length * 4 - Math.clz32(parseInt(magnitude.toString(16)[0]!, 16)) + 28;
}

/** Length in bytes of a string constant. */
export function stringLength(text: string): number {
  return encodeBytes(text).length;
}

/** `string(x)` of an integer constant. */
export function runeString(v: bigint): string {
  const valid = v >= 0n && v <= 0x10ffffn && !(v >= 0xd800n && v <= 0xdfffn);
  return valid ? String.fromCodePoint(Number(v)) : '\ufffd';
}

// ---------------------------------------------------------------- printing

const MAX_SHOWN = 72;

/** The value as Go prints it in messages. */
export function constString(x: ConstValue): string {
  switch (x.kind) {
    case 'bool':
      return String(x.v);
    case 'int':
      return String(x.v);
    case 'float':
      return formatFloat(x.v);
    case 'string': {
      const quoted = quote(x.v);
      return [...quoted].length > MAX_SHOWN ? `${[...quoted].slice(0, MAX_SHOWN - 3).join('')}...` : quoted;
    }
  }
}

/** `%.6g`, with more digits when six would show an integer that it is not. */
function formatFloat(v: number): string {
  const short = shortFloat(v, 6);
  return Number.isInteger(v) || short.includes('.') ? short : shortFloat(v, 17);
}

function shortFloat(v: number, digits: number): string {
  if (v === 0 || !Number.isFinite(v)) return String(v);
  const [mantissa, exponentText] = (digits === 17 ? v.toExponential() : v.toExponential(digits - 1)).split('e') as [
    string,
    string,
  ];
  const exponent = Number(exponentText);
  const trimmed = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  if (exponent < -4 || exponent >= (digits === 17 ? 21 : digits)) {
    const sign = exponent < 0 ? '-' : '+';
    return `${trimmed}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return String(Number(`${trimmed}e${exponent}`));
}

const QUOTED: Readonly<Record<string, string>> = {
  '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v', '"': '\\"', '\\': '\\\\',
}; // prettier-ignore

/** The string as a Go literal in double quotes. */
export function quote(text: string): string {
  let out = '"';
  for (const c of text) {
    const code = c.codePointAt(0)!;
    if (QUOTED[c]) out += QUOTED[c];
    else if (code >= 0xdc80 && code <= 0xdcff) out += `\\x${(code - 0xdc00).toString(16)}`;
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += c;
  }
  return `${out}"`;
}

/** The underlying basic type, if it is one. */
export function basicUnder(type: Type): Basic | undefined {
  const u = under(type);
  return u.kind === 'basic' ? u : undefined;
}
