/** This file reads format strings: a port of doPrintf in Go's fmt/print.go. */
import type { Printer } from './printer';
import { isInteger } from './value';
import type { Value } from './value';

/** An operand; undefined is a nil interface. */
export type Operand = Value | undefined;

const MOST = 1e6;

class Directive {
  private i = 0;
  private argument = 0;
  private afterIndex = false;
  private reordered = false;
  private goodIndex = true;

  constructor(
    private readonly printer: Printer,
    private readonly format: string,
    private readonly operands: readonly Operand[],
  ) {}

  run(): void {
    const { format, printer } = this;
    while (this.i < format.length) {
      const percent = format.indexOf('%', this.i);
      printer.fmt.write(format.slice(this.i, percent < 0 ? format.length : percent));
      if (percent < 0) break;
      this.i = percent + 1;
      this.one();
    }
    this.extra();
  }

  /** One directive, from behind its percent sign. */
  private one(): void {
    this.goodIndex = true;
    this.printer.fmt.clearFlags();
    this.flags();
    this.index();
    this.width();
    this.precision();
    if (!this.afterIndex) this.index();
    this.verb();
  }

  private flags(): void {
    const { fmt } = this.printer;
    for (; this.i < this.format.length; this.i++) {
      const c = this.format[this.i];
      if (c === '#') fmt.sharp = true;
      else if (c === '0') fmt.zero = true;
      else if (c === '+') fmt.plus = true;
      else if (c === '-') fmt.minus = true;
      else if (c === ' ') fmt.space = true;
      else return;
    }
  }

  /** `[n]` */
  private index(): void {
    this.afterIndex = false;
    if (this.format[this.i] !== '[') return;
    this.reordered = true;
    const close = this.format.indexOf(']', this.i + 1);
    if (close < 0 || this.format.length - this.i < 3) {
      this.goodIndex = false;
      this.i++;
      return;
    }
    const text = this.format.slice(this.i + 1, close);
    const index = /^[0-9]{1,7}$/.test(text) ? Number(text) - 1 : -2;
    this.i = close + 1;
    if (index >= 0 && index < this.operands.length) {
      this.argument = index;
      this.afterIndex = true;
      return;
    }
    this.goodIndex = false;
    this.afterIndex = index !== -2;
  }

  private width(): void {
    const { fmt } = this.printer;
    if (this.format[this.i] === '*') {
      this.i++;
      const width = this.integerOperand();
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

  private precision(): void {
    const { fmt } = this.printer;
    if (this.format[this.i] !== '.' || this.i + 1 >= this.format.length) return;
    this.i++;
    if (this.afterIndex) this.goodIndex = false;
    this.index();
    if (this.format[this.i] !== '*') {
      fmt.precision = Math.max(this.number(), 0);
      return;
    }
    this.i++;
    const precision = this.integerOperand() ?? -1;
    fmt.precision = precision < 0 ? -1 : precision;
    if (precision < 0) fmt.write('%!(BADPREC)');
    this.afterIndex = false;
  }

  /** Decimal digits; -1 when there are none. */
  private number(): number {
    const start = this.i;
    let n = 0;
    while (this.i < this.format.length && this.format[this.i]! >= '0' && this.format[this.i]! <= '9') {
      if (n > MOST) {
        this.i = this.format.length;
        return -1;
      }
      n = n * 10 + Number(this.format[this.i++]);
    }
    return this.i === start ? -1 : n;
  }

  /** The next operand as an integer for `*`. */
  private integerOperand(): number | undefined {
    if (this.argument >= this.operands.length) return undefined;
    const operand = this.operands[this.argument++];
    if (!operand || !isInteger(operand.type)) return undefined;
    const n = Number(this.printer.reader.integer(operand));
    return Math.abs(n) > MOST ? undefined : n;
  }

  private verb(): void {
    const { printer, format, operands } = this;
    const { fmt } = printer;
    if (this.i >= format.length) return fmt.write('%!(NOVERB)');
    const verb = String.fromCodePoint(format.codePointAt(this.i)!);
    this.i += verb.length;
    if (verb === '%') fmt.write('%');
    else if (!this.goodIndex) fmt.write(`%!${verb}(BADINDEX)`);
    else if (this.argument >= operands.length) fmt.write(`%!${verb}(MISSING)`);
    else {
      if (verb === 'v' || verb === 'w') {
        fmt.sharpV = fmt.sharp;
        fmt.plusV = fmt.plus;
        fmt.sharp = fmt.plus = false;
      }
      printer.printArg(operands[this.argument++], verb);
    }
  }

  /** Operands that no verb has used. */
  private extra(): void {
    if (this.reordered || this.argument >= this.operands.length) return;
    const { fmt } = this.printer;
    fmt.clearFlags();
    fmt.write('%!(EXTRA ');
    this.operands.slice(this.argument).forEach((operand, i) => {
      if (i > 0) fmt.write(', ');
      if (!operand) return fmt.write('<nil>');
      fmt.write(operand.type.name + '=');
      this.printer.printArg(operand, 'v');
    });
    fmt.write(')');
  }
}

/** Formats operands into the printer. */
export function printFormatted(printer: Printer, format: string, operands: readonly Operand[]): void {
  new Directive(printer, format, operands).run();
}
