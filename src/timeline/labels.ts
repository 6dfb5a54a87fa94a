/** This file writes what stands on a span: labels from long to short, and the facts behind them. */
import { Kind } from '../event/kinds';
import { WAIT_REASONS } from '../event/wait';
import { countUpTo } from '../trace/rows';
import type { TraceIndex } from '../trace/rows';
import { MIXED } from './buffers';
import { WAIT_SENTENCES } from './describe';
import { unrecordedWords } from './doing';
import { STATES, THREAD_STATES } from './model';
import type { Slice, State } from './model';
import type { Names } from './names';
import { MOST_SLOTS } from './track';
import type { StoredTrack } from './track';

/** What labels need to know beyond the trace. */
export interface LabelContext {
  readonly names: Names;
  readonly index: TraceIndex;
  /** Goroutines that a finding says are stuck at the end. */
  readonly stuck: ReadonlySet<number>;
  /** Counter of a WaitGroup, holders of a lock at a moment. */
  readonly levelAt: (object: number, row: number) => number;
  readonly holdersAt: (object: number, row: number) => readonly number[];
}

/** One span of a track, before it has labels. */
interface Span {
  readonly track: StoredTrack;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly code: number;
}

/** The span in full. */
export function sliceOf(context: LabelContext, track: StoredTrack, index: number): Slice {
  const { store, run } = track;
  const i = run.from + index;
  const span = { track, firstRow: store.firstRow[i]!, lastRow: store.lastRow[i]!, code: store.code[i]! };
  const { columns } = context.names.trace;
  const row = span.firstRow;
  const waits = track.role === 'states' && row >= 0 && columns.kind[row] === Kind.GoBlock;
  return {
    track,
    index,
    firstRow: row,
    lastRow: span.lastRow,
    code: span.code,
    goroutine: goroutineOn(context, span),
    object: waits ? columns.obj[row]! : objectOf(track),
    core: coreOf(context, span),
    place: placeOn(context, span),
    labels: LABELS[track.role](context, span),
  };
}

function objectOf(track: StoredTrack): number {
  switch (track.role) {
    case 'slot':
      return Math.floor(track.owner / MOST_SLOTS);
    case 'senders':
    case 'receivers':
    case 'holders':
    case 'waiters':
    case 'values':
      return track.owner;
    default:
      return 0;
  }
}

function goroutineOn(context: LabelContext, { track, firstRow, code }: Span): number {
  switch (track.role) {
    case 'states':
    case 'cores':
      return track.owner;
    case 'slot':
    case 'holders':
    case 'goroutines':
      return Math.max(0, code);
    case 'values':
      return firstRow < 0 ? 0 : context.names.trace.columns.g[firstRow]!;
    case 'thread':
      return THREAD_STATES[code] === 'in system call' ? syscaller(context, track.owner, firstRow) : 0;
    case 'length':
      return code === 1 && wasEmpty(track, firstRow) ? queued(context, firstRow) : 0;
    default:
      return 0;
  }
}

function coreOf(context: LabelContext, { track, firstRow, code }: Span): number {
  if (track.role === 'cores') return code;
  if (track.role === 'busy' || track.role === 'threads' || track.role === 'pending' || track.role === 'goroutines') {
    return track.owner;
  }
  const runs = track.role === 'states' ? STATES[code] === 'running' : track.role === 'thread' && code === 0;
  return runs && firstRow >= 0 ? context.names.trace.columns.core[firstRow]! : -1;
}

/** Where the goroutine is: for what runs the first statement within the span, for what waits the statement that waits. */
function placeOn(context: LabelContext, span: Span): number {
  const { place } = context.names.trace.columns;
  const { track, firstRow, code } = span;
  const runs = track.role === 'goroutines' || (track.role === 'states' && STATES[code] === 'running');
  if (runs) return mainPlace(context, span);
  return firstRow < 0 ? -1 : place[firstRow]!;
}

