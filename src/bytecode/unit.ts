/**
 * This file holds the state of one compilation: the functions found so far (in the order in which they are compiled), types, natives, globals, selects.
 * Asking for a function's index puts it in the queue; compiling it may ask for more.
 */
import { InternalError } from '../base/assert';
import type { Interrupt } from '../base/interrupt';
import { LateMap } from '../base/late';
import type { FuncDecl, FuncLit, Stmt } from '../lang/ast';
import { lookupMember, type Found } from '../lang/lookup';
import { under } from '../lang/predicates';
import type { CheckedPackage, FuncObj, Signature, Type, VarObj } from '../lang/types';
import type { Typing } from '../lang/typing';
import { UseFinder, type VariableUses } from '../lang/variables';
import type { Trap, Unsupported } from '../lang/unsupported';
import { Assembler } from './assembler';
import { PRINTED_METHODS, type FunctionInfo, type GlobalInfo, type SelectTable } from './code';
import { slotsOf, TypeTable, type TypeDraft } from './types';

/** What a queued function is made from. */
export type Source =
  | { readonly kind: 'start'; readonly startup: Startup }
  | { readonly kind: 'decl'; readonly decl: FuncDecl; readonly typing: Typing; readonly signature: Signature }
  | { readonly kind: 'literal'; readonly literal: FuncLit; readonly body: SourceBody }
  | { readonly kind: 'native'; readonly native: string; readonly signature: Signature }
  /** A method called through an interface: its receiver comes as the data word of the interface. */
  | { readonly kind: 'wrapper'; readonly type: Type; readonly found: MethodFound }
  /** A method value: the receiver is captured. */
  | { readonly kind: 'bound'; readonly callee: BoundCallee; readonly signature: Signature }
  /** A method expression T.m, or an interface method as a function: the receiver is the first parameter. */
  | { readonly kind: 'expression'; readonly recv: Type; readonly found: MethodFound; readonly signature: Signature }
  /** A built-in that is deferred or started as a goroutine. */
  | { readonly kind: 'builtin'; readonly name: string; readonly types: readonly Type[] }
  /** Error method of run-time errors. */
  | { readonly kind: 'identity' };

/** A body with what is known of it: one typing of many, if it has several. */
export interface SourceBody {
  readonly typing: Typing;
  readonly uses: VariableUses;
  /** Functions made of its literals. */
  readonly literals: LateMap<FuncLit, number>;
}

export type MethodFound = Extract<Found, { kind: 'method' | 'interfaceMethod' }>;
/** What a bound method calls, and the type of the receiver it captured. */
export interface BoundCallee {
  readonly recv: Type;
  readonly found: MethodFound;
}

/** What a start function does: initialise, then call main. */
export interface Startup {
  /** Packages whose variables are initialised, in this order, and what its process has besides. */
  readonly initialised: readonly Pick<CheckedPackage, 'inits' | 'initFuncs'>[];
  readonly main: FuncObj | undefined;
}

/** A function of the program; filled in when it is compiled. */
export interface Planned {
  readonly index: number;
  readonly name: string;
  readonly file: number;
  readonly start: number;
  readonly source: Source;
  /** Literals inside it so far, for their names. */
  literals: number;
  info?: FunctionInfo;
}

/** Work of a method that a type may have, in units of the interrupt. */
const CANDIDATE_UNITS = 20;

export class Unit {
  readonly asm: Assembler;
  readonly types = new TypeTable();
  readonly planned: Planned[] = [];
  readonly natives: string[] = [];
  readonly selects: SelectTable[] = [];
  readonly unsupported: Unsupported[] = [];
  readonly globals: GlobalInfo[] = [];
  readonly methodNames: string[] = [];
  readonly runtimeErrorType: number;
  globalSlots = 0;
  private readonly nativeIndices = new Map<string, number>();
  private readonly methodIndices = new Map<string, number>();
  private readonly trapIndices = new Map<Unsupported, number>();
  private readonly globalOf = new Map<VarObj, GlobalInfo>();
  private readonly byKey = new Map<unknown, number>();
  private readonly uses: UseFinder;
  /** Names of methods that a value may be asked for at run time. */
  private readonly asked = new Set<string>(PRINTED_METHODS);
  /** How many of methodNames and types are in `asked`, and how many types have been given their methods. */
  private askedNames = 0;
  private askedTypes = 0;
  private completed = 0;
  /** By type: methods that it may have and nobody has asked for yet, with the package that may see them. */
  private readonly candidates: (Map<string, string> | undefined)[] = [];

  constructor(
    readonly stringType: Type,
    runtimeError: Type,
    /** Statements that cannot run. */
    readonly traps: ReadonlyMap<Stmt, Trap>,
    readonly interrupt: Interrupt,
  ) {
    this.asm = new Assembler(interrupt);
    this.uses = new UseFinder(interrupt);
    this.runtimeErrorType = this.types.index(runtimeError);
  }

  // ---- functions

