/** This file tests the log: who is told of which events, and that it makes no difference to the events who wants to be told. */
import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { EVENT_NAMES } from '../../src/event/kinds';
import { EventLog, type Observer } from '../../src/event/log';

/** What one observer was told: ordinal, kind, fields and time of each event. */
class Notes implements Observer {
  readonly rows: number[][] = [];
  readonly kinds?: readonly number[];
  constructor(kinds?: readonly number[]) {
    if (kinds) this.kinds = kinds;
  }
  observe(log: EventLog, i: number): void {
    const { first, kind, g, core, thread, pc, obj, a, b, lo, hi, time } = log;
    this.rows.push([first + i, ...[kind, g, core, thread, pc, obj, a, b, lo, hi, time].map((column) => column[i]!)]);
  }
}

/** What one was told who does not read where and when events were, nor their values. */
class BriefNotes implements Observer {
  readonly brief = true;
  readonly rows: number[][] = [];
  observe({ kind, g, pc, obj, a, b }: EventLog, i: number): void {
    this.rows.push([kind, g, pc, obj, a, b].map((column) => column[i]!));
  }
}

const kindOf = fc.nat({ max: EVENT_NAMES.length - 1 });
const event = fc.record({ kind: kindOf, g: fc.nat(9), obj: fc.nat(), time: fc.nat(1000) });
const KIND = 1;
const CORE = 3;
const LO = 9;
const HI = 10;

suite('log', () => {
  test('an observer is told of its kinds and of no others, under the ordinals and times that they have for all', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.array(kindOf, { maxLength: 8 }), (events, kinds) => {
        const all = new Notes();
        const some = new Notes(kinds);
        const alone = new Notes(kinds);
        for (const observers of [[all, some], [alone]]) {
          const log = new EventLog(observers, 4);
          for (const { kind, g, obj, time } of events) {
            Object.assign(log.here, { g, time });
            log.add(kind, obj, 1, 2, 3, 4);
          }
          assert.equal(log.save().events, events.length);
        }
        assert.equal(all.rows.length, events.length);
        const wanted = all.rows.filter((row) => kinds.includes(row[KIND]!));
        assert.deepEqual(some.rows, wanted);
        assert.deepEqual(alone.rows, wanted);
      }),
    );
  });

  test('a brief observer is told the same kinds, goroutines, instructions, objects and numbers, alone or beside one that reads all columns', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.array(kindOf, { maxLength: 8 }), (events, kinds) => {
        const whole = new Notes(kinds);
        const beside = new BriefNotes();
        const alone = new BriefNotes();
        for (const observers of [[whole, beside], [alone]]) {
          const log = new EventLog(observers, 4);
          for (const { kind, g, obj, time } of events) {
            Object.assign(log.here, { g, time, core: g, pc: obj });
            log.add(kind, obj, 1, g, time, obj);
          }
        }
        assert.deepEqual(alone.rows, beside.rows);
        const read = events.map(({ kind, g, obj }) => [kind, g, obj, obj, 1, g]);
        assert.deepEqual(alone.rows, read);
        const values = events.filter(({ kind }) => kinds.includes(kind)).map(({ g, time, obj }) => [g, time, obj]);
        assert.deepEqual(
          whole.rows.map((row) => [row[CORE], row[LO], row[HI]]),
          values,
        );
      }),
    );
  });

  test('a time is never before that of an event that nobody wanted to be told of', () => {
    const notes = new Notes([2]);
    const log = new EventLog([notes]);
    log.here.time = 10;
    log.add(1, 0);
    log.here.time = 5;
    log.add(2, 0);
    assert.equal(notes.rows[0]!.at(-1), 10);
    assert.equal(log.latest, 10);
  });
});
