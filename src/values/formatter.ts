/** This file formats single values under flags, width and precision: a port of the `fmt` type in Go's fmt/format.go. */
import { encodeBytes } from '../base/utf8';
import { formatFloat } from './float';
import { canBackquote, isPrint, quoteRune, quoteString } from './quote';

const count = (text: string): number => {
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdbff) n++;
  }
  return n;
};

/** The names of the flags that are set or not. */
export const FLAGS = ['plus', 'minus', 'sharp', 'space', 'zero', 'plusV', 'sharpV'] as const;

/** What stands between a percent sign and its verb. */
export interface Flags extends Record<(typeof FLAGS)[number], boolean> {
  width: number;
  precision: number;
}

export class Formatter implements Flags {
  out = '';
  // Flags of the current verb.
  plus = false;
  minus = false;
  sharp = false;
  space = false;
  zero = false;
  /** %+v and %#v: for them plus and sharp themselves are off. */
  plusV = false;
  sharpV = false;
  /** -1: not given. */
  width = -1;
  precision = -1;

  clearFlags(): void {
    this.plus = this.minus = this.sharp = this.space = this.zero = this.plusV = this.sharpV = false;
    this.width = this.precision = -1;
  }

  flags(): Flags {
    const { plus, minus, sharp, space, zero, plusV, sharpV, width, precision } = this;
    return { plus, minus, sharp, space, zero, plusV, sharpV, width, precision };
  }

  setFlags(flags: Flags): void {
    Object.assign(this, flags);
  }

  write(text: string): void {
    this.out += text;
  }

  writePadding(n: number): void {
    if (n > 0) this.out += (this.zero && !this.minus ? '0' : ' ').repeat(n);
  }

  /** Appends text, filled up to the width. */
  pad(text: string): void {
    const missing = this.width < 0 ? 0 : this.width - count(text);
    if (!this.minus) this.writePadding(missing);
    this.out += text;
    if (this.minus) this.writePadding(missing);
  }

  private padWithSpaces(text: string): void {
    const { zero } = this;
    this.zero = false;
    this.pad(text);
    this.zero = zero;
  }

  boolean(value: boolean): void {
    this.pad(value ? 'true' : 'false');
  }

  /** @param value the number as Go sees it: negative only when the type is signed. */
  integer(value: bigint, base: 2 | 8 | 10 | 16, verb: string, upper = false): void {
    const negative = value < 0n;
    let digits = (negative ? -value : value).toString(base);
    if (upper) digits = digits.toUpperCase();
    let least = 0;
    if (this.precision >= 0) {
      least = this.precision;
      if (least === 0 && value === 0n) return this.padWithSpaces('');
    } else if (this.zero && !this.minus && this.width >= 0) {
      least = negative || this.plus || this.space ? this.width - 1 : this.width;
    }
    digits = digits.padStart(least, '0');
    if (this.sharp) {
      if (base === 2) digits = '0b' + digits;
      else if (base === 8 && !digits.startsWith('0')) digits = '0' + digits;
      else if (base === 16) digits = (upper ? '0X' : '0x') + digits;
    }
    if (verb === 'O') digits = '0o' + digits;
    const sign = negative ? '-' : this.plus ? '+' : this.space ? ' ' : '';
    this.padWithSpaces(sign + digits);
  }

  /** `U+0078`, with # also the character. */
  unicode(value: bigint): void {
    const unsigned = BigInt.asUintN(64, value);
    let text = 'U+' + unsigned.toString(16).toUpperCase().padStart(Math.max(this.precision, 4), '0');
    if (this.sharp && unsigned <= 0x10ffffn && isPrint(Number(unsigned))) {
      text += ` '${String.fromCodePoint(Number(unsigned))}'`;
    }
    this.padWithSpaces(text);
  }

  private truncate(text: string): string {
    if (this.precision < 0) return text;
    let n = this.precision;
    let end = 0;
    for (const character of text) {
      if (--n < 0) return text.slice(0, end);
      end += character.length;
    }
    return text;
  }

  string(text: string): void {
    this.pad(this.truncate(text));
  }

  quoted(text: string): void {
    const cut = this.truncate(text);
    this.pad(this.sharp && canBackquote(cut) ? '`' + cut + '`' : quoteString(cut, this.plus));
  }

  character(value: bigint): void {
    this.pad(runeText(toRune(value)));
  }

  quotedCharacter(value: bigint): void {
    this.pad(quoteRune(toRune(value), this.plus));
  }

  hexadecimal(text: string, upper: boolean): void {
    this.hexadecimalBytes(encodeBytes(text), upper);
  }

  hexadecimalBytes(bytes: Uint8Array, upper: boolean): void {
    const length = this.precision >= 0 ? Math.min(this.precision, bytes.length) : bytes.length;
    const prefix = upper ? '0X' : '0x';
    let text = length > 0 && this.sharp ? prefix : '';
    for (let i = 0; i < length; i++) {
      if (this.space && i > 0) text += this.sharp ? ' ' + prefix : ' ';
      const pair = bytes[i]!.toString(16).padStart(2, '0');
      text += upper ? pair.toUpperCase() : pair;
    }
    this.pad(text);
  }

  float(value: number, size: 32 | 64, verb: string, defaultPrecision: number): void {
    const precision = this.precision >= 0 ? this.precision : defaultPrecision;
    let text = formatFloat(value, verb, precision, size);
    if (!text.startsWith('-') && !text.startsWith('+')) text = '+' + text;
    if (this.space && text.startsWith('+') && !this.plus) text = ' ' + text.slice(1);
    if (text[1] === 'I' || text[1] === 'N') {
      const bare = text[1] === 'N' && !this.space && !this.plus;
      return this.padWithSpaces(bare ? text.slice(1) : text);
    }
    if (this.sharp && verb !== 'b') text = withPoint(text, verb, precision);
    if (!this.plus && text.startsWith('+')) return this.pad(text.slice(1));
    if (this.zero && !this.minus && this.width > text.length) {
      this.out += text[0]!;
      this.writePadding(this.width - text.length);
      this.out += text.slice(1);
      return;
    }
    this.pad(text);
  }
}

function toRune(value: bigint): number {
  return value < 0n || value > 0x10ffffn ? 0xfffd : Number(value);
}

/** A rune as text; surrogates are no characters. */
export function runeText(rune: number): string {
  return String.fromCodePoint(rune >= 0xd800 && rune <= 0xdfff ? 0xfffd : rune);
}

/** The # flag on floats: always a decimal point, and trailing zeros kept for %g. */
function withPoint(text: string, verb: string, precision: number): string {
  let digits = 'vgGx'.includes(verb) ? (precision === -1 ? 6 : precision) : 0;
  const isHex = verb === 'x' || verb === 'X';
  const at = text.search(isHex ? /[pP]/ : /[eEpP]/);
  const tail = at < 0 ? '' : text.slice(at);
  let number = at < 0 ? text : text.slice(0, at);
  let sawNonzero = false;
  for (const c of number.slice(1)) {
    if (c === '.') continue;
    if (c !== '0') sawNonzero = true;
    if (sawNonzero) digits--;
  }
  if (!number.includes('.')) {
    if (number.length === 2 && number[1] === '0') digits--;
    number += '.';
  }
  return number + '0'.repeat(Math.max(digits, 0)) + tail;
}
