/** This file estimates how wide a text is where nothing can measure it: a file does not know the type of its reader. */

/** Widths of the characters from space to tilde in 1/1000 of the type's size: Helvetica's, from Adobe's font metrics. */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];
const FIRST = 0x20;
/** Of a letter that the table does not have, and of one of the scripts and signs that take a whole square. */
const OTHER = 600;
const SQUARE = 1000;
/** Systems have wider type than Helvetica: a text that is thought too wide is cut, one that is too wide runs over its neighbour. */
const RESERVE = 1.15;
const BOLD = 1.06;

/** Px of a line of sans-serif text. */
export function estimatedWidth(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    sum += WIDTHS[code - FIRST] ?? (code >= 0x1100 ? SQUARE : OTHER);
  }
  return (sum / 1000) * size * RESERVE * (bold ? BOLD : 1);
}
