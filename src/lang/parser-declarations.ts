/** This file parses declarations and whole files. */
import type {
  Decl,
  Expr,
  Field,
  FileNode,
  FuncDecl,
  GenDecl,
  Ident,
  ImportSpec,
  Spec,
  TypeSpec,
  ValueSpec,
} from './ast';
import { chainOf } from './chains';
import { StatementParser } from './parser-statements';
import type { TokenKind } from './token';

const declarationStarts: ReadonlySet<TokenKind> = new Set<TokenKind>(['import', 'const', 'type', 'var', 'func']);

/** A group of constants, while it is parsed. */
interface ConstGroup {
  iota: number;
  /** The last spec with values: what a spec without any repeats. */
  last?: ValueSpec;
}

export abstract class DeclarationParser extends StatementParser {
  /** A declaration of Interlane at the top of a file; undefined when none begins here. */
  protected abstract laneDecl(): Decl | undefined;

  /** Whether one begins here. */
  protected abstract atLaneDecl(): boolean;

  protected fileNode(): Omit<FileNode, 'comments'> {
    const packageName = this.packageClause();
    const decls = this.declarations();
    for (const guard of this.typeGuards) {
      this.error('syntax.type-switch-guard', 'use of .(type) outside type switch', guard.span);
    }
    const span = { start: 0, end: this.text.length };
    return { kind: 'File', id: this.nodes++, dialect: this.dialect, ...(packageName && { packageName }), decls, span };
  }

  private packageClause(): Ident | undefined {
    if (this.got('package')) {
      const name = this.name();
      this.want(';');
      return name;
    }
    if (this.dialect === 'go') this.syntaxError('package statement must be first', 'syntax.package-clause');
    return undefined;
  }

  /** Declarations of a file, or up to the brace that closes a process. */
  protected declarations(end: 'EOF' | '}' = 'EOF'): Decl[] {
    const decls: Decl[] = [];
    let onlyImports = end === 'EOF';
    while (!this.at('EOF') && !this.at(end)) {
      if (this.got(';')) continue;
      const importLate = this.at('import') && !onlyImports;
      if (importLate) this.syntaxError('imports must appear before other declarations', 'syntax.import-order');
      const decl = this.declaration(decls, end);
      if (decl) decls.push(decl);
      if (decl && decl.kind !== 'MachineDecl') onlyImports &&= decl.kind === 'GenDecl' && decl.tok === 'import';
      if (decl && !this.at('EOF') && !this.at(end) && !this.got(';')) {
        this.unexpected(end === 'EOF' ? 'after top level declaration' : 'after declaration in process');
        this.skipToDeclaration(end);
      }
    }
    return decls;
  }

  private declaration(previous: Decl[], end: 'EOF' | '}'): Decl | undefined {
    switch (this.token.kind) {
      case 'import':
      case 'const':
      case 'var':
      case 'type':
        return this.genDecl();
      case 'func':
        return this.funcDecl();
      default:
        break;
    }
    const decl = this.laneDecl();
    if (!decl) this.misplaced(previous, end);
    return decl;
  }

  /** Something that is no declaration: skipped to the next one, unless it is the body of the function before. */
  private misplaced(previous: Decl[], end: 'EOF' | '}'): void {
    const last = previous[previous.length - 1];
    if (this.at('{') && last?.kind === 'FuncDecl' && !last.body) {
      this.syntaxError('unexpected semicolon or newline before {', 'syntax.brace-position');
      const body = this.functionBody();
      previous[previous.length - 1] = { ...last, size: this.nodes, body, span: this.spanFrom(last.span.start) };
      return;
    }
    if (this.at('package')) this.syntaxError('package statement must be first', 'syntax.package-clause');
    else this.syntaxError('non-declaration statement outside function body', 'syntax.outside-function');
    this.next();
    this.skipToDeclaration(end);
  }

  /** Skips to a keyword that begins a declaration: outside of braces at the start of a statement, or in the first column; or to the end of the process. */
  private skipToDeclaration(end: 'EOF' | '}'): void {
    let braces = 0;
    let afterSemicolon = false;
    while (!this.at('EOF')) {
      const { kind, start } = this.token;
      const firstColumn = start === 0 || this.text[start - 1] === '\n';
      const starts = declarationStarts.has(kind) || this.atLaneDecl();
      if (starts && (firstColumn || (braces <= 0 && afterSemicolon))) return;
      if (kind === end && braces <= 0) return;
      if (kind === '{') braces++;
      if (kind === '}') braces--;
      afterSemicolon = kind === ';' || kind === '}';
      this.next();
    }
  }

