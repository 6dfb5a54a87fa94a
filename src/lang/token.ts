/** This file defines tokens: their kinds, the tables that classify them, and their names in messages. */
import type { BinaryOp, LitKind } from './ast';

// prettier-ignore
export const keywords = [
  'break', 'case', 'chan', 'const', 'continue', 'default', 'defer', 'else', 'fallthrough', 'for', 'func', 'go', 'goto',
  'if', 'import', 'interface', 'map', 'package', 'range', 'return', 'select', 'struct', 'switch', 'type', 'var',
] as const;
export type Keyword = (typeof keywords)[number];

/** Words that begin a declaration or statement of Interlane at one position each and are plain names everywhere else. */
export type ContextualWord = 'machine' | 'process' | 'pipe' | 'shared' | 'thread' | 'spawn';

/** Binary operators by precedence, strongest binding 5 (Go specification, "Operator precedence"). */
// prettier-ignore
export const binaryPrecedence: Readonly<Record<BinaryOp, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3, '!=': 3, '<': 3, '<=': 3, '>': 3, '>=': 3,
  '+': 4, '-': 4, '|': 4, '^': 4,
  '*': 5, '/': 5, '%': 5, '<<': 5, '>>': 5, '&': 5, '&^': 5,
};

/** `op=` for every operator that has one, and the operator. */
// prettier-ignore
export const assignOps = {
  '+=': '+', '-=': '-', '*=': '*', '/=': '/', '%=': '%', '&=': '&', '|=': '|', '^=': '^', '<<=': '<<', '>>=': '>>', '&^=': '&^',
} as const satisfies Record<string, BinaryOp>;
export type AssignOp = keyof typeof assignOps;

type Punctuation =
  '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';' | ':' | '.' | '...' | '=' | ':=' | '<-' | '!' | '~' | '++' | '--';

export type TokenKind = 'EOF' | 'name' | 'literal' | Keyword | Punctuation | BinaryOp | AssignOp;

/** One token. Tokens are in text order and do not overlap; between them are blanks and comments. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Name or literal as written. Of a semicolon: `semicolon`, or why it was inserted (`newline`, `EOF`). Else the kind. */
  readonly text: string;
  /** Of literals. */
  readonly lit?: LitKind;
}

const keywordSet: ReadonlySet<string> = new Set(keywords);

export function isKeyword(word: string): word is Keyword {
  return keywordSet.has(word);
}

/** True when a line end after this token ends the statement (Go specification, "Semicolons"). */
export function endsStatement(kind: TokenKind): boolean {
  switch (kind) {
    case 'name':
    case 'literal':
    case 'break':
    case 'continue':
    case 'fallthrough':
    case 'return':
    case '++':
    case '--':
    case ')':
    case ']':
    case '}':
      return true;
    default:
      return false;
  }
}

/** How a message names a kind of token that is expected. */
export function describeKind(kind: TokenKind): string {
  if (kind === ',') return 'comma';
  if (kind === ';') return 'semicolon or newline';
  return isKeyword(kind) ? `keyword ${kind}` : kind;
}

/** How a message names a token that was found. */
export function describeToken(token: Token): string {
  switch (token.kind) {
    case 'name':
      return `name ${token.text}`;
    case 'literal':
      return `literal ${shorten(token.text)}`;
    case ';':
      return token.text;
    default:
      return describeKind(token.kind);
  }
}

/** Raw strings may span a page; a message shows their beginning. */
function shorten(literal: string): string {
  const line = literal.split('\n', 1)[0]!;
  return line.length < literal.length || line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
