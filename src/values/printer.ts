/**
 * This file prints values by verb: a port of the `pp` type in Go's fmt/print.go over simulated memory. What Go keeps on its call stack stands here on
 * a stack of frames, so that a printer can stop where a method of the program has to be called, and go on when it has returned (see `wanted`).
 */
import { decodeBytes } from '../base/utf8';
import { PRINTED_METHODS, type RuntimeType } from '../bytecode/code';
import type { Directives } from './directives';
import { Formatter, type Flags } from './formatter';
import { knownText } from './known';
import type { Line } from './operands';
import { isInteger, isSigned, visibleAddress } from './reader';
import type { Reader, Value } from './reader';

const NIL = '<nil>';
/** How deep values may be nested where nobody says. */
const MOST_FRAMES = 10_000;
/** Parts printed between two times that the caller is told of work: each may be a megabyte of padding. */
const TOLD_AT_ONCE = 64;
/** The work of comparing two keys of a map, and each byte of them, in values printed. */
const COMPARISON = 1 / 4;
const COMPARED_BYTE = 1 / 256;
const ORDINARY = new Set(['v', 'd']);
const COMPOSITE = new Set(['array', 'slice', 'struct', 'map']);
const ADDRESSES = new Set(['pointer', 'chan', 'map', 'func', 'slice']);

/** Methods of the program that say how a value is printed. */
export const METHODS = PRINTED_METHODS;
export type Method = (typeof METHODS)[number];

/** Types of the methods, by name; of any other type they are not meant. */
const SIGNATURES: Readonly<Record<Method, string>> = {
  Error: 'func() string',
  String: 'func() string',
  GoString: 'func() string',
  Format: 'func(fmt.State, int32)',
};

/** A method that must be called before printing goes on. */
export interface Wanted {
  readonly value: Value;
  readonly method: Method;
  readonly verb: string;
}

const enum FrameKind {
  /** The elements of a slice or array. */
  List,
  Map,
  Struct,
  /** The end of what is said of a wrong verb. */
  BadVerb,
  /** The end of what is said of a method that panicked. */
  Panic,
}

/** Something printed in part. */
export interface Frame {
  /** One of {@link FrameKind}. */
  readonly kind: number;
  readonly value: Value;
  readonly verb: string;
  /** 0 for an operand itself. */
  readonly depth: number;
  /** Parts printed so far: elements, fields, entries. */
  index: number;
  /** Number of a map's entries, and where they are: as they were when printing them began, sorted. */
  count: number;
  entries: readonly { readonly key: Value; readonly value: Value }[];
  /** Word address of a copy of the entries, one after another; 0: there is none. */
  copy: number;
}

/** What prints the operands one after the other: `next` prints one, or gives false when there is nothing left. */
export type Root = Line | Directives;

/** Who calls the methods that a printer wants. Without, values that have some print like others. */
export interface Caller {
  /** Tag of the blocks for what must stay as it is while a method runs. */
  readonly tag: number;
  /** How deep values may be nested. */
  readonly mostFrames: number;
  /** Told of what has been done since it was told last: values printed, and characters. It may throw to end it. */
  worked(values: number, characters: number): void;
}

/** Thrown when values are nested deeper than Go's stack is, as those that contain themselves are. */
export class NestedTooDeep extends Error {}

export class Printer {
  readonly fmt = new Formatter();
  readonly frames: Frame[] = [];
  /** The method that is waited for. */
  wanted: Wanted | undefined;
  /** True while a wrong verb is being reported: no methods are called then. */
  erroring = false;
  /** The flags to go back to when the value of a method's panic has been printed; undefined: none is. */
  interrupted: Flags | undefined;
  /** Whether %w is a verb, as it is for Errorf. */
  wraps = false;
  /** Parts printed, and characters told of, since the caller was told of work. */
  private values = 0;
  private told = 0;
  /** Work of sorting keys since the caller was told of it, in values printed. */
  private sorting = 0;

  constructor(
    readonly reader: Reader,
    readonly root: Root,
    private readonly caller?: Caller,
  ) {}

  /** Prints until a method is wanted (false) or all is printed. @throws NestedTooDeep */
  run(): boolean {
    const done = this.print();
    this.tell();
    return done;
  }

  private print(): boolean {
    const { frames } = this;
    while (this.wanted === undefined) {
      if (++this.values === TOLD_AT_ONCE) this.tell();
      if (frames.length > 0) ADVANCE[frames[frames.length - 1]!.kind]!(this, frames[frames.length - 1]!);
      else if (!this.root.next(this)) return true;
    }
    return false;
  }

