/** This file tests that text is encoded in place as it is encoded by itself, in as many bytes as were foretold. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encodeBytes, encodedLength, encodeInto } from '../../src/base/utf8';

const unit = fc.oneof(
  fc.integer({ min: 0, max: 0x7f }),
  fc.integer({ min: 0xd7f0, max: 0xe010 }),
  fc.integer({ min: 0, max: 0xffff }),
);
/** Any text: pairs of surrogates, lone ones, and those that stand for single bytes. */
const text = fc.array(unit, { maxLength: 12 }).map((units) => String.fromCharCode(...units));

suite('encoding in place', () => {
  test('writes the same bytes, as many as it takes, and no others', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 5 }), (written, start) => {
        const alone = encodeBytes(written);
        assert.equal(encodedLength(written), alone.length);
        const bytes = new Uint8Array(start + alone.length + 3).fill(7);
        assert.equal(encodeInto(bytes, start, written), start + alone.length);
        const around = [...bytes.subarray(0, start), ...bytes.subarray(start + alone.length)];
        assert.deepEqual([...bytes.subarray(start, start + alone.length)], [...alone]);
        assert.ok(around.every((byte) => byte === 7));
      }),
    );
  });
});
