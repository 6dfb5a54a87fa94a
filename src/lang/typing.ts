/**
 * This file defines what the checker finds out of one body: a typing. The syntax tree itself is never written to, so one body can have several
 * typings (in two packages; later one for each instantiation), and a body that did not change can keep the one it has.
 * A body is a function declaration, with the function literals in it, or a declaration of constants, variables, types or the machine at package level.
 * The parser numbers its nodes, so that a table is an array. The cut is that of go/types.Info, by body instead of by package.
 */
import type {
  AssignStmt,
  Call,
  CaseClause,
  Expr,
  FuncDecl,
  Ident,
  MachineDecl,
  Node,
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
export type BodyRoot = FuncDecl | ValueSpec | TypeSpec | MachineDecl;

/** What is known of one node beyond type and value; which of these follows from its kind. */
type Fact = Referent | Selection | CallKind | VarObj | readonly (VarObj | undefined)[];

/** What was found of one body; for everybody but the checker. Of a node of another body it knows nothing true. */
export class Typing {
  protected readonly types: (Type | undefined)[];
  protected readonly modes: (Mode | undefined)[];
  protected readonly values: (ConstValue | undefined)[];
  protected readonly facts: (Fact | undefined)[];

  constructor(
    readonly root: BodyRoot,
    /** Whether variables of `for` are new in each iteration: language version 1.22 or later. */
    readonly perIteration: boolean,
    size: number = root.size,
  ) {
    this.types = new Array<Type | undefined>(size);
    this.modes = new Array<Mode | undefined>(size);
    this.values = new Array<ConstValue | undefined>(size);
    this.facts = new Array<Fact | undefined>(size);
  }

  /** The type of the value; for a type expression, the type it denotes. A call of several results has a tuple. */
  typeOf(e: Expr): Type | undefined {
    return this.types[e.id];
  }

  modeOf(e: Expr): Mode | undefined {
    return this.modes[e.id];
  }

  /** The value of a constant, converted to its type (untyped constants keep an untyped type only where Go does). */
  constantOf(e: Expr): ConstValue | undefined {
    return this.values[e.id];
  }

  /** The object that a name declares or uses; `_` and undeclared names have none. */
  objectOf(e: Ident): Referent | undefined {
    return this.facts[e.id] as Referent | undefined;
  }

  selectionOf(e: Selector): Selection | undefined {
    return this.facts[e.id] as Selection | undefined;
  }

  callOf(e: Call): CallKind | undefined {
    return this.facts[e.id] as CallKind | undefined;
  }

  /** The variables that a `:=` declares, by position in `lhs` (undefined: assigned, not new). */
  declaredBy(s: AssignStmt): readonly (VarObj | undefined)[] {
    return (this.facts[s.id] as readonly (VarObj | undefined)[] | undefined) ?? [];
  }

  /** The variable of a type switch in this clause. */
  variableOf(clause: CaseClause): VarObj | undefined {
    return this.facts[clause.id] as VarObj | undefined;
  }
}

/** The checker's side of a typing. */
export class TypingTable extends Typing {
  private scratchTable: TypingTable | undefined;

  /** Where the checker notes what an expression means at the second of two places that share it (`const a, b = 1 << iota; c, d`). */
  get scratch(): TypingTable {
    return (this.scratchTable ??= new TypingTable(this.root, this.perIteration, this.types.length));
  }

  record(e: Expr, mode: Mode, type: Type | undefined, value?: ConstValue): void {
    this.modes[e.id] = mode;
    this.types[e.id] = type;
    this.values[e.id] = value;
  }

  setType(e: Expr, type: Type): void {
    this.types[e.id] = type;
  }

  setValue(e: Expr, value: ConstValue | undefined): void {
    this.values[e.id] = value;
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

  private set(node: Node, fact: Fact | undefined): void {
    this.facts[node.id] = fact;
  }
}
