/** This file holds the state of one check of one package, and reports what is found. */
import { InternalError } from '../../base/assert';
import { Interrupt } from '../../base/interrupt';
import { LateMap, type LateSet } from '../../base/late';
import type { SourceFile, Span } from '../../base/span';
import type { Block, Dialect, Expr, FileNode, FuncDecl, FuncLit, Node, Stmt, TypeSpec } from '../ast';
import type { DiagnosticCode } from '../codes';
import { MAX_ERRORS, tooManyErrors, type Diagnostic, type Fix, type RelatedPlace, type Severity } from '../diagnostic';
import { typeString } from '../typeString';
import type {
  Basic,
  CheckedPackage,
  FuncObj,
  Named,
  Obj,
  PkgObj,
  ProcessObj,
  Scope,
  Signature,
  Type,
  VarObj,
} from '../types';
import { TypingTable, type BodyRoot } from '../typing';
import { causeOf, opaqueType, type Unsupported, type UnsupportedCode } from '../unsupported';
import type { Operand } from './operand';

/** A package-level declaration that is resolved on demand, and what it depends on. */
export interface DeclInfo {
  readonly order: number; // source order, over all files
  readonly fileScope: Scope;
  readonly typing: TypingTable;
  readonly file: number;
  readonly lhs?: readonly VarObj[]; // of `var a, b = f()`
  readonly typeExpr?: Expr;
  readonly init?: Expr;
  readonly iota?: number;
  readonly inheritedAt?: Span; // of a constant that repeats an earlier expression: where to report
  readonly typeSpec?: TypeSpec;
  readonly func?: FuncDecl;
  readonly deps: LateSet<Obj>; // package-level objects its initialiser or body mentions
}

/** What surrounds the code being checked; saved and restored around bodies and declarations. */
export interface Environment {
  scope: Scope;
  file: number;
  /** Where what is found out of the body goes. */
  typing?: TypingTable;
  decl?: DeclInfo;
  signature?: Signature;
  func?: FuncDecl | FuncLit;
  iota?: number;
  errorSpan?: Span; // overrides where errors are reported
  hasCallOrReceive: boolean;
}

/** The mutually recursive parts of the checker, tied together in check.ts so that their files do not import each other in a circle. */
export interface Rules {
  /** Checks an expression and notes what it is. `hint`: element type for literals without a type of their own. */
  rawExpr(c: Checker, e: Expr, hint?: Type): Operand;
  /** Checks a type expression. */
  typeExpr(c: Checker, e: Expr): Type;
  /** Completes the type of a package-level object. */
  resolve(c: Checker, object: Obj): void;
  /** Checks a body in the scope that holds its parameters. */
  funcBody(c: Checker, owner: FuncDecl | FuncLit, signature: Signature, scope: Scope, body: Block): void;
  /** Collects the parameters of a function type and declares them in `scope`. */
  signature(
    c: Checker,
    owner: FuncDecl | FuncLit | undefined,
    e: FuncLit['signature'],
    scope: Scope,
    recv?: VarObj,
  ): Signature;
  stmt(c: Checker, s: Stmt): void;
}

/** A file that the surroundings add to a program: nothing is said of it, and nothing in it has a place. */
export interface EntryFile {
  readonly text: string;
  /** The function in it where the program starts. */
  readonly func: string;
}

export interface CheckOptions {
  /** Adds a file, if these parsed files need one to start in. */
  readonly entry?: (files: readonly FileNode[]) => EntryFile | undefined;
  /** Finds a package by import path; undefined when there is none. */
  readonly importer?: (path: string) => CheckedPackage | undefined;
  /** Packages whose names are in scope of .lane files without an import: name to path. */
  readonly implicitPackages?: ReadonlyMap<string, string>;
  /** Paths of Go's standard library that exist but are not supported: reported at their uses. */
  readonly knownPaths?: ReadonlySet<string>;
  /** Language version, `1.22` by default; `//go:build go1.21` in a file overrides it. */
  readonly goVersion?: string;
  /** Ends the work before it is done. */
  readonly interrupt?: Interrupt;
}

/** Longest message that is told; others are cut. */
const MAX_MESSAGE = 10_000;
/** As many related places does a diagnostic have at most. */
const MAX_RELATED = 50;

/** Work of an expression, a type or a statement, in units of the interrupt: its check takes about half a microsecond. */
export const CHECK_UNITS = 50;

export type Where = Span | Node;

interface Extra {
  readonly related?: readonly RelatedPlace[];
  /** Worked out only for an error that is told. */
  readonly fixes?: () => readonly Fix[];
  readonly severity?: Severity;
  readonly tags?: readonly 'unnecessary'[];
}

