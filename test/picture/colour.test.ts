/** This file tests how colours are read, mixed and measured. */
import assert from 'node:assert/strict';
import { contrast, cssColour, mix, over, parseColour, readableOn } from '../../src/picture/colour';

suite('picture/colour', () => {
  test('reads the ways in which style sheets write colours', () => {
    assert.deepEqual(parseColour('#fff'), [255, 255, 255, 1]);
    assert.deepEqual(parseColour(' #0078d4 '), [0, 120, 212, 1]);
    assert.equal(parseColour('#00000080')![3], 128 / 255);
    assert.deepEqual(parseColour('rgba(1, 2, 3, 0.5)'), [1, 2, 3, 0.5]);
    assert.deepEqual(parseColour('rgb(1 2 3 / 50%)'), [1, 2, 3, 0.5]);
    assert.deepEqual(parseColour('transparent'), [0, 0, 0, 0]);
  });

  test('says so where a text is no colour', () => {
    for (const text of ['', 'var(--x)', '#12', 'rgb(1, 2)', 'red-ish'])
      assert.equal(parseColour(text), undefined, text);
  });

  test('mixes and lays over', () => {
    assert.deepEqual(mix([0, 0, 0, 1], [200, 100, 50, 1], 0.5), [100, 50, 25, 1]);
    assert.deepEqual(over([255, 255, 255, 0.5], [0, 0, 0, 1]), [127.5, 127.5, 127.5, 1]);
    assert.equal(cssColour([1, 2, 3, 0.25]), 'rgba(1, 2, 3, 0.25)');
  });

  test('measures contrast as WCAG does', () => {
    assert.equal(contrast([0, 0, 0, 1], [255, 255, 255, 1]), 21);
    assert.equal(contrast([9, 9, 9, 1], [9, 9, 9, 1]), 1);
    assert.deepEqual(readableOn([255, 255, 0, 1]), [0, 0, 0, 1]);
    assert.deepEqual(readableOn([0, 0, 80, 1]), [255, 255, 255, 1]);
  });
});
