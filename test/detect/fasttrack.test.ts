/** This file tests the race detector: every edge of the memory model in both polarities, and its verdicts against a naive oracle. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FastTrack } from '../../src/detect/fasttrack';
import type { Finding } from '../../src/detect/finding';
import { Order } from '../../src/detect/order';
import { Run, feed, tell } from './notation';

const detect = (source: string): Finding[] => feed(new FastTrack(), new Run(source).steps);

/** Codes of what is found. */
const codes = (source: string): string[] => detect(source).map((finding) => finding.code);

/** [name, ordered run, the same without the edge, code of the finding then] */
const EDGES: readonly (readonly [string, string, string, string?])[] = [
  ['program order', '1 write x; 1 read x; 1 write x', '1 go 2; 1 write x; 2 read x', 'race.read-write'],
  ['go statement', '1 write x; 1 go 2; 2 write x', '1 go 2; 1 write x; 2 write x'],
  ['the end of a goroutine orders nothing', '2 read x; 1 read x', '1 go 2; 2 write x; 2 end; 1 write x'],
  ['send before receive, buffered', '1 make c 1; 1 go 2; 2 write x; 2 send c; 1 recv c; 1 write x', '1 make c 1; 1 go 2; 2 send c; 2 write x; 1 recv c; 1 write x'],
  ['k-th send, not another', '1 make c 2; 1 go 2; 1 go 3; 2 send c; 3 write x; 3 send c; 1 recv c; 1 recv c; 1 write x', '1 make c 2; 1 go 2; 1 go 3; 2 send c; 3 write x; 3 send c; 1 recv c; 1 write x'],
  ['k-th receive before send k+C', '1 make c 1; 1 go 2; 1 send c; 2 write x; 2 recv c; 1 send c; 1 write x', '1 make c 2; 1 go 2; 1 send c; 2 write x; 2 recv c; 1 send c; 1 write x'],
  ['a receive is not ordered before receive k+C, nor a send before send k+C', '1 make c 1; 1 go 2; 1 go 3; 1 send c; 2 recv c; 2 write x; 1 send c; 3 recv c; 3 write y', '1 make c 1; 1 go 2; 1 go 3; 1 send c; 2 write x; 2 recv c; 1 send c; 3 recv c; 3 write x'],
  ['rendezvous, forwards', '1 make c; 1 go 2; 1 write x; 1 meet 2 c; 2 write x', '1 make c; 1 go 2; 1 meet 2 c; 1 write x; 2 write x'],
  ['rendezvous, backwards', '1 make c; 1 go 2; 2 write x; 1 meet 2 c; 1 write x', '1 make c; 1 go 2; 1 meet 2 c; 2 write x; 1 write x'],
  ['close before a receive because of it', '1 make c; 1 go 2; 1 write x; 1 close c; 2 recvclosed c; 2 write x', '1 make c; 1 go 2; 1 close c; 1 write x; 2 recvclosed c; 2 write x'],
  ['close is a write, send a read of the channel', '1 make c 1; 1 go 2; 2 send c; 1 recv c; 1 close c', '1 make c 1; 1 go 2; 2 send c; 1 close c', 'race.close-send'],
  ['two closes', '1 make c; 1 close c; 1 go 2; 2 close c', '1 make c; 1 go 2; 1 close c; 2 close c', 'race.close-close'],
  ['mutex', '1 go 2; 1 lock m; 1 write x; 1 unlock m; 2 lock m; 2 write x; 2 unlock m', '1 go 2; 1 lock m; 1 write x; 1 unlock m; 2 lock n; 2 write x; 2 unlock n'],
  ['mutex unlocked by another goroutine', '1 go 2; 1 lock m; 2 write x; 2 unlock m; 1 lock m; 1 write x', '1 go 2; 1 lock m; 2 unlock m; 2 write x; 1 lock m; 1 write x'],
  ['rwmutex: writer to reader', '1 go 2; 1 wlock m; 1 write x; 1 wunlock m; 2 rlock m; 2 read x', '1 go 2; 1 rlock m; 1 write x; 1 runlock m; 2 rlock m; 2 read x', 'race.read-write'],
  ['rwmutex: readers to writer', '1 go 2; 1 go 3; 2 rlock m; 2 read x; 3 rlock m; 3 read x; 3 runlock m; 2 runlock m; 1 wlock m; 1 write x', '1 go 2; 1 go 3; 2 rlock m; 3 rlock m; 3 read x; 3 runlock m; 2 runlock m; 2 read x; 1 wlock m; 1 write x', 'race.read-write'],
  ['wait group', '1 go 2; 1 add wg 1; 2 write x; 2 done wg; 1 passed wg; 1 write x', '1 go 2; 1 add wg 1; 2 done wg; 2 write x; 1 passed wg; 1 write x'],
  ['wait group of two', '1 add wg 2; 1 go 2; 1 go 3; 2 write x; 2 done wg; 3 write y; 3 done wg; 1 passed wg; 1 write x; 1 write y', '1 add wg 2; 1 go 2; 1 go 3; 2 write x; 2 done wg; 3 done wg; 3 write y; 1 passed wg; 1 write x; 1 write y'],
  ['Add from zero against Wait', '1 add wg 1; 1 go 2; 1 await wg; 2 done wg; 1 waited wg', '1 add wg 1; 1 go 2; 1 go 3; 1 await wg; 2 done wg; 3 add wg 1; 1 waited wg', 'race.waitgroup'],
  ['Add in the goroutine that is waited for', '1 add wg 1; 1 go 2; 2 done wg; 1 passed wg', '1 go 2; 1 passed wg; 2 add wg 1; 2 done wg', 'misuse.waitgroup-add'],
  ['once', '1 go 2; 1 write x; 1 ran o; 2 skipped o; 2 read x', '1 go 2; 1 ran o; 1 write x; 2 skipped o; 2 read x', 'race.read-write'],
  ['cond', '1 go 2; 1 write x; 1 signal cv 2; 2 woken cv; 2 write x', '1 go 2; 1 write x; 1 signal cv 0; 2 woken cv; 2 write x'],
  ['a signal teaches the woken when its Wait returns, not while it still unlocks', '1 go 2; 1 go 3; 1 write x; 1 signal cv 2; 2 woken cv; 2 unlock m; 3 lock m; 3 write x', '1 go 2; 1 go 3; 1 write x; 1 signal cv 2; 2 unlock m; 3 lock m; 3 write x'],
  ['wait group: a later round forgets no Done', '1 go 2; 1 add wg 1; 2 write x; 2 done wg; 1 add wg 1; 1 done wg; 1 passed wg; 1 write x', '1 go 2; 1 add wg 1; 2 done wg; 2 write x; 1 add wg 1; 1 done wg; 1 passed wg; 1 write x'],
  ['atomic store to load', '1 go 2; 1 write x; 1 store a; 2 load a; 2 write x', '1 go 2; 1 store a; 1 write x; 2 load a; 2 write x'],
  ['a load knows the store it read, not one that was overwritten', '1 go 2; 1 write x; 1 rmw a; 2 rmw a; 2 store a; 2 write x', '1 go 2; 1 write x; 1 store a; 2 store a; 2 write x'],
  ['atomic add to add', '1 go 2; 1 write x; 1 rmw a; 2 rmw a; 2 write x', '1 go 2; 1 write x; 1 rmw a; 2 rmw b; 2 write x'],
  ['a failed compare-and-swap publishes nothing', '1 go 2; 1 write x; 1 rmw a; 2 casfail a; 2 write x', '1 go 2; 1 write x; 1 casfail a; 2 rmw a; 2 write x'],
  ['a load publishes nothing', '1 go 2; 1 load a; 2 load a; 2 write x', '1 go 2; 1 write x; 1 load a; 2 rmw a; 2 write x'],
  ['atomic against plain', '1 go 2; 1 store x; 2 rmw x; 1 load x', '1 go 2; 1 store x; 2 write x'],
  ['plain read against atomic store', '1 go 2; 1 read x; 2 load x', '1 go 2; 1 read x; 2 store x', 'race.read-write'],
  ['timer to its goroutine', '1 write x; 1 timer t; 0 fire t 3; 0 go 3; 3 write x', '1 timer t; 1 write x; 0 fire t 3; 0 go 3; 3 write x'],
  ['timer, goroutine made first', '1 write x; 1 timer t; 0 go 3; 0 fire t 3; 3 write x', '1 timer t; 1 write x; 0 go 3; 0 fire t 3; 3 write x'],
  ['a timer started anew fires what its last start knows', '1 go 2; 2 write x; 2 timer t; 1 timer u; 0 fire t 3; 0 go 3; 3 write x', '1 go 2; 2 write x; 2 timer t; 1 timer t; 0 fire t 3; 0 go 3; 3 write x'],
  ['timer to its channel', '1 make c 1; 1 go 2; 1 write x; 1 timer t; 0 fire t; 0 send c; 2 recv c; 2 write x', '1 make c 1; 1 go 2; 1 timer t; 1 write x; 0 fire t; 0 send c; 2 recv c; 2 write x'],
  ['two readers', '1 go 2; 1 read x; 2 read x', '1 go 2; 1 go 3; 1 read x; 2 read x; 3 write x', 'race.read-write'],
  ['parts of a value', '1 go 2; 1 write x*3; 2 write y', '1 go 2; 1 write x*3; 2 read x', 'race.read-write'],
]; // prettier-ignore

