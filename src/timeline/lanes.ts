/** This file arranges lanes into groups for each preset, and decides which are shown when there are many. */
import { Column } from '../base/column';
import { hasOneRuntime, isMainGoroutine, isMainThread, type ProcessMeta } from '../trace/meta';
import type { TraceIndex } from '../trace/rows';
import { counted, durationText, grouped } from '../trace/quantity';
import type { CoreFold } from './cores';
import type { GoroutineFold } from './goroutines';
import type { Axis, FindingMark, Lane, LaneGroup, LaneOptions, Preset, Range } from './model';
import type { Names } from './names';
import type { ObjectFold } from './objects';
import type { Run } from './spans';
import { MOST_SLOTS, slotKey } from './track';
import type { RoleTracks, StoredTrack } from './track';

/** Lanes of a group shown when nothing else is asked. */
export const LANE_LIMIT = 30;
/** Fewest goroutines that fold into one lane. */
const FOLD_AT = 4;
const DEEPEST_INDENT = 3;

/** Every finished track, by role and owner. */
export interface LaneTracks {
  readonly states: RoleTracks;
  readonly runsOn: RoleTracks;
  readonly slots: RoleTracks;
  readonly lengths: RoleTracks;
  readonly senders: RoleTracks;
  readonly receivers: RoleTracks;
  readonly holders: RoleTracks;
  readonly waiters: RoleTracks;
  readonly values: RoleTracks;
  readonly busy: RoleTracks;
  readonly threads: RoleTracks;
  readonly pending: RoleTracks;
  readonly goroutines: RoleTracks;
  readonly thread: RoleTracks;
  readonly queues: RoleTracks;
}

/** The goroutines of a process in the order of their lanes, and how they fold once that has been asked. */
interface Members {
  readonly ids: Int32Array;
  folds: Folds | undefined;
}

/** Goroutines that did the same, list by list, and by place in the order of a process's lanes: the list, -1: none. */
interface Folds {
  readonly lists: readonly (readonly number[])[];
  readonly foldOf: Int32Array;
}

/** A lane that may be shown: of a goroutine, or of a fold that stands in its place. */
interface Entry {
  readonly id: number;
  readonly lane?: Lane;
  readonly score: number;
}

/** Goroutines in the order of their lanes, children below their parents, and how deep each is, by id. */
interface SpawnOrder {
  readonly ids: Int32Array;
  readonly depths: Int32Array;
}

interface Context {
  readonly names: Names;
  readonly index: TraceIndex;
  readonly goroutines: GoroutineFold;
  readonly objects: ObjectFold;
  readonly cores: CoreFold;
  readonly tracks: LaneTracks;
  readonly findings: readonly FindingMark[];
  readonly domain: (axis: Axis) => Range;
  /** A track that shows several goroutines at once. */
  readonly foldTrack: (members: readonly number[]) => StoredTrack;
}

const present = (...tracks: (StoredTrack | undefined)[]): StoredTrack[] =>
  tracks.filter((track): track is StoredTrack => track !== undefined && track.length > 0);

/** Makes each lane once, and groups of them as often as asked. */
export class LaneBook {
  /** Lanes of goroutines and folds are made when they are asked for: of a million goroutines few are shown. */
  private readonly lanes = new Map<string, Lane>();
  private readonly order: SpawnOrder;
  private readonly weights: ReadonlyMap<string, number>;
  private readonly members = new Map<number, Members>();
  private rankedOnce: readonly number[] | undefined;

  constructor(private readonly context: Context) {
    this.order = spawnOrder(context.names, context.index, context.goroutines);
    this.weights = findingWeights(context.findings);
    for (const lane of [...this.objectLanes(), ...this.queueLanes(), ...this.coreLanes(), ...this.threadLanes()]) {
      this.add(lane);
    }
  }

  get(id: string): Lane | undefined {
    const known = this.lanes.get(id);
    if (known || !/^g[1-9][0-9]*$/.test(id)) return known;
    const goroutine = Number(id.slice(1));
    return this.context.goroutines.seen[goroutine] === 1 ? this.goroutine(goroutine) : undefined;
  }

  groups(preset: Preset, options: LaneOptions = {}): readonly LaneGroup[] {
    const groups =
      preset === 'goroutines'
        ? [...this.processGroups(options), this.objectGroup(options), this.queueGroup()]
        : [...this.coreGroups(), this.threadGroup(options)];
    return groups.filter((group) => group.total > 0);
  }

