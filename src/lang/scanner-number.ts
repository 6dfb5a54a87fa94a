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
  return new NumberScanner(text, start).run();
}

class NumberScanner {
  private readonly prefix: Prefix;
  private readonly base: number;
  /** Offset of the next character. */
  private at: number;
  private lit: LitKind = 'int';
  private error?: LiteralError;
  /** Offset of the first digit that is too large for the base, or -1. */
  private invalid = -1;

  constructor(
    private readonly text: string,
    private readonly start: number,
  ) {
    this.prefix = prefixAt(text, start);
    this.base = bases[this.prefix];
    this.at = this.prefix === '' || this.prefix === '0' ? start : start + 2;
  }

  run(): NumberScan {
    this.mantissa();
    this.exponent();
    this.suffix();
    this.checkDigits();
    const { at: end, lit, error } = this;
    return error ? { end, lit, error } : { end, lit };
  }

  private fail(message: string, from = this.start, to = Math.max(this.at, from + 1)): void {
    this.error ??= { message, start: from, end: to };
  }

  private mantissa(): void {
    const name = baseNames[this.base];
    let some = this.digits(this.base);
    if (this.text[this.at] === '.') {
      if (this.prefix === 'o' || this.prefix === 'b') this.fail(`invalid radix point in ${name} literal`, this.at);
      this.at++;
      this.lit = 'float';
      some = this.digits(this.base) || some;
    }
    if (!some) this.fail(`${name} literal has no digits`);
  }

  /** Skips digits and separators; in bases up to 10, digits that are too large as well. True when there was a digit. */
  private digits(limit: number): boolean {
    let some = false;
    for (; ; this.at++) {
      const c = this.text.charCodeAt(this.at);
      if (c === 95) continue; // _
      const digit = digitValue(c);
      if (digit >= (limit === 16 ? 16 : 10)) return some;
      if (digit >= limit && this.invalid < 0) this.invalid = this.at;
      some = true;
    }
  }

  private exponent(): void {
    const letter = this.text[this.at] ?? '';
    const decimal = letter === 'e' || letter === 'E';
    if (!decimal && letter !== 'p' && letter !== 'P') {
      if (this.prefix === 'x' && this.lit === 'float') this.fail("hexadecimal mantissa requires a 'p' exponent");
      return;
    }
    if (decimal && this.prefix !== '' && this.prefix !== '0') {
      this.fail(`'${letter}' exponent requires decimal mantissa`, this.at);
    }
    if (!decimal && this.prefix !== 'x') this.fail(`'${letter}' exponent requires hexadecimal mantissa`, this.at);
    this.at++;
    this.lit = 'float';
    const sign = this.text[this.at];
    if (sign === '+' || sign === '-') this.at++;
    if (!this.digits(10)) this.fail('exponent has no digits');
  }

  /** `i`, or after a decimal number a unit. */
  private suffix(): void {
    if (this.text[this.at] === 'i') {
      this.at++;
      this.lit = 'imag';
      return;
    }
    const decimal = this.prefix === '' || (this.prefix === '0' && (this.lit === 'float' || this.at === this.start + 1));
    const unit = decimal ? unitAfter(this.text, this.at, this.lit === 'float') : undefined;
    if (!unit) return;
    this.lit = unit.lit;
    this.at = unit.end;
    if (unit.message) this.fail(unit.message);
  }

  private checkDigits(): void {
    const { invalid, start } = this;
    if (this.lit === 'int' && invalid >= 0) {
      const message = `invalid digit '${this.text[invalid]}' in ${baseNames[this.base]} literal`;
      this.fail(message, invalid, invalid + 1);
    }
    const separator = invalidSeparator(this.text.slice(start, this.at));
    if (separator >= 0) this.fail("'_' must separate successive digits", start + separator, start + separator + 1);
  }
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
