/** This file defines the tracks of a timeline as it holds them: a public face, and the spans behind it. */
import { Column } from '../base/column';
import type { TraceClock } from './clock';
import type { Track, TrackRole } from './model';
import { STATES, THREAD_STATES } from './model';
import { SpanCollector } from './spans';
import type { Measure, Run, SpanStore } from './spans';

/** Channels with more slots than this show their length only. */
export const MOST_SLOTS = 8;

/** Owner of one slot of a channel, among the 'slot' tracks. */
export const slotKey = (channel: number, slot: number): number => channel * MOST_SLOTS + slot;

/** A track with what it stands on. Callers get it as a {@link Track} and hand it back. */
export interface StoredTrack extends Track {
  readonly store: SpanStore;
  readonly run: Run;
  /** Goroutine, object, core, thread or P that the track belongs to. */
  readonly owner: number;
}

const LEVEL: Measure = { kind: 'level' };
const ANY: Measure = { kind: 'any' };

/** How narrow spans of each role are merged. */
const MEASURES: Readonly<Record<TrackRole, Measure>> = {
  states: { kind: 'codes', codes: STATES.length },
  cores: ANY,
  slot: ANY,
  length: LEVEL,
  senders: LEVEL,
  receivers: LEVEL,
  holders: ANY,
  waiters: LEVEL,
  values: ANY,
  busy: { kind: 'codes', codes: 1 },
  threads: ANY,
  pending: ANY,
  goroutines: ANY,
  thread: { kind: 'codes', codes: THREAD_STATES.length },
};

/** An owner is found without a map when it is at most so many times as large as the number of owners: goroutines are, addresses of objects are not. */
const DENSE = 4;
/** … or below this. */
const SMALL = 1024;

/** Numbers owners, which are any numbers, in the order in which they are met: from 0. */
class Owners {
  readonly list = new Column();
  /** Number of an owner plus one, by owner; 0: none, or it is in the map. */
  private near = new Int32Array(SMALL);
  private readonly far = new Map<number, number>();

  /** The number of an owner, who gets one unless it has one. */
  number(owner: number): number {
    const known = this.find(owner);
    if (known >= 0) return known;
    const number = this.list.add(owner);
    if (owner < 0 || owner >= Math.max(SMALL, DENSE * number)) this.far.set(owner, number);
    else {
      if (owner >= this.near.length) this.widen(owner);
      this.near[owner] = number + 1;
    }
    return number;
  }

  /** -1: it has none. */
  find(owner: number): number {
    const near = owner >= 0 && owner < this.near.length ? this.near[owner]! : 0;
    if (near > 0) return near - 1;
    return this.far.size === 0 ? -1 : (this.far.get(owner) ?? -1);
  }

  private widen(owner: number): void {
    const wider = new Int32Array(owner * 2);
    wider.set(this.near);
    this.near = wider;
  }
}

/** The finished tracks of all owners of one role. Each is made when it is asked for: of a million goroutines few are shown. */
export class RoleTracks {
  private readonly made = new Map<number, StoredTrack>();
  private readonly asked: { readonly store: SpanStore; readonly run: { from: number; to: number } };

  constructor(
    private readonly role: TrackRole,
    private readonly owners: Owners,
    private readonly store: SpanStore,
    /** By number of an owner: where its spans begin; then the end of the last. */
    private readonly starts: Int32Array,
    private readonly firstId: number,
  ) {
    this.asked = { store, run: { from: 0, to: 0 } };
  }

  /** How many there are: their ids are the numbers from the first on. */
  get count(): number {
    return this.owners.list.length;
  }

  get(owner: number): StoredTrack | undefined {
    const number = this.owners.find(owner);
    return number < 0 ? undefined : this.numbered(number);
  }

  /** The track with an id; undefined: it is of another role. */
  byId(id: number): StoredTrack | undefined {
    const number = id - this.firstId;
    return number >= 0 && number < this.count ? this.numbered(number) : undefined;
  }

  /** All owners, in the order in which they were met. */
  *keys(): Iterable<number> {
    for (let number = 0; number < this.count; number++) yield this.owners.list.at(number);
  }