  private plan(key: unknown, name: () => string, file: number, start: number, source: Source): number {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const index = this.planned.length;
    this.planned.push({ index, name: name(), file, start, source, literals: 0 });
    this.byKey.set(key, index);
    return index;
  }

  planStart(startup: Startup): number {
    return this.plan(startup, () => 'runtime.main', -1, 0, { kind: 'start', startup });
  }

  /** A declared function or method; natives get a function that traps. */
  functionOf(object: FuncObj): number {
    const { decl, native } = object;
    const known = this.byKey.get(object);
    if (known !== undefined) return known;
    if (decl?.body) return this.declared(object, decl, functionName(object));
    if (native === undefined) throw new InternalError('function without body', { name: object.name });
    return this.plan(object, () => native, -1, 0, { kind: 'native', native, signature: object.type as Signature });
  }

  initFunction(object: FuncObj, number: number): number {
    return this.declared(object, object.decl!, `${qualifier(object)}.init.${number}`);
  }

  private declared(object: FuncObj, decl: FuncDecl, name: string): number {
    const { typing, file } = object;
    if (typing === undefined) throw new InternalError('a body that was not checked', { name });
    const source: Source = { kind: 'decl', decl, typing, signature: object.type as Signature };
    return this.plan(object, () => name, file, decl.span.start, source);
  }

  /** What there is to know of a body before it is compiled. */
  bodyOf(typing: Typing): SourceBody {
    return { typing, uses: this.uses.of(typing), literals: new LateMap() };
  }

  literal(literal: FuncLit, body: SourceBody, outer: Planned): number {
    const known = body.literals.get(literal);
    if (known !== undefined) return known;
    outer.literals++;
    const name = `${outer.name}.${outer.source.kind === 'literal' ? '' : 'func'}${outer.literals}`;
    const index = this.planned.length;
    this.planned.push({
      index,
      name,
      file: outer.file,
      start: literal.span.start,
      source: { kind: 'literal', literal, body },
      literals: 0,
    });
    body.literals.set(literal, index);
    return index;
  }

  /** Literals in the initialisers of package variables are named as Go does: main.init.func1. */
  initLiteralOwner: Planned | undefined;

  wrapper(type: Type, found: MethodFound): number {
    const key = `wrapper ${this.types.index(type)} ${methodName(found)}`;
    return this.plan(key, () => wrapperName(found), -1, 0, { kind: 'wrapper', type, found });
  }

  bound(callee: BoundCallee, signature: Signature): number {
    const key = `bound ${this.types.index(callee.recv)} ${methodName(callee.found)}`;
    return this.plan(key, () => `${wrapperName(callee.found)}-fm`, -1, 0, { kind: 'bound', callee, signature });
  }

  methodExpression(recv: Type, found: MethodFound, signature: Signature): number {
    const key = `expression ${this.types.index(recv)} ${methodName(found)}`;
    return this.plan(key, () => wrapperName(found), -1, 0, { kind: 'expression', recv, found, signature });
  }

  builtin(name: string, types: readonly Type[]): number {
    const key = `builtin ${name} ${types.map((type) => this.types.index(type)).join(' ')}`;
    return this.plan(key, () => name, -1, 0, { kind: 'builtin', name, types });
  }

  // ---- tables

  native(name: string): number {
    return indexIn(this.natives, this.nativeIndices, name);
  }

  method(name: string): number {
    return indexIn(this.methodNames, this.methodIndices, name);
  }

  select(table: SelectTable): number {
    return this.selects.push(table) - 1;
  }

  /** Index of what a trap stands for. */
  trap(cause: Unsupported): number {
    return indexIn(this.unsupported, this.trapIndices, cause);
  }

  /** @param process number of the process that has it; -1: each */
  declareGlobal(variable: VarObj, process: number): void {
    const slots = slotsOf(variable.type);
    const name = qualifier(variable) === 'main' ? variable.name : `${qualifier(variable)}.${variable.name}`;
    const start = variable.span?.start ?? 0;
    const info = {
      name,
      type: this.types.index(variable.type),
      slot: this.globalSlots,
      slots,
      process,
      file: variable.file,
      start,
    };
    this.globalSlots += slots;
    this.globals.push(info);
    this.globalOf.set(variable, info);
  }

  /** Slot of a package variable in the globals block. */
  globalSlot(variable: VarObj): number {
    const info = this.globalOf.get(variable);
    if (info === undefined) throw new InternalError('unknown package variable', { name: variable.name });
    return info.slot;
  }

  // ---- methods of types

  /**
   * Gives the types those methods that anyone may ask of a value at run time; their functions enter the queue. False when there was nothing to do.
   * Without a bound by what is asked for, types that embed each other would have a function for each pair of a type and a method.
   */
  completeTypes(): boolean {
    const grown = this.collectAsked();
    if (!grown && this.completed === this.types.types.length) return false;
    for (let i = grown ? 0 : this.completed; i < this.types.types.length; i++) this.addMethods(i);
    this.completed = this.types.types.length;
    return true;
  }

