/** This file tests the text form of schedules. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScheduleError, decodeSchedule, encodeSchedule, schedulerOf } from '../../src/trace/schedule';

const choice = fc.oneof(fc.nat(3), fc.nat(300), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
/** Lists with long runs of equal choices, as schedules have. */
const choices = fc
  .array(fc.tuple(choice, fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 400 }))), { maxLength: 30 })
  .map((runs) => runs.flatMap(([value, length]) => Array.from({ length }, () => value)));

suite('schedules', () => {
  test('read back as they were written', () => {
    fc.assert(fc.property(choices, (list) => assert.deepEqual(decodeSchedule(encodeSchedule(list)), list)));
  });

  test('use only characters that links and shells leave alone', () => {
    fc.assert(fc.property(choices, (list) => assert.match(encodeSchedule(list), /^[A-Za-z0-9_-]*$/)));
  });

  test('say whose choices they are', () => {
    fc.assert(
      fc.property(choices, (list) => {
        const text = encodeSchedule(list, 'controlled');
        assert.equal(schedulerOf(text), 'controlled');
        assert.equal(schedulerOf(encodeSchedule(list)), 'simulated');
        assert.deepEqual(decodeSchedule(text), list);
        assert.match(text, /^c\.[A-Za-z0-9_-]*$/);
      }),
    );
    assert.equal(encodeSchedule([1, 1, 1], 'controlled'), 'c.AwE');
    assert.throws(() => decodeSchedule('d.AwE'), ScheduleError);
  });

  test('have the written form of the documentation', () => {
    assert.equal(encodeSchedule([]), '');
    assert.equal(encodeSchedule([0]), 'AA');
    assert.equal(encodeSchedule([1, 1, 1]), 'AwE');
    assert.equal(encodeSchedule(Array.from({ length: 1000 }, () => 0)).length, 4);
  });

  test('refuse what is not a schedule', () => {
    for (const text of ['A', 'A!', 'gA', '_____________w', 'AB CD']) {
      assert.throws(() => decodeSchedule(text), ScheduleError, text);
    }
    assert.throws(() => decodeSchedule(encodeSchedule([0, 0, 0, 0]), 3), ScheduleError);
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          decodeSchedule(text, 1000);
        } catch (error) {
          assert.ok(error instanceof ScheduleError);
        }
      }),
    );
  });
});
