/** This file tests powers by tables: against plain multiplication, and that many exponents share what is multiplied. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { powersOf } from '../../src/lang/powers';

const PRIME = 1_000_003;
const modular = (a: number, b: number): number => (a * b) % PRIME;

suite('powers', () => {
  test('are those of plain multiplication', () => {
    const power = powersOf(7n, 1n, (a, b) => a * b);
    fc.assert(fc.property(fc.integer({ min: 0, max: 3000 }), (n) => assert.equal(power(n), 7n ** BigInt(n))));
    assert.equal(power(0), 1n);
  });

  test('of exponents as large as there are', () => {
    const power = powersOf(10, 1, modular);
    fc.assert(
      fc.property(fc.nat(2 ** 32), fc.nat(2 ** 32), (m, n) => assert.equal(power(m + n), modular(power(m), power(n)))),
    );
  });

  test('take a few products each, however many are asked for', () => {
    let products = 0;
    const power = powersOf(10, 1, (a, b) => (products++, modular(a, b)));
    for (let n = 0; n < 100_000; n++) power(n);
    assert.ok(products < 100_000 * 3, `${products} products`);
  });
});
