/** This file parses statements. */
import type {
  AssignStmt, Block, BranchStmt, CaseClause, CommClause, Expr, ForStmt, GenDecl, Ident, IfStmt, LabeledStmt, RangeStmt,
  SelectStmt, Stmt, TypeAssert,
} from './ast'; // prettier-ignore
import type { Span } from '../base/span';
import { ExpressionParser, unparen } from './parser-expressions';
import { spanOf } from './parser-types';
import { assignOps, describeToken, type AssignOp, type TokenKind } from './token';

type HeaderKeyword = 'if' | 'for' | 'switch';

/** The part of a for, if or switch statement between its keyword and its body. */
interface Header {
  init?: Stmt;
  /** The condition or tag as it was parsed: an ExprStmt, or, mistakenly or in a type switch, an assignment. */
  cond?: Stmt;
  post?: Stmt;
  /** `for key, val := range x`. */
  range?: { key?: Expr; val?: Expr; define: boolean; x: Expr };
}

/** Kinds that begin a simple statement and are not names. */
const simpleStarts: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'literal', 'func', '(', '[', 'struct', 'map', 'chan', 'interface', '<-', '+', '-', '*', '&', '^', '!', '~',
]); // prettier-ignore

interface Branch extends Pick<IfStmt, 'init' | 'cond' | 'then'> {
  readonly start: number;
}

export abstract class StatementParser extends ExpressionParser {
  protected abstract genDecl(): GenDecl;
  /** `thread f(x)` or `spawn p(x)` as a statement; undefined when the word is a plain name here. */
  protected abstract laneStatement(): Stmt | undefined;

  protected override functionBody(): Block {
    this.functionDepth++;
    const outer = this.expressionDepth;
    this.expressionDepth = 0;
    const body = this.block();
    this.expressionDepth = outer;
    this.functionDepth--;
    return body;
  }

  /** A block; `context` names the clause before it ("if clause"), unless the opening brace is known to be there. */
  protected block(context = ''): Block {
    const { start } = this.token;
    if (!this.got('{')) {
      this.unexpected(
        `expected { after ${context}`,
        this.at(';') ? 'syntax.brace-position' : 'syntax.unexpected-token',
      );
      this.openLateBrace();
      if (this.at('}')) {
        const rbrace = this.next().start;
        return { kind: 'Block', id: this.nodes++, stmts: [], rbrace, span: this.spanFrom(start) };
      }
    }
    const stmts = this.nested(() => this.stmtList());
    const rbrace = this.token.start;
    this.want('}');
    return { kind: 'Block', id: this.nodes++, stmts, rbrace, span: this.spanFrom(start) };
  }

  /** After a missing `{`: a brace on the next line is the one that was meant. */
  private openLateBrace(): void {
    if (this.at(';') && this.peek() === '{') {
      this.next();
      this.next();
    } else this.advance('name', '}');
  }

  protected stmtList(): Stmt[] {
    const stmts: Stmt[] = [];
    while (!this.at('EOF') && !this.at('}') && !this.at('case') && !this.at('default')) {
      if (this.atDeclaration()) {
        this.reportMissingBrace();
        break;
      }
      const stmt = this.stmtOrNone();
      if (!stmt) {
        this.skipNonStatement();
        continue;
      }
      stmts.push(stmt);
      if (!this.got(';') && !this.at('}')) {
        this.unexpected('at end of statement');
        this.advance(';', '}', 'case', 'default');
        this.got(';');
      }
    }
    return stmts;
  }

  /** At a token that begins no statement: skips the line, or the block, that it stands in. */
  private skipNonStatement(): void {
    this.unexpected('expected }');
    this.next();
    this.advance(';', '}', 'case', 'default');
    this.got(';');
  }

  /** A function declared inside of one: a closing brace is missing above. */
  private reportMissingBrace(): void {
    const name = this.following;
    this.syntaxError(`unexpected ${describeToken(name)}, expected (`, 'syntax.unexpected-token', name);
  }

  protected stmtOrNone(): Stmt | undefined {
    const { start, kind } = this.token;
    switch (kind) {
      case 'name':
        return this.laneStatement() ?? this.labeledOrSimple();
      case 'var':
      case 'const':
      case 'type': {
        const decl = this.genDecl();
        return { kind: 'DeclStmt', id: this.nodes++, decl, span: this.spanFrom(start) };
      }
      case '{':
        return this.block();
      case 'for':
        return this.forStmt();
      case 'switch':
        return this.switchStmt();
      case 'select':
        return this.selectStmt();
      case 'if':
        return this.nested(() => this.ifStmt());
      case 'go':
      case 'defer':
        return this.callStmt(kind);
      case 'return': {
        this.next();
        const results = this.at(';') || this.at('}') ? [] : this.exprList();
        return { kind: 'ReturnStmt', id: this.nodes++, results, span: this.spanFrom(start) };
      }
      case 'break':
      case 'continue':
      case 'goto':
      case 'fallthrough':
        return this.branchStmt(kind);
      case ';':
        return { kind: 'EmptyStmt', id: this.nodes++, span: this.emptyHere() };
      default:
        return simpleStarts.has(kind) ? this.simpleStmt() : undefined;
    }
  }

