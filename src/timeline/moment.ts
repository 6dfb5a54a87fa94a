/** This file answers what the world is like right after a row: goroutines, channels, locks, variables, queues. */
import { IS_STEP, Kind } from '../event/kinds';
import { WAIT_REASONS } from '../event/wait';
import { countUpTo } from '../trace/rows';
import type { TraceIndex } from '../trace/rows';
import { WAIT_SENTENCES } from './describe';
import type { GoroutineFold } from './goroutines';
import type { CodeCursor, GoroutineState, Lane, ObjectState, State } from './model';
import { STATES, THREAD_STATES } from './model';
import type { Names } from './names';
import type { StoredTrack } from './track';

/** The tracks that a moment is read from. */
export interface MomentTracks {
  readonly states: ReadonlyMap<number, StoredTrack>;
  readonly lengths: ReadonlyMap<number, StoredTrack>;
  readonly queues: ReadonlyMap<number, StoredTrack>;
  readonly threads: ReadonlyMap<number, StoredTrack>;
  readonly capacities: ReadonlyMap<number, number>;
}

/** Who waits for what at a moment, by object. Built once per moment asked for. */
interface Waiting {
  readonly row: number;
  readonly waiters: ReadonlyMap<number, readonly number[]>;
}

export class Moments {
  private waiting: Waiting | undefined;

  constructor(
    private readonly names: Names,
    private readonly index: TraceIndex,
    private readonly fold: GoroutineFold,
    private readonly tracks: MomentTracks,
  ) {}

  goroutine(id: number, row: number): GoroutineState {
    const none = { goroutine: id, core: -1, object: 0, place: -1 };
    if (id < 0 || id > this.index.goroutines || this.fold.seen[id] === 0 || this.fold.firstRow[id]! > row) {
      return { ...none, state: undefined, text: 'not started' };
    }
    const last = this.fold.lastRow[id]!;
    const at = spanAt(this.tracks.states.get(id), row);
    if ((last >= 0 && last <= row) || !at) return { ...none, state: undefined, text: 'ended' };
    const { columns } = this.names.trace;
    const state = STATES[at.code]!;
    const place = this.nextPlace(id, row);
    const waits = columns.kind[at.firstRow] === Kind.GoBlock;
    return {
      goroutine: id,
      state,
      core: state === 'running' ? this.coreAt(id, row) : -1,
      object: waits ? columns.obj[at.firstRow]! : 0,
      place,
      text: this.stateText(id, state, waits ? at.firstRow : -1, row) + this.names.line(place),
    };
  }

  object(id: number, row: number): ObjectState {
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
    return { object: 0, text: String(level), level, holders: [], waiters: [] };
  }

  /** Holders of a lock, in order of acquisition. */
  holders(id: number, row: number): readonly number[] {
    const { kind, g } = this.names.trace.columns;
    const rows = this.index.rowsOfObject(id);
    const holders: number[] = [];
    for (let i = 0; i < rows.length && rows[i]! <= row; i++) {
      const at = rows[i]!;
      const change = LOCK_CHANGES.get(kind[at]!);
      if (change === 'take') holders.push(g[at]!);
      else if (change === 'give') remove(holders, g[at]!);
    }
    return holders;
  }

  /** Length of a channel, counter of a WaitGroup. */
  level(id: number, row: number): number {
    if (this.tracks.capacities.has(id)) return spanAt(this.tracks.lengths.get(id), row)?.code ?? 0;
    const { kind, b } = this.names.trace.columns;
    const rows = this.index.rowsOfObject(id);
    for (let i = countUpTo(rows, row) - 1; i >= 0; i--) {
      if (kind[rows[i]!] === Kind.WaitGroupAdd) return b[rows[i]!]!;
    }
    return 0;
  }

