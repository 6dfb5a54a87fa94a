/**
 * This file computes with the reals that constants are: fractions of integers, exact, and binary numbers of 512 bits where a
 * fraction would grow beyond use. The bounds are those of Go's go/constant, so that `1e400/1e399` is 10 and `1e1000000000` costs nothing.
 */
import { abs, bitLength, gcd, rounded, type Rounded } from './bigints';
import { powersOf } from './powers';

/** In lowest terms; the denominator is positive. */
export interface Fraction {
  readonly kind: 'fraction';
  readonly num: bigint;
  readonly den: bigint;
}
/** mantissa · 2^exponent, the mantissa of at most {@link PRECISION} bits. What was rounded once never becomes a fraction again. */
interface BinaryReal {
  readonly kind: 'binary';
  readonly mantissa: bigint;
  readonly exponent: number;
}
export type Real = Fraction | BinaryReal;

const PRECISION = 512;
/** Fractions have numerators and denominators of fewer bits. */
export const MAX_FRACTION_BITS = 4096;
/** Binary numbers reach up to 2 to this power; larger ones are infinite, and down to its inverse; smaller ones are 0. */
export const MAX_EXPONENT = 2 ** 31 - 1;

// ---------------------------------------------------------------- making

export const integerReal = (v: bigint): Real => ({ kind: 'fraction', num: v, den: 1n });
const ZERO = integerReal(0n);

/** num/den, however large. */
export function fraction(num: bigint, den: bigint): Fraction {
  if (den < 0n) [num, den] = [-num, -den];
  const divisor = den === 1n ? 1n : gcd(abs(num), den);
  return { kind: 'fraction', num: num / divisor, den: den / divisor };
}

/** The fraction, or its binary number where its parts are too large. */
function bounded(x: Fraction): Real {
  const fits = bitLength(x.num) < MAX_FRACTION_BITS && bitLength(x.den) < MAX_FRACTION_BITS;
  return fits ? x : toBinary(x);
}

/** mantissa · 2^exponent in binary; undefined when it is infinite. */
export function binaryReal(mantissa: bigint, exponent: number): BinaryReal | undefined {
  return inRange(rounded(mantissa, 1n, PRECISION, -Infinity), exponent);
}

function inRange(r: Rounded, exponent: number): BinaryReal | undefined {
  const magnitude = bitLength(r.mantissa) + r.exponent + exponent;
  if (r.mantissa === 0n || magnitude < -MAX_EXPONENT) return { kind: 'binary', mantissa: 0n, exponent: 0 };
  return magnitude > MAX_EXPONENT
    ? undefined
    : { kind: 'binary', mantissa: r.mantissa, exponent: r.exponent + exponent };
}

function toBinary(x: Real): BinaryReal {
  return x.kind === 'binary' ? x : inRange(rounded(x.num, x.den, PRECISION, -Infinity), 0)!;
}

// ---------------------------------------------------------------- rounding

/** Bits of the mantissa and exponent of the smallest number of IEEE 754's formats. */
const FORMATS = { float64: { bits: 53, least: -1074 }, float32: { bits: 24, least: -149 } } as const;
const LARGEST_FLOAT32 = 2 ** 128;

/** The nearest number of the format; infinite when it is beyond the largest. */
export function toNumber(x: Real, format: keyof typeof FORMATS = 'float64'): number {
  const { bits, least } = FORMATS[format];
  const [num, den, scale] = x.kind === 'fraction' ? [x.num, x.den, 0] : [x.mantissa, 1n, x.exponent];
  const { mantissa, exponent } = rounded(num, den, bits, least - scale);
  if (mantissa === 0n) return 0;
  const value = Number(mantissa) * 2 ** (exponent + scale);
  return format === 'float32' && Math.abs(value) >= LARGEST_FLOAT32 ? value * Infinity : value;
}

const double = new DataView(new ArrayBuffer(8));

