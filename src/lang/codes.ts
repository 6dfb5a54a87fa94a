/** This file merges the tables of diagnostic codes, one table an area, into the one the whole program knows. */
import { laneCodes } from './codes/lane';
import type { CodeRow } from './codes/row';
import { syntaxCodes } from './codes/syntax';
import { typeCodes } from './codes/types';

/** Every code with its sentence and its example; add a row in the table of its area. */
export const diagnosticCodes = { ...syntaxCodes, ...laneCodes, ...typeCodes };

export type DiagnosticCode = keyof typeof diagnosticCodes;

/** All codes with their rows, in table order. */
export function codeRows(): [DiagnosticCode, CodeRow][] {
  return Object.entries(diagnosticCodes) as [DiagnosticCode, CodeRow][];
}
