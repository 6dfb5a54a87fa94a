/** This file builds the timeline of a trace: it runs the folds and answers the questions of the model from them. */
import { EVENT_NAMES, EVENT_TABLE, IS_STEP } from '../event/kinds';
import { TraceIndex, group } from '../trace/rows';
import type { Grouped } from '../trace/rows';
import type { Place } from '../trace/meta';
import type { Trace } from '../trace/store';
import type { GlyphBuffer, SpanBuffer } from './buffers';
import { Causes } from './causes';
import { TraceClock } from './clock';
import { foldCores } from './cores';
import { describeEvent, describeRow } from './describe';
import { Edges } from './edges';
import { visibleFold } from './fold';
import { GLYPHS, GLYPH_OF_KIND } from './glyphs';
import { foldGoroutines } from './goroutines';
import type { LabelContext } from './labels';
import { sliceOf } from './labels';
import { LaneBook } from './lanes';
import { nearestMark, neighbourOf, visibleMarks } from './marks';
import type {
  Axis,
  CodeCursor,
  Cones,
  FindingMark,
  GoroutineState,
  Lane,
  LaneGroup,
  LaneOptions,
  Link,
  Links,
  ObjectState,
  OverviewLine,
  Preset,
  Range,
  Ruler,
  Slice,
  Timeline,
  Track,
} from './model';
import { STATES } from './model';
import { Moments } from './moment';
import { Names } from './names';
import { foldObjects } from './objects';
import { ruler } from './ruler';
import type { RoleSpans, StoredTrack } from './track';

const NO_ROWS = new Int32Array(0);
const RACE_READ = GLYPHS.indexOf('race-read');
const RACE_WRITE = GLYPHS.indexOf('race-write');
const ACCESS = GLYPHS.indexOf('access');
/** 1 where an event carries a 64-bit value. */
const HAS_VALUE = Uint8Array.from(EVENT_NAMES, (name) => ('value' in EVENT_TABLE[name] ? 1 : 0));
/** Findings whose goroutines never go on. */
const STUCK_KINDS = new Set(['deadlock', 'partial-deadlock', 'leak']);
/** Value of an overview column in which the goroutine is not alive. */
const NOT_ALIVE = 255;

/** The timeline of a trace. `findings` decide which lanes come first and which accesses are race marks. */
export function buildTimeline(trace: Trace, findings: readonly FindingMark[] = []): Timeline {
  return new BuiltTimeline(trace, findings);
}

class BuiltTimeline implements Timeline {
  readonly steps: number;
  private readonly index: TraceIndex;
  private readonly names: Names;
  private readonly clock: TraceClock;
  private readonly book: LaneBook;
  private readonly moments: Moments;
  private readonly labels: LabelContext;
  private readonly tracks: StoredTrack[] = [];
  private readonly states: ReadonlyMap<number, StoredTrack>;
  /** Members of each track that shows several goroutines, by track id. */
  private readonly folded = new Map<number, readonly StoredTrack[]>();
  /** Rows that a race finding is about. */
  private readonly racy: ReadonlySet<number>;
  private readonly laneRows = new Map<string, Int32Array>();
  private causesCache: Causes | undefined;
  private lineRows: Grouped | undefined;
  private readonly lineKeys = new Map<string, number>();

  constructor(
    readonly trace: Trace,
    readonly findings: readonly FindingMark[],
  ) {
    this.index = new TraceIndex(trace);
    this.names = new Names(trace);
    this.steps = this.index.stepRows.length;
    this.racy = racyRows(findings);
    const stuck = stuckGoroutines(findings);
    const goroutines = foldGoroutines(trace, this.index);
    const objects = foldObjects(trace, lostRows(findings));
    this.clock = new TraceClock(trace, this.index, stuck.size > 0 || trace.meta.outcome.includes('deadlock'));
    const cores = foldCores(trace, this.clock);
    const finish = (spans: RoleSpans): Map<number, StoredTrack> => this.register(spans);
    const tracks = {
      states: finish(goroutines.states),
      runsOn: finish(goroutines.cores),
      slots: finish(objects.slots),
      lengths: finish(objects.lengths),
      senders: finish(objects.senders),
      receivers: finish(objects.receivers),
      holders: finish(objects.holders),
      waiters: finish(objects.waiters),
      values: finish(objects.values),
      busy: finish(cores.busy),
      threads: finish(cores.threads),
      pending: finish(cores.pending),
      goroutines: finish(cores.goroutines),
      thread: finish(cores.thread),
      queues: finish(cores.queues),
    };
    this.states = tracks.states;
    this.moments = new Moments(this.names, this.index, goroutines, {
      ...tracks,
      threads: tracks.thread,
      capacities: objects.capacities,
    });
    this.labels = {
      names: this.names,
      index: this.index,
      stuck,
      levelAt: (object, row) => this.moments.level(object, row),
      holdersAt: (object, row) => this.moments.holders(object, row),
    };
    this.book = new LaneBook({
      names: this.names,
      index: this.index,
      goroutines,
      objects,
      cores,
      tracks,
      findings,
      domain: (axis) => this.domain(axis),
      foldTrack: (members) => this.foldTrack(members),
    });
  }

