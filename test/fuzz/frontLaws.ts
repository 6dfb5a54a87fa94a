/** This file states what holds of every text, and holds the front end to it. */
import { Interrupted, type Interrupt } from '../../src/base/interrupt';
import type { Span } from '../../src/base/span';
import type { Diagnostic, Fix } from '../../src/lang/diagnostic';
import { dialectOf } from '../../src/lang/check';
import { outlineOf } from '../../src/lang/outline';
import { parseFile } from '../../src/lang/parser';
import { printTokens, printTree } from '../../src/lang/print';
import { printTypes } from '../../src/lang/printTypes';
import type { Program } from '../../src/lang/program';
import { scan } from '../../src/lang/scanner';
import { disassemble } from '../../src/bytecode/disassemble';
import { compileSources, type Compiled, type SourceText } from '../../src/session/compile';
import { plainDiagnostics } from '../../src/worker/plain';
import { holds, LawBroken, same } from './law';

/** What prints trees and types is for people: of larger texts nobody asks it. */
const PRINTED_UP_TO = 20_000;
/** A message may be so much longer than the text that it is about. */
const LONGEST_MESSAGE = 20_000;
/** Fixes tried of one input. */
const MOST_FIXES = 3;

/** Reads the sources as the worker does, and holds the result to the laws. `stage` is told what comes next. */
export function readSources(
  sources: readonly SourceText[],
  interrupt: Interrupt,
  stage: (name: 'compile' | 'diagnostics' | 'print' | 'fixes') => void,
): Compiled {
  stage('compile');
  const compiled = inTime(sources, () => compileSources(sources, { interrupt }));
  stage('diagnostics');
  checkDiagnostics(compiled.program);
  stage('print');
  if (sources.every(({ text }) => text.length <= PRINTED_UP_TO)) print(compiled, sources);
  stage('fixes');
  for (const fixed of fixesOf(compiled.program)) checkFix(sources, fixed);
  return compiled;
}

/** Scans, parses and prints the sources, each by itself. */
export function parseSources(sources: readonly SourceText[], interrupt: Interrupt): void {
  for (const { name, text } of sources) {
    const { file, diagnostics } = inTime(sources, () => parseFile(text, dialectOf(name), 0, interrupt));
    const inside = ({ span }: { span: Span }): boolean =>
      0 <= span.start && span.start <= span.end && span.end <= text.length;
    holds(diagnostics.every(inside), 'a diagnostic lies in its file', () =>
      JSON.stringify(diagnostics.find((d) => !inside(d))),
    );
    if (text.length <= PRINTED_UP_TO) printTree(text, file);
  }
}

/** Does what the interrupt may end, which is against the law. */
function inTime<T>(sources: readonly SourceText[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const characters = sources.reduce((sum, { text }) => sum + text.length, 0);
    throw new LawBroken('two megabytes are read in two seconds', `${characters} characters took longer`);
  }
}

function checkDiagnostics(program: Program): void {
  const { diagnostics, sources } = program;
  const inside = (file: number, { start, end }: Span): boolean =>
    sources[file] !== undefined && 0 <= start && start <= end && end <= sources[file].text.length;
  for (const { file, span, related, message, fixes } of diagnostics) {
    const where = (): string => JSON.stringify({ file, span, message: message.slice(0, 200) });
    holds(inside(file, span), 'a diagnostic lies in its file', where);
    holds(related.every((place) => inside(place.file, place.span)), 'a related place lies in its file', where);
    holds((fixes ?? []).every((fix) => fix.edits.every((edit) => inside(file, edit.span))), 'a fix lies in its file', where);
    holds(message.length <= LONGEST_MESSAGE + sources[file]!.text.length, 'a message does not explode', where);
    holds(!/internal error/i.test(message), 'no diagnostic is an internal error', where);
  }
  const plain = plainDiagnostics(program);
  same(JSON.stringify(plain), JSON.stringify(structuredClone(plain)), 'diagnostics are plain data');
  holds(program.ok === !diagnostics.some(({ severity }) => severity === 'error'), 'a program without errors is ok', () => String(program.ok));
} // prettier-ignore

function print({ program, code }: Compiled, sources: readonly SourceText[]): void {
  for (const { name, text } of sources) {
    printTokens(text, scan(text, dialectOf(name)));
    printTree(text, parseFile(text, dialectOf(name), 0).file);
    outlineOf(text);
  }
  printTypes(program);
  if (code) disassemble(code);
}

interface Fixed {
  readonly file: number;
  readonly fix: Fix;
}

function fixesOf({ diagnostics }: Program): Fixed[] {
  const all = diagnostics.flatMap(({ fixes, file }: Diagnostic) => (fixes ?? []).map((fix) => ({ file, fix })));
  return all.slice(0, MOST_FIXES);
}

/** A fix makes no more mistakes of syntax than it found. */
function checkFix(sources: readonly SourceText[], { file, fix }: Fixed): void {
  const { name, text } = sources[file]!;
  const edits = [...fix.edits].sort((a, b) => b.span.start - a.span.start);
  for (const [i, edit] of edits.entries()) {
    const next = edits[i - 1];
    holds(!next || edit.span.end <= next.span.start, 'the edits of a fix do not overlap', () => fix.title);
  }
  const after = edits.reduce((all, { span, text: by }) => all.slice(0, span.start) + by + all.slice(span.end), text);
  const mistakes = (of: string): number => parseFile(of, dialectOf(name), 0).diagnostics.length;
  holds(mistakes(after) <= mistakes(text), 'a fix parses no worse', () => `${fix.title}: ${JSON.stringify(fix.edits)}`);
}
