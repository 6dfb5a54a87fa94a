/** This file tests what the timeline says of a moment, an event, a cause: small traces written by hand. */
import assert from 'node:assert/strict';
import { Wait } from '../../src/event/wait';
import { GlyphBuffer, SpanBuffer } from '../../src/timeline/buffers';
import { buildTimeline } from '../../src/timeline/build';
import { GLYPHS } from '../../src/timeline/glyphs';
import type { FindingMark, Lane, Timeline } from '../../src/timeline/model';
import { STATES } from '../../src/timeline/model';
import { bigTrace } from '../support/bigTrace';
import { crawl, crowd, deadlock, deadlockMark } from '../support/programs';
import { TraceBuilder } from '../support/traceBuilder';

const MU = 8;
const QUEUE = 16;
const WG = 24;
const HITS = 32;

function builder(): TraceBuilder {
  return new TraceBuilder('demo')
    .goroutine(1, 'main')
    .goroutine(2, 'worker', 1)
    .goroutine(3, 'worker', 1)
    .object(MU, 'mutex', 'mu', 'sync.Mutex')
    .object(QUEUE, 'channel', 'queue', 'chan int', 2)
    .object(WG, 'waitgroup', 'wg', 'sync.WaitGroup')
    .object(HITS, 'variable', 'hits', 'int');
}

function laneOf(timeline: Timeline, id: string): Lane {
  const lane = timeline.lane(id);
  assert.ok(lane, id);
  return lane;
}

const RUN = { core: 0, thread: 0 };

suite('a goroutine at a moment', () => {
  const b = builder();
  const start = b.add('GoRun', { g: 1, obj: 1, ...RUN });
  const go = b.add('GoCreate', { g: 1, obj: 2, ...RUN, line: 4, time: 100 });
  const entered = b.add('QueueLength', { g: 1, obj: 0, a: 1, ...RUN, time: 100 });
  const add = b.add('WaitGroupAdd', { g: 1, obj: WG, a: 2, b: 2, ...RUN, line: 5, time: 200 });
  const block = b.add('GoBlock', { g: 1, obj: WG, a: Wait.waitGroupWait, ...RUN, line: 6, time: 300 });
  const run2 = b.add('GoRun', { g: 2, obj: 2, core: 1, thread: 1, time: 400 });
  const call = b.add('GoSyscall', { g: 2, obj: 25_000, core: 1, thread: 1, line: 14, time: 500 });
  const back = b.add('GoSysExit', { g: 2, obj: 2, a: 0, time: 600 });
  const end = b.add('GoEnd', { g: 2, obj: 2, line: 15, time: 700 });
  const timeline = buildTimeline(b.build());

  test('is named by its state and line', () => {
    const texts = [
      [1, start, 'on core 0'],
      [2, start, 'not started'],
      [2, go, 'not started'],
      [2, entered, 'ready, not started :4'],
      [1, add, 'on core 0 :5'],
      [1, block, 'waits for wg :6'],
      [2, run2, 'on core 1 :4'],
      [2, call, 'on core 1 :14'],
      [2, back, 'ready :14'],
      [2, end, 'ready :15'],
      [2, end + 1, 'ended'],
    ] as const;
    for (const [g, row, text] of texts) assert.equal(timeline.goroutineAt(g, row).text, text, `G${g} after row ${row}`);
    assert.equal(timeline.goroutineAt(1, block).object, WG);
    assert.equal(timeline.goroutineAt(9, block).state, undefined);
  });

  test('has a code cursor where it stands', () => {
    const lines = timeline
      .cursors(add)
      .map(({ goroutine, place }) => [goroutine, timeline.trace.meta.places[place]!.line]);
    assert.deepEqual(lines, [
      [1, 5],
      [2, 4],
    ]);
  });

  test('that waits has labels from long to short', () => {
    const lane = laneOf(timeline, 'g1');
    const at = timeline.hit(lane.tracks[0]!, 'time', 350);
    assert.deepEqual(timeline.slice(lane.tracks[0]!, at).labels, [
      'waits for WaitGroup wg (2 left)',
      'waits for WaitGroup wg',
      'wg',
      '',
    ]);
  });

  test('stands where steps are, and its changes half a column later', () => {
    assert.equal(timeline.xOf(add, 'step'), 1);
    assert.equal(timeline.edgeOf(add, 'step'), 1.5);
    assert.equal(timeline.xOf(block, 'step'), 1.5);
    assert.equal(timeline.xOf(block, 'time'), 300);
    assert.deepEqual(timeline.domain('step'), { start: -0.5, end: 3.5 });
    assert.equal(timeline.rowAtStep(2), call);
    assert.equal(timeline.rowAtStep(99), -1);
    assert.equal(timeline.rowAt('step', 1), add);
    assert.equal(timeline.rowAt('step', 1.6), run2);
    assert.equal(timeline.rowAt('time', 50), start);
    assert.equal(timeline.rowAt('time', -1), -1);
  });

  test('is told in sentences', () => {
    assert.equal(timeline.describeRow(go), 'step 0, G1 starts G2 worker at line 4');
    assert.equal(timeline.describeRow(block), 'after step 1, G1 waits for WaitGroup wg at line 6');
    assert.equal(timeline.describeEvent(call), 'G2 enters a system call of 25 µs');
  });

  test('is found by its lines', () => {
    assert.deepEqual([...timeline.rowsOfLine(0, 5)], [add]);
    assert.deepEqual([...timeline.rowsOfLine(0, 99)], []);
    assert.deepEqual([...timeline.rowsOfLine(1, 5)], []);
  });
});

