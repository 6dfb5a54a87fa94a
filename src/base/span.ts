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
    return { line: line + 1, column: utf8Length(this.text.slice(start, start + column)) + 1 };
  }
}

/** Number of bytes of `text` in UTF-8; an unpaired surrogate counts 3 (as U+FFFD). */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
