/**
 * This file tests that the end of a run costs as much as there is to look at: work is counted, as an interrupt is told of it, for runs of one and of twice
 * the size. Also that what is told of them stays short.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Interrupt, Interrupted } from '../../src/base/interrupt';
import { Detection } from '../../src/detect/detection';
import type { Finding } from '../../src/detect/finding';
import { type Survivor, Survivors } from '../../src/event/survivors';
import { Wait, type WaitName } from '../../src/event/wait';
import { Run, feed, tell } from './notation';

/** A program in the detectors' notation, and who waits at its end. */
interface Case {
  readonly source: string;
  readonly waiters: readonly {
    readonly g: number;
    readonly wait: WaitName;
    readonly at?: string;
    readonly pc?: number;
  }[];
  /** Goroutines that could run. */
  readonly running?: readonly number[];
}

class Counting extends Interrupt {
  total = 0;
  constructor() {
    super(() => undefined);
  }
  override worked(units: number): void {
    this.total += units;
  }
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 2);
const lines = (parts: readonly string[]): string => parts.join(';');

function outcomeOf({ source, waiters, running = [] }: Case, kind: 'exit' | 'deadlock' = 'exit', interrupt?: Interrupt) {
  const run = new Run(source);
  const detection = new Detection();
  tell([detection], run.steps);
  const survivors = [
    ...waiters.map(({ g, wait, at, pc = 40 }): Survivor => ({
      g, state: 'blocked', wait: Wait[wait], object: at === undefined ? 0 : run.names.address(at), pc,
    })), // prettier-ignore
    ...running.map((g): Survivor => ({ g, state: 'runnable', wait: 0, object: 0, pc: 44 })),
  ];
  const counting = new Counting();
  const findings = detection.finish({ kind, status: 0, survivors: Survivors.of(survivors) }, interrupt ?? counting);
  return { findings, work: counting.total };
}

const CASES: Readonly<Record<string, (n: number) => Case>> = {
  'goroutines that wait in an empty select': (n) => ({
    source: lines(range(n).map((g) => `1 go ${g}`)),
    waiters: range(n).map((g) => ({ g, wait: 'selectNoCases' })),
  }),
  'goroutines that wait at as many channels, while as many sleep': (n) => ({
    source: lines(range(n).flatMap((g) => [`1 make c${g}`, `1 go ${g}`, `1 go ${g + n}`, `${g} block c${g} chanReceive`])),
    waiters: range(n).map((g) => ({ g, wait: 'chanReceive', at: `c${g}` })),
    running: range(n).map((g) => g + n),
  }),
  'a chain, each of which the one before can free': (n) => ({
    source: lines(range(n).flatMap((g) => [`${g - 1} make c${g}`, `${g - 1} go ${g}`, `${g} block c${g} chanReceive`])),
    waiters: range(n - 1).map((g) => ({ g, wait: 'chanReceive', at: `c${g}` })),
    running: [n + 1],
  }),
  'a cycle of locks': (n) => ({
    source: lines(range(n).map((g) => `${g} lock m${g}`)),
    waiters: range(n).map((g) => ({ g, wait: 'mutexLock', at: `m${g === n + 1 ? 2 : g + 1}` })),
  }),
  'a chain of locks without an end': (n) => ({
    source: lines(range(n).map((g) => `${g} lock m${g}`)),
    waiters: range(n).map((g) => ({ g, wait: 'mutexLock', at: `m${g + 1}` })),
  }),
  'readers that wait behind writers': (n) => ({
    source: lines(range(n).map((g) => `${g} rlock m`)),
    waiters: range(n).flatMap((g) => [{ g: g + n, wait: 'rwMutexLock', at: 'm' }, { g: g + 2 * n, wait: 'rwMutexRLock', at: 'm' }] as const),
  }),
  'pairs that wait for each other': (n) => ({
    source: lines(range(n).map((g) => `${g} lock m${g}`)),
    waiters: range(n).map((g) => ({ g, wait: 'mutexLock', at: `m${g ^ 1}` })),
  }),
}; // prettier-ignore

