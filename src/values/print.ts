/**
 * This file starts the printing of what stands in simulated memory, exactly as Go's fmt package does it.
 *
 * Texts are JavaScript strings in the form of base/utf8.ts: bytes outside valid UTF-8 are lone surrogates U+DC80…U+DCFF, so that
 * `encodeBytes(text)` gives the very bytes that Go would write.
 */
import { encodeBytes } from '../base/utf8';
import { Directives } from './directives';
import { Line, operandsAt } from './operands';
import { Printer, type Caller } from './printer';
import type { Reader } from './reader';

/** fmt.Sprint. @param slice word address of a `[]any` value. */
export function printing(reader: Reader, slice: number, caller?: Caller): Printer {
  return new Printer(reader, new Line(operandsAt(reader, slice), false), caller);
}

/** fmt.Sprintln. @param slice word address of a `[]any` value. */
export function printingLine(reader: Reader, slice: number, caller?: Caller): Printer {
  return new Printer(reader, new Line(operandsAt(reader, slice), true), caller);
}

/** fmt.Sprintf. @param format UTF-8. @param slice word address of a `[]any` value. */
export function printingFormat(reader: Reader, format: Uint8Array, slice: number, caller?: Caller): Printer {
  return new Printer(reader, new Directives(operandsAt(reader, slice), format), caller);
}

/** One value as `Printf(directive, value)` prints it, for instance `%v` or `%+v`, but without calling methods of the program. @throws NestedTooDeep */
export function valueText(reader: Reader, typeIndex: number, at: number, directive = '%v'): string {
  const value = reader.value(typeIndex, at);
  const operand = value.type.kind === 'interface' ? reader.dynamic(value) : value;
  const root = new Directives({ count: 1, first: 0, at: () => operand }, encodeBytes(directive));
  const printer = new Printer(reader, root);
  printer.run();
  return printer.fmt.out;
}
