/** This file turns a source text into tokens, inserting semicolons at line ends as Go does. It accepts any text and never throws. */
import { Interrupt } from '../base/interrupt';
import type { Comment, Dialect, LitKind } from './ast';
import type { DiagnosticCode } from './codes';
import type { Diagnostic } from './diagnostic';
import { errorAt, MAX_ERRORS } from './diagnostic';
import { scanNumber } from './scanner-number';
import { scanRawString, scanRune, scanString, type TextScan } from './scanner-text';
import { goSpelling } from './scanner-unit';
import { endsStatement, isKeyword, type TokenKind } from './token';
import { Tokens, type TokenSort } from './tokens';

export interface Scan {
  /** In text order; the last is `EOF`. */
  readonly tokens: Tokens;
  readonly comments: Comment[];
  readonly diagnostics: Diagnostic[];
}

/** Splits a text into tokens and comments. Offsets are UTF-16; a byte order mark at the start is a blank. @throws Interrupted */
export function scan(text: string, dialect: Dialect, file = 0, interrupt = Interrupt.never): Scan {
  return new Scanner(text, dialect, file, interrupt).run();
}

type Sign = Exclude<TokenKind, 'literal' | 'name' | 'EOF'>;
/** Operators and punctuation by their first character, longest first. */
// prettier-ignore
const signs = groupByFirst([
  '<<=', '>>=', '&^=', '...', '&&', '||', '==', '!=', '<=', '>=', '<<', '>>', '&^', '<-', ':=', '++', '--',
  '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '+', '-', '*', '/', '%', '&', '|', '^', '<', '>', '=', '!', '~',
  '(', ')', '[', ']', '{', '}', ',', ';', ':', '.',
]);

/** Characters that no source text may hold, wherever they stand: NUL, unpaired surrogates, a byte order mark inside. */
const forbidden = /\0|\ufeff|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const identifier = /[\p{L}_][\p{L}\p{Nd}_]*/uy;

/** Work of a step of the scanner, in units of the interrupt: a token takes about a tenth of a microsecond. Each of its characters is a unit more. */
const STEP_UNITS = 10;

