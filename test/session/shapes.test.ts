/** This file tests that compilation takes steps in proportion to the text, whatever its shape, and that no shape is too deep for the stack. */
import assert from 'node:assert/strict';
import { MAX_CANDIDATES } from '../../src/lang/check/suggestions';
import { compileSources, type Compiled } from '../../src/session/compile';
import { CountingInterrupt } from '../support/countingInterrupt';
import { SHAPES, textOf } from './shapes/all';
import { crossedSample } from './shapes/crossed';
import type { Shape } from './shapes/shape';

function compiled(shape: Shape, characters: number): Compiled & { units: number; text: string } {
  const text = textOf(shape, characters);
  const interrupt = new CountingInterrupt();
  const result = compileSources([{ name: `shape.${shape.dialect ?? 'lane'}`, text }], { interrupt });
  return { ...result, units: interrupt.units, text };
}

const CHARACTERS = 1500;
const GROWTH = 4;
/** Work may grow by so much more than the text: what is done once for a program, and sorting. */
const SLACK = 1.35;

/** Units that a character more may take: as many as make two seconds of two megabytes where a unit takes 8 ns. */
const UNITS_A_CHARACTER = 125;

/** For names as long as those of the shapes. */
const UNITS_A_CANDIDATE = 12;

suite('texts of all shapes', () => {
  for (const shape of [...SHAPES, ...crossedSample])
    test(shape.name, () => {
      const [short, long] = [compiled(shape, CHARACTERS), compiled(shape, CHARACTERS * GROWTH)];
      assert.equal(long.program.ok, !long.program.diagnostics.some(({ severity }) => severity === 'error'));
      assert.ok(long.program.diagnostics.length <= 1000, `${long.program.diagnostics.length} diagnostics`);
      const growth = long.text.length / short.text.length;
      const suggestions = shape.suggests ? MAX_CANDIDATES * UNITS_A_CANDIDATE : 0;
      const most = SLACK * (shape.nests ? growth ** 2 : growth) * short.units + suggestions;
      assert.ok(long.units <= most, `${short.units} units, then ${long.units}`);
      const [more, characters] = [long.units - short.units, long.text.length - short.text.length];
      if (shape.nests !== true && shape.suggests !== true)
        assert.ok(more <= UNITS_A_CHARACTER * characters, `${more} units for ${characters} characters more`);
    });
});
