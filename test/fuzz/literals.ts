/** This file mutates what a program says in numbers and strings: to the bounds of types, and to characters that somebody forgets to escape. */
import type { Chance } from './chance';
import type { Mutator } from './mutator';
import type { Specimen } from './specimen';

const NUMBERS = [
  '0', '1', '-1', '2', '3', '7', '8', '63', '64', '65', '127', '128', '255', '256', '1000', '4096', '65535', '65536', '100000', '1<<20', '1<<24', '1<<30', '1<<31-1', '1<<31', '-1<<31', '1<<32',
  '1<<32+2', '1<<40', '1<<53', '1<<53+1', '1<<62', '1<<63-1', '-1<<63', '1<<63', '1<<64-1', '1<<64', '1<<100', '1<<1000', '1e9', '1e18', '1e19', '1e100', '1e308', '1e309', '1e-400', '0.1', '1.5',
  '-0.0', '0x1p-1074', '0x1p1023', '1_000_000', '0b11', '0o17', '0x7fffffffffffffff', '0xffffffffffffffff', "'a'", "'\\u00e9'", "'\\U0010ffff'", '1h', '1ns', '64KB', '1i', '9223372036854775807',
]; // prettier-ignore

const STRINGS = [
  '""', '"\\x00"', '"\\xff\\xfe"', '"\\u202e\\u2066"', '"\u202eabc\u202c"', '"\u001b[31mred\u001b[0m"', '"\\x1b]8;;http://x\\x07"', '"</title><script>alert(1)</script>"', '"&amp;<>\\"\'"', '"]]>"',
  '"%s%d%v%!(EXTRA)"', '"%999999999d"', '"%.999999999f"', '"%*d"', '"%[9]d"', '"\\ud800"', '"\u{1f600}"', '"\u0301\u0301"', '`\n\n`', '"a\\tb\\r\\n"', '"${x}"', '"__proto__"', '"constructor"',
  '"\u2028\u2029"', '"\ufffe\uffff"', '"[x](command:y)"', '"\\ufeff"', '"../../../etc/passwd"', '"unsafe"', '"fmt"', '"C"', '"no/such/package"',
]; // prettier-ignore

/** Names that mean something where names are keys. */
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '_', 'iota', 'nil', 'true', 'main', 'init', 'string', 'any', 'error', 'len', 'int', 'é', 'ñ', 'ﬀ', 'x'.repeat(3000), '变量']; // prettier-ignore

/** Literals of some sorts under other values. */
function literals(name: string, weight: number, sorts: readonly string[], values: readonly string[]): Mutator {
  const mutate = (specimen: Specimen, chance: Chance): Specimen | undefined => {
    const found = specimen.tokens.filter(({ lit, kind }) => sorts.includes(lit ?? kind));
    if (found.length === 0) return undefined;
    const { start, end } = chance.pick(found);
    return specimen.with({ start, end, text: chance.pick(values) });
  };
  return { name, weight, mutate };
}

export const LITERAL_MUTATORS: readonly Mutator[] = [
  literals('a number at a bound', 16, ['int', 'float', 'char', 'duration', 'size', 'imag'], NUMBERS),
  literals('a strange string', 6, ['string'], STRINGS),
  literals(
    'a long string',
    1,
    ['string'],
    ['a', '\u00e9', '\u{1f600}', ' '].map((one) => `"${one.repeat(20_000)}"`),
  ),
  literals('a strange name', 3, ['name'], NAMES),
];
