/** This file mutates a program as mere text, without regard to tokens: what remains hardly ever compiles, and must be refused in good order. */
import type { Chance } from './chance';
import type { Library } from './library';
import { MOST_CHARACTERS, type Mutator } from './mutator';
import type { Specimen } from './specimen';

const GARBAGE = ['\0', '\ufeff', '\ud800', '\udc00', '\uffff', '\u202e', '\u001b', '\r', '\r\n', '\n', '\t', '\u00a0', '\u2028', '"', "'", '`', '/*', '*/', '//', '\\', '#', '$', '@', '?', '😀', '\u0301', '//line x.go:1', '//go:build ignore\n', '/**/;']; // prettier-ignore

interface Range {
  readonly start: number;
  readonly end: number;
}

function range({ text }: Specimen, chance: Chance, most: number): Range {
  const start = chance.below(text.length + 1);
  return { start, end: Math.min(text.length, start + chance.size(most)) };
}

function deleteRange(specimen: Specimen, chance: Chance): Specimen {
  return specimen.with({ ...range(specimen, chance, specimen.text.length), text: '' });
}

function insertGarbage(specimen: Specimen, chance: Chance): Specimen {
  const { start } = range(specimen, chance, 1);
  const text = chance.pick(GARBAGE).repeat(chance.once(10) ? chance.size(5000) : 1);
  return specimen.with({ start, end: start, text });
}

/** Characters of any code below 2^16, unpaired surrogates among them. */
function insertNoise(specimen: Specimen, chance: Chance): Specimen {
  const { start, end } = range(specimen, chance, 8);
  const codes = Array.from({ length: chance.size(40) }, () => chance.below(chance.once(2) ? 128 : 65536));
  return specimen.with({ start, end, text: String.fromCharCode(...codes) });
}

function spliceRange(specimen: Specimen, chance: Chance, { specimens }: Library): Specimen {
  const other = chance.pick(specimens);
  return specimen.with({ ...range(specimen, chance, 200), text: other.textOf(range(other, chance, 400)) });
}

/** A range over and over, to hundreds of kilobytes at times. */
function repeat(specimen: Specimen, chance: Chance): Specimen {
  const { start, end } = range(specimen, chance, chance.once(2) ? 3 : 300);
  const room = Math.min(MOST_CHARACTERS - specimen.text.length, chance.once(20) ? 400_000 : 20_000);
  const text = specimen.textOf({ start, end });
  return specimen.with({ start, end, text: text.repeat(1 + chance.size(Math.max(1, Math.floor(room / (text.length + 1))))) });
} // prettier-ignore

/** What nests, by its opening, and closing where it has one. */
const NESTS: readonly (readonly [string, string])[] = [
  ['(', ')'], ['[', ']'], ['{', '}'], ['{{', '}}'], ['f(', ')'], ['a[', ']'], ['-', ''], ['!', ''], ['*', ''], ['&', ''], ['<-', ''], ['[]', ''], ['[1]', ''], ['map[int]', ''], ['chan ', ''], ['func() ', ''], ['func(', ')'],
  ['struct{ a ', ' }'], ['interface{ m(', ') }'], ['if true {\n', '\n}\n'], ['for {\n', '\n}\n'], ['func() {\n', '\n}()\n'], ['switch {\ncase true:\n', '\n}\n'], ['select {\ndefault:\n', '\n}\n'], ['L: ', ''], ['x.', ''],
  ['1 + ', ''], ['(1 + ', ')'], ['any(', ')'], ['T[', ']'], ['x.(func(', '))'], ['go func() {', '}()\n'], ['defer func() {', '}()\n'], ['[]any{', '}'], ['else if true {} ', ''], ['a && ', ''], ['func() any { return ', ' }()'],
]; // prettier-ignore

/** One construct in itself, up to tens of thousands deep. */
function nest(specimen: Specimen, chance: Chance): Specimen {
  const [open, close] = chance.pick(NESTS);
  const parts = specimen.parts.filter(({ class: c }) => c === 'expression' || c === 'statement' || c === 'type');
  const at = parts.length > 0 && !chance.once(4) ? chance.pick(parts) : range(specimen, chance, 20);
  const depth = chance.size(chance.once(8) ? 50_000 : 2000);
  return specimen.with({ start: at.start, end: at.end, text: open.repeat(depth) + specimen.textOf(at) + close.repeat(depth) });
} // prettier-ignore

export const TEXT_MUTATORS: readonly Mutator[] = [
  { name: 'delete a range', weight: 3, mutate: deleteRange },
  { name: 'insert garbage', weight: 3, mutate: insertGarbage },
  { name: 'insert noise', weight: 1, mutate: insertNoise },
  { name: 'splice a range', weight: 2, mutate: spliceRange },
  { name: 'repeat a range', weight: 1, mutate: repeat },
  { name: 'nest', weight: 1, mutate: nest },
];
