/** This file tests what the race detector does from time to time with all that it keeps: that a cancel ends it, and what it counts of channels. */
import assert from 'node:assert/strict';
import { Interrupt, Interrupted, type StopReason } from '../../src/base/interrupt';
import { Ledger } from '../../src/base/ledger';
import { FastTrack } from '../../src/detect/fasttrack';
import { Run, feed, type Step } from './notation';

/** More lessons than are looked at without being dropped (condense.ts): of goroutines that run. */
const MANY = 70_000;

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
  const starting = many((i) => `1 go ${i + 2}; ${i + 2} write x${i % 7}`);

  test('tells of its work, and is ended by a cancel', () => {
    const { interrupt, asked } = saying(undefined);
    feed(new FastTrack(undefined, interrupt), starting);
    assert.ok(asked() > 1, `asked ${asked()} times`);
    assert.throws(() => feed(new FastTrack(undefined, saying('cancelled').interrupt), starting), Interrupted);
  });

  test('is finished when real time is up: what is half done would be of no use', () => {
    const whole = feed(new FastTrack(), starting);
    assert.deepEqual(feed(new FastTrack(undefined, saying('wallTime').interrupt), starting), whole);
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
