/** This file turns the checker's types into run-time types: each distinct one once, with its size here and its size in real Go. */
import { InternalError } from '../base/assert';
import { identical, isComparable, under } from '../lang/predicates';
import type { BasicName, Type } from '../lang/types';
import type { RuntimeKind, RuntimeType } from './code';
import { runtimeTypeName } from './typeName';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** A run-time type under construction. */
export type TypeDraft = Mutable<RuntimeType>;

/** Slots of a value of the type. */
export function slotsOf(type: Type): number {
  const u = under(type);
  switch (u.kind) {
    case 'slice':
    case 'interface':
      return 2;
    case 'array':
      return u.len * slotsOf(u.elem);
    case 'struct':
      return u.fields.reduce((sum, field) => sum + slotsOf(field.type), 0);
    case 'tuple':
      return u.types.reduce((sum, one) => sum + slotsOf(one), 0);
    case 'typeparam':
      throw new InternalError('size of a type parameter', { name: u.object.name });
    default:
      return 1;
  }
}

/** Slot offset of field `index` of a struct type. */
export function fieldOffset(type: Type, index: number): number {
  const u = under(type);
  if (u.kind !== 'struct') throw new InternalError('field of no struct', { type: runtimeTypeName(type) });
  let offset = 0;
  for (let i = 0; i < index; i++) offset += slotsOf(u.fields[i]!.type);
  return offset;
}

const BYTES: Partial<Record<BasicName, number>> = {
  bool: 1, int8: 1, uint8: 1, int16: 2, uint16: 2, int32: 4, uint32: 4, float32: 4, string: 16,
}; // prettier-ignore

/** Size and alignment in bytes on amd64. */
function layout(type: Type): { size: number; align: number } {
  const u = under(type);
  switch (u.kind) {
    case 'basic': {
      const size = BYTES[u.name] ?? 8;
      return { size, align: Math.min(size, 8) };
    }
    case 'slice':
      return { size: 24, align: 8 };
    case 'interface':
      return { size: 16, align: 8 };
    case 'array': {
      const elem = layout(u.elem);
      return { size: elem.size * u.len, align: elem.align };
    }
    case 'struct':
      return structLayout(u.fields.map((field) => layout(field.type)));
    default:
      return { size: 8, align: 8 };
  }
}

function structLayout(fields: readonly { size: number; align: number }[]): { size: number; align: number } {
  let size = 0;
  let align = 1;
  for (const field of fields) {
    size = roundUp(size, field.align) + field.size;
    align = Math.max(align, field.align);
  }
  // A last field of no size gets a byte, so that its address is not behind the block.
  if (size > 0 && fields[fields.length - 1]?.size === 0) size++;
  return { size: roundUp(size, align), align };
}

function roundUp(n: number, unit: number): number {
  return Math.ceil(n / unit) * unit;
}

function kindOf(type: Type): RuntimeKind {
  const u = under(type);
  switch (u.kind) {
    case 'basic':
      if (u.name === 'unsafe.Pointer') return 'pointer';
      // A type that is not supported: nothing ever reads its one slot but a copy.
      if (u.name === 'invalid') return 'struct';
      return u.name as RuntimeKind;
    case 'signature':
      return 'func';
    case 'typeparam':
      throw new InternalError('kind of a type parameter');
    default:
      return u.kind;
  }
}

/** All run-time types of a program being compiled. */
export class TypeTable {
  readonly types: TypeDraft[] = [];
  /** The checker's type of each run-time type, by index. */
  readonly sources: Type[] = [];
  private readonly known = new Map<Type, number>();
  private readonly byName = new Map<string, Type[]>();

  /** Index of the type; a new one gets its row. */
  index(type: Type): number {
    const seen = this.known.get(type);
    if (seen !== undefined) return seen;
    const name = runtimeTypeName(type);
    const same = this.byName.get(name)?.find((other) => identical(other, type));
    const index = same === undefined ? this.add(type, name) : this.known.get(same)!;
    this.known.set(type, index);
    return index;
  }

  private add(type: Type, name: string): number {
    const index = this.types.length;
    this.known.set(type, index);
    this.byName.set(name, [...(this.byName.get(name) ?? []), type]);
    const draft: TypeDraft = {
      index,
      name,
      kind: kindOf(type),
      slots: slotsOf(type),
      bytes: layout(type).size,
      comparable: isComparable(type),
    };
    this.types.push(draft);
    this.sources.push(type);
    this.describe(draft, under(type));
    return index;
  }

  private describe(draft: TypeDraft, u: Type): void {
    switch (u.kind) {
      case 'basic':
        if (u.name === 'invalid') draft.fields = [];
        break;
      case 'pointer':
      case 'slice':
        draft.elem = this.index(u.elem);
        break;
      case 'array':
        draft.elem = this.index(u.elem);
        draft.len = u.len;
        break;
      case 'chan':
        draft.elem = this.index(u.elem);
        draft.dir = u.dir;
        break;
      case 'map':
        draft.key = this.index(u.key);
        draft.elem = this.index(u.elem);
        break;
      case 'struct': {
        let offset = 0;
        draft.fields = u.fields.map((field) => {
          const row = { name: field.name, type: this.index(field.type), offset, embedded: field.embedded };
          offset += slotsOf(field.type);
          return row;
        });
        break;
      }
      case 'interface':
        draft.interfaceMethods = u.methods.map((m) => ({
          name: m.name,
          type: this.index({ ...m.signature, recv: undefined }),
        }));
        break;
      default:
        break;
    }
  }
}
