/**
 * This file reads values of simulated memory by their run-time type, as Go's reflect does: the view that the printer walks.
 *
 * A value that was reached through a pointer, a slice or a map is *shared*: other goroutines may write it, so a detector of races must hear of its
 * reads. What an interface holds never changes, hence is not shared.
 */
import type { Memory } from '../base/memory';
import { decodeBytes } from '../base/utf8';
import type { Code, RuntimeType } from '../bytecode/code';
import { mapEntries } from '../bytecode/mapLayout';

/** Told of the reads that other goroutines could see: `slots` slots at a word address. */
export type Touch = (at: number, slots: number) => void;

/** A value in memory. */
export interface Value {
  readonly type: RuntimeType;
  /** Word address of its first slot. */
  readonly at: number;
  /** False below an unexported field: fmt calls no methods there. */
  readonly exported: boolean;
  readonly shared: boolean;
}

/** Where addresses of the simulated memory appear to lie, as Go's heap does on amd64. */
const HEAP_BASE = 0xc000000000;

const SIGNED = new Set(['int', 'int8', 'int16', 'int32', 'int64']);
const UNSIGNED = new Set(['uint', 'uint8', 'uint16', 'uint32', 'uint64', 'uintptr']);
const BASIC = new Set(['bool', 'float32', 'float64', 'string']);
export const isSigned = (type: RuntimeType): boolean => SIGNED.has(type.kind);
export const isInteger = (type: RuntimeType): boolean => SIGNED.has(type.kind) || UNSIGNED.has(type.kind);

/** Text of the string in the slot at a word address, in the form of base/utf8.ts. */
export function readString(memory: Memory, slot: number): string {
  const length = memory.i32[slot + 1]!;
  if (length === 0) return '';
  const start = memory.i32[slot]! >>> 0;
  return decodeBytes(memory.bytes, start, start + length);
}

/** The address that a program sees for a word address; 0 stays 0. */
export function visibleAddress(word: number): number {
  return word === 0 ? 0 : HEAP_BASE + word * 4;
}

export class Reader {
  constructor(
    readonly memory: Memory,
    readonly code: Code,
    private readonly touch?: Touch,
  ) {}

  private compared: (bytes: number) => void = () => undefined;

  value(typeIndex: number, at: number, exported = true, shared = false): Value {
    return { type: this.code.types[typeIndex]!, at, exported, shared };
  }

  /** All of a value is about to be read. */
  note(value: Value): void {
    if (value.shared && value.type.slots > 0) this.touch?.(value.at, value.type.slots);
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

  /** Bytes of a string. */
  stringBytes(value: Value): number {
    return this.memory.i32[value.at + 1]!;
  }

  private rawString(value: Value): Uint8Array {
    const start = this.memory.i32[value.at]! >>> 0;
    return this.memory.bytes.subarray(start, start + this.stringBytes(value));
  }

  /** What the interface at a word address holds; undefined: nil. */
  held(at: number, exported = true): Value | undefined {
    const { i32 } = this.memory;
    const tag = i32[at]!;
    if (tag === 0) return undefined;
    const type = this.code.types[tag - 1]!;
    return { type, at: type.slots === 1 ? at + 2 : i32[at + 2]!, exported, shared: false };
  }

  /** Dynamic value of an interface; undefined: nil. */
  dynamic(value: Value): Value | undefined {
    this.note(value);
    return this.held(value.at, value.exported);
  }

  /** Target of a pointer that is not nil. */
  target(value: Value): Value {
    return this.value(value.type.elem!, this.lo(value), value.exported, true);
  }

  length(value: Value): number {
    if (value.type.kind === 'array') return value.type.len!;
    return this.memory.i32[value.at + 2]!;
  }

  /** Element of a slice or array. */
  element(value: Value, index: number): Value {
    const elem = this.code.types[value.type.elem!]!;
    const isArray = value.type.kind === 'array';
    const first = isArray ? value.at : this.lo(value);
    return {
      type: elem,
      at: first + index * elem.slots * 2,
      exported: value.exported,
      shared: value.shared || !isArray,
    };
  }

  /** Field of a struct; an interface there that is not nil is replaced by what it holds. */
  field(value: Value, index: number): Value {
    const field = value.type.fields![index]!;
    const exported = value.exported && /^\p{Lu}/u.test(field.name);
    const inner = this.value(field.type, value.at + field.offset * 2, exported, value.shared);
    return inner.type.kind === 'interface' ? (this.dynamic(inner) ?? inner) : inner;
  }

  /** Elements of a []byte or [n]byte. */
  bytes(value: Value): Uint8Array {
    const bytes = new Uint8Array(this.length(value));
    const isArray = value.type.kind === 'array';
    const first = isArray ? value.at : this.lo(value);
    if ((value.shared || !isArray) && bytes.length > 0) this.touch?.(first, bytes.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = this.memory.i32[first + i * 2]!;
    return bytes;
  }

  /** Whether keys or values of a map type may have methods, or hold what has. */
  mayHaveMethods(map: RuntimeType): boolean {
    return [map.key!, map.elem!].some((index) => {
      const type = this.code.types[index]!;
      return type.methods !== undefined || !(isInteger(type) || BASIC.has(type.kind));
    });
  }

  /** Words of an entry when keys and values stand one after the other. */
  entryWords({ type }: Value): number {
    const { types } = this.code;
    return (types[type.key!]!.slots + types[type.elem!]!.slots) * 2;
  }

  /** Entry of a map of which the entries have been copied to `copy`, one after the other. */
  entryIn(map: Value, copy: number, index: number): { key: Value; value: Value } {
    const { type, exported } = map;
    const at = copy + index * this.entryWords(map);
    const key = this.value(type.key!, at, exported);
    return { key, value: this.value(type.elem!, at + key.type.slots * 2, exported) };
  }

  /** Entries of a map, sorted by key as Go's internal/fmtsort does. @param compared told of each comparison of two keys, and of how many bytes of them are compared */
  sortedEntries(value: Value, compared: (bytes: number) => void = () => undefined): { key: Value; value: Value }[] {
    const { type, exported } = value;
    const map = this.lo(value);
    if (map !== 0) this.touch?.(map, 1);
    const entries = mapEntries(this.memory, this.code, map).map((entry) => ({
      key: this.value(type.key!, entry.key, exported),
      value: this.value(type.elem!, entry.value, exported),
    }));
    this.compared = compared;
    return entries.sort((a, b) => this.compare(a.key, b.key));
  }

  private compare(a: Value, b: Value): number {
    const { kind } = a.type;
    this.compared(kind === 'string' ? Math.min(this.stringBytes(a), this.stringBytes(b)) : 0);
    switch (kind) {
      case 'string':
        return compareBytes(this.rawString(a), this.rawString(b));
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
