/**
 * This file defines the syntax tree. The parser builds it; the checker fills in the fields
 * marked "checked" (`type`, `value`, `object`, …) in place, and from then on the same tree is the typed program.
 * Spans are UTF-16 offsets of the file that holds the node. Names follow go/ast.
 */
import type { Span } from '../base/span';
import type { ConstValue, Obj, Scope, Signature, Type, VarObj } from './types';

export interface NodeBase {
  readonly span: Span;
}

// ---------------------------------------------------------------- expressions (types are expressions too)

interface ExprBase extends NodeBase {
  /** Checked: the type of the value; for a type expression, the type it denotes. A call of several results has a tuple. */
  type?: Type;
  /** Checked: set when the expression is a constant; already converted to `type` (untyped constants keep an untyped type only where Go does). */
  value?: ConstValue;
  /** Checked: what the expression stands for. */
  mode?:
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
}

export interface BadExpr extends ExprBase {
  kind: 'BadExpr';
}
export interface Ident extends ExprBase {
  kind: 'Ident';
  readonly name: string;
  /** Checked: the object this identifier declares or uses; `_` and undeclared names have none. */
  object?: Obj;
}
export type LitKind = 'int' | 'float' | 'imag' | 'char' | 'string' | 'duration' | 'size';
export interface BasicLit extends ExprBase {
  kind: 'BasicLit';
  readonly lit: LitKind;
  /** The literal as written, e.g. `0x1F`, `'a'`, `"x\n"`, `` `raw` ``, `1.5ms`, `64KB`. */
  readonly raw: string;
}
export interface CompositeLit extends ExprBase {
  kind: 'CompositeLit';
  /** Absent in an elided inner literal: `[]T{{1}, {2}}`. */
  readonly typeExpr?: Expr;
  readonly elements: Expr[]; // KeyValue where written so
  readonly lbrace: number;
}
export interface FuncLit extends ExprBase {
  kind: 'FuncLit';
  readonly signature: FuncTypeExpr;
  readonly body: Block;
}
export interface Paren extends ExprBase {
  kind: 'Paren';
  readonly x: Expr;
}
export interface Selector extends ExprBase {
  kind: 'Selector';
  readonly x: Expr;
  readonly sel: Ident;
  /** Checked: how the selector is resolved. */
  selection?: Selection;
}
/** How `x.f` is resolved. `path` are field indices through embedded structs, outermost first, the last one the field itself (for methods: the embedded fields on the way). */
export type Selection =
  | { kind: 'package' } // sel.object is the member
  | { kind: 'field'; path: readonly number[] } // a pointer on the way is dereferenced
  | { kind: 'method'; path: readonly number[]; object: Obj; recv: 'value' | 'pointer' } // recv: what the method declares; x is addressed or dereferenced to fit
  | { kind: 'interfaceMethod'; path: readonly number[]; index: number } // index into the interface's sorted method list
  | { kind: 'methodExpr'; path: readonly number[]; object: Obj; recv: 'value' | 'pointer' };
export interface Index extends ExprBase {
  kind: 'Index';
  readonly x: Expr;
  readonly indices: Expr[]; // more than one only in instantiations
}
export interface SliceExpr extends ExprBase {
  kind: 'SliceExpr';
  readonly x: Expr;
  readonly low?: Expr;
  readonly high?: Expr;
  readonly max?: Expr;
}
export interface TypeAssert extends ExprBase {
  kind: 'TypeAssert';
  readonly x: Expr;
  readonly typeExpr?: Expr; // absent: x.(type)
}
export interface Call extends ExprBase {
  kind: 'Call';
  readonly fun: Expr;
  readonly args: Expr[];
  /** `f(xs...)` */
  readonly spread: boolean;
  readonly lparen: number;
  /** Checked: what kind of call it is. `builtin` names it. */
  call?: { kind: 'conversion' } | { kind: 'builtin'; name: string } | { kind: 'call'; signature: Signature };
}
export interface Star extends ExprBase {
  kind: 'Star';
  readonly x: Expr;
} // dereference or pointer type
export type UnaryOp = '+' | '-' | '!' | '^' | '&' | '<-' | '~';
export interface Unary extends ExprBase {
  kind: 'Unary';
  readonly op: UnaryOp;
  readonly x: Expr;
  readonly opSpan: Span;
}
export type BinaryOp =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '&^'
  | '&&'
  | '||'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>=';
