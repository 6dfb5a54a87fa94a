/** This file defines equality and hashing of values of any type, by walking their parts. */
import { InternalError } from '../base/assert';
import type { RuntimeType } from '../bytecode/code';
import { fault } from './fault';
import type { Vm } from './vm';
import { INCLUDED, Work } from './work';

/** Whether the values at word addresses `a` and `b`, both of type `type`, are equal. @throws GoPanic on uncomparable dynamic types, StepsSpent */
export function equalValues(vm: Vm, type: RuntimeType, a: number, b: number): boolean {
  switch (type.kind) {
    case 'array':
      if (type.slots === 0) return true;
      if (!isSmall(vm, type)) return equalParts(vm, type, a, b);
      for (let i = 0, elem = vm.code.types[type.elem!]!, at = 0; i < type.len!; i++, at += elem.slots * 2)
        if (!equalValues(vm, elem, a + at, b + at)) return false;
      return true;
    case 'struct':
      if (!isSmall(vm, type)) return equalParts(vm, type, a, b);
      for (const { name, type: part, offset } of type.fields!)
        if (name !== '_' && !equalValues(vm, vm.code.types[part]!, a + offset * 2, b + offset * 2)) return false;
      return true;
    case 'interface': {
      const held = heldByBoth(vm, a, b);
      if (typeof held === 'boolean') return held;
      return hasParts(held) ? equalParts(vm, type, a, b) : equalSingles(vm, held, ...boxes(vm, held, a, b));
    }
    default:
      return equalSingles(vm, type, a, b);
  }
}

const hasParts = ({ kind }: RuntimeType): boolean => kind === 'array' || kind === 'struct';

/** Most slots of a value that is compared without being charged for. */
const SMALL = 16;
const small = new WeakMap<RuntimeType, boolean>();

/** Whether values of a type are a few parts and lead nowhere else: they need no walk. */
function isSmall(vm: Vm, type: RuntimeType): boolean {
  let is = small.get(type);
  if (is === undefined) small.set(type, (is = type.slots <= SMALL && partTypes(vm, type).every((part) => part.kind !== 'interface' && (!hasParts(part) || isSmall(vm, part)))));
  return is;
} // prettier-ignore

function partTypes(vm: Vm, type: RuntimeType): RuntimeType[] {
  const indices =
    type.kind === 'array' ? (type.len === 0 ? [] : [type.elem!]) : type.fields!.map((field) => field.type);
  return indices.map((index) => vm.code.types[index]!);
}

/** The type of what two interfaces hold, when that decides; else whether they are equal. @throws GoPanic when it is uncomparable */
function heldByBoth(vm: Vm, a: number, b: number): RuntimeType | boolean {
  const m = vm.memory.i32;
  if (m[a] !== m[b]) return false;
  if (m[a] === 0) return true;
  const held = vm.code.types[m[a]! - 1]!;
  if (!held.comparable) throw fault.uncomparable(held.name);
  return held;
}

/** Where the values of a type are that two interfaces hold. */
function boxes(vm: Vm, held: RuntimeType, a: number, b: number): [number, number] {
  const m = vm.memory.i32;
  return held.slots === 1 ? [a + 2, b + 2] : [m[a + 2]!, m[b + 2]!];
}

/** Of a type whose values stand in one place. */
function equalSingles(vm: Vm, type: RuntimeType, a: number, b: number): boolean {
  const m = vm.memory.i32;
  switch (type.kind) {
    case 'string':
      return equalStrings(vm, a, b);
    case 'float32':
    case 'float64':
      return vm.memory.f64[a >> 1] === vm.memory.f64[b >> 1];
    case 'slice':
    case 'map':
    case 'func':
      throw fault.uncomparable(type.name);
    case 'tuple':
      throw new InternalError('comparing tuples');
    default:
      return m[a] === m[b] && m[a + 1] === m[b + 1];
  }
}

/** Values being walked: their type, where they are, and their next part. */
interface Walk {
  readonly type: RuntimeType;
  readonly a: number;
  readonly b: number;
  next: number;
}

/**
 * Walks values part by part, in order and depth first, as Go does. The walk has a stack of its own: boxed values may be nested as deep as memory has
 * room, and what they share is walked as often as it is met, which is charged for.
 * @param single told of each part that has no parts; ends the walk by saying false. @param boxed told of each pair of interfaces: the type of the values
 * in them that are to be walked; true or false: they are equal or differ as they are
 */
