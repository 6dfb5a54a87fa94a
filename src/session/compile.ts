/** This file takes source texts to code: the front half of every command. */
import type { Code } from '../bytecode/code';
import { compile } from '../bytecode/compile';
import type { Program } from '../lang/program';
import { check, type ProgramOptions } from '../std/importer';

export interface SourceText {
  /** Its ending decides the dialect: `.lane` or `.go`. */
  readonly name: string;
  readonly text: string;
}

export interface Compiled {
  readonly program: Program;
  /** Absent when the program has errors. */
  readonly code?: Code;
}

/** Checks and compiles the files of one package. Never throws on any text. */
export function compileSources(sources: readonly SourceText[], options: ProgramOptions = {}): Compiled {
  const program = check(sources.map(withDialect), options);
  return program.ok ? { program, code: compile(program) } : { program };
}

/** A text without a known ending (an untitled editor, standard input) is Interlane. */
function withDialect(source: SourceText): SourceText {
  return /\.(lane|go)$/.test(source.name) ? source : { name: `${source.name}.lane`, text: source.text };
}
