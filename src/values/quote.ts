/** This file quotes strings and characters as Go's strconv does. Texts are in the form of base/utf8.ts: escaped bytes stand for invalid UTF-8. */
import { isEscapedByte } from '../base/utf8';

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** strconv.IsPrint. */
export function isPrint(rune: number): boolean {
  if (rune >= 0x20 && rune < 0x7f) return true;
  return rune > 0x7f && rune <= 0x10ffff && PRINTABLE.test(String.fromCodePoint(rune));
}

const SHORT: Readonly<Record<number, string>> = {
  7: '\\a', 8: '\\b', 12: '\\f', 10: '\\n', 13: '\\r', 9: '\\t', 11: '\\v',
}; // prettier-ignore

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

function escapeRune(rune: number, quote: string, ascii: boolean): string {
  if (isEscapedByte(rune)) return '\\x' + hex(rune - 0xdc00, 2);
  if (rune === quote.charCodeAt(0) || rune === 0x5c) return '\\' + String.fromCharCode(rune);
  if (rune < 0x80 ? isPrint(rune) : !ascii && isPrint(rune)) return String.fromCodePoint(rune);
  const short = SHORT[rune];
  if (short !== undefined) return short;
  if (rune < 0x20 || rune === 0x7f) return '\\x' + hex(rune, 2);
  return rune < 0x10000 ? '\\u' + hex(rune, 4) : '\\U' + hex(rune, 8);
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
