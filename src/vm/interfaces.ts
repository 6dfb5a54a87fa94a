/** This file defines the interface instructions: boxing, assertions, method lookup. */
import { copyWords } from '../base/memory';
import type { RuntimeType } from '../bytecode/code';
import { GoPanic } from './fault';
import { TagKind, tagOf } from './tags';
import type { Vm } from './vm';
import { Work } from './work';

/** to ← interface holding the value at `from` of type `typeIndex`. */
export function toInterface(vm: Vm, to: number, from: number, typeIndex: number): void {
  const { slots } = vm.code.types[typeIndex]!;
  let lo = vm.memory.i32[from]!;
  let hi = vm.memory.i32[from + 1]!;
  if (slots !== 1) {
    vm.accounts.allocate(vm.valueBytes[typeIndex]!);
    vm.charge(slots * Work.slot);
    lo = vm.memory.alloc(slots, tagOf(TagKind.Values, vm.at >> 2));
    hi = 0;
    copyWords(vm.memory.i32, lo, from, slots * 2);
  }
  const m = vm.memory.i32;
  m[to] = typeIndex + 1;
  m[to + 1] = 0;
  m[to + 2] = lo;
  m[to + 3] = hi;
}

/** Whether values of `type` have every method of interface `wanted`; otherwise the name of the first that is missing. */
function missingMethod(type: RuntimeType, wanted: RuntimeType): string | undefined {
  const missing = wanted.interfaceMethods?.find(
    ({ name, type: signature }) => type.methodTypes?.get(name) !== signature,
  );
  return missing?.name;
}

/** Whether the dynamic type of the interface at `at` is `typeIndex`. */
export function isType(vm: Vm, at: number, typeIndex: number): boolean {
  return vm.memory.i32[at] === typeIndex + 1;
}

/** Whether the dynamic type of the interface at `at` implements interface `typeIndex`; false for nil. */
export function isInterface(vm: Vm, at: number, typeIndex: number): boolean {
  const dynamic = vm.code.types[vm.memory.i32[at]! - 1];
  return dynamic !== undefined && missingMethod(dynamic, vm.code.types[typeIndex]!) === undefined;
}

function setOk(vm: Vm, ok: number, value: boolean): void {
  vm.memory.i32[ok] = value ? 1 : 0;
  vm.memory.i32[ok + 1] = 0;
}

/** to ← at.(T), T concrete; ok −1: panics when it does not hold. `staticType` is the interface type of the operand. */
export function assertType(vm: Vm, to: number, at: number, typeIndex: number, ok: number, staticType: number): void {
  const type = vm.code.types[typeIndex]!;
  const m = vm.memory.i32;
  const holds = isType(vm, at, typeIndex);
  if (!holds && ok < 0) throw failed(vm, at, typeIndex, staticType);
  vm.charge(type.slots * Work.slot);
  if (!holds) m.fill(0, to, to + type.slots * 2);
  else {
    const from = type.slots === 1 ? at + 2 : m[at + 2]!;
    copyWords(m, to, from, type.slots * 2);
  }
  if (ok >= 0) setOk(vm, ok, holds);
}

/** to ← at.(I), I an interface type; as {@link assertType}. */
export function assertInterface(
  vm: Vm,
  to: number,
  at: number,
  typeIndex: number,
  ok: number,
  staticType: number,
): void {
  const m = vm.memory.i32;
  const holds = isInterface(vm, at, typeIndex);
  if (!holds && ok < 0) throw failed(vm, at, typeIndex, staticType);
  if (holds) copyWords(m, to, at, 4);
  else m.fill(0, to, to + 4);
  if (ok >= 0) setOk(vm, ok, holds);
}

/** As TypeAssertionError.Error of runtime/error.go. */
function failed(vm: Vm, at: number, typeIndex: number, staticType: number): GoPanic {
  const wanted = vm.code.types[typeIndex]!;
  const dynamic = vm.code.types[vm.memory.i32[at]! - 1];
  if (dynamic === undefined) {
    const inter = wanted.kind === 'interface' ? 'interface' : vm.code.types[staticType]!.name;
    return new GoPanic('panic.conversion', `interface conversion: ${inter} is nil, not ${wanted.name}`);
  }
  if (wanted.kind === 'interface') {
    return new GoPanic(
      'panic.conversion',
      `interface conversion: ${dynamic.name} is not ${wanted.name}: missing method ${missingMethod(dynamic, wanted)}`,
    );
  }
  const scopes = dynamic.name === wanted.name ? ' (types from different scopes)' : '';
  return new GoPanic(
    'panic.conversion',
    `interface conversion: ${vm.code.types[staticType]!.name} is ${dynamic.name}, not ${wanted.name}${scopes}`,
  );
}
