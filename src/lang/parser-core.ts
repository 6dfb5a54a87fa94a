/** This file holds what every part of the parser shares: the token stream, errors worded as Go's compiler words them, and recovery. */
import type { BadExpr, BadStmt, Dialect, Ident } from './ast';
import type { Interrupt } from '../base/interrupt';
import type { Span } from '../base/span';
import type { DiagnosticCode } from './codes';
import type { Diagnostic, Fix } from './diagnostic';
import { errorAt, MAX_ERRORS, tooManyErrors } from './diagnostic';
import { describeKind, describeToken, type Token, type TokenKind } from './token';
import type { Tokens } from './tokens';

/**
 * Deepest nesting of the tree. The parser, and everything that walks the tree after it, recurses once a level or more;
 * the limit keeps all of them far from the end of JavaScript's stack. Programs that people write nest below 30.
 */
const MAX_DEPTH = 256;
/** Longest chain of operators, or of `else if`. */
const MAX_LINKS = 10_000;

/** Longest source that messages quote. */
const MAX_QUOTED = 60;
/** As much of a node is read for that; all else of it could be blanks. */
const MAX_READ = 1000;

/** Work of a token, in units of the interrupt: to make the nodes around it takes about a fifth of a microsecond. */
const TOKEN_UNITS = 20;

/** Keywords that begin a statement: good places to go on after a mistake inside a function. */
const statementStarts: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'break',
  'const',
  'continue',
  'defer',
  'fallthrough',
  'for',
  'go',
  'goto',
  'if',
  'return',
  'select',
  'switch',
  'type',
  'var',
]);

const OPENING: ReadonlySet<TokenKind> = new Set<TokenKind>(['(', '[', '{']);
const CLOSING: ReadonlySet<TokenKind> = new Set<TokenKind>([')', ']', '}']);

export interface ParserInput {
  readonly text: string;
  readonly dialect: Dialect;
  readonly file: number;
  readonly tokens: Tokens;
  readonly interrupt: Interrupt;
}

export abstract class ParserCore {
  // immutable
  protected readonly text: string;
  protected readonly dialect: Dialect;
  private readonly fileIndex: number;
  private readonly tokens: Tokens;
  private readonly interrupt: Interrupt;

  // position
  /** The current token. */
  protected token: Token;
  /** Its index in `tokens`. */
  protected position = 0;
  /** End of the last token that was consumed, or of an empty node made after it: where a node that is complete ends. */
  protected lastEnd = 0;

  // context
  /** Function bodies around the current token. */
  protected functionDepth = 0;
  /** Brackets around the current token inside a statement header; negative directly in the header, where `{` begins the body. */
  protected expressionDepth = 0;
  /** Nodes around the current token, see {@link MAX_DEPTH}. */
  private depth = 0;
  /** How deep what was parsed since the last {@link measure} reaches. */
  private reach = 0;

  /** Nodes so far of the body being parsed (see ast.ts, NodeBase): each new node takes the next number. */
  protected nodes = 0;

  // errors
  readonly diagnostics: Diagnostic[] = [];
  /** Token of the last error: a second error at the same token is a consequence of the first. */
  private lastErrorIndex = -1;
  /** Offset of the last syntax error: as in Go, one line has one. */
  private lastErrorOffset = -1;
  private stopped = false;
  /** Where lists end, see {@link listEnds}: for texts with mistakes only. */
  private ends?: Int32Array;

  constructor(input: ParserInput) {
    this.text = input.text;
    this.dialect = input.dialect;
    this.fileIndex = input.file;
    this.tokens = input.tokens;
    this.interrupt = input.interrupt;
    this.token = this.tokens.at(0);
  }

  /** Begins a body, if here is the package level. */
  protected beginBody(): void {
    if (this.functionDepth === 0) this.nodes = 0;
  }

  // ------------------------------------------------------------ tokens

  protected at(kind: TokenKind): boolean {
    return this.token.kind === kind;
  }

  protected peek(offset = 1): TokenKind {
    return this.tokens.kindAt(Math.min(this.position + offset, this.tokens.length - 1));
  }

  protected get following(): Token {
    return this.tokens.at(Math.min(this.position + 1, this.tokens.length - 1));
  }

  /** Consumes the current token and returns it; the end of the file stays. */
  protected next(): Token {
    this.interrupt.worked(TOKEN_UNITS);
    const token = this.token;
    this.lastEnd = Math.max(this.lastEnd, token.end);
    if (this.position + 1 < this.tokens.length) this.token = this.tokens.at(++this.position);
    return token;
  }

  protected got(kind: TokenKind): boolean {
    if (this.token.kind !== kind) return false;
    this.next();
    return true;
  }