  /** Goroutines, those of findings first, then in lane order: for the overview. */
  ranked(): readonly number[] {
    return (this.rankedOnce ??= this.rank());
  }

  /** Few have weight: the others stay in their order. */
  private rank(): readonly number[] {
    const ids = [...this.order.ids];
    const weight = (id: number): number => this.weights.get(`g${id}`) ?? 0;
    const heavy = ids.filter((id) => weight(id) > 0).sort((left, right) => weight(right) - weight(left));
    return [...heavy, ...ids.filter((id) => weight(id) === 0)];
  }

  private goroutine(id: number): Lane {
    let lane = this.lanes.get(`g${id}`);
    if (!lane) this.add((lane = this.goroutineLane(id, Math.min(this.order.depths[id]!, DEEPEST_INDENT))));
    return lane;
  }

  private add(lane: Lane): void {
    this.lanes.set(lane.id, lane);
  }

  private all(kind: Lane['kind']): Lane[] {
    return [...this.lanes.values()].filter((lane) => lane.kind === kind);
  }

  // ---- making lanes

  private goroutineLane(id: number, indent: number): Lane {
    const { tracks, goroutines, names } = this.context;
    return {
      id: `g${id}`,
      kind: 'goroutine',
      title: `G${id}`,
      detail: names.meta(id)?.name ?? '',
      indent,
      tracks: present(tracks.states.get(id), tracks.runsOn.get(id)),
      goroutine: id,
      main: isMainGoroutine(names.trace.meta, id),
      firstRow: goroutines.firstRow[id]!,
      lastRow: goroutines.lastRow[id]!,
    };
  }

  private *objectLanes(): Iterable<Lane> {
    const { objects, tracks, names, index } = this.context;
    for (const [id, capacity] of objects.capacities) yield this.channelLane(id, capacity);
    for (const id of new Set([...tracks.holders.keys(), ...tracks.waiters.keys()])) {
      yield this.objectLane('lock', id, present(tracks.holders.get(id), tracks.waiters.get(id)));
    }
    const ofFindings = new Set(this.context.findings.map((finding) => finding.object));
    for (const id of index.objects) {
      const wanted = names.objects.get(id)?.kind === 'variable' && (objects.shared.has(id) || ofFindings.has(id));
      if (wanted) yield this.objectLane('variable', id, present(tracks.values.get(id)));
    }
  }

  private channelLane(id: number, capacity: number): Lane {
    const { slots, lengths, senders, receivers } = this.context.tracks;
    const tokens: StoredTrack[] = [];
    for (let slot = 0; slot < Math.min(capacity, MOST_SLOTS); slot++) {
      const track = slots.get(slotKey(id, slot));
      if (track) tokens.push(track);
    }
    const shown = present(...tokens, lengths.get(id), senders.get(id), receivers.get(id));
    return { ...this.objectLane('channel', id, shown), capacity };
  }

  private objectLane(kind: 'channel' | 'lock' | 'variable', id: number, tracks: readonly StoredTrack[]): Lane {
    const { names, index } = this.context;
    const prefix = kind === 'channel' ? 'chan' : kind === 'variable' ? 'var' : 'lock';
    return {
      id: `${prefix}:${id}`,
      kind,
      title: names.object(id),
      detail: names.typeOf(id),
      indent: 0,
      tracks,
      object: id,
      firstRow: kind === 'channel' ? (index.rowsOfObject(id)[0] ?? -1) : -1,
      lastRow: -1,
    };
  }

  private *queueLanes(): Iterable<Lane> {
    const { queues } = this.context.tracks;
    if (!hasOneRuntime(this.context.names.trace.meta)) return;
    const processors = Math.max(this.context.names.trace.meta.cores, ...[...queues.keys()].map((p) => p + 1));
    for (let p = 0; p < processors; p++) yield numbered('queue', `queue:${p}`, `P${p}`, p, present(queues.get(p)));
    yield numbered('queue', 'queue:-1', 'Global', -1, present(queues.get(-1)));
  }

