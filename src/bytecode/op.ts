/**
 * This file defines the instruction set: one row an instruction, in numeric order. The compiler, the disassembler and the reference in docs/engine.md read it;
 * the interpreter repeats the numbering as an enum in its own file (so that its switch compiles to a jump table), and a test compares the two.
 *
 * An instruction is four words: op, a, b, c. A row lists its operands by letter:
 *   d  register written     s  register read       (word offset from fp)
 *   o  register written or -1: result dropped      q  register read or -1: absent
 *   i  number               j  word index of an instruction
 *   f  function index       t  type index          n  native index         e  select table index
 *   g  word offset in the globals block            k  byte offset in Code.data     m  method index (Code.methodNames)
 * Operands past the third stand in following `Ext` instructions, which are never executed on their own.
 * In effects, `p[x]` is memory at address p + x words, `mem` means a shared access, checked against the access filter.
 */

type Row = readonly [name: string, operands: string, effect: string];

const rows = [
  // ---- return addresses of frames that the vm itself lays out; they stand at fixed places at the start of every code
  ['Unwind', '', 'go on unwinding the newest panic after a deferred call returned'],
  ['PanicText', '', 'take the text that Error() or String() returned for an unrecovered panic, go on with the next'],
  ['End', '', 'the goroutine’s function has returned'],
  ['Ext', 'iii', 'more operands of the instruction before it'],
  // ---- moves and constants
  ['Move', 'ds', 'a ← b, one slot'],
  ['Move2', 'ds', 'a ← b, two slots'],
  ['MoveN', 'dsi', 'a ← b, c slots (may overlap)'],
  ['Const', 'dii', 'a ← the pair (lo b, hi c): an integer, a bool, a nil, the bits of a float'],
  ['ConstStr', 'dki', 'a ← string of c bytes at b'],
  ['Zero', 'di', 'b slots from a ← 0'],
  ['Word', 'ds', 'a ← word b as unsigned int (length of a string, length or capacity of a slice)'],
  // ---- jumps
  ['Jump', 'j', 'pc ← a'],
  ['JumpIf', 'sj', 'if a: pc ← b'],
  ['JumpIfNot', 'sj', 'if not a: pc ← b'],
  ['JeqInt', 'ssj', 'if a = b: pc ← c'],
  ['JneInt', 'ssj', 'if a ≠ b: pc ← c'],
  ['JltInt', 'ssj', 'if a < b: pc ← c'],
  ['JleInt', 'ssj', 'if a ≤ b: pc ← c'],
  ['JltUint', 'ssj', 'if a < b unsigned: pc ← c'],
  ['JleUint', 'ssj', 'if a ≤ b unsigned: pc ← c'],
  ['JeqI', 'sij', 'if a = number b: pc ← c'],
  ['JneI', 'sij', 'if a ≠ number b: pc ← c'],
  ['JltI', 'sij', 'if a < number b: pc ← c'],
  ['JleI', 'sij', 'if a ≤ number b: pc ← c'],
  ['JgtI', 'sij', 'if a > number b: pc ← c'],
  ['JgeI', 'sij', 'if a ≥ number b: pc ← c'],
  // ---- comparisons that yield a bool
  ['EqInt', 'dss', 'a ← b = c (any one-slot value but floats and strings)'],
  ['NeInt', 'dss', 'a ← b ≠ c'],
  ['LtInt', 'dss', 'a ← b < c'],
  ['LeInt', 'dss', 'a ← b ≤ c'],
  ['LtUint', 'dss', 'a ← b < c unsigned'],
  ['LeUint', 'dss', 'a ← b ≤ c unsigned'],
  ['EqI', 'dsi', 'a ← b = number c'],
  ['NeI', 'dsi', 'a ← b ≠ number c'],
  ['EqF', 'dss', 'a ← b = c floats'],
  ['LtF', 'dss', 'a ← b < c floats'],
  ['LeF', 'dss', 'a ← b ≤ c floats'],
  ['EqStr', 'dss', 'a ← b = c strings'],
  ['LtStr', 'dss', 'a ← b < c strings, by bytes'],
  ['LeStr', 'dss', 'a ← b ≤ c strings, by bytes'],
  ['EqVal', 'dssti', 'a ← b = c of type d; panics on uncomparable dynamic types'],
  ['Not', 'ds', 'a ← ¬b'],
  // ---- 64-bit integers (wrap around)
  ['AddInt', 'dss', 'a ← b + c'],
  ['SubInt', 'dss', 'a ← b − c'],
  ['MulInt', 'dss', 'a ← b · c'],
  ['DivInt', 'dss', 'a ← b / c; panics when c is 0'],
  ['ModInt', 'dss', 'a ← b mod c, sign of b; panics when c is 0'],
  ['DivUint', 'dss', 'a ← b / c unsigned'],
  ['ModUint', 'dss', 'a ← b mod c unsigned'],
  ['And', 'dss', 'a ← b ∧ c'],
  ['Or', 'dss', 'a ← b ∨ c'],
  ['Xor', 'dss', 'a ← b ⊕ c'],
  ['AndNot', 'dss', 'a ← b ∧ ¬c'],
  ['Shl', 'dss', 'a ← b << c (c unsigned)'],
  ['Shr', 'dss', 'a ← b >> c, sign kept'],
  ['ShrU', 'dss', 'a ← b >> c, zeros in'],
  ['ShiftCount', 's', 'panics when the signed shift count a is negative'],
  ['AddI', 'dsi', 'a ← b + number c'],
  ['MulI', 'dsi', 'a ← b · number c'],
  ['AndI', 'dsi', 'a ← b ∧ number c'],
  ['ShlI', 'dsi', 'a ← b << number c'],
  ['ShrI', 'dsi', 'a ← b >> number c, sign kept'],
  ['ShrUI', 'dsi', 'a ← b >> number c, zeros in'],
  ['Neg', 'ds', 'a ← −b'],
  ['Com', 'ds', 'a ← ^b'],
  ['Ext8', 'ds', 'a ← low 8 bits of b, sign extended'],
  ['Ext16', 'ds', 'a ← low 16 bits of b, sign extended'],
  ['Ext32', 'ds', 'a ← low 32 bits of b, sign extended'],
  ['ExtU8', 'ds', 'a ← low 8 bits of b'],
  ['ExtU16', 'ds', 'a ← low 16 bits of b'],
  ['ExtU32', 'ds', 'a ← low 32 bits of b'],
  // ---- floats
  ['AddF', 'dss', 'a ← b + c'],
  ['SubF', 'dss', 'a ← b − c'],
  ['MulF', 'dss', 'a ← b · c'],
  ['DivF', 'dss', 'a ← b / c'],
  ['NegF', 'ds', 'a ← −b'],
  ['Round32', 'ds', 'a ← b rounded to float32'],
  ['IntToF', 'ds', 'a ← float of signed b'],
  ['UintToF', 'ds', 'a ← float of unsigned b'],
  ['FToInt', 'ds', 'a ← signed integer of float b'],
  ['FToUint', 'ds', 'a ← unsigned integer of float b'],
  // ---- memory
  ['LoadG', 'dg', 'a ← mem globals[b]'],
  ['StoreG', 'gs', 'mem globals[a] ← b'],
  ['LoadGN', 'dgi', 'c slots at a ← mem globals[b]'],
  ['StoreGN', 'gsi', 'mem globals[a] ← c slots at b'],
  ['GlobalAddr', 'dg', 'a ← address of globals[b]'],
  ['Load', 'dsi', 'a ← mem b[c]; panics when b is nil'],
  ['Store', 'sis', 'mem a[b] ← c; panics when a is nil'],
  ['LoadN', 'dsii', 'd slots at a ← mem b[c]'],
  ['StoreN', 'sisi', 'mem a[b] ← d slots at c'],
  ['Offset', 'dsi', 'a ← address b + c words; panics when b is nil'],
  ['NilCheck', 's', 'panics when pointer a is nil'],
  ['New', 'dti', 'a ← address of c zero slots for a value of type b'],
  ['NewOf', 'dsti', 'a ← address of a new block that holds the d slots at b, a value of type c'],
  ['LoadElem', 'dss', 'a ← mem element c of slice b, one-slot elements; checks bounds'],
  ['StoreElem', 'sss', 'mem element b of slice a ← c, one-slot elements; checks bounds'],
  ['ElemAddr', 'dssi', 'a ← address of element c of slice b, elements of d slots; checks bounds'],
  ['Bounds', 'si', 'panics unless 0 ≤ a < number b'],
  ['PtrIndex', 'dssi', 'a ← address b + element c of d slots; panics when b is nil'],
  ['GetAt', 'dssii', 'e slots at a ← element c of the array in the frame at b, elements of d slots'],
  ['SetAt', 'dssii', 'element b of the array in the frame at a ← e slots at c, elements of d slots'],
  // ---- slices
  ['MakeSlice', 'dssti', 'a ← slice of length b and capacity c, element type d of e slots'],
  ['SliceOf', 'dsiti', 'a ← slice of exactly the c values at b, element type d of e slots'],
  ['Slice', 'dsqqqi', 'a ← b[c:d:e], elements of f slots (−1−f: of an array, which has no capacity to speak of)'],
  ['ArrToSlice', 'dsi', 'a ← slice over the array of c elements at address b; panics when b is nil'],
  [
    'SliceToArr',
    'dst',
    'a ← address of the first elements of slice b, as many as an array of type c has; panics when it has fewer',
  ],
  ['Append', 'dssiti', 'a ← append(b, d values at c), element type e of f slots; d −1: c is a slice, −2: a string'],
  ['Copy', 'ossii', 'a ← copy(b, c), elements of d slots; e 1: c is a string'],
  ['ClearSlice', 'si', 'zeroes the elements (of b slots) of slice a'],
  // ---- strings
  ['Concat', 'dsi', 'a ← the c strings from b on, joined'],
  ['StrIndex', 'dss', 'a ← byte c of string b; checks bounds'],
  ['StrSlice', 'dsqq', 'a ← string b[c:d]'],
  ['StrRune', 'dss', 'a ← rune at byte c of string b, a+1 ← byte position behind it'],
  ['RuneToStr', 'ds', 'a ← string of code point b'],
  ['BytesToStr', 'ds', 'a ← string of []byte b'],
  ['StrToBytes', 'dst', 'a ← []byte of string b'],
  ['RunesToStr', 'ds', 'a ← string of []rune b'],
  ['StrToRunes', 'dst', 'a ← []rune of string b'],
  // ---- maps
  ['MakeMap', 'dtq', 'a ← map of type b with room for c entries'],
  ['MapGet', 'dssto', 'a ← b[c], map type d; e ← whether it was there'],
  ['MapSet', 'ssst', 'a[b] ← c, map type d; panics when a is nil'],
  ['MapDelete', 'sst', 'delete(a, b), map type c'],
  ['MapLen', 'ds', 'a ← len(b)'],
  ['MapClear', 's', 'clear(a)'],
  ['MapIter', 'ds', 'three slots at a ← iterator over map b'],
  ['MapNext', 'sooj', 'next entry of iterator a: key to b, value to c; at the end: pc ← d'],
  // ---- interfaces
  ['ToIface', 'dst', 'a ← interface holding b of type c'],
  ['Assert', 'dstot', 'a ← b.(c), concrete type c; d ← whether it held, −1: panics when not; b’s type is e'],
  ['AssertIface', 'dstot', 'a ← b.(c), interface type c, else as Assert'],
  ['IsType', 'dst', 'a ← dynamic type of b is c'],
  ['IsIface', 'dst', 'a ← dynamic type of b implements interface c'],
  // ---- functions
  ['FuncValue', 'df', 'a ← func value of function b, which captures nothing'],
  ['Closure', 'dfsi', 'a ← func value of function b with d captured slots from c on'],
  ['Captured', 'dii', 'c slots at a ← those of the running closure from slot b on'],
  ['IfaceFunc', 'dsm', 'a ← func value of method c of the dynamic type of b'],
  ['Call', 'fi', 'call function a, its frame at fp + b'],
  ['CallClosure', 'si', 'call func value a, frame at fp + b; panics when nil'],
  ['CallIface', 'sim', 'call method c of interface a, frame at fp + b; its data word becomes the first argument'],
  ['CallThrough', 'fi', 'Call by a method wrapper: recover works in the callee as if it were the wrapper'],
  ['Return', '', 'back to the caller; results stand after the parameters'],
  ['ReturnDefers', 'i', 'run the deferred calls of this frame (of a slots), then go on behind'],
  ['Defer', 'ssij', 'defer func value a with c slots of arguments at b; a recovered panic goes on at d'],
  ['Panic', 's', 'panic(a), a an interface'],
  ['Recover', 'd', 'a ← recover()'],
  // ---- traps: the world goes on
  ['Send', 'ss', 'channel a ← value at b'],
  ['Recv', 'oso', 'a ← receive from channel b, c ← ok'],
  ['Close', 's', 'close(a)'],
  ['Select', 'de', 'a ← index of the chosen case of select b'],
  ['Go', 'ssi', 'start a goroutine: func value a with c slots of arguments at b'],
  ['MakeChan', 'dqt', 'a ← channel of type c with capacity b'],
  ['ChanLen', 'dsi', 'a ← len (c 0) or cap (c 1) of channel b'],
  ['Native', 'in', 'native function b, arguments and results at fp + a'],
  ['Unsupported', 'i', 'the run ends: it has reached Code.unsupported[a]'],
] as const satisfies readonly Row[];

export type OpName = (typeof rows)[number][0];
/** The instruction set in numeric order. */
export const OPS: readonly { readonly name: OpName; readonly operands: string; readonly effect: string }[] = rows.map(
  ([name, operands, effect]) => ({ name, operands, effect }),
);
/** Number of each instruction. */
export const Op = Object.fromEntries(rows.map(([name], index) => [name, index])) as Record<OpName, number>;
/** Words of one instruction, without its `Ext`s. */
export const INSTRUCTION_WORDS = 4;
/** Word indices of the fixed instructions at the start of every code. */
export const FIXED_PC = { Unwind: 0, PanicText: 4, End: 8 } as const;

/** Words that an instruction takes with its `Ext`s. */
export function instructionWords(op: number): number {
  return INSTRUCTION_WORDS * Math.max(1, Math.ceil(OPS[op]!.operands.length / 3));
}
