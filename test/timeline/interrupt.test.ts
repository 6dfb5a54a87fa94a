/** This file tests that whoever writes a trace looks at its interrupt, as often as there is work, and can be ended. */
import assert from 'node:assert/strict';
import { Interrupt, Interrupted, UNITS_BETWEEN_QUESTIONS } from '../../src/base/interrupt';
import { encodeChrome } from '../../src/report/chrome';
import { renderSvg } from '../../src/report/svg';
import { encodeTrace } from '../../src/trace/format';
import { encodeTransfer } from '../../src/trace/transfer';
import type { Trace } from '../../src/trace/store';
import { bigTrace } from '../support/bigTrace';

const WRITERS: Readonly<Record<string, (trace: Trace, interrupt: Interrupt) => unknown>> = {
  'a message': (trace, interrupt) => encodeTransfer(trace, interrupt),
  JSON: (trace, interrupt) => encodeTrace(trace, interrupt),
  'a Chrome trace': (trace, interrupt) => encodeChrome(trace, [], interrupt),
  'a picture': (trace, interrupt) => renderSvg(trace, [], {}, interrupt),
};

class Counting extends Interrupt {
  total = 0;
  constructor() {
    super(() => undefined);
  }
  override worked(units: number): void {
    this.total += units;
  }
}

suite('writing a trace', () => {
  for (const [name, write] of Object.entries(WRITERS)) {
    test(`${name} tells of work that grows with the trace, and no faster`, () => {
      const [one, two] = [5_000, 10_000].map((slices) => {
        const interrupt = new Counting();
        write(bigTrace(slices), interrupt);
        return interrupt.total;
      }) as [number, number];
      assert.ok(one > 1000, `${one} units`);
      assert.ok(two > one * 1.9 && two < one * 2.1, `${one} units, then ${two}`);
    });

    test(`${name} can be ended`, () => {
      // As many rows as are worth a question even where many go into a unit.
      const trace = bigTrace(100_000);
      const cancelled = new Interrupt(() => 'cancelled');
      cancelled.worked(UNITS_BETWEEN_QUESTIONS - 1);
      assert.throws(() => write(trace, cancelled), Interrupted);
    });
  }
});