suite('detect: the memory model, edge by edge', () => {
  for (const [name, ordered, unordered, code = 'race.write-write'] of EDGES) {
    test(`${name}: silent when ordered`, () => assert.deepEqual(codes(ordered), []));
    test(`${name}: reported when not`, () => assert.deepEqual(codes(unordered), [code]));
  }
});

suite('detect: what a race names', () => {
  test('both places, the goroutines, and the last thing both agree on', () => {
    const [race] = detect('1 write z; 1 go 2; 1 go 3; 2 write x; 3 write x');
    const sites = race!.sites.map(({ role, g, pc, op }) => `${role} g${g} @${pc / 4} ${op}`);
    assert.deepEqual(sites, ['access g3 @4 write', 'previous-access g2 @3 write', 'last-common g1 @1 go', 'created-at g3 @2 go', 'created-at g2 @1 go']); // prettier-ignore
  });

  test('the last common point is what the earlier access knew then, not later', () => {
    const [race] = detect('1 go 2; 2 write x; 1 lock m; 1 unlock m; 2 lock m; 1 write x');
    const common = race!.sites.find((site) => site.role === 'last-common')!;
    assert.deepEqual([common.op, common.event], ['go', 0]);
  });

  test('the clocks of both, by goroutine, and which of them decides', () => {
    const [race] = detect('1 go 2; 1 go 3; 2 lock m; 2 unlock m; 2 write x; 3 lock m; 3 write x');
    assert.deepEqual(race!.clocks, { goroutines: [1, 2, 3], previous: [1, 2, 0], access: [2, 1, 1], deciding: 2 });
  });

  test('a lock that both have seen comes after the go statement', () => {
    const [race] = detect('1 go 2; 1 go 3; 1 lock m; 1 unlock m; 2 lock m; 2 unlock m; 3 lock m; 2 write x; 3 write x');
    const common = race!.sites.find((site) => site.role === 'last-common')!;
    assert.deepEqual([common.op, common.event, common.g], ['Unlock', 5, 2]);
  });

  test('each variable once, the first race of it', () => {
    const races = detect('1 go 2; 1 write x; 2 write x; 1 write x; 2 read y; 1 write y');
    assert.deepEqual(races.map((race) => [race.code, race.sites[0]!.event]), [['race.write-write', 2], ['race.read-write', 5]]); // prettier-ignore
  });

  test('shared slots are those that several used, one of them writing', () => {
    const run = new Run('1 go 2; 1 write x; 2 read x; 1 read y; 2 read y; 1 write z; 1 write z; 2 read w; 1 write w');
    const detector = new FastTrack();
    feed(detector, run.steps);
    assert.deepEqual(detector.sharedSlots(), [run.names.address('x'), run.names.address('w')]);
  });
});

