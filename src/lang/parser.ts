/** This file is the entrance to scanner and parser: a source text goes in, its syntax tree and its mistakes come out. */
import type { Dialect, FileNode } from './ast';
import type { Diagnostic } from './diagnostic';
import { LaneParser } from './parser-lane';
import { scan } from './scanner';

export interface Parse {
  readonly file: FileNode;
  /** In text order. */
  readonly diagnostics: Diagnostic[];
}

/** Parses one file. Any text yields a tree; what could not be understood is missing from it, or a Bad node. */
export function parseFile(text: string, dialect: Dialect, fileIndex: number): Parse {
  const scanned = scan(text, dialect, fileIndex);
  const parser = new LaneParser({ text, dialect, file: fileIndex, tokens: scanned.tokens });
  const file: FileNode = { ...parser.parse(), comments: scanned.comments };
  const diagnostics = [...scanned.diagnostics, ...parser.diagnostics].sort((a, b) => a.span.start - b.span.start);
  return { file, diagnostics };
}
