/** This file prints operands one after the other, as Go's Print and Println do. */
import type { Printer } from './printer';
import type { Reader, Value } from './reader';

/** The elements of a `[]any`; an undefined one is nil. */
export interface Operands {
  /** Word address of the first. */
  readonly first: number;
  readonly count: number;
  at(i: number): Value | undefined;
}

export function operands(reader: Reader, first: number, count: number): Operands {
  return { first, count, at: (i) => reader.held(first + i * 4) };
}

/** The operands in the slice whose value is at a word address. */
export function operandsAt(reader: Reader, slice: number): Operands {
  const { i32 } = reader.memory;
  return operands(reader, i32[slice]!, i32[slice + 2]!);
}

/** Spaces between operands of which neither is a string (Print), or between all (Println). */
export class Line {
  constructor(
    readonly operands: Operands,
    readonly isLine: boolean,
    /** Operands printed so far. */
    public index = 0,
  ) {}

  next(printer: Printer): boolean {
    const i = this.index++;
    const { operands } = this;
    if (i >= operands.count) {
      if (this.isLine) printer.fmt.write('\n');
      return false;
    }
    const operand = operands.at(i);
    if (i > 0 && (this.isLine || !(isString(operand) || isString(operands.at(i - 1))))) printer.fmt.write(' ');
    printer.printArg(operand, 'v');
    return true;
  }
}

function isString(operand: Value | undefined): boolean {
  return operand?.type.kind === 'string';
}