  /** Consumes a token of the kind, or complains and skips one token. */
  protected want(kind: TokenKind): void {
    if (this.got(kind)) return;
    this.unexpected(`expected ${describeKind(kind)}`);
    this.advance();
  }

  /** `=`; also `:=`, with a complaint. */
  protected gotAssign(): boolean {
    if (this.at(':=')) this.unexpected('expected =');
    else if (!this.at('=')) return false;
    this.next();
    return true;
  }

  // ------------------------------------------------------------ nodes

  /** From `start` to the end of what was consumed last. */
  protected spanFrom(start: number): Span {
    this.lastEnd = Math.max(this.lastEnd, start); // a node of which nothing was there still lies inside of its parent
    return { start, end: this.lastEnd };
  }

  /** An empty place before the current token, where something is missing. */
  protected emptyHere(): Span {
    this.lastEnd = Math.max(this.lastEnd, this.token.start);
    return { start: this.token.start, end: this.token.start };
  }

  protected badExpr(): BadExpr {
    return { kind: 'BadExpr', id: this.nodes++, span: this.emptyHere() };
  }

  protected badStmt(start: number): BadStmt {
    return { kind: 'BadStmt', id: this.nodes++, span: this.spanFrom(start) };
  }

  /** An identifier; where there is none, a complaint and a blank name. */
  protected name(): Ident {
    if (this.at('name')) {
      const { text, start, end } = this.next();
      return { kind: 'Ident', id: this.nodes++, name: text, span: { start, end } };
    }
    const missing: Ident = { kind: 'Ident', id: this.nodes++, name: '_', span: this.emptyHere() };
    this.unexpected('expected name');
    this.advance();
    return missing;
  }

  protected nameList(): Ident[] {
    const names = [this.name()];
    while (this.got(',')) names.push(this.name());
    return names;
  }

  /**
   * Elements up to `close`, each followed by `separator` (optional after the last), and `close` itself.
   * `element` returns true when no other may follow.
   */
  protected list(context: string, separator: ',' | ';', close: ')' | ']' | '}', element: () => boolean | void): void {
    let done = false;
    while (!this.at('EOF') && !this.at(close) && !done) {
      done = element() === true;
      if (!this.got(separator) && !this.at(close)) {
        this.unexpected(`in ${context}; possibly missing ${describeKind(separator)} or ${describeKind(close)}`);
        if (!this.resumeList(separator, close)) return;
      }
    }
    this.want(close);
  }

  /** After a mistake between elements: true when the list goes on, false when it was given up. */
  private resumeList(separator: ',' | ';', close: TokenKind): boolean {
    if (separator === ',' && this.at(';') && this.closesAhead(close)) {
      this.next();
      return true;
    }
    this.advance(separator, ';', '{', ')', ']', '}');
    return this.got(separator) || this.at(close);
  }

  /**
   * Whether the list that a line end interrupts is closed further on, before anything that belongs to a statement:
   * then a comma is missing at the line end, otherwise the closing bracket.
   */
  private closesAhead(close: TokenKind): boolean {
    this.ends ??= listEnds(this.tokens);
    const next = Math.min(this.position + 1, this.tokens.length - 1);
    return this.tokens.kindAt(this.ends[next]!) === close;
  }

  /** Runs a parse function one level deeper; at the limit the rest of the file is given up with one message. */
  protected nested<T>(parse: () => T): T {
    const outer = this.measure();
    this.descend();
    this.reach = this.depth;
    const node = parse();
    this.ascend(1);
    this.measured(outer);
    return node;
  }

  /** What is parsed from here on is one level deeper. */
  protected descend(): void {
    if (++this.depth > MAX_DEPTH) this.tooDeep('nested too deeply');
  }

  protected ascend(levels: number): void {
    this.depth -= levels;
  }

  /** Begins to measure how deep a part reaches; @returns what {@link measured} takes when the part is complete. */
  protected measure(): number {
    const outer = this.reach;
    this.reach = this.depth;
    return outer;
  }

  protected measured(outer: number): void {
    this.reach = Math.max(outer, this.reach);
  }

  /** All that was parsed since the last {@link measure} becomes a part of a larger node, one level deeper: `x.y` of `x.y.z`. */
  protected deepen(): void {
    if (++this.reach > MAX_DEPTH) this.tooDeep('nested too deeply');
  }

  private tooDeep(message: string): void {
    if (this.stopped) return;
    this.error('syntax.too-deep', message, this.token);
    this.stop();
  }

  /** Counts the links of a chain that everybody walks as a list (see chains.ts). */
  protected linked(links: number): void {
    if (links > MAX_LINKS) this.tooDeep('too many operators or branches in a row');
  }

