/** This file prints the instruction set as the table in docs/engine.md: `npx tsx test/bytecode/opTable.ts`. */
import { OPS } from '../../src/bytecode/op';

const LETTERS: Readonly<Record<string, string>> = {
  d: 'dst', s: 'src', o: 'dst?', q: 'src?', i: 'n', j: 'pc', f: 'func', t: 'type', n: 'native', e: 'select', g: 'global', k: 'data', m: 'method',
}; // prettier-ignore

/** One row an instruction: number, name, operands, effect. */
export function instructionTable(): string {
  const rows = OPS.map(({ name, operands, effect }, i) => {
    const shown = [...operands].map((letter) => LETTERS[letter] ?? letter).join(' ');
    return `| ${i} | ${name} | ${shown} | ${effect.replaceAll('|', '\\|')} |`;
  });
  return ['| no. | instruction | operands | effect |', '|---|---|---|---|', ...rows].join('\n');
}

if (require.main === module) console.log(instructionTable());
