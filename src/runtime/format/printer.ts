/** This file prints values by verb: a port of the `pp` type in Go's fmt/print.go over simulated memory. */
import { decodeBytes } from '../../base/utf8';
import { Formatter } from './formatter';
import { knownText } from './known';
import { isInteger, isSigned, visibleAddress } from './value';
import type { Reader, Value } from './value';

const NIL = '<nil>';
const ORDINARY = new Set(['v', 'd']);

export class Printer {
  readonly fmt = new Formatter();
  /** True while a wrong verb is being reported: no methods are called then. */
  private erroring = false;

  constructor(readonly reader: Reader) {}

  /** Prints an operand; undefined is a nil interface. */
  printArg(arg: Value | undefined, verb: string): void {
    const { fmt } = this;
    if (!arg) {
      if (verb === 'T' || verb === 'v') fmt.pad(NIL);
      else this.badVerb(undefined, verb);
    } else if (verb === 'T') fmt.string(arg.type.name);
    else if (verb === 'p') this.pointer(arg, 'p');
    else if (!this.handleMethods(arg, verb)) this.printValue(arg, verb, 0);
  }

  private badVerb(value: Value | undefined, verb: string): void {
    this.erroring = true;
    this.fmt.write(`%!${verb}(`);
    if (value) {
      this.fmt.write(value.type.name + '=');
      this.printValue(value, 'v', 0);
    } else this.fmt.write(NIL);
    this.fmt.write(')');
    this.erroring = false;
  }

  /** Whether an Error, String or GoString method printed the value. */
  private handleMethods(value: Value, verb: string): boolean {
    if (this.erroring || !value.exported) return false;
    if (verb === 'w' && !value.type.methods?.has('Error')) {
      this.badVerb(value, 'w');
      return true;
    }
    const names = this.fmt.sharpV ? ['GoString'] : 'vsxXqw'.includes(verb) ? ['Error', 'String'] : [];
    const name = names.find((candidate) => value.type.methods?.has(candidate));
    if (name === undefined) return false;
    const text = this.methodText(value, name);
    if (text === undefined) return false;
    if (name === 'GoString') this.fmt.string(text);
    else this.string(value, text, verb === 'w' ? 'v' : verb);
    return true;
  }

  private methodText(value: Value, name: string): string | undefined {
    const known = name === 'GoString' ? undefined : knownText(this.reader, value);
    if (known !== undefined) return known;
    if (value.type.kind === 'pointer' && this.reader.lo(value) === 0) return NIL;
    return this.reader.hooks.callMethod?.(value.type.index, value.at, name);
  }

  /** Prints a value by its kind. @param depth 0 for an operand itself. */
  printValue(value: Value, verb: string, depth: number): void {
    if (depth > 0 && this.handleMethods(value, verb)) return;
    const { reader } = this;
    switch (value.type.kind) {
      case 'bool':
        if (verb === 't' || verb === 'v') this.fmt.boolean(reader.lo(value) !== 0);
        else this.badVerb(value, verb);
        return;
      case 'float32':
      case 'float64':
        return this.float(value, verb);
      case 'string':
        return this.string(value, reader.string(value), verb);
      case 'map':
        return this.map(value, verb, depth);
      case 'struct':
        return this.struct(value, verb, depth);
      case 'interface':
        return this.interface(value, verb, depth);
      case 'array':
      case 'slice':
        return this.list(value, verb, depth);
      case 'pointer':
        if (depth === 0 && reader.lo(value) !== 0 && this.isComposite(value)) {
          this.fmt.write('&');
          this.printValue(reader.target(value), verb, depth + 1);
          return;
        }
        return this.pointer(value, verb);
      case 'chan':
      case 'func':
        return this.pointer(value, verb);
      default:
        if (isInteger(value.type)) this.integer(value, verb);
        else this.fmt.write(`?${value.type.name}?`);
    }
  }

  private isComposite(pointer: Value): boolean {
    const target = this.reader.code.types[pointer.type.elem!]!;
    return ['array', 'slice', 'struct', 'map'].includes(target.kind);
  }

  private integer(value: Value, verb: string): void {
    const { fmt, reader } = this;
    const { i32 } = reader.memory;
    const lo = i32[value.at]!;
    const isPlain = ORDINARY.has(verb) && fmt.width < 0 && fmt.precision < 0 && !fmt.plus && !fmt.space && !fmt.sharpV;
    const isSmall = i32[value.at + 1] === lo >> 31 && (lo >= 0 || isSigned(value.type));
    if (isPlain && isSmall) fmt.write(lo.toString());
    else if (!this.number(reader.integer(value), isSigned(value.type), verb)) this.badVerb(value, verb);
  }

