/** This file builds the timeline of a trace: it runs the folds and answers the questions of the model from them. */
import { Interrupt } from '../base/interrupt';
import { EVENT_NAMES, EVENT_TABLE, IS_STEP } from '../event/kinds';
import { TraceIndex, group } from '../trace/rows';
import type { Grouped } from '../trace/rows';
import type { Place } from '../trace/meta';
import type { Trace } from '../trace/store';
import { GlyphBuffer, SpanBuffer } from './buffers';
import { Causes } from './causes';
import { TraceClock } from './clock';
import { foldCores } from './cores';
import { describeEvent, describeRow } from './describe';
import { Doing } from './doing';
import { Edges } from './edges';
import { sampleOf, visibleFold } from './fold';
import { GLYPHS, GLYPH_OF_KIND } from './glyphs';
import { foldGoroutines } from './goroutines';
import type { LabelContext } from './labels';
import { sliceOf } from './labels';
import { LaneBook } from './lanes';
import { LaneMarks, neighbourOf } from './marks';
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
import { Moments, type At } from './moment';
import { Names } from './names';
import { foldObjects } from './objects';
import { Remembered } from './remembered';
import { Stops } from './stops';
import { ruler } from './ruler';
import { Tiles } from './tiles';
import type { RoleSpans, RoleTracks, StoredTrack } from './track';

const NO_ROWS = new Int32Array(0);
const RACE_READ = GLYPHS.indexOf('race-read');
const RACE_WRITE = GLYPHS.indexOf('race-write');
const ACCESS = GLYPHS.indexOf('access');
/** 1 where an event carries a 64-bit value. */
const HAS_VALUE = Uint8Array.from(EVENT_NAMES, (name) => ('value' in EVENT_TABLE[name] ? 1 : 0));
/** Findings whose goroutines never go on. */
const STUCK_KINDS = new Set(['deadlock', 'partial-deadlock', 'leak']);
/** Goroutines whose shares are added up; of more, so many stand for all: whole percents come out the same, and a window is dragged 60 times a second. */
const MOST_SHARES = 16_384;
/** Value of an overview column in which the goroutine is not alive. */
const NOT_ALIVE = 255;

/** In units of an interrupt: of one row in one of the stages. */
const WORK_OF_A_ROW = 2;

/** The timeline of a trace. `findings` decide which lanes come first and which accesses are race marks. @throws Interrupted, between two stages */
export function buildTimeline(
  trace: Trace,
  findings: readonly FindingMark[] = [],
  interrupt = Interrupt.never,
): Timeline {
  return new BuiltTimeline(trace, findings, interrupt);
}

class BuiltTimeline implements Timeline {
  readonly steps: number;
  private readonly index: TraceIndex;
  private readonly names: Names;
  private readonly stops: Stops;
  private readonly clock: TraceClock;
  private readonly book: LaneBook;
  private readonly moments: Moments;
  private readonly doing: Doing;
  private readonly labels: LabelContext;
  /** The tracks of every role, in the order of their ids, and how many they are. */
  private readonly roles: RoleTracks[] = [];
  private trackCount = 0;
  private readonly states: RoleTracks;
  /** Of each track that shows several goroutines, by track id: the track itself, and those of its members that are looked at. */
  private readonly folded = new Map<number, { readonly track: StoredTrack; readonly sample: readonly StoredTrack[] }>();
  /** Rows that a race finding is about. */
  private readonly racy: ReadonlySet<number>;
  private readonly tiles = new Tiles();
  private readonly seenFolds = new Remembered(() => new SpanBuffer());
  private readonly seenMarks = new Remembered(() => new GlyphBuffer());
  /** By lane id. */
  private readonly marks = new Map<string, LaneMarks>();
  private causesCache: Causes | undefined;
  private lineRows: Grouped | undefined;
  private readonly lineKeys = new Map<string, number>();

  constructor(
    readonly trace: Trace,
    readonly findings: readonly FindingMark[],
    interrupt: Interrupt,
  ) {
    const stage = <T>(made: T): T => {
      interrupt.worked(trace.length * WORK_OF_A_ROW);
      return made;
    };
    this.index = stage(new TraceIndex(trace));
    this.stops = new Stops(this.index);
    this.names = stage(new Names(trace));
    this.steps = this.index.steps;
    this.racy = racyRows(findings);
    const stuck = stuckGoroutines(findings);
    const goroutines = stage(foldGoroutines(trace, this.index));
    const objects = stage(foldObjects(trace, lostRows(findings)));
    const { outcome } = trace.meta;
    const end = { stuck: stuck.size > 0 || outcome === 'deadlock', stopped: outcome === 'budget' };
    this.clock = new TraceClock(trace, this.index, end);
    const cores = stage(foldCores(trace, this.clock));
    const finish = (spans: RoleSpans): RoleTracks => stage(this.register(spans));
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
    this.doing = new Doing({
      names: this.names,
      index: this.index,
      fold: goroutines,
      clock: this.clock,
      states: tracks.states,
      runsOn: tracks.runsOn,
      holdersAt: (lock, row) => this.moments.holders(lock, row),
    });
    this.moments = new Moments(
      this.names,
      this.index,
      goroutines,
      { ...tracks, threads: tracks.thread, capacities: objects.capacities },
      this.doing,
    );
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
    return this.stops.rowAt(step);
  }

