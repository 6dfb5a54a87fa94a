/**
 * This file defines what a program uses that Go has and Interlane has not: a feature of the language, a package, a member of one.
 *
 * Such a use is no mistake. It is told as a warning, what it yields is of an opaque type (the invalid type with its cause, so that nothing else is said of it),
 * and the statement that touches it becomes a trap: the program runs until it gets there.
 */
import type { Span } from '../base/span';
import type { DiagnosticCode } from './codes';
import { under } from './predicates';
import type { Basic, Type } from './types';

export type UnsupportedCode = Extract<DiagnosticCode, `unsupported.${string}`>;

export interface Unsupported {
  readonly code: UnsupportedCode;
  /** `package net/http is not supported`, `complex numbers are not supported yet`. */
  readonly reason: string;
  /** What to do instead; '' when there is nothing to say. */
  readonly advice: string;
  /** Where it is first used. */
  readonly file: number;
  readonly span: Span;
}

/** A statement that cannot run. */
export interface Trap {
  readonly cause: Unsupported;
  /** The place in the statement that needs it. */
  readonly span: Span;
}

/** The placeholder for a type that is not known here. */
export function opaqueType(cause: Unsupported): Basic {
  return { kind: 'basic', name: 'invalid', cause };
}

/** Why the type is not known; undefined for a type that is. */
export function causeOf(type: Type | undefined): Unsupported | undefined {
  const u = type && under(type);
  return u?.kind === 'basic' ? u.cause : undefined;
}
