/** This file prints operands as a format says: a port of doPrintf in Go's fmt/print.go. */
import { decodeBytes } from '../base/utf8';
import type { Operands } from './operands';
import type { Printer } from './printer';
import { isInteger } from './reader';

const MOST = 1e6;
const PERCENT = 0x25;
const [ZERO, NINE] = [0x30, 0x39];

export class Directives {
  /** Whether a directive has named its operand. */
  reordered = false;
  /** Operands that no verb has used and that are printed all the same; -1: that has not begun. */
  extra = -1;
  /** Operands of the verb %w. */
  readonly wrapped: number[] = [];
  private readonly end: number;
  private afterIndex = false;
  private goodIndex = true;

  constructor(
    readonly operands: Operands,
    /** The format, UTF-8. */
    readonly format: Uint8Array,
    /** The next operand. */
    public index = 0,
    /** Byte where the rest of the format begins. */
    public at = 0,
  ) {
    this.end = format.length;
  }

  next(printer: Printer): boolean {
    if (this.at >= this.end) return this.nextExtra(printer);
    const found = this.format.indexOf(PERCENT, this.at);
    const percent = found < 0 ? this.end : found;
    printer.fmt.write(decodeBytes(this.format, this.at, percent));
    this.at = percent + 1;
    if (percent < this.end) this.directive(printer);
    return true;
  }

  /** One directive, from behind its percent sign. */
  private directive(printer: Printer): void {
    this.goodIndex = true;
    printer.fmt.clearFlags();
    this.flags(printer);
    this.operandIndex();
    this.width(printer);
    this.precision(printer);
    if (!this.afterIndex) this.operandIndex();
    this.verb(printer);
  }

  /** The next character, if it is ASCII; '' at the end. */
  private peek(): string {
    return this.at < this.end ? String.fromCharCode(this.format[this.at]!) : '';
  }

  private flags({ fmt }: Printer): void {
    for (; this.at < this.end; this.at++) {
      const c = this.peek();
      if (c === '#') fmt.sharp = true;
      else if (c === '0') fmt.zero = true;
      else if (c === '+') fmt.plus = true;
      else if (c === '-') fmt.minus = true;
      else if (c === ' ') fmt.space = true;
      else return;
    }
  }

  /** `[n]` */
  private operandIndex(): void {
    this.afterIndex = false;
    if (this.peek() !== '[') return;
    this.reordered = true;
    const close = this.format.indexOf(0x5d, this.at + 1);
    if (close < 0 || this.end - this.at < 3) {
      this.goodIndex = false;
      this.at++;
      return;
    }
    const text = decodeBytes(this.format, this.at + 1, close);
    const index = /^[0-9]{1,7}$/.test(text) ? Number(text) - 1 : -2;
    this.at = close + 1;
    if (index >= 0 && index < this.operands.count) {
      this.index = index;
      this.afterIndex = true;
      return;
    }
    this.goodIndex = false;
    this.afterIndex = index !== -2;
  }

  private width(printer: Printer): void {
    const { fmt } = printer;
    if (this.peek() === '*') {
      this.at++;
      const width = this.integerOperand(printer);
      if (width === undefined) fmt.write('%!(BADWIDTH)');
      else {
        fmt.width = Math.abs(width);
        if (width < 0) {
          fmt.minus = true;
          fmt.zero = false;
        }
      }
      this.afterIndex = false;
      return;
    }
    fmt.width = this.number();
    if (this.afterIndex && fmt.width >= 0) this.goodIndex = false;
  }

  private precision(printer: Printer): void {
    const { fmt } = printer;
    if (this.peek() !== '.' || this.at + 1 >= this.end) return;
    this.at++;
    if (this.afterIndex) this.goodIndex = false;
    this.operandIndex();
    if (this.peek() !== '*') {
      fmt.precision = Math.max(this.number(), 0);
      return;
    }
    this.at++;
    const precision = this.integerOperand(printer) ?? -1;
    fmt.precision = precision < 0 ? -1 : precision;
    if (precision < 0) fmt.write('%!(BADPREC)');
    this.afterIndex = false;
  }

  /** Decimal digits; -1 when there are none. */
  private number(): number {
    const start = this.at;
    let n = 0;
    while (this.at < this.end && this.format[this.at]! >= ZERO && this.format[this.at]! <= NINE) {
      if (n > MOST) {
        this.at = this.end;
        return -1;
      }
      n = n * 10 + this.format[this.at++]! - ZERO;
    }
    return this.at === start ? -1 : n;
  }

  /** The next operand as an integer for `*`. */
  private integerOperand({ reader }: Printer): number | undefined {
    if (this.index >= this.operands.count) return undefined;
    const operand = this.operands.at(this.index++);
    if (!operand || !isInteger(operand.type)) return undefined;
    const n = Number(reader.integer(operand));
    return Math.abs(n) > MOST ? undefined : n;
  }

  private verb(printer: Printer): void {
    const { fmt } = printer;
    if (this.at >= this.end) return fmt.write('%!(NOVERB)');
    const verb = this.character();
    if (verb === '%') fmt.write('%');
    else if (!this.goodIndex) fmt.write(`%!${verb}(BADINDEX)`);
    else if (this.index >= this.operands.count) fmt.write(`%!${verb}(MISSING)`);
    else {
      if (verb === 'w') this.wrapped.push(this.index);
      if (verb === 'v' || verb === 'w') {
        fmt.sharpV = fmt.sharp;
        fmt.plusV = fmt.plus;
        fmt.sharp = fmt.plus = false;
      }
      printer.printArg(this.operands.at(this.index++), verb);
    }
  }

  /** Takes one character, of one to four bytes. */
  private character(): string {
    const text = decodeBytes(this.format, this.at, Math.min(this.at + 4, this.end));
    const character = String.fromCodePoint(text.codePointAt(0)!);
    this.at += encodedLength(text.codePointAt(0)!);
    return character;
  }

  /** Prints the next of the operands that no verb has used. */
  private nextExtra(printer: Printer): boolean {
    const { fmt } = printer;
    const { operands } = this;
    if (this.extra < 0) {
      if (this.reordered || this.index >= operands.count) return false;
      fmt.clearFlags();
      fmt.write('%!(EXTRA ');
      this.extra = this.index;
    }
    const i = this.extra++;
    if (i >= operands.count) {
      if (i === operands.count) fmt.write(')');
      return false;
    }
    if (i > this.index) fmt.write(', ');
    const operand = operands.at(i);
    if (!operand) fmt.write('<nil>');
    else {
      fmt.write(operand.type.name + '=');
      printer.printArg(operand, 'v');
    }
    return true;
  }
}

/** Bytes of a code point; a byte that is not UTF-8 stands for itself (base/utf8.ts). */
function encodedLength(rune: number): number {
  if (rune < 0x80 || (rune >= 0xdc80 && rune <= 0xdcff)) return 1;
  if (rune < 0x800) return 2;
  return rune < 0x10000 ? 3 : 4;
}
