/** This file states what a fingerprint is: the same for all ways of running that must not matter, and another wherever something else happens. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SeededChooser } from '../../src/event/choice';
import { Kind } from '../../src/event/kinds';
import { EventLog } from '../../src/event/log';
import { tagOf, TagKind } from '../../src/vm/tags';
import { programShape, codeOf } from '../runtime/randomProgram';
import { EventPrint } from './eventPrint';
import { fingerprint, Printed, type Fingerprint, type Subject } from './fingerprint';
import { examples, generated } from './programs';

const RUNS = { numRuns: 60 };
const EMPTY = generated(0).program;

/** A random program and a chance, short enough to be read. */
const draws = fc.record({
  shape: programShape,
  seed: fc.nat(1000),
  scheduler: fc.constantFrom('simulated', 'controlled'),
});
type Draw = typeof draws extends fc.Arbitrary<infer T> ? T : never;

function subjectOf({ shape, ...chance }: Draw): Subject {
  return { program: EMPTY, code: codeOf(shape), ...chance };
}

/** Bends what a machine does from here on. */
class Bent extends SeededChooser {
  bend(seed: number): void {
    this.restore(new SeededChooser(seed).save());
  }
}

/** What a run tells that has nothing to do with plain accesses. */
function withoutAccesses(subject: Subject, detect: boolean): Fingerprint {
  return { ...fingerprint(subject, { detect, timed: false }), accesses: '', findings: '' };
}

suite('exactness: what does not matter', () => {
  test('where a run pauses', () => {
    fc.assert(
      fc.property(draws, fc.integer({ min: 1, max: 300 }), (draw, slice) => {
        const subject = subjectOf(draw);
        assert.deepEqual(fingerprint(subject, { slice }), fingerprint(subject));
      }),
      RUNS,
    );
  });

  test('where a run pauses, in the examples', () => {
    for (const compiled of examples()) {
      const subject = { ...compiled, seed: 4, budgets: { steps: 5000 } };
      assert.deepEqual(fingerprint(subject, { slice: 7 }), fingerprint(subject), compiled.name);
    }
  });

  test('whether plain accesses are told', () => {
    fc.assert(
      fc.property(draws, (draw) => {
        const subject = subjectOf(draw);
        assert.deepEqual(withoutAccesses(subject, false), withoutAccesses(subject, true));
      }),
      RUNS,
    );
  });

  test('whether plain accesses are told, in the examples', () => {
    for (const compiled of examples()) {
      const subject = { ...compiled, seed: 5 };
      assert.deepEqual(withoutAccesses(subject, false), withoutAccesses(subject, true), compiled.name);
    }
  });

  test('what it did before it was put back', () => {
    fc.assert(
      fc.property(draws, fc.nat(400), fc.nat(400), fc.nat(1000), (draw, before, astray, bend) => {
        const subject = subjectOf(draw);
        const chooser = new Bent(subject.seed);
        const straight = new Printed(subject, { detection: false }).finish();
        const printed = new Printed(subject, { detection: false, chooser });
        printed.machine.run(before);
        const snapshot = printed.machine.snapshot();
        chooser.bend(bend);
        printed.machine.run(astray);
        printed.machine.restore(snapshot);
        assert.deepEqual(printed.finish(), straight);
      }),
      RUNS,
    );
  });

  test('where things stand in memory', () => {
    fc.assert(
      fc.property(draws, fc.integer({ min: 1, max: 5000 }), (draw, slots) => {
        const subject = subjectOf(draw);
        const elsewhere = new Printed(subject);
        elsewhere.machine.memory.alloc(slots, tagOf(TagKind.Stack));
        assert.deepEqual(elsewhere.finish(), fingerprint(subject));
      }),
      RUNS,
    );
  });
});

suite('exactness: what does matter', () => {
  test('the seed', () => {
    const prints = [1, 2, 3, 4].map((seed) => fingerprint({ ...generated(7), seed }));
    assert.ok(new Set(prints.map(({ events }) => events)).size > 1);
    assert.ok(new Set(prints.map(({ choices }) => choices)).size > 1);
  });

  test('every field of an event that is compared', () => {
    const row = { g: 1, core: 0, thread: 1, pc: 40, kind: Kind.ChanSend, obj: 500, a: 0, b: 2, lo: 9, hi: 0, time: 7 };
    const again = { ...row, time: 8 };
    const printOf = (rows: readonly (typeof row)[]): string => {
      const print = new EventPrint();
      const log = new EventLog([print]);
      for (const { g, core, thread, pc, kind, obj, a, b, lo, hi, time } of rows) {
        log.here.time = time;
        log.addAt(g, core, thread, pc, kind, obj, a, b, lo, hi);
      }
      return print.events.digest.toString();
    };
    const whole = printOf([row, again]);
    for (const field of Object.keys(row) as (keyof typeof row)[]) {
      const other = { ...again, [field]: again[field] + 1 };
      assert.notEqual(printOf([row, other]), whole, field);
    }
    // The same things elsewhere.
    const moved = [row, again].map((one) => ({ ...one, obj: 700, pc: 44 }));
    assert.equal(printOf(moved), whole);
  });
});