/** Rows of the span's goroutine within the span, at most 64. */
function rowsWithin(context: LabelContext, span: Span): Int32Array {
  const rows = context.index.rowsOfGoroutine(goroutineOn(context, span));
  const from = countUpTo(rows, span.firstRow);
  const to = span.lastRow < 0 ? rows.length : countUpTo(rows, span.lastRow);
  return rows.subarray(from, Math.min(to, from + 64));
}

/** What a running span is mostly about: its longest work, else its first statement. */
function mainRow(context: LabelContext, span: Span): number {
  const { kind, a, place } = context.names.trace.columns;
  let first = -1;
  let longest = -1;
  for (const row of rowsWithin(context, span)) {
    if (place[row]! < 0) continue;
    if (first < 0) first = row;
    if (kind[row] === Kind.Work && (longest < 0 || a[row]! > a[longest]!)) longest = row;
  }
  return longest >= 0 ? longest : first;
}

function mainPlace(context: LabelContext, span: Span): number {
  const row = mainRow(context, span);
  return row < 0 ? -1 : context.names.trace.columns.place[row]!;
}

/** The row at which a goroutine entered the system call that a thread is in from `row` on; -1 where it is not near. */
function syscallRow({ names }: LabelContext, thread: number, row: number): number {
  const { kind, thread: on } = names.trace.columns;
  for (let at = row; at >= 0 && at > row - 64; at--) {
    if (kind[at] === Kind.LeftOut) return -1;
    if (kind[at] === Kind.GoSyscall && (on[at] === thread || on[at] === -1)) return at;
  }
  return -1;
}

function syscaller(context: LabelContext, thread: number, row: number): number {
  const at = syscallRow(context, thread, row);
  return at < 0 ? 0 : context.names.trace.columns.g[at]!;
}

/** Whether a queue held nothing before the span that starts at `row`. */
function wasEmpty({ store, run }: StoredTrack, row: number): boolean {
  const at = store.lastStartingAt(run, row);
  return at === run.from || store.lastRow[at - 1] !== row;
}

/** The goroutine that entered a run queue just before its length was told; 0 for a channel, whose length is told by its own events. */
function queued({ names }: LabelContext, row: number): number {
  const { kind, obj } = names.trace.columns;
  if (kind[row] !== Kind.QueueLength) return 0;
  for (let at = row; at >= 0 && at > row - 8; at--) {
    if (kind[at] === Kind.LeftOut) return 0;
    if (ENTERS_QUEUE.has(kind[at]!)) return obj[at]!;
  }
  return 0;
}

/** Kinds whose `obj` is a goroutine that goes into a run queue. */
const ENTERS_QUEUE = new Set([Kind.GoCreate, Kind.GoReady, Kind.GoPreempt, Kind.GoSysExit]);

type Labels = (context: LabelContext, span: Span) => readonly string[];

const LABELS: Readonly<Record<StoredTrack['role'], Labels>> = {
  states: (context, span) => STATE_LABELS[STATES[span.code]!](context, span),
  cores: (_context, { code }) => [`core ${code}`, String(code), ''],
  slot: ({ names }, { firstRow }) => [names.value(firstRow), ''],
  length: (context, span) => {
    const g = goroutineOn(context, span);
    return [g > 0 ? `G${g}` : String(span.code), ''];
  },
  senders: (_context, { code }) => [`${code} blocked`, String(code), ''],
  receivers: (_context, { code }) => [`${code} waiting`, String(code), ''],
  holders: holderLabels,
  waiters: (_context, { code }) => [`${code} waiting`, String(code), ''],
  values: valueLabels,
  busy: () => [''],
  threads: ({ names }, { code }) => [names.thread(code), ''],
  pending: ({ names }, { code, firstRow }) => {
    const creates = names.trace.columns.kind[firstRow] === Kind.ThreadCreate;
    return [`${creates ? 'creating' : 'waking'} ${names.thread(code)}`, names.thread(code), ''];
  },
  goroutines: (context, span) => {
    const name = `G${span.code}`;
    const doing = activity(context, span);
    return [...(doing === '' ? [] : [doing.startsWith(':') ? `${name} ${doing}` : `${name}: ${doing}`]), name, ''];
  },
  thread: threadLabels,
};

