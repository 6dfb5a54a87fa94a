/**
 * This file tests that what the interpreter's loop does itself is what the handler of the same instruction does: on random registers both leave the same
 * memory, tell the same accesses and fail with the same text. (The loop gives an instruction up to its handler, so whichever case the loop has must agree.)
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Code } from '../../src/bytecode/code';
import { OPS, Op, type OpName } from '../../src/bytecode/op';
import { COLD } from '../../src/vm/cold';
import { Ctx, type GlobalsAddr } from '../../src/vm/context';
import { GoPanic } from '../../src/vm/fault';
import { SoloMachine, compileSource } from './solo';

/** Slots of the frame that the instruction runs in, by what they hold. */
const At = {
  slice: 0,
  pointer: 2,
  string: 3,
  index: 4,
  ints: 5,
  floats: 9,
  array: 12,
  to: 24,
  boxed: 40,
  other: 42,
  zero: 43,
  bound: 44,
} as const;
const FRAME = 48;
const BLOCK = 12;

/** What the registers hold: `ints` are pairs of words. */
interface Registers {
  readonly ints: readonly (readonly [number, number])[];
  readonly floats: readonly number[];
  readonly text: string;
  readonly index: number;
  readonly nil: boolean;
  readonly length: number;
}

const word = fc.oneof(fc.constantFrom(0, 1, -1, 2, 31, 32, 63, 64, 0x7fffffff, -0x80000000), fc.integer());
const registers: fc.Arbitrary<Registers> = fc.record({
  ints: fc.array(fc.oneof(fc.tuple(word, word), word.map((lo) => [lo, lo >> 31] as const)), { minLength: 4, maxLength: 4 }),
  floats: fc.array(fc.oneof(fc.double(), fc.constantFrom(0, -0, 2 ** 53, -(2 ** 63), 1e300, 2.5)), { minLength: 2, maxLength: 2 }),
  text: fc.oneof(fc.string({ minLength: 1, unit: 'binary' }), fc.constant('aä€')),
  index: fc.integer({ min: -1, max: 6 }),
  nil: fc.boolean(),
  length: fc.integer({ min: 0, max: 5 }),
}); // prettier-ignore

const PLAIN = compileSource('package main\nfunc main() {}');
/** Types of one slot, and of more. */
const [ONE, MORE] = [1, 2].map((slots) => PLAIN.types.findIndex((type) => type.slots === slots)) as [number, number];

