/** This file scans string and rune literals, with their escapes. */
import { MAX_ERRORS } from './diagnostic';
import type { LiteralError } from './scanner-number';
import { digitValue } from './scanner-number';

export interface TextScan {
  readonly end: number;
  readonly errors: readonly (LiteralError & {
    code: 'syntax.invalid-escape' | 'syntax.invalid-rune' | 'syntax.unterminated';
  })[];
}

type TextError = TextScan['errors'][number];

/** Scans the interpreted string that begins at `start`. It ends at its quote, or before a line end. */
export function scanString(text: string, start: number): TextScan {
  const errors: TextError[] = [];
  let at = start + 1;
  for (;;) {
    const c = text[at];
    if (c === '"') return { end: at + 1, errors };
    if (c === '\\') {
      at = scanEscape(text, at, '"', errors);
    } else if (c === undefined || c === '\n') {
      const end = c === '\n' && text[at - 1] === '\r' ? at - 1 : at;
      errors.push({
        code: 'syntax.unterminated',
        message: c === '\n' ? 'newline in string' : 'string not terminated',
        start,
        end,
      });
      return { end, errors };
    } else at++;
  }
}

/** Scans the raw string that begins at `start`. */
export function scanRawString(text: string, start: number): TextScan {
  const close = text.indexOf('`', start + 1);
  if (close >= 0) return { end: close + 1, errors: [] };
  return {
    end: text.length,
    errors: [{ code: 'syntax.unterminated', message: 'string not terminated', start, end: text.length }],
  };
}

/** Scans the rune literal that begins at `start`. */
export function scanRune(text: string, start: number): TextScan {
  const errors: TextError[] = [];
  let at = start + 1;
  for (let count = 0; ; count++) {
    const c = text[at];
    if (c === "'") {
      const message = count === 0 ? "empty rune literal or unescaped '" : 'more than one character in rune literal';
      if (count !== 1 && errors.length === 0) errors.push({ code: 'syntax.invalid-rune', message, start, end: at + 1 });
      return { end: at + 1, errors };
    }
    if (c === '\\') {
      at = scanEscape(text, at, "'", errors);
    } else if (c === undefined || c === '\n') {
      const end = c === '\n' && text[at - 1] === '\r' ? at - 1 : at;
      const message = c === '\n' ? 'newline in rune literal' : 'rune literal not terminated';
      if (errors.length === 0) errors.push({ code: 'syntax.unterminated', message, start, end });
      return { end, errors };
    } else at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  }
}

const escapeForms: Readonly<Record<string, { digits: number; base: number; name: string }>> = {
  x: { digits: 2, base: 16, name: 'hexadecimal' },
  u: { digits: 4, base: 16, name: 'hexadecimal' },
  U: { digits: 8, base: 16, name: 'hexadecimal' },
};
const octalForm = { digits: 3, base: 8, name: 'octal' };

/** Scans the escape whose backslash is at `start`; returns the offset after it. An end of the text is left to the caller. */
function scanEscape(text: string, start: number, quote: string, errors: TextError[]): number {
  const fail = (message: string, end: number): void => {
    if (errors.length <= MAX_ERRORS) errors.push({ code: 'syntax.invalid-escape', message, start, end });
  };
  const letter = text[start + 1];
  if (letter === undefined) return start + 1;
  if (letter === quote || 'abfnrtv\\'.includes(letter)) return start + 2;
  const octal = letter >= '0' && letter <= '7';
  const form = octal ? octalForm : Object.hasOwn(escapeForms, letter) ? escapeForms[letter] : undefined;
  if (!form) {
    fail('unknown escape', letter === '\n' ? start + 1 : start + 2);
    return start + 1;
  }
  let at = start + (octal ? 1 : 2);
  let value = 0;
  for (let i = 0; i < form.digits; i++, at++) {
    const c = text[at];
    if (c === undefined) return at;
    const digit = digitValue(c.charCodeAt(0));
    if (digit >= form.base) {
      fail(`invalid character ${quoteCharacter(text.codePointAt(at)!)} in ${form.name} escape`, at);
      return at;
    }
    value = value * form.base + digit;
  }
  if (octal && value > 255) fail(`octal escape value ${value} > 255`, at);
  else if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
    fail(`escape is invalid Unicode code point U+${hex(value)}`, at);
  return at;
}

function quoteCharacter(code: number): string {
  if (code === 10) return "'\\n'";
  if (code === 39) return "'\\''";
  return code < 32 ? `'\\x${code.toString(16).padStart(2, '0')}'` : `'${String.fromCodePoint(code)}'`;
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