function walk(
  vm: Vm,
  start: Walk,
  single: (type: RuntimeType, a: number, b: number) => boolean,
  boxed: (a: number, b: number) => RuntimeType | boolean,
): boolean {
  const { types } = vm.code;
  const open: Walk[] = [];
  let work = -INCLUDED;
  /** @returns false at a difference */
  const enter = (type: RuntimeType, a: number, b: number): boolean => {
    if (hasParts(type)) open.push({ type, a, b, next: 0 });
    else if (type.kind !== 'interface') return single(type, a, b);
    else {
      const held = boxed(a, b);
      if (typeof held === 'boolean') return held;
      return enter(held, ...boxes(vm, held, a, b));
    }
    return true;
  };
  if (!enter(start.type, start.a, start.b)) return false;
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    work += Work.part;
    if (work >= CHARGED_AT_ONCE) {
      vm.spend(work);
      work = 0;
    }
    const i = top.next++;
    const { type, a, b } = top;
    if (type.slots === 0 || i >= partsOf(type)) {
      open.pop();
      continue;
    }
    const field = type.fields?.[i];
    if (field?.name === '_') continue;
    const part = types[field?.type ?? type.elem!]!;
    const offset = (field?.offset ?? i * part.slots) * 2;
    if (!enter(part, a + offset, b + offset)) return false;
  }
  if (work > 0) vm.spend(work);
  return true;
}

/** Parts charged for at once. */
const CHARGED_AT_ONCE = 1024;

function partsOf(type: RuntimeType): number {
  return type.kind === 'array' ? type.len! : type.fields!.length;
}

function equalParts(vm: Vm, type: RuntimeType, a: number, b: number): boolean {
  return walk(
    vm,
    { type, a, b, next: 0 },
    (part, x, y) => equalSingles(vm, part, x, y),
    (x, y) => heldByBoth(vm, x, y),
  );
}

/** Whether two string slots hold the same bytes. */
export function equalStrings(vm: Vm, a: number, b: number): boolean {
  const m = vm.memory.i32;
  const length = m[a + 1]!;
  if (length !== m[b + 1]) return false;
  const p = m[a]!;
  const q = m[b]!;
  if (p === q) return true;
  vm.charge(length * Work.byte);
  const bytes = vm.bytes;
  for (let i = 0; i < length; i++) if (bytes[p + i] !== bytes[q + i]) return false;
  return true;
}

/** Negative, zero or positive as the string at `a` sorts before, with or after the one at `b`, by bytes. */
export function compareStrings(vm: Vm, a: number, b: number): number {
  const m = vm.memory.i32;
  const bytes = vm.bytes;
  const shared = Math.min(m[a + 1]!, m[b + 1]!);
  vm.charge(shared * Work.byte);
  for (let i = 0; i < shared; i++) {
    const difference = bytes[m[a]! + i]! - bytes[m[b]! + i]!;
    if (difference !== 0) return difference;
  }
  return m[a + 1]! - m[b + 1]!;
}

/** A hash of the value at `at`; equal values have equal hashes. @throws GoPanic on unhashable dynamic types, StepsSpent */
export function hashValue(vm: Vm, type: RuntimeType, at: number): number {
  switch (type.kind) {
    case 'array':
    case 'struct':
    case 'interface':
      return hashParts(vm, type, at);
    default:
      return hashSingle(vm, type, at);
  }
}

function hashSingle(vm: Vm, type: RuntimeType, at: number): number {
  const m = vm.memory.i32;
  switch (type.kind) {
    case 'string':
      return hashBytes(vm, m[at]!, m[at + 1]!);
    case 'float32':
    case 'float64':
      return vm.memory.f64[at >> 1] === 0 ? 0 : mix(m[at]!, m[at + 1]!); // −0 equals 0
    case 'slice':
    case 'map':
    case 'func':
      throw fault.unhashable(type.name);
    default:
      return mix(m[at]!, m[at + 1]!);
  }
}

function hashParts(vm: Vm, type: RuntimeType, at: number): number {
  let hash = 7;
  walk(
    vm,
    { type, a: at, b: at, next: 0 },
    (part, x) => {
      hash = mix(hash, hashSingle(vm, part, x));
      return true;
    },
    (x) => {
      const tag = vm.memory.i32[x]!;
      hash = mix(hash, tag);
      if (tag === 0) return true;
      const held = vm.code.types[tag - 1]!;
      if (!held.comparable) throw fault.unhashable(held.name);
      return held;
    },
  );
  return hash;
}

/** Two words into one, by the finaliser of MurmurHash3 (Appleby, public domain). */
function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** FNV-1a (Fowler, Noll, Vo), mixed. */
function hashBytes(vm: Vm, start: number, length: number): number {
  vm.charge(length * Work.byte);
  const { bytes } = vm;
  let h = -2128831035;
  for (let i = 0; i < length; i++) h = Math.imul(h ^ bytes[start + i]!, 16777619);
  return mix(h, length);
}
