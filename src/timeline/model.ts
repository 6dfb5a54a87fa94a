/**
 * This file defines the timeline: lanes, spans, marks and arrows of one trace, in trace units. It knows neither pixels nor colours.
 *
 * Two axes place every row of the trace. On 'step', step s is the column [s − 0.5, s + 0.5] and its event stands at s; a change of
 * state that follows it (a goroutine blocks, another starts) stands at s + 0.5. On 'time', a row stands at its virtual nanosecond.
 * A *moment* is a row number: the world right after that row. Everything that is selected, shared or linked is a row.
 */
import { STATES, type State } from '../trace/goroutineStates';
import type { Place } from '../trace/meta';
import type { Trace } from '../trace/store';
import type { GlyphBuffer, SpanBuffer } from './buffers';

export type Axis = 'step' | 'time';
export type Preset = 'goroutines' | 'cores';

/** Codes of 'states' tracks. */
export { STATES, type State };

/** A range of an axis, in its units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export type LaneKind =
  | 'goroutine'
  | 'fold' // several goroutines that did the same, in one lane
  | 'channel'
  | 'lock' // Mutex, RWMutex
  | 'variable'
  | 'queue' // run queue of a P, or the global one
  | 'core-busy'
  | 'core-thread'
  | 'core-goroutine'
  | 'thread';

/** What the spans of a track are, and what their `code` means. */
export type TrackRole =
  | 'states' // goroutine or fold: index into STATES
  | 'cores' // goroutine: core it runs on (underline); only while running
  | 'slot' // channel: one value from its send to its receive in one slot of the ring buffer; code = sender's goroutine id
  | 'length' // channel: how many values are in the buffer; code = level. Queue: length
  | 'senders' // channel: how many goroutines are blocked in a send; code = level
  | 'receivers' // channel: how many are blocked in a receive
  | 'holders' // lock: who holds it; code = goroutine id (RWMutex read-locked: 0, label says by how many)
  | 'waiters' // lock: how many wait
  | 'values' // variable: its value until the next write; code = 0, 1: this value was lost (overwritten unread by its overwriter)
  | 'busy' // core: 0
  | 'threads' // core: thread id; see `pending`
  | 'pending' // core: a thread being created or woken, until it runs; code = thread id
  | 'goroutines' // core: goroutine id
  | 'thread'; // thread: index into THREAD_STATES

/** What a thread does; codes of a 'thread' track. */
export const THREAD_STATES = ['on core', 'in system call', 'parked', 'runnable', 'starting'] as const;

/** A sequence of spans that do not overlap. Opaque: ask the timeline. */
export interface Track {
  /** Unique in the timeline. */
  readonly id: number;
  readonly role: TrackRole;
  /** Number of spans. */
  readonly length: number;
  /** 'slot': index of the slot, from 0. */
  readonly slot?: number;
  /** Tracks whose code is a level: the highest one. */
  readonly peak?: number;
}

export interface Lane {
  /** Stable between two runs of the same program: `g3`, `chan:104`, `lock:88`, `var:96`, `queue:0`, `queue:-1`, `core:0:thread`, `thread:1`, `fold:…`. */
  readonly id: string;
  readonly kind: LaneKind;
  /** `G3`, `queue`, `P0`, `Global`, `M1`, `Thread`. */
  readonly title: string;
  /** `worker`, `chan int`, `Mutex`, `int`, `main thread`; ''. */
  readonly detail: string;
  /** Depth in the tree of go statements, 0 to 3. */
  readonly indent: number;
  readonly tracks: readonly Track[];
  /** A lane of the main goroutine of a process. */
  readonly main?: boolean;
  /** Goroutine id (kind goroutine). */
  readonly goroutine?: number;
  /** Ids of all members (kind fold). */
  readonly members?: readonly number[];
  /** Object id (kinds channel, lock, variable). */
  readonly object?: number;
  /** Kind channel; 0: unbuffered. */
  readonly capacity?: number;
  /** Core number (kinds core-…), thread id (thread), P (queue; -1 global). */
  readonly number?: number;
  /** Row at which it is born (go statement, make); -1: before the first row. */
  readonly firstRow: number;
  /** Row at which it ends; -1: lives until the end of the trace. */
  readonly lastRow: number;
}

