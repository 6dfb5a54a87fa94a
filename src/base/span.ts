/** This file defines source positions: half-open ranges of UTF-16 offsets, and their lines and columns. */

/** Half-open range `[start, end)` of UTF-16 offsets into one source file's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Zero-based line and UTF-16 column, as editors count. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** A source text with the index that turns offsets into lines. Immutable. */
export class SourceFile {
  /** Offset of the first character of each line; `lineStarts[0] === 0`. */
  readonly lineStarts: readonly number[];

  constructor(
    /** Path or name as the user sees it, e.g. `counter.lane`. */
    readonly name: string,
    readonly text: string,
  ) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === 10) starts.push(i + 1);
    this.lineStarts = starts;
  }

  /** Zero-based line and column of an offset; offsets outside the text are clamped. */
  position(offset: number): LineColumn {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStarts[middle]! <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: clamped - this.lineStarts[low]! };
  }

  /** One-based line and one-based column in UTF-8 bytes, as Go prints them. */
  goPosition(offset: number): { line: number; column: number } {
    const { line, column } = this.position(offset);
    const start = this.lineStarts[line]!;
    const bytes = column <= BLOCK ? utf8Length(this.text.slice(start, start + column)) : this.bytesBetween(start, start + column); // prettier-ignore
    return { line: line + 1, column: bytes + 1 };
  }

  /** Bytes before each block of the text; made for the first place far out in a line. */
  private blocks?: readonly number[];

  private bytesBetween(start: number, end: number): number {
    this.blocks ??= bytesBeforeBlocks(this.text);
    return this.bytesBefore(end, this.blocks) - this.bytesBefore(start, this.blocks);
  }

  private bytesBefore(offset: number, blocks: readonly number[]): number {
    const block = Math.floor(offset / BLOCK);
    return blocks[block]! + bytesOf(this.text, block * BLOCK, offset);
  }
}

/** UTF-16 units in a block; no place is counted out over more than that. */
const BLOCK = 1024;

function bytesBeforeBlocks(text: string): number[] {
  const blocks = [0];
  for (let at = 0; at + BLOCK <= text.length; at += BLOCK)
    blocks.push(blocks[blocks.length - 1]! + bytesOf(text, at, at + BLOCK));
  return blocks;
}

/** As {@link utf8Length} of a part of a text that may begin or end inside a pair of surrogates: the pair counts where it begins. */
function bytesOf(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (isLow(code) && isHigh(text.charCodeAt(i - 1))) continue;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : isHigh(code) && isLow(text.charCodeAt(i + 1)) ? 4 : 3;
  }
  return bytes;
}

const isHigh = (code: number): boolean => code >= 0xd800 && code < 0xdc00;
const isLow = (code: number): boolean => code >= 0xdc00 && code < 0xe000;

/** Number of bytes of `text` in UTF-8; an unpaired surrogate counts 3 (as U+FFFD). */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