suite('detect: the end is linear', () => {
  for (const [name, make] of Object.entries(CASES)) {
    for (const kind of ['exit', 'deadlock'] as const) {
      test(`${name}, ${kind}`, () => {
        const [one, two] = [outcomeOf(make(500), kind), outcomeOf(make(1000), kind)];
        assert.ok(two.work <= one.work * 2.1, `${one.work} for 500, ${two.work} for 1000`);
        const sites = (findings: readonly Finding[]): number[] => findings.map((finding) => finding.sites.length);
        assert.ok(two.findings.length <= 2, 'few findings');
        assert.ok(Math.max(0, ...sites(two.findings)) <= 64, 'few sites each');
      });
    }
  }

  test('all are counted: leaked goroutines, and pairs in a cycle', () => {
    assert.equal(outcomeOf(CASES['goroutines that wait in an empty select']!(500)).findings[0]!.count, 500);
    assert.equal(outcomeOf(CASES['pairs that wait for each other']!(500)).findings[0]!.count, 250);
    const [cycle] = outcomeOf(CASES['a cycle of locks']!(500), 'deadlock').findings;
    assert.equal(cycle!.sites.at(-1)!.g, cycle!.sites[0]!.g);
  });

  test('a ring is told whole, in its order, though the sites tell of some of it', () => {
    const of = (n: number, kind: 'deadlock' | 'exit'): Finding => outcomeOf(CASES['a cycle of locks']!(n), kind).findings[0]!; // prettier-ignore
    for (const kind of ['deadlock', 'exit'] as const) {
      assert.equal(of(16, kind).ring, undefined);
      for (const n of [17, 200]) {
        const { ring, omitted, sites } = of(n, kind);
        assert.equal(omitted, undefined);
        assert.equal(ring!.length, 2 * n);
        ring!.forEach(({ role, g }, i) => {
          assert.equal(role, i % 2 === 0 ? 'waits' : 'holds');
          if (role === 'holds') assert.equal(g, ring![(i + 1) % (2 * n)]!.g);
        });
        assert.deepEqual(sites.slice(0, 30), ring!.slice(0, 30));
      }
    }
    const { ring, omitted } = of(10_003, 'deadlock');
    assert.deepEqual([ring!.length, omitted], [20_000, 3]);
    assert.equal(ring!.at(-1)!.g, ring![0]!.g);
  });

  test('a long access is told of as work, and can be interrupted: by a cancel at once, by time that is up so that all else goes on', () => {
    const source = '1 go 2; 1 write x; 2 write x*1000000';
    const run = (interrupt: Interrupt): Detection => {
      const detection = new Detection(undefined, interrupt);
      tell([detection], new Run(source).steps);
      return detection;
    };
    const told = new Counting();
    run(told);
    assert.ok(told.total > 10 * 990_000, `${told.total} units`);
    assert.throws(() => run(new Interrupt(() => 'cancelled')), Interrupted);
    const late = run(new Interrupt(() => 'wallTime'));
    assert.deepEqual(late.races.finish().map(({ code }) => code), ['race.write-write']); // prettier-ignore
    assert.equal(late.races.gaveUp, false);
  });

  test('it can be interrupted', () => {
    const wanted = CASES['goroutines that wait in an empty select']!(5000);
    const cancelled = new Interrupt(() => 'cancelled');
    assert.throws(() => outcomeOf(wanted, 'exit', cancelled), Interrupted);
  });

  test('a cycle is found exactly when there is one, whoever waits for whom', () => {
    const graph = fc.array(fc.tuple(fc.nat(7), fc.nat(3)), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(graph, (goroutines) => {
        // Goroutine g waits for the lock `wants`, which some read-lock: those whose `holds` it is.
        const nodes = goroutines.map(([seed, wants], g) => ({ g: g + 2, holds: seed % 4, wants }));
        const next = (g: number): number[] =>
          nodes.filter(({ holds }) => holds === nodes[g - 2]!.wants).map((node) => node.g);
        const reaches = (from: number, to: number): boolean => {
          const seen = new Set<number>();
          const queue = next(from);
          for (const g of queue) {
            if (g === to) return true;
            if (seen.has(g)) continue;
            seen.add(g);
            queue.push(...next(g));
          }
          return false;
        };
        const { findings } = outcomeOf(
          {
            source: lines(nodes.map(({ g, holds }) => `${g} rlock m${holds}`)),
            waiters: nodes.map(({ g, wants }) => ({ g, wait: 'rwMutexLock', at: `m${wants}` })),
          },
          'deadlock',
        );
        assert.equal(
          findings[0]!.code === 'deadlock.lock-cycle',
          nodes.some(({ g }) => reaches(g, g)),
        );
      }),
    );
  });

  test('read locks of one goroutine are counted, and given back by whoever unlocks', () => {
    const waits = [{ g: 1, wait: 'rwMutexLock', at: 'm', pc: 8 }] as const;
    const holds = (source: string): boolean =>
      outcomeOf({ source, waiters: waits }, 'deadlock').findings[0]!.sites.some(({ role }) => role === 'holds');
    assert.equal(holds('2 rlock m; 2 rlock m; 2 runlock m'), true);
    assert.equal(holds('2 rlock m; 2 rlock m; 2 runlock m; 2 runlock m'), false);
    assert.equal(holds('2 rlock m; 3 rlock m; 4 runlock m; 3 runlock m'), false);
  });

  test('of many races only so many are told, with the clocks of so many goroutines', () => {
    const many = range(300).map((g) => `1 go ${g}; ${g} send c; 1 recv c`);
    const run = new Run(`1 make c 1; ${lines(many)}; 1 write x; 2 write x`);
    const [race] = feed(new Detection(), run.steps);
    const { goroutines, deciding } = race!.clocks ?? { goroutines: [1, 2], deciding: 1 };
    assert.ok(goroutines.length <= 66 && goroutines.includes(deciding));
  });
});
