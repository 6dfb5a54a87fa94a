/** This file tests what the race detector does from time to time with all that it keeps: that a cancel ends it, and what it counts of channels. */
import assert from 'node:assert/strict';
import { Interrupt, Interrupted, type StopReason } from '../../src/base/interrupt';
import { Ledger } from '../../src/base/ledger';
import { FastTrack } from '../../src/detect/fasttrack';
import { Run, feed, type Step } from './notation';

/** Goroutines that run; and lessons that are looked at by and by, to be dropped (condense.ts). */
const MANY = 70_000;
const FEWEST = 1 << 14;

function tracker(interrupt = Interrupt.never): FastTrack {
  const races = new FastTrack(undefined, interrupt);
  races.order.condensation.due = races.order.condensation.fewest = FEWEST;
  return races;
}

function many(text: (i: number) => string): readonly Step[] {
  return new Run(Array.from({ length: MANY }, (_, i) => text(i)).join(';')).steps;
}

/** An interrupt that says from the first question on that work is to end; and how often it was asked. */
function saying(reason: StopReason | undefined): { interrupt: Interrupt; asked: () => number } {
  let asked = 0;
  const interrupt = new Interrupt(() => {
    asked++;
    return reason;
  });
  return { interrupt, asked: () => asked };
}

suite('detect: upkeep of what is kept', () => {
  // All but the last of the races are found before anything is looked at.
  const starts = Array.from({ length: MANY }, (_, i) => `1 go ${i + 2}; ${i + 2} write x${i % 7}`);
  const starting = new Run([...starts, '2 write late', '3 write late'].join(';')).steps;

  test('tells of its work, and is ended by a cancel', () => {
    const { interrupt, asked } = saying(undefined);
    feed(tracker(interrupt), starting);
    assert.ok(asked() > 1, `asked ${asked()} times`);
    assert.throws(() => feed(tracker(saying('cancelled').interrupt), starting), Interrupted);
  });

  test('is left when real time is up: what was found until then is told, and nothing is looked at any more', () => {
    const whole = feed(tracker(), starting);
    for (const reason of ['wallTime', 'interrupted'] as const) {
      const { interrupt, asked } = saying(reason);
      const early = feed(tracker(interrupt), starting);
      assert.equal(asked(), 1);
      assert.ok(early.length > 0 && early.length < whole.length);
      assert.deepEqual(early, whole.slice(0, early.length));
    }
  });
});

suite('detect: what is counted of channels', () => {
  const bytes = (steps: readonly Step[]): number => {
    const ledger = new Ledger();
    feed(new FastTrack(ledger.share('races')), steps);
    return ledger.bytes;
  };

  test('nothing of one that nobody uses, unless it has a buffer', () => {
    assert.ok(bytes(many((i) => `1 make c${i}`)) < 100_000);
    assert.ok(bytes(many((i) => `1 make c${i} 1`)) >= MANY * 200);
  });

  test('each that is used, once', () => {
    const used = bytes(many((i) => `1 make c${i}; 1 go 2; 1 meet 2 c${i}`));
    assert.ok(used >= MANY * 200, `${used / MANY} bytes a channel`);
    assert.equal(bytes(new Run('1 make c; 1 send c; 1 send c').steps), bytes(new Run('1 make c; 1 send c').steps));
  });
});
