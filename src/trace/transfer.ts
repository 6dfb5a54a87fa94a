/**
 * This file packs a trace for a message between processes: all that there may be millions of stands in one buffer, which is transferred or copied as bytes.
 * Objects would be copied one by one, at every boundary.
 */
import { Interrupt } from '../base/interrupt';
import { COLUMNS, type ColumnArray, type ColumnName } from './format';
import type { GoroutineMeta, ObjectKind, ObjectMeta, TraceMeta } from './meta';
import type { Trace, TraceColumns } from './store';

/** What goroutines of one function have in common. */
type Function = Pick<GoroutineMeta, 'name' | 'function'>;

/** `buffer` holds all columns: of rows, then of goroutines, then of objects. */
export interface PackedTrace {
  /** Without its goroutines and objects. */
  readonly meta: TraceMeta;
  readonly functions: readonly Function[];
  readonly goroutines: number;
  /** Kinds, types and names of objects, each once. A text for each would be sent one by one: names stand in one, with a space between. */
  readonly kinds: readonly ObjectKind[];
  readonly types: readonly string[];
  readonly names: string;
  readonly objects: number;
  readonly length: number;
  readonly buffer: ArrayBuffer;
}

/** Of each goroutine, in this order: a column of words each. The last is an index into `functions`. */
const WORDS = ['id', 'parent', 'createdAt', 'process'] as const;
const GOROUTINE_WORDS = WORDS.length + 1;
/** The same of each object: indices of kind, type and name; the capacity, -1: it has none. */
const OBJECT_WORDS = ['id', 'kind', 'type', 'name', 'declaredAt', 'capacity'] as const;
/** Stands in no name. */
const BETWEEN = '\n';
const WORD_BYTES = 4;

/** Rows of a column that are copied in a unit of an interrupt; units of a goroutine. */
const ROWS_COPIED_IN_A_UNIT = 8;
const WORK_OF_A_GOROUTINE = 10;
const WORK_OF_AN_OBJECT = 20;

const bytesOfRows = (length: number): number => COLUMNS.reduce((bytes, column) => bytes + column.bytes * length, 0);

/** Where the goroutines' columns begin. */
const aligned = (bytes: number): number => Math.ceil(bytes / WORD_BYTES) * WORD_BYTES;

/** Copies the columns into one buffer. @throws Interrupted */
export function encodeTransfer(trace: Trace, interrupt = Interrupt.never): PackedTrace {
  const { length } = trace;
  const { goroutines, objects } = trace.meta;
  const from = aligned(bytesOfRows(length));
  const words = goroutines.length * GOROUTINE_WORDS;
  const buffer = new ArrayBuffer(from + (words + objects.length * OBJECT_WORDS.length) * WORD_BYTES);
  let at = 0;
  for (const { name, make, bytes } of COLUMNS) {
    interrupt.worked(length / ROWS_COPIED_IN_A_UNIT);
    make(buffer, at, length).set(trace.columns[name].subarray(0, length));
    at += bytes * length;
  }
  const functions = packGoroutines(goroutines, new Int32Array(buffer, from, words), interrupt);
  const texts = packObjects(objects, new Int32Array(buffer, from + words * WORD_BYTES), interrupt);
  const meta = { ...trace.meta, goroutines: [], objects: [] };
  return { meta, functions, goroutines: goroutines.length, ...texts, objects: objects.length, length, buffer };
}

/** Numbers from 0 for texts, each once. */
class Numbered<T extends string> {
  readonly all: T[] = [];
  private readonly numbers = new Map<T, number>();

  of(text: T): number {
    let number = this.numbers.get(text);
    if (number === undefined) this.numbers.set(text, (number = this.all.push(text) - 1));
    return number;
  }
}

/** @returns what their words refer to. */
function packObjects(
  objects: readonly ObjectMeta[],
  words: Int32Array,
  interrupt: Interrupt,
): Pick<PackedTrace, 'kinds' | 'types' | 'names'> {
  const kinds = new Numbered<ObjectKind>();
  const types = new Numbered();
  const names = new Numbered();
  const count = objects.length;
  objects.forEach(({ id, kind, type, name, declaredAt, capacity = -1 }, i) => {
    interrupt.worked(WORK_OF_AN_OBJECT);
    const row = [id, kinds.of(kind), types.of(type), names.of(name), declaredAt, capacity];
    for (let column = 0; column < row.length; column++) words[column * count + i] = row[column]!;
  });
  return { kinds: kinds.all, types: types.all, names: names.all.join(BETWEEN) };
}

function unpackObjects({ kinds, types, names, objects: count }: PackedTrace, words: Int32Array): ObjectMeta[] {
  const [id, kind, type, name, declaredAt, capacity] = OBJECT_WORDS.map((_, column) =>
    words.subarray(column * count, (column + 1) * count),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  const texts = names.split(BETWEEN);
  return Array.from({ length: count }, (_, i): ObjectMeta => {
    const has = capacity[i]! >= 0 && { capacity: capacity[i]! };
    return {
      id: id[i]!,
      kind: kinds[kind[i]!]!,
      name: texts[name[i]!]!,
      type: types[type[i]!]!,
      declaredAt: declaredAt[i]!,
      ...has,
    };
  });
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
  const from = aligned(at);
  const words = packed.goroutines * GOROUTINE_WORDS;
  const goroutines = unpackGoroutines(packed, new Int32Array(packed.buffer, from, words));
  const objects = unpackObjects(packed, new Int32Array(packed.buffer, from + words * WORD_BYTES));
  const meta = { ...packed.meta, goroutines, objects };
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
