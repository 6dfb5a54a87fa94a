/** This file tests the state machine of runs: what is told after each thing that can happen, and what is not. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DEFAULT_BUDGETS } from '../../src/base/budgets';
import {
  after,
  doingWords,
  IDLE,
  isLong,
  phaseOf,
  shareWords,
  spentWords,
  type Activity,
  type Happened,
  type Phase,
  type Spent,
} from '../../src/report/activity';

const budgets = { ...DEFAULT_BUDGETS, steps: 1000, virtualNs: 1000, wallTime: 1000 };
const NOTHING: Spent = { steps: 0, virtualNs: 0, wallTime: 0 };
const progress = (spent: Partial<Spent>): Happened => ({ type: 'progress', spent: { ...NOTHING, ...spent }, budgets });
const ran = (stopped = false, present = true): Happened => ({ type: 'ran', stopped, present });
const [asked, compiled, refused, stop, cancelled, failed, edited] = (
  ['asked', 'compiled', 'refused', 'stop', 'cancelled', 'failed', 'edited'] as const
).map((type): Happened => ({ type })) as [Happened, Happened, Happened, Happened, Happened, Happened, Happened];

const all = (...happened: Happened[]): Activity => happened.reduce(after, IDLE);
const DONE = [asked, compiled, ran()];

/** What a person is told after these. */
const TOLD: readonly (readonly [Phase, readonly Happened[]])[] = [
  ['idle', []],
  ['compiling', [asked]],
  ['running', [asked, compiled]],
  ['running', [asked, compiled, progress({ steps: 1 })]],
  ['running', [asked, compiled, stop]],
  ['done', DONE],
  ['stopped', [asked, compiled, stop, ran(true)]],
  ['done', [asked, compiled, stop, ran(false)]],
  ['stale', [asked, compiled, ran(false, false)]],
  ['stale', [asked, compiled, stop, ran(true, false)]],
  ['stale', [...DONE, edited]],
  ['stale', [asked, compiled, ran(true), edited]],
  // What runs is told before what is shown.
  ['compiling', [...DONE, asked]],
  ['running', [...DONE, edited, asked, compiled]],
  ['running', [...DONE, asked, compiled, edited]],
  // A run that is called off leaves what was there.
  ['idle', [asked, cancelled]],
  ['idle', [asked, compiled, progress({ steps: 1 }), cancelled]],
  ['done', [...DONE, asked, compiled, cancelled]],
  ['stopped', [asked, compiled, ran(true), asked, cancelled]],
  ['stale', [...DONE, edited, asked, compiled, cancelled]],
  // One that comes to nothing leaves what is no longer so.
  ['idle', [asked, refused]],
  ['idle', [asked, compiled, failed]],
  ['stale', [...DONE, asked, refused]],
  ['stale', [...DONE, asked, compiled, failed]],
  // A newer one takes over.
  ['compiling', [asked, compiled, progress({ steps: 999 }), asked]],
  ['compiling', [asked, compiled, stop, asked]],
  // What is late says nothing.
  ['idle', [edited]],
  ['idle', [compiled]],
  ['idle', [progress({ steps: 1 })]],
  ['idle', [stop]],
  ['compiling', [asked, stop]],
  ['compiling', [asked, progress({ steps: 1 })]],
  ['done', [...DONE, stop]],
  ['done', [...DONE, progress({ steps: 1 })]],
  ['done', [...DONE, compiled]],
];

suite('report/activity', () => {
  for (const [phase, happened] of TOLD) {
    const names = happened.map((each) => (each.type === 'ran' ? `ran${each.stopped ? ' stopped' : ''}` : each.type));
    test(`${names.join(', ') || 'nothing'}: ${phase}`, () => assert.equal(phaseOf(all(...happened)), phase));
  }

  test('progress is the share of the budget that is nearest its end, and says which', () => {
    const told = (spent: Partial<Spent>): string => spentWords(all(asked, compiled, progress({ steps: 1, ...spent })));
    assert.equal(told({ steps: 430 }), '43 % of its budget of instructions');
    assert.equal(told({ steps: 430, virtualNs: 500 }), '50 % of its budget of virtual time');
    assert.equal(told({ steps: 430, virtualNs: 500, wallTime: 511 }), '51 % of its budget of real time');
  });

  test('progress does not go back when a second pass counts from the start, and is never all of it', () => {
    const far = [asked, compiled, progress({ steps: 700, wallTime: 100 })];
    assert.equal(shareWords(all(...far, progress({ steps: 10, wallTime: 120 }))), '70 %');
    assert.equal(shareWords(all(...far, progress({ steps: 10, wallTime: 720 }))), '72 %');
    assert.equal(shareWords(all(...far, progress({ steps: 5000 }))), '99 %');
    assert.equal(shareWords(all(...far, compiled, progress({ steps: 10 }))), '1 %', 'run again from the start');
  });

  test('nothing is said of progress before there is any, or when nothing runs', () => {
    for (const happened of [[], [asked], [asked, compiled], DONE]) {
      assert.equal(spentWords(all(...happened)), '');
      assert.equal(isLong(all(...happened)), false);
    }
    assert.equal(isLong(all(asked, compiled, progress({ steps: 1 }))), true);
  });

  test('what it does is a word', () => {
    assert.equal(doingWords(all(asked)), 'Compiling');
    assert.equal(doingWords(all(asked, compiled)), 'Running');
    assert.equal(doingWords(all(asked, compiled, stop)), 'Stopping');
  });

  test('whatever happens: an end is an end, and a result is not lost', () => {
    const anything = fc.constantFrom(
      ...[asked, compiled, refused, stop, cancelled, failed, edited],
      ...[ran(), ran(true), ran(false, false), progress({ steps: 300 }), progress({ wallTime: 800 })],
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), anything, (before, last) => {
        const was = all(...before);
        const is = after(was, last);
        const ends = ['refused', 'cancelled', 'failed', 'ran'].includes(last.type);
        assert.ok(!ends || is.work === undefined);
        assert.ok(was.result === 'none' || is.result !== 'none');
        assert.ok(last.type !== 'edited' || is.result === 'none' || is.result === 'stale');
        if (was.work?.kind === 'running' && is.work?.kind === 'running' && last.type === 'progress')
          assert.ok(is.work.share >= was.work.share);
      }),
    );
  });
});