  stepFrom(row: number, direction: 1 | -1): number {
    return this.stops.from(row, direction);
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
    const fold = this.folded.get(track.id);
    if (fold)
      return this.seenFolds.show(track.id, axis, range, pixels, 0, into, () => {
        into.clear();
        visibleFold(fold.sample, axis, range, pixels, into);
      });
    into.clear();
    const stored = this.stored(track);
    if (stored) this.tiles.visible(stored.store, stored.run, axis, range, pixels, into);
    return into;
  }

  glyphs(lane: Lane, axis: Axis, range: Range, pixels: number, gap: number, into: GlyphBuffer): GlyphBuffer {
    return this.seenMarks.show(lane.id, axis, range, pixels, gap, into, () => {
      into.clear();
      const width = ((range.end - range.start) / Math.max(1, pixels)) * gap;
      this.marksOf(lane).visible(axis, range, width, into);
    });
  }

  hit(track: Track, axis: Axis, x: number): number {
    const stored = this.stored(track);
    if (!stored || this.folded.has(track.id)) return -1;
    const at = stored.store.hit(stored.run, axis, x);
    return at < 0 ? -1 : at - stored.run.from;
  }

  slice(track: Track, index: number): Slice {
    return sliceOf(this.labels, this.stored(track)!, index);
  }

  bounds(track: Track, index: number, axis: Axis): Range {
    const { store, run } = this.stored(track)!;
    return { start: store.start(run.from + index, axis), end: store.end(run.from + index, axis) };
  }

  nearestRow(lane: Lane, axis: Axis, x: number, within: number): number {
    return this.marksOf(lane).nearest(axis, x, within);
  }

  sliceAtRow(lane: Lane, row: number): number {
    const [first] = lane.tracks;
    const track = first && this.stored(first);
    if (!track || this.folded.has(track.id)) return -1;
    // An event belongs to the span it happens in; the change that it brings begins after it.
    const at = track.store.lastStartingAt(track.run, row - 1);
    if (at < 0) return -1;
    const last = track.store.lastRow[at]!;
    return last >= 0 && last < row ? -1 : at - track.run.from;
  }

  // ---- events

  rowsOf(lane: Lane): Int32Array {
    return this.marksOf(lane).rows;
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

  goroutineAt(goroutine: number, row: number, axis: Axis = 'step'): GoroutineState {
    return this.doing.at(goroutine, axis, this.cursorAt(row, axis).x);
  }

  goroutineAtX(goroutine: number, axis: Axis, x: number): GoroutineState {
    return this.doing.at(goroutine, axis, x);
  }

  objectAt(object: number, row: number): ObjectState {
    return this.moments.object(object, row);
  }

  queueAt(p: number, row: number): ObjectState {
    return this.moments.queue(p, row);
  }

  describeLane(lane: Lane, row: number, axis: Axis = 'step'): string {
    return this.moments.lane(lane, row, this.cursorAt(row, axis));
  }

  cursors(row: number, axis: Axis = 'step'): readonly CodeCursor[] {
    return this.moments.cursors(this.cursorAt(row, axis));
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
    const each = this.states.forEachOfSome(MOST_SHARES, (store, run) => store.addTime(run, axis, range, time));
    return time.map((sum) => sum * each);
  }

  overview(axis: Axis, columns: number, lines: number): readonly OverviewLine[] {
    const chosen = this.book.ranked().slice(0, lines);
    const { start, end } = this.domain(axis);
    const width = (end - start) / Math.max(1, columns);
    const time = new Float64Array(STATES.length);
    return [...chosen]
      .sort((left, right) => left - right)
      .map((id) => {
        const { store, run } = this.states.get(id)!;
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

  /** Where the cursor stands at a moment. */
  private cursorAt(row: number, axis: Axis): At {
    return { axis, x: row < this.trace.length ? this.clock.xOf(row, axis) : this.clock.end(axis) };
  }

  private register(spans: RoleSpans): RoleTracks {
    const tracks = spans.finish(this.clock, this.trackCount);
    this.roles.push(tracks);
    this.trackCount += tracks.count;
    return tracks;
  }

  private stored({ id }: Track): StoredTrack | undefined {
    const fold = this.folded.get(id);
    if (fold) return fold.track;
    for (const tracks of this.roles) {
      const track = tracks.byId(id);
      if (track) return track;
    }
    return undefined;
  }

  private foldTrack(members: readonly number[]): StoredTrack {
    const sample = sampleOf(members).flatMap((id) => this.states.get(id) ?? []);
    const track = { ...sample[0]!, id: this.trackCount++ };
    this.folded.set(track.id, { track, sample });
    return track;
  }

  private causes(): Causes {
    return (this.causesCache ??= new Causes(new Edges(this.index), this.index, this.names));
  }

  private marksOf(lane: Lane): LaneMarks {
    let marks = this.marks.get(lane.id);
    if (!marks) {
      marks = new LaneMarks(this.collectRows(lane), this.clock, (row) => this.glyphOf(row));
      this.marks.set(lane.id, marks);
    }
    return marks;
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
      const { store, run } = this.stored(track)!;
      return Array.from(store.firstRow.subarray(run.from, run.to));
    });
    return Int32Array.from(new Set(rows.filter((row) => row >= 0))).sort();
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
