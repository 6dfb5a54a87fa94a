/** This file defines how an instruction gives up: a Go panic that it starts, or a fatal error that ends the program. */
import type { FailureCode } from '../event/failure';

/** Thrown by an instruction whose effect is a run-time panic; `run` turns it into a panic of the goroutine. Text as Go's, `runtime error: ` included. */
export class GoPanic extends Error {
  constructor(
    readonly code: FailureCode,
    readonly text: string,
  ) {
    super(text);
  }
}

/** Thrown when the goroutine's stack would exceed its limit, in bytes. */
export class StackOverflow extends Error {
  /** What Go prints before the fatal error. */
  readonly notice: string;

  constructor(limit: number) {
    super('stack overflow');
    this.notice = `runtime: goroutine stack exceeds ${limit}-byte limit`;
  }
}

export const NIL_DEREFERENCE = 'runtime error: invalid memory address or nil pointer dereference';

/** Panic texts of Go's runtime. */
export const fault = {
  nil: () => new GoPanic('panic.nil-pointer', NIL_DEREFERENCE),
  divide: () => new GoPanic('panic.divide', 'runtime error: integer divide by zero'),
  shift: () => new GoPanic('panic.shift', 'runtime error: negative shift amount'),
  index: (index: bigint | number, length: number) =>
    new GoPanic(
      'panic.index',
      `runtime error: index out of range [${index}]${index < 0 ? '' : ` with length ${length}`}`,
    ),
  nilMap: () => new GoPanic('panic.nil-map', 'assignment to entry in nil map'),
  makeSliceLen: () => new GoPanic('panic.make', 'runtime error: makeslice: len out of range'),
  makeSliceCap: () => new GoPanic('panic.make', 'runtime error: makeslice: cap out of range'),
  growSlice: () => new GoPanic('panic.make', 'runtime error: growslice: len out of range'),
  arrayLength: (length: number, wanted: number) =>
    new GoPanic(
      'panic.array-length',
      `runtime error: cannot convert slice with length ${length} to array or pointer to array with length ${wanted}`,
    ),
  unhashable: (type: string) => new GoPanic('panic.unhashable', `runtime error: hash of unhashable type ${type}`),
  unhashableInEmpty: (error: GoPanic) =>
    new GoPanic(error.code, error.text.replace('runtime error: hash of unhashable type ', 'hash of unhashable type: ')),
  uncomparable: (type: string) =>
    new GoPanic('panic.uncomparable', `runtime error: comparing uncomparable type ${type}`),
} as const;
