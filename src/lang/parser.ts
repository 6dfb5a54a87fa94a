/** This file is the entrance to scanner and parser: a source text goes in, its syntax tree and its mistakes come out. */
import type { Dialect, FileNode } from './ast';
import { Interrupt } from '../base/interrupt';
import { SourceFile } from '../base/span';
import type { Diagnostic } from './diagnostic';
import { MAX_ERRORS, tooManyErrors } from './diagnostic';
import { LaneParser } from './parser-lane';
import { scan } from './scanner';

export interface Parse {
  readonly file: FileNode;
  /** In text order. */
  readonly diagnostics: Diagnostic[];
}

/** Parses one file. Any text yields a tree; what could not be understood is missing from it, or a Bad node. @throws Interrupted */
export function parseFile(text: string, dialect: Dialect, fileIndex: number, interrupt = Interrupt.never): Parse {
  const scanned = scan(text, dialect, fileIndex, interrupt);
  const parser = new LaneParser({ text, dialect, file: fileIndex, tokens: scanned.tokens, interrupt });
  const file: FileNode = { ...parser.parse(), comments: scanned.comments };
  return { file, diagnostics: merge(text, scanned.diagnostics, parser.diagnostics) };
}

/**
 * One mistake, one message: a line that could not be split into tokens says only that, and one that does not parse says
 * nothing of what its halves would mean.
 */
function merge(text: string, lexical: readonly Diagnostic[], syntactic: readonly Diagnostic[]): Diagnostic[] {
  if (lexical.length + syntactic.length < 2) return [...lexical, ...syntactic];
  const source = new SourceFile('', text);
  const lineOf = (d: Diagnostic): number => source.position(d.span.start).line;
  const isSyntax = (d: Diagnostic): boolean => d.message.startsWith('syntax error');
  const lexicalLines = new Set(lexical.map(lineOf));
  const syntaxLines = new Set(syntactic.filter(isSyntax).map(lineOf));
  const kept = syntactic.filter((d) => !lexicalLines.has(lineOf(d)) && (isSyntax(d) || !syntaxLines.has(lineOf(d))));
  const all = [...lexical, ...kept].sort((a, b) => a.span.start - b.span.start);
  if (all.length <= MAX_ERRORS || all.at(-1)?.code === 'syntax.too-many-errors') return all;
  const last = all[MAX_ERRORS]!;
  return [...all.slice(0, MAX_ERRORS), tooManyErrors(last.span, last.file)];
}