  private branchStmt(op: BranchStmt['op']): BranchStmt {
    const { start } = this.next();
    const hasLabel = op === 'goto' || (op !== 'fallthrough' && this.at('name'));
    const label = hasLabel ? this.name() : undefined;
    return { kind: 'BranchStmt', id: this.nodes++, op, ...(label && { label }), span: this.spanFrom(start) };
  }

  private callStmt(keyword: 'go' | 'defer'): Stmt {
    const { start } = this.next();
    const x = this.expr();
    const call = unparen(x);
    if (call !== x) this.error('syntax.go-parenthesized', `expression in ${keyword} must not be parenthesized`, x.span);
    return { kind: keyword === 'go' ? 'GoStmt' : 'DeferStmt', id: this.nodes++, call, span: this.spanFrom(start) };
  }

  // ------------------------------------------------------------ simple statements

  private labeledOrSimple(): Stmt {
    if (this.peek() !== ':') return this.simpleStmt();
    return this.labeledStmt(this.name());
  }

  private labeledStmt(label: Ident): LabeledStmt {
    const { start } = label.span;
    const colon = this.next();
    const stmt = this.at('}') ? undefined : this.nested(() => this.stmtOrNone());
    if (stmt) return { kind: 'LabeledStmt', id: this.nodes++, label, stmt, span: this.spanFrom(start) };
    if (!this.at('}')) this.syntaxError('missing statement after label', 'syntax.unexpected-token', colon);
    const empty: Stmt = { kind: 'EmptyStmt', id: this.nodes++, span: { start: this.lastEnd, end: this.lastEnd } };
    return { kind: 'LabeledStmt', id: this.nodes++, label, stmt: empty, span: this.spanFrom(start) };
  }

  /** An expression, send, increment or assignment. */
  protected simpleStmt(): Stmt {
    return this.finishSimple(this.exprList());
  }

  private finishSimple(lhs: Expr[]): Stmt {
    const x = lhs[0]!;
    const { start } = x.span;
    const { kind } = this.token;
    if (kind === '=' || kind === ':=') {
      const opSpan = spanOf(this.next());
      const rhs = this.exprList();
      return this.assignment(lhs, kind, rhs, opSpan);
    }
    if (lhs.length > 1) {
      this.unexpected('expected := or = or comma');
      this.advance(';', '}');
      return { kind: 'ExprStmt', id: this.nodes++, x, span: this.spanFrom(start) };
    }
    if (kind === '++' || kind === '--') {
      this.next();
      return { kind: 'IncDecStmt', id: this.nodes++, x, op: kind, span: this.spanFrom(start) };
    }
    if (kind === '<-') {
      const arrow = this.next().start;
      const val = this.expr();
      return { kind: 'SendStmt', id: this.nodes++, chan: x, val, arrow, span: this.spanFrom(start) };
    }
    if (Object.hasOwn(assignOps, kind)) {
      const opSpan = spanOf(this.next());
      const rhs = [this.expr()];
      return {
        kind: 'AssignStmt',
        id: this.nodes++,
        lhs,
        op: assignOps[kind as AssignOp],
        rhs,
        opSpan,
        span: this.spanFrom(start),
      };
    }
    return { kind: 'ExprStmt', id: this.nodes++, x, span: x.span };
  }

  private assignment(lhs: Expr[], op: '=' | ':=', rhs: Expr[], opSpan: Span): AssignStmt {
    if (op === ':=') {
      for (const x of lhs) if (x.kind !== 'Ident') this.rejectDefineTarget(x);
    }
    return { kind: 'AssignStmt', id: this.nodes++, lhs, op, rhs, opSpan, span: this.spanFrom(lhs[0]!.span.start) };
  }

  private rejectDefineTarget(x: Expr): void {
    if (x.kind === 'BadExpr') return;
    this.error('syntax.define-target', `non-name ${this.sourceOf(x)} on left side of :=`, x.span);
  }

  // ------------------------------------------------------------ if, for, switch

  private ifStmt(): IfStmt {
    const branches = [this.branch()];
    let otherwise: Stmt | undefined;
    let scopes = 0;
    while (this.got('else')) {
      if (branches[branches.length - 1]!.init) {
        // Names are looked for in the scopes of all branches before.
        this.descend();
        scopes++;
      }
      if (!this.at('if')) {
        otherwise = this.lastBranch();
        break;
      }
      this.linked(branches.length);
      branches.push(this.branch());
    }
    this.ascend(scopes);
    const ladder = branches.reduceRight<Stmt | undefined>((rest, branch) => this.link(branch, rest), otherwise);
    return ladder as IfStmt;
  }

