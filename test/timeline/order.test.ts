/** This file tests that the arrows of the timeline and the race detector tell the same order: whatever one takes for ordered, the other does. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Order } from '../../src/detect/order';
import { Strand } from '../../src/detect/strands';
import { SeededChooser } from '../../src/event/choice';
import { EVENT_NAMES, IS_STEP, Kind } from '../../src/event/kinds';
import { EventLog } from '../../src/event/log';
import { machineConfig } from '../../src/machine/config';
import { Machine } from '../../src/machine/machine';
import { buildTimeline } from '../../src/timeline/build';
import type { Timeline } from '../../src/timeline/model';
import type { Trace } from '../../src/trace/store';
import { TraceRecorder } from '../../src/trace/store';
import { codeOf, programShape, type ProgramShape } from '../runtime/randomProgram';
import { crawl, random } from '../support/programs';
import { randomTrace } from '../support/randomTrace';
import { runText } from '../support/run';
import { TraceBuilder } from '../support/traceBuilder';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** For each step of a goroutine and each other goroutine the last step of that which happens before it: `row: g3@17 g4@-1 …`. */
type Past = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** Rows that are steps which a goroutine takes itself. */
function stepsOf(trace: Trace): number[] {
  const { kind, g } = trace.columns;
  return [...Array(trace.length).keys()].filter(
    (row) => IS_STEP[kind[row]!] === 1 && g[row]! > 0 && kind[row] !== Kind.GoEnd,
  );
}

/** As the detector has it: an epoch of its own clock for each row, and after each row what its goroutine knows of the epochs of others. */
function pastByClocks(trace: Trace): Past {
  const steps = new Set(stepsOf(trace));
  const epochs = new Map<number, { row: number; strand: number; epoch: number }[]>();
  const past = new Map<number, Map<number, number>>();
  const order = new Order();
  const { kind: kinds, g, obj, a, b } = trace.columns;
  const log = new EventLog([order]);
  for (const { id, kind, capacity } of trace.meta.objects) {
    if (kind === 'channel') log.addAt(0, -1, -1, -1, Kind.ChanMake, id, capacity ?? 0, 0, 0, 0);
  }
  for (let row = 0; row < trace.length; row++) {
    const me = steps.has(row) ? order.strand(g[row]!) : 0;
    if (me !== 0) {
      const { words } = order.strands;
      const epoch = (words[me + Strand.Touched] = words[me + Strand.Epoch]!);
      (epochs.get(g[row]!) ?? epochs.set(g[row]!, []).get(g[row]!)!).push({ row, strand: me, epoch });
    }
    log.addAt(g[row]!, -1, -1, -1, kinds[row]!, obj[row]!, a[row]!, b[row]!, 0, 0);
    if (me === 0) continue;
    const known = new Map<number, number>();
    for (const [other, rows] of epochs) {
      if (other === g[row]) continue;
      const last = rows.filter(({ strand, epoch }) => order.covers(me, strand, epoch, 0)).at(-1);
      if (last) known.set(other, last.row);
    }
    past.set(row, known);
  }
  return past;
}

/** As the timeline has it: the cone of the past of each row. */
function pastByArrows(timeline: Timeline): Past {
  const steps = stepsOf(timeline.trace);
  const { g } = timeline.trace.columns;
  const past = new Map<number, Map<number, number>>();
  for (const row of steps) {
    const known = new Map<number, number>();
    for (const { goroutine, lastBefore } of timeline.cones(row)!.goroutines) {
      if (goroutine === g[row]) continue;
      const last = steps.filter((step) => g[step] === goroutine && step <= lastBefore).at(-1);
      if (last !== undefined) known.set(goroutine, last);
    }
    past.set(row, known);
  }
  return past;
}

const written = (trace: Trace, past: Past): string[] =>
  [...past].map(([row, known]) => {
    const { kind, g } = trace.columns;
    const others = [...known].sort(([left], [right]) => left - right).map(([other, last]) => `g${other}@${last}`);
    return `${row} g${g[row]} ${EVENT_NAMES[kind[row]!]}: ${others.join(' ')}`;
  });

function agree(trace: Trace): void {
  assert.deepEqual(written(trace, pastByArrows(buildTimeline(trace))), written(trace, pastByClocks(trace)));
}

/** The trace of a program of bytecode, without names. */
function traceOf(shape: ProgramShape, seed: number): Trace {
  const recorder = new TraceRecorder({ maxRows: 10_000 });
  new Machine(codeOf(shape), machineConfig({ cores: 2 }), new SeededChooser(seed), [recorder], { detect: true }).run();
  const { columns } = recorder.take();
  return { ...new TraceBuilder('bytecode').build(), columns, length: columns.kind.length };
}

suite('the arrows of the timeline are the order of the race detector', () => {
  test('in random traces of all synchronisation', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(1 << 20)), fc.integer({ min: 8, max: 90 }), (numbers, length) => {
        agree(randomTrace((n) => numbers.next().value! % n, length));
      }),
      { numRuns: 400 },
    );
  });

  test('in random programs', () => {
    fc.assert(
      fc.property(programShape, fc.nat(1000), (shape, seed) => agree(traceOf(shape, seed))),
      { numRuns: 60 },
    );
  });

  test('in random programs of the toy machine', () => {
    fc.assert(
      fc.property(fc.constantFrom(random, crawl), fc.nat(1 << 20), (program, seed) => agree(program(seed))),
      { numRuns: 20 },
    );
  });

  for (const name of readdirSync(EXAMPLES)) {
    if (!name.endsWith('.lane')) continue;
    test(`in ${name}`, () => {
      const { simulation } = runText(readFileSync(join(EXAMPLES, name), 'utf8'));
      const { trace } = simulation!;
      if (trace.length < 3000) agree(trace);
    });
  }
});
