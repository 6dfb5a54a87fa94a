/**
 * This file formats values of simulated memory exactly as Go's fmt package and the print built-ins do.
 *
 * Texts are JavaScript strings in the form of base/utf8.ts: bytes outside valid UTF-8 are lone surrogates U+DC80…U+DCFF, so that
 * `encodeBytes(text)` gives the very bytes that Go would write.
 */
import type { Memory } from '../base/memory';
import type { Code } from '../bytecode/code';
import { formatBuiltinFloat } from './format/float';
import { printFormatted } from './format/printf';
import type { Operand } from './format/printf';
import { Printer } from './format/printer';
import { Reader, isInteger, visibleAddress } from './format/value';
import type { FormatHooks, Value } from './format/value';

export { readString, writeString, visibleAddress } from './format/value';
export type { FormatHooks } from './format/value';
export { formatDuration } from './format/duration';
export { formatFloat } from './format/float';
export { quoteRune, quoteString } from './format/quote';

/** The operands in a `[]any` whose slice value is at a word address. */
function operandsAt(reader: Reader, slice: number): Operand[] {
  const { i32 } = reader.memory;
  const first = i32[slice]!;
  const n = i32[slice + 2]!;
  return Array.from({ length: n }, (_, i) => operandAt(reader, first + i * 4));
}

function operandAt(reader: Reader, at: number): Operand {
  const tag = reader.memory.i32[at]!;
  if (tag === 0) return undefined;
  const type = reader.code.types[tag - 1]!;
  return { type, at: type.slots === 1 ? at + 2 : reader.memory.i32[at + 2]!, exported: true };
}

const printer = (memory: Memory, code: Code, hooks: FormatHooks): Printer =>
  new Printer(new Reader(memory, code, hooks));

/** fmt.Sprintln. @param slice word address of a `[]any` value. */
export function formatPrintln(memory: Memory, code: Code, slice: number, hooks: FormatHooks = {}): string {
  const p = printer(memory, code, hooks);
  operandsAt(p.reader, slice).forEach((operand, i) => {
    if (i > 0) p.fmt.write(' ');
    p.printArg(operand, 'v');
  });
  return p.fmt.out + '\n';
}

/** fmt.Sprint: spaces only between operands of which neither is a string. */
export function formatPrint(memory: Memory, code: Code, slice: number, hooks: FormatHooks = {}): string {
  const p = printer(memory, code, hooks);
  let afterString = false;
  operandsAt(p.reader, slice).forEach((operand, i) => {
    const isString = operand?.type.kind === 'string';
    if (i > 0 && !isString && !afterString) p.fmt.write(' ');
    p.printArg(operand, 'v');
    afterString = isString;
  });
  return p.fmt.out;
}

/** fmt.Sprintf. @param slice word address of a `[]any` value. */
export function formatPrintf(
  memory: Memory,
  code: Code,
  format: string,
  slice: number,
  hooks: FormatHooks = {},
): string {
  const p = printer(memory, code, hooks);
  printFormatted(p, format, operandsAt(p.reader, slice));
  return p.fmt.out;
}

/** One value as `Printf(directive, value)` prints it, for instance `%v` or `%+v`. */
export function formatValue(
  memory: Memory,
  code: Code,
  typeIndex: number,
  at: number,
  directive = '%v',
  hooks: FormatHooks = {},
): string {
  const p = printer(memory, code, hooks);
  const value: Value = p.reader.value(typeIndex, at);
  const operand = value.type.kind === 'interface' ? p.reader.dynamic(value) : value;
  printFormatted(p, directive, [operand]);
  return p.fmt.out;
}

/** One operand of the built-ins print and println, in the runtime's own spare style. */
export function formatBuiltin(memory: Memory, code: Code, typeIndex: number, at: number): string {
  const reader = new Reader(memory, code, {});
  const value = reader.value(typeIndex, at);
  const { kind } = value.type;
  if (isInteger(value.type)) return reader.integer(value).toString();
  if (kind === 'bool') return reader.lo(value) !== 0 ? 'true' : 'false';
  if (kind === 'float32' || kind === 'float64')
    return formatBuiltinFloat(reader.float(value), kind === 'float32' ? 32 : 64);
  if (kind === 'string') return reader.string(value);
  const address = (word: number): string => '0x' + visibleAddress(word).toString(16);
  const { i32 } = memory;
  if (kind === 'slice') return `[${i32[at + 2]}/${i32[at + 3]}]${address(i32[at]!)}`;
  if (kind === 'interface') return `(${address(i32[at]!)},${address(i32[at + 2]!)})`;
  return address(reader.lo(value));
}

/** The built-in println (with `separator` ' ' and `end` '\n') or print ('' and ''). @param slice word address of a `[]any` value. */
export function formatPrintlnBuiltin(memory: Memory, code: Code, slice: number, separator = ' ', end = '\n'): string {
  const operands = operandsAt(new Reader(memory, code, {}), slice);
  const texts = operands.map((value) => (value ? formatBuiltin(memory, code, value.type.index, value.at) : 'nil'));
  return texts.join(separator) + end;
}