  /** `if init; cond { … }` */
  private branch(): Branch {
    const { start } = this.next();
    const { init, cond } = this.header('if');
    const condition = this.condition(cond) ?? this.badExpr();
    return { start, ...(init && { init }), cond: condition, then: this.block('if clause') };
  }

  private link({ start, ...branch }: Branch, otherwise: Stmt | undefined): IfStmt {
    const id = this.nodes++;
    return { kind: 'IfStmt', id, ...branch, ...(otherwise && { else: otherwise }), span: this.spanFrom(start) };
  }

  /** Behind an `else` that no `if` follows. */
  private lastBranch(): Stmt | undefined {
    if (this.at('{')) return this.block();
    this.syntaxError('else must be followed by if or statement block');
    this.advance('name', '}');
    return undefined;
  }

  private forStmt(): ForStmt | RangeStmt {
    const { start } = this.next();
    const { init, cond, post, range } = this.header('for');
    const condition = this.condition(cond);
    const body = this.block('for clause');
    const span = this.spanFrom(start);
    if (range) return { kind: 'RangeStmt', id: this.nodes++, ...range, body, span };
    return {
      kind: 'ForStmt',
      id: this.nodes++,
      ...(init && { init }),
      ...(condition && { cond: condition }),
      ...(post && { post }),
      body,
      span,
    };
  }

  private switchStmt(): Stmt {
    const { start } = this.next();
    const { init, cond } = this.header('switch');
    const guard = typeSwitchGuard(cond);
    if (guard) this.typeGuards.delete(guard.node);
    const tag = guard ? undefined : this.condition(cond);
    const clauses = this.clauses('switch', () => this.caseClause());
    const common = { ...(init && { init }), clauses, span: this.spanFrom(start) };
    if (!guard) return { kind: 'SwitchStmt', id: this.nodes++, ...(tag && { tag }), ...common };
    return {
      kind: 'TypeSwitchStmt',
      id: this.nodes++,
      ...(guard.bind && { bind: guard.bind }),
      x: guard.node.x,
      ...common,
    };
  }

  /** The expression of a statement in the place of a condition; an assignment there is most often a mistyped `==`. */
  private condition(stmt: Stmt | undefined): Expr | undefined {
    if (!stmt) return undefined;
    if (stmt.kind === 'ExprStmt') return stmt.x;
    const { span } = stmt;
    const place = operatorSpan(stmt);
    if (stmt.kind !== 'AssignStmt' || stmt.op !== '=' || stmt.lhs.length !== 1 || stmt.rhs.length !== 1) {
      this.syntaxError(`cannot use ${this.sourceOf(stmt)} as value`, 'syntax.assignment-as-value', place);
      return { kind: 'BadExpr', id: this.nodes++, span };
    }
    const x = stmt.lhs[0]!;
    const y = stmt.rhs[0]!;
    const side = (operand: Expr): string =>
      operand.kind === 'Binary' ? `(${this.sourceOf(operand)})` : this.sourceOf(operand);
    this.syntaxError(`cannot use assignment ${side(x)} = ${side(y)} as value`, 'syntax.assignment-as-value', place, {
      title: 'Compare with ==',
      edits: [{ span: place, text: '==' }],
    });
    return { kind: 'Binary', id: this.nodes++, op: '==', x, y, opSpan: stmt.opSpan, span };
  }

  private header(keyword: HeaderKeyword): Header {
    if (this.at('{')) {
      if (keyword === 'if') this.syntaxError('missing condition in if statement', 'syntax.missing-condition');
      return {};
    }
    const outer = this.expressionDepth;
    this.expressionDepth = -1;
    const header = this.headerParts(keyword);
    this.expressionDepth = outer;
    return header;
  }

  private headerParts(keyword: HeaderKeyword): Header {
    let init: Stmt | undefined;
    if (!this.at(';')) {
      if (this.at('var')) {
        this.syntaxError(`var declaration not allowed in ${keyword} initializer`);
        this.next();
      }
      if (keyword === 'for' && this.at('range')) return { range: this.rangeClause([], false) };
      const lhs = this.exprList();
      if (keyword === 'for' && (this.at('=') || this.at(':=')) && this.peek() === 'range') {
        const define = this.next().kind === ':=';
        return { range: this.rangeClause(lhs, define) };
      }
      init = this.finishSimple(lhs);
    }
    if (this.at('{')) return init ? { cond: init } : {};
    const semicolon = this.token;
    if (!this.got(';')) {
      this.unexpected('expected {');
      this.advance('{', '}');
      return init ? { cond: init } : {};
    }
    const parts: Header = init ? { init } : {};
    if (keyword === 'for') return this.forParts(parts, semicolon.text);
    if (!this.at('{')) return { ...parts, cond: this.simpleStmt() };
    if (keyword === 'if') this.missingCondition(semicolon.text, semicolon);
    return parts;
  }