  private *coreLanes(): Iterable<Lane> {
    const { busy, threads, pending, goroutines } = this.context.tracks;
    for (let core = 0; core < this.context.names.trace.meta.cores; core++) {
      yield numbered('core-busy', `core:${core}:busy`, 'Busy', core, present(busy.get(core)));
      const threadTracks = present(threads.get(core), pending.get(core));
      yield numbered('core-thread', `core:${core}:thread`, 'Thread', core, threadTracks);
      yield numbered('core-goroutine', `core:${core}:goroutine`, 'Goroutine', core, present(goroutines.get(core)));
    }
  }

  private *threadLanes(): Iterable<Lane> {
    const { names, cores, tracks } = this.context;
    const { meta } = names.trace;
    for (const [id, firstRow] of [...cores.born].sort(([left], [right]) => left - right)) {
      const lane = numbered('thread', `thread:${id}`, names.thread(id), id, present(tracks.thread.get(id)));
      yield { ...lane, detail: isMainThread(meta, id) ? 'main thread' : '', firstRow };
    }
  }

  // ---- groups of the goroutines preset

  private processGroups(options: LaneOptions): LaneGroup[] {
    const { meta } = this.context.names.trace;
    const processes = meta.processes.length > 0 ? meta.processes : [{ id: 1, name: '', parent: 0 }];
    const only = processes.length === 1 ? processes[0]!.id : undefined;
    return processes.map((process) => {
      const { ids } = this.membersOf(process.id, only);
      const { lanes, shown } = this.pickGoroutines(ids, process.id, options);
      const count = counted(ids.length, 'goroutine');
      return {
        id: `process:${process.id}`,
        kind: 'process',
        title: process.name || 'program',
        detail: `PID ${process.id}, ${count} on ${meta.cores} core${meta.cores === 1 ? '' : 's'}${exitOf(process, only)}`,
        lanes,
        total: ids.length,
        note: note(shown, ids.length),
      } satisfies LaneGroup;
    });
  }

  private membersOf(process: number, only: number | undefined): Members {
    let members = this.members.get(process);
    if (!members) {
      const processOf = (id: number): number => only ?? this.context.names.meta(id)?.process ?? 1;
      members = { ids: this.order.ids.filter((id) => processOf(id) === process), folds: undefined };
      this.members.set(process, members);
    }
    return members;
  }

  /** Lanes for the goroutines of a process: all of them when they fit, else identical ones folded and the best shown. */
  private pickGoroutines(ids: Int32Array, process: number, options: LaneOptions): { lanes: Lane[]; shown: number } {
    const limit = options.limit ?? LANE_LIMIT;
    const pinned = new Set(options.pinned);
    if (ids.length <= limit) return { lanes: Array.from(ids, (id) => this.goroutine(id)), shown: ids.length };
    const kept = this.foldedLanes(process, new Set(options.unfolded), pinned, limit);
    return { lanes: kept, shown: kept.reduce((sum, lane) => sum + (lane.members?.length ?? 1), 0) };
  }

  /** The best lanes, in spawn order; each fold stands where its first member would. */
  private foldedLanes(
    process: number,
    unfolded: ReadonlySet<string>,
    pinned: ReadonlySet<string>,
    limit: number,
  ): Lane[] {
    const members = this.members.get(process)!;
    const { lists, foldOf } = (members.folds ??= this.findFolds(members.ids));
    const lanes = lists.map((list) => this.foldLane(list));
    const isFolded = lanes.map(({ id }) => !unfolded.has(id));
    const placed = new Uint8Array(lists.length);
    const entries: Entry[] = [];
    members.ids.forEach((id, i) => {
      const fold = foldOf[i]!;
      if (fold < 0 || !isFolded[fold] || (pinned.size > 0 && pinned.has(`g${id}`))) {
        entries.push({ id, score: pinned.has(`g${id}`) ? Infinity : this.scoreOf(id) });
      } else if (placed[fold] === 0) {
        placed[fold] = 1;
        const lane = lanes[fold]!;
        entries.push({ id, lane, score: pinned.has(lane.id) ? Infinity : this.score(lane) });
      }
    });
    return keepBest(entries, limit, ({ score }) => score).map(({ id, lane }) => lane ?? this.goroutine(id));
  }