/** The exact value of a finite number. */
export function fromNumber(n: number): Real {
  if (Number.isInteger(n)) return integerReal(BigInt(n));
  double.setFloat64(0, n);
  const word = double.getBigUint64(0);
  const field = Number((word >> 52n) & 0x7ffn);
  const mantissa = (word & ((1n << 52n) - 1n)) | (field > 0 ? 1n << 52n : 0n);
  return fraction(n < 0 ? -mantissa : mantissa, 1n << BigInt(1075 - Math.max(field, 1)));
}

// ---------------------------------------------------------------- asking

export const isZeroReal = (x: Real): boolean => (x.kind === 'fraction' ? x.num : x.mantissa) === 0n;

/** Whether the value is exactly an integer. */
export function isWhole(x: Real): boolean {
  if (x.kind === 'fraction') return x.den === 1n;
  return (
    x.exponent >= 0 || (-x.exponent < PRECISION && BigInt.asUintN(-x.exponent, x.mantissa) === 0n) || x.mantissa === 0n
  );
}

/** x = mantissa · 2^exponent with ½ ≤ |mantissa| ≤ 1. */
export function parts(x: Real): { mantissa: number; exponent: number } {
  const { mantissa, exponent } = toBinary(x);
  const size = bitLength(mantissa);
  return { mantissa: toNumber({ kind: 'binary', mantissa, exponent: -size }), exponent: exponent + size };
}

/** Bits of the rounding errors that {@link toInteger} forgives. */
const SLACK = 4;

/** The value as an integer, if it is one; a binary number also if only its last bits say that it is none: they are rounding errors. */
export function toInteger(x: Real): bigint | undefined {
  if (x.kind === 'fraction') return x.den === 1n ? x.num : undefined;
  if (x.mantissa === 0n) return 0n;
  const magnitude = abs(x.mantissa);
  const sign = x.mantissa < 0n ? -1n : 1n;
  const size = bitLength(magnitude) + x.exponent;
  if (size < 0 || size >= MAX_FRACTION_BITS) return undefined;
  if (x.exponent >= 0) return x.mantissa << BigInt(x.exponent);
  const point = BigInt(-x.exponent);
  const drop = BigInt(Math.max(0, bitLength(magnitude) - (PRECISION - SLACK)));
  const down = (magnitude >> drop) << drop;
  const up = ((magnitude + (1n << drop) - 1n) >> drop) << drop;
  const whole = [magnitude, down, up].find((v) => (v >> point) << point === v);
  return whole === undefined ? undefined : sign * (whole >> point);
}

/** Negative, 0 or positive as x is below, equal to or above y. */
export function compareReals(x: Real, y: Real): number {
  const difference = arithmetic(x, '-', y)!;
  const sign = difference.kind === 'fraction' ? difference.num : difference.mantissa;
  return sign < 0n ? -1 : sign > 0n ? 1 : 0;
}

/** A text that is equal for equal values. */
export function realKey(x: Real): string {
  const whole = toInteger(x);
  if (whole !== undefined) return String(whole);
  return x.kind === 'fraction' ? `${x.num}/${x.den}` : `${x.mantissa}p${x.exponent}`;
}

// ---------------------------------------------------------------- arithmetic

export function negate(x: Real): Real {
  return x.kind === 'fraction' ? { ...x, num: -x.num } : { ...x, mantissa: -x.mantissa };
}

export type RealOp = '+' | '-' | '*' | '/';

/** `x op y`; undefined when the result is infinite, or the divisor 0. */
export function arithmetic(x: Real, op: RealOp, y: Real): Real | undefined {
  if (op === '/' && isZeroReal(y)) return undefined;
  if (x.kind === 'fraction' && y.kind === 'fraction') return bounded(fractions[op](x, y));
  return binaries[op](toBinary(x), toBinary(y));
}

/**
 * Sums and products of fractions in lowest terms by Knuth, The Art of Computer Programming 4.5.1: divisors are sought of the operands' parts, not of
 * the result's, which is cheap where one operand is short.
 */
