/** This file finds in a text where its program begins: at `main`, or at the first test where there is no `main`. */

const MAIN = /^func\s+main\s*\(\s*\)/m;
const TEST = /^func\s+Test(?!\p{Ll})[\p{L}\p{Nd}_]*\s*\(\s*(?:\w+\s+)?\*(?:\w+\.)?T\s*\)/mu;

/** Offset of the function's `func`; undefined when there is neither. */
export function entryOf(text: string): number | undefined {
  return (MAIN.exec(text) ?? TEST.exec(text))?.index;
}