suite('objects at a moment', () => {
  const b = builder();
  b.add('ChanMake', { g: 1, obj: QUEUE, a: 2 });
  const send0 = b.add('ChanSend', { g: 1, obj: QUEUE, a: 0, value: 7 });
  const send1 = b.add('ChanSend', { g: 1, obj: QUEUE, a: 1, value: 8 });
  const blocked = b.add('GoBlock', { g: 1, obj: QUEUE, a: Wait.chanSend });
  const receive = b.add('ChanRecv', { g: 2, obj: QUEUE, a: 0, b: 1, value: 7 });
  const lock = b.add('MutexLock', { g: 2, obj: MU });
  const waits = b.add('GoBlock', { g: 3, obj: MU, a: Wait.mutexLock });
  const write = b.add('Write', { g: 2, obj: HITS, a: 1, value: 5 });
  const unlock = b.add('MutexUnlock', { g: 2, obj: MU });
  const timeline = buildTimeline(b.build());

  test('channels say how full they are and who waits', () => {
    assert.equal(timeline.objectAt(QUEUE, send0).text, '1 of 2');
    assert.equal(timeline.objectAt(QUEUE, send1).text, '2 of 2');
    assert.deepEqual(timeline.objectAt(QUEUE, blocked).waiters, [1]);
    assert.equal(timeline.objectAt(QUEUE, receive).level, 1);
  });

  test('locks say who holds them', () => {
    assert.equal(timeline.objectAt(MU, receive).text, 'free');
    assert.equal(timeline.objectAt(MU, lock).text, 'held by G2');
    assert.deepEqual(timeline.objectAt(MU, waits), {
      object: MU,
      text: 'held by G2',
      level: 1,
      holders: [2],
      waiters: [3],
    });
    assert.equal(timeline.objectAt(MU, unlock).text, 'free');
  });

  test('variables say their value', () => {
    assert.equal(timeline.objectAt(HITS, waits).text, '');
    assert.equal(timeline.objectAt(HITS, write).text, '5');
    assert.equal(timeline.describeEvent(write), 'G2 writes 5 to hits');
    assert.equal(timeline.valueOf(write), '5');
    assert.equal(timeline.valueOf(lock), '');
  });

  test('a token lies in its slot from send to receive', () => {
    const lane = laneOf(timeline, `chan:${QUEUE}`);
    const slots = lane.tracks.filter((track) => track.role === 'slot');
    assert.deepEqual(
      slots.map((track) => [track.slot, timeline.slice(track, 0).firstRow, timeline.slice(track, 0).lastRow]),
      [
        [0, send0, receive],
        [1, send1, -1],
      ],
    );
    assert.deepEqual(timeline.slice(slots[1]!, 0).labels, ['8', '']);
  });
});