  /** Goroutines of one function and creator that went through the same states, and that no finding names. */
  private findFolds(ids: Int32Array): Folds {
    const groups = new Map<string, number[]>();
    ids.forEach((id, i) => {
      if (this.weights.size > 0 && this.weights.has(`g${id}`)) return;
      const key = this.signature(id);
      const group = groups.get(key);
      if (group) group.push(i);
      else groups.set(key, [i]);
    });
    const foldOf = new Int32Array(ids.length).fill(-1);
    const lists: number[][] = [];
    for (const group of groups.values()) {
      if (group.length < FOLD_AT) continue;
      for (const i of group) foldOf[i] = lists.length;
      lists.push(group.map((i) => ids[i]!));
    }
    return { lists, foldOf };
  }

  private signature(id: number): string {
    const meta = this.context.names.meta(id);
    const { store, run } = this.context.tracks.states.spans(id);
    let hash = 0x811c9dc5; // FNV-1a over the sequence of states
    for (let i = run.from; i < run.to; i++) hash = Math.imul(hash ^ store.code[i]!, 0x01000193);
    return `${meta?.function ?? ''}|${meta?.parent ?? 0}|${run.to - run.from}|${hash}`;
  }

  private foldLane(members: readonly number[]): Lane {
    const first = members[0]!;
    const id = `fold:${first}:${members.length}`;
    let lane = this.lanes.get(id);
    if (!lane) {
      const one = this.goroutine(first);
      lane = {
        id,
        kind: 'fold',
        title: `${one.detail || 'goroutine'} ×${grouped(members.length)}`,
        detail: `G${first} to G${members[members.length - 1]!}`,
        indent: one.indent,
        tracks: [this.context.foldTrack(members)],
        members,
        firstRow: one.firstRow,
        lastRow: -1,
      };
      this.add(lane);
    }
    return lane;
  }

  /** Participants of findings first, then main, then folds by size, then the busiest. */
  private score(lane: Lane): number {
    const weight = this.weights.get(lane.id) ?? 0;
    if (weight > 0) return weight * 1e12;
    if (lane.main) return 1e11;
    if (lane.members) return 1e10 + lane.members.length;
    return lane.tracks.reduce((sum, track) => sum + track.length, 0);
  }

  /** The score that the lane of a goroutine has, without making it. */
  private scoreOf(id: number): number {
    const weight = this.weights.size === 0 ? 0 : (this.weights.get(`g${id}`) ?? 0);
    if (weight > 0) return weight * 1e12;
    const { tracks, names } = this.context;
    if (isMainGoroutine(names.trace.meta, id)) return 1e11;
    const length = ({ run }: { readonly run: Run }): number => run.to - run.from;
    return length(tracks.states.spans(id)) + length(tracks.runsOn.spans(id));
  }

  private objectGroup(options: LaneOptions): LaneGroup {
    const lanes = [...this.all('channel'), ...this.all('lock'), ...this.all('variable')];
    const kept = this.pick(lanes, options);
    return plain('objects', 'objects', 'Shared objects', '', kept, lanes.length);
  }

  private queueGroup(): LaneGroup {
    const lanes = this.all('queue');
    const used = lanes.some((lane) => lane.tracks.length > 0);
    return plain('queues', 'queues', 'Run queues', '', used ? lanes : [], used ? lanes.length : 0);
  }

  // ---- groups of the cores preset

  private coreGroups(): LaneGroup[] {
    const { cores } = this.context.names.trace.meta;
    return Array.from({ length: cores }, (_, core) => {
      const ids = [`core:${core}:busy`, `core:${core}:thread`, `core:${core}:goroutine`, `queue:${core}`];
      if (core === cores - 1) ids.push('queue:-1');
      const lanes = ids.map((id) => this.lanes.get(id)).filter((lane): lane is Lane => lane !== undefined);
      return plain('core', `core:${core}`, `Core ${core}`, `busy ${this.busyTime(core)}`, lanes, lanes.length);
    });
  }

  private busyTime(core: number): string {
    const track = this.context.tracks.busy.get(core);
    const time = new Float64Array(1);
    track?.store.addTime(track.run, 'time', this.context.domain('time'), time);
    return durationText(time[0]!);
  }

  private threadGroup(options: LaneOptions): LaneGroup {
    const lanes = this.all('thread');
    const kept = this.pick(lanes, options);
    const first = lanes[0]?.title ?? '';
    const last = lanes[lanes.length - 1]?.title ?? '';
    return plain('threads', 'threads', 'Threads', lanes.length > 1 ? `${first} to ${last}` : first, kept, lanes.length);
  }

