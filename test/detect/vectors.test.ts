/**
 * This file tests the race detector against an older one, which kept a vector clock for each goroutine and each object (test/detect/vectors): on random runs of up to 300
 * goroutines both come to the same order, the same findings, and say the same about what the two goroutines of a race knew.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FastTrack } from '../../src/detect/fasttrack';
import type { Finding } from '../../src/detect/finding';
import { Order } from '../../src/detect/order';
import { Strand } from '../../src/detect/strands';
import type { EventLog, Observer } from '../../src/event/log';
import { tell } from './notation';
import { randomRun, type Shape } from './randomRun';
import { FastTrack as VectorFastTrack } from './vectors/fasttrack';
import { Order as VectorOrder } from './vectors/order';
import type { Strand as VectorStrand } from './vectors/strands';

const shape: fc.Arbitrary<Shape> = fc.record({
  goroutines: fc.oneof(
    fc.integer({ min: 2, max: 8 }),
    fc.integer({ min: 9, max: 40 }),
    fc.integer({ min: 41, max: 300 }),
  ),
  objects: fc.integer({ min: 1, max: 12 }),
  variables: fc.integer({ min: 1, max: 30 }),
  steps: fc.integer({ min: 20, max: 1500 }),
  accesses: fc.constantFrom(10, 30, 60),
  starts: fc.constantFrom(2, 6, 15),
  ends: fc.constantFrom(0, 2, 5),
  chain: fc.boolean(),
});

const chance = fc.infiniteStream(fc.nat(1 << 20)).map(
  (numbers) =>
    (n: number): number =>
      numbers.next().value! % n,
);

/** A goroutine, for both; and an event of each of its epochs. */
interface Known {
  readonly strand: number;
  readonly vector: VectorStrand;
  readonly events: number[];
  /** Epochs in which there was what can be asked for. */
  readonly touched: Set<number>;
}

/** Asks both, after each event, what its goroutine knows of each other one: its latest epoch known, and the first not known. */
class Comparison implements Observer {
  private readonly order = new Order();
  private readonly vectors = new VectorOrder();
  private readonly known = new Map<number, Known>();
  readonly answers = { yes: 0, no: 0 };

  constructor(
    private readonly condenseEvery: number,
    patience: number,
  ) {
    this.order.search.patience = patience;
  }

  observe(log: EventLog, i: number): void {
    const g = log.g[i]!;
    const event = log.first + i;
    if (g !== 0) this.note(g, event);
    this.order.observe(log, i);
    this.vectors.observe(log, i);
    if (event % this.condenseEvery === this.condenseEvery - 1) this.order.condense();
    if (g !== 0 && this.vectors.strands.find(g)) this.ask(this.note(g, event), event);
  }

  private note(g: number, event: number): Known {
    const vector = this.vectors.strand(g);
    const known = this.known.get(g) ?? { strand: this.order.strand(g), vector, events: [], touched: new Set() };
    this.known.set(g, known);
    known.events[vector.clock - vector.start] = event;
    // As an access would: of an epoch in which there was none nobody asks, and the slot may be used again.
    if (event % 3 > 0) return known;
    const { words } = this.order.strands;
    words[known.strand + Strand.Touched] = words[known.strand + Strand.Epoch]!;
    known.touched.add(vector.clock - vector.start);
    return known;
  }

  private ask(me: Known, event: number): void {
    const { words } = this.order.strands;
    for (const { strand, vector, events, touched } of this.known.values()) {
      if (strand === me.strand) continue;
      const start = words[strand + Strand.Start]!;
      const epochs = me.vector.known.get(vector.slot) - vector.start + 1;
      const covers = (n: number): boolean => this.order.covers(me.strand, strand, start + n - 1, events[n - 1]!);
      const told = `g${me.vector.g} of g${vector.g} at event ${event}`;
      if (epochs > 0 && events[epochs - 1] !== undefined) {
        assert.equal(covers(epochs), true, `${told}: epoch ${epochs} is known`);
        this.answers.yes++;
      }
      const next = Math.max(0, epochs);
      if (!touched.has(next)) continue;
      assert.equal(covers(next + 1), false, `${told}: epoch ${next + 1} is not known`);
      this.answers.no++;
    }
  }
}