  /** Tells the spans of every owner, without making its track. The run that is told is written over. */
  forEachRun(tell: (owner: number, store: SpanStore, run: Run) => void): void {
    const run = { from: 0, to: 0 };
    for (let number = 0; number < this.count; number++) {
      run.from = this.starts[number]!;
      run.to = this.starts[number + 1]!;
      tell(this.owners.list.at(number), this.store, run);
    }
  }

  /**
   * The same of at most about `most` owners, chosen evenly but in no rhythm that owners could have (multiples of the golden ratio, Knuth 3, 6.4);
   * @returns for how many each of them stands.
   */
  forEachOfSome(most: number, tell: (store: SpanStore, run: Run) => void): number {
    const share = most / this.count;
    let told = 0;
    let number = 0;
    this.forEachRun((_, store, run) => {
      if (share < 1 && Math.imul(number++, 0x9e3779b1) >>> 0 >= share * 2 ** 32) return;
      told++;
      tell(store, run);
    });
    return told === 0 ? 1 : this.count / told;
  }

  /** The spans of an owner, none of one that has none. The run is written over by the next question. */
  spans(owner: number): { readonly store: SpanStore; readonly run: Run } {
    const number = this.owners.find(owner);
    this.asked.run.from = number < 0 ? 0 : this.starts[number]!;
    this.asked.run.to = number < 0 ? 0 : this.starts[number + 1]!;
    return this.asked;
  }

  private numbered(number: number): StoredTrack {
    let track = this.made.get(number);
    if (!track) this.made.set(number, (track = this.make(number)));
    return track;
  }

  private make(number: number): StoredTrack {
    const { role, store, starts } = this;
    const owner = this.owners.list.at(number);
    const run = { from: starts[number]!, to: starts[number + 1]! };
    const peak = MEASURES[role].kind === 'level' ? { peak: highest(store, run) } : {};
    const slot = role === 'slot' ? { slot: owner % MOST_SLOTS } : {};
    return { id: this.firstId + number, role, length: run.to - run.from, store, run, owner, ...peak, ...slot };
  }
}

/** The spans of all owners of one role, while they are being collected. */
export class RoleSpans {
  readonly spans = new SpanCollector();
  private readonly owners = new Owners();

  constructor(readonly role: TrackRole) {}

  begin(owner: number, row: number, code: number): void {
    this.spans.begin(this.owners.number(owner), row, code);
  }

  end(owner: number, row: number): void {
    this.spans.end(this.owners.number(owner), row);
  }

  /** Sets a level: no span while it is 0, no new span while it stays. */
  level(owner: number, row: number, level: number): void {
    const key = this.owners.number(owner);
    if (level === (this.spans.openCode(key) ?? 0)) return;
    if (level <= 0) this.spans.end(key, row);
    else this.spans.begin(key, row, level);
  }

  /** Ends the span of an owner who has one, unless it began at one of some rows. */
  cut(owner: number, row: number, but: ReadonlySet<number>): void {
    const key = this.owners.find(owner);
    const from = key < 0 ? undefined : this.spans.openRow(key);
    if (from !== undefined && !but.has(from)) this.spans.end(key, row);
  }

  openCode(owner: number): number | undefined {
    return this.spans.openCode(this.owners.number(owner));
  }

  openRow(owner: number): number | undefined {
    return this.spans.openRow(this.owners.number(owner));
  }

  recode(owner: number, code: number): void {
    this.spans.recode(this.owners.number(owner), code);
  }

  /** The finished tracks, numbered from `firstId` on. */
  finish(clock: TraceClock, firstId: number): RoleTracks {
    const { store, starts } = this.spans.finish(clock, MEASURES[this.role], this.owners.list.length);
    return new RoleTracks(this.role, this.owners, store, starts, firstId);
  }
}

function highest(store: SpanStore, run: Run): number {
  let peak = 0;
  for (let i = run.from; i < run.to; i++) peak = Math.max(peak, store.code[i]!);
  return peak;
}
