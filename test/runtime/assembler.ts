/** This file assembles small programs by hand, for tests of the runtime that shall not depend on the front end. */
import type { Code, FunctionInfo, RuntimeType, SelectTable } from '../../src/bytecode/code';
import { instructionWords, Op, type OpName } from '../../src/bytecode/op';
import { Sites } from '../../src/bytecode/sites';

/** An instruction, its operands in bytecode/op.ts's order (registers as slot numbers), or a label: `'name:'`. */
export type Line = readonly [OpName, ...(number | string)[]] | string;

/** A function's frame and lines; jump targets are label names, function operands function names. */
export interface Body {
  readonly slots: number;
  readonly params?: number;
  readonly lines: readonly Line[];
}

/** Types by index: what programs by hand need. */
export const T = { int: 0, chanInt: 1, string: 2, error: 3, chanUnit: 4, unit: 5 } as const;
const type = (index: number, name: string, kind: RuntimeType['kind'], slots: number, elem?: number): RuntimeType => ({
  index,
  name,
  kind,
  slots,
  bytes: slots * 8,
  comparable: true,
  pointers: false,
  ...(elem === undefined ? {} : { elem }),
});
const TYPES = [
  type(T.int, 'int', 'int', 1),
  type(T.chanInt, 'chan int', 'chan', 1, T.int),
  type(T.string, 'string', 'string', 1),
  type(T.error, 'runtime.Error', 'string', 1),
  type(T.chanUnit, 'chan struct {}', 'chan', 1, T.unit),
  type(T.unit, 'struct {}', 'struct', 0),
];

const REGISTERS = 'dsoq';

export interface Assembly {
  readonly functions: Readonly<Record<string, Body>>;
  readonly natives?: readonly string[];
  readonly selects?: readonly SelectTable[];
  readonly globalSlots?: number;
}

/** Code whose start is the function `main`. */
export function assemble(program: Assembly): Code {
  const names = Object.keys(program.functions);
  const natives = program.natives ?? [];
  const words: number[] = [Op.Unwind, 0, 0, 0, Op.PanicText, 0, 0, 0, Op.End, 0, 0, 0];
  const functions: FunctionInfo[] = [];
  for (const name of names) {
    const body = program.functions[name]!;
    const entry = words.length;
    const labels = placeLabels(body.lines, entry);
    for (const line of body.lines) if (typeof line !== 'string') emit(words, line, labels, names, natives);
    functions.push(functionInfo(functions.length, `main.${name}`, entry, words.length, body));
  }
  return {
    sources: [],
    words: Int32Array.from(words),
    spans: new Int32Array((words.length / 4) * 3).fill(-1),
    functions,
    types: TYPES,
    methodNames: [],
    runtimeErrorType: T.error,
    stringType: T.string,
    natives,
    selects: program.selects ?? [],
    unsupported: [],
    globals: [],
    globalSlots: program.globalSlots ?? 4,
    data: new Uint8Array(0),
    processes: [{ name: '', start: names.indexOf('main'), main: names.indexOf('main') }],
    unsignedIndices: new Set(),
    sites: new Sites(),
  };
}

function functionInfo(index: number, name: string, entry: number, end: number, body: Body): FunctionInfo {
  return {
    index, name, entry, end, paramSlots: body.params ?? 0, resultSlots: 0, frameSlots: body.slots, file: -1, start: 0, locals: [],
  } as unknown as FunctionInfo; // prettier-ignore
}

function placeLabels(lines: readonly Line[], entry: number): Map<string, number> {
  const labels = new Map<string, number>();
  let at = entry;
  for (const line of lines) {
    if (typeof line === 'string') labels.set(line.slice(0, -1), at);
    else at += instructionWords(Op[line[0]]);
  }
  return labels;
}

function emit(
  words: number[],
  line: Exclude<Line, string>,
  labels: Map<string, number>,
  names: string[],
  natives: readonly string[],
): void {
  const [name, ...operands] = line;
  const letters = operandLetters(name);
  const values = operands.map((operand, i) => {
    const letter = letters[i]!;
    if (letter === 'f') return names.indexOf(operand as string);
    if (letter === 'n') return natives.indexOf(operand as string);
    if (letter === 'j') return labels.get(operand as string)!;
    if (typeof operand === 'string') throw new Error(`${name}: operand ${i}`);
    if (REGISTERS.includes(letter)) return operand < 0 ? -1 : operand * 2;
    return letter === 'g' || isFrameOffset(name, i) ? operand * 2 : operand;
  });
  words.push(Op[name], values[0] ?? 0, values[1] ?? 0, values[2] ?? 0);
  if (values.length > 3) words.push(Op.Ext, values[3] ?? 0, values[4] ?? 0, values[5] ?? 0);
}

/** Operands that are frames of calls: given in slots here. */
function isFrameOffset(name: OpName, i: number): boolean {
  return (name === 'Native' && i === 0) || (name === 'Call' && i === 1);
}

const LETTERS: Partial<Record<OpName, string>> = {
  Move: 'ds', Const: 'dii', Jump: 'j', JumpIf: 'sj', JltI: 'sij', JgeI: 'sij', JeqI: 'sij', JltInt: 'ssj', AddInt: 'dss', AddI: 'dsi',
  LoadG: 'dg', StoreG: 'gs', GlobalAddr: 'dg', FuncValue: 'df', Return: '', Send: 'ss', Recv: 'oso', Close: 's', Select: 'de', Go: 'ssi',
  MakeChan: 'dqt', ChanLen: 'dsi', Native: 'in', Call: 'fi', Panic: 's',
}; // prettier-ignore

function operandLetters(name: OpName): string {
  const letters = LETTERS[name];
  if (letters === undefined) throw new Error(`assembler: ${name}`);
  return letters;
}