export interface LaneGroup {
  /** `process:1`, `objects`, `queues`, `core:0`, `threads`. */
  readonly id: string;
  readonly kind: 'process' | 'objects' | 'queues' | 'core' | 'threads';
  /** `crawl`, `Shared objects`, `Run queues`, `Core 0`, `Threads`. */
  readonly title: string;
  /** `PID 1, 4 goroutines on 2 cores`, `busy 65 µs`, `M0 to M4`; ''. */
  readonly detail: string;
  readonly lanes: readonly Lane[];
  /** Lanes that exist in this group, folded and hidden ones included. */
  readonly total: number;
  /** `30 of 512 shown`; '' when all are. */
  readonly note: string;
}

/** What the caller asks of the lanes of a preset. */
export interface LaneOptions {
  /** Most lanes of a group; default 30. */
  readonly limit?: number;
  /** Ids of lanes to show in any case (pinned, focused). */
  readonly pinned?: readonly string[];
  /** Ids of fold lanes to show as their members. */
  readonly unfolded?: readonly string[];
}

/** One span of a track in full, for tooltips, the table and the details pane. */
export interface Slice {
  readonly track: Track;
  readonly index: number;
  /** Rows at which it starts and ends; firstRow -1: before the first row; lastRow -1: open until the end of the trace. */
  readonly firstRow: number;
  readonly lastRow: number;
  readonly code: number;
  /** Goroutine shown by it; 0. */
  readonly goroutine: number;
  /** Object waited for (states), 0. */
  readonly object: number;
  /** -1: none. */
  readonly core: number;
  /** Index into meta.places; -1. */
  readonly place: number;
  /** Labels from long to short, the last one may be ''; the drawer takes the first that fits: `waits for WaitGroup wg (3 left)`, `wg`. */
  readonly labels: readonly string[];
}

export type LinkKind =
  | 'spawn'
  | 'value'
  | 'space'
  | 'lock'
  | 'waitgroup'
  | 'close'
  | 'cond'
  | 'once'
  | 'timer'
  | 'atomic'
  | 'wake'
  | 'steal';

/** An arrow: `fromRow` happens before `toRow` (kinds wake and steal: caused it in the scheduler). Always from a lower to a higher row. */
export interface Link {
  readonly fromRow: number;
  readonly toRow: number;
  /** Goroutines at both ends. */
  readonly from: number;
  readonly to: number;
  readonly kind: LinkKind;
  /** `2` (the value), `mu`, `wg`, ''. */
  readonly label: string;
}

export interface Links {
  /** Nearest acquire before (or at) the row: its causes. */
  readonly incoming: readonly Link[];
  /** Nearest release after (or at) the row: its effects. */
  readonly outgoing: readonly Link[];
}

/** Causal past and future of one row on one goroutine's lane. What lies between is unordered with the row. */
export interface Cone {
  readonly goroutine: number;
  /** Last row of the goroutine that happens before the row; -1: none. On the row's own lane: the row itself. */
  readonly lastBefore: number;
  /** First row of the goroutine that happens after the row; -1: none. */
  readonly firstAfter: number;
}

export interface Cones {
  readonly row: number;
  readonly goroutines: readonly Cone[];
  /** Vector clock of the row: how many steps of each goroutine it knows, its own included; parallel to `goroutines`. */
  readonly clock: readonly number[];
}

