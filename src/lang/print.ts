/** This file prints tokens and syntax trees as text, for people and for tests. */
import type { Node } from './ast';
import { SourceFile } from '../base/span';
import { walk } from './walk';
import type { Scan } from './scanner';

/** One line a token: position, kind, and text where the kind does not say it. */
export function printTokens(text: string, scanned: Scan): string {
  const source = new SourceFile('', text);
  return Array.from(
    scanned.tokens,
    (t) => `${place(source, t.start)} ${t.lit ?? t.kind}${t.text === t.kind ? '' : ` ${JSON.stringify(t.text)}`}\n`,
  ).join('');
}

/** One line a node, indented under its parent: kind, what distinguishes it, and its range in lines and columns. */
export function printTree(text: string, root: Node): string {
  const source = new SourceFile('', text);
  const lines: string[] = [];
  let depth = 0;
  const print = (node: Node): void => {
    const detail = describe(node);
    const { start, end } = node.span;
    lines.push(
      `${'  '.repeat(depth++)}${node.kind}${detail && ` ${detail}`} ${place(source, start)}-${place(source, end)}\n`,
    );
  };
  walk(root, print, () => depth--);
  return lines.join('');
}

function place(source: SourceFile, offset: number): string {
  const { line, column } = source.position(offset);
  return `${line + 1}:${column + 1}`;
}

/** What a node is beyond its kind and its children. */
function describe(node: Node): string {
  switch (node.kind) {
    case 'Ident':
      return node.name;
    case 'BasicLit':
      return `${node.lit} ${JSON.stringify(node.raw)}`;
    case 'Unary':
    case 'Binary':
    case 'AssignStmt':
    case 'IncDecStmt':
    case 'BranchStmt':
      return node.op;
    case 'Call':
      return node.spread ? 'spread' : '';
    case 'ChanType':
      return node.dir;
    case 'ArrayType':
      return node.len === undefined ? 'slice' : node.len === 'auto' ? '[...]' : '';
    case 'GenDecl':
      return node.tok;
    case 'ValueSpec':
      return node.iota > 0 || node.inherited ? `iota=${node.iota}${node.inherited ? ' inherited' : ''}` : '';
    case 'TypeSpec':
      return node.isAlias ? 'alias' : '';
    case 'CaseClause':
      return node.isDefault ? 'default' : '';
    case 'CommClause':
      return node.comm ? '' : 'default';
    case 'RangeStmt':
      return node.define ? 'define' : '';
    case 'File':
      return node.dialect;
    default:
      return '';
  }
}
