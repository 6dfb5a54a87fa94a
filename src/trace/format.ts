/**
 * This file defines the form in which a trace is kept in files: `interlane.trace/1`, a JSON document.
 *
 * The document names its event kinds, so that a reader need not know their numbers: `columns.kind[i]` is an index into `kinds`.
 * A schema only ever gains fields; a reader ignores those it does not know.
 */
import { Interrupt } from '../base/interrupt';
import { visibleJson } from '../base/visible';
import { EVENT_NAMES, IS_STEP, Kind } from '../event/kinds';
import type { EventName } from '../event/kinds';
import { gapsOf, STATES_TOLD, type Gap } from './gaps';
import type { TraceMeta } from './meta';
import type { Trace, TraceColumns } from './store';

export const TRACE_SCHEMA = 'interlane.trace/1';

/** Thrown when a document is not a trace. The message says where it is wrong. */
export class TraceFormatError extends Error {
  constructor(what: string) {
    super(`not an ${TRACE_SCHEMA} document: ${what}`);
    this.name = 'TraceFormatError';
  }
}

/** Numbers of a column that are written at once; in units of an interrupt, one of them. */
const ROWS_OF_A_PART = 4096;
const WORK_OF_A_NUMBER = 6;
/** The same for entries of the lists of metadata: goroutines, objects, places, texts. */
const ENTRIES_OF_A_PART = 512;
const WORK_OF_AN_ENTRY = 120;

export type ColumnName = keyof TraceColumns;
export type ColumnArray = Uint8Array | Int16Array | Int32Array | Float64Array;
interface ColumnShape {
  readonly name: ColumnName;
  readonly make: (buffer: ArrayBuffer, byteOffset: number, length: number) => ColumnArray;
  readonly bytes: 1 | 2 | 4 | 8;
  readonly least: number;
  readonly most: number;
}

const I32 = { bytes: 4, least: -(2 ** 31), most: 2 ** 31 - 1 } as const;
const int32 = (name: ColumnName): ColumnShape => ({ name, make: (b, o, n) => new Int32Array(b, o, n), ...I32 });

/** Widest first, so that every column of a packed buffer is aligned. */
export const COLUMNS: readonly ColumnShape[] = [
  { name: 'time', make: (b, o, n) => new Float64Array(b, o, n), bytes: 8, least: 0, most: Number.MAX_VALUE },
  ...(['step', 'g', 'thread', 'obj', 'a', 'b', 'lo', 'hi', 'place'] as const).map(int32),
  { name: 'core', make: (b, o, n) => new Int16Array(b, o, n), bytes: 2, least: -(2 ** 15), most: 2 ** 15 - 1 },
  { name: 'kind', make: (b, o, n) => new Uint8Array(b, o, n), bytes: 1, least: 0, most: EVENT_NAMES.length - 1 },
];

/** What a trace without gaps can hold; the kind that says where events are left out is the last. */
const KINDS_OF_WHOLE = EVENT_NAMES.slice(0, Kind.LeftOut);

/** The document of a trace, as JSON text. The same trace gives the same text. @throws Interrupted */
export function encodeTrace(trace: Trace, interrupt = Interrupt.never): string {
  const kinds = gapsOf(trace).length > 0 ? EVENT_NAMES : KINDS_OF_WHOLE;
  const head = objectText({ schema: TRACE_SCHEMA, meta: trace.meta, kinds, rows: trace.length }, interrupt);
  const columns = COLUMNS.map(({ name }) => `"${name}":[${numbersText(trace.columns[name], trace.length, interrupt)}]`);
  return `${head.slice(0, -1)},"columns":{${columns.join(',')}}}`;
}

/** A value as JSON.stringify writes it; lists, which may have a million entries, in parts. */
function valueText(value: unknown, interrupt: Interrupt): string {
  if (Array.isArray(value)) return `[${entriesText(value, interrupt)}]`;
  const isRecord = typeof value === 'object' && value !== null;
  return isRecord ? objectText(value, interrupt) : visibleJson(JSON.stringify(value));
}

