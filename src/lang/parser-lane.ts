/** This file parses what Interlane adds to Go's declarations and statements. Each addition begins with a word that is a plain name elsewhere. */
import type { Decl, Expr, MachineDecl, MachineEntry, Stmt } from './ast';
import { DeclarationParser } from './parser-declarations';
import type { ContextualWord } from './token';

/** What the user reads where a word of a later version is used. */
const later: Readonly<Record<Exclude<ContextualWord, 'machine'>, string>> = {
  process: 'processes come in a later version; this file is one process',
  pipe: 'pipes between processes come in a later version; inside of one process use a channel: var c = make(chan T, n)',
  shared: 'shared memory between processes comes in a later version; inside of one process use var',
  thread: 'threads come in a later version; start a goroutine with go instead',
  spawn: 'processes come in a later version; start a goroutine with go instead',
};

export class LaneParser extends DeclarationParser {
  /** Parses the whole input. */
  parse(): ReturnType<LaneParser['fileNode']> {
    return this.fileNode();
  }

  protected override laneDecl(): Decl | undefined {
    const next = this.peek();
    switch (this.wordHere()) {
      case 'machine':
        return next === '{' ? this.machineDecl() : undefined;
      case 'process':
        return next === 'name' ? this.processDecl() : undefined;
      case 'pipe':
      case 'shared':
        return next === 'name' ? this.sharedDecl() : undefined;
      default:
        return undefined;
    }
  }

  private wordHere(): string {
    return this.at('name') ? this.token.text : '';
  }

  /** Complains about the word at the current token, which a `.go` file never has and this version does not run. */
  private reject(word: ContextualWord): void {
    if (this.dialect === 'go') {
      const thing = word === 'thread' || word === 'spawn' ? 'statement' : 'declaration';
      this.error('lane.only-in-lane', `${word} is a ${thing} of .lane files; a .go file holds Go only`, this.token);
    } else if (word !== 'machine') this.error('lane.not-yet', later[word], this.token);
  }

  private machineDecl(): MachineDecl {
    this.reject('machine');
    this.beginBody();
    const { start } = this.next();
    const entries: MachineEntry[] = [];
    this.next();
    this.list('machine block', ';', '}', () => {
      const entry = this.machineEntry();
      if (entry) entries.push(entry);
    });
    return { kind: 'MachineDecl', id: this.nodes++, size: this.nodes, entries, span: this.spanFrom(start) };
  }

  private machineEntry(): MachineEntry | undefined {
    const { start } = this.token;
    if (this.at('name') && this.peek() === '=') {
      const key = this.name();
      this.next();
      const val = this.expr();
      return { kind: 'MachineEntry', id: this.nodes++, key, val, span: this.spanFrom(start) };
    }
    if (this.at('name')) this.next();
    this.unexpected('in machine block; expected key = value', 'lane.machine-entry');
    this.advance(';', '}');
    return undefined;
  }

  /** `process name(params) { … }`: one message, and everything in it skipped, because its names live in another process. */
  private processDecl(): Decl {
    this.reject('process');
    const { start } = this.next();
    this.next();
    if (this.got('(')) this.parameters(')', false, true);
    if (this.at('{')) this.skipBlock();
    return { kind: 'BadDecl', id: this.nodes++, span: this.spanFrom(start) };
  }

  private skipBlock(): void {
    let braces = 0;
    do {
      if (this.at('{')) braces++;
      else if (this.at('}')) braces--;
      this.next();
    } while (braces > 0 && !this.at('EOF'));
  }

  /** `pipe x = …` and `shared x T` declare variables here, so that their uses are still checked. */
  private sharedDecl(): Decl {
    this.reject(this.token.text as ContextualWord);
    const { start } = this.next();
    this.beginBody();
    const spec = this.varSpec();
    return { kind: 'GenDecl', id: this.nodes++, tok: 'var', specs: [spec], span: this.spanFrom(start) };
  }

  protected override laneStatement(): Stmt | undefined {
    const word = this.operatorWord();
    if (!word) return undefined;
    this.reject(word);
    const { start } = this.next();
    const call = this.expr();
    return word === 'thread'
      ? { kind: 'GoStmt', id: this.nodes++, call, span: this.spanFrom(start) }
      : { kind: 'BadStmt', id: this.nodes++, span: this.spanFrom(start) };
  }

  protected override laneOperand(): Expr | undefined {
    const word = this.operatorWord();
    if (!word) return undefined;
    this.reject(word);
    const { start } = this.next();
    this.expr();
    return { kind: 'BadExpr', id: this.nodes++, span: this.spanFrom(start) };
  }

  /** `thread` or `spawn` directly before an operand on the same line: in Go no name stands there. */
  private operatorWord(): 'thread' | 'spawn' | undefined {
    const word = this.wordHere();
    if (word !== 'thread' && word !== 'spawn') return undefined;
    const next = this.peek();
    return next === 'name' || (next === 'func' && word === 'thread') ? word : undefined;
  }
}