  // ---- axes

  domain(axis: Axis): Range {
    return this.clock.domain(axis);
  }

  end(axis: Axis): number {
    return this.clock.end(axis);
  }

  xOf(row: number, axis: Axis): number {
    return this.clock.xOf(row, axis);
  }

  edgeOf(row: number, axis: Axis): number {
    return this.clock.edgeOf(row, axis);
  }

  rowAtStep(step: number): number {
    return this.index.stepRows[step] ?? -1;
  }

  rowAt(axis: Axis, x: number): number {
    return this.clock.rowAt(axis, x);
  }

  ruler(axis: Axis, range: Range, ticksWanted: number): Ruler {
    return ruler(axis, range, ticksWanted);
  }

  // ---- lanes and what is on them

  lanes(preset: Preset, options?: LaneOptions): readonly LaneGroup[] {
    return this.book.groups(preset, options);
  }

  lane(id: string): Lane | undefined {
    return this.book.get(id);
  }

  visible(track: Track, axis: Axis, range: Range, pixels: number, into: SpanBuffer): SpanBuffer {
    into.clear();
    const members = this.folded.get(track.id);
    const stored = this.tracks[track.id];
    if (members) visibleFold(members, axis, range, pixels, into);
    else if (stored) stored.store.visible(stored.run, axis, range, pixels, into);
    return into;
  }

  glyphs(lane: Lane, axis: Axis, range: Range, pixels: number, gap: number, into: GlyphBuffer): GlyphBuffer {
    into.clear();
    const width = ((range.end - range.start) / Math.max(1, pixels)) * gap;
    visibleMarks(this.rowsOf(lane), this.clock, (row) => this.glyphOf(row), axis, range, width, into);
    return into;
  }

  hit(track: Track, axis: Axis, x: number): number {
    const stored = this.tracks[track.id];
    if (!stored || this.folded.has(track.id)) return -1;
    const at = stored.store.hit(stored.run, axis, x);
    return at < 0 ? -1 : at - stored.run.from;
  }

  slice(track: Track, index: number): Slice {
    return sliceOf(this.labels, this.tracks[track.id]!, index);
  }

  bounds(track: Track, index: number, axis: Axis): Range {
    const { store, run } = this.tracks[track.id]!;
    return { start: store.start(run.from + index, axis), end: store.end(run.from + index, axis) };
  }

  nearestRow(lane: Lane, axis: Axis, x: number, within: number): number {
    return nearestMark(this.rowsOf(lane), this.clock, axis, x, within);
  }

  sliceAtRow(lane: Lane, row: number): number {
    const track = this.tracks[lane.tracks[0]?.id ?? -1];
    if (!track || this.folded.has(track.id)) return -1;
    // An event belongs to the span it happens in; the change that it brings begins after it.
    const at = track.store.lastStartingAt(track.run, row - 1);
    if (at < 0) return -1;
    const last = track.store.lastRow[at]!;
    return last >= 0 && last < row ? -1 : at - track.run.from;
  }

  // ---- events

  rowsOf(lane: Lane): Int32Array {
    let rows = this.laneRows.get(lane.id);
    if (!rows) this.laneRows.set(lane.id, (rows = this.collectRows(lane)));
    return rows;
  }

  neighbour(lane: Lane, row: number, direction: 1 | -1): number {
    return neighbourOf(this.rowsOf(lane), row, direction);
  }

  glyphOf(row: number): number {
    const glyph = GLYPH_OF_KIND[this.trace.columns.kind[row]!]!;
    if (glyph !== ACCESS || this.racy.size === 0 || !this.racy.has(row)) return glyph;
    return EVENT_NAMES[this.trace.columns.kind[row]!] === 'Read' ? RACE_READ : RACE_WRITE;
  }

  goroutineOf(row: number): number {
    return this.index.goroutineOf(row);
  }

  placeOf(row: number): Place | undefined {
    return this.names.place(row);
  }

  valueOf(row: number): string {
    return HAS_VALUE[this.trace.columns.kind[row]!] === 1 ? this.names.value(row) : '';
  }

  rowsOfLine(file: number, line: number): Int32Array {
    const rows = (this.lineRows ??= this.groupByLine());
    const key = this.lineKeys.get(`${file}:${line}`);
    return key === undefined ? NO_ROWS : rows.rows.subarray(rows.start[key], rows.start[key + 1]);
  }

  describeRow(row: number): string {
    return describeRow(this.names, this.index, row);
  }

  describeEvent(row: number): string {
    return describeEvent(this.names, this.index, row);
  }

  // ---- the world at a moment

  goroutineAt(goroutine: number, row: number): GoroutineState {
    return this.moments.goroutine(goroutine, row);
  }

  objectAt(object: number, row: number): ObjectState {
    return this.moments.object(object, row);
  }

