/** This file draws what mutation leaves to chance, all of it from one seed. */
import { Random } from '../../src/base/random';

/** Multiplier that keeps the generators of neighbouring numbers apart (Knuth, The Art of Computer Programming, vol. 2, 3.3.4). */
const SPREAD = 1664525;

export class Chance {
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** The chance of one input of many: the same seed and number give the same. */
  static of(seed: number, number: number): Chance {
    return new Chance(Math.imul(seed, SPREAD) ^ number);
  }

  /** Uniform in `[0, n)`. */
  below(n: number): number {
    return this.random.below(n);
  }

  /** Uniform in `[least, most]`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True once in `n` times. */
  once(n: number): boolean {
    return this.below(n) === 0;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  /** A size from 1 to `most`, small ones as likely as large ones: uniform in the logarithm. */
  size(most: number): number {
    return Math.max(1, Math.floor(Math.exp((this.below(1 << 20) / (1 << 20)) * Math.log(most + 1))));
  }

  /** One of several, as likely as its weight says. */
  weighted<T extends { readonly weight: number }>(from: readonly T[]): T {
    let left = this.below(from.reduce((sum, { weight }) => sum + weight, 0));
    return from.find(({ weight }) => (left -= weight) < 0)!;
  }
}
