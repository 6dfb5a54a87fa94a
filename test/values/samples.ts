/** This file builds simulated memory for the tests of value formatting: values written in a small notation, with the Go expression for each. */
import { Memory } from '../../src/base/memory';
import { encodeBytes } from '../../src/base/utf8';
import type { Code, RuntimeKind, RuntimeType } from '../../src/bytecode/code';
import { ENTRY_HEAD, MapHeader, shapeOf } from '../../src/bytecode/mapLayout';
import { printing, printingFormat, printingLine } from '../../src/values/print';
import type { Caller, Printer } from '../../src/values/printer';
import { Reader } from '../../src/values/reader';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A type and how it is written in Go. */
export interface Shape {
  readonly type: RuntimeType;
  readonly go: string;
}

/** A value: writes itself at a word address; `go` is the Go expression. */
export interface Sample {
  readonly shape: Shape;
  readonly go: string;
  put(world: World, at: number): void;
}

const types: RuntimeType[] = [];

function define(
  kind: RuntimeKind,
  name: string,
  slots: number,
  rest: Partial<Mutable<RuntimeType>> = {},
  go = name,
): Shape {
  const type: RuntimeType = {
    index: types.length,
    name,
    kind,
    slots,
    bytes: slots * 8,
    comparable: true,
    pointers: false,
    ...rest,
  };
  types.push(type);
  return { type, go };
}

const text = define('func', 'func() string', 1);

/** A type with a String method, whose function has this index. */
function describes(index: number): Partial<Mutable<RuntimeType>> {
  return { methods: new Map([['String', index]]), methodTypes: new Map([['String', text.type.index]]) };
}

const basic = (kind: RuntimeKind): Shape => define(kind, kind, kind === 'interface' ? 2 : 1);

export const T = {
  bool: basic('bool'), int: basic('int'), int8: basic('int8'), int32: basic('int32'), int64: basic('int64'),
  uint: basic('uint'), uint8: basic('uint8'), uint64: basic('uint64'), uintptr: basic('uintptr'),
  float32: basic('float32'), float64: basic('float64'), string: basic('string'),
  any: define('interface', 'interface {}', 2, {}, 'any'),
  duration: define('int64', 'time.Duration', 1, describes(0)),
  level: define('int', 'main.level', 1, describes(1), 'level'),
  count: define('int', 'main.count', 1, {}, 'count'),
}; // prettier-ignore

export const sliceOf = (elem: Shape): Shape =>
  define('slice', '[]' + elem.type.name, 2, { elem: elem.type.index }, '[]' + elem.go);
export const arrayOf = (elem: Shape, len: number): Shape =>
  define(
    'array',
    `[${len}]${elem.type.name}`,
    len * elem.type.slots,
    { elem: elem.type.index, len },
    `[${len}]${elem.go}`,
  );
export const pointerTo = (elem: Shape): Shape =>
  define('pointer', '*' + elem.type.name, 1, { elem: elem.type.index }, '*' + elem.go);
export const mapOf = (key: Shape, elem: Shape): Shape =>
  define(
    'map',
    `map[${key.type.name}]${elem.type.name}`,
    1,
    { key: key.type.index, elem: elem.type.index },
    `map[${key.go}]${elem.go}`,
  );

/** A struct type of package main; its Go declaration must be among the test program's. */
export function structOf(name: string, fields: readonly (readonly [string, Shape])[]): Shape {
  let slots = 0;
  const laid = fields.map(([field, shape]) => {
    const offset = slots;
    slots += shape.type.slots;
    return { name: field, type: shape.type.index, offset, embedded: false };
  });
  return define('struct', 'main.' + name, slots, { fields: laid }, name);
}

/** Puts a text into fresh memory and its string value into the slot at a word address. */
function writeString(memory: Memory, slot: number, text: string, tag: number): void {
  const bytes = encodeBytes(text);
  let start = 0;
  if (bytes.length > 0) {
    start = memory.alloc((bytes.length + 7) >> 3, tag) * 4;
    new Uint8Array(memory.i32.buffer).set(bytes, start);
  }
  memory.i32[slot] = start;
  memory.i32[slot + 1] = bytes.length;
}

const CALLER: Caller = { tag: 900, mostFrames: 1000, worked: () => undefined };

export class World {
  readonly memory = new Memory();
  readonly code = { types } as unknown as Code;
  readonly reader = new Reader(this.memory, this.code);

  sprint(slice: number): string {
    return this.run(printing(this.reader, slice, CALLER));
  }

  sprintln(slice: number): string {
    return this.run(printingLine(this.reader, slice, CALLER));
  }

  sprintf(format: string, slice: number): string {
    return this.run(printingFormat(this.reader, encodeBytes(format), slice, CALLER));
  }

  /** Runs a printer, and the one method that there is. */
  private run(printer: Printer): string {
    while (!printer.run()) printer.give(`L${this.memory.i32[printer.wanted!.value.at]!}`);
    return printer.fmt.out;
  }

  /** Word address of a fresh place for a value, filled. */
  place(sample: Sample): number {
    const at = this.memory.alloc(sample.shape.type.slots, 900);
    sample.put(this, at);
    return at;
  }