/** What a goroutine does at a moment: the state of the slice under the cursor, and the line of the last thing that it did. */
export interface GoroutineState {
  readonly goroutine: number;
  /** undefined: not born yet or ended. */
  readonly state: State | undefined;
  /** `on core 0 :16`, `waits for mu :34, held by G3`, `ready :12`, `ready, not started :9`, `system call :14`, `not started`, `ended`, `not recorded: 61 % running, 39 % ready`. */
  readonly text: string;
  readonly core: number;
  /** Object it waits for; 0. */
  readonly object: number;
  /** Who holds the lock that it waits for. */
  readonly holders: readonly number[];
  /** Place of the last thing that it did, before that of the statement that created it: code cursor; -1. */
  readonly place: number;
}

/** What a channel, lock, variable or run queue is at a moment: `2 of 3`, `held by G3`, `free`, `2: G4, G5`, `empty`; ''. */
export interface ObjectState {
  readonly object: number;
  readonly text: string;
  /** Channel or queue length, WaitGroup counter, number of holders. */
  readonly level: number;
  /** Goroutines that hold it. */
  readonly holders: readonly number[];
  /** Goroutines that wait for it, in order of arrival; in a queue next first, fewer than it holds where it is not known of all. */
  readonly waiters: readonly number[];
}

/** The statement at which a goroutine stands: a chip `G2 ▸` in the editor. */
export interface CodeCursor {
  readonly goroutine: number;
  readonly place: number;
}

export interface Tick {
  readonly x: number;
  /** `10`, `20`, `1.5`; in the unit of {@link Ruler}. */
  readonly label: string;
}

export interface Ruler {
  readonly ticks: readonly Tick[];
  /** Distance of the unlabelled marks between two ticks; 0: none. */
  readonly minor: number;
  /** `Step`, `Virtual time`. */
  readonly title: string;
  /** ``, `nanoseconds`, `microseconds`, `milliseconds`, `seconds`. */
  readonly unit: string;
}

/** One thin line of the overview: the state of one goroutine in each column. */
export interface OverviewLine {
  readonly lane: string;
  readonly goroutine: number;
  /** Index into STATES, 255: not alive. */
  readonly states: Uint8Array;
}

/**
 * What the timeline needs to know of a finding, in trace terms. An explained finding (report/explained.ts) is one.
 * Findings decide which lanes come first, which accesses are race marks, and which values are lost.
 */
export interface FindingMark {
  readonly kind: string;
  readonly code: string;
  readonly title: string;
  readonly object: number;
  readonly sites: readonly { readonly role: string; readonly g: number; readonly row: number }[];
  readonly values: readonly { readonly row: number; readonly g: number; readonly lost?: string }[];
  readonly cycle: readonly {
    readonly number: number;
    readonly kind: 'waits for' | 'held by';
    readonly g: number;
    readonly object: number;
    readonly row: number;
  }[];
}

/** A trace as pictures: built once, asked many times. Queries cost O(log n + what they return) unless they say otherwise. */
export interface Timeline {
  readonly trace: Trace;
  readonly findings: readonly FindingMark[];
  readonly steps: number;

  // ---- axes
  /** The whole axis. Where goroutines are stuck at the end, it runs on past the last row so that their wait can be seen; so do the steps of a run that was stopped. */
  domain(axis: Axis): Range;
  /** Where the run ended; domain(axis).end is this or more. */
  end(axis: Axis): number;
  /** Position of a row's event. */
  xOf(row: number, axis: Axis): number;
  /** Position of the change that a row brings: on 'step' half a column after the event. */
  edgeOf(row: number, axis: Axis): number;
  /** Row of step number `step`; where it is left out, the row that says so; -1 when there is none. */
  rowAtStep(step: number): number;
  /** The next (+1) or previous (-1) step from a moment, or the row that says that steps are left out; from -1 the first or last; -1 at the end. */
  stepFrom(row: number, direction: 1 | -1): number;
  /** The last row at or before `x`; -1 before the first. */
  rowAt(axis: Axis, x: number): number;
  ruler(axis: Axis, range: Range, ticksWanted: number): Ruler;