  // ------------------------------------------------------------ import, const, var, type

  protected override genDecl(): GenDecl {
    const { start, kind } = this.next();
    const tok = kind as GenDecl['tok'];
    const group: ConstGroup = { iota: 0 };
    const specs: Spec[] = [];
    const one = (): void => {
      const spec = this.spec(tok, group);
      if (spec) specs.push(spec);
    };
    if (this.got('(')) this.list('grouped declaration', ';', ')', one);
    else one();
    return { kind: 'GenDecl', id: this.nodes++, tok, specs, span: this.spanFrom(start) };
  }

  private spec(tok: GenDecl['tok'], group: ConstGroup): Spec | undefined {
    this.beginBody();
    switch (tok) {
      case 'import':
        return this.importSpec();
      case 'const':
        return this.constSpec(group);
      case 'var':
        return this.varSpec();
      case 'type':
        return this.typeSpec();
    }
  }

  private importSpec(): ImportSpec | undefined {
    const { start } = this.token;
    let name: Ident | undefined;
    if (this.at('name')) name = this.name();
    else if (this.at('.')) {
      const { end } = this.next();
      name = { kind: 'Ident', id: this.nodes++, name: '.', span: { start, end } };
    }
    if (!this.at('literal')) {
      this.syntaxError('missing import path; require quoted string');
      this.advance(';', ')');
      return undefined;
    }
    const path = this.literal();
    if (path.lit !== 'string') {
      this.syntaxError('import path must be a string', 'syntax.unexpected-token', path.span);
      return undefined;
    }
    return { kind: 'ImportSpec', id: this.nodes++, ...(name && { name }), path, span: this.spanFrom(start) };
  }

  private constSpec(group: ConstGroup): ValueSpec {
    const { start } = this.token;
    const names = this.nameList();
    const ends = this.at('EOF') || this.at(';') || this.at(')');
    const typeExpr = ends ? undefined : this.typeOrNone();
    const values = !ends && this.gotAssign() ? this.exprList() : [];
    const repeats = !typeExpr && values.length === 0 ? group.last : undefined;
    const spec: ValueSpec = {
      kind: 'ValueSpec',
      id: this.nodes++,
      size: this.nodes,
      names,
      ...(typeExpr && { typeExpr }),
      values,
      iota: group.iota++,
      ...(repeats && { inherited: repeats }),
      span: this.spanFrom(start),
    };
    if (!repeats) group.last = spec;
    return spec;
  }

  protected varSpec(): ValueSpec {
    const { start } = this.token;
    const names = this.nameList();
    let typeExpr: Expr | undefined;
    let values: Expr[] = [];
    if (!this.at('=') && !this.at(':=')) typeExpr = this.type();
    if (this.gotAssign()) values = this.exprList();
    return {
      kind: 'ValueSpec',
      id: this.nodes++,
      size: this.nodes,
      names,
      ...(typeExpr && { typeExpr }),
      values,
      iota: 0,
      span: this.spanFrom(start),
    };
  }

  private typeSpec(): TypeSpec {
    const { start } = this.token;
    const name = this.name();
    let typeParams: Field[] = [];
    let isAlias = false;
    let typeExpr: Expr | undefined;
    if (this.at('[')) {
      const bracketed = this.bracketAfterTypeName();
      typeParams = bracketed.typeParams;
      typeExpr = bracketed.typeExpr;
    }
    if (!typeExpr) {
      isAlias = this.gotAssign();
      typeExpr = this.typeOrNone();
    }
    if (!typeExpr) {
      typeExpr = this.badExpr();
      this.unexpected('in type declaration');
      this.advance(';', ')');
    }
    return {
      kind: 'TypeSpec',
      id: this.nodes++,
      size: this.nodes,
      name,
      typeParams,
      isAlias,
      typeExpr,
      span: this.spanFrom(start),
    };
  }

