/** This file says what commands may ask of the world: files, standard streams, the wall clock, whether somebody wants them to end. */
import { visible } from '../base/visible';
import type { Signal } from './exit';

/** Thrown where a stream or a file takes no more: the message says which, and why. */
export class WriteError extends Error {}

export type Stream = 1 | 2;

/** The world; tests give their own. */
export abstract class Io {
  /** Writes a text as it is to standard output (1) or standard error (2). @throws WriteError */
  protected abstract put(text: string, stream: Stream): void;
  /** Text of a file, bytes that are not UTF-8 kept as base/utf8.ts says; `-` is standard input. @throws any Error */
  abstract read(path: string): string;
  /** Looks whether a file can be written, before the work whose result it is to hold. @throws any Error */
  abstract probe(path: string): void;
  /** Writes a file, whole or not at all. @throws any Error */
  abstract write(path: string, text: string): void;
  /** Names in a directory, or undefined when the path is none. @throws any Error */
  abstract list(path: string): readonly string[] | undefined;
  abstract absolute(path: string): string;
  /** Milliseconds on some steady clock. */
  abstract now(): number;
  /** True once nobody reads standard output any more. */
  abstract readonly closed: boolean;
  /** The signal by which somebody wants this to end. */
  abstract readonly signal: Signal | undefined;

  /** Says something: what of it is foreign is made safe to look at. @throws WriteError */
  stdout(text: string): void {
    this.put(visible(text), 1);
  }
  stderr(text: string): void {
    this.put(visible(text), 2);
  }
  /** What the program under test prints goes out as it is. @throws WriteError */
  program(text: string, stream: Stream): void {
    this.put(text, stream);
  }
}
