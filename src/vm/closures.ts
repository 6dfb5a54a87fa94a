/** This file defines how closures are made: a block of memory with the function's index, then what it captures. */
import { copyWords } from '../base/memory';
import { setAddress } from './handler';
import { TagKind, tagOf } from './tags';
import type { Vm } from './vm';

/** to ← func value of a function with the `slots` captured slots from `from` on. */
export function makeClosure(vm: Vm, to: number, functionIndex: number, from: number, slots: number): void {
  vm.accounts.allocate((1 + slots) * 8);
  const address = vm.memory.alloc(1 + slots, tagOf(TagKind.Closure, functionIndex));
  const m = vm.memory.i32;
  m[address] = functionIndex;
  copyWords(m, address + 2, from, slots * 2);
  setAddress(vm, to, address);
}
