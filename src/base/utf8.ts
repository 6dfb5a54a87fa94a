/**
 * This file turns bytes into text and back without loss: valid UTF-8 becomes the characters it encodes, and each byte that is not part of
 * valid UTF-8 becomes the lone surrogate U+DC00 + byte (Python's `surrogateescape`). Valid UTF-8 never yields such a character,
 * because encoded surrogates are themselves invalid UTF-8; so encoding gives the very same bytes again.
 */

const ESCAPE = 0xdc00;
/** Plain bytes that are made text at once, from so many on: made one by one, a long text is a chain of as many objects. */
const LONG = 32;
const PIECE = 1024;

/** Text of `bytes[start, end)`. */
export function decodeBytes(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  let i = start;
  while (i < end) {
    const first = bytes[i]!;
    if (first < 0x80) {
      const plain = asciiEnd(bytes, i, Math.min(end, i + PIECE));
      if (plain - i >= LONG)
        text += String.fromCharCode.apply(undefined, bytes.subarray(i, plain) as unknown as number[]);
      else for (let at = i; at < plain; at++) text += String.fromCharCode(bytes[at]!);
      i = plain;
      continue;
    }
    const length = sequenceLength(bytes, i, end);
    if (length === 1) text += String.fromCharCode(ESCAPE + first);
    else text += String.fromCodePoint(codePoint(bytes, i, length));
    i += length;
  }
  return text;
}

function asciiEnd(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && bytes[i]! < 0x80) i++;
  return i;
}

/** Bytes of a text; an escaped byte becomes itself, any other lone surrogate U+FFFD. */
export function encodeBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  return bytes.subarray(0, encodeInto(bytes, 0, text));
}

/** As {@link encodeBytes}, to where {@link encodedLength} bytes from `start` on are free; @returns where they end. */
export function encodeInto(bytes: Uint8Array, start: number, text: string): number {
  let n = start;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i)!;
    if (code < 0x80) bytes[n++] = code;
    else if (isEscapedByte(code)) bytes[n++] = code - ESCAPE;
    else {
      n = putRune(bytes, n, code);
      if (code > 0xffff) i++;
    }
  }
  return n;
}

/** How many bytes {@link encodeBytes} makes of a text. */
export function encodedLength(text: string): number {
  let n = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // A pair of surrogates is two units and four bytes; an escaped byte is one of each.
    if (unit < 0x80 || isEscapedByte(unit)) continue;
    const isPair = unit >= 0xd800 && unit < 0xdc00 && (text.codePointAt(i) ?? 0) > 0xffff;
    n += unit < 0x800 ? 1 : 2;
    if (isPair) i++;
  }
  return n;
}

/** Whether a code point stands for a byte outside valid UTF-8. */
export function isEscapedByte(code: number): boolean {
  return code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff;
}

function putRune(bytes: Uint8Array, at: number, code: number): number {
  let n = at;
  const rune = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
  if (rune < 0x800) {
    bytes[n++] = 0xc0 | (rune >> 6);
  } else if (rune < 0x10000) {
    bytes[n++] = 0xe0 | (rune >> 12);
    bytes[n++] = 0x80 | ((rune >> 6) & 0x3f);
  } else {
    bytes[n++] = 0xf0 | (rune >> 18);
    bytes[n++] = 0x80 | ((rune >> 12) & 0x3f);
    bytes[n++] = 0x80 | ((rune >> 6) & 0x3f);
  }
  bytes[n++] = 0x80 | (rune & 0x3f);
  return n;
}

/** Bytes in the valid sequence that starts at `i` with a byte ≥ 0x80; 1 when there is none (Unicode 15, table 3-7). */
function sequenceLength(bytes: Uint8Array, i: number, end: number): number {
  const first = bytes[i]!;
  const second = i + 1 < end ? bytes[i + 1]! : 0;
  const continues = (at: number): boolean => at < end && (bytes[at]! & 0xc0) === 0x80;
  if (first >= 0xc2 && first <= 0xdf) return continues(i + 1) ? 2 : 1;
  if (first >= 0xe0 && first <= 0xef) {
    const low = first === 0xe0 ? 0xa0 : 0x80;
    const high = first === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && continues(i + 2) ? 3 : 1;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const low = first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xf4 ? 0x8f : 0xbf;
    return second >= low && second <= high && continues(i + 2) && continues(i + 3) ? 4 : 1;
  }
  return 1;
}

function codePoint(bytes: Uint8Array, i: number, length: number): number {
  let code = bytes[i]! & (0xff >> (length + 1));
  for (let k = 1; k < length; k++) code = (code << 6) | (bytes[i + k]! & 0x3f);
  return code;
}