/** One run of the checker over one package. */
export class Checker {
  readonly diagnostics: Diagnostic[] = [];
  readonly declInfos = new Map<Obj, DeclInfo>();
  /** Objects being resolved, outermost first: a name met again closes a cycle. */
  readonly path: Obj[] = [];
  /** Bodies and checks put off until all types are known. */
  private readonly delayed: { readonly env: Environment; readonly action: () => void }[] = [];
  readonly methodsOf = new Map<Obj, FuncObj[]>();
  readonly named: Named[] = [];
  /** Every interface type that is written, to find those without end. */
  readonly interfaces: { type: Type; span: Span; file: number }[] = [];
  /** Arrays, structs and channels made of other types, to find those that are too large. */
  readonly unmeasured: { readonly type: Type; readonly span: Span; readonly file: number }[] = [];
  readonly funcs: FuncObj[] = [];
  readonly imports: PkgObj[] = [];
  /** Packages that are used without an import, by name. */
  readonly implicit = new Map<string, PkgObj>();
  /** Every local variable, to report those never used. */
  readonly locals: VarObj[] = [];
  /** Variables and imports that something uses. */
  readonly used = new Set<Obj>();
  readonly typings = new Map<BodyRoot, TypingTable>();
  readonly importedPackages = new Map<string, CheckedPackage>();
  /** Calls of panic: statements after which nothing runs. */
  readonly panics = new Set<Expr>();
  /** Untyped left operands of shifts that are not constant: they must become integers. */
  readonly shiftOperands = new Set<Expr>();
  /** Nodes that use what is not supported, by what it is. */
  readonly trapped = new Map<Node, Unsupported>();
  /** Package variables without a value, because their initialisers use what is not supported. */
  readonly poisoned = new Map<Obj, Unsupported>();
  /** By file: the type of any name that is not known there, when it may come from a package that is not supported (`import . "reflect"`). */
  readonly dotImports = new Map<number, Type>();
  readonly perFileScopes: Scope[][];
  /** Language version of each file: 22 for Go 1.22. */
  private readonly minorVersions: readonly number[];
  readonly interrupt: Interrupt;
  env: Environment;
  /** By name: the process that has it to itself; made for the first name that is not known. */
  owners: ReadonlyMap<string, ProcessObj> | undefined;
  /** Names looked at so far to find ones that were meant. */
  candidates = 0;
  /** Files with so many errors that they are given up: the rest of them is not checked. */
  private readonly givenUp = new Set<number>();
  /** Diagnostics so far, by file and severity. */
  private readonly counts = new Map<string, number>();
  private readonly seen = new Set<string>();
  private readonly toldUnsupported = new Map<DeclInfo | undefined, Set<string>>();

  constructor(
    readonly rules: Rules,
    readonly pkg: string,
    readonly files: readonly FileNode[],
    readonly sources: readonly SourceFile[],
    readonly options: CheckOptions,
    readonly packageScope: Scope,
    /** Files with syntax errors. */
    private readonly broken: ReadonlySet<number>,
  ) {
    this.perFileScopes = files.map(() => []);
    this.minorVersions = files.map((file) => minorVersion(file, options.goVersion));
    this.interrupt = options.interrupt ?? Interrupt.never;
    this.env = { scope: packageScope, file: 0, hasCallOrReceive: false };
  }

  /** The tables of the body being checked. */
  get typing(): TypingTable {
    const { typing } = this.env;
    if (!typing) throw new InternalError('checking outside of a body', { file: this.env.file });
    return typing;
  }

  /** The tables of a body of the current file. */
  typingOf(root: BodyRoot): TypingTable {
    const known = this.typings.get(root);
    if (known) return known;
    const typing = this.newTyping(root);
    this.typings.set(root, typing);
    return typing;
  }

  /** Tables of their own for an expression that stands in one body and means something in another (a constant that repeats an earlier one). */
  newTyping(root: BodyRoot): TypingTable {
    return new TypingTable(root, this.atLeast(this.env.file, 22));
  }

  get dialect(): Dialect {
    return this.files[this.env.file]?.dialect ?? 'go';
  }

  /** What objects declared here note as their file: its index in a program, -1 in a package of std. */
  get objectFile(): number {
    return this.dialect === 'std' ? -1 : this.env.file;
  }

  /** The type as it is printed in messages of this package. */
  name = (type: Type): string => typeString(type, this.pkg);

  error(code: DiagnosticCode, where: Where, message: string, extra: Extra = {}): void {
    const node = 'kind' in where ? where : undefined;
    const span = node?.span ?? (where as Span);
    if (!this.errorIn(this.env.file, code, this.env.errorSpan ?? span, message, extra)) this.follows(node);
  }

  /**
   * Tells of a use of what Go has and Interlane has not: a warning, one for each package-level declaration and reason. The node becomes a trap;
   * the opaque type is that of whatever the use yields.
   */
  unsupported(code: UnsupportedCode, at: Node, reason: string, advice = ''): Basic {
    const { file, decl } = this.env;
    const cause: Unsupported = { code, reason, advice, file, span: at.span };
    this.trapped.set(at, cause);
    const told = this.toldUnsupported.get(decl) ?? new Set();
    this.toldUnsupported.set(decl, told);
    if (!told.has(reason)) {
      const hint = advice && `; ${advice}`;
      this.error(code, at, `${reason}: the program runs until it reaches this${hint}`, { severity: 'warning' });
    }
    told.add(reason);
    return opaqueType(cause);
  }

