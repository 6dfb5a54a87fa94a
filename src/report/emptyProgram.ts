/** This file tells a program in which nothing has been written yet from one with mistakes: it does not run either, but nothing is wrong with it. */

/** Code of what the front end says of it. */
export const EMPTY_PROGRAM = 'type.empty-program';

export function isEmptyProgram(diagnostics: readonly { readonly code: string }[]): boolean {
  return diagnostics.some(({ code }) => code === EMPTY_PROGRAM);
}