  /** Word address of a `[]any` of the samples; undefined is nil. */
  operands(samples: readonly (Sample | undefined)[]): number {
    const elements = this.memory.alloc(samples.length * 2, 900);
    samples.forEach((sample, i) => {
      if (sample) box(this, elements + i * 4, sample);
    });
    const slice = this.memory.alloc(2, 900);
    this.memory.i32.set([elements, 0, samples.length, samples.length], slice);
    return slice;
  }
}

function box(world: World, at: number, sample: Sample): void {
  const { type } = sample.shape;
  world.memory.i32[at] = type.index + 1;
  if (type.slots === 1) sample.put(world, at + 2);
  else {
    const copy = world.place(sample);
    world.memory.i32[at + 2] = copy;
  }
}

export function integer(shape: Shape, n: bigint): Sample {
  const put = (world: World, at: number): void => {
    world.memory.i32[at] = Number(BigInt.asIntN(32, n));
    world.memory.i32[at + 1] = Number(BigInt.asIntN(32, n >> 32n));
  };
  const literal = n === -9223372036854775808n ? 'math.MinInt64' : n.toString();
  return { shape, go: `${shape.go}(${literal})`, put };
}

/** Go source of a float that has no literal, or of its shortest digits. */
function floatExpression(n: number): string {
  if (Number.isNaN(n)) return 'math.NaN()';
  if (!Number.isFinite(n)) return `math.Inf(${n > 0 ? 1 : -1})`;
  return Object.is(n, -0) ? 'math.Copysign(0, -1)' : n.toString();
}

export function float(shape: Shape, n: number): Sample {
  const kept = shape.type.kind === 'float32' ? Math.fround(n) : n;
  const put = (world: World, at: number): void => {
    world.memory.f64[at >> 1] = kept;
  };
  return { shape, go: `${shape.go}(${floatExpression(kept)})`, put };
}

export const bool = (b: boolean): Sample => ({
  shape: T.bool,
  go: String(b),
  put: (world, at) => {
    world.memory.i32[at] = b ? 1 : 0;
  },
});

/** A Go literal whose bytes are those of the text. */
export function goLiteral(text: string): string {
  return '"' + Array.from(encodeBytes(text), (byte) => '\\x' + byte.toString(16).padStart(2, '0')).join('') + '"';
}

export const string = (text: string): Sample => ({
  shape: T.string,
  go: goLiteral(text),
  put: (world, at) => writeString(world.memory, at, text, 900),
});

export const duration = (n: bigint): Sample => integer(T.duration, n);

export function list(shape: Shape, elements: readonly Sample[]): Sample {
  const step = (elements[0]?.shape.type.slots ?? 0) * 2;
  const isInterface = types[shape.type.elem!]!.kind === 'interface';
  const put = (world: World, at: number): void => {
    const width = isInterface ? 4 : step;
    const isArray = shape.type.kind === 'array';
    const first = isArray ? at : world.memory.alloc((elements.length * width) / 2, 900);
    elements.forEach((element, i) => {
      if (isInterface) box(world, first + i * width, element);
      else element.put(world, first + i * width);
    });
    if (!isArray) world.memory.i32.set([first, 0, elements.length, elements.length], at);
  };
  return { shape, go: `${shape.go}{${elements.map((element) => element.go).join(', ')}}`, put };
}

/** nil of a slice, map, pointer, channel, function or interface type. */
export const nil = (shape: Shape): Sample => ({ shape, go: `(${shape.go})(nil)`, put: () => undefined });

export function struct(shape: Shape, values: readonly Sample[]): Sample {
  const put = (world: World, at: number): void =>
    shape.type.fields!.forEach((field, i) => {
      const place = at + field.offset * 2;
      if (types[field.type]!.kind === 'interface' && values[i]!.shape !== T.any) box(world, place, values[i]!);
      else values[i]!.put(world, place);
    });
  return { shape, go: `${shape.go}{${values.map((value) => value.go).join(', ')}}`, put };
}

export function pointer(shape: Shape, target: Sample): Sample {
  const put = (world: World, at: number): void => {
    const address = world.place(target);
    world.memory.i32[at] = address;
  };
  return { shape, go: '&' + target.go, put };
}

export function map(shape: Shape, entries: readonly (readonly [Sample, Sample])[]): Sample {
  const put = (world: World, at: number): void => {
    const { key, stride } = shapeOf(world.code, shape.type.index);
    const header = world.memory.alloc(4, 900);
    const first = world.memory.alloc((entries.length * stride) / 2, 900);
    const m = world.memory.i32;
    m[header + MapHeader.Used] = entries.length;
    m[header + MapHeader.Entries] = first;
    m[header + MapHeader.Type] = shape.type.index;
    entries.forEach(([left, right], i) => {
      const entry = first + i * stride;
      world.memory.i32[entry + 1] = 1;
      left.put(world, entry + ENTRY_HEAD);
      right.put(world, entry + ENTRY_HEAD + key.slots * 2);
    });
    world.memory.i32[at] = header;
  };
  return { shape, go: `${shape.go}{${entries.map(([key, value]) => `${key.go}: ${value.go}`).join(', ')}}`, put };
}
