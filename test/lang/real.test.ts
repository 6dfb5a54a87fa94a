/** This file tests the reals of constants: laws of fractions, rounding to IEEE 754 against JavaScript's own numbers, bounds, and Go's printing of them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { constString } from '../../src/lang/constantText';
import { rounded } from '../../src/lang/bigints';
import { literalValue } from '../../src/lang/literalValue';
import {
  arithmetic,
  compareReals,
  fraction,
  fromNumber,
  integerReal,
  isZeroReal,
  MAX_EXPONENT,
  negate,
  toInteger,
  toNumber,
  type Real,
  type RealOp,
} from '../../src/lang/real';

function real(text: string): Real {
  const value = literalValue('float', text);
  assert.ok(value?.kind === 'float', text);
  return value.v;
}

const compute = (x: string, op: RealOp, y: string): Real => arithmetic(real(x), op, real(y))!;
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const small = fc.bigInt({ min: -(1n << 80n), max: 1n << 80n });
const ratio = fc.tuple(small, fc.bigInt({ min: 1n, max: 1n << 80n })).map(([num, den]) => fraction(num, den));
/** Decimal literals of all sizes that a float64 can nearly hold, with many digits. */
const decimal = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.integer({ min: -400, max: 320 }))
  .map(([digits, exponent]) => `${digits}e${exponent}`);