export interface Binary extends ExprBase {
  kind: 'Binary';
  readonly op: BinaryOp;
  readonly x: Expr;
  readonly y: Expr;
  readonly opSpan: Span;
}
export interface KeyValue extends ExprBase {
  kind: 'KeyValue';
  readonly key: Expr;
  readonly val: Expr;
}

export interface ArrayTypeExpr extends ExprBase {
  kind: 'ArrayType';
  readonly len?: Expr | 'auto';
  readonly elem: Expr;
} // no len: slice; 'auto': [...]
export interface Field extends NodeBase {
  kind: 'Field';
  /** Empty: embedded field, or unnamed parameter. */
  readonly names: Ident[];
  readonly typeExpr: Expr; // Ellipsis for a variadic parameter
  readonly tag?: BasicLit;
}
export interface StructTypeExpr extends ExprBase {
  kind: 'StructType';
  readonly fields: Field[];
}
export interface FuncTypeExpr extends ExprBase {
  kind: 'FuncType';
  readonly typeParams: Field[];
  readonly params: Field[];
  readonly results: Field[];
}
export interface InterfaceMethod extends NodeBase {
  kind: 'InterfaceMethod';
  readonly name: Ident;
  readonly signature: FuncTypeExpr;
}
export interface InterfaceTypeExpr extends ExprBase {
  kind: 'InterfaceType';
  readonly methods: InterfaceMethod[];
  readonly embeds: Expr[]; // interfaces and unions
}
export interface MapTypeExpr extends ExprBase {
  kind: 'MapType';
  readonly key: Expr;
  readonly elem: Expr;
}
export interface ChanTypeExpr extends ExprBase {
  kind: 'ChanType';
  readonly dir: 'both' | 'send' | 'recv';
  readonly elem: Expr;
}
export interface EllipsisExpr extends ExprBase {
  kind: 'Ellipsis';
  readonly elem?: Expr;
}

export type Expr =
  | BadExpr
  | Ident
  | BasicLit
  | CompositeLit
  | FuncLit
  | Paren
  | Selector
  | Index
  | SliceExpr
  | TypeAssert
  | Call
  | Star
  | Unary
  | Binary
  | KeyValue
  | ArrayTypeExpr
  | StructTypeExpr
  | FuncTypeExpr
  | InterfaceTypeExpr
  | MapTypeExpr
  | ChanTypeExpr
  | EllipsisExpr;

// ---------------------------------------------------------------- statements

export interface BadStmt extends NodeBase {
  kind: 'BadStmt';
}
export interface DeclStmt extends NodeBase {
  kind: 'DeclStmt';
  readonly decl: GenDecl;
}
export interface EmptyStmt extends NodeBase {
  kind: 'EmptyStmt';
}
export interface LabeledStmt extends NodeBase {
  kind: 'LabeledStmt';
  readonly label: Ident;
  readonly stmt: Stmt;
}
export interface ExprStmt extends NodeBase {
  kind: 'ExprStmt';
  readonly x: Expr;
}
export interface SendStmt extends NodeBase {
  kind: 'SendStmt';
  readonly chan: Expr;
  readonly val: Expr;
  readonly arrow: number;
}
export interface IncDecStmt extends NodeBase {
  kind: 'IncDecStmt';
  readonly x: Expr;
  readonly op: '++' | '--';
}
export interface AssignStmt extends NodeBase {
  kind: 'AssignStmt';
  readonly lhs: Expr[];
  /** `=`, `:=`, or the binary operator of `op=`. */
  readonly op: '=' | ':=' | BinaryOp;
  readonly rhs: Expr[];
  readonly opSpan: Span;
  /** Checked, for `:=`: the variables that it declares, by position in `lhs` (undefined: assigned, not new). */
  declares?: (VarObj | undefined)[];
}
export interface GoStmt extends NodeBase {
  kind: 'GoStmt';
  readonly call: Expr;
}
export interface DeferStmt extends NodeBase {
  kind: 'DeferStmt';
  readonly call: Expr;
}
export interface ReturnStmt extends NodeBase {
  kind: 'ReturnStmt';
  readonly results: Expr[];
}
export interface BranchStmt extends NodeBase {
  kind: 'BranchStmt';
  readonly op: 'break' | 'continue' | 'goto' | 'fallthrough';
  readonly label?: Ident;
}
export interface Block extends NodeBase {
  kind: 'Block';
  readonly stmts: Stmt[];
  readonly rbrace: number;
  scope?: Scope;
}
export interface IfStmt extends NodeBase {
  kind: 'IfStmt';
  readonly init?: Stmt;
  readonly cond: Expr;
  readonly then: Block;
  readonly else?: Stmt;
}
export interface CaseClause extends NodeBase {
  kind: 'CaseClause';
  readonly exprs: Expr[];
  readonly isDefault: boolean;
  readonly body: Stmt[];
  /** Checked: the variable of a type switch in this clause. */ object?: VarObj;
}
export interface SwitchStmt extends NodeBase {
  kind: 'SwitchStmt';
  readonly init?: Stmt;
  readonly tag?: Expr;
  readonly clauses: CaseClause[];
}
export interface TypeSwitchStmt extends NodeBase {
  kind: 'TypeSwitchStmt';
  readonly init?: Stmt;
  readonly bind?: Ident;
  readonly x: Expr;
  readonly clauses: CaseClause[];
}
/** `comm` absent: default. Otherwise SendStmt, ExprStmt of `<-c`, or AssignStmt whose one rhs is `<-c`. */
export interface CommClause extends NodeBase {
  kind: 'CommClause';
  readonly comm?: Stmt;
  readonly body: Stmt[];
}
export interface SelectStmt extends NodeBase {
  kind: 'SelectStmt';
  readonly clauses: CommClause[];
}
export interface ForStmt extends NodeBase {
  kind: 'ForStmt';
  readonly init?: Stmt;
  readonly cond?: Expr;
  readonly post?: Stmt;
  readonly body: Block;
  /** Checked: variables of `init`, one copy per iteration when the language version is at least 1.22. */
  perIteration?: boolean;
}
export interface RangeStmt extends NodeBase {
  kind: 'RangeStmt';
  readonly key?: Expr;
  readonly val?: Expr;
  readonly define: boolean;
  readonly x: Expr;
  readonly body: Block;
  perIteration?: boolean;
}

