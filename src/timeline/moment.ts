/** This file answers what the world is like right after a row: channels, locks, variables, queues; and what lanes say of it. */
import { Kind } from '../event/kinds';
import { gapAt, gapsOf, leavesOut, type Gap } from '../trace/gaps';
import { grouped } from '../trace/quantity';
import { countUpTo } from '../trace/rows';
import type { TraceIndex } from '../trace/rows';
import { type Doing, ENDED, NOT_RECORDED, NOT_STARTED } from './doing';
import type { GoroutineFold } from './goroutines';
import type { Axis, CodeCursor, Lane, ObjectState } from './model';
import { STATES, THREAD_STATES } from './model';
import { goroutinesText, type Names } from './names';
import { RunQueues } from './queues';
import type { Run, SpanStore } from './spans';
import type { RoleTracks, StoredTrack } from './track';

/** The tracks that a moment is read from. */
export interface MomentTracks {
  readonly states: RoleTracks;
  readonly lengths: RoleTracks;
  readonly queues: RoleTracks;
  readonly threads: RoleTracks;
  readonly capacities: ReadonlyMap<number, number>;
}

/** Where the cursor stands. */
export interface At {
  readonly axis: Axis;
  readonly x: number;
}

/** Who waits for what at a moment, by object. Built once per moment asked for. */
interface Waiting {
  readonly row: number;
  readonly waiters: ReadonlyMap<number, readonly number[]>;
}

/** Goroutines of a run queue that are named in a line. */
const MOST_NAMED = 40;

export class Moments {
  private readonly inQueues: RunQueues;
  private waiting: Waiting | undefined;
  /** What was said of a fold last: it has many members, and is asked for in every frame. */
  private told: { readonly members: readonly number[]; readonly at: At; readonly text: string } | undefined;

  constructor(
    private readonly names: Names,
    private readonly index: TraceIndex,
    private readonly fold: GoroutineFold,
    private readonly tracks: MomentTracks,
    private readonly doing: Doing,
  ) {
    this.inQueues = new RunQueues(names.trace);
  }

  object(id: number, row: number): ObjectState {
    if (this.isLeftOut(id, row)) return { object: id, level: 0, holders: [], waiters: [], text: NOT_RECORDED };
    const waiters = this.waitersOf(id, row);
    const kind = this.names.objects.get(id)?.kind;
    const level = this.level(id, row);
    const holders = kind === 'mutex' || kind === 'rwmutex' ? this.holders(id, row) : [];
    return {
      object: id,
      level: kind === 'mutex' || kind === 'rwmutex' ? holders.length : level,
      holders,
      waiters,
      text: this.objectText(id, row, level, holders),
    };
  }

  queue(p: number, row: number): ObjectState {
    const level = spanAt(this.tracks.queues.get(p), row)?.code ?? 0;
    const none = { object: 0, holders: [] };
    if (gapAt(this.names.trace, row)) return { ...none, text: NOT_RECORDED, level: 0, waiters: [] };
    const waiters = level === 0 ? [] : this.inQueues.at(p, row).slice(0, level);
    const text = level === 0 ? 'empty' : `${grouped(level)}: ${goroutinesText(waiters, MOST_NAMED, level)}`;
    return { ...none, text, level, waiters };
  }

  /** Holders of a lock, in order of acquisition. */
  holders(id: number, row: number): readonly number[] {
    const { kind, g } = this.names.trace.columns;
    const rows = this.index.rowsOfObject(id);
    const holders: number[] = [];
    const gaps = this.gapsOver(id);
    let next = 0;
    for (let i = 0; i < rows.length && rows[i]! <= row; i++) {
      const at = rows[i]!;
      for (; next < gaps.length && gaps[next]!.row <= at; next++) this.stand(gaps[next]!, id, holders);
      const change = LOCK_CHANGES.get(kind[at]!);
      if (change === 'take') holders.push(g[at]!);
      else if (change === 'give') remove(holders, g[at]!);
    }
    for (; next < gaps.length && gaps[next]!.row <= row; next++) this.stand(gaps[next]!, id, holders);
    return holders;
  }

