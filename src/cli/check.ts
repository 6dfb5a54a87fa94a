/** This file is `interlane check`: what the front end says of programs, without running them. */
import type { SourceFile } from '../base/span';
import type { Program } from '../lang/program';
import { compileSources } from '../session/compile';
import type { Invocation } from './args';
import type { Io } from './io';
import { diagnosticLines, isProblem, languageOf, readPrograms } from './sources';

const SCHEMA = 'interlane.check/1';

/** Lines and columns start at 1, columns in bytes. */
interface RangeJson {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** 0: nothing to complain of; 1: findings. */
export function check({ operands, flags }: Invocation, io: Io): number {
  const programs = readPrograms(operands, io).map((sources) => compileSources(sources, languageOf(flags)).program);
  if (flags.has('json')) {
    io.stdout(JSON.stringify({ schema: SCHEMA, diagnostics: programs.flatMap(diagnosticsJson) }, null, 2) + '\n');
  } else for (const program of programs) io.stdout(diagnosticLines(program));
  return programs.some((program) => program.diagnostics.some(isProblem)) ? 1 : 0;
}

/** Diagnostics of a program in the schema of `check --json`. */
export function diagnosticsJson({ diagnostics, sources }: Program): object[] {
  return diagnostics.map(({ file, span, severity, code, message, related }) => ({
    ...rangeJson(sources[file], span),
    severity,
    code,
    message,
    related: related.map((place) => ({ ...rangeJson(sources[place.file], place.span), message: place.message })),
  }));
}

function rangeJson(source: SourceFile | undefined, span: { start: number; end: number }): RangeJson | { file: string } {
  if (!source) return { file: '' };
  const [start, end] = [source.goPosition(span.start), source.goPosition(span.end)];
  return { file: source.name, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