  private pick(lanes: readonly Lane[], options: LaneOptions): readonly Lane[] {
    const pinned = new Set(options.pinned);
    return keepBest(lanes, options.limit ?? LANE_LIMIT, (lane) => (pinned.has(lane.id) ? Infinity : this.score(lane)));
  }
}

function numbered(kind: Lane['kind'], id: string, title: string, number: number, tracks: readonly StoredTrack[]): Lane {
  return { id, kind, title, detail: '', indent: 0, tracks, number, firstRow: -1, lastRow: -1 };
}

function plain(
  kind: LaneGroup['kind'],
  id: string,
  title: string,
  detail: string,
  lanes: readonly Lane[],
  total: number,
): LaneGroup {
  return { id, kind, title, detail, lanes, total, note: note(lanes.length, total) };
}

const note = (shown: number, total: number): string => (shown < total ? `${shown} of ${total} shown` : '');

/** The `limit` lanes with the highest scores, in their given order; ties go to the earlier lane. */
function keepBest<T>(lanes: readonly T[], limit: number, score: (lane: T) => number): T[] {
  if (lanes.length <= limit) return [...lanes];
  const ranked = lanes.map((lane, at) => ({ at, score: score(lane) }));
  ranked.sort((left, right) => (right.score === left.score ? left.at - right.at : right.score > left.score ? 1 : -1));
  const pinned = ranked.filter((entry) => entry.score === Infinity).length;
  const kept = new Set(ranked.slice(0, Math.max(limit, pinned)).map((entry) => entry.at));
  return lanes.filter((_, at) => kept.has(at));
}

/** How strongly findings point at a lane, by lane id: 2 for the object and the goroutines of the first finding, 1 for others. */
function findingWeights(findings: readonly FindingMark[]): Map<string, number> {
  const weights = new Map<string, number>();
  const raise = (id: string, weight: number): void => {
    weights.set(id, Math.max(weights.get(id) ?? 0, weight));
  };
  findings.forEach((finding, at) => {
    const weight = at === 0 ? 2 : 1;
    for (const site of finding.sites) if (site.g > 0) raise(`g${site.g}`, weight);
    for (const edge of finding.cycle) {
      raise(`g${edge.g}`, weight);
      raise(`lock:${edge.object}`, weight);
      raise(`chan:${edge.object}`, weight);
    }
    for (const kind of ['var', 'chan', 'lock']) if (finding.object > 0) raise(`${kind}:${finding.object}`, weight);
  });
  return weights;
}

/** Goroutines that appear in the trace, children after their parents, brothers in order of creation. */
function spawnOrder(names: Names, index: TraceIndex, fold: GoroutineFold): SpawnOrder {
  const { goroutines } = index;
  const parents = new Int32Array(goroutines + 1);
  for (const { id, parent } of names.trace.meta.goroutines) parents[id] = parent;
  const depths = new Int32Array(goroutines + 1);
  /** Youngest child and next older brother; 0: none. */
  const child = new Int32Array(goroutines + 1);
  const brother = new Int32Array(goroutines + 1);
  for (let id = 1; id <= goroutines; id++) {
    if (fold.seen[id] === 0) continue;
    const parent = parents[id]!;
    const above = parent > 0 && parent < id && fold.seen[parent] === 1 ? parent : 0;
    depths[id] = above === 0 ? 0 : depths[above]! + 1;
    brother[id] = child[above]!;
    child[above] = id;
  }
  return { ids: preorder(child, brother), depths };
}

/** The tree below 0, whose children are linked from the youngest to the oldest, oldest first. */
function preorder(child: Int32Array, brother: Int32Array): Int32Array {
  const order = new Column();
  const stack = new Column();
  const enter = (parent: number): void => {
    for (let id = child[parent]!; id !== 0; id = brother[id]!) stack.add(id);
  };
  enter(0);
  while (stack.length > 0) {
    const id = stack.rows[--stack.length]!;
    order.add(id);
    enter(id);
  }
  return order.rows.slice(0, order.length);
}

/** `, exit status 2`, where there are several processes to compare, of one that has ended. */
function exitOf({ status }: ProcessMeta, only: number | undefined): string {
  return only === undefined && status !== undefined ? `, exit status ${status}` : '';
}
