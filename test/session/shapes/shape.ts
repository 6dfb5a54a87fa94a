/** This file defines what a shape is: a text that grows in one way, told by a function from a number of repetitions to a program, most of them wrong. */

export interface Shape {
  readonly name: string;
  /** The text with `n` repetitions; its length grows with n. */
  readonly text: (n: number) => string;
  readonly dialect?: 'go' | 'lane';
  /** Every mistake is compared with all names until so many were looked at: work that does not grow any more where texts are long. */
  readonly suggests?: true;
  /** A use looks into each level declared before it, up to the 400 that there may be: so far work grows as the square. */
  readonly nests?: true;
}

export const each = (n: number, item: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => item(i)).join('');
export const inMain = (body: string): string => `func main() {\n${body}\n}\n`;

/** Things in a row, after a head and before a foot. */
export const rowOf = (name: string, item: (i: number) => string, head = '', foot = ''): Shape => ({ name, text: (n) => head + each(n, item) + foot }); // prettier-ignore
/** Statements in a row, in main. */
export const statements = (name: string, item: (i: number) => string, before = '', head = ''): Shape =>
  rowOf(name, item, `${head}func main() {\n${before}`, '\n}\n');

/** Squares: as many declarations as uses of each. `k` is the side, so that the text still grows with n. */
export const square = (name: string, text: (k: number) => string): Shape => ({ name: `square ${name}`, text: (n) => text(Math.ceil(Math.sqrt(n))) }); // prettier-ignore
