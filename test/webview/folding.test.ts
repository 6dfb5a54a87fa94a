/** This file tests how far a line of controls folds. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldFor } from '../../src/webview/folding';

suite('webview/folding', () => {
  test('folds to the first level that fits; to the last where none does', () => {
    assert.equal(foldFor([600, 500, 400], 700, 3), 0);
    assert.equal(foldFor([600, 500, 400], 550, 3), 1);
    assert.equal(foldFor([600, 500, 400], 100, 3), 3);
  });

  test('tries a level that has never been too long', () => {
    assert.equal(foldFor([], 100, 3), 0);
    assert.equal(foldFor([600], 100, 3), 1);
  });

  test('law: whoever measures and folds as he is told ends at the first level that fits', () => {
    const needs = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(needs, fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1 }), (real, rooms) => {
        const levels = real.length;
        const told: (number | undefined)[] = [];
        let level = 0;
        for (const room of rooms) {
          for (let tries = 0; tries <= levels; tries++) {
            const need = real[level] ?? 0;
            if (need > room) told[level] = need;
            const next = foldFor(told, room, levels);
            if (next === level) break;
            level = next;
          }
          const fits = real.findIndex((need) => need <= room);
          assert.equal(level, fits < 0 ? levels : fits);
        }
      }),
    );
  });
});
