/** This file tests 64-bit arithmetic on word pairs against BigInt. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as int64 from '../../src/base/int64';

const m = new Int32Array(4);
/** Any 64-bit integer; edges and small ones are frequent. */
const integer = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -(2n ** 33n), max: 2n ** 33n }),
  fc.bigInt({ min: 2n ** 37n - 2n, max: 2n ** 37n + 2n }),
  fc.constantFrom(
    0n,
    1n,
    -1n,
    2n ** 31n,
    -(2n ** 31n),
    2n ** 32n,
    2n ** 53n,
    -(2n ** 53n),
    -(2n ** 63n),
    2n ** 63n - 1n,
  ),
);
type Binary = (m: Int32Array, d: number, al: number, ah: number, bl: number, bh: number) => void;

function apply(operation: Binary, a: bigint, b: bigint): bigint {
  operation(m, 0, int64.lowWord(a), int64.highWord(a), int64.lowWord(b), int64.highWord(b));
  return int64.toBigInt(m[0]!, m[1]!);
}

function law(operation: Binary, expected: (a: bigint, b: bigint) => bigint, divides = false): void {
  fc.assert(
    fc.property(integer, integer, (a, b) => {
      if (divides && b === 0n) return;
      assert.equal(apply(operation, a, b), BigInt.asIntN(64, expected(a, b)));
    }),
    { numRuns: 2000 },
  );
}

const u = (x: bigint): bigint => BigInt.asUintN(64, x);

suite('64-bit integers as word pairs', () => {
  test('multiply', () => law(int64.multiply, (a, b) => a * b));
  test('divide', () => law(int64.divide, (a, b) => a / b, true));
  test('remainder', () => law(int64.remainder, (a, b) => a % b, true));
  test('divide unsigned', () => law(int64.divideUnsigned, (a, b) => u(a) / u(b), true));
  test('remainder unsigned', () => law(int64.remainderUnsigned, (a, b) => u(a) % u(b), true));

  test('the smallest integer divided by −1 is itself', () => {
    assert.equal(apply(int64.divide, -(2n ** 63n), -1n), -(2n ** 63n));
    assert.equal(apply(int64.remainder, -(2n ** 63n), -1n), 0n);
  });

  test('shifts', () => {
    fc.assert(
      fc.property(integer, fc.integer({ min: 0, max: 63 }), (a, n) => {
        const shift = (f: typeof int64.shiftLeft): bigint => {
          f(m, 0, int64.lowWord(a), int64.highWord(a), n);
          return int64.toBigInt(m[0]!, m[1]!);
        };
        assert.equal(shift(int64.shiftLeft), BigInt.asIntN(64, a << BigInt(n)));
        assert.equal(shift(int64.shiftRight), a >> BigInt(n));
        assert.equal(shift(int64.shiftRightUnsigned), BigInt.asIntN(64, u(a) >> BigInt(n)));
      }),
    );
  });

  test('conversions to and from doubles', () => {
    fc.assert(
      fc.property(integer, (a) => {
        const lo = int64.lowWord(a);
        const hi = int64.highWord(a);
        assert.equal(int64.toNumber(lo, hi), Number(a));
        assert.equal(int64.toUnsignedNumber(lo, hi), Number(u(a)));
        int64.fromDouble(m, 0, Number(a));
        const back = BigInt(Number(a));
        assert.equal(int64.toBigInt(m[0]!, m[1]!), back > 2n ** 63n - 1n ? -(2n ** 63n) : back);
      }),
    );
    int64.fromDouble(m, 0, NaN);
    assert.equal(int64.toBigInt(m[0]!, m[1]!), -(2n ** 63n));
    int64.fromDouble(m, 0, -2.9);
    assert.equal(int64.toBigInt(m[0]!, m[1]!), -2n);
    int64.fromDoubleUnsigned(m, 0, 1.8e19);
    assert.equal(int64.toUnsignedBigInt(m[0]!, m[1]!), 18000000000000000000n);
  });
});
