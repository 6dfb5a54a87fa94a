/** This file tests that docs/engine.md says of events and operations what the tables say, and that the table of events is one that can be executed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_NAMES, EVENT_TABLE } from '../../src/event/kinds';
import { CLOCKS } from '../../src/event/order';
import type { ClockName, Rule } from '../../src/event/order';
import { dependenceTable, orderTable } from './orderTable';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'engine.md'), 'utf8');
const rules: readonly Rule[] = EVENT_NAMES.flatMap((name) => EVENT_TABLE[name].order ?? []);

suite('event: what orders what', () => {
  test('the documentation has the table of what events order', () => assert.ok(page.includes(orderTable())));

  test('the documentation has the table of what operations depend on', () =>
    assert.ok(page.includes(dependenceTable())));

  test('every clock is put into by some event and read by some event', () => {
    const into = (clock: ClockName): boolean =>
      rules.some((rule) => ('publish' in rule && rule.publish === clock) || ('merge' in rule && rule.merge === clock));
    const from = (clock: ClockName): boolean =>
      rules.some(
        (rule) => ('acquire' in rule && rule.acquire === clock) || ('assume' in rule && rule.assume === clock),
      );
    for (const clock of CLOCKS) assert.deepEqual([clock, into(clock), from(clock)], [clock, true, true]);
  });

  test('whoever acquires a covered clock acquires the one that covers it', () => {
    const covers = rules.flatMap((rule) => ('merge' in rule && rule.covers ? [[rule.covers, rule.merge]] : []));
    assert.ok(covers.length > 0);
    for (const name of EVENT_NAMES) {
      const acquired = (EVENT_TABLE[name].order ?? []).flatMap((rule) => ('acquire' in rule ? [rule.acquire] : []));
      for (const [covered, by] of covers) if (acquired.includes(covered!)) assert.ok(acquired.includes(by!), name);
    }
  });
});
