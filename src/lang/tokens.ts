/** This file keeps the tokens of a text: in columns of numbers, since a long text has a million of them, and a token is made when somebody looks at it. */
import { Column } from '../base/column';
import type { LitKind } from './ast';
import { assignOps, binaryPrecedence, keywords, type Token, type TokenKind } from './token';

/** Why a semicolon is there: the text has one, or a line or the text ends. */
type SemicolonCause = 'semicolon' | 'newline' | 'EOF';

/** A kind; of a literal which, of a semicolon why it is there. */
export type TokenSort = Exclude<TokenKind, 'literal' | ';' | 'EOF'> | LitKind | SemicolonCause;

/** What is known of a token besides where it stands. */
interface Sort {
  readonly kind: TokenKind;
  readonly lit?: LitKind;
  readonly cause?: SemicolonCause;
}

const PUNCTUATION = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '.',
  '...',
  '=',
  ':=',
  '<-',
  '!',
  '~',
  '++',
  '--',
] as const;
const LITERALS = ['int', 'float', 'imag', 'char', 'string', 'duration', 'size'] as const satisfies readonly LitKind[];
const CAUSES = ['semicolon', 'newline', 'EOF'] as const satisfies readonly SemicolonCause[];
const PLAIN = ['EOF', 'name', ...keywords, ...PUNCTUATION, ...Object.keys(binaryPrecedence), ...Object.keys(assignOps)];

/** All there are; a column holds their numbers. */
const SORTS: readonly Sort[] = [
  ...(PLAIN as TokenKind[]).map((kind) => ({ kind })),
  ...LITERALS.map((lit): Sort => ({ kind: 'literal', lit })),
  ...CAUSES.map((cause): Sort => ({ kind: ';', cause })),
];
const NUMBERS: ReadonlyMap<string, number> = new Map(SORTS.map(({ kind, lit, cause }, i) => [lit ?? cause ?? kind, i]));
/** `EOF` is a kind, and a cause of a semicolon. */
const END = SORTS.findIndex(({ kind }) => kind === 'EOF');

export class Tokens {
  private readonly sorts = new Column();
  private readonly starts = new Column();
  private readonly ends = new Column();

  constructor(private readonly text: string) {}

  get length(): number {
    return this.sorts.length;
  }

  /** @returns its kind. */
  push(sort: TokenSort, start: number, end: number): TokenKind {
    return this.add(NUMBERS.get(sort)!, start, end);
  }

  /** The last one. */
  end(at: number): void {
    this.add(END, at, at);
  }

  private add(sort: number, start: number, end: number): TokenKind {
    this.sorts.add(sort);
    this.starts.add(start);
    this.ends.add(end);
    return SORTS[sort]!.kind;
  }

  /** From the last on, which is the end of the text, it is that. */
  kindAt(index: number): TokenKind {
    return index < this.length ? SORTS[this.sorts.rows[index]!]!.kind : 'EOF';
  }

  /** The first of a kind from an index on; -1. */
  find(wanted: TokenKind, from = 0): number {
    for (let index = from; index < this.length; index++) if (this.kindAt(index) === wanted) return index;
    return -1;
  }

  at(index: number): Token {
    const { kind, lit, cause } = SORTS[this.sorts.rows[index]!]!;
    const start = this.starts.rows[index]!;
    const end = this.ends.rows[index]!;
    if (lit !== undefined) return { kind, start, end, text: this.text.slice(start, end), lit };
    return { kind, start, end, text: kind === 'name' ? this.text.slice(start, end) : (cause ?? kind) };
  }

  *[Symbol.iterator](): Iterator<Token> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }
}
