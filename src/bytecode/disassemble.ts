/** This file prints code as text: `interlane dump --stage=code`. */
import type { Code, FunctionInfo } from './code';
import { INSTRUCTION_WORDS, OPS, instructionWords } from './op';

/** Every function that has source, one instruction a line with its line number; `all`: wrappers and std too. */
export function disassemble(code: Code, all = false): string {
  const shown = code.functions.filter((f) => all || (!f.synthetic && f.file >= 0));
  return shown.map((f) => disassembleFunction(code, f)).join('\n');
}

/** One function. */
export function disassembleFunction(code: Code, f: FunctionInfo): string {
  const lines = [`func ${f.name}  params ${f.paramSlots} results ${f.resultSlots} frame ${f.frameSlots}`];
  for (const local of f.locals) {
    const boxed = local.boxed ? ' boxed' : '';
    lines.push(`  r${local.slot} ${local.name} ${code.types[local.type]!.name}${boxed}`);
  }
  for (let pc = f.entry; pc < f.end; pc += instructionWords(code.words[pc]!)) lines.push(instruction(code, pc));
  return lines.join('\n') + '\n';
}

/** One instruction: word index, source line, name, operands. */
export function instruction(code: Code, pc: number): string {
  const { name, operands } = OPS[code.words[pc]!]!;
  const shown = [...operands].map((letter, k) => operand(code, letter, code.words[pc + k + 1 + Math.floor(k / 3)]!));
  const position = `${pc}`.padStart(6);
  return `${position} ${lineOf(code, pc).padStart(4)}  ${name.padEnd(12)} ${shown.join(', ')}`.trimEnd();
}

function lineOf(code: Code, pc: number): string {
  const at = (pc / INSTRUCTION_WORDS) * 3;
  const source = code.sources[code.spans[at]!];
  return source ? String(source.position(code.spans[at + 1]!).line + 1) : '-';
}

function operand(code: Code, letter: string, value: number): string {
  switch (letter) {
    case 'd':
    case 's':
    case 'o':
    case 'q':
      return register(value);
    case 'j':
      return `@${value}`;
    case 'f':
      return code.functions[value]!.name;
    case 't':
      return code.types[value]!.name;
    case 'n':
      return code.natives[value]!;
    case 'g':
      return code.globals.find((g) => g.slot <= value / 2 && value / 2 < g.slot + g.slots)?.name ?? `global ${value}`;
    case 'e':
      return `select ${value}`;
    case 'k':
      return `data ${value}`;
    case 'm':
      return code.methodNames[value]!;
    default:
      return String(value);
  }
}

function register(value: number): string {
  if (value < 0) return '-';
  return value % 2 === 0 ? `r${value / 2}` : `r${(value - 1) / 2}.hi`;
}
