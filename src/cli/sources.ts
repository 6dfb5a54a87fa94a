/** This file reads the programs that a command line names, and prints what the front end says about them. */
import type { SourceFile } from '../base/span';
import { visibleLine } from '../base/visible';
import type { Diagnostic } from '../lang/diagnostic';
import { outlineOf } from '../lang/outline';
import type { Program } from '../lang/program';
import { testsOf } from '../std/testMain';
import { compileSources } from '../session/compile';
import type { Compiled, SourceText } from '../session/compile';
import { unitsOf, type Unit } from '../session/folder';
import type { Flags } from './args';
import type { Io } from './io';
import type { Limits } from './limits';
import { UsageError, VALUES } from './values';

/** So many names a message lists. */
const MAX_NAMES = 10;
/** Name of what comes from standard input. */
const STDIN = 'stdin.lane';

/** Reads the files of one program: those that are named, or those of the program that a folder holds. @throws UsageError */
export function readSources(operands: readonly string[], io: Io, test?: string): SourceText[] {
  if (operands.length === 0) throw new UsageError('expected a file or a folder (- is standard input)');
  assertOnce(operands);
  const [first] = operands;
  return operands.length === 1 && list(first!, io) ? onlyProgram(first!, io, test) : operands.map((path) => readOne(path, io));
} // prettier-ignore

/** @throws UsageError for a file that is named twice */
function assertOnce(operands: readonly string[]): void {
  const twice = operands.find((path, i) => operands.indexOf(path) < i);
  if (twice !== undefined) throw new UsageError(`${twice === '-' ? 'standard input' : twice} is named twice`);
}

/** As `go run .`: a folder that holds one program; or the one of its programs that has the test. */
function onlyProgram(path: string, io: Io, test: string | undefined): SourceText[] {
  const files = expand(path, io);
  const units = likeliest(unitsOf(files.map((file) => readOne(file, io)), test !== undefined), test);
  if (files.length === 0) throw new UsageError(`expected .lane or .go files in ${path}, found none`);
  if (units.length === 0) throw new UsageError(`the build leaves out all Go files in ${path}: name one to run it alone: ${some(files)}`);
  if (units.length > 1)
    throw new UsageError(`${path} holds ${units.length} programs: name the files of one: ${some(units.map(({ head }) => head))}`);
  return [...units[0]!.sources];
} // prettier-ignore

/** Those that have the test, or else a main: packages that nothing could start say nothing against them. All, where none has. */
function likeliest(all: readonly Unit[], test: string | undefined): readonly Unit[] {
  const has = ({ sources, tests }: Unit): boolean =>
    test === undefined ? !tests : sources.some(({ text }) => outlineOf(text).declared.has(test));
  const found = all.filter(has);
  return found.length > 0 ? found : all;
}

/** The first of many names. */
function some(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  return names.slice(0, MAX_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function readOne(path: string, io: Io): SourceText {
  if (list(path, io)) throw new UsageError(`${path} is a folder: it stands alone, or name its files`);
  try {
    return { name: path === '-' ? STDIN : path, text: io.read(path) };
  } catch (error) {
    throw new UsageError(`expected a readable file: ${reason(error, path)}`);
  }
}

/** Names in a folder; undefined when it is a file. @throws UsageError */
function list(path: string, io: Io): readonly string[] | undefined {
  try {
    return io.list(path);
  } catch (error) {
    throw new UsageError(`expected a readable file or folder: ${reason(error, path)}`);
  }
}

/** Why a file cannot be read or written. */
export function reason(error: unknown, path: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT') return `${path}: ${REASONS.get(code ?? '') ?? code ?? message}`;
  return `${path === '' ? 'a file without a name' : path} does not exist${path.includes('\ufffd') ? ' (a name that is not UTF-8 can only be reached through its folder)' : ''}`;
} // prettier-ignore

/** Words of the system for those of its errors that a person meets. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'its links go round in a circle'],
  ['ENAMETOOLONG', 'its name is too long'],
  ['ENOTDIR', 'a part of its path is no folder'],
  ['ENOSPC', 'no space left on the device'],
  ['EROFS', 'the file system is read-only'],
]);

/** Every program under the paths; Go files of one folder that are named are one program, whatever else is there. @throws UsageError */
export function readPrograms(operands: readonly string[], io: Io): SourceText[][] {
  assertOnce(operands);
  const named = new Map<string, SourceText[]>();
  const programs: SourceText[][] = [];
  for (const path of operands) {
    if (list(path, io)) programs.push(...unitsOf(expand(path, io).map((file) => readOne(file, io))).map(({ sources }) => [...sources]));
    else {
      const key = path.endsWith('.go') ? path.replace(/[^/\\]*$/, '') : path;
      named.set(key, [...(named.get(key) ?? []), readOne(path, io)]);
    }
  }
  programs.push(...named.values());
  if (programs.length === 0) throw new UsageError('expected .lane or .go files, found none');
  return programs;
} // prettier-ignore

/** Source files of a folder; what begins with a dot belongs to editors, which lock files so. */
function expand(path: string, io: Io): string[] {
  const names = (list(path, io) ?? []).filter((name) => /^[^.].*\.(lane|go)$/.test(name));
  return names.map((name) => `${path.replace(/\/$/, '')}/${name}`).filter((file) => !list(file, io));
}

/** Front half of run, trace and dump. @throws UsageError */
export function compileOperands(operands: readonly string[], flags: Flags, io: Io, { interrupt }: Limits): Compiled {
  const test = flags.text('test');
  const compiled = compileSources(readSources(operands, io, test), { ...languageOf(flags), interrupt, ...(test !== undefined && { test }) });
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

/** Diagnostics as Go's tools print them: `counter.lane:3:5: undefined: x`. A name of a file is one line, whatever is in it. */
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
  return `${visibleLine(source.name)}:${line}:${column}`;
}