suite('reals', () => {
  test('a literal becomes the nearest float64, half-way cases even', () => {
    fc.assert(fc.property(decimal, (text) => assert.equal(toNumber(real(text)), Number(text), text)));
    const half = (1n << 53n) + 1n; // between two neighbours
    assert.equal(toNumber(integerReal(half)), 2 ** 53);
    assert.equal(toNumber(integerReal(half + 2n)), 2 ** 53 + 4);
    assert.equal(toNumber(real('4.9406564584124654e-324')), 5e-324);
    assert.equal(toNumber(real('0x1p-1075')), 0); // half of the smallest: to even
    assert.equal(toNumber(real('0x1.8p-1075')), 5e-324);
    assert.equal(toNumber(real('0x1.fffffffffffff7fp1023')), Number.MAX_VALUE);
    assert.equal(toNumber(real('0x1.fffffffffffff8p1023')), Infinity);
  });

  test('and the nearest float32, in one rounding', () => {
    fc.assert(fc.property(finite, (n) => assert.equal(toNumber(fromNumber(n), 'float32') + 0, Math.fround(n) + 0)));
    // Rounded to float64 first, this would be a half-way case and go down to 1.
    assert.equal(toNumber(real('0x1.000001000000000001p0'), 'float32'), 1 + 2 ** -23);
    assert.equal(Math.fround(toNumber(real('0x1.000001000000000001p0'))), 1);
    assert.equal(toNumber(real('0x1.ffffffp127'), 'float32'), Infinity);
  });

  test('a number is its exact value', () => {
    fc.assert(fc.property(finite, (n) => assert.equal(toNumber(fromNumber(n)), n + 0)));
    assert.deepEqual(fromNumber(-0.75), fraction(-3n, 4n));
  });

  test('fractions obey the laws of arithmetic', () => {
    const op = (x: Real, o: RealOp, y: Real): Real => arithmetic(x, o, y)!;
    fc.assert(
      fc.property(ratio, ratio, ratio, (x, y, z) => {
        assert.deepEqual(op(op(x, '+', y), '+', z), op(x, '+', op(y, '+', z)));
        assert.deepEqual(op(x, '*', op(y, '+', z)), op(op(x, '*', y), '+', op(x, '*', z)));
        assert.deepEqual(op(op(x, '+', y), '-', y), x);
        if (!isZeroReal(y)) assert.deepEqual(op(op(x, '/', y), '*', y), x);
        assert.equal(Math.sign(compareReals(x, y)), Math.sign(Number(x.num * y.den - y.num * x.den)));
      }),
    );
  });

  test('rounding keeps the bits asked for and is off by half a unit at most', () => {
    fc.assert(
      fc.property(ratio, fc.integer({ min: 1, max: 60 }), ({ num, den }, bits) => {
        const { mantissa, exponent } = rounded(num, den, bits, -1000);
        const error = arithmetic(fraction(num, den), '-', arithmetic(integerReal(mantissa), '*', fraction(exponent > 0 ? 1n << BigInt(exponent) : 1n, exponent < 0 ? 1n << BigInt(-exponent) : 1n))!)!; // prettier-ignore
        const unit = fraction(exponent > 0 ? 1n << BigInt(exponent) : 1n, exponent < 0 ? 1n << BigInt(-exponent) : 1n);
        const twice = arithmetic(integerReal(2n), '*', error)!;
        assert.ok(compareReals(twice, unit) <= 0 && compareReals(arithmetic(unit, '+', twice)!, integerReal(0n)) >= 0);
        assert.ok(mantissa <= 1n << BigInt(bits));
      }),
    );
  });

  test('beyond fractions 512 bits are kept, and integers are still found', () => {
    assert.equal(real('1e1200').kind, 'fraction');
    assert.equal(real('1e1300').kind, 'binary');
    assert.equal(toInteger(compute('1e5000', '/', '1e4999')), 10n);
    assert.equal(toInteger(compute('1e100000000', '/', '1e99999999')), 10n);
    assert.equal(toInteger(compute('1e400', '/', '1e399')), 10n);
    assert.equal(toInteger(compute('1e5000', '/', '3e5000')), undefined);
    assert.equal(compareReals(real('1e5000'), real('1e4999')), 1);
    assert.equal(compareReals(negate(real('1e5000')), real('1e-5000')), -1);
    const third = compute('1', '/', '3e1300');
    assert.equal(toNumber(arithmetic(third, '*', real('1e1300'))!), 1 / 3);
    const grown = arithmetic(fraction(1n, (1n << 4000n) + 1n), '*', fraction(1n, (1n << 4000n) + 3n))!;
    assert.equal(grown.kind, 'binary');
  });

  test('exponents end where those of Go do', () => {
    for (const text of ['1e1000000000', '1e99999999999999999999', '0x1p9999999999', '0x1p2147483647'])
      assert.equal(literalValue('float', text), undefined, text);
    for (const text of [
      '1e-1000000000',
      '1e-99999999999999999999',
      '0e1000000000',
      '0x1p-9999999999',
      '0x0p99999999999',
    ])
      assert.ok(isZeroReal(real(text)), text);
    assert.equal(arithmetic(real('1e600000000'), '*', real('1e600000000')), undefined);
    assert.ok(isZeroReal(compute('1e-600000000', '/', '1e600000000')));
    assert.equal(arithmetic(real('1'), '/', real('0')), undefined);
    assert.equal(MAX_EXPONENT, 2147483647);
  });

  test('are printed as Go prints them', () => {
    const rows: Readonly<Record<string, string>> = {
      '1e400': '1e+400', '1e100000000': '1e+100000000', '0x1p-2000': '0.870981e-602', '1e-5000': '1e-5000', '100000001.5': '1.000000015e+08',
      '123456789.0': '1.23457e+08', '1.0000001': '1.0000001', '0.000001234': '1.234e-06', '1e20': '1e+20', '0.0001': '0.0001', '123456.7': '123456.7',
    }; // prettier-ignore
    for (const [text, shown] of Object.entries(rows))
      assert.equal(constString({ kind: 'float', v: real(text) }), shown);
    assert.equal(constString({ kind: 'float', v: compute('1.0', '/', '3') }), '0.333333');
    assert.equal(constString({ kind: 'float', v: compute('0.1', '+', '0.2') }), '0.3');
    assert.equal(constString({ kind: 'float', v: compute('1e100000000', '/', '1e99999999') }), '10');
  });
});
