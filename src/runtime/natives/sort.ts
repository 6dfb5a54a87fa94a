/** This file holds what package sort does to slices of any type. Arguments begin with an interface: type index + 1, then the address of the slice. */
import { Work } from '../../vm/work';
import { Next } from '../next';
import type { Runtime } from '../runtime';
import { int, type NativeBody, setInt, word } from './args';

/** The slice in an interface: address of its value, and words of an element; undefined after raising Go's panic. */
function sliceIn(rt: Runtime, base: number): { at: number; words: number } | undefined {
  const { vm } = rt.platform;
  const type = vm.code.types[word(rt, base) - 1];
  if (type?.kind === 'slice') return { at: word(rt, base, 1), words: vm.code.types[type.elem!]!.slots * 2 };
  vm.raise(rt.g, 'panic.argument', 'reflect: call of Swapper on non-slice value');
  return undefined;
}

export const sortNatives: Readonly<Record<string, NativeBody>> = {
  'sort.sliceLen': (rt, base) => {
    const slice = sliceIn(rt, base);
    if (slice) setInt(rt, base, 2, rt.memory.i32[slice.at + 2]!);
    return Next.Continue;
  },
  'sort.sliceSwap': (rt, base) => {
    const slice = sliceIn(rt, base);
    const i = int(rt, base, 2);
    const j = int(rt, base, 3);
    if (!slice) return Next.Continue;
    const m = rt.memory.i32;
    const length = m[slice.at + 2]!;
    const outside = [i, j].find((index) => index < 0 || index >= length);
    if (outside !== undefined) {
      rt.platform.vm.raise(rt.g, 'panic.index', `runtime error: index out of range [${outside}] with length ${length}`);
      return Next.Continue;
    }
    swap(rt, m[slice.at]! + i * slice.words, m[slice.at]! + j * slice.words, slice.words);
    return Next.Continue;
  },
};

/** Exchanges two elements; both are written, as far as data races go. */
function swap(rt: Runtime, a: number, b: number, words: number): void {
  const m = rt.memory.i32;
  const { vm } = rt.platform;
  vm.charge(words * Work.slot);
  if (words > 0) {
    vm.write(a, words / 2, m[b]!, m[b + 1]!);
    vm.write(b, words / 2, m[a]!, m[a + 1]!);
  }
  for (let k = 0; k < words; k++) {
    const kept = m[a + k]!;
    m[a + k] = m[b + k]!;
    m[b + k] = kept;
  }
}
