/** This file tests that the value of an event reads as fmt prints it. */
import assert from 'node:assert/strict';
import { wordText } from '../../src/values/word';

/** Type, value as 64 bits, text of Go's Println. */
const CASES: readonly (readonly [type: string, word: bigint, text: string])[] = [
  ['int', -1n, '-1'],
  ['uint64', -1n, '18446744073709551615'],
  ['byte', 200n, '200'],
  ['rune', 97n, '97'],
  ['bool', 0n, 'false'],
  ['atomic.Bool', 1n, 'true'],
  ['atomic.Int64', -(2n ** 63n), '-9223372036854775808'],
  ['float64', 0x4197d78400000000n, '1e+08'],
  ['float64', 0x3ff8000000000000n, '1.5'],
  ['float64', 0x3e7ad7f29abcaf48n, '1e-07'],
  ['float32', 0x3fb99999a0000000n, '0.1'],
  ['time.Duration', 1_500_000_000n, '1.5s'],
  ['time.Duration', 0n, '0s'],
  ['*main.node', 0n, '<nil>'],
  ['*main.node', 4096n, ''],
  ['struct{}', 0n, '{}'],
  ['string', 4096n, ''],
  ['main.pair', 1n, ''],
];

suite('the value of an event', () => {
  for (const [type, word, text] of CASES) {
    test(`${type} ${text}`, () => {
      assert.equal(wordText(type, Number(BigInt.asIntN(32, word)), Number(BigInt.asIntN(32, word >> 32n))), text);
    });
  }
});
