/** This file measures and divides big integers. */

export const abs = (v: bigint): bigint => (v < 0n ? -v : v);

/** Number of bits of the absolute value. */
export function bitLength(v: bigint): number {
  if (v === 0n) return 0;
  const hex = abs(v).toString(16);
  return hex.length * 4 - Math.clz32(parseInt(hex[0]!, 16)) + 28;
}

export function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** mantissa · 2^exponent. */
export interface Rounded {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** num/den with `bits` bits (fewer where the exponent would fall below `least`), half-way cases to even. */
export function rounded(num: bigint, den: bigint, bits: number, least: number): Rounded {
  const magnitude = abs(num);
  const size = bitLength(magnitude) - bitLength(den);
  if (magnitude === 0n || size + 2 <= least) return { mantissa: 0n, exponent: 0 };
  let exponent = Math.max(size - bits, least);
  let [quotient, rest, divisor] = divided(magnitude, den, exponent);
  if (quotient >> BigInt(bits) !== 0n) [quotient, rest, divisor] = divided(magnitude, den, ++exponent);
  const twice = 2n * rest;
  if (twice > divisor || (twice === divisor && (quotient & 1n) === 1n)) quotient++;
  return { mantissa: num < 0n ? -quotient : quotient, exponent };
}

/** Quotient, rest and divisor of num / (den · 2^exponent). */
function divided(num: bigint, den: bigint, exponent: number): [bigint, bigint, bigint] {
  if (den === 1n && exponent >= 0) {
    const bits = BigInt(exponent);
    return [num >> bits, BigInt.asUintN(exponent, num), 1n << bits];
  }
  const shift = BigInt(Math.abs(exponent));
  const [n, d] = exponent < 0 ? [num << shift, den] : [num, den << shift];
  return [n / d, n % d, d];
}