export type Stmt =
  | BadStmt
  | DeclStmt
  | EmptyStmt
  | LabeledStmt
  | ExprStmt
  | SendStmt
  | IncDecStmt
  | AssignStmt
  | GoStmt
  | DeferStmt
  | ReturnStmt
  | BranchStmt
  | Block
  | IfStmt
  | SwitchStmt
  | TypeSwitchStmt
  | SelectStmt
  | ForStmt
  | RangeStmt;

// ---------------------------------------------------------------- declarations

export interface ImportSpec extends NodeBase {
  kind: 'ImportSpec';
  readonly name?: Ident;
  readonly path: BasicLit;
}
export interface ValueSpec extends NodeBase {
  kind: 'ValueSpec';
  readonly names: Ident[];
  readonly typeExpr?: Expr;
  readonly values: Expr[];
  /** For constants: position in the group, and the spec whose type and values are repeated when this one has none. */
  readonly iota: number;
  readonly inherited?: ValueSpec;
}
export interface TypeSpec extends NodeBase {
  kind: 'TypeSpec';
  readonly name: Ident;
  readonly typeParams: Field[];
  readonly isAlias: boolean;
  readonly typeExpr: Expr;
}
export type Spec = ImportSpec | ValueSpec | TypeSpec;
export interface GenDecl extends NodeBase {
  kind: 'GenDecl';
  readonly tok: 'import' | 'const' | 'var' | 'type';
  readonly specs: Spec[];
}
export interface FuncDecl extends NodeBase {
  kind: 'FuncDecl';
  readonly recv?: Field;
  readonly name: Ident;
  readonly signature: FuncTypeExpr;
  /** Absent: the body is native (packages of std only). */
  readonly body?: Block;
}
/** `machine { cores = 4 … }`, in .lane files. */
export interface MachineDecl extends NodeBase {
  kind: 'MachineDecl';
  readonly entries: MachineEntry[];
}
export interface MachineEntry extends NodeBase {
  kind: 'MachineEntry';
  readonly key: Ident;
  readonly val: Expr;
}
export interface BadDecl extends NodeBase {
  kind: 'BadDecl';
}
export type Decl = GenDecl | FuncDecl | MachineDecl | BadDecl;

export interface Comment extends NodeBase {
  readonly text: string;
}
/** One parsed file. */
export interface FileNode extends NodeBase {
  kind: 'File';
  /** `lane`: package clause and imports optional, literals and built-ins of Interlane. `go`: strict Go. `std`: bodies may be absent. */
  readonly dialect: Dialect;
  readonly packageName?: Ident;
  readonly decls: Decl[];
  readonly comments: Comment[];
}
/** Every node of the tree. */
export type Node =
  Expr | Stmt | Decl | Spec | Field | InterfaceMethod | CaseClause | CommClause | MachineEntry | FileNode;
export type Dialect = 'lane' | 'go' | 'std';
