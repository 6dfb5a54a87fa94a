/**
 * This file defines types, objects and constants: what the checker finds a program to consist of.
 * Names follow go/types. Types are immutable once complete and compared with {@link identical}.
 */
import type { LateMap } from '../base/late';
import type { Span } from '../base/span';
import type { Expr, FuncDecl, FuncLit } from './ast';
import type { Real } from './real';
import type { BodyRoot, Typing } from './typing';
import type { Unsupported } from './unsupported';

// ---------------------------------------------------------------- types

export type BasicName =
  | 'invalid'
  | 'bool'
  | 'string'
  | 'int'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'uintptr'
  | 'float32'
  | 'float64'
  | 'complex64'
  | 'complex128'
  | 'unsafe.Pointer'
  | 'untyped bool'
  | 'untyped int'
  | 'untyped rune'
  | 'untyped float'
  | 'untyped complex'
  | 'untyped string'
  | 'untyped nil';

/** `byte` and `rune` are the same types as `uint8` and `int32`; `alias` only changes how they are printed. */
export interface Basic {
  readonly kind: 'basic';
  readonly name: BasicName;
  readonly alias?: 'byte' | 'rune';
  /** Of the invalid type: what it stands for, when that is no mistake but unsupported. */
  readonly cause?: Unsupported;
}
export interface Named {
  readonly kind: 'named';
  readonly object: TypeNameObj;
  /** Set when the declaration is resolved; never itself a Named. */
  underlying: Type;
  /** Declared methods in source order. */
  readonly methods: FuncObj[];
  /** Arguments of an instantiated generic type. */
  readonly typeArgs?: readonly Type[];
}
export interface Pointer {
  readonly kind: 'pointer';
  readonly elem: Type;
}
export interface Slice {
  readonly kind: 'slice';
  readonly elem: Type;
}
export interface ArrayT {
  readonly kind: 'array';
  readonly elem: Type;
  readonly len: number;
}
export interface MapT {
  readonly kind: 'map';
  readonly key: Type;
  readonly elem: Type;
}
export interface Chan {
  readonly kind: 'chan';
  readonly dir: 'both' | 'send' | 'recv';
  readonly elem: Type;
}
export interface Struct {
  readonly kind: 'struct';
  /** One object for each declared field, whoever mentions it. */
  readonly fields: readonly FieldObj[];
}
export interface Signature {
  readonly kind: 'signature';
  readonly params: readonly VarObj[];
  readonly results: readonly VarObj[];
  /** The last parameter is `...T`; its VarObj has type `[]T`. */
  readonly variadic: boolean;
  readonly recv?: VarObj;
}
export interface Method {
  readonly name: string;
  readonly signature: Signature;
}
/** Methods sorted by name, embedded interfaces flattened: their methods are the same objects. */
export interface Interface {
  readonly kind: 'interface';
  readonly methods: readonly MethodObj[];
  readonly union?: readonly { tilde: boolean; type: Type }[];
  readonly comparable?: boolean;
  /** What is written in it: the signatures of its own methods, and the types it embeds. */
  readonly parts?: readonly Type[];
}
export interface Tuple {
  readonly kind: 'tuple';
  readonly types: readonly Type[];
}
export interface TypeParam {
  readonly kind: 'typeparam';
  readonly object: TypeNameObj;
  constraint: Type;
}

export type Type =
  Basic | Named | Pointer | Slice | ArrayT | MapT | Chan | Struct | Signature | Interface | Tuple | TypeParam;

// ---------------------------------------------------------------- constants

/** Exact value of a constant. Integers (rune included) are BigInt whatever their type. */
export type ConstValue =
  | { readonly kind: 'bool'; readonly v: boolean }
  | { readonly kind: 'int'; readonly v: bigint }
  | { readonly kind: 'float'; readonly v: Real }
  | { readonly kind: 'string'; readonly v: string }; // JavaScript string; bytes that are not UTF-8 (\xff) are kept as lone surrogates U+DC80..U+DCFF

// ---------------------------------------------------------------- objects