  /** Prints an integer; false when the verb does not suit one. */
  private number(n: bigint, signed: boolean, verb: string): boolean {
    const { fmt } = this;
    if (verb === 'v' && fmt.sharpV && !signed) this.address(n, true);
    else if (ORDINARY.has(verb)) fmt.integer(n, 10, verb);
    else if (verb === 'b') fmt.integer(n, 2, verb);
    else if (verb === 'o' || verb === 'O') fmt.integer(n, 8, verb);
    else if (verb === 'x' || verb === 'X') fmt.integer(n, 16, verb, verb === 'X');
    else if (verb === 'c') fmt.character(n);
    else if (verb === 'q') fmt.quotedCharacter(n);
    else if (verb === 'U') fmt.unicode(n);
    else return false;
    return true;
  }

  private address(n: bigint, leading0x: boolean): void {
    const { sharp } = this.fmt;
    this.fmt.sharp = leading0x;
    this.fmt.integer(n, 16, 'v');
    this.fmt.sharp = sharp;
  }

  private float(value: Value, verb: string): void {
    const size = value.type.kind === 'float32' ? 32 : 64;
    const n = this.reader.float(value);
    if (verb === 'v') this.fmt.float(n, size, 'g', -1);
    else if (verb === 'F') this.fmt.float(n, size, 'f', 6);
    else if ('bgGxX'.includes(verb)) this.fmt.float(n, size, verb, -1);
    else if ('feE'.includes(verb)) this.fmt.float(n, size, verb, 6);
    else this.badVerb(value, verb);
  }

  private string(value: Value, text: string, verb: string): void {
    const { fmt } = this;
    if (verb === 'q' || (verb === 'v' && fmt.sharpV)) fmt.quoted(text);
    else if (verb === 's' || verb === 'v') fmt.string(text);
    else if (verb === 'x' || verb === 'X') fmt.hexadecimal(text, verb === 'X');
    else this.badVerb(value, verb);
  }

  private map(value: Value, verb: string, depth: number): void {
    const { fmt } = this;
    fmt.write(fmt.sharpV ? value.type.name : 'map[');
    if (fmt.sharpV && this.reader.lo(value) === 0) return fmt.write('(nil)');
    if (fmt.sharpV) fmt.write('{');
    this.reader.sortedEntries(value).forEach((entry, i) => {
      this.separate(i);
      this.printValue(entry.key, verb, depth + 1);
      fmt.write(':');
      this.printValue(entry.value, verb, depth + 1);
    });
    fmt.write(fmt.sharpV ? '}' : ']');
  }

  private separate(i: number): void {
    if (i > 0) this.fmt.write(this.fmt.sharpV ? ', ' : ' ');
  }

  private struct(value: Value, verb: string, depth: number): void {
    const { fmt } = this;
    if (fmt.sharpV) fmt.write(value.type.name);
    fmt.write('{');
    value.type.fields!.forEach((field, i) => {
      this.separate(i);
      if ((fmt.plusV || fmt.sharpV) && field.name !== '') fmt.write(field.name + ':');
      this.printValue(this.reader.field(value, i), verb, depth + 1);
    });
    fmt.write('}');
  }

  private interface(value: Value, verb: string, depth: number): void {
    const dynamic = this.reader.dynamic(value);
    if (dynamic) this.printValue(dynamic, verb, depth + 1);
    else this.fmt.write(this.fmt.sharpV ? `${value.type.name}(nil)` : NIL);
  }

  private list(value: Value, verb: string, depth: number): void {
    const { fmt, reader } = this;
    const isBytes = reader.code.types[value.type.elem!]!.kind === 'uint8';
    if (isBytes && 'sqxX'.includes(verb)) return this.bytes(value, verb);
    const isByteSlice = isBytes && value.type.name === '[]uint8' && depth === 0;
    if (fmt.sharpV) fmt.write(isByteSlice ? '[]byte' : value.type.name);
    if (fmt.sharpV && value.type.kind === 'slice' && reader.lo(value) === 0) return fmt.write('(nil)');
    fmt.write(fmt.sharpV ? '{' : '[');
    const n = reader.length(value);
    for (let i = 0; i < n; i++) {
      this.separate(i);
      this.printValue(reader.element(value, i), verb, depth + 1);
    }
    fmt.write(fmt.sharpV ? '}' : ']');
  }

  private bytes(value: Value, verb: string): void {
    const bytes = this.reader.bytes(value);
    if (verb === 's') this.fmt.string(decodeBytes(bytes));
    else if (verb === 'q') this.fmt.quoted(decodeBytes(bytes));
    else this.fmt.hexadecimalBytes(bytes, verb === 'X');
  }

  private pointer(value: Value, verb: string): void {
    const { fmt } = this;
    if (!['pointer', 'chan', 'map', 'func', 'slice'].includes(value.type.kind)) return this.badVerb(value, verb);
    const address = BigInt(visibleAddress(this.reader.lo(value)));
    if (verb === 'p') this.address(address, !fmt.sharp);
    else if (verb !== 'v') {
      if (!'bodxX'.includes(verb) || !this.number(address, false, verb)) this.badVerb(value, verb);
    } else if (fmt.sharpV) {
      fmt.write(`(${value.type.name})(`);
      if (address === 0n) fmt.write('nil');
      else this.address(address, true);
      fmt.write(')');
    } else if (address === 0n) fmt.pad(NIL);
    else this.address(address, !fmt.sharp);
  }
}