  /** Two keys of a map are compared, by so many bytes. */
  private compared(bytes: number): void {
    this.sorting += COMPARISON + bytes * COMPARED_BYTE;
    if (this.sorting < TOLD_AT_ONCE) return;
    this.caller?.worked(this.sorting, 0);
    this.sorting = 0;
  }

  private tell(): void {
    const { length } = this.fmt.out;
    this.caller?.worked(this.values, length - this.told);
    this.values = 0;
    this.told = length;
  }

  /** The wanted method has returned a text; `Format` has printed by itself. */
  give(text: string): void {
    const { value, method, verb } = this.wanted!;
    this.wanted = undefined;
    if (method === 'GoString') this.fmt.string(text);
    else if (method !== 'Format') this.string(value, text, verb);
  }

  /**
   * The wanted method has panicked (catchPanic of Go's fmt/print.go). @param reason what with.
   * @returns whether that is now being printed; if not, because it happened while printing the value of a panic, the panic must go on
   */
  fail(reason: Value | undefined): boolean {
    const { fmt } = this;
    const { value, method, verb } = this.wanted!;
    this.wanted = undefined;
    if (value.type.kind === 'pointer' && this.reader.lo(value) === 0) {
      fmt.write(NIL);
      return true;
    }
    if (this.interrupted) return false;
    this.interrupted = fmt.flags();
    fmt.clearFlags();
    fmt.write(`%!${verb}(PANIC=${method} method: `);
    this.push(FrameKind.Panic, value, verb, 0);
    this.printArg(reason, 'v');
    return true;
  }

  /** Prints an operand; undefined is a nil interface. */
  printArg(arg: Value | undefined, verb: string): void {
    const { fmt } = this;
    if (!arg) {
      if (verb === 'T' || verb === 'v') fmt.pad(NIL);
      else fmt.write(`%!${verb}(${NIL})`);
    } else if (verb === 'T') fmt.string(arg.type.name);
    else if (verb === 'p') this.pointer(arg, 'p');
    else if (!this.handleMethods(arg, verb)) this.printValue(arg, verb, 0);
  }

  private push(kind: FrameKind, value: Value, verb: string, depth: number): Frame {
    if (this.frames.length >= (this.caller?.mostFrames ?? MOST_FRAMES)) throw new NestedTooDeep();
    const frame = { kind, value, verb, depth, index: 0, count: 0, entries: [], copy: 0 };
    this.frames.push(frame);
    return frame;
  }

  private badVerb(value: Value, verb: string): void {
    this.erroring = true;
    this.fmt.write(`%!${verb}(${value.type.name}=`);
    this.push(FrameKind.BadVerb, value, verb, 0);
    this.printValue(value, 'v', 0);
  }

  /** Whether a method prints the value, or has been asked for. */
  private handleMethods(value: Value, verb: string): boolean {
    if (this.erroring || !value.exported) return false;
    const { type } = value;
    if (type.methods === undefined && verb !== 'w') return false;
    if (verb === 'w' && !(this.wraps && this.has(type, 'Error'))) {
      this.badVerb(value, 'w');
      return true;
    }
    const shown = verb === 'w' ? 'v' : verb;
    const method = this.methodFor(type, shown);
    if (method === undefined) return false;
    this.reader.note(value);
    const known = method === 'Error' || method === 'String' ? knownText(this.reader, value) : undefined;
    if (known !== undefined) this.string(value, known, shown);
    else if (this.caller) this.wanted = { value, method, verb: shown };
    else return false;
    return true;
  }

  private methodFor(type: RuntimeType, verb: string): Method | undefined {
    if (this.has(type, 'Format')) return 'Format';
    if (this.fmt.sharpV) return this.has(type, 'GoString') ? 'GoString' : undefined;
    if (!'vsxXq'.includes(verb)) return undefined;
    return this.has(type, 'Error') ? 'Error' : this.has(type, 'String') ? 'String' : undefined;
  }

  private has(type: RuntimeType, method: Method): boolean {
    const signature = type.methodTypes?.get(method);
    return signature !== undefined && this.reader.code.types[signature]!.name === SIGNATURES[method];
  }

  /** Prints a value by its kind. @param depth 0 for an operand itself. */
  printValue(value: Value, verb: string, depth: number): void {
    if (depth > 0 && this.handleMethods(value, verb)) return;
    const { fmt, reader } = this;
    switch (value.type.kind) {
      case 'struct':
        if (fmt.sharpV) fmt.write(value.type.name);
        fmt.write('{');
        this.push(FrameKind.Struct, value, verb, depth);
        return;
      case 'array':
        return this.list(value, verb, depth);
      case 'interface': {
        const dynamic = reader.dynamic(value);
        if (dynamic) this.printValue(dynamic, verb, depth + 1);
        else fmt.write(fmt.sharpV ? `${value.type.name}(nil)` : NIL);
        return;
      }
      default:
        reader.note(value);
        return this.single(value, verb, depth);
    }
  }

