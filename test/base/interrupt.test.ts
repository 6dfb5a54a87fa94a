/** This file tests when an interrupt asks whether work is to end. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Interrupt, Interrupted, UNITS_BETWEEN_QUESTIONS, type StopReason } from '../../src/base/interrupt';

/** An interrupt that says `reason`, and how often it was asked. */
function counting(reason?: StopReason): { interrupt: Interrupt; asked: () => number } {
  let asked = 0;
  const interrupt = new Interrupt(() => {
    asked++;
    return reason;
  });
  return { interrupt, asked: () => asked };
}

suite('interrupt', () => {
  test('asks once in so many units, however they are told', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 * UNITS_BETWEEN_QUESTIONS })), (told) => {
        const { interrupt, asked } = counting();
        let since = 0;
        for (const units of told) {
          const before = asked();
          interrupt.worked(units);
          since += units;
          assert.equal(asked() - before, since >= UNITS_BETWEEN_QUESTIONS ? 1 : 0);
          if (asked() > before) since = 0;
        }
      }),
    );
  });

  test('ends the work with the reason it is given', () => {
    for (const reason of ['cancelled', 'wallTime'] as const) {
      const { interrupt, asked } = counting(reason);
      interrupt.worked(UNITS_BETWEEN_QUESTIONS - 1);
      assert.throws(() => interrupt.worked(1), (error) => error instanceof Interrupted && error.reason === reason); // prettier-ignore
      assert.equal(asked(), 1);
    }
  });

  test('asks again after it has ended something: the next work ends as well', () => {
    const { interrupt } = counting('cancelled');
    for (let i = 0; i < 3; i++) assert.throws(() => interrupt.worked(UNITS_BETWEEN_QUESTIONS), Interrupted);
  });

  test('never ends work that nothing ends', () => {
    for (let i = 0; i < 100; i++) Interrupt.never.worked(UNITS_BETWEEN_QUESTIONS);
  });
});
