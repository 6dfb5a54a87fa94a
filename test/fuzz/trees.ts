/** This file mutates a program node by node: what it makes mostly parses, and often compiles. */
import type { Chance } from './chance';
import type { Library } from './library';
import type { Mutator } from './mutator';
import type { NodeClass, Part, Specimen } from './specimen';
import { typedParts } from './typed';

/** What stands instead of one node of some classes, chosen at random; undefined: try none. */
function atPart(
  name: string,
  weight: number,
  classes: readonly NodeClass[],
  textFor: (part: Part, specimen: Specimen, chance: Chance, library: Library) => string | undefined,
): Mutator {
  return {
    name,
    weight,
    mutate(specimen, chance, library) {
      const parts = specimen.parts.filter((part) => classes.includes(part.class));
      if (parts.length === 0) return undefined;
      const part = chance.pick(parts);
      const text = textFor(part, specimen, chance, library);
      return text === undefined ? undefined : specimen.with({ start: part.start, end: part.end, text });
    },
  };
}

const ALL: readonly NodeClass[] = ['type', 'expression', 'statement', 'declaration', 'part'];

/** `X` is the statement, `L` a label. */
const STATEMENT_FRAMES = [
  'go func() {\nX\n}()', 'defer func() {\nX\n}()', 'func() {\nX\n}()', 'for {\nX\n}', 'for range 3 {\nX\n}', 'for i := 0; i < 2; i++ {\nX\n}', 'if true {\nX\n}',
  'select {\ndefault:\nX\n}', 'select {\ncase <-make(chan int):\nX\ncase <-time.After(1):\n}', 'switch {\ncase true:\nX\nfallthrough\ndefault:\n}', 'L:\nfor {\nX\nbreak L\n}',
  'defer func() {\nrecover()\nX\n}()', 'if f := func() { X }; f != nil {\nf()\n}', 'L: X\ngoto L', '{\nX\n}', 'X\nX', 'for range make(chan int) {\nX\n}', 'go func() { for { X; runtime.Gosched() } }()',
  'for i := range 1000 { go func() { _ = i; X }() }', 'time.AfterFunc(5, func() {\nX\n})', 'sync.OnceFunc(func() {\nX\n})()',
]; // prettier-ignore

/** `X` is the expression. */
const EXPRESSION_FRAMES = [
  '(X)', '-X', '!X', '^X', '&X', '*X', '<-X', 'X.(int)', 'any(X)', 'any(X).(fmt.Stringer)', 'len(X)', 'cap(X)', '[]any{X}', '[...]any{X, X}', 'map[any]any{X: X}', 'func() any { return X }()',
  'X[0]', 'X[:]', 'X[1:2:3]', 'append(X, X...)', 'string(X)', 'int8(X)', 'uint64(X)', 'float32(X)', 'X + X', 'X << X', 'X / X', 'X % X', 'X == X', 'X.x', 'X()', 'X(X)', 'struct{ a, b any }{X, X}', 'new(X)',
  'make(chan int, X)', 'make([]int, X)', 'min(X, X)', 'max(X, 1)', 'fmt.Sprint(X)', 'fmt.Sprintf("%v %+v %#v %T %d %s %q %x", X, X, X, X, X, X, X, X)', 'errors.New(fmt.Sprint(X))', 'unsafe.Sizeof(X)', 'clear(X)', 'panic(X)',
]; // prettier-ignore

/** `X` is the type. */
const TYPE_FRAMES = [
  '[]X', '[2]X', '[1 << 20]X', '*X', 'map[string]X', 'map[X]X', 'chan X', '<-chan X', 'chan<- X', 'func(X) X', 'func(...X)', 'struct{ X }', 'struct{ a, b X }', 'interface{ m(X) X }', '[0]X', 'sync.Pool', 'atomic.Pointer[X]',
]; // prettier-ignore

const FRAMES: Readonly<Partial<Record<NodeClass, readonly string[]>>> = {
  statement: STATEMENT_FRAMES,
  expression: EXPRESSION_FRAMES,
  type: TYPE_FRAMES,
};

function framed(part: Part, specimen: Specimen, chance: Chance): string {
  const text = specimen.textOf(part);
  return chance.pick(FRAMES[part.class]!).replaceAll('X', () => text);
}

function doubled(part: Part, specimen: Specimen, chance: Chance): string {
  const text = specimen.textOf(part);
  const times = chance.once(20) ? chance.size(200) : 1;
  return `${text}\n`.repeat(times) + text;
}

/** Another node of the class in the same program. */
function sibling(part: Part, specimen: Specimen, chance: Chance): string | undefined {
  const others = specimen.parts.filter((other) => other.class === part.class && other !== part);
  return others.length === 0 ? undefined : specimen.textOf(chance.pick(others));
}

/** One expression in place of another of the same type: such mutants compile. */
function sameType(specimen: Specimen, chance: Chance): Specimen | undefined {
  const byType = [...typedParts(specimen).values()].filter((parts) => parts.length > 1);
  if (byType.length === 0) return undefined;
  const parts = chance.pick(byType);
  const [at, from] = [chance.pick(parts), chance.pick(parts)];
  return specimen.with({ start: at.start, end: at.end, text: specimen.textOf(from) });
}

export const TREE_MUTATORS: readonly Mutator[] = [
  { name: 'replace an expression by one of its type', weight: 30, mutate: sameType },
  atPart('replace a node by one of its kind', 8, ALL, ({ kind }, _, chance, library) => library.ofKind(kind, chance)),
  atPart('replace a node by one of its class', 4, ALL, (part, _, chance, library) => library.ofClass(part.class, chance)),
  atPart('replace a node by one of the program', 12, ALL, sibling),
  atPart('delete a node', 6, ['statement', 'declaration', 'part'], () => ''),
  atPart('double a node', 5, ['statement', 'declaration', 'part'], doubled),
  atPart('frame a node', 16, ['statement', 'expression', 'type'], framed),
  atPart('add a statement', 6, ['statement'], (part, specimen, chance, library) => `${specimen.textOf(part)}\n${library.ofClass('statement', chance)}`),
  atPart('add a declaration', 4, ['declaration'], (part, specimen, chance, library) => `${library.ofClass('declaration', chance)}\n${specimen.textOf(part)}`),
]; // prettier-ignore
