/** This file prints the typed program: each declaration with its type, and under each function what its statements' expressions are. */
import { InternalError } from '../base/assert';
import type { Block, Expr, FileNode, FuncDecl, GenDecl, Stmt } from './ast';
import { constString } from './constantText';
import { exprString } from './exprString';
import type { Program } from './program';
import { typeString } from './typeString';
import type { CheckedPackage, Referent } from './types';
import type { BodyRoot, Typing } from './typing';
import { chainOf } from './chains';
import { UseFinder, type VariableUses } from './variables';

/** The text of `dump --stage=types`: one line a declaration or expression, indented as the source is nested. */
export function printTypes(program: Program): string {
  const lines: string[] = [];
  for (const [i, file] of program.files.entries()) {
    lines.push(`file ${program.sources[i]?.name ?? i}`);
    new TypePrinter(lines, program.main).file(file);
  }
  for (const step of program.main.inits) {
    lines.push(`init ${step.lhs.map((v) => v.name).join(', ')} = ${exprString(step.rhs)}`);
  }
  for (const { key, value } of program.machine) lines.push(`machine ${key} = ${value}`);
  return lines.join('\n') + '\n';
}

class TypePrinter {
  private depth = 1;

  /** What is known of the body being printed. */
  private typing!: Typing;
  private uses!: VariableUses;

  constructor(
    private readonly lines: string[],
    private readonly pkg: CheckedPackage,
  ) {}

  private enter(root: BodyRoot): void {
    const typing = this.pkg.typings.get(root);
    if (!typing) throw new InternalError('a body without typing', { kind: root.kind, at: root.span.start });
    this.typing = typing;
    this.uses = new UseFinder().of(typing);
  }

  file(file: FileNode): void {
    for (const decl of file.decls) {
      if (decl.kind === 'GenDecl') this.genDecl(decl, true);
      else if (decl.kind === 'FuncDecl') this.funcDecl(decl);
    }
  }

  private line(text: string): void {
    this.lines.push('  '.repeat(this.depth) + text);
  }

  private inner(action: () => void): void {
    this.depth++;
    action();
    this.depth--;
  }

  private object(object: Referent | undefined): void {
    if (!object || object.kind === 'method') return;
    const value = object.kind === 'const' ? ` = ${constString(object.value)}` : '';
    this.line(`${object.kind} ${object.name} ${describeType(object)}${value}${this.flags(object)}`);
  }

  private genDecl(decl: GenDecl, isPackageLevel: boolean): void {
    for (const spec of decl.specs) {
      if (isPackageLevel && spec.kind !== 'ImportSpec') this.enter(spec);
      if (spec.kind === 'TypeSpec') this.object(this.typing.objectOf(spec.name));
      if (spec.kind !== 'ValueSpec') continue;
      for (const name of spec.names) this.object(this.typing.objectOf(name));
      this.inner(() => this.exprs(spec.values));
    }
  }

  private funcDecl(decl: FuncDecl): void {
    this.enter(decl);
    const object = this.typing.objectOf(decl.name);
    const receiver =
      object?.kind === 'func' && object.recv ? `(${object.recv.pointer ? '*' : ''}${object.recv.typeName}).` : '';
    this.line(`func ${receiver}${decl.name.name} ${object?.kind === 'func' ? describeType(object) : ''}`);
    const body = decl.body;
    if (body) this.inner(() => this.block(body));
  }

  private block(block: Block): void {
    for (const s of block.stmts) this.stmt(s);
  }

  private nested(list: readonly (Stmt | undefined)[]): void {
    this.inner(() => {
      for (const s of list) if (s) this.stmt(s);
    });
  }

