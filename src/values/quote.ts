/** This file quotes strings and characters as Go's strconv does. Texts are in the form of base/utf8.ts: escaped bytes stand for invalid UTF-8. */
import { isEscapedByte } from '../base/utf8';
import { escaped } from '../base/visible';

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** strconv.IsPrint. */
export function isPrint(rune: number): boolean {
  if (rune >= 0x20 && rune < 0x7f) return true;
  return rune > 0x7f && rune <= 0x10ffff && PRINTABLE.test(String.fromCodePoint(rune));
}

function escapeRune(rune: number, quote: string, ascii: boolean): string {
  if (rune === quote.charCodeAt(0) || rune === 0x5c) return '\\' + String.fromCharCode(rune);
  if (rune < 0x80 ? isPrint(rune) : !ascii && isPrint(rune)) return String.fromCodePoint(rune);
  return escaped(String.fromCodePoint(rune));
}

/** A double-quoted Go string literal; with `ascii` everything beyond ASCII is escaped. */
export function quoteString(text: string, ascii: boolean): string {
  let quoted = '"';
  for (const character of text) quoted += escapeRune(character.codePointAt(0)!, '"', ascii);
  return quoted + '"';
}

/** A single-quoted Go character literal; values that are no character become U+FFFD. */
export function quoteRune(rune: number, ascii: boolean): string {
  const valid = rune >= 0 && rune <= 0x10ffff && (rune < 0xd800 || rune > 0xdfff);
  return `'${escapeRune(valid ? rune : 0xfffd, "'", ascii)}'`;
}

/** Whether the text can stand unchanged between back quotes. */
export function canBackquote(text: string): boolean {
  for (const character of text) {
    const rune = character.codePointAt(0)!;
    if (isEscapedByte(rune) || rune === 0xfeff || rune === 0x60 || rune === 0x7f) return false;
    if (rune < 0x20 && rune !== 9) return false;
  }
  return true;
}
