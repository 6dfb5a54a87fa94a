/** This file reads the programs that a command line names, and prints what the front end says about them. */
import type { SourceFile } from '../base/span';
import type { Diagnostic } from '../lang/diagnostic';
import type { Program } from '../lang/program';
import { testsOf } from '../std/testMain';
import { compileSources } from '../session/compile';
import type { Compiled, SourceText } from '../session/compile';
import type { Flags } from './args';
import type { Io } from './io';
import { UsageError, VALUES } from './values';

/** Name of what comes from standard input. */
const STDIN = 'stdin.lane';

const isSource = (name: string): boolean => /\.(lane|go)$/.test(name) && !name.endsWith('_test.go');

/** Reads the files of one program. @throws UsageError */
export function readSources(operands: readonly string[], io: Io): SourceText[] {
  if (operands.length === 0) throw new UsageError('expected a file (- is standard input)');
  return operands.map((path) => readOne(path, io));
}

function readOne(path: string, io: Io): SourceText {
  try {
    if (io.list(path) !== undefined) throw new UsageError(`${path} is a directory: expected a .lane or .go file`);
    return { name: path === '-' ? STDIN : path, text: io.read(path) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`expected a readable file: ${reason(error, path)}`);
  }
}

function reason(error: unknown, path: string): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' ? `${path} does not exist` : `${path}: ${code ?? String(error)}`;
}

/** Every program under the paths: each .lane file is one, the .go files of a directory are one. @throws UsageError */
export function readPrograms(operands: readonly string[], io: Io): SourceText[][] {
  const files = operands.flatMap((path) => expand(path, io));
  if (files.length === 0) throw new UsageError('expected .lane or .go files, found none');
  const programs = new Map<string, SourceText[]>();
  for (const source of readSources(files, io)) {
    const key = source.name.endsWith('.go') ? source.name.replace(/[^/\\]*$/, '') : source.name;
    programs.set(key, [...(programs.get(key) ?? []), source]);
  }
  return [...programs.values()];
}

function expand(path: string, io: Io): string[] {
  try {
    const names = io.list(path);
    return names ? names.filter(isSource).map((name) => `${path.replace(/\/$/, '')}/${name}`) : [path];
  } catch (error) {
    throw new UsageError(`expected a readable file or directory: ${reason(error, path)}`);
  }
}

/** Front half of run, trace and dump. @throws UsageError */
export function compileOperands(operands: readonly string[], flags: Flags, io: Io): Compiled {
  const test = flags.text('test');
  const compiled = compileSources(readSources(operands, io), { ...languageOf(flags), ...(test !== undefined && { test }) });
  const tests = testsOf(compiled.program.files).map(({ name }) => name);
  if (test === undefined || tests.includes(test) || compiled.program.diagnostics.some(isSyntax)) return compiled;
  throw new UsageError(`--test ${test}: no such test; ${tests.length > 0 ? `there are ${tests.join(', ')}` : 'there are no functions TestXxx(t *testing.T)'}`);
} // prettier-ignore

const isSyntax = ({ code }: Diagnostic): boolean => code.startsWith('syntax.');

/** Options of the front end. */
export function languageOf(flags: Flags): { goVersion?: string } {
  const text = flags.text('lang');
  return text === undefined ? {} : { goVersion: VALUES.version.read(text)! };
}

const WORST = ['error', 'warning'];

/** Whether a diagnostic is more than advice. */
export function isProblem(diagnostic: Diagnostic): boolean {
  return WORST.includes(diagnostic.severity);
}

/** Diagnostics as Go's tools print them: `counter.lane:3:5: undefined: x`. */
export function diagnosticLines(program: Program): string {
  return program.diagnostics
    .filter(isProblem)
    .map((diagnostic) => {
      const at = positionText(program.sources[diagnostic.file], diagnostic.span.start);
      const severity = diagnostic.severity === 'error' ? '' : `${diagnostic.severity}: `;
      const related = diagnostic.related.map((place) => `\t${positionText(program.sources[place.file], place.span.start)}: ${place.message}\n`);
      return `${at}: ${severity}${diagnostic.message}\n${related.join('')}`;
    })
    .join(''); // prettier-ignore
}

function positionText(source: SourceFile | undefined, offset: number): string {
  if (!source) return '?';
  const { line, column } = source.goPosition(offset);
  return `${source.name}:${line}:${column}`;
}
