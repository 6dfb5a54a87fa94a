/** This file says which part of the text is marked for something that goes over several lines: to mark all of it would hide what else is said there. */
import type { SourceFile, Span } from '../base/span';
import { isKeyword } from './token';

/** A word of Interlane's that begins a statement, where what follows shows that it is no plain name. */
const CONTEXTUAL = /^(?:machine|process|pipe|shared|thread|spawn)(?=\s*\{|[ \t]+[\p{L}_])/u;
const WORD = /^\p{L}+/u;

/** The span, if it stays on its line; else its keyword, if it begins with one, or what of it stands on its first line. */
export function headSpan(source: SourceFile, { start, end }: Span): Span {
  const next = source.lineStarts[source.position(start).line + 1];
  if (next === undefined || end < next) return { start, end };
  const line = source.text.slice(start, next).trimEnd();
  const word = WORD.exec(line)?.[0] ?? '';
  const head = isKeyword(word) ? word : (CONTEXTUAL.exec(line)?.[0] ?? line);
  return { start, end: start + head.length };
}
