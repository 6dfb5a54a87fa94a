/** This file mutates a program token by token. */
import type { Token } from '../../src/lang/token';
import type { Chance } from './chance';
import type { Library } from './library';
import type { Mutator } from './mutator';
import { tokenClass, type Specimen } from './specimen';

/** What stands instead of one token, chosen at random. */
function atToken(
  name: string,
  weight: number,
  textFor: (token: Token, specimen: Specimen, chance: Chance, library: Library) => string,
): Mutator {
  return {
    name,
    weight,
    mutate(specimen, chance, library) {
      if (specimen.tokens.length === 0) return undefined;
      const token = chance.pick(specimen.tokens);
      return specimen.with({ start: token.start, end: token.end, text: textFor(token, specimen, chance, library) });
    },
  };
}

/** Two tokens exchanged. */
function swap(specimen: Specimen, chance: Chance): Specimen | undefined {
  const { tokens } = specimen;
  if (tokens.length < 2) return undefined;
  const first = chance.below(tokens.length - 1);
  const second = chance.once(2) ? first + 1 : chance.between(first + 1, tokens.length - 1);
  const [a, b] = [tokens[first]!, tokens[second]!];
  return specimen.with(
    { start: a.start, end: a.end, text: specimen.textOf(b) },
    { start: b.start, end: b.end, text: specimen.textOf(a) },
  );
}

/** Tokens in a row from another program, in place of some of this one. */
function splice(specimen: Specimen, chance: Chance, { specimens }: Library): Specimen | undefined {
  const other = chance.pick(specimens);
  if (specimen.tokens.length === 0 || other.tokens.length === 0) return undefined;
  const range = (of: Specimen, most: number): { start: number; end: number } => {
    const first = chance.below(of.tokens.length);
    const last = Math.min(of.tokens.length - 1, first + chance.size(most) - 1);
    return { start: of.tokens[first]!.start, end: of.tokens[last]!.end };
  };
  return specimen.with({ ...range(specimen, 5), text: ` ${other.textOf(range(other, 40))} ` });
}

/** All uses of a name, or one, under another name of the program. */
function rename(specimen: Specimen, chance: Chance): Specimen | undefined {
  const names = specimen.tokens.filter(({ kind }) => kind === 'name');
  if (names.length < 2) return undefined;
  const [from, to] = [chance.pick(names), chance.pick(names).text];
  const all = names.filter(({ text }) => text === from.text);
  const some = chance.once(2) ? all : [from];
  return specimen.with(...some.map(({ start, end }) => ({ start, end, text: to })));
}

export const TOKEN_MUTATORS: readonly Mutator[] = [
  atToken('delete a token', 3, () => ''),
  atToken('double a token', 2, (token, specimen) => `${specimen.textOf(token)} ${specimen.textOf(token)}`),
  atToken('replace a token by one of its class', 8, (token, _, chance, library) => library.token(tokenClass(token), chance)),
  atToken('replace a token', 3, (_token, _specimen, chance, library) => library.anyToken(chance)),
  atToken('insert a token', 3, (token, specimen, chance, library) => `${specimen.textOf(token)} ${library.anyToken(chance)} `),
  { name: 'swap tokens', weight: 3, mutate: swap },
  { name: 'splice tokens', weight: 3, mutate: splice },
  { name: 'rename', weight: 8, mutate: rename },
]; // prettier-ignore
