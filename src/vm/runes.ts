/** This file turns code points into UTF-8 and back, one at a time, as Go's range and conversions do. */

/** What invalid UTF-8 decodes to. */
const RUNE_ERROR = 0xfffd;

/** Appends the UTF-8 bytes of a code point; what is no code point becomes U+FFFD, as in Go. */
export function pushRune(bytes: number[], rune: number): void {
  let code = rune;
  if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) code = RUNE_ERROR;
  if (code < 0x80) bytes.push(code);
  else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
  else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
}

/**
 * Decodes the rune at `at` of the bytes that end before `end`: `rune * 8 + width`. An invalid byte is U+FFFD of width 1
 * (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
 */
export function decodeRune(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return first * 8 + 1;
  const invalid = RUNE_ERROR * 8 + 1;
  const width = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + width > end) return invalid;
  let rune = first & (0x7f >> width);
  for (let i = 1; i < width; i++) {
    const next = bytes[at + i]!;
    if ((next & 0xc0) !== 0x80) return invalid;
    rune = (rune << 6) | (next & 63);
  }
  if (width === 3 && (rune < 0x800 || (rune >= 0xd800 && rune <= 0xdfff))) return invalid;
  if (width === 4 && (rune < 0x10000 || rune > 0x10ffff)) return invalid;
  return rune * 8 + width;
}
