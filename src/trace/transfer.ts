/**
 * This file packs a trace for a message between processes: all that there may be millions of stands in one buffer, which is transferred or copied as bytes.
 * Objects would be copied one by one, at every boundary.
 */
import { Interrupt } from '../base/interrupt';
import { COLUMNS, type ColumnArray, type ColumnName } from './format';
import type { GoroutineMeta, TraceMeta } from './meta';
import type { Trace, TraceColumns } from './store';

/** What goroutines of one function have in common. */
type Function = Pick<GoroutineMeta, 'name' | 'function'>;

/** `buffer` holds all columns: of rows, then of goroutines. */
export interface PackedTrace {
  /** Without its goroutines. */
  readonly meta: TraceMeta;
  readonly functions: readonly Function[];
  readonly goroutines: number;
  readonly length: number;
  readonly buffer: ArrayBuffer;
}

/** Of each goroutine, in this order: a column of words each. The last is an index into `functions`. */
const WORDS = ['id', 'parent', 'createdAt', 'process'] as const;
const GOROUTINE_WORDS = WORDS.length + 1;
const WORD_BYTES = 4;

/** Rows of a column that are copied in a unit of an interrupt; units of a goroutine. */
const ROWS_COPIED_IN_A_UNIT = 8;
const WORK_OF_A_GOROUTINE = 10;

const bytesOfRows = (length: number): number => COLUMNS.reduce((bytes, column) => bytes + column.bytes * length, 0);

/** Where the goroutines' columns begin. */
const aligned = (bytes: number): number => Math.ceil(bytes / WORD_BYTES) * WORD_BYTES;

/** Copies the columns into one buffer. @throws Interrupted */
export function encodeTransfer(trace: Trace, interrupt = Interrupt.never): PackedTrace {
  const { length } = trace;
  const { goroutines } = trace.meta;
  const from = aligned(bytesOfRows(length));
  const buffer = new ArrayBuffer(from + goroutines.length * GOROUTINE_WORDS * WORD_BYTES);
  let at = 0;
  for (const { name, make, bytes } of COLUMNS) {
    interrupt.worked(length / ROWS_COPIED_IN_A_UNIT);
    make(buffer, at, length).set(trace.columns[name].subarray(0, length));
    at += bytes * length;
  }
  const functions = packGoroutines(goroutines, new Int32Array(buffer, from), interrupt);
  return { meta: { ...trace.meta, goroutines: [] }, functions, goroutines: goroutines.length, length, buffer };
}

/** @returns their functions. */
function packGoroutines(goroutines: readonly GoroutineMeta[], words: Int32Array, interrupt: Interrupt): Function[] {
  const functions: Function[] = [];
  const indices = new Map<string, number>();
  const count = goroutines.length;
  goroutines.forEach((goroutine, i) => {
    interrupt.worked(WORK_OF_A_GOROUTINE);
    WORDS.forEach((word, column) => (words[column * count + i] = goroutine[word]));
    const { name, function: whole } = goroutine;
    const key = `${name} ${whole}`;
    let index = indices.get(key);
    if (index === undefined) indices.set(key, (index = functions.push({ name, function: whole }) - 1));
    words[WORDS.length * count + i] = index;
  });
  return functions;
}

/** The trace over the buffer of a message; no row is copied. */
export function decodeTransfer(packed: PackedTrace): Trace {
  const columns: Partial<Record<ColumnName, ColumnArray>> = {};
  let at = 0;
  for (const { name, make, bytes } of COLUMNS) {
    columns[name] = make(packed.buffer, at, packed.length);
    at += bytes * packed.length;
  }
  const meta = { ...packed.meta, goroutines: unpackGoroutines(packed, new Int32Array(packed.buffer, aligned(at))) };
  return { meta, length: packed.length, columns: columns as unknown as TraceColumns };
}

function unpackGoroutines({ functions, goroutines: count }: PackedTrace, words: Int32Array): GoroutineMeta[] {
  const [id, parent, createdAt, process, index] = Array.from({ length: GOROUTINE_WORDS }, (_, column) =>
    words.subarray(column * count, (column + 1) * count),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  return Array.from({ length: count }, (_, i): GoroutineMeta => {
    const { name, function: whole } = functions[index[i]!]!;
    return { id: id[i]!, name, function: whole, parent: parent[i]!, createdAt: createdAt[i]!, process: process[i]! };
  });
}
