/** This file tests how constants are shown in messages: strings as Go's compiler cuts them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { constString, quote } from '../../src/lang/constantText';

const shown = (v: string): string => constString({ kind: 'string', v });

suite('constants in messages', () => {
  test('a string that fits is whole, a longer one is cut', () => {
    assert.equal(shown('a\tb'), '"a\\tb"');
    assert.equal(shown('a'.repeat(70)), `"${'a'.repeat(70)}"`);
    assert.equal(shown('a'.repeat(71)), `"${'a'.repeat(68)}...`);
    assert.equal(shown('a'.repeat(1 << 24)), `"${'a'.repeat(68)}...`);
    assert.equal(shown('😀'.repeat(70)), `"${'😀'.repeat(70)}"`);
    assert.equal(shown('😀'.repeat(1000)), `"${'😀'.repeat(68)}...`);
  });

  test('what is shown is the beginning of the whole literal', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '😀', '\udc80', '"', 'é'), maxLength: 300 });
    fc.assert(
      fc.property(text, (v) => {
        const whole = [...quote(v)];
        assert.equal(shown(v), whole.length > 72 ? `${whole.slice(0, 69).join('')}...` : whole.join(''));
      }),
    );
  });
});
