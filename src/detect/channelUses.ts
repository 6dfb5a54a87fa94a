/**
 * This file keeps which goroutine used which channel first when: a row for each pair, in the order of the events. The rows of one goroutine are a list; only of
 * one that has used many channels are they in a table besides.
 */
import { Column } from '../base/column';
import { IdTable } from '../base/idTable';
import { IntTable } from '../base/intTable';
import type { Share } from '../base/ledger';

/** Of a channel: its two latest users, who stand apart because most operations are theirs, and the one that was started last, since one that was started after it is new. */
const LATEST = 0;
const BEFORE = 1;
const YOUNGEST = 2;

/** Channels whose two latest users are kept at hand as well, a power of two; words of each: the channel, and the two. */
const AT_HAND = 64;
const CHANNEL = 0;
const ONE = 1;
const OTHER = 2;
const AT_HAND_SHIFT = 2;

/** Of a goroutine: its latest use. */
const LAST = 0;

/** Uses of a goroutine up to which its list is looked through. */
const FEW = 4;

export class ChannelUses {
  private readonly users: IntTable;
  /** By goroutine that has used a channel. */
  private readonly lists: IdTable;
  /** The uses of goroutines with more than {@link FEW}, as pairs of channel and goroutine. */
  private readonly ofBusy: IntTable;
  readonly channel: Column;
  /** By use: the next one of the same goroutine; of its latest the first. */
  private readonly nexts: Column;
  private readonly atHand = new Int32Array(AT_HAND << AT_HAND_SHIFT);

  constructor(share: Share) {
    this.users = new IntTable(3, 1, share);
    this.lists = new IdTable(1, share);
    this.ofBusy = new IntTable(0, 2, share);
    this.channel = new Column(share);
    this.nexts = new Column(share);
  }

  /** A place between two rows: of all that comes later, the rows are at it or after it. */
  get next(): number {
    return this.channel.length;
  }

  /** The first use of a goroutine; -1: it has used none. */
  first(g: number): number {
    const at = this.lists.find(g);
    return at < 0 ? -1 : this.nexts.at(this.lists.words[at + LAST]!);
  }

  /** The next use of the same goroutine; -1: there is none. */
  after(use: number): number {
    const next = this.nexts.at(use);
    return next > use ? next : -1;
  }

  /** @throws OutOfMemory */
  note(channel: number, g: number): void {
    const { atHand } = this;
    const near = ((channel ^ (channel >> 6)) & (AT_HAND - 1)) << AT_HAND_SHIFT;
    if (atHand[near + CHANNEL] === channel && (atHand[near + ONE] === g || atHand[near + OTHER] === g)) return;
    // A select waits for no one channel, and a timer, which is no goroutine, has its own.
    if (channel === 0 || g === 0) return;
    this.look(channel, g);
    const at = this.users.find(channel);
    atHand[near + CHANNEL] = channel;
    atHand[near + ONE] = this.users.words[at + LATEST]!;
    atHand[near + OTHER] = this.users.words[at + BEFORE]!;
  }

  /** Notes what is not at hand. */
  private look(channel: number, g: number): void {
    const at = this.users.put(channel);
    const { words } = this.users;
    const [latest, before] = [words[at + LATEST]!, words[at + BEFORE]!];
    if (latest === g || before === g) return;
    words[at + LATEST] = g;
    words[at + BEFORE] = latest;
    if (g > words[at + YOUNGEST]!) words[at + YOUNGEST] = g;
    else if (this.has(channel, g)) return;
    this.add(channel, g);
  }

  private has(channel: number, g: number): boolean {
    if (this.isBusy(g)) return this.ofBusy.find(channel, g) >= 0;
    for (let use = this.first(g); use >= 0; use = this.after(use)) if (this.channel.at(use) === channel) return true;
    return false;
  }

  /** Whether a goroutine has more uses than {@link FEW}. */
  private isBusy(g: number): boolean {
    let use = this.first(g);
    for (let i = 0; i < FEW && use >= 0; i++) use = this.after(use);
    return use >= 0;
  }

  private add(channel: number, g: number): void {
    const wasBusy = this.isBusy(g);
    const first = this.first(g);
    const use = this.channel.add(channel);
    this.nexts.add(first < 0 ? use : first);
    const at = this.lists.put(g) + LAST;
    if (first >= 0) this.nexts.set(this.lists.words[at]!, use);
    this.lists.words[at] = use;
    if (wasBusy) this.ofBusy.put(channel, g);
    else if (this.isBusy(g)) {
      for (let of = this.first(g); of >= 0; of = this.after(of)) this.ofBusy.put(this.channel.at(of), g);
    }
  }
}
