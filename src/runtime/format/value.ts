/** This file reads values of simulated memory by their run-time type, as Go's reflect does: the view that the printer walks. */
import { decodeBytes, encodeBytes } from '../../base/utf8';
import type { Memory } from '../../base/memory';
import type { Code, RuntimeType } from '../../bytecode/code';

/** What only the runtime can tell. */
export interface FormatHooks {
  /** Result of calling the niladic method `name` (`Error`, `String`, `GoString`) that returns a string; undefined: it cannot be called. */
  callMethod?(typeIndex: number, wordAddress: number, name: string): string | undefined;
  /** Word addresses of the keys and values of a map, in any order. */
  mapEntries?(typeIndex: number, mapAddress: number): readonly { readonly key: number; readonly value: number }[];
}

/** A value in memory. */
export interface Value {
  readonly type: RuntimeType;
  /** Word address of its first slot. */
  readonly at: number;
  /** False below an unexported field: fmt calls no methods there. */
  readonly exported: boolean;
}

/** Where addresses of the simulated memory appear to lie, as Go's heap does on amd64. */
const HEAP_BASE = 0xc000000000;

const SIGNED = new Set(['int', 'int8', 'int16', 'int32', 'int64']);
const UNSIGNED = new Set(['uint', 'uint8', 'uint16', 'uint32', 'uint64', 'uintptr']);
export const isSigned = (type: RuntimeType): boolean => SIGNED.has(type.kind);
export const isInteger = (type: RuntimeType): boolean => SIGNED.has(type.kind) || UNSIGNED.has(type.kind);

/** Text of the string in the slot at a word address, in the form of base/utf8.ts. */
export function readString(memory: Memory, slot: number): string {
  const length = memory.i32[slot + 1]!;
  if (length === 0) return '';
  const start = memory.i32[slot]! >>> 0;
  return decodeBytes(new Uint8Array(memory.i32.buffer), start, start + length);
}

/** Puts a text into fresh memory and its string value into the slot at a word address. @throws OutOfMemory */
export function writeString(memory: Memory, slot: number, text: string, tag: number): void {
  const bytes = encodeBytes(text);
  let start = 0;
  if (bytes.length > 0) {
    start = memory.alloc((bytes.length + 7) >> 3, tag) * 4;
    new Uint8Array(memory.i32.buffer).set(bytes, start);
  }
  memory.i32[slot] = start;
  memory.i32[slot + 1] = bytes.length;
}

/** The address that a program sees for a word address; 0 stays 0. */
export function visibleAddress(word: number): number {
  return word === 0 ? 0 : HEAP_BASE + word * 4;
}

export class Reader {
  constructor(
    readonly memory: Memory,
    readonly code: Code,
    readonly hooks: FormatHooks,
  ) {}

  value(typeIndex: number, at: number, exported = true): Value {
    return { type: this.code.types[typeIndex]!, at, exported };
  }

  lo(value: Value): number {
    return this.memory.i32[value.at]!;
  }

  integer(value: Value): bigint {
    const { i32 } = this.memory;
    const wide = (BigInt(i32[value.at + 1]!) << 32n) | BigInt(i32[value.at]! >>> 0);
    return isSigned(value.type) ? BigInt.asIntN(64, wide) : BigInt.asUintN(64, wide);
  }

  float(value: Value): number {
    return this.memory.f64[value.at >> 1]!;
  }

  string(value: Value): string {
    return readString(this.memory, value.at);
  }

  /** Dynamic value of an interface; undefined: nil. */
  dynamic(value: Value): Value | undefined {
    const tag = this.lo(value);
    if (tag === 0) return undefined;
    const type = this.code.types[tag - 1]!;
    const at = type.slots === 1 ? value.at + 2 : this.memory.i32[value.at + 2]!;
    return { type, at, exported: value.exported };
  }

  /** Target of a pointer that is not nil. */
  target(value: Value): Value {
    return this.value(value.type.elem!, this.lo(value), value.exported);
  }

  length(value: Value): number {
    if (value.type.kind === 'array') return value.type.len!;
    return this.memory.i32[value.at + 2]!;
  }

  /** Element of a slice or array. */
  element(value: Value, index: number): Value {
    const elem = this.code.types[value.type.elem!]!;
    const first = value.type.kind === 'array' ? value.at : this.lo(value);
    return { type: elem, at: first + index * elem.slots * 2, exported: value.exported };
  }

  /** Field of a struct; an interface there that is not nil is replaced by what it holds. */
  field(value: Value, index: number): Value {
    const field = value.type.fields![index]!;
    const exported = value.exported && /^\p{Lu}/u.test(field.name);
    const inner = this.value(field.type, value.at + field.offset * 2, exported);
    return inner.type.kind === 'interface' ? (this.dynamic(inner) ?? inner) : inner;
  }

  /** Elements of a []byte or [n]byte. */
  bytes(value: Value): Uint8Array {
    const bytes = new Uint8Array(this.length(value));
    const first = value.type.kind === 'array' ? value.at : this.lo(value);
    for (let i = 0; i < bytes.length; i++) bytes[i] = this.memory.i32[first + i * 2]!;
    return bytes;
  }

  /** Entries of a map, sorted by key as Go's internal/fmtsort does. */
  sortedEntries(value: Value): { key: Value; value: Value }[] {
    const { type, exported } = value;
    const map = this.lo(value);
    const found = map === 0 ? [] : (this.hooks.mapEntries?.(type.index, map) ?? []);
    const entries = found.map((entry) => ({
      key: this.value(type.key!, entry.key, exported),
      value: this.value(type.elem!, entry.value, exported),
    }));
    return entries.sort((a, b) => this.compare(a.key, b.key));
  }

  private compare(a: Value, b: Value): number {
    const { kind } = a.type;
    switch (kind) {
      case 'string':
        return compareBytes(encodeBytes(this.string(a)), encodeBytes(this.string(b)));
      case 'float32':
      case 'float64':
        return compareFloats(this.float(a), this.float(b));
      case 'struct':
        return this.compareParts(a.type.fields!.length, (i) => [this.field(a, i), this.field(b, i)]);
      case 'array':
        return this.compareParts(a.type.len!, (i) => [this.element(a, i), this.element(b, i)]);
      case 'interface':
        return this.compareDynamic(a, b);
      default:
        return isInteger(a.type) ? Number(this.integer(a) - this.integer(b)) : this.lo(a) - this.lo(b);
    }
  }

  private compareParts(n: number, parts: (i: number) => [Value, Value]): number {
    for (let i = 0; i < n; i++) {
      const order = this.compare(...parts(i));
      if (order !== 0) return order;
    }
    return 0;
  }

  private compareDynamic(a: Value, b: Value): number {
    const [left, right] = [this.dynamic(a), this.dynamic(b)];
    if (!left || !right) return (left ? 1 : 0) - (right ? 1 : 0);
    return left.type === right.type ? this.compare(left, right) : left.type.index - right.type.index;
  }
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

function compareFloats(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  return Number.isNaN(b) ? 1 : a - b;
}
