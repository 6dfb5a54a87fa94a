/** This file defines how Go's runtime prints the value of a panic that has no Error or String method (printpanicval of runtime/error.go). */
import { toBigInt, toUnsignedBigInt } from '../base/int64';
import type { RuntimeType } from '../bytecode/code';
import type { Vm } from './vm';

/** Text of the interface value at word address `at`. */
export function panicValueText(vm: Vm, at: number): string {
  const type = vm.code.types[vm.memory.i32[at]! - 1];
  if (type === undefined) return 'nil';
  if (type.index === vm.code.runtimeErrorType) return vm.readString(at + 2);
  const text = basicText(vm, type, at + 2);
  const predeclared = !type.name.includes('.');
  if (text === undefined) return `(${type.name}) 0x${addressOf(vm, at + 2).toString(16)}`;
  if (predeclared) return text;
  return type.kind === 'string' ? `${type.name}("${text}")` : `${type.name}(${text})`;
}

/** Real Go's heap starts at 0xc000000000; a byte address of the simulated memory is shown from there on. */
function addressOf(vm: Vm, slot: number): number {
  return 0xc000000000 + vm.memory.i32[slot]! * 4;
}

function basicText(vm: Vm, type: RuntimeType, at: number): string | undefined {
  const m = vm.memory.i32;
  switch (type.kind) {
    case 'bool':
      return m[at] === 0 ? 'false' : 'true';
    case 'string':
      return vm.readString(at);
    case 'int':
    case 'int8':
    case 'int16':
    case 'int32':
    case 'int64':
      return toBigInt(m[at]!, m[at + 1]!).toString();
    case 'uint':
    case 'uint8':
    case 'uint16':
    case 'uint32':
    case 'uint64':
    case 'uintptr':
      return toUnsignedBigInt(m[at]!, m[at + 1]!).toString();
    case 'float32':
    case 'float64':
      return printFloat(vm.memory.f64[at >> 1]!);
    default:
      return undefined;
  }
}

/** As the built-in print writes a float: strconv's shortest %g, so 1e+06 and 1.5. */
export function printFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
