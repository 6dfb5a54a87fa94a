/** This file tests that goroutines take over the clock slots of those that whoever starts them has waited for, and of no others. */
import assert from 'node:assert/strict';
import { Order } from '../../src/detect/order';
import { Run, tell } from './notation';

const BATCH = 300;
const ROUNDS = 20;
/** So many are started later before one ends. */
const LATER = 20;

/** In each round goroutine 1 starts a batch of others, each of which tells of its end and ends, most of them while others are still being started. `joined`: it waits for all of them. */
function rounds(joined: boolean): Order {
  const order = new Order();
  const texts: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const done = (g: number): string => `${g} done w${round}; ${g} end`;
    const ids = Array.from({ length: BATCH }, (_, i) => 2 + round * BATCH + i);
    texts.push(`1 add w${round} ${BATCH}`);
    ids.forEach((g, i) => texts.push(`1 go ${g}`, ...(i < LATER ? [] : [done(ids[i - LATER]!)])));
    texts.push(...ids.slice(-LATER).map(done));
    if (joined) texts.push(`1 waited w${round}`);
  }
  tell([order], new Run(texts.join(';')).steps);
  return order;
}

suite('detect: clock slots', () => {
  test('goroutines in rounds need as many as live in one', () => {
    assert.ok(rounds(true).strands.slots <= 2 * BATCH, `${rounds(true).strands.slots} slots`);
  });

  test('of goroutines that nobody has waited for each keeps its own', () => {
    assert.equal(rounds(false).strands.slots, 1 + BATCH * ROUNDS);
  });
});
