/**
 * This file tells how large values of a type are in real Go on amd64 (cmd/compile/internal/types/size.go).
 * Types are shared, so each is measured once: a structure that holds two of the one before, and so on, takes time for what is written.
 */
import { under } from './predicates';
import type { ArrayT, BasicName, Struct, Type } from './types';

/** Bytes that no type may reach: the compiler's MaxWidth on 64-bit machines. */
const MAX_BYTES = 2 ** 50;
/** Elements of an array whose elements have no size; lengths have 31 bits here. {@link MAX_BYTES} bounds all others. */
export const MAX_EMPTY_ELEMENTS = 0x7fffffff;
/** Bytes that an element of a channel may not reach. */
export const MAX_CHANNEL_ELEMENT = 1 << 16;

/** What is wrong with the size of a type whose parts have none of these faults. */
export type SizeFault = 'address space' | 'too large' | 'elements';

export interface Size {
  readonly bytes: number;
  readonly align: number;
  /** Of the type itself, not of a part. It counts as a word in the types around it, so that it is told once. */
  readonly fault?: SizeFault;
}

const WORD: Size = { bytes: 8, align: 8 };
const SLICE: Size = { bytes: 24, align: 8 };
const INTERFACE: Size = { bytes: 16, align: 8 };
/** Of arrays and structs. */
const known = new WeakMap<Type, Size>();

/** The size of a type that is complete. */
export function sizeOf(type: Type): Size {
  switch (type.kind) {
    case 'named': {
      const { bytes, align } = sizeOf(under(type));
      return { bytes, align };
    }
    case 'basic': {
      const bytes = BYTES[type.name] ?? 8;
      return { bytes, align: Math.min(bytes, 8) };
    }
    case 'array':
      return type.elem.kind === 'basic' ? arraySize(sizeOf(type.elem), type.len) : composite(type);
    case 'struct':
      return composite(type);
    case 'slice':
      return SLICE;
    case 'interface':
      return INTERFACE;
    default:
      return WORD;
  }
}

function composite(type: ArrayT | Struct): Size {
  const seen = known.get(type);
  if (seen) return seen;
  known.set(type, WORD); // what contains itself is a mistake that others tell of
  const size =
    type.kind === 'array'
      ? arraySize(sizeOf(type.elem), type.len)
      : structSize(type.fields.map((field) => sizeOf(field.type)));
  known.set(type, size);
  return size;
}

const BYTES: Partial<Record<BasicName, number>> = {
  bool: 1, int8: 1, uint8: 1, int16: 2, uint16: 2, int32: 4, uint32: 4, float32: 4, string: 16,
}; // prettier-ignore

/** Of an array of `length` elements. */
export function arraySize(elem: Size, length: number): Size {
  const bytes = elem.bytes * length;
  if (bytes >= MAX_BYTES) return { ...WORD, fault: 'address space' };
  return elem.bytes === 0 && length > MAX_EMPTY_ELEMENTS
    ? { ...WORD, fault: 'elements' }
    : { bytes, align: elem.align };
}

function structSize(fields: readonly Size[]): Size {
  let bytes = 0;
  let align = 1;
  for (const field of fields) {
    bytes = roundUp(bytes, field.align) + field.bytes;
    align = Math.max(align, field.align);
  }
  // A last field of no size gets a byte, so that its address is not behind the block.
  if (bytes > 0 && fields[fields.length - 1]?.bytes === 0) bytes++;
  bytes = roundUp(bytes, align);
  return bytes >= MAX_BYTES ? { ...WORD, fault: 'too large' } : { bytes, align };
}

function roundUp(n: number, unit: number): number {
  return Math.ceil(n / unit) * unit;
}