  queueAt(p: number, row: number): ObjectState {
    return this.moments.queue(p, row);
  }

  describeLane(lane: Lane, row: number): string {
    return this.moments.lane(lane, row);
  }

  cursors(row: number): readonly CodeCursor[] {
    return this.moments.cursors(row);
  }

  // ---- causes and effects

  links(row: number): Links {
    return this.causes().links(row);
  }

  linksBetween(
    first: number,
    last: number,
    limit: number,
  ): { readonly links: readonly Link[]; readonly total: number } {
    return this.causes().between(first, last, limit);
  }

  cones(row: number): Cones | undefined {
    return this.causes().cones(row);
  }

  // ---- sums

  shares(axis: Axis, range: Range): Float64Array {
    const time = new Float64Array(STATES.length);
    for (const { store, run } of this.states.values()) store.addTime(run, axis, range, time);
    return time;
  }

  overview(axis: Axis, columns: number, lines: number): readonly OverviewLine[] {
    const chosen = new Set(this.book.ranked().slice(0, lines));
    const { start, end } = this.domain(axis);
    const width = (end - start) / Math.max(1, columns);
    const time = new Float64Array(STATES.length);
    return [...this.states]
      .filter(([id]) => chosen.has(id))
      .sort(([left], [right]) => left - right)
      .map(([id, { store, run }]) => {
        const states = new Uint8Array(columns);
        for (let column = 0; column < columns; column++) {
          time.fill(0);
          store.addTime(run, axis, { start: start + column * width, end: start + (column + 1) * width }, time);
          states[column] = dominant(time);
        }
        return { lane: `g${id}`, goroutine: id, states };
      });
  }

  // ---- helpers

  private register(spans: RoleSpans): Map<number, StoredTrack> {
    const tracks = spans.finish(this.clock, this.tracks.length);
    for (const track of tracks.values()) this.tracks.push(track);
    return tracks;
  }

  private foldTrack(members: readonly number[]): StoredTrack {
    const tracks = members.map((id) => this.states.get(id)).filter((track) => track !== undefined);
    const track = { ...tracks[0]!, id: this.tracks.length };
    this.tracks.push(track);
    this.folded.set(track.id, tracks);
    return track;
  }

  private causes(): Causes {
    return (this.causesCache ??= new Causes(new Edges(this.index), this.index, this.names));
  }

  private collectRows(lane: Lane): Int32Array {
    const { kind } = this.trace.columns;
    const shows = (row: number): boolean => GLYPH_OF_KIND[kind[row]!] !== 0;
    switch (lane.kind) {
      case 'goroutine':
        return this.index.rowsOfGoroutine(lane.goroutine ?? -1).filter(shows);
      case 'channel':
      case 'lock':
      case 'variable':
        return this.index.rowsOfObject(lane.object ?? -1).filter(shows);
      case 'fold':
        return NO_ROWS;
      default:
        return this.startsOf(lane);
    }
  }

  /** Lanes of the machine have no events of the program: their rows are where their spans start. */
  private startsOf(lane: Lane): Int32Array {
    const rows = lane.tracks.flatMap((track) => {
      const { store, run } = this.tracks[track.id]!;
      return Array.from(store.firstRow.subarray(run.from, run.to));
    });
    return Int32Array.from(rows.filter((row) => row >= 0)).sort();
  }

  private groupByLine(): Grouped {
    const { kind, place } = this.trace.columns;
    const keyOfPlace = this.trace.meta.places.map(({ file, line }) => {
      const name = `${file}:${line}`;
      let key = this.lineKeys.get(name);
      if (key === undefined) this.lineKeys.set(name, (key = this.lineKeys.size));
      return key;
    });
    return group(this.trace.length, this.lineKeys.size, (row) =>
      IS_STEP[kind[row]!] === 1 ? (keyOfPlace[place[row]!] ?? -1) : -1,
    );
  }
}

function dominant(time: Float64Array): number {
  let best = 0;
  for (let code = 1; code < time.length; code++) if (time[code]! > time[best]!) best = code;
  return time[best]! > 0 ? best : NOT_ALIVE;
}

function racyRows(findings: readonly FindingMark[]): ReadonlySet<number> {
  const races = findings.filter((finding) => finding.kind === 'data-race');
  const sites = races.flatMap((race) =>
    race.sites.filter(({ role }) => role === 'access' || role === 'previous-access'),
  );
  return new Set(sites.map((site) => site.row).filter((row) => row >= 0));
}

function lostRows(findings: readonly FindingMark[]): ReadonlySet<number> {
  return new Set(findings.flatMap((finding) => finding.values.filter((value) => value.lost).map((value) => value.row)));
}

function stuckGoroutines(findings: readonly FindingMark[]): ReadonlySet<number> {
  const stuck = findings.filter((finding) => STUCK_KINDS.has(finding.kind));
  return new Set(stuck.flatMap((finding) => finding.sites.filter(({ role }) => role === 'waits').map(({ g }) => g)));
}
