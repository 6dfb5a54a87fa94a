/** This file reads the values of literals: numbers, characters, strings, durations and sizes. */
import type { LitKind } from './ast';
import { intConst, stringConst } from './constants';
import { joinBytes } from './constantStrings';
import { scaled } from './real';
import type { ConstValue } from './types';

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

/** Undefined also for a number beyond every exponent, which Go calls malformed too. */
function floatLiteral(raw: string): ConstValue | undefined {
  const text = raw.replaceAll('_', '');
  const hex = /^0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)$/.exec(text);
  if (hex) {
    const [, whole, part, exponent] = hex as unknown as [string, string, string, string];
    return whole + part ? real(BigInt(`0x${whole}${part}`), 2, Number(exponent) - 4 * part.length) : undefined;
  }
  const decimal = /^(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!decimal) return undefined;
  const [, whole, part, exponent = '0'] = decimal as unknown as [string, string, string, string | undefined];
  return whole + part ? real(BigInt(whole + part), 10, Number(exponent) - part.length) : undefined;
}

function real(digits: bigint, base: 2 | 10, exponent: number): ConstValue | undefined {
  const v = scaled(digits, base, exponent);
  return v && { kind: 'float', v };
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
  return stringConst(joinBytes(text));
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
