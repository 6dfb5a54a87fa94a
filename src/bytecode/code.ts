/**
 * This file defines compiled code and the layout of values, which compiler, vm, runtime and value printers share.
 *
 * Layout of a value, in slots of 8 bytes (two Int32 words lo, hi; or one Float64):
 *   bool, every integer     1  (lo, hi) of the value, sign- or zero-extended to 64 bits; bool is 0 or 1
 *   float64, float32        1  as Float64 (a float32 is kept rounded)
 *   string                  1  lo = byte address of its first byte (word address * 4 + byte), hi = length in bytes; "" has hi 0
 *   pointer, chan, map, func 1 lo = word address (0: nil), hi = 0; a func is the address of a closure block {function index, captured slots…}
 *   slice                   2  slot 0: lo = word address of element 0; slot 1: lo = length, hi = capacity (elements)
 *   interface               2  slot 0: lo = type index + 1 (0: nil interface); slot 1: the value if it takes 1 slot, else lo = word address of a copy
 *   array, struct           the elements or fields one after another; may be 0 slots
 * Pointers may point into the middle of a block (&x.f, &a[i]). A block of 0 slots is never read.
 * Strings are immutable bytes (UTF-8 by convention). `[]byte` takes one slot an element, as any other slice.
 *
 * A frame: slots fp, fp+1 … of the goroutine's stack. Parameters first (receiver before them), then results, then locals and temporaries.
 * A variable whose address is taken or that a closure captures lives in a heap block, and its frame slot holds the pointer.
 * A call passes its arguments where the callee's frame will start; results are then found after the parameters.
 */
import type { SourceFile } from '../base/span';
import type { Sites } from './sites';

export type RuntimeKind =
  | 'bool'
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
  | 'string'
  | 'pointer'
  | 'chan'
  | 'map'
  | 'func'
  | 'slice'
  | 'interface'
  | 'array'
  | 'struct'
  | 'tuple';

/** A type at run time; `Code.types` holds each distinct one once. */
export interface RuntimeType {
  readonly index: number;
  /** As Go's %T prints it: `main.point`, `[]int`, `chan<- string`. */
  readonly name: string;
  readonly kind: RuntimeKind;
  /** Size in slots. */
  readonly slots: number;
  /** Size in bytes in real Go (amd64), for memory accounting. */
  readonly bytes: number;
  /** Type index of the element (pointer, slice, array, chan, map value). */
  readonly elem?: number;
  readonly key?: number;
  readonly len?: number;
  readonly dir?: 'both' | 'send' | 'recv';
  readonly fields?: readonly {
    readonly name: string;
    readonly type: number;
    readonly offset: number;
    readonly embedded: boolean;
  }[];
  /** Defined types: method name -> function index, receivers by value adapted (pointer types list theirs); of the methods that anyone may ask for. */
  readonly methods?: ReadonlyMap<string, number>;
  /** Signature of each of `methods`: type index of a func type. */
  readonly methodTypes?: ReadonlyMap<string, number>;
  /** Interface types: the methods they ask for, sorted by name. */
  readonly interfaceMethods?: readonly { readonly name: string; readonly type: number }[];
  readonly comparable: boolean;
  /** Whether values hold pointers in Go, which decides how its allocator rounds. */
  readonly pointers: boolean;
}

/** Methods that the printers of `fmt` and of panics look for in any value. */
export const PRINTED_METHODS = ['Error', 'String', 'GoString', 'Format'] as const;

export interface FunctionInfo {
  readonly index: number;
  /** As Go prints it in a dump: `main.worker`, `main.main.func1`, `main.(*queue).push`. */
  readonly name: string;
  /** Word index of the first instruction in `Code.words`. */
  readonly entry: number;
  /** Word index after the last one. */
  readonly end: number;
  readonly paramSlots: number;
  readonly resultSlots: number;
  readonly frameSlots: number;
  /** Made by the compiler (method wrapper, bound method): dumps leave it out. */
  readonly synthetic: boolean;
  readonly file: number;
  /** Offset of the declaration in the file's text. */
  readonly start: number;
  /** Named slots, for variable views: parameters and locals with where they live. */
  readonly locals: readonly {
    readonly name: string;
    readonly type: number;
    readonly slot: number;
    readonly boxed: boolean;
    readonly start: number;
  }[];
}