  // ---- lanes and what is on them
  lanes(preset: Preset, options?: LaneOptions): readonly LaneGroup[];
  /** The lane of a goroutine, object or thread in any preset, shown or not. */
  lane(id: string): Lane | undefined;
  /**
   * Spans of a track that meet `range`, at most about two per pixel: spans narrower than a pixel are merged, and a merged run carries
   * its dominant code and that code's density. `pixels` = width of the range on the screen.
   */
  visible(track: Track, axis: Axis, range: Range, pixels: number, into: SpanBuffer): SpanBuffer;
  /** Events of a goroutine lane in `range`; events nearer than `gap` pixels are merged (the weightiest one is shown). */
  glyphs(lane: Lane, axis: Axis, range: Range, pixels: number, gap: number, into: GlyphBuffer): GlyphBuffer;
  /** The span under `x`; -1 when there is none. */
  hit(track: Track, axis: Axis, x: number): number;
  slice(track: Track, index: number): Slice;
  /** Start and end of a span on an axis. */
  bounds(track: Track, index: number, axis: Axis): Range;
  /** The event of the lane nearest to `x` within `within` axis units; -1. */
  nearestRow(lane: Lane, axis: Axis, x: number, within: number): number;
  /** The span of the lane's first track that holds a row (as its event); -1. */
  sliceAtRow(lane: Lane, row: number): number;

  // ---- events
  /** Rows that show on a lane, ascending: what the arrow keys and the table walk over. */
  rowsOf(lane: Lane): Int32Array;
  /** Next (+1) or previous (-1) row of the lane from a moment; -1 at the end. */
  neighbour(lane: Lane, row: number, direction: 1 | -1): number;
  /** Glyph of a row: index into GLYPHS. */
  glyphOf(row: number): number;
  goroutineOf(row: number): number;
  placeOf(row: number): Place | undefined;
  /** The value that a row sends, receives, reads or writes, as Go prints it; '' where it has none or its text is unknown. */
  valueOf(row: number): string;
  /** Rows (steps) whose place is on a line (from 1), ascending. */
  rowsOfLine(file: number, line: number): Int32Array;
  /** `step 17, G3 locks mu at line 12`. */
  describeRow(row: number): string;
  /** As {@link describeRow} without the step and the place: `G3 locks mu`. */
  describeEvent(row: number): string;

  // ---- the world at a moment. A row that is the trace's length: where the run ended
  /** What a goroutine does where a row's event stands on an axis, on 'step' unless another is named. */
  goroutineAt(goroutine: number, row: number, axis?: Axis): GoroutineState;
  goroutineAtX(goroutine: number, axis: Axis, x: number): GoroutineState;
  objectAt(object: number, row: number): ObjectState;
  queueAt(p: number, row: number): ObjectState;
  /** What a lane's header says under its title at a moment: `waits for wg :34`, `2 of 3 at step 32`. */
  describeLane(lane: Lane, row: number, axis?: Axis): string;
  cursors(row: number, axis?: Axis): readonly CodeCursor[];

  // ---- causes and effects
  /** One hop of arrows of a row, exact. */
  links(row: number): Links;
  /** All happens-before arrows with an end in the rows from `first` to `last`, at most `limit`; `total` counts all. */
  linksBetween(first: number, last: number, limit: number): { readonly links: readonly Link[]; readonly total: number };
  /** undefined for a row that happens to no goroutine, and where events are left out: what they ordered is not known. Costs O(edges of the trace) at worst. */
  cones(row: number): Cones | undefined;

  // ---- sums
  /** Time (or steps) that goroutines spend in each state within the range, by index into STATES; of tens of thousands of goroutines an estimate that is good to half a percent. */
  shares(axis: Axis, range: Range): Float64Array;
  overview(axis: Axis, columns: number, lines: number): readonly OverviewLine[];
}
