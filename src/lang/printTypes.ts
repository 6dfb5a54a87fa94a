/** This file prints the typed program: each declaration with its type, and under each function what its statements' expressions are. */
import type { Block, Expr, FileNode, FuncDecl, GenDecl, Stmt } from './ast';
import { constString } from './constantText';
import { exprString } from './exprString';
import type { Program } from './program';
import { typeString } from './typeString';
import type { Obj } from './types';

/** The text of `dump --stage=types`: one line a declaration or expression, indented as the source is nested. */
export function printTypes(program: Program): string {
  const lines: string[] = [];
  for (const [i, file] of program.files.entries()) {
    lines.push(`file ${program.sources[i]?.name ?? i}`);
    new TypePrinter(lines).file(file);
  }
  for (const step of program.main.inits) {
    lines.push(`init ${step.lhs.map((v) => v.name).join(', ')} = ${exprString(step.rhs)}`);
  }
  for (const { key, value } of program.machine) lines.push(`machine ${key} = ${value}`);
  return lines.join('\n') + '\n';
}

class TypePrinter {
  private depth = 1;

  constructor(private readonly lines: string[]) {}

  file(file: FileNode): void {
    for (const decl of file.decls) {
      if (decl.kind === 'GenDecl') this.genDecl(decl);
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

  private object(object: Obj | undefined): void {
    if (!object) return;
    const value = object.kind === 'const' ? ` = ${constString(object.value)}` : '';
    this.line(`${object.kind} ${object.name} ${describeType(object)}${value}${flags(object)}`);
  }

  private genDecl(decl: GenDecl): void {
    for (const spec of decl.specs) {
      if (spec.kind === 'TypeSpec') this.object(spec.name.object);
      if (spec.kind !== 'ValueSpec') continue;
      for (const name of spec.names) this.object(name.object);
      this.inner(() => this.exprs(spec.values));
    }
  }

  private funcDecl(decl: FuncDecl): void {
    const object = decl.name.object;
    const receiver =
      object?.kind === 'func' && object.recv ? `(${object.recv.pointer ? '*' : ''}${object.recv.typeName}).` : '';
    this.line(`func ${receiver}${decl.name.name} ${object ? describeType(object) : ''}`);
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
        return this.genDecl(s.decl);
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
        for (const declared of s.declares ?? []) this.object(declared);
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
        this.line(`for${s.perIteration ? ' per iteration' : ''}`);
        this.nested([s.init]);
        if (s.cond) this.exprsInside([s.cond]);
        return this.nested([s.post, s.body]);
      case 'RangeStmt':
        this.line(`range${s.perIteration ? ' per iteration' : ''}`);
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
            this.inner(() => this.object(clause.object));
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

  private exprs(list: readonly (Expr | undefined)[]): void {
    for (const e of list) if (e) this.expr(e);
  }

  private exprsInside(list: readonly (Expr | undefined)[]): void {
    this.inner(() => this.exprs(list));
  }

  private expr(e: Expr): void {
    const type = e.type ? typeString(e.type) : '-';
    const value = e.value ? ` = ${constString(e.value)}` : '';
    this.line(`${exprString(e)} : ${e.mode ?? 'unchecked'} ${type}${value}`);
    this.inner(() => {
      for (const lit of literals(e)) this.block(lit.body);
    });
  }
}

function describeType(object: Obj): string {
  if (object.kind !== 'typename' || object.type.kind !== 'named') return typeString(object.type);
  return typeString(object.type.underlying);
}

function flags(object: Obj): string {
  if (object.kind !== 'var') return '';
  return (object.addressTaken ? ' addressed' : '') + (object.captured ? ' captured' : '');
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
    case 'Binary':
      return [e.x, e.y].flatMap(literals);
    case 'CompositeLit':
      return e.elements.flatMap(literals);
    case 'KeyValue':
      return literals(e.val);
    default:
      return [];
  }
}
