/** This file tells apart objects to which the source gives one name: ten channels that one statement makes are `out#1` to `out#10`, fields of two structs `box#1.mu` and `box#2.mu`. */

/** What a name begins with: a variable, or a type in parentheses where no variable is known. */
const ROOT = /^(?:\([^)]*\)|[^.[]+)/;
/** No name of the source has the sign. */
const NUMBER = /#\d+/;

/** What all parts of one object have in common. */
export const rootOf = (name: string): string => ROOT.exec(name)?.[0] ?? '';

/** One of several of a name, from 1. */
export const numbered = (name: string, number: number): string => name.replace(ROOT, (root) => `${root}#${number}`);

/** The name in the source. */
export const withoutNumber = (name: string): string => name.replace(NUMBER, '');