suite('causes', () => {
  test('of each kind of synchronisation are linked', () => {
    const b = builder();
    const go = b.add('GoCreate', { g: 1, obj: 2 });
    const start = b.add('GoRun', { g: 2, obj: 2 });
    const send = b.add('ChanSend', { g: 1, obj: QUEUE, a: 0, value: 2 });
    const receive = b.add('ChanRecv', { g: 2, obj: QUEUE, a: 0, value: 2 });
    const lock1 = b.add('MutexLock', { g: 2, obj: MU });
    const unlock1 = b.add('MutexUnlock', { g: 2, obj: MU });
    const lock2 = b.add('MutexLock', { g: 1, obj: MU });
    b.add('WaitGroupAdd', { g: 1, obj: WG, a: 1, b: 1 });
    const done = b.add('WaitGroupAdd', { g: 2, obj: WG, a: -1, b: 0 });
    const wait = b.add('WaitGroupWait', { g: 1, obj: WG, a: 2 });
    const close = b.add('ChanClose', { g: 1, obj: QUEUE });
    const closed = b.add('ChanRecvClosed', { g: 2, obj: QUEUE });
    const timeline = buildTimeline(b.build());
    const all = timeline.linksBetween(0, closed, 100);
    assert.deepEqual(
      all.links.map((link) => [link.kind, link.label, link.fromRow, link.toRow, link.from, link.to]),
      [
        ['spawn', '', go, start, 1, 2],
        ['value', '2', send, receive, 1, 2],
        ['lock', 'mu', unlock1, lock2, 2, 1],
        ['waitgroup', 'wg', done, wait, 2, 1],
        ['close', 'queue', close, closed, 1, 2],
      ],
    );
    assert.deepEqual(timeline.linksBetween(0, closed, 2).links.length, 2);
    assert.equal(timeline.linksBetween(0, closed, 2).total, 5);
    // The nearest acquire before the row, the nearest release after it.
    const { incoming, outgoing } = timeline.links(lock1);
    assert.deepEqual(
      [incoming.map((link) => link.toRow), outgoing.map((link) => link.fromRow)],
      [[receive], [unlock1]],
    );
  });

  test('include the receive that made room for a later send', () => {
    const b = builder();
    for (const seq of [0, 1]) b.add('ChanSend', { g: 1, obj: QUEUE, a: seq });
    const receive = b.add('ChanRecv', { g: 2, obj: QUEUE, a: 0 });
    const third = b.add('ChanSend', { g: 1, obj: QUEUE, a: 2 });
    const { incoming } = buildTimeline(b.build()).links(third);
    assert.deepEqual(
      incoming.map((link) => [link.kind, link.fromRow]),
      [['space', receive]],
    );
  });

  test('order a rendezvous both ways: the value, and the sender’s going on', () => {
    const b = builder().object(40, 'channel', 'c', 'chan int', 0);
    const send = b.add('ChanSend', { g: 1, obj: 40, a: 0, b: 2, value: 3 });
    const receive = b.add('ChanRecv', { g: 2, obj: 40, a: 0, b: 1, value: 3 });
    b.add('GoReady', { g: 2, obj: 1 });
    const goes = b.add('GoRun', { g: 1, obj: 1 });
    const { links } = buildTimeline(b.build()).linksBetween(0, goes, 10);
    assert.deepEqual(
      links.map((link) => [link.kind, link.fromRow, link.toRow]),
      [
        ['value', send, receive],
        ['space', receive, goes],
      ],
    );
  });

  test('order nothing after a compare-and-swap that failed', () => {
    for (const [a, expected] of [
      [0, 0],
      [1, 1],
    ] as const) {
      const b = builder();
      b.add('AtomicRMW', { g: 1, obj: 50, a });
      const load = b.add('AtomicLoad', { g: 2, obj: 50 });
      assert.equal(buildTimeline(b.build()).linksBetween(0, load, 10).total, expected);
    }
  });

  test('follow the store that was read, not one it has overwritten', () => {
    const b = builder();
    b.add('AtomicStore', { g: 1, obj: 50 });
    const second = b.add('AtomicStore', { g: 2, obj: 50 });
    const load = b.add('AtomicLoad', { g: 3, obj: 50 });
    const { links } = buildTimeline(b.build()).linksBetween(0, load, 10);
    assert.deepEqual(links.map((link) => [link.fromRow, link.toRow]), [[second, load]]); // prettier-ignore
  });

  test('lead to a Wait from the Dones of its round, and from earlier ones if nobody of this goroutine’s past waited for them', () => {
    const round = (b: TraceBuilder, g: number): number => {
      b.add('WaitGroupAdd', { g: 1, obj: 60, a: 1, b: 1 });
      return b.add('WaitGroupAdd', { g, obj: 60, a: -1, b: 0 });
    };
    const into = (b: TraceBuilder, row: number): number[] =>
      buildTimeline(b.build()).links(row).incoming.map((link) => link.fromRow).sort((left, right) => left - right); // prettier-ignore
    const waited = builder();
    round(waited, 2);
    waited.add('WaitGroupWait', { g: 1, obj: 60 });
    const later = round(waited, 3);
    assert.deepEqual(into(waited, waited.add('WaitGroupWait', { g: 1, obj: 60 })), [later]);
    const passed = builder();
    const dones = [round(passed, 2), round(passed, 3)];
    assert.deepEqual(into(passed, passed.add('WaitGroupWait', { g: 1, obj: 60 })), dones);
  });

  test('leave unordered what nothing orders', () => {
    const b = builder();
    b.add('GoCreate', { g: 1, obj: 2 });
    b.add('GoCreate', { g: 1, obj: 3 });
    for (const g of [2, 3]) b.add('GoRun', { g, obj: g });
    const left = b.add('Write', { g: 2, obj: HITS, a: 1, value: 1 });
    const right = b.add('Write', { g: 3, obj: HITS, a: 1, value: 1 });
    const timeline = buildTimeline(b.build());
    const cone = (row: number, g: number) => timeline.cones(row)!.goroutines[g - 1]!;
    assert.deepEqual(cone(left, 3), { goroutine: 3, lastBefore: -1, firstAfter: -1 });
    assert.deepEqual(cone(right, 2), { goroutine: 2, lastBefore: -1, firstAfter: -1 });
    assert.equal(cone(left, 1).lastBefore, 0);
    assert.equal(cone(right, 1).lastBefore, 1);
    assert.deepEqual(timeline.cones(left)!.clock, [1, 1, 0]);
  });

  test('of a steal is where the goroutine runs', () => {
    const b = builder();
    const steal = b.add('Steal', { obj: 2, a: 0, b: 1 });
    const run = b.add('GoRun', { g: 2, obj: 2, core: 1 });
    const { outgoing } = buildTimeline(b.build()).links(steal);
    assert.deepEqual(
      outgoing.map((link) => [link.kind, link.toRow, link.to]),
      [['steal', run, 2]],
    );
  });
});