  private missingCondition(semicolon: string, place: Span): void {
    if (semicolon === 'semicolon')
      this.syntaxError('missing condition in if statement', 'syntax.missing-condition', place);
    else this.syntaxError(`unexpected ${semicolon}, expected { after if clause`, 'syntax.brace-position', place);
  }

  /** After `for init;`. */
  private forParts(parts: Header, semicolon: string): Header {
    if (this.at('{')) {
      const code = semicolon === 'newline' ? 'syntax.brace-position' : 'syntax.missing-condition';
      this.unexpected('expected for loop condition', code);
      return parts;
    }
    if (!this.at(';')) parts.cond = this.simpleStmt();
    this.want(';');
    if (this.at('{')) return parts;
    parts.post = this.simpleStmt();
    return parts;
  }

  private rangeClause(lhs: Expr[], define: boolean): NonNullable<Header['range']> {
    this.next();
    const x = this.expr();
    const [key, val, extra] = lhs;
    if (extra) this.error('syntax.range-clause', 'range clause permits at most two iteration variables', extra.span);
    if (define) for (const name of lhs.slice(0, 2)) if (name.kind !== 'Ident') this.rejectDefineTarget(name);
    return { ...(key && { key }), ...(val && { val }), define, x };
  }

  // ------------------------------------------------------------ clauses

  private selectStmt(): SelectStmt {
    const { start } = this.next();
    const clauses = this.clauses('select', () => this.commClause());
    return { kind: 'SelectStmt', id: this.nodes++, clauses, span: this.spanFrom(start) };
  }

  private clauses<T>(keyword: 'switch' | 'select', clause: () => T): T[] {
    if (!this.got('{')) {
      this.syntaxError(`missing { after ${keyword} clause`, 'syntax.brace-position');
      this.openLateBrace();
      this.advance('case', 'default', '}');
    }
    const clauses: T[] = [];
    while (!this.at('EOF') && !this.at('}')) {
      const before = this.position;
      clauses.push(this.nested(clause));
      if (this.position === before) break;
    }
    this.want('}');
    return clauses;
  }

  private caseClause(): CaseClause {
    const { start, kind } = this.token;
    const exprs = kind === 'case' ? this.caseExprs() : this.clauseWord();
    const body = this.clauseBody();
    return {
      kind: 'CaseClause',
      id: this.nodes++,
      exprs,
      isDefault: kind === 'default',
      body,
      span: this.spanFrom(start),
    };
  }

  private caseExprs(): Expr[] {
    this.next();
    return this.exprList();
  }

  private clauseWord(): [] {
    if (!this.got('default')) {
      this.unexpected('expected case or default or }');
      this.advance(':', 'case', 'default', '}');
    }
    return [];
  }

  private commClause(): CommClause {
    const { start } = this.token;
    let comm: Stmt | undefined;
    if (this.got('case')) comm = this.simpleStmt();
    else this.clauseWord();
    const body = this.clauseBody();
    return { kind: 'CommClause', id: this.nodes++, ...(comm && { comm }), body, span: this.spanFrom(start) };
  }

  private clauseBody(): Stmt[] {
    this.want(':');
    return this.stmtList();
  }
}

/** `switch x.(type)` or `switch v := x.(type)`, told by the statement in the header. */
function typeSwitchGuard(stmt: Stmt | undefined): { bind?: Ident; node: TypeAssert } | undefined {
  if (stmt?.kind === 'ExprStmt' && isTypeGuard(stmt.x)) return { node: stmt.x };
  if (stmt?.kind !== 'AssignStmt' || stmt.op !== ':=' || stmt.lhs.length !== 1 || stmt.rhs.length !== 1)
    return undefined;
  const bind = stmt.lhs[0]!;
  const guard = stmt.rhs[0]!;
  return bind.kind === 'Ident' && isTypeGuard(guard) ? { bind, node: guard } : undefined;
}

function isTypeGuard(x: Expr): x is TypeAssert {
  return x.kind === 'TypeAssert' && !x.typeExpr;
}

/** The operator of a statement, where Go reports it. */
function operatorSpan(stmt: Stmt): Span {
  switch (stmt.kind) {
    case 'AssignStmt':
      return stmt.opSpan;
    case 'SendStmt':
      return { start: stmt.arrow, end: stmt.arrow + 2 };
    case 'IncDecStmt':
      return { start: stmt.span.end - 2, end: stmt.span.end };
    default:
      return stmt.span;
  }
}