const [a, b] = [At.ints, At.ints + 1];
/** Operands of each instruction that stands both in the switch and in the table: registers in slots, numbers as they are. */
const CASES: Partial<Record<OpName, (r: Registers) => readonly number[]>> = {
  MoveN: (r) => [At.array + r.length, At.array, 1 + r.length * 4],
  Zero: (r) => [At.to, r.length * 4],
  DivInt: (r) => [At.to, a, r.length === 0 ? At.zero : b],
  ModInt: (r) => [At.to, a, r.length === 0 ? At.zero : b],
  DivUint: (r) => [At.to, a, r.length === 0 ? At.zero : b],
  ModUint: (r) => [At.to, a, r.length === 0 ? At.zero : b],
  AndNot: () => [At.to, a, b],
  Shl: () => [At.to, a, b],
  Shr: () => [a, a, b],
  ShrU: () => [At.to, a, b],
  Neg: () => [a, a],
  NegF: () => [At.to, At.floats],
  IntToF: () => [At.to, a],
  FToInt: () => [At.to, At.floats],
  NilCheck: () => [At.pointer],
  Offset: (r) => [At.to, At.pointer, r.length * 2],
  PtrIndex: (r) => [At.to, At.pointer, At.index, r.length],
  Load: (r) => [At.to, At.pointer, r.length * 2],
  Store: (r) => [At.pointer, r.length * 2, a],
  LoadN: (r) => [At.to, At.pointer, 2, 1 + r.length],
  StoreN: (r) => [At.pointer, 2, At.array, 1 + r.length],
  LoadElem: () => [At.to, At.slice, At.index],
  StoreElem: () => [At.slice, At.index, a],
  ElemAddr: (r) => [At.to, At.slice, At.index, r.length],
  Bounds: (r) => [At.index, r.length],
  EqStr: (r) => [At.to, At.string, r.nil ? At.string : At.other],
  StrSlice: (r) => [At.to, At.string, r.nil ? -1 : At.index, r.length > 2 ? At.bound : -1],
  StrIndex: () => [At.to, At.string, At.index],
  LoadGN: (r) => [At.to, 2, 1 + r.length],
  StoreGN: (r) => [2, At.array, 1 + r.length],
  Slice: (r) => [
    At.slice,
    At.slice,
    r.nil ? -1 : At.index,
    r.length > 2 ? At.bound : -1,
    r.length === 4 ? At.bound : -1,
    r.length % 2 === 0 ? 1 : -2,
  ],
  Append: (r) => [r.nil ? At.to : At.slice, At.slice, At.array, r.length * 2, ONE, 1 + (r.length % 2)],
  ToIface: (r) => [At.to, At.ints, r.nil ? MORE : ONE],
  IsType: (r) => [At.to, At.ints, r.length],
  Assert: (r) => [At.to, At.boxed, r.nil ? MORE : ONE, r.length > 1 ? At.bound : -1, 0],
  New: () => [At.to, ONE, 3],
  NewOf: (r) => [At.to, At.array, ONE, r.length],
  Closure: (r) => [At.to, 0, At.array, r.length],
};
/** Of these the index is known to be good. */
const CHECKED: typeof CASES = {
  GetAt: (r) => [At.to, At.array, At.index, 1, 1 + (r.length % 3)],
  SetAt: (r) => [At.array, At.index, At.ints, 1, 1 + (r.length % 3)],
  StrRune: () => [At.to, At.string, At.index],
};

const FAILS: ReadonlySet<OpName> = new Set(['DivInt', 'ModInt', 'DivUint', 'ModUint', 'StrSlice', 'Assert', 'NilCheck', 'Offset', 'PtrIndex', 'Load', 'Store', 'LoadN', 'StoreN', 'LoadElem', 'StoreElem', 'ElemAddr', 'Bounds', 'StrIndex', 'Slice']); // prettier-ignore

/** What the loop never gives up: work on words, jumps (which it leaves only at a limit), the trap that needs nothing; and Ext, which is never executed. */
const SURE =
  /^(Ext|Move2?|Const(Str)?|Word|J.*|(Eq|Ne|Lt|Le)(I|Int|Uint|F)|Not|(Add|Sub)Int|And|Or|Xor|(Add|And|Shl|Shr|ShrU)I|Ext(U?8|U?32)|(Add|Sub|Mul|Div)F|FuncValue|Return|Send|Recv|Select|Native)$/;

/** The code with one instruction more, then End; and where it stands. */
function withInstruction(op: OpName, operands: readonly number[]): { code: Code; pc: number } {
  const { operands: letters } = OPS[Op[op]]!;
  const words: number[] = [Op[op], 0, 0, 0];
  operands.forEach((value, k) => {
    if (k === 3) words.push(Op.Ext, 0, 0, 0);
    words[k + 1 + Math.floor(k / 3)] = 'dsoqg'.includes(letters[k]!) && value >= 0 ? value * 2 : value;
  });
  const pc = PLAIN.words.length;
  const functions = PLAIN.functions.map((f) => ({ ...f, frameSlots: FRAME, paramSlots: 0 }));
  return { code: { ...PLAIN, functions, words: Int32Array.from([...PLAIN.words, ...words, Op.End, 0, 0, 0]) }, pc };
}