suite('findings', () => {
  test('mark the accesses of a race and the value that was lost', () => {
    const b = builder();
    b.add('Read', { g: 1, obj: HITS, a: 1, value: 1 });
    b.add('Read', { g: 2, obj: HITS, a: 1, value: 1 });
    const first = b.add('Write', { g: 1, obj: HITS, a: 1, value: 2 });
    const second = b.add('Write', { g: 2, obj: HITS, a: 1, value: 2 });
    const race: FindingMark = {
      kind: 'data-race',
      code: 'race.write-write',
      title: 'Data race on hits',
      object: HITS,
      sites: [
        { role: 'access', g: 2, row: second },
        { role: 'previous-access', g: 1, row: first },
      ],
      values: [{ row: second, g: 2, lost: "over G1's 2" }],
      cycle: [],
    };
    const trace = b.build();
    const timeline = buildTimeline(trace, [race]);
    assert.equal(GLYPHS[timeline.glyphOf(second)], 'race-write');
    assert.equal(GLYPHS[timeline.glyphOf(0)], 'access');
    assert.equal(GLYPHS[buildTimeline(trace).glyphOf(second)], 'access');
    const [values] = laneOf(timeline, `var:${HITS}`).tracks;
    const slices = [0, 1, 2].map((i) => timeline.slice(values!, i));
    assert.deepEqual(
      slices.map((slice) => [slice.code, slice.labels[0]]),
      [
        [0, '1'],
        [1, '2'],
        [0, '2  one update lost'],
      ],
    );
  });

  test('of a deadlock let the axis run on, and waits last for ever', () => {
    const trace = deadlock();
    const plain = buildTimeline({ ...trace, meta: { ...trace.meta, outcome: 'exited' } });
    const stuck = buildTimeline(trace, [deadlockMark(trace)]);
    assert.equal(plain.domain('step').end, plain.end('step'));
    assert.ok(stuck.domain('step').end > stuck.end('step'));
    const [states] = laneOf(stuck, 'g2').tracks;
    const last = stuck.slice(states!, states!.length - 1);
    assert.match(last.labels[0]!, /^waits for [ab], for ever$/);
    assert.equal(stuck.bounds(states!, states!.length - 1, 'step').end, stuck.domain('step').end);
  });
});