export interface GlobalInfo {
  readonly name: string; // `count`; std's as `sync.x`, a process's as `browser.tabs`
  readonly type: number;
  /** Slot offset in the process's globals block. */
  readonly slot: number;
  readonly slots: number;
  /** Number of the process that has it, in {@link Code.processes}; -1: each has it. */
  readonly process: number;
  readonly file: number;
  readonly start: number;
}

/** One select statement: registers are frame slots. */
export interface SelectCase {
  readonly dir: 'send' | 'recv';
  readonly chan: number;
  /** send: first slot of the value; recv: first slot that receives it (-1: dropped). */
  readonly value: number;
  /** recv: slot of ok (-1: none). */
  readonly ok: number;
  readonly start: number;
}
export interface SelectTable {
  readonly cases: readonly SelectCase[];
  readonly hasDefault: boolean;
}

/** What a trap of the program stands for. */
export interface UnsupportedUse {
  /** `unsupported.generics`, `unsupported.package`, …: code of the diagnostic. */
  readonly code: `unsupported.${string}`;
  /** `package net/http is not supported`. */
  readonly reason: string;
  /** What to do instead; '' when there is nothing to say. */
  readonly advice: string;
}

/** A process of the program. */
export interface ProcessCode {
  /** As it is declared; '': it is the whole program. */
  readonly name: string;
  /** Function that initialises variables, runs init functions and calls main. */
  readonly start: number;
  /** Index of its main; -1 in a package that cannot be started. */
  readonly main: number;
}

export interface Code {
  readonly sources: readonly SourceFile[];
  /** Four words an instruction: op, a, b, c (bytecode/op.ts). */
  readonly words: Int32Array;
  /** Per instruction (word index / 4): file index (-1: std or none), start offset, end offset in that file. */
  readonly spans: Int32Array; // 3 words an instruction
  readonly functions: readonly FunctionInfo[];
  readonly types: readonly RuntimeType[];
  /** Names of the methods that are called through interfaces: operand of CallIface -> name. */
  readonly methodNames: readonly string[];
  /** Type of the errors that the vm itself panics with: a string with method Error. */
  readonly runtimeErrorType: number;
  readonly stringType: number;
  /** Full names of the natives used: operand of Native -> name in std's table. */
  readonly natives: readonly string[];
  readonly selects: readonly SelectTable[];
  /** Operand of Unsupported -> what is reached there. */
  readonly unsupported: readonly UnsupportedUse[];
  readonly globals: readonly GlobalInfo[];
  readonly globalSlots: number;
  /** Bytes of all string constants, loaded once at boot; constants hold offsets into it. */
  readonly data: Uint8Array;
  /** The processes that the program starts as, in this order; one without a name where it declares none. */
  readonly processes: readonly ProcessCode[];
  /** What an allocating instruction (make, new, boxed local, literal, closure) allocates, by instruction index (word index / 4). */
  readonly sites: Sites;
  /** Indices and bounds of unsigned 64-bit types, for what panics say of them: word index of the instruction + number of the bound (low 0, high 1, max 2). */
  readonly unsignedIndices: ReadonlySet<number>;
}

/** Index of the function that holds an instruction (word index), by binary search; -1 when none does. */
export function functionAt(code: Code, word: number): FunctionInfo | undefined {
  let low = 0;
  let high = code.functions.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const f = code.functions[middle]!;
    if (word < f.entry) high = middle - 1;
    else if (word >= f.end) low = middle + 1;
    else return f;
  }
  return undefined;
}
