/** This file defines the predeclared types and names: Go's universe scope. */
import { LateMap } from '../base/late';
import type {
  Basic,
  BasicName,
  FuncObj,
  Interface,
  Named,
  Obj,
  Scope,
  Signature,
  Type,
  TypeNameObj,
  VarObj,
} from './types';

const NAMES: readonly BasicName[] = [
  'invalid', 'bool', 'string',
  'int', 'int8', 'int16', 'int32', 'int64',
  'uint', 'uint8', 'uint16', 'uint32', 'uint64', 'uintptr',
  'float32', 'float64', 'complex64', 'complex128', 'unsafe.Pointer',
  'untyped bool', 'untyped int', 'untyped rune', 'untyped float', 'untyped complex', 'untyped string', 'untyped nil',
]; // prettier-ignore

/** The basic types by name; one object each. */
export const Typ = Object.fromEntries(NAMES.map((name) => [name, { kind: 'basic', name }])) as unknown as Readonly<
  Record<BasicName, Basic>
>;

export const invalidType: Basic = Typ.invalid;
export const byteType: Basic = { kind: 'basic', name: 'uint8', alias: 'byte' };
export const runeType: Basic = { kind: 'basic', name: 'int32', alias: 'rune' };
/** The type `any`; it is printed so, every other empty interface as `interface{}`. */
export const anyType: Interface = { kind: 'interface', methods: [] };

const NO_FILE = -1;

function typeName(name: string, type: Type, isAlias = false): TypeNameObj {
  return { kind: 'typename', name, file: NO_FILE, pkg: '', type, isAlias };
}

function result(type: Type): VarObj {
  return {
    kind: 'var',
    name: '',
    file: NO_FILE,
    pkg: '',
    type,
    role: 'result',
  };
}

function makeErrorType(): Named {
  const errorMethod: Signature = { kind: 'signature', params: [], results: [result(Typ.string)], variadic: false };
  const object = typeName('error', invalidType);
  const underlying: Interface = {
    kind: 'interface',
    methods: [{ kind: 'method', name: 'Error', file: NO_FILE, pkg: '', signature: errorMethod }],
  };
  const named: Named = { kind: 'named', object, underlying, methods: [] as FuncObj[] };
  object.type = named;
  return named;
}

const errorType: Named = makeErrorType();

/** A built-in function: the fewest arguments it takes, whether it takes more, and how a call of it may be used. */
export interface BuiltinRow {
  readonly args: number;
  readonly variadic: boolean;
  readonly use: 'expression' | 'statement';
}

/** Go's built-in functions. */
export const builtins: Readonly<Record<string, BuiltinRow>> = {
  append: { args: 1, variadic: true, use: 'expression' },
  cap: { args: 1, variadic: false, use: 'expression' },
  clear: { args: 1, variadic: false, use: 'statement' },
  close: { args: 1, variadic: false, use: 'statement' },
  complex: { args: 2, variadic: false, use: 'expression' },
  copy: { args: 2, variadic: false, use: 'statement' },
  delete: { args: 2, variadic: false, use: 'statement' },
  imag: { args: 1, variadic: false, use: 'expression' },
  len: { args: 1, variadic: false, use: 'expression' },
  make: { args: 1, variadic: true, use: 'expression' },
  max: { args: 1, variadic: true, use: 'expression' },
  min: { args: 1, variadic: true, use: 'expression' },
  new: { args: 1, variadic: false, use: 'expression' },
  panic: { args: 1, variadic: false, use: 'statement' },
  print: { args: 0, variadic: true, use: 'statement' },
  println: { args: 0, variadic: true, use: 'statement' },
  real: { args: 1, variadic: false, use: 'expression' },
  recover: { args: 0, variadic: false, use: 'statement' },
};

/** Interlane's built-in functions: in .lane files only, behind every other name. */
export const laneBuiltins: Readonly<Record<string, BuiltinRow>> = {
  work: { args: 1, variadic: false, use: 'statement' },
  syscall: { args: 1, variadic: false, use: 'statement' },
  netwait: { args: 1, variadic: false, use: 'statement' },
  assert: { args: 1, variadic: true, use: 'statement' },
  getpid: { args: 0, variadic: false, use: 'expression' },
  exit: { args: 1, variadic: false, use: 'statement' },
};

function builtinObject(name: string): Obj {
  return { kind: 'builtin', name, file: NO_FILE, pkg: '', type: invalidType };
}

function makeUniverse(): Scope {
  const names = new LateMap<string, Obj>();
  const add = (object: Obj): void => names.set(object.name, object);
  for (const name of NAMES) if (!/[ .]|invalid/.test(name)) add(typeName(name, Typ[name]));
  add(typeName('byte', byteType, true));
  add(typeName('rune', runeType, true));
  add(typeName('any', anyType, true));
  add(typeName('comparable', invalidType));
  add(errorType.object);
  for (const v of [true, false]) {
    add({
      kind: 'const',
      name: String(v),
      file: NO_FILE,
      pkg: '',
      type: Typ['untyped bool'],
      value: { kind: 'bool', v },
    });
  }
  add({ kind: 'const', name: 'iota', file: NO_FILE, pkg: '', type: Typ['untyped int'], value: { kind: 'int', v: 0n } });
  add({ kind: 'nil', name: 'nil', file: NO_FILE, pkg: '', type: Typ['untyped nil'] });
  for (const name of Object.keys(builtins)) add(builtinObject(name));
  return { names, span: { start: 0, end: 0 } };
}

/** Go's universe scope. */
export const universe: Scope = makeUniverse();
export const iotaObject: Obj = universe.names.get('iota')!;

/** Objects of Interlane's own built-ins, by name. */
export const laneObjects: ReadonlyMap<string, Obj> = new Map(
  Object.keys(laneBuiltins).map((name) => [name, builtinObject(name)]),
);
