/** This file turns the checker's types into run-time types: each distinct one once, with its size here and its size in real Go. */
import { InternalError } from '../base/assert';
import { isComparable, under } from '../lang/predicates';
import { sizeOf } from '../lang/sizes';
import type { ArrayT, Struct, Tuple, Type } from '../lang/types';
import type { RuntimeKind, RuntimeType } from './code';
import { TypeIds } from './typeIds';
import { runtimeTypeName } from './typeName';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** A run-time type under construction. */
export type TypeDraft = Mutable<RuntimeType>;

/** By type that is made of others: types are shared, and each is measured once. */
const knownSlots = new WeakMap<Type, number>();

/** Slots of a value of the type. */
export function slotsOf(type: Type): number {
  const u = under(type);
  switch (u.kind) {
    case 'slice':
    case 'interface':
      return 2;
    case 'array':
      return u.elem.kind === 'basic' ? u.len : compositeSlots(u);
    case 'struct':
      return compositeSlots(u);
    case 'tuple':
      return tupleSlots(u);
    case 'typeparam':
      throw new InternalError('size of a type parameter', { name: u.object.name });
    default:
      return 1;
  }
}

function tupleSlots(u: Tuple): number {
  const known = knownSlots.get(u);
  if (known !== undefined) return known;
  const slots = u.types.reduce((sum, one) => sum + slotsOf(one), 0);
  knownSlots.set(u, slots);
  return slots;
}

function compositeSlots(u: ArrayT | Struct): number {
  const known = knownSlots.get(u);
  if (known !== undefined) return known;
  const slots =
    u.kind === 'array' ? u.len * slotsOf(u.elem) : u.fields.reduce((sum, field) => sum + slotsOf(field.type), 0);
  knownSlots.set(u, slots);
  return slots;
}

const knownOffsets = new WeakMap<Type, readonly number[]>();

/** Slot offsets of the fields of a struct type. */
export function fieldOffsets(struct: Struct): readonly number[] {
  const known = knownOffsets.get(struct);
  if (known) return known;
  let offset = 0;
  const offsets = struct.fields.map((field) => {
    const at = offset;
    offset += slotsOf(field.type);
    return at;
  });
  knownOffsets.set(struct, offsets);
  return offsets;
}

const knownPointers = new WeakMap<Type, boolean>();

/** Whether values of the type hold pointers in Go. */
function hasPointers(type: Type): boolean {
  const u = under(type);
  switch (u.kind) {
    case 'basic':
      return u.name === 'string' || u.name === 'unsafe.Pointer';
    case 'array':
      return u.len > 0 && hasPointers(u.elem);
    case 'struct': {
      const known = knownPointers.get(u) ?? u.fields.some((field) => hasPointers(field.type));
      knownPointers.set(u, known);
      return known;
    }
    default:
      return u.kind !== 'tuple';
  }
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

/** A run-time type whose parts are being given their rows. */
interface Pending {
  /** What of it is still to be indexed, last first. */
  readonly parts: Part[];
}
interface Part {
  readonly type: Type;
  /** Takes the index. */
  readonly set: (index: number) => void;
}

/** All run-time types of a program being compiled. */
export class TypeTable {
  readonly types: TypeDraft[] = [];
  /** The checker's type of each run-time type, by index. */
  readonly sources: Type[] = [];
  private readonly ids = new TypeIds();
  /** Index by number of the type. */
  private readonly byId: (number | undefined)[] = [];

  /** Index of the type; a new one gets its row, and so do its parts in order: on a stack of our own, as chains of declared types may be long. */
  index(type: Type): number {
    const pending: Pending[] = [];
    const index = this.row(type, pending);
    for (let top = pending.at(-1); top; top = pending.at(-1)) {
      const part = top.parts.pop();
      if (part) part.set(this.row(part.type, pending));
      else pending.pop();
    }
    return index;
  }

  /** Index of the type; a new one is put on `pending` to have its parts indexed. */
  private row(type: Type, pending: Pending[]): number {
    const id = this.ids.id(type);
    return this.byId[id] ?? (this.byId[id] = this.add(type, pending));
  }

  private add(type: Type, pending: Pending[]): number {
    const index = this.types.length;
    const draft: TypeDraft = {
      index,
      name: runtimeTypeName(type),
      kind: kindOf(type),
      slots: slotsOf(type),
      bytes: sizeOf(type).bytes,
      comparable: isComparable(type),
      pointers: hasPointers(type),
    };
    this.types.push(draft);
    this.sources.push(type);
    pending.push({ parts: describe(draft, under(type)).reverse() });
    return index;
  }
}

/** Fills in the row; what is left are the indices of the parts. */
function describe(draft: TypeDraft, u: Type): Part[] {
  const elem = (type: Type): Part => ({ type, set: (index) => (draft.elem = index) });
  switch (u.kind) {
    case 'basic':
      if (u.name === 'invalid') draft.fields = [];
      return [];
    case 'pointer':
    case 'slice':
      return [elem(u.elem)];
    case 'array':
      draft.len = u.len;
      return [elem(u.elem)];
    case 'chan':
      draft.dir = u.dir;
      return [elem(u.elem)];
    case 'map':
      return [{ type: u.key, set: (index) => (draft.key = index) }, elem(u.elem)];
    case 'struct':
      return structParts(draft, u);
    case 'interface': {
      const methods = u.methods.map((m) => ({ name: m.name, type: -1 }));
      draft.interfaceMethods = methods;
      return u.methods.map((m, i) => ({ type: m.signature, set: (index) => (methods[i]!.type = index) }));
    }
    default:
      return [];
  }
}

function structParts(draft: TypeDraft, struct: Struct): Part[] {
  const offsets = fieldOffsets(struct);
  const fields = struct.fields.map(({ name, embedded }, i) => ({ name, type: -1, offset: offsets[i]!, embedded }));
  draft.fields = fields;
  return struct.fields.map((field, i) => ({ type: field.type, set: (index) => (fields[i]!.type = index) }));
}