  private stop(): void {
    this.stopped = true;
    this.position = this.tokens.length - 1;
    this.token = this.tokens.at(this.position);
  }

  // ------------------------------------------------------------ errors

  /** An error that says what was found: `context` begins with `expected`, `in`, `at` or `after`. */
  protected unexpected(context: string, code: DiagnosticCode = 'syntax.unexpected-token'): void {
    const joint = context.startsWith('expected ') ? ', ' : ' ';
    this.syntaxError(`unexpected ${describeToken(this.token)}${joint}${context}`, code);
  }

  /** A syntax error; one for each token and each line, because more would be consequences. */
  protected syntaxError(
    message: string,
    code: DiagnosticCode = 'syntax.unexpected-token',
    span: Span = this.token,
    fix?: Fix,
  ): void {
    if (this.stopped || this.position === this.lastErrorIndex) return;
    if (this.at('EOF') && this.diagnostics.length > 0) return;
    this.lastErrorIndex = this.position;
    const from = Math.min(this.lastErrorOffset, span.start);
    const to = Math.max(this.lastErrorOffset, span.start);
    const sameLine = this.lastErrorOffset >= 0 && !this.text.slice(from, to).includes('\n');
    this.lastErrorOffset = span.start;
    if (!sameLine) this.error(code, `syntax error: ${message}`, span, fix);
  }

  /** An error that is not worded as a syntax error. */
  protected error(code: DiagnosticCode, message: string, span: Span, fix?: Fix): void {
    if (this.stopped) return;
    const diagnostic = errorAt(code, message, { start: span.start, end: span.end }, this.fileIndex);
    this.diagnostics.push(fix ? { ...diagnostic, fixes: [fix] } : diagnostic);
    if (this.diagnostics.length < MAX_ERRORS) return;
    this.diagnostics.push(tooManyErrors(this.token, this.fileIndex));
    this.stop();
  }

  /** The source of a node for a message, on one line. */
  protected sourceOf(node: { readonly span: Span }): string {
    const { start, end } = node.span;
    const source = this.text.slice(start, Math.min(end, start + MAX_READ)).replace(/\s+/g, ' ');
    return source.length <= MAX_QUOTED && end - start <= MAX_READ ? source : `${source.slice(0, MAX_QUOTED - 1)}…`;
  }

  /**
   * Skips to one of the kinds, or inside functions to a keyword that begins a statement; with no kinds, skips one token.
   * A block on the way is skipped as a whole.
   * Never skips a function declaration at the start of a line: there the enclosing function lacks a closing brace.
   */
  protected advance(...kinds: TokenKind[]): void {
    if (kinds.length === 0) {
      if (!this.atDeclaration()) this.next();
      return;
    }
    let braces = 0;
    while (!this.at('EOF') && !this.atDeclaration()) {
      const { kind } = this.token;
      if (braces === 0 && (kinds.includes(kind) || (this.functionDepth > 0 && statementStarts.has(kind)))) return;
      if (kind === '{') braces++;
      else if (kind === '}' && braces > 0) braces--;
      this.next();
    }
  }

  /** `func name` in the first column: a declaration, however many braces are open. */
  protected atDeclaration(): boolean {
    const { kind, start } = this.token;
    return kind === 'func' && (start === 0 || this.text[start - 1] === '\n') && this.peek() === 'name';
  }
}

/**
 * By token: the index of the first token from there on that ends a list, or belongs to a statement, in the same brackets; the last token where there is none.
 * One walk from the end: what stands in brackets is passed over by where the bracket closes.
 */
function listEnds(tokens: Tokens): Int32Array {
  const last = tokens.length - 1;
  const ends = new Int32Array(tokens.length).fill(last);
  const closes = closingBrackets(tokens);
  for (let i = last - 1; i >= 0; i--) {
    const kind = tokens.kindAt(i);
    if (CLOSING.has(kind) || kind === ':=' || kind === '=' || statementStarts.has(kind)) ends[i] = i;
    else ends[i] = OPENING.has(kind) ? ends[Math.min(closes[i]! + 1, last)]! : ends[i + 1]!;
  }
  return ends;
}

/** By token that opens a bracket: the index of the one that closes it, of whatever kind; the last token where there is none. */
function closingBrackets(tokens: Tokens): Int32Array {
  const closes = new Int32Array(tokens.length).fill(tokens.length - 1);
  const open: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const kind = tokens.kindAt(i);
    if (OPENING.has(kind)) open.push(i);
    else if (CLOSING.has(kind) && open.length > 0) closes[open.pop()!] = i;
  }
  return closes;
}
