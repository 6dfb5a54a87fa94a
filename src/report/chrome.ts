/**
 * This file writes a trace in the Trace Event Format ("JSON Object Format", Google, 2016), which Perfetto, chrome://tracing and speedscope open:
 * a thread per goroutine with its states (X), its steps (i) and the happens-before arrows between them (s, f), and a thread per core.
 */
import { Interrupt } from '../base/interrupt';
import { visibleJson } from '../base/visible';
import { IS_STEP } from '../event/kinds';
import type { Trace } from '../trace/store';
import { buildTimeline } from '../timeline/build';
import type { FindingMark, Lane, Timeline, Track } from '../timeline/model';
import { STATES } from '../timeline/model';
import { cutWords } from './cutWords';

/** Process id under which the cores stand; real ones are small. */
const CORES_PID = 1_000_000;
/** Most arrows written; a viewer drowns in more. */
const MOST_FLOWS = 100_000;

interface ChromeEvent {
  readonly name: string;
  readonly ph: 'M' | 'X' | 'i' | 's' | 'f';
  readonly pid: number;
  readonly tid: number;
  readonly cat?: string;
  /** Microseconds. */
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: number;
  readonly s?: 't';
  readonly bp?: 'e';
  readonly args?: Readonly<Record<string, string | number>>;
}

/** In units of an interrupt: of an event that is written. */
const WORK_OF_AN_EVENT = 200;

/** The trace as Chrome trace JSON. The same trace gives the same text. @throws Interrupted */
export function encodeChrome(trace: Trace, findings: readonly FindingMark[] = [], interrupt = Interrupt.never): string {
  const timeline = buildTimeline(trace, findings, interrupt);
  const { schema, seed, schedule } = trace.meta;
  const cut = cutWords(trace);
  const otherData = { schema, seed, schedule, ...(cut !== undefined && { cut }) };
  const lines: string[] = [];
  for (const event of eventsOf(timeline)) {
    interrupt.worked(WORK_OF_AN_EVENT);
    lines.push(visibleJson(JSON.stringify(event)));
  }
  const written = lines.join(',\n');
  return `{"displayTimeUnit":"ns","otherData":${visibleJson(JSON.stringify(otherData))},"traceEvents":[\n${written}\n]}\n`;
}

function* eventsOf(timeline: Timeline): Iterable<ChromeEvent> {
  const goroutines = everyGoroutine(timeline);
  const processOf = processesOf(timeline.trace);
  yield* names(timeline.trace, goroutines, processOf);
  for (const lane of goroutines) {
    yield* states(timeline, lane, processOf);
    yield* steps(timeline, lane, processOf);
  }
  yield* flows(timeline, processOf);
  yield* cores(timeline);
}

function everyGoroutine(timeline: Timeline): Lane[] {
  const ids = new Set(timeline.trace.meta.goroutines.map((goroutine) => goroutine.id));
  return [...ids].flatMap((id) => timeline.lane(`g${id}`) ?? []);
}

const micros = (ns: number): number => ns / 1000;

type ProcessOf = (g: number) => number;

function processesOf(trace: Trace): ProcessOf {
  const processes = new Map<number, number>();
  for (const { id, process } of trace.meta.goroutines) processes.set(id, process);
  return (g) => processes.get(g) ?? 1;
}

function meta(name: string, pid: number, tid: number, args: ChromeEvent['args']): ChromeEvent {
  return { name, ph: 'M', pid, tid, ...(args ? { args } : {}) };
}

function names(trace: Trace, goroutines: readonly Lane[], processOf: ProcessOf): ChromeEvent[] {
  const { processes, cores: count } = trace.meta;
  return [
    ...processes.map(({ id, name }) => meta('process_name', id, 0, { name })),
    meta('process_name', CORES_PID, 0, { name: 'Cores' }),
    ...goroutines.flatMap((lane) => {
      const g = lane.goroutine ?? 0;
      const pid = processOf(g);
      return [
        meta('thread_name', pid, g, { name: `${lane.title} ${lane.detail}`.trim() }),
        meta('thread_sort_index', pid, g, { sort_index: g }),
      ];
    }),
    ...Array.from({ length: count }, (_, core) => meta('thread_name', CORES_PID, core, { name: `Core ${core}` })),
  ];
}

/** Complete events of a track; what is open at the end ends with the run. */
function spans(
  timeline: Timeline,
  track: Track,
  pid: number,
  tid: number,
  cat: string,
  nameOf: (code: number, label: string) => string,
): ChromeEvent[] {
  const events: ChromeEvent[] = [];
  const last = timeline.end('time');
  for (let i = 0; i < track.length; i++) {
    const { start, end } = timeline.bounds(track, i, 'time');
    const { code, labels, firstRow } = timeline.slice(track, i);
    const dur = micros(Math.min(end, last) - start);
    const line = timeline.placeOf(firstRow)?.line;
    const args = line === undefined ? {} : { args: { line } };
    events.push({ name: nameOf(code, labels[0] ?? ''), ph: 'X', pid, tid, cat, ts: micros(start), dur, ...args });
  }
  return events;
}

function states(timeline: Timeline, lane: Lane, processOf: ProcessOf): ChromeEvent[] {
  const track = lane.tracks.find(({ role }) => role === 'states');
  const g = lane.goroutine ?? 0;
  if (!track) return [];
  const pid = processOf(g);
  return spans(timeline, track, pid, g, 'state', (code, label) => (label === '' ? STATES[code]! : label));
}

function steps(timeline: Timeline, lane: Lane, processOf: ProcessOf): ChromeEvent[] {
  const { kind, step } = timeline.trace.columns;
  const tid = lane.goroutine ?? 0;
  const pid = processOf(tid);
  const events: ChromeEvent[] = [];
  for (const row of timeline.rowsOf(lane)) {
    if (IS_STEP[kind[row]!] !== 1) continue;
    const line = timeline.placeOf(row)?.line;
    const args = { step: step[row]!, ...(line === undefined ? {} : { line }) };
    const ts = micros(timeline.xOf(row, 'time'));
    events.push({ name: timeline.describeEvent(row), ph: 'i', s: 't', pid, tid, cat: 'step', ts, args });
  }
  return events;
}

function flows(timeline: Timeline, processOf: ProcessOf): ChromeEvent[] {
  const { links } = timeline.linksBetween(0, timeline.trace.length, MOST_FLOWS);
  return links
    .filter((link) => link.from > 0 && link.to > 0)
    .flatMap((link, id) => {
      const name = link.label === '' ? link.kind : `${link.kind} ${link.label}`;
      const end = (g: number, row: number): Pick<ChromeEvent, 'pid' | 'tid' | 'ts'> => ({
        pid: processOf(g),
        tid: g,
        ts: micros(timeline.xOf(row, 'time')),
      });
      return [
        { name, cat: 'happens-before', ph: 's', id, ...end(link.from, link.fromRow) },
        { name, cat: 'happens-before', ph: 'f', bp: 'e', id, ...end(link.to, link.toRow) },
      ] satisfies ChromeEvent[];
    });
}

function cores(timeline: Timeline): ChromeEvent[] {
  return Array.from({ length: timeline.trace.meta.cores }, (_, core) => {
    const track = timeline.lane(`core:${core}:goroutine`)?.tracks[0];
    return track ? spans(timeline, track, CORES_PID, core, 'core', (code, label) => label || `G${code}`) : [];
  }).flat();
}
