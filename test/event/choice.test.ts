/** This file tests the door by which nondeterminism enters: choosers, their records, and what the choice point tells them. */
import assert from 'node:assert/strict';
import {
  CHOICE_KINDS,
  Choices,
  RecordingChooser,
  ReplayingChooser,
  SeededChooser,
  type Chooser,
} from '../../src/event/choice';
import type { ChoicePoint } from '../../src/event/choicePoint';

/** Takes the last alternative, and notes what it saw. */
class Watcher implements Chooser {
  readonly seen: { count: number; described: boolean; alternatives: string[] }[] = [];
  choose(point: ChoicePoint): number {
    const alternatives = Array.from({ length: point.described ? point.count : 0 }, (_, k) => {
      const accesses = [];
      for (let at = point.first[k]!; at < point.first[k + 1]!; at++)
        accesses.push(`${point.operation[at]}:${point.object[at]}+${point.slots[at]}`);
      return `g${point.goroutine[k]}/${point.partner[k]} case ${point.selectCase[k]} pc ${point.pc[k]} ${accesses.join()}`;
    });
    this.seen.push({ count: point.count, described: point.described, alternatives });
    return point.count - 1;
  }
}

suite('event: choices', () => {
  test('a chooser sees who would do what to what', () => {
    const watcher = new Watcher();
    const choices = new Choices(watcher);
    choices.point.open(0);
    choices.point.add(1, 40);
    choices.point.touch(3, 100, 2);
    choices.point.touch(4, 200);
    choices.point.add(7, 44, 2, 1);
    choices.point.touch(5, 300);
    assert.equal(choices.ask(), 1);
    assert.deepEqual(watcher.seen, [
      { count: 2, described: true, alternatives: ['g1/0 case -1 pc 40 3:100+2,4:200+1', 'g7/1 case 2 pc 44 5:300+1'] },
    ]);
  });

  test('a choice among numbers tells only how many, whatever was described before', () => {
    const watcher = new Watcher();
    const choices = new Choices(watcher);
    choices.point.open(0);
    choices.point.add(1, 40);
    choices.ask();
    assert.equal(choices.choose(1, 5), 4);
    assert.deepEqual(watcher.seen[1], { count: 5, described: false, alternatives: [] });
  });

  test('the point is one record, as large as the largest choice', () => {
    const points = new Set<ChoicePoint>();
    const choices = new Choices({ choose: (point) => (points.add(point), point.count - 1) });
    choices.point.open(0);
    for (let k = 0; k < 100; k++) {
      choices.point.add(k, k * 4);
      for (let each = 0; each < 3; each++) choices.point.touch(each, k, each);
    }
    assert.equal(choices.ask(), 99);
    const { point } = choices;
    assert.deepEqual([...point.first.subarray(98, 101)], [294, 297, 300]);
    assert.deepEqual([point.goroutine[99], point.operation[299], point.object[299], point.slots[299]], [99, 2, 99, 2]);
    choices.choose(0, 3);
    assert.equal(points.size, 1);
  });

  test('what was recorded is replayed; a choice that does not fit is a divergence', () => {
    const recording = new RecordingChooser(new SeededChooser(3));
    const first = new Choices(recording);
    const wanted = CHOICE_KINDS.map((_, kind) => first.choose(kind, 10));
    const replaying = new ReplayingChooser(recording.choices, new Watcher());
    const again = new Choices(replaying);
    assert.deepEqual(CHOICE_KINDS.map((_, kind) => again.choose(kind, 10)), wanted); // prettier-ignore
    assert.equal(again.choose(0, 10), 9);
    assert.equal(replaying.divergences, 0);
    const misfit = new ReplayingChooser([8], new Watcher());
    assert.equal(new Choices(misfit).choose(0, 4), 3);
    assert.equal(misfit.divergences, 1);
  });
});