interface ObjBase {
  readonly name: string;
  /** Where it is declared; absent for the universe. `file` indexes Program.files, -1 for std packages. */
  readonly span?: Span;
  readonly file: number;
  /** Package path: 'main', 'sync', … ; '' for the universe. */
  readonly pkg: string;
  /** The process that has it for itself; absent: every process of the program, if it is declared at package level. */
  readonly process?: ProcessObj | undefined;
  type: Type;
}
export interface VarObj extends ObjBase {
  readonly kind: 'var';
  /** What kind of variable. */
  readonly role: 'package' | 'local' | 'param' | 'result' | 'receiver';
  /** The function (declaration or literal) whose frame holds it; undefined for package variables. */
  readonly owner?: FuncDecl | FuncLit;
}
/** A field of a struct type. */
export interface FieldObj extends ObjBase {
  readonly kind: 'field';
  readonly type: Type;
  readonly embedded: boolean;
  readonly tag?: string;
}
/** A method that an interface type asks for; those that are declared are functions. */
export interface MethodObj extends Omit<ObjBase, 'type'>, Method {
  readonly kind: 'method';
}
export interface ConstObj extends ObjBase {
  readonly kind: 'const';
  value: ConstValue;
}
export interface TypeNameObj extends ObjBase {
  readonly kind: 'typename';
  readonly isAlias: boolean;
}
export interface FuncObj extends ObjBase {
  readonly kind: 'func';
  /** Declared type name of the receiver, e.g. `Mutex`, and whether it is a pointer; undefined for functions. */
  readonly recv?: { readonly typeName: string; pointer: boolean };
  /** The declaration; a std function without body is native: `native` is then its full name, e.g. `sync.(*Mutex).Lock`, `time.Sleep`. */
  readonly decl?: FuncDecl;
  /** What the checker found out of the declaration. */
  readonly typing?: Typing;
  readonly native?: string;
}
export interface PkgObj extends ObjBase {
  readonly kind: 'pkg';
  readonly path: string;
}
/** A process that the program declares: what is declared in it has it as its `process`. */
export interface ProcessObj extends ObjBase {
  readonly kind: 'process';
  /** What it declares. */
  readonly scope: Scope;
}
export interface BuiltinObj extends ObjBase {
  readonly kind: 'builtin';
}
export interface NilObj extends ObjBase {
  readonly kind: 'nil';
}
/** What a scope holds. */
export type Obj = VarObj | ConstObj | TypeNameObj | FuncObj | PkgObj | ProcessObj | BuiltinObj | NilObj;
/** What a name can refer to. */
export type Referent = Obj | FieldObj | MethodObj;

/** A lexical scope; `end` bounds where its names can be seen (completion reads this later). */
export interface Scope {
  readonly parent?: Scope;
  readonly names: LateMap<string, Obj>;
  readonly span: Span;
}

// ---------------------------------------------------------------- the typed program

/** A package variable declaration to be initialised, in dependency order. */
export interface InitStep {
  readonly lhs: readonly VarObj[];
  readonly rhs: Expr;
  readonly typing: Typing;
  readonly file: number;
}

/** A process after checking: what each instance of it starts with. */
export interface CheckedProcess {
  readonly object: ProcessObj;
  readonly inits: readonly InitStep[]; // dependency order
  readonly initFuncs: readonly FuncObj[]; // func init(), source order
  /** Absent in a program with errors. */
  readonly main?: FuncObj;
}

/** A package after checking. Std packages are checked once and shared between programs. */
export interface CheckedPackage {
  readonly path: string;
  readonly funcs: readonly FuncObj[]; // functions and methods with their declarations, source order
  readonly vars: readonly VarObj[]; // package variables, source order
  readonly inits: readonly InitStep[]; // dependency order (Go specification, "Package initialization"), those of processes aside
  readonly initFuncs: readonly FuncObj[]; // func init(), source order, those of processes aside
  /** The processes that the program declares, in source order: their variables are among `vars`, their functions among `funcs`. Empty: it is one process. */
  readonly processes: readonly CheckedProcess[];
  /** What was found out of each body. */
  readonly typings: ReadonlyMap<BodyRoot, Typing>;
  readonly scope: Scope;
  /** Packages that this one imports directly. */
  readonly imports?: readonly CheckedPackage[];
  /** Exported names that the real package has and this one does not: their use is "not supported yet" rather than undefined. */
  readonly unsupported?: ReadonlySet<string>;
}
