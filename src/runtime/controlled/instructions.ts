/** This file says of every instruction that touches memory which slots it is about to read and write, before it is executed. It repeats what interpret.ts and its helpers tell the access filter. */
import { type OpName, OPS } from '../../bytecode/op';
import { Operation } from '../../event/operations';
import { Appended } from '../../vm/slices';

const { Read, Write } = Operation;

/** What an instruction is looked at through: the goroutine's frame, and where its accesses are noted. */
export interface Sight {
  readonly words: Int32Array;
  readonly memory: { readonly i32: Int32Array };
  /** Address of the globals block. */
  readonly globals: number;
  /** Notes an access of `slots` slots at the word address `at`; none when there are none or the pointer is nil. */
  access(operation: number, at: number, slots: number): void;
}

/** Notes the accesses of the instruction at `pc` in the frame at `fp`. */
type Look = (sight: Sight, pc: number, fp: number) => void;

/** Operand `k`, in any of the instruction's words. */
function operand(sight: Sight, pc: number, k: number): number {
  return sight.words[pc + k + 1 + Math.floor(k / 3)]!;
}

/** The low word of the register that operand `k` names. */
function value(sight: Sight, pc: number, fp: number, k: number): number {
  return sight.memory.i32[fp + operand(sight, pc, k)]!;
}

/** `slots` is a number of slots, or the operand that has it. */
type Size = { readonly slots: number } | { readonly in: number };
const ONE: Size = { slots: 1 };

function sizeOf(sight: Sight, pc: number, size: Size): number {
  return 'slots' in size ? size.slots : operand(sight, pc, size.in);
}

/** globals[operand]. */
function global(operation: number, at: number, size = ONE): Look {
  return (sight, pc) =>
    sight.access(operation, sight.globals + operand(sight, pc, at), sizeOf(sight, pc, size));
} // prettier-ignore

/** The register `pointer` points, `offset` words before the place. */
function through(operation: number, pointer: number, offset: number, size = ONE): Look {
  return (sight, pc, fp) => {
    const p = value(sight, pc, fp, pointer);
    if (p !== 0) sight.access(operation, p + operand(sight, pc, offset), sizeOf(sight, pc, size));
  };
}

/** An element of one slot; none when the index is out of range. */
function element(operation: number, slice: number, index: number): Look {
  return (sight, pc, fp) => {
    const m = sight.memory.i32;
    const s = fp + operand(sight, pc, slice);
    const i = fp + operand(sight, pc, index);
    if (m[i + 1] === 0 && m[i]! >>> 0 < m[s + 2]!) sight.access(operation, m[s]! + m[i]! * 2, 1);
  };
}

/** All elements of a slice, each of `size` slots. */
function elements(operation: number, slice: number, size = ONE): Look {
  return (sight, pc, fp) => {
    const s = fp + operand(sight, pc, slice);
    sight.access(operation, sight.memory.i32[s]!, sight.memory.i32[s + 2]! * sizeOf(sight, pc, size));
  };
}

/** The header of the map in a register, which stands for the whole map. */
function map(operation: number, register: number): Look {
  return (sight, pc, fp) => sight.access(operation, value(sight, pc, fp, register), 1);
}

/** a ← append(b, …): reads what it appends, and the old elements if they move; writes behind them if not. */
function append(sight: Sight, pc: number, fp: number): void {
  const m = sight.memory.i32;
  const old = fp + operand(sight, pc, 1);
  const added = fp + operand(sight, pc, 2);
  const count = operand(sight, pc, 3);
  const slots = operand(sight, pc, 5);
  const n = count === Appended.Slice ? m[added + 2]! : count === Appended.String ? m[added + 1]! : count;
  if (count === Appended.Slice) sight.access(Read, m[added]!, n * slots);
  if (m[old + 2]! + n > m[old + 3]!) sight.access(Read, m[old]!, m[old + 2]! * slots);
  else sight.access(Write, m[old]! + m[old + 2]! * slots * 2, n * slots);
}

/** copy(b, c). */
function copy(sight: Sight, pc: number, fp: number): void {
  const m = sight.memory.i32;
  const target = fp + operand(sight, pc, 1);
  const source = fp + operand(sight, pc, 2);
  const slots = operand(sight, pc, 3);
  const text = operand(sight, pc, 4) === 1;
  const n = Math.min(m[target + 2]!, m[source + (text ? 1 : 2)]!);
  if (!text) sight.access(Read, m[source]!, n * slots);
  sight.access(Write, m[target]!, n * slots);
}

const looks: Partial<Record<OpName, Look>> = {
  LoadG: global(Read, 1),
  StoreG: global(Write, 0),
  LoadGN: global(Read, 1, { in: 2 }),
  StoreGN: global(Write, 0, { in: 2 }),
  Load: through(Read, 1, 2),
  Store: through(Write, 0, 1),
  LoadN: through(Read, 1, 2, { in: 3 }),
  StoreN: through(Write, 0, 1, { in: 3 }),
  LoadElem: element(Read, 1, 2),
  StoreElem: element(Write, 0, 1),
  Append: append,
  Copy: copy,
  ClearSlice: elements(Write, 0, { in: 1 }),
  BytesToStr: elements(Read, 1),
  RunesToStr: elements(Read, 1),
  MapGet: map(Read, 1),
  MapSet: map(Write, 0),
  MapDelete: map(Write, 0),
  MapClear: map(Write, 0),
  MapLen: map(Read, 1),
  MapIter: map(Read, 1),
  MapNext: map(Read, 0),
};

/** By number of the instruction; undefined: it touches no memory that others could. */
export const MEMORY_ACCESSES: readonly (Look | undefined)[] = OPS.map(({ name }) => looks[name]);