  /** A value that stands in one place, or leads to others from there. */
  private single(value: Value, verb: string, depth: number): void {
    const { fmt, reader } = this;
    switch (value.type.kind) {
      case 'bool':
        if (verb === 't' || verb === 'v') fmt.boolean(reader.lo(value) !== 0);
        else this.badVerb(value, verb);
        return;
      case 'float32':
      case 'float64':
        return this.float(value, verb);
      case 'string':
        return this.string(value, reader.string(value), verb);
      case 'map':
        return this.map(value, verb, depth);
      case 'slice':
        return this.list(value, verb, depth);
      case 'pointer':
        if (depth === 0 && reader.lo(value) !== 0 && COMPOSITE.has(reader.code.types[value.type.elem!]!.kind)) {
          fmt.write('&');
          this.printValue(reader.target(value), verb, depth + 1);
          return;
        }
        return this.pointer(value, verb);
      case 'chan':
      case 'func':
        return this.pointer(value, verb);
      default:
        if (isInteger(value.type)) this.integer(value, verb);
        else fmt.write(`?${value.type.name}?`);
    }
  }

  private integer(value: Value, verb: string): void {
    const { fmt, reader } = this;
    const { i32 } = reader.memory;
    const lo = i32[value.at]!;
    const isPlain = ORDINARY.has(verb) && fmt.width < 0 && fmt.precision < 0 && !fmt.plus && !fmt.space && !fmt.sharpV;
    const isSmall = i32[value.at + 1] === lo >> 31 && (lo >= 0 || isSigned(value.type));
    if (isPlain && isSmall) fmt.write(lo.toString());
    else if (!this.number(reader.integer(value), isSigned(value.type), verb)) this.badVerb(value, verb);
  }

  /** Prints an integer; false when the verb does not suit one. */
  private number(n: bigint, signed: boolean, verb: string): boolean {
    const { fmt } = this;
    if (verb === 'v' && fmt.sharpV && !signed) this.address(n, true);
    else if (ORDINARY.has(verb)) fmt.integer(n, 10, verb);
    else if (verb === 'b') fmt.integer(n, 2, verb);
    else if (verb === 'o' || verb === 'O') fmt.integer(n, 8, verb);
    else if (verb === 'x' || verb === 'X') fmt.integer(n, 16, verb, verb === 'X');
    else if (verb === 'c') fmt.character(n);
    else if (verb === 'q') fmt.quotedCharacter(n);
    else if (verb === 'U') fmt.unicode(n);
    else return false;
    return true;
  }

  private address(n: bigint, leading0x: boolean): void {
    const { sharp } = this.fmt;
    this.fmt.sharp = leading0x;
    this.fmt.integer(n, 16, 'v');
    this.fmt.sharp = sharp;
  }

  private float(value: Value, verb: string): void {
    const size = value.type.kind === 'float32' ? 32 : 64;
    const n = this.reader.float(value);
    if (verb === 'v') this.fmt.float(n, size, 'g', -1);
    else if (verb === 'F') this.fmt.float(n, size, 'f', 6);
    else if ('bgGxX'.includes(verb)) this.fmt.float(n, size, verb, -1);
    else if ('feE'.includes(verb)) this.fmt.float(n, size, verb, 6);
    else this.badVerb(value, verb);
  }

  private string(value: Value, text: string, verb: string): void {
    const { fmt } = this;
    if (verb === 'q' || (verb === 'v' && fmt.sharpV)) fmt.quoted(text);
    else if (verb === 's' || verb === 'v') fmt.string(text);
    else if (verb === 'x' || verb === 'X') fmt.hexadecimal(text, verb === 'X');
    else this.badVerb(value, verb);
  }

  private map(value: Value, verb: string, depth: number): void {
    const { fmt } = this;
    fmt.write(fmt.sharpV ? value.type.name : 'map[');
    if (fmt.sharpV && this.reader.lo(value) === 0) return fmt.write('(nil)');
    if (fmt.sharpV) fmt.write('{');
    const frame = this.push(FrameKind.Map, value, verb, depth);
    frame.entries = this.reader.sortedEntries(value, (bytes) => this.compared(bytes));
    frame.count = frame.entries.length;
    if (this.caller && frame.count > 0 && this.reader.mayHaveMethods(value.type))
      this.copyEntries(frame, this.caller.tag);
  }

