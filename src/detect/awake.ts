/**
 * This file finds who can still be woken when main has ended: a worklist. Who is awake reaches the channels that it, or its ancestors before they started the
 * next of the line, had used, and the locks it holds; who waits for one of them becomes awake. Every use of a channel, every birth and every
 * waiter is looked at once: of the uses of a goroutine, which stand in the order of time, those before some birth are a prefix, and how long a prefix has been
 * reached is remembered.
 */
import { Column } from '../base/column';
import { IdTable } from '../base/idTable';
import { IntTable } from '../base/intTable';
import type { StepColumn } from '../base/stepColumn';
import type { Interrupt } from '../base/interrupt';
import type { Survivors } from '../event/survivors';
import { Wait } from '../event/wait';
import type { ChannelUses } from './channelUses';
import type { Holdings } from './holdings';

export const CHANNEL_WAITS = new Set<number>([Wait.chanSend, Wait.chanReceive, Wait.select]);
const LOCK_WAITS = new Set<number>([Wait.mutexLock, Wait.rwMutexLock, Wait.rwMutexRLock]);
const ETERNAL = new Set<number>([Wait.chanSendNil, Wait.chanReceiveNil, Wait.selectNoCases]);

/** In units of an interrupt: of one goroutine, of one use of a channel. */
const WORK_OF_A_GOROUTINE = 100;
const WORK_OF_A_USE = 20;

/** How goroutines came to be, by id. */
export interface Births {
  readonly process: StepColumn;
  readonly creator: StepColumn;
  /** How many uses of channels there had been (ChannelUses.next). */
  readonly uses: Column;
}

/** Lists of integers by key. */
class Lists {
  /** By key: the first of its list. */
  private readonly heads = new IntTable(1);
  private readonly items = new Column();
  /** By item: the next of its list; -1: none. */
  private readonly nexts = new Column();

  add(key: number, item: number): void {
    const at = this.heads.put(key);
    const head = this.heads.words[at]!;
    this.items.add(item);
    this.nexts.add(head - 1);
    this.heads.words[at] = this.items.length;
  }

  forEach(key: number, tell: (item: number) => void): void {
    const at = this.heads.find(key);
    if (at < 0) return;
    for (let i = this.heads.words[at]! - 1; i >= 0; i = this.nexts.at(i)) tell(this.items.at(i));
  }

  /** Tells all of a list and forgets it. */
  drain(key: number, tell: (item: number) => void): void {
    this.forEach(key, tell);
    this.heads.remove(key);
  }

  forEachKey(tell: (key: number) => void): void {
    this.heads.forEach((_, key) => tell(key));
  }
}

/** Of a goroutine: whether it is awake; how many uses of channels, by anybody, there had been when its own were asked for the last time, and one more. */
const AWAKE = 0;
const ASKED = 1;
/** Once it was asked: the next of its uses that has not been reached; -1: none. */
const NEXT_USE = 2;

export class Awake {
  private readonly goroutines = new IdTable(3);
  private readonly queue = new Column();
  /** Who waits: for a channel, for a lock, for anybody at all. */
  private readonly byChannel = new Lists();
  private readonly byLock = new Lists();
  private byAnybody = new Column();
  /** By goroutine: the locks it holds for which somebody waits. */
  private readonly holds = new Lists();
  private readonly wake = (g: number): void => this.begin(g);

  /** `asleep`: those in question, as rows of the survivors. */
  constructor(
    private readonly survivors: Survivors,
    asleep: Int32Array,
    private readonly uses: ChannelUses,
    private readonly births: Births,
    holdings: Holdings,
    private readonly interrupt: Interrupt,
  ) {
    for (const row of asleep) {
      interrupt.worked(WORK_OF_A_USE);
      this.addWaiter(row);
    }
    this.byLock.forEachKey((lock) => {
      interrupt.worked(WORK_OF_A_USE);
      for (let g = holdings.holder(lock); g !== 0; g = holdings.nextHolder(lock, g)) this.holds.add(g, lock);
    });
  }

  has(g: number): boolean {
    const at = this.goroutines.find(g);
    return at >= 0 && this.goroutines.words[at + AWAKE] === 1;
  }

  /** Says that a goroutine is awake. */
  begin(g: number): void {
    const at = this.goroutines.put(g) + AWAKE;
    if (this.goroutines.words[at] === 1) return;
    this.goroutines.words[at] = 1;
    this.queue.add(g);
  }

  /** Wakes all that can be woken. @throws Interrupted */
  spread(): void {
    for (let i = 0; i < this.queue.length; i++) {
      const g = this.queue.at(i);
      this.interrupt.worked(WORK_OF_A_GOROUTINE);
      for (let k = 0; k < this.byAnybody.length; k++) this.begin(this.byAnybody.at(k));
      this.byAnybody.length = 0;
      this.holds.forEach(g, (lock) => this.byLock.drain(lock, this.wake));
      this.reach(g);
    }
  }

  private addWaiter(row: number): void {
    const { survivors } = this;
    const [g, wait] = [survivors.g(row), survivors.wait(row)];
    this.interrupt.worked(WORK_OF_A_GOROUTINE);
    if (ETERNAL.has(wait)) return;
    if (LOCK_WAITS.has(wait)) return this.byLock.add(survivors.object(row), g);
    const channels = CHANNEL_WAITS.has(wait) ? survivors.channels(row) : undefined;
    if (!channels) this.byAnybody.add(g);
    else for (let i = 0; i < channels.length; i++) if (channels[i] !== 0) this.byChannel.add(channels[i]!, g);
  }

  /** Wakes those at the channels that a goroutine may know: its own, and those of its ancestors, as far as they have not been reached. */
  private reach(g: number): void {
    let before = this.uses.next;
    for (let ancestor = g; ancestor !== 0; ancestor = this.births.creator.at(ancestor)) {
      this.interrupt.worked(WORK_OF_A_USE);
      const at = this.goroutines.put(ancestor);
      const { words } = this.goroutines;
      const asked = words[at + ASKED]!;
      if (asked > before) return;
      if (asked === 0) words[at + NEXT_USE] = this.uses.first(ancestor);
      words[at + ASKED] = before + 1;
      const reached = words[at + NEXT_USE]!;
      // Who is woken asks for other goroutines: what will have been reached is noted first.
      words[at + NEXT_USE] = this.firstFrom(reached, before);
      this.reachUntil(reached, before);
      // Its own ancestors have been asked up to its birth, which does not change.
      if (asked !== 0) return;
      before = this.births.uses.at(ancestor);
    }
  }

  /** Of a use and those after it, of the same goroutine, the first that is not before a moment; -1: none. */
  private firstFrom(use: number, before: number): number {
    while (use >= 0 && use < before) use = this.uses.after(use);
    return use;
  }

  private reachUntil(use: number, before: number): void {
    for (; use >= 0 && use < before; use = this.uses.after(use)) {
      this.interrupt.worked(WORK_OF_A_USE);
      this.byChannel.drain(this.uses.channel.at(use), this.wake);
    }
  }
}