const STATE_LABELS: Readonly<Record<State, Labels>> = {
  running: () => [''],
  runnable: () => ['ready', ''],
  channel: waitLabels,
  lock: waitLabels,
  syscall: (context, span) => {
    const waits = context.names.trace.columns.kind[span.firstRow] === Kind.GoBlock;
    return waits ? waitLabels(context, span) : ['system call', 'sys', ''];
  },
  unrecorded: (context, span) => unrecordedLabels(context, span),
  sleeping: (context, span) => [...waitLabels(context, span).slice(0, 1), 'sleep', ''],
};

/** `waits for WaitGroup wg (3 left), for ever`, then shorter ones, then the object alone. */
function waitLabels({ names, levelAt, stuck }: LabelContext, { track, firstRow, lastRow }: Span): readonly string[] {
  const { obj, a, b } = names.trace.columns;
  const reason = WAIT_REASONS[a[firstRow]!]?.name ?? 'none';
  const object = names.object(obj[firstRow]!);
  const sentence = WAIT_SENTENCES[reason](object, names.duration(b[firstRow]!));
  const labels: string[] = [];
  if (lastRow < 0 && stuck.has(track.owner)) labels.push(`${sentence}, for ever`);
  if (reason === 'waitGroupWait') labels.push(`${sentence} (${levelAt(obj[firstRow]!, firstRow)} left)`);
  labels.push(sentence);
  if (obj[firstRow] !== 0) labels.push(object);
  else if (reason === 'select') labels.push('select');
  return [...labels, ''];
}

const unrecordedLabels: Labels = ({ names: { trace } }, { track, firstRow }) => [
  ...unrecordedWords(trace, track.owner, firstRow),
  '',
];

function holderLabels({ names, holdersAt }: LabelContext, { track, firstRow, code }: Span): readonly string[] {
  if (code > 0) {
    const step = names.trace.columns.step[firstRow]!;
    return [`held by G${code} since step ${step}`, `held by G${code}`, `G${code}`, ''];
  }
  const readers = holdersAt(track.owner, firstRow);
  return [`read by ${readers.map((g) => `G${g}`).join(', ')}`, `${readers.length} readers`, ''];
}

/** The value that a variable holds during a span; a value that overwrote an unread update says so. */
function valueLabels({ names, index }: LabelContext, { track, firstRow, code }: Span): readonly string[] {
  const row = firstRow >= 0 ? firstRow : (index.rowsOfObject(track.owner)[0] ?? -1);
  const text = row < 0 ? '' : names.value(row);
  if (code === MIXED) return [''];
  return overwrites(track, firstRow) ? [`${text}  one update lost`, text, ''] : [text, ''];
}

/** Whether the span before the one that starts at `row` was lost. */
function overwrites(track: StoredTrack, row: number): boolean {
  const at = track.store.lastStartingAt(track.run, row) - 1;
  return row >= 0 && at >= track.run.from && track.store.code[at] === 1;
}

function activity(context: LabelContext, span: Span): string {
  const row = mainRow(context, span);
  if (row < 0) return '';
  const { kind, place } = context.names.trace.columns;
  return `${kind[row] === Kind.Work ? 'work' : ''}${context.names.line(place[row]!)}`.trim();
}

function threadLabels(context: LabelContext, span: Span): readonly string[] {
  const { names } = context;
  const { track, firstRow, code } = span;
  switch (THREAD_STATES[code]) {
    case 'on core': {
      const core = names.trace.columns.core[firstRow]!;
      return [`on core ${core}`, String(core), ''];
    }
    case 'in system call': {
      const at = syscallRow(context, track.owner, firstRow);
      if (at < 0) return ['system call', ''];
      const { g, place } = names.trace.columns;
      const name = `G${g[at]!}`;
      return [`${name} in system call${names.line(place[at]!)}`, `${name} in system call`, name, ''];
    }
    case 'starting':
      return names.trace.columns.kind[firstRow] === Kind.ThreadCreate ? ['being created', ''] : ['waking', ''];
    default:
      return [THREAD_STATES[code]!, ''];
  }
}
