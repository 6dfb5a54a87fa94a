/** This file defines the shape of one row in the tables of diagnostic codes. */
import type { Dialect } from '../ast';

/** What a diagnostic code means, with a program that yields it; a test runs every example. */
export interface CodeRow {
  /** One sentence for the user: what the rule is, or what is wrong. */
  readonly sentence: string;
  readonly dialect: Dialect;
  /** A whole file whose diagnostics contain the code. */
  readonly example: string;
}

export type CodeTable = Readonly<Record<string, CodeRow>>;