  /** Notes methods called through interfaces, and those of interface types, which values are asserted to be of. Whether there were new ones. */
  private collectAsked(): boolean {
    const before = this.asked.size;
    for (; this.askedNames < this.methodNames.length; this.askedNames++)
      this.asked.add(this.methodNames[this.askedNames]!);
    for (; this.askedTypes < this.types.types.length; this.askedTypes++)
      for (const { name } of this.types.types[this.askedTypes]!.interfaceMethods ?? []) this.asked.add(name);
    return this.asked.size > before;
  }

  private addMethods(index: number): void {
    const draft = this.types.types[index]!;
    const type = this.types.sources[index]!;
    if (index === this.runtimeErrorType) return this.addErrorMethods(draft);
    if (draft.kind === 'interface' || draft.kind === 'tuple') return;
    const candidates = this.candidates[index] ?? methodCandidates(type);
    this.candidates[index] = candidates;
    this.interrupt.worked(candidates.size * CANDIDATE_UNITS);
    for (const [name, pkg] of candidates) {
      if (!this.asked.has(name)) continue;
      candidates.delete(name);
      const found = lookupMember(type, false, name, pkg, this.interrupt);
      if (found.kind === 'method' || found.kind === 'interfaceMethod') this.addMethod(draft, type, name, found);
    }
  }

  private addMethod(draft: TypeDraft, type: Type, name: string, found: MethodFound): void {
    const signature = this.types.index({ ...signatureOf(found), recv: undefined });
    const { methods = new Map<string, number>(), methodTypes = new Map<string, number>() } = draft;
    draft.methods = (methods as Map<string, number>).set(name, this.dataWordMethod(type, found));
    draft.methodTypes = (methodTypes as Map<string, number>).set(name, signature);
  }

  /** Of the errors that the vm panics with. */
  private addErrorMethods(draft: TypeDraft): void {
    const identity = this.plan('identity', () => 'runtime.errorString.Error', -1, 0, { kind: 'identity' });
    const returns = (results: VarObj[]): number => this.types.index({ kind: 'signature', params: [], results, variadic: false }); // prettier-ignore
    draft.methods = new Map([
      ['Error', identity],
      ['RuntimeError', identity],
    ]);
    draft.methodTypes = new Map([
      ['Error', returns([resultOf(this.stringType)])],
      ['RuntimeError', returns([])],
    ]);
  }

  /** The function that takes the data word of an interface as receiver: the method itself where that is the same. */
  private dataWordMethod(type: Type, found: MethodFound): number {
    if (found.kind === 'method' && found.path.length === 0) {
      const pointer = type.kind === 'pointer';
      const wantsPointer = found.object.recv?.pointer === true;
      if (pointer ? wantsPointer : slotsOf(type) === 1) return this.functionOf(found.object);
    }
    return this.wrapper(type, found);
  }
}

/** Index of the item in the list, which gets it if it is new; `known` has those of before. */
function indexIn<T>(list: T[], known: Map<T, number>, item: T): number {
  const at = known.get(item) ?? list.push(item) - 1;
  known.set(item, at);
  return at;
}

function resultOf(type: Type): VarObj {
  return {
    kind: 'var',
    name: '',
    file: -1,
    pkg: '',
    type,
    role: 'result',
  };
}

/** Signature of a found method, without receiver. */
export function signatureOf(found: MethodFound): Signature {
  return found.kind === 'method' ? (found.object.type as Signature) : found.method.signature;
}

export function methodName(found: MethodFound): string {
  return found.kind === 'method' ? found.object.name : found.method.name;
}

function wrapperName(found: MethodFound): string {
  return found.kind === 'method' ? functionName(found.object) : found.method.name;
}

/** `main.worker`, `main.(*queue).push`, `main.point.String`; of a process `browser.main`. */
function functionName(object: FuncObj): string {
  const { recv, name } = object;
  const pkg = qualifier(object);
  if (!recv) return `${pkg}.${name}`;
  return recv.pointer ? `${pkg}.(*${recv.typeName}).${name}` : `${pkg}.${recv.typeName}.${name}`;
}

/** What names at package level are qualified by: the process that has them, or else the package. */
function qualifier({ process, pkg }: FuncObj | VarObj): string {
  return process?.name ?? pkg;
}

/** Names (with the package that may see them) of all methods that the type might have, its embedded fields' included. */
function methodCandidates(type: Type): Map<string, string> {
  const names = new Map<string, string>();
  const seen = new Set<Type>();
  const add = (t: Type): void => {
    const base = t.kind === 'pointer' ? t.elem : t;
    if (seen.has(base)) return;
    seen.add(base);
    if (base.kind === 'named') for (const method of base.methods) names.set(method.name, method.pkg);
    const u = under(base);
    if (u.kind === 'struct') for (const field of u.fields) if (field.embedded) add(field.type);
    if (u.kind === 'interface' && base !== type)
      for (const method of u.methods) names.set(method.name, names.get(method.name) ?? 'main');
  };
  const u = under(type);
  if (type.kind === 'pointer' && under(type.elem).kind === 'interface') return names;
  if (type.kind === 'named' && u.kind === 'pointer') return names;
  add(type);
  return names;
}
