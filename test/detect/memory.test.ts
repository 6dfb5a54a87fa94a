/**
 * This file tests that what is known of what others have done takes memory by how many goroutines and objects there are, not by how long they have gone on learning of each other.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Ledger } from '../../src/base/ledger';
import { Order } from '../../src/detect/order';
import { Strand } from '../../src/detect/strands';
import { Kind } from '../../src/event/kinds';
import { EventLog } from '../../src/event/log';
import { SHAPES, ShapedRun, type ShapeName } from './shapes';

const FEWEST = 256;
const EVENTS = 40_000;
const MOST_GOROUTINES = 24;
/** Bytes of tables that are not accounted for, because they do not grow. */
const FIXED = 1 << 16;

/** Words up to the last that was written to. */
function usedOf(array: Int32Array): number {
  let used = array.length;
  while (used > 0 && array[used - 1] === 0) used--;
  return used;
}

/** Bytes of all arrays of numbers that an object has, itself or by way of others, up to the last that was written to: what is reserved takes no memory. */
function arraysOf(object: unknown, seen = new Set<unknown>()): number {
  if (typeof object !== 'object' || object === null || seen.has(object)) return 0;
  seen.add(object);
  if (object instanceof Int32Array) return usedOf(object) * 4;
  if (ArrayBuffer.isView(object)) return object.byteLength;
  const parts = object instanceof Map ? [...object.values()] : Object.values(object);
  return parts.reduce<number>((sum, part) => sum + arraysOf(part, seen), 0);
}

interface Use {
  readonly lessons: number;
  readonly arrays: number;
  readonly ledger: number;
}

/** The most that a run took: in its first half, and in all. */
function useOf(shape: ShapeName, size: number, seed: number, fewest: number, events = EVENTS): { half: Use; all: Use } {
  const share = new Ledger().share('races');
  const order = new Order(share);
  order.condensation.due = order.condensation.fewest = fewest;
  let state = seed;
  const below = (n: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % n;
  };
  const run = new ShapedRun([order], shape, size, below);
  let lessons = 0;
  const half = (): Use => {
    for (let i = 0; i < 50; i++) {
      run.run(events / 100);
      lessons = Math.max(lessons, order.knowledge.count);
    }
    return { lessons, arrays: arraysOf(order), ledger: share.bytes };
  };
  return { half: half(), all: half() };
}

const run = fc.record({
  shape: fc.constantFrom(...SHAPES),
  size: fc.integer({ min: 4, max: MOST_GOROUTINES }),
  seed: fc.nat(),
});

/** A few times what there is to know, by the goroutines, their channels and a few objects. */
const boundOf = (size: number): number => 64 * FEWEST + 32 * size * size;

suite('detect: the memory of what is known', () => {
  for (const shape of SHAPES) {
    test(`it does not go with the length of a run: ${shape}`, () => {
      const { half, all } = useOf(shape, MOST_GOROUTINES, 7, FEWEST);
      const bound = boundOf(MOST_GOROUTINES);
      assert.ok(half.lessons <= bound && all.lessons <= bound, `${half.lessons}, ${all.lessons} of ${bound} lessons`);
    });
  }

  test('neither for any number of goroutines, nor in the ledger, which knows what the arrays take', () => {
    fc.assert(
      fc.property(run, ({ shape, size, seed }) => {
        const { all } = useOf(shape, size, seed, FEWEST);
        assert.ok(all.lessons <= boundOf(size), `${all.lessons} lessons`);
        assert.ok(all.arrays <= all.ledger + FIXED, `${all.arrays} bytes of arrays, ${all.ledger} in the ledger`);
        assert.ok(all.ledger <= 100 * boundOf(size) + 8 * FIXED, `${all.ledger} bytes`);
      }),
      { numRuns: 12 },
    );
  });

  test('a hundred who all meet each other keep no more than a few times what each knows of each', () => {
    const size = 100;
    const { half, all } = useOf('all to all', size, 7, 2048, 120_000);
    const bound = 5 * size * size;
    assert.ok(all.lessons <= bound && half.lessons > bound / 5, `${half.lessons}, ${all.lessons} of ${bound} lessons`);
  });

  test('where nothing is dropped it does', () => {
    const { half, all } = useOf('ring', MOST_GOROUTINES, 7, Infinity);
    assert.ok(all.lessons > 1.8 * half.lessons && all.lessons > boundOf(MOST_GOROUTINES), `${all.lessons} lessons`);
  });
});

/** Goroutine 1 starts so many others, each of which tells a wait group that it is there; then it waits for them, and closes a channel on which all wait. */
class Crowd {
  readonly order: Order;
  readonly share = new Ledger().share('races');
  private readonly log: EventLog;

  constructor(readonly size: number) {
    this.order = new Order(this.share);
    this.log = new EventLog([this.order]);
    for (let i = 0; i < size; i++) {
      this.tell(1, Kind.GoCreate, this.id(i));
      this.tell(this.id(i), Kind.WaitGroupAdd, GROUP, -1, size - i - 1);
    }
    this.tell(1, Kind.WaitGroupWait, GROUP);
  }

  id(i: number): number {
    return i + 2;
  }

  get lessons(): number {
    return this.order.knowledge.count;
  }

  /** Those who are told so first learn something of each other. */
  close(first = false): void {
    for (let i = 1; first && i < this.size; i++) {
      this.tell(this.id(i - 1), Kind.ChanSend, i, 0);
      this.tell(this.id(i), Kind.ChanRecv, i, 0);
    }
    const before = this.lessons;
    this.tell(1, Kind.ChanClose, GATE);
    for (let i = 0; i < this.size; i++) this.tell(this.id(i), Kind.ChanRecvClosed, GATE);
    this.learned = this.lessons - before;
  }
  learned = 0;

  /** Whether a goroutine knows the first epoch of another. */
  knows(me: number, other: number): boolean {
    const { order } = this;
    const strand = order.strand(other);
    return order.covers(order.strand(me), strand, order.strands.words[strand + Strand.Start]!, 0);
  }

  private tell(g: number, kind: number, object: number, a = 0, b = 0): void {
    this.log.here.g = g;
    this.log.add(kind, object, a, b);
  }
}
const GROUP = 1_000_001;
const GATE = 1_000_002;

suite('detect: the memory of a crowd', () => {
  const MANY = 20_000;

  test('what many learn who know nothing else is kept once, and each knows it', () => {
    const crowd = new Crowd(MANY);
    assert.ok(!crowd.knows(crowd.id(0), crowd.id(MANY - 1)) && crowd.knows(1, crowd.id(MANY - 1)));
    crowd.close();
    assert.equal(crowd.learned, 1);
    for (const i of [0, 7, MANY - 2])
      assert.ok(crowd.knows(crowd.id(i), crowd.id(MANY - 1)) && crowd.knows(crowd.id(i), 1));
  });

  test('who knows something else has a lesson of its own', () => {
    const crowd = new Crowd(100);
    crowd.close(true);
    assert.ok(crowd.learned >= 99, `${crowd.learned} lessons`);
    assert.ok(crowd.knows(crowd.id(50), crowd.id(99)));
  });

  test('each takes at most 200 bytes, two lessons in lists that are nobody’s included', () => {
    const crowd = new Crowd(MANY);
    crowd.close();
    assert.ok(crowd.share.bytes / MANY <= 200, `${crowd.share.bytes / MANY} bytes`);
  });
});
