/** This file visits the syntax tree without knowing what its nodes mean: the children of any node, in text order. */
import type { Node } from './ast';

/** Calls `visit` with each direct child, in text order. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  switch (node.kind) {
    case 'BadExpr':
    case 'BadStmt':
    case 'BadDecl':
    case 'EmptyStmt':
    case 'Ident':
    case 'BasicLit':
      return;
    case 'CompositeLit':
      one(node.typeExpr, visit);
      return all(node.elements, visit);
    case 'FuncLit':
      one(node.signature, visit);
      return one(node.body, visit);
    case 'Paren':
    case 'Star':
    case 'Unary':
    case 'ExprStmt':
    case 'IncDecStmt':
      return visit(node.x);
    case 'Selector':
      one(node.x, visit);
      return one(node.sel, visit);
    case 'Index':
      one(node.x, visit);
      return all(node.indices, visit);
    case 'SliceExpr':
      one(node.x, visit);
      one(node.low, visit);
      one(node.high, visit);
      return one(node.max, visit);
    case 'TypeAssert':
      one(node.x, visit);
      return one(node.typeExpr, visit);
    case 'Call':
      one(node.fun, visit);
      return all(node.args, visit);
    case 'Binary':
      one(node.x, visit);
      return one(node.y, visit);
    case 'KeyValue':
    case 'MachineEntry':
      one(node.key, visit);
      return one(node.val, visit);
    case 'ArrayType':
      one(node.len === 'auto' ? undefined : node.len, visit);
      return one(node.elem, visit);
    case 'StructType':
      return all(node.fields, visit);
    case 'FuncType':
      all(node.typeParams, visit);
      all(node.params, visit);
      return all(node.results, visit);
    case 'InterfaceType':
      return all([...node.methods, ...node.embeds].sort(byStart), visit);
    case 'InterfaceMethod':
      one(node.name, visit);
      return one(node.signature, visit);
    case 'MapType':
      one(node.key, visit);
      return one(node.elem, visit);
    case 'ChanType':
    case 'Ellipsis':
      return one(node.elem, visit);
    case 'Field':
      all(node.names, visit);
      one(node.typeExpr, visit);
      return one(node.tag, visit);
    case 'DeclStmt':
      return visit(node.decl);
    case 'LabeledStmt':
      one(node.label, visit);
      return one(node.stmt, visit);
    case 'SendStmt':
      one(node.chan, visit);
      return one(node.val, visit);
    case 'AssignStmt':
      all(node.lhs, visit);
      return all(node.rhs, visit);
    case 'GoStmt':
    case 'DeferStmt':
      return visit(node.call);
    case 'ReturnStmt':
      return all(node.results, visit);
    case 'BranchStmt':
      return one(node.label, visit);
    case 'Block':
      return all(node.stmts, visit);
    case 'IfStmt':
      one(node.init, visit);
      one(node.cond, visit);
      one(node.then, visit);
      return one(node.else, visit);
    case 'SwitchStmt':
      one(node.init, visit);
      one(node.tag, visit);
      return all(node.clauses, visit);
    case 'TypeSwitchStmt':
      one(node.init, visit);
      one(node.bind, visit);
      one(node.x, visit);
      return all(node.clauses, visit);
    case 'SelectStmt':
      return all(node.clauses, visit);
    case 'CaseClause':
      all(node.exprs, visit);
      return all(node.body, visit);
    case 'CommClause':
      one(node.comm, visit);
      return all(node.body, visit);
    case 'ForStmt':
      one(node.init, visit);
      one(node.cond, visit);
      one(node.post, visit);
      return one(node.body, visit);
    case 'RangeStmt':
      one(node.key, visit);
      one(node.val, visit);
      one(node.x, visit);
      return one(node.body, visit);
    case 'ImportSpec':
      one(node.name, visit);
      return one(node.path, visit);
    case 'ValueSpec':
      all(node.names, visit);
      one(node.typeExpr, visit);
      return all(node.values, visit);
    case 'TypeSpec':
      one(node.name, visit);
      all(node.typeParams, visit);
      return one(node.typeExpr, visit);
    case 'GenDecl':
      return all(node.specs, visit);
    case 'FuncDecl':
      one(node.recv, visit);
      one(node.name, visit);
      one(node.signature, visit);
      return one(node.body, visit);
    case 'MachineDecl':
      return all(node.entries, visit);
    case 'ProcessDecl':
      one(node.head, visit);
      return all(node.decls, visit);
    case 'ProcessHead':
      one(node.name, visit);
      return all(node.params, visit);
    case 'File':
      one(node.packageName, visit);
      return all(node.decls, visit);
  }
}

function one(child: Node | undefined, visit: (child: Node) => void): void {
  if (child) visit(child);
}

function all(children: readonly Node[] | undefined, visit: (child: Node) => void): void {
  if (children) for (const child of children) visit(child);
}

function byStart(a: Node, b: Node): number {
  return a.span.start - b.span.start;
}

/** What a walk does with the nodes. */
export interface Visitor {
  /** Called before a node's children; false skips them. */
  enter(node: Node, parent?: Node): boolean | void;
  /** Called after them. */
  leave?(node: Node): void;
}

/** Visits a tree depth first. */
export function walk(root: Node, enter: Visitor['enter'], leave?: Visitor['leave']): void {
  new Walk(leave ? { enter, leave } : { enter }).visit(root);
}

/** Visits one tree after the other depth first, with stacks of its own. */
export class Walk {
  /** Nodes that are entered and not left. */
  private readonly open: Node[] = [];
  /** Nodes to come, next one last; those that are open stand before what is in them. */
  private readonly stack: Node[] = [];
  private readonly push = (child: Node): void => void this.stack.push(child);

  constructor(private readonly visitor: Visitor) {}

  visit(root: Node): void {
    const { open, stack, visitor } = this;
    stack.push(root);
    for (let node = stack.pop(); node; node = stack.pop()) {
      const around = open[open.length - 1];
      if (node === around) {
        open.pop();
        visitor.leave?.(node);
      } else if (visitor.enter(node, around) === false) {
        visitor.leave?.(node);
      } else {
        open.push(node);
        stack.push(node);
        const first = stack.length;
        forEachChild(node, this.push);
        reverse(stack, first);
      }
    }
  }
}

function reverse(list: Node[], from: number): void {
  for (let i = from, j = list.length - 1; i < j; i++, j--) [list[i], list[j]] = [list[j]!, list[i]!];
}

/** The nodes around an offset, outermost first: each holds the offset, ends included, so that a caret behind a name finds it. */
export function pathAt(root: Node, offset: number): Node[] {
  const path: Node[] = [];
  let node: Node | undefined = root;
  while (node) {
    path.push(node);
    let inner: Node | undefined;
    forEachChild(node, (child) => {
      if (child.span.start <= offset && offset <= child.span.end) inner = better(inner, child, offset);
    });
    node = inner;
  }
  return path;
}

/** Of two neighbours that touch at the offset, the one that begins there, unless only the other is a name. */
function better(a: Node | undefined, b: Node, offset: number): Node {
  if (!a) return b;
  return a.kind === 'Ident' && a.span.end === offset && b.kind !== 'Ident' ? a : b;
}
