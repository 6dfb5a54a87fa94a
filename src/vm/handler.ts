/** This file defines handlers, which execute the instructions that the interpreter's loop leaves out, and how they read their operands. */
import type { Vm } from './vm';

/** Executes the instruction at `pc` of the frame at `fp`. The registers are saved in the vm, its pc already behind the instruction; a handler may change them. */
export type Handler = (vm: Vm, pc: number, fp: number) => void;

/** Operand `k` (0…) of the instruction at `pc`, in any of its words. */
export function operand(vm: Vm, pc: number, k: number): number {
  return vm.code.words[pc + k + 1 + Math.floor(k / 3)]!;
}

/** The register that operand `k` names; −1 when the operand is absent. */
export function register(vm: Vm, pc: number, fp: number, k: number): number {
  return registerAt(operand(vm, pc, k), fp);
}

function registerAt(offset: number, fp: number): number {
  return offset < 0 ? -1 : fp + offset;
}

/** Work on up to six operands: addresses of registers first, then numbers. */
type Work = (vm: Vm, a: number, b: number, c: number, d: number, e: number, f: number) => void;

/** A handler whose first `registers` of `all` operands are registers. */
export function simple(registers: number, work: Work, all: number): Handler {
  return all <= 3 ? short(registers, work) : long(registers, work);
}

/** Of an instruction of one word line. */
function short(registers: number, work: Work): Handler {
  const [first, second, third] = [registers > 0, registers > 1, registers > 2];
  return (vm, pc, fp) => {
    const { words } = vm.code;
    const a = words[pc + 1]!;
    const b = words[pc + 2]!;
    const c = words[pc + 3]!;
    work(vm, first ? registerAt(a, fp) : a, second ? registerAt(b, fp) : b, third ? registerAt(c, fp) : c, 0, 0, 0);
  };
}

/** Of one with an Ext behind it. */
function long(registers: number, work: Work): Handler {
  const [first, second, third] = [registers > 0, registers > 1, registers > 2];
  const [fourth, fifth, sixth] = [registers > 3, registers > 4, registers > 5];
  return (vm, pc, fp) => {
    const { words } = vm.code;
    const a = words[pc + 1]!;
    const b = words[pc + 2]!;
    const c = words[pc + 3]!;
    const d = words[pc + 5]!;
    const e = words[pc + 6]!;
    const f = words[pc + 7]!;
    work(
      vm,
      first ? registerAt(a, fp) : a,
      second ? registerAt(b, fp) : b,
      third ? registerAt(c, fp) : c,
      fourth ? registerAt(d, fp) : d,
      fifth ? registerAt(e, fp) : e,
      sixth ? registerAt(f, fp) : f,
    );
  };
}

export function setAddress(vm: Vm, at: number, address: number): void {
  vm.memory.i32[at] = address;
  vm.memory.i32[at + 1] = 0;
}
