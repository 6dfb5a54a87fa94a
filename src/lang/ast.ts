/**
 * This file defines the syntax tree. The parser builds it, and nobody writes to it again: what the checker finds out stands in typing.ts.
 * Spans are UTF-16 offsets of the file that holds the node. Names follow go/ast.
 */
import type { Span } from '../base/span';

export interface NodeBase {
  readonly span: Span;
  /** Number of the node in its body (a function declaration, or a declaration at package level), from 0: an index into the tables of a typing. */
  readonly id: number;
}

/** A node that is a body of its own, where it stands at package level. */
interface BodyBase extends NodeBase {
  /** Nodes in the body: every `id` in it is smaller. */
  readonly size: number;
}

// ---------------------------------------------------------------- expressions (types are expressions too)

export interface BadExpr extends NodeBase {
  readonly kind: 'BadExpr';
}
export interface Ident extends NodeBase {
  readonly kind: 'Ident';
  readonly name: string;
}
export type LitKind = 'int' | 'float' | 'imag' | 'char' | 'string' | 'duration' | 'size';
export interface BasicLit extends NodeBase {
  readonly kind: 'BasicLit';
  readonly lit: LitKind;
  /** The literal as written, e.g. `0x1F`, `'a'`, `"x\n"`, `` `raw` ``, `1.5ms`, `64KB`. */
  readonly raw: string;
}
export interface CompositeLit extends NodeBase {
  readonly kind: 'CompositeLit';
  /** Absent in an elided inner literal: `[]T{{1}, {2}}`. */
  readonly typeExpr?: Expr;
  readonly elements: readonly Expr[]; // KeyValue where written so
  readonly lbrace: number;
}
export interface FuncLit extends NodeBase {
  readonly kind: 'FuncLit';
  readonly signature: FuncTypeExpr;
  readonly body: Block;
}
export interface Paren extends NodeBase {
  readonly kind: 'Paren';
  readonly x: Expr;
}
export interface Selector extends NodeBase {
  readonly kind: 'Selector';
  readonly x: Expr;
  readonly sel: Ident;
}
export interface Index extends NodeBase {
  readonly kind: 'Index';
  readonly x: Expr;
  readonly indices: readonly Expr[]; // more than one only in instantiations
}
export interface SliceExpr extends NodeBase {
  readonly kind: 'SliceExpr';
  readonly x: Expr;
  readonly low?: Expr;
  readonly high?: Expr;
  readonly max?: Expr;
}
export interface TypeAssert extends NodeBase {
  readonly kind: 'TypeAssert';
  readonly x: Expr;
  readonly typeExpr?: Expr; // absent: x.(type)
}
export interface Call extends NodeBase {
  readonly kind: 'Call';
  readonly fun: Expr;
  readonly args: readonly Expr[];
  /** `f(xs...)` */
  readonly spread: boolean;
  readonly lparen: number;
}
export interface Star extends NodeBase {
  readonly kind: 'Star';
  readonly x: Expr;
} // dereference or pointer type
export type UnaryOp = '+' | '-' | '!' | '^' | '&' | '<-' | '~';
export interface Unary extends NodeBase {
  readonly kind: 'Unary';
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
export interface Binary extends NodeBase {
  readonly kind: 'Binary';
  readonly op: BinaryOp;
  readonly x: Expr;
  readonly y: Expr;
  readonly opSpan: Span;
}
export interface KeyValue extends NodeBase {
  readonly kind: 'KeyValue';
  readonly key: Expr;
  readonly val: Expr;
}

export interface ArrayTypeExpr extends NodeBase {
  readonly kind: 'ArrayType';
  readonly len?: Expr | 'auto';
  readonly elem: Expr;
} // no len: slice; 'auto': [...]
export interface Field extends NodeBase {
  readonly kind: 'Field';
  /** Empty: embedded field, or unnamed parameter. */
  readonly names: readonly Ident[];
  readonly typeExpr: Expr; // Ellipsis for a variadic parameter
  readonly tag?: BasicLit;
}
export interface StructTypeExpr extends NodeBase {
  readonly kind: 'StructType';
  readonly fields: readonly Field[];
}
export interface FuncTypeExpr extends NodeBase {
  readonly kind: 'FuncType';
  readonly typeParams: readonly Field[];
  readonly params: readonly Field[];
  readonly results: readonly Field[];
}
export interface InterfaceMethod extends NodeBase {
  readonly kind: 'InterfaceMethod';
  readonly name: Ident;
  readonly signature: FuncTypeExpr;
}
export interface InterfaceTypeExpr extends NodeBase {
  readonly kind: 'InterfaceType';
  readonly methods: readonly InterfaceMethod[];
  readonly embeds: readonly Expr[]; // interfaces and unions
}
export interface MapTypeExpr extends NodeBase {
  readonly kind: 'MapType';
  readonly key: Expr;
  readonly elem: Expr;
}
export interface ChanTypeExpr extends NodeBase {
  readonly kind: 'ChanType';
  readonly dir: 'both' | 'send' | 'recv';
  readonly elem: Expr;
}
export interface EllipsisExpr extends NodeBase {
  readonly kind: 'Ellipsis';
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
  readonly kind: 'BadStmt';
}
export interface DeclStmt extends NodeBase {
  readonly kind: 'DeclStmt';
  readonly decl: GenDecl;
}
export interface EmptyStmt extends NodeBase {
  readonly kind: 'EmptyStmt';
}
export interface LabeledStmt extends NodeBase {
  readonly kind: 'LabeledStmt';
  readonly label: Ident;
  readonly stmt: Stmt;
}
export interface ExprStmt extends NodeBase {
  readonly kind: 'ExprStmt';
  readonly x: Expr;
}
export interface SendStmt extends NodeBase {
  readonly kind: 'SendStmt';
  readonly chan: Expr;
  readonly val: Expr;
  readonly arrow: number;
}
export interface IncDecStmt extends NodeBase {
  readonly kind: 'IncDecStmt';
  readonly x: Expr;
  readonly op: '++' | '--';
}
export interface AssignStmt extends NodeBase {
  readonly kind: 'AssignStmt';
  readonly lhs: readonly Expr[];
  /** `=`, `:=`, or the binary operator of `op=`. */
  readonly op: '=' | ':=' | BinaryOp;
  readonly rhs: readonly Expr[];
  readonly opSpan: Span;
}
export interface GoStmt extends NodeBase {
  readonly kind: 'GoStmt';
  readonly call: Expr;
}
export interface DeferStmt extends NodeBase {
  readonly kind: 'DeferStmt';
  readonly call: Expr;
}
export interface ReturnStmt extends NodeBase {
  readonly kind: 'ReturnStmt';
  readonly results: readonly Expr[];
}
export interface BranchStmt extends NodeBase {
  readonly kind: 'BranchStmt';
  readonly op: 'break' | 'continue' | 'goto' | 'fallthrough';
  readonly label?: Ident;
}
export interface Block extends NodeBase {
  readonly kind: 'Block';
  readonly stmts: readonly Stmt[];
  readonly rbrace: number;
}
export interface IfStmt extends NodeBase {
  readonly kind: 'IfStmt';
  readonly init?: Stmt;
  readonly cond: Expr;
  readonly then: Block;
  readonly else?: Stmt;
}
export interface CaseClause extends NodeBase {
  readonly kind: 'CaseClause';
  readonly exprs: readonly Expr[];
  readonly isDefault: boolean;
  readonly body: readonly Stmt[];
}
export interface SwitchStmt extends NodeBase {
  readonly kind: 'SwitchStmt';
  readonly init?: Stmt;
  readonly tag?: Expr;
  readonly clauses: readonly CaseClause[];
}
export interface TypeSwitchStmt extends NodeBase {
  readonly kind: 'TypeSwitchStmt';
  readonly init?: Stmt;
  readonly bind?: Ident;
  readonly x: Expr;
  readonly clauses: readonly CaseClause[];
}
/** `comm` absent: default. Otherwise SendStmt, ExprStmt of `<-c`, or AssignStmt whose one rhs is `<-c`. */
export interface CommClause extends NodeBase {
  readonly kind: 'CommClause';
  readonly comm?: Stmt;
  readonly body: readonly Stmt[];
}
export interface SelectStmt extends NodeBase {
  readonly kind: 'SelectStmt';
  readonly clauses: readonly CommClause[];
}
export interface ForStmt extends NodeBase {
  readonly kind: 'ForStmt';
  readonly init?: Stmt;
  readonly cond?: Expr;
  readonly post?: Stmt;
  readonly body: Block;
}
export interface RangeStmt extends NodeBase {
  readonly kind: 'RangeStmt';
  readonly key?: Expr;
  readonly val?: Expr;
  readonly define: boolean;
  readonly x: Expr;
  readonly body: Block;
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
  readonly kind: 'ImportSpec';
  readonly name?: Ident;
  readonly path: BasicLit;
}
export interface ValueSpec extends BodyBase {
  readonly kind: 'ValueSpec';
  readonly names: readonly Ident[];
  readonly typeExpr?: Expr;
  readonly values: readonly Expr[];
  /** For constants: position in the group, and the spec whose type and values are repeated when this one has none. */
  readonly iota: number;
  readonly inherited?: ValueSpec;
}
export interface TypeSpec extends BodyBase {
  readonly kind: 'TypeSpec';
  readonly name: Ident;
  readonly typeParams: readonly Field[];
  readonly isAlias: boolean;
  readonly typeExpr: Expr;
}
export type Spec = ImportSpec | ValueSpec | TypeSpec;
export interface GenDecl extends NodeBase {
  readonly kind: 'GenDecl';
  readonly tok: 'import' | 'const' | 'var' | 'type';
  readonly specs: readonly Spec[];
}
export interface FuncDecl extends BodyBase {
  readonly kind: 'FuncDecl';
  readonly recv?: Field;
  readonly name: Ident;
  readonly signature: FuncTypeExpr;
  /** Absent: the body is native (packages of std only). */
  readonly body?: Block;
}
/** `machine { cores = 4 … }`, in .lane files. */
export interface MachineDecl extends BodyBase {
  readonly kind: 'MachineDecl';
  readonly entries: readonly MachineEntry[];
}
export interface MachineEntry extends NodeBase {
  readonly kind: 'MachineEntry';
  readonly key: Ident;
  readonly val: Expr;
}
/** `process name(params)`: a body of its own, since the declarations of the process are bodies themselves. */
export interface ProcessHead extends BodyBase {
  readonly kind: 'ProcessHead';
  readonly name: Ident;
  readonly params: readonly Field[];
}
/** `process name { … }`, in .lane files: what each process of this name has for itself. */
export interface ProcessDecl extends NodeBase {
  readonly kind: 'ProcessDecl';
  readonly head: ProcessHead;
  readonly decls: readonly Decl[];
}
export interface BadDecl extends NodeBase {
  readonly kind: 'BadDecl';
}
export type Decl = GenDecl | FuncDecl | MachineDecl | ProcessDecl | BadDecl;

export interface Comment {
  readonly span: Span;
  readonly text: string;
}
/** One parsed file. */
export interface FileNode extends NodeBase {
  readonly kind: 'File';
  /** `lane`: package clause and imports optional, literals and built-ins of Interlane. `go`: strict Go. `std`: bodies may be absent. */
  readonly dialect: Dialect;
  readonly packageName?: Ident;
  readonly decls: readonly Decl[];
  readonly comments: readonly Comment[];
}
/** Every node of the tree. */
export type Node =
  Expr | Stmt | Decl | Spec | Field | InterfaceMethod | CaseClause | CommClause | MachineEntry | ProcessHead | FileNode;
export type Dialect = 'lane' | 'go' | 'std';