  lane(lane: Lane, row: number): string {
    switch (lane.kind) {
      case 'goroutine':
        return this.goroutine(lane.goroutine ?? 0, row).text;
      case 'fold':
        return this.foldText(lane.members ?? [], row);
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

  cursors(row: number): readonly CodeCursor[] {
    const cursors: CodeCursor[] = [];
    for (let id = 1; id <= this.index.goroutines; id++) {
      const { state, place } = this.goroutine(id, row);
      if (state !== undefined && place >= 0) cursors.push({ goroutine: id, place });
    }
    return cursors;
  }

  /** Place of the statement at which a goroutine stands: that of its next event, else of its last. */
  private nextPlace(id: number, row: number): number {
    const { kind, place } = this.names.trace.columns;
    const rows = this.index.rowsOfGoroutine(id);
    const after = countUpTo(rows, row);
    const stands = (at: number): boolean => place[at]! >= 0 && (IS_STEP[kind[at]!] === 1 || kind[at] === Kind.GoBlock);
    for (let i = after; i < rows.length && i < after + 64; i++) if (stands(rows[i]!)) return place[rows[i]!]!;
    for (let i = after - 1; i >= 0; i--) if (stands(rows[i]!)) return place[rows[i]!]!;
    return -1;
  }

  private coreAt(id: number, row: number): number {
    const { kind, core } = this.names.trace.columns;
    const rows = this.index.rowsOfGoroutine(id);
    for (let i = countUpTo(rows, row) - 1; i >= 0; i--) {
      const at = rows[i]!;
      if (core[at]! >= 0 && kind[at] !== Kind.GoReady) return core[at]!;
    }
    return -1;
  }

  private stateText(id: number, state: State, blockRow: number, row: number): string {
    if (blockRow >= 0) {
      const { obj, a, b } = this.names.trace.columns;
      const reason = WAIT_REASONS[a[blockRow]!]?.name ?? 'none';
      const object = this.names.object(obj[blockRow]!);
      if (reason === 'waitGroupWait') return `waits for ${object}`;
      return WAIT_SENTENCES[reason](object, this.names.duration(b[blockRow]!));
    }
    if (state === 'running') {
      const core = this.coreAt(id, row);
      return core < 0 ? 'running' : `on core ${core}`;
    }
    return state === 'runnable' ? 'ready' : 'system call';
  }

  private objectText(id: number, row: number, level: number, holders: readonly number[]): string {
    const kind = this.names.objects.get(id)?.kind;
    switch (kind) {
      case 'channel': {
        const capacity = this.tracks.capacities.get(id) ?? this.names.objects.get(id)?.capacity ?? 0;
        return capacity === 0 ? 'unbuffered' : `${level} of ${capacity}`;
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
    if (count > 0) return this.names.value(rows[count - 1]!);
    const first = rows[0];
    return first !== undefined && kind[first] === Kind.Read ? this.names.value(first) : '';
  }

  private waitersOf(id: number, row: number): readonly number[] {
    if (this.waiting?.row !== row) this.waiting = { row, waiters: this.collectWaiters(row) };
    return this.waiting.waiters.get(id) ?? [];
  }

  private collectWaiters(row: number): Map<number, number[]> {
    const { kind, obj } = this.names.trace.columns;
    const since: { g: number; row: number }[] = [];
    for (const [g, track] of this.tracks.states) {
      const at = spanAt(track, row);
      const lives = this.fold.lastRow[g]! < 0 || this.fold.lastRow[g]! > row;
      if (at && lives && at.firstRow >= 0 && kind[at.firstRow] === Kind.GoBlock) since.push({ g, row: at.firstRow });
    }
    const waiters = new Map<number, number[]>();
    for (const { g, row: from } of since.sort((left, right) => left.row - right.row)) {
      const list = waiters.get(obj[from]!);
      if (list) list.push(g);
      else waiters.set(obj[from]!, [g]);
    }
    return waiters;
  }

  private foldText(members: readonly number[], row: number): string {
    const counts = new Map<string, number>();
    for (const id of members) {
      const { state, text } = this.goroutine(id, row);
      const word = state ?? text;
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
  }
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
  const i = store.lastStartingAt(run, row);
  if (i < 0 || (store.lastRow[i]! >= 0 && store.lastRow[i]! <= row)) return undefined;
  return { firstRow: store.firstRow[i]!, code: store.code[i]! };
}