/** What is found. */
function findings(detector: VectorFastTrack, steps: ReturnType<typeof randomRun>): Finding[] {
  tell([detector], steps);
  return detector.finish();
}

/** What a detector finds that drops from time to time what nobody can ask for. */
function condensing(detector: FastTrack, every: number, steps: ReturnType<typeof randomRun>): Finding[] {
  const { order } = detector;
  order.search.patience = 1;
  const observe = (log: EventLog, i: number): void => {
    detector.observe(log, i);
    if ((log.first + i) % every === every - 1) order.condense();
  };
  tell([{ observe }], steps);
  return detector.finish();
}

/** What a detector finds that forgets from time to time what is before all that is to come. */
function forgetting(detector: FastTrack, every: number, steps: ReturnType<typeof randomRun>): Finding[] {
  const { order } = detector;
  const observe = (log: EventLog, i: number): void => {
    detector.observe(log, i);
    if ((log.first + i) % every !== every - 1) return;
    order.condensation.clearClocks(Infinity);
    order.condense();
    detector.forgetStrands(Infinity);
  };
  tell([{ observe }], steps);
  return detector.finish();
}

/** A finding but for what a run may have forgotten. */
function withoutKnowledge({ kind, code, object, sites }: Finding): object {
  return { kind, code, object, sites: sites.filter(({ role }) => role !== 'last-common') };
}

suite('detect: the order without vectors is the order with vectors', () => {
  for (const [name, condenseEvery, patience] of [
    ['searched', Infinity, Infinity],
    ['searched, with vectors kept of long searches', Infinity, 1],
    ['condensed time and again', 37, Infinity],
    ['condensed, with vectors kept', 101, 1],
  ] as const) {
    test(`all orders of random runs, ${name}`, () => {
      let [yes, no] = [0, 0];
      fc.assert(
        fc.property(shape, chance, (made, below) => {
          const comparison = new Comparison(condenseEvery, patience);
          tell([comparison], randomRun(made, below));
          yes += comparison.answers.yes;
          no += comparison.answers.no;
        }),
        { numRuns: patience === 1 ? 20 : 6 },
      );
      assert.ok(yes > 1000 && no > 1000, `${yes} known, ${no} not`);
    });
  }

  for (const condenseEvery of [Infinity, 53]) {
    test(`all findings, with what both goroutines knew, condensed every ${condenseEvery} events`, () => {
      let [found, forgotten] = [0, 0];
      fc.assert(
        fc.property(shape, chance, (made, below) => {
          const steps = randomRun(made, below);
          const wanted = findings(new VectorFastTrack(), steps);
          const first = new FastTrack();
          const told = condensing(first, condenseEvery, steps);
          assert.deepEqual(told.map(withoutKnowledge), wanted.map(withoutKnowledge));
          const again = new FastTrack(undefined, undefined, first.forgotten);
          assert.deepEqual(condensing(again, condenseEvery, steps), wanted);
          assert.deepEqual(again.forgotten, []);
          found += wanted.length;
          forgotten += first.forgotten.length;
        }),
        { numRuns: 60 },
      );
      assert.ok(found > 150, `${found} findings`);
      assert.ok(condenseEvery === Infinity || forgotten > 20, `${forgotten} forgotten`);
    });
  }

  test('all races, and what is shared, where accesses and clocks that are before all that is to come are forgotten', () => {
    let [found, fewer] = [0, 0];
    fc.assert(
      fc.property(shape, chance, fc.integer({ min: 20, max: 120 }), (made, below, every) => {
        const steps = randomRun({ ...made, timers: false }, below);
        const wanted = findings(new VectorFastTrack(), steps);
        const [whole, forgetful] = [new FastTrack(), new FastTrack()];
        tell([whole], steps);
        const told = forgetting(forgetful, every, steps);
        assert.deepEqual(told.map(withoutKnowledge), wanted.map(withoutKnowledge));
        assert.deepEqual(forgetful.sharedSlots(), whole.sharedSlots());
        found += wanted.length;
        if (forgetful.order.knowledge.count < whole.order.knowledge.count) fewer++;
      }),
      { numRuns: 60 },
    );
    assert.ok(found > 100 && fewer > 15, `${found} findings, less was kept of ${fewer} runs`);
  });
});
