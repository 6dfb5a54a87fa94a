/** This file gathers the programs whose fingerprints are recorded: the examples, those that stand in tests, and generated ones. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Code } from '../../src/bytecode/code';
import type { Program } from '../../src/lang/program';
import { compileSources, type SourceText } from '../../src/session/compile';
import { GO_PROGRAMS, goText } from '../bench/goPrograms';
import { readCorpus } from '../fuzz/corpus';
import { EXAMPLES } from '../harness/examples';
import { codeOf, programShape } from '../runtime/randomProgram';
import { digestOf } from './fingerprint';

export interface Compiled {
  /** The same as long as the program is. */
  readonly name: string;
  readonly program: Program;
  readonly code: Code;
}

/** The programs of the examples' folder: files, and folders that are packages. */
export function* examples(): Generator<Compiled> {
  for (const entry of readdirSync(EXAMPLES, { withFileTypes: true })) {
    const path = join(EXAMPLES, entry.name);
    const files = entry.isDirectory() ? readdirSync(path).map((file) => join(path, file)) : [path];
    const built = files.filter((file) => /\.lane$|(?<!_test)\.go$/.test(file));
    const sources = built.map((file) => ({ name: file, text: readFileSync(file, 'utf8') }));
    if (sources.length > 0) yield* compiling(`examples/${entry.name}`, sources);
  }
}

/** The programs of `npm run bench -- go`, small. */
export function* benchmarks(): Generator<Compiled> {
  for (const { name, small } of GO_PROGRAMS) {
    yield* compiling(`bench/${name}`, [{ name: `${name}.go`, text: goText(name, small.size) }]);
  }
}

/** Programs that stand in tests and compile, named by their texts: to change one is to have another. */
export function* testPrograms(): Generator<Compiled> {
  for (const { text, dialect } of readCorpus()) {
    yield* compiling(`test/${digestOf(dialect + text)}`, [{ name: `test.${dialect}`, text }]);
  }
}

/** Code of goroutines that do random things with a few shared objects; the same for the same number. */
export function generated(number: number): Compiled {
  const [shape] = fc.sample(programShape, { seed: number, numRuns: 1 });
  return { name: `generated/${number}`, program: EMPTY, code: codeOf(shape!) };
}

const EMPTY = compileSources([{ name: 'empty.lane', text: 'func main() {}' }]).program;

/** The program of a file, if it compiles. */
export function compileFile(name: string, text: string): Generator<Compiled> {
  return compiling(name, [{ name, text }]);
}

function* compiling(name: string, sources: readonly SourceText[]): Generator<Compiled> {
  const { program, code } = compileSources(sources);
  if (code) yield { name, program, code };
}
