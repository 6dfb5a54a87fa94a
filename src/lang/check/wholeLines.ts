/** This file widens a span that is to be deleted to the lines that it fills. */
import type { Span } from '../../base/span';

/** The span with the blanks before it and the line break after it. */
export function wholeLines(text: string, span: Span): Span {
  let { start, end } = span;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  while (end < text.length && (text[end] === ' ' || text[end] === '\t' || text[end] === ';' || text[end] === '\r'))
    end++;
  if (text[end] === '\n') end++;
  return { start, end };
}
