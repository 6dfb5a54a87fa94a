/** This file defines a diagnostic: what the front end tells the user about a place in a source text. */
import type { Span } from '../base/span';
import type { DiagnosticCode } from './codes';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A second place that helps to understand the first, e.g. the other declaration of a name. */
export interface RelatedPlace {
  readonly message: string;
  readonly span: Span;
  readonly file: number;
}

/** A change of the text that mends the mistake; all edits are in the diagnostic's own file and do not overlap. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** Worded as Go's compiler words it where Go has the error; no trailing full stop. */
  readonly message: string;
  readonly span: Span;
  /** Index into Program.files. */
  readonly file: number;
  readonly related: readonly RelatedPlace[];
  readonly tags?: readonly 'unnecessary'[];
  readonly fixes?: readonly Fix[];
}

/** A file with more errors than this is not a program: the rest would only cost time. As many warnings are told, too. */
export const MAX_ERRORS = 200;

/** Said where the front end gives a file up. */
export function tooManyErrors(span: Span, file: number): Diagnostic {
  return errorAt('syntax.too-many-errors', 'too many errors', { start: span.start, end: span.end }, file);
}

/** An error with neither related places nor fixes; spread it to add them. */
export function errorAt(code: DiagnosticCode, message: string, span: Span, file: number): Diagnostic {
  return { code, severity: 'error', message, span, file, related: [] };
}
