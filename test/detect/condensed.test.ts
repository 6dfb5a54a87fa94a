/**
 * This file tests that condensing changes nothing of what goroutines know: in runs in which they learn of each other again and again, so that most of what they learn is dropped or replaced,
 * they know what they know by the vectors of the older detector (test/detect/vectors).
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Order } from '../../src/detect/order';
import { Strand } from '../../src/detect/strands';
import type { EventLog, Observer } from '../../src/event/log';
import { SHAPES, ShapedRun } from './shapes';
import { Order as VectorOrder } from './vectors/order';
import type { Strand as VectorStrand } from './vectors/strands';

const EVENTS_A_LOOK = 60;
const LOOKS = 6;
const RUNS = 60;

interface Both {
  readonly strand: number;
  readonly vector: VectorStrand;
}

/** Two orders that are told of the same. */
class Pair implements Observer {
  readonly order = new Order();
  private readonly vectors = new VectorOrder();
  private readonly all = new Map<number, Both>();
  asked = 0;

  constructor(fewest: number, zeal: number) {
    this.order.condensation.due = this.order.condensation.fewest = fewest;
    this.order.condensation.zeal = zeal;
    this.order.search.patience = 1;
  }

  observe(log: EventLog, i: number): void {
    this.order.observe(log, i);
    this.vectors.observe(log, i);
    const g = log.g[i]!;
    if (g !== 0 && !this.all.has(g)) this.all.set(g, { strand: this.order.strand(g), vector: this.vectors.strand(g) });
  }

  /** Asks of all what they know of all others. */
  compare(): void {
    for (const me of this.all.values()) for (const other of this.all.values()) if (me !== other) this.ask(me, other);
  }

  private ask(me: Both, { strand, vector }: Both): void {
    const epochs = me.vector.known.get(vector.slot) - vector.start + 1;
    const start = this.order.strands.words[strand + Strand.Start]!;
    const told = `g${me.vector.g} of g${vector.g}: ${epochs} epochs`;
    if (epochs > 0) assert.equal(this.order.covers(me.strand, strand, start + epochs - 1, -1), true, told);
    const next = Math.max(0, epochs);
    const current = this.order.strands.words[strand + Strand.Epoch]!;
    if (start + next < current) assert.equal(this.order.covers(me.strand, strand, start + next, -1), false, told);
    this.asked++;
  }
}

suite('detect: what is condensed', () => {
  for (const shape of SHAPES) {
    for (const [name, zeal] of [['finished', 64], ['given up early', 1 / 16]] as const) {
      test(`it is known all the same: ${shape}, ${name}`, () => {
        fc.assert(
          fc.property(fc.integer({ min: 4, max: 14 }), fc.integer({ min: 16, max: 200 }), fc.nat(), (size, fewest, seed) => {
            let state = seed;
            const below = (n: number): number => {
              state = (Math.imul(state, 1103515245) + 12345) >>> 0;
              return (state >>> 8) % n;
            };
            const pair = new Pair(fewest, zeal);
            const run = new ShapedRun([pair], shape, size, below);
            for (let look = 0; look < LOOKS; look++) {
              run.run(EVENTS_A_LOOK);
              pair.compare();
            }
            assert.ok(pair.asked > 0);
          }),
          { numRuns: RUNS, endOnFailure: true },
        );
      });
    }
  }
}); // prettier-ignore
