/** This file compares printed timelines of whole programs with recorded ones. */
import { join } from 'node:path';
import type { Trace } from '../../src/trace/store';
import { buildTimeline } from '../../src/timeline/build';
import type { FindingMark } from '../../src/timeline/model';
import { printTimeline } from '../../src/timeline/print';
import { assertGolden } from '../support/golden';
import { crawl, crowd, deadlock, deadlockMark } from '../support/programs';

const PROGRAMS: Readonly<Record<string, () => { trace: Trace; findings?: FindingMark[] }>> = {
  crawl: () => ({ trace: crawl() }),
  deadlock: () => {
    const trace = deadlock();
    return { trace, findings: [deadlockMark(trace)] };
  },
  crowd: () => ({ trace: crowd(40) }),
};

suite('printed timelines', () => {
  for (const [name, make] of Object.entries(PROGRAMS)) {
    test(name, () => {
      const { trace, findings } = make();
      assertGolden(join(__dirname, 'golden', `${name}.txt`), printTimeline(buildTimeline(trace, findings)));
    });
  }
});
