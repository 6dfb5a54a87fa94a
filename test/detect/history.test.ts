/** This file tests what is remembered of what goroutines knew: that what a race names is right after thousands of releases, and after what nobody asks for has been dropped. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FastTrack } from '../../src/detect/fasttrack';
import type { Finding } from '../../src/detect/finding';
import { FORGOTTEN, History } from '../../src/detect/history';
import type { EventLog } from '../../src/event/log';
import { Run, feed, tell } from './notation';

const detect = (source: string): Finding[] => feed(new FastTrack(), new Run(source).steps);

suite('detect: what was known', () => {
  test('the latest lesson after an event, of each strand, as long as it is remembered', () => {
    const learning = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })), {
      maxLength: 600,
    });
    fc.assert(
      fc.property(learning, fc.nat(1800), (entries, asked) => {
        const history = new History();
        const known = [0, 0, 0, 0];
        let event = 0;
        const wanted = [FORGOTTEN, FORGOTTEN, FORGOTTEN, FORGOTTEN];
        entries.forEach(([strand, later], i) => {
          event += later;
          history.note(strand, event, known[strand]!);
          if (event > asked && wanted[strand] === FORGOTTEN) wanted[strand] = known[strand]!;
          known[strand] = i + 1;
        });
        for (const strand of [1, 2, 3]) assert.equal(history.knownAt(strand, asked), wanted[strand]);
      }),
      { numRuns: 100 },
    );
  });

  test('too long ago is forgotten, and what is dropped', () => {
    const history = new History();
    for (let event = 1; event <= 100_000; event++) history.note(1, event, event);
    assert.equal(history.knownAt(1, 99_000), 99_001);
    assert.equal(history.knownAt(1, 10), FORGOTTEN);
    history.forget();
    assert.equal(history.knownAt(1, 99_000), FORGOTTEN);
  });

  const unlocks = '1 lock m; 1 unlock m; '.repeat(2000);

  test('the last common point is named after thousands of releases, the latest of them or the first', () => {
    const common = (source: string) => detect(source)[0]!.sites.find(({ role }) => role === 'last-common')!;
    const latest = common(`1 go 2; ${unlocks}2 lock m; 2 write x; 1 write x`);
    assert.deepEqual([latest.op, latest.g, latest.event], ['Unlock', 1, 4000]);
    const first = common(`1 go 2; 2 write x; ${unlocks}1 write x`);
    assert.deepEqual([first.op, first.g, first.event], ['go', 1, 0]);
  });

  test('what is dropped of the past is not told, and what is told is right', () => {
    const steps = new Run('1 go 2; 1 go 3; 2 write x; 3 lock m; 3 unlock m; 2 lock m; 1 write x').steps;
    const raceWhen = (condensed: number): Finding => {
      const detector = new FastTrack();
      const observe = (log: EventLog, i: number): void => {
        detector.observe(log, i);
        if (log.first + i === condensed) detector.order.condense();
      };
      tell([{ observe }], steps);
      return detector.finish()[0]!;
    };
    const [wanted] = feed(new FastTrack(), steps);
    for (let condensed = 0; condensed < steps.length; condensed++) {
      const race = raceWhen(condensed);
      assert.deepEqual(race.sites[0]!.g, wanted!.sites[0]!.g);
      if (race.clocks) assert.deepEqual([condensed, race.clocks], [condensed, wanted!.clocks]);
    }
  });
});
