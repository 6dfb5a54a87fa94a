/**
 * This file defines the two forms in which a trace leaves memory: `interlane.trace/1`, a JSON document for files, and a packed buffer for messages.
 *
 * The document names its event kinds, so that a reader need not know their numbers: `columns.kind[i]` is an index into `kinds`.
 * A schema only ever gains fields; a reader ignores those it does not know.
 */
import { EVENT_NAMES, IS_STEP } from '../event/kinds';
import type { EventName } from '../event/kinds';
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

type ColumnName = keyof TraceColumns;
type ColumnArray = Uint8Array | Int16Array | Int32Array | Float64Array;
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
const COLUMNS: readonly ColumnShape[] = [
  { name: 'time', make: (b, o, n) => new Float64Array(b, o, n), bytes: 8, least: 0, most: Number.MAX_VALUE },
  ...(['step', 'g', 'thread', 'obj', 'a', 'b', 'lo', 'hi', 'place'] as const).map(int32),
  { name: 'core', make: (b, o, n) => new Int16Array(b, o, n), bytes: 2, least: -(2 ** 15), most: 2 ** 15 - 1 },
  { name: 'kind', make: (b, o, n) => new Uint8Array(b, o, n), bytes: 1, least: 0, most: EVENT_NAMES.length - 1 },
];

// ---------------------------------------------------------------- messages

/** A trace as it crosses threads: `buffer` holds all columns and is meant to be transferred. */
export interface PackedTrace {
  readonly meta: TraceMeta;
  readonly length: number;
  readonly buffer: ArrayBuffer;
}

/** Copies the columns into one buffer. */
export function encodeTransfer(trace: Trace): PackedTrace {
  const { length } = trace;
  const buffer = new ArrayBuffer(COLUMNS.reduce((bytes, column) => bytes + column.bytes * length, 0));
  let at = 0;
  for (const { name, make, bytes } of COLUMNS) {
    make(buffer, at, length).set(trace.columns[name].subarray(0, length));
    at += bytes * length;
  }
  return { meta: trace.meta, length, buffer };
}

/** The trace over the buffer of a message; nothing is copied. */
export function decodeTransfer(packed: PackedTrace): Trace {
  const columns: Partial<Record<ColumnName, ColumnArray>> = {};
  let at = 0;
  for (const { name, make, bytes } of COLUMNS) {
    columns[name] = make(packed.buffer, at, packed.length);
    at += bytes * packed.length;
  }
  return { meta: packed.meta, length: packed.length, columns: columns as unknown as TraceColumns };
}

// ---------------------------------------------------------------- files

/** The document of a trace, as JSON text. The same trace gives the same text. */
export function encodeTrace(trace: Trace): string {
  const columns: Record<string, readonly number[]> = {};
  for (const { name } of COLUMNS) columns[name] = Array.from(trace.columns[name].subarray(0, trace.length));
  return JSON.stringify({ schema: TRACE_SCHEMA, meta: trace.meta, kinds: EVENT_NAMES, rows: trace.length, columns });
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
  processes: [{ id: 'number', name: 'string', parent: 'number' }],
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

/** Places that rows name must exist, and the step column must count the rows that are steps. */
function checkReferences(trace: Trace): void {
  const { kind, place, step } = trace.columns;
  for (let row = 0; row < trace.length; row++) {
    if (place[row]! < -1 || place[row]! >= trace.meta.places.length) {
      throw new TraceFormatError(`columns.place[${row}] names no place`);
    }
    const before = row === 0 ? -1 : step[row - 1]!;
    if (step[row]! !== before + IS_STEP[kind[row]!]!) {
      throw new TraceFormatError(`columns.step[${row}] is ${step[row]!} after ${before}`);
    }
  }
}
