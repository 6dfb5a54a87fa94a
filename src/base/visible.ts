/**
 * This file makes text that somebody else wrote safe to look at: whatever would move the cursor, reorder the line or not be seen at all is shown escaped,
 * as Go's %q shows it. Names of files and tests, labels, panics, strings of the program and output in the panel all pass through here where they are shown.
 *
 * Why: a control character makes a terminal do things (ECMA-48 escape sequences); a bidirectional control makes text read otherwise than it is
 * ("Trojan Source", CVE-2021-42574, Boucher and Anderson 2021); an ignorable character makes two names look the same. The set follows
 * Unicode Technical Standard 55, Source Code Handling, and the properties of UAX 44.
 *
 * It is done at the sinks, not where text comes in: a name must stay what it is as long as programs compare it, and there are few sinks. These are the
 * streams of the command line (cli/io.ts), the writer of XML (report/xml.ts), JSON ({@link visibleJson}), the virtual nodes and the canvas of the panel
 * (webview/), and whatever the host hands to the editor (host/words.ts).
 */
import { isEscapedByte } from './utf8';

/** What need not be looked at closer. */
const PLAIN = /^[\n\t\x20-\x7e]*$/;

/** Controls, unpaired surrogates, separators of lines, what Unicode says may be ignored, reorders, or is no character at all. */
const HIDDEN_SET =
  '[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\p{Bidi_Control}\\p{Noncharacter_Code_Point}\\ufff9-\\ufffb]';

/** Of those, what is seen as part of an emoji (UTS 51): the selector after one, the joiner between two, and the selector within a keycap. */
const PART_OF_EMOJI = [
  '(?<=\\p{Extended_Pictographic})[\\ufe0e\\ufe0f]',
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})',
  '(?<=[#*0-9])\\ufe0f(?=\\u20e3)',
].join('|');

const HIDDEN = new RegExp(`(?!${PART_OF_EMOJI})${HIDDEN_SET}`, 'gu');

const SHORT: Readonly<Record<string, string>> = {
  '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v',
}; // prettier-ignore

/** A text as it may be shown on several lines: line feeds and tabs stay, `\r\n` is a line feed, all else that is hidden is escaped. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replaceAll('\r\n', '\n').replace(HIDDEN, (character) => (LAYOUT.has(character) ? character : escaped(character)));
} // prettier-ignore

/** A text as it may be shown within a line: line feeds and tabs are escaped, too. */
export function visibleLine(text: string): string {
  return PLAIN_LINE.test(text) ? text : text.replace(HIDDEN, escaped);
}

/** The same JSON with what is hidden in its strings written as `\u` and four digits: nothing to look at changes what is read. */
export function visibleJson(json: string): string {
  if (PLAIN.test(json)) return json;
  return json.replace(HIDDEN, (character) => (LAYOUT.has(character) ? character : units(character)));
}

const LAYOUT: ReadonlySet<string> = new Set(['\n', '\t']);
const PLAIN_LINE = /^[\x20-\x7e]*$/;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** A character as an escape of Go's; a byte outside of UTF-8 (base/utf8.ts) as `\x` and its two digits. */
export function escaped(character: string): string {
  const code = character.codePointAt(0)!;
  if (isEscapedByte(code)) return '\\x' + hex(code & 0xff, 2);
  if (Object.hasOwn(SHORT, character)) return SHORT[character]!;
  if (code < 0x80) return '\\x' + hex(code, 2);
  return code < 0x10000 ? '\\u' + hex(code, 4) : '\\U' + hex(code, 8);
}

/** UTF-16 units as JSON escapes them. */
function units(character: string): string {
  return Array.from({ length: character.length }, (_, i) => '\\u' + hex(character.charCodeAt(i), 4)).join('');
}
