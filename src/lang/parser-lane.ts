/** This file parses what Interlane adds to Go's declarations and statements. Each addition begins with a word that is a plain name elsewhere. */
import type { Decl, Expr, Field, MachineDecl, MachineEntry, ProcessHead, Stmt } from './ast';
import { DeclarationParser } from './parser-declarations';
import type { ContextualWord, TokenKind } from './token';

/** What the user reads where a word of a later version is used. */
const later: Readonly<Record<Exclude<ContextualWord, 'machine' | 'process'>, string>> = {
  pipe: 'pipes between processes come in a later version; inside of one process use a channel: var c = make(chan T, n)',
  shared: 'shared memory between processes comes in a later version; inside of one process use var',
  thread: 'threads come in a later version; start a goroutine with go instead',
  spawn: 'starting processes comes in a later version; those without parameters start by themselves',
};

/** What follows the word that begins a declaration; after anything else it is a name. */
const DECLARES: Readonly<Partial<Record<string, TokenKind>>> = {
  machine: '{',
  process: 'name',
  pipe: 'name',
  shared: 'name',
};

export class LaneParser extends DeclarationParser {
  private inProcess = false;

  /** Parses the whole input. */
  parse(): ReturnType<LaneParser['fileNode']> {
    return this.fileNode();
  }

  protected override laneDecl(): Decl | undefined {
    if (!this.atLaneDecl()) return undefined;
    switch (this.wordHere()) {
      case 'machine':
        return this.machineDecl();
      case 'process':
        return this.dialect === 'go' ? this.skippedProcess() : this.processDecl();
      default:
        return this.sharedDecl();
    }
  }

  protected override atLaneDecl(): boolean {
    const next = DECLARES[this.wordHere()];
    return next !== undefined && this.peek() === next;
  }

  private wordHere(): string {
    return this.at('name') ? this.token.text : '';
  }

  /** Complains about the word at the current token, which a `.go` file never has and this version does not run. */
  private reject(word: ContextualWord): void {
    if (this.dialect === 'go') {
      const thing = word === 'thread' || word === 'spawn' ? 'statement' : 'declaration';
      this.error('lane.only-in-lane', `${word} is a ${thing} of .lane files; a .go file holds Go only`, this.token);
    } else if (word === 'machine' || word === 'process') {
      if (this.inProcess)
        this.error('lane.nested', `${word} stands at the top of a file, not in a process`, this.token);
    } else this.error('lane.not-yet', later[word], this.token);
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

  /** `process name(params) { … }`. One in another is skipped. */
  private processDecl(): Decl {
    if (this.inProcess) return this.skippedProcess();
    this.beginBody();
    const { start } = this.next();
    const head = this.processHead(start);
    const id = this.nodes++;
    const decls = this.atBlock() ? this.members() : [];
    return { kind: 'ProcessDecl', id, head, decls, span: this.spanFrom(start) };
  }

  /** Whether the block of a process comes: an opening brace on a line of its own does, too, after a message. */
  private atBlock(): boolean {
    if (this.at('{')) return true;
    const isBelow = this.at(';') && this.peek() === '{';
    this.unexpected('after the name of a process; expected {', 'syntax.brace-position');
    if (isBelow) this.next();
    return isBelow;
  }

  private members(): Decl[] {
    this.next();
    this.inProcess = true;
    const decls = this.declarations('}');
    this.inProcess = false;
    this.want('}');
    return decls;
  }

  private processHead(start: number): ProcessHead {
    const name = this.name();
    let params: Field[] = [];
    if (this.got('(')) params = this.parameters(')', false, true);
    return { kind: 'ProcessHead', id: this.nodes++, size: this.nodes, name, params, span: this.spanFrom(start) };
  }

  /** One that must not be here: one message, and everything in it skipped. */
  private skippedProcess(): Decl {
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