  /** Notes that a value becomes one of `type`, if that is opaque: nobody knows how. */
  touches(at: Node, type: Type): void {
    const cause = causeOf(type);
    if (cause) this.trapped.set(at, cause);
  }

  /** False for a message about something invalid: it follows from an earlier one, and is not told. */
  errorIn(file: number, code: DiagnosticCode, span: Span, message: string, extra: Extra = {}): boolean {
    if (this.diagnostics.length > 0 && message.indexOf('invalid type') > 0) return false;
    const { severity = 'error', related = [], fixes, tags } = extra;
    if (this.isFull(file, severity)) return true;
    const key = `${file}:${span.start}:${message}`;
    if (this.seen.has(key)) return true;
    this.seen.add(key);
    this.diagnostics.push({
      code,
      severity,
      message: message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message,
      span,
      file,
      related: related.slice(0, MAX_RELATED),
      ...(tags && { tags }),
      ...(fixes && { fixes: fixes() }),
    });
    this.count(file, severity, span);
    return true;
  }

  /** Whether so much is said of a file already that no more is told. */
  private isFull(file: number, severity: Severity): boolean {
    return (this.counts.get(`${file} ${severity}`) ?? 0) >= MAX_ERRORS;
  }

  private count(file: number, severity: Severity, span: Span): void {
    const key = `${file} ${severity}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    if (severity !== 'error' || count < MAX_ERRORS) return;
    this.givenUp.add(file);
    this.diagnostics.push(tooManyErrors(span, file));
  }

  /** Whether the current file has so many errors that the rest of it is not checked. */
  get isGivenUp(): boolean {
    return this.givenUp.size > 0 && this.givenUp.has(this.env.file);
  }

  /** Whether parts of a file are missing from what was checked: what is missing is no second mistake. */
  isIncomplete(file: number): boolean {
    return this.broken.has(file) || this.givenUp.has(file);
  }

  /** What would be a mistake if all types were known must not run as long as one of them is not. */
  private follows(node: Node | undefined): void {
    const [cause] = this.trapped.values();
    if (node && cause) this.trapped.set(node, cause);
  }

  /** Reports what is declared and never used: an error in Go, a warning in .lane files. */
  unused(code: DiagnosticCode, file: number, span: Span, message: string, fixes?: () => readonly Fix[]): void {
    const severity = this.files[file]?.dialect === 'lane' ? 'warning' : 'error';
    this.errorIn(file, code, span, message, { severity, tags: ['unnecessary'], ...(fixes && { fixes }) });
  }

  /** `name:line:column` as Go prints it. */
  position(file: number, offset: number): string {
    const source = this.sources[file];
    if (!source) return '';
    const { line, column } = source.goPosition(offset);
    return `${source.name}:${line}:${column}`;
  }

  /** Whether the file's language version is at least 1.`minor`. */
  atLeast(file: number, minor: number): boolean {
    return (this.minorVersions[file] ?? 22) >= minor;
  }

  /** A related place: the declaration of an object of this program. */
  declared(object: Obj, message: string): RelatedPlace[] {
    return object.span && object.file >= 0 ? [{ message, span: object.span, file: object.file }] : [];
  }

  /** Puts an action off until types are complete; it runs in the environment of now. */
  later(action: () => void): void {
    this.delayed.push({ env: { ...this.env }, action });
  }

  /** Runs what was put off, and what that puts off. */
  runDelayed(): void {
    // What is put off while this goes on is appended.
    for (const { env, action } of this.delayed) this.inside(env, action);
    this.delayed.length = 0;
  }

  /** Runs `action` with some of the environment replaced. */
  within<T>(env: Partial<Environment>, action: () => T): T {
    return this.inside({ ...this.env, ...env }, action);
  }

  /** Runs `action` in another environment. */
  inside<T>(env: Environment, action: () => T): T {
    const saved = this.env;
    this.env = env;
    const result = action();
    this.env = saved;
    return result;
  }

  /** Opens a scope inside the current one. */
  newScope(span: Span, parent: Scope = this.env.scope): Scope {
    const scope: Scope = { parent, names: new LateMap(), span };
    this.perFileScopes[this.env.file]?.push(scope);
    return scope;
  }

  /** Runs `action` in a new scope inside the current one. */
  inScope(span: Span, action: (scope: Scope) => void): void {
    const saved = this.env.scope;
    this.env.scope = this.newScope(span);
    action(this.env.scope);
    this.env.scope = saved;
  }
}

const DEFAULT_MINOR = 22;

/** The language version of a file: its `//go:build go1.N` line before the package clause, else the option. */
function minorVersion(file: FileNode, option: string | undefined): number {
  const limit = file.packageName?.span.start ?? file.decls[0]?.span.start ?? Infinity;
  for (const comment of file.comments) {
    const build = comment.span.start < limit ? /^\/\/go:build go1\.(\d+)\s*$/.exec(comment.text) : null;
    if (build) return Number(build[1]);
  }
  const version = /^(?:go)?1\.(\d+)/.exec(option ?? '');
  return version ? Number(version[1]) : DEFAULT_MINOR;
}
