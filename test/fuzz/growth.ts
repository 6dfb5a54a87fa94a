/** This file adds declarations that are small as text and large in what they mean: types that double, constants that double, chains, floods of names. */
import type { Chance } from './chance';
import type { Mutator } from './mutator';
import type { Specimen } from './specimen';

/** Declarations of a size; they may be declared in any program that has not had the same before. */
type Family = (n: number, z: string) => string;

const lines = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => line(i)).join('\n');

/** With what is used of them in a function `useZ`, where `Z` is the letters that make the names new. */
const FAMILIES: Readonly<Record<string, Family>> = {
  structs: (n, z) => `type ${z}0 struct{ a, b int }\n${lines(n, (i) => `type ${z}${i + 1} struct{ a, b ${z}${i} }`)}\nvar v${z} ${z}${n}\nfunc use${z}() { fmt.Println(v${z}) }`,
  arrays: (n, z) => `type ${z}0 [2]int\n${lines(n, (i) => `type ${z}${i + 1} [2]${z}${i}`)}\nfunc use${z}() { var x ${z}${n}; y := x; _ = x == y }`,
  aliases: (n, z) => `type ${z}0 = struct{ a int }\n${lines(n, (i) => `type ${z}${i + 1} = struct{ a, b ${z}${i} }`)}\nvar v${z} ${z}${n} = 1`,
  functions: (n, z) => `type ${z}0 = func()\n${lines(n, (i) => `type ${z}${i + 1} = func(${z}${i}, ${z}${i}) ${z}${i}`)}\nvar v${z} ${z}${n} = 1`,
  interfaces: (n, z) => `type ${z}0 interface{ m0() }\n${lines(n, (i) => `type ${z}${i + 1} interface{ ${z}${i}; m${i + 1}() ${z}${i} }`)}\nvar v${z} ${z}${n} = 1`,
  strings: (n, z) => `const ${z}0 = "0123456789"\n${lines(n, (i) => `const ${z}${i + 1} = ${z}${i} + ${z}${i}`)}\nfunc use${z}() { println(${z}${n}) }`,
  integers: (n, z) => `const ${z}0 = 1<<60 + 1\n${lines(n, (i) => `const ${z}${i + 1} = ${z}${i} * ${z}${i}`)}\nvar v${z} int = ${z}${n}`,
  fractions: (n, z) => `const ${z}0 = 1.1\n${lines(n, (i) => `const ${z}${i + 1} = ${z}${i} * ${z}${i}`)}\nvar v${z} = ${z}${n}`,
  generics: (n, z) => `type ${z}[T any] struct{ t T }\nvar v${z} ${`${z}[`.repeat(n)}int${']'.repeat(n)}`,
  instances: (n, z) => `func f${z}[T any](n int) { if n > 0 { f${z}[[2]T](n - 1) } }\nfunc use${z}() { f${z}[int](${n}) }`,
  pairs: (n, z) => `type ${z}[A, B any] struct{ a A; b B }\ntype ${z}0 = ${z}[int, int]\n${lines(n, (i) => `type ${z}${i + 1} = ${z}[${z}${i}, ${z}${i}]`)}\nvar v${z} ${z}${n}`,
  embedded: (n, z) => `type ${z}0 struct{ a int }\nfunc (${z}0) m() {}\n${lines(n, (i) => `type ${z}${i + 1} struct{ ${z}${i} }`)}\nfunc use${z}() { var x ${z}${n}; x.m(); x.a++ }`,
  diamonds: (n, z) => `type ${z}0 struct{ a int }\n${lines(n, (i) => `type L${z}${i} struct{ ${z}${i} }\ntype R${z}${i} struct{ ${z}${i} }\ntype ${z}${i + 1} struct{ L${z}${i}; R${z}${i} }`)}\nfunc use${z}() { var x ${z}${n}; x.a = 1 }`,
  chain: (n, z) => `${lines(n, (i) => `var ${z}${i} = f${z}${i}()\nfunc f${z}${i}() int { return ${z}${i + 1} + 1 }`)}\nvar ${z}${n} = 0`,
  cycle: (n, z) => lines(n, (i) => `var ${z}${i} = ${z}${(i + 1) % n}`),
  undefined: (n, z) => `func use${z}() {\n${lines(n, (i) => `un${z}${i}(${i})`)}\n}`,
  misspelt: (n, z) => `${lines(n, (i) => `var name${z}${i} int`)}\nfunc use${z}() {\n${lines(n, (i) => `nmae${z}${i}++`)}\n}`,
  imports: (n) => `import (\n${lines(n, () => '"fmt"')}\n)`,
  duplicates: (n, z) => lines(n, () => `var ${z} int`),
  cases: (n, z) => `func use${z}(x int) {\nswitch x {\n${lines(n, (i) => `case ${i}: println(${i})`)}\n}\n}`,
  labels: (n, z) => `func use${z}() {\n${lines(n, (i) => `${z}${i}: if true { goto ${z}${n - 1 - i} }`)}\n}`,
  literals: (n, z) => `var v${z} = []int{${'1, '.repeat(n)}}\nvar m${z} = map[int]int{${Array.from({ length: n }, (_, i) => `${i}: ${i}`).join(', ')}}`,
  parameters: (n, z) => `func use${z}(${Array.from({ length: n }, (_, i) => `a${i}`).join(', ')} int) { use${z}(${Array.from({ length: n }, (_, i) => `a${i}`).join(', ')}) }`,
  results: (n, z) => `func use${z}() (${'int, '.repeat(n)}) { return ${Array.from({ length: n }, () => '1').join(', ')} }`,
  fields: (n, z) => `type ${z} struct {\n${lines(n, (i) => `f${i} int`)}\n}\nfunc use${z}() { var a, b ${z}; _ = a == b; fmt.Println(a) }`,
  locals: (n, z) => `func use${z}() {\n${lines(n, (i) => `x${i} := ${i}; defer func() { x${i}++ }()`)}\n}`,
  closures: (n, z) => `func use${z}() {\nx := 0\n${'func() {\n'.repeat(n)}x++\n${'}()\n'.repeat(n)}}`,
  sum: (n, z) => `var v${z} = ${Array.from({ length: n }, () => '"a"').join(' + ')}`,
  huge: (n, z) => `var v${z} [1 << ${n % 64}]int\nvar w${z} [1 << ${n % 40}][1 << ${n % 31}]byte\nfunc use${z}() { var x [1 << ${n % 33}]int; x[0] = 1; _ = v${z}; _ = w${z} }`,
  self: (_, z) => `type ${z} [2]${z}2\ntype ${z}2 struct{ a *${z}; b []${z}2; c map[string]${z}; d any }\nfunc use${z}() { x := &${z}2{}; x.d = x; x.b = []${z}2{*x}; fmt.Println(x) }`,
  iota: (n, z) => `const (\n${z}0 = 1 << iota\n${lines(n, (i) => `${z}${i + 1}`)}\n)`,
}; // prettier-ignore

function grow(specimen: Specimen, chance: Chance): Specimen {
  const family = FAMILIES[chance.pick(Object.keys(FAMILIES))]!;
  const z = `Z${chance.below(1000)}x`;
  const n = chance.size(chance.once(3) ? 1500 : 40);
  const declarations = family(n, z);
  const used = /func use\w+\(\)/.test(declarations);
  const call = used && chance.once(2) ? `\nfunc init() { use${z}() }\n` : '\n';
  return specimen.with({ start: specimen.text.length, end: specimen.text.length, text: `\n${declarations}${call}` });
}

export const GROWTH_MUTATORS: readonly Mutator[] = [{ name: 'grow', weight: 5, mutate: grow }];