suite('detect: many goroutines', () => {
  test('a clock slot is used again only by a goroutine that comes after', () => {
    const joined = (n: number): string =>
      Array.from(
        { length: n },
        (_, i) => `1 go ${i + 2}; ${i + 2} write x; ${i + 2} send c; ${i + 2} end; 1 recv c`,
      ).join(';');
    assert.deepEqual(codes(`1 make c 1; ${joined(50)}; 1 write x`), []);
    assert.deepEqual(codes('1 go 2; 2 write x; 2 end; 1 go 3; 3 write x'), ['race.write-write']);
    const order = new Order();
    tell([{ observe: (log, i) => order.observe(log, i) }], new Run(`1 make c 1; ${joined(50)}`).steps);
    assert.equal(order.strands.slots, 2);
  });

  test('nothing is searched for what was done by one created since the creator learned last', () => {
    const order = new Order();
    const crowd = Array.from(
      { length: 20 },
      (_, i) => `1 go ${i + 3}; ${i + 3} lock m; ${i + 3} unlock m; ${i + 3} end`,
    );
    const steps = new Run(`1 make c 1; 1 go 2; 2 send c; 1 recv c; ${crowd.join(';')}`).steps;
    tell([{ observe: (log, i) => order.observe(log, i) }], steps);
    assert.deepEqual([order.strands.slots, order.search.steps], [22, 0]);
  });

  test('a goroutine that has learned from one whose slot it has later knows what that one knew from others', () => {
    const late = '1 write x; 1 go 2; 2 go 3; 2 end; 3 go 4; 4 go 5; 5 write x';
    assert.deepEqual(codes(late), []);
  });

  test('there may be any number at once', () => {
    const detector = new FastTrack();
    const count = 100_000;
    const steps = new Run(Array.from({ length: count }, (_, i) => `1 go ${i + 2}`).join(';')).steps;
    assert.deepEqual(feed(detector, [...steps, ...new Run(`${count} write x; ${count + 1} write x`).steps]).length, 1);
    assert.equal(detector.gaveUp, false);
  });
});

