/** This file finds in a text where its program begins: at `main`, or at the first process, or at the first test where there is neither. */

const MAIN = /^func\s+main\s*\(\s*\)/m;
const PROCESS = /^process\s+[\p{L}_][\p{L}\p{Nd}_]*\s*[({]/mu;
const TEST = /^func\s+Test(?!\p{Ll})[\p{L}\p{Nd}_]*\s*\(\s*(?:\w+\s+)?\*(?:\w+\.)?T\s*\)/mu;

/** Offset of the declaration's first word; undefined when there is none of them. */
export function entryOf(text: string): number | undefined {
  return (MAIN.exec(text) ?? PROCESS.exec(text) ?? TEST.exec(text))?.index;
}
