/** This file holds the bodies of package math. */
import { Next } from '../next';
import type { NativeBody } from './args';

/** One float64 in, one out. */
function unary(f: (x: number) => number): NativeBody {
  return (rt, base) => {
    rt.memory.f64[(base >> 1) + 1] = f(rt.memory.f64[base >> 1]!);
    return Next.Continue;
  };
}

function binary(f: (x: number, y: number) => number): NativeBody {
  return (rt, base) => {
    const at = base >> 1;
    const { f64 } = rt.memory;
    f64[at + 2] = f(f64[at]!, f64[at + 1]!);
    return Next.Continue;
  };
}

/** Go's special cases of Pow where JavaScript differs: 1 to any power is 1, and so is -1 to an infinite one. */
function pow(x: number, y: number): number {
  return x === 1 || (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) ? 1 : x ** y;
}

export const mathNatives: Readonly<Record<string, NativeBody>> = {
  'math.Sqrt': unary(Math.sqrt),
  'math.Floor': unary(Math.floor),
  'math.Exp': unary(Math.exp),
  'math.Log': unary(Math.log),
  'math.Log2': unary(Math.log2),
  'math.Log10': unary(Math.log10),
  'math.Sin': unary(Math.sin),
  'math.Cos': unary(Math.cos),
  'math.Tan': unary(Math.tan),
  'math.Atan': unary(Math.atan),
  'math.Atan2': binary(Math.atan2),
  'math.Pow': binary(pow),
};