  /** Of the holders of a lock those stay that hold it throughout a gap. */
  private stand({ standing }: Gap, lock: number, holders: number[]): void {
    const { kind, g, obj } = this.names.trace.columns;
    const held = standing.filter((row) => obj[row] === lock && LOCK_CHANGES.get(kind[row]!) === 'take');
    holders.splice(0, holders.length, ...held.map((row) => g[row]!));
  }

  /** Length of a channel, counter of a WaitGroup. */
  level(id: number, row: number): number {
    if (this.tracks.capacities.has(id)) return spanAt(this.tracks.lengths.get(id), row)?.code ?? 0;
    const { kind, obj, b } = this.names.trace.columns;
    const rows = this.index.rowsOfObject(id);
    const gap = latestBefore(this.gapsOver(id), row);
    for (let i = countUpTo(rows, row) - 1; i >= 0 && rows[i]! >= (gap?.row ?? 0); i--) {
      if (kind[rows[i]!] === Kind.WaitGroupAdd) return b[rows[i]!]!;
    }
    const stands = gap?.standing.find((at) => obj[at] === id && kind[at] === Kind.WaitGroupAdd);
    return stands === undefined ? 0 : b[stands]!;
  }

  /** Gaps in which something happened to an object that was known before. */
  private gapsOver(object: number): readonly Gap[] {
    return gapsOf(this.names.trace).filter((gap) => leavesOut(gap, object));
  }

  /** Whether a row stands in a gap in which something happens to an object, so that its state there is not known. */
  private isLeftOut(object: number, row: number): boolean {
    const gap = gapAt(this.names.trace, row);
    if (!gap) return false;
    const rows = this.index.rowsOfObject(object);
    const told = countUpTo(rows, gap.end - 1) > countUpTo(rows, gap.row);
    return told || leavesOut(gap, object);
  }

  lane(lane: Lane, row: number, at: At): string {
    switch (lane.kind) {
      case 'goroutine':
        return this.doing.at(lane.goroutine ?? 0, at.axis, at.x).text;
      case 'fold':
        return this.foldText(lane.members ?? [], at);
      case 'channel':
      case 'lock':
      case 'variable':
        return this.object(lane.object ?? 0, row).text;
      case 'queue':
        return this.queue(lane.number ?? -1, row).text;
      case 'thread': {
        const at = spanAt(this.tracks.threads.get(lane.number ?? -1), row);
        return at ? THREAD_STATES[at.code]! : '';
      }
      default:
        return '';
    }
  }

  /** @param at where the cursor stands */
  cursors(at: At): readonly CodeCursor[] {
    const cursors: CodeCursor[] = [];
    for (let id = 1; id <= this.index.goroutines; id++) {
      if (this.doing.codeAt(id, at.axis, at.x) < 0) continue;
      const { place } = this.doing.at(id, at.axis, at.x);
      if (place >= 0) cursors.push({ goroutine: id, place });
    }
    return cursors;
  }

  private objectText(id: number, row: number, level: number, holders: readonly number[]): string {
    const kind = this.names.objects.get(id)?.kind;
    switch (kind) {
      case 'channel': {
        const capacity = this.tracks.capacities.get(id) ?? this.names.objects.get(id)?.capacity ?? 0;
        return capacity === 0 ? 'unbuffered' : `${grouped(level)} of ${grouped(capacity)}`;
      }
      case 'mutex':
      case 'rwmutex':
        return holders.length === 0 ? 'free' : `held by ${holders.map((g) => `G${g}`).join(', ')}`;
      case 'waitgroup':
        return `${level} left`;
      case 'variable':
        return this.valueAt(id, row);
      default:
        return '';
    }
  }

