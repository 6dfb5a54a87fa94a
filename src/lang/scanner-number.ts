/** This file scans number literals in all of Go's forms, and the duration and size literals that Interlane adds. */
import type { LitKind } from './ast';
import { unitAfter } from './scanner-unit';

/** A mistake inside a literal, at offsets of the text. */
export interface LiteralError {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface NumberScan {
  readonly end: number;
  readonly lit: LitKind;
  readonly error?: LiteralError;
}

type Prefix = '' | '0' | 'x' | 'o' | 'b';

const bases: Readonly<Record<Prefix, number>> = { '': 10, '0': 8, x: 16, o: 8, b: 2 };
const baseNames: Readonly<Record<number, string>> = { 2: 'binary', 8: 'octal', 10: 'decimal', 16: 'hexadecimal' };

/** Scans the number that begins at `start` (a digit, or a point before a digit). Reports at most one mistake. */
export function scanNumber(text: string, start: number): NumberScan {
  let error: LiteralError | undefined;
  let at = start;
  const fail = (message: string, from = start, to = Math.max(at, from + 1)): void => {
    error ??= { message, start: from, end: to };
  };

  const prefix = prefixAt(text, start);
  const base = bases[prefix];
  at += prefix.length === 0 || prefix === '0' ? 0 : 2;
  let invalid = -1;
  let hasDigits = false;
  const digits = (limit: number): void => {
    for (; ; at++) {
      const c = text.charCodeAt(at);
      if (c === 95) continue; // _
      const digit = digitValue(c);
      if (digit >= (limit === 16 ? 16 : 10)) return;
      if (digit >= limit && invalid < 0) invalid = at;
      hasDigits = true;
    }
  };

  let lit: LitKind = 'int';
  digits(base);
  if (text[at] === '.') {
    if (prefix === 'o' || prefix === 'b') fail(`invalid radix point in ${baseNames[base]} literal`, at);
    at++;
    lit = 'float';
    digits(base);
  }
  if (!hasDigits) fail(`${baseNames[base]} literal has no digits`);

  const e = text[at];
  if (e === 'e' || e === 'E' || e === 'p' || e === 'P') {
    const decimal = e === 'e' || e === 'E';
    if (decimal && prefix !== '' && prefix !== '0') fail(`'${e}' exponent requires decimal mantissa`, at);
    if (!decimal && prefix !== 'x') fail(`'${e}' exponent requires hexadecimal mantissa`, at);
    at++;
    lit = 'float';
    if (text[at] === '+' || text[at] === '-') at++;
    hasDigits = false;
    digits(10);
    if (!hasDigits) fail('exponent has no digits');
  } else if (prefix === 'x' && lit === 'float') fail("hexadecimal mantissa requires a 'p' exponent");

  if (text[at] === 'i') {
    at++;
    lit = 'imag';
  } else if (prefix === '' || (prefix === '0' && (lit === 'float' || at === start + 1))) {
    const unit = unitAfter(text, at, lit === 'float');
    if (unit) {
      lit = unit.lit;
      at = unit.end;
      if (unit.message) fail(unit.message);
    }
  }
  if (lit === 'int' && invalid >= 0)
    fail(`invalid digit '${text[invalid]}' in ${baseNames[base]} literal`, invalid, invalid + 1);
  const separator = invalidSeparator(text.slice(start, at));
  if (separator >= 0) fail("'_' must separate successive digits", start + separator, start + separator + 1);
  return error ? { end: at, lit, error } : { end: at, lit };
}

function prefixAt(text: string, start: number): Prefix {
  if (text[start] !== '0') return '';
  const letter = (text[start + 1] ?? '').toLowerCase();
  return letter === 'x' || letter === 'o' || letter === 'b' ? letter : '0';
}

/** Value of a hexadecimal digit's code unit, 16 for anything else. */
export function digitValue(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : 16;
}

/** Index of the first `_` that does not stand between two digits (a base prefix counts as a digit), or -1. */
function invalidSeparator(literal: string): number {
  if (!literal.includes('_')) return -1;
  const hex = /^0x/i.test(literal);
  const from = /^0[xob]/i.test(literal) ? 2 : 0;
  const isDigit = (c: string | undefined): boolean => c !== undefined && (hex ? /[0-9a-f]/i : /[0-9]/).test(c);
  for (let i = from; i < literal.length; i++) {
    if (literal[i] !== '_') continue;
    const before = i === from ? from === 2 : isDigit(literal[i - 1]);
    if (!before || !isDigit(literal[i + 1])) return i;
  }
  return -1;
}