suite('many lanes', () => {
  const timeline = buildTimeline(crowd(100));

  test('that did the same fold into one, and unfold', () => {
    const [process] = timeline.lanes('goroutines');
    const fold = process!.lanes.find((lane) => lane.kind === 'fold');
    assert.ok(fold && process!.lanes.length <= 30);
    assert.match(fold.title, /^worker ×\d+$/);
    const shown = process!.lanes.reduce((sum, lane) => sum + (lane.members?.length ?? 1), 0);
    assert.equal(process!.note, shown === 101 ? '' : `${shown} of 101 shown`);
    const [open] = timeline.lanes('goroutines', { unfolded: [fold.id], limit: 1000 });
    assert.ok(open!.lanes.length > 100);
    assert.ok(!open!.lanes.some((lane) => lane.id === fold.id));
  });

  test('are counted in groups of three digits; a fold tells at each moment how many of its members do what', () => {
    const many = buildTimeline(crowd(1200));
    const [process] = many.lanes('goroutines');
    assert.match(process!.detail, /, 1,201 goroutines on /);
    const fold = process!.lanes.find((lane) => lane.kind === 'fold')!;
    assert.match(fold.title, /^worker ×1,\d{3}$/);
    const { length } = many.trace;
    for (const row of [0, length >> 2, length >> 1, length - 1]) {
      const counts: Record<string, number> = {};
      for (const g of fold.members!) {
        const { state, text } = many.goroutineAt(g, row);
        counts[state ?? text] = (counts[state ?? text] ?? 0) + 1;
      }
      const told = many.describeLane(fold, row).split(', ').map((part) => /^([\d,]+) (.*)$/.exec(part)!); // prettier-ignore
      assert.deepEqual(Object.fromEntries(told.map(([, count, word]) => [word, Number(count!.replaceAll(',', ''))])), counts); // prettier-ignore
    }
  });

  test('look the same whichever axis was looked at before', () => {
    const trace = bigTrace(3000, 20);
    const [one, other] = [buildTimeline(trace), buildTimeline(trace)];
    const drawn = (timeline: Timeline, axis: 'step' | 'time'): unknown => {
      const [spans, marks] = [new SpanBuffer(), new GlyphBuffer()];
      const { lanes } = timeline.lanes('goroutines')[0]!;
      return lanes.map((lane) => {
        timeline.visible(lane.tracks[0]!, axis, timeline.domain(axis), 300, spans);
        timeline.glyphs(lane, axis, timeline.domain(axis), 300, 8, marks);
        return [spans.start.slice(0, spans.length), spans.code.slice(0, spans.length), marks.x.slice(0, marks.length)];
      });
    };
    const [step, time] = [drawn(one, 'step'), drawn(other, 'time')];
    assert.deepEqual(drawn(one, 'time'), time);
    assert.deepEqual(drawn(one, 'step'), step);
    assert.notDeepEqual(step, time);
  });

  test('keep those that are pinned, and say how many are hidden', () => {
    const [process] = timeline.lanes('goroutines', { limit: 2, pinned: ['g77'] });
    assert.ok(process!.lanes.some((lane) => lane.id === 'g77'));
    assert.match(process!.note, /^\d+ of 101 shown$/);
  });

  test('of more than can be added up in a frame, the shares of the states are good to a percent', () => {
    const many = buildTimeline(bigTrace(120_000, 20_000));
    const range = many.domain('step');
    const exact = new Float64Array(STATES.length);
    for (let g = 1; g <= 20_000; g++) {
      const track = many.lane(`g${g}`)?.tracks[0];
      for (let i = 0; i < (track?.length ?? 0); i++) {
        const { start, end } = many.bounds(track!, i, 'step');
        exact[many.slice(track!, i).code]! += end - start;
      }
    }
    const sum = (of: Float64Array): number => of.reduce((all, one) => all + one, 0);
    const shares = many.shares('step', range);
    const whole = sum(exact);
    exact.forEach((time, code) => {
      const [is, said] = [time / whole, shares[code]! / sum(shares)];
      assert.ok(Math.abs(is - said) < 0.01, `${STATES[code]}: ${said} instead of ${is}`);
    });
    assert.ok(Math.abs(sum(shares) / whole - 1) < 0.02, 'all together as much as there is');
  });

  test('are all shown while they are few', () => {
    const [process] = buildTimeline(crawl()).lanes('goroutines');
    assert.deepEqual(
      process!.lanes.map((lane) => `${lane.title} ${lane.detail} ${lane.indent}`),
      ['G1 main 0', 'G2 worker 1', 'G3 worker 1', 'G4 worker 1'],
    );
    assert.equal(process!.note, '');
    assert.equal(process!.detail, 'PID 1, 4 goroutines on 2 cores');
  });
});

