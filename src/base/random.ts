/** This file defines the seeded generator behind every simulated chance: xoshiro128** 1.1 (Blackman and Vigna, 2018), seeded by splitmix32. */

/** Seeds that a person may give, in the settings and on the command line. */
export const SEEDS = { min: 0, max: 999_999_999 } as const;

/** A 128-bit generator whose whole state is four words, so that it can be saved and restored. */
export class Random {
  /** The four 32-bit words of state; never all zero. */
  readonly state = new Int32Array(4);

  /** @param seed any number; its low 32 bits are used. */
  constructor(seed: number) {
    let z = seed | 0;
    for (let i = 0; i < 4; i++) {
      z = (z + 0x9e3779b9) | 0;
      let t = z ^ (z >>> 16);
      t = Math.imul(t, 0x21f0aaad);
      t ^= t >>> 15;
      t = Math.imul(t, 0x735a2d97);
      this.state[i] = t ^ (t >>> 15);
    }
    if (!(this.state[0]! | this.state[1]! | this.state[2]! | this.state[3]!)) this.state[0] = 1;
  }

  /** Next 32 random bits, unsigned. */
  next(): number {
    const s = this.state;
    const s1 = s[1]!;
    const five = Math.imul(s1, 5);
    const result = Math.imul((five << 7) | (five >>> 25), 9) >>> 0;
    const t = s1 << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s1;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    s[3] = (s[3]! << 11) | (s[3]! >>> 21);
    return result;
  }

  /** Uniform integer in `[0, n)`, 1 ≤ n ≤ 2^32 (multiply-shift; bias below 2^-32·n). */
  below(n: number): number {
    const x = (this.next() / 0x100000000) * n;
    // The host makes a word of a number at once, other whole numbers by trial.
    return n <= 0x7fffffff ? x | 0 : Math.floor(x);
  }
}
