/**
 * This file defines what the checker finds out of one body: a typing. The syntax tree itself is never written to, so one body can have several
 * typings (in two packages; later one for each instantiation), and a body that did not change can keep the one it has.
 * A body is a function declaration, with the function literals in it, or a declaration of constants, variables, types, the machine or the head of a process.
 * The parser numbers its nodes, so that the table is an array. The cut is that of go/types.Info, by body instead of by package.
 */
import type {
  AssignStmt,
  Call,
  CaseClause,
  Expr,
  FuncDecl,
  FuncLit,
  Ident,
  MachineDecl,
  Node,
  ProcessHead,
  Selector,
  TypeSpec,
  ValueSpec,
} from './ast';
import type { ConstValue, FieldObj, FuncObj, MethodObj, Referent, Signature, Type, VarObj } from './types';

/** What an expression stands for. */
export type Mode =
  | 'novalue'
  | 'type'
  | 'builtin'
  | 'constant'
  | 'variable'
  | 'mapindex'
  | 'value'
  | 'commaok'
  | 'package'
  | 'nil'
  | 'invalid';

/**
 * How `x.f` is resolved, and to which object: that of the declaration, also when it is promoted through embedded fields. `path` are field indices
 * through embedded structs, outermost first, the last one the field itself (for methods: the embedded fields on the way).
 */
export type Selection =
  | { readonly kind: 'package' } // the object of `sel` is the member
  | { readonly kind: 'field'; readonly path: readonly number[]; readonly object: FieldObj } // a pointer on the way is dereferenced
  | MethodSelection
  | {
      readonly kind: 'interfaceMethod';
      readonly path: readonly number[];
      readonly index: number;
      readonly object: MethodObj;
    }; // index into the interface's sorted method list

/** `recv`: what the method declares; x is addressed or dereferenced to fit. */
interface MethodSelection {
  readonly kind: 'method' | 'methodExpr';
  readonly path: readonly number[];
  readonly object: FuncObj;
  readonly recv: 'value' | 'pointer';
}

/** What kind of call it is. `builtin` names it. */
export type CallKind =
  | { readonly kind: 'conversion' }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'call'; readonly signature: Signature };

/** The nodes that are bodies: their `size` is the number of nodes in them. */
export type BodyRoot = FuncDecl | ValueSpec | TypeSpec | MachineDecl | ProcessHead;

/** What is known of one node beyond type and value; which of these follows from its kind. */
type Fact = Referent | Selection | CallKind | VarObj | readonly (VarObj | undefined)[] | 'defers';

type Cell = Type | Mode | ConstValue | Fact | undefined;
/** Cells of a node, one after the other: of small bodies there are many, and four tables of each were twice as large. */
const [TYPE, MODE, VALUE, FACT] = [0, 1, 2, 3];
const CELLS = 4;

/** What was found of one body; for everybody but the checker. Of a node of another body it knows nothing true. */
export class Typing {
  protected readonly cells: Cell[];

  constructor(
    readonly root: BodyRoot,
    /** Whether variables of `for` are new in each iteration: language version 1.22 or later. */
    readonly perIteration: boolean,
  ) {
    this.cells = new Array<Cell>(root.size * CELLS);
  }

  /** The type of the value; for a type expression, the type it denotes. A call of several results has a tuple. */
  typeOf(e: Expr): Type | undefined {
    return this.cells[e.id * CELLS + TYPE] as Type | undefined;
  }

  modeOf(e: Expr): Mode | undefined {
    return this.cells[e.id * CELLS + MODE] as Mode | undefined;
  }

  /** The value of a constant, converted to its type (untyped constants keep an untyped type only where Go does). */
  constantOf(e: Expr): ConstValue | undefined {
    return this.cells[e.id * CELLS + VALUE] as ConstValue | undefined;
  }

  /** The object that a name declares or uses; `_` and undeclared names have none. */
  objectOf(e: Ident): Referent | undefined {
    return this.factOf(e) as Referent | undefined;
  }

  selectionOf(e: Selector): Selection | undefined {
    return this.factOf(e) as Selection | undefined;
  }

  callOf(e: Call): CallKind | undefined {
    return this.factOf(e) as CallKind | undefined;
  }

  /** The variables that a `:=` declares, by position in `lhs` (undefined: assigned, not new). */
  declaredBy(s: AssignStmt): readonly (VarObj | undefined)[] {
    return (this.factOf(s) as readonly (VarObj | undefined)[] | undefined) ?? [];
  }

  /** The variable of a type switch in this clause. */
  variableOf(clause: CaseClause): VarObj | undefined {
    return this.factOf(clause) as VarObj | undefined;
  }

  /** Whether a function has deferred calls, those of literals in it aside. */
  defers(func: FuncDecl | FuncLit): boolean {
    return this.factOf(func) === 'defers';
  }

  private factOf(node: Node): Fact | undefined {
    return this.cells[node.id * CELLS + FACT] as Fact | undefined;
  }
}

/** The checker's side of a typing. */
export class TypingTable extends Typing {
  private scratchTable: TypingTable | undefined;

  /** Where the checker notes what an expression means at the second of two places that share it (`const a, b = 1 << iota; c, d`). */
  get scratch(): TypingTable {
    return (this.scratchTable ??= new TypingTable(this.root, this.perIteration));
  }

  record(e: Expr, mode: Mode, type: Type | undefined, value?: ConstValue): void {
    const at = e.id * CELLS;
    this.cells[at + MODE] = mode;
    this.cells[at + TYPE] = type;
    this.cells[at + VALUE] = value;
  }

  setType(e: Expr, type: Type): void {
    this.cells[e.id * CELLS + TYPE] = type;
  }

  setValue(e: Expr, value: ConstValue | undefined): void {
    this.cells[e.id * CELLS + VALUE] = value;
  }

  setObject(e: Ident, object: Referent): void {
    this.set(e, object);
  }

  setSelection(e: Selector, selection: Selection | undefined): void {
    this.set(e, selection);
  }

  setCall(e: Call, call: CallKind | undefined): void {
    this.set(e, call);
  }

  setDeclared(s: AssignStmt, variables: readonly (VarObj | undefined)[]): void {
    this.set(s, variables);
  }

  setVariable(clause: CaseClause, variable: VarObj): void {
    this.set(clause, variable);
  }

  setDefers(func: FuncDecl | FuncLit): void {
    this.set(func, 'defers');
  }

  private set(node: Node, fact: Fact | undefined): void {
    this.cells[node.id * CELLS + FACT] = fact;
  }
}
