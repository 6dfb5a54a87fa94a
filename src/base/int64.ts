/**
 * This file defines arithmetic on 64-bit integers kept as a pair of Int32 words (lo, hi) in an Int32Array: the operations that the interpreter does not do in line.
 * Results wrap around as Go's do. `m[d]` gets lo and `m[d + 1]` hi. Exact for every pair, the smallest integer divided by −1 included.
 */

const TWO32 = 4294967296;
/** Integers up to this magnitude are exact as doubles. */
const EXACT = 9007199254740992;

/** The signed value as a double: exact below 2^53, else rounded to nearest even. */
export function toNumber(lo: number, hi: number): number {
  return hi * TWO32 + (lo >>> 0);
}

/** The unsigned value as a double. */
export function toUnsignedNumber(lo: number, hi: number): number {
  return (hi >>> 0) * TWO32 + (lo >>> 0);
}

/** The signed value. */
export function toBigInt(lo: number, hi: number): bigint {
  return (BigInt(hi) << 32n) | BigInt(lo >>> 0);
}

/** The unsigned value. */
export function toUnsignedBigInt(lo: number, hi: number): bigint {
  return (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);
}

/** Low word of an integer that may be of any size. */
export function lowWord(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

/** High word of an integer that may be of any size. */
export function highWord(value: bigint): number {
  return Number(BigInt.asIntN(32, value >> 32n));
}

/** Stores an integer of any size, wrapped to 64 bits. */
export function storeBigInt(m: Int32Array, d: number, value: bigint): void {
  m[d] = lowWord(value);
  m[d + 1] = highWord(value);
}

/** Stores a double that is an integer of magnitude below 2^53. */
export function storeNumber(m: Int32Array, d: number, value: number): void {
  m[d] = value | 0; // ToInt32 is modulo 2^32, exact
  m[d + 1] = Math.floor(value / TWO32);
}

/** m[d] ← a · b. */
export function multiply(m: Int32Array, d: number, al: number, ah: number, bl: number, bh: number): void {
  const product = toNumber(al, ah) * toNumber(bl, bh);
  if (product > -EXACT && product < EXACT) {
    storeNumber(m, d, product);
    return;
  }
  // Schoolbook on 16-bit halves of the low words; the high words only reach the high word of the result.
  const a0 = al & 0xffff;
  const a1 = al >>> 16;
  const b0 = bl & 0xffff;
  const b1 = bl >>> 16;
  const low = a0 * b0;
  const middle = a1 * b0 + (low >>> 16); // below 2^32
  const middle2 = a0 * b1 + (middle & 0xffff); // below 2^32
  const high = a1 * b1 + Math.floor(middle / 65536) + Math.floor(middle2 / 65536);
  m[d] = (middle2 << 16) | (low & 0xffff);
  m[d + 1] = (high + Math.imul(al, bh) + Math.imul(ah, bl)) | 0;
}

/** m[d] ← a / b truncated toward zero; b ≠ 0. */
export function divide(m: Int32Array, d: number, al: number, ah: number, bl: number, bh: number): void {
  const a = toNumber(al, ah);
  const b = toNumber(bl, bh);
  // Below 2^53 the rounded quotient never reaches the next integer: it is at least 1/b away, more than half a unit in the last place.
  if (a > -EXACT && a < EXACT && b > -EXACT && b < EXACT) storeNumber(m, d, Math.trunc(a / b));
  else storeBigInt(m, d, toBigInt(al, ah) / toBigInt(bl, bh));
}

/** Largest divisor whose remainders, with one more digit behind them, are exact as doubles. */
const LONG = 2 ** 37;

/** The rest of an unsigned integer divided by an integer from 1 to {@link LONG}, by long division in digits of 16 bits: several times as fast as BigInt. */
function longRemainder(lo: number, hi: number, divisor: number): number {
  const high = ((hi >>> 0) % divisor) * 65536 + (lo >>> 16);
  return ((high % divisor) * 65536 + (lo & 0xffff)) % divisor;
}

/** m[d] ← a mod b with the sign of a; b ≠ 0. */
export function remainder(m: Int32Array, d: number, al: number, ah: number, bl: number, bh: number): void {
  const a = toNumber(al, ah);
  const b = toNumber(bl, bh);
  if (a > -EXACT && a < EXACT && b > -EXACT && b < EXACT) storeNumber(m, d, a % b);
  else if (b < -LONG || b > LONG) storeBigInt(m, d, toBigInt(al, ah) % toBigInt(bl, bh));
  else if (a >= 0) storeNumber(m, d, longRemainder(al, ah, Math.abs(b)));
  else storeNumber(m, d, -longRemainder(-al, ~ah + (al === 0 ? 1 : 0), Math.abs(b)));
}

/** m[d] ← a / b unsigned; b ≠ 0. */
export function divideUnsigned(m: Int32Array, d: number, al: number, ah: number, bl: number, bh: number): void {
  const a = toUnsignedNumber(al, ah);
  const b = toUnsignedNumber(bl, bh);
  if (a < EXACT && b < EXACT) storeNumber(m, d, Math.floor(a / b));
  else storeBigInt(m, d, toUnsignedBigInt(al, ah) / toUnsignedBigInt(bl, bh));
}

/** m[d] ← a mod b unsigned; b ≠ 0. */
export function remainderUnsigned(m: Int32Array, d: number, al: number, ah: number, bl: number, bh: number): void {
  const a = toUnsignedNumber(al, ah);
  const b = toUnsignedNumber(bl, bh);
  if (a < EXACT && b < EXACT) storeNumber(m, d, a % b);
  else if (b <= LONG) storeNumber(m, d, longRemainder(al, ah, b));
  else storeBigInt(m, d, toUnsignedBigInt(al, ah) % toUnsignedBigInt(bl, bh));
}

/** m[d] ← a << n for 0 ≤ n < 64. */
export function shiftLeft(m: Int32Array, d: number, lo: number, hi: number, n: number): void {
  if (n === 0) {
    m[d] = lo;
    m[d + 1] = hi;
  } else if (n < 32) {
    m[d] = lo << n;
    m[d + 1] = (hi << n) | (lo >>> (32 - n));
  } else {
    m[d] = 0;
    m[d + 1] = lo << (n - 32);
  }
}

/** m[d] ← a >> n for 0 ≤ n < 64, the sign kept. */
export function shiftRight(m: Int32Array, d: number, lo: number, hi: number, n: number): void {
  if (n === 0) {
    m[d] = lo;
    m[d + 1] = hi;
  } else if (n < 32) {
    m[d] = (lo >>> n) | (hi << (32 - n));
    m[d + 1] = hi >> n;
  } else {
    m[d] = hi >> (n - 32);
    m[d + 1] = hi >> 31;
  }
}

/** m[d] ← a >> n for 0 ≤ n < 64, zeros shifted in. */
export function shiftRightUnsigned(m: Int32Array, d: number, lo: number, hi: number, n: number): void {
  if (n === 0) {
    m[d] = lo;
    m[d + 1] = hi;
  } else if (n < 32) {
    m[d] = (lo >>> n) | (hi << (32 - n));
    m[d + 1] = hi >>> n;
  } else {
    m[d] = hi >>> (n - 32);
    m[d + 1] = 0;
  }
}

/** m[d] ← the double truncated to a signed integer; what does not fit becomes the smallest integer, as on amd64. */
export function fromDouble(m: Int32Array, d: number, value: number): void {
  const whole = Math.trunc(value);
  if (whole > -EXACT && whole < EXACT) storeNumber(m, d, whole);
  else if (whole >= -9223372036854775808 && whole < 9223372036854775808) storeBigInt(m, d, BigInt(whole));
  else {
    m[d] = 0;
    m[d + 1] = -2147483648;
  }
}

/** m[d] ← the double truncated to an unsigned integer, as Go compiles it on amd64. */
export function fromDoubleUnsigned(m: Int32Array, d: number, value: number): void {
  if (value < 9223372036854775808) fromDouble(m, d, value);
  else {
    fromDouble(m, d, value - 9223372036854775808);
    m[d + 1]! ^= -2147483648;
  }
}