  /** A method may change the map: what is printed are its entries as they were. */
  private copyEntries(frame: Frame, tag: number): void {
    const { reader } = this;
    const words = reader.entryWords(frame.value);
    frame.copy = reader.memory.alloc((frame.count * words) / 2, tag);
    const { i32 } = reader.memory;
    frame.entries.forEach(({ key, value }, i) => {
      const at = frame.copy + i * words;
      const behind = at + key.type.slots * 2;
      i32.copyWithin(at, key.at, key.at + key.type.slots * 2);
      i32.copyWithin(behind, value.at, value.at + value.type.slots * 2);
    });
    frame.entries = [];
  }

  private list(value: Value, verb: string, depth: number): void {
    const { fmt, reader } = this;
    const isBytes = reader.code.types[value.type.elem!]!.kind === 'uint8';
    if (isBytes && 'sqxX'.includes(verb)) return this.bytes(value, verb);
    const isByteSlice = isBytes && value.type.name === '[]uint8' && depth === 0;
    if (fmt.sharpV) fmt.write(isByteSlice ? '[]byte' : value.type.name);
    if (fmt.sharpV && value.type.kind === 'slice' && reader.lo(value) === 0) return fmt.write('(nil)');
    fmt.write(fmt.sharpV ? '{' : '[');
    this.push(FrameKind.List, value, verb, depth);
  }

  private bytes(value: Value, verb: string): void {
    const bytes = this.reader.bytes(value);
    if (verb === 's') this.fmt.string(decodeBytes(bytes));
    else if (verb === 'q') this.fmt.quoted(decodeBytes(bytes));
    else this.fmt.hexadecimalBytes(bytes, verb === 'X');
  }

  private pointer(value: Value, verb: string): void {
    const { fmt } = this;
    if (!ADDRESSES.has(value.type.kind)) return this.badVerb(value, verb);
    const address = BigInt(visibleAddress(this.reader.lo(value)));
    if (verb === 'p') this.address(address, !fmt.sharp);
    else if (verb !== 'v') {
      if (!'bodxX'.includes(verb) || !this.number(address, false, verb)) this.badVerb(value, verb);
    } else if (fmt.sharpV) {
      fmt.write(`(${value.type.name})(`);
      if (address === 0n) fmt.write('nil');
      else this.address(address, true);
      fmt.write(')');
    } else if (address === 0n) fmt.pad(NIL);
    else this.address(address, !fmt.sharp);
  }

  /** A space or comma before part `i` of a value, if it is not the first. */
  separate(i: number): void {
    if (i > 0) this.fmt.write(this.fmt.sharpV ? ', ' : ' ');
  }

  /** Ends the newest frame. */
  end(text: string): void {
    this.fmt.write(text);
    this.frames.pop();
  }
}

/** By kind of frame: prints its next part, or ends it. */
const ADVANCE: Readonly<Record<number, (p: Printer, frame: Frame) => void>> = {
  [FrameKind.List]: (p, frame) => {
    const i = frame.index++;
    if (i >= p.reader.length(frame.value)) return p.end(p.fmt.sharpV ? '}' : ']');
    p.separate(i);
    p.printValue(p.reader.element(frame.value, i), frame.verb, frame.depth + 1);
  },
  [FrameKind.Struct]: (p, frame) => {
    const i = frame.index++;
    const field = frame.value.type.fields![i];
    if (field === undefined) return p.end('}');
    p.separate(i);
    if ((p.fmt.plusV || p.fmt.sharpV) && field.name !== '') p.fmt.write(field.name + ':');
    p.printValue(p.reader.field(frame.value, i), frame.verb, frame.depth + 1);
  },
  [FrameKind.Map]: (p, frame) => {
    // Keys and values by turns.
    const i = frame.index++;
    if (i >= frame.count * 2) {
      if (frame.copy !== 0) p.reader.memory.free(frame.copy);
      return p.end(p.fmt.sharpV ? '}' : ']');
    }
    if (i % 2 === 0) p.separate(i);
    else p.fmt.write(':');
    const entry = frame.copy === 0 ? frame.entries[i >> 1]! : p.reader.entryIn(frame.value, frame.copy, i >> 1);
    p.printValue(i % 2 === 0 ? entry.key : entry.value, frame.verb, frame.depth + 1);
  },
  [FrameKind.BadVerb]: (p) => {
    p.end(')');
    p.erroring = false;
  },
  [FrameKind.Panic]: (p) => {
    p.end(')');
    p.fmt.setFlags(p.interrupted!);
    p.interrupted = undefined;
  },
};