  /** Value of a variable: of the last access; before the first, of the first if that reads. */
  private valueAt(id: number, row: number): string {
    const { kind } = this.names.trace.columns;
    const rows = this.index.rowsOfObject(id);
    const count = countUpTo(rows, row);
    const lost = latestBefore(this.gapsOver(id), row);
    if (count > 0) return lost && rows[count - 1]! < lost.row ? '' : this.names.value(rows[count - 1]!);
    const first = rows[0];
    if (gapsOf(this.names.trace).some((gap) => first !== undefined && gap.row < first)) return '';
    return first !== undefined && kind[first] === Kind.Read ? this.names.value(first) : '';
  }

  private waitersOf(id: number, row: number): readonly number[] {
    if (this.waiting?.row !== row) this.waiting = { row, waiters: this.collectWaiters(row) };
    return this.waiting.waiters.get(id) ?? [];
  }

  private collectWaiters(row: number): Map<number, number[]> {
    const { kind, obj } = this.names.trace.columns;
    const since: { g: number; row: number }[] = [];
    this.tracks.states.forEachRun((g, store, run) => {
      const at = openAt(store, run, row);
      const from = at < 0 ? -1 : store.firstRow[at]!;
      const lives = this.fold.lastRow[g]! < 0 || this.fold.lastRow[g]! > row;
      if (lives && from >= 0 && kind[from] === Kind.GoBlock) since.push({ g, row: from });
    });
    const waiters = new Map<number, number[]>();
    for (const { g, row: from } of since.sort((left, right) => left.row - right.row)) {
      const list = waiters.get(obj[from]!);
      if (list) list.push(g);
      else waiters.set(obj[from]!, [g]);
    }
    return waiters;
  }

  private foldText(members: readonly number[], at: At): string {
    if (this.told?.members === members && this.told.at.x === at.x && this.told.at.axis === at.axis)
      return this.told.text;
    const counts = new Map<number, number>();
    // Neighbours mostly do the same.
    let [latest, run] = [NOT_STARTED as number, 0];
    const note = (): unknown => run > 0 && counts.set(latest, (counts.get(latest) ?? 0) + run);
    for (const id of members) {
      const state = this.doing.codeAt(id, at.axis, at.x);
      if (state !== latest) {
        note();
        latest = state;
        run = 0;
      }
      run++;
    }
    note();
    const text = [...counts].map(([state, count]) => `${grouped(count)} ${stateWord(state)}`).join(', ');
    this.told = { members, at, text };
    return text;
  }
}

/** The last gap that begins at or before a row. */
function latestBefore(gaps: readonly Gap[], row: number): Gap | undefined {
  return gaps.filter((gap) => gap.row <= row).pop();
}

function stateWord(state: number): string {
  if (state === NOT_STARTED) return 'not started';
  if (state === ENDED) return 'ended';
  return STATES[state] === 'unrecorded' ? NOT_RECORDED : STATES[state]!;
}

/** What lock events do to the list of holders. */
const LOCK_CHANGES = new Map<number, 'take' | 'give'>([
  [Kind.MutexLock, 'take'],
  [Kind.RWLock, 'take'],
  [Kind.RWRLock, 'take'],
  [Kind.MutexUnlock, 'give'],
  [Kind.RWUnlock, 'give'],
  [Kind.RWRUnlock, 'give'],
]);

/** Takes out the goroutine, or, where another one unlocks, the oldest holder. */
function remove(holders: number[], g: number): void {
  const at = holders.indexOf(g);
  holders.splice(Math.max(at, 0), 1);
}

/** The span of a track that is open right after a row. */
function spanAt(track: StoredTrack | undefined, row: number): { firstRow: number; code: number } | undefined {
  if (!track) return undefined;
  const { store, run } = track;
  const at = openAt(store, run, row);
  return at < 0 ? undefined : { firstRow: store.firstRow[at]!, code: store.code[at]! };
}

/** The span of a run that is open right after a row; -1: none. */
function openAt(store: SpanStore, run: Run, row: number): number {
  const at = store.lastStartingAt(run, row);
  return at < 0 || (store.lastRow[at]! >= 0 && store.lastRow[at]! <= row) ? -1 : at;
}