const fractions: Readonly<Record<RealOp, (x: Fraction, y: Fraction) => Fraction>> = {
  '+': (x, y) => {
    const common = gcd(x.den, y.den);
    const num = x.num * (y.den / common) + y.num * (x.den / common);
    const divisor = common === 1n ? 1n : gcd(common, abs(num));
    return { kind: 'fraction', num: num / divisor, den: (x.den / common) * (y.den / divisor) };
  },
  '-': (x, y) => fractions['+'](x, { ...y, num: -y.num }),
  '*': (x, y) => {
    const [a, b] = [gcd(abs(x.num), y.den), gcd(abs(y.num), x.den)];
    return { kind: 'fraction', num: (x.num / a) * (y.num / b), den: (x.den / b) * (y.den / a) };
  },
  '/': (x, y) => {
    const sign = y.num < 0n ? -1n : 1n;
    return fractions['*'](x, { kind: 'fraction', num: sign * y.den, den: sign * y.num });
  },
};

const binaries: Readonly<Record<RealOp, (x: BinaryReal, y: BinaryReal) => Real | undefined>> = {
  '+': sum,
  '-': (x, y) => sum(x, { ...y, mantissa: -y.mantissa }),
  '*': (x, y) => binaryReal(x.mantissa * y.mantissa, x.exponent + y.exponent),
  '/': (x, y) => {
    const sign = y.mantissa < 0n ? -1n : 1n;
    return inRange(rounded(sign * x.mantissa, sign * y.mantissa, PRECISION, -Infinity), x.exponent - y.exponent);
  },
};

/** Numbers that differ by more bits do not change each other. */
const FAR = 2 * PRECISION + 2;

function sum(x: BinaryReal, y: BinaryReal): Real | undefined {
  if (x.mantissa === 0n) return y;
  if (y.mantissa === 0n) return x;
  const [high, low] = x.exponent >= y.exponent ? [x, y] : [y, x];
  const shift = high.exponent - low.exponent;
  if (shift > FAR) return high;
  return binaryReal((high.mantissa << BigInt(shift)) + low.mantissa, low.exponent);
}

// ---------------------------------------------------------------- powers

/** More bits than a result keeps: what 250 products in a row lose, and many more. */
const GUARD_BITS = 128;

/** digits · base^exponent; undefined when it is infinite. */
export function scaled(digits: bigint, base: 2 | 10, exponent: number): Real | undefined {
  if (digits === 0n) return ZERO;
  const size = bitLength(digits) + exponent * Math.log2(base);
  if (size > 2 * MAX_EXPONENT) return undefined;
  if (size < -2 * MAX_EXPONENT) return ZERO;
  if (Math.abs(size) < MAX_FRACTION_BITS) {
    const power = BigInt(base) ** BigInt(Math.abs(exponent));
    return exponent < 0 ? fraction(digits, power) : integerReal(digits * power);
  }
  if (base === 2) return orZero(binaryReal(digits, exponent));
  const power = powerOf10(Math.abs(exponent));
  const [num, den] = exponent < 0 ? [digits, power.mantissa] : [digits * power.mantissa, 1n];
  return orZero(inRange(rounded(num, den, PRECISION, -Infinity), exponent < 0 ? -power.exponent : power.exponent));
}

/** A literal too small for a binary number is an exact 0. */
const orZero = (x: BinaryReal | undefined): Real | undefined => (x?.mantissa === 0n ? ZERO : x);

/** 10^n. */
const powerOf10 = powersOf<Rounded>({ mantissa: 10n, exponent: 0 }, { mantissa: 1n, exponent: 0 }, (a, b) => {
  const { mantissa, exponent } = rounded(a.mantissa * b.mantissa, 1n, PRECISION + GUARD_BITS, 0);
  return { mantissa, exponent: exponent + a.exponent + b.exponent };
});
