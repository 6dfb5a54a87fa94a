/** This file is `interlane check`: what the front end says of programs, without running them. */
import { Interrupted } from '../base/interrupt';
import type { SourceFile, Span } from '../base/span';
import { headSpan } from '../lang/headSpan';
import type { Program } from '../lang/program';
import { compileSources, type SourceText } from '../session/compile';
import type { Flags, Invocation } from './args';
import { EXIT } from './exit';
import type { Io } from './io';
import { jsonText } from './json';
import { Limits } from './limits';
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
  const limits = new Limits(io);
  const programs: Program[] = [];
  for (const sources of readPrograms(operands, io)) {
    const program = checked(sources, flags, limits);
    if (!program) break;
    programs.push(program);
    if (!flags.has('json')) io.stdout(diagnosticLines(program));
  }
  const { signal } = limits;
  if (flags.has('json'))
    io.stdout(
      jsonText({
        schema: SCHEMA,
        ...(signal && { interrupted: true }),
        diagnostics: programs.flatMap(diagnosticsJson),
      }),
    );
  if (signal) return EXIT[signal];
  return programs.some((program) => program.diagnostics.some(isProblem)) ? 1 : 0;
}

/** Undefined: somebody interrupts it. */
function checked(sources: readonly SourceText[], flags: Flags, { interrupt }: Limits): Program | undefined {
  try {
    return compileSources(sources, { ...languageOf(flags), interrupt }).program;
  } catch (error) {
    if (error instanceof Interrupted) return undefined;
    throw error;
  }
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

/** Of what an editor is to mark. */
function rangeJson(source: SourceFile | undefined, whole: Span): RangeJson | { file: string } {
  if (!source) return { file: '' };
  const span = headSpan(source, whole);
  const [start, end] = [source.goPosition(span.start), source.goPosition(span.end)];
  return { file: source.name, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