function objectText(fields: object, interrupt: Interrupt): string {
  const texts = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${JSON.stringify(name)}:${valueText(value, interrupt)}`);
  return `{${texts.join(',')}}`;
}

/** The entries of a list, without brackets. */
function entriesText(list: readonly unknown[], interrupt: Interrupt): string {
  const parts: string[] = [];
  for (let i = 0; i < list.length; i += ENTRIES_OF_A_PART) {
    const part = list.slice(i, i + ENTRIES_OF_A_PART);
    interrupt.worked(part.length * WORK_OF_AN_ENTRY);
    parts.push(visibleJson(JSON.stringify(part)).slice(1, -1));
  }
  return parts.join(',');
}

/** The numbers of a column as JSON has them, without brackets. */
function numbersText(column: ColumnArray, length: number, interrupt: Interrupt): string {
  const parts: string[] = [];
  for (let row = 0; row < length; row += ROWS_OF_A_PART) {
    const part = column.subarray(row, Math.min(row + ROWS_OF_A_PART, length));
    interrupt.worked(part.length * WORK_OF_A_NUMBER);
    parts.push(part.join(','));
  }
  return parts.join(',');
}

/** The trace of a document. @throws TraceFormatError */
export function decodeTrace(text: string): Trace {
  const document = object(parse(text), 'the document');
  if (document.schema !== TRACE_SCHEMA) throw new TraceFormatError(`its schema is ${JSON.stringify(document.schema)}`);
  const length = count(document.rows, 'rows');
  const meta = readMeta(document.meta);
  const numbers = readKinds(document.kinds);
  const given = object(document.columns, 'columns');
  const columns: Partial<Record<ColumnName, ColumnArray>> = {};
  for (const shape of COLUMNS) {
    const from = shape.name === 'kind' ? { ...shape, most: numbers.length - 1 } : shape;
    columns[shape.name] = readColumn(given[shape.name], from, length);
  }
  const trace: Trace = { meta, length, columns: columns as unknown as TraceColumns };
  const { kind } = trace.columns;
  for (let row = 0; row < length; row++) kind[row] = numbers[kind[row]!]!;
  checkReferences(trace);
  return trace;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TraceFormatError(error instanceof Error ? error.message : 'it is not JSON');
  }
}

function object(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TraceFormatError(`${what} is not an object`);
  }
  return value as Record<string, unknown>;
}

function array(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TraceFormatError(`${what} is not an array`);
  return value;
}

function count(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new TraceFormatError(`${what} is not a count`);
  }
  return value;
}

/** What each field of the metadata must be. Nested records are checked field by field. */
type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | readonly ['optional', Shape]
  | { readonly [field: string]: Shape }
  | readonly [Shape];

const META: Readonly<Record<keyof TraceMeta, Shape>> = {
  schema: 'string',
  files: ['string'],
  places: [
    { file: 'number', line: 'number', column: 'number', endLine: 'number', endColumn: 'number', function: 'string' },
  ],
  goroutines: [
    { id: 'number', name: 'string', function: 'string', parent: 'number', createdAt: 'number', process: 'number' },
  ],
  objects: [
    {
      id: 'number',
      kind: 'string',
      name: 'string',
      type: 'string',
      capacity: ['optional', 'number'],
      declaredAt: 'number',
    },
  ],
  threads: [{ id: 'number', process: 'number' }],
  processes: [{ id: 'number', name: 'string', parent: 'number', status: ['optional', 'number'] }],
  cores: 'number',
  memory: [
    'optional',
    {
      heapBytes: 'number',
      goroutineStackBytes: 'number',
      threadStackBytes: 'number',
      processBytes: 'number',
      goroutineStacks: 'number',
      peakBytes: 'number',
      refusedBytes: 'number',
      limitBytes: 'number',
      threads: 'number',
    },
  ],
  seed: 'number',
  schedule: 'string',
  steps: 'number',
  endTime: 'number',
  outcome: 'string',
  status: 'number',
  instructions: 'number',
  truncated: 'boolean',
  gaps: [
    'optional',
    [
      {
        row: 'number',
        end: 'number',
        events: 'number',
        parts: ['number'],
        goroutines: ['number'],
        counts: ['number'],
        places: ['number'],
        lasts: ['number'],
        times: ['number'],
        unseen: 'number',
        objects: ['number'],
        standing: ['number'],
        channels: ['number'],
        entered: ['number'],
        threads: ['number'],
      },
    ],
  ],
  racesGaveUp: ['optional', 'boolean'],
  texts: ['string'],
  stacks: [['number']],
};

function readMeta(value: unknown): TraceMeta {
  check(value, META, 'meta');
  return value as TraceMeta;
}

function check(value: unknown, shape: Shape, where: string): void {
  if (typeof shape === 'string') {
    if (typeof value !== shape) throw new TraceFormatError(`${where} is not a ${shape}`);
  } else if (isOptional(shape)) {
    if (value !== undefined) check(value, shape[1], where);
  } else if (isList(shape)) {
    array(value, where).forEach((item, i) => check(item, shape[0], `${where}[${i}]`));
  } else {
    const fields = object(value, where);
    for (const [name, field] of Object.entries(shape)) check(fields[name], field, `${where}.${name}`);
  }
}

function isOptional(shape: Exclude<Shape, string>): shape is readonly ['optional', Shape] {
  return Array.isArray(shape) && shape[0] === 'optional';
}

function isList(shape: Exclude<Shape, string>): shape is readonly [Shape] {
  return Array.isArray(shape) && shape.length === 1;
}

/** Our number of each kind that the document names. */
function readKinds(value: unknown): number[] {
  return array(value, 'kinds').map((name) => {
    const number = EVENT_NAMES.indexOf(name as EventName);
    if (number < 0) throw new TraceFormatError(`unknown event kind ${JSON.stringify(name)}`);
    return number;
  });
}

function readColumn(value: unknown, shape: ColumnShape, length: number): ColumnArray {
  const { name, least, most, bytes } = shape;
  const numbers = array(value, `columns.${name}`);
  if (numbers.length !== length) throw new TraceFormatError(`columns.${name} has ${numbers.length} of ${length} rows`);
  const column = shape.make(new ArrayBuffer(bytes * length), 0, length);
  numbers.forEach((item, row) => {
    const fits =
      typeof item === 'number' && item >= least && item <= most && (name === 'time' || Number.isInteger(item));
    if (!fits) throw new TraceFormatError(`columns.${name}[${row}] is ${JSON.stringify(item)}`);
    column[row] = item;
  });
  return column;
}

/** Places that rows name must exist, gaps must stand where rows say so, and the step column must count the rows that are steps, in gaps at least those. */
function checkReferences(trace: Trace): void {
  const { kind, place, step } = trace.columns;
  const gaps = gapsOf(trace);
  gaps.forEach((gap, i) => checkGap(trace, gap, i));
  let next = 0;
  for (let row = 0; row < trace.length; row++) {
    if (place[row]! < -1 || place[row]! >= trace.meta.places.length) {
      throw new TraceFormatError(`columns.place[${row}] names no place`);
    }
    if (next < gaps.length && row > gaps[next]!.end) next++;
    const isWhole = next >= gaps.length || row < gaps[next]!.row;
    const before = row === 0 ? -1 : step[row - 1]!;
    const least = before + IS_STEP[kind[row]!]!;
    if (isWhole ? step[row]! !== least : step[row]! < least) {
      throw new TraceFormatError(`columns.step[${row}] is ${step[row]!} after ${before}`);
    }
  }
}

/** A gap follows the one before it, its parts are rows of kind LeftOut, and there is one entry of each list for each of its goroutines. */
function checkGap(trace: Trace, gap: Gap, index: number): void {
  const { row, end, parts, goroutines, counts, places, lasts, times, channels, entered } = gap;
  const from = gapsOf(trace)[index - 1]?.end ?? 0;
  const stands = Number.isInteger(row) && Number.isInteger(end) && row >= from && row < end && end <= trace.length;
  const inOrder = parts[0] === row && parts.every((at, i) => at < end && (i === 0 || at > parts[i - 1]!));
  const isMarked = parts.every((at) => trace.columns.kind[at] === Kind.LeftOut);
  const isWhole =
    counts.length === goroutines.length &&
    places.length === goroutines.length &&
    lasts.length === goroutines.length &&
    [...places, ...lasts].every((place) => place >= -1 && place < trace.meta.places.length) &&
    times.length === goroutines.length * parts.length * STATES_TOLD &&
    channels.length === entered.length;
  if (!stands || !inOrder || !isMarked || !isWhole)
    throw new TraceFormatError(`meta.gaps[${index}] is no gap of its rows`);
}
