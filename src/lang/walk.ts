/** This file visits the syntax tree without knowing what its nodes mean: the children of any node, in text order. */
import type { Node } from './ast';

type Child = Node | undefined;

/** Calls `visit` with each direct child, in text order. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  const one = (child: Child): void => {
    if (child) visit(child);
  };
  const all = (...children: (Child | readonly Node[])[]): void => {
    for (const child of children) {
      if (Array.isArray(child)) child.forEach(one);
      else one(child as Child);
    }
  };
  switch (node.kind) {
    case 'BadExpr':
    case 'BadStmt':
    case 'BadDecl':
    case 'EmptyStmt':
    case 'Ident':
    case 'BasicLit':
      return;
    case 'CompositeLit':
      return all(node.typeExpr, node.elements);
    case 'FuncLit':
      return all(node.signature, node.body);
    case 'Paren':
    case 'Star':
    case 'Unary':
    case 'ExprStmt':
    case 'IncDecStmt':
      return visit(node.x);
    case 'Selector':
      return all(node.x, node.sel);
    case 'Index':
      return all(node.x, node.indices);
    case 'SliceExpr':
      return all(node.x, node.low, node.high, node.max);
    case 'TypeAssert':
      return all(node.x, node.typeExpr);
    case 'Call':
      return all(node.fun, node.args);
    case 'Binary':
      return all(node.x, node.y);
    case 'KeyValue':
    case 'MachineEntry':
      return all(node.key, node.val);
    case 'ArrayType':
      return all(node.len === 'auto' ? undefined : node.len, node.elem);
    case 'StructType':
      return all(node.fields);
    case 'FuncType':
      return all(node.typeParams, node.params, node.results);
    case 'InterfaceType':
      return all([...node.methods, ...node.embeds].sort((a, b) => a.span.start - b.span.start));
    case 'InterfaceMethod':
      return all(node.name, node.signature);
    case 'MapType':
      return all(node.key, node.elem);
    case 'ChanType':
    case 'Ellipsis':
      return one(node.elem);
    case 'Field':
      return all(node.names, node.typeExpr, node.tag);
    case 'DeclStmt':
      return visit(node.decl);
    case 'LabeledStmt':
      return all(node.label, node.stmt);
    case 'SendStmt':
      return all(node.chan, node.val);
    case 'AssignStmt':
      return all(node.lhs, node.rhs);
    case 'GoStmt':
    case 'DeferStmt':
      return visit(node.call);
    case 'ReturnStmt':
      return all(node.results);
    case 'BranchStmt':
      return one(node.label);
    case 'Block':
      return all(node.stmts);
    case 'IfStmt':
      return all(node.init, node.cond, node.then, node.else);
    case 'SwitchStmt':
      return all(node.init, node.tag, node.clauses);
    case 'TypeSwitchStmt':
      return all(node.init, node.bind, node.x, node.clauses);
    case 'SelectStmt':
      return all(node.clauses);
    case 'CaseClause':
      return all(node.exprs, node.body);
    case 'CommClause':
      return all(node.comm, node.body);
    case 'ForStmt':
      return all(node.init, node.cond, node.post, node.body);
    case 'RangeStmt':
      return all(node.key, node.val, node.x, node.body);
    case 'ImportSpec':
      return all(node.name, node.path);
    case 'ValueSpec':
      return all(node.names, node.typeExpr, node.values);
    case 'TypeSpec':
      return all(node.name, node.typeParams, node.typeExpr);
    case 'GenDecl':
      return all(node.specs);
    case 'FuncDecl':
      return all(node.recv, node.name, node.signature, node.body);
    case 'MachineDecl':
      return all(node.entries);
    case 'File':
      return all(node.packageName, node.decls);
  }
}

/**
 * Visits a tree depth first. `enter` is called before a node's children and may return false to skip them; `leave` after them.
 */
export function walk(
  root: Node,
  enter: (node: Node, parent?: Node) => boolean | void,
  leave?: (node: Node) => void,
): void {
  const visit = (node: Node, parent?: Node): void => {
    if (enter(node, parent) !== false) forEachChild(node, (child) => visit(child, node));
    leave?.(node);
  };
  visit(root);
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