// ---- law: the verdict of each variable equals that of an oracle that keeps the whole clock of every access

interface Access {
  readonly g: string;
  readonly write: boolean;
  /** Number of the line. */
  readonly at: number;
}

/** Variables with a race, by reachability over explicit edges between the lines of a run of go, accesses, mutexes and channels. */
function oracle(lines: readonly string[]): Set<string> {
  const before: Set<number>[] = [];
  const last = new Map<string, number>();
  const events = new Map<string, number[]>();
  const accesses = new Map<string, Access[]>();
  const racy = new Set<string>();
  const list = (name: string): number[] => events.get(name) ?? events.set(name, []).get(name)!;
  /** What precedes a point: the whole of what an earlier line knew before it acquired anything, and the line itself. */
  const knownAtStart: Set<number>[] = [];
  lines.forEach((line, i) => {
    const [g, verb, object] = line.split(' ') as [string, string, string];
    const mine = new Set<number>();
    const previous = last.get(g);
    if (previous !== undefined) for (const j of before[previous]!.values()) mine.add(j);
    if (previous !== undefined) mine.add(previous);
    knownAtStart[i] = new Set(mine);
    const learn = (from: number | undefined): void => {
      if (from === undefined) return;
      for (const j of knownAtStart[from]!) mine.add(j);
      mine.add(from);
    };
    if (verb === 'lock') for (const j of list(`unlock ${object}`)) learn(j);
    if (verb === 'unlock') list(`unlock ${object}`).push(i);
    if (verb === 'send') {
      list(`send ${object}`).push(i);
      learn(list(`recv ${object}`)[list(`send ${object}`).length - 1 - 2]);
    }
    if (verb === 'recv') {
      list(`recv ${object}`).push(i);
      learn(list(`send ${object}`)[list(`recv ${object}`).length - 1]);
    }
    before[i] = mine;
    last.set(g, i);
    if (verb === 'go') {
      last.set(object, i);
      before[i] = mine;
    }
    if (verb !== 'read' && verb !== 'write') return;
    const access: Access = { g, write: verb === 'write', at: i };
    for (const earlier of accesses.get(object) ?? []) {
      if ((earlier.write || access.write) && earlier.g !== access.g && !mine.has(earlier.at)) racy.add(object);
    }
    accesses.set(object, [...(accesses.get(object) ?? []), access]);
  });
  return racy;
}

/** A random possible run of four goroutines, two mutexes, a channel of capacity two and three variables. */
function scenario(choices: readonly (readonly [number, number, number])[]): string[] {
  const lines = ['1 go 2', '1 go 3', '1 go 4'];
  const holder = new Map<string, number>();
  let queued = 0;
  for (const [who, what, which] of choices) {
    const g = (who % 4) + 1;
    const m = `m${which % 2}`;
    const x = `x${which % 3}`;
    if (what < 3) lines.push(`${g} write ${x}`);
    else if (what < 7) lines.push(`${g} read ${x}`);
    else if (what === 7 && !holder.has(m)) {
      lines.push(`${g} lock ${m}`);
      holder.set(m, g);
    } else if (what <= 8 && holder.get(m) === g) {
      lines.push(`${g} unlock ${m}`);
      holder.delete(m);
    } else if (what === 9 && queued < 2) {
      lines.push(`${g} send c`);
      queued++;
    } else if (what === 10 && queued > 0) {
      lines.push(`${g} recv c`);
      queued--;
    }
  }
  return lines;
}

suite('detect: law', () => {
  test('a variable is reported exactly if the oracle finds two unordered conflicting accesses', () => {
    const choice = fc.tuple(fc.nat(3), fc.nat(10), fc.nat(5));
    let racy = 0;
    let clean = 0;
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 60 }), (choices) => {
        const lines = scenario(choices);
        const run = new Run(['1 make c 2', ...lines].join('\n'));
        const found = new Set(feed(new FastTrack(), run.steps).map((finding) => finding.object));
        const expected = oracle(lines);
        for (const x of ['x0', 'x1', 'x2']) {
          assert.equal(found.has(run.names.address(x)), expected.has(x), `${x} in\n${lines.join('\n')}`);
          if (expected.has(x)) racy++;
          else clean++;
        }
      }),
      { numRuns: 2000 },
    );
    assert.ok(racy > 300 && clean > 300, `${racy} racy, ${clean} clean`);
  });
});
