/** This file writes values as the built-ins print and println do, and as Go's runtime writes the value of a panic: in the runtime's own spare style. */
import type { RuntimeType } from '../bytecode/code';
import { formatBuiltinFloat } from './float';
import { operandsAt } from './operands';
import { isInteger, type Reader, type Value, visibleAddress } from './reader';

const address = (word: number): string => '0x' + visibleAddress(word).toString(16);

/** A value of a basic type; undefined for others. */
function basicText(reader: Reader, value: Value): string | undefined {
  const { kind } = value.type;
  if (isInteger(value.type)) return reader.integer(value).toString();
  if (kind === 'bool') return reader.lo(value) !== 0 ? 'true' : 'false';
  if (kind === 'float32' || kind === 'float64')
    return formatBuiltinFloat(reader.float(value), kind === 'float32' ? 32 : 64);
  return kind === 'string' ? reader.string(value) : undefined;
}

/** One operand of print or println. */
export function builtinText(reader: Reader, value: Value): string {
  const basic = basicText(reader, value);
  if (basic !== undefined) return basic;
  const { i32 } = reader.memory;
  const { at, type } = value;
  if (type.kind === 'slice') return `[${i32[at + 2]}/${i32[at + 3]}]${address(i32[at]!)}`;
  if (type.kind === 'interface') return `(${address(i32[at]!)},${address(i32[at + 2]!)})`;
  return address(reader.lo(value));
}

/** The built-in println (with `separator` ' ' and `end` '\n') or print ('' and ''). @param slice word address of a `[]any` value. */
export function builtinLine(reader: Reader, slice: number, separator = ' ', end = '\n'): string {
  const operands = operandsAt(reader, slice);
  const texts = Array.from({ length: operands.count }, (_, i) => {
    const operand = operands.at(i);
    return operand ? builtinText(reader, operand) : 'nil';
  });
  return texts.join(separator) + end;
}

/** The value of a panic, an interface at a word address, when it has no Error or String method (printpanicval of Go's runtime/error.go). */
export function panicValueText(reader: Reader, at: number): string {
  const value = reader.held(at);
  if (value === undefined) return 'nil';
  const { type } = value;
  if (type.index === reader.code.runtimeErrorType) return reader.string(value);
  const text = basicText(reader, value);
  if (text === undefined) return `(${type.name}) ${address(reader.memory.i32[at + 2]!)}`;
  return isPredeclared(type) ? text : named(type, text);
}

function isPredeclared(type: RuntimeType): boolean {
  return !type.name.includes('.');
}

function named(type: RuntimeType, text: string): string {
  return type.kind === 'string' ? `${type.name}("${text}")` : `${type.name}(${text})`;
}
