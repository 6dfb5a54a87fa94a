/** This file takes a program text apart as mutation needs it: into tokens, and into nodes of the tree by their class. */
import type { Node } from '../../src/lang/ast';
import { parseFile } from '../../src/lang/parser';
import { scan } from '../../src/lang/scanner';
import type { Token } from '../../src/lang/token';
import { walk } from '../../src/lang/walk';

export type SourceDialect = 'lane' | 'go';

/** What may stand in place of what: nodes of a class are of one syntactic category. */
export type NodeClass = 'type' | 'expression' | 'statement' | 'declaration' | 'part';

/** A node as mutation knows it: a range of the text. */
export interface Part {
  readonly kind: Node['kind'];
  readonly class: NodeClass;
  readonly start: number;
  readonly end: number;
}

const KINDS: Readonly<Record<Exclude<NodeClass, 'expression'>, readonly Node['kind'][]>> = {
  type: ['ArrayType', 'StructType', 'FuncType', 'InterfaceType', 'MapType', 'ChanType'],
  statement: [
    'BadStmt', 'DeclStmt', 'LabeledStmt', 'ExprStmt', 'SendStmt', 'IncDecStmt', 'AssignStmt', 'GoStmt', 'DeferStmt', 'ReturnStmt', 'BranchStmt', 'Block',
    'IfStmt', 'SwitchStmt', 'TypeSwitchStmt', 'SelectStmt', 'ForStmt', 'RangeStmt',
  ],
  declaration: ['GenDecl', 'FuncDecl', 'MachineDecl', 'ProcessDecl', 'BadDecl'],
  part: ['ImportSpec', 'ValueSpec', 'TypeSpec', 'Field', 'InterfaceMethod', 'CaseClause', 'CommClause', 'MachineEntry', 'KeyValue', 'Ellipsis'],
}; // prettier-ignore

const CLASS_OF = new Map<Node['kind'], NodeClass>(
  Object.entries(KINDS).flatMap(([name, kinds]) => kinds.map((kind) => [kind, name as NodeClass] as const)),
);

/** Tokens that may stand for each other: names, each sort of literal, operators, and each other token alone. */
export function tokenClass({ kind, lit }: Token): string {
  if (kind === 'literal') return lit ?? 'int';
  return /^[a-z]+$/i.test(kind) ? (kind === 'name' ? 'name' : 'keyword') : 'sign';
}

export class Specimen {
  private scanned: readonly Token[] | undefined;
  private parsed: readonly Part[] | undefined;

  constructor(
    readonly text: string,
    readonly dialect: SourceDialect,
  ) {}

  /** All tokens that have a text of their own. */
  get tokens(): readonly Token[] {
    return (this.scanned ??= [...scan(this.text, this.dialect).tokens].filter(({ start, end }) => end > start));
  }

  /** All nodes but the file itself, outer before inner. */
  get parts(): readonly Part[] {
    return (this.parsed ??= partsOf(parseFile(this.text, this.dialect, 0).file));
  }

  textOf({ start, end }: { readonly start: number; readonly end: number }): string {
    return this.text.slice(start, end);
  }

  /** The same program with other texts in place of some ranges that do not overlap. */
  with(...edits: readonly { readonly start: number; readonly end: number; readonly text: string }[]): Specimen {
    let { text } = this;
    for (const edit of [...edits].sort((a, b) => b.start - a.start)) {
      text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
    }
    return new Specimen(text, this.dialect);
  }
}

function partsOf(file: Node): Part[] {
  const parts: Part[] = [];
  walk(file, ({ kind, span }) => {
    if (kind === 'File' || span.end <= span.start) return;
    parts.push({ kind, class: CLASS_OF.get(kind) ?? 'expression', start: span.start, end: span.end });
  });
  return parts;
}
