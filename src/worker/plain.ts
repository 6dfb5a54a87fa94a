/** This file turns the front end's diagnostics into plain data with the positions that editors use. */
import type { Span } from '../base/span';
import { headSpan } from '../lang/headSpan';
import type { Program } from '../lang/program';
import type { PlainDiagnostic, PlainRange } from '../protocol/messages';

export function plainDiagnostics(program: Program): PlainDiagnostic[] {
  /** What is marked. */
  const marked = (file: number, span: Span): PlainRange => {
    const source = program.sources[file];
    return range(file, source ? headSpan(source, span) : span);
  };
  const range = (file: number, span: Span): PlainRange => {
    const source = program.sources[file];
    const start = source?.position(span.start) ?? { line: 0, column: 0 };
    const end = source?.position(span.end) ?? start;
    return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  };
  return program.diagnostics.map((diagnostic) => ({
    file: diagnostic.file,
    range: marked(diagnostic.file, diagnostic.span),
    severity: diagnostic.severity,
    code: diagnostic.code,
    message: diagnostic.message,
    unnecessary: diagnostic.tags?.includes('unnecessary') ?? false,
    related: diagnostic.related.map((related) => ({
      file: related.file,
      range: marked(related.file, related.span),
      message: related.message,
    })),
    fixes: (diagnostic.fixes ?? []).map((fix) => ({
      title: fix.title,
      edits: fix.edits.map((edit) => ({
        file: diagnostic.file,
        range: range(diagnostic.file, edit.span),
        text: edit.text,
      })),
    })),
  }));
}
