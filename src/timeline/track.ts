/** This file defines the tracks of a timeline as it holds them: a public face, and the spans behind it. */
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

/** Owners below this are found without a map. */
const SMALL = 1024;

/** The spans of all owners of one role, while they are being collected. Owners are any numbers. */
export class RoleSpans {
  readonly spans = new SpanCollector();
  private readonly owners = new Map<number, number>();
  /** Dense number plus one of each small owner, so that most rows need no map; 0: none yet. */
  private readonly small = new Int32Array(SMALL);

  constructor(readonly role: TrackRole) {}

  begin(owner: number, row: number, code: number): void {
    this.spans.begin(this.dense(owner), row, code);
  }

  end(owner: number, row: number): void {
    this.spans.end(this.dense(owner), row);
  }

  /** Sets a level: no span while it is 0, no new span while it stays. */
  level(owner: number, row: number, level: number): void {
    const key = this.dense(owner);
    if (level === (this.spans.openCode(key) ?? 0)) return;
    if (level <= 0) this.spans.end(key, row);
    else this.spans.begin(key, row, level);
  }

  openCode(owner: number): number | undefined {
    return this.spans.openCode(this.dense(owner));
  }

  openRow(owner: number): number | undefined {
    return this.spans.openRow(this.dense(owner));
  }

  recode(owner: number, code: number): void {
    this.spans.recode(this.dense(owner), code);
  }

  /** The finished tracks by owner, numbered from `firstId` on. */
  finish(clock: TraceClock, firstId: number): Map<number, StoredTrack> {
    const { store, runs } = this.spans.finish(clock, MEASURES[this.role], this.owners.size);
    const tracks = new Map<number, StoredTrack>();
    for (const [owner, key] of this.owners) {
      const run = runs[key]!;
      const peak = MEASURES[this.role].kind === 'level' ? { peak: highest(store, run) } : {};
      const slot = this.role === 'slot' ? { slot: owner % MOST_SLOTS } : {};
      tracks.set(owner, {
        id: firstId + key,
        role: this.role,
        length: run.to - run.from,
        store,
        run,
        owner,
        ...peak,
        ...slot,
      });
    }
    return tracks;
  }

  private dense(owner: number): number {
    const known = owner >= 0 && owner < SMALL ? this.small[owner]! : 0;
    return known > 0 ? known - 1 : this.lookUp(owner);
  }

  private lookUp(owner: number): number {
    let key = this.owners.get(owner);
    if (key === undefined) this.owners.set(owner, (key = this.owners.size));
    if (owner >= 0 && owner < SMALL) this.small[owner] = key + 1;
    return key;
  }
}

function highest(store: SpanStore, run: Run): number {
  let peak = 0;
  for (let i = run.from; i < run.to; i++) peak = Math.max(peak, store.code[i]!);
  return peak;
}
