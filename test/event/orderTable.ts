/** This file prints what events order as the tables in docs/engine.md: `npx tsx test/event/orderTable.ts`. */
import { relation } from '../../src/event/dependence';
import { EVENT_NAMES, EVENT_TABLE } from '../../src/event/kinds';
import { OBJECT_CLASS, OBJECT_CLASSES, OPERATION_NAMES, Operation } from '../../src/event/operations';
import { wordsOf } from '../../src/event/order';

/** One row an event that orders anything: its rules, in the order in which they apply. */
export function orderTable(): string {
  const rows = EVENT_NAMES.flatMap((name) => {
    const { order } = EVENT_TABLE[name];
    return order ? [`| ${name} | ${order.map(wordsOf).join('; ')} |`] : [];
  });
  return ['| event | what it does to clocks |', '|---|---|', ...rows].join('\n');
}

/** One row an operation: which later operations on the same object it does not commute with. */
export function dependenceTable(): string {
  const rows = OBJECT_CLASSES.flatMap((objects) => {
    const kinds = OPERATION_NAMES.filter((name) => OBJECT_CLASS[name] === objects);
    return kinds.map((earlier) => {
      const by = (how: string): string =>
        kinds.filter((later) => relation(Operation[earlier], Operation[later]) === how).join(' ');
      const balanced = by('balance') && `${by('balance')} (below zero)`;
      const enabled = [by('enables'), by('match') && `${by('match')} (by number)`].filter(Boolean).join(' ');
      return `| ${objects} | ${earlier} | ${[by('race'), balanced].filter(Boolean).join(' ')} | ${enabled} |`;
    });
  });
  return ['| object | operation | races with | enables |', '|---|---|---|---|', ...rows].join('\n');
}

if (require.main === module) console.log(`${orderTable()}\n\n${dependenceTable()}`);
