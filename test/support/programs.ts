/** This file holds the programs that tests run on the toy machine. */
import type { Trace } from '../../src/trace/store';
import type { FindingMark } from '../../src/timeline/model';
import { Kind } from '../../src/event/kinds';
import { ToyMachine } from './toyMachine';
import type { Body } from './toyMachine';

/** Three workers share a queue; each counts its page in `hits` without a lock and in `size` under `mu`. */
export function crawl(seed = 42): Trace {
  const machine = new ToyMachine('crawl', seed);
  const queue = machine.chan('queue', 3);
  const wg = machine.group('wg');
  const mu = machine.mutex('mu');
  const hits = machine.variable('hits');
  const size = machine.variable('size');
  const worker: Body = function* () {
    for (;;) {
      const page = yield { op: 'receive', chan: queue, line: 13 };
      if (page === undefined) break;
      yield { op: 'syscall', ns: 25_000, line: 14 };
      const seen = yield { op: 'read', variable: hits, line: 15 };
      yield { op: 'work', ns: 2000, line: 15 };
      yield { op: 'write', variable: hits, value: (seen ?? 0) + 1, line: 15 };
      yield { op: 'lock', mutex: mu, line: 16 };
      yield { op: 'work', ns: 20_000, line: 17 };
      const sum = yield { op: 'read', variable: size, line: 18 };
      yield { op: 'write', variable: size, value: (sum ?? 0) + page, line: 18 };
      yield { op: 'unlock', mutex: mu, line: 19 };
    }
    yield { op: 'add', group: wg, delta: -1, line: 12 };
  };
  return machine.run(function* () {
    for (let i = 0; i < 3; i++) {
      yield { op: 'add', group: wg, delta: 1, line: 27 };
      yield { op: 'go', name: 'worker', body: worker, line: 28 };
    }
    for (let page = 1; page <= 6; page++) yield { op: 'send', chan: queue, value: page, line: 31 };
    yield { op: 'close', chan: queue, line: 33 };
    yield { op: 'wait', group: wg, line: 34 };
    yield { op: 'read', variable: hits, line: 35 };
  });
}

/** Two goroutines each take one of two locks and wait for the other; main waits for both. */
export function deadlock(): Trace {
  const machine = new ToyMachine('transfer', 1);
  const a = machine.mutex('a');
  const b = machine.mutex('b');
  const wg = machine.group('wg');
  const move = (x: typeof a, y: typeof a): Body =>
    function* () {
      yield { op: 'lock', mutex: x, line: 5 };
      yield { op: 'work', ns: 50_000, line: 6 };
      yield { op: 'lock', mutex: y, line: 7 };
    };
  const trace = machine.run(function* () {
    yield { op: 'add', group: wg, delta: 2, line: 15 };
    yield { op: 'go', name: 'move', body: move(a, b), line: 16 };
    yield { op: 'go', name: 'move', body: move(b, a), line: 17 };
    yield { op: 'wait', group: wg, line: 18 };
  });
  return { ...trace, meta: { ...trace.meta, outcome: 'deadlock', status: 2 } };
}

/** What a detector would say of {@link deadlock}. */
export function deadlockMark(trace: Trace): FindingMark {
  const { kind, g, obj } = trace.columns;
  const rows = [...Array(trace.length).keys()];
  const waits = rows.filter((row) => kind[row] === Kind.GoBlock && g[row]! > 1);
  const holds = rows.filter((row) => kind[row] === Kind.MutexLock);
  const edges = waits.flatMap((row) => [
    { kind: 'waits for' as const, g: g[row]!, object: obj[row]!, row },
    ...holds
      .filter((held) => obj[held] === obj[row])
      .map((held) => ({ kind: 'held by' as const, g: g[held]!, object: obj[held]!, row: held })),
  ]);
  return {
    kind: 'deadlock',
    code: 'deadlock.all-asleep',
    title: 'Deadlock, all asleep',
    object: obj[waits[0]!]!,
    sites: waits.map((row) => ({ role: 'waits', g: g[row]!, row })),
    values: [],
    cycle: edges.map((edge, at) => ({ ...edge, number: at + 1 })),
  };
}

/** Many goroutines that all do the same. */
export function crowd(count: number): Trace {
  const machine = new ToyMachine('crowd', 7, 4, count * 100);
  const mu = machine.mutex('mu');
  const wg = machine.group('wg');
  const worker: Body = function* () {
    yield { op: 'work', ns: 1000, line: 4 };
    yield { op: 'lock', mutex: mu, line: 5 };
    yield { op: 'unlock', mutex: mu, line: 6 };
    yield { op: 'add', group: wg, delta: -1, line: 7 };
  };
  return machine.run(function* () {
    yield { op: 'add', group: wg, delta: count, line: 10 };
    for (let i = 0; i < count; i++) yield { op: 'go', name: 'worker', body: worker, line: 11 };
    yield { op: 'wait', group: wg, line: 12 };
  });
}

/** A random program of the given seed: producers, consumers, locks and shared variables, a few of which block for ever. */
export function random(seed: number): Trace {
  const machine = new ToyMachine('random', seed, 1 + (Math.abs(seed) % 3), 3000);
  const chans = [machine.chan('unbuffered', 0), machine.chan('one', 1), machine.chan('ten', 10)];
  const mu = machine.mutex('mu');
  const wg = machine.group('wg');
  const count = machine.variable('count');
  let state = seed | 0;
  const below = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % n;
  };
  const worker: Body = function* () {
    for (let i = below(8); i >= 0; i--) {
      const chan = chans[below(3)]!;
      switch (below(7)) {
        case 0:
          yield { op: 'send', chan, value: below(100), line: 3 };
          break;
        case 1:
          yield { op: 'receive', chan, line: 4 };
          break;
        case 2:
          yield { op: 'lock', mutex: mu, line: 5 };
          yield { op: 'write', variable: count, value: i, line: 6 };
          yield { op: 'unlock', mutex: mu, line: 7 };
          break;
        case 3:
          yield { op: 'work', ns: 1 + below(5000), line: 8 };
          break;
        case 4:
          yield { op: 'syscall', ns: 1 + below(30_000), line: 9 };
          break;
        case 5:
          if (i > 4) yield { op: 'go', name: 'child', body: worker, line: 10 };
          break;
        default:
          yield { op: 'read', variable: count, line: 11 };
      }
    }
    yield { op: 'add', group: wg, delta: -1, line: 12 };
  };
  return machine.run(function* () {
    const workers = 1 + below(5);
    yield { op: 'add', group: wg, delta: workers, line: 20 };
    for (let i = 0; i < workers; i++) yield { op: 'go', name: 'worker', body: worker, line: 21 };
    yield { op: 'wait', group: wg, line: 22 };
  });
}