/** A machine whose goroutine stands before the instruction, with these registers. */
function prepared(code: Code, pc: number, r: Registers): { machine: SoloMachine; fp: number; block: number } {
  const machine = new SoloMachine(code, { detect: true });
  const { memory, g } = machine;
  const block = memory.alloc(BLOCK, 0);
  const bytes = Buffer.from(r.text);
  const text = memory.alloc(Math.ceil(bytes.length / 8), 0);
  const copy = memory.alloc(Math.ceil(bytes.length / 8), 0);
  const { i32, f64 } = memory;
  for (const at of [text, copy]) Buffer.from(i32.buffer).set(bytes, at * 4);
  if (r.index === 0) memory.bytes[copy * 4]! ^= 1;
  for (let k = 0; k < BLOCK; k++) i32[block + k * 2] = k === 0 ? 1 : k * 7;
  const fp = i32[g + Ctx.Fp]!;
  const set = (slot: number, lo: number, hi: number): void => {
    i32.set([lo, hi], fp + slot * 2);
  };
  for (let slot = 0; slot < FRAME; slot++) set(slot, slot * 3 + 1, slot);
  set(At.slice, block, 0);
  set(At.slice + 1, r.length, BLOCK);
  set(At.pointer, r.nil ? 0 : block, 0);
  set(At.string, text * 4, bytes.length);
  set(At.zero, 0, 0);
  set(At.boxed, r.index < 3 ? ONE + 1 : r.index, 0);
  set(At.other, copy * 4, bytes.length - (r.length % 2));
  set(At.index, r.index, r.index >> 31);
  r.ints.forEach(([lo, hi], k) => set(At.ints + k, lo, hi));
  r.floats.forEach((value, k) => (f64[(fp >> 1) + At.floats + k] = value));
  set(At.bound, r.nil ? BLOCK + 1 : r.length + 1, 0);
  i32[g + Ctx.Pc] = pc;
  const globals = block as GlobalsAddr;
  i32[g + Ctx.Globals] = globals;
  return { machine, fp, block };
}

/** What can be seen afterwards: the words of frame and block, the accesses, and Go's text of the panic, if it is one. */
interface Seen {
  readonly words: readonly number[];
  readonly accesses: readonly string[];
  readonly panic: string;
}

function seen({ machine, fp, block }: ReturnType<typeof prepared>, panic: string): Seen {
  const { i32 } = machine.memory;
  const words = panic === '' ? [...i32.subarray(fp - 4, fp + FRAME * 2), ...i32.subarray(block, block + BLOCK * 2)] : [];
  return { words, accesses: machine.accesses.map(({ write, slots, lo }) => `${write ? 'W' : 'R'}${slots} ${lo}`), panic };
} // prettier-ignore

function byLoop(op: OpName, operands: readonly number[], r: Registers): Seen {
  const { code, pc } = withInstruction(op, operands);
  const all = prepared(code, pc, r);
  const { trap, text } = all.machine.run();
  return seen(all, trap === 'Panic' ? text.split('\n')[0]!.replace('panic: ', '') : '');
}

function byHandler(op: OpName, operands: readonly number[], r: Registers): Seen {
  const { code, pc } = withInstruction(op, operands);
  const all = prepared(code, pc, r);
  const { vm, g } = all.machine;
  vm.g = g;
  vm.fp = all.fp;
  vm.globals = all.block as GlobalsAddr;
  vm.at = pc;
  vm.pc = pc + 4;
  try {
    COLD[Op[op]]!(vm, pc, all.fp);
  } catch (error) {
    if (!(error instanceof GoPanic)) throw error;
    return seen(all, error.text);
  }
  return seen(all, '');
}

suite('handlers', () => {
  const both = { ...CASES, ...CHECKED };
  for (const op of Object.keys(both) as OpName[]) {
    test(`${op} is what the loop makes of it`, () => {
      const outcomes = new Set<boolean>();
      fc.assert(
        fc.property(registers, (r) => {
          if (op in CHECKED && (r.index < 0 || r.index >= Buffer.from(r.text).length)) return;
          const operands = both[op]!(r);
          const byTheLoop = byLoop(op, operands, r);
          assert.deepEqual(byTheLoop, byHandler(op, operands, r));
          outcomes.add(byTheLoop.panic === '');
        }),
        { numRuns: 200 },
      );
      assert.ok(outcomes.has(true));
      assert.equal(outcomes.has(false), FAILS.has(op), 'whether it can fail');
    });
  }

  test('there is one for whatever the loop has no case for', () => {
    const without = OPS.filter(({ name }, op) => COLD[op] === undefined && !SURE.test(name)).map(({ name }) => name);
    assert.deepEqual(without, []);
  });
});
