/** This file defines equality and hashing of values of any type, by walking the type. */
import { InternalError } from '../base/assert';
import type { RuntimeType } from '../bytecode/code';
import { fault } from './fault';
import type { Vm } from './vm';

/** Whether the values at word addresses `a` and `b`, both of type `type`, are equal. @throws GoPanic on uncomparable dynamic types */
export function equalValues(vm: Vm, type: RuntimeType, a: number, b: number): boolean {
  const m = vm.memory.i32;
  switch (type.kind) {
    case 'string':
      return equalStrings(vm, a, b);
    case 'float32':
    case 'float64':
      return vm.memory.f64[a >> 1] === vm.memory.f64[b >> 1];
    case 'interface':
      return equalInterfaces(vm, a, b);
    case 'array': {
      const element = vm.code.types[type.elem!]!;
      for (let i = 0; i < type.len!; i++) {
        const offset = i * element.slots * 2;
        if (!equalValues(vm, element, a + offset, b + offset)) return false;
      }
      return true;
    }
    case 'struct':
      return type.fields!.every(
        (field) =>
          field.name === '_' || equalValues(vm, vm.code.types[field.type]!, a + field.offset * 2, b + field.offset * 2),
      );
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

/** Whether two string slots hold the same bytes. */
export function equalStrings(vm: Vm, a: number, b: number): boolean {
  const m = vm.memory.i32;
  const length = m[a + 1]!;
  if (length !== m[b + 1]) return false;
  const p = m[a]!;
  const q = m[b]!;
  if (p === q) return true;
  const bytes = vm.bytes;
  for (let i = 0; i < length; i++) if (bytes[p + i] !== bytes[q + i]) return false;
  return true;
}

/** Negative, zero or positive as the string at `a` sorts before, with or after the one at `b`, by bytes. */
export function compareStrings(vm: Vm, a: number, b: number): number {
  const m = vm.memory.i32;
  const bytes = vm.bytes;
  const shared = Math.min(m[a + 1]!, m[b + 1]!);
  for (let i = 0; i < shared; i++) {
    const difference = bytes[m[a]! + i]! - bytes[m[b]! + i]!;
    if (difference !== 0) return difference;
  }
  return m[a + 1]! - m[b + 1]!;
}

function equalInterfaces(vm: Vm, a: number, b: number): boolean {
  const m = vm.memory.i32;
  if (m[a] !== m[b]) return false;
  if (m[a] === 0) return true;
  const type = vm.code.types[m[a]! - 1]!;
  if (!type.comparable) throw fault.uncomparable(type.name);
  return type.slots === 1 ? equalValues(vm, type, a + 2, b + 2) : equalValues(vm, type, m[a + 2]!, m[b + 2]!);
}

/** A hash of the value at `at`; equal values have equal hashes. @throws GoPanic on unhashable dynamic types */
export function hashValue(vm: Vm, type: RuntimeType, at: number): number {
  const m = vm.memory.i32;
  switch (type.kind) {
    case 'string':
      return hashBytes(vm.bytes, m[at]!, m[at + 1]!);
    case 'float32':
    case 'float64':
      return vm.memory.f64[at >> 1] === 0 ? 0 : mix(m[at]!, m[at + 1]!); // −0 equals 0
    case 'interface': {
      if (m[at] === 0) return 0;
      const dynamic = vm.code.types[m[at]! - 1]!;
      if (!dynamic.comparable) throw fault.unhashable(dynamic.name);
      return mix(m[at]!, hashValue(vm, dynamic, dynamic.slots === 1 ? at + 2 : m[at + 2]!));
    }
    case 'array': {
      const element = vm.code.types[type.elem!]!;
      let hash = 7;
      for (let i = 0; i < type.len!; i++) hash = mix(hash, hashValue(vm, element, at + i * element.slots * 2));
      return hash;
    }
    case 'struct':
      return type.fields!.reduce(
        (hash, field) =>
          field.name === '_' ? hash : mix(hash, hashValue(vm, vm.code.types[field.type]!, at + field.offset * 2)),
        11,
      );
    case 'slice':
    case 'map':
    case 'func':
      throw fault.unhashable(type.name);
    default:
      return mix(m[at]!, m[at + 1]!);
  }
}

/** Two words into one, by the finaliser of MurmurHash3 (Appleby, public domain). */
function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** FNV-1a (Fowler, Noll, Vo), mixed. */
function hashBytes(bytes: Uint8Array, start: number, length: number): number {
  let h = -2128831035;
  for (let i = 0; i < length; i++) h = Math.imul(h ^ bytes[start + i]!, 16777619);
  return mix(h, length);
}
