/**
 * This file converts string constants between JavaScript strings and bytes. A byte that is not part of valid UTF-8
 * is kept as a lone surrogate, U+DC00 plus the byte (as Python's surrogateescape does), so that nothing is lost.
 */

const RAW_BYTE = /[\udc80-\udcff]/;

/** `x + y`: raw bytes at the seam that together are UTF-8 become characters. */
export function concat(x: string, y: string): string {
  // Only `y` is looked at as a rule: looking into a long string that was just joined copies it, and it may be joined again.
  return RAW_BYTE.test(y.charAt(0)) ? joinBytes(x + y) : x + y;
}

/** Joins raw bytes that together are UTF-8 into characters. */
export function joinBytes(text: string): string {
  return RAW_BYTE.test(text) ? decodeBytes(encodeBytes(text)) : text;
}

/** Number of bytes of the string. */
export function byteLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // A surrogate pair is four bytes in two units, one that stands for a byte is one, and any other alone is U+FFFD.
    if (unit < 0x80) continue;
    if (unit < 0x800) length++;
    else if (unit < 0xd800 || unit > 0xdfff) length += 2;
    else if (isPair(text, i)) {
      length += 2;
      i++;
    } else if (unit < 0xdc80 || unit > 0xdcff) length += 2;
  }
  return length;
}

function isPair(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  return text.charCodeAt(at) < 0xdc00 && next >= 0xdc00 && next <= 0xdfff;
}

/** The bytes of the string: UTF-8, lone surrogates back to the bytes they stand for. */
export function encodeBytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00);
    else if (code >= 0xd800 && code <= 0xdfff) bytes.push(0xef, 0xbf, 0xbd);
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
  return bytes;
}

/** The string of the bytes; the inverse of {@link encodeBytes}. */
export function decodeBytes(bytes: ArrayLike<number>): string {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes, i);
    text += length === 0 ? String.fromCharCode(0xdc00 + bytes[i]!) : String.fromCodePoint(decodeOne(bytes, i, length));
    i += length || 1;
  }
  return text;
}

function decodeOne(bytes: ArrayLike<number>, at: number, length: number): number {
  let code = length === 1 ? bytes[at]! : bytes[at]! & (0x7f >> length);
  for (let k = 1; k < length; k++) code = (code << 6) | (bytes[at + k]! & 0x3f);
  return code;
}

/** Length of the valid UTF-8 sequence at `at`, 0 if there is none. */
function sequenceLength(bytes: ArrayLike<number>, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let k = 1; k < length; k++) if ((bytes[at + k]! & 0xc0) !== 0x80) return 0;
  const code = decodeOne(bytes, at, length);
  const tooSmall = (length === 3 && code < 0x800) || (length === 4 && (code < 0x10000 || code > 0x10ffff));
  return tooSmall || (code >= 0xd800 && code <= 0xdfff) ? 0 : length;
}
