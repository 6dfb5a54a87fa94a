/** This file holds the bodies of package math/rand: every number is a choice. */
import { choiceCode } from '../../event/choice';
import { Next } from '../next';
import type { Runtime } from '../runtime';
import { int, type NativeBody, setInt } from './args';

const RANDOM = choiceCode('random');
const TWO_32 = 0x100000000;

/** Uniform integer in [0, n), 1 ≤ n ≤ 2^53. */
function below(rt: Runtime, n: number): number {
  const { choices } = rt.platform;
  if (n <= 1) return 0;
  if (n <= TWO_32) return choices.choose(RANDOM, n);
  const high = choices.choose(RANDOM, Math.ceil(n / TWO_32));
  const value = high * TWO_32 + choices.choose(RANDOM, TWO_32);
  return value < n ? value : value % n;
}

/** Intn and its kin: one argument n, one result. */
function bounded(name: string): NativeBody {
  return (rt, base) => {
    const n = int(rt, base);
    if (n <= 0) rt.platform.vm.raise(rt.g, 'panic.argument', `invalid argument to ${name}`);
    else setInt(rt, base, 1, below(rt, n));
    return Next.Continue;
  };
}

function bits(count: number): NativeBody {
  return (rt, base) => {
    const m = rt.memory.i32;
    const { choices } = rt.platform;
    m[base] = choices.choose(RANDOM, TWO_32) | 0;
    m[base + 1] = count > 32 ? choices.choose(RANDOM, 2 ** (count - 32)) | 0 : 0;
    if (count < 32) m[base] >>>= 32 - count;
    return Next.Continue;
  };
}

export const randNatives: Readonly<Record<string, NativeBody>> = {
  'math/rand.Intn': bounded('Intn'),
  'math/rand.Int31n': bounded('Int31n'),
  'math/rand.Int63n': bounded('Int63n'),
  'math/rand.Int': bits(63),
  'math/rand.Int31': bits(31),
  'math/rand.Int63': bits(63),
  'math/rand.Uint32': bits(32),
  'math/rand.Uint64': bits(64),
  'math/rand.Float64': (rt, base) => {
    rt.memory.f64[base >> 1] = below(rt, 2 ** 53) / 2 ** 53;
    return Next.Continue;
  },
  'math/rand.Seed': () => Next.Continue,
};
