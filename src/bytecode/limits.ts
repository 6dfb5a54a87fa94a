/** This file lists what code may not exceed, and says so where a program does. */
import type { Span } from '../base/span';

/** Slots of a frame: Go's limit of 1 GB. */
export const MAX_FRAME_SLOTS = 2 ** 27;
/** Words of all instructions. Text of 2 MB makes a quarter. */
export const MAX_CODE_WORDS = 2 ** 24;
/** Bytes of all string constants. */
export const MAX_DATA_BYTES = 2 ** 25;

/** A program that is larger than code can be; `file` and `span`: what the limit was met at. */
export class CodeLimit extends Error {
  constructor(
    message: string,
    readonly file: number,
    readonly span: Span,
  ) {
    super(message);
    this.name = 'CodeLimit';
  }
}

const megabytes = (slots: number): number => Math.floor((slots * 8) / 2 ** 20);

/** As Go says it, with a slot of 8 bytes for every element and field. */
export function frameTooLarge(frameSlots: number, argumentSlots: number): string {
  const locals = megabytes(frameSlots - argumentSlots);
  return `stack frame too large (>1GB): ${locals} MB locals + ${megabytes(argumentSlots)} MB args`;
}

export const CODE_TOO_LARGE = `code too large: the program has more than ${MAX_CODE_WORDS / 4} instructions`;
export const DATA_TOO_LARGE = `data too large: the string constants have more than ${MAX_DATA_BYTES} bytes`;
