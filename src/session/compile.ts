/** This file takes source texts to code: the front half of every command. */
import type { Code } from '../bytecode/code';
import { compile } from '../bytecode/compile';
import { CodeLimit } from '../bytecode/limits';
import type { Diagnostic } from '../lang/diagnostic';
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

/** Checks and compiles the files of one package, whatever their texts hold. @throws Interrupted when `options.interrupt` says so */
export function compileSources(sources: readonly SourceText[], options: ProgramOptions = {}): Compiled {
  const program = check(sources.map(withDialect), options);
  if (!program.ok) return { program };
  try {
    return { program, code: compile(program, options.interrupt) };
  } catch (error) {
    if (!(error instanceof CodeLimit)) throw error;
    return { program: tooLarge(program, error) };
  }
}

/** The program with what keeps it from being compiled. */
function tooLarge(program: Program, { message, file, span }: CodeLimit): Program {
  const inProgram = file >= 0 && file < program.sources.length;
  const at = inProgram ? { file, span } : { file: 0, span: { start: 0, end: 0 } };
  const fault: Diagnostic = { code: 'type.too-large', severity: 'error', message, ...at, related: [] };
  const diagnostics = [...program.diagnostics, fault].sort((a, b) => a.file - b.file || a.span.start - b.span.start);
  return { ...program, diagnostics, ok: false };
}

/** A text without a known ending (an untitled editor, standard input) is Interlane. */
function withDialect(source: SourceText): SourceText {
  return /\.(lane|go)$/.test(source.name) ? source : { name: `${source.name}.lane`, text: source.text };
}
