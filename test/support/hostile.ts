/** This file makes texts that try to deceive or to do things to a terminal, a page or a picture, and finds what of them came through. */
import fc from 'fast-check';

const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));

/** Characters that must never reach a reader, one by one: the list does not come from the function under test. */
export const HOSTILE: readonly string[] = [
  ...range(0x00, 0x08),
  ...range(0x0b, 0x1f), // C0 but tab and line feed
  ...range(0x7f, 0x9f), // DEL and C1
  '\u00ad', '\u061c', '\u180e', '\ufeff', '\u3164', '\u115f', '\uffa0', '\ufff9',
  ...range(0x200b, 0x200f),
  ...range(0x2028, 0x202e),
  ...range(0x2060, 0x206f),
  '\u{e0001}', '\u{e0041}',
  '\ud800', '\udbff', '\udc00', '\udcff', '\uffff',
]; // prettier-ignore

const FOUND = new RegExp(
  HOSTILE.map((c) => (c.length === 1 ? `\\u{${c.charCodeAt(0).toString(16)}}` : c)).join('|'),
  'u',
);

/** The joiner between two emoji is seen: as one emoji. */
const JOINED = /(?<=\p{Extended_Pictographic})\u200d(?=\p{Extended_Pictographic})/gu;

/** Whether any of them is in a text. */
export function hasHostile(text: string): boolean {
  return FOUND.test(text.replace(JOINED, ''));
}

/** Texts with some of them among markup, links, icons and ordinary words. */
export function hostileText(): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc.constantFrom('a', 'mu', ' ', '\n', '\t', '"', '<b>', '&', '](command:x)', '$(bug)', '`', 'é', 'ש', '👩‍🚀', '\\'),
  );
  return fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
} // prettier-ignore