  private stmt(s: Stmt): void {
    switch (s.kind) {
      case 'DeclStmt':
        return this.genDecl(s.decl, false);
      case 'LabeledStmt':
        this.line(`${s.label.name}:`);
        return this.stmt(s.stmt);
      case 'ExprStmt':
        return this.expr(s.x);
      case 'SendStmt':
        return this.exprs([s.chan, s.val]);
      case 'IncDecStmt':
        return this.expr(s.x);
      case 'AssignStmt':
        for (const declared of this.typing.declaredBy(s)) this.object(declared);
        return this.exprs([...(s.op === ':=' ? [] : s.lhs), ...s.rhs]);
      case 'GoStmt':
      case 'DeferStmt':
        this.line(s.kind === 'GoStmt' ? 'go' : 'defer');
        return this.inner(() => this.expr(s.call));
      case 'ReturnStmt':
        return this.exprs(s.results);
      case 'Block':
        return this.nested(s.stmts);
      case 'IfStmt':
        this.line('if');
        if (s.init) this.nested([s.init]);
        this.inner(() => this.expr(s.cond));
        return this.nested([s.then, s.else]);
      case 'ForStmt':
        this.line(`for${this.typing.perIteration ? ' per iteration' : ''}`);
        this.nested([s.init]);
        if (s.cond) this.exprsInside([s.cond]);
        return this.nested([s.post, s.body]);
      case 'RangeStmt':
        this.line(`range${this.typing.perIteration ? ' per iteration' : ''}`);
        this.exprsInside([s.key, s.val, s.x]);
        return this.nested([s.body]);
      case 'SwitchStmt':
      case 'TypeSwitchStmt':
        this.line('switch');
        this.nested([s.init]);
        this.exprsInside([s.kind === 'SwitchStmt' ? s.tag : s.x]);
        return this.inner(() => {
          for (const clause of s.clauses) {
            this.line(clause.isDefault ? 'default' : 'case');
            this.exprsInside(clause.exprs);
            this.inner(() => this.object(this.typing.variableOf(clause)));
            this.nested(clause.body);
          }
        });
      case 'SelectStmt':
        this.line('select');
        return this.inner(() => {
          for (const clause of s.clauses) {
            this.line(clause.comm ? 'case' : 'default');
            this.nested([clause.comm, ...clause.body]);
          }
        });
      default:
        return;
    }
  }

  private flags(object: Referent): string {
    if (object.kind !== 'var') return '';
    return (this.uses.addressed.has(object) ? ' addressed' : '') + (this.uses.captured.has(object) ? ' captured' : '');
  }

  private exprs(list: readonly (Expr | undefined)[]): void {
    for (const e of list) if (e) this.expr(e);
  }

  private exprsInside(list: readonly (Expr | undefined)[]): void {
    this.inner(() => this.exprs(list));
  }

  private expr(e: Expr): void {
    const type = this.typing.typeOf(e);
    const value = this.typing.constantOf(e);
    const shown = `${type ? typeString(type) : '-'}${value ? ` = ${constString(value)}` : ''}`;
    this.line(`${exprString(e)} : ${this.typing.modeOf(e) ?? 'unchecked'} ${shown}`);
    this.inner(() => {
      for (const lit of literals(e)) this.block(lit.body);
    });
  }
}

function describeType(object: Exclude<Referent, { kind: 'method' }>): string {
  if (object.kind !== 'typename' || object.type.kind !== 'named') return typeString(object.type);
  return typeString(object.type.underlying);
}

/** Function literals in an expression, outermost first, not those inside of them. */
function literals(e: Expr): Extract<Expr, { kind: 'FuncLit' }>[] {
  switch (e.kind) {
    case 'FuncLit':
      return [e];
    case 'Paren':
    case 'Unary':
    case 'Star':
    case 'Selector':
    case 'TypeAssert':
      return literals(e.x);
    case 'Call':
      return [e.fun, ...e.args].flatMap(literals);
    case 'Binary': {
      const chain = chainOf(e);
      return [chain[0]!.x, ...chain.map(({ y }) => y)].flatMap(literals);
    }
    case 'CompositeLit':
      return e.elements.flatMap(literals);
    case 'KeyValue':
      return literals(e.val);
    default:
      return [];
  }
}