class Scanner {
  private readonly tokens: Tokens;
  private readonly comments: Comment[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  /** Offset of the next character. */
  private at = 0;
  /** A line end here ends the statement. */
  private wantsSemicolon = false;

  constructor(
    private readonly text: string,
    private readonly dialect: Dialect,
    private readonly file: number,
    private readonly interrupt: Interrupt,
  ) {
    this.tokens = new Tokens(text);
  }

  run(): Scan {
    this.rejectForbidden();
    const { text } = this;
    while (this.at < text.length) this.step(text.charCodeAt(this.at));
    if (this.wantsSemicolon) this.push('EOF', this.at);
    this.tokens.end(this.at);
    return { tokens: this.tokens, comments: this.comments, diagnostics: this.diagnostics };
  }

  private step(c: number): void {
    const start = this.at;
    if (c === 10) {
      this.at++;
      if (this.wantsSemicolon) this.push('newline', start);
    } else if (c === 32 || c === 9 || c === 13) this.at++;
    else if ((c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95) this.word();
    else if (c >= 48 && c <= 57) this.number();
    else if (c === 34) this.quoted(scanString(this.text, start), 'string');
    else if (c === 96) this.quoted(scanRawString(this.text, start), 'string');
    else if (c === 39) this.quoted(scanRune(this.text, start), 'char');
    else if (c === 47 && this.text[start + 1] === '/') this.lineComment();
    else if (c === 47 && this.text[start + 1] === '*') this.blockComment();
    else if (c === 46 && isDecimal(this.text.charCodeAt(start + 1))) this.number();
    else if (c < 128) this.sign();
    else this.foreign();
    this.interrupt.worked(STEP_UNITS + this.at - start);
  }

  private push(what: TokenSort, start: number): void {
    this.wantsSemicolon = endsStatement(this.tokens.push(what, start, this.at));
  }

  /** One error more than are told is enough to know that there are too many. */
  private error(code: DiagnosticCode, message: string, start: number, end: number): void {
    if (this.diagnostics.length > MAX_ERRORS) return;
    this.diagnostics.push(errorAt(code, message, { start, end }, this.file));
  }

  private word(): void {
    const { text } = this;
    const start = this.at;
    let at = start + 1;
    for (let c = text.charCodeAt(at); isWordCharacter(c); c = text.charCodeAt(at)) at++;
    if (text.charCodeAt(at) >= 128) {
      identifier.lastIndex = start;
      at = start + identifier.exec(text)![0].length;
    }
    this.at = at;
    const word = text.slice(start, at);
    this.push(isKeyword(word) ? word : 'name', start);
  }

  private number(): void {
    const start = this.at;
    const number = scanNumber(this.text, start);
    this.at = number.end;
    this.push(number.lit, start);
    if (number.error) this.error('syntax.invalid-number', number.error.message, number.error.start, number.error.end);
    else if (this.dialect === 'go' && (number.lit === 'duration' || number.lit === 'size'))
      this.rejectUnit(this.text.slice(start, number.end), start, number.lit);
  }

  private rejectUnit(raw: string, start: number, lit: 'duration' | 'size'): void {
    const span = { start, end: this.at };
    const go = goSpelling(raw);
    const message = `${lit} literal ${raw} exists in .lane files only; in Go write ${go}`;
    if (this.diagnostics.length > MAX_ERRORS) return;
    this.diagnostics.push({
      ...errorAt('lane.literal-in-go', message, span, this.file),
      fixes: [{ title: `Write ${go}`, edits: [{ span, text: go }] }],
    });
  }

  private quoted(scanned: TextScan, lit: LitKind): void {
    const start = this.at;
    this.at = scanned.end;
    this.push(lit, start);
    for (const e of scanned.errors) this.error(e.code, e.message, e.start, e.end);
  }

  private lineComment(): void {
    const start = this.at;
    let end = this.text.indexOf('\n', start);
    if (end < 0) end = this.text.length;
    this.at = end;
    if (this.text[end - 1] === '\r') end--;
    this.comments.push({ span: { start, end }, text: this.text.slice(start, end) });
  }

  /** A comment over several lines acts like a line end. */
  private blockComment(): void {
    const start = this.at;
    const close = this.text.indexOf('*/', start + 2);
    const end = close < 0 ? this.text.length : close + 2;
    if (close < 0) this.error('syntax.unterminated', 'comment not terminated', start, end);
    const text = this.text.slice(start, end);
    if (this.wantsSemicolon && text.includes('\n')) this.push('newline', start);
    this.at = end;
    this.comments.push({ span: { start, end }, text });
  }

  private sign(): void {
    const start = this.at;
    const first = this.text[start]!;
    const sign = signs.get(first)?.find((s) => this.text.startsWith(s, start));
    if (sign === undefined) {
      this.at++;
      if (first !== '\0') this.invalidCharacter(start);
      return;
    }
    this.at += sign.length;
    this.push(sign === ';' ? 'semicolon' : sign, start);
  }

  /** A character outside of ASCII: a letter begins a name; anything else is a mistake, reported once for a run of them. */
  private foreign(): void {
    const start = this.at;
    const code = this.text.codePointAt(start)!;
    const character = String.fromCodePoint(code);
    if (/\p{L}/u.test(character)) {
      identifier.lastIndex = start;
      const word = identifier.exec(this.text)![0];
      this.at = start + word.length;
      this.push('name', start);
      return;
    }
    this.at += character.length;
    if (code === 0xfeff || (code >= 0xd800 && code < 0xe000)) return; // reported by rejectForbidden
    if (/\p{Nd}/u.test(character)) {
      identifier.lastIndex = this.at;
      this.at += identifier.exec(this.text)?.[0].length ?? 0;
      this.push('name', start);
      this.error('syntax.invalid-character', `identifier cannot begin with digit ${unicode(code)}`, start, this.at);
    } else this.invalidCharacter(start);
  }

  private invalidCharacter(start: number): void {
    const code = this.text.codePointAt(start)!;
    this.error('syntax.invalid-character', `invalid character ${unicode(code)}`, start, this.at);
  }

  private rejectForbidden(): void {
    for (const match of this.text.matchAll(forbidden)) {
      const code = match[0].charCodeAt(0);
      if (code === 0xfeff && match.index === 0) continue;
      const message =
        code === 0
          ? 'invalid NUL character'
          : code === 0xfeff
            ? 'invalid BOM in the middle of the file'
            : 'invalid UTF-8 encoding';
      this.error('syntax.invalid-character', message, match.index, match.index + 1);
      if (this.diagnostics.length >= 100) return; // a binary file: enough is said
    }
  }
}

function isDecimal(c: number): boolean {
  return c >= 48 && c <= 57;
}

function isWordCharacter(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95;
}

/** A character as Go's messages show it: `U+0023 '#'`. */
function unicode(code: number): string {
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const character = String.fromCodePoint(code);
  return /[\p{C}\p{Z}]/u.test(character) ? number : `${number} '${character}'`;
}

function groupByFirst(all: readonly Sign[]): ReadonlyMap<string, readonly Sign[]> {
  const groups = new Map<string, Sign[]>();
  for (const sign of all) groups.set(sign[0]!, [...(groups.get(sign[0]!) ?? []), sign]);
  return groups;
}
