/** This file tests who can still be woken when main has ended, against a search that knows only the definition. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Column } from '../../src/base/column';
import { StepColumn } from '../../src/base/stepColumn';
import { Interrupt } from '../../src/base/interrupt';
import { Ledger } from '../../src/base/ledger';
import { Awake } from '../../src/detect/awake';
import { ChannelUses } from '../../src/detect/channelUses';
import { Holdings } from '../../src/detect/holdings';
import { type Survivor, Survivors } from '../../src/event/survivors';
import { Wait, type WaitName } from '../../src/event/wait';
import { Run, tell } from './notation';

/** Something that a goroutine, one of those there are by then, does to one of four objects. */
type Step = readonly [who: number, what: 'go' | 'use' | 'lock' | 'unlock' | 'rlock' | 'runlock', object: number];

const WAITS = ['chanSend', 'chanReceive', 'select', 'mutexLock', 'rwMutexLock', 'rwMutexRLock', 'condWait', 'waitGroupWait', 'chanSendNil', 'selectNoCases'] as const satisfies readonly WaitName[]; // prettier-ignore
const runs = fc.record({
  steps: fc.array(
    fc.tuple(fc.nat(7), fc.constantFrom('go', 'go', 'use', 'use', 'lock', 'unlock', 'rlock', 'runlock'), fc.nat(3)),
    { maxLength: 40 },
  ),
  /** How each goroutine stands at the end: it runs, or waits so, for these. */
  ends: fc.array(fc.tuple(fc.constantFrom(undefined, ...WAITS), fc.uniqueArray(fc.nat(3), { maxLength: 3 })), {
    minLength: 9,
    maxLength: 9,
  }),
});

const CHANNEL = 50;
const isChannelWait = (wait: WaitName): boolean => ['chanSend', 'chanReceive', 'select'].includes(wait);

/** What happened: births in order (goroutine 1 is main), and each use and lock with its time. */
class Story {
  readonly creator = [0, 0];
  readonly born = [0, 0];
  readonly uses: { readonly g: number; readonly channel: number; readonly time: number }[] = [];
  readonly source: string[] = [];
  readonly column = { process: new StepColumn(), creator: new StepColumn(), uses: new Column() };
  readonly channelUses = new ChannelUses(new Ledger().share('waits'));

  constructor(steps: readonly Step[]) {
    steps.forEach(([seed, what, object], time) => {
      const g = 1 + (seed % (this.creator.length - 1));
      if (what === 'go') this.go(g, time);
      else if (what === 'use') this.use(g, CHANNEL + object, time);
      else this.source.push(`${g} ${what} m${object}`);
    });
  }

  get goroutines(): number[] {
    return this.creator.slice(1).map((_, i) => i + 1);
  }

  private go(creator: number, time: number): void {
    if (this.creator.length > 8) return;
    const g = this.creator.push(creator) - 1;
    this.born[g] = time;
    this.column.creator.set(g, creator);
    this.column.uses.set(g, this.channelUses.next);
  }

  private use(g: number, channel: number, time: number): void {
    this.uses.push({ g, channel, time });
    this.channelUses.note(channel, g);
  }

  /** The channels that a goroutine, or an ancestor of its before it started the next of the line, had used. */
  known(g: number): Set<number> {
    const known = new Set<number>();
    for (let [one, before] = [g, Infinity]; one !== 0; before = this.born[one]!, one = this.creator[one]!) {
      for (const use of this.uses) if (use.g === one && use.time < before) known.add(use.channel);
    }
    return known;
  }
}

/** Who holds what, by playing the locks one by one; a read lock that another gives back is the oldest. */
function holdersOf(source: readonly string[]): Map<string, number[]> {
  const writers = new Map<string, number>();
  const readers = new Map<string, number[]>();
  for (const step of source) {
    const [who, what, lock] = step.split(' ') as [string, string, string];
    const reading = readers.get(lock) ?? [];
    if (what === 'lock') writers.set(lock, Number(who));
    else if (what === 'unlock') writers.delete(lock);
    else if (what === 'rlock') readers.set(lock, [...reading, Number(who)]);
    else if (reading.length > 0) {
      // Times of one goroutine count from its first: the last one of it goes.
      const whose = reading.includes(Number(who)) ? Number(who) : reading[0]!;
      reading.splice(reading.lastIndexOf(whose), 1);
    }
  }
  const locks = new Set([...writers.keys(), ...readers.keys()]);
  return new Map([...locks].map((lock) => [lock, writers.has(lock) ? [writers.get(lock)!] : readers.get(lock)!]));
}

/** One that waits, in terms of the test. */
interface Waiter {
  readonly g: number;
  readonly wait: WaitName;
  readonly channels: readonly number[];
  readonly lock: string;
}

/** The definition: whoever is awake wakes all that wait for what it may reach, until nobody is left to be woken. */
function awakeBySearch(story: Story, running: readonly number[], waiters: readonly Waiter[]): Set<number> {
  const holders = holdersOf(story.source);
  const awake = new Set(running);
  const wakes = (g: number, { wait, channels, lock }: Waiter): boolean => {
    if (wait === 'chanSendNil' || wait === 'selectNoCases') return false;
    if (isChannelWait(wait)) return channels.some((channel) => story.known(g).has(channel));
    return /utexR?Lock/.test(wait) ? (holders.get(lock) ?? []).includes(g) : true;
  };
  for (let size = -1; size !== awake.size;) {
    size = awake.size;
    for (const waiter of waiters) if ([...awake].some((g) => wakes(g, waiter))) awake.add(waiter.g);
  }
  return awake;
}

suite('detect: who can be woken', () => {
  test('those whom the definition says, whatever happened and whoever waits', () => {
    fc.assert(
      fc.property(runs, ({ steps, ends }) => {
        const story = new Story(steps);
        const waiters: Waiter[] = story.goroutines.flatMap((g) => {
          const [wait, objects] = ends[g - 1]!;
          if (wait === undefined) return [];
          const channels = (wait === 'select' ? objects : [objects[0] ?? 0]).map((object) => CHANNEL + object);
          return [{ g, wait, channels, lock: `m${objects[0] ?? 0}` }];
        });
        const running = story.goroutines.filter((g) => !waiters.some((waiter) => waiter.g === g));
        const run = new Run(story.source.join(';'));
        const holdings = new Holdings();
        tell([holdings], run.steps);
        const survivors = Survivors.of(
          waiters.map(({ g, wait, channels, lock }): Survivor => {
            const object = isChannelWait(wait) ? (channels.length === 1 ? channels[0]! : 0) : run.names.address(lock);
            return { g, state: 'blocked', wait: Wait[wait], object, pc: 0, channels: isChannelWait(wait) ? channels : [] }; // prettier-ignore
          }),
        );
        const rows = Int32Array.from(waiters.keys());
        const awake = new Awake(survivors, rows, story.channelUses, story.column, holdings, Interrupt.never);
        for (const g of running) awake.begin(g);
        awake.spread();
        const expected = awakeBySearch(story, running, waiters);
        assert.deepEqual(story.goroutines.filter((g) => awake.has(g)), [...expected].sort()); // prettier-ignore
      }),
      { numRuns: 2000 },
    );
  });
});