  /**
   * After `type T`, at `[`: an array or slice type, or type parameters. `[P` followed by more is read as an expression first;
   * if that splits into a name and a constraint (`P *C|D`, `P interface{}`), it was the first type parameter.
   */
  private bracketAfterTypeName(): { typeParams: Field[]; typeExpr?: Expr } {
    const { start } = this.next();
    if (this.got(']')) return { typeParams: [], typeExpr: this.sliceType(start) };
    if (!this.at('name')) return { typeParams: [], typeExpr: this.arrayType(start) };
    let x: Expr = this.name();
    if (!this.at('[')) x = this.bracketed(() => this.binary(this.primary(x), 0));
    const first = splitTypeParameter(x, this.at(','));
    if (first && (first.typeExpr || !this.at(']'))) return { typeParams: this.parameters(']', true, false, first) };
    return { typeParams: [], typeExpr: this.arrayType(start, x) };
  }

  // ------------------------------------------------------------ functions

  private funcDecl(): FuncDecl {
    this.beginBody();
    const { start } = this.next();
    const recv = this.at('(') ? this.receiver() : undefined;
    const method = recv !== undefined;
    let name: Ident;
    let signature: FuncDecl['signature'];
    if (this.at('name')) {
      name = this.name();
      signature = this.signature(method ? 'method' : '', this.token.start);
    } else {
      name = { kind: 'Ident', id: this.nodes++, name: '_', span: this.emptyHere() };
      signature = { kind: 'FuncType', id: this.nodes++, typeParams: [], params: [], results: [], span: name.span };
      this.unexpected(method ? 'expected name' : 'expected name or (');
      this.advance('{', ';');
    }
    const body = this.at('{') ? this.functionBody() : undefined;
    return {
      kind: 'FuncDecl',
      id: this.nodes++,
      size: this.nodes,
      ...(recv?.field && { recv: recv.field }),
      name,
      signature,
      ...(body && { body }),
      span: this.spanFrom(start),
    };
  }

  private receiver(): { field?: Field } {
    const open = this.next();
    const fields = this.parameters(')', false, false);
    const place = { start: open.start, end: this.lastEnd };
    const count = fields.reduce((n, f) => n + Math.max(1, f.names.length), 0);
    if (count === 0) this.error('syntax.receiver', 'method has no receiver', place);
    if (count > 1) this.error('syntax.receiver', 'method has multiple receivers', place);
    const field = fields[0];
    if (!field) return {};
    return { field: field.names.length > 1 ? { ...field, names: field.names.slice(0, 1) } : field };
  }
}

/**
 * Splits `x` into the name and the constraint of a type parameter where it can be read so: `P *C`, `P (C)`, `P *C|~D`.
 * What could as well be an array length (`P * C`) is split only if `force`. A mere name yields no constraint.
 */
function splitTypeParameter(x: Expr, force: boolean): { name: Ident; typeExpr?: Expr } | undefined {
  if (x.kind === 'Ident') return { name: x };
  if (x.kind === 'Call' && x.fun.kind === 'Ident' && x.args.length === 1 && !x.spread) {
    const arg = x.args[0]!;
    return force || isTypeElement(arg) ? { name: x.fun, typeExpr: arg } : undefined;
  }
  if (x.kind !== 'Binary') return undefined;
  if (x.op === '*' && x.x.kind === 'Ident' && (force || isTypeElement(x.y))) {
    return {
      name: x.x,
      typeExpr: { kind: 'Star', id: x.id, x: x.y, span: { start: x.opSpan.start, end: x.span.end } },
    };
  }
  if (x.op === '|') {
    const left = splitTypeParameter(x.x, force || isTypeElement(x.y));
    if (!left?.typeExpr) return undefined;
    return {
      name: left.name,
      typeExpr: { ...x, x: left.typeExpr, span: { start: left.typeExpr.span.start, end: x.span.end } },
    };
  }
  return undefined;
}

/** True when the expression can only be a constraint, not a value. */
function isTypeElement(x: Expr): boolean {
  switch (x.kind) {
    case 'ArrayType':
    case 'StructType':
    case 'FuncType':
    case 'InterfaceType':
    case 'MapType':
    case 'ChanType':
      return true;
    case 'Binary': {
      const chain = chainOf(x);
      return isTypeElement(chain[0]!.x) || chain.some(({ y }) => isTypeElement(y));
    }
    case 'Unary':
      return x.op === '~' || isTypeElement(x.x);
    case 'Star':
    case 'Paren':
      return isTypeElement(x.x);
    default:
      return false;
  }
}