suite('cores that run ahead of each other', () => {
  const times = (fill: (b: TraceBuilder) => void): number[] => {
    const b = builder();
    fill(b);
    const trace = b.build();
    const timeline = buildTimeline(trace);
    return Array.from({ length: trace.length }, (_, row) => timeline.xOf(row, 'time'));
  };

  test('keep their own times where they have nothing to do with each other', () => {
    const kept = times((b) => {
      b.add('GoRun', { g: 1, obj: 1, core: 0, time: 0 });
      b.add('Work', { g: 1, a: 5, core: 0, time: 100 });
      b.add('GoRun', { g: 2, obj: 2, core: 1, time: 40 });
      b.add('GoEnd', { g: 2, obj: 2, core: 1, time: 120 });
    });
    assert.deepEqual(kept, [0, 100, 40, 120]);
  });

  test('meet at what they share: the later row is moved up to the earlier one', () => {
    const moved = times((b) => {
      b.add('MutexLock', { g: 1, obj: MU, core: 0, time: 90 });
      b.add('MutexUnlock', { g: 1, obj: MU, core: 0, time: 100 });
      b.add('MutexLock', { g: 2, obj: MU, core: 1, time: 40 });
      b.add('Work', { g: 2, a: 1, core: 1, time: 50 });
    });
    assert.deepEqual(moved, [90, 100, 100, 100]);
  });

  test('are found by time, not by row', () => {
    const b = builder();
    b.add('Work', { g: 1, core: 0, time: 100 });
    b.add('Work', { g: 2, core: 1, time: 40 });
    const timeline = buildTimeline(b.build());
    assert.deepEqual(
      [39, 40, 99, 100].map((x) => timeline.rowAt('time', x)),
      [-1, 1, 1, 0],
    );
  });
});

suite('the step that starts main', () => {
  test("is nobody's, and stands before the axis", () => {
    const b = builder();
    b.add('GoCreate', { obj: 1 });
    b.add('GoRun', { g: 1, obj: 1, core: 0 });
    b.add('Work', { g: 1, core: 0, time: 10 });
    const timeline = buildTimeline(b.build());
    assert.deepEqual(timeline.domain('step'), { start: 0.5, end: 1.5 });
    assert.deepEqual(timeline.cones(0), undefined);
  });
});

suite('an empty trace', () => {
  test('has a timeline with nothing on it', () => {
    const timeline = buildTimeline(new TraceBuilder('empty').build());
    assert.equal(timeline.steps, 0);
    assert.equal(timeline.rowAt('step', 0), -1);
    assert.equal(timeline.cones(0), undefined);
    assert.deepEqual(timeline.overview('time', 10, 5), []);
    assert.ok(timeline.domain('time').end > timeline.domain('time').start);
    assert.ok(timeline.lanes('goroutines').every((group) => group.lanes.every((lane) => lane.tracks.length === 0)));
  });
});
