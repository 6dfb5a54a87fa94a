/** This file tests how a run of several processes is laid out: a group of lanes each, and nothing that would mix what each has for itself. */
import assert from 'node:assert/strict';
import { buildTimeline } from '../../src/timeline/build';
import type { LaneGroup } from '../../src/timeline/model';
import { runText } from '../support/run';

const TWO = `
process shop { func main() { go work(1ms); go work(1ms); time.Sleep(5ms) } }
process bank { func main() { for range 9 { go work(1ms) }; time.Sleep(20ms); exit(3) } }
`;

function groupsOf(text: string, preset: 'goroutines' | 'cores'): readonly LaneGroup[] {
  const { trace, findings } = runText(text).simulation!;
  return buildTimeline(trace, findings).lanes(preset);
}

suite('timeline: processes', () => {
  test('each has a group with its PID, its goroutines and how it ended', () => {
    const [shop, bank] = groupsOf(TWO, 'goroutines');
    assert.deepEqual([shop!.title, shop!.detail], ['shop', 'PID 1, 3 goroutines on 4 cores, exit status 0']);
    assert.deepEqual([bank!.title, bank!.detail], ['bank', 'PID 2, 10 goroutines on 4 cores, exit status 3']);
    assert.match(shop!.lanes.map(({ title, detail }) => `${title} ${detail}`).join(), /^G1 main,G\d+ work,G\d+ work$/);
  });

  test('run queues, which each has, are not drawn as if they were one; of one process they are', () => {
    const kinds = (text: string, preset: 'goroutines' | 'cores'): Set<string> =>
      new Set(groupsOf(text, preset).flatMap(({ lanes }) => lanes.map(({ kind }) => kind)));
    for (const preset of ['goroutines', 'cores'] as const) assert.equal(kinds(TWO, preset).has('queue'), false);
    const one = 'func main() { for range 9 { go work(1ms) }; time.Sleep(20ms) }';
    for (const preset of ['goroutines', 'cores'] as const) assert.equal(kinds(one, preset).has('queue'), true);
  });

  test('the cores and threads of the machine are of all', () => {
    const groups = groupsOf(TWO, 'cores');
    assert.deepEqual(groups.filter(({ kind }) => kind === 'core').length, 4);
    const threads = groups.find(({ kind }) => kind === 'threads')!.lanes;
    assert.equal(threads.filter(({ detail }) => detail === 'main thread').length, 2);
  });
});
